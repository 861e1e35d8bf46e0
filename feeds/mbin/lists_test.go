package mbin

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/feedstest"
)

func TestAServersPostsAreEntriesAndMicroblogPosts(t *testing.T) {
	t.Parallel()
	both := more(`{"entry":`+entry("1", "12:00:00", "")+`,"post":null}`, `{"entry":null,"post":`+micro("5", "12:30:00", "")+`}`, `7`, `{"entry":{}}`,
		`{"entry":`+strings.Replace(entry("9", "12:00:00", ""), `"visible"`, `"trashed"`, 1)+`}`)
	s, srv := serve(map[string]feedstest.Answered{"/api/combined": both})
	page, err := s.ServerPosts(context.Background(), feeds.Local, "")
	if err != nil {
		t.Fatal(err)
	}
	feedstest.Equal(t, "the question", srv.Asked(), "/api/combined?federation=local&perPage=25&sort=newest")
	feedstest.Equal(t, "the posts", feedstest.IDs(page.Posts), "post:5 1")
	feedstest.Equal(t, "the entry", page.Entries[0], feeds.Entry{Key: "https://far.example/p/5", At: page.Posts[0].Published, WrapperID: "post:5"})
	feedstest.Equal(t, "the cursor", page.Older, "2")
	_, _ = s.ServerPosts(context.Background(), feeds.Federated, page.Older)
	feedstest.Equal(t, "the question", srv.Asked(), "/api/combined?federation=all&p=2&perPage=25&sort=newest")
	_, _ = s.TrendingPosts(context.Background(), "")
	feedstest.Equal(t, "the question", srv.Asked(), "/api/combined?perPage=25&sort=top&time=day")
}

func TestAnOldServerIsAskedForEntriesAlone(t *testing.T) {
	t.Parallel()
	s, srv := serve(map[string]feedstest.Answered{"/api/entries": items(entry("1", "12:00:00", ""))})
	for range 2 {
		page, err := s.ServerPosts(context.Background(), feeds.Local, "")
		if err != nil {
			t.Fatal(err)
		}
		feedstest.Equal(t, "the posts", feedstest.IDs(page.Posts), "1")
		feedstest.Equal(t, "the cursor", page.Older, "")
	}
	feedstest.Equal(t, "the questions", strings.Count(srv.Asked(), "/api/combined"), 1)
}

func TestListsThatAreNoneAreBadData(t *testing.T) {
	t.Parallel()
	for _, body := range []string{`{}`, `{"items":7}`, `{"items":[7,{}]}`} {
		s, _ := serve(map[string]feedstest.Answered{"/api/combined": {Body: body}, "/api/magazines": {Body: body}, "/api/entry/1/comments": {Body: body}, "/api/users/3/entries": {Body: body}})
		_, err := s.ServerPosts(context.Background(), feeds.Local, "")
		feedstest.Kind(t, err, host, feeds.BadData)
		_, _, err = s.Directory(context.Background(), feeds.ActiveFirst, "")
		feedstest.Kind(t, err, host, feeds.BadData)
		_, _, err = s.Context(context.Background(), "1")
		feedstest.Kind(t, err, host, feeds.BadData)
		_, err = s.ProfilePosts(context.Background(), known("u:3"), feeds.ProfileFilter{}, "")
		feedstest.Kind(t, err, host, feeds.BadData)
	}
	s, _ := serve(nil)
	for _, c := range []feeds.Cursor{"x", "0", "-1", "1,2"} {
		_, err := s.ServerPosts(context.Background(), feeds.Local, c)
		feedstest.Kind(t, err, host, feeds.NotFound)
		_, err = s.ProfilePosts(context.Background(), known("u:3"), feeds.ProfileFilter{}, c)
		feedstest.Kind(t, err, host, feeds.NotFound)
	}
	for _, c := range []feeds.Cursor{"a,1,2", "0,0,2", "1,1,x", "1,-1,2"} {
		_, err := s.ProfilePosts(context.Background(), known("u:3"), feeds.ProfileFilter{}, c)
		feedstest.Kind(t, err, host, feeds.NotFound)
	}
}

