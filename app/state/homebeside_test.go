package state_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"vitrine/app/browser"
	"vitrine/app/settings"
	"vitrine/app/state"
	"vitrine/app/state/statetest"
	"vitrine/feeds"
	"vitrine/feeds/feedstest"
	"vitrine/feeds/follows"
)

// crowd are servers with two posts each that are followed.
type crowd struct {
	lists   []*statetest.Timeline
	servers []*statetest.Server
	wait    chan struct{} // holds answers back until it is closed; nil for none

	mu    sync.Mutex // two programs ask at once
	begun int        // how many questions have come
}

// followCrowd follows the local timelines of so many servers.
func followCrowd(t *testing.T, d *statetest.Driver, n int) *crowd {
	t.Helper()
	c := &crowd{}
	for i := range n {
		server, list := d.Host(fmt.Sprintf("h%d.example", i), 2)
		c.servers, c.lists = append(c.servers, server), append(c.lists, list)
		server.OnPosts = func(cursor feeds.Cursor) (*feeds.Page, error) {
			c.mu.Lock()
			c.begun++
			c.mu.Unlock()
			if c.wait != nil {
				<-c.wait
			}
			c.mu.Lock()
			defer c.mu.Unlock()
			return list.Page(cursor)
		}
	}
	d.Follow(t, func(data *follows.Data) {
		for i := range n {
			f := follows.New(follows.Address(fmt.Sprintf("#/i/h%d.example", i)), follows.Server, feedstest.Epoch())
			f.Host = fmt.Sprintf("h%d.example", i)
			data.Add(f)
		}
	})
	return c
}

// asked says how often each server was asked: "1" where all were once.
func (c *crowd) asked() string {
	least, most := c.lists[0].Asked, c.lists[0].Asked
	for _, l := range c.lists {
		least, most = min(least, l.Asked), max(most, l.Asked)
	}
	if least == most {
		return fmt.Sprint(least)
	}
	return fmt.Sprintf("%d to %d", least, most)
}

func homeOf(t *testing.T, d *statetest.Driver) *state.HomeModel {
	t.Helper()
	m, ok := d.Shown().Model.(*state.HomeModel)
	if !ok {
		t.Fatalf("%T is shown", d.Shown().Model)
	}
	return m
}

// busy counts the sources that are being asked.
func busy(m *state.HomeModel) (n int) {
	for _, s := range m.Sources {
		if s.Busy {
			n++
		}
	}
	return n
}

func beside() statetest.Options { return statetest.Options{Jobs: true, Tabs: feedstest.NewTabs()} }

func TestManySourcesAreAskedBesideThePageAndShowAsTheyAnswer(t *testing.T) {
	statetest.Run(t, beside(), func(t *testing.T, d *statetest.Driver) {
		c := followCrowd(t, d, 30)
		c.lists[3].Err = &feeds.Error{Kind: feeds.ServerError, Host: "h3.example"}
		c.wait = make(chan struct{})
		d.Visit("#/home")
		d.Pass(time.Second)
		m := homeOf(t, d)
		if s := m.Feed.Snapshot; !s.Busy || s.Left != 30 || busy(m) != 30 || c.begun != 12 {
			t.Errorf("at first %d are left, %d busy, %d asked", s.Left, busy(m), c.begun)
		}
		close(c.wait)
		d.Pass(time.Second)
		s := m.Feed.Snapshot
		if s.Busy || s.Left != 0 || busy(m) != 0 || len(s.Items) != 40 || s.New != 0 || c.asked() != "1" {
			t.Errorf("then %d are left, %d busy, %d posts, %d new, asked %s", s.Left, busy(m), len(s.Items), s.New, c.asked())
		}
		for i, src := range m.Sources {
			if (src.Err != nil) != (i == 3) {
				t.Errorf("source %d: %v", i, src.Err)
			}
		}
		if e := m.Sources[3].Err; e == nil || e.Kind != feeds.ServerError || e.Host != "h3.example" {
			t.Errorf("the one that fails: %v", e)
		}
		book := learned(t, d)
		if l := book["#/i/h3.example"]; l.FailKind != feeds.ServerError || l.FailsSince.IsZero() {
			t.Errorf("learned of the one that fails: %+v", l)
		}
		if l := book["#/i/h5.example"]; l.Asked.IsZero() || l.FailKind != "" {
			t.Errorf("learned of another one: %+v", l)
		}
		c.lists[7].Top, c.lists[3].Err = 3, nil
		d.Click("refresh")
		d.Pass(time.Second)
		if s := m.Feed.Snapshot; s.Items[0].Post == nil || s.Items[0].Post.Author.Domain != "h7.example" || c.asked() != "2" || m.Sources[3].Err != nil {
			t.Errorf("after a refresh %v is at the top, asked %s, %v", s.Items[0].Post, c.asked(), m.Sources[3].Err)
		}
	})
}

