package misskey

import (
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/feedstest"
)

func TestTheVersionsOfANoteAreRead(t *testing.T) {
	replies := map[string]feedstest.Answered{
		"/api/notes/show": {Body: noted("n1", ada, `"text":"three","updatedAt":"2026-11-22T10:00:00.000Z",`)},
		"/api/notes/versions": {Body: `[{"updatedAt":"2026-11-22T10:00:00.000Z","text":"two"},{"updatedAt":"soon","text":"broken"},
			{"updatedAt":"2026-11-21T10:00:00.000Z","text":"one"}]`},
		"/api/emojis": {Body: "{}"},
	}
	s, _ := serve(replies)
	versions, err := s.Edits(t.Context(), "n1")
	if err != nil || len(versions) != 3 {
		t.Fatalf("%d versions, %v", len(versions), err)
	}
	for i, want := range []string{"one", "two", "three"} {
		if v := versions[i]; content.PlainText(v.Body) != want || v.Published.Day() != 20+i || !v.Edited.IsZero() {
			t.Errorf("version %d: %q of %v", i, content.PlainText(v.Body), v.Published)
		}
	}
	if _, err := s.Edits(t.Context(), "n/1"); err == nil {
		t.Error("no id is asked for")
	}
	misskey := New(&feedstest.Network{Replies: replies}, feedstest.NewClock(), host, Quirks{Software: "misskey"})
	_, err = misskey.Edits(t.Context(), "n1")
	feedstest.Kind(t, err, host, feeds.Unsupported)
}

func TestTheVersionsOfANoteAtCherryPickHaveTheirWarnings(t *testing.T) {
	replies := map[string]feedstest.Answered{
		"/api/notes/show":    {Body: noted("n1", ada, `"text":"two","updatedAt":"2026-11-21T10:00:00.000Z",`)},
		"/api/notes/history": {Body: `[{"id":"h1","noteId":"n1","createdAt":"2026-11-20T10:00:00.000Z","updatedAt":"2026-11-21T10:00:00.000Z","text":"one","cw":"rain"}]`},
		"/api/emojis":        {Body: "{}"},
	}
	s := New(&feedstest.Network{Replies: replies}, feedstest.NewClock(), host, Quirks{Software: "cherrypick"})
	versions, err := s.Edits(t.Context(), "n1")
	if err != nil || len(versions) != 2 {
		t.Fatalf("%d versions, %v", len(versions), err)
	}
	if one, two := versions[0], versions[1]; content.PlainText(one.Body) != "one" || one.Warning != "rain" || content.PlainText(two.Body) != "two" || two.Warned || two.Published.Day() != 21 {
		t.Errorf("%q behind %q, then %q of %v", content.PlainText(one.Body), one.Warning, content.PlainText(two.Body), two.Published)
	}
}
