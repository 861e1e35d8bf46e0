package reader

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/cache"
	"vitrine/feeds/feedstest"
)

// keys are those of the rows from one to another, counted from 0.
func (d *feedFixture) keys(from, to int) []feeds.Key {
	var keys []feeds.Key
	for _, i := range d.last.Items[from:to] {
		keys = append(keys, i.Entry.Key)
	}
	return keys
}

// held are the rows whose posts are in memory, gaps, and with "?" those that aren't.
func (d *feedFixture) held() string {
	var s []string
	for _, i := range d.last.Items {
		switch {
		case i.Gap != nil:
			s = append(s, "gap")
		case i.Post != nil:
			s = append(s, i.Entry.WrapperID)
		default:
			s = append(s, "?"+i.Entry.WrapperID)
		}
	}
	return strings.Join(s, " ")
}

// long opens a list of posts 50 to 1, read to its end.
func long(t *testing.T) (*feedFixture, *Query) {
	t.Helper()
	d := newFeedFixture(50)
	f := d.open()
	for i := 0; !d.last.End; i++ {
		if err := f.LoadOlder(context.Background()); err != nil || i > 100 {
			t.Fatalf("%v after %d pages", err, i)
		}
	}
	d.server.asked = nil
	return d, f
}

func unread(from, to int) string {
	return "?" + strings.ReplaceAll(numbers(from, to), " ", " ?")
}

func TestPostsFarFromTheScreenAreReadAgainFromTheStore(t *testing.T) {
	t.Parallel()
	d, f := long(t)
	top, whole := d.keys(10, 30), d.last.Items
	f.Hold(context.Background(), Nearby{Far: top})
	if got := d.held(); got != numbers(50, 41)+" "+unread(40, 21)+" "+numbers(20, 1) || len(f.posts) != 30 {
		t.Fatalf("%s, %d posts", got, len(f.posts))
	}
	if err := f.Refresh(context.Background(), nil); err != nil {
		t.Fatal(err)
	}
	if got := d.held(); got != numbers(50, 41)+" "+unread(40, 21)+" "+numbers(20, 1) {
		t.Errorf("after a refresh %s", got)
	}
	d.server.asked = nil
	f.Hold(context.Background(), Nearby{Near: top[:5], Around: top[5:10]})
	if got := d.held(); got != numbers(50, 31)+" "+unread(30, 21)+" "+numbers(20, 1) {
		t.Errorf("near again: %s", got)
	}
	f.Hold(context.Background(), Nearby{Near: top})
	for i, item := range d.last.Items {
		if item.Post == nil || item.Post.Key != whole[i].Post.Key || item.Entry != whole[i].Entry {
			t.Errorf("row %d is %+v, was %+v", i, item, whole[i])
		}
	}
	if len(d.server.asked) > 0 {
		t.Errorf("the server was asked %q", d.server.asked)
	}
}

func TestPostsThatTheStoreLostAreAskedForAgain(t *testing.T) {
	t.Parallel()
	d, f := long(t)
	rows := d.keys(0, 50)
	f.Hold(context.Background(), Nearby{Far: rows})
	if err := d.Reader.store.(*cache.Memory).Forget(context.Background(), ""); err != nil {
		t.Fatal(err)
	}
	f.Hold(context.Background(), Nearby{Near: rows[12:14], Around: rows[14:35]})
	if got := d.held(); got != unread(50, 41)+" "+numbers(40, 31)+" "+unread(30, 1) {
		t.Errorf("shows %s", got)
	}
	if got := fmt.Sprint(d.server.asked); got != "[41]" {
		t.Errorf("asked %s, want the page that has them", got)
	}
	if i := d.last.Items; !i[34].Lost || i[35].Lost {
		t.Error("what is around isn't known as lost")
	}
	d.server.asked = nil
	f.Hold(context.Background(), Nearby{Near: rows[:20]})
	f.Hold(context.Background(), Nearby{Near: rows[20:]})
	if got := d.held(); got != numbers(50, 1) {
		t.Errorf("at last %s", got)
	}
	if got := fmt.Sprint(d.server.asked); got != "[ 31 21 11]" {
		t.Errorf("asked %s", got)
	}
}

func TestPostsThatNobodyHasAreLeftOut(t *testing.T) {
	t.Parallel()
	d, f := long(t)
	rows := d.keys(0, 50)
	f.Hold(context.Background(), Nearby{Far: rows[20:30]})
	d.Reader.store = cache.NewMemory()
	d.Reader.resolver = &feedstest.Resolver{Sources: map[string]feeds.Source{host: &feedstest.Source{HostName: host, OnPosts: func(c feeds.Cursor) (*feeds.Page, error) {
		page, err := d.server.posts(c)
		page.Posts, page.Entries = slices.Delete(page.Posts, 2, 4), slices.Delete(page.Entries, 2, 4)
		return page, err
	}}}}
	f.Hold(context.Background(), Nearby{Near: rows[20:30]})
	if got := d.held(); got != numbers(50, 29)+" "+numbers(26, 1) {
		t.Errorf("%s", got)
	}
}

