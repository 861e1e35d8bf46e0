package mastodon

import (
	"context"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

func TestDescribeFallsBackToTheFirstVersion(t *testing.T) {
	t.Parallel()
	const v1 = `{"uri":"social.example","title":"A","version":"3.5.3","stats":{"user_count":3}}`
	tests := []struct {
		name    string
		quirks  Quirks
		answers map[string]feedstest.Answered
		want    feeds.Kind
		asked   string
	}{
		{"the second version is there", Quirks{}, map[string]feedstest.Answered{"/api/v2/instance": {Body: `{"title":"A","version":"4.5.2"}`}}, "", "/api/v2/instance"},
		{"it is not", Quirks{}, map[string]feedstest.Answered{"/api/v1/instance": {Body: v1}}, "", "/api/v2/instance\n/api/v1/instance"},
		{"it is a web page", Quirks{}, map[string]feedstest.Answered{"/api/v2/instance": {Body: "<html>"}, "/api/v1/instance": {Body: v1}}, "", "/api/v2/instance\n/api/v1/instance"},
		{"it is known not to be there", Quirks{InstanceV1: true}, map[string]feedstest.Answered{"/api/v1/instance": {Body: v1}}, "", "/api/v1/instance"},
		{"neither is there", Quirks{}, nil, feeds.NotFound, "/api/v2/instance\n/api/v1/instance"},
		{"it is no such server", Quirks{}, map[string]feedstest.Answered{"/api/v2/instance": {Body: "<html>"}}, feeds.BadData, "/api/v2/instance\n/api/v1/instance"},
		{"guests are not let in", Quirks{}, map[string]feedstest.Answered{"/api/v2/instance": {Status: 401}}, feeds.NeedsLogin, "/api/v2/instance"},
		{"the server is down", Quirks{}, map[string]feedstest.Answered{"/api/v2/instance": {Status: 503}}, feeds.ServerError, "/api/v2/instance"},
		{"it says nothing", Quirks{InstanceV1: true}, map[string]feedstest.Answered{"/api/v1/instance": {Body: "{}"}}, feeds.BadData, "/api/v1/instance"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, srv := serveQuirks(tt.quirks, tt.answers)
			i, err := s.Describe(context.Background())
			if feeds.KindOf(err) != tt.want || (i == nil) != (err != nil) {
				t.Errorf("%v, %v", i, err)
			}
			if got := srv.Asked(); got != tt.asked {
				t.Errorf("asked %s", got)
			}
		})
	}
}

func TestSoftwareOf(t *testing.T) {
	t.Parallel()
	tests := []struct {
		version, name, number string
		sure                  bool
	}{
		{"4.5.2", "mastodon", "4.5.2", true},
		{"4.3.0+glitch", "mastodon", "4.3.0+glitch", true},
		{"4.5.0-nightly.2025-07-11", "mastodon", "4.5.0-nightly.2025-07-11", true},
		{"2.7.2 (compatible; Pleroma 2.6.0)", "pleroma", "2.6.0", true},
		{"2.7.2 (compatible; Akkoma 3.13.2-0-gabc)", "akkoma", "3.13.2-0-gabc", true},
		{"4.2.1 (compatible; Iceshrimp.NET/2024.1-beta5)", "iceshrimp.net", "2024.1-beta5", true},
		{"3.0.0 (compatible; Sharkey 2024.9; like Akkoma)", "sharkey", "2024.9", true},
		{"4.0.0 (not true; really snac/2.70)", "snac", "2.70", true},
		{"takahe/0.9.0", "takahe", "0.9.0", true},
		{"0.17.1 git-abc", "mastodon", "0.17.1 git-abc", false},
		{"2022.05-dev", "mastodon", "2022.05-dev", false},
		{"", "mastodon", "", false},
		{"(compatible; )", "mastodon", "(compatible; )", false},
	}
	for _, tt := range tests {
		name, number, sure := softwareOf(&instance{Version: tt.version})
		if name != tt.name || number != tt.number || sure != tt.sure {
			t.Errorf("%q is %q %q, sure %v", tt.version, name, number, sure)
		}
	}
}

