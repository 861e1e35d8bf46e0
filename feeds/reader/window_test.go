package reader

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/cache"
	"vitrine/feeds/feedstest"
)

const local = feeds.TimelineID(host + "/local")

// readAll fills the feedFixture's store with all that its server has.
func (d *feedFixture) readAll(t *testing.T) {
	t.Helper()
	f := d.open()
	for i := 0; !d.last.End; i++ {
		if err := f.LoadOlder(context.Background()); err != nil || i > 100 {
			t.Fatalf("%v after %d pages", err, i)
		}
	}
	d.server.asked, d.all = nil, nil
}

func TestFeedShowsOlderPostsFromTheStoreWithoutAskingTheServer(t *testing.T) {
	t.Parallel()
	d := newFeedFixture(130)
	d.readAll(t)
	f := d.open()
	if got := d.shows(); got != numbers(130, 91) || d.last.End {
		t.Fatalf("first: %s, end %v", got, d.last.End)
	}
	for range 3 {
		if err := f.LoadOlder(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	if got := d.shows(); got != numbers(130, 1) || !d.last.End {
		t.Errorf("at last: %s, end %v", got, d.last.End)
	}
	if len(d.server.asked) != 1 {
		t.Errorf("the server was asked %q, want once for the newest page", d.server.asked)
	}
}

func TestFeedLoadsOnlyAWindow(t *testing.T) {
	t.Parallel()
	d := newFeedFixture(130)
	d.readAll(t)
	f := d.open()
	if n := len(f.posts); n != FirstShown {
		t.Errorf("%d posts are held, want %d", n, FirstShown)
	}
}

func TestFeedAsksTheServerBelowWhatIsStored(t *testing.T) {
	t.Parallel()
	d := newFeedFixture(130)
	f := d.open()
	for range 5 {
		if err := f.LoadOlder(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	d.server.asked = nil
	f = d.open()
	for range 3 {
		if err := f.LoadOlder(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	if got := fmt.Sprint(d.server.asked); got != "[ 71 61]" || d.shows() != numbers(130, 51) {
		t.Errorf("asked %s, shows %s", got, d.shows())
	}
}

func TestFeedTakesOverWhatAnotherTabRead(t *testing.T) {
	t.Parallel()
	d := newFeedFixture(15)
	f := d.open()
	other := *d
	d.server.top = 40
	g := other.Feed(ServerPlace{Host: host, Scope: feeds.Local}, func(s *Snapshot) { other.last = s })
	g.Open(context.Background(), nil)
	for range 5 { // the other tab closes the gap that its newest page left
		for _, item := range other.last.Items {
			if item.Gap != nil {
				if err := g.Fill(context.Background(), item.From[0], item.Gap.Cursor); err != nil {
					t.Fatal(err)
				}
				break
			}
		}
	}
	if got := other.shows(); got != numbers(40, 6) {
		t.Fatalf("the other tab shows %s", got)
	}
	if err := f.Refresh(context.Background(), nil); err != nil {
		t.Fatal(err)
	}
	if got := d.shows(); got != numbers(40, 6) {
		t.Errorf("this one shows %s", got)
	}
}

func TestFeedDrawsNoGapAboveWhatItShows(t *testing.T) {
	t.Parallel()
	d := newFeedFixture(5)
	f := d.open()
	d.server.top = 30
	if err := f.Poll(context.Background()); err != nil {
		t.Fatal(err)
	}
	if got := d.shows(); got != numbers(5, 1) || d.last.New != 10 {
		t.Errorf("with the new posts waiting: %s, %d new", got, d.last.New)
	}
	f.ShowNew()
	if got := d.shows(); got != numbers(30, 21)+" gap "+numbers(5, 1) {
		t.Errorf("let in: %s", got)
	}
}

func TestFeedGoesOnAtTheServerWhenTheStoreLostTheRest(t *testing.T) {
	t.Parallel()
	d := newFeedFixture(130)
	d.readAll(t)
	d.Reader.store = &forgetful{Store: d.Reader.store}
	f := d.open()
	for range 3 {
		if err := f.LoadOlder(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	if got := d.shows(); got != numbers(130, 61) || strings.Contains(got, "gap") {
		t.Errorf("shows %s, asked %q", got, d.server.asked)
	}
}

// forgetful is a store that can't read what is further down.
type forgetful struct{ feeds.Store }

func (s *forgetful) Timeline(ctx context.Context, id feeds.TimelineID, w feeds.Window) (*feeds.Timeline, error) {
	if w.Below != nil {
		return nil, &feeds.Error{Kind: feeds.Storage, Err: errors.New("closed")}
	}
	return s.Store.Timeline(ctx, id, w)
}

// counting counts the posts that are asked for.
type counting struct {
	feeds.Store
	asked int
}

func (s *counting) Posts(ctx context.Context, keys []feeds.Key) (map[feeds.Key]*feeds.Post, error) {
	s.asked += len(keys)
	return s.Store.Posts(ctx, keys)
}

func TestFeedLoadsEachPostOnce(t *testing.T) {
	t.Parallel()
	d := newFeedFixture(130)
	d.readAll(t)
	store := &counting{Store: d.Reader.store}
	d.Reader.store = store
	f := d.open()
	if store.asked != FirstShown { // the window's: those of the newest page come from saving it
		t.Errorf("%d posts were loaded", store.asked)
	}
	store.asked = 0
	if err := f.LoadOlder(context.Background()); err != nil || store.asked != ShownMore {
		t.Errorf("then %d, %v", store.asked, err)
	}
}

func TestFeedShowsTheStoresCopyOfAPost(t *testing.T) {
	t.Parallel()
	d := newFeedFixture(5)
	origin := feedstest.Post(host, "3", 3)
	origin.Sightings[0].Origin = true
	origin.Warning, origin.Edited = "edited", feedstest.Epoch().AddDate(1, 0, 0)
	store := cache.NewMemory()
	if err := store.SavePosts(context.Background(), []*feeds.Post{origin}); err != nil {
		t.Fatal(err)
	}
	d.Reader.store = store
	d.open()
	if got := d.last.Items[2].Post.Warning; got != "edited" {
		t.Errorf("warning %q", got)
	}
	tl, err := store.Timeline(context.Background(), local, feeds.Window{})
	if err != nil || len(tl.Entries) != 5 {
		t.Errorf("%v, %v", tl, err)
	}
}
