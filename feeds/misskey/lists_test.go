package misskey

import (
	"context"
	"strings"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

func TestListHasBoostsAndLeavesOutWhatIsNotForGuests(t *testing.T) {
	t.Parallel()
	list := "[" + strings.Join([]string{
		noted("n5", ada, ""), noted("n4", bo, `"text":"","renoteId":"n1","createdAt":"2026-11-20T11:00:00Z","renote":`+noted("n1", ada, "")+`,`),
		noted("n3", ada, `"isHidden":true,`), noted("n2", ada, `"visibility":"followers",`), `{"id":"n1","user":7}`, `7`, noted("n0", ada, `"visibility":"specified",`),
	}, ",") + "]"
	s, n := serve(map[string]feedstest.Answered{"/api/notes/local-timeline": {Body: list}, "/api/emojis": {Status: 404}})
	page, err := s.ServerPosts(context.Background(), feeds.Local, "")
	if err != nil || len(page.Entries) != 2 || page.Older != "n0" {
		t.Fatalf("%+v, %v", page, err)
	}
	if e := page.Entries[1]; e.BoostedBy == nil || e.BoostedBy.User != "bo" || e.WrapperID != "n4" || e.At.Hour() != 11 || e.Key != "https://mk.example/notes/n1" {
		t.Errorf("%+v", e)
	}
	if asked := n.Asked(); !strings.HasPrefix(asked, `/api/notes/local-timeline {"limit":20}`) {
		t.Errorf("asked %s", asked)
	}
	if _, err := s.ServerPosts(context.Background(), feeds.Local, "n0"); err != nil || n.Asked() != `/api/notes/local-timeline {"limit":40,"untilId":"n0"}` {
		t.Errorf("%v", err)
	}
}

func TestListEndsWithAnEmptyPage(t *testing.T) {
	t.Parallel()
	hidden := "[" + noted("n3", ada, `"visibility":"followers",`) + "]"
	for name, c := range map[string]struct {
		answer feedstest.Answered
		older  feeds.Cursor
	}{
		"nothing":                    {feedstest.Answered{Body: "[]"}, ""},
		"no content":                 {feedstest.Answered{Status: 204}, ""},
		"nothing for guests":         {feedstest.Answered{Body: hidden}, "n3"},
		"a server that doesn't move": {feedstest.Answered{Body: "[" + noted("n4", ada, "") + "]"}, ""},
	} {
		s, _ := serve(map[string]feedstest.Answered{"/api/notes/local-timeline": c.answer, "/api/emojis": {Body: "{}"}})
		page, err := s.ServerPosts(context.Background(), feeds.Local, "n4")
		if err != nil || page.Older != c.older {
			t.Errorf("%s: %+v, %v", name, page, err)
		}
	}
}

func TestListOfBrokenNotesIsBadData(t *testing.T) {
	t.Parallel()
	for _, body := range []string{`[{"id":"n1"}]`, `[{"id":"n1"},7,{"user":` + ada + `}]`, `{}`, `{"error":"x"}`, `[7]x`} {
		s, _ := serve(map[string]feedstest.Answered{"/api/notes/search-by-tag": {Body: body}})
		if page, err := s.TagPosts(context.Background(), "#tea", feeds.TagChoice{}, ""); feeds.KindOf(err) != feeds.BadData {
			t.Errorf("%s: %+v, %v", body, page, err)
		}
	}
}

func TestTagIsAskedForWithoutItsSign(t *testing.T) {
	t.Parallel()
	s, n := serve(map[string]feedstest.Answered{"/api/notes/search-by-tag": {Body: "[]"}})
	_, err := s.TagPosts(context.Background(), "#tea", feeds.TagChoice{}, "n5")
	if asked := n.Asked(); err != nil || asked != `/api/notes/search-by-tag {"limit":40,"tag":"tea","untilId":"n5"}` {
		t.Errorf("asked %s, %v", asked, err)
	}
	_, err = s.TagPosts(context.Background(), "tea", feeds.TagChoice{Any: []string{"mate"}, All: []string{"hot"}, None: []string{"ad"}}, "")
	if asked := n.Asked(); err != nil || asked != `/api/notes/search-by-tag {"limit":20,"query":[["tea","hot"],["mate","hot"]]}` {
		t.Errorf("of several asked %s, %v", asked, err)
	}
}

func TestFeaturedNotesGoOnForOldAndNewVersions(t *testing.T) {
	t.Parallel()
	s, n := serve(map[string]feedstest.Answered{
		`/api/notes/featured {"limit":20}`:                           {Body: "[" + noted("n9", bo, "") + "," + noted("n7", bo, `"isHidden":true,`) + "]"},
		`/api/notes/featured {"limit":40,"offset":2,"untilId":"n7"}`: {Body: "[" + noted("n5", bo, "") + "]"},
		`/api/notes/featured {"limit":40,"offset":3,"untilId":"n5"}`: {Body: "[]"},
	})
	var c feeds.Cursor
	read := 0
	for range 3 {
		page, err := s.TrendingPosts(context.Background(), c)
		if err != nil {
			t.Fatalf("%v, asked %s", err, n.Asked())
		}
		c, read = page.Older, read+len(page.Posts)
	}
	if read != 2 || c != "" {
		t.Errorf("%d notes, then %q", read, c)
	}
	s, n = serve(map[string]feedstest.Answered{"/api/notes/featured": {Body: "[]"}})
	for _, odd := range []feeds.Cursor{"n5", "-3 n5", "x n5", " "} {
		if _, err := s.TrendingPosts(context.Background(), odd); err != nil || strings.Contains(n.Asked(), "offset") {
			t.Errorf("%q: %v", odd, err)
		}
	}
}
