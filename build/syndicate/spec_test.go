package syndicate

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"

	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/reader"
)

// hostile is text that would break out of an element, an attribute, a CDATA section or XML itself.
const hostile = "]]></content><script>alert(1)</script>\" onload=\"x' & \x00\x08\x0b\ufffe <b>"

func sample() *Feed {
	author := &feeds.Author{User: "town", Domain: "social.example", Name: hostile, URL: "https://social.example/@town", Avatar: "https://social.example/a.png"}
	at := time.Date(2026, 11, 22, 16, 55, 0, 500, time.FixedZone("CET", 3600))
	post := func(key string, change func(*feeds.Post)) reader.Item {
		p := &feeds.Post{Key: feeds.Key(key), URI: key, URL: key + "/page", Author: author, Published: at, Language: "de", Body: content.ParsePlain("Grüße & <b>"+hostile, content.Options{})}
		if change != nil {
			change(p)
		}
		return reader.Item{Post: p, Entry: feeds.Entry{Key: p.Key, At: p.Published}}
	}
	return &Feed{
		ID: "https://www.town.example/feeds/town/", Title: hostile, Summary: hostile, Home: "https://www.town.example/feeds/town/", Self: "https://www.town.example/feeds/town/feed", Language: "de", Author: author, Icon: author.Avatar,
		Items: []reader.Item{
			post("https://social.example/1", nil),
			post("https://social.example/2", func(p *feeds.Post) {
				p.Warning, p.Edited, p.Sensitive = hostile, at.Add(time.Hour), true
				p.Media = []feeds.Media{{Kind: feeds.Image, URL: "https://social.example/p.webp", Alt: hostile}, {Kind: feeds.Video, URL: "https://social.example/v.mp4", Duration: 90 * time.Second}, {Kind: feeds.UnknownMedia}}
				p.Tags = []feeds.Tag{{Name: hostile}}
				p.Poll = &feeds.Poll{Options: []feeds.PollOption{{Title: hostile}}}
				p.Card = &feeds.Card{URL: "https://news.example/", Title: hostile}
			}),
			post("social.example/3", func(p *feeds.Post) { p.URI, p.URL, p.Body = "", "", content.Doc{} }),
			{Gap: &feeds.Gap{}},
		},
	}
}

// element is any XML element.
type element struct {
	XMLName  xml.Name
	Attrs    []xml.Attr `xml:",any,attr"`
	Text     string     `xml:",chardata"`
	Children []element  `xml:",any"`
}

func (e element) all(name string) (out []element) {
	for _, c := range e.Children {
		if c.XMLName.Local == name {
			out = append(out, c)
		}
	}
	return out
}

