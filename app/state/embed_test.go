package state

import (
	"os"
	"testing"

	"vitrine/app/browser"
)

// building opens the builder of a site with two feeds, or none.
func building(t *testing.T, feeds, hash string) (*App, *EmbedModel) {
	t.Helper()
	words, err := os.ReadFile("../../web/locales/en.json")
	if err != nil {
		t.Fatal(err)
	}
	now := func(f func()) { f() }
	a, err := New(browser.Config{Base: "/", Words: words, Site: []byte(`{"blocked":["bad.example"],"feeds":[` + feeds + `]}`)}, Stage{Later: now, Drawn: now})
	if err != nil {
		t.Fatal(err)
	}
	a.Start()
	a.Handle(browser.Event{Type: browser.Hash, Value: hash})
	m, _ := a.Shown().Model.(*EmbedModel)
	return a, m
}

const twoFeeds = `{"name":"town","title":"Town","addresses":["https://video.example/c/town","@town@social.example"]},{"name":"port","title":"Port","addresses":["port.example"]}`

func TestTheBuilderTakesAFeedOrAnAddress(t *testing.T) {
	for _, c := range []struct{ feeds, hash, feed, live string }{
		{twoFeeds, "#/embed", "town", "@town@social.example"},
		{twoFeeds, "#/embed?u=%40town%40social.example", "town", "@town@social.example"},
		{twoFeeds, "#/embed?u=https%3A%2F%2Fsocial.example%2F%40town", "town", "@town@social.example"},
		{twoFeeds, "#/embed?u=port.example", "port", ""},
		{twoFeeds, "#/embed?u=%40ada%40a.example", "", "@ada@a.example"},
		{twoFeeds, "#/embed?u=a.example", "", ""},
		{"", "#/embed", "", ""},
		{"", "#/embed?u=ada%40a.example", "", "@ada@a.example"},
		{"", "#/embed?u=nothing", "", ""},
	} {
		_, m := building(t, c.feeds, c.hash)
		if m == nil {
			t.Fatalf("%s opens another view", c.hash)
		}
		feed := ""
		if m.Feed != nil {
			feed = m.Feed.Name
		}
		if feed != c.feed || m.Live != c.live || m.Wrong != (m.Query != "" && feed == "" && c.live == "") {
			t.Errorf("%s: feed %q, live %q, wrong %v", c.hash, feed, m.Live, m.Wrong)
		}
	}
}

func TestTheBuilderDoesNotOfferWhatIsBlocked(t *testing.T) {
	a, _ := building(t, "", "#/embed?u=%40ada%40bad.example")
	if m, ok := a.Shown().Model.(*BlockedModel); !ok || m.What != "bad.example" {
		t.Errorf("%T", a.Shown().Model)
	}
}

func TestChoicesAreTakenOver(t *testing.T) {
	a, m := building(t, twoFeeds, "#/embed?u=%40ada%40a.example")
	settings := a.Settings
	turn := m.Turn
	for _, e := range [][2]string{{"feed", "town"}, {"way", "element"}, {"theme", "dark"}, {"load", "live"}, {"limit", "5"}, {"accent", "#123456"}} {
		a.Handle(browser.Event{Type: browser.Change, Action: "set", Name: e[0], Value: e[1]})
	}
	if m.Feed == nil || m.Feed.Name != "town" || m.Way != "element" || m.Theme != "dark" || m.Load != "live" || m.Limit != "5" || m.Accent != "#123456" || m.Turn != turn+2 {
		t.Errorf("%+v", m)
	}
	if a.Settings != settings {
		t.Error("the reader's own theme changed")
	}
	a.Handle(browser.Event{Type: browser.Change, Action: "set", Name: "feed", Value: "port"})
	if m.Load != "" {
		t.Error("a feed that nobody can be asked for is live")
	}
	a.Handle(browser.Event{Type: browser.Change, Action: "set", Name: "feed", Value: ""})
	if m.Feed != nil || m.Live != "@ada@a.example" {
		t.Errorf("%+v", m)
	}
}
