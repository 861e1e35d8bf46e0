package snapshot

import (
	"fmt"
	"hash/fnv"
	"slices"
	"strconv"
	"time"

	"vitrine/build/config"
	"vitrine/build/snapshot/ledger"
	"vitrine/feeds"
	"vitrine/feeds/address"
	"vitrine/feeds/reader"
)

// shows reports an item of a source that the feed will show, as far as that is known while the source is read.
func (u *update) shows(given string, a address.Address, i reader.Item) bool {
	if i.Post == nil || i.Post.Deleted {
		return false
	}
	if whole := u.whole[i.Post.Key]; whole != nil && i.Post.Partial {
		i.Post = feeds.MergePost(whole, i.Post)
	}
	left := filter{feed: u.feed, wishes: u.ledger.Wishes, blocked: u.blocked, proven: map[string]bool{}}
	if a.Kind == address.Profile || a.Kind == address.Community {
		// Whether whose list it is may be copied is known later, and then holds for all of it: older posts make up for nothing.
		owner := i.Post.Author
		if i.Entry.BoostedBy != nil {
			owner = i.Entry.BoostedBy
		}
		left.proven[owner.URI] = true
	}
	return !left.excludes(ledger.Item{Post: i.Post, Entry: i.Entry, Source: given})
}

// count is how many of the items will be shown.
func (u *update) count(given string, a address.Address, items []reader.Item) (n int) {
	for _, i := range items {
		if u.shows(given, a, i) {
			n++
		}
	}
	return n
}

// below is how many kept posts stand below all the items.
func below(known []ledger.Item, items []reader.Item) (n int) {
	var oldest time.Time
	listed := map[feeds.Key]bool{}
	for _, i := range items {
		if i.Post != nil {
			listed[i.Post.Key] = true
			if oldest.IsZero() || i.Entry.At.Before(oldest) {
				oldest = i.Entry.At
			}
		}
	}
	for _, k := range known {
		if !listed[k.Post.Key] && !k.Entry.At.After(oldest) {
			n++
		}
	}
	return n
}

// window returns so many items of a conversation as fill the limit: the post that was asked for, then those right above it, then the
// first below.
func (u *update) window(given string, a address.Address, items []reader.Item, focus feeds.Key) []reader.Item {
	items = slices.DeleteFunc(items, func(i reader.Item) bool { return !u.shows(given, a, i) })
	at := max(0, slices.IndexFunc(items, func(i reader.Item) bool { return i.Post.Key == focus }))
	first := max(0, at+1-u.feed.Limit)
	return items[first:min(len(items), first+u.feed.Limit)]
}

// choices names what of its sources a feed wants, on a site that blocks some.
func choices(f config.Feed, blocked []string) string {
	h := fnv.New64a()
	fmt.Fprintf(h, "%d %t %t %t %q %q %q %q", f.Limit, f.Replies, f.Boosts, f.OnlyMedia, f.Warnings, f.Words, f.Hide, blocked)
	return strconv.FormatUint(h.Sum64(), 36)
}