func TestTwoTabsAskEachSourceOnce(t *testing.T) {
	for _, n := range []int{3, 8, 30} {
		statetest.Run(t, beside(), func(t *testing.T, d *statetest.Driver) {
			c := followCrowd(t, d, n)
			c.wait = make(chan struct{})
			d.Visit("#/home")
			other := d.Another(t)
			other.Visit("#/home")
			d.Pass(time.Second)
			close(c.wait)
			d.Pass(2 * time.Second)
			for i, tab := range []*statetest.Driver{d, other} {
				m := homeOf(t, tab)
				if s := m.Feed.Snapshot; len(s.Items) != min(2*n, 40) || s.Busy || busy(m) != 0 || s.Stale {
					t.Errorf("%d sources, tab %d: %d posts, %d busy", n, i, len(s.Items), busy(m))
				}
			}
			if got := c.asked(); got != "1" {
				t.Errorf("%d sources were asked %s times", n, got)
			}
			d.Pass(7 * time.Minute)
			if got := c.asked(); got != "2" {
				t.Errorf("%d sources were asked %s times a few minutes later", n, got)
			}
			c.lists[0].Top = 5
			d.Click("refresh")
			d.Pass(2 * time.Second)
			if got := c.asked(); got != "3" {
				t.Errorf("%d sources were asked %s times after a refresh", n, got)
			}
			if m := homeOf(t, other); n > 12 && m.Feed.Snapshot.Items[0].Entry.WrapperID != "5" && m.Feed.Snapshot.New != 3 {
				t.Errorf("the other tab has %d new posts", m.Feed.Snapshot.New)
			}
		})
	}
}

func TestARefreshIsStopped(t *testing.T) {
	for _, n := range []int{8, 30} {
		statetest.Run(t, beside(), func(t *testing.T, d *statetest.Driver) {
			c := followCrowd(t, d, n)
			c.wait = make(chan struct{})
			defer d.Pass(time.Second)
			defer close(c.wait)
			d.Visit("#/home")
			d.Pass(time.Second)
			begun := c.begun
			d.Click("stop")
			d.Pass(20 * time.Second)
			m := homeOf(t, d)
			if s := m.Feed.Snapshot; c.begun != begun || n > 12 && s.Busy {
				t.Errorf("%d were asked before and %d after; busy: %v", begun, c.begun, s.Busy)
			}
			if jobs, err := d.Waiting(t); err != nil || len(jobs) != 0 {
				t.Errorf("still to be done: %v, %v", jobs, err)
			}
		})
	}
}

func TestARefreshRestsWhileNoPageIsSeen(t *testing.T) {
	for _, asleep := range []bool{false, true} {
		o := beside()
		o.Asleep = asleep
		statetest.Run(t, o, func(t *testing.T, d *statetest.Driver) {
			c := followCrowd(t, d, 30)
			see := func(seen bool) {
				d.Window.Hidden = !seen
				d.Do(browser.VisibilityChange{Visible: seen})
			}
			c.wait = make(chan struct{})
			d.Visit("#/home")
			d.Pass(2500 * time.Millisecond)
			before := c.begun
			see(false)
			close(c.wait)
			d.Pass(5 * time.Second)
			if before == 0 || c.begun > before+1 {
				t.Errorf("%d were asked while it was seen, then %d", before, c.begun)
			}
			d.Pass(10 * time.Minute)
			see(true)
			d.Pass(5 * time.Second)
			if got, m := c.asked(), homeOf(t, d); got != "1" || m.Feed.Snapshot.Busy {
				t.Errorf("once it is seen again all were asked %s times", got)
			}
		})
	}
}

func TestWhatIsFollowedIsRefreshedOnceWithoutAPage(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		c := followCrowd(t, d, 20)
		err := state.RefreshOnce(t.Context(), state.Deps{Store: d.Store, Resolver: d.Resolver, Clock: d.Clock(), Shelf: d.Shelf, Follows: d.Book}, nil)
		if err != nil || c.asked() != "1" || learned(t, d)["#/i/h5.example"].Asked.IsZero() {
			t.Errorf("%v, asked %s", err, c.asked())
		}
		for _, s := range c.servers {
			s.OnPosts = func(feeds.Cursor) (*feeds.Page, error) { return nil, &feeds.Error{Kind: feeds.Offline} }
		}
		d.Visit("#/home")
		d.Pass(time.Second)
		if s := homeOf(t, d).Feed.Snapshot; len(s.Items) != 40 {
			t.Errorf("without a network %d posts are shown", len(s.Items))
		}
	})
}

