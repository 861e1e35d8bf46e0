package follows

import (
	"context"
	"slices"
	"time"

	"vitrine/feeds"
)

// Learned is what refreshing has found out about a source.
type Learned struct {
	Asked      time.Time  `json:"asked,omitzero"`        // when it last answered or failed
	LastPost   time.Time  `json:"lastPost,omitzero"`     // zero when unknown
	PerWeek    float64    `json:"perWeek,omitempty"`     // posts a week; 0 when unknown
	FailsSince time.Time  `json:"failsSince,omitzero"`   // of its first failure after it last answered; zero when that was no failure
	FailKind   feeds.Kind `json:"failKind,omitempty"`    // why, the last time
	Moved      Address    `json:"moved,omitempty"`       // where somebody has moved to; "" when they haven't
	MovedName  string     `json:"movedHandle,omitempty"` // the "user@host" of that
}

const (
	week = 7 * 24 * time.Hour
	day  = 24 * time.Hour
)

// Failed is what is known of a source that failed.
func (l Learned) Failed(kind feeds.Kind, at time.Time) Learned {
	if l.FailsSince.IsZero() {
		l.FailsSince = settled(at)
	}
	l.Asked, l.FailKind = settled(at), kind
	return l
}

// Answered is what is known of a source that answered with its newest posts, which have these times, in any order. Those that lie in the
// future tell nothing.
func (l Learned) Answered(at time.Time, times ...time.Time) Learned {
	l.Asked, l.FailsSince, l.FailKind = settled(at), time.Time{}, ""
	var first, last time.Time
	n := 0
	for _, t := range times {
		if t.After(at) || t.IsZero() {
			continue
		}
		if n++; first.IsZero() || t.Before(first) {
			first = t
		}
		last = feeds.Later(last, t)
	}
	if n > 0 {
		l.LastPost = settled(feeds.Later(l.LastPost, last))
		l.PerWeek = float64(n) * float64(week) / float64(max(at.Sub(first), day))
	}
	return l
}

// Counted is how many posts a rule of a filter took away on a day, or a choice of it, which has no text.
type Counted struct {
	Of    Scope  `json:"of,omitempty"`
	Cause Cause  `json:"cause"`
	Text  string `json:"text,omitempty"`
	Posts int    `json:"posts"`
}

// learned is the record of what was learned.
type learned struct {
	Sources map[Address]Learned `json:"sources"`
	Day     int                 `json:"day,omitempty"`
	Counts  []Counted           `json:"counts,omitempty"` // of that day
}

// Counted returns what filters took away on a day, whose number the caller chooses. The slice isn't changed.
func (b *Book) Counted(ctx context.Context, day int) ([]Counted, error) {
	l, err := b.learned.load(ctx)
	if err != nil || l.Day != day {
		return nil, err
	}
	return l.Counts, nil
}

// Count notes what filters took away on a day, at least: several programs count the same posts. Counts of other days are forgotten.
func (b *Book) Count(ctx context.Context, day int, counts []Counted) error {
	return b.learned.change(ctx, func(now *learned) (*learned, error) {
		next := &learned{Sources: now.Sources, Day: day, Counts: slices.Clone(counts)}
		if now.Day != day {
			return next, nil
		}
		for _, was := range now.Counts {
			i := slices.IndexFunc(next.Counts, func(c Counted) bool { return c.Of == was.Of && c.Cause == was.Cause && c.Text == was.Text })
			if i < 0 {
				next.Counts = append(next.Counts, was)
			} else {
				next.Counts[i].Posts = max(next.Counts[i].Posts, was.Posts)
			}
		}
		return next, nil
	})
}

// Learned returns what is known of the sources. The map isn't changed.
func (b *Book) Learned(ctx context.Context) (map[Address]Learned, error) {
	l, err := b.learned.load(ctx)
	if err != nil {
		return nil, err
	}
	return l.Sources, nil
}

// Learn changes what is known of sources. f is handed a copy that it may change; an error of it is returned and nothing is stored. What
// is no longer followed is forgotten.
func (b *Book) Learn(ctx context.Context, f func(map[Address]Learned) error) error {
	d, err := b.Load(ctx)
	if err != nil {
		return err
	}
	followed := make(map[Address]bool, len(d.Follows))
	for _, o := range d.Follows {
		followed[o.Address] = true
	}
	return b.learned.change(ctx, func(now *learned) (*learned, error) {
		next := &learned{make(map[Address]Learned, len(now.Sources)), now.Day, now.Counts}
		for a, l := range now.Sources {
			if followed[a] {
				next.Sources[a] = l
			}
		}
		return next, f(next.Sources)
	})
}
