package offline

import (
	"testing"
	"time"

	"vitrine/feeds"
)

func TestABurstOfPostsIsNotTakenForTheRhythmOfAList(t *testing.T) {
	now := time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)
	timeline := func(n int, every time.Duration) *feeds.Timeline {
		tl := &feeds.Timeline{More: true}
		for i := range n {
			tl.Entries = append(tl.Entries, feeds.Entry{At: now.Add(-time.Duration(i+1) * every)})
		}
		return tl
	}
	for _, c := range []struct {
		what         string
		n            int
		every        time.Duration
		days         int
		daily        float64
		least, most  int // posts that are told
		reallyAtMost int // and may be, where that is more
	}{
		{"40 posts in two hours of a profile with ten a day in all years", 40, 3 * time.Minute, 30, 10, 300, 450, 0},
		{"a profile with as many as ever", 40, 144 * time.Minute, 30, 10, 280, 320, 0},
		{"a profile that came to life a month ago", 400, 100 * time.Minute, 60, 1, 500, 864, 0},
		{"40 posts in two hours of a tag of which nothing else is known", 40, 3 * time.Minute, 30, 0, 300, 900, 14_400},
		{"a tag that is known for ten days of thirty", 240, time.Hour, 30, 0, 700, 740, 0},
		{"a tag that is rarer than usual", 4, 12 * time.Hour, 30, 0, 50, 70, 0},
	} {
		posts, most := perSpan(timeline(c.n, c.every), now.AddDate(0, 0, -c.days), now, c.daily)
		if posts < float64(c.least) || posts > float64(c.most) {
			t.Errorf("%s: %.0f posts, want %d to %d", c.what, posts, c.least, c.most)
		}
		if c.reallyAtMost == 0 && most != posts || c.reallyAtMost > 0 && (most < 0.9*float64(c.reallyAtMost) || most > 1.1*float64(c.reallyAtMost)) {
			t.Errorf("%s: %.0f posts at most, want %d (0: no more than are told)", c.what, most, c.reallyAtMost)
		}
	}
}
