package state

import (
	"context"
	"slices"
	"strings"
	"sync"

	"vitrine/app/browser"
	"vitrine/feeds"
	"vitrine/feeds/software"
)

// memory keeps in the store what hosts said they are. A server that was only asked that is stored without a time: it isn't
// described yet. Which of them don't speak Mastodon's API stands in local storage too, where the loader finds it: it asks those
// nothing before the program does.
type memory struct {
	store feeds.Store
	key   string // of the list in local storage

	mu *sync.Mutex
}

var _ software.Memory = memory{}

// mostOthers is how many hosts the loader is told of.
const mostOthers = 200

func newMemory(store feeds.Store, base string) memory {
	return memory{store: store, key: "vitrine:" + base + ":others", mu: new(sync.Mutex)}
}

// Recall implements software.Memory.
func (m memory) Recall(ctx context.Context, host string) (software.Nodeinfo, bool) {
	i, err := m.store.Instance(ctx, host)
	if err != nil || i == nil || i.Software == "" {
		return software.Nodeinfo{}, false
	}
	return software.Nodeinfo{Software: i.Software, Version: i.Version}, true
}

// Keep implements software.Memory. Reading goes on without a store.
func (m memory) Keep(ctx context.Context, host string, info software.Nodeinfo) {
	if !software.SpeaksMastodon(info.Software) {
		m.tellLoader(host)
	}
	if i, err := m.store.Instance(ctx, host); err != nil || i != nil {
		return
	}
	_ = m.store.SaveInstance(ctx, &feeds.Instance{
		Host: host, Domain: host, Software: info.Software, Version: info.Version, Title: info.Name, Users: -1, Active: -1, Posts: -1,
	})
}

func (m memory) tellLoader(host string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	hosts := strings.Fields(browser.Setting(m.key))
	if slices.Contains(hosts, host) {
		return
	}
	hosts = append(hosts, host)
	browser.Keep(m.key, strings.Join(hosts[max(0, len(hosts)-mostOthers):], " "))
}

// forget takes a host off the loader's list; "" all of them.
func (m memory) forget(host string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	hosts := slices.DeleteFunc(strings.Fields(browser.Setting(m.key)), func(h string) bool { return host == "" || h == host })
	browser.Keep(m.key, strings.Join(hosts, " "))
}