func (e element) attr(name string) string {
	for _, a := range e.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// checkAtom holds a feed against the requirements ("MUST") of RFC 4287, sections 4.1 and 4.2.
func checkAtom(t *testing.T, data []byte) {
	t.Helper()
	var feed element
	if err := xml.Unmarshal(data, &feed); err != nil {
		t.Fatalf("no XML: %v\n%s", err, data)
	}
	const ns = "http://www.w3.org/2005/Atom"
	if feed.XMLName.Space != ns || feed.XMLName.Local != "feed" {
		t.Fatalf("the root is %v", feed.XMLName)
	}
	container := func(e element, where string) {
		t.Helper()
		for _, name := range []string{"id", "title", "updated"} {
			if n := len(e.all(name)); n != 1 {
				t.Errorf("%s has %d %s (sections 4.1.1, 4.1.2)", where, n, name)
			}
		}
		for _, id := range e.all("id") {
			if u, err := url.Parse(id.Text); err != nil || !u.IsAbs() {
				t.Errorf("%s: the id %q is no IRI (4.2.6)", where, id.Text)
			}
		}
		for _, name := range []string{"updated", "published"} {
			for _, d := range e.all(name) {
				if at, err := time.Parse(time.RFC3339, d.Text); err != nil || at.IsZero() {
					t.Errorf("%s: %s %q is no date (3.3)", where, name, d.Text)
				}
			}
		}
		alternates := map[string]bool{}
		for _, l := range e.all("link") {
			if u, err := url.Parse(l.attr("href")); err != nil || !u.IsAbs() {
				t.Errorf("%s: the link %q (4.2.7.1)", where, l.attr("href"))
			}
			if kind := l.attr("type"); kind != "" && !strings.Contains(kind, "/") {
				t.Errorf("%s: %q is no media type (4.2.7.3)", where, kind)
			}
			if l.attr("rel") == "alternate" {
				if alternates[l.attr("type")] {
					t.Errorf("%s: two alternates of one type (4.1.1, 4.1.2)", where)
				}
				alternates[l.attr("type")] = true
			}
		}
		for _, a := range e.all("author") {
			if names := a.all("name"); len(names) != 1 || strings.TrimSpace(names[0].Text) == "" {
				t.Errorf("%s: an author without one name (3.2.1)", where)
			}
		}
		for _, c := range e.all("category") {
			if c.attr("term") == "" {
				t.Errorf("%s: a category without a term (4.2.2.1)", where)
			}
		}
	}
	container(feed, "the feed")
	seen := map[string]bool{}
	for _, e := range feed.all("entry") {
		id := e.all("id")[0].Text
		container(e, id)
		if seen[id] {
			t.Errorf("the id %s stands twice (4.1.1)", id)
		}
		seen[id] = true
		if len(feed.all("author")) == 0 && len(e.all("author")) == 0 {
			t.Errorf("%s has no author (4.1.2)", id)
		}
		bodies := e.all("content")
		if len(bodies) != 1 || bodies[0].attr("type") != "html" || len(bodies[0].Children) > 0 {
			t.Errorf("%s: content %+v (4.1.3)", id, bodies)
		}
		if len(e.all("summary")) > 1 {
			t.Errorf("%s has two summaries (4.1.2)", id)
		}
	}
	if len(feed.all("entry")) == 0 {
		t.Error("no entry")
	}
}

// checkJSONFeed holds a feed against https://www.jsonfeed.org/version/1.1/.
func checkJSONFeed(t *testing.T, data []byte) {
	t.Helper()
	var feed struct {
		Version, Title    string
		HomePageURL       string `json:"home_page_url"`
		FeedURL           string `json:"feed_url"`
		Authors           []map[string]string
		Items             []map[string]any
		Icon, Description string
	}
	if err := json.Unmarshal(data, &feed); err != nil {
		t.Fatal(err)
	}
	if feed.Version != "https://jsonfeed.org/version/1.1" || feed.Title == "" || feed.Items == nil {
		t.Errorf("%q %q", feed.Version, feed.Title)
	}
	address := func(where, s string) {
		t.Helper()
		if u, err := url.Parse(s); s != "" && (err != nil || !u.IsAbs()) {
			t.Errorf("%s: %q is no address", where, s)
		}
	}
	address("home_page_url", feed.HomePageURL)
	address("feed_url", feed.FeedURL)
	address("icon", feed.Icon)
	seen := map[string]bool{}
	for _, i := range feed.Items {
		id, ok := i["id"].(string)
		if !ok || id == "" || seen[id] {
			t.Errorf("the id %v", i["id"])
		}
		seen[id] = true
		_, html := i["content_html"].(string)
		_, text := i["content_text"].(string)
		if !html && !text {
			t.Errorf("%s has no content", id)
		}
		for _, name := range []string{"date_published", "date_modified"} {
			if d, there := i[name]; there {
				if _, err := time.Parse(time.RFC3339, d.(string)); err != nil {
					t.Errorf("%s: %v", id, err)
				}
			}
		}
		for _, name := range []string{"url", "external_url", "image"} {
			if s, there := i[name].(string); there {
				address(id, s)
			}
		}
		if list, there := i["attachments"].([]any); there {
			for _, a := range list {
				m := a.(map[string]any)
				kind, _ := m["mime_type"].(string)
				where, _ := m["url"].(string)
				if where == "" || !strings.Contains(kind, "/") {
					t.Errorf("%s: the attachment %v", id, m)
				}
				address(id, where)
			}
		}
	}
	if len(feed.Items) == 0 {
		t.Error("no item")
	}
}

func TestAtomKeepsToItsSpecification(t *testing.T) {
	var b bytes.Buffer
	if err := Atom(&b, sample()); err != nil {
		t.Fatal(err)
	}
	checkAtom(t, b.Bytes())
	if read, err := gofeed.NewParser().Parse(&b); err != nil || len(read.Items) != 3 {
		t.Errorf("another reader: %v", err)
	}
}

func TestJSONFeedKeepsToItsSpecification(t *testing.T) {
	var b bytes.Buffer
	if err := JSONFeed(&b, sample()); err != nil {
		t.Fatal(err)
	}
	checkJSONFeed(t, b.Bytes())
	if read, err := gofeed.NewParser().Parse(&b); err != nil || len(read.Items) != 3 {
		t.Errorf("another reader: %v", err)
	}
}

func TestHostileTextStaysTextInFeeds(t *testing.T) {
	var atom, js bytes.Buffer
	if err := Atom(&atom, sample()); err != nil {
		t.Fatal(err)
	}
	if err := JSONFeed(&js, sample()); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(atom.String(), "<script") {
		t.Error("a script stands in the Atom feed")
	}
	var feed struct {
		Items []struct {
			HTML string `json:"content_html"`
		}
	}
	if err := json.Unmarshal(js.Bytes(), &feed); err != nil {
		t.Fatal(err)
	}
	for _, i := range feed.Items {
		if strings.Contains(i.HTML, "<script") || strings.Contains(i.HTML, "<b>") {
			t.Errorf("%s", i.HTML)
		}
	}
}
