package demo

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"vitrine/build/demo/servers"
)

const failingTarget = "/api/v1/timelines/public?local=true"

// outcome is what a browser would make of an answer.
func outcome(t *testing.T, d *Demo, host, target string) Failure {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+host+d.port()+target, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Origin", "http://localhost:8080")
	res, err := browser(d).Do(r)
	if err != nil {
		return ConnectionClosed
	}
	defer res.Body.Close()
	body, err := io.ReadAll(io.LimitReader(res.Body, hugeBody+1))
	if err != nil {
		t.Fatal(err)
	}
	return classify(t, d, res, body)
}

func classify(t *testing.T, d *Demo, res *http.Response, body []byte) Failure {
	t.Helper()
	cors, html := res.Header.Get("Access-Control-Allow-Origin") == "*", strings.HasPrefix(res.Header.Get("Content-Type"), "text/html")
	switch {
	case !cors:
		return BotWall
	case res.StatusCode == 429:
		reset, err := time.Parse(time.RFC3339Nano, res.Header.Get("X-RateLimit-Reset"))
		if err != nil || !reset.After(d.now()) || res.Header.Get("X-RateLimit-Remaining") != "0" {
			t.Errorf("429 without a time of the next try: %v", res.Header)
		}
		return TooManyRequests
	case res.StatusCode == 401:
		return Login
	case res.StatusCode == 403:
		return Refused
	case res.StatusCode == 410:
		return Gone
	case res.StatusCode != 200:
		return Failure(res.Status[:3])
	case html:
		return WebPage
	case len(body) == 0:
		return Empty
	case len(body) >= hugeBody:
		return Huge
	case !json.Valid(body):
		return CutOff
	}
	return NoFailure
}

func TestEveryFailureFailsInItsWay(t *testing.T) {
	d := start(t)
	for _, f := range Failures() {
		if f == NoAnswer {
			continue // has a test of its own
		}
		t.Run(string(f), func(t *testing.T) {
			if got := outcome(t, d, string(f)+"."+cliff, failingTarget); got != f {
				t.Errorf("the server %s.%s: %q", f, cliff, got)
			}
			if got := outcome(t, d, string(f)+"."+cliff, "/.well-known/nodeinfo"); got != f {
				t.Errorf("its nodeinfo: %q", got)
			}
			profile := lookup(t, d, cliff, string(f))
			if f == Huge {
				return // once is enough
			}
			if got := outcome(t, d, cliff, "/api/v1/accounts/"+profile.ID+"/statuses"); got != f {
				t.Errorf("the account's posts: %q", got)
			}
			if got := outcome(t, d, cliff, "/api/v1/timelines/tag/break_"+string(f)); got != f {
				t.Errorf("the hashtag: %q", got)
			}
			d.Fail(local, "/api/v1/timelines", f)
			if got := outcome(t, d, local, failingTarget); got != f {
				t.Errorf("switched on elsewhere: %q", got)
			}
			d.ClearFailures()
			if got := outcome(t, d, local, failingTarget); got != NoFailure {
				t.Errorf("after Heal: %q", got)
			}
		})
	}
}

func TestARequestWithoutAnswerEndsWithTheReaderOrTheDemo(t *testing.T) {
	d := start(t)
	ctx, cancel := context.WithCancel(t.Context())
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://hang."+cliff+d.port()+failingTarget, nil)
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() {
		res, err := browser(d).Do(r)
		if err == nil {
			res.Body.Close()
		}
		ended <- err
	}()
	for d.Hits("hang."+cliff) == 0 { // the request is on its way
		select {
		case err := <-ended:
			t.Fatalf("it ended before it arrived: %v", err)
		default:
		}
	}
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("it ended with %v", err)
	}
}

func TestTheLongestPrefixDecides(t *testing.T) {
	d := start(t)
	d.Fail(local+d.port(), "/api", ServerError)
	d.Fail(local, "/api/v1/timelines/public", NoFailure)
	if got := outcome(t, d, local, failingTarget); got != NoFailure {
		t.Errorf("the exempted path: %q", got)
	}
	if got := outcome(t, d, local, "/api/v2/instance"); got != ServerError {
		t.Errorf("the rest: %q", got)
	}
	if got := outcome(t, d, far, failingTarget); got != NoFailure {
		t.Errorf("another server: %q", got)
	}
}

func TestKlippeItselfAnswers(t *testing.T) {
	d := start(t)
	posts := get[[]status](t, d, cliff, failingTarget)
	if len(posts) < len(Failures()) || posts[0].Account.Username != "waerter" {
		t.Fatalf("%d posts", len(posts))
	}
	if !strings.Contains(posts[1].Content, `href="http://429.klippe.localhost`+d.port()+`/"`) {
		t.Errorf("no way to the first failure in %s", posts[1].Content)
	}
}

