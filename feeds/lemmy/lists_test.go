package lemmy

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

// many is a full page of posts with the ids from first on, a minute between each.
func many(first int) []string {
	var list []string
	for i := range listLimit {
		list = append(list, link(fmt.Sprint(first+i), fmt.Sprintf("11:%02d:00", 59-i), ""))
	}
	return list
}

func next(page feedstest.Answered, cursor string) feedstest.Answered {
	page.Body = page.Body[:len(page.Body)-1] + `,"next_page":` + cursor + `}`
	return page
}

func TestEachAPIIsAskedForTheServersPostsInItsWords(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		quirks Quirks
		scope  feeds.Scope
		page   feedstest.Answered
		asked  string
		older  feeds.Cursor
		again  string // what is asked for the page below
	}{
		"Lemmy 0.18": {Quirks{Version: "0.18.5"}, feeds.Local, posts(many(1)...),
			"/api/v3/post/list?limit=20&sort=New&type_=Local", "page:2", "/api/v3/post/list?limit=20&page=2&sort=New&type_=Local"},
		"the end of Lemmy 0.18": {Quirks{Version: "0.18.5"}, feeds.Federated, posts(many(1)[1:]...),
			"/api/v3/post/list?limit=20&sort=New&type_=All", "", ""},
		"Lemmy 0.19": {Quirks{Version: "0.19.3"}, feeds.Federated, next(posts(link("1", "12:00:00", "")), `"P1f"`),
			"/api/v3/post/list?limit=20&sort=New&type_=All", "after:P1f", "/api/v3/post/list?limit=20&page_cursor=P1f&sort=New&type_=All"},
		"Lemmy 1.0": {Quirks{Version: "1.0.0-beta.1"}, feeds.Local, next(posts(link("1", "12:00:00", "")), `"Px"`),
			"/api/v4/post/list?limit=20&sort=new&type_=local", "after:Px", "/api/v4/post/list?limit=20&page_cursor=Px&sort=new&type_=local"},
		"its other name for a list": {Quirks{Version: "1.0.0"}, feeds.Local, feedstest.Answered{Body: `{"items":[` + link("1", "12:00:00", "") + `]}`},
			"/api/v4/post/list?limit=20&sort=new&type_=local", "", ""},
		"PieFed": {Quirks{Dialect: PieFed}, feeds.Local, next(posts(link("1", "12:00:00", "")), `"2"`),
			"/api/alpha/post/list?limit=20&sort=New&type_=Local", "page:2", "/api/alpha/post/list?limit=20&page=2&sort=New&type_=Local"},
		"PieFed with a number": {Quirks{Dialect: PieFed}, feeds.Local, next(posts(link("1", "12:00:00", "")), `2`),
			"/api/alpha/post/list?limit=20&sort=New&type_=Local", "page:2", "/api/alpha/post/list?limit=20&page=2&sort=New&type_=Local"},
		"the end of PieFed": {Quirks{Dialect: PieFed}, feeds.Local, next(posts(many(1)...), `null`),
			"/api/alpha/post/list?limit=20&sort=New&type_=Local", "", ""},
		"an empty page": {Quirks{Version: "0.19.3"}, feeds.Local, next(posts(), `"P1f"`),
			"/api/v3/post/list?limit=20&sort=New&type_=Local", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			s, srv := serveQuirks(c.quirks, map[string]feedstest.Answered{c.asked: c.page})
			page, err := s.ServerPosts(context.Background(), c.scope, "")
			if err != nil {
				t.Fatal(err)
			}
			feedstest.Equal(t, "the question", srv.Asked(), c.asked)
			feedstest.Equal(t, "the cursor", page.Older, c.older)
			feedstest.Equal(t, "the number of entries", len(page.Entries), len(page.Posts))
			if c.again != "" {
				_, _ = s.ServerPosts(context.Background(), c.scope, page.Older)
				feedstest.Equal(t, "the question below", srv.Asked(), c.again)
			}
		})
	}
}

