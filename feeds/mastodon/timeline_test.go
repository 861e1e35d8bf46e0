package mastodon

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
	"vitrine/feeds/feedstest"
)

// toot is a small status.
func toot(id string) string {
	return fmt.Sprintf(`{"id":%q,"uri":"https://social.example/s/%s","created_at":"2026-11-20T10:00:00.000Z","visibility":"public",`+
		`"content":"<p>hi</p>","account":{"id":"1","username":"ada","acct":"ada"}}`, id, id)
}

func toots(ids ...string) string {
	var all []string
	for _, id := range ids {
		all = append(all, toot(id))
	}
	return "[" + strings.Join(all, ",") + "]"
}

// boost is ben's boost of a post.
func boost(id, of string) string {
	return fmt.Sprintf(`{"id":%q,"created_at":"2026-11-21T10:00:00.000Z","visibility":"public","content":"",`+
		`"account":{"id":"2","username":"ben","acct":"ben@far.example"},"reblog":%s}`, id, toot(of))
}

func link(maxID string) map[string]string {
	return map[string]string{"link": fmt.Sprintf(`<https://social.example/api/v1/timelines/public?max_id=%s>; rel="next", <https://social.example/api/v1/timelines/public?min_id=9>; rel="prev"`, maxID)}
}

const (
	newest = "/api/v1/timelines/public?limit=20&local=true"
	below  = "/api/v1/timelines/public?limit=40&local=true&max_id="
)

func TestListGoesOnBelowItsLastID(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		cursor feeds.Cursor
		ask    string
		answer feedstest.Answered
		want   feeds.Cursor
	}{
		{"a short page goes on", "", newest, feedstest.Answered{Body: toots("9", "8")}, "8"},
		{"a boost's own id counts", "", newest, feedstest.Answered{Body: "[" + toot("9") + "," + boost("8", "3") + "]"}, "8"},
		{"a post that is dropped counts", "", newest, feedstest.Answered{Body: "[" + toot("9") + "," + strings.Replace(toot("8"), `"public"`, `"private"`, 1) + "]"}, "8"},
		{"the page's end wins over the link", "", newest, feedstest.Answered{Body: toots("9", "8"), Header: link("7")}, "8"},
		{"an empty page goes on where its link points", "8", below + "8", feedstest.Answered{Body: "[]", Header: link("5")}, "5"},
		{"an empty page whose link stands still is the end", "8", below + "8", feedstest.Answered{Body: "[]", Header: link("8")}, ""},
		{"an empty page without a link is the end", "8", below + "8", feedstest.Answered{Body: "[]"}, ""},
		{"a link without an id is the end", "8", below + "8", feedstest.Answered{Body: "[]", Header: link("")}, ""},
		{"a server that ignores max_id is at its end", "8", below + "8", feedstest.Answered{Body: toots("9", "8")}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, srv := serve(map[string]feedstest.Answered{tt.ask: tt.answer})
			page, err := s.ServerPosts(context.Background(), feeds.Local, tt.cursor)
			if err != nil {
				t.Fatal(err)
			}
			if page.Older != tt.want {
				t.Errorf("goes on at %q, want %q", page.Older, tt.want)
			}
			if got := srv.Asked(); got != tt.ask {
				t.Errorf("asked %s, want %s", got, tt.ask)
			}
		})
	}
}

func TestReadingToTheEndGivesEveryPostOnce(t *testing.T) {
	t.Parallel()
	s, srv := serve(map[string]feedstest.Answered{
		newest:      {Body: toots("9", "8")},
		below + "8": {Body: "[]", Header: link("6")}, // all of it was filtered out
		below + "6": {Body: toots("5")},
		below + "5": {Body: "[]"},
	})
	var ids []string
	var c feeds.Cursor
	for range 10 {
		page, err := s.ServerPosts(context.Background(), feeds.Local, c)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range page.Entries {
			ids = append(ids, e.WrapperID)
		}
		if c = page.Older; c == "" {
			break
		}
	}
	if got := strings.Join(ids, " "); got != "9 8 5" || c != "" {
		t.Errorf("read %s, goes on at %q", got, c)
	}
	if n := len(strings.Split(srv.Asked(), "\n")); n != 4 {
		t.Errorf("%d requests", n)
	}
}

