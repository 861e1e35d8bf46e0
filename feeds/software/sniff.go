package software

import (
	"context"
	"sync"

	"vitrine/feeds"
)

// sniff asks a server in the words of each software that describes itself at an address of its own what it is: for servers that don't
// say it by NodeInfo, or let no page read that. ok is false when none of the answers makes sense.
func (h *host) sniff(ctx context.Context) (info Nodeinfo, ok bool) {
	rows := probed()
	found := make([]*feeds.Instance, len(rows))
	var wg sync.WaitGroup
	for i, s := range rows {
		source := h.r.adapter(h.name, s, Nodeinfo{})
		wg.Go(func() { found[i], _ = source.Describe(ctx) })
	}
	wg.Wait()
	for i, instance := range found {
		if instance != nil && instance.Version != "" {
			return Nodeinfo{Software: rows[i].names[0], Version: instance.Version, Name: instance.Title}, true
		}
	}
	return Nodeinfo{}, false
}