func TestTheIconShowsWhatIsNewWithoutAPage(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		c := followCrowd(t, d, 2)
		deps := state.Deps{Store: d.Store, Resolver: d.Resolver, Clock: d.Clock(), Shelf: d.Shelf, Follows: d.Book}
		refresh := func() (shown []int) {
			d.Pass(time.Hour)
			if err := state.RefreshOnce(t.Context(), deps, func(n int) { shown = append(shown, n) }); err != nil {
				t.Error(err)
			}
			return shown
		}
		if got := refresh(); len(got) > 0 {
			t.Errorf("nobody wants it, and it shows %v", got)
		}
		if err := settings.Save(t.Context(), d.Shelf, settings.Settings{Badge: true}); err != nil {
			t.Fatal(err)
		}
		if got := refresh(); !slices.Equal(got, []int{0}) {
			t.Errorf("before anything was read it shows %v", got)
		}
		newest := feedstest.Post("h0.example", "2", 2)
		if err := d.Book.MoveLine(t.Context(), follows.Home, follows.Line{At: newest.Published, Key: newest.Key}, newest.Published); err != nil {
			t.Fatal(err)
		}
		c.lists[0].Top, c.lists[1].Top = 3, 5
		if got := refresh(); !slices.Equal(got, []int{4}) {
			t.Errorf("with four new posts it shows %v", got)
		}
	})
}

func TestARefreshThatIsWantedGoesBeforeAQuietOne(t *testing.T) {
	for _, n := range []int{8, 30} {
		statetest.Run(t, beside(), func(t *testing.T, d *statetest.Driver) {
			c := followCrowd(t, d, n)
			d.Visit("#/home")
			d.Pass(3 * time.Second)
			c.wait = make(chan struct{})
			d.Pass(6 * time.Minute)
			c.lists[1].Top = 3
			d.Click("refresh")
			close(c.wait)
			d.Pass(3 * time.Second)
			m := homeOf(t, d)
			if s := m.Feed.Snapshot; s.Busy || busy(m) != 0 || s.Items[0].Entry.WrapperID != "3" || s.New != 0 {
				t.Errorf("%d sources: %d busy, %d new, %s at the top", n, busy(m), s.New, s.Items[0].Entry.WrapperID)
			}
			if jobs, err := d.Waiting(t); err != nil || len(jobs) != 0 {
				t.Errorf("still to be done: %v, %v", jobs, err)
			}
		})
	}
}

func TestThePageAsksManySourcesItselfWhenNoOtherProgramBegins(t *testing.T) {
	o := beside()
	o.Asleep = true
	statetest.Run(t, o, func(t *testing.T, d *statetest.Driver) {
		c := followCrowd(t, d, 30)
		d.Visit("#/home")
		d.Pass(time.Second)
		if c.begun != 0 {
			t.Errorf("%d were asked at once", c.begun)
		}
		d.Pass(5 * time.Second)
		if s := homeOf(t, d).Feed.Snapshot; s.Busy || len(s.Items) != 40 || c.asked() != "1" {
			t.Errorf("later %d posts, asked %s", len(s.Items), c.asked())
		}
	})
}

func TestWhatIsFollowedWhileManyAreAskedIsAskedAfterwards(t *testing.T) {
	statetest.Run(t, beside(), func(t *testing.T, d *statetest.Driver) {
		c := followCrowd(t, d, 14)
		c.wait = make(chan struct{})
		d.Visit("#/home")
		d.Pass(time.Second)
		more := followCrowd(t, d, 40) // the first of them are followed already
		close(c.wait)
		d.Pass(5 * time.Second)
		if got := c.begun + more.begun; got != 40 || homeOf(t, d).Feed.Snapshot.Busy || busy(homeOf(t, d)) != 0 {
			t.Errorf("40 were asked %d times", got)
		}
	})
}

func TestASourceThatNamesATimeIsAskedThenThoughOthersAskedBesideThePage(t *testing.T) {
	statetest.Run(t, beside(), func(t *testing.T, d *statetest.Driver) {
		c := followCrowd(t, d, 20)
		at := time.Now().Add(time.Minute)
		c.lists[0].Err = &feeds.Error{Kind: feeds.RateLimited, Host: "h0.example", RetryAt: at}
		d.Visit("#/home")
		d.Pass(time.Second)
		m := homeOf(t, d)
		if e := m.Sources[0].Err; e == nil || !e.RetryAt.Equal(at) {
			t.Fatalf("%v", e)
		}
		c.lists[0].Err = nil
		d.Pass(2 * time.Minute)
		if m.Sources[0].Err != nil || c.lists[0].Asked != 2 {
			t.Errorf("%v, asked %d times", m.Sources[0].Err, c.lists[0].Asked)
		}
	})
}
