package state

import (
	"context"
	"os"
	"slices"
	"testing"
	"time"

	"vitrine/app/browser"
	"vitrine/feeds"
	"vitrine/feeds/feedstest"
	"vitrine/feeds/reader"
)

// blocking starts the program of a site that doesn't open some things.
func blocking(t *testing.T) *App {
	t.Helper()
	words, err := os.ReadFile("../../web/locales/en.json")
	if err != nil {
		t.Fatal(err)
	}
	site := `{"title":"Vitrine","blocked":["bad.example","@ada@a.example","https://a.example/@bob/12"],"servers":[{"host":"bad.example"},{"host":"a.example"},{"host":"c.example","feed":"https://bad.example/feed"}]}`
	now := func(f func()) { f() }
	a, err := New(browser.Config{Base: "/", Words: words, Site: []byte(site)}, Stage{Later: now, Drawn: now})
	if err != nil {
		t.Fatal(err)
	}
	a.Start()
	return a
}

func TestTheViewOfWhatIsBlockedAsksNobody(t *testing.T) {
	a := blocking(t)
	for hash, what := range map[string]string{
		"#/i/bad.example": "bad.example", "#/i/bad.example/about": "bad.example", "#/t/bad.example/tea": "bad.example", "#/p/bad.example/1": "bad.example",
		"#/@x@bad.example": "bad.example", "#/!x@bad.example": "bad.example", "#/@cy@c.example?via=bad.example": "bad.example",
		"#/@Ada@a.example": "@Ada@a.example", "#/@ada@a.example/media": "@ada@a.example", "#/p/a.example/12": "", "#/f/https:%2F%2Fbad.example%2Ffeed": "",
		"#/open?u=https:%2F%2Fbad.example%2Fnobody%2Fknows%2Fthis": "",
	} {
		a.Handle(browser.Event{Type: browser.Hash, Value: hash})
		m, ok := a.Shown().Model.(*BlockedModel)
		if !ok || a.Shown().Hash != hash || m.What != what || !m.Ready() {
			t.Errorf("%s shows %T %+v", hash, a.Shown().Model, a.Shown().Model)
		}
	}
}

func TestNoRequestPassesTheGate(t *testing.T) {
	a := blocking(t)
	_, err := gate{nil, a.blocked}.Fetch(context.Background(), feeds.Request{URL: "https://bad.example/.well-known/nodeinfo"})
	if feeds.KindOf(err) != feeds.Refused {
		t.Errorf("%v", err)
	}
}

func TestBlockedServersAreNotSuggested(t *testing.T) {
	if s := blocking(t).Site.Servers; len(s) != 1 || s[0].Host != "a.example" {
		t.Errorf("%+v", s)
	}
}

func TestListsLeaveOutWhatIsBlocked(t *testing.T) {
	a := blocking(t)
	by := func(user, host, id string) *feeds.Post {
		p := feedstest.Post(host, id, 0)
		p.Author = feedstest.Author(user, host)
		return p
	}
	good, bad := by("cy", "c.example", "1"), by("ada", "a.example", "2")
	quoting := by("cy", "c.example", "3")
	quoting.Quote = &feeds.Quote{State: feeds.QuoteAccepted, Post: bad, URL: bad.URL}
	far := by("cy", "c.example", "4")
	far.Quote = &feeds.Quote{State: feeds.QuotePending, URL: "https://bad.example/1"}
	boosted := reader.Item{Post: by("cy", "c.example", "5"), Entry: feeds.Entry{BoostedBy: bad.Author}}
	gap := reader.Item{Gap: &feeds.Gap{Above: time.Now()}}
	got := a.admit([]reader.Item{{Post: good}, {Post: bad}, gap, {Post: by("x", "bad.example", "6")}, {Post: quoting}, {Post: far}, boosted})
	if len(got) != 4 || got[0].Post != good || got[1].Gap == nil {
		t.Fatalf("%+v", got)
	}
	for _, i := range got[2:] {
		if q := i.Post.Quote; q.State != feeds.QuoteBlocked || q.Post != nil || q.URL != "" {
			t.Errorf("%+v", q)
		}
	}
	if quoting.Quote.Post == nil {
		t.Error("a post was changed")
	}
	if items := []reader.Item{{Post: bad}}; len(start(t).admit(items)) != 1 {
		t.Error("a site that blocks nothing leaves something out")
	}
}

func TestConversationsLeaveOutWhatIsBlocked(t *testing.T) {
	a := blocking(t)
	focus := feedstest.Post("c.example", "1", 0)
	lost := feedstest.Reply("c.example", "2", "1", 1)
	lost.Author = feedstest.Author("ada", "a.example")
	below := feedstest.Reply("c.example", "3", "2", 2)
	below.Author = feedstest.Author("bob", "b.example")
	tree := a.admitTree(reader.BuildTree(focus, nil, []*feeds.Post{lost, below}))
	if len(tree.Replies) != 1 || tree.Shown != 1 {
		t.Fatalf("%+v", tree)
	}
	if r := tree.Replies[0]; r.Post != below || !r.Missing || r.Parent != nil || r.Depth != 1 {
		t.Errorf("%+v", r)
	}
}

func TestAProfileThatTurnsOutToBeBlockedIsTakenOff(t *testing.T) {
	a := blocking(t)
	a.Handle(browser.Event{Type: browser.Hash, Value: "#/@eve@localhost:1"})
	m, ok := a.next.Model.(*ProfileModel)
	if !ok {
		t.Fatalf("%T", a.next.Model)
	}
	author := *feedstest.Author("eve", "localhost:1")
	author.URL = "https://bad.example/@eve"
	m.take(&author)
	if _, ok := a.Shown().Model.(*BlockedModel); !ok || slices.ContainsFunc(a.visits, func(v *Visit) bool { return v.Model == m }) {
		t.Errorf("%T", a.Shown().Model)
	}
}
