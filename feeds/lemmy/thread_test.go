package lemmy

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"vitrine/feeds"
)

func TestCommentsAreOrderedDepthFirstByTheirPaths(t *testing.T) {
	s, srv := serve(map[string]reply{"/api/v3/comment/list": remarks(
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
	equal(t, "the question", srv.requests(), "/api/v3/comment/list?limit=50&max_depth=8&post_id=1&sort=Old&type_=All")
	equal(t, "what is above", len(above), 0)
	equal(t, "what is below", ids(below), "comment:10 comment:30 comment:50 comment:20 comment:40")
	equal(t, "the reply", *below[2].ReplyTo, feeds.ReplyTo{ID: "comment:30", Key: "https://far.example/comment/930", Handle: "bob@far.example", Self: true})
	equal(t, "the parent of the first", below[0].Sightings[0].ParentID, "1")
}

func TestCommentsThatDontFitAreBorneWith(t *testing.T) {
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
			s, _ := serve(map[string]reply{"/api/v3/comment/list": remarks(c.list...)})
			_, below, err := s.Context(context.Background(), "1")
			if err != nil {
				t.Fatal(err)
			}
			equal(t, "what is below", ids(below), c.want)
			for _, p := range below {
				if p.Deleted && len(p.Body.Blocks) > 0 {
					t.Error("a deleted comment has a text")
				}
			}
		})
	}
}

func TestADiscussionOfManyPagesIsReadToItsEnd(t *testing.T) {
	const question = "/api/v3/comment/list?limit=50&max_depth=8%s&post_id=1&sort=Old&type_=All"
	var first, second []string
	for i := range treePage {
		first = append(first, remark(fmt.Sprintf("0.%d", 100+i), "12:00:00", ""))
	}
	second = append(second, remark("0.100.200", "12:00:00", ""))
	s, srv := serve(map[string]reply{
		fmt.Sprintf(question, ""):        remarks(first...),
		fmt.Sprintf(question, "&page=2"): remarks(second...),
	})
	_, below, err := s.Context(context.Background(), "1")
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "the number of comments", len(below), treePage+1)
	equal(t, "the second", ids(below[1:2]), "comment:200")
	equal(t, "the questions", srv.requests(), fmt.Sprintf(question+"\n"+question, "", "&page=2"))

	// A server that sends the same again, as it does when it ignores pages, is asked no more.
	s, srv = serve(map[string]reply{"/api/v3/comment/list": remarks(first...)})
	if _, below, err = s.Context(context.Background(), "1"); err != nil {
		t.Fatal(err)
	}
	equal(t, "the number of comments", len(below), treePage)
	equal(t, "the number of questions", strings.Count(srv.requests(), "\n"), 1)

	// One that sends a whole tree at once isn't asked again, and very long ones are cut.
	for i := range 2 * maxComments {
		first = append(first, remark(fmt.Sprintf("0.%d", 1000+i), "12:00:00", ""))
	}
	s, srv = serve(map[string]reply{"/api/v3/comment/list": remarks(first...)})
	if _, below, err = s.Context(context.Background(), "1"); err != nil {
		t.Fatal(err)
	}
	equal(t, "the number of comments", len(below), maxComments)
	equal(t, "the number of questions", strings.Count(srv.requests(), "\n"), 0)
}

