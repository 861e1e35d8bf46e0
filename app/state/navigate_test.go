package state_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"vitrine/app/browser"
	"vitrine/app/state"
	"vitrine/app/state/statetest"
	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

func TestTheOldViewStaysForAMomentThenPlaceholdersAreShown(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		s, list := d.Host("a.example", 30)
		answer := make(chan struct{})
		s.OnPosts = func(c feeds.Cursor) (*feeds.Page, error) {
			<-answer
			return list.Page(c)
		}
		d.Visit("#/t/a.example/tea")
		if d.Shown().Hash != "#/" {
			t.Error("the old view is gone at once")
		}
		d.Pass(199 * time.Millisecond)
		if d.Shown().Hash != "#/" {
			t.Error("the old view is gone after 199 ms")
		}
		d.Pass(time.Millisecond)
		if d.Shown().Hash != "#/t/a.example/tea" || d.Arrived() {
			t.Errorf("after 200 ms %s is shown, arrived %v", d.Shown().Hash, d.Arrived())
		}
		d.Window.Calls()
		close(answer)
		d.Do()
		d.Pass(0)
		if !d.Arrived() || !strings.Contains(d.Window.Calls(), "focus main") {
			t.Error("the answer isn't shown")
		}
	})
}

func TestTheFirstViewsPlaceholdersDontScrollTheFrontThatIsRead(t *testing.T) {
	at := browser.Position{Y: 45, URI: "https://a.example/5", Off: 12}
	var answer chan struct{}
	statetest.Run(t, statetest.Options{Hash: "#/t/a.example/tea", Before: func(d *statetest.Driver) {
		answer = make(chan struct{})
		s, list := d.Host("a.example", 30)
		s.OnPosts = func(c feeds.Cursor) (*feeds.Page, error) {
			<-answer
			return list.Page(c)
		}
		d.Window.Set(func(w *windowOf) { w.FrontSeen, w.At = true, at })
	}}, func(t *testing.T, d *statetest.Driver) {
		d.Pass(time.Second)
		if got := d.Window.ReadPosition(); d.Arrived() || got != at {
			t.Errorf("arrived %v, scrolled to %+v", d.Arrived(), got)
		}
		close(answer)
		d.Pass(0)
	})
}

func TestAViewThatWasLeftBeforeItCameIsNotShown(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		s, list := d.Host("a.example", 30)
		answer := make(chan struct{})
		s.OnPosts = func(c feeds.Cursor) (*feeds.Page, error) {
			<-answer
			return list.Page(c)
		}
		d.Visit("#/t/a.example/tea")
		d.Visit("#/settings")
		close(answer)
		d.Pass(time.Second)
		if d.Shown().Hash != "#/settings" {
			t.Errorf("%s is shown", d.Shown().Hash)
		}
	})
}

func TestGoingBackKeepsWhatWasReadAndWhereItWasScrolledTo(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		d.Host("a.example", 30)
		d.Visit("#/t/a.example/tea")
		m := d.Shown().Model
		at := browser.Position{Y: 900, URI: "https://a.example/5", Off: 12}
		d.Window.Set(func(w *windowOf) { w.At, w.Focused = at, "https://a.example/5" })
		d.Visit("#/settings")
		if d.Window.ReadPosition().Y != 0 {
			t.Error("the next view isn't at its top")
		}
		d.Window.Set(func(w *windowOf) { w.Focused = "" })
		if calls := d.Window.Calls(); !strings.Contains(calls, "focus main") {
			t.Errorf("the focus doesn't go to the next view: %s", calls)
		}
		d.Back()
		if calls := d.Window.Calls(); !strings.Contains(calls, "focus again on post https://a.example/5") || strings.Contains(calls, "focus main") {
			t.Errorf("the focus doesn't go back to the post that was left: %s", calls)
		}
		at.N = 10
		if d.Shown().Model != m || d.Window.ReadPosition() != at {
			t.Errorf("%T at %+v", d.Shown().Model, d.Window.ReadPosition())
		}
	})
}

func TestTwelveVisitsAreKept(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		_, list := d.Host("a.example", 30)
		d.Visit("#/t/a.example/first")
		first := d.Shown().Model
		for i := range 11 {
			d.Visit(fmt.Sprintf("#/t/a.example/tag%d", i))
		}
		for range 11 {
			d.Back()
		}
		if d.Shown().Model != first {
			t.Error("the twelfth last view was let go")
		}
		for i := range 12 {
			d.Visit(fmt.Sprintf("#/t/a.example/more%d", i))
		}
		for range 12 {
			d.Back()
		}
		asked := list.Asked
		if d.Shown().Hash != "#/t/a.example/first" || d.Shown().Model == first || asked == 0 {
			t.Errorf("%s: the thirteenth last view is still kept", d.Shown().Hash)
		}
	})
}

