package cache

import (
	"reflect"

	"vitrine/feeds"
)

// samePost reports that two copies of a post are found by the same words: counts and sightings change often.
func samePost(a, b *feeds.Post) bool {
	if a == nil || b == nil {
		return a == b
	}
	if !a.Published.Equal(b.Published) || !a.Edited.Equal(b.Edited) || a.Title != b.Title || a.Warning != b.Warning || a.Language != b.Language || a.Deleted != b.Deleted ||
		len(a.Media) != len(b.Media) || len(a.Tags) != len(b.Tags) || (a.Poll == nil) != (b.Poll == nil) || (a.Card == nil) != (b.Card == nil) || (a.Quote == nil) != (b.Quote == nil) ||
		(a.Author == nil) != (b.Author == nil) {
		return false
	}
	for i := range a.Media {
		if a.Media[i].Alt != b.Media[i].Alt || a.Media[i].Kind != b.Media[i].Kind {
			return false
		}
	}
	if a.Author != nil && (a.Author.Name != b.Author.Name || a.Author.Handle() != b.Author.Handle() || a.Author.Wishes != b.Author.Wishes) {
		return false
	}
	return (a.Card == nil || a.Card.Title == b.Card.Title) && reflect.DeepEqual(a.Body, b.Body)
}