func TestAHandleNamesAMagazineOrAUser(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ user, domain, path, body, id, handle string }{
		"a user":                   {"ada", host, "/api/users/name/ada", ada, "u:3", "ada@mbin.example"},
		"a user from elsewhere":    {"bob", "Far.example", "/api/users/name/@bob@far.example", bob, "u:4", "bob@far.example"},
		"a magazine":               {"!cats", host, "/api/magazine/name/cats", cats, "c:7", "cats@mbin.example"},
		"a magazine of elsewhere":  {"!cats", "far.example", "/api/magazine/name/cats@far.example", farCats, "c:8", "cats@far.example"},
		"a magazine with no mark":  {"cats", host, "/api/magazine/name/cats", cats, "c:7", "cats@mbin.example"},
		"a magazine without a dot": {"!cats", "", "/api/magazine/name/cats", cats, "c:7", "cats@mbin.example"},
	} {
		t.Run(name, func(t *testing.T) {
			s, _ := serve(map[string]feedstest.Answered{c.path: {Body: c.body}})
			a, err := s.Profile(context.Background(), c.user, c.domain)
			if err != nil {
				t.Fatal(err)
			}
			feedstest.Equal(t, "who it is", a.ID+" "+a.Handle(), c.id+" "+c.handle)
			feedstest.Equal(t, "being a group", a.Group, strings.HasPrefix(c.id, "c:"))
		})
	}
	s, srv := serve(nil)
	_, err := s.Profile(context.Background(), "nobody", host)
	feedstest.Kind(t, err, host, feeds.NotFound)
	feedstest.Equal(t, "the questions", srv.Asked(), "/api/users/name/nobody\n/api/magazine/name/nobody")
	_, err = s.Profile(context.Background(), "..", host)
	feedstest.Kind(t, err, host, feeds.NotFound)
	feedstest.Equal(t, "the questions", srv.Asked(), "")
}

func known(id string) *feeds.Author {
	return &feeds.Author{Host: host, ID: id, User: "ada", Domain: host, Group: strings.HasPrefix(id, "c:")}
}

func TestAProfileTellsWhatItsServerTells(t *testing.T) {
	t.Parallel()
	s, _ := serve(map[string]feedstest.Answered{"/api/magazine/name/cats": {Body: cats}, "/api/users/name/ada": {Body: ada}})
	m, err1 := s.Profile(context.Background(), "!cats", host)
	u, err2 := s.Profile(context.Background(), "ada", host)
	if err1 != nil || err2 != nil {
		t.Fatal(err1, err2)
	}
	feedstest.Equal(t, "the counts", m.Counts, feeds.AuthorCounts{Posts: 5, Followers: 12, Following: -1})
	feedstest.Equal(t, "the picture", m.Avatar, "https://mbin.example/media/cats.webp")
	feedstest.Equal(t, "the page", m.URL, "https://mbin.example/m/cats")
	feedstest.Equal(t, "the followers", u.Counts.Followers, 5)
	feedstest.Equal(t, "the day", u.Joined.Format(time.DateOnly), "2023-06-18")
	if !strings.Contains(content.PlainText(m.Bio), "Cats") {
		t.Error("the description is missing")
	}
}

func TestAProfilesListsAreOneInTheOrderOfTime(t *testing.T) {
	t.Parallel()
	var e1, e2, p1 []string
	for i := range pageSize {
		e1 = append(e1, entry(fmt.Sprint(100+i), fmt.Sprintf("%02d:00:00", 23-i%24), ""))
	}
	e1 = e1[:20] // down to 04:00
	e2 = append(e2, entry("300", "03:30:00", ""), entry("301", "02:30:00", ""))
	p1 = append(p1, micro("5", "22:30:00", ""), micro("6", "03:00:00", ""))
	s, srv := serve(map[string]feedstest.Answered{
		"/api/magazine/7/entries?perPage=25&sort=newest":     more(e1...),
		"/api/magazine/7/entries?p=2&perPage=25&sort=newest": items(e2...),
		"/api/magazine/7/posts":                              items(p1...),
	})
	first, err := s.ProfilePosts(context.Background(), known("c:7"), feeds.ProfileFilter{Replies: true}, "")
	if err != nil {
		t.Fatal(err)
	}
	feedstest.Equal(t, "the number of posts", len(first.Posts), 21)
	feedstest.Equal(t, "the second", first.Posts[1].Sightings[0].ID, "post:5")
	srv.Asked()
	second, err := s.ProfilePosts(context.Background(), known("c:7"), feeds.ProfileFilter{Replies: true}, first.Older)
	if err != nil {
		t.Fatal(err)
	}
	feedstest.Equal(t, "the rest", feedstest.IDs(second.Posts), "300 post:6 301")
	feedstest.Equal(t, "the end", second.Older, "")

	// A user has comments too, and a server may be too old for lists of them.
	s, _ = serve(map[string]feedstest.Answered{"/api/users/3/entries": items(entry("1", "12:30:00", "")), "/api/users/3/comments": items(remark("2", "null", "null", ""))})
	page, err := s.ProfilePosts(context.Background(), known("u:3"), feeds.ProfileFilter{Replies: true}, "")
	if err != nil {
		t.Fatal(err)
	}
	feedstest.Equal(t, "the posts", feedstest.IDs(page.Posts), "1 comment:2")
	if page, err = s.ProfilePosts(context.Background(), known("u:3"), feeds.ProfileFilter{}, ""); err != nil || feedstest.IDs(page.Posts) != "1" {
		t.Errorf("%v, %v", page, err)
	}
	if page, err = s.ProfilePosts(context.Background(), known("u:3"), feeds.ProfileFilter{OnlyMedia: true}, ""); err != nil || len(page.Entries) > 0 {
		t.Errorf("%v, %v", page, err)
	}
	if page, err = s.ProfilePosts(context.Background(), known("u:3"), feeds.ProfileFilter{Tag: "x"}, ""); err != nil || len(page.Entries) > 0 {
		t.Errorf("%v, %v", page, err)
	}
	s, _ = serve(nil)
	_, err = s.ProfilePosts(context.Background(), known("u:3"), feeds.ProfileFilter{}, "")
	feedstest.Kind(t, err, host, feeds.NotFound)
}

