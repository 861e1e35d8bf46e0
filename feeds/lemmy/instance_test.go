package lemmy

import (
	"context"
	"errors"
	"strings"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/feedstest"
)

const siteV3 = `{"site_view":{"site":{"id":1,"name":"Cat server","sidebar":"# Rules\n\nBe kind","description":"For *cats*",
	"icon":"https://lemmy.example/pictrs/image/i.png","banner":"/pictrs/image/b.png","actor_id":"https://lemmy.example/"},
	"local_site":{"private_instance":false},"counts":{"users":50,"posts":700,"users_active_month":20}},
	"admins":[{"person":{"id":0}},{"person":` + ada + `,"counts":{"post_count":1}}],"version":"0.19.5",
	"all_languages":[{"id":0,"code":"und"},{"id":37,"code":"en"},{"id":38,"code":"pt_BR"}],"discussion_languages":[0,37]}`

func TestAServerIsDescribed(t *testing.T) {
	t.Parallel()
	s, srv := serveQuirks(Quirks{}, map[string]feedstest.Answered{"/api/v3/site": {Body: siteV3}})
	i, err := s.Describe(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	feedstest.Equal(t, "the question", srv.Asked(), "/api/v3/site")
	feedstest.Equal(t, "what it is", i.Software+" "+i.Version+" "+i.Title+" "+i.Domain, "lemmy 0.19.5 Cat server lemmy.example")
	feedstest.Equal(t, "the pictures", i.Icon+" "+i.Thumbnail, "https://lemmy.example/pictrs/image/i.png https://lemmy.example/pictrs/image/b.png")
	feedstest.Equal(t, "its people", [3]int{i.Users, i.Active, i.Posts}, [3]int{50, 20, 700})
	feedstest.Equal(t, "the contact", i.Contact.Handle(), "ada@lemmy.example")
	feedstest.Equal(t, "the languages", strings.Join(i.Languages, " "), "en")
	feedstest.Equal(t, "who may read", i.Access, feeds.Access{})
	if !strings.Contains(content.PlainText(i.Description), "Be kind") || i.Summary == "" {
		t.Errorf("%q, %q", content.PlainText(i.Description), i.Summary)
	}
}

func TestALanguageIsNamedOnceItsServerToldItsLanguages(t *testing.T) {
	t.Parallel()
	s, _ := serveQuirks(Quirks{Version: "0.19.5"}, map[string]feedstest.Answered{"/api/v3/site": {Body: siteV3}, "/api/v3/post": {Body: `{"post_view":` + link("1", "12:00:00", "") + `}`}})
	p, err := s.Post(context.Background(), "1")
	if err != nil {
		t.Fatal(err)
	}
	feedstest.Equal(t, "the language", p.Language, "")
	if _, err := s.Describe(context.Background()); err != nil {
		t.Fatal(err)
	}
	p, _ = s.Post(context.Background(), "1")
	feedstest.Equal(t, "the language", p.Language, "en")
}

func TestAPrivateServerIsForItsMembers(t *testing.T) {
	t.Parallel()
	s, srv := serveQuirks(Quirks{}, map[string]feedstest.Answered{"/api/v3/site": {Body: strings.Replace(siteV3, `"private_instance":false`, `"private_instance":true`, 1)}})
	i, err := s.Describe(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	feedstest.Equal(t, "who may read", i.Access.Local.Closed() && i.Access.Federated.Closed() && i.Access.TagLocal.Closed(), true)
	srv.Asked()
	_, err = s.ServerPosts(context.Background(), feeds.Federated, "")
	feedstest.Kind(t, err, host, feeds.NeedsLogin)
	feedstest.Equal(t, "the questions", srv.Asked(), "")
}

func TestVersion1IsAskedByItsOwnAPI(t *testing.T) {
	t.Parallel()
	v4 := `{"site_view":{"site":{"name":"Cats","sidebar":"Long","summary":"Short","ap_id":"https://lemmy.example/"},
		"local_site":{"private_instance":false,"users":60,"local_users":50,"local_posts":700,"posts":9000,"users_active_month":20}},
		"admins":[],"version":"1.0.0"}`
	for name, replies := range map[string]map[string]feedstest.Answered{
		"with the old route":    {"/api/v3/site": {Body: strings.Replace(siteV3, "0.19.5", "1.0.0-beta.1", 1)}},
		"without the old route": {"/api/v4/site": {Body: v4}},
	} {
		t.Run(name, func(t *testing.T) {
			s, srv := serveQuirks(Quirks{}, replies)
			i, err := s.Describe(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			feedstest.Equal(t, "its people", [2]int{i.Users, i.Posts}, [2]int{50, 700})
			srv.Asked()
			_, _ = s.Post(context.Background(), "1")
			feedstest.Equal(t, "the question", srv.Asked(), "/api/v4/post?id=1")
		})
	}
}

func TestWhichAPIAServerHasIsAskedOnce(t *testing.T) {
	t.Parallel()
	s, srv := serveQuirks(Quirks{}, map[string]feedstest.Answered{"/api/v3/site": {Body: siteV3}, "/api/v3/post/list": posts()})
	_, _ = s.ServerPosts(context.Background(), feeds.Local, "")
	_, _ = s.ServerPosts(context.Background(), feeds.Federated, "")
	feedstest.Equal(t, "the questions", srv.Asked(), "/api/v3/site\n/api/v3/post/list?limit=20&sort=New&type_=Local\n/api/v3/post/list?limit=20&sort=New&type_=All")

	// A server that doesn't tell is taken for one of version 0.
	s, srv = serveQuirks(Quirks{}, map[string]feedstest.Answered{"/api/v3/site": {Status: 500}, "/api/v3/post/list": posts()})
	_, _ = s.ServerPosts(context.Background(), feeds.Local, "")
	_, err := s.ServerPosts(context.Background(), feeds.Local, "")
	if err != nil {
		t.Fatal(err)
	}
	feedstest.Equal(t, "the questions", strings.Count(srv.Asked(), "/api/v3/site"), 1)

	// One that can't be reached isn't asked twice.
	down := &feeds.Error{Kind: feeds.Unreachable, Host: host, Err: errors.New("down")}
	s, srv = serveQuirks(Quirks{}, map[string]feedstest.Answered{"/api/v3/site": {Err: down}})
	_, err = s.ServerPosts(context.Background(), feeds.Local, "")
	feedstest.Kind(t, err, host, feeds.Unreachable)
	feedstest.Equal(t, "the questions", srv.Asked(), "/api/v3/site")
}

func TestPieFedIsDescribed(t *testing.T) {
	t.Parallel()
	s, srv := serveQuirks(Quirks{Dialect: PieFed}, map[string]feedstest.Answered{"/api/alpha/site": {Body: `{"site":{"name":"Pies","actor_id":"https://lemmy.example/",
		"description":"All pies","sidebar":"<p>Bake &amp; eat</p>","icon":null,"user_count":12,"all_languages":[{"id":2,"code":"en"}]},
		"admins":[{"person":{"id":1,"user_name":"baker","title":"The baker","actor_id":"https://lemmy.example/u/baker","local":true}}],"version":"1.2.0"}`}})
	i, err := s.Describe(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	feedstest.Equal(t, "the question", srv.Asked(), "/api/alpha/site")
	feedstest.Equal(t, "what it is", i.Software+" "+i.Version+" "+i.Title+" "+i.Summary, "piefed 1.2.0 Pies All pies")
	feedstest.Equal(t, "the description", content.PlainText(i.Description), "Bake & eat")
	feedstest.Equal(t, "its people", [2]int{i.Users, i.Active}, [2]int{12, -1})
	feedstest.Equal(t, "the contact", i.Contact.Handle(), "baker@lemmy.example")
	feedstest.Equal(t, "a language", s.language("2"), "en")
}

func TestWhatIsNoDescriptionIsBadData(t *testing.T) {
	t.Parallel()
	for _, body := range []string{`{}`, `{"site_view":{"site":{}}}`, `{"site_view":7,"version":"0.19.0"}`, `[]`, `<html>`, ``, `"x"`, `{"a`} {
		s, _ := serveQuirks(Quirks{}, map[string]feedstest.Answered{"/api/v3/site": {Body: body}})
		_, err := s.Describe(context.Background())
		feedstest.Kind(t, err, host, feeds.BadData)
	}
	s, _ := serveQuirks(Quirks{}, nil)
	_, err := s.Describe(context.Background())
	feedstest.Kind(t, err, host, feeds.NotFound)
	feedstest.Equal(t, "what was asked first", feeds.AsError(err).Op, "GET /api/v3/site")
}

func TestAnErrorHasTheKindThatItsCodeMeans(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		status int
		body   string
		kind   feeds.Kind
	}{
		"private":                   {400, `{"error":"instance_is_private"}`, feeds.NeedsLogin},
		"not logged in":             {400, `{"error":"not_logged_in"}`, feeds.NeedsLogin},
		"no post":                   {400, `{"error":"couldnt_find_post"}`, feeds.NotFound},
		"no post in 0.19":           {404, `{"error":"couldnt_find_post"}`, feeds.NotFound},
		"no object":                 {400, `{"error":"not_found"}`, feeds.NotFound},
		"no community":              {400, `{"error":"community_not_found"}`, feeds.NotFound},
		"nothing at all":            {404, ``, feeds.NotFound},
		"too often":                 {400, `{"error":"rate_limit_error"}`, feeds.RateLimited},
		"too often in words":        {429, `Too many requests`, feeds.RateLimited},
		"deleted":                   {400, `{"error":"deleted"}`, feeds.Gone},
		"removed":                   {400, `{"error":"removed"}`, feeds.Gone},
		"a wrong question":          {400, `{"error":"unknown","message":"query deserialize"}`, feeds.BadData},
		"a restart":                 {502, `<html>Bad gateway</html>`, feeds.ServerError},
		"a wall":                    {403, `<html>No</html>`, feeds.Refused},
		"a page":                    {200, `<!doctype html>`, feeds.BadData},
		"an error that says 200":    {200, `{"error":"instance_is_private"}`, feeds.NeedsLogin},
		"another":                   {200, `{"error":"x"}`, feeds.BadData},
		"PieFed's API is off":       {400, `{"error":"alpha api is not enabled"}`, feeds.Unsupported},
		"PieFed's API is off today": {400, `{"code":400,"message":"alpha api is not enabled","status":"Bad Request"}`, feeds.Unsupported},
		"PieFed has nothing":        {400, `{"message":"No row was found when one was required"}`, feeds.NotFound},
	} {
		t.Run(name, func(t *testing.T) {
			s, _ := serve(map[string]feedstest.Answered{"/api/v3/post": {Status: c.status, Body: c.body}})
			_, err := s.Post(context.Background(), "1")
			feedstest.Kind(t, err, host, c.kind)
			e := feeds.AsError(err)
			feedstest.Equal(t, "the question", e.Op, "GET /api/v3/post")
			feedstest.Equal(t, "having a time to ask again", e.RetryAt.After(feedstest.Epoch()), c.kind == feeds.RateLimited)
			feedstest.Equal(t, "having a name", e.Detail != "", c.kind == feeds.Unsupported)
		})
	}
}

func TestACancelledQuestionIsNoFailureOfTheServer(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	s, _ := serveQuirks(Quirks{}, map[string]feedstest.Answered{"/api/v3/site": {Err: context.Canceled}, "/api/v3/search": {Err: context.Canceled}, "/api/v3/comment": {Err: context.Canceled}})
	_, err1 := s.ServerPosts(ctx, feeds.Local, "")
	_, err2 := s.SearchAccounts(ctx, "x")
	_, _, err3 := s.Context(ctx, "comment:1")
	for _, err := range []error{err1, err2, err3} {
		if !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	}
}

func TestTheViewsOfAForumAreOffered(t *testing.T) {
	t.Parallel()
	s, _ := serve(nil)
	feedstest.Equal(t, "the views", s.Capabilities(), feeds.Capabilities{Profiles: true, Replies: true, Pinned: true, Local: true, Federated: true, TrendingPosts: true, Directory: true, Threads: true, Search: true, SearchPosts: true})
	feedstest.Equal(t, "the host", s.Host(), host)
}
