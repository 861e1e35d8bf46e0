package state_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"vitrine/app/browser"
	"vitrine/app/state"
	"vitrine/app/state/statetest"
	"vitrine/feeds"
	"vitrine/feeds/feedstest"
	"vitrine/feeds/follows"
)

// follow presses the button of views.
func follow(d *statetest.Driver, fragments ...string) {
	for _, f := range fragments {
		d.Visit(f)
		d.Click("follow")
	}
}

// merged is the list in short: for each row the host's letter and the post's number, or "gap", and "|" for the reading line above it.
func merged(m *state.HomeModel) string {
	var out []string
	if m.Feed == nil {
		return "nothing"
	}
	for n, i := range m.Feed.Snapshot.Items {
		text := "gap"
		if i.Gap == nil {
			text = i.Post.Author.Domain[:1] + i.Entry.WrapperID
		}
		if n > 0 && n == m.Feed.Snapshot.Line {
			text = "|" + text
		}
		out = append(out, text)
	}
	return strings.Join(out, " ")
}

// learned is what is known of sources.
func learned(t *testing.T, d *statetest.Driver) map[follows.Address]follows.Learned {
	t.Helper()
	all, err := d.Book.Learned(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestHomeMergesWhatIsFollowedAndFollowsItsChanges(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		d.Host("a.example", 2)
		d.Host("b.example", 3)
		d.Visit("#/home")
		m := shown[*state.HomeModel](t, d)
		if m.Feed != nil || !m.Ready() || !m.Known {
			t.Fatalf("%+v", m)
		}
		follow(d, "#/i/a.example", "#/t/b.example/tea")
		d.Visit("#/home")
		m = shown[*state.HomeModel](t, d)
		if got := merged(m); got != "b3 a2 b2 a1 b1" {
			t.Errorf("shown is %s", got)
		}
		if i := m.Feed.Snapshot.Items[0]; m.From(i) != "#/t/b.example/tea" {
			t.Errorf("it is from %q", m.From(i))
		}
		d.Do(browser.Click{Action: "unfollow", Key: "#/i/a.example"})
		if got := merged(m); got != "b3 b2 b1" || len(m.Sources) != 1 {
			t.Errorf("without one it is %s", got)
		}
		d.Click("undo")
		d.Click("show-new")
		if got := merged(m); got != "b3 a2 b2 a1 b1" || len(m.Sources) != 2 {
			t.Errorf("with it again it is %s", got)
		}
		d.Do(browser.Click{Action: "unfollow", Key: "#/i/a.example"}, browser.Click{Action: "unfollow", Key: "#/t/b.example/tea"})
		if m.Feed != nil || !m.Ready() {
			t.Errorf("with nothing it is %+v", m)
		}
	})
}

func TestHomeNamesWhatFailsAndKeepsItsPosts(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		d.Host("a.example", 2)
		_, b := d.Host("b.example", 3)
		follow(d, "#/i/a.example", "#/t/b.example/tea")
		b.Err = &feeds.Error{Kind: feeds.ServerError, Host: "b.example"}
		d.Visit("#/home")
		m := shown[*state.HomeModel](t, d)
		if got := merged(m); got != "b3 a2 b2 a1 b1" || m.Feed.Snapshot.Err != nil {
			t.Fatalf("shown is %s", got)
		}
		s := m.Sources[1]
		if s.Err == nil || s.Err.Kind != feeds.ServerError || s.FailsSince.IsZero() || s.Busy || m.Sources[0].Err != nil {
			t.Errorf("%+v", s)
		}
		book := learned(t, d)
		if l := book["#/t/b.example/tea"]; l.FailKind != feeds.ServerError || l.FailsSince.IsZero() {
			t.Errorf("learned is %+v", l)
		}
		if l := book["#/i/a.example"]; l.Asked.IsZero() || !l.FailsSince.IsZero() {
			t.Errorf("learned is %+v", l)
		}
		d.Do(browser.Click{Action: "source", Post: "#/t/b.example/tea"})
		if m.Asked != "#/t/b.example/tea" {
			t.Errorf("asked is %q", m.Asked)
		}
		b.Err = nil
		d.Do(browser.Click{Action: "retry-source", Post: "#/t/b.example/tea"})
		if s := m.Sources[1]; s.Err != nil || !s.FailsSince.IsZero() {
			t.Errorf("after another try %+v", s)
		}
	})
}

