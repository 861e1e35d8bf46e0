package state

import (
	"context"
	"slices"
	"strings"
	"sync"

	"vitrine/feeds"
	"vitrine/feeds/software"
)

// HostMemory keeps in the store what hosts said they are. A server that was only asked that is stored without a time: it isn't
// described yet. Which of them don't speak Mastodon's API, as far as is known, stands in local storage too, where the loader finds it: it
// asks those nothing before the program does. Those that have answered in it stand there as well: the loader asks them several questions at
// once, and one at first of whom nobody knows.
type HostMemory struct {
	store   feeds.Store
	storage Storage
	others  string // the key in local storage of the list of hosts that don't speak Mastodon's API
	speak   string // of those that do

	mu     sync.Mutex
	listed map[string]string // what servers on the site's list run, by host; it counts while nothing else is known
}

var _ software.Memory = (*HostMemory)(nil)

// maxListed is how many hosts are in each list for the loader.
const maxListed = 200

// NewHostMemory makes the memory of a site with a base path.
func NewHostMemory(store feeds.Store, storage Storage, base string) *HostMemory {
	return &HostMemory{store: store, storage: storage, others: "vitrine:" + base + ":others", speak: "vitrine:" + base + ":speak"}
}

// list takes what the site's list says of servers.
func (m *HostMemory) list(servers []SiteServer) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.listed = make(map[string]string, len(servers))
	for _, s := range servers {
		if s.Feed == "" { // what such a one answers besides its web feed is only known once it was asked
			m.listed[s.Host] = s.Software
		}
	}
}

// knows reports that a host is on the site's list, or has answered in Mastodon's API: what is known of it without the store.
func (m *HostMemory) knows(host string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	_, listed := m.listed[host]
	return listed || slices.Contains(strings.Fields(m.storage.LocalItem(m.speak)), host)
}

// Recall implements software.Memory.
func (m *HostMemory) Recall(ctx context.Context, host string) (software.Nodeinfo, bool) {
	i, err := m.store.Instance(ctx, host)
	if err != nil || i == nil {
		m.mu.Lock()
		runs := m.listed[host]
		m.mu.Unlock()
		if runs != "" && !software.SpeaksMastodon(runs) { // the loader doesn't know the list
			m.noteForLoader(host)
		}
		return software.Nodeinfo{Software: runs}, runs != ""
	}
	_, known := software.NameOf(i.Software)
	info := software.Nodeinfo{Software: i.Software, Version: i.Version, Documents: !known && m.isNotedForLoader(host)}
	return info, info.Software != "" || info.Documents
}

// Keep implements software.Memory. Reading goes on without a store.
func (m *HostMemory) Keep(ctx context.Context, host string, info software.Nodeinfo) {
	_, known := software.NameOf(info.Software)
	if known && software.SpeaksMastodon(info.Software) {
		m.Answered(ctx, host)
	} else {
		m.noteForLoader(host)
	}
	if !known && !info.Documents {
		return
	}
	if i, err := m.store.Instance(ctx, host); err != nil || i != nil {
		return
	}
	_ = m.store.SaveInstance(ctx, &feeds.Instance{
		Host: host, Domain: host, Software: info.Software, Version: info.Version, Title: info.Name, Users: -1, Active: -1, Posts: -1,
	})
}

// Answered implements software.Memory.
func (m *HostMemory) Answered(_ context.Context, host string) { m.move(host, m.others, m.speak) }

func (m *HostMemory) noteForLoader(host string) { m.move(host, m.speak, m.others) }

func (m *HostMemory) isNotedForLoader(host string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Contains(strings.Fields(m.storage.LocalItem(m.others)), host)
}

// move takes a host from one of the loader's lists to the other.
func (m *HostMemory) move(host, from, to string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.strike(from, host)
	hosts := strings.Fields(m.storage.LocalItem(to))
	if slices.Contains(hosts, host) {
		return
	}
	hosts = append(hosts, host)
	m.storage.SetLocalItem(to, strings.Join(hosts[max(0, len(hosts)-maxListed):], " "))
}

// forget takes a host off the loader's lists; "" all of them.
func (m *HostMemory) forget(host string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.strike(m.others, host)
	m.strike(m.speak, host)
}

// strike takes a host off one list; "" all of them. The lock is held.
func (m *HostMemory) strike(key, host string) {
	list := m.storage.LocalItem(key)
	hosts := strings.Fields(list)
	left := strings.Join(slices.DeleteFunc(hosts, func(h string) bool { return host == "" || h == host }), " ")
	if left != list {
		m.storage.SetLocalItem(key, left)
	}
}
