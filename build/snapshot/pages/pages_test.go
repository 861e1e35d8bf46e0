package pages

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"vitrine/build/config"
	"vitrine/build/snapshot/ledger"
	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/web"
)

func site(t *testing.T, change func(*config.Site)) *Site {
	t.Helper()
	c := config.Default()
	c.Timezone, c.BaseURL = "Europe/Berlin", "https://www.town.example/reader"
	if change != nil {
		change(&c)
	}
	s, err := New(web.Files, c, "/reader/")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func postItem(key string, at time.Time, change func(*feeds.Post)) ledger.Item {
	p := &feeds.Post{
		Key: feeds.Key(key), URI: key, URL: key, Published: at, Language: "ar", Body: content.ParsePlain("text of "+key, content.Options{}),
		Author: &feeds.Author{User: "town", Domain: "social.example", Name: "Town", URL: "https://social.example/@town"},
	}
	if change != nil {
		change(p)
	}
	return ledger.Item{Post: p, Entry: feeds.Entry{Key: p.Key, At: at}, Source: "@town@social.example"}
}

func feedFiles(t *testing.T, s *Site, change func(*Feed), posts ...ledger.Item) map[string]string {
	t.Helper()
	f := &Feed{
		Feed:   config.Feed{Name: "town", Addresses: []string{"@town@social.example"}, Limit: 20, Media: "mirror", Warnings: "fold", Language: "en"},
		Ledger: &ledger.Ledger{Changed: day(1), Sources: map[string]ledger.Source{"@town@social.example": {Author: posts[0].Post.Author, Title: "Town", Home: "https://social.example/@town"}}, Posts: posts, Files: map[string]ledger.Mirrored{}},
		Posts:  posts,
	}
	if change != nil {
		change(f)
	}
	files, err := s.Feed(f)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for name, data := range files {
		out[name] = string(data)
	}
	return out
}

func day(n int) time.Time { return time.Date(2026, 12, n, 12, 0, 0, 0, time.UTC) }

func has(t *testing.T, name, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("%s lacks %s", name, part)
		}
	}
}

func TestAPictureThatMovesStandsStillForWhoWantsThat(t *testing.T) {
	const url = "https://social.example/wave.gif"
	post := postItem("https://social.example/1", day(1), func(p *feeds.Post) {
		p.Media = []feeds.Media{{Kind: feeds.Image, URL: url, Alt: "a wave", Width: 9, Height: 9}}
	})
	files := feedFiles(t, site(t, nil), func(f *Feed) {
		large := ledger.Copy{Name: "media/wave.gif", Width: 300, Height: 200}
		f.Ledger.Files[url] = ledger.Mirrored{Large: large, Small: large, Still: &ledger.Copy{Name: "media/still.webp", Width: 300, Height: 200}}
	}, post)
	has(t, "index.html", files["index.html"], `<source media="(prefers-reduced-motion: reduce)" srcset="media/still.webp"><img`, `src="media/wave.gif"`, `width="300" height="200"`, `alt="a wave"`)
	has(t, "fragment.html", files["fragment.html"], `srcset="/reader/feeds/town/media/still.webp"`)
	has(t, "feed.json", files["feed.json"], "https://www.town.example/reader/feeds/town/media/wave.gif")
}

func TestAPictureComesInTwoSizes(t *testing.T) {
	const url = "https://social.example/p.png"
	post := postItem("https://social.example/1", day(1), func(p *feeds.Post) { p.Media = []feeds.Media{{Kind: feeds.Image, URL: url}} })
	files := feedFiles(t, site(t, nil), func(f *Feed) {
		f.Ledger.Files[url] = ledger.Mirrored{Large: ledger.Copy{Name: "media/l.webp", Width: 1280, Height: 640}, Small: ledger.Copy{Name: "media/s.webp", Width: 480, Height: 240}}
	}, post)
	has(t, "embed.html", files["embed.html"], `srcset="media/s.webp 480w, media/l.webp 1280w"`, `sizes="`, `ratio-21`)
}

func TestFootnotesLeadToTheNoteInThePageAndInFeedsToItsServer(t *testing.T) {
	post := postItem("https://social.example/1", day(1), func(p *feeds.Post) {
		p.Body = content.ParseHTML(`<p>One<sup><a href="#fn:1">1</a></sup></p><ol><li id="fn:1">A note <a href="#fnref:1">↩</a></li></ol>`, content.Options{BaseURL: p.URL})
	})
	files := feedFiles(t, site(t, nil), nil, post)
	for _, name := range []string{"index.html", "embed.html", "fragment.html", "2026.html", "tree.json"} {
		text := strings.ReplaceAll(files[name], `":"`, `="`) // attributes of JSON as those of HTML
		ways := regexp.MustCompile(`href="#(f[^"]+)"`).FindAllStringSubmatch(text, -1)
		if len(ways) != 2 {
			t.Errorf("%s has %d ways to the note and back: %s", name, len(ways), text)
		}
		for _, way := range ways {
			if strings.Count(text, `id="`+way[1]+`"`) != 1 {
				t.Errorf("%s: there is no one place %s", name, way[1])
			}
		}
	}
	has(t, "feed.json", files["feed.json"], "https://social.example/1#fn:1")
	has(t, "feed.atom", files["feed.atom"], "https://social.example/1#fn:1")
}

