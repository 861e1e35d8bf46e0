package lemmy

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

func TestCommentsAreOrderedDepthFirstByTheirPaths(t *testing.T) {
	t.Parallel()
	s, srv := serve(map[string]feedstest.Answered{"/api/v3/comment/list": remarks(
		remark("0.10", "12:01:00", ""),
		remark("0.20", "12:02:00", ""),
		remark("0.10.30", "12:03:00", ""),
		remark("0.20.40", "12:04:00", ""),
		remark("0.10.30.50", "12:05:00", ""),
	)})
	above, below, err := s.Context(context.Background(), "1")
	if err != nil {
		t.Fatal(err)
	}
	feedstest.Equal(t, "the question", srv.Asked(), "/api/v3/comment/list?limit=50&max_depth=8&post_id=1&sort=Old&type_=All")
	feedstest.Equal(t, "what is above", len(above), 0)
	feedstest.Equal(t, "what is below", feedstest.IDs(below), "comment:10 comment:30 comment:50 comment:20 comment:40")
	feedstest.Equal(t, "the reply", *below[2].ReplyTo, feeds.ReplyTo{ID: "comment:30", Key: "https://far.example/comment/930", Handle: "bob@far.example", Self: true})
	feedstest.Equal(t, "the parent of the first", below[0].Sightings[0].ParentID, "1")
}

func TestCommentsThatDontFitAreBorneWith(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		list []string
		want string
	}{
		"a parent is missing":                  {[]string{remark("0.5.10", "12:01:00", ""), remark("0.5.10.20", "12:02:00", "")}, "comment:10 comment:20"},
		"a deleted one with answers":           {[]string{remark("0.10", "12:01:00", `,"deleted":true`), remark("0.10.20", "12:02:00", "")}, "comment:10† comment:20"},
		"a removed one with answers":           {[]string{remark("0.10", "12:01:00", `,"removed":true`), remark("0.10.20", "12:02:00", "")}, "comment:10† comment:20"},
		"a deleted one without":                {[]string{remark("0.10", "12:01:00", `,"deleted":true`), remark("0.30", "12:02:00", "")}, "comment:30"},
		"a deleted one with deleted answers":   {[]string{remark("0.10", "12:01:00", `,"deleted":true`), remark("0.10.20", "12:02:00", `,"deleted":true`)}, ""},
		"one that comes twice":                 {[]string{remark("0.10", "12:01:00", ""), remark("0.10", "12:01:00", "")}, "comment:10"},
		"answers come before what they answer": {[]string{remark("0.10.20", "12:02:00", ""), remark("0.10", "12:01:00", "")}, "comment:10 comment:20"},
		"a circle":                             {[]string{remark("0.20.10", "12:02:00", ""), remark("0.10.20", "12:01:00", ""), remark("0.30", "12:01:00", "")}, "comment:30"},
		"one is broken":                        {[]string{`7`, `{"comment":{"id":[]}}`, remark("0.10", "12:01:00", "")}, "comment:10"},
	} {
		t.Run(name, func(t *testing.T) {
			s, _ := serve(map[string]feedstest.Answered{"/api/v3/comment/list": remarks(c.list...)})
			_, below, err := s.Context(context.Background(), "1")
			if err != nil {
				t.Fatal(err)
			}
			feedstest.Equal(t, "what is below", feedstest.IDs(below), c.want)
			for _, p := range below {
				if p.Deleted && len(p.Body.Blocks) > 0 {
					t.Error("a deleted comment has a text")
				}
			}
		})
	}
}

func TestADiscussionOfManyPagesIsReadToItsEnd(t *testing.T) {
	t.Parallel()
	const question = "/api/v3/comment/list?limit=50&max_depth=8%s&post_id=1&sort=Old&type_=All"
	var first, second []string
	for i := range treePage {
		first = append(first, remark(fmt.Sprintf("0.%d", 100+i), "12:00:00", ""))
	}
	second = append(second, remark("0.100.200", "12:00:00", ""))
	s, srv := serve(map[string]feedstest.Answered{
		fmt.Sprintf(question, ""):        remarks(first...),
		fmt.Sprintf(question, "&page=2"): remarks(second...),
	})
	_, below, err := s.Context(context.Background(), "1")
	if err != nil {
		t.Fatal(err)
	}
	feedstest.Equal(t, "the number of comments", len(below), treePage+1)
	feedstest.Equal(t, "the second", feedstest.IDs(below[1:2]), "comment:200")
	feedstest.Equal(t, "the questions", srv.Asked(), fmt.Sprintf(question+"\n"+question, "", "&page=2"))

	// A server that sends the same again, as it does when it ignores pages, is asked no more.
	s, srv = serve(map[string]feedstest.Answered{"/api/v3/comment/list": remarks(first...)})
	if _, below, err = s.Context(context.Background(), "1"); err != nil {
		t.Fatal(err)
	}
	feedstest.Equal(t, "the number of comments", len(below), treePage)
	feedstest.Equal(t, "the number of questions", strings.Count(srv.Asked(), "\n"), 1)

	// One that sends a whole tree at once isn't asked again, and very long ones are cut.
	for i := range 2 * maxComments {
		first = append(first, remark(fmt.Sprintf("0.%d", 1000+i), "12:00:00", ""))
	}
	s, srv = serve(map[string]feedstest.Answered{"/api/v3/comment/list": remarks(first...)})
	if _, below, err = s.Context(context.Background(), "1"); err != nil {
		t.Fatal(err)
	}
	feedstest.Equal(t, "the number of comments", len(below), maxComments)
	feedstest.Equal(t, "the number of questions", strings.Count(srv.Asked(), "\n"), 0)
}

