package syndicate

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"

	"vitrine/app/syndicate/spec"
	"vitrine/app/words"
	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/reader"
	"vitrine/web"
)

// hostile is text that would break out of an element, an attribute, a CDATA section or XML itself.
const hostile = "]]></content><script>alert(1)</script>\" onload=\"x' & \x00\x08\x0b\ufffe <b>"

// english are the sentences that feeds are written with.
func english() *words.Words {
	data, err := web.Files.ReadFile("locales/en.json")
	if err != nil {
		panic(err)
	}
	static, err := web.Files.ReadFile("locales/static/en.json")
	if err != nil {
		panic(err)
	}
	w, err := words.Load(data, static)
	if err != nil {
		panic(err)
	}
	return w
}

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
		ID: "https://www.town.example/feeds/town/", Title: hostile, Summary: hostile, Home: "https://www.town.example/feeds/town/", Self: "https://www.town.example/feeds/town/feed", Language: "de", Author: author, Icon: author.Avatar, Words: english(),
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

func TestAtomKeepsToItsSpecification(t *testing.T) {
	var b bytes.Buffer
	if err := Atom(&b, sample()); err != nil {
		t.Fatal(err)
	}
	for _, p := range spec.Atom(b.Bytes()) {
		t.Error(p)
	}
	if read, err := gofeed.NewParser().Parse(&b); err != nil || len(read.Items) != 3 {
		t.Errorf("another reader: %v", err)
	}
}

func TestJSONFeedKeepsToItsSpecification(t *testing.T) {
	var b bytes.Buffer
	if err := JSONFeed(&b, sample()); err != nil {
		t.Fatal(err)
	}
	for _, p := range spec.JSONFeed(b.Bytes()) {
		t.Error(p)
	}
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
