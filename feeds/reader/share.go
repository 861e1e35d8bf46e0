package reader

import (
	"slices"

	"vitrine/feeds"
)

// shared returns entries in which those who boosted more than once are one value: an answer has each with all that their profile says.
// The lock is held.
func (q *Query) shared(entries []feeds.Entry) []feeds.Entry {
	if !slices.ContainsFunc(entries, func(e feeds.Entry) bool { return e.BoostedBy != nil }) {
		return entries
	}
	entries = slices.Clone(entries)
	for i := range entries {
		by := entries[i].BoostedBy
		if by == nil {
			continue
		}
		if known := q.boosters[by.Handle()]; known != nil && sameInLists(known, by) {
			entries[i].BoostedBy = known
			continue
		}
		q.boosters[by.Handle()] = by
	}
	return entries
}

// sameInLists reports that two readings of an author look the same above what they boosted.
func sameInLists(a, b *feeds.Author) bool {
	return a.URI == b.URI && a.URL == b.URL && a.Host == b.Host && a.ID == b.ID && a.User == b.User && a.Domain == b.Domain && a.Name == b.Name &&
		a.Avatar == b.Avatar && a.AvatarSt == b.AvatarSt && a.Group == b.Group && a.Community == b.Community && a.Bot == b.Bot && slices.Equal(a.Emoji, b.Emoji)
}
