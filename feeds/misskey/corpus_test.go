package misskey

import (
	"context"
	"encoding/json"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

// TestCorpus reads every recorded answer of Misskey's API.
func TestCorpus(t *testing.T) {
	read := 0
	for _, kind := range []string{"note", "notes"} {
		feedstest.Corpus(t, "misskey", kind, func(name, body string) {
			read++
			if body[0] == '{' {
				body = "[" + body + "]"
			}
			var raw []json.RawMessage
			if err := json.Unmarshal([]byte(body), &raw); err != nil {
				t.Fatal(name, err)
			}
			s, _ := serve(map[string]feedstest.Answered{"/api/notes/featured": {Body: body}, "/api/emojis": {Body: "{}"}})
			page, err := s.TrendingPosts(context.Background(), "")
			if err != nil || len(page.Posts) != len(raw) {
				t.Errorf("%s: %d of %d notes, %v", name, len(page.Posts), len(raw), err)
				return
			}
			for _, p := range page.Posts {
				if p.Key == "" || p.Author == nil || p.Author.User == "" || p.Published.IsZero() {
					t.Errorf("%s: %+v", name, p)
				}
			}
		})
	}
	feedstest.Corpus(t, "misskey", "account", func(name, body string) {
		read++
		s, _ := serve(map[string]feedstest.Answered{"/api/users/show": {Body: body}, "/api/emojis": {Body: "{}"}})
		if a, err := s.Profile(context.Background(), "x", host); err != nil || a.User == "" {
			t.Errorf("%s: %+v, %v", name, a, err)
		}
	})
	feedstest.Corpus(t, "misskey", "instance", func(name, body string) {
		read++
		s, _ := serve(map[string]feedstest.Answered{"/api/meta": {Body: body}})
		if i, err := s.Describe(context.Background()); err != nil || i.Title == "" {
			t.Errorf("%s: %+v, %v", name, i, err)
		}
	})
	feedstest.Corpus(t, "misskey", "error", func(name, body string) {
		read++
		s, _ := serve(map[string]feedstest.Answered{"/api/notes/show": {Status: 400, Body: body}})
		if _, err := s.Post(context.Background(), "x"); feeds.KindOf(err) != feeds.NotFound {
			t.Errorf("%s: %v", name, err)
		}
	})
	t.Logf("%d recorded answers", read)
}

func FuzzNotes(f *testing.F) {
	f.Add("[" + noted("n1", ada, `"poll":{"choices":[{"text":"a"}]},"renoteId":"x","reactions":{":a@.:":1},`) + "]")
	f.Add(`[{"id":1,"createdAt":null,"user":[],"files":{},"emojis":7,"reactions":[]}]`)
	f.Add(`{"error":{"code":"X"}}`)
	feedstest.Corpus(f, "misskey", "notes", func(_, body string) { f.Add(body) })
	f.Fuzz(func(t *testing.T, body string) {
		s, _ := serve(map[string]feedstest.Answered{"/api/notes/local-timeline": {Body: body}, "/api/emojis": {Body: body}})
		page, err := s.ServerPosts(context.Background(), feeds.Local, "")
		if err != nil {
			if feeds.KindOf(err) == feeds.Internal {
				t.Errorf("%q: %v", body, err)
			}
			return
		}
		for i, p := range page.Posts {
			if p.Key == "" || page.Entries[i].Key != p.Key || p.Author == nil || p.Visibility != feeds.Public && p.Visibility != feeds.Unlisted {
				t.Errorf("%q: %+v", body, p)
			}
		}
	})
}
