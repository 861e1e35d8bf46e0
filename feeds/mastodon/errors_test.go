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
	const page = "<!DOCTYPE html><html><body>An app</body></html>"
	tests := []struct {
		name     string
		answer   reply
		post     feeds.Kind // what it means for a single post
		timeline feeds.Kind // what it means for a timeline, "" for the same
	}{
		{name: "401", answer: reply{status: 401, body: `{"error":"The access token is invalid"}`}, post: feeds.NeedsLogin},
		{name: "401 without a body", answer: reply{status: 401}, post: feeds.NeedsLogin},
		{name: "403", answer: reply{status: 403, body: `{"error":"This action is not allowed"}`}, post: feeds.Refused},
		{name: "403 of a private Pleroma", answer: reply{status: 403, body: `{"error":"This resource requires authentication."}`}, post: feeds.NeedsLogin},
		{name: "404", answer: reply{status: 404, body: `{"error":"Record not found"}`}, post: feeds.NotFound},
		{name: "404 as a web page", answer: reply{status: 404, body: page}, post: feeds.NotFound},
		{name: "410", answer: reply{status: 410}, post: feeds.Gone},
		{name: "422 for a guest", answer: reply{status: 422, body: `{"error":"This method requires an authenticated user"}`}, post: feeds.NeedsLogin},
		{name: "422 in another language", answer: reply{status: 422, body: `{"error":"Anmeldung nötig"}`}, post: feeds.BadData, timeline: feeds.NeedsLogin},
		{name: "429", answer: reply{status: 429, body: `{"error":"Too many requests"}`}, post: feeds.RateLimited},
		{name: "500 of Pixelfed", answer: reply{status: 500, body: `{"error":"Unauthenticated."}`}, post: feeds.NeedsLogin},
		{name: "502", answer: reply{status: 502, body: page}, post: feeds.ServerError},
		{name: "523", answer: reply{status: 523, body: page}, post: feeds.ServerError},
		{name: "200 with an error", answer: reply{body: `{"error":"Nope"}`}, post: feeds.BadData},
		{name: "200 with an error for guests", answer: reply{body: `{"error":"invalid","error_description":"This method requires an authenticated user"}`}, post: feeds.NeedsLogin},
		{name: "200 with an error of a wrong type", answer: reply{body: `{"error":{"code":1}}`}, post: feeds.BadData},
		{name: "a web page", answer: reply{body: "\n " + page}, post: feeds.BadData},
		{name: "cut-off JSON", answer: reply{body: toots("1", "2")[:200]}, post: feeds.BadData},
		{name: "an object that is cut off", answer: reply{body: toot("1")[:100]}, post: feeds.BadData},
		{name: "nothing", answer: reply{body: " \n"}, post: feeds.BadData},
		{name: "null", answer: reply{body: "null"}, post: feeds.BadData},
		{name: "words", answer: reply{body: "OK"}, post: feeds.BadData},
		{name: "another object", answer: reply{body: `{"data":[],"meta":{}}`}, post: feeds.BadData},
		{name: "another list", answer: reply{body: `[1,2,3]`}, post: feeds.BadData},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.answer.header = map[string]string{"x-ratelimit-reset": "2026-11-22T12:05:00.000Z"}
			s, _ := serve(map[string]reply{"/api/v1/statuses/7": tt.answer, "/api/v1/timelines/public": tt.answer})
			_, err := s.Post(context.Background(), "7")
			checkError(t, err, tt.post, "GET /api/v1/statuses/7", tt.answer.status)
			_, err = s.ServerPosts(context.Background(), feeds.Local, "")
			if tt.timeline == "" {
				tt.timeline = tt.post
			}
			checkError(t, err, tt.timeline, "GET /api/v1/timelines/public", tt.answer.status)
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
	for _, want := range []error{&feeds.Error{Kind: feeds.Offline, Host: host}, context.Canceled} {
		s, _ := serve(map[string]reply{"/api/v1/statuses/7": {err: want}})
		if _, err := s.Post(context.Background(), "7"); !errors.Is(err, want) {
			t.Errorf("%v became %v", want, err)
		}
	}
}

func TestPostForOthersNeedsALogin(t *testing.T) {
	for _, visibility := range []string{"private", "direct", "login", "local", "list", "mutual", "whatever"} {
		body := strings.Replace(toot("7"), `"public"`, `"`+visibility+`"`, 1)
		s, _ := serve(map[string]reply{"/api/v1/statuses/7": {body: body}})
		if p, err := s.Post(context.Background(), "7"); p != nil || feeds.KindOf(err) != feeds.NeedsLogin {
			t.Errorf("%s: %v, %v", visibility, p, err)
		}
	}
}

func TestIDsThatWouldBeAnotherPathAreNotAsked(t *testing.T) {
	s, srv := serve(nil)
	for _, id := range []string{"", ".", ".."} {
		if _, err := s.Post(context.Background(), id); feeds.KindOf(err) != feeds.NotFound {
			t.Errorf("%q: %v", id, err)
		}
	}
	if got := srv.requests(); got != "" {
		t.Errorf("asked %s", got)
	}
	if _, err := s.Post(context.Background(), "a/../b?c#d"); feeds.KindOf(err) != feeds.NotFound {
		t.Errorf("%v", err)
	}
	if got := srv.requests(); got != "/api/v1/statuses/a%2F..%2Fb%3Fc%23d" {
		t.Errorf("asked %s", got)
	}
}
