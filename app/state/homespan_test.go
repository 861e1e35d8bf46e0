package state_test

import (
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
)

// shifted has a server's posts stand before the clock of the test, the newest of top a minute before an hour ago.
func shifted(server *statetest.Server, list *statetest.Timeline) {
	by := time.Until(feedstest.Epoch()) + 2*time.Hour
	server.OnPosts = func(c feeds.Cursor) (*feeds.Page, error) {
		page, err := list.Page(c)
		if err == nil {
			for i := range page.Entries {
				page.Entries[i].At = page.Entries[i].At.Add(-by)
			}
		}
		return page, err
	}
}

// grouped is the groups in short: "address: posts/boosts/pictures numbers of their posts".
func grouped(m *state.HomeModel) string {
	var out []string
	for _, g := range m.Groups {
		text := fmt.Sprintf("%s: %d/%d/%d", g.Href, g.Posts, g.Boosts, g.Pictures)
		for _, i := range g.Items {
			text += " " + i.Entry.WrapperID
		}
		out = append(out, text)
	}
	return strings.Join(out, ", ")
}

const aDay = "#/home?since=2026-11-22T12:00:00Z"

func TestACatchUpIsLoadedOnceAndThenAsksNobody(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		_, a := d.Host("a.example", 25)
		_, b := d.Host("b.example", 3)
		follow(d, "#/t/a.example/tea", "#/t/b.example/tea")
		d.Visit(aDay)
		m := shown[*state.HomeModel](t, d)
		if n, all := m.Loaded(); n != 2 || all != 2 || m.Loading() || len(m.Feed.Snapshot.Items) != 28 {
			t.Fatalf("%d of %d loaded, %d posts", n, all, len(m.Feed.Snapshot.Items))
		}
		before := a.Asked + b.Asked
		a.Top = 30
		quiet := func(when string) {
			t.Helper()
			if got := a.Asked + b.Asked; got != before {
				t.Errorf("%s: %d more are asked", when, got-before)
			}
		}
		d.Pass(time.Hour)
		d.Do(browser.NearEnd{}, browser.NetworkChange{Online: true}, browser.VisibilityChange{}, browser.VisibilityChange{Visible: true})
		quiet("later")
		d.Do(browser.Click{Action: "group", Post: "author"})
		grouping := shown[*state.HomeModel](t, d)
		if grouping == m || grouping.Route.By != "author" || len(grouping.Groups) == 0 {
			t.Fatalf("the groups are %s", grouped(grouping))
		}
		d.Visit(aDay + "&order=oldest")
		if got := shown[*state.HomeModel](t, d).Feed.Snapshot; len(got.Items) != 28 || got.Items[0].Entry.WrapperID != "1" {
			t.Errorf("upwards there are %d", len(got.Items))
		}
		d.Back()
		d.Back()
		if shown[*state.HomeModel](t, d) != m {
			t.Error("going back shows another one")
		}
		quiet("in other groups, and back again")
		d.Click("refresh")
		if got := len(m.Feed.Snapshot.Items); got != 33 {
			t.Errorf("asked for again it has %d posts", got)
		}
		d.Visit("#/")
		before = a.Asked + b.Asked
		d.Visit(aDay)
		if a.Asked+b.Asked == before {
			t.Error("another catch-up isn't loaded")
		}
	})
}

func TestACatchUpNamesWhatCantGiveIt(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		d.Host("a.example", 25)
		_, b := d.Host("b.example", 30)
		follow(d, "#/i/a.example", "#/i/b.example")
		b.Err = &feeds.Error{Kind: feeds.ServerError, Host: "b.example"}
		d.Visit(aDay)
		m := shown[*state.HomeModel](t, d)
		if short := m.Short(); len(short) != 1 || short[0].Address != "#/i/b.example" {
			t.Errorf("short are %v", short)
		}
		if got := merged(m); strings.Count(got, "a") != 25 || strings.Count(got, "b") != 10 {
			t.Errorf("shown is %s", got)
		}
		b.Err = nil
		d.Do(browser.Click{Action: "retry-source", Post: "#/i/b.example"})
		if got := merged(m); len(m.Short()) != 0 || strings.Count(got, "b") != 30 {
			t.Errorf("after another try it is %s", got)
		}
	})
}

