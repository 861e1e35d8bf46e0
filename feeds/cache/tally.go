package cache

import (
	"maps"
	"slices"

	"vitrine/feeds"
)

// tally counts what is stored, or what a transaction changes of it, by host.
type tally map[string]feeds.Usage

func (t tally) add(host string, u feeds.Usage) {
	sum := t[host]
	sum.Host = host
	sum.Posts += u.Posts
	sum.Authors += u.Authors
	sum.Timelines += u.Timelines
	sum.Bytes += u.Bytes
	t[host] = sum
}

// post counts a record; sign is 1 or -1.
func (t tally) post(r record, sign int) {
	u := feeds.Usage{Bytes: int64(sign) * r.size()}
	if r.Post != "" {
		u.Posts = sign
	}
	t.add(r.Home, u)
}

func (t tally) timeline(host string, n int, bytes int64) {
	t.add(host, feeds.Usage{Timelines: n, Bytes: bytes})
}

func (t tally) author(host string, n int, bytes int64) {
	t.add(host, feeds.Usage{Authors: n, Bytes: bytes})
}

func (t tally) bytes(host string, n int64) { t.add(host, feeds.Usage{Bytes: n}) }

// list returns the counts by host, without those of which nothing is there.
func (t tally) list() []feeds.Usage {
	var all []feeds.Usage
	for _, host := range slices.Sorted(maps.Keys(t)) {
		if u := t[host]; !empty(u) {
			all = append(all, u)
		}
	}
	return all
}

func empty(u feeds.Usage) bool {
	return u.Posts == 0 && u.Authors == 0 && u.Timelines == 0 && u.Bytes == 0
}
