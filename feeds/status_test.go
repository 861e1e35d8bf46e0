package feeds_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

func TestStatusErrorNamesTheKind(t *testing.T) {
	t.Parallel()
	for status, want := range map[int]feeds.Kind{
		200: "", 204: "", 301: feeds.BadData, 400: feeds.BadData, 401: feeds.NeedsLogin, 403: feeds.Refused, 404: feeds.NotFound, 408: feeds.Timeout,
		410: feeds.Gone, 413: feeds.TooLarge, 422: feeds.BadData, 429: feeds.RateLimited, 451: feeds.Refused, 500: feeds.ServerError, 503: feeds.ServerError,
	} {
		err := feeds.StatusError(&feeds.Response{Status: status, URL: "https://a.example:8443/api/v1/x?y=1", At: feedstest.Epoch()})
		if got := feeds.KindOf(err); got != want {
			t.Errorf("%d: %q, want %q", status, got, want)
		}
		if e := feeds.AsError(err); e != nil && (e.Host != "a.example:8443" || e.Op != "GET /api/v1/x" || e.Status != status) {
			t.Errorf("%d: %+v", status, e)
		}
	}
}

func TestRetryAtReadsWhatServersSend(t *testing.T) {
	t.Parallel()
	now := feedstest.Epoch()
	for _, c := range []struct {
		name   string
		header map[string]string
		want   time.Time
	}{
		{"Mastodon's time", map[string]string{"x-ratelimit-reset": "2026-11-22T12:05:00.000000Z"}, now.Add(5 * time.Minute)},
		{"seconds since 1970", map[string]string{"x-ratelimit-reset": fmt.Sprint(now.Add(7 * time.Minute).Unix())}, now.Add(7 * time.Minute)},
		{"seconds from now", map[string]string{"retry-after": "90"}, now.Add(90 * time.Second)},
		{"an HTTP date", map[string]string{"retry-after": "Sun, 22 Nov 2026 12:02:00 GMT"}, now.Add(2 * time.Minute)},
		{"nothing", nil, now.Add(time.Minute)},
		{"nonsense", map[string]string{"retry-after": "soon"}, now.Add(time.Minute)},
	} {
		if got := feeds.RetryAt(&feeds.Response{Status: 429, Header: c.header, At: now}); !got.Equal(c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestKindOfFindsTheKindInAChain(t *testing.T) {
	t.Parallel()
	err := fmt.Errorf("opening: %w", &feeds.Error{Kind: feeds.Gone, Host: "a.example"})
	if feeds.KindOf(err) != feeds.Gone || feeds.AsError(err).Host != "a.example" {
		t.Errorf("KindOf = %q", feeds.KindOf(err))
	}
	if got := feeds.KindOf(errors.New("x")); got != feeds.Internal {
		t.Errorf("an unknown error is %q", got)
	}
	if feeds.KindOf(nil) != "" || feeds.AsError(nil) != nil {
		t.Error("nil has a kind")
	}
}
