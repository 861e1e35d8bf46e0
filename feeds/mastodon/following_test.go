package mastodon

import (
	"context"
	"strings"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

func TestWhomSomebodyFollowsGoesOnByTheLinkHeader(t *testing.T) {
	t.Parallel()
	s, _ := serve(map[string]feedstest.Answered{
		"/api/v1/accounts/lookup?acct=ada%40far.example": {Body: `{"id":"7","username":"ada","acct":"ada@far.example","following_count":2}`},
		"/api/v1/accounts/7/following?limit=80": {
			Body:   `[{"id":"8","username":"bo","acct":"bo"}]`,
			Header: map[string]string{"link": `<https://social.example/api/v1/accounts/7/following?limit=80&max_id=555>; rel="next", <https://social.example/api/v1/accounts/7/following?since_id=9>; rel="prev"`},
		},
		"/api/v1/accounts/7/following?limit=80&max_id=555": {Body: `[{"id":"9","username":"cy","acct":"cy@far.example"}]`},
	})
	var handles []string
	var c feeds.Cursor
	a := &feeds.Author{Host: "far.example", ID: "1", User: "ada", Domain: "far.example"}
	for {
		people, next, err := s.Following(context.Background(), a, c)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range people {
			handles = append(handles, p.Handle())
		}
		if c = next; c == "" {
			break
		}
	}
	feedstest.Equal(t, "followed", strings.Join(handles, " "), "bo@social.example cy@far.example")
}

func TestAListThatItsOwnerHidesIsRefused(t *testing.T) {
	t.Parallel()
	for _, g := range []struct {
		count int
		reply feedstest.Answered
		want  feeds.Kind
	}{
		{12, feedstest.Answered{Body: `[]`}, feeds.Refused},
		{0, feedstest.Answered{Body: `[]`}, ""},
		{-1, feedstest.Answered{Body: `[]`}, ""},
		{12, feedstest.Answered{Status: 401, Body: `{"error":"Unauthorized: token not supplied"}`}, feeds.NeedsLogin},
		{12, feedstest.Answered{Body: `[{"id":7},{"x":1}]`}, feeds.BadData},
		{12, feedstest.Answered{Status: 404, Body: `{"error":"Record not found"}`}, feeds.NotFound},
	} {
		s, _ := serve(map[string]feedstest.Answered{"/api/v1/accounts/7/following": g.reply})
		a := &feeds.Author{Host: host, ID: "7", Counts: feeds.AuthorCounts{Following: g.count}}
		if people, next, err := s.Following(context.Background(), a, ""); feeds.KindOf(err) != g.want || len(people) > 0 || next != "" {
			t.Errorf("%+v: %v, %q, %v", g, people, next, err)
		}
	}
}
