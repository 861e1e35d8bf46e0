package state

import (
	"context"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/follows"
	"vitrine/feeds/reader"
)

// tally counts what filters have taken away on one day of the reader's.
type tally struct {
	day     int // year and day of the year
	seen    map[taken]bool
	counts  map[follows.Counted]int // Posts is 0 in all of the keys
	stored  map[follows.Counted]int // as they were when the program began, or another one has counted them
	news    bool                    // counts were not stored yet
	storing bool
}

// taken is a post that a filter takes away.
type taken struct {
	by   follows.Counted
	post feeds.Key
}

// day is the reader's day. The browser is asked for its zone once a minute: a long list of filters asks for each of its lines.
func (a *App) day() int {
	if now := a.clock.Now().Truncate(time.Minute); !now.Equal(a.minute.at) {
		local := a.browser.Local(now)
		a.minute = minute{now, local.Year()*1000 + local.YearDay()}
	}
	return a.minute.day
}

// minute is a minute, and on which day of the reader's it is.
type minute struct {
	at  time.Time
	day int // year and day of the year
}

// count counts what filters take away of a list.
func (a *App) count(s *reader.Snapshot) {
	t, day := &a.today, 0
	one := func(k feeds.Key, v follows.Verdict) {
		if day == 0 {
			if day = a.day(); t.day != day {
				*t = tally{day: day, storing: t.storing}
			}
			if t.seen == nil {
				t.seen, t.counts = map[taken]bool{}, map[follows.Counted]int{}
			}
		}
		by := follows.Counted{Of: v.Of, Cause: v.Cause, Text: v.Text}
		if v.Cause == follows.OfLanguage {
			by.Text = ""
		}
		if one := (taken{by, k}); !t.seen[one] {
			t.seen[one], t.news = true, true
			t.counts[by]++
		}
	}
	for _, h := range s.Hidden {
		one(h.Key, h.Verdict)
	}
	for _, i := range s.Items {
		if i.Folded.Action != follows.Show {
			one(i.Entry.Key, i.Folded)
		}
	}
	if day != 0 {
		a.storeCounts()
	}
}

// storeCounts keeps the counts for the other programs and the next one, all at once.
func (a *App) storeCounts() {
	t := &a.today
	if !t.news || t.storing {
		return
	}
	t.news, t.storing = false, true
	day := t.day
	counts := make([]follows.Counted, 0, len(t.counts))
	for by, n := range t.counts {
		by.Posts = n
		counts = append(counts, by)
	}
	a.background(func(ctx context.Context) {
		_ = a.book.Count(ctx, day, counts) // the next ones are more
		a.later(func() {
			a.today.storing = false
			a.storeCounts()
		})
	})
}

// readCounts reads what was counted before.
func (a *App) readCounts() {
	day := a.day()
	a.background(func(ctx context.Context) {
		counts, err := a.book.Counted(ctx, day)
		if err != nil {
			return
		}
		a.later(func() {
			if a.today.day != day {
				a.today = tally{day: day, storing: a.today.storing}
			}
			a.today.stored = map[follows.Counted]int{}
			for _, c := range counts {
				n := c.Posts
				c.Posts = 0
				a.today.stored[c] = n
			}
		})
	})
}

// Today is how many posts a rule has hidden or folded today; one without a text is a choice of its filter.
func (a *App) Today(s follows.Scope, c follows.Cause, text string) int {
	if a.today.day != a.day() {
		return 0
	}
	by := follows.Counted{Of: s, Cause: c, Text: text}
	return max(a.today.counts[by], a.today.stored[by])
}