func TestAroundACommentAreItsPostAndTheCommentsThatLeadToIt(t *testing.T) {
	s, _ := serve(map[string]reply{
		"/api/v3/comment?id=30": {body: `{"comment_view":` + remark("0.10.20.30", "12:03:00", "") + `}`},
		"/api/v3/comment?id=20": {body: `{"comment_view":` + remark("0.10.20", "12:02:00", `,"deleted":true`) + `}`},
		"/api/v3/comment?id=10": {body: `{"comment_view":` + remark("0.10", "12:01:00", "") + `}`},
		"/api/v3/post?id=1":     {body: `{"post_view":` + link("1", "12:00:00", "") + `}`},
		"/api/v3/comment/list?limit=50&max_depth=8&parent_id=30&sort=Old&type_=All": remarks(
			remark("0.10.20.30", "12:03:00", ""), remark("0.10.20.30.40", "12:04:00", "")),
	})
	above, below, err := s.Context(context.Background(), "comment:30")
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "what is above", ids(above), "1 comment:10 comment:20†")
	equal(t, "what is below", ids(below), "comment:40")
	equal(t, "what the one below answers", below[0].ReplyTo.Key, "https://far.example/comment/930")
}

func TestAHoleAboveACommentIsNoFailure(t *testing.T) {
	s, _ := serve(map[string]reply{
		"/api/v3/comment?id=30": {body: `{"comment_view":` + remark("0.10.30", "12:03:00", "") + `}`},
		"/api/v3/comment/list":  remarks(),
	})
	above, below, err := s.Context(context.Background(), "comment:30")
	if err != nil || len(above)+len(below) > 0 {
		t.Errorf("%v, %v, %v", above, below, err)
	}
}

func TestPieFedSendsATree(t *testing.T) {
	inner := remark("0.10.20", "12:02:00", "")
	outer := remark("0.10", "12:01:00", "")
	outer = outer[:len(outer)-1] + `,"replies":[` + inner + `]}`
	s, srv := serveQuirks(Quirks{Dialect: PieFed}, map[string]reply{
		"/api/alpha/post/replies?limit=50&max_depth=8&post_id=1&sort=Old":        {body: `{"comments":[` + outer + `],"next_page":"2"}`},
		"/api/alpha/post/replies?limit=50&max_depth=8&page=2&post_id=1&sort=Old": {body: `{"comments":[` + remark("0.30", "12:03:00", "") + `],"next_page":null}`},
	})
	_, below, err := s.Context(context.Background(), "1")
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "what is below", ids(below), "comment:10 comment:20 comment:30")
	equal(t, "the number of questions", strings.Count(srv.requests(), "\n"), 1)
}

func TestVersion1NamesTheNextPage(t *testing.T) {
	const question = "/api/v4/comment/list?limit=50&max_depth=8%s&post_id=1&sort=old&type_=all"
	s, _ := serveQuirks(Quirks{Version: "1.0.2"}, map[string]reply{
		fmt.Sprintf(question, ""):                 {body: `{"items":[` + remark("0.10", "12:01:00", "") + `],"next_page":"Cx"}`},
		fmt.Sprintf(question, "&page_cursor=Cx"):  {body: `{"items":[` + remark("0.20", "12:01:00", "") + `],"next_page":"Cy"}`},
		fmt.Sprintf(question, "&page_cursor=Cy"):  {body: `{"items":[]}`},
		fmt.Sprintf(question, "&page_cursor=oop"): {status: 500},
	})
	_, below, err := s.Context(context.Background(), "1")
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "what is below", ids(below), "comment:10 comment:20")
}

func TestACommentListThatFailsIsAFailureOfItsFirstPageOnly(t *testing.T) {
	s, _ := serve(map[string]reply{"/api/v3/comment/list": {status: 502, body: "<html>"}})
	_, _, err := s.Context(context.Background(), "1")
	wantKind(t, err, feeds.ServerError)
	s, _ = serve(map[string]reply{"/api/v3/comment/list": {body: `{"error_":1}`}})
	_, _, err = s.Context(context.Background(), "1")
	wantKind(t, err, feeds.BadData)
	s, _ = serve(map[string]reply{"/api/v3/comment/list": remarks(`{}`)})
	_, _, err = s.Context(context.Background(), "1")
	wantKind(t, err, feeds.BadData)
	s, _ = serve(nil)
	_, _, err = s.Context(context.Background(), "1/2")
	wantKind(t, err, feeds.NotFound)
}
