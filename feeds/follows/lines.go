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

// Above reports that a line stands above another one.
func (l Line) Above(o Line) bool {
	return feeds.Entry{At: l.At, Key: l.Key}.Before(feeds.Entry{At: o.At, Key: o.Key})
}

// lines is the record of the reading lines.
type lines struct {
	Feeds  map[string]Line `json:"feeds"`
	Caught map[string]Line `json:"caught,omitempty"` // the newest post of the last catch-up
}

// Lines returns the reading lines by feed: Home, or a list's id. The map isn't changed.
func (b *Book) Lines(ctx context.Context) (map[string]Line, error) {
	l, err := b.lines.load(ctx)
	if err != nil {
		return nil, err
	}
	return l.Feeds, nil
}

// CaughtUp returns the newest posts of the last catch-ups by feed, as Lines. The map isn't changed.
func (b *Book) CaughtUp(ctx context.Context) (map[string]Line, error) {
	l, err := b.lines.load(ctx)
	if err != nil {
		return nil, err
	}
	return l.Caught, nil
}

// MoveLine moves the reading line of a feed up to a post. It never moves down, but from a place in the future, where a clock that was
// wrong or a post dated wrongly has put it; it isn't moved there: it stops at now.
func (b *Book) MoveLine(ctx context.Context, feed string, to Line, now time.Time) error {
	return b.moveLine(ctx, func(l *lines) *map[string]Line { return &l.Feeds }, feed, to, now)
}

// CatchUp notes the newest post of a catch-up of a feed, as MoveLine does.
func (b *Book) CatchUp(ctx context.Context, feed string, to Line, now time.Time) error {
	return b.moveLine(ctx, func(l *lines) *map[string]Line { return &l.Caught }, feed, to, now)
}

func (b *Book) moveLine(ctx context.Context, of func(*lines) *map[string]Line, feed string, to Line, now time.Time) error {
	if to.At.After(now) {
		to = Line{At: now}
	}
	to.At = settled(to.At)
	return b.lines.change(ctx, func(l *lines) (*lines, error) {
		if was, ok := (*of(l))[feed]; ok && !was.At.After(now) && !to.Above(was) {
			return nil, nil
		}
		next := *l
		moved := maps.Clone(*of(l))
		if moved == nil {
			moved = map[string]Line{}
		}
		moved[feed] = to
		*of(&next) = moved
		return &next, nil
	})
}