func TestNodeinfoIsAskedOnlyWhenTheVersionDoesNotTell(t *testing.T) {
	t.Parallel()
	answers := map[string]feedstest.Answered{
		"/api/v2/instance":      {Body: `{"title":"A","version":"0.17.1 git-abc"}`},
		"/.well-known/nodeinfo": {Body: `{"links":{"0":{"rel":"http://nodeinfo.diaspora.software/ns/schema/2.0","href":"http://behind.example/nodeinfo/2.0"},"1":{"rel":"http://nodeinfo.diaspora.software/ns/schema/1.0","href":"/nodeinfo/1.0"}}}`},
		"/nodeinfo/2.0":         {Body: `{"software":{"name":"GoToSocial"},"metadata":[]}`},
	}
	s, srv := serve(answers)
	i, err := s.Describe(context.Background())
	if err != nil || i.Software != "gotosocial" || i.Version != "0.17.1 git-abc" {
		t.Errorf("%+v, %v", i, err)
	}
	if got := srv.Asked(); got != "/api/v2/instance\n/.well-known/nodeinfo\n/nodeinfo/2.0" {
		t.Errorf("asked %s", got)
	}

	s, srv = serveQuirks(Quirks{Software: "gotosocial"}, answers)
	if i, err = s.Describe(context.Background()); err != nil || i.Software != "gotosocial" {
		t.Errorf("%+v, %v", i, err)
	}
	if got := srv.Asked(); got != "/api/v2/instance" {
		t.Errorf("asked %s though the name is known", got)
	}
}

func TestDomainOf(t *testing.T) {
	t.Parallel()
	tests := []struct {
		host string
		wire instance
		want string
	}{
		{"social.example", instance{Domain: "Example.net"}, "example.net"},
		{"social.example", instance{URI: "https://example.net/"}, "example.net"},
		{"social.example", instance{URI: "example.net"}, "example.net"},
		{"social.example", instance{}, "social.example"},
		{"social.example", instance{Domain: "not a host"}, "social.example"},
		{"gts.example", instance{URI: "https://gts.example", AccountDomain: "example.net"}, "example.net"},
		{"localhost:8081", instance{Domain: "localhost"}, "localhost:8081"},
		{"localhost:8081", instance{Domain: "localhost:8081"}, "localhost:8081"},
	}
	for _, tt := range tests {
		if got := New(nil, nil, tt.host, Quirks{}).DomainOf(tt.wire.domain()); got != tt.want {
			t.Errorf("at %s, %q %q: %q, want %q", tt.host, tt.wire.Domain, tt.wire.URI, got, tt.want)
		}
	}
}

func TestCapabilitiesFollowTheVersion(t *testing.T) {
	t.Parallel()
	all := feeds.Capabilities{
		Profiles: true, Replies: true, Media: true, Pinned: true, FeaturedTags: true, Local: true, Federated: true, Tags: true,
		TrendingPosts: true, TrendingTags: true, TrendingLinks: true, Directory: true, Threads: true, Search: true,
	}
	without := func(change func(c *feeds.Capabilities)) feeds.Capabilities {
		c := all
		change(&c)
		return c
	}
	tests := map[string]feeds.Capabilities{
		"4.5.2":                             all,
		"4.0.0rc1":                          all,
		"3.5.3":                             without(func(c *feeds.Capabilities) { c.Search = false }),
		"3.4.1+glitch":                      without(func(c *feeds.Capabilities) { c.Search, c.TrendingPosts, c.TrendingLinks = false, false, false }),
		"2.7.2 (compatible; Pleroma 2.6.0)": all, // the table of softwares knows
		"0.1":                               all, // Fedibird's
		"2.4.1": without(func(c *feeds.Capabilities) {
			c.Search, c.TrendingPosts, c.TrendingLinks, c.TrendingTags, c.Directory, c.FeaturedTags = false, false, false, false, false, false
		}),
	}
	for version, want := range tests {
		s, _ := serve(map[string]feedstest.Answered{"/api/v1/instance": {Body: `{"title":"A","version":"` + version + `"}`}})
		if got := s.Capabilities(); got != all {
			t.Errorf("before the version is known: %+v", got)
		}
		if _, err := s.Describe(context.Background()); err != nil {
			t.Fatal(err)
		}
		want.TagHistory = version == "4.5.2" || version == "4.0.0rc1" // nothing is asked of what isn't known to answer
		want.TagsJoined = version != "2.4.1" && isMastodon(s.software())
		if got := s.Capabilities(); got != want {
			t.Errorf("%s: %+v", version, got)
		}
	}
	s, _ := serveQuirks(Quirks{Lacks: all}, nil)
	if got := s.Capabilities(); got != (feeds.Capabilities{}) {
		t.Errorf("a software that lacks all has %+v", got)
	}
}

