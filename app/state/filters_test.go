package state_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"vitrine/app/browser"
	"vitrine/app/state"
	"vitrine/app/state/statetest"
	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/feedstest"
	"vitrine/feeds/follows"
)

// rules are those of a filter in short.
func rules(d *statetest.Driver, s follows.Scope) string {
	f, _ := d.Follows.FilterOf(s)
	var all []string
	for _, r := range f.Rules {
		text := string(r.Cause) + "=" + r.Text
		if r.Fold {
			text += "?"
		}
		if !r.Until.IsZero() {
			text += "<" + r.Until.Format(time.RFC3339)
		}
		all = append(all, text)
	}
	return strings.Join(all, " ")
}

// filterBy sets the filter of everything.
func filterBy(all ...follows.Rule) func(*statetest.Driver) {
	return func(d *statetest.Driver) {
		_, err := d.Book.Change(context.Background(), func(data *follows.Data) error {
			data.Filter.Rules = all
			return nil
		})
		if err != nil {
			panic(err)
		}
	}
}

func TestAFilterIsEdited(t *testing.T) {
	statetest.Run(t, statetest.Options{Hash: "#/following", Before: startList}, func(t *testing.T, d *statetest.Driver) {
		list := follows.ListScope(d.Follows.Lists[0].ID)
		for _, s := range []follows.Scope{follows.Everywhere, list, "#/@cat@a.example"} {
			d.Do(browser.Click{Action: "filter-edit", Key: string(s)})
			if d.FilterMenu == nil || d.FilterMenu.Scope != s {
				t.Fatalf("%q: %+v", s, d.FilterMenu)
			}
			d.Do(browser.Submit{Form: "filter-add", Text: " cup "},
				browser.SettingChange{Name: "filter-cause", Value: "tag"}, browser.SettingChange{Name: "filter-how", Value: "fold"},
				browser.SettingChange{Name: "filter-until", Value: "2030-01-31"}, browser.Submit{Form: "filter-add", Text: "#Tea"},
				browser.SettingChange{Name: "filter-cause", Value: "person"}, browser.Submit{Form: "filter-add", Text: "nobody"})
			if got := rules(d, s); got != "word=cup tag=Tea?<2030-02-01T00:00:00Z" {
				t.Errorf("%q: %s", s, got)
			}
			if d.FilterMenu.Said == "" || d.FilterMenu.Added != 2 {
				t.Errorf("%q: %+v", s, d.FilterMenu)
			}
			d.Do(browser.SettingChange{Name: "filter-cause", Value: "server"}, browser.Submit{Form: "filter-add", Text: "B.example:8080"},
				browser.Click{Action: "rule-remove", Key: state.RuleKey(s, follows.OfWord, "cup")},
				browser.SettingChange{Name: "filter-boosts"}, browser.SettingChange{Name: "filter-replies"}, browser.SettingChange{Name: "filter-media", On: true},
				browser.SettingChange{Name: "filter-language", Value: "de"}, browser.SettingChange{Name: "filter-language", Value: "de"},
				browser.SettingChange{Name: "filter-warnings", Value: "open"})
			f, _ := d.Follows.FilterOf(s)
			if !f.NoBoosts || !f.NoReplies || !f.OnlyMedia || fmt.Sprint(f.Languages) != "[de]" || f.Warnings != follows.WarningsOpen || len(f.Rules) != 2 {
				t.Errorf("%q: %+v", s, f)
			}
			d.Click("undo")
			if f, _ := d.Follows.FilterOf(s); f.Warnings != follows.WarningsAsSet || !f.OnlyMedia {
				t.Errorf("%q: undone it is %+v", s, f)
			}
			for _, c := range []follows.Cause{follows.OfBoost, follows.OfReply, follows.OfNoMedia, follows.OfLanguage} {
				d.Do(browser.Click{Action: "rule-remove", Key: state.RuleKey(s, c, "")})
			}
			if f, _ := d.Follows.FilterOf(s); f.NoBoosts || f.NoReplies || f.OnlyMedia || len(f.Languages) > 0 {
				t.Errorf("%q: %+v", s, f)
			}
			d.Do(browser.DialogClosed{Dialog: "filter"})
			if d.FilterMenu != nil {
				t.Error("it is closed")
			}
		}
		d.Do(browser.Click{Action: "filter-edit", Key: "list:gone"})
		if d.FilterMenu != nil {
			t.Errorf("%+v", d.FilterMenu)
		}
	})
}

