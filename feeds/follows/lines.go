package follows

import (
	"context"
	"maps"
	"time"

	"vitrine/feeds"
)

// Line is the reading line of a feed: the newest post that was read, and all below it.
type Line struct {
	At  time.Time `json:"at"`            // the post's place in the feed's order
	Key feeds.Key `json:"key,omitempty"` // "" where the line is a time alone
}

// above reports that a line stands above another one.
func (l Line) above(o Line) bool {
	return feeds.Entry{At: l.At, Key: l.Key}.Before(feeds.Entry{At: o.At, Key: o.Key})
}

// lines is the record of the reading lines.
type lines struct {
	Feeds map[string]Line `json:"feeds"`
}

// Lines returns the reading lines by feed: Home, or a list's id. The map isn't changed.
func (b *Book) Lines(ctx context.Context) (map[string]Line, error) {
	l, err := b.lines.load(ctx)
	if err != nil {
		return nil, err
	}
	return l.Feeds, nil
}

// MoveLine moves the reading line of a feed up to a post. It never moves down, but from a place in the future, where a clock that was
// wrong or a post dated wrongly has put it; it isn't moved there: it stops at now.
func (b *Book) MoveLine(ctx context.Context, feed string, to Line, now time.Time) error {
	if to.At.After(now) {
		to = Line{At: now}
	}
	to.At = settled(to.At)
	return b.lines.change(ctx, func(l *lines) (*lines, error) {
		if was, ok := l.Feeds[feed]; ok && !was.At.After(now) && !to.above(was) {
			return nil, nil
		}
		next := &lines{maps.Clone(l.Feeds)}
		if next.Feeds == nil {
			next.Feeds = map[string]Line{}
		}
		next.Feeds[feed] = to
		return next, nil
	})
}
