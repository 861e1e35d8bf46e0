package fetch_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/feedstest"
	"vitrine/feeds/fetch"
)

// The tests of this file hold for every transport. Natively they run as they are; TestInChromium runs them in a browser, where
// the server (internal/fetchserver) is another origin.

// onLoopback are the options of a client that may ask the test server.
func onLoopback() fetch.Options { return fetch.Options{Private: true, MaxBody: 1 << 20} }

func get(t *testing.T, c *fetch.Client, u string) *feeds.Response {
	t.Helper()
	res, err := c.Fetch(t.Context(), feeds.Request{URL: u})
	if err != nil {
		t.Fatalf("%s: %v", u, err)
	}
	return res
}

// decode asks for u and reads its JSON.
func decode[T any](t *testing.T, c *fetch.Client, u string) (v T) {
	t.Helper()
	res := get(t, c, u)
	if err := json.Unmarshal(res.Body, &v); err != nil {
		t.Fatalf("%s: %v in %q", u, err, res.Body)
	}
	return v
}

// counts is a fetchserver.Seen.
type counts struct{ Gets, Preflight, AtOnce int }

// seen asks the server what was asked under a key, with a client of its own.
func seen(t *testing.T, server, key string) counts {
	t.Helper()
	return decode[counts](t, fetch.New(onLoopback()), server+"/seen?of="+url.QueryEscape(key))
}

// waitFor returns once the server has seen the start, or the end, of what is asked under key.
func waitFor(t *testing.T, server, what, key string) {
	t.Helper()
	get(t, fetch.New(onLoopback()), server+"/wait/"+what+"?of="+url.QueryEscape(key))
}

// wantFailure checks an error's kind and that it names the host.
func wantFailure(t *testing.T, err error, kind feeds.Kind, u string) *feeds.Error {
	t.Helper()
	var e *feeds.Error
	if !errors.As(err, &e) || e.Kind != kind {
		t.Fatalf("error %v, want %s", err, kind)
	}
	if host := strings.Split(u, "/")[2]; e.Host != host {
		t.Errorf("error names host %q, want %q", e.Host, host)
	}
	if !strings.HasPrefix(e.Op, "GET /") {
		t.Errorf("error names %q", e.Op)
	}
	return e
}

func TestAnAnswerIsHandedOverWhole(t *testing.T) {
	server := start(t)
	clock := feedstest.NewClock()
	o := onLoopback()
	o.Clock = clock
	res := get(t, fetch.New(o), server+"/json?max_id=1#part")
	if res.Status != 200 || strings.TrimSpace(string(res.Body)) != `{"hello":"world"}` {
		t.Errorf("status %d, body %q", res.Status, res.Body)
	}
	if want := server + "/json?max_id=1"; res.URL != want {
		t.Errorf("URL %q, want %q", res.URL, want)
	}
	if got := res.Header["content-type"]; got != "application/json; charset=utf-8" {
		t.Errorf("content-type %q", got)
	}
	if !res.At.Equal(clock.Now()) {
		t.Errorf("At %v, want the clock's %v", res.At, clock.Now())
	}
}

func TestABodyIsPostedAsJSON(t *testing.T) {
	server := start(t)
	c := fetch.New(onLoopback())
	for _, body := range []string{`{"noteId":"1"}`, `{"noteId":"2"}`} {
		res, err := c.Fetch(t.Context(), feeds.Request{URL: server + "/posted", Body: body})
		if err != nil {
			t.Fatal(err)
		}
		var got struct{ Type, Body string }
		if err := json.Unmarshal(res.Body, &got); err != nil || got.Body != body || got.Type != "application/json" {
			t.Errorf("%s was sent as %s, %v", body, res.Body, err)
		}
	}
}

func TestARequestIsPlainAndCarriesNothingOfTheReader(t *testing.T) {
	server, key := start(t), t.Name()
	c := fetch.New(onLoopback())
	get(t, c, server+"/cookie")
	header := decode[map[string][]string](t, c, server+"/echo?key="+key)
	for _, name := range []string{"Cookie", "Referer", "Authorization", "If-None-Match", "Cache-Control"} {
		if v, ok := header[name]; ok {
			t.Errorf("%s: %q was sent", name, v)
		}
	}
	if got := header["Accept"]; len(got) != 1 || got[0] != "application/json" {
		t.Errorf("Accept: %q", got)
	}
	if s := seen(t, server, key); s.Preflight != 0 || s.Gets != 1 {
		t.Errorf("the server saw %+v, want one GET and nothing before it", s)
	}
}