func TestLinkHeader(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"": "",
		`<https://a.example/x?max_id=12>; rel="next"`:                                                               "12",
		`<https://a.example/x?a=1,2&max_id=12>;rel=next`:                                                            "12",
		`<https://a.example/x?min_id=1>; rel="prev", <https://a.example/x?limit=2&max_id=7>; title="b"; rel="next"`: "7",
		`<https://a.example/x?min_id=1>; rel="prev"`:                                                                "",
		`<https://a.example/x?max_id=1>; rel="prefetch"`:                                                            "",
		`<https://a.example/x?max_id=1`:                                                                             "",
		`<:%zz?max_id=1>; rel="next"`:                                                                               "",
		`<https://a.example/x?max_id=>; rel="next"`:                                                                 "",
		`<https://a.example/x?max_id=3>; rel="first next"`:                                                          "3",
		`<https://a.example/x?page=2&offset=3>; rel="next",`:                                                        "",
	}
	for header, want := range tests {
		if got := nextID(header); got != want {
			t.Errorf("nextID(%s) = %q, want %q", header, got, want)
		}
	}
}

func TestBoostStandsAtItsOwnTimeAndHoldsTheOriginal(t *testing.T) {
	t.Parallel()
	s, _ := serve(map[string]feedstest.Answered{newest: {Body: "[" + boost("8", "3") + "]"}})
	page, err := s.ServerPosts(context.Background(), feeds.Local, "")
	if err != nil || len(page.Entries) != 1 {
		t.Fatalf("%v, %v", page, err)
	}
	e, p := page.Entries[0], page.Posts[0]
	if e.WrapperID != "8" || e.BoostedBy == nil || e.BoostedBy.Handle() != "ben@far.example" || !e.At.Equal(apiclient.Time("2026-11-21T10:00:00Z")) {
		t.Errorf("entry = %+v", e)
	}
	if e.Key != p.Key || p.Key != "https://social.example/s/3" || p.Author.Handle() != "ada@social.example" || p.Sightings[0].ID != "3" || !p.Sightings[0].Origin {
		t.Errorf("post = %+v", p)
	}
}

func TestOneBrokenPostDoesNotCostThePage(t *testing.T) {
	t.Parallel()
	for _, broken := range []string{
		`null`, `5`, `"x"`, `[]`, `{}`, `{"id":"1"}`,
		strings.Replace(toot("1"), `"2026-11-20T10:00:00.000Z"`, `"yesterday"`, 1),
		strings.Replace(toot("1"), `"account":{`, `"account":null,"was":{`, 1),
		strings.Replace(toot("1"), `"username":"ada","acct":"ada"`, `"username":"","acct":""`, 1),
	} {
		s, _ := serve(map[string]feedstest.Answered{newest: {Body: "[" + broken + "," + toot("7") + "]"}})
		page, err := s.ServerPosts(context.Background(), feeds.Local, "")
		if err != nil || len(page.Posts) != 1 || len(page.Entries) != 1 {
			t.Errorf("beside %s: %v, %v", broken, page, err)
		}
		s, _ = serve(map[string]feedstest.Answered{newest: {Body: "[" + broken + "]"}})
		if _, err := s.ServerPosts(context.Background(), feeds.Local, ""); feeds.KindOf(err) != feeds.BadData {
			t.Errorf("a page of nothing but %s: %v", broken, err)
		}
	}
}

func TestPageOfPostsForOthersIsEmptyAndNoFailure(t *testing.T) {
	t.Parallel()
	body := strings.ReplaceAll(toots("9", "8"), `"public"`, `"direct"`)
	s, _ := serve(map[string]feedstest.Answered{newest: {Body: body}})
	page, err := s.ServerPosts(context.Background(), feeds.Local, "")
	if err != nil || len(page.Posts) != 0 || page.Older != "8" {
		t.Errorf("%+v, %v", page, err)
	}
}

// v2 is a description with timelines_access.
func v2(local, remote string) feedstest.Answered {
	access := fmt.Sprintf(`{"local":%q,"remote":%q}`, local, remote)
	return feedstest.Answered{Body: `{"title":"A","version":"4.5.2","domain":"social.example","configuration":{"timelines_access":{"live_feeds":` + access + `,"hashtag_feeds":` + access + `}}}`}
}