func TestAFilterIsntAddedForADayThatIsOver(t *testing.T) {
	statetest.Run(t, statetest.Options{Hash: "#/following", Before: startList}, func(t *testing.T, d *statetest.Driver) {
		today := time.Now().UTC()
		d.Do(browser.Click{Action: "filter-edit", Key: string(follows.Everywhere)},
			browser.SettingChange{Name: "filter-until", Value: today.AddDate(0, 0, -1).Format(time.DateOnly)}, browser.Submit{Form: "filter-add", Text: "cup"})
		if got := rules(d, follows.Everywhere); got != "" || !d.FilterMenu.Past || d.FilterMenu.Said == "" {
			t.Errorf("%q, %+v", got, d.FilterMenu)
		}
		d.Do(browser.SettingChange{Name: "filter-until", Value: today.Format(time.DateOnly)})
		if d.FilterMenu.Past || d.FilterMenu.Said != "" {
			t.Errorf("with another day %+v", d.FilterMenu)
		}
		d.Do(browser.Submit{Form: "filter-add", Text: "cup"})
		if got := rules(d, follows.Everywhere); !strings.HasPrefix(got, "word=cup<") {
			t.Errorf("%q, %+v", got, d.FilterMenu)
		}
	})
}

// TestTheFilterOfEverythingHoldsInEveryList opens each kind of list.
func TestTheFilterOfEverythingHoldsInEveryList(t *testing.T) {
	hide := filterBy(follows.Rule{Cause: follows.OfWord, Text: "2"}, follows.Rule{Cause: follows.OfWord, Text: "3", Fold: true})
	for _, hash := range []string{"#/i/a.example", "#/i/a.example/federated", "#/@ada@a.example", "#/@ada@a.example/media", "#/t/a.example/tea", "#/!cats@a.example"} {
		statetest.Run(t, statetest.Options{Hash: hash, Before: func(d *statetest.Driver) { hide(d); d.Host("a.example", 3) }}, func(t *testing.T, d *statetest.Driver) {
			var f *state.FeedModel
			switch m := d.Shown().Model.(type) {
			case *state.ServerModel:
				f = m.Feed
			case *state.ProfileModel:
				f = m.Feed
			case *state.TagModel:
				f = m.Feed
			}
			s := f.Snapshot
			if len(s.Items) != 2 || len(s.Hidden) != 1 || s.Hidden[0].Verdict.Text != "2" || s.Items[0].Folded.Text != "3" || !f.Above {
				t.Fatalf("%s: %+v", hash, s)
			}
			if a, b := d.Today(follows.Everywhere, follows.OfWord, "2"), d.Today(follows.Everywhere, follows.OfWord, "3"); a != 1 || b != 1 {
				t.Errorf("%s: %d and %d today", hash, a, b)
			}
			d.Click("show-hidden")
			if len(f.Snapshot.Items) != 3 || !f.Revealed {
				t.Errorf("%s: revealed it is %+v", hash, f.Snapshot)
			}
			d.Click("show-hidden")
			d.Follow(t, func(data *follows.Data) { data.Filter.Remove(follows.OfWord, "2") })
			if len(f.Snapshot.Items) != 3 || len(f.Snapshot.Hidden) != 0 {
				t.Errorf("%s: without the filter it is %+v", hash, f.Snapshot)
			}
		})
	}
}

func TestAListOfWhichAllIsHiddenGoesOnAndSaysSo(t *testing.T) {
	before := filterBy(follows.Rule{Cause: follows.OfServer, Text: "a.example"})
	statetest.Run(t, statetest.Options{Hash: "#/@ada@a.example", Before: func(d *statetest.Driver) { before(d); d.Host("a.example", 25) }}, func(t *testing.T, d *statetest.Driver) {
		m := shown[*state.ProfileModel](t, d)
		n := len(m.Feed.Snapshot.Hidden)
		if len(m.Feed.Snapshot.Items) != 0 || n == 0 || m.Others != nil {
			t.Fatalf("%+v", m.Feed.Snapshot)
		}
		d.Do(browser.NearEnd{})
		if got := len(m.Feed.Snapshot.Hidden); got != 25 {
			t.Errorf("%d hidden, before %d", got, n)
		}
	})
}

