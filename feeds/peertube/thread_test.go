package peertube

import (
	"context"
	"strings"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/feedstest"
)

// talk is a video with two threads: 1, with 2 below it that was deleted, 3 below that and 4 below 1; and 5 alone.
func talk() map[string]feedstest.Answered {
	return map[string]feedstest.Answered{
		"/api/v1/videos/short1": {Body: film(1, "")},
		"/api/v1/videos/short1/comment-threads": {Body: listOf(4, remark(5, 5, "null", ""), remark(1, 1, "null", `"totalReplies":3`),
			remark(6, 6, "null", `"isDeleted":true,"account":null,"text":""`), remark(7, 7, "null", `"heldForReview":true`))},
		"/api/v1/videos/short1/comment-threads/1": {Body: branch(remark(1, 1, "null", `"totalReplies":3`),
			branch(remark(2, 1, "1", `"isDeleted":true,"account":null`), branch(remark(3, 1, "2", ""))),
			branch(remark(4, 1, "1", `"text":"<p>Hi</p>"`)))},
	}
}

func idsOf(posts []*feeds.Post) string {
	var ids []string
	for _, p := range posts {
		ids = append(ids, p.Sightings[0].ID+"<"+p.Sightings[0].ParentID)
	}
	return strings.Join(ids, " ")
}

func TestThreadsOfAVideoAreBelowIt(t *testing.T) {
	t.Parallel()
	s, srv := serve(talk())
	above, below, err := s.Context(context.Background(), "short1")
	if err != nil || len(above) != 0 {
		t.Fatalf("%v, %v", above, err)
	}
	const want = "comment:short1:5:5<short1 comment:short1:1:1<short1 comment:short1:1:3<comment:short1:1:2 comment:short1:1:4<comment:short1:1:1"
	if got := idsOf(below); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got := srv.Asked(); strings.Count(got, "\n") != 2 {
		t.Errorf("asked %s", got)
	}
	if p := below[3]; content.PlainText(p.Body) != "Hi" || p.Author.Handle() != "ada@video.example" || p.Author.Group || p.Key != "https://video.example/videos/watch/1/comments/4" || !p.Sightings[0].Origin {
		t.Errorf("%+v", p)
	}
	if below[0].ReplyTo.Key != "https://video.example/videos/watch/00000000-0000-4000-8000-000000000001" {
		t.Errorf("%+v", below[0].ReplyTo)
	}
}

func TestThreadWhoseAnswersCannotBeReadIsThereWithoutThem(t *testing.T) {
	t.Parallel()
	replies := talk()
	replies["/api/v1/videos/short1/comment-threads/1"] = feedstest.Answered{Status: 500}
	s, _ := serve(replies)
	_, below, err := s.Context(context.Background(), "short1")
	if got := idsOf(below); err != nil || got != "comment:short1:5:5<short1 comment:short1:1:1<short1" {
		t.Errorf("%s, %v", got, err)
	}
}

func TestVideoWithoutCommentsCostsNoFurtherRequest(t *testing.T) {
	t.Parallel()
	s, srv := serve(map[string]feedstest.Answered{"/api/v1/videos/short1": {Body: film(1, `"comments":0`)}})
	above, below, err := s.Context(context.Background(), "short1")
	if err != nil || len(above)+len(below) != 0 || srv.Asked() != "/api/v1/videos/short1" {
		t.Errorf("%v, %v, %v", above, below, err)
	}
}

func TestCommentIsReadWithWhatIsAroundIt(t *testing.T) {
	t.Parallel()
	s, _ := serve(talk())
	ctx := context.Background()
	for _, tt := range []struct{ id, above, below string }{
		{"comment:short1:1:1", "short1<", "comment:short1:1:3<comment:short1:1:2 comment:short1:1:4<comment:short1:1:1"},
		{"comment:short1:1:4", "short1< comment:short1:1:1<short1", ""},
	} {
		p, err := s.Post(ctx, tt.id)
		if err != nil || p.Sightings[0].ID != tt.id {
			t.Fatalf("%+v, %v", p, err)
		}
		above, below, err := s.Context(ctx, tt.id)
		if err != nil {
			t.Fatal(err)
		}
		if a, b := idsOf(above), idsOf(below); a != tt.above || b != tt.below {
			t.Errorf("%s: above %s, below %s", tt.id, a, b)
		}
	}
	if _, err := s.Post(ctx, "comment:short1:1:2"); feeds.KindOf(err) != feeds.NotFound {
		t.Errorf("a deleted comment: %v", err)
	}
}

func TestIDsThatWouldBeAnotherPathAreNotAsked(t *testing.T) {
	t.Parallel()
	s, srv := serve(nil)
	for _, id := range []string{"", ".", "..", "comment:", "comment:1", "comment:1:2", "comment:..:2:3", "comment:1:2:3:4"} {
		if _, err := s.Post(context.Background(), id); feeds.KindOf(err) != feeds.NotFound {
			t.Errorf("%q: %v", id, err)
		}
	}
	if got := srv.Asked(); got != "" {
		t.Errorf("asked %s", got)
	}
}
