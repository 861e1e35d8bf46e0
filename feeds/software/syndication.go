package software

import "vitrine/feeds"

func newSyndication(feeds.Fetcher, feeds.Clock) feeds.Syndicated { return nil }
