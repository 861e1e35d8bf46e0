package state

import (
	"context"

	"vitrine/feeds"
	"vitrine/feeds/software"
)

// memory keeps in the store what hosts said they are. A server that was only asked that is stored without a time: it isn't
// described yet.
type memory struct{ store feeds.Store }

var _ software.Memory = memory{}

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
	if i, err := m.store.Instance(ctx, host); err != nil || i != nil {
		return
	}
	_ = m.store.SaveInstance(ctx, &feeds.Instance{
		Host: host, Domain: host, Software: info.Software, Version: info.Version, Title: info.Name, Users: -1, Active: -1, Posts: -1,
	})
}
