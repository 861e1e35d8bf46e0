package peertube

import (
	"context"
	"strings"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/feedstest"
)

func TestTimelinesAskForTheNewest(t *testing.T) {
	t.Parallel()
	s, srv := serve(map[string]feedstest.Answered{"/api/v1/videos": {Body: listOf(0)}})
	ctx := context.Background()
	for _, tt := range []struct {
		ask  func() (*feeds.Page, error)
		want string
	}{
		{func() (*feeds.Page, error) { return s.ServerPosts(ctx, feeds.Local, "") }, "/api/v1/videos?count=20&isLocal=true&sort=-publishedAt"},
		{func() (*feeds.Page, error) { return s.ServerPosts(ctx, feeds.Federated, "20") }, "/api/v1/videos?count=40&sort=-publishedAt&start=20"},
		{func() (*feeds.Page, error) { return s.TagPosts(ctx, "#birds & bees", feeds.TagChoice{}, "") }, "/api/v1/videos?count=20&sort=-publishedAt&tagsOneOf=birds+%26+bees"},
		{func() (*feeds.Page, error) {
			return s.TagPosts(ctx, "birds", feeds.TagChoice{Any: []string{"bees"}, All: []string{"song"}}, "")
		}, "/api/v1/videos?count=20&sort=-publishedAt&tagsAllOf=song&tagsOneOf=birds&tagsOneOf=bees"},
	} {
		page, err := tt.ask()
		if err != nil || len(page.Posts) != 0 || page.Older != "" {
			t.Errorf("%+v, %v", page, err)
		}
		if got := srv.Asked(); got != tt.want {
			t.Errorf("asked %s, want %s", got, tt.want)
		}
	}
}

func TestListGoesOnByOffsetsUntilItsTotal(t *testing.T) {
	t.Parallel()
	s, srv := serve(map[string]feedstest.Answered{
		"/api/v1/videos?count=20&isLocal=true&sort=-publishedAt":         {Body: listOf(3, film(3, ""), film(2, ""))},
		"/api/v1/videos?count=40&isLocal=true&sort=-publishedAt&start=2": {Body: listOf(3, film(1, ""))},
	})
	var c feeds.Cursor
	var ids []string
	for {
		page, err := s.ServerPosts(context.Background(), feeds.Local, c)
		if err != nil {
			t.Fatal(err)
		}
		for i, e := range page.Entries {
			if p := page.Posts[i]; e.Key != p.Key || !e.At.Equal(p.Published) {
				t.Errorf("%+v", e)
			}
			ids = append(ids, e.WrapperID)
		}
		if c = page.Older; c == "" {
			break
		}
	}
	if got := strings.Join(ids, " "); got != "short3 short2 short1" {
		t.Errorf("%s, asked %s", got, srv.Asked())
	}
	if _, err := s.ServerPosts(context.Background(), feeds.Local, "x"); feeds.KindOf(err) != feeds.NotFound {
		t.Errorf("a cursor of another: %v", err)
	}
}

func TestListLeavesOutWhatIsNotForGuestsAndWhatIsBroken(t *testing.T) {
	t.Parallel()
	body := listOf(5, film(1, `"privacy":{"id":3}`), film(2, `"privacy":{"id":5}`), film(3, `"blacklisted":true`), film(4, `"publishedAt":"","createdAt":""`), film(5, ""))
	s, _ := serve(map[string]feedstest.Answered{"/api/v1/videos": {Body: body}})
	page, err := s.ServerPosts(context.Background(), feeds.Local, "")
	if err != nil || len(page.Posts) != 1 || page.Posts[0].Sightings[0].ID != "short5" {
		t.Errorf("%+v, %v", page, err)
	}
	m := page.Posts[0].Media
	if len(m) != 1 || m[0].URL != "" || m[0].Preview == "" {
		t.Errorf("%+v", m)
	}
}

func TestProfileIsAChannelOrElseAnAccount(t *testing.T) {
	t.Parallel()
	s, srv := serve(map[string]feedstest.Answered{
		"/api/v1/video-channels/birdhut":             {Body: hut},
		"/api/v1/accounts/ada":                       {Body: ada},
		"/api/v1/accounts/eve@far.example":           {Body: strings.ReplaceAll(ada, "video.example", "far.example")},
		"/api/v1/video-channels/birdhut/videos":      {Body: listOf(1, film(1, ""))},
		"/api/v1/accounts/ada/videos":                {Body: listOf(1, film(1, ""))},
		"/api/v1/video-channels/den@far.example":     {Status: 403, Body: `{"error":"no"}`},
		"/api/v1/accounts/den@far.example":           {Body: ada},
		"/api/v1/video-channels/birdhut@far.example": {Status: 400, Body: `{"error":"no"}`},
	})
	ctx := context.Background()
	a, err := s.Profile(ctx, "birdhut", host)
	if err != nil || a.ID != "channel:7" || !a.Group {
		t.Fatalf("%+v, %v", a, err)
	}
	if page, err := s.ProfilePosts(ctx, a, feeds.ProfileFilter{Tag: "birds"}, ""); err != nil || len(page.Posts) != 1 {
		t.Errorf("%+v, %v", page, err)
	}
	if got, want := srv.Asked(), "/api/v1/video-channels/birdhut\n/api/v1/video-channels/birdhut/videos?count=20&sort=-publishedAt&tagsOneOf=birds"; got != want {
		t.Errorf("asked\n%s, want\n%s", got, want)
	}
	a, err = s.Profile(ctx, "ada", "")
	if err != nil || a.ID != "account:3" || a.Group || a.Counts.Following != 2 {
		t.Fatalf("%+v, %v", a, err)
	}
	elsewhere := *a
	elsewhere.Host, elsewhere.ID = "other.example", "99"
	if page, err := s.ProfilePosts(ctx, &elsewhere, feeds.ProfileFilter{}, ""); err != nil || len(page.Posts) != 1 {
		t.Errorf("%+v, %v", page, err)
	}
	if a, err := s.Profile(ctx, "eve", "FAR.example"); err != nil || a.Handle() != "ada@far.example" {
		t.Errorf("%+v, %v", a, err)
	}
	if _, err := s.Profile(ctx, "den", "far.example"); feeds.KindOf(err) != feeds.Refused {
		t.Errorf("a refusal became %v", err)
	}
	if _, err := s.Profile(ctx, "birdhut", "far.example"); feeds.KindOf(err) != feeds.NotFound {
		t.Errorf("%v", err)
	}
}

