package markup

import (
	"strings"
	"testing"

	"vitrine/app/settings"
	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/feedstest"
)

func TestALinkedPostIsDrawnBelowTheText(t *testing.T) {
	const url = "https://b.example/@ada/7"
	p := feedstest.Post("a.example", "1", 0)
	p.Card = &feeds.Card{URL: url, Title: "the card"}
	q := feedstest.Post("b.example", "7", 0)
	q.Body = content.ParsePlain("what it says", content.Options{})
	q.Media = []feeds.Media{{Kind: feeds.Image, URL: "https://b.example/1.png", Alt: "a boat"}}
	veiled, warned := *q, *q
	veiled.Sensitive, warned.Warning = true, "boats"
	for name, c := range map[string]struct {
		linked    Linked
		saver     bool
		has, lack string
	}{
		"waiting":       {Linked{URL: url}, false, `class="quote linked wait"`, "the card"},
		"there":         {Linked{URL: url, Post: q}, false, "what it says", "the card"},
		"its picture":   {Linked{URL: url, Post: q}, false, "https://b.example/1.png", "the card"},
		"sensitive":     {Linked{URL: url, Post: &veiled}, false, "what it says", "1.png"},
		"warned":        {Linked{URL: url, Post: &warned}, false, "boats", "what it says"},
		"saving data":   {Linked{URL: url}, true, `data-action="unfold"`, "wait"},
		"its card":      {Linked{URL: url}, true, "the card", "wait"},
		"asked, saving": {Linked{URL: url, Asked: true}, true, "quote linked wait", "the card"},
		"there, saving": {Linked{URL: url, Post: q}, true, "what it says", "1.png"},
	} {
		d := drawing(t, "en")
		d.Settings = settings.Settings{DataSaver: c.saver}
		d.Actions = true
		var b strings.Builder
		if err := HTML(&b, Article(d, Row{Post: p, Linked: [MostLinked]*Linked{&c.linked}})); err != nil {
			t.Fatal(err)
		}
		if got := b.String(); !strings.Contains(got, c.has) || strings.Contains(got, c.lack) {
			t.Errorf("%s: %s", name, got)
		}
	}
}