func TestViewsThatTheServerLacksAreEmptyAndNotAskedFor(t *testing.T) {
	t.Parallel()
	lacks := feeds.Capabilities{TrendingPosts: true, TrendingTags: true, TrendingLinks: true, Directory: true, Search: true}
	s, srv := serveQuirks(Quirks{Lacks: lacks}, nil)
	ctx := context.Background()
	page, err := s.TrendingPosts(ctx, "")
	if err != nil || page == nil || len(page.Posts) != 0 {
		t.Errorf("TrendingPosts = %v, %v", page, err)
	}
	if tags, err := s.TrendingTags(ctx); err != nil || tags != nil {
		t.Errorf("TrendingTags = %v, %v", tags, err)
	}
	if links, err := s.TrendingLinks(ctx); err != nil || links != nil {
		t.Errorf("TrendingLinks = %v, %v", links, err)
	}
	if people, older, err := s.Directory(ctx, feeds.ActiveFirst, ""); err != nil || people != nil || older != "" {
		t.Errorf("Directory = %v, %q, %v", people, older, err)
	}
	if people, err := s.SearchAccounts(ctx, "ada"); err != nil || people != nil {
		t.Errorf("SearchAccounts = %v, %v", people, err)
	}
	if tags, err := s.SearchTags(ctx, "bees"); err != nil || tags != nil {
		t.Errorf("SearchTags = %v, %v", tags, err)
	}
	if got := srv.Asked(); got != "" {
		t.Errorf("asked %s", got)
	}
}

func TestExtras(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	s, _ := serve(map[string]feedstest.Answered{
		"/api/v1/instance/extended_description": {Body: `{"updated_at":"2026-01-01T00:00:00Z","content":"<p>Long</p>"}`},
		"/api/v1/custom_emojis":                 {Body: `[{"shortcode":":bee:","url":"/bee.gif","static_url":null},{"shortcode":"x","url":"javascript:alert(1)"},{}]`},
		"/api/v1/polls/7":                       {Body: `{"id":7,"expires_at":null,"votes_count":"3","options":[{"title":"a","votes_count":"1"},{"title":"b"}]}`},
		"/api/v1/polls/8":                       {Body: `{"id":8,"options":[]}`},
	})
	if doc, err := s.ExtendedDescription(ctx); err != nil || len(doc.Blocks) == 0 {
		t.Errorf("%+v, %v", doc, err)
	}
	emoji, err := s.CustomEmoji(ctx)
	if err != nil || len(emoji) != 1 || emoji[0].Shortcode != "bee" || emoji[0].URL != "https://social.example/bee.gif" {
		t.Errorf("%+v, %v", emoji, err)
	}
	p, err := s.Poll(ctx, "7")
	if err != nil || p.ID != "7" || p.Votes != 3 || p.Voters != -1 || p.Options[0].Votes != 1 || p.Options[1].Votes != -1 || !p.Ends.IsZero() {
		t.Errorf("%+v, %v", p, err)
	}
	if _, err := s.Poll(ctx, "8"); feeds.KindOf(err) != feeds.BadData {
		t.Errorf("a poll without options: %v", err)
	}
	s, srv := serveQuirks(Quirks{Software: "pleroma"}, nil)
	if doc, err := s.ExtendedDescription(ctx); err != nil || len(doc.Blocks) != 0 || srv.Asked() != "" {
		t.Errorf("of a software that has none: %+v, %v", doc, err)
	}
	s, srv = serveQuirks(Quirks{Software: "mastodon", Version: "3.5.3"}, nil)
	if doc, err := s.ExtendedDescription(ctx); err != nil || len(doc.Blocks) != 0 || srv.Asked() != "" {
		t.Errorf("of a version that had none when it was last asked: %+v, %v, %s", doc, err, srv.Asked())
	}
	s, _ = serve(nil)
	if doc, err := s.ExtendedDescription(ctx); err != nil || len(doc.Blocks) != 0 {
		t.Errorf("without a long description: %+v, %v", doc, err)
	}
}

