package misskey

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

func TestThreadIsReadLevelByLevel(t *testing.T) {
	t.Parallel()
	s, _ := serve(map[string]feedstest.Answered{
		"/api/notes/conversation":                         {Body: "[" + noted("n2", ada, "") + "," + noted("n1", bo, "") + "]"},
		`/api/notes/children {"limit":100,"noteId":"n3"}`: {Body: "[" + noted("n4", ada, `"replyId":"n3",`) + "," + noted("q", ada, `"renoteId":"n3",`) + "]"},
		`/api/notes/children {"limit":100,"noteId":"n4"}`: {Body: "[" + noted("n5", ada, `"replyId":"n4","repliesCount":0,"createdAt":"2026-11-21T10:00:00Z",`) + "," + noted("n4", ada, `"replyId":"n3",`) + "]"},
		"/api/emojis": {Body: "{}"},
	})
	above, below, err := s.Context(context.Background(), "n3")
	if err != nil || len(above) != 2 || above[0].Sightings[0].ID != "n1" || len(below) != 2 || below[1].Sightings[0].ParentID != "n4" {
		t.Errorf("%d above, %d below, %v", len(above), len(below), err)
	}
}

// children makes a server's answers of who answers whom.
func children(replies map[string]feedstest.Answered, parent string, notes ...string) {
	replies[`/api/notes/children {"limit":100,"noteId":"`+parent+`"}`] = feedstest.Answered{Body: "[" + strings.Join(notes, ",") + "]"}
}

// answering is a note that answers another one and has so many answers.
func answering(id, parent string, answers int) string {
	return noted(id, bo, fmt.Sprintf(`"replyId":%q,"repliesCount":%d,`, parent, answers))
}

func ids(posts []*feeds.Post) string {
	var all []string
	for _, p := range posts {
		all = append(all, p.Sightings[0].ID)
	}
	slices.Sort(all)
	return strings.Join(all, " ")
}

func TestQuotesAndStrayAnswersAreNoAnswers(t *testing.T) {
	t.Parallel()
	replies := map[string]feedstest.Answered{"/api/notes/conversation": {Body: "[]"}}
	children(replies, "n1", answering("n2", "n1", 0), noted("q1", bo, `"renoteId":"n1",`), answering("q2", "x9", 0), answering("n1", "n1", 5),
		answering("n2", "n1", 0), noted("n3", bo, `"replyId":"n1","isHidden":true,"repliesCount":0,`), `7`, `{"id":"n4","replyId":"n1"}`)
	s, n := serve(replies)
	_, below, err := s.Context(context.Background(), "n1")
	if err != nil || ids(below) != "n2" {
		t.Errorf("%s, %v", ids(below), err)
	}
	if asked := questions(n); len(asked) != 2 {
		t.Errorf("asked %q", asked)
	}
}

func TestSeveralLevelsAtOnceAreNotAskedForAgain(t *testing.T) {
	t.Parallel()
	replies := map[string]feedstest.Answered{"/api/notes/conversation": {Body: "[]"}}
	children(replies, "n1", answering("n4", "n3", 0), answering("n3", "n2", 1), answering("n2", "n1", 1))
	s, n := serve(replies)
	_, below, err := s.Context(context.Background(), "n1")
	if err != nil || ids(below) != "n2 n3 n4" {
		t.Errorf("%s, %v", ids(below), err)
	}
	if asked := questions(n); len(asked) != 2 {
		t.Errorf("asked %q", asked)
	}
}

func TestManyAnswersAreReadInParts(t *testing.T) {
	t.Parallel()
	var first []string
	for i := range answersAtOnce {
		first = append(first, answering(fmt.Sprintf("a%03d", 999-i), "n1", 0))
	}
	replies := map[string]feedstest.Answered{
		"/api/notes/conversation": {Body: "[]"},
		`/api/notes/children {"limit":100,"noteId":"n1","untilId":"a900"}`: {Body: "[" + answering("a001", "n1", 0) + "]"},
	}
	children(replies, "n1", first...)
	s, _ := serve(replies)
	if _, below, err := s.Context(context.Background(), "n1"); err != nil || len(below) != answersAtOnce+1 {
		t.Errorf("%d, %v", len(below), err)
	}
}

func TestAThreadCostsNoMoreThanItsBounds(t *testing.T) {
	t.Parallel()
	replies := map[string]feedstest.Answered{"/api/notes/conversation": {Body: "[]"}}
	var wide []string
	for i := range 40 {
		wide = append(wide, answering(fmt.Sprintf("w%02d", i), "n1", i))
		children(replies, fmt.Sprintf("w%02d", i), answering(fmt.Sprintf("x%02d", i), fmt.Sprintf("w%02d", i), 1))
	}
	children(replies, "n1", wide...)
	s, n := serve(replies)
	_, below, err := s.Context(context.Background(), "n1")
	if err != nil || len(below) != 40+mostQuestions-1 {
		t.Errorf("%d, %v", len(below), err)
	}
	asked := questions(n)
	if len(asked) != mostQuestions+1 {
		t.Errorf("%d questions", len(asked))
	}
	if all := strings.Join(asked, " "); !strings.Contains(all, `"w39"`) || strings.Contains(all, `"w05"`) {
		t.Errorf("not those with the most answers: %s", all)
	}
}

func TestACircleOfAnswersEnds(t *testing.T) {
	t.Parallel()
	replies := map[string]feedstest.Answered{"/api/notes/conversation": {Body: "[]"}}
	children(replies, "n1", answering("n2", "n3", 3), answering("n3", "n2", 3))
	children(replies, "n2", answering("n3", "n2", 3), answering("n2", "n3", 3))
	children(replies, "n3", answering("n2", "n3", 3))
	s, n := serve(replies)
	if _, below, err := s.Context(context.Background(), "n1"); err != nil || ids(below) != "n2 n3" {
		t.Errorf("%s, %v", ids(below), err)
	}
	if asked := questions(n); len(asked) != 4 {
		t.Errorf("asked %q", asked)
	}
}

func TestWhatCouldBeReadIsThereBesideAnError(t *testing.T) {
	t.Parallel()
	busy := feedstest.Answered{Status: 500, Body: refusal("INTERNAL_ERROR")}
	full := map[string]feedstest.Answered{"/api/notes/conversation": {Body: "[" + noted("n0", bo, "") + "]"}}
	children(full, "n1", answering("n2", "n1", 1), answering("n3", "n1", 1))
	children(full, "n2", answering("n4", "n2", 0))
	children(full, "n3", answering("n5", "n3", 0))
	for _, c := range []struct {
		fails, above, below string
		want                feeds.Kind
	}{
		{"/api/notes/conversation", "", "n2 n3 n4 n5", feeds.ServerError},
		{`/api/notes/children {"limit":100,"noteId":"n1"}`, "n0", "", feeds.ServerError},
		{`/api/notes/children {"limit":100,"noteId":"n2"}`, "n0", "n2 n3 n5", ""},
	} {
		replies := map[string]feedstest.Answered{}
		for q, a := range full {
			replies[q] = a
		}
		replies[c.fails] = busy
		s, _ := serve(replies)
		above, below, err := s.Context(context.Background(), "n1")
		if feeds.KindOf(err) != c.want || ids(above) != c.above || ids(below) != c.below {
			t.Errorf("without %s: %s, %s, %v", c.fails, ids(above), ids(below), err)
		}
	}
}
