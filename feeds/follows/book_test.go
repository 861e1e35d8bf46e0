package follows

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

// browser opens the books of tabs on one shelf.
func browser(tabs int) (*feedstest.Shelf, []*Book) {
	shelf, joined := feedstest.NewShelf(), feedstest.NewTabs()
	var books []*Book
	for range tabs {
		books = append(books, Open(shelf, joined.Open(), "/"))
	}
	return shelf, books
}

func mustChange(t *testing.T, b *Book, f func(*Data)) Undo {
	t.Helper()
	u, err := b.Change(t.Context(), func(d *Data) error { f(d); return nil })
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func stored(t *testing.T, b *Book) string {
	t.Helper()
	d, err := b.Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return shown(d)
}

func TestNothingIsFollowedAtFirst(t *testing.T) {
	t.Parallel()
	_, books := browser(1)
	l, err := books[0].Learned(t.Context())
	r, err2 := books[0].Lines(t.Context())
	if got := stored(t, books[0]); got != "|" || len(l) > 0 || len(r) > 0 || err != nil || err2 != nil {
		t.Errorf("%s, %v, %v, %v, %v", got, l, r, err, err2)
	}
}

func TestTabsThatFollowAtOnceLoseNothing(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		shelf, books := browser(4)
		slow := slowShelf{shelf}
		for _, b := range books {
			b.follows.shelf = slow
		}
		mustChange(t, books[0], func(d *Data) {
			for i := range 40 {
				d.Add(New(Address(fmt.Sprint("old", i)), Profile, now()))
			}
		})
		for n, b := range books {
			for i := range 10 {
				go func() {
					_, err := b.Change(t.Context(), func(d *Data) error {
						d.Add(New(Address(fmt.Sprint("new", n*10+i)), Profile, now()))
						d.Remove(Address(fmt.Sprint("old", n*10+i)))
						return nil
					})
					if err != nil {
						t.Error(err)
					}
				}()
			}
		}
		time.Sleep(time.Hour)
		synctest.Wait()
		d, err := books[0].Load(t.Context())
		if err != nil || len(d.Follows) != 40 || strings.Contains(shown(d), "old") {
			t.Errorf("%v, %s", err, shown(d))
		}
	})
}

// slowShelf takes time, in which other programs may do something.
type slowShelf struct{ feeds.Shelf }

func (s slowShelf) Record(ctx context.Context, name string) ([]byte, int, error) {
	time.Sleep(time.Millisecond)
	return s.Shelf.Record(ctx, name)
}

func (s slowShelf) SaveRecord(ctx context.Context, name string, value []byte, version int) error {
	time.Sleep(time.Millisecond)
	return s.Shelf.SaveRecord(ctx, name, value, version)
}