func TestAroundACommentAreItsPostAndTheCommentsThatLeadToIt(t *testing.T) {
	t.Parallel()
	s, _ := serve(map[string]feedstest.Answered{
		"/api/v3/comment?id=30": {Body: `{"comment_view":` + remark("0.10.20.30", "12:03:00", "") + `}`},
		"/api/v3/comment?id=20": {Body: `{"comment_view":` + remark("0.10.20", "12:02:00", `,"deleted":true`) + `}`},
		"/api/v3/comment?id=10": {Body: `{"comment_view":` + remark("0.10", "12:01:00", "") + `}`},
		"/api/v3/post?id=1":     {Body: `{"post_view":` + link("1", "12:00:00", "") + `}`},
		"/api/v3/comment/list?limit=50&max_depth=8&parent_id=30&sort=Old&type_=All": remarks(
			remark("0.10.20.30", "12:03:00", ""), remark("0.10.20.30.40", "12:04:00", "")),
	})
	above, below, err := s.Context(context.Background(), "comment:30")
	if err != nil {
		t.Fatal(err)
	}
	feedstest.Equal(t, "what is above", feedstest.IDs(above), "1 comment:10 comment:20†")
	feedstest.Equal(t, "what is below", feedstest.IDs(below), "comment:40")
	feedstest.Equal(t, "what the one below answers", below[0].ReplyTo.Key, "https://far.example/comment/930")
}

func TestAHoleAboveACommentIsNoFailure(t *testing.T) {
	t.Parallel()
	s, _ := serve(map[string]feedstest.Answered{
		"/api/v3/comment?id=30": {Body: `{"comment_view":` + remark("0.10.30", "12:03:00", "") + `}`},
		"/api/v3/comment/list":  remarks(),
	})
	above, below, err := s.Context(context.Background(), "comment:30")
	if err != nil || len(above)+len(below) > 0 {
		t.Errorf("%v, %v, %v", above, below, err)
	}
}

func TestPieFedSendsATree(t *testing.T) {
	t.Parallel()
	inner := remark("0.10.20", "12:02:00", "")
	outer := remark("0.10", "12:01:00", "")
	outer = outer[:len(outer)-1] + `,"replies":[` + inner + `]}`
	s, srv := serveQuirks(Quirks{Dialect: PieFed}, map[string]feedstest.Answered{
		"/api/alpha/post/replies?limit=50&max_depth=8&post_id=1&sort=Old":        {Body: `{"comments":[` + outer + `],"next_page":"2"}`},
		"/api/alpha/post/replies?limit=50&max_depth=8&page=2&post_id=1&sort=Old": {Body: `{"comments":[` + remark("0.30", "12:03:00", "") + `],"next_page":null}`},
	})
	_, below, err := s.Context(context.Background(), "1")
	if err != nil {
		t.Fatal(err)
	}
	feedstest.Equal(t, "what is below", feedstest.IDs(below), "comment:10 comment:20 comment:30")
	feedstest.Equal(t, "the number of questions", strings.Count(srv.Asked(), "\n"), 1)
}

func TestVersion1NamesTheNextPage(t *testing.T) {
	t.Parallel()
	const question = "/api/v4/comment/list?limit=50&max_depth=8%s&post_id=1&sort=old&type_=all"
	s, _ := serveQuirks(Quirks{Version: "1.0.2"}, map[string]feedstest.Answered{
		fmt.Sprintf(question, ""):                 {Body: `{"items":[` + remark("0.10", "12:01:00", "") + `],"next_page":"Cx"}`},
		fmt.Sprintf(question, "&page_cursor=Cx"):  {Body: `{"items":[` + remark("0.20", "12:01:00", "") + `],"next_page":"Cy"}`},
		fmt.Sprintf(question, "&page_cursor=Cy"):  {Body: `{"items":[]}`},
		fmt.Sprintf(question, "&page_cursor=oop"): {Status: 500},
	})
	_, below, err := s.Context(context.Background(), "1")
	if err != nil {
		t.Fatal(err)
	}
	feedstest.Equal(t, "what is below", feedstest.IDs(below), "comment:10 comment:20")
}

func TestACommentListThatFailsIsAFailureOfItsFirstPageOnly(t *testing.T) {
	t.Parallel()
	s, _ := serve(map[string]feedstest.Answered{"/api/v3/comment/list": {Status: 502, Body: "<html>"}})
	_, _, err := s.Context(context.Background(), "1")
	feedstest.Kind(t, err, host, feeds.ServerError)
	s, _ = serve(map[string]feedstest.Answered{"/api/v3/comment/list": {Body: `{"error_":1}`}})
	_, _, err = s.Context(context.Background(), "1")
	feedstest.Kind(t, err, host, feeds.BadData)
	s, _ = serve(map[string]feedstest.Answered{"/api/v3/comment/list": remarks(`{}`)})
	_, _, err = s.Context(context.Background(), "1")
	feedstest.Kind(t, err, host, feeds.BadData)
	s, _ = serve(nil)
	_, _, err = s.Context(context.Background(), "1/2")
	feedstest.Kind(t, err, host, feeds.NotFound)
}