func TestAcceptIsSentWithoutAPreflightOrNotAtAll(t *testing.T) {
	server, key := start(t), t.Name()
	c := fetch.New(onLoopback())
	u := server + "/echo?key=" + key
	res, err := c.Fetch(t.Context(), feeds.Request{URL: u, Accept: "application/activity+json"})
	if err != nil || !bytes.Contains(res.Body, []byte("application/activity+json")) {
		t.Fatalf("%+v, %v", res, err)
	}
	for _, accept := range []string{`application/ld+json; profile="https://www.w3.org/ns/activitystreams"`, "text/html\n", strings.Repeat("a", 129)} {
		_, err = c.Fetch(t.Context(), feeds.Request{URL: u, Accept: accept})
		wantFailure(t, err, feeds.Internal, u)
	}
	if s := seen(t, server, key); s.Preflight != 0 || s.Gets != 1 {
		t.Errorf("the server saw %+v, want the first GET alone", s)
	}
}

func TestEveryStatusIsAnAnswer(t *testing.T) {
	server := start(t)
	for _, status := range []int{200, 204, 400, 401, 403, 404, 410, 422, 429, 500, 503} {
		// A client each: after the 429 the host pauses.
		res := get(t, fetch.New(onLoopback()), fmt.Sprintf("%s/answer?status=%d", server, status))
		if res.Status != status || len(res.Body) != 0 {
			t.Errorf("status %d, want %d; body %q", res.Status, status, res.Body)
		}
	}
}

func TestRedirectsAreFollowed(t *testing.T) {
	server := start(t)
	res := get(t, fetch.New(onLoopback()), server+"/hops/3")
	if res.URL != server+"/hops/0" || res.Status != 200 {
		t.Errorf("status %d at %q, want 200 at /hops/0", res.Status, res.URL)
	}
}

func TestARedirectCarriesNothingAlong(t *testing.T) {
	server, key := start(t), t.Name()
	header := decode[map[string][]string](t, fetch.New(onLoopback()), server+"/redirect?to=/echo?key="+key)
	for _, name := range []string{"Cookie", "Referer"} {
		if v, ok := header[name]; ok {
			t.Errorf("%s: %q was sent", name, v)
		}
	}
	if s := seen(t, server, key); s.Preflight != 0 {
		t.Errorf("the server saw %+v", s)
	}
}

func TestRedirectsWithoutEndAreUnreachable(t *testing.T) {
	server := start(t)
	u := server + "/hops/50"
	_, err := fetch.New(onLoopback()).Fetch(t.Context(), feeds.Request{URL: u})
	wantFailure(t, err, feeds.Unreachable, u)
}

func TestBodiesOverTheCapAreTooLarge(t *testing.T) {
	server := start(t)
	c := fetch.New(onLoopback())
	for _, path := range []string{"/bytes/1048577", "/stream/1048577", "/stream/67108864", "/bytes/67108864", "/gzip/8000000"} {
		t.Run(path, func(t *testing.T) {
			u, key := server+path, t.Name()
			_, err := c.Fetch(t.Context(), feeds.Request{URL: u + "?key=" + url.QueryEscape(key)})
			wantFailure(t, err, feeds.TooLarge, u)
			// The server is done with it though nobody read it to its end.
			waitFor(t, server, "end", key)
		})
	}
}

func TestABodyOfExactlyTheCapIsRead(t *testing.T) {
	server := start(t)
	for _, path := range []string{"/bytes/1048576", "/stream/1048576", "/gzip/1048576", "/bytes/0"} {
		want := 1 << 20
		if path == "/bytes/0" {
			want = 0
		}
		if res := get(t, fetch.New(onLoopback()), server+path); len(res.Body) != want {
			t.Errorf("%s: %d bytes, want %d", path, len(res.Body), want)
		}
	}
}

func TestACutBodyIsUnreachable(t *testing.T) {
	server := start(t)
	_, err := fetch.New(onLoopback()).Fetch(t.Context(), feeds.Request{URL: server + "/cut"})
	wantFailure(t, err, feeds.Unreachable, server+"/cut")
}

func TestAPortWithoutAServerIsUnreachable(t *testing.T) {
	server := start(t)
	c := fetch.New(onLoopback())
	u := decode[string](t, c, server+"/closedport")
	_, err := c.Fetch(t.Context(), feeds.Request{URL: u})
	wantFailure(t, err, feeds.Unreachable, u)
}

func TestWhatMayNotBeAskedIsUnreachable(t *testing.T) {
	server := start(t)
	c := fetch.New(fetch.Options{})
	for _, u := range []string{server + "/json", "https://192.168.1.1/", "http://public.example/", "ftp://public.example/", "https://"} {
		if _, err := c.Fetch(t.Context(), feeds.Request{URL: u}); feeds.KindOf(err) != feeds.Unreachable {
			t.Errorf("%s: %v, want Unreachable", u, err)
		}
	}
}

