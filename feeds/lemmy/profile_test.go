package lemmy

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/feedstest"
)

const (
	catsView = `{"community_view":{"community":` + cats + `,"counts":{"subscribers":12,"posts":3}},"moderators":[]}`
	adaView  = `{"person_view":{"person":` + ada + `,"counts":{"post_count":4,"comment_count":9}},"posts":[],"comments":[]}`
)

func TestAHandleNamesACommunityOrAPerson(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		quirks       Quirks
		user, domain string
		replies      map[string]feedstest.Answered
		id           string
		asked        string
	}{
		"a person": {Quirks{Version: "0.19.3"}, "ada", host, map[string]feedstest.Answered{"/api/v3/user": {Body: adaView}},
			"u:3", "/api/v3/user?limit=1&username=ada"},
		"a person from elsewhere": {Quirks{Version: "0.19.3"}, "ada", "Far.Example", map[string]feedstest.Answered{"/api/v3/user": {Body: adaView}},
			"u:3", "/api/v3/user?limit=1&username=ada%40far.example"},
		"a community": {Quirks{Version: "0.19.3"}, "!cats", host, map[string]feedstest.Answered{"/api/v3/community": {Body: catsView}},
			"c:7", "/api/v3/community?name=cats"},
		"a community from elsewhere": {Quirks{Version: "0.19.3"}, "!cats", "far.example", map[string]feedstest.Answered{"/api/v3/community": {Body: catsView}},
			"c:7", "/api/v3/community?name=cats%40far.example"},
		"a community without its mark": {Quirks{Version: "0.19.3"}, "cats", host, map[string]feedstest.Answered{
			"/api/v3/user": {Status: 404, Body: `{"error":"couldnt_find_user"}`}, "/api/v3/community": {Body: catsView}},
			"c:7", "/api/v3/user?limit=1&username=cats\n/api/v3/community?name=cats"},
		"Lemmy 1.0": {Quirks{Version: "1.0.0"}, "ada", host, map[string]feedstest.Answered{"/api/v4/person": {Body: adaView}},
			"u:3", "/api/v4/person?username=ada"},
		"PieFed": {Quirks{Dialect: PieFed}, "!cats", host, map[string]feedstest.Answered{"/api/alpha/community": {Body: catsView}},
			"c:7", "/api/alpha/community?name=cats"},
	} {
		t.Run(name, func(t *testing.T) {
			s, srv := serveQuirks(c.quirks, c.replies)
			a, err := s.Profile(context.Background(), c.user, c.domain)
			if err != nil {
				t.Fatal(err)
			}
			feedstest.Equal(t, "the questions", srv.Asked(), c.asked)
			feedstest.Equal(t, "the id", a.ID, c.id)
			feedstest.Equal(t, "being a group", a.Group, strings.HasPrefix(c.id, "c:"))
			feedstest.Equal(t, "the domain", a.Domain, host)
		})
	}
}

func TestAProfileTellsWhatItsServerTells(t *testing.T) {
	t.Parallel()
	s, _ := serve(map[string]feedstest.Answered{"/api/v3/community": {Body: catsView}, "/api/v3/user": {Body: adaView}})
	c, err := s.Profile(context.Background(), "!cats", host)
	if err != nil {
		t.Fatal(err)
	}
	feedstest.Equal(t, "the name", c.User+" "+c.Name, "cats All the cats")
	feedstest.Equal(t, "the followers", c.Counts, feeds.AuthorCounts{Posts: 3, Followers: 12, Following: -1})
	feedstest.Equal(t, "the page", c.URL, "https://lemmy.example/c/cats")
	feedstest.Equal(t, "the picture", c.Avatar, "https://lemmy.example/pictrs/image/cats.png")
	if !strings.Contains(content.PlainText(c.Bio), "Cats") {
		t.Error("the description is missing")
	}
	p, err := s.Profile(context.Background(), "ada", host)
	if err != nil {
		t.Fatal(err)
	}
	feedstest.Equal(t, "the posts", p.Counts.Posts, 4)
	feedstest.Equal(t, "the day", p.Joined.Format("2006-01-02"), "2023-06-12")
}

