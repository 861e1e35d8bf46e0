package software

import (
	"context"
	"sync"

	"vitrine/feeds"
)

// tellTales are the softwares that describe themselves at an address of their own, likeliest first. They are asked so where a server
// doesn't say what it is by NodeInfo, or lets no page read that.
func tellTales() []string { return []string{"peertube", "lemmy", "misskey", "piefed", "mbin"} }

// sniff asks a server in the words of each software what it is. ok is false when none of the answers makes sense.
func (h *host) sniff(ctx context.Context) (info Nodeinfo, ok bool) {
	names := tellTales()
	found := make([]*feeds.Instance, len(names))
	var wg sync.WaitGroup
	for i, name := range names {
		source := h.r.adapter(h.name, softwares[name], Nodeinfo{})
		wg.Go(func() { found[i], _ = source.Describe(ctx) })
	}
	wg.Wait()
	for i, instance := range found {
		if instance != nil && instance.Version != "" {
			return Nodeinfo{Software: names[i], Version: instance.Version, Name: instance.Title}, true
		}
	}
	return Nodeinfo{}, false
}
