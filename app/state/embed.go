package state

import (
	"context"
	"slices"

	"vitrine/app/browser"
	"vitrine/app/route"
	"vitrine/app/settings"
	"vitrine/feeds"
	"vitrine/feeds/address"
	"vitrine/feeds/jsontext"
)

// EmbedModel is how posts are to be shown on somebody's own website. Nothing of it is kept.
type EmbedModel struct {
	static
	Query  string    // the address that was given
	Wrong  bool      // it names no profile, and no feed of the site
	Feed   *SiteFeed // of the site; nil where the posts of Live alone are shown
	Live   string    // "@user@host" of who can be asked by each visitor's browser; "" for nobody
	Way    string    // "include", "iframe", "element"; of a Feed
	Theme  string    // "" as the visitor has it, "light", "dark"
	Load   string    // "" at once, "click", "live"
	Limit  string    // how many posts; "" for all
	Accent string    // "#rrggbb"; "" for the usual one
	Report *Report   // what the build says of the site's feeds; nil while it isn't read
	Unread bool      // it can't be read
	Turn   int       // changes with what the preview shows

	app     *App
	given   string // Live for Query
	reading int    // which Report is waited for
}

// Report is a feed's report.json, as far as it is needed here.
type Report struct {
	CSP   map[string]string     `json:"csp"` // "include", "element": what a page's Content-Security-Policy must allow; 'self' is this site
	Files map[string]ReportFile `json:"kit"` // by stable name: "embed.js", "embed-height.js"
}

// ReportFile is a file that pages load.
type ReportFile struct {
	File      string `json:"file"` // "embed.HASH.js"
	Integrity string `json:"integrity"`
}

// NewEmbed makes the model of the builder.
func NewEmbed(a *App, r route.Route) *EmbedModel { return &EmbedModel{Query: r.Query, app: a} }

// Open implements Model.
func (m *EmbedModel) Open(ctx context.Context) {
	m.Way = "include"
	list := m.app.Site.Feeds
	chosen := ""
	if a, err := address.Parse(m.Query); err == nil {
		if a.Kind == address.Profile {
			m.given = a.String()
		}
		for _, f := range list {
			if slices.ContainsFunc(f.Addresses, func(s string) bool { b, err := address.Parse(s); return err == nil && b.String() == a.String() }) {
				chosen = f.Name
			}
		}
	}
	if m.Query == "" && len(list) > 0 {
		chosen = list[0].Name
	}
	m.choose(ctx, chosen)
	m.Wrong = m.Query != "" && m.Feed == nil && m.given == ""
}

// choose takes a feed of the site, or with "" the address that was given.
func (m *EmbedModel) choose(ctx context.Context, name string) {
	list := m.app.Site.Feeds
	m.Feed, m.Live, m.Wrong = nil, m.given, false
	m.Turn++
	if i := slices.IndexFunc(list, func(f SiteFeed) bool { return f.Name == name }); i >= 0 {
		m.Feed, m.Live = &list[i], ""
		for _, s := range m.Feed.Addresses {
			if a, err := address.Parse(s); err == nil && a.Kind == address.Profile && m.Live == "" {
				m.Live = a.String()
			}
		}
		m.read(ctx, name)
	} else if len(list) > 0 {
		m.read(ctx, list[0].Name) // the files that all of them load are the same
	}
	if m.Load == "live" && (m.Feed == nil || m.Live == "") {
		m.Load = ""
	}
}

// read asks this site for a feed's report.
func (m *EmbedModel) read(ctx context.Context, name string) {
	m.Report, m.Unread = nil, false
	m.reading++
	reading := m.reading
	go func() {
		var report Report
		answer, err := m.app.fetcher.Fetch(ctx, feeds.Request{URL: m.app.Root() + "feeds/" + name + "/report.json"})
		if err == nil && answer.Status == 200 {
			err = jsontext.Unmarshal(answer.Body, &report)
		}
		m.app.later(func() {
			switch {
			case m.reading != reading || ctx.Err() != nil:
				return
			case err != nil || answer.Status != 200:
				m.Unread = true
			default:
				m.Report = &report
			}
			m.app.changed(m)
		})
	}()
}

// Handle implements Model: a choice is taken over, or another address given.
func (m *EmbedModel) Handle(ctx context.Context, e browser.Event) bool {
	switch e := e.(type) {
	case browser.SettingChange:
		m.set(ctx, e.Name, e.Value)
		return true
	case browser.Submit:
		if e.Form == "embed" {
			m.app.browser.Go(route.Route{View: route.Embed, Query: e.Text}.String(), false)
			return true
		}
	}
	return false
}

// set takes a choice over; one that isn't offered becomes the first that is.
func (m *EmbedModel) set(ctx context.Context, name, value string) {
	switch name {
	case "feed":
		m.choose(ctx, value)
	case "way":
		m.Way = oneOf(value, "include", "iframe", "element")
	case "theme":
		m.Theme = oneOf(value, settings.Themes()...)
		m.Turn++
	case "load":
		m.Load = oneOf(value, "", "click", "live")
	case "limit":
		m.Limit = value
	case "accent":
		m.Accent = value
	}
}

// oneOf returns the value if it is allowed, else the first that is.
func oneOf(value string, allowed ...string) string {
	if slices.Contains(allowed, value) {
		return value
	}
	return allowed[0]
}
