package activitypub

import (
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/feedstest"
	"vitrine/feeds/feedstest/golden"
)

// FuzzDocument: whatever a server sends as a document, it becomes a sound post, a sound actor or an error; and so does whatever it
// answers to a source.
func FuzzDocument(f *testing.F) {
	f.Add(`{"id":"https://a.example/1","type":"Note","content":"<p>x","tag":{"type":"Emoji"},"attachment":[[]],"url":[{"href":1}]}`)
	f.Add(`{"type":"Create","object":{"type":"Question","oneOf":{},"id":"https://a.example/1"}}`)
	f.Add(`{"type":"Person","id":"https://a.example/ada","icon":[null],"summaryMap":{"de":7}}`)
	for kind := range readers {
		for _, body := range golden.Bodies(f, kind) {
			f.Add(body)
		}
	}
	for _, body := range feedstest.CorpusSeeds(f, []string{"mastodon", "peertube", "mobilizon"}, "activitypub-object") {
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body string) {
		p, err := Object([]byte(body), "https://a.example/x", feedstest.Epoch())
		switch {
		case feeds.KindOf(err) == feeds.Internal:
			t.Error(err)
		case err == nil:
			if err := feedstest.CheckPosts(p.Sightings[0].Host, p); err != nil {
				t.Error(err)
			}
		}
		if a, err := ActorOf([]byte(body), "https://a.example/x", feedstest.Epoch()); err == nil {
			if a.User == "" || a.Domain == "" {
				t.Errorf("an actor without a name: %+v", a)
			}
			if err := feedstest.CheckValue(a); err != nil {
				t.Error(err)
			}
		}
		s := New(feedstest.Always(body), feedstest.NewClock(), host, Quirks{})
		ada := &feeds.Author{URI: adaID, URL: adaID, ID: adaID, User: "ada", Domain: host, Host: host}
		feedstest.Exercise(t, s, feedstest.Questions{Posts: []string{"/x"}, People: []string{"ada"}, Authors: []*feeds.Author{ada}})
	})
}