func TestHomeSaysWhenEverythingFails(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		_, a := d.Host("a.example", 2)
		follow(d, "#/t/a.example/tea")
		a.Err = &feeds.Error{Kind: feeds.Offline}
		d.Visit("#/home")
		m := shown[*state.HomeModel](t, d)
		if err := m.Feed.Snapshot.Err; err == nil || err.Kind != feeds.Offline || merged(m) != "a2 a1" {
			t.Errorf("%s, %v", merged(m), err)
		}
		if l := learned(t, d)["#/t/a.example/tea"]; !l.FailsSince.IsZero() {
			t.Errorf("without a network %+v is learned", l)
		}
		a.Err = nil
		d.Do(browser.NetworkChange{}, browser.NetworkChange{Online: true})
		if m.Feed.Snapshot.Err != nil {
			t.Errorf("with a network again: %v", m.Feed.Snapshot.Err)
		}
		asked := a.Asked
		d.Do(browser.NetworkChange{}, browser.NetworkChange{Online: true})
		if a.Asked != asked {
			t.Error("nothing failed for want of a network, and it was asked again")
		}
	})
}

func TestHomeAsksEachSourceWhenItOpensAndThenNowAndThen(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		_, a := d.Host("a.example", 2)
		follow(d, "#/t/a.example/tea")
		a.Asked = 0
		d.Visit("#/home")
		for _, c := range []struct {
			pass  time.Duration
			asked int
		}{{0, 1}, {4 * time.Minute, 1}, {2 * time.Minute, 2}, {time.Minute, 2}} {
			d.Pass(c.pass)
			if a.Asked != c.asked {
				t.Errorf("after %v it was asked %d times, want %d", c.pass, a.Asked, c.asked)
			}
		}
		a.Top = 4
		d.Click("refresh")
		m := shown[*state.HomeModel](t, d)
		if a.Asked != 3 || merged(m) != "a4 a3 a2 a1" {
			t.Errorf("asked %d times, %s", a.Asked, merged(m))
		}
	})
}

func TestASpanIsLoadedDownToWhereItBeginsInEitherOrder(t *testing.T) {
	for hash, want := range map[string]string{
		"#/home?since=2026-11-22T12:57:00Z":              "a60 a59 a58",
		"#/home?order=oldest&since=2026-11-22T12:57:00Z": "a58 a59 a60",
		"#/home?since=2026-11-22T13:30:00Z":              "",
	} {
		statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
			_, a := d.Host("a.example", 60)
			follow(d, "#/t/a.example/tea")
			d.Visit(hash)
			m := shown[*state.HomeModel](t, d)
			if got := merged(m); got != want || !m.Feed.Snapshot.End {
				t.Errorf("%s: %s", hash, got)
			}
			before := a.Asked
			d.Do(browser.NearEnd{})
			if a.Asked != before {
				t.Errorf("%s: more is asked for", hash)
			}
		})
	}
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		d.Host("a.example", 60)
		follow(d, "#/t/a.example/tea")
		d.Visit("#/home?since=2026-11-22T12:05:00Z")
		m := shown[*state.HomeModel](t, d)
		if n := len(m.Feed.Snapshot.Items); n != 55 || !m.Ready() {
			t.Errorf("%d posts", n)
		}
		_, b := d.Host("b.example", 1)
		b.Err = &feeds.Error{Kind: feeds.ServerError, Host: "b.example"}
		follow(d, "#/t/b.example/tea")
		d.Visit("#/home?since=2026-11-22T10:00:00Z")
		if m := shown[*state.HomeModel](t, d); len(m.Feed.Snapshot.Items) != 60 || !m.Ready() {
			t.Errorf("with one that fails %d posts", len(m.Feed.Snapshot.Items))
		}
	})
}