func TestNobodyIsNotFound(t *testing.T) {
	t.Parallel()
	s, _ := serve(map[string]feedstest.Answered{
		"/api/v3/user":      {Status: 400, Body: `{"error":"couldnt_find_that_username_or_email"}`},
		"/api/v3/community": {Status: 404, Body: `{"error":"couldnt_find_community"}`},
	})
	_, err := s.Profile(context.Background(), "nobody", host)
	feedstest.Kind(t, err, host, feeds.NotFound)
	feedstest.Equal(t, "what was asked first", feeds.AsError(err).Op, "GET /api/v3/user")
	for _, body := range []string{`{}`, `{"person_view":{}}`, `{"person_view":{"person":{"id":3,"name":"a@b"}}}`, `{"person_view":{"person":{"id":"x","name":"a"}}}`} {
		s, _ = serve(map[string]feedstest.Answered{"/api/v3/user": {Body: body}})
		_, err = s.Profile(context.Background(), "ada", host)
		feedstest.Kind(t, err, host, feeds.BadData)
	}
	s, _ = serve(map[string]feedstest.Answered{"/api/v3/community": {Body: strings.Replace(catsView, `"Public"`, `"Private"`, 1)}})
	_, err = s.Profile(context.Background(), "!cats", host)
	feedstest.Kind(t, err, host, feeds.NeedsLogin)
}

func TestWhoIsGoneSaysSo(t *testing.T) {
	t.Parallel()
	s, _ := serve(map[string]feedstest.Answered{
		"/api/v3/user":      {Body: strings.Replace(adaView, `"deleted":false`, `"deleted":true`, 1)},
		"/api/v3/community": {Body: strings.Replace(catsView, `"removed":false`, `"removed":true`, 1)},
	})
	p, err1 := s.Profile(context.Background(), "ada", host)
	c, err2 := s.Profile(context.Background(), "!cats", host)
	if err1 != nil || err2 != nil {
		t.Fatal(err1, err2)
	}
	feedstest.Equal(t, "the person", p.Gone, feeds.Gone)
	feedstest.Equal(t, "the community", c.Gone, feeds.Refused)
}

func TestWhatModeratorsDecidedIsTold(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		quirks       Quirks
		route        string
		body         string
		banned, mods bool
		unlisted     bool
	}{
		"a banned person":              {Quirks{Version: "0.19.3"}, "/api/v3/user", strings.Replace(adaView, `"banned":false`, `"banned":true`, 1), true, false, false},
		"a ban that has an end":        {Quirks{Version: "0.19.3"}, "/api/v3/user", strings.Replace(adaView, `"banned":false`, `"banned":true,"ban_expires":"2100-01-01T00:00:00Z"`, 1), true, false, false},
		"a ban that is over":           {Quirks{Version: "0.19.3"}, "/api/v3/user", strings.Replace(adaView, `"banned":false`, `"banned":true,"ban_expires":"2020-01-01T00:00:00Z"`, 1), false, false, false},
		"a banned person of Lemmy 1.0": {Quirks{Version: "1.0.0"}, "/api/v4/person", strings.Replace(adaView, `"counts"`, `"banned":true,"counts"`, 1), true, false, false},
		"a banned person of PieFed":    {Quirks{Dialect: PieFed}, "/api/alpha/user", strings.Replace(adaView, `"banned":false`, `"banned":true`, 1), true, false, false},
		"moderators alone":             {Quirks{Version: "0.19.3"}, "/api/v3/community", strings.Replace(catsView, `"hidden":false`, `"posting_restricted_to_mods":true`, 1), false, true, false},
		"moderators alone, PieFed":     {Quirks{Dialect: PieFed}, "/api/alpha/community", strings.Replace(catsView, `"hidden":false`, `"restricted_to_mods":true`, 1), false, true, false},
		"a banned community, PieFed":   {Quirks{Dialect: PieFed}, "/api/alpha/community", strings.Replace(catsView, `"hidden":false`, `"banned":true`, 1), true, false, false},
		"a hidden community":           {Quirks{Version: "0.19.3"}, "/api/v3/community", strings.Replace(catsView, `"hidden":false`, `"hidden":true`, 1), false, false, true},
	} {
		t.Run(name, func(t *testing.T) {
			s, _ := serveQuirks(c.quirks, map[string]feedstest.Answered{c.route: {Body: c.body}})
			user := "ada"
			if strings.HasSuffix(c.route, "community") {
				user = "!cats"
			}
			a, err := s.Profile(context.Background(), user, host)
			if err != nil {
				t.Fatal(err)
			}
			feedstest.Equal(t, "the ban", a.Banned, c.banned)
			feedstest.Equal(t, "who posts", a.ModsOnly, c.mods)
			feedstest.Equal(t, "not being suggested", a.Wishes.NotDiscoverable, c.unlisted)
			feedstest.Equal(t, "being readable", a.Gone, "")
		})
	}
}

func known(id string) *feeds.Author {
	return &feeds.Author{Host: host, ID: id, User: "ada", Domain: host, Group: strings.HasPrefix(id, "c:")}
}

