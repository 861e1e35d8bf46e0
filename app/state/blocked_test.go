package state

import (
	"context"
	"os"
	"slices"
	"testing"

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

func TestAProfileThatTurnsOutToBeBlockedIsTakenOff(t *testing.T) {
	a := blocking(t)
	a.Handle(browser.Event{Type: browser.Hash, Value: "#/@eve@localhost:1"})
	m, ok := a.next.Model.(*ProfileModel)
	if !ok {
		t.Fatalf("%T", a.next.Model)
	}
	author := *feedstest.Author("eve", "localhost:1")
	author.URL = "https://bad.example/@eve"
	m.take(&reader.ProfileSnapshot{Blocked: &author})
	if _, ok := a.Shown().Model.(*BlockedModel); !ok || slices.ContainsFunc(a.visits, func(v *Visit) bool { return v.Model == m }) {
		t.Errorf("%T", a.Shown().Model)
	}
}
