package state_test

import (
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

// failingHome follows @ada@a.example and others, opens home while ada's server fails with a kind, and asks what is wrong with it.
func failingHome(t *testing.T, d *statetest.Driver, kind feeds.Kind, software string, others ...follows.Follow) *state.HomeModel {
	t.Helper()
	_, a := d.Host("a.example", 2)
	a.Err = &feeds.Error{Kind: kind, Host: "a.example"}
	d.Host("b.example", 2)
	d.Follow(t, func(data *follows.Data) {
		tea := data.MakeList("Tea")
		ada := follows.New("#/@ada@a.example", follows.Profile, feedstest.Epoch())
		ada.Handle, ada.Host, ada.ID, ada.Title, ada.Software, ada.Lists = "ada@a.example", "a.example", "1", "Ada", software, []string{tea}
		data.Add(ada)
		data.Add(others...)
	})
	d.Visit("#/home")
	d.Pass(time.Second)
	d.Do(browser.Click{Action: "source", Post: "#/@ada@a.example"})
	return shown[*state.HomeModel](t, d)
}

func serverOf(host, software string) follows.Follow {
	f := follows.New(follows.Address("#/i/"+host), follows.Server, feedstest.Epoch())
	f.Host, f.Software = host, software
	return f
}

// copiesOf are the views of a source's copies.
func copiesOf(m *state.HomeModel) string {
	var all []string
	for _, r := range m.Copies(m.Sources[0]) {
		all = append(all, r.String())
	}
	return strings.Join(all, " ")
}

func TestACopyOfWhoFailsIsOfferedByServersThatMayHaveOne(t *testing.T) {
	for kind, want := range map[feeds.Kind]string{
		feeds.Unreachable: "#/@ada@a.example?via=b.example #/@ada@a.example?via=known.example",
		feeds.RateLimited: "#/@ada@a.example?via=b.example #/@ada@a.example?via=known.example",
		feeds.Gone:        "", // who is withdrawn isn't looked for elsewhere
		feeds.Refused:     "",
		feeds.Offline:     "",
	} {
		site := `{"servers":[{"host":"a.example"},{"host":"film.example","software":"peertube"},{"host":"known.example"}]}`
		statetest.Run(t, statetest.Options{Site: site}, func(t *testing.T, d *statetest.Driver) {
			m := failingHome(t, d, kind, "mastodon", serverOf("a.example", "mastodon"), serverOf("b.example", "mastodon"), serverOf("x.example", ""), serverOf("l.example", "lemmy"))
			if got := copiesOf(m); got != want {
				t.Errorf("%s: %s", kind, got)
			}
		})
	}
}

func TestWhatAnswersOrIsNoAccountHasNoCopies(t *testing.T) {
	statetest.Run(t, statetest.Options{Site: `{"servers":[{"host":"known.example"}]}`}, func(t *testing.T, d *statetest.Driver) {
		_, a := d.Host("a.example", 2)
		d.Follow(t, func(data *follows.Data) { data.Add(serverOf("a.example", "mastodon")) })
		a.Err = &feeds.Error{Kind: feeds.Unreachable, Host: "a.example"}
		d.Visit("#/home")
		if got := copiesOf(shown[*state.HomeModel](t, d)); got != "" {
			t.Errorf("a server has copies: %s", got)
		}
	})
}

func TestThePlaylistOfAServerThatFailsIsOfferedByAnotherServerOfVideos(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		_, a := d.Host("a.example", 2)
		a.Err = &feeds.Error{Kind: feeds.Unreachable, Host: "a.example"}
		d.Host("film.example", 1)
		d.Follow(t, func(data *follows.Data) {
			f := follows.New("#/l/a.example/x", follows.Playlist, feedstest.Epoch())
			f.Host, f.ID, f.Software = "a.example", "x", "peertube"
			data.Add(f, serverOf("film.example", "peertube"), serverOf("b.example", "mastodon"))
		})
		d.Visit("#/home")
		d.Pass(time.Second)
		if got := copiesOf(shown[*state.HomeModel](t, d)); got != "#/l/a.example/x?via=film.example" {
			t.Errorf("%s", got)
		}
	})
}

func TestAWebFeedThatAnswersIsFollowedInPlaceOfTheSourceThatFails(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		d.Resolver.WebFeeds = statetest.WebFeed{Posts: []*feeds.Post{feedstest.Post("blog.example", "9", 9)}}
		m := failingHome(t, d, feeds.ServerError, "mastodon")
		const feed = "https://a.example/@ada.rss"
		if m.WebFeed != feed {
			t.Fatalf("offered is %q", m.WebFeed)
		}
		d.Do(browser.Click{Action: "follow-feed", Post: "#/@ada@a.example"})
		f, ok := d.Follows.Find("#/f/https:%2F%2Fa.example%2F@ada.rss")
		if !ok || f.Kind != follows.WebFeed || f.URL != feed || f.Title != "Ada" || len(f.Lists) != 1 || f.Handle != "" || len(d.Follows.Follows) != 1 {
			t.Fatalf("%+v", d.Follows.Follows)
		}
		if m.Rows() != 1 || m.WebFeed != "" || m.Asked != "" {
			t.Errorf("home has %d posts", m.Rows())
		}
		d.Click("undo")
		if f, ok := d.Follows.Find("#/@ada@a.example"); !ok || len(d.Follows.Follows) != 1 || f.Handle != "ada@a.example" {
			t.Errorf("undone: %+v", d.Follows.Follows)
		}
	})
}

func TestAWebFeedIsOfferedOnlyWhereItMayBeReadAndAnswers(t *testing.T) {
	for name, c := range map[string]struct {
		kind     feeds.Kind
		software string
		answers  bool
	}{
		"none answers":                       {feeds.ServerError, "mastodon", false},
		"the account was deleted":            {feeds.Gone, "mastodon", true},
		"the server asks for a pause":        {feeds.RateLimited, "mastodon", true},
		"there is no network":                {feeds.Offline, "mastodon", true},
		"members want it read after sign-in": {feeds.NeedsLogin, "misskey", true},
	} {
		statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
			if c.answers {
				d.Resolver.WebFeeds = statetest.WebFeed{}
			}
			m := failingHome(t, d, c.kind, c.software)
			if m.WebFeed != "" {
				t.Errorf("%s: %s", name, m.WebFeed)
			}
			d.Do(browser.Click{Action: "follow-feed", Post: "#/@ada@a.example"})
			if _, ok := d.Follows.Find("#/@ada@a.example"); !ok {
				t.Errorf("%s: %+v", name, d.Follows.Follows)
			}
		})
	}
}
