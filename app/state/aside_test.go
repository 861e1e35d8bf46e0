package state_test

import (
	"strings"
	"testing"

	"vitrine/app/browser"
	"vitrine/app/browser/browsertest"
	"vitrine/app/state"
	"vitrine/app/state/statetest"
	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

// withRoom opens a list on a screen with room at its side. Both of its posts have threads.
func withRoom(d *statetest.Driver) {
	d.Window.Set(func(w *windowOf) { w.Room = true })
	a, _ := d.Host("a.example", 0)
	one, two := feedstest.Post("a.example", "1", 1), feedstest.Post("a.example", "2", 2)
	a.OnPosts = func(feeds.Cursor) (*feeds.Page, error) { return feedstest.Page("", two, one), nil }
	a.OnPost = func(id string) (*feeds.Post, error) {
		if id == "1" {
			return one, nil
		}
		return two, nil
	}
	a.OnContext = func(id string) ([]*feeds.Post, []*feeds.Post, error) {
		return nil, []*feeds.Post{feedstest.Reply("a.example", "3", id, 3)}, nil
	}
	d.Visit("#/t/a.example/tea")
	d.Window.Calls()
}

// aside is the thread that stands at the side; nil for none.
func aside(d *statetest.Driver) *state.ThreadModel {
	if d.Shown().Aside == nil {
		return nil
	}
	return d.Shown().Aside.Model.(*state.ThreadModel)
}

func TestOnAWideScreenAThreadStandsAtTheSideOfItsList(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		withRoom(d)
		d.Do(browser.PostClick{Link: "#/p/a.example/1"})
		m := aside(d)
		if m == nil || !m.Ready() || d.Shown().Hash != "#/t/a.example/tea" || d.Window.Fragment() != "#/t/a.example/tea" {
			t.Fatalf("%s is shown, beside it %v", d.Shown().Hash, m)
		}
		if calls := d.Window.Calls(); calls != "focus #aside" {
			t.Errorf("%q", calls)
		}
		d.Window.Set(func(w *windowOf) { w.Link = "#/p/a.example/2" })
		d.Do(browser.KeyDown{Key: "o"})
		if next := aside(d); next == m || next == nil || next.Route.ID != "2" {
			t.Errorf("the next post: %+v", next)
		}
		d.Window.Calls()
		d.Back()
		if aside(d) != nil || d.Shown().Hash != "#/t/a.example/tea" {
			t.Errorf("after going back: %s, %v", d.Shown().Hash, aside(d))
		}
		if calls := d.Window.Calls(); !strings.HasSuffix(calls, `focus main article:has(a.when[href="#/p/a.example/2"])`) {
			t.Errorf("%q", calls)
		}
	})
}

func TestBackFromAReplyAtTheSideLeadsToThePostOfTheList(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		withRoom(d)
		d.Do(browser.PostClick{Link: "#/p/a.example/1"})
		d.Do(browser.PostClick{Link: "#/p/a.example/3"}) // which answers it
		d.Window.Calls()
		d.Back()
		if calls := d.Window.Calls(); !strings.Contains(calls, `focus main article:has(a.when[href="#/p/a.example/1"])`) {
			t.Errorf("%q", calls)
		}
	})
}

func TestWhatHappensInTheThreadAtTheSideIsItsOwn(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		withRoom(d)
		d.Do(browser.PostClick{Link: "#/p/a.example/1"})
		m := aside(d)
		d.Do(browser.Click{Action: "order", Key: "newest", Aside: true})
		d.Do(browser.ChunkMove{List: state.ReplyList, Chunk: 5, Near: true}, browser.ChunkMove{List: state.ReplyList, Chunk: 0, Height: 300}, browser.ChunkMove{List: state.FeedList, Chunk: 0, Height: 500})
		if m.Order != state.NewestFirst || !m.Drawn(5*state.ChunkSize) {
			t.Errorf("%+v", m)
		}
		if v := d.Shown(); v.Heights(state.ReplyList) != nil || v.Heights(state.FeedList)[0] != 500 || v.Aside.Heights(state.ReplyList)[0] != 300 {
			t.Error("a chunk is folded away in the other column")
		}
		reply := m.Posts()[1]
		d.Do(browser.Click{Action: "more", Post: reply.Key, Aside: true})
		if d.Menu == nil || d.Menu.Post != reply || d.ThreadOf(reply.Key) != m {
			t.Error("nothing can be done with a reply at the side")
		}
		d.Window.Calls()
		d.Do(browser.Click{Action: "to-parent", Post: reply.Key}) // the menu is in neither column
		if calls := d.Window.Calls(); !strings.Contains(calls, "bring #aside article[data-uri=") {
			t.Errorf("%q", calls)
		}
		d.Do(browser.Click{Action: "again", Aside: true})
		if aside(d) != m || !m.Ready() {
			t.Error("asked again it is another")
		}
	})
}

func TestTheThreadAtTheSideIsThereAgainWithItsEntry(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		withRoom(d)
		d.Do(browser.PostClick{Link: "#/p/a.example/1"})
		m := aside(d)
		d.Visit("#/settings")
		if aside(d) != nil {
			t.Error("it stands beside the settings")
		}
		d.Back()
		if d.Shown().Hash != "#/t/a.example/tea" || aside(d) != m {
			t.Errorf("back at %s: %v", d.Shown().Hash, aside(d))
		}
		d.Do(browser.KeyDown{Key: "Escape"})
		if aside(d) != nil || d.Window.Aside() != "" {
			t.Error("Escape doesn't close it")
		}
	})
}

func TestWithoutRoomAThreadIsAView(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		withRoom(d)
		d.Window.Set(func(w *browsertest.Window) { w.Room = false })
		d.Do(browser.PostClick{Link: "#/p/a.example/1"})
		if d.Shown().Hash != "#/p/a.example/1" || aside(d) != nil {
			t.Errorf("%s is shown", d.Shown().Hash)
		}
		d.Window.Set(func(w *browsertest.Window) { w.Room = true })
		d.Do(browser.PostClick{Link: "#/p/a.example/3"}) // a thread has none at its side
		if d.Shown().Hash != "#/p/a.example/3" {
			t.Errorf("%s is shown", d.Shown().Hash)
		}
	})
}

func TestAThreadAtTheSideThatIsBlockedIsRefusedThere(t *testing.T) {
	statetest.Run(t, statetest.Options{Site: `{"blocked":["bad.example"]}`}, func(t *testing.T, d *statetest.Driver) {
		withRoom(d)
		d.Do(browser.PostClick{Link: "#/p/bad.example/1"})
		if v := d.Shown().Aside; v == nil {
			t.Error("nothing is said")
		} else if _, refused := v.Model.(*state.BlockedModel); !refused {
			t.Errorf("%T", v.Model)
		}
	})
}