func TestAPublishedPostStandsOnTopEverywhere(t *testing.T) {
	d := start(t)
	before := get[[]status](t, d, local, failingTarget)
	for _, text := range []string{"one", "two for @jo #geese"} {
		if err := d.Publish(local, "marta", text); err != nil {
			t.Fatal(err)
		}
	}
	fresh := get[[]status](t, d, local, "/api/v1/timelines/public?local=true&since_id="+before[0].ID)
	if len(fresh) != 2 || !strings.Contains(fresh[0].Content, "two for") || fresh[0].Mentions[0].Username != "jo" || fresh[0].Tags[0].Name != "geese" {
		t.Fatalf("%d new posts", len(fresh))
	}
	if elsewhere := get[[]status](t, d, far, "/api/v1/timelines/public?remote=true"); elsewhere[0].URI != fresh[0].URI {
		t.Error("it did not reach the other server")
	}
	if err := d.Publish("hafenlicht", "nobody", "x"); err == nil {
		t.Error("a stranger could publish")
	}
}

func TestALivingDemoWritesByItself(t *testing.T) {
	d := start(t, func(o *Options) { o.PostInterval = time.Millisecond })
	newest := get[[]status](t, d, local, failingTarget)[0].ID
	for len(get[[]status](t, d, local, "/api/v1/timelines/public?local=true&since_id="+newest)) == 0 {
		if t.Context().Err() != nil {
			t.Fatal("nobody wrote")
		}
	}
}

func TestRequestsAreLogged(t *testing.T) {
	d := start(t)
	ask(t, d, "evil.localhost", "/beacon?field=bio", "X-Mark", "here")
	ask(t, d, local, "/api/v2/instance")
	log := d.Requests()
	if len(log) != 2 || log[0].Host != "evil.localhost" || log[0].Path != "/beacon" || log[0].Query.Get("field") != "bio" || log[0].Header.Get("X-Mark") != "here" {
		t.Errorf("%+v", log)
	}
	if d.Hits("evil.localhost"+d.port()) != 1 || d.Hits(far) != 0 {
		t.Error("hits are miscounted")
	}
}

func TestHostsAreThoseWorthALook(t *testing.T) {
	d := start(t)
	var names []string
	for _, h := range d.Hosts() {
		names = append(names, h.Name)
		if h.Title == "" || h.Topic == "" || h.Text == "" || len(h.Languages) == 0 {
			t.Errorf("%+v", h)
		}
	}
	want := []string{local + d.port(), far + d.port(), pond + d.port(), cliff + d.port()}
	for _, k := range servers.Hosts() {
		want = append(want, k.Label+".localhost"+d.port())
	}
	if strings.Join(names, " ") != strings.Join(want, " ") {
		t.Errorf("%v", names)
	}
	res, body := ask(t, d, "127.0.0.1", "/")
	if res.StatusCode != 200 || !strings.Contains(string(body), want[2]) || strings.Contains(string(body), "hostile") {
		t.Errorf("the index: %s %s", res.Status, body)
	}
}

func TestTheHostileServerAnswersEverythingItIsAskedFor(t *testing.T) {
	d := start(t)
	const host = "hostile.localhost"
	posts := get[[]status](t, d, host, failingTarget)
	if len(posts) < 40 {
		t.Errorf("%d attempts", len(posts))
	}
	all, _ := json.Marshal(posts)
	for _, attempt := range []string{"onerror", "javascript:", "data:text/html", "http://evil.localhost" + d.port() + "/beacon", "srcdoc", "\u202e", "9999-12-31"} {
		quoted, _ := json.Marshal(attempt)
		if !strings.Contains(string(all), strings.Trim(string(quoted), `"`)) {
			t.Errorf("nobody tries %q", attempt)
		}
	}
	ids := map[string]bool{}
	for _, s := range posts {
		ids[s.ID] = true
	}
	if len(ids) != len(posts) {
		t.Errorf("%d ids for %d posts", len(ids), len(posts))
	}
	for _, target := range []string{
		"/api/v2/instance", "/api/v1/instance", "/.well-known/nodeinfo", "/nodeinfo/2.0", "/api/v1/accounts/lookup?acct=mallory", "/api/v1/accounts/666/statuses",
		"/api/v1/statuses/" + posts[3].ID, "/api/v1/statuses/" + posts[3].ID + "/context", "/api/v1/trends/links", "/api/v1/timelines/tag/x", "/.well-known/webfinger?resource=acct:mallory@x",
	} {
		if res, body := ask(t, d, host, target); res.StatusCode != 200 || !json.Valid(body) {
			t.Errorf("%s: %s", target, res.Status)
		}
	}
	if d.Hits("evil.localhost") != 0 {
		t.Error("asking JSON reached the evil host")
	}
}

func TestStartReportsABusyPort(t *testing.T) {
	d := start(t)
	if other, err := Start(t.Context(), Options{Addr: d.Addr()}); err == nil {
		_ = other.Close()
		t.Error("two demos on one port")
	}
}

func TestTheDemoEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	d, err := Start(ctx, Options{})
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	d.Wait()
}
