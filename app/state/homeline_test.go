package state_test

import (
	"slices"
	"testing"
	"time"

	"vitrine/app/browser"
	"vitrine/app/markup"
	"vitrine/app/state"
	"vitrine/app/state/statetest"
	"vitrine/feeds"
	"vitrine/feeds/feedstest"
	"vitrine/feeds/follows"
	"vitrine/feeds/reader"
)

// pastHost is a host whose posts 1 to top are older than the test's clock, which stands long before those of feedstest.
func pastHost(d *statetest.Driver, top int) *statetest.Timeline {
	server, list := d.Host("a.example", top)
	before := time.Until(feedstest.Epoch()) + 1000*time.Hour
	server.OnPosts = func(c feeds.Cursor) (*feeds.Page, error) {
		page, err := list.Page(c)
		if err != nil {
			return nil, err
		}
		for i := range page.Entries {
			page.Entries[i].At = page.Entries[i].At.Add(-before)
		}
		return page, nil
	}
	return list
}

// see has the page show the rows from one to another.
func see(d *statetest.Driver, m *state.HomeModel, from, to int) {
	items := m.Feed.Snapshot.Items
	d.Window.Sight = nil
	for _, i := range items[from : to+1] {
		d.Window.Sight = append(d.Window.Sight, i.Entry.Key)
	}
	d.Window.At = browser.Position{Y: 100 * from, URI: markup.URI(items[from].Post)}
}

// lookAgain opens Home again, as a new visit, after the page saw what it saw.
func lookAgain(t *testing.T, d *statetest.Driver) *state.HomeModel {
	t.Helper()
	d.Visit("#/")
	d.Window.Sight, d.Window.At = nil, browser.Position{}
	d.Visit("#/home")
	return shown[*state.HomeModel](t, d)
}

// readUpTo follows a list and has its reader see all of it, then so many come in.
func readUpTo(t *testing.T, d *statetest.Driver, list *statetest.Timeline, come int) *state.HomeModel {
	t.Helper()
	follow(d, "#/t/a.example/tea")
	d.Visit("#/home")
	m := shown[*state.HomeModel](t, d)
	see(d, m, 0, len(m.Feed.Snapshot.Items)-1)
	d.Visit("#/")
	d.Window.Sight, d.Window.At = nil, browser.Position{}
	list.Top += come
	d.Visit("#/home")
	return shown[*state.HomeModel](t, d)
}

func TestTheReadingLineMovesUpOnlyOverWhatWasInSight(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		list := pastHost(d, 3)
		m := readUpTo(t, d, list, 6)
		const fresh = "a9 a8 a7 a6 a5 a4 |a3 a2 a1"
		if got := merged(m); got != fresh || !m.Unread() {
			t.Fatalf("what came stands as %s", got)
		}
		see(d, m, 0, 2) // the top alone
		d.Pass(6 * time.Second)
		if m = lookAgain(t, d); merged(m) != fresh {
			t.Errorf("after a look at the top it is %s", merged(m))
		}
		see(d, m, 0, 1)
		d.Do(browser.VisibilityChange{}, browser.VisibilityChange{Visible: true})
		see(d, m, 4, 6) // without what is between
		if m = lookAgain(t, d); merged(m) != "a9 a8 a7 a6 |a5 a4 a3 a2 a1" {
			t.Errorf("after a leap to the line it is %s", merged(m))
		}
		for n := range 4 {
			see(d, m, 3-n, 5-n) // upwards
			d.Pass(3 * time.Second)
			d.Do(browser.ChunkMove{List: state.FeedList, Near: true})
		}
		if m = lookAgain(t, d); m.Unread() || m.Feed.Snapshot.Line != 0 {
			t.Errorf("with all read it is %s", merged(m))
		}
	})
}