func TestTheFirstBetasOfVersion1AreAskedInTheirWords(t *testing.T) {
	t.Parallel()
	list := posts(link("1", "12:00:00", ""))
	s, srv := serveQuirks(Quirks{Version: "1.0.0-beta.0"}, map[string]feedstest.Answered{
		"/api/v4/post/list": {Status: 400, Body: `{"error":"unknown","message":"unknown variant"}`},
		"/api/v4/post/list?limit=20&sort=New&type_=Local":                        list,
		"/api/v4/post/list?limit=20&sort=Top&time_range_seconds=86400&type_=All": list,
		"/api/v4/community/list?limit=20&sort=ActiveMonthly&type_=Local":         {Body: `{"communities":[]}`},
		"/api/v4/post/list?limit=20&sort=top&time_range_seconds=86400&type_=all": {Status: 400},
		"/api/v4/community/list?limit=20&sort=active_monthly&type_=local":        {Status: 400},
	})
	if _, err := s.ServerPosts(context.Background(), feeds.Local, ""); err != nil {
		t.Fatal(err)
	}
	srv.Asked()
	_, err1 := s.TrendingPosts(context.Background(), "")
	_, _, err2 := s.Directory(context.Background(), feeds.ActiveFirst, "")
	if err1 != nil || err2 != nil {
		t.Error(err1, err2)
	}
	feedstest.Equal(t, "the number of questions", strings.Count(srv.Asked(), "\n"), 1)

	// What isn't understood in either is refused, and asked for once in each.
	s, srv = serveQuirks(Quirks{Version: "1.0.0"}, map[string]feedstest.Answered{"/api/v4/post/list": {Status: 400}, "/api/v4/post": {Status: 400}})
	_, err := s.ServerPosts(context.Background(), feeds.Local, "")
	feedstest.Kind(t, err, host, feeds.BadData)
	_, err = s.Post(context.Background(), "1")
	feedstest.Kind(t, err, host, feeds.BadData)
	feedstest.Equal(t, "the number of questions", strings.Count(srv.Asked(), "\n"), 2)
}

func TestAServerThatStaysOnAPageIsAtItsEnd(t *testing.T) {
	t.Parallel()
	for cursor, q := range map[feeds.Cursor]Quirks{"after:P1": {Version: "0.19.3"}, "page:2": {Dialect: PieFed}} {
		page := next(posts(link("1", "12:00:00", "")), `"P1"`)
		if q.Dialect == PieFed {
			page = next(posts(link("1", "12:00:00", "")), `2`)
		}
		s, _ := serveQuirks(q, map[string]feedstest.Answered{base(q.Dialect) + "/post/list": page})
		got, err := s.ServerPosts(context.Background(), feeds.Local, cursor)
		if err != nil {
			t.Fatal(err)
		}
		feedstest.Equal(t, "the cursor", got.Older, "")
	}
}

func TestACursorThatIsNoneIsNotFound(t *testing.T) {
	t.Parallel()
	for _, c := range []feeds.Cursor{"x", "page:", "page:-1", "page:0", "page:1x", "after:"} {
		s, srv := serve(nil)
		_, err := s.ServerPosts(context.Background(), feeds.Local, c)
		feedstest.Kind(t, err, host, feeds.NotFound)
		feedstest.Equal(t, "the questions", srv.Asked(), "")
	}
}

func TestWhatIsKeptOnTopDoesntBreakTheOrderOfTime(t *testing.T) {
	t.Parallel()
	const onTop = `,"featured_local":true,"featured_community":true`
	s, _ := serve(map[string]feedstest.Answered{"/api/v3/post/list": posts(
		link("1", "01:00:00", onTop), link("2", "11:30:00", onTop), link("3", "12:00:00", ""), link("4", "11:00:00", ""))})
	page, err := s.ServerPosts(context.Background(), feeds.Local, "")
	if err != nil {
		t.Fatal(err)
	}
	feedstest.Equal(t, "the posts", feedstest.IDs(page.Posts), "3 2 4")
	feedstest.Equal(t, "the first entry", page.Entries[0], feeds.Entry{Key: "https://lemmy.example/post/3", At: page.Posts[0].Published, WrapperID: "3"})

	top, err := s.Pinned(context.Background(), &feeds.Author{Host: host, ID: "c:7", User: "cats", Domain: host, Group: true})
	if err != nil {
		t.Fatal(err)
	}
	feedstest.Equal(t, "what is on top", feedstest.IDs(top.Posts), "1 2")
	feedstest.Equal(t, "the mark", top.Entries[0].Pinned && top.Older == "", true)

	trends, err := s.TrendingPosts(context.Background(), "")
	if err != nil {
		t.Fatal(err)
	}
	feedstest.Equal(t, "the trends", feedstest.IDs(trends.Posts), "1 2 3 4")
}

