package misskey

import (
	"context"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

func TestTrendsAndPeople(t *testing.T) {
	t.Parallel()
	s, _ := serve(map[string]feedstest.Answered{
		"/api/hashtags/trend":  {Body: `[{"tag":"tea","chart":[3,2],"usersCount":4},{"tag":""}]`},
		"/api/hashtags/search": {Body: `["tea","teapot"]`},
		"/api/users":           {Body: `[` + ada + `,{"id":"x","username":"shy","isExplorable":false}]`},
	})
	tags, err := s.TrendingTags(context.Background())
	if err != nil || len(tags) != 1 || tags[0].History[0].Uses != 5 || tags[0].History[0].People != 4 {
		t.Errorf("%+v, %v", tags, err)
	}
	if found, err := s.SearchTags(context.Background(), "#te"); err != nil || len(found) != 2 {
		t.Errorf("%+v, %v", found, err)
	}
	if people, _, err := s.Directory(context.Background(), feeds.ActiveFirst, ""); err != nil || len(people) != 1 {
		t.Errorf("%+v, %v", people, err)
	}
}

func TestPeopleHaveTheServersEmoji(t *testing.T) {
	t.Parallel()
	s, n := serve(map[string]feedstest.Answered{"/api/users/search": {Body: "[" + ada + "," + bo + "]"}, "/api/emojis": {Body: `{"emojis":[{"name":"lamp","url":"/lamp.png"}]}`}})
	people, err := s.SearchAccounts(context.Background(), "a")
	if err != nil || len(people) != 2 || len(people[0].Emoji) != 1 {
		t.Errorf("%+v, %v", people, err)
	}
	if asked := questions(n); asked[1] != `/api/users/search {"detail":true,"limit":20,"query":"a"}` {
		t.Errorf("asked %q", asked)
	}
}

func TestPeopleWhoAreAllBrokenAreBadData(t *testing.T) {
	t.Parallel()
	for _, body := range []string{`[{"id":"u1"}]`, `{"error":"x"}`, `null`, `"x"`} {
		s, _ := serve(map[string]feedstest.Answered{"/api/users": {Body: body}})
		if people, _, err := s.Directory(context.Background(), feeds.ActiveFirst, ""); feeds.KindOf(err) != feeds.BadData {
			t.Errorf("%s: %+v, %v", body, people, err)
		}
	}
}

func TestDirectoryGoesOnByCounting(t *testing.T) {
	t.Parallel()
	full := "[" + ada
	for range olderLimit - 1 {
		full += "," + bo
	}
	s, n := serve(map[string]feedstest.Answered{"/api/users": {Body: full + "]"}, "/api/emojis": {Body: "{}"}})
	_, next, err := s.Directory(context.Background(), feeds.ActiveFirst, "40")
	if err != nil || next != "80" {
		t.Errorf("%q, %v", next, err)
	}
	if asked := questions(n); asked[1] != `/api/users {"limit":40,"offset":40,"origin":"local","sort":"+follower","state":"alive"}` {
		t.Errorf("asked %q", asked)
	}
	if _, _, err = s.Directory(context.Background(), feeds.NewestFirst, ""); err != nil {
		t.Error(err)
	}
	if asked := questions(n); asked[len(asked)-1] != `/api/users {"limit":40,"offset":0,"origin":"local","sort":"+createdAt","state":"alive"}` {
		t.Errorf("asked %q", asked)
	}
}

func TestTagsLeadToTheServersPages(t *testing.T) {
	t.Parallel()
	s, _ := serve(map[string]feedstest.Answered{"/api/hashtags/search": {Body: `["#湾",""," ",7]`}})
	tags, err := s.SearchTags(context.Background(), "x")
	if err != nil || len(tags) != 1 || tags[0] != (feeds.Tag{Name: "湾", URL: "https://mk.example/tags/%E6%B9%BE"}) {
		t.Errorf("%+v, %v", tags, err)
	}
}

func TestNotesAreSearchedWhereGuestsMay(t *testing.T) {
	t.Parallel()
	s, n := serve(map[string]feedstest.Answered{"/api/notes/search": {Body: "[]"}})
	page, err := s.SearchPosts(t.Context(), "tea", "")
	if asked := n.Asked(); err != nil || len(page.Posts) != 0 || asked != `/api/notes/search {"limit":20,"query":"tea"}` {
		t.Errorf("%+v, %v, asked %s", page, err, asked)
	}
	s, _ = serve(map[string]feedstest.Answered{"/api/notes/search": {Status: 400, Body: refusal("UNAVAILABLE")}})
	if _, err := s.SearchPosts(t.Context(), "tea", ""); feeds.KindOf(err) != feeds.NeedsLogin {
		t.Errorf("%v", err)
	}
}