func TestFeedsAreAskedForAsFarAsTheyAreOpen(t *testing.T) {
	t.Parallel()
	const closed = "nothing"
	tests := []struct {
		local, remote                     string
		wantLocal, wantFederated, wantTag string // the side asked for
	}{
		{"public", "public", "local", "", ""},
		{"public", "disabled", "local", "local", "local"},
		{"authenticated", "public", closed, "remote", "remote"},
		{"disabled", "authenticated", closed, closed, closed},
		{"", "", "local", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.local+"/"+tt.remote, func(t *testing.T) {
			s, srv := serve(map[string]feedstest.Answered{
				"/api/v2/instance":              v2(tt.local, tt.remote),
				"/api/v1/timelines/public":      {Body: toots("1")},
				"/api/v1/timelines/tag/b%C3%A4": {Body: toots("1")},
			})
			if _, err := s.Describe(context.Background()); err != nil {
				t.Fatal(err)
			}
			for view, want := range map[string]string{"local": tt.wantLocal, "federated": tt.wantFederated, "tag": tt.wantTag} {
				srv.Asked()
				var err error
				switch view {
				case "tag":
					_, err = s.TagPosts(context.Background(), "#bä", feeds.TagChoice{}, "")
				default:
					_, err = s.ServerPosts(context.Background(), feeds.Scope(view), "")
				}
				if got := asked(t, srv); got != want {
					t.Errorf("%s: asked for %q, want %q", view, got, want)
				}
				if wantErr := want == closed; wantErr != (feeds.KindOf(err) == feeds.NeedsLogin) {
					t.Errorf("%s: %v", view, err)
				}
			}
		})
	}
}

func TestFurtherHashtagsAreNamedWhereTheSoftwareHeedsThem(t *testing.T) {
	t.Parallel()
	with := feeds.TagChoice{Any: []string{"mate", "kaffee"}, All: []string{"hot"}, None: []string{"ad"}}
	const joined = "/api/v1/timelines/tag/tea?all%5B%5D=hot&any%5B%5D=mate&any%5B%5D=kaffee&limit=20&none%5B%5D=ad"
	const alone = "/api/v1/timelines/tag/tea?limit=20"
	for name, c := range map[string]struct {
		quirks Quirks
		want   string
	}{
		"Mastodon":   {Quirks{Software: "mastodon"}, joined},
		"Akkoma":     {Quirks{Software: "akkoma", JoinsTags: true}, joined},
		"GoToSocial": {Quirks{Software: "gotosocial"}, alone},
		"unknown":    {Quirks{}, alone},
	} {
		s, n := serveQuirks(c.quirks, map[string]feedstest.Answered{joined: {Body: "[]"}, alone: {Body: "[]"}})
		if _, err := s.TagPosts(context.Background(), "tea", with, ""); err != nil {
			t.Error(name, err)
		}
		if got := n.Asked(); got != c.want || s.Capabilities().TagsJoined != (c.want == joined) {
			t.Errorf("%s: asked for %s", name, got)
		}
	}
}

// asked returns the side named in the only request, "nothing" without one.
func asked(t *testing.T, srv *feedstest.Network) string {
	t.Helper()
	request := srv.Asked()
	if request == "" {
		return "nothing"
	}
	u, err := url.Parse(request)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	switch {
	case q.Get("local") == "true":
		return "local"
	case q.Get("remote") == "true":
		return "remote"
	}
	return ""
}

func TestRefusedFederatedFeedIsTriedWithoutLocalPostsOnce(t *testing.T) {
	t.Parallel()
	const bare, remote = "/api/v1/timelines/public?limit=20", "/api/v1/timelines/public?limit=20&remote=true"
	refusal := feedstest.Answered{Status: 422, Body: `{"error":"This method requires an authenticated user"}`}
	s, srv := serve(map[string]feedstest.Answered{bare: refusal, remote: {Body: toots("9")}, "/api/v1/timelines/public?limit=40&max_id=9&remote=true": {Body: toots("8")}})
	page, err := s.ServerPosts(context.Background(), feeds.Federated, "")
	if err != nil || len(page.Posts) != 1 {
		t.Fatalf("%v, %v", page, err)
	}
	if got := srv.Asked(); got != bare+"\n"+remote {
		t.Errorf("asked %s", got)
	}
	if page, err = s.ServerPosts(context.Background(), feeds.Federated, page.Older); err != nil || len(page.Posts) != 1 {
		t.Errorf("the page below: %v, %v", page, err)
	}
	if got := srv.Asked(); strings.Contains(got, "\n") {
		t.Errorf("the page below was asked for twice: %s", got)
	}

	s, srv = serve(map[string]feedstest.Answered{bare: refusal, remote: refusal})
	if _, err := s.ServerPosts(context.Background(), feeds.Federated, ""); feeds.KindOf(err) != feeds.NeedsLogin {
		t.Errorf("closed altogether: %v", err)
	}
	if got := srv.Asked(); got != bare+"\n"+remote {
		t.Errorf("asked %s", got)
	}
}

