package misskey

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

// corpusChecks say by kind how a body is read, and what is wrong with the outcome.
var corpusChecks = map[string]func(body string) error{
	"note":     readNotes,
	"notes":    readNotes,
	"account":  readAccount,
	"instance": readMeta,
	"other":    readStats,
	"error":    readError,
}

// TestCorpus reads every recorded answer of Misskey's API.
func TestCorpus(t *testing.T) {
	t.Parallel()
	recorded := feedstest.Corpus(t, []string{"misskey"}, slices.Sorted(maps.Keys(corpusChecks))...)
	feedstest.CheckCorpus(t, recorded, nil, func(r feedstest.Recording) error { return corpusChecks[r.Kind](r.Body) })
}

// readNotes reads a list of notes, or one.
func readNotes(body string) error {
	if body[0] == '{' {
		body = "[" + body + "]"
	}
	var raw []json.RawMessage
	if err := json.Unmarshal([]byte(body), &raw); err != nil {
		return err
	}
	s, _ := serve(map[string]feedstest.Answered{"/api/notes/local-timeline": {Body: body}, "/api/emojis": {Body: "{}"}})
	page, err := s.ServerPosts(context.Background(), feeds.Local, "")
	if err != nil {
		return err
	}
	if len(page.Posts) != len(raw) {
		return fmt.Errorf("%d of %d notes", len(page.Posts), len(raw))
	}
	return feedstest.CheckPage(host, page)
}

func readAccount(body string) error {
	s, _ := serve(map[string]feedstest.Answered{"/api/users/show": {Body: body}, "/api/emojis": {Body: "{}"}})
	a, err := s.Profile(context.Background(), "x", host)
	if err != nil {
		return err
	}
	if a.Name == "" || a.Avatar == "" {
		return errors.New("an account without a name or a picture")
	}
	return feedstest.CheckAuthors(host, a)
}

func readMeta(body string) error {
	s, _ := serve(map[string]feedstest.Answered{"/api/meta": {Body: body}})
	i, err := s.Describe(context.Background())
	if err != nil {
		return err
	}
	if i.Title == "" || i.Title == host || i.Version == "" {
		return errors.New("a server without a name or a version")
	}
	return feedstest.CheckInstance(host, i)
}

func readStats(body string) error {
	s, _ := serve(map[string]feedstest.Answered{"/api/meta": {Body: `{"version":"1"}`}, "/api/stats": {Body: body}})
	i, err := s.Describe(context.Background())
	if err == nil && (i.Users < 0 || i.Posts < 0) {
		return errors.New("the numbers are missing")
	}
	return err
}

func readError(body string) error {
	s, _ := serve(map[string]feedstest.Answered{"/api/notes/show": {Status: 400, Body: body}})
	if _, err := s.Post(context.Background(), "x"); feeds.KindOf(err) != feeds.NotFound {
		return fmt.Errorf("it is %w", err)
	}
	return nil
}