func TestThePositionOutlivesAReload(t *testing.T) {
	at := browser.Position{Y: 500, N: 20}
	statetest.Run(t, statetest.Options{Hash: "#/t/a.example/tea", Before: func(d *statetest.Driver) {
		d.Host("a.example", 30)
		d.Window.KeepSessionPosition("vitrine:/:at:"+d.Window.HistoryID(), at)
	}}, func(t *testing.T, d *statetest.Driver) {
		if calls := d.Window.Calls(); d.Window.ReadPosition() != at || !strings.Contains(calls, "hand over") {
			t.Errorf("%+v, %s", d.Window.ReadPosition(), calls)
		}
		d.Window.Set(func(w *windowOf) { w.At.Y = 700 })
		d.Window.Leave()
		if got := d.Window.SessionPosition("vitrine:/:at:" + d.Window.HistoryID()); got.Y != 700 || got.N != 10 {
			t.Errorf("%+v", got)
		}
	})
}

func TestTheOpenListIsPolledEachMinuteWhileThePageIsVisible(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		_, list := d.Host("a.example", 5)
		d.Visit("#/t/a.example/tea")
		asked := list.Asked
		d.Pass(3 * time.Minute)
		if list.Asked != asked+3 {
			t.Errorf("asked %d times in three minutes", list.Asked-asked)
		}
		drawing := d.Drawing("a.example")
		d.Window.Set(func(w *windowOf) { w.Hidden = true })
		d.Do(browser.VisibilityChange{})
		d.Pass(3 * time.Minute)
		if list.Asked != asked+3 {
			t.Error("a page that nobody sees asks")
		}
		if d.Drawing("a.example") == drawing {
			t.Error("times stand still")
		}
		list.Top = 8
		d.Window.Set(func(w *windowOf) { w.Hidden = false })
		d.Do(browser.VisibilityChange{Visible: true})
		m := shown[*state.TagModel](t, d)
		if list.Asked != asked+4 || m.Feed.Snapshot.New != 3 || m.Rows() != 5 {
			t.Errorf("asked %d times, %d new, %d rows", list.Asked-asked, m.Feed.Snapshot.New, m.Rows())
		}
		d.Window.Set(func(w *windowOf) { w.At.Y = 900 })
		d.Click("show-new")
		if m.Rows() != 8 || d.Window.ReadPosition().Y != 0 {
			t.Errorf("%d rows at %d", m.Rows(), d.Window.ReadPosition().Y)
		}
		d.Do(browser.NetworkChange{}, browser.NetworkChange{Online: true})
		if list.Asked != asked+5 {
			t.Errorf("asked %d times", list.Asked-asked)
		}
	})
}

func TestOlderPostsComeWhenTheEndIsNear(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		d.Host("a.example", 30)
		d.Visit("#/t/a.example/tea")
		m := shown[*state.TagModel](t, d)
		if m.Rows() != 10 {
			t.Error("older posts are loaded far from the end")
		}
		d.Do(browser.NearEnd{})
		if m.Rows() != 20 {
			t.Errorf("%d rows after the end came near", m.Rows())
		}
	})
}

func TestOlderPostsComeUntilTheEndIsFar(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		d.Host("a.example", 30)
		d.Window.Set(func(w *windowOf) { w.EndNear = true })
		d.Visit("#/t/a.example/tea")
		if m := shown[*state.TagModel](t, d); m.Rows() != 30 {
			t.Errorf("%d rows", m.Rows())
		}
	})
}

func TestALimitedServerIsAskedAgainAtItsTime(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		s, list := d.Host("a.example", 5)
		d.Visit("#/t/a.example/tea")
		limited := func() error {
			return &feeds.Error{Kind: feeds.RateLimited, Host: "a.example", RetryAt: time.Now().Add(5 * time.Minute)}
		}
		list.Err = limited()
		d.Click("again")
		m := shown[*state.TagModel](t, d)
		asked := list.Asked
		if m.Feed.Snapshot.Err == nil || m.Rows() != 5 {
			t.Fatalf("%+v", m.Feed.Snapshot)
		}
		d.Pass(4 * time.Minute)
		if list.Asked != asked {
			t.Error("asked before its time")
		}
		list.Err = nil
		d.Pass(62 * time.Second)
		if list.Asked != asked+1 || m.Feed.Snapshot.Err != nil {
			t.Errorf("asked %d times, %v", list.Asked-asked, m.Feed.Snapshot.Err)
		}
		find := s.OnProfile
		tries := 0
		s.OnProfile = func(user, domain string) (*feeds.Author, error) {
			if tries++; tries == 1 {
				return nil, limited()
			}
			return find(user, domain)
		}
		d.Visit("#/@ada@a.example")
		if m := shown[*state.ProfileModel](t, d); m.Err == nil {
			t.Fatal("the limit isn't shown")
		}
		d.Pass(6 * time.Minute)
		if m := shown[*state.ProfileModel](t, d); m.Err != nil || m.Author == nil {
			t.Errorf("%+v", m)
		}
	})
}

