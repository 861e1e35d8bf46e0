package page

import (
	"math"
	"strings"
	"testing"

	"vitrine/app/route"
	"vitrine/app/state"
)

// hostile is what somebody may call a feed.
const hostile = `"><script>alert(1)</script> & <b>'Town'</b>`

func feedModel() *state.EmbedModel {
	return &state.EmbedModel{Feed: &state.SiteFeed{Name: "town", Title: hostile}, Live: "@town@social.example", Way: "include"}
}

// texts are the snippets by name, in one place of the web.
func texts(m *state.EmbedModel) map[string]string {
	out := map[string]string{}
	for _, s := range snippets("https://www.example.org/reader/", "/reader/", m) {
		out[s.name] = s.text
	}
	return out
}

func reported(m *state.EmbedModel) *state.EmbedModel {
	m.Report = &state.Report{CSP: map[string]string{"include": "img-src 'self' https://cdn.example", "element": "script-src 'self'; connect-src 'self'"}}
	m.Report.Files = map[string]state.ReportFile{"embed.js": {File: "embed.012.js", Integrity: "sha384-A"}, "embed-height.js": {File: "embed-height.345.js", Integrity: "sha384-B"}}
	return m
}

func TestSnippets(t *testing.T) {
	const title = `&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;'Town'&lt;/b&gt;`
	type texted map[string]string
	for name, c := range map[string]struct {
		change func(*state.EmbedModel)
		want   texted
	}{
		"include": {func(*state.EmbedModel) {}, texted{
			"page":   `<!--#include virtual="/reader/feeds/town/fragment.html" -->` + "\n" + `<link rel="stylesheet" href="https://www.example.org/reader/embed.css">`,
			"policy": "style-src 'self'; img-src 'self'; media-src 'self'",
		}},
		"include, with the build's report": {func(m *state.EmbedModel) { reported(m) }, texted{"policy": "img-src 'self' https://cdn.example"}},
		"frame": {func(m *state.EmbedModel) { m.Way, m.Theme = "iframe", "dark" }, texted{
			"page": `<iframe data-vitrine src="https://www.example.org/reader/feeds/town/embed.html#dark" title="&#34;&gt;` + title + `" sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox" loading="lazy" style="width:100%;height:40rem;border:0"></iframe>` + "\n" +
				`<script src="https://www.example.org/reader/embed-height.js" defer></script>`,
			"policy": "frame-src https://www.example.org; script-src https://www.example.org",
		}},
		"frame, with the build's report": {func(m *state.EmbedModel) { reported(m).Way = "iframe" }, texted{
			"page": `<iframe data-vitrine src="https://www.example.org/reader/feeds/town/embed.html" title="&#34;&gt;` + title + `" sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox" loading="lazy" style="width:100%;height:40rem;border:0"></iframe>` + "\n" +
				`<script src="https://www.example.org/reader/embed-height.345.js" integrity="sha384-B" crossorigin="anonymous" defer></script>`,
		}},
		"element": {func(m *state.EmbedModel) {
			reported(m)
			m.Way, m.Theme, m.Limit, m.Load = "element", "light", "5", "click"
		}, texted{
			"page": `<script src="https://www.example.org/reader/embed.012.js" integrity="sha384-A" crossorigin="anonymous" defer></script>` + "\n" +
				`<vitrine-feed src="https://www.example.org/reader/feeds/town/" theme="light" limit="5" refresh="click"><a href="https://www.example.org/reader/feeds/town/">"&gt;` + title + `</a></vitrine-feed>`,
			"policy": "script-src https://www.example.org; connect-src https://www.example.org",
		}},
		"element, live": {func(m *state.EmbedModel) { reported(m); m.Way, m.Load = "element", "live" }, texted{
			"page": `<script src="https://www.example.org/reader/embed.012.js" integrity="sha384-A" crossorigin="anonymous" defer></script>` + "\n" +
				`<vitrine-feed src="https://www.example.org/reader/feeds/town/" live="@town@social.example"><a href="https://www.example.org/reader/feeds/town/">"&gt;` + title + `</a></vitrine-feed>`,
			"policy": "script-src https://www.example.org; connect-src https://social.example https://www.example.org",
		}},
		"live alone": {func(m *state.EmbedModel) { m.Feed = nil }, texted{
			"page": `<script src="https://www.example.org/reader/embed.js" defer></script>` + "\n" +
				`<vitrine-feed live="@town@social.example"><a href="https://social.example/@town">@town@social.example</a></vitrine-feed>`,
			"policy": "script-src https://www.example.org; style-src https://www.example.org; connect-src https://social.example",
		}},
		"live alone, in another script": {func(m *state.EmbedModel) { m.Feed, m.Live = nil, "@ann@xn--bcher-kva.example" }, texted{
			"page": `<script src="https://www.example.org/reader/embed.js" defer></script>` + "\n" +
				`<vitrine-feed live="@ann@bücher.example"><a href="https://xn--bcher-kva.example/@ann">@ann@bücher.example</a></vitrine-feed>`,
			"policy": "script-src https://www.example.org; style-src https://www.example.org; connect-src https://xn--bcher-kva.example",
		}},
		"hostile choices": {func(m *state.EmbedModel) { m.Way, m.Limit, m.Theme = "element", `"><b>`, `"'&` }, texted{
			"page": `<script src="https://www.example.org/reader/embed.js" defer></script>` + "\n" +
				`<vitrine-feed src="https://www.example.org/reader/feeds/town/" theme="&#34;'&amp;" limit="&#34;&gt;&lt;b&gt;"><a href="https://www.example.org/reader/feeds/town/">"&gt;` + title + `</a></vitrine-feed>`,
		}},
	} {
		m := feedModel()
		c.change(m)
		got := texts(m)
		for part, want := range c.want {
			if got[part] != want {
				t.Errorf("%s, %s:\n got %s\nwant %s", name, part, got[part], want)
			}
		}
	}
}

