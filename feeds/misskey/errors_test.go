package misskey

import (
	"context"
	"strings"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

func TestErrors(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]feeds.Kind{
		"NO_SUCH_NOTE": feeds.NotFound, "SIGNIN_REQUIRED": feeds.NeedsLogin, "LTL_DISABLED": feeds.NeedsLogin, "USER_SUSPENDED": feeds.Refused,
		"RATE_LIMIT_EXCEEDED": feeds.RateLimited, "INTERNAL_ERROR": feeds.ServerError, "INVALID_PARAM": feeds.NotFound, "ANYTHING": feeds.BadData,
	} {
		s, _ := serve(map[string]feedstest.Answered{"/api/notes/show": {Status: 400, Body: `{"error":{"code":"` + code + `","message":"no"}}`}})
		if _, err := s.Post(context.Background(), "x"); feeds.KindOf(err) != want || feeds.AsError(err).Host != host {
			t.Errorf("%s: %v", code, err)
		}
	}
	for body, want := range map[string]feeds.Kind{"<!doctype html>": feeds.BadData, "[": feeds.BadData, "": feeds.BadData, "{}": feeds.BadData, `{"id":"x"}`: feeds.BadData, "null": feeds.BadData} {
		s, _ := serve(map[string]feedstest.Answered{"/api/notes/show": {Body: body}, "/api/notes/local-timeline": {Body: body}})
		if _, err := s.Post(context.Background(), "x"); feeds.KindOf(err) != want {
			t.Errorf("%q: %v", body, err)
		}
		if _, err := s.ServerPosts(context.Background(), feeds.Local, ""); body != `{"id":"x"}` && body != "{}" && feeds.KindOf(err) != want {
			t.Errorf("%q as a list: %v", body, err)
		}
	}
	s, _ := serve(map[string]feedstest.Answered{"/api/notes/show": {Body: noted("x", ada, `"isHidden":true,`)}})
	if _, err := s.Post(context.Background(), "x"); feeds.KindOf(err) != feeds.NeedsLogin {
		t.Errorf("hidden: %v", err)
	}
}

func TestCodesSayMoreThanTheStatus(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		status int
		code   string
		want   feeds.Kind
	}{
		{400, "NO_SUCH_NOTE", feeds.NotFound},
		{404, "NO_SUCH_USER", feeds.NotFound},
		{500, "FAILED_TO_RESOLVE_REMOTE_USER", feeds.NotFound},
		{400, "SIGNIN_REQUIRED", feeds.NeedsLogin},
		{401, "CREDENTIAL_REQUIRED", feeds.NeedsLogin},
		{400, "CONTENT_RESTRICTED_BY_USER", feeds.NeedsLogin},
		{400, "CONTENT_RESTRICTED_BY_SERVER", feeds.NeedsLogin},
		{400, "LTL_DISABLED", feeds.NeedsLogin},
		{400, "GTL_DISABLED", feeds.NeedsLogin},
		{400, "UNAVAILABLE", feeds.NeedsLogin},
		{403, "YOUR_ACCOUNT_SUSPENDED", feeds.Refused},
		{400, "ACCESS_DENIED", feeds.Refused},
		{400, "USER_SUSPENDED", feeds.Refused},
		{429, "RATE_LIMIT_EXCEEDED", feeds.RateLimited},
		{500, "INTERNAL_ERROR", feeds.ServerError},
		{404, "UNKNOWN_API_ENDPOINT", feeds.Unsupported},
		{400, "INVALID_PARAM", feeds.BadData},
		{418, "NEW", feeds.BadData},
		{404, "NEW", feeds.NotFound},
		{502, "NEW", feeds.ServerError},
		{403, "NEW", feeds.Refused},
	} {
		for shape, body := range map[string]string{"wrapped": refusal(c.code), "bare": `{"code":"` + c.code + `","message":"no"}`} {
			s, _ := serve(map[string]feedstest.Answered{"/api/notes/global-timeline": {Status: c.status, Body: body}})
			_, err := s.ServerPosts(context.Background(), feeds.Federated, "")
			if e := feeds.AsError(err); e == nil || e.Kind != c.want || e.Status != c.status || e.Host != host || !strings.Contains(e.Error(), c.code) {
				t.Errorf("%s %s: %v", shape, c.code, err)
			}
			if e := feeds.AsError(err); c.want == feeds.RateLimited && e.RetryAt.IsZero() {
				t.Errorf("%s: no time to ask again", c.code)
			}
		}
	}
}

func TestErrorsWithoutACode(t *testing.T) {
	t.Parallel()
	long := `{"error":{"code":"NO_SUCH_NOTE","message":"` + strings.Repeat("x", 16<<10) + `"}}`
	for _, c := range []struct {
		status int
		body   string
		want   feeds.Kind
	}{
		{404, "Not Found", feeds.NotFound}, {401, "", feeds.NeedsLogin}, {503, "<html>", feeds.ServerError}, {400, `{"error":"x"}`, feeds.BadData},
		{400, `{"error":{"code":7}}`, feeds.BadData}, {400, long, feeds.BadData},
	} {
		s, _ := serve(map[string]feedstest.Answered{"/api/notes/show": {Status: c.status, Body: c.body}})
		if _, err := s.Post(context.Background(), "n1"); feeds.KindOf(err) != c.want {
			t.Errorf("%d %.20s: %v", c.status, c.body, err)
		}
	}
}

func TestWhatTheFetcherSaysStays(t *testing.T) {
	t.Parallel()
	want := &feeds.Error{Kind: feeds.Offline}
	s, _ := serve(map[string]feedstest.Answered{"/api/notes/show": {Err: want}, "/api/meta": {Err: context.Canceled}})
	if _, err := s.Post(context.Background(), "n1"); err != want {
		t.Error(err)
	}
	if _, err := s.Describe(context.Background()); err != context.Canceled {
		t.Error(err)
	}
}
