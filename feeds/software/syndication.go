package software

import (
	"vitrine/feeds"
	"vitrine/feeds/syndication"
)

func newSyndication(f feeds.Fetcher, clock feeds.Clock) feeds.Syndicated {
	return syndication.New(f, clock)
}

func (r *Resolver) documents(string) documents { return nil }
