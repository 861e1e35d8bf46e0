package demo

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestPagingToTheEndSeesEveryPostOnceInOrder(t *testing.T) {
	d := start(t)
	for _, target := range []string{
		"/api/v1/timelines/public?local=true", "/api/v1/timelines/public?remote=true&limit=7", "/api/v1/timelines/public",
		"/api/v1/timelines/public?local=true&only_media=true&limit=5", "/api/v1/timelines/tag/fundsache?limit=11",
		"/api/v1/accounts/" + lookup(t, d, local, "wetterwarte").ID + "/statuses?limit=13",
		"/api/v1/accounts/" + lookup(t, d, local, "bibliothek@"+far+d.port()).ID + "/statuses?exclude_replies=true",
	} {
		t.Run(target, func(t *testing.T) {
			all, requests := follow(t, d, local, target)
			if requests < 3 {
				t.Errorf("only %d requests for %d posts", requests, len(all))
			}
			for i := 1; i < len(all); i++ {
				if !olderID(all[i].ID, all[i-1].ID) || all[i].CreatedAt > all[i-1].CreatedAt {
					t.Fatalf("%s of %s stands below %s of %s", all[i].ID, all[i].CreatedAt, all[i-1].ID, all[i-1].CreatedAt)
				}
			}
		})
	}
}

func TestTheLocalTimelineIsLongEnoughForThreePages(t *testing.T) {
	d := start(t)
	all, _ := follow(t, d, local, "/api/v1/timelines/public?local=true&limit=40")
	if len(all) < 70 {
		t.Errorf("%d posts", len(all))
	}
	for _, s := range all {
		if strings.Contains(s.Account.Acct, "@") || s.Reblog != nil || s.Visibility != "public" {
			t.Errorf("%s by %s does not belong there", s.URI, s.Account.Acct)
		}
	}
}

func TestMinIDAndSinceIDDifferAsInMastodon(t *testing.T) {
	d := start(t)
	all, _ := follow(t, d, local, "/api/v1/timelines/public?local=true&limit=40")
	const at = 30
	above := get[[]status](t, d, local, "/api/v1/timelines/public?local=true&limit=5&min_id="+all[at].ID)
	newest := get[[]status](t, d, local, "/api/v1/timelines/public?local=true&limit=5&since_id="+all[at].ID)
	if len(above) != 5 || above[4].ID != all[at-1].ID || above[0].ID != all[at-5].ID {
		t.Errorf("min_id did not give the five posts right above")
	}
	if len(newest) != 5 || newest[0].ID != all[0].ID {
		t.Errorf("since_id did not give the newest posts")
	}
}

func TestLimitsAreCapped(t *testing.T) {
	d := start(t)
	for target, want := range map[string]int{"": 20, "?limit=40": 40, "?limit=4000": 40, "?limit=3": 3, "?limit=0": 0} {
		if got := len(get[[]status](t, d, local, "/api/v1/timelines/public"+target)); got != want {
			t.Errorf("%q gave %d posts, want %d", target, got, want)
		}
	}
}

func TestLinkDropsTheParametersThatMastodonDrops(t *testing.T) {
	d := start(t)
	res, _ := ask(t, d, local, "/api/v1/timelines/tag/fundsache?limit=2&remote=true&any[]=geese&x=1")
	next, err := url.Parse(nextOf(res.Header.Get("Link")))
	if err != nil {
		t.Fatal(err)
	}
	q := next.Query()
	if q.Get("limit") != "2" || q.Get("max_id") == "" || q.Has("remote") || q.Has("any[]") || q.Has("x") {
		t.Errorf("next is %s", next)
	}
	if !strings.Contains(res.Header.Get("Link"), `rel="prev"`) {
		t.Error("no prev")
	}
}

func TestHeadersOfAnAnswer(t *testing.T) {
	d := start(t)
	res, _ := ask(t, d, local, "/api/v1/timelines/public?local=true")
	for name, want := range map[string]string{
		"Access-Control-Allow-Origin": "*", "Content-Type": "application/json; charset=utf-8",
		"Cache-Control": "max-age=15, public, stale-while-revalidate=30, stale-if-error=86400", "Vary": "Authorization, Origin, Accept-Encoding",
	} {
		if got := res.Header.Get(name); got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
	for _, exposed := range []string{"Link", "X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset"} {
		if !strings.Contains(res.Header.Get("Access-Control-Expose-Headers"), exposed) || res.Header.Get(exposed) == "" {
			t.Errorf("%s is not there or not exposed", exposed)
		}
	}
	again, body := ask(t, d, local, "/api/v1/timelines/public?local=true", "If-None-Match", res.Header.Get("ETag"))
	if again.StatusCode != http.StatusNotModified || len(body) > 0 {
		t.Errorf("a known answer is sent again: %s", again.Status)
	}
}

func TestPagesForPeopleHaveNoCORS(t *testing.T) {
	d := start(t)
	first := get[[]status](t, d, local, "/api/v1/timelines/public?local=true&limit=1")[0]
	u, err := url.Parse(first.URL)
	if err != nil {
		t.Fatal(err)
	}
	for _, target := range []string{"/@marta", u.Path, "/"} {
		res, body := ask(t, d, local, target)
		if res.StatusCode != http.StatusOK || !strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") || res.Header.Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s: %s %v %.80s", target, res.Status, res.Header, body)
		}
	}
}