func TestAnAuthorReadElsewhereIsLookedUp(t *testing.T) {
	t.Parallel()
	s, srv := serve(map[string]feedstest.Answered{"/api/magazine/name/cats@far.example": {Body: farCats}, "/api/magazine/8/entries": items(), "/api/magazine/8/posts": items()})
	_, err := s.ProfilePosts(context.Background(), &feeds.Author{Host: "far.example", ID: "12", User: "cats", Domain: "far.example", Group: true}, feeds.ProfileFilter{}, "")
	if err != nil {
		t.Fatal(err)
	}
	if asked := srv.Asked(); !strings.HasPrefix(asked, "/api/magazine/name/cats@far.example\n") {
		t.Error(asked)
	}
}

func TestWhatIsKeptOnTopStandsApart(t *testing.T) {
	t.Parallel()
	pinned := func(id, at string) string {
		return strings.Replace(entry(id, at, ""), `"isPinned":false`, `"isPinned":true`, 1)
	}
	s, srv := serve(map[string]feedstest.Answered{"/api/magazine/7/entries": items(pinned("1", "01:00:00"), pinned("2", "11:30:00"), entry("3", "12:00:00", ""), entry("4", "11:00:00", "")), "/api/magazine/7/posts": items()})
	page, err := s.ProfilePosts(context.Background(), known("c:7"), feeds.ProfileFilter{}, "")
	if err != nil {
		t.Fatal(err)
	}
	feedstest.Equal(t, "the posts", feedstest.IDs(page.Posts), "3 2 4")
	top, err := s.Pinned(context.Background(), known("c:7"))
	if err != nil {
		t.Fatal(err)
	}
	feedstest.Equal(t, "what is on top", feedstest.IDs(top.Posts), "1 2")
	feedstest.Equal(t, "the mark", top.Entries[0].Pinned && top.Older == "", true)
	srv.Asked()
	if page, err = s.Pinned(context.Background(), known("u:3")); err != nil || len(page.Posts) > 0 {
		t.Errorf("%v, %v", page, err)
	}
	feedstest.Equal(t, "the questions", srv.Asked(), "")
}

func TestASearchFindsMagazinesAndUsers(t *testing.T) {
	t.Parallel()
	s, _ := serve(map[string]feedstest.Answered{
		"/api/magazines?perPage=25&q=ca": items(cats),
		"/api/search/v2?q=ca": {Body: `{"items":[{"magazine":` + cats + `},{"user":` + ada + `},{"entry":` + entry("1", "12:00:00", "") + `}],
			"apActors":[{"type":"user","object":` + bob + `},{"type":"magazine","object":` + farCats + `},{"type":"user","object":7}]}`},
	})
	found, err := s.SearchAccounts(context.Background(), "ca")
	if err != nil {
		t.Fatal(err)
	}
	var handles []string
	for _, a := range found {
		handles = append(handles, a.ID)
	}
	feedstest.Equal(t, "who was found", strings.Join(handles, " "), "c:7 u:4 c:8 u:3")

	s, srv := serve(map[string]feedstest.Answered{"/api/search": {Body: `{"items":[` + entry("1", "12:00:00", "") + `],"apActors":[{"type":"user","object":` + bob + `}]}`}})
	if found, err = s.SearchAccounts(context.Background(), "ca"); err != nil || len(found) != 1 {
		t.Errorf("%v, %v", found, err)
	}
	feedstest.Equal(t, "the number of questions", strings.Count(srv.Asked(), "\n"), 2)
	s, _ = serve(nil)
	_, err = s.SearchAccounts(context.Background(), "ca")
	feedstest.Kind(t, err, host, feeds.NotFound)
}

