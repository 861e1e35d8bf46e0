package misskey

import (
	"context"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/feedstest"
)

func TestWhatAServerClosesToGuestsIsNotAsked(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]feeds.Access{
		`{"version":"2026.1","policies":{"ltlAvailable":true,"gtlAvailable":false}}`:                                  {Local: feeds.Open, Federated: feeds.Members},
		`{"version":"12.1","disableLocalTimeline":true,"disableGlobalTimeline":false}`:                                {Local: feeds.Members, Federated: feeds.Open},
		`{"version":"2026.1","policies":{"ltlAvailable":true,"gtlAvailable":true},"ugcVisibilityForVisitor":"local"}`: {Local: feeds.Open, Federated: feeds.Members},
		`{"version":"2026.1","policies":{"ltlAvailable":true,"gtlAvailable":true},"ugcVisibilityForVisitor":"none"}`:  {Local: feeds.Members, Federated: feeds.Members},
		`{"version":"1.0.5","disableLocalTimeline":false,"disableGlobalTimeline":false,"enableGuestTimeline":false}`:  {Local: feeds.Members, Federated: feeds.Members},
		`{"version":"1.0.5","disableLocalTimeline":false,"disableGlobalTimeline":false,"enableGuestTimeline":true}`:   {Local: feeds.Open, Federated: feeds.Open},
		`{"version":"2023.12.9","disableLocalTimeline":false,"disableGlobalTimeline":false,"privateMode":true}`:       {Local: feeds.Members, Federated: feeds.Members},
		`{"version":"11"}`: {},
	} {
		s, n := serve(map[string]feedstest.Answered{"/api/meta": {Body: body}})
		i, err := s.Describe(context.Background())
		if err != nil || i.Access != want {
			t.Errorf("%s: %+v, %v", body, i, err)
			continue
		}
		n.Asked()
		if _, err := s.ServerPosts(context.Background(), feeds.Federated, ""); i.Access.Federated.Closed() && (feeds.KindOf(err) != feeds.NeedsLogin || n.Asked() != "") {
			t.Errorf("%s: %v", body, err)
		}
	}
}

func TestServerIsDescribed(t *testing.T) {
	t.Parallel()
	s, n := serve(map[string]feedstest.Answered{
		"/api/meta": {Body: `{"name":"Bay","version":"2026.10.0","uri":"https://mk.example","repositoryUrl":"https://git.example/Misskey","description":"<b>Small</b> bay","langs":["ja","<"],
			"maintainerEmail":"us@mk.example","bannerUrl":"/banner.png","iconUrl":"javascript:1","serverRules":["Be <b>kind</b>.",""]}`},
		"/api/stats": {Body: `{"originalNotesCount":9,"originalUsersCount":"3","usersCount":100}`},
	})
	i, err := s.Describe(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if i.Host != host || i.Domain != host || i.Software != "misskey" || i.Version != "2026.10.0" || i.Title != "Bay" || i.Summary != "Small bay" || i.Email != "us@mk.example" {
		t.Errorf("%+v", i)
	}
	if i.Users != 3 || i.Posts != 9 || i.Active != -1 || len(i.Languages) != 1 || len(i.Rules) != 1 || i.Rules[0].Text != "Be kind." || i.Thumbnail != "https://mk.example/banner.png" || i.Icon != "" {
		t.Errorf("%+v", i)
	}
	if content.PlainText(i.Description) != "Small bay" || i.Fetched.IsZero() {
		t.Errorf("%+v", i)
	}
	if asked := questions(n); len(asked) != 2 || asked[0] != `/api/meta {"detail":true}` || asked[1] != `/api/stats {}` {
		t.Errorf("asked %q", asked)
	}
	if err := feedstest.CheckInstance(host, i); err != nil {
		t.Error(err)
	}
}

func TestServerWithoutNumbersIsDescribed(t *testing.T) {
	t.Parallel()
	s, _ := serve(map[string]feedstest.Answered{"/api/meta": {Body: `{"version":"12","maintainerEmail":"https://mk.example/contact"}`}, "/api/stats": {Status: 401, Body: refusal("CREDENTIAL_REQUIRED")}})
	i, err := s.Describe(context.Background())
	if err != nil || i.Users != -1 || i.Posts != -1 || i.Title != host || i.Email != "" {
		t.Errorf("%+v, %v", i, err)
	}
}

func TestForkIsReadFromWhereItsSourceIs(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		`{"version":"1"}`: "misskey",
		`{"version":"1","repositoryUrl":"https://activitypub.software/TransFem-org/Sharkey/"}`: "sharkey",
		`{"version":"1","repositoryUrl":"https://iceshrimp.dev/iceshrimp/Iceshrimp-JS"}`:       "iceshrimp",
		`{"version":"1","repositoryUrl":7}`:                                                    "misskey",
	} {
		s, _ := serve(map[string]feedstest.Answered{"/api/meta": {Body: body}})
		if i, err := s.Describe(context.Background()); err != nil || i.Software != want {
			t.Errorf("%s: %+v, %v", body, i, err)
		}
	}
	told := New(&feedstest.Network{Replies: map[string]feedstest.Answered{"/api/meta": {Body: `{"version":"1"}`}}}, feedstest.NewClock(), host, Quirks{Software: "catodon"})
	if i, err := told.Describe(context.Background()); err != nil || i.Software != "catodon" {
		t.Errorf("%+v, %v", i, err)
	}
}

func TestWhatIsNoDescription(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]feeds.Kind{`{}`: feeds.BadData, `[]`: feeds.BadData, `<html>`: feeds.BadData, `{"version":7}`: feeds.BadData} {
		s, _ := serve(map[string]feedstest.Answered{"/api/meta": {Body: body}})
		if i, err := s.Describe(context.Background()); feeds.KindOf(err) != want {
			t.Errorf("%s: %+v, %v", body, i, err)
		}
	}
}

func TestCapabilitiesAreAllButThoseThatMisskeyHasNot(t *testing.T) {
	t.Parallel()
	s, _ := serve(nil)
	if c := s.Capabilities(); !c.Profiles || !c.Replies || !c.Pinned || !c.Directory || c.FeaturedTags || c.TrendingLinks {
		t.Errorf("%+v", c)
	}
}
