package peertube

import (
	"context"
	"errors"
	"testing"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

func TestAnswersThatAreErrors(t *testing.T) {
	t.Parallel()
	const page = "<!DOCTYPE html><html><body>PeerTube</body></html>"
	tests := []struct {
		name   string
		answer feedstest.Answered
		post   feeds.Kind
		list   feeds.Kind // "" for the same
	}{
		{name: "400", answer: feedstest.Answered{Status: 400, Body: `{"type":"about:blank","title":"Bad Request","detail":"Incorrect request parameters: id","status":400,"invalid-params":{}}`}, post: feeds.NotFound, list: feeds.BadData},
		{name: "401", answer: feedstest.Answered{Status: 401, Body: `{"detail":"Unauthenticated","status":401}`}, post: feeds.NeedsLogin},
		{name: "403 with a password", answer: feedstest.Answered{Status: 403, Body: `{"detail":"Please provide a password to access this password protected video","code":"video_requires_password","status":403}`}, post: feeds.Refused},
		{name: "403 of a server that isn't followed", answer: feedstest.Answered{Status: 403, Body: `{"detail":"Cannot get this video regarding follow constraints","code":"does_not_respect_follow_constraints","originUrl":"https://far.example/w/1","status":403}`}, post: feeds.Refused},
		{name: "404", answer: feedstest.Answered{Status: 404, Body: `{"detail":"Video not found","status":404}`}, post: feeds.NotFound},
		{name: "404 as a web page", answer: feedstest.Answered{Status: 404, Body: page}, post: feeds.NotFound},
		{name: "429", answer: feedstest.Answered{Status: 429, Body: "Too many requests"}, post: feeds.RateLimited},
		{name: "502", answer: feedstest.Answered{Status: 502, Body: page}, post: feeds.ServerError},
		{name: "a web page", answer: feedstest.Answered{Body: "\n" + page}, post: feeds.BadData},
		{name: "cut-off JSON", answer: feedstest.Answered{Body: film(1, "")[:200]}, post: feeds.BadData},
		{name: "nothing", answer: feedstest.Answered{Body: " \n"}, post: feeds.BadData},
		{name: "words", answer: feedstest.Answered{Body: "OK"}, post: feeds.BadData},
		{name: "a list", answer: feedstest.Answered{Body: `[1,2,3]`}, post: feeds.BadData},
		{name: "another object", answer: feedstest.Answered{Body: `{"storyboards":[]}`}, post: feeds.BadData},
		{name: "a list of something else", answer: feedstest.Answered{Body: `{"total":1,"data":[{"language":{"id":"en"}}]}`}, post: feeds.BadData},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.answer.Header = map[string]string{"retry-after": "300"}
			s, _ := serve(map[string]feedstest.Answered{"/api/v1/videos/7": tt.answer, "/api/v1/videos": tt.answer})
			_, err := s.Post(context.Background(), "7")
			checkError(t, err, tt.post, "GET /api/v1/videos/7", tt.answer.Status)
			_, err = s.ServerPosts(context.Background(), feeds.Local, "")
			if tt.list == "" {
				tt.list = tt.post
			}
			checkError(t, err, tt.list, "GET /api/v1/videos", tt.answer.Status)
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

func TestVideosThatAreNotForGuests(t *testing.T) {
	t.Parallel()
	for fields, want := range map[string]feeds.Kind{
		`"privacy":{"id":2}`:                       "",
		`"privacy":{"id":3}`:                       feeds.NeedsLogin,
		`"privacy":{"id":4}`:                       feeds.NeedsLogin,
		`"privacy":{"id":5}`:                       feeds.Refused,
		`"privacy":{"id":6}`:                       feeds.NeedsLogin,
		`"blacklisted":true,"privacy":{"id":1}`:    feeds.Refused,
		`"channel":null,"account":null`:            feeds.BadData,
		`"id":null,"uuid":"","shortUUID":""`:       feeds.BadData,
		`"channel":{"id":1,"name":"a@b"}`:          feeds.BadData,
		`"publishedAt":"soon","createdAt":"2026"}`: feeds.BadData,
	} {
		s, _ := serve(map[string]feedstest.Answered{"/api/v1/videos/7": {Body: film(7, fields)}})
		if _, err := s.Post(context.Background(), "7"); feeds.KindOf(err) != want {
			t.Errorf("%s: %v, want %s", fields, err, want)
		}
	}
}

func TestFetcherErrorsPassUnchanged(t *testing.T) {
	t.Parallel()
	for _, want := range []error{&feeds.Error{Kind: feeds.Offline, Host: host}, context.Canceled} {
		s, _ := serve(map[string]feedstest.Answered{"/api/v1/videos/7": {Err: want}})
		if _, err := s.Post(context.Background(), "7"); !errors.Is(err, want) {
			t.Errorf("%v became %v", want, err)
		}
	}
}