func TestLoadingACatchUpCanBeStopped(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		_, list := d.Host("a.example", 40)
		follow(d, "#/t/a.example/tea")
		server, _ := d.Host("a.example", 0)
		list.Asked = 0
		server.OnPosts = func(c feeds.Cursor) (*feeds.Page, error) {
			page, err := list.Page(c)
			if list.Asked > 1 {
				time.Sleep(time.Minute)
			}
			return page, err
		}
		d.Visit(aDay)
		m := shown[*state.HomeModel](t, d)
		if n, all := m.Loaded(); n != 0 || all != 1 || !m.Loading() || !m.Ready() {
			t.Fatalf("%d of %d, loading %v, ready %v", n, all, m.Loading(), m.Ready())
		}
		d.Click("stop")
		d.Pass(2 * time.Minute)
		if m.Loading() || len(m.Short()) != 1 || len(m.Feed.Snapshot.Items) == 0 || list.Asked != 2 {
			t.Errorf("stopped it is still loading: %v; asked %d times; %s", m.Loading(), list.Asked, merged(m))
		}
	})
}

func TestACatchUpInGroupsWaitsForAllOfItButNotForEver(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		d.Host("a.example", 4)
		slow, list := d.Host("b.example", 5)
		follow(d, "#/t/a.example/tea", "#/i/b.example")
		slow.OnPosts = func(c feeds.Cursor) (*feeds.Page, error) {
			time.Sleep(17 * time.Second)
			return list.Page(c)
		}
		d.Window.Go(aDay+"&by=source", false)
		d.Pass(time.Second)
		m, ok := d.Shown().Model.(*state.HomeModel)
		if !ok || m.Ready() {
			t.Fatalf("it is ready: %s", grouped(m))
		}
		d.Pass(15 * time.Second)
		if !m.Ready() || !m.Loading() || len(m.Groups) == 0 {
			t.Errorf("after a while it is ready: %v, %s", m.Ready(), grouped(m))
		}
		d.Pass(5 * time.Second)
		if m.Loading() || !strings.Contains(grouped(m), "#/i/b.example: 5/0/0 5 4 3 2 1") {
			t.Errorf("at last it is %s", grouped(m))
		}
	})
}

func TestPostsThatAreNewSinceTheLastCatchUpAreMarked(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		server, a := d.Host("a.example", 4)
		shifted(server, a)
		follow(d, "#/t/a.example/tea")
		hash := "#/home?since=" + time.Now().UTC().Add(-3*time.Hour).Format(time.RFC3339)
		news := func() string {
			m := shown[*state.HomeModel](t, d)
			out := ""
			for _, i := range m.Feed.Snapshot.Items {
				if m.IsNew(&i) {
					out += " " + i.Entry.WrapperID
				}
			}
			if n := m.News(); n != strings.Count(out, " ") {
				t.Errorf("%d are counted of %s", n, out)
			}
			return out
		}
		d.Visit(hash)
		if got := news(); got != "" {
			t.Errorf("at first there are new ones:%s", got)
		}
		a.Top = 6
		d.Visit("#/home")
		d.Visit(hash)
		if got := news(); got != " 6 5" {
			t.Errorf("later%s are new", got)
		}
		if n := shown[*state.HomeModel](t, d.Reload(t)).News(); n != 2 {
			t.Errorf("after a reload %d are new", n)
		}
		d.Do(browser.Click{Action: "group", Post: "author"})
		if got := news(); got != " 6 5" {
			t.Errorf("in groups%s are new", got)
		}
		d.Visit("#/home")
		if got := news(); got != "" {
			t.Errorf("outside of catch-ups%s are new", got)
		}
		d.Visit(hash)
		if got := news(); got != "" {
			t.Errorf("without any%s are new", got)
		}
	})
}