func TestTheFrontOfAFreshViewIsKeptAndThatOfALostOneForgotten(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		_, list := d.Host("a.example", 5)
		d.Visit("#/t/a.example/tea")
		d.Visit("#/settings")
		if got := d.Window.Fronts(); !slices.Equal(got, []string{"#/t/a.example/tea"}) {
			t.Errorf("%q", got)
		}
		d.Back()
		list.Err = &feeds.Error{Kind: feeds.ServerError, Host: "a.example"}
		d.Click("again")
		if len(d.Window.Fronts()) != 1 {
			t.Error("a failure forgets the front")
		}
		list.Err = &feeds.Error{Kind: feeds.Gone, Host: "a.example"}
		d.Click("again")
		if got := d.Window.Fronts(); len(got) != 0 {
			t.Errorf("a list that was deleted keeps its front: %q", got)
		}
	})
}

func TestAFrontIsKeptOnceItsHeadIsFreshToo(t *testing.T) {
	for _, view := range []string{"#/i/a.example", "#/@ada@a.example"} {
		kept := ""
		var answer chan struct{}
		statetest.Run(t, statetest.Options{Before: func(d *statetest.Driver) {
			answer = make(chan struct{})
			s, _ := d.Host("a.example", 5)
			old, author := &feeds.Instance{Host: "a.example", Domain: "a.example", Title: "old", Fetched: feedstest.Epoch()}, feedstest.Author("ada", "a.example")
			author.Name = "old"
			if err := errors.Join(d.Store.SaveInstance(t.Context(), old), d.Store.SaveAuthor(t.Context(), author)); err != nil {
				t.Fatal(err)
			}
			s.OnDescribe = func() (*feeds.Instance, error) {
				<-answer
				return &feeds.Instance{Host: "a.example", Domain: "a.example", Title: "new", Fetched: time.Now()}, nil
			}
			s.OnProfile = func(user, domain string) (*feeds.Author, error) {
				<-answer
				fresh := feedstest.Author(user, domain)
				fresh.Name = "new"
				return fresh, nil
			}
		}, Front: func(a *state.App) string {
			switch m := a.Shown().Model.(type) {
			case *state.ServerModel:
				kept = m.Instance.Title
			case *state.ProfileModel:
				kept = m.Author.Name
			}
			return kept
		}}, func(t *testing.T, d *statetest.Driver) {
			d.Visit(view)
			d.Pass(time.Second)
			if !d.Arrived() {
				t.Fatalf("%s: what is stored isn't shown", view)
			}
			close(answer)
			d.Pass(time.Second)
			if kept != "new" {
				t.Errorf("%s: the front says %q", view, kept)
			}
		})
	}
}

func TestChunksFoldAndUnfoldWithoutTouchingWhatIsDrawn(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		d.Do(browser.ChunkMove{List: "feed", Chunk: 2, Height: 900})
		folded := d.Shown().Heights("feed")
		if !slices.Equal(folded, []int{0, 0, 900}) {
			t.Fatalf("%v", folded)
		}
		d.Do(browser.ChunkMove{List: "feed", Chunk: 2, Height: 950}) // it is folded away already
		d.Do(browser.ChunkMove{List: "feed", Chunk: 2, Near: true, Height: 900})
		if folded[2] != 900 || d.Shown().Heights("feed")[2] != 0 {
			t.Errorf("%v, then %v", folded, d.Shown().Heights("feed"))
		}
		d.Do(browser.ChunkMove{List: "feed", Chunk: 7, Near: true, Height: 900})
		if len(d.Shown().Heights("feed")) != 3 {
			t.Error("a chunk that is drawn was noted")
		}
	})
}

func TestTheEndOfTheProgramEndsWhatRunsInTheBackground(t *testing.T) {
	// statetest.Run fails when a goroutine stays behind.
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		_, list := d.Host("a.example", 5)
		list.Err = &feeds.Error{Kind: feeds.RateLimited, Host: "a.example", RetryAt: time.Now().Add(time.Hour)}
		d.Visit("#/t/a.example/tea")
		if d.Arrived() && shown[*state.TagModel](t, d).Feed.Snapshot.Err == nil {
			t.Error("the limit isn't shown")
		}
	})
}

func TestABoostOfAQuotedPostIsFoundByItsKey(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		s, _ := d.Host("a.example", 0)
		p := feedstest.Post("a.example", "1", 1)
		p.Quote = &feeds.Quote{State: feeds.QuoteAccepted, Post: feedstest.Post("b.example", "2", 0)}
		s.OnPosts = func(feeds.Cursor) (*feeds.Page, error) { return feedstest.Page("", p), nil }
		d.Visit("#/t/a.example/tea")
		d.Do(browser.Click{Action: "more", Post: p.Quote.Post.Key})
		if d.Menu == nil || d.Menu.Post.Key != p.Quote.Post.Key {
			t.Errorf("%+v", d.Menu)
		}
	})
}