func TestOneBrokenPostCostsNoOther(t *testing.T) {
	t.Parallel()
	s, _ := serve(map[string]feedstest.Answered{"/api/v3/post/list": posts(`7`, `{}`, `{"post":{"id":{}}}`, link("1", "12:00:00", ""), link("2", "12:00:00", `,"deleted":true`))})
	page, err := s.ServerPosts(context.Background(), feeds.Local, "")
	if err != nil {
		t.Fatal(err)
	}
	feedstest.Equal(t, "the posts", feedstest.IDs(page.Posts), "1")

	s, _ = serve(map[string]feedstest.Answered{"/api/v3/post/list": posts(`7`, `{}`)})
	_, err = s.ServerPosts(context.Background(), feeds.Local, "")
	feedstest.Kind(t, err, host, feeds.BadData)

	s, _ = serve(map[string]feedstest.Answered{"/api/v3/post/list": posts(link("2", "12:00:00", `,"removed":true`))})
	if page, err = s.ServerPosts(context.Background(), feeds.Local, ""); err != nil || len(page.Posts) > 0 {
		t.Errorf("%v, %v", page, err)
	}
}

func TestTrendsAreWhatGotMostVotesWithinADay(t *testing.T) {
	t.Parallel()
	s, srv := serve(map[string]feedstest.Answered{"/api/v3/post/list": posts(link("1", "12:00:00", ""))})
	_, _ = s.TrendingPosts(context.Background(), "")
	feedstest.Equal(t, "the question", srv.Asked(), "/api/v3/post/list?limit=20&sort=TopDay&type_=All")
	s, srv = serveQuirks(Quirks{Version: "1.0.0"}, nil)
	_, _ = s.TrendingPosts(context.Background(), "")
	feedstest.Equal(t, "the question", srv.Asked(), "/api/v4/post/list?limit=20&sort=top&time_range_seconds=86400&type_=all")
}

func TestASearchFindsCommunitiesAndPersons(t *testing.T) {
	t.Parallel()
	community := `{"community":` + cats + `,"counts":{"subscribers":12,"posts":3}}`
	person := `{"person":` + ada + `,"counts":{"post_count":4}}`
	s, srv := serve(map[string]feedstest.Answered{
		"/api/v3/search?limit=20&listing_type=All&q=ca&sort=TopAll&type_=Communities": {Body: `{"type_":"Communities","comments":[],"posts":[],"communities":[` + community + `],"users":[]}`},
		"/api/v3/search?limit=20&listing_type=All&q=ca&sort=TopAll&type_=Users":       {Body: `{"type_":"Users","comments":[],"posts":[],"communities":[],"users":[7,` + person + `]}`},
	})
	found, err := s.SearchAccounts(context.Background(), "ca")
	if err != nil {
		t.Fatal(err)
	}
	feedstest.Equal(t, "what was found", len(found), 2)
	feedstest.Equal(t, "the community", found[0].ID+" "+fmt.Sprint(found[0].Group, found[0].Counts.Followers, found[0].Counts.Posts), "c:7 true 12 3")
	feedstest.Equal(t, "the person", found[1].ID+" "+fmt.Sprint(found[1].Group, found[1].Counts.Followers, found[1].Counts.Posts), "u:3 false -1 4")
	feedstest.Equal(t, "the number of questions", strings.Count(srv.Asked(), "\n"), 1)

	// One half is better than nothing.
	s, _ = serve(map[string]feedstest.Answered{
		"/api/v3/search": {Status: 500},
		"/api/v3/search?limit=20&listing_type=All&q=ca&sort=TopAll&type_=Users": {Body: `{"users":[` + person + `]}`},
	})
	if found, err = s.SearchAccounts(context.Background(), "ca"); err != nil || len(found) != 1 {
		t.Errorf("%v, %v", found, err)
	}
	s, _ = serve(map[string]feedstest.Answered{"/api/v3/search": {Status: 500}})
	_, err = s.SearchAccounts(context.Background(), "ca")
	feedstest.Kind(t, err, host, feeds.ServerError)

	// Version 1.0 has one list for all.
	s, _ = serveQuirks(Quirks{Version: "1.0.0"}, map[string]feedstest.Answered{
		"/api/v4/search?limit=20&q=ca&sort=top&type_=communities": {Body: `{"search":[{"type_":"community","community":` + cats + `}]}`},
		"/api/v4/search?limit=20&q=ca&sort=top&type_=users":       {Body: `{"items":[{"type_":"person","person":` + ada + `}]}`},
	})
	if found, err = s.SearchAccounts(context.Background(), "ca"); err != nil || len(found) != 2 {
		t.Errorf("%v, %v", found, err)
	}
}