func TestGroupsStandInTheOrderOfTheirNewestPosts(t *testing.T) {
	const article = "https://www.news.example/a/?id=3&utm_source=x#top"
	posts := func(numbers ...int) (out []*feeds.Post) {
		for _, n := range numbers {
			out = append(out, feedstest.Post("a.example", fmt.Sprint(n), n))
		}
		return out
	}
	list := posts(6, 5, 4, 3, 2, 1)
	list[0].Author = feedstest.Author("ada", "a.example")
	list[0].Card = &feeds.Card{URL: article, Title: "News"}
	list[1].Author = feedstest.Author("bob", "a.example")
	list[1].Media = []feeds.Media{{Kind: feeds.Image}, {Kind: feeds.Video}, {Kind: feeds.Image}}
	list[2].Author, list[3].Author = list[1].Author, list[1].Author
	list[3].Body = content.ParseHTML(`<p><a class="mention" href="https://a.example/@ada">@ada</a> <a href="http://news.example/a?id=3">this</a></p>`, content.Options{BaseURL: "https://a.example/", Mentions: []content.MentionRef{{URL: "https://a.example/@ada", Handle: "ada@a.example"}}})
	list[4].Author = feedstest.Author("cleo", "a.example")
	list[5].Author = list[0].Author
	page := feedstest.Page("", list...)
	page.Entries[4].BoostedBy = list[0].Author
	for hash, want := range map[string]string{
		"&by=author":              "#/@ada@a.example: 2/1/0 6 2 1, #/@bob@a.example: 3/0/2 5 4 3",
		"&by=author&order=oldest": "#/@ada@a.example: 2/1/0 1 2 6, #/@bob@a.example: 3/0/2 3 4 5",
		"&by=source":              "#/i/a.example: 5/1/2 6 5 4 3 2 1, #/t/b.example/tea: 1/0/0 1",
		"&by=link":                article + ": 2/0/0 6 3",
		"":                        "",
	} {
		statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
			server, _ := d.Host("a.example", 0)
			server.OnPosts = func(feeds.Cursor) (*feeds.Page, error) { return page, nil }
			d.Host("b.example", 1)
			follow(d, "#/i/a.example", "#/t/b.example/tea")
			d.Visit(aDay + hash)
			m := shown[*state.HomeModel](t, d)
			if hash != "&by=source" {
				for n := range m.Groups { // b.example's is another test's matter
					if m.Groups[n].Href == "#/@ada@b.example" {
						m.Groups = append(m.Groups[:n], m.Groups[n+1:]...)
						break
					}
				}
			}
			if got := grouped(m); got != want {
				t.Errorf("%s: %s\nwant %s", hash, got, want)
			}
			if hash == "&by=link" && (m.Groups[0].Name != "News" || m.Ungrouped != 5) {
				t.Errorf("%q, %d share none", m.Groups[0].Name, m.Ungrouped)
			}
		})
	}
}

func TestACatchUpIsOffered(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		server, a := d.Host("a.example", 4)
		shifted(server, a)
		follow(d, "#/t/a.example/tea")
		d.Visit("#/home")
		d.Click("catch-up")
		m := shown[*state.HomeModel](t, d)
		offered := func() string {
			out := ""
			for _, c := range m.Choices() {
				out += c.Name + " " + c.Since.Format("2 15:04") + ", "
			}
			return out
		}
		if got := offered(); !m.Choosing || got != "evening 31 18:00, days 29 00:00, week 25 00:00, " {
			t.Errorf("offered are %s", got)
		}
		see(d, m, 1, 2)
		d.Visit("#/")
		d.Visit("#/home")
		m = shown[*state.HomeModel](t, d)
		if got := offered(); !strings.Contains(got, "visit "+m.Line.At.Format("2 15:04")) {
			t.Errorf("with a reading line %s", got)
		}
		d.Do(browser.Submit{Form: "catch-up", Text: "1999-12-24"})
		if got := d.Shown().Hash; got != "#/home?since=1999-12-24T00%3A00%3A00Z" {
			t.Errorf("it goes to %s", got)
		}
		d.Do(browser.Submit{Form: "catch-up", Text: "yesterday"})
		if got := d.Shown().Hash; got != "#/home?since=1999-12-24T00%3A00%3A00Z" {
			t.Errorf("then to %s", got)
		}
	})
}