func TestTheReadingLineStaysBelowAGapAndWhatIsStillAskedFor(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		list := pastHost(d, 3)
		m := readUpTo(t, d, list, 25)
		items := m.Feed.Snapshot.Items
		gap := slices.IndexFunc(items, func(i reader.Item) bool { return i.Gap != nil })
		if gap != 10 {
			t.Fatalf("the gap stands at %d: %s", gap, merged(m))
		}
		see(d, m, 0, 9)
		d.Do(browser.VisibilityChange{}, browser.VisibilityChange{Visible: true})
		see(d, m, 11, len(items)-1)
		if m = lookAgain(t, d); m.Feed.Snapshot.Line != 11 {
			t.Errorf("with a gap it is %s", merged(m))
		}
	})
}

func TestReadingUpwardsMovesTheLineOverWhatWasPassed(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		list := pastHost(d, 3)
		readUpTo(t, d, list, 6)
		upwards := func() *state.HomeModel {
			d.Visit("#/home?order=oldest")
			m := shown[*state.HomeModel](t, d)
			d.Pass(time.Second)
			return m
		}
		m := upwards()
		if got := merged(m); got != "a4 a5 a6 a7 a8 a9" {
			t.Fatalf("upwards it is %s", got)
		}
		see(d, m, 0, 2)
		if m = lookAgain(t, d); merged(m) != "a9 a8 a7 a6 a5 a4 |a3 a2 a1" {
			t.Errorf("what was on the first screen alone counts: %s", merged(m))
		}
		m = upwards()
		see(d, m, 0, 2)
		d.Do(browser.VisibilityChange{}, browser.VisibilityChange{Visible: true})
		see(d, m, 2, 4)
		if m = lookAgain(t, d); merged(m) != "a9 a8 a7 a6 |a5 a4 a3 a2 a1" {
			t.Errorf("after two were passed it is %s", merged(m))
		}
		m = upwards()
		see(d, m, 0, 3) // all of it
		if m = lookAgain(t, d); m.Unread() {
			t.Errorf("after the last one it is %s", merged(m))
		}
	})
}

func TestALineFurtherDownThanWhatIsLoadedIsOfferedAndReached(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		pastHost(d, 120)
		follow(d, "#/t/a.example/tea")
		d.Visit("#/home")
		m := shown[*state.HomeModel](t, d)
		newest := m.Feed.Snapshot.Items[0].Entry
		at := follows.Line{At: newest.At.Add(-100*time.Minute - time.Second)} // below the hundredth
		if step := newest.At.Sub(m.Feed.Snapshot.Items[1].Entry.At); step != time.Minute {
			t.Fatalf("the posts are %v apart", step)
		}
		d.Visit("#/")
		if err := d.Book.MoveLine(t.Context(), follows.Home, at, time.Now()); err != nil {
			t.Fatal(err)
		}
		d.Visit("#/home")
		m = shown[*state.HomeModel](t, d)
		if m.Feed.Snapshot.Line != 0 || !m.Unread() {
			t.Fatalf("with %d rows the line is at %d, offered %t", len(m.Feed.Snapshot.Items), m.Feed.Snapshot.Line, m.Unread())
		}
		d.Click("to-line")
		d.Pass(time.Second)
		s := m.Feed.Snapshot
		if s.Line != 101 || d.Window.At.URI != markup.URI(s.Items[101].Post) || m.Going {
			t.Errorf("the line is at %d of %d, the page at %+v", s.Line, len(s.Items), d.Window.At)
		}
	})
}

func TestAllIsMarkedAsReadWhenItsReaderSaysSo(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		list := pastHost(d, 3)
		m := readUpTo(t, d, list, 6)
		d.Click("mark-read")
		if m.Unread() || m.Feed.Snapshot.Line != 0 {
			t.Errorf("then it is %s", merged(m))
		}
		list.Top++
		if m = lookAgain(t, d); merged(m) != "a10 |a9 a8 a7 a6 a5 a4 a3 a2 a1" {
			t.Errorf("later it is %s", merged(m))
		}
	})
}