func TestAChangeIsToldToAllTabs(t *testing.T) {
	t.Parallel()
	_, books := browser(2)
	var heard []string
	for i, b := range books {
		b.Watch(func(r Record) {
			heard = append(heard, fmt.Sprint(i, " ", r, " ", len(must(b.Load(t.Context())).Follows)))
		})
	}
	mustChange(t, books[0], func(d *Data) { d.Add(New("a", Profile, now())) })
	mustChange(t, books[1], func(d *Data) { d.Add(New("a", Profile, now())) }) // it is followed already
	if err := books[1].MoveLine(t.Context(), Home, Line{At: now()}, now()); err != nil {
		t.Fatal(err)
	}
	if err := books[0].Learn(t.Context(), func(m map[Address]Learned) error { m["a"] = Learned{PerWeek: 1}; return nil }); err != nil {
		t.Fatal(err)
	}
	slices.Sort(heard)
	if got, want := strings.Join(heard, ", "), "0 follows 1, 0 learned 1, 0 lines 1, 1 follows 1, 1 learned 1, 1 lines 1"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func TestWhatHearsOfAChangeMayChangeAgain(t *testing.T) {
	t.Parallel()
	_, books := browser(1)
	books[0].Watch(func(Record) {
		mustChange(t, books[0], func(d *Data) { d.Add(New("b", Profile, now())) })
	})
	mustChange(t, books[0], func(d *Data) { d.Add(New("a", Profile, now())) })
	if got := stored(t, books[0]); got != "a[] b[] |" {
		t.Error(got)
	}
}

func TestAChangeIsUndoneInAnotherTab(t *testing.T) {
	t.Parallel()
	_, books := browser(2)
	mustChange(t, books[0], func(d *Data) { *d = *some() })
	before := stored(t, books[0])
	u := mustChange(t, books[0], func(d *Data) { d.Remove("a", "b"); d.DeleteList("two") })
	again := mustChange(t, books[1], func(d *Data) { d.Undo(u) })
	if got := stored(t, books[0]); got != before {
		t.Errorf("%s, want %s", got, before)
	}
	mustChange(t, books[0], func(d *Data) { d.Undo(again) })
	if got := stored(t, books[1]); got != "c[] | one=One three=Three" {
		t.Error(got)
	}
}

// fullShelf has no room for more.
type fullShelf struct{ feeds.Shelf }

func (fullShelf) SaveRecord(context.Context, string, []byte, int) error {
	return &feeds.Error{Kind: feeds.Storage, Op: "store", Detail: "quota"}
}

func TestAChangeThatHasNoRoomHasNotHappened(t *testing.T) {
	t.Parallel()
	shelf, books := browser(2)
	mustChange(t, books[0], func(d *Data) { *d = *some() })
	before := stored(t, books[0])
	b := books[0]
	b.follows.shelf, b.learned.shelf, b.lines.shelf = fullShelf{shelf}, fullShelf{shelf}, fullShelf{shelf}
	b.Watch(func(r Record) { t.Errorf("%s is told to be changed", r) })
	u, err := b.Change(t.Context(), func(d *Data) error { d.Remove("a"); d.Add(New("d", Profile, now())); return nil })
	if feeds.KindOf(err) != feeds.Storage || !u.Empty() {
		t.Errorf("%v", err)
	}
	if err := b.Learn(t.Context(), func(m map[Address]Learned) error { m["a"] = Learned{PerWeek: 1}; return nil }); feeds.KindOf(err) != feeds.Storage {
		t.Errorf("%v", err)
	}
	if err := b.MoveLine(t.Context(), Home, Line{At: now()}, now()); feeds.KindOf(err) != feeds.Storage {
		t.Errorf("%v", err)
	}
	for _, b := range books {
		l, _ := b.Learned(t.Context())
		r, _ := b.Lines(t.Context())
		if got := stored(t, b); got != before || len(l)+len(r) > 0 {
			t.Errorf("%s, %v, %v", got, l, r)
		}
	}
}

func TestAChangeThatFailsLeavesNothing(t *testing.T) {
	t.Parallel()
	_, books := browser(1)
	b := books[0]
	mustChange(t, b, func(d *Data) { *d = *some() })
	before := stored(t, b)
	b.Watch(func(r Record) { t.Errorf("%s is told to be changed", r) })
	wrong := errors.New("wrong")
	if _, err := b.Change(t.Context(), func(d *Data) error { remove(d); d.Lists[0].Name = "x"; return wrong }); !errors.Is(err, wrong) {
		t.Errorf("%v", err)
	}
	if _, err := b.Change(t.Context(), func(d *Data) error { d.Follows = make([]Follow, maxFollows+1); return nil }); feeds.KindOf(err) != feeds.TooLarge {
		t.Errorf("%v", err)
	}
	if err := b.Learn(t.Context(), func(m map[Address]Learned) error { m["a"] = Learned{PerWeek: 1}; return wrong }); !errors.Is(err, wrong) {
		t.Errorf("%v", err)
	}
	over, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := b.Change(over, func(d *Data) error { remove(d); return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	l, _ := b.Learned(t.Context())
	if got := stored(t, b); got != before || len(l) > 0 {
		t.Errorf("%s, %v", got, l)
	}
}

func TestWhatCannotBeReadIsLeftAsItIs(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text    string
		version int
		want    error
	}{
		{`{"follows":[]}`, 2, ErrNewer}, {`{"sources":{},"feeds":{}}`, 99, ErrNewer}, {`{"follows":`, 1, ErrBroken},
		{`[]`, 1, ErrBroken}, {`{"follows":[{"address":3}],"sources":3,"feeds":[]}`, 1, ErrBroken},
	} {
		shelf, books := browser(1)
		for _, name := range []Record{RecordFollows, RecordLearned, RecordLines} {
			if err := shelf.SaveRecord(t.Context(), string(name), []byte(c.text), c.version); err != nil {
				t.Fatal(err)
			}
		}
		b := books[0]
		_, load := b.Load(t.Context())
		_, change := b.Change(t.Context(), func(d *Data) error { d.Add(New("a", Profile, now())); return nil })
		_, learned := b.Learned(t.Context())
		learn := b.Learn(t.Context(), func(m map[Address]Learned) error { return nil })
		_, lines := b.Lines(t.Context())
		line := b.MoveLine(t.Context(), Home, Line{At: now()}, now())
		for i, err := range []error{load, change, learned, learn, lines, line} {
			if !errors.Is(err, c.want) || feeds.KindOf(err) != feeds.Storage {
				t.Errorf("%s of version %d, call %d: %v", c.text, c.version, i, err)
			}
		}
		for _, name := range []Record{RecordFollows, RecordLearned, RecordLines} {
			if text, version, err := shelf.Record(t.Context(), string(name)); string(text) != c.text || version != c.version || err != nil {
				t.Errorf("%s is now %s of version %d, %v", name, text, version, err)
			}
		}
	}
}

func TestAChangeIsMadeToACopy(t *testing.T) {
	t.Parallel()
	_, books := browser(1)
	mustChange(t, books[0], func(d *Data) { *d = *some() })
	held := must(books[0].Load(t.Context()))
	mustChange(t, books[0], func(d *Data) {
		d.Follows[0].Lists[0] = "three"
		d.Update(func(f *Follow) { f.Filter.Languages = append(f.Filter.Languages, "de") }, "b")
	})
	if !undoOf(held, some()).Empty() {
		t.Errorf("what is shared has changed: %s", shown(held))
	}
	if got := stored(t, books[0]); !strings.HasPrefix(got, "a[three] b") {
		t.Error(got)
	}
}

func TestLearningDoesNotWaitForTheReader(t *testing.T) {
	t.Parallel()
	_, books := browser(2)
	mustChange(t, books[0], func(d *Data) { *d = *some() })
	mustChange(t, books[0], func(d *Data) {
		d.Remove("c")
		for _, b := range books {
			err := b.Learn(t.Context(), func(m map[Address]Learned) error {
				m["a"] = m["a"].Answered(now(), now().Add(-time.Hour))
				return nil
			})
			if err == nil {
				err = b.MoveLine(t.Context(), Home, Line{At: now()}, now())
			}
			if err != nil {
				t.Error(err)
			}
		}
	})
	if got := stored(t, books[1]); !strings.HasPrefix(got, "a[one] b[one,two] |") {
		t.Error(got)
	}
}

func TestWhatIsNotFollowedIsForgotten(t *testing.T) {
	t.Parallel()
	_, books := browser(1)
	mustChange(t, books[0], func(d *Data) { *d = *some() })
	learn := func(names ...Address) {
		t.Helper()
		err := books[0].Learn(t.Context(), func(m map[Address]Learned) error {
			for _, a := range names {
				m[a] = Learned{PerWeek: 1}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	learn("a", "b", "c")
	mustChange(t, books[0], func(d *Data) { d.Remove("b") })
	learn("a")
	if got := slices.Sorted(maps.Keys(must(books[0].Learned(t.Context())))); fmt.Sprint(got) != "[a c]" {
		t.Errorf("%v", got)
	}
}

func TestASourceIsLearned(t *testing.T) {
	t.Parallel()
	ago := func(d time.Duration) time.Time { return now().Add(-d) }
	l := Learned{}.Failed(feeds.Timeout, ago(2*day)).Failed(feeds.Gone, ago(day))
	if want := (Learned{Asked: ago(day), FailsSince: ago(2 * day), FailKind: feeds.Gone}); l != want {
		t.Errorf("%+v", l)
	}
	for want, times := range map[Learned][]time.Time{
		{Asked: now()}: {{}, now().Add(day)},
		{Asked: now(), LastPost: ago(day), PerWeek: 2}:          {ago(week), ago(day), now().Add(time.Minute)},
		{Asked: now(), LastPost: ago(time.Minute), PerWeek: 14}: {ago(time.Minute), ago(time.Hour)},
	} {
		if got := l.Answered(now(), times...); got != want {
			t.Errorf("%v: %+v, want %+v", times, got, want)
		}
	}
	if got := (Learned{LastPost: ago(day), PerWeek: 3}).Answered(now(), ago(2*day)); !got.LastPost.Equal(ago(day)) {
		t.Errorf("a post from before is the last: %+v", got)
	}
}

func TestAReadingLineMovesOnlyForward(t *testing.T) {
	t.Parallel()
	at := func(minutes int, key feeds.Key) Line {
		return Line{now().Add(time.Duration(minutes) * time.Minute), key}
	}
	_, books := browser(2)
	for i, c := range []struct {
		to, want Line
		now      int
	}{
		{at(0, "m"), at(0, "m"), 10},
		{at(-1, "a"), at(0, "m"), 10},
		{at(0, "n"), at(0, "m"), 10}, // it stands below within the moment
		{at(0, "a"), at(0, "a"), 10},
		{at(5, "x"), at(5, "x"), 10},
		{at(60, "future"), at(10, ""), 10},
		{at(9, "x"), at(10, ""), 10},
		{at(3, "y"), at(3, "y"), 4}, // the clock was wrong before
	} {
		if err := books[i%2].MoveLine(t.Context(), Home, c.to, now().Add(time.Duration(c.now)*time.Minute)); err != nil {
			t.Fatal(err)
		}
		if got := must(books[(i+1)%2].Lines(t.Context())); got[Home] != c.want || len(got) != 1 {
			t.Errorf("%d: %+v, want %+v", i, got, c.want)
		}
	}
	var wg sync.WaitGroup
	for i, b := range books {
		wg.Go(func() {
			if err := b.MoveLine(t.Context(), fmt.Sprint("list", i), at(0, ""), now()); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if got := must(books[0].Lines(t.Context())); len(got) != 3 {
		t.Errorf("%+v", got)
	}
}

// many is what a reader chose who follows many.
func many(n int) *Data {
	d := &Data{}
	list := d.MakeList("News")
	for i := range n {
		f := New(Address(fmt.Sprintf("#/@person%d@server%d.example", i, i%60)), Profile, now())
		f.Title, f.Host, f.Handle, f.ID, f.Software = "A person's name", "server.example", fmt.Sprintf("person%d@server.example", i), fmt.Sprint(1e12+i), "mastodon"
		f.URL = "https://server.example/@person"
		f.Lists = []string{list}
		d.Follows = append(d.Follows, f)
	}
	return d
}

func BenchmarkThreeThousandFollows(b *testing.B) {
	shelf := feedstest.NewShelf()
	tabs := feedstest.NewTabs()
	book := Open(shelf, tabs.Open(), "/")
	if _, err := book.Change(b.Context(), func(d *Data) error { *d = *many(3000); return nil }); err != nil {
		b.Fatal(err)
	}
	b.Run("load first", func(b *testing.B) {
		for b.Loop() {
			if _, err := Open(shelf, tabs.Open(), "/").Load(b.Context()); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("load again", func(b *testing.B) {
		for b.Loop() {
			if _, err := book.Load(b.Context()); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("change one", func(b *testing.B) {
		for b.Loop() {
			if _, err := book.Change(b.Context(), func(d *Data) error {
				d.Update(func(f *Follow) { f.Muted = !f.Muted }, d.Follows[1500].Address)
				return nil
			}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("import and undo", func(b *testing.B) {
		for b.Loop() {
			u, err := book.Change(b.Context(), func(d *Data) error {
				var all []Follow
				for i := range 3000 {
					all = append(all, New(Address(fmt.Sprintf("#/@new%d@server.example", i)), Profile, now()))
				}
				d.Add(all...)
				return nil
			})
			if err == nil {
				_, err = book.Change(b.Context(), func(d *Data) error { d.Undo(u); return nil })
			}
			if err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("learn", func(b *testing.B) {
		for b.Loop() {
			if err := book.Learn(b.Context(), func(m map[Address]Learned) error {
				for i := range 3000 {
					a := Address(fmt.Sprintf("#/@person%d@server%d.example", i, i%60))
					m[a] = m[a].Answered(now(), now().Add(-time.Hour))
				}
				return nil
			}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("matchers", func(b *testing.B) {
		d, _ := book.Load(b.Context())
		for b.Loop() {
			d.Matchers(Home)
		}
	})
}

func TestACatchUpIsNotedBesideTheReadingLines(t *testing.T) {
	t.Parallel()
	_, books := browser(2)
	at := func(minutes int) Line { return Line{At: now().Add(time.Duration(minutes) * time.Minute)} }
	for _, c := range []struct {
		feed string
		to   Line
		want Line
	}{
		{Home, at(-60), at(-60)},
		{Home, at(-90), at(-60)}, // it moves forward alone
		{"tea", at(-30), at(-30)},
		{Home, at(60), at(0)}, // a post of the future says nothing of what comes until then
	} {
		if err := books[0].CatchUp(t.Context(), c.feed, c.to, now()); err != nil {
			t.Fatal(err)
		}
		if got := must(books[1].CaughtUp(t.Context())); !got[c.feed].At.Equal(c.want.At) {
			t.Errorf("%s: after %v it is %v", c.feed, c.to.At, got[c.feed].At)
		}
	}
	if err := books[1].MoveLine(t.Context(), Home, at(-10), now()); err != nil {
		t.Fatal(err)
	}
	caught, lines := must(books[0].CaughtUp(t.Context())), must(books[0].Lines(t.Context()))
	if !caught[Home].At.Equal(at(0).At) || !lines[Home].At.Equal(at(-10).At) || len(caught) != 2 || len(lines) != 1 {
		t.Errorf("caught up to %v, read to %v", caught, lines)
	}
}
