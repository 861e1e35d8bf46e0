package software

import (
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

func TestLookFindsWhatStandsAtAnAddress(t *testing.T) {
	t.Parallel()
	n := &feedstest.Network{Replies: map[string]feedstest.Answered{
		"https://a.example/events/1": {Body: `{"id":"https://a.example/events/1","type":"Event","name":"Tea","startTime":"2026-12-01T18:00:00Z","published":"2026-11-20T10:00:00Z","attributedTo":"https://a.example/@pier"}`},
		"https://a.example/@pier":    {Body: `{"id":"https://a.example/@pier","type":"Group","preferredUsername":"pier","inbox":"x","outbox":"y"}`},
		"https://b.example/blog/one": {Body: `<html><head><link rel="alternate" type="application/rss+xml" href="/feed.xml"></head></html>`},
		"https://b.example/feed.xml": {Body: `<rss version="2.0"><channel><title>B</title><item><title>One</title><link>https://b.example/blog/one</link></item></channel></rss>`},
		"https://c.example/page":     {Body: `<html><title>nothing</title></html>`},
		"https://d.example/page":     {Status: 503},
	}}
	r := New(n, feedstest.NewClock(), Options{})
	if f, err := r.Look(t.Context(), "https://a.example/events/1"); err != nil || f.Post == nil || f.Post.Event == nil || f.Post.Author.User != "pier" || f.Post.Sightings[0].ID != "/events/1" {
		t.Errorf("an event: %+v, %v", f, err)
	}
	if f, err := r.Look(t.Context(), "https://a.example/@pier"); err != nil || f.Author == nil || !f.Author.Group {
		t.Errorf("a group: %+v, %v", f, err)
	}
	if f, err := r.Look(t.Context(), "https://b.example/blog/one"); err != nil || f.Feed != "https://b.example/blog/one" {
		t.Errorf("a blog: %+v, %v", f, err)
	}
	for address, want := range map[string]feeds.Kind{"https://c.example/page": feeds.BadData, "https://d.example/page": feeds.ServerError, "https://e.example/x": feeds.NotFound, "https://localhost/x": feeds.Refused} {
		if f, err := r.Look(t.Context(), address); feeds.KindOf(err) != want {
			t.Errorf("%s: %+v, %v", address, f, err)
		}
	}
}

func TestAnIDThatIsAnAddressIsReadAsADocument(t *testing.T) {
	t.Parallel()
	n := &feedstest.Network{Replies: map[string]feedstest.Answered{
		"https://a.example/objects/1": {Body: `{"id":"https://a.example/objects/1","type":"Note","content":"x","published":"2026-11-20T10:00:00Z","attributedTo":"https://a.example/users/ada"}`},
	}}
	s, _ := New(n, feedstest.NewClock(), Options{}).Resolve(t.Context(), "a.example")
	if p, err := s.(feeds.Threads).Post(t.Context(), "/objects/1"); err != nil || p.Author.User != "ada" {
		t.Errorf("%+v, %v", p, err)
	}
}

func TestAnUnknownSoftwareIsReadByItsDocuments(t *testing.T) {
	t.Parallel()
	n := runs("a.example", "brand-new")
	n.Replies["https://a.example/api/v1/accounts/lookup?acct=ada"] = feedstest.Answered{Body: "<html>"}
	n.Replies["https://a.example/.well-known/webfinger?resource=acct%3Aada%40a.example"] = feedstest.Answered{Body: `{"links":[{"rel":"self","type":"application/activity+json","href":"https://a.example/u/ada"}]}`}
	n.Replies["https://a.example/u/ada"] = feedstest.Answered{Body: `{"id":"https://a.example/u/ada","type":"Person","preferredUsername":"ada","name":"Ada"}`}
	r := New(n, feedstest.NewClock(), Options{})
	if a, err := profileAt(t, r, "a.example"); err != nil || a.Name != "Ada" {
		t.Errorf("%+v, %v", a, err)
	}
	delete(n.Replies, "https://a.example/u/ada")
	_, err := profileAt(t, New(n, feedstest.NewClock(), Options{}), "a.example")
	if e := feeds.AsError(err); e.Kind != feeds.Unsupported || e.Detail != "brand-new" {
		t.Errorf("%v", err)
	}
}

func TestAClosedAPIFallsBackToTheMembersWebFeed(t *testing.T) {
	t.Parallel()
	n := runs("a.example", "gotosocial")
	n.Replies["https://a.example/api/v1/accounts/lookup?acct=ada"] = feedstest.Answered{Status: 401, Body: `{"error":"Unauthorized"}`}
	n.Replies["https://a.example/@ada/feed.rss"] = feedstest.Answered{Body: `<rss version="2.0"><channel><title>Posts from @ada@a.example</title><link>https://a.example/@ada</link><item><title>x</title><link>https://a.example/@ada/statuses/01</link><description>Hello</description><pubDate>Fri, 20 Nov 2026 10:00:00 +0000</pubDate></item></channel></rss>`}
	r := New(n, feedstest.NewClock(), Options{})
	a, err := profileAt(t, r, "a.example")
	if err != nil || a.Handle() != "ada@a.example" {
		t.Fatalf("%+v, %v", a, err)
	}
	s, _ := r.Resolve(t.Context(), "a.example")
	page, err := s.(feeds.Profiles).ProfilePosts(t.Context(), a, feeds.ProfileFilter{}, "")
	if err != nil || len(page.Posts) != 1 || page.Posts[0].Author.User != "ada" {
		t.Errorf("%+v, %v", page, err)
	}
}
