package document_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vitrine/app/document"
	"vitrine/app/syndicate"
	"vitrine/app/words"
	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/feedstest"
	"vitrine/feeds/reader"
)

var made = time.Date(2026, 11, 30, 8, 0, 0, 0, time.UTC)

func english(t testing.TB) *words.Words {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(feedstest.ModuleRoot(t), "web", "locales", "en.json"))
	if err != nil {
		t.Fatal(err)
	}
	w, err := words.Load(data)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func author(user, name string) *feeds.Author {
	return &feeds.Author{User: user, Domain: "town.example", Host: "town.example", Name: name, URI: "https://town.example/users/" + user, URL: "https://town.example/@" + user, Avatar: "https://town.example/" + user + ".png"}
}

// post is the nth post, so many hours before all was made.
func post(n int, by *feeds.Author, hours int, html string) *feeds.Post {
	id := fmt.Sprintf("https://town.example/@%s/%d", by.User, n)
	return &feeds.Post{
		Key: feeds.Key(id), URI: id, URL: id, Author: by, Published: made.Add(-time.Duration(hours) * time.Hour), Language: "en", Body: content.ParseHTML(html, content.Options{Formulas: true}),
		Counts: feeds.Counts{Replies: 2, Boosts: 5, Favourites: 0, Quotes: -1}, Sightings: []feeds.Sighting{{Host: "town.example", ID: fmt.Sprint(n), Origin: true}},
	}
}

func item(p *feeds.Post) reader.Item {
	return reader.Item{Post: p, Entry: feeds.Entry{Key: p.Key, At: p.Published}}
}

// everything are posts with every kind of content.
func everything() []reader.Item {
	ada, bob, noor := author("ada", "Ada <b>&amp;</b> Co"), author("bob", "Bob"), author("noor", "نور")
	ada.Emoji = []content.CustomEmoji{{Shortcode: "wave", URL: "https://town.example/wave.gif", Static: "https://town.example/wave.png"}}
	ada.Name += " :wave:"
	bob.Wishes.NoIndex = true

	pictures := post(1, ada, 1, `<p>Pictures &lt;script&gt; <a href="https://town.example/tags/sea" class="mention hashtag">#sea</a></p>`)
	for n, alt := range []string{"A lighthouse", "", `Alt "quoted" <i>&amp;`, "Lost", "Five", "Six"} {
		name := fmt.Sprint(n)
		if alt == "Lost" {
			name = "lost"
		}
		pictures.Media = append(pictures.Media, feeds.Media{Kind: feeds.Image, URL: "https://files.example/" + name + ".png?full", Preview: "https://files.example/" + name + ".png", Alt: alt, Width: 40, Height: 30})
	}

	warned := post(2, bob, 2, "<p>Behind a warning</p>")
	warned.Warning, warned.Sensitive = "Spoiler & more", true
	warned.Media = []feeds.Media{{Kind: feeds.Image, Preview: "https://files.example/liar.png", URL: "https://files.example/liar.png", Alt: "Says it is a picture"}}
	warned.Edited = warned.Published.Add(time.Minute)

	rich := post(3, ada, 30, `<h1>Head</h1><h4>Deep</h4><table><caption>Tides</caption><tr><th>High</th><th align="right">Low | ebb</th></tr><tr><td colspan="2">none <code>a|b</code></td></tr><tr><td>1</td><td>2</td></tr></table>`+
		`<p><ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby> H<sub>2</sub>O \(x^2 &lt; 3\) <em>so</em> <strong>it</strong> <del>was</del> <u>under</u> <code>`+"`tick`"+`</code></p><pre><code>fn main() { "</pre>" }
`+"```"+`</code></pre><ul><li>one</li><li><p>two</p><ol start="3"><li>three</li></ol></li></ul><blockquote><p>said</p></blockquote><hr><details><summary>More</summary><p>folded</p></details><dl><dt>term</dt><dd>meaning</dd></dl><p>$$y=1$$</p>`)
	rich.Title = "A title"
	rich.Poll = &feeds.Poll{Options: []feeds.PollOption{{Title: "Yes", Votes: 9}, {Title: "No <3", Votes: 3}}, Votes: 12, Voters: 12, Ends: made, Expired: true}
	rich.Card = &feeds.Card{URL: "https://card.example/?a=1&b=2", Title: "The card", Description: "About it", Image: "https://card.example/image.png", ImageAlt: "A map"}
	rich.Event = &feeds.Event{Starts: made, Ends: made.Add(time.Hour), Place: "The pier", Online: "https://meet.example/tea", Status: feeds.EventTentative}

	rtl := post(4, noor, 31, `<p>مرحبا بالعالم</p>`)
	rtl.Language = "ar"
	rtl.Quote = &feeds.Quote{State: feeds.QuoteAccepted, Post: post(5, bob, 50, "<p>Quoted words</p>")}
	rtl.Reactions = []feeds.Reaction{{Name: "wave", Count: 3, URL: "https://town.example/wave.png"}}

	film := post(6, bob, 100, "<p>A film</p>")
	film.Media = []feeds.Media{
		{Kind: feeds.Video, URL: "https://files.example/film.mp4", Preview: "https://files.example/still.png", Alt: "Waves", Duration: time.Minute, Film: &feeds.Film{Chapters: []feeds.Chapter{{Title: "One"}}, Captions: []feeds.Caption{{URL: "https://files.example/en.vtt", Language: "en"}}}},
		{Kind: feeds.Audio, URL: "https://files.example/sound.mp3", Alt: "Bells", Duration: time.Minute},
		{Kind: feeds.UnknownMedia, URL: "https://files.example/file.zip", Alt: "A file"},
	}
	boost := item(film)
	boost.Entry.BoostedBy, boost.Entry.At = ada, film.Published.Add(time.Hour)
	return []reader.Item{item(pictures), item(warned), item(rich), item(rtl), boost, item(film)}
}

func feed(t testing.TB, items ...reader.Item) *syndicate.Feed {
	return &syndicate.Feed{ID: "https://town.example/@ada", Title: "Ada & friends", Summary: "What was said", Home: "https://town.example/@ada", Items: items, Words: english(t)}
}

// drawn is a small picture.
func drawn(t testing.TB) []byte {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, 4, 3))
	m.Set(1, 1, color.RGBA{R: 200, A: 255})
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// media has every picture but those that are lost.
func media(t testing.TB) document.Media {
	data := drawn(t)
	return func(_ context.Context, w document.Want) ([]byte, string, error) {
		switch {
		case strings.Contains(w.URL, "lost"):
			return nil, "", errors.New("no such file")
		case strings.Contains(w.URL, "liar"):
			return []byte("<svg onload='alert(1)'/>"), "image/png", nil
		}
		return data, "image/png", nil
	}
}

func write(t testing.TB, d document.Document) ([]byte, document.Report) {
	t.Helper()
	if d.Made.IsZero() {
		d.Made = made
	}
	if d.Media == nil {
		d.Media = media(t)
	}
	if d.Pictures == "" {
		d.Pictures = document.Small
	}
	var b bytes.Buffer
	report, err := document.Write(t.Context(), &b, d)
	if err != nil {
		t.Fatal(err)
	}
	if report.Bytes != int64(b.Len()) {
		t.Errorf("%d bytes are told of %d", report.Bytes, b.Len())
	}
	return b.Bytes(), report
}
