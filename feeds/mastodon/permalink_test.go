package mastodon

import (
	"fmt"
	"strings"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/feedstest"
)

// shot is a post as Pixelfed's own requests give it.
func shot(id, account string, replies int) string {
	return fmt.Sprintf(`{"id":%q,"uri":"https://social.example/p/%[2]s/%[1]s","url":"https://social.example/p/%[2]s/%[1]s","created_at":"2026-01-01T10:00:00.000000Z",
		"content":"Tea %[1]s","visibility":"public","reply_count":%[3]d,"pf_type":"photo",
		"account":{"id":"1%[2]s","username":%[2]q,"acct":%[2]q,"url":"https://social.example/%[2]s"},
		"media_attachments":[{"id":"1","type":"image","url":"https://social.example/%[1]s.jpg","license":null}]}`, id, account, replies)
}

func TestAPostIsReadByItsPage(t *testing.T) {
	t.Parallel()
	s, n := serveQuirks(Quirks{Permalinks: true}, map[string]feedstest.Answered{
		"/api/v1/statuses/12":                         {Status: 500, Body: `{"error":"Unauthenticated."}`},
		"/api/v2/profile/ada/status/12":               {Body: `{"status":` + shot("12", "ada", 3) + `}`},
		"/api/v2/profile/ada/status/13":               {Body: `{"status":` + shot("12", "ada", 3) + `}`},
		"/api/v2/profile/ada/status/14":               {Status: 403, Body: `{"error":"Unauthorized"}`},
		"/api/v2/comments/1ada/status/12?limit=50":    {Body: `{"data":[` + shot("20", "bob", 1) + `,` + shot("21", "cyn", 0) + `],"meta":{}}`},
		"/api/v2/comments/1bob/status/20?limit=50":    {Body: `{"data":[` + shot("30", "ada", 0) + `],"meta":{}}`},
		"/api/v2/profile/quiet/status/15":             {Body: `{"status":` + shot("15", "quiet", 0) + `}`},
		"/api/v2/comments/1quiet/status/15?limit=50/": {},
	})
	_, err := s.Post(t.Context(), "12")
	feedstest.Kind(t, err, host, feeds.NeedsLogin)
	for _, at := range []string{"https://social.example/p/ada/12", "/p/ada/12"} {
		p, err := s.Post(t.Context(), at)
		if err != nil || content.PlainText(p.Body) != "Tea 12" || p.Sightings[0].ID != "12" || len(p.Media) != 1 || p.Counts.Replies != 3 {
			t.Fatalf("%+v, %v", p, err)
		}
	}
	n.URLs()
	_, below, err := s.Context(t.Context(), "/p/ada/12")
	if got := idsOf(below); err != nil || got != "20 21 30" || below[2].Sightings[0].ParentID != "20" || below[0].Sightings[0].ParentID != "12" {
		t.Errorf("%s, %v", got, err)
	}
	if asked := n.URLs(); strings.Contains(asked, "/profile/") {
		t.Errorf("whose post it is was known: %s", asked)
	}
	if _, below, err := s.Context(t.Context(), "/p/quiet/15"); err != nil || len(below) > 0 {
		t.Errorf("one that wants no comments: %d, %v", len(below), err)
	}
	_, err = s.Post(t.Context(), "/p/ada/13")
	feedstest.Kind(t, err, host, feeds.NotFound)
	_, err = s.Post(t.Context(), "/p/ada/14")
	feedstest.Kind(t, err, host, feeds.NeedsLogin)
	for _, id := range []string{"https://other.example/p/ada/12", "/p/ada", "/p/ada/x", "/p//12", "/@ada/12", "12"} {
		if s.ReadsPage(id) {
			t.Errorf("%s is read as a page", id)
		}
	}
	if other, _ := serve(nil); other.ReadsPage("/p/ada/12") {
		t.Error("pages of others are read")
	}
}

func TestAMemberIsReadByTheAccountOfTheirPosts(t *testing.T) {
	t.Parallel()
	closed := feedstest.Answered{Status: 500, Body: `{"error":"Unauthenticated."}`}
	s, _ := serveQuirks(Quirks{Permalinks: true}, map[string]feedstest.Answered{
		"/api/v1/accounts/lookup?acct=Ada":        closed,
		"/api/v1/accounts/1ada/statuses":          closed,
		"/api/v2/profile/ada/status/12":           {Body: `{"status":` + shot("12", "ada", 0) + `}`},
		"/api/pixelfed/v1/accounts/1ada":          {Body: `{"id":"1ada","username":"ada","acct":"ada","display_name":"Ada","url":"https://social.example/ada"}`},
		"/api/pixelfed/v1/accounts/1ada/statuses": {Body: "[" + shot("12", "ada", 0) + "," + shot("11", "ada", 0) + "]"},
	})
	_, err := s.Profile(t.Context(), "Ada", host)
	feedstest.Kind(t, err, host, feeds.NeedsLogin)
	if _, err := s.Post(t.Context(), "/p/ada/12"); err != nil {
		t.Fatal(err)
	}
	ada, err := s.Profile(t.Context(), "Ada", host)
	if err != nil || ada.Name != "Ada" || ada.ID != "1ada" {
		t.Fatalf("%+v, %v", ada, err)
	}
	page, err := s.ProfilePosts(t.Context(), ada, feeds.ProfileFilter{}, "")
	if err != nil || idsOf(page.Posts) != "12 11" || page.Older != "11" {
		t.Errorf("%+v, %v", page, err)
	}
	pinned, err := s.Pinned(t.Context(), ada)
	if err != nil || len(pinned.Entries) != 2 || !pinned.Entries[0].Pinned {
		t.Errorf("%+v, %v", pinned, err)
	}
}