func TestAFilterThatRunsOutLetsItsPostsBack(t *testing.T) {
	statetest.Run(t, statetest.Options{Hash: "#/i/a.example", Before: func(d *statetest.Driver) {
		filterBy(follows.Rule{Cause: follows.OfWord, Text: "2", Until: time.Now().Add(150 * time.Second)})(d)
		d.Host("a.example", 3)
	}}, func(t *testing.T, d *statetest.Driver) {
		m := shown[*state.ServerModel](t, d)
		if len(m.Feed.Snapshot.Items) != 2 {
			t.Fatalf("%+v", m.Feed.Snapshot)
		}
		d.Pass(2 * time.Minute)
		if len(m.Feed.Snapshot.Items) != 2 {
			t.Errorf("early: %+v", m.Feed.Snapshot)
		}
		d.Pass(2 * time.Minute)
		if len(m.Feed.Snapshot.Items) != 3 {
			t.Errorf("it ran out: %+v", m.Feed.Snapshot)
		}
	})
}

func TestAPersonAndAServerAreMutedFromAPostsMenu(t *testing.T) {
	statetest.Run(t, statetest.Options{Hash: "#/i/localhost:8080", Before: func(d *statetest.Driver) { d.Host("localhost:8080", 3) }}, func(t *testing.T, d *statetest.Driver) {
		m := shown[*state.ServerModel](t, d)
		posts := m.Posts()
		press := func(action string) {
			t.Helper()
			d.Do(browser.Click{Action: "more", Post: posts[1].Key})
			if d.Menu == nil {
				t.Fatal("no menu")
			}
			d.Do(browser.Click{Action: action, Post: posts[1].Key}, browser.DialogClosed{Dialog: "menu"})
		}
		for action, want := range map[string]string{"mute-person": "person=ada@localhost:8080", "mute-server": "server=localhost:8080"} {
			press(action)
			if got := rules(d, follows.Everywhere); got != want || len(m.Feed.Snapshot.Items) != 0 {
				t.Errorf("%s: %q, %+v", action, got, m.Feed.Snapshot)
			}
			d.Click("undo")
			if got := rules(d, follows.Everywhere); got != "" || len(m.Feed.Snapshot.Items) != 3 {
				t.Errorf("%s undone: %q, %+v", action, got, m.Feed.Snapshot)
			}
			press(action)
			d.Click("show-hidden")
			press(action)
			if got := rules(d, follows.Everywhere); got != "" {
				t.Errorf("%s once more: %q", action, got)
			}
			d.Click("show-hidden")
		}
	})
}

// conversation has a.example answer with a post, an answer to it and one to that.
func conversation(d *statetest.Driver) (first, second, third *feeds.Post) {
	s, _ := d.Host("a.example", 3)
	at := func(id, parent string, minute int) *feeds.Post {
		p := feedstest.Post("a.example", id, minute)
		if parent != "" {
			p.ReplyTo = &feeds.ReplyTo{ID: parent}
			p.Sightings[0].ParentID = parent
		}
		return p
	}
	first, second, third = at("1", "", 1), at("2", "1", 2), at("3", "2", 3)
	second.Author = feedstest.Author("eve", "b.example")
	second.Body = content.ParsePlain("the cup", content.Options{})
	s.OnPosts = func(feeds.Cursor) (*feeds.Page, error) {
		return feedstest.Page("", third, second, first, at("4", "", 4)), nil
	}
	s.OnPost = func(id string) (*feeds.Post, error) {
		return map[string]*feeds.Post{"1": first, "2": second, "3": third}[id], nil
	}
	s.OnContext = func(id string) (above, below []*feeds.Post, err error) {
		switch id {
		case "1":
			return nil, []*feeds.Post{second, third}, nil
		case "2":
			return []*feeds.Post{first}, []*feeds.Post{third}, nil
		}
		return []*feeds.Post{first, second}, nil, nil
	}
	return first, second, third
}

