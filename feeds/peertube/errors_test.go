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
	const page = "<!DOCTYPE html><html><body>PeerTube</body></html>"
	tests := []struct {
		name   string
		answer reply
		post   feeds.Kind
		list   feeds.Kind // "" for the same
	}{
		{name: "400", answer: reply{status: 400, body: `{"type":"about:blank","title":"Bad Request","detail":"Incorrect request parameters: id","status":400,"invalid-params":{}}`}, post: feeds.NotFound, list: feeds.BadData},
		{name: "401", answer: reply{status: 401, body: `{"detail":"Unauthenticated","status":401}`}, post: feeds.NeedsLogin},
		{name: "403 with a password", answer: reply{status: 403, body: `{"detail":"Please provide a password to access this password protected video","code":"video_requires_password","status":403}`}, post: feeds.Refused},
		{name: "403 of a server that isn't followed", answer: reply{status: 403, body: `{"detail":"Cannot get this video regarding follow constraints","code":"does_not_respect_follow_constraints","originUrl":"https://far.example/w/1","status":403}`}, post: feeds.Refused},
		{name: "404", answer: reply{status: 404, body: `{"detail":"Video not found","status":404}`}, post: feeds.NotFound},
		{name: "404 as a web page", answer: reply{status: 404, body: page}, post: feeds.NotFound},
		{name: "429", answer: reply{status: 429, body: "Too many requests"}, post: feeds.RateLimited},
		{name: "502", answer: reply{status: 502, body: page}, post: feeds.ServerError},
		{name: "a web page", answer: reply{body: "\n" + page}, post: feeds.BadData},
		{name: "cut-off JSON", answer: reply{body: film(1, "")[:200]}, post: feeds.BadData},
		{name: "nothing", answer: reply{body: " \n"}, post: feeds.BadData},
		{name: "words", answer: reply{body: "OK"}, post: feeds.BadData},
		{name: "a list", answer: reply{body: `[1,2,3]`}, post: feeds.BadData},
		{name: "another object", answer: reply{body: `{"storyboards":[]}`}, post: feeds.BadData},
		{name: "a list of something else", answer: reply{body: `{"total":1,"data":[{"language":{"id":"en"}}]}`}, post: feeds.BadData},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.answer.header = map[string]string{"retry-after": "300"}
			s, _ := serve(map[string]reply{"/api/v1/videos/7": tt.answer, "/api/v1/videos": tt.answer})
			_, err := s.Post(context.Background(), "7")
			checkError(t, err, tt.post, "GET /api/v1/videos/7", tt.answer.status)
			_, err = s.ServerPosts(context.Background(), feeds.Local, "")
			if tt.list == "" {
				tt.list = tt.post
			}
			checkError(t, err, tt.list, "GET /api/v1/videos", tt.answer.status)
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
		s, _ := serve(map[string]reply{"/api/v1/videos/7": {body: film(7, fields)}})
		if _, err := s.Post(context.Background(), "7"); feeds.KindOf(err) != want {
			t.Errorf("%s: %v, want %s", fields, err, want)
		}
	}
}

func TestFetcherErrorsPassUnchanged(t *testing.T) {
	for _, want := range []error{&feeds.Error{Kind: feeds.Offline, Host: host}, context.Canceled} {
		s, _ := serve(map[string]reply{"/api/v1/videos/7": {err: want}})
		if _, err := s.Post(context.Background(), "7"); !errors.Is(err, want) {
			t.Errorf("%v became %v", want, err)
		}
	}
}