func TestSearchFindsChannels(t *testing.T) {
	t.Parallel()
	s, srv := serve(map[string]feedstest.Answered{"/api/v1/search/video-channels": {Body: listOf(2, hut, `{"id":9}`)}})
	people, err := s.SearchAccounts(context.Background(), "bird hut")
	if err != nil || len(people) != 1 || people[0].User != "birdhut" {
		t.Errorf("%+v, %v", people, err)
	}
	if got := srv.Asked(); got != "/api/v1/search/video-channels?count=20&search=bird+hut&searchTarget=local" {
		t.Errorf("asked %s", got)
	}
}

func TestDescribeReadsWhatIsThere(t *testing.T) {
	t.Parallel()
	const conf = `{"instance":{"name":" Bird tube ","shortDescription":"Birds\nonly","avatars":[{"width":192,"path":"/lazy-static/avatars/i.png"}],"banners":[{"width":1920,"path":"/lazy-static/banners/b.jpg"}]},"serverVersion":"7.3.0"}`
	const about = `{"instance":{"name":"Bird tube","description":"All about birds","codeOfConduct":"Be kind\n\nNo cats","languages":["en","_unknown","de"]}}`
	s, _ := serve(map[string]feedstest.Answered{
		"/api/v1/config":       {Body: conf},
		"/api/v1/config/about": {Body: about},
		"/api/v1/server/stats": {Body: `{"totalUsers":12,"totalMonthlyActiveUsers":4,"totalLocalVideos":99}`},
	})
	i, err := s.Describe(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if i.Title != "Bird tube" || i.Summary != "Birds only" || i.Version != "7.3.0" || i.Software != "peertube" || i.Host != host || i.Domain != host {
		t.Errorf("%+v", i)
	}
	if i.Users != 12 || i.Active != 4 || i.Posts != 99 || len(i.Rules) != 2 || i.Rules[1].Text != "No cats" || strings.Join(i.Languages, " ") != "en de" {
		t.Errorf("%+v", i)
	}
	if content.PlainText(i.Description) != "All about birds" || i.Icon != "https://video.example/lazy-static/avatars/i.png" || i.Thumbnail == "" {
		t.Errorf("%+v", i)
	}

	s, _ = serve(map[string]feedstest.Answered{"/api/v1/config": {Body: conf}})
	if i, err := s.Describe(context.Background()); err != nil || i.Title != "Bird tube" || i.Users != -1 || i.Posts != -1 {
		t.Errorf("%+v, %v", i, err)
	}
	s, _ = serve(map[string]feedstest.Answered{"/api/v1/config": {Body: `{}`}})
	if _, err := s.Describe(context.Background()); feeds.KindOf(err) != feeds.BadData {
		t.Errorf("%v", err)
	}
}

func TestCapabilitiesAreThoseOfAServerOfVideos(t *testing.T) {
	t.Parallel()
	s, _ := serve(nil)
	if c := s.Capabilities(); !c.Profiles || !c.Local || !c.Federated || !c.Tags || !c.Threads || !c.Search || c.Media || !c.TrendingPosts {
		t.Errorf("%+v", c)
	}
}

func TestVideosAreSearchedNewestFirstAndChannelsListed(t *testing.T) {
	t.Parallel()
	s, srv := serve(map[string]feedstest.Answered{"/api/v1/search/videos": {Body: listOf(0)}, "/api/v1/video-channels": {Body: listOf(50, hut)}})
	if page, err := s.SearchPosts(t.Context(), "bird", ""); err != nil || len(page.Posts) != 0 {
		t.Errorf("%+v, %v", page, err)
	}
	channels, older, err := s.Directory(t.Context(), feeds.NewestFirst, "")
	if err != nil || len(channels) != 1 || channels[0].User != "birdhut" || older == "" {
		t.Errorf("%+v, %q, %v", channels, older, err)
	}
	if got := srv.Asked(); got != "/api/v1/search/videos?count=20&search=bird&searchTarget=local&sort=-publishedAt\n/api/v1/video-channels?count=20&sort=-createdAt" {
		t.Errorf("asked %s", got)
	}
}
