package mastodon

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

func TestAnswersThatAreErrors(t *testing.T) {
	t.Parallel()
	const page = "<!DOCTYPE html><html><body>An app</body></html>"
	tests := []struct {
		name     string
		answer   feedstest.Answered
		post     feeds.Kind // what it means for a single post
		timeline feeds.Kind // what it means for a timeline, "" for the same
	}{
		{name: "401", answer: feedstest.Answered{Status: 401, Body: `{"error":"The access token is invalid"}`}, post: feeds.NeedsLogin},
		{name: "401 without a body", answer: feedstest.Answered{Status: 401}, post: feeds.NeedsLogin},
		{name: "403", answer: feedstest.Answered{Status: 403, Body: `{"error":"This action is not allowed"}`}, post: feeds.Refused},
		{name: "403 of a private Pleroma", answer: feedstest.Answered{Status: 403, Body: `{"error":"This resource requires authentication."}`}, post: feeds.NeedsLogin},
		{name: "404", answer: feedstest.Answered{Status: 404, Body: `{"error":"Record not found"}`}, post: feeds.NotFound},
		{name: "404 as a web page", answer: feedstest.Answered{Status: 404, Body: page}, post: feeds.NotFound},
		{name: "410", answer: feedstest.Answered{Status: 410}, post: feeds.Gone},
		{name: "422 for a guest", answer: feedstest.Answered{Status: 422, Body: `{"error":"This method requires an authenticated user"}`}, post: feeds.NeedsLogin},
		{name: "422 in another language", answer: feedstest.Answered{Status: 422, Body: `{"error":"Anmeldung nötig"}`}, post: feeds.BadData, timeline: feeds.NeedsLogin},
		{name: "429", answer: feedstest.Answered{Status: 429, Body: `{"error":"Too many requests"}`}, post: feeds.RateLimited},
		{name: "500 of Pixelfed", answer: feedstest.Answered{Status: 500, Body: `{"error":"Unauthenticated."}`}, post: feeds.NeedsLogin},
		{name: "502", answer: feedstest.Answered{Status: 502, Body: page}, post: feeds.ServerError},
		{name: "523", answer: feedstest.Answered{Status: 523, Body: page}, post: feeds.ServerError},
		{name: "200 with an error", answer: feedstest.Answered{Body: `{"error":"Nope"}`}, post: feeds.BadData},
		{name: "200 with an error for guests", answer: feedstest.Answered{Body: `{"error":"invalid","error_description":"This method requires an authenticated user"}`}, post: feeds.NeedsLogin},
		{name: "200 with an error of a wrong type", answer: feedstest.Answered{Body: `{"error":{"code":1}}`}, post: feeds.BadData},
		{name: "a web page", answer: feedstest.Answered{Body: "\n " + page}, post: feeds.BadData},
		{name: "cut-off JSON", answer: feedstest.Answered{Body: toots("1", "2")[:200]}, post: feeds.BadData},
		{name: "an object that is cut off", answer: feedstest.Answered{Body: toot("1")[:100]}, post: feeds.BadData},
		{name: "nothing", answer: feedstest.Answered{Body: " \n"}, post: feeds.BadData},
		{name: "null", answer: feedstest.Answered{Body: "null"}, post: feeds.BadData},
		{name: "words", answer: feedstest.Answered{Body: "OK"}, post: feeds.BadData},
		{name: "another object", answer: feedstest.Answered{Body: `{"data":[],"meta":{}}`}, post: feeds.BadData},
		{name: "another list", answer: feedstest.Answered{Body: `[1,2,3]`}, post: feeds.BadData},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.answer.Header = map[string]string{"x-ratelimit-reset": "2026-11-22T12:05:00.000Z"}
			s, _ := serve(map[string]feedstest.Answered{"/api/v1/statuses/7": tt.answer, "/api/v1/timelines/public": tt.answer})
			_, err := s.Post(context.Background(), "7")
			checkError(t, err, tt.post, "GET /api/v1/statuses/7", tt.answer.Status)
			_, err = s.ServerPosts(context.Background(), feeds.Local, "")
			if tt.timeline == "" {
				tt.timeline = tt.post
			}
			checkError(t, err, tt.timeline, "GET /api/v1/timelines/public", tt.answer.Status)
		})
	}
}

func checkError(t *testing.T, err error, kind feeds.Kind, op string, status int) {
	t.Helper()
	var e *feeds.Error
	if !errors.As(err, &e) {
		t.Fatalf("%v is no *feeds.Error", err)
	}
	if status == 0 {
		status = 200
	}
	if e.Kind != kind || e.Host != host || e.Op != op || e.Status != status {
		t.Errorf("%+v, want %s of %s with status %d", e, kind, op, status)
	}
	if want := feedstest.Epoch().Add(5 * time.Minute); kind == feeds.RateLimited && !e.RetryAt.Equal(want) {
		t.Errorf("to be asked again at %v, want %v", e.RetryAt, want)
	}
}

func TestFetcherErrorsPassUnchanged(t *testing.T) {
	t.Parallel()
	for _, want := range []error{&feeds.Error{Kind: feeds.Offline, Host: host}, context.Canceled} {
		s, _ := serve(map[string]feedstest.Answered{"/api/v1/statuses/7": {Err: want}})
		if _, err := s.Post(context.Background(), "7"); !errors.Is(err, want) {
			t.Errorf("%v became %v", want, err)
		}
	}
}

func TestPostForOthersNeedsALogin(t *testing.T) {
	t.Parallel()
	for _, visibility := range []string{"private", "direct", "login", "local", "list", "mutual", "whatever"} {
		body := strings.Replace(toot("7"), `"public"`, `"`+visibility+`"`, 1)
		s, _ := serve(map[string]feedstest.Answered{"/api/v1/statuses/7": {Body: body}})
		if p, err := s.Post(context.Background(), "7"); p != nil || feeds.KindOf(err) != feeds.NeedsLogin {
			t.Errorf("%s: %v, %v", visibility, p, err)
		}
	}
}

func TestIDsThatWouldBeAnotherPathAreNotAsked(t *testing.T) {
	t.Parallel()
	s, srv := serve(nil)
	for _, id := range []string{"", ".", ".."} {
		if _, err := s.Post(context.Background(), id); feeds.KindOf(err) != feeds.NotFound {
			t.Errorf("%q: %v", id, err)
		}
	}
	if got := srv.Asked(); got != "" {
		t.Errorf("asked %s", got)
	}
	if _, err := s.Post(context.Background(), "a/../b?c#d"); feeds.KindOf(err) != feeds.NotFound {
		t.Errorf("%v", err)
	}
	if got := srv.Asked(); got != "/api/v1/statuses/a%2F..%2Fb%3Fc%23d" {
		t.Errorf("asked %s", got)
	}
}