func TestTrendsAndDirectoryGoOnByCounting(t *testing.T) {
	t.Parallel()
	var ids []string
	for i := range trendLimit {
		ids = append(ids, fmt.Sprint(100+i))
	}
	s, _ := serve(map[string]feedstest.Answered{
		"/api/v1/trends/statuses?limit=20":                   {Body: toots(ids...)},
		"/api/v1/trends/statuses?limit=20&offset=20":         {Body: toots("1", "2")},
		"/api/v1/directory?limit=40&local=true&order=active": {Body: `[{"id":1,"username":"ada","acct":"ada"},{"id":2}]`},
		"/api/v1/directory?limit=40&local=true&order=new":    {Body: "[" + strings.Repeat(`{"id":1,"username":"ada","acct":"ada"},`, 5000) + `{"id":2}]`},
	})
	page, err := s.TrendingPosts(context.Background(), "")
	if err != nil || len(page.Posts) != trendLimit || page.Older != "20" {
		t.Fatalf("%d posts, goes on at %q, %v", len(page.Posts), page.Older, err)
	}
	if page, err = s.TrendingPosts(context.Background(), page.Older); err != nil || len(page.Posts) != 2 || page.Older != "" {
		t.Errorf("%d posts, goes on at %q, %v", len(page.Posts), page.Older, err)
	}
	people, older, err := s.Directory(context.Background(), feeds.ActiveFirst, "")
	if err != nil || len(people) != 1 || older != "" || people[0].ID != "1" {
		t.Errorf("%v, %q, %v", people, older, err)
	}
	if people, older, err = s.Directory(context.Background(), feeds.NewestFirst, ""); err != nil || len(people) != mostListed || older != "5001" {
		t.Errorf("of a page that is much too long: %d people, %q, %v", len(people), older, err)
	}
}

func TestTheUseOfAHashtagIsReadWhereTheVersionTellsIt(t *testing.T) {
	t.Parallel()
	const path = "/api/v1/tags/caf%C3%A9"
	days := `{"name":"café","history":[{"day":"1764288000","accounts":"3","uses":"7"},{"day":"x","uses":1},{"day":"1764201600","accounts":"-1","uses":"1e99"}]}`
	s, srv := serveQuirks(Quirks{Software: "mastodon", Version: "4.5.2"}, map[string]feedstest.Answered{path: {Body: days}})
	got, err := s.TagHistory(t.Context(), "café")
	if err != nil || len(got) != 2 || got[0].Uses != 7 || got[0].People != 3 || got[0].Day.Format("2006-01-02") != "2025-11-28" || got[1].Uses < 0 {
		t.Errorf("%+v, %v", got, err)
	}
	feedstest.Equal(t, "the question", srv.Asked(), path)
	for _, body := range []string{"<!doctype html><p>no", `[]`, `{"history":{`, ""} {
		s, _ = serveQuirks(Quirks{Software: "mastodon", Version: "4.5.2"}, map[string]feedstest.Answered{path: {Body: body}})
		if got, err = s.TagHistory(t.Context(), "café"); len(got) > 0 {
			t.Errorf("%q: %+v, %v", body, got, err)
		}
	}
	for _, q := range []Quirks{{}, {Version: "4.5.2"}, {Software: "mastodon"}, {Software: "mastodon", Version: "3.5.3"}, {Software: "pleroma", Version: "4.5.2"}} {
		s, srv = serveQuirks(q, nil)
		if got, err = s.TagHistory(t.Context(), "café"); err != nil || got != nil || srv.Asked() != "" {
			t.Errorf("%+v: %+v, %v, asked %q", q, got, err, srv.Asked())
		}
	}
}