func TestASilentServerIsATimeout(t *testing.T) {
	server := start(t)
	o := onLoopback()
	o.Deadline = 100 * time.Millisecond // whatever the machine's speed, it never answers
	c := fetch.New(o)
	for _, path := range []string{"/hang", "/stall"} {
		key := t.Name() + path
		_, err := c.Fetch(t.Context(), feeds.Request{URL: server + path + "?key=" + url.QueryEscape(key)})
		wantFailure(t, err, feeds.Timeout, server+path)
	}
}

func TestACallerWhoGoesIsToldItsOwnErrorAndTheRequestEnds(t *testing.T) {
	server := start(t)
	c := fetch.New(onLoopback())
	for _, path := range []string{"/hang", "/stall"} {
		t.Run(path, func(t *testing.T) {
			key := t.Name()
			ctx, cancel := context.WithCancel(t.Context())
			failed := make(chan error, 1)
			go func() {
				_, err := c.Fetch(ctx, feeds.Request{URL: server + path + "?key=" + url.QueryEscape(key)})
				failed <- err
			}()
			waitFor(t, server, "start", key)
			cancel()
			if err := <-failed; err != context.Canceled {
				t.Errorf("error %v, want context.Canceled itself", err)
			}
			waitFor(t, server, "end", key)
		})
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := c.Fetch(ctx, feeds.Request{URL: server + "/json"}); err != context.Canceled {
		t.Errorf("error %v for a caller who had gone before", err)
	}
}

func TestAHostIsAskedFourTimesAtOnce(t *testing.T) {
	server, key := start(t), t.Name()
	c := fetch.New(onLoopback())
	failed := make(chan error)
	const requests = 12
	for i := range requests {
		go func() { // each is answered once four of them are there
			_, err := c.Fetch(t.Context(), feeds.Request{URL: fmt.Sprintf("%s/wait/start?of=%s&n=4&key=%s&i=%d", server, key, key, i)})
			failed <- err
		}()
	}
	for range requests {
		if err := <-failed; err != nil {
			t.Error(err)
		}
	}
	if s := seen(t, server, key); s.AtOnce != 4 || s.Gets != requests {
		t.Errorf("the server saw %+v, want %d GETs, four at once", s, requests)
	}
}

func TestAHostsBudgetIsLearned(t *testing.T) {
	server := start(t)
	c := fetch.New(onLoopback())
	host := strings.TrimPrefix(server, "http://")
	if b, ok := c.Budget(host); ok {
		t.Errorf("budget %+v before anything was asked", b)
	}
	reset := time.Now().Add(5 * time.Minute).UTC().Truncate(time.Second)
	get(t, c, server+"/answer?"+limitHeaders("300", "250", reset.Format(time.RFC3339)))
	want := feeds.Budget{Limit: 300, Remaining: 250, Reset: reset}
	if b, ok := c.Budget(host); !ok || b != want {
		t.Errorf("budget %+v, %v; want %+v", b, ok, want)
	}
}

func TestAHostThatAsksForALongPauseIsNotAsked(t *testing.T) {
	server := start(t)
	reset := time.Now().Add(5 * time.Minute).UTC().Truncate(time.Second)
	for name, query := range map[string]string{
		"after a 429":        "status=429&" + limitHeaders("300", "0", reset.Format(time.RFC3339)),
		"after the last one": limitHeaders("300", "0", reset.Format(time.RFC3339)),
	} {
		t.Run(name, func(t *testing.T) {
			c, key := fetch.New(onLoopback()), t.Name()
			get(t, c, server+"/answer?"+query)
			u := server + "/json?key=" + url.QueryEscape(key)
			_, err := c.Fetch(t.Context(), feeds.Request{URL: u})
			if e := wantFailure(t, err, feeds.RateLimited, u); !e.RetryAt.Equal(reset) {
				t.Errorf("RetryAt %v, want %v", e.RetryAt, reset)
			}
			if s := seen(t, server, key); s.Gets != 0 {
				t.Errorf("the host was asked %d times", s.Gets)
			}
		})
	}
}

// limitHeaders makes the query of /answer for the three headers.
func limitHeaders(limit, remaining, reset string) string {
	return url.Values{"header": {"X-RateLimit-Limit: " + limit, "X-RateLimit-Remaining: " + remaining, "X-RateLimit-Reset: " + reset}}.Encode()
}
