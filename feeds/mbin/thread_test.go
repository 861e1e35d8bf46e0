package mbin

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

// with is a comment with what is below it.
func with(comment string, below ...string) string {
	return strings.TrimSuffix(comment, "}") + `,"children":[` + strings.Join(below, ",") + `]}`
}

func gone(comment string) string { return strings.Replace(comment, `"visible"`, `"soft_deleted"`, 1) }

func TestCommentsComeAsATree(t *testing.T) {
	t.Parallel()
	s, srv := serve(map[string]feedstest.Answered{"/api/entry/1/comments": items(
		with(remark("10", "null", "null", ""), with(remark("20", "10", "10", ""), remark("30", "20", "10", ""))),
		remark("40", "null", "null", ""))})
	above, below, err := s.Context(context.Background(), "1")
	if err != nil {
		t.Fatal(err)
	}
	feedstest.Equal(t, "the question", srv.Asked(), "/api/entry/1/comments?d=8&perPage=50&sortBy=oldest")
	feedstest.Equal(t, "what is above", len(above), 0)
	feedstest.Equal(t, "what is below", feedstest.IDs(below), "comment:10 comment:20 comment:30 comment:40")
	feedstest.Equal(t, "the reply", *below[2].ReplyTo, feeds.ReplyTo{ID: "comment:20", Key: "https://far.example/comment/920", Handle: "bob@far.example", Self: true})
	feedstest.Equal(t, "the parent of the first", below[0].Sightings[0].ParentID, "1")
}

func TestCommentsThatDontFitAreBorneWith(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ list, want string }{
		"a deleted one with answers":         {with(gone(remark("10", "null", "null", "")), remark("20", "10", "10", "")), "comment:10† comment:20"},
		"a deleted one without":              {gone(remark("10", "null", "null", "")) + "," + remark("20", "null", "null", ""), "comment:20"},
		"a deleted one with deleted answers": {with(gone(remark("10", "null", "null", "")), gone(remark("20", "10", "10", ""))), ""},
		"a broken one with answers":          {with(`{"commentId":[]}`, remark("20", "10", "10", "")), "comment:20"},
		"one that comes twice":               {remark("10", "null", "null", "") + "," + remark("10", "null", "null", ""), "comment:10"},
		"one that answers itself":            {remark("10", "10", "10", ""), "comment:10"},
	} {
		t.Run(name, func(t *testing.T) {
			s, _ := serve(map[string]feedstest.Answered{"/api/entry/1/comments": items(c.list)})
			_, below, err := s.Context(context.Background(), "1")
			if err != nil {
				t.Fatal(err)
			}
			feedstest.Equal(t, "what is below", feedstest.IDs(below), c.want)
			for _, p := range below {
				if p.Deleted && (len(p.Body.Blocks) > 0 || len(p.Mentions) > 0) {
					t.Error("a deleted comment has a text")
				}
			}
		})
	}
}

func TestADiscussionOfManyPagesIsReadWithinBounds(t *testing.T) {
	t.Parallel()
	s, srv := serve(map[string]feedstest.Answered{
		"/api/posts/5/comments?d=8&perPage=50&sort=oldest":     more(remark("10", "null", "null", "")),
		"/api/posts/5/comments?d=8&p=2&perPage=50&sort=oldest": more(remark("20", "null", "null", "")),
	})
	_, below, err := s.Context(context.Background(), "post:5")
	if err != nil {
		t.Fatal(err)
	}
	feedstest.Equal(t, "what is below", feedstest.IDs(below), "comment:10 comment:20") // the third page can't be read
	feedstest.Equal(t, "the number of questions", strings.Count(srv.Asked(), "\n"), 2)

	var many []string
	for i := range maxComments + 50 {
		many = append(many, remark(fmt.Sprint(100+i), "null", "null", ""))
	}
	s, _ = serve(map[string]feedstest.Answered{"/api/posts/5/comments": items(many...)})
	if _, below, err = s.Context(context.Background(), "post:5"); err != nil || len(below) != maxComments {
		t.Errorf("%d, %v", len(below), err)
	}
}

func TestAroundACommentAreItsPostAndTheCommentsThatLeadToIt(t *testing.T) {
	t.Parallel()
	focus := with(remark("30", "20", "10", ""), remark("40", "30", "10", ""))
	s, srv := serve(map[string]feedstest.Answered{
		"/api/comments/30?d=8":  {Body: focus},
		"/api/comments/10?d=25": {Body: with(remark("10", "null", "null", ""), remark("15", "10", "10", ""), with(gone(remark("20", "10", "10", "")), focus))},
		"/api/entry/1":          {Body: entry("1", "12:00:00", "")},
	})
	above, below, err := s.Context(context.Background(), "comment:30")
	if err != nil {
		t.Fatal(err)
	}
	feedstest.Equal(t, "what is above", feedstest.IDs(above), "1 comment:10 comment:20†")
	feedstest.Equal(t, "what is below", feedstest.IDs(below), "comment:40")
	feedstest.Equal(t, "what the one below answers", below[0].ReplyTo.Key, "https://far.example/comment/930")
	feedstest.Equal(t, "the number of questions", strings.Count(srv.Asked(), "\n"), 2)

	// Too far below the comment at the top, and the post can't be read.
	s, _ = serve(map[string]feedstest.Answered{"/api/comments/30": {Body: focus}, "/api/comments/10": {Body: remark("10", "null", "null", "")}})
	if above, _, err = s.Context(context.Background(), "comment:30"); err != nil || feedstest.IDs(above) != "comment:10" {
		t.Errorf("%v, %v", feedstest.IDs(above), err)
	}
	s, _ = serve(nil)
	_, _, err = s.Context(context.Background(), "comment:30")
	feedstest.Kind(t, err, host, feeds.NotFound)
}