func TestHomeShowsAListWithItsFilter(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		d.Host("a.example", 2)
		d.Host("b.example", 2)
		follow(d, "#/i/a.example", "#/t/b.example/tea")
		var id string
		d.Follow(t, func(data *follows.Data) {
			id = data.MakeList("Tea")
			data.Put(id, true, "#/t/b.example/tea")
			data.UpdateList(id, func(l *follows.List) {
				l.Filter.Rules = []follows.Rule{{Cause: follows.OfWord, Text: "1"}}
			})
		})
		d.Visit("#/home/" + id)
		m := shown[*state.HomeModel](t, d)
		if got := merged(m); got != "b2" || m.List.Name != "Tea" || len(m.Feed.Snapshot.Hidden) != 1 {
			t.Errorf("%s, %+v", got, m.List)
		}
		d.Click("show-hidden")
		if got := merged(m); got != "b2 b1" || !m.Feed.Revealed {
			t.Errorf("revealed it is %s", got)
		}
		d.Visit("#/home/none")
		if m := shown[*state.HomeModel](t, d); m.Known || m.Feed != nil || !m.Ready() {
			t.Errorf("%+v", m)
		}
	})
}

func TestHomeThatIsGoneBackToShowsWhatIsFollowedByThen(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		d.Host("a.example", 2)
		_, b := d.Host("b.example", 2)
		follow(d, "#/t/a.example/tea")
		d.Visit("#/home")
		m := shown[*state.HomeModel](t, d)
		d.Visit("#/t/b.example/tea")
		b.Asked = 0
		d.Click("follow")
		if b.Asked != 0 {
			t.Errorf("while another view is open it is asked %d times", b.Asked)
		}
		d.Back()
		d.Click("show-new")
		if got := merged(m); got != "a2 b2 a1 b1" || b.Asked != 1 || shown[*state.HomeModel](t, d) != m {
			t.Errorf("%s, asked %d times", got, b.Asked)
		}
	})
}

func TestHomeKeepsAFrontOnceAllWereAsked(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		d.Host("a.example", 2)
		follow(d, "#/t/a.example/tea")
		d.Visit("#/home")
		d.Pass(time.Second)
		if !slices.Contains(d.Window.Fronts(), "#/home") {
			t.Errorf("fronts are %v", d.Window.Fronts())
		}
	})
}

func TestASlowSourceHoldsNothingBack(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		d.Host("a.example", 4)
		slow, list := d.Host("b.example", 5)
		wait := make(chan struct{})
		slow.OnPosts = func(c feeds.Cursor) (*feeds.Page, error) {
			<-wait
			return list.Page(c)
		}
		d.Follow(t, func(data *follows.Data) {
			for _, host := range []string{"a.example", "b.example"} {
				f := follows.New(follows.Address("#/i/"+host), follows.Server, feedstest.Epoch())
				f.Host = host
				data.Add(f)
			}
		})
		d.Visit("#/home")
		m := shown[*state.HomeModel](t, d)
		if got := merged(m); got != "a4 a3 a2 a1" || !m.Sources[1].Busy || m.Sources[0].Busy {
			t.Fatalf("before it answers it is %s, %+v", got, m.Sources[1])
		}
		d.Window.At = browser.Position{Y: 500}
		close(wait)
		d.Pass(0)
		if got := merged(m); got != "a4 b4 a3 b3 a2 b2 a1 b1" || m.Feed.Snapshot.New != 1 {
			t.Errorf("then it is %s, %d new", got, m.Feed.Snapshot.New)
		}
	})
}