func TestTheDirectoryListsTheServersCommunities(t *testing.T) {
	t.Parallel()
	list := feedstest.Answered{Body: `{"communities":[{"community":` + cats + `,"counts":{"subscribers":12}},{"community":{"id":8,"name":"hidden","visibility":"Private"}}]}`}
	for _, c := range []struct {
		question string
		order    feeds.DirectoryOrder
		q        Quirks
	}{
		{"/api/v3/community/list?limit=20&sort=TopMonth&type_=Local", feeds.ActiveFirst, Quirks{Version: "0.19.3"}},
		{"/api/alpha/community/list?limit=20&sort=Active&type_=Local", feeds.ActiveFirst, Quirks{Dialect: PieFed}},
		{"/api/v4/community/list?limit=20&sort=active_monthly&type_=local", feeds.ActiveFirst, Quirks{Version: "1.0.0"}},
		{"/api/v3/community/list?limit=20&sort=New&type_=Local", feeds.NewestFirst, Quirks{Version: "0.19.3"}},
		{"/api/alpha/community/list?limit=20&sort=New&type_=Local", feeds.NewestFirst, Quirks{Dialect: PieFed}},
		{"/api/v4/community/list?limit=20&sort=new&type_=local", feeds.NewestFirst, Quirks{Version: "1.0.0"}},
	} {
		s, srv := serveQuirks(c.q, map[string]feedstest.Answered{c.question: list})
		people, older, err := s.Directory(context.Background(), c.order, "")
		if err != nil {
			t.Fatal(err)
		}
		feedstest.Equal(t, "the question", srv.Asked(), c.question)
		feedstest.Equal(t, "the cursor", older, "")
		if len(people) != 1 || !people[0].Group {
			t.Errorf("%+v", people)
		}
	}
}

func TestPostsAreSearchedNewestFirst(t *testing.T) {
	t.Parallel()
	for question, q := range map[string]Quirks{
		"/api/v3/search?limit=20&listing_type=All&q=tea&sort=New&type_=Posts":    {Version: "0.19.3"},
		"/api/alpha/search?limit=20&listing_type=All&q=tea&sort=New&type_=Posts": {Dialect: PieFed},
		"/api/v4/search?limit=20&q=tea&sort=new&type_=posts":                     {Version: "1.0.0"},
	} {
		s, srv := serveQuirks(q, map[string]feedstest.Answered{question: {Body: `{"posts":[],"items":[]}`}})
		page, err := s.SearchPosts(t.Context(), "tea", "")
		if err != nil || len(page.Posts) != 0 || srv.Asked() != question {
			t.Errorf("%s: %+v, %v", question, page, err)
		}
	}
}
