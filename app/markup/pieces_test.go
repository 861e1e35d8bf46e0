package markup

import (
	"strings"
	"testing"
	"time"

	"vitrine/app/words"
	"vitrine/feeds"
	"vitrine/feeds/content"
)

// pieces are the parts of pages beside posts.
func pieces(d *Drawing) map[string][]Node {
	limited := d.Words.Problem(&feeds.Error{Kind: feeds.RateLimited, Host: "hafenlicht.example", RetryAt: now.Add(4 * time.Minute)}, words.Problems{What: "feed", Now: d.Now, Local: d.Local})
	silent := d.Words.Problem(&feeds.Error{Kind: feeds.Unreachable, Host: "schleuse.example"}, words.Problems{What: "feed", Now: d.Now, Local: d.Local})
	again := Action{Name: "again", Words: d.Words.T("do.retry")}
	return map[string][]Node{
		"problem":      {Problem(d, limited, false), Problem(d, silent, false, again, Action{Href: "https://schleuse.example/", Words: d.Words.T("open.at", "schleuse.example")}, Action{Href: "#/", Words: d.Words.T("nav.start")})},
		"problem-slim": {Problem(d, silent, true, again), Problem(d, limited, true)},
		"as-of":        {AsOf(d, now.Add(-200*time.Minute))},
		"empty":        {Empty(d, "image", d.Words.T("empty.media"), d.Words.T("empty.media.text", "Nachtzug"))},
		"bones":        Placeholders(2),
		"author-line":  {AuthorLine(d, marta()), AuthorLine(d, author("kai", "hafenlicht.example", "", ""))},
		"profile-head": {ProfileHead(d, profile())},
		"profile-bare": {ProfileHead(d, author("neu", "hafenlicht.example", "", ""))},
		"server-head":  {ServerHead(d, server())},
		"server-bare":  {ServerHead(d, &feeds.Instance{Host: "still.example", Users: -1, Active: -1})},
		"rules":        {Rules(d, []feeds.Rule{{Text: "Be kind in public."}, {Text: "Describe your pictures.", Hint: "A sentence is enough."}})},
		"tag-trends":   {TagTrends(d, tagTrends())},
		"link-trends":  {LinkTrends(d, []feeds.LinkTrend{{Card: feeds.Card{URL: "https://www.papier.example/a", Title: "Ce que disait le grenier", Language: "fr"}, History: tagTrends()[0].History}})},
		"gap":          {GapRow(d, gap(), false), GapRow(d, gap(), true)},
		"ghosts":       {GhostRow(d, Ghost{Above: true, Host: "slowpost.example", Kind: feeds.Gone}), GhostRow(d, Ghost{Depth: 1, Host: "teich.example", Kind: feeds.NeedsLogin}), GhostRow(d, Ghost{Depth: 2, Step: 1, Host: "a.example"})},
		"bio":          {Bio(d, richText())},
	}
}

func profile() *feeds.Author {
	a := library()
	a.Name, a.Emoji = "Stadtbibliothek Norderau :book:", []content.CustomEmoji{{Shortcode: "book", URL: "https://norderau.example/img/emoji-book.svg"}}
	a.Header, a.Bot = "https://norderau.example/img/street.svg", true
	a.Bio = text("Lesesaal, Leihschein, Lampenlicht.", "Fragen zu Fernleihen bitte mit Signatur.")
	a.Fields = []feeds.Field{
		{Name: "Website", Verified: now, Value: content.Doc{Blocks: []content.Node{{Kind: content.Paragraph, Children: []content.Node{{Kind: content.Link, Href: "https://norderau.example/bibliothek", Children: []content.Node{{Text: "norderau.example/bibliothek"}}}}}}}},
		{Name: "Ausweis", Value: text("12 € im Jahr, unter 18 frei")},
	}
	a.Joined, a.Counts = time.Date(2022, 3, 1, 0, 0, 0, 0, time.UTC), feeds.AuthorCounts{Posts: 1846, Followers: 3902, Following: 1}
	return a
}

func server() *feeds.Instance {
	return &feeds.Instance{
		Host: "hafenlicht.example", Software: "mastodon", Version: "4.5.2+glitch", Title: "Hafenlicht", Users: 1912, Active: -1,
		Summary: "A small server for a harbour town: ferries, weather, and who left the gate open.", Icon: "https://hafenlicht.example/img/a-server.svg",
		Thumbnail: "https://hafenlicht.example/img/harbour.svg",
		Access:    feeds.Access{Local: feeds.Open, Federated: feeds.Members, TagLocal: feeds.Open, TagFederated: feeds.Open, TrendsLinkLocal: feeds.Disabled},
	}
}

func tagTrends() []feeds.TagTrend {
	day := func(people, uses int) feeds.DayUse { return feeds.DayUse{People: people, Uses: uses} }
	return []feeds.TagTrend{
		{Tag: feeds.Tag{Name: "typographie"}, History: []feeds.DayUse{day(50, 90), day(34, 60), day(20, 30), day(18, 20), day(10, 12), day(5, 5), day(1, 1)}},
		{Tag: feeds.Tag{Name: "قراءة"}, History: []feeds.DayUse{day(1, 1)}},
	}
}