func TestTheBuilderOffersWhatWorks(t *testing.T) {
	r := route.Route{View: route.Embed}
	draw := func(change func(*state.EmbedModel)) string {
		m := feedModel()
		change(m)
		c := on(t, r)
		c.App.Site.Feeds = []state.SiteFeed{*feedModel().Feed}
		return written(t, embed(c, m))
	}
	for name, c := range map[string]struct {
		change     func(*state.EmbedModel)
		has, lacks []string
	}{
		"include": {func(*state.EmbedModel) {}, []string{`id="accent"`, "On a light background", "On a dark background", `class="preview"`, "9.6 to 1"}, []string{`name="theme"`, `id="limit"`, `id="load"`, `data-part="style"`, `role="alert"`}},
		"frame":   {func(m *state.EmbedModel) { m.Way, m.Theme = "iframe", "dark" }, []string{`name="theme"`, `src="/feeds/town/embed.html#dark"`, "Access-Control"}, []string{`id="accent"`, `id="limit"`, "ground:"}},
		"element": {func(m *state.EmbedModel) { m.Way, m.Accent, m.Theme = "element", "#ffd700", "light" }, []string{`id="limit"`, `id="load"`, "at once, and live", `data-kind="fail"`, ":root { --v-accent: #ffd700; }"}, []string{"On a dark background", `data-part="live"`}},
		"live":    {func(m *state.EmbedModel) { m.Way, m.Load = "element", "live" }, []string{`data-part="live"`, "social.example then learns"}, nil},
		"alone":   {func(m *state.EmbedModel) { m.Feed = nil }, []string{`data-part="live"`, `id="limit"`, "connect-src https://social.example"}, []string{"and live", `class="preview"`, `name="way"`}},
		"nothing": {func(m *state.EmbedModel) { m.Feed, m.Live = nil, "" }, []string{`id="e"`}, []string{"<pre", `class="preview"`, `id="accent"`}},
		"unread":  {func(m *state.EmbedModel) { m.Unread = true }, []string{`role="alert"`, "<pre"}, nil},
	} {
		out := draw(c.change)
		for _, want := range c.has {
			if !strings.Contains(out, want) {
				t.Errorf("%s: %q is missing in %s", name, want, out)
			}
		}
		for _, not := range append(c.lacks, "<script", "<b>'Town'") {
			if strings.Contains(out, not) {
				t.Errorf("%s: %q is in %s", name, not, out)
			}
		}
		if strings.Count(out, "<h1") != 1 {
			t.Errorf("%s: titles", name)
		}
	}
}

func TestThePreviewsBoxIsAnotherOneEachTime(t *testing.T) {
	c := on(t, route.Route{View: route.Embed})
	m := feedModel()
	before := c.preview(m).Children[1].Tag
	m.Turn++
	if c.preview(m).Children[1].Tag == before {
		t.Error("going back would go through the preview")
	}
}

// The pairs are those of the definition and of its best known tools.
func TestContrast(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want float64
	}{
		{"#000000", "#ffffff", 21}, {"#ffffff", "#FFFFFF", 1}, {"#777777", "#ffffff", 4.48}, {"#767676", "#ffffff", 4.54}, {"#ff0000", "#ffffff", 4.0},
		{accentLight, groundLight, 9.66}, {"red", "#ffffff", 1}, {"#12345", "#ffffff", 1}, {"#gggggg", "#ffffff", 1}, {"", "", 1},
	} {
		if got := contrast(c.a, c.b); math.Abs(got-c.want) > 0.02 {
			t.Errorf("%s on %s: %.2f, want %.2f", c.a, c.b, got, c.want)
		}
	}
}