func TestSearch(t *testing.T) {
	t.Parallel()
	s, srv := serve(map[string]feedstest.Answered{"/api/v2/search": {Body: `{"accounts":[{"id":"1","username":"ada","acct":"ada"}],"statuses":[],"hashtags":["old",{"name":"Bees","url":"https://social.example/tags/bees","history":[]}]}`}})
	people, err := s.SearchAccounts(context.Background(), "a&b")
	if err != nil || len(people) != 1 || people[0].Handle() != "ada@social.example" {
		t.Errorf("%+v, %v", people, err)
	}
	tags, err := s.SearchTags(context.Background(), "bees")
	if err != nil || len(tags) != 1 || tags[0].Name != "Bees" {
		t.Errorf("%+v, %v", tags, err)
	}
	if got := srv.Asked(); got != "/api/v2/search?limit=20&q=a%26b&type=accounts\n/api/v2/search?limit=20&q=bees&type=hashtags" {
		t.Errorf("asked %s", got)
	}
}

func TestOneQuestionFindsPeopleAndHashtags(t *testing.T) {
	t.Parallel()
	s, srv := serve(map[string]feedstest.Answered{"/api/v2/search": {Body: `{"accounts":[{"id":"1","username":"ada","acct":"ada"}],"hashtags":[{"name":"ada","history":[{"day":"1764374400","uses":"3","accounts":"2"}]}]}`}})
	people, tags, err := s.SearchNames(t.Context(), "ada")
	if err != nil || len(people) != 1 || len(tags) != 1 || tags[0].History[0].Uses != 3 {
		t.Errorf("%+v, %+v, %v", people, tags, err)
	}
	if got := srv.Asked(); got != "/api/v2/search?limit=20&q=ada" {
		t.Errorf("asked %s", got)
	}
}

func TestPostsAreSearchedWhereGuestsMay(t *testing.T) {
	t.Parallel()
	answers := map[string]feedstest.Answered{"/api/v2/search": {Body: `{"statuses":[{"id":"1","uri":"https://social.example/1","account":{"id":"1","username":"ada","acct":"ada"},"created_at":"2026-11-28T12:00:00Z","content":"tea"}]}`}}
	s, srv := serveQuirks(Quirks{}, answers)
	if page, err := s.SearchPosts(t.Context(), "tea", ""); err != nil || len(page.Posts) != 0 || srv.Asked() != "" {
		t.Errorf("members' search: %+v, %v", page, err)
	}
	s, srv = serveQuirks(Quirks{Software: "akkoma", SearchesPosts: true}, answers)
	page, err := s.SearchPosts(t.Context(), "tea", "")
	if got := srv.Asked(); err != nil || len(page.Posts) != 1 || got != "/api/v2/search?limit=20&q=tea&type=statuses" {
		t.Errorf("%+v, %v, asked %s", page, err, got)
	}
}