func gap() feeds.Gap {
	return feeds.Gap{Above: now.Add(-165 * time.Minute), Below: now.Add(-5 * time.Hour), Cursor: "max_id=12"}
}

func TestWhatAServerDoesNotSayIsLeftOut(t *testing.T) {
	d := drawing(t, "en")
	for _, c := range []struct {
		name   string
		access feeds.Access
		want   string
	}{
		{"nothing", feeds.Access{}, ""},
		{"one feed", feeds.Access{Local: feeds.Open}, "What guests can see|Posts from this server|public"},
		{"a half that is closed closes the whole", feeds.Access{TagLocal: feeds.Open, TagFederated: feeds.Members}, "What guests can see|Hashtags|members only"},
		{"a half that is not said", feeds.Access{TrendsLinkFederated: feeds.Disabled}, "What guests can see|Trending links|turned off"},
	} {
		var words []string
		walk(ServerHead(d, &feeds.Instance{Host: "example", Access: c.access}), func(n Node) {
			if n.Text != "" && n.Text != "example" {
				words = append(words, n.Text)
			}
		})
		if got := strings.Join(words, "|"); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestEveryProblemIsAnAlertWithSomethingToRead(t *testing.T) {
	d := drawing(t, "en")
	for _, kind := range []feeds.Kind{
		feeds.Offline, feeds.Unreachable, feeds.NeedsLogin, feeds.RateLimited, feeds.Refused, feeds.ServerError, feeds.Gone,
		feeds.NotFound, feeds.BadData, feeds.TooLarge, feeds.Timeout, feeds.Unsupported, feeds.Storage, feeds.Internal,
	} {
		p := d.Words.Problem(&feeds.Error{Kind: kind, Host: "teich.example"}, words.Problems{})
		for _, slim := range []bool{true, false} {
			n := Problem(d, p, slim)
			if value(n, "role") != "alert" || value(n, "data-kind") != string(kind) || !strings.Contains(textOf(n), p.Title) {
				t.Errorf("%s: %v", kind, n)
			}
		}
	}
}

func TestASparklineStaysInItsBox(t *testing.T) {
	for _, c := range []struct {
		uses []int
		want string
	}{
		{[]int{10, 5, 0}, "3,21 32,12 61,3"},
		{[]int{0, 0}, "3,21 61,21"},
		{[]int{-4, 2}, "3,3 61,21"},
	} {
		var history []feeds.DayUse
		for _, u := range c.uses {
			history = append(history, feeds.DayUse{Uses: u})
		}
		if got := value(sparkline(history).Children[0].Children[0], "points"); got != c.want {
			t.Errorf("%v: %s, want %s", c.uses, got, c.want)
		}
	}
	if n := sparkline([]feeds.DayUse{{Uses: 3}}); n.Tag != "" {
		t.Error("a single day has a line")
	}
}

func TestListsTermsAndTablesAreDrawnAsTheirAuthorsWroteThem(t *testing.T) {
	t.Parallel()
	for src, want := range map[string]string{
		`<ol start="4" reversed type="a"><li>a<li value="7">b</ol>`: `<ol reversed="" type="a" start="4"><li>a</li><li value="7">b</li></ol>`,
		`<dl><dt>a<dd>b<dd><p>c<p>d</dl>`:                           `<dl><dt>a</dt><dd>b</dd><dd><p>c</p><p>d</p></dd></dl>`,
		`<table><caption>Tea</caption><tr><th align=right>a<th colspan=2>b<tr><th>c<td rowspan=2>d<td><p>e<p>f<tr><td><td></table>`: `<div class="table" tabindex="0" role="region" aria-label="Tea"><table><caption>Tea</caption><thead><tr><th scope="col" class="right">a</th><th scope="col" colspan="2">b</th></tr></thead>` +
			`<tbody><tr><th scope="row">c</th><td rowspan="2">d</td><td><p>e</p><p>f</p></td></tr><tr><td></td><td></td></tr></tbody></table></div>`,
		`<table><tr><th>a <b>x</b><th>b<tr><td>c<td>d</table>`: `<div class="table" tabindex="0" role="region" aria-label="a x, b"><table><thead><tr><th scope="col">a <strong>x</strong></th><th scope="col">b</th></tr></thead><tbody><tr><td>c</td><td>d</td></tr></tbody></table></div>`,
		`<table><tr><td>a<td>b<tr><td>c<td>d</table>`:          `<div class="table" tabindex="0"><table><tbody><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></tbody></table></div>`,
		`<p>10<sup>6</sup> <q>a</q></p>`:                       `<p>10<sup>6</sup> “a”</p>`,
	} {
		var b strings.Builder
		for _, n := range Doc(drawing(t, "en"), content.ParseHTML(src, content.Options{}), 1) {
			if err := HTML(&b, n); err != nil {
				t.Fatal(err)
			}
		}
		if got := strings.NewReplacer(` dir="auto"`, "", ` dir="ltr"`, "").Replace(b.String()); got != want {
			t.Errorf("%s\n got %s\nwant %s", src, got, want)
		}
	}
}