func TestAFilteredPostStandsInItsThreadFolded(t *testing.T) {
	var first, second, third *feeds.Post
	statetest.Run(t, statetest.Options{Hash: "#/p/a.example/1", Before: func(d *statetest.Driver) {
		filterBy(follows.Rule{Cause: follows.OfWord, Text: "cup"})(d)
		first, second, third = conversation(d)
	}}, func(t *testing.T, d *statetest.Driver) {
		m := shown[*state.ThreadModel](t, d)
		if got := m.Posts(); len(got) != 3 {
			t.Fatalf("%+v", got)
		}
		if m.Folded(first).Action != follows.Show || m.Folded(second).Text != "cup" || m.Folded(third).Action != follows.Show {
			t.Errorf("%+v, %+v, %+v", m.Folded(first), m.Folded(second), m.Folded(third))
		}
		d.Follow(t, func(data *follows.Data) { data.Filter.NoReplies, data.Filter.OnlyMedia = true, true })
		if m.Folded(third).Action != follows.Show || m.Folded(second).Text != "cup" {
			t.Errorf("a conversation consists of replies: %+v, %+v", m.Folded(third), m.Folded(second))
		}
		ada := follows.Address("#/@" + third.Author.Handle())
		d.Follow(t, func(data *follows.Data) {
			f := follows.New(ada, follows.Profile, time.Now())
			f.Handle = third.Author.Handle()
			f.Filter.Put(follows.Rule{Cause: follows.OfWord, Text: "3", Fold: true})
			data.Follows = append(data.Follows, f)
		})
		if v := m.Folded(third); v.Action != follows.Fold || v.Of != follows.ScopeOf(ada) || m.Folded(first).Action != follows.Show {
			t.Errorf("what is filtered of whom somebody follows: %+v, %+v", v, m.Folded(first))
		}
	})
}

func TestAThreadIsMutedWhileItIsOpenAndUnmutedThere(t *testing.T) {
	var all [3]*feeds.Post
	statetest.Run(t, statetest.Options{Hash: "#/p/a.example/2", Before: func(d *statetest.Driver) { all[0], all[1], all[2] = conversation(d) }}, func(t *testing.T, d *statetest.Driver) {
		m := shown[*state.ThreadModel](t, d)
		press := func() {
			d.Do(browser.Click{Action: "more", Post: all[2].Key}, browser.Click{Action: "mute-thread", Post: all[2].Key}, browser.DialogClosed{Dialog: "menu"})
		}
		press()
		if got := rules(d, follows.Everywhere); got != "thread="+string(all[0].Key) {
			t.Errorf("%q", got)
		}
		for _, p := range all {
			if v := m.Folded(p); v.Cause != follows.OfThread {
				t.Errorf("%s: %+v", p.Key, v)
			}
		}
		d.Visit("#/i/a.example")
		if s := shown[*state.ServerModel](t, d).Feed.Snapshot; len(s.Items) != 1 || len(s.Hidden) != 3 {
			t.Errorf("the list: %+v", s)
		}
		d.Visit("#/p/a.example/2")
		press()
		if got := rules(d, follows.Everywhere); got != "" {
			t.Errorf("unmuted: %q", got)
		}
	})
}

func TestAThreadIsMutedFromAListByItsFirstPost(t *testing.T) {
	var first, third *feeds.Post
	statetest.Run(t, statetest.Options{Hash: "#/i/a.example", Before: func(d *statetest.Driver) { first, _, third = conversation(d) }}, func(t *testing.T, d *statetest.Driver) {
		d.Do(browser.Click{Action: "more", Post: third.Key}, browser.Click{Action: "mute-thread", Post: third.Key})
		m := shown[*state.ServerModel](t, d)
		if got := rules(d, follows.Everywhere); got != "thread="+string(first.Key) || len(m.Feed.Snapshot.Hidden) != 3 {
			t.Errorf("%q, %+v", got, m.Feed.Snapshot.Hidden)
		}
		d.Click("show-hidden")
		d.Do(browser.Click{Action: "more", Post: third.Key})
		if d.Menu == nil || d.Menu.Thread != string(first.Key) {
			t.Errorf("%+v", d.Menu)
		}
	})
}

func TestWhatFiltersTookAwayTodayIsKeptAndForgottenTomorrow(t *testing.T) {
	before := filterBy(follows.Rule{Cause: follows.OfWord, Text: "2"})
	statetest.Run(t, statetest.Options{Hash: "#/following", Before: func(d *statetest.Driver) {
		before(d)
		d.Host("a.example", 3)
		now := time.Now().UTC()
		_ = d.Book.Count(context.Background(), now.Year()*1000+now.YearDay(), []follows.Counted{{Cause: follows.OfWord, Text: "2", Posts: 7}})
	}}, func(t *testing.T, d *statetest.Driver) {
		today := func() int { return d.Today(follows.Everywhere, follows.OfWord, "2") }
		if today() != 7 {
			t.Errorf("%d before", today())
		}
		d.Visit("#/i/a.example")
		if today() != 7 {
			t.Errorf("%d with one more of the same", today())
		}
		d.Visit("#/following")
		d.Pass(25 * time.Hour)
		if today() != 0 {
			t.Errorf("%d tomorrow", today())
		}
		d.Visit("#/i/a.example")
		if today() != 1 {
			t.Errorf("%d tomorrow, once the list was read", today())
		}
	})
}
