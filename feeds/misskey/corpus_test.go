package misskey

import (
	"context"
	"encoding/json"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

// TestCorpus reads every recorded answer of Misskey's API. The recordings aren't part of the repository.
func TestCorpus(t *testing.T) {
	read, notes := 0, 0
	for _, kind := range []string{"note", "notes"} {
		feedstest.Corpus(t, "misskey", kind, func(name, body string) {
			read++
			notes += readNotes(t, name, body)
		})
	}
	feedstest.Corpus(t, "misskey", "account", func(name, body string) {
		read++
		s, _ := serve(map[string]feedstest.Answered{"/api/users/show": {Body: body}, "/api/emojis": {Body: "{}"}})
		a, err := s.Profile(context.Background(), "x", host)
		if err != nil || a.User == "" || a.Name == "" || a.Avatar == "" {
			t.Errorf("%s: %+v, %v", name, a, err)
		}
		checkSound(t, a)
	})
	feedstest.Corpus(t, "misskey", "instance", func(name, body string) {
		read++
		s, _ := serve(map[string]feedstest.Answered{"/api/meta": {Body: body}})
		i, err := s.Describe(context.Background())
		if err != nil || i.Title == "" || i.Title == host || i.Version == "" {
			t.Errorf("%s: %+v, %v", name, i, err)
		}
		checkSound(t, i)
	})
	feedstest.Corpus(t, "misskey", "other", func(name, body string) {
		read++
		s, _ := serve(map[string]feedstest.Answered{"/api/meta": {Body: `{"version":"1"}`}, "/api/stats": {Body: body}})
		if i, err := s.Describe(context.Background()); err != nil || i.Users < 0 || i.Posts < 0 {
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
	t.Logf("%d recorded answers with %d notes", read, notes)
}

// readNotes reads a list of notes, or one, and returns how many there are.
func readNotes(t *testing.T, name, body string) int {
	if body[0] == '{' {
		body = "[" + body + "]"
	}
	var raw []json.RawMessage
	if err := json.Unmarshal([]byte(body), &raw); err != nil {
		t.Fatal(name, err)
	}
	s, _ := serve(map[string]feedstest.Answered{"/api/notes/local-timeline": {Body: body}, "/api/emojis": {Body: "{}"}})
	page, err := s.ServerPosts(context.Background(), feeds.Local, "")
	if err != nil || len(page.Posts) != len(raw) {
		t.Errorf("%s: not all of %d notes, %v", name, len(raw), err)
		return 0
	}
	checkPosts(t, page.Posts)
	return len(raw)
}
