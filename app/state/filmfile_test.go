package state_test

import (
	"strings"
	"testing"
	"time"

	"vitrine/app/browser"
	"vitrine/app/state/statetest"
	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

// broadcasts opens a list with a post whose sound has chapters in a file, and says what in English and German.
func broadcasts(d *statetest.Driver) feeds.Key {
	s, _ := d.Host("a.example", 0)
	p := feedstest.Post("a.example", "1", 1)
	p.Media = []feeds.Media{{Kind: feeds.Image, URL: "https://a.example/1.jpg"}, {Kind: feeds.Audio, URL: "https://a.example/1.mp3", Film: &feeds.Film{Index: "https://cast.example/chapters.json",
		Captions: []feeds.Caption{{URL: "https://cast.example/de.vtt", Language: "de"}, {URL: "https://cast.example/en.srt", Language: "en-GB", Type: "application/x-subrip"}, {URL: "https://cast.example/page.vtt"}}}}}
	s.OnPosts = func(feeds.Cursor) (*feeds.Page, error) { return feedstest.Page("", p), nil }
	d.Network.Replies = map[string]feedstest.Answered{
		"/chapters.json": {Body: `{"chapters":[{"startTime":9,"title":"Two"},{"startTime":0,"title":"One"}]}`},
		"/de.vtt":        {Body: "WEBVTT\n\n00:01.000 --> 00:02.000\nGuten Tag"},
		"/en.srt":        {Body: "1\n00:00:01,000 --> 00:00:02,000\nGood day"},
		"/page.vtt":      {Body: "<html><p>Log in"},
	}
	d.Visit("#/t/a.example/tea")
	return p.Key
}

func TestFilesBesideAFilmAreAskedForOnceTheyAreWanted(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		k := broadcasts(d)
		before := d.Network.Asked()
		d.Do(browser.Toggle{Post: k, Part: "chapters", Open: true})
		if c := d.Opened(k).Chapters; c == nil || c.Waits || len(c.Chapters) != 2 || c.Chapters[0].Title != "One" || c.Chapters[1].Start != 9*time.Second {
			t.Errorf("chapters: %+v", c)
		}
		d.Do(browser.Toggle{Post: k, Part: "said", Open: true}, browser.Toggle{Post: k, Part: "said", Open: true})
		if s := d.Opened(k).Said; s == nil || s.Index != 1 || len(s.Said) != 1 || s.Said[0].Text != "Good day" {
			t.Errorf("in the reader's language: %+v", s)
		}
		d.Do(browser.Click{Action: "said", Post: k, Index: 0})
		if s := d.Opened(k).Said; s == nil || s.Index != 0 || len(s.Said) != 1 || s.Said[0].Text != "Guten Tag" {
			t.Errorf("in another: %+v", s)
		}
		if asked := strings.TrimSpace(d.Network.Asked()[len(before):]); asked != "/chapters.json\n/en.srt\n/de.vtt" {
			t.Errorf("asked: %q", asked)
		}
		d.Do(browser.Toggle{Post: k, Part: "said"}, browser.Click{Action: "said", Post: k, Index: 9}, browser.Toggle{Post: "other", Part: "chapters", Open: true})
		if o := d.Opened(k); o.Said != nil || o.Chapters == nil || d.Opened("other").Chapters != nil {
			t.Errorf("shut: %+v", o)
		}
	})
}

func TestAFileBesideAFilmThatCannotBeReadIsSaidToBeThat(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		k := broadcasts(d)
		d.Network.Replies["/chapters.json"] = feedstest.Answered{Status: 404, Body: `{"chapters":[{"startTime":0,"title":"One"}]}`}
		d.Do(browser.Toggle{Post: k, Part: "chapters", Open: true}, browser.Click{Action: "said", Post: k, Index: 2})
		o := d.Opened(k)
		if o.Chapters == nil || o.Chapters.Waits || o.Chapters.Chapters != nil || o.Said == nil || o.Said.Waits || o.Said.Said != nil {
			t.Errorf("%+v, %+v", o.Chapters, o.Said)
		}
	})
}
