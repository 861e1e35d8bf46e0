//go:build !js

package cache

import "vitrine/feeds"

// OpenMedia keeps bytes in memory: natively there is no Cache.
func OpenMedia(_ string, records feeds.Records, fetcher feeds.FileFetcher, clock feeds.Clock, tabs feeds.Tabs) *Media {
	return NewMemoryMedia(records, fetcher, clock, tabs)
}
