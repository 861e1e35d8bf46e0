package state_test

import (
	"testing"

	"vitrine/app/browser"
	"vitrine/app/state"
	"vitrine/app/state/statetest"
	"vitrine/feeds/feedstest"
	"vitrine/feeds/software"
)

func infoOf(name string) software.Nodeinfo { return software.Nodeinfo{Software: name, Version: "1"} }

const twoFeeds = `{"name":"town","title":"Town","addresses":["https://video.example/c/town","@town@social.example"]},{"name":"port","title":"Port","addresses":["port.example"]}`

// building is a site with feeds.
func building(feeds string) statetest.Options {
	return statetest.Options{Site: `{"blocked":["bad.example"],"feeds":[` + feeds + `]}`}
}

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
		statetest.Run(t, building(c.feeds), func(t *testing.T, d *statetest.Driver) {
			d.Visit(c.hash)
			m := shown[*state.EmbedModel](t, d)
			feed := ""
			if m.Feed != nil {
				feed = m.Feed.Name
			}
			if feed != c.feed || m.Live != c.live || m.Wrong != (m.Query != "" && feed == "" && c.live == "") {
				t.Errorf("%s: feed %q, live %q, wrong %v", c.hash, feed, m.Live, m.Wrong)
			}
		})
	}
}

func TestTheBuilderDoesNotOfferWhatIsBlocked(t *testing.T) {
	statetest.Run(t, building(""), func(t *testing.T, d *statetest.Driver) {
		d.Visit("#/embed?u=%40ada%40bad.example")
		if m := shown[*state.BlockedModel](t, d); m.What != "bad.example" {
			t.Errorf("%+v", m)
		}
	})
}

func TestChoicesOfTheBuilderAreTakenOver(t *testing.T) {
	statetest.Run(t, building(twoFeeds), func(t *testing.T, d *statetest.Driver) {
		d.Visit("#/embed?u=%40ada%40a.example")
		m := shown[*state.EmbedModel](t, d)
		settings, turn := d.Settings, m.Turn
		for _, e := range [][2]string{{"feed", "town"}, {"way", "element"}, {"theme", "dark"}, {"load", "live"}, {"limit", "5"}, {"accent", "#123456"}} {
			d.Do(browser.SettingChange{Name: e[0], Value: e[1]})
		}
		if m.Feed == nil || m.Feed.Name != "town" || m.Way != "element" || m.Theme != "dark" || m.Load != "live" || m.Limit != "5" || m.Accent != "#123456" || m.Turn != turn+2 {
			t.Errorf("%+v", m)
		}
		if d.Settings != settings {
			t.Error("the reader's own theme changed")
		}
		d.Do(browser.SettingChange{Name: "way", Value: "nonsense"})
		if m.Way != "include" {
			t.Errorf("way %q", m.Way)
		}
		d.Do(browser.SettingChange{Name: "feed", Value: "port"})
		if m.Load != "" {
			t.Error("a feed that nobody can be asked for is live")
		}
		d.Do(browser.SettingChange{Name: "feed"})
		if m.Feed != nil || m.Live != "@ada@a.example" {
			t.Errorf("%+v", m)
		}
		d.Do(browser.Submit{Form: "embed", Text: "@bob@b.example"})
		if m := shown[*state.EmbedModel](t, d); m.Live != "@bob@b.example" || d.Shown().Hash != "#/embed?u=%40bob%40b.example" {
			t.Errorf("%s: %+v", d.Shown().Hash, m)
		}
	})
}

func TestTheBuilderReadsTheReportOfAFeed(t *testing.T) {
	o := building(twoFeeds)
	o.Before = func(d *statetest.Driver) {
		d.Network.Replies["/feeds/town/report.json"] = feedstest.Answered{Body: `{"csp":{"include":"img-src 'self'"},"kit":{"embed.js":{"file":"embed.1.js","integrity":"sha384-A"}}}`}
		d.Network.Replies["/feeds/port/report.json"] = feedstest.Answered{Body: `<html>`}
	}
	statetest.Run(t, o, func(t *testing.T, d *statetest.Driver) {
		d.Visit("#/embed")
		m := shown[*state.EmbedModel](t, d)
		if m.Report == nil || m.Unread || m.Report.CSP["include"] != "img-src 'self'" || m.Report.Files["embed.js"].File != "embed.1.js" {
			t.Errorf("%+v", m)
		}
		d.Do(browser.SettingChange{Name: "feed", Value: "port"})
		if m.Report != nil || !m.Unread {
			t.Errorf("%+v", m)
		}
	})
}