func TestPreflightIsAnswered(t *testing.T) {
	d := start(t)
	r, err := http.NewRequest(http.MethodOptions, "http://"+local+d.port()+"/api/v1/timelines/public", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Origin", "http://localhost:8080")
	r.Header.Set("Access-Control-Request-Headers", "x-thing")
	res, err := browser(d).Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK || res.Header.Get("Access-Control-Allow-Headers") != "x-thing" || res.Header.Get("Access-Control-Allow-Origin") != "*" {
		t.Errorf("%s %v", res.Status, res.Header)
	}
}

func TestErrorsAreWordedAsByMastodon(t *testing.T) {
	d := start(t)
	for _, c := range []struct {
		host, target string
		code         int
		body         string
	}{
		{local, "/api/v1/statuses/1", 404, `{"error":"Record not found"}`},
		{local, "/api/v1/accounts/lookup?acct=nobody", 404, `{"error":"Record not found"}`},
		{local, "/api/v1/accounts/lookup?acct=marta@" + far, 404, `{"error":"Record not found"}`},
		{local, "/api/v1/polls/1", 404, `{"error":"Record not found"}`},
		{local, "/api/v1/nothing", 404, `{"error":"Not Found"}`},
		{local, "/api/v1/timelines/home", 401, `{"error":"The access token is invalid"}`},
		{local, "/api/v2/search?q=marta&resolve=true", 401, `{"error":"Search queries that resolve remote resources are not supported without authentication"}`},
		{local, "/api/v2/search?q=marta&offset=20", 401, `{"error":"Search queries pagination is not supported without authentication"}`},
		{pond, "/api/v1/timelines/public?local=true", 422, `{"error":"This method requires an authenticated user"}`},
		{pond, "/api/v1/timelines/public", 422, `{"error":"This method requires an authenticated user"}`},
	} {
		res, body := ask(t, d, c.host, c.target)
		if res.StatusCode != c.code || string(body) != c.body || res.Header.Get("Access-Control-Allow-Origin") != "*" {
			t.Errorf("%s%s: %s %s", c.host, c.target, res.Status, body)
		}
	}
}

func TestTheLargeServerSaysWhatIsClosedAndLeavesTheRestOpen(t *testing.T) {
	d := start(t)
	res, body := ask(t, d, pond, "/api/v2/instance")
	if res.StatusCode != 200 || !strings.Contains(string(body), `"live_feeds":{"local":"authenticated","remote":"disabled"}`) || !strings.Contains(string(body), `"hashtag_feeds":{"local":"public","remote":"public"}`) {
		t.Errorf("timelines_access is missing in %.300s", body)
	}
	for _, target := range []string{"/api/v1/timelines/tag/typographie", "/api/v1/trends/statuses", "/api/v1/accounts/" + lookup(t, d, pond, "imprimerie").ID + "/statuses"} {
		if posts := get[[]status](t, d, pond, target); len(posts) == 0 {
			t.Errorf("%s is empty", target)
		}
	}
}

func TestASpentBudgetIsRefusedWithItsReset(t *testing.T) {
	d := start(t, func(o *Options) { o.Budget = 3 })
	for i := range 3 {
		res, _ := ask(t, d, local, "/api/v1/timelines/public?local=true")
		if want := string(rune('2' - i)); res.StatusCode != 200 || res.Header.Get("X-RateLimit-Remaining") != want {
			t.Fatalf("request %d: %s, %s left", i, res.Status, res.Header.Get("X-RateLimit-Remaining"))
		}
	}
	res, body := ask(t, d, local, "/api/v1/timelines/public?local=true")
	reset, err := time.Parse(time.RFC3339Nano, res.Header.Get("X-RateLimit-Reset"))
	if res.StatusCode != 429 || string(body) != `{"error":"Too many requests"}` || err != nil || !reset.After(d.now()) || reset.Sub(d.now()) > 5*time.Minute {
		t.Errorf("%s %s, renewed at %v", res.Status, body, reset)
	}
	if res, _ := ask(t, d, far, "/api/v1/timelines/public?local=true"); res.StatusCode != 200 {
		t.Error("another server's budget was touched")
	}
	d.ResetBudgets()
	if res, _ := ask(t, d, local, "/api/v1/timelines/public?local=true"); res.StatusCode != 200 {
		t.Error("the budget was not renewed")
	}
}

func TestServersHaveIDsOfTheirOwnAndShareURIs(t *testing.T) {
	d := start(t)
	here, _ := follow(t, d, local, "/api/v1/timelines/public?limit=40")
	there, _ := follow(t, d, far, "/api/v1/timelines/public?limit=40")
	ids := map[string]string{}
	for _, s := range there {
		ids[s.URI] = s.ID
	}
	shared := 0
	for _, s := range here {
		other, found := ids[s.URI]
		if !found {
			continue
		}
		shared++
		if other == s.ID {
			t.Errorf("%s has the id %s on both", s.URI, s.ID)
		}
		if strings.HasPrefix(s.URI, "http://"+local) != strings.HasSuffix(s.URI, "/"+s.ID) {
			t.Errorf("%s does not end with its origin's id", s.URI)
		}
	}
	if shared < 150 {
		t.Errorf("only %d posts are known to both", shared)
	}
}

func TestAccountsAreFoundInEveryWay(t *testing.T) {
	d := start(t)
	for _, acct := range []string{"marta", "MARTA", "marta@" + local + d.port(), "@marta"} {
		if a := lookup(t, d, local, acct); a.Username != "marta" || a.Acct != "marta" {
			t.Errorf("%q found %q", acct, a.Acct)
		}
	}
	remote := lookup(t, d, local, "bibliothek@"+far+d.port())
	if remote.Acct != "bibliothek@"+far+d.port() || remote.ID == lookup(t, d, far, "bibliothek").ID || remote.Roles != nil || remote.NoIndex != nil {
		t.Errorf("remote account: %+v", remote)
	}
	if byID := get[account](t, d, local, "/api/v1/accounts/"+remote.ID); byID.Acct != remote.Acct {
		t.Errorf("by id: %q", byID.Acct)
	}
	finger := get[map[string]any](t, d, local, "/.well-known/webfinger?resource="+url.QueryEscape("acct:marta@"+local+d.port()))
	if finger["subject"] != "acct:marta@"+local+d.port() {
		t.Errorf("webfinger: %v", finger)
	}
	actor := get[map[string]any](t, d, local, "/users/marta")
	if actor["type"] != "Person" || actor["preferredUsername"] != "marta" {
		t.Errorf("actor: %v", actor)
	}
	if res, _ := ask(t, d, local, "/.well-known/webfinger?resource=acct:superdeals@"+local+d.port()); res.StatusCode != http.StatusGone {
		t.Errorf("a suspended account: %s", res.Status)
	}
}

func TestSearchTrendsAndDirectoryWork(t *testing.T) {
	d := start(t)
	found := get[searchResult](t, d, local, "/api/v2/search?q=mar")
	if len(found.Accounts) == 0 || found.Accounts[0].Username != "marta" || found.Statuses == nil {
		t.Errorf("search: %+v", found)
	}
	if tags := get[searchResult](t, d, local, "/api/v2/search?q=%23gee&type=hashtags"); len(tags.Hashtags) != 1 || len(tags.Accounts) != 0 {
		t.Errorf("hashtags: %+v", tags)
	}
	first := get[[]status](t, d, local, "/api/v1/trends/statuses?limit=5")
	second := get[[]status](t, d, local, "/api/v1/trends/statuses?limit=5&offset=5")
	if len(first) != 5 || len(second) != 5 || slices.ContainsFunc(second, func(s status) bool { return s.URI == first[0].URI }) {
		t.Error("trends are not paged by offset")
	}
	for _, tag := range get[[]tagEntity](t, d, local, "/api/v1/trends/tags") {
		if len(tag.History) != 7 {
			t.Errorf("%s has %d days", tag.Name, len(tag.History))
		}
	}
	if links := get[[]cardEntity](t, d, local, "/api/v1/trends/links"); len(links) == 0 || len(links[0].History) != 7 {
		t.Errorf("links: %+v", links)
	}
	for _, a := range get[[]account](t, d, far, "/api/v1/directory?local=true") {
		if a.Username == "stille" || a.Username == "marta_alt" {
			t.Errorf("%s does not want to be found", a.Username)
		}
	}
	if len(get[[]customEmoji](t, d, local, "/api/v1/custom_emojis")) == 0 {
		t.Error("no emoji")
	}
}

func TestNodeinfoLeadsToTheSoftware(t *testing.T) {
	d := start(t)
	links := get[struct{ Links []struct{ Href string } }](t, d, far, "/.well-known/nodeinfo")
	if len(links.Links) != 1 || links.Links[0].Href != "http://"+far+d.port()+"/nodeinfo/2.0" {
		t.Fatalf("%+v", links)
	}
	info := get[struct {
		Software struct{ Name, Version string }
	}](t, d, far, "/nodeinfo/2.0")
	if info.Software.Name != "mastodon" || info.Software.Version != "4.5.1+glitch" {
		t.Errorf("%+v", info)
	}
}

func TestTheFeedOfAProfile(t *testing.T) {
	d := start(t)
	res, body := ask(t, d, far, "/@bibliothek.rss")
	if res.StatusCode != 200 || res.Header.Get("Access-Control-Allow-Origin") != "*" || strings.Count(string(body), "<item>") != 20 {
		t.Errorf("%s %d items", res.Status, strings.Count(string(body), "<item>"))
	}
}