func TestYearsAreThoseOfTheSitesTimeZone(t *testing.T) {
	night := time.Date(2026, 12, 31, 23, 30, 0, 0, time.UTC) // in Berlin the new year has begun
	files := feedFiles(t, site(t, nil), func(f *Feed) { f.Limit = 1 }, postItem("https://social.example/2", night, nil), postItem("https://social.example/1", day(1), nil))
	has(t, "2027.html", files["2027.html"], "text of https://social.example/2", `id="p`, `datetime="2026-12-31T23:30:00Z"`)
	has(t, "2026.html", files["2026.html"], "text of https://social.example/1")
	has(t, "index.html", files["index.html"], `href="2027.html#p`, `<a href="2026.html">2026</a>`)
	if strings.Contains(files["index.html"], "text of https://social.example/1") {
		t.Error("the page shows more than the limit")
	}
}

func TestWishesAreKeptInPages(t *testing.T) {
	quiet := func(p *feeds.Post) { p.Author.Wishes.NoIndex = true }
	s := site(t, nil)
	files := feedFiles(t, s, func(f *Feed) { f.NoIndex = true }, postItem("https://social.example/1", day(1), quiet))
	has(t, "index.html", files["index.html"], `<meta name="robots" content="noindex`)
	feed := func(name string, change func(*feeds.Post)) *Feed {
		k := postItem("https://social.example/1", day(1), change)
		return &Feed{Feed: config.Feed{Name: name}, Ledger: &ledger.Ledger{Changed: day(1)}, Posts: []ledger.Item{k}, NoIndex: k.Post.Author.Wishes.NoIndex}
	}
	all := []*Feed{feed("open", nil), feed("quiet", quiet), feed("unsearched", func(p *feeds.Post) { p.Author.Wishes.NotIndexable = true })}
	data, err := s.Sitemap(all)
	if err != nil {
		t.Fatal(err)
	}
	has(t, "sitemap.xml", string(data), "https://www.town.example/reader/feeds/open/</loc>", "feeds/open/2026.html")
	if strings.Contains(string(data), "quiet") || strings.Contains(string(data), "unsearched") {
		t.Errorf("%s", data)
	}
	robots := string(s.Robots(all))
	has(t, "robots.txt", robots, "Disallow: /reader/feeds/quiet/media/", "Sitemap: https://www.town.example/reader/sitemap.xml")
	if strings.Contains(robots, "feeds/open/media") || strings.Contains(robots, "feeds/quiet/index") {
		t.Errorf("%s", robots)
	}
}

func TestWarningsAndMarks(t *testing.T) {
	warned := postItem("https://social.example/2", day(2), func(p *feeds.Post) {
		p.Warning = "spiders"
		p.Media = []feeds.Media{{Kind: feeds.Image, URL: "https://social.example/spider.png"}}
		p.Card = &feeds.Card{URL: "https://spiders.example/"}
	})
	gone := postItem("https://social.example/1", day(1), nil)
	gone.Deleted = day(3)
	files := feedFiles(t, site(t, nil), nil, warned, gone)
	has(t, "index.html", files["index.html"], `<details class="cw"><summary>`, "spiders", "Deleted on its server, noticed 3 Dec 2026")
	if strings.Contains(files["index.html"], "Original on social.example</a></p></article></div>") {
		t.Error("what is gone is linked")
	}
	if strings.Contains(files["feed.json"], "text of https://social.example/2") || strings.Contains(files["feed.atom"], "text of https://social.example/2") {
		t.Error("what stands behind a warning stands open in a feed")
	}
	for _, name := range []string{"feed.json", "feed.atom"} {
		if strings.Contains(files[name], `"image":`) || strings.Contains(files[name], "attachments") || strings.Contains(files[name], "enclosure") || strings.Contains(files[name], "spiders.example") {
			t.Errorf("%s has the picture beside the warning: %s", name, files[name])
		}
	}
	open := feedFiles(t, site(t, nil), func(f *Feed) { f.Warnings = "show" }, warned)
	has(t, "index.html", open["index.html"], `<details class="cw" open="">`)
	has(t, "feed.json", open["feed.json"], "text of https://social.example/2")
}