func TestPostsOfACommunityAreItsOwn(t *testing.T) {
	t.Parallel()
	s, srv := serve(map[string]feedstest.Answered{"/api/v3/post/list": posts(link("1", "12:00:00", ""), link("2", "11:00:00", `,"url":"https://far.example/c.png"`))})
	page, err := s.ProfilePosts(context.Background(), known("c:7"), feeds.ProfileFilter{Replies: true}, "")
	if err != nil {
		t.Fatal(err)
	}
	feedstest.Equal(t, "the question", srv.Asked(), "/api/v3/post/list?community_id=7&limit=20&sort=New&type_=All")
	feedstest.Equal(t, "the posts", feedstest.IDs(page.Posts), "1 2")
	page, err = s.ProfilePosts(context.Background(), known("c:7"), feeds.ProfileFilter{OnlyMedia: true}, "")
	if err != nil {
		t.Fatal(err)
	}
	feedstest.Equal(t, "the posts with media", feedstest.IDs(page.Posts), "2")
	feedstest.Equal(t, "their entries", len(page.Entries), 1)
	page, err = s.ProfilePosts(context.Background(), known("c:7"), feeds.ProfileFilter{Tag: "x"}, "")
	if err != nil || len(page.Posts) > 0 {
		t.Errorf("%v, %v", page, err)
	}
}

func TestAnAuthorReadElsewhereIsLookedUp(t *testing.T) {
	t.Parallel()
	s, srv := serve(map[string]feedstest.Answered{"/api/v3/community": {Body: catsView}, "/api/v3/post/list": posts()})
	_, err := s.ProfilePosts(context.Background(), &feeds.Author{Host: "far.example", ID: "12", User: "cats", Domain: "far.example", Group: true}, feeds.ProfileFilter{}, "")
	if err != nil {
		t.Fatal(err)
	}
	feedstest.Equal(t, "the questions", srv.Asked(), "/api/v3/community?name=cats%40far.example\n/api/v3/post/list?community_id=7&limit=20&sort=New&type_=All")
}

func TestOfAPersonThereAreNoPostsOnTop(t *testing.T) {
	t.Parallel()
	s, srv := serve(nil)
	page, err := s.Pinned(context.Background(), known("u:3"))
	if err != nil || len(page.Posts) > 0 {
		t.Errorf("%v, %v", page, err)
	}
	feedstest.Equal(t, "the questions", srv.Asked(), "")
}

// personPage answers as v3 does for a person's page: posts and comments by their minutes before noon.
func personPage(posts, comments []int) feedstest.Answered {
	var p, c []string
	for _, m := range posts {
		p = append(p, link(fmt.Sprint(1000+m), fmt.Sprintf("%02d:%02d:00", 11-m/60, 59-m%60), ""))
	}
	for _, m := range comments {
		c = append(c, remark(fmt.Sprintf("0.%d", 2000+m), fmt.Sprintf("%02d:%02d:30", 11-m/60, 59-m%60), ""))
	}
	return feedstest.Answered{Body: `{"posts":[` + strings.Join(p, ",") + `],"comments":[` + strings.Join(c, ",") + `]}`}
}

func span(from, to, step int) []int {
	var all []int
	for m := from; m < to; m += step {
		all = append(all, m)
	}
	return all
}

func TestWhatAPersonWroteIsOneListInTheOrderOfTime(t *testing.T) {
	t.Parallel()
	const first = "/api/v3/user?limit=20&person_id=3&sort=New"
	const nth = "/api/v3/user?limit=20&page=%d&person_id=3&sort=New"
	// Twenty posts a quarter of an hour apart, then ten more; comments every three minutes.
	s, srv := serve(map[string]feedstest.Answered{
		first:               personPage(span(0, 300, 15), span(0, 60, 3)),
		fmt.Sprintf(nth, 2): personPage(span(300, 450, 15), span(60, 120, 3)),
		fmt.Sprintf(nth, 3): personPage(nil, span(120, 126, 3)),
	})
	var all []*feeds.Post
	var cursor feeds.Cursor
	requests := 0
	for {
		page, err := s.ProfilePosts(context.Background(), known("u:3"), feeds.ProfileFilter{Replies: true}, cursor)
		if err != nil {
			t.Fatal(err)
		}
		requests += 1 + strings.Count(srv.Asked(), "\n")
		all = append(all, page.Posts...)
		if cursor = page.Older; cursor == "" {
			break
		}
	}
	feedstest.Equal(t, "the number of posts", len(all), 30+42)
	seen := map[feeds.Key]bool{}
	for i, p := range all {
		if i > 0 && p.Published.After(all[i-1].Published) {
			t.Fatalf("%s stands below %s", p.Key, all[i-1].Key)
		}
		if seen[p.Key] {
			t.Errorf("%s comes twice", p.Key)
		}
		seen[p.Key] = true
	}
	if requests > 8 {
		t.Errorf("%d requests", requests)
	}
}

