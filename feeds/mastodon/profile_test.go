package mastodon

import (
	"context"
	"strings"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

func TestProfileIsAskedForByTheNameItsServerKnows(t *testing.T) {
	t.Parallel()
	tests := []struct {
		user, domain string
		quirks       Quirks
		ask          string
		acct         string // as the server answers
		want         string // the handle
	}{
		{"ada", host, Quirks{}, "/api/v1/accounts/lookup?acct=ada", "ada", "ada@social.example"},
		{"ada", "Social.Example", Quirks{}, "/api/v1/accounts/lookup?acct=ada", "ada", "ada@social.example"},
		{"eve", "far.example", Quirks{}, "/api/v1/accounts/lookup?acct=eve%40far.example", "eve@FAR.example", "eve@far.example"},
		{"ada", "example", Quirks{}, "/api/v1/accounts/lookup?acct=ada%40example", "ada", "ada@example"}, // served under another name
		{"eve", "far.example:8443", Quirks{}, "/api/v1/accounts/lookup?acct=eve%40far.example%3A8443", "eve@far.example:8443", "eve@far.example:8443"},
		{"ada", host, Quirks{AccountByName: true}, "/api/v1/accounts/ada", "ada", "ada@social.example"},
		{"eve", "far.example", Quirks{AccountByName: true}, "/api/v1/accounts/eve@far.example", "eve@far.example", "eve@far.example"},
	}
	for _, tt := range tests {
		s, srv := serveQuirks(tt.quirks, map[string]feedstest.Answered{tt.ask: {Body: `{"id":"1","username":"` + tt.user + `","acct":"` + tt.acct + `"}`}})
		a, err := s.Profile(context.Background(), tt.user, tt.domain)
		if err != nil {
			t.Errorf("%s@%s: %v, asked %s", tt.user, tt.domain, err, srv.Asked())
			continue
		}
		if a.Handle() != tt.want || a.Host != host || a.ID != "1" {
			t.Errorf("%s@%s is %s, want %s", tt.user, tt.domain, a.Handle(), tt.want)
		}
	}
}

func TestHandlesEndWithTheDomainThatTheServerTold(t *testing.T) {
	t.Parallel()
	s, srv := serve(map[string]feedstest.Answered{
		"/api/v2/instance":         {Body: `{"title":"A","version":"4.5.2","domain":"Example.net"}`},
		"/api/v1/accounts/lookup":  {Body: `{"id":"1","username":"ada","acct":"ada"}`},
		"/api/v1/timelines/public": {Body: toots("1")},
	})
	ctx := context.Background()
	handleOf := func() string {
		page, err := s.ServerPosts(ctx, feeds.Local, "")
		if err != nil {
			t.Fatal(err)
		}
		return page.Posts[0].Author.Handle()
	}
	if got := handleOf(); got != "ada@social.example" {
		t.Errorf("before the server was described: %s", got)
	}
	if _, err := s.Describe(ctx); err != nil {
		t.Fatal(err)
	}
	if got := handleOf(); got != "ada@example.net" {
		t.Errorf("after: %s", got)
	}
	srv.Asked()
	if _, err := s.Profile(ctx, "ada", "example.net"); err != nil {
		t.Fatal(err)
	}
	if got := srv.Asked(); got != "/api/v1/accounts/lookup?acct=ada" {
		t.Errorf("asked %s", got)
	}
}

func TestProfilePostsAreFilteredByTheServer(t *testing.T) {
	t.Parallel()
	here := &feeds.Author{Host: host, ID: "7", User: "ada", Domain: host}
	tests := []struct {
		filter feeds.ProfileFilter
		cursor feeds.Cursor
		ask    string
	}{
		{feeds.ProfileFilter{}, "", "/api/v1/accounts/7/statuses?exclude_replies=true&limit=20"},
		{feeds.ProfileFilter{Replies: true}, "", "/api/v1/accounts/7/statuses?limit=20"},
		{feeds.ProfileFilter{NoBoosts: true, OnlyMedia: true}, "9", "/api/v1/accounts/7/statuses?exclude_reblogs=true&exclude_replies=true&limit=40&max_id=9&only_media=true"},
		{feeds.ProfileFilter{Replies: true, Tag: "bees"}, "", "/api/v1/accounts/7/statuses?limit=20&tagged=bees"},
	}
	for _, tt := range tests {
		s, srv := serve(map[string]feedstest.Answered{"/api/v1/accounts/7/statuses": {Body: toots("3")}})
		page, err := s.ProfilePosts(context.Background(), here, tt.filter, tt.cursor)
		if err != nil || len(page.Posts) != 1 || page.Older != "3" {
			t.Errorf("%+v: %v, %v", tt.filter, page, err)
		}
		if got := srv.Asked(); got != tt.ask {
			t.Errorf("%+v: asked %s", tt.filter, got)
		}
	}
}

func TestAuthorReadElsewhereIsLookedUpFirst(t *testing.T) {
	t.Parallel()
	s, srv := serve(map[string]feedstest.Answered{
		"/api/v1/accounts/lookup?acct=eve%40far.example": {Body: `{"id":"55","username":"eve","acct":"eve@far.example"}`},
		"/api/v1/accounts/55/statuses":                   {Body: "[]"},
	})
	_, err := s.ProfilePosts(context.Background(), feedstest.Author("eve", "far.example"), feeds.ProfileFilter{Replies: true}, "")
	if err != nil {
		t.Fatal(err)
	}
	if got := srv.Asked(); got != "/api/v1/accounts/lookup?acct=eve%40far.example\n/api/v1/accounts/55/statuses?limit=20" {
		t.Errorf("asked %s", got)
	}
}

func TestPinnedPostsAndFeaturedTags(t *testing.T) {
	t.Parallel()
	ctx, ada := context.Background(), &feeds.Author{Host: host, ID: "7", User: "ada", Domain: host}
	answers := map[string]feedstest.Answered{
		"/api/v1/accounts/7/statuses?limit=20&pinned=true": {Body: toots("3", "2")},
		"/api/v1/accounts/7/featured_tags":                 {Body: `[{"id":"1","name":"bees","url":"/@ada/tagged/bees","statuses_count":"12","last_status_at":"2026-01-01"}]`},
	}
	s, _ := serve(answers)
	page, err := s.Pinned(ctx, ada)
	if err != nil || len(page.Entries) != 2 || !page.Entries[0].Pinned || !page.Entries[1].Pinned || page.Older != "" {
		t.Errorf("%+v, %v", page, err)
	}
	f, err := s.Featured(ctx, ada)
	if err != nil || len(f.Tags) != 1 || f.Tags[0] != (feeds.Tag{Name: "bees", URL: "https://social.example/@ada/tagged/bees", Uses: 12}) {
		t.Errorf("%+v, %v", f, err)
	}

	s, srv := serveQuirks(Quirks{Lacks: feeds.Capabilities{Pinned: true, FeaturedTags: true}}, answers)
	if page, err := s.Pinned(ctx, ada); err != nil || len(page.Posts) != 0 {
		t.Errorf("%+v, %v", page, err)
	}
	if f, err := s.Featured(ctx, ada); err != nil || len(f.Tags)+len(f.Accounts) != 0 {
		t.Errorf("%+v, %v", f, err)
	}
	if got := srv.Asked(); got != "" {
		t.Errorf("what the software lacks was asked for: %s", got)
	}
}

func TestFeaturedAccountsAreAskedForWhereTheVersionHasThem(t *testing.T) {
	t.Parallel()
	ctx, ada := context.Background(), &feeds.Author{Host: host, ID: "7", User: "ada", Domain: host}
	answers := map[string]feedstest.Answered{
		"/api/v1/accounts/7/featured_tags": {Body: `[]`},
		"/api/v1/accounts/7/endorsements":  {Body: `[{"id":"8","username":"bo","acct":"bo","url":"https://social.example/@bo"},{"id":"9","username":"eve","acct":"eve@far.example","url":"https://far.example/@eve"},{"x":1}]`},
		"/api/v2/instance":                 {Body: `{"domain":"social.example","title":"S","version":"4.5.0"}`},
	}
	for name, c := range map[string]struct {
		quirks Quirks
		asked  bool
	}{
		"4.4":               {Quirks{Software: "mastodon", Version: "4.4.0"}, true},
		"4.3":               {Quirks{Software: "mastodon", Version: "4.3.9"}, false},
		"another software":  {Quirks{Software: "pleroma", Version: "2.7.0"}, false},
		"not yet described": {Quirks{}, true},
	} {
		s, srv := serveQuirks(c.quirks, answers)
		f, err := s.Featured(ctx, ada)
		if err != nil {
			t.Fatal(err)
		}
		if asked := strings.Contains(srv.Asked(), "endorsements"); asked != c.asked || asked != (len(f.Accounts) == 2 && f.Accounts[1].Handle() == "eve@far.example") {
			t.Errorf("%s: asked %v, %d accounts", name, asked, len(f.Accounts))
		}
	}
}

func TestBioWordsThatAskForDistance(t *testing.T) {
	t.Parallel()
	tests := map[string]feeds.Wishes{
		`Please #NoBot.`:             {NoBot: true},
		`(#noarchive,#nobot)`:        {NoBot: true, NoArchive: true},
		`#nobots welcome, nobot too`: {},
		`#noindex`:                   {},
		``:                           {},
	}
	for bio, want := range tests {
		a, err := offline().author(&account{Username: "ada", Acct: "ada", Note: bio})
		if err != nil || a.Wishes != want {
			t.Errorf("%q: %+v, %v", bio, a, err)
		}
	}
}

func TestAcctForms(t *testing.T) {
	t.Parallel()
	tests := []struct{ acct, username, profile, want string }{
		{"ada", "ada", "", "ada@social.example"},
		{"@ada", "ada", "", "ada@social.example"},
		{"eve@Far.Example", "eve", "", "eve@far.example"},
		{"", "ada", "", "ada@social.example"},
		{"https://blog.example/feed", "blog", "https://blog.example/", "blog@blog.example"},
		{"https://blog.example/feed", "blog", "", "blog@social.example"},
		{"", "", "https://a.example", ""},
	}
	s, _ := serve(nil)
	for _, tt := range tests {
		if got := s.handle(tt.acct, tt.username, tt.profile); got != tt.want {
			t.Errorf("handle(%q, %q, %q) = %q, want %q", tt.acct, tt.username, tt.profile, got, tt.want)
		}
	}
}

func TestWhatModeratorsDecidedIsTold(t *testing.T) {
	t.Parallel()
	for fields, want := range map[string]feeds.Author{
		`"limited":true`:                  {Limited: true},
		`"limited":1,"memorial":true`:     {Limited: true, Memorial: true},
		`"suspended":true`:                {Gone: feeds.Refused},
		`"pleroma":{"deactivated":true}`:  {Gone: feeds.Refused},
		`"pleroma":{"deactivated":false}`: {},
		`"locked":true,"suspended":null`:  {Locked: true},
	} {
		s, _ := serve(map[string]feedstest.Answered{"/api/v1/accounts/lookup": {Body: `{"id":"1","username":"ada","acct":"ada",` + fields + `}`}})
		a, err := s.Profile(context.Background(), "ada", host)
		if err != nil || a.Limited != want.Limited || a.Memorial != want.Memorial || a.Gone != want.Gone || a.Locked != want.Locked {
			t.Errorf("%s: %+v, %v", fields, a, err)
		}
	}
}
