package cache

import (
	"time"

	"vitrine/feeds"
)

// order is a list that a server gave as a whole, as it is written.
type order struct {
	Keys []feeds.Key `json:"k"`
	At   int64       `json:"a"` // nanoseconds since 1970
}

func listOf(posts []*feeds.Post, at time.Time) *order {
	l := &order{At: at.UnixNano()}
	for _, p := range posts {
		l.Keys = append(l.Keys, p.Key)
	}
	return l
}

// posts returns those of its posts that are still there, in order, and when it was read.
func (l *order) posts(found map[feeds.Key]*feeds.Post) ([]*feeds.Post, time.Time) {
	posts := make([]*feeds.Post, 0, len(l.Keys))
	for _, k := range l.Keys {
		if p := found[k]; p != nil {
			posts = append(posts, p)
		}
	}
	return posts, time.Unix(0, l.At).UTC()
}