func TestAServerThatStaysOnAPageOfAPersonIsAtItsEnd(t *testing.T) {
	t.Parallel()
	s, _ := serve(map[string]feedstest.Answered{"/api/v3/user": personPage(span(0, 300, 15), span(0, 60, 3))})
	var cursor feeds.Cursor
	shown := 0
	for n := 0; n == 0 || cursor != ""; n++ {
		if n > 4 {
			t.Fatal("it has no end")
		}
		page, err := s.ProfilePosts(context.Background(), known("u:3"), feeds.ProfileFilter{Replies: true}, cursor)
		if err != nil {
			t.Fatal(err)
		}
		shown += len(page.Posts)
		cursor = page.Older
	}
	feedstest.Equal(t, "the number of posts", shown, 40)
}

func TestWithoutRepliesOnlyPostsAreRead(t *testing.T) {
	t.Parallel()
	s, srv := serve(map[string]feedstest.Answered{"/api/v3/user": personPage(span(0, 300, 15), span(0, 60, 3))})
	page, err := s.ProfilePosts(context.Background(), known("u:3"), feeds.ProfileFilter{}, "")
	if err != nil {
		t.Fatal(err)
	}
	feedstest.Equal(t, "the number of posts", len(page.Posts), 20)
	srv.Asked()
	_, _ = s.ProfilePosts(context.Background(), known("u:3"), feeds.ProfileFilter{}, page.Older)
	feedstest.Equal(t, "the question below", srv.Asked(), "/api/v3/user?limit=20&page=2&person_id=3&sort=New")

	for _, c := range []feeds.Cursor{"page:2", "1,2", "a,b,c", "-1,3,4", "0,0,9"} {
		_, err := s.ProfilePosts(context.Background(), known("u:3"), feeds.ProfileFilter{}, c)
		feedstest.Kind(t, err, host, feeds.NotFound)
	}
}

func TestPieFedHasTwoListsOfWhatAPersonWrote(t *testing.T) {
	t.Parallel()
	const of = "?limit=20&person_id=3&sort=New&type_=All"
	s, srv := serveQuirks(Quirks{Dialect: PieFed}, map[string]feedstest.Answered{
		"/api/alpha/post/list" + of:    posts(link("1", "12:00:00", ""), link("2", "10:00:00", "")),
		"/api/alpha/comment/list" + of: remarks(remark("0.9", "11:00:00", ""), remark("0.8", "10:30:00", `,"deleted":true`)),
	})
	page, err := s.ProfilePosts(context.Background(), known("u:3"), feeds.ProfileFilter{Replies: true}, "")
	if err != nil {
		t.Fatal(err)
	}
	feedstest.Equal(t, "the posts", feedstest.IDs(page.Posts), "1 comment:9 2")
	feedstest.Equal(t, "the cursor", page.Older, "")
	srv.Asked()
	page, err = s.ProfilePosts(context.Background(), known("u:3"), feeds.ProfileFilter{}, "")
	if err != nil {
		t.Fatal(err)
	}
	feedstest.Equal(t, "the posts", feedstest.IDs(page.Posts), "1 2")
	feedstest.Equal(t, "the question", srv.Asked(), "/api/alpha/post/list"+of)
}

func TestVersion1HasOneListOfWhatAPersonWrote(t *testing.T) {
	t.Parallel()
	list := feedstest.Answered{Body: `{"items":[` + link("1", "12:00:00", "") + `,` + remark("0.9", "11:00:00", "") + `],"next_page":"Nx"}`}
	s, srv := serveQuirks(Quirks{Version: "1.0.0"}, map[string]feedstest.Answered{"/api/v4/person/content": list})
	page, err := s.ProfilePosts(context.Background(), known("u:3"), feeds.ProfileFilter{Replies: true}, "")
	if err != nil {
		t.Fatal(err)
	}
	feedstest.Equal(t, "the posts", feedstest.IDs(page.Posts), "1 comment:9")
	feedstest.Equal(t, "the question", srv.Asked(), "/api/v4/person/content?limit=20&person_id=3&type_=all")
	page, err = s.ProfilePosts(context.Background(), known("u:3"), feeds.ProfileFilter{}, page.Older)
	if err != nil {
		t.Fatal(err)
	}
	feedstest.Equal(t, "the posts", feedstest.IDs(page.Posts), "1")
	feedstest.Equal(t, "the question", srv.Asked(), "/api/v4/person/content?limit=20&page_cursor=Nx&person_id=3&type_=posts")
}