func TestEachPostHasItsOwnLanguageAndDirection(t *testing.T) {
	files := feedFiles(t, site(t, nil), nil, postItem("https://social.example/1", day(1), nil))
	has(t, "index.html", files["index.html"], `<html lang="en" dir="ltr">`, `data-part="content" lang="ar" dir="auto"`)
	german := feedFiles(t, site(t, nil), func(f *Feed) { f.Language = "de-AT" }, postItem("https://social.example/1", day(1), nil))
	has(t, "index.html", german["index.html"], `<html lang="de" dir="ltr">`, "Stand: ", `content="de_AT"`)
}

func TestASiteThatDoesNotKnowWhereItStandsSaysSoNowhere(t *testing.T) {
	s := site(t, func(c *config.Site) { c.BaseURL = "" })
	files := feedFiles(t, s, nil, postItem("https://social.example/1", day(1), nil))
	for name, text := range files {
		if strings.Contains(text, "canonical") || strings.Contains(text, "town.example") {
			t.Errorf("%s: %s", name, text)
		}
	}
	if data, err := s.Sitemap(nil); err != nil || data != nil {
		t.Errorf("%s %v", data, err)
	}
}

func TestWhatWouldContactSomebodyIsNotWritten(t *testing.T) {
	s := site(t, nil)
	f := &Feed{Feed: config.Feed{Name: "town", Media: "mirror", Limit: 5}, Ledger: &ledger.Ledger{Files: map[string]ledger.Mirrored{
		// a ledger that somebody changed by hand
		"https://social.example/p.png": {Large: ledger.Copy{Name: "/../../https://evil.example/p.png", Width: 1, Height: 1}},
	}}, Posts: []ledger.Item{postItem("https://social.example/1", day(1), func(p *feeds.Post) {
		p.Media = []feeds.Media{{Kind: feeds.Image, URL: "https://social.example/p.png"}}
	})}}
	files, err := s.Feed(f)
	if err == nil && strings.Contains(string(files["index.html"]), `src="https://`) {
		t.Error("a page loads from elsewhere")
	}
}

// An element for films can't be told to send no referrer: only in pages whose head says so it may load a file of another server.
func TestPagesOfOthersPlayNothingFromOtherServers(t *testing.T) {
	film := postItem("https://social.example/1", day(1), func(p *feeds.Post) {
		p.Media = []feeds.Media{
			{Kind: feeds.Video, URL: "https://social.example/1.mp4", Preview: "https://social.example/1.jpg", Alt: "A wheel turns"},
			{Kind: feeds.Audio, URL: "https://social.example/1.mp3", Alt: "A bell"},
		}
	})
	files := feedFiles(t, site(t, nil), func(f *Feed) { f.Media = "link" }, film)
	for _, name := range []string{"index.html", "embed.html"} {
		if !strings.Contains(files[name], "<video") || !strings.Contains(files[name], "<audio") || !strings.Contains(files[name], `<meta name="referrer" content="no-referrer">`) {
			t.Errorf("%s doesn't play the film and the sound", name)
		}
	}
	for _, name := range []string{"fragment.html", "tree.json"} {
		for _, player := range []string{"video", "audio"} {
			if strings.Contains(files[name], "<"+player) || strings.Contains(files[name], `["`+player) {
				t.Errorf("%s has an element %s", name, player)
			}
		}
		for _, part := range []string{"https://social.example/1.mp4", "https://social.example/1.jpg", "https://social.example/1.mp3", "A wheel turns", "A bell"} {
			if !strings.Contains(files[name], part) {
				t.Errorf("%s lacks %s", name, part)
			}
		}
	}
}

func TestEveryPageNamesAnIconThatItsPolicyLetsIn(t *testing.T) {
	s := site(t, nil)
	for _, media := range []string{"mirror", "link", "none"} {
		files := feedFiles(t, s, func(f *Feed) { f.Media = media }, postItem("https://social.example/1", day(1), nil))
		for name, page := range files {
			if strings.HasSuffix(name, ".html") && name != "fragment.html" && (!strings.Contains(page, `<link rel="icon" href="../icon.svg" type="image/svg+xml">`) || !strings.Contains(page, "img-src &#39;self&#39;")) {
				t.Errorf("media = %q: %s names no icon, or doesn't let it in", media, name)
			}
		}
	}
	directory, err := s.Directory(nil)
	if err != nil || !strings.Contains(string(directory), `<link rel="icon" href="icon.svg" type="image/svg+xml">`) || !strings.Contains(string(directory), "img-src &#39;self&#39;") {
		t.Errorf("%v: the directory names no icon, or doesn't let it in", err)
	}
	if icon := string(s.Assets()["feeds/icon.svg"]); !strings.Contains(icon, "<path") {
		t.Errorf("the icon is %q", icon)
	}
}