func TestTheDirectoryListsTheServersMagazines(t *testing.T) {
	t.Parallel()
	s, srv := serve(map[string]feedstest.Answered{"/api/magazines": more(cats, farCats)})
	found, older, err := s.Directory(context.Background(), feeds.ActiveFirst, "")
	if err != nil || len(found) != 1 {
		t.Fatal(found, err)
	}
	feedstest.Equal(t, "the cursor", older, "2")
	feedstest.Equal(t, "the question", srv.Asked(), "/api/magazines?federation=local&perPage=25&sort=active")
	if _, _, err = s.Directory(context.Background(), feeds.NewestFirst, older); err != nil {
		t.Fatal(err)
	}
	feedstest.Equal(t, "the next question", srv.Asked(), "/api/magazines?federation=local&p=2&perPage=25&sort=newest")
}

func TestAServerIsDescribed(t *testing.T) {
	t.Parallel()
	s, _ := serve(map[string]feedstest.Answered{
		"/api/info":         {Body: `{"softwareName":"Mbin","softwareVersion":"1.8.2","websiteDomain":"mbin.example","websiteContactEmail":"a@mbin.example","websiteTitle":"Cat server","websiteDefaultLang":"de"}`},
		"/api/instance":     {Body: `{"about":"For cats\n\nand dogs","terms":null}`},
		"/api/users/admins": items(`{}`, ada),
	})
	i, err := s.Describe(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	feedstest.Equal(t, "what it is", i.Software+" "+i.Version+" "+i.Title+" "+i.Domain+" "+i.Email+" "+i.Languages[0], "mbin 1.8.2 Cat server mbin.example a@mbin.example de")
	feedstest.Equal(t, "the contact", i.Contact.Handle(), "ada@mbin.example")
	feedstest.Equal(t, "its people", i.Users, -1)
	if i.Summary == "" || len(i.Description.Blocks) == 0 {
		t.Errorf("%q", i.Summary)
	}
	s, _ = serve(map[string]feedstest.Answered{"/api/info": {Body: `{"softwareVersion":"1.0"}`}})
	if i, err = s.Describe(context.Background()); err != nil || i.Domain != host || i.Contact != nil {
		t.Errorf("%+v, %v", i, err)
	}
	s, _ = serve(map[string]feedstest.Answered{"/api/info": {Body: `{}`}})
	_, err = s.Describe(context.Background())
	feedstest.Kind(t, err, host, feeds.BadData)
	s, _ = serve(nil)
	_, err = s.Describe(context.Background())
	feedstest.Kind(t, err, host, feeds.NotFound)
}

func TestThereAreNoHashtags(t *testing.T) {
	t.Parallel()
	s, _ := serve(nil)
	feedstest.Equal(t, "the views", s.Capabilities(), feeds.Capabilities{Profiles: true, Replies: true, Pinned: true, Local: true, Federated: true, TrendingPosts: true, Directory: true, Threads: true, Search: true})
	feedstest.Equal(t, "the host", s.Host(), host)
}

func TestWhatModeratorsDecidedIsTold(t *testing.T) {
	t.Parallel()
	s, _ := serve(map[string]feedstest.Answered{
		"/api/magazine/name/cats":        {Body: strings.Replace(cats, `"apId":null`, `"isPostingRestrictedToMods":true,"discoverable":false,"indexable":false,"apId":null`, 1)},
		"/api/users/name/ada":            {Body: strings.Replace(ada, `"isBot":false`, `"isBot":false,"isBanned":true`, 1)},
		"/api/users/name/%21deleted1234": {Body: strings.Replace(ada, `"username":"ada"`, `"username":"!deleted1234"`, 1)},
	})
	m, err := s.Profile(context.Background(), "!cats", host)
	if err != nil || !m.ModsOnly || m.Wishes != (feeds.Wishes{NotDiscoverable: true, NotIndexable: true}) {
		t.Errorf("%+v, %v", m, err)
	}
	u, err := s.Profile(context.Background(), "ada", host)
	if err != nil || !u.Banned || u.Gone != "" {
		t.Errorf("%+v, %v", u, err)
	}
	gone, err := s.userProfile(context.Background(), "!deleted1234", host)
	if err != nil || gone.Gone != feeds.Gone || gone.User != "deleted1234" {
		t.Errorf("%+v, %v", gone, err)
	}
}
