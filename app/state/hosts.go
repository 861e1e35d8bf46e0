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
// asks those nothing before the program does.
type HostMemory struct {
	store   feeds.Store
	storage Storage
	key     string // of the list in local storage

	mu sync.Mutex
}

var _ software.Memory = (*HostMemory)(nil)

// maxNonMastodon is how many hosts are listed for the loader.
const maxNonMastodon = 200

// NewHostMemory makes the memory of a site with a base path.
func NewHostMemory(store feeds.Store, storage Storage, base string) *HostMemory {
	return &HostMemory{store: store, storage: storage, key: "vitrine:" + base + ":others"}
}

// Recall implements software.Memory.
func (m *HostMemory) Recall(ctx context.Context, host string) (software.Nodeinfo, bool) {
	i, err := m.store.Instance(ctx, host)
	if err != nil || i == nil {
		return software.Nodeinfo{}, false
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
func (m *HostMemory) Answered(_ context.Context, host string) {
	if m.isNotedForLoader(host) {
		m.forget(host)
	}
}

func (m *HostMemory) isNotedForLoader(host string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Contains(strings.Fields(m.storage.LocalItem(m.key)), host)
}

func (m *HostMemory) noteForLoader(host string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	hosts := strings.Fields(m.storage.LocalItem(m.key))
	if slices.Contains(hosts, host) {
		return
	}
	hosts = append(hosts, host)
	m.storage.SetLocalItem(m.key, strings.Join(hosts[max(0, len(hosts)-maxNonMastodon):], " "))
}

// forget takes a host off the loader's list; "" all of them.
func (m *HostMemory) forget(host string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	hosts := slices.DeleteFunc(strings.Fields(m.storage.LocalItem(m.key)), func(h string) bool { return host == "" || h == host })
	m.storage.SetLocalItem(m.key, strings.Join(hosts, " "))
}