func TestPostsThatCantBeAskedForAreAGapThatCanBeFilled(t *testing.T) {
	t.Parallel()
	d, f := long(t)
	rows := d.keys(0, 50)
	f.Hold(context.Background(), Nearby{Far: rows[10:30]})
	d.Reader.store = cache.NewMemory()
	d.server.err = &feeds.Error{Kind: feeds.Unreachable, Host: host}
	f.Hold(context.Background(), Nearby{Near: rows[12:15], Around: rows[10:30]})
	if got := d.held(); got != numbers(50, 41)+" ?40 ?39 gap "+unread(35, 21)+" "+numbers(20, 1) {
		t.Fatalf("%s", got)
	}
	d.server.err, d.server.asked = nil, nil
	gap := d.last.Items[12]
	if err := f.Fill(context.Background(), gap.From[0], gap.Gap.Cursor); err != nil {
		t.Fatal(err)
	}
	if got := d.held(); got != numbers(50, 31)+" "+unread(30, 21)+" "+numbers(20, 1) || fmt.Sprint(d.server.asked) != "[41]" {
		t.Errorf("filled: %s, asked %q", got, d.server.asked)
	}
}

func TestAListGoesOnWhenTheStoreWasCleared(t *testing.T) {
	t.Parallel()
	d := newFeedFixture(70)
	f := d.open()
	for range 2 {
		if err := f.LoadOlder(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	before := d.shows()
	if err := d.Reader.store.(*cache.Memory).Forget(context.Background(), ""); err != nil {
		t.Fatal(err)
	}
	for i := 0; !d.last.End; i++ {
		if err := f.LoadOlder(context.Background()); err != nil || i > 20 {
			t.Fatalf("%v after %d pages: %s", err, i, d.shows())
		}
	}
	if got := d.shows(); before != numbers(70, 41) || got != numbers(70, 1) {
		t.Errorf("%s, then %s", before, got)
	}
	d.server.top = 75
	if err := f.Refresh(context.Background(), nil); err != nil {
		t.Fatal(err)
	}
	if got := d.shows(); got != numbers(75, 1) {
		t.Errorf("refreshed: %s", got)
	}
	f = d.open()
	for i := 0; !d.last.End && i < 20; i++ {
		_ = f.LoadOlder(context.Background())
	}
	if got := d.shows(); got != numbers(75, 66)+" gap "+numbers(40, 1) {
		t.Errorf("opened again: %s", got)
	}
}

func TestPostsOfSeveralSourcesAreLetGoOfAndReadAgain(t *testing.T) {
	t.Parallel()
	both := feedstest.Post("c.example", "12", 12)
	a := &origin{host: "a.example", minutes: []int{20, 18, 12, 6}, size: 2, posts: map[int]*feeds.Post{12: both}}
	b := &origin{host: "b.example", minutes: []int{19, 12, 7, 3}, size: 2, posts: map[int]*feeds.Post{12: both}}
	m := merge(cache.NewMemory(), a, b)
	m.Open(context.Background(), nil)
	for i := 0; !m.last.End; i++ {
		if err := m.LoadOlder(context.Background()); err != nil || i > 10 {
			t.Fatalf("%v after %d pages", err, i)
		}
	}
	whole, before := m.shows(), m.last.Items
	var rows []feeds.Key
	for _, i := range m.last.Items {
		rows = append(rows, i.Entry.Key)
	}
	m.r.store = cache.NewMemory()
	m.Hold(context.Background(), Nearby{Far: rows})
	if len(m.posts) != 0 || m.shows() != whole {
		t.Fatalf("%d posts are held of %s", len(m.posts), m.shows())
	}
	b.fails(feeds.Unreachable)
	m.Hold(context.Background(), Nearby{Near: rows})
	if got := m.shows(); got != "a20 a18 a12 bgap a6" { // b19 stood on the newest page: a refresh asks for it
		t.Errorf("one source fails: %s", got)
	}
	b.err = nil
	if err := m.Refresh(context.Background(), nil); err != nil {
		t.Fatal(err)
	}
	for _, i := range m.last.Items {
		if i.Gap != nil {
			if err := m.Fill(context.Background(), i.From[0], i.Gap.Cursor); err != nil {
				t.Fatal(err)
			}
		}
	}
	if got := m.shows(); got != whole {
		t.Errorf("at last %s, want %s", got, whole)
	}
	for i, item := range m.last.Items {
		if item.Post == nil || !slices.Equal(item.From, before[i].From) {
			t.Errorf("row %d: %+v", i, item)
		}
	}
}

func TestAViewThatIsLeftAsksForNothingMore(t *testing.T) {
	t.Parallel()
	d, f := long(t)
	rows := d.keys(0, 50)
	f.Hold(context.Background(), Nearby{Far: rows[20:30]})
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	d.Reader.store = cache.NewMemory()
	f.Hold(ctx, Nearby{Near: rows[20:30]})
	if got := d.held(); got != numbers(50, 31)+" "+unread(30, 21)+" "+numbers(20, 1) || len(d.server.asked) > 0 {
		t.Errorf("%s, asked %q", got, d.server.asked)
	}
}

func TestBoostersAreOneValueHoweverOftenTheyWereRead(t *testing.T) {
	t.Parallel()
	q := (&Reader{}).Query(nil, nil)
	ann, again, renamed := feedstest.Author("ann", host), feedstest.Author("ann", host), feedstest.Author("ann", host)
	renamed.Name = "Another"
	in := []feeds.Entry{{Key: "1", BoostedBy: ann}, {Key: "2", BoostedBy: again}, {Key: "3"}, {Key: "4", BoostedBy: renamed}}
	out := q.shared(in)
	if out[0].BoostedBy != ann || out[1].BoostedBy != ann || out[2].BoostedBy != nil || out[3].BoostedBy != renamed || in[1].BoostedBy != again {
		t.Errorf("%+v", out)
	}
}
