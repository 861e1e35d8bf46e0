package software

import (
	"strings"
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

func TestWhatStandsAtAnAddressIsAskedForOnce(t *testing.T) {
	t.Parallel()
	const actor = `{"id":"https://a.example/users/9abcdef123","type":"Person","preferredUsername":"ada","inbox":"x","outbox":"y"}`
	n := &feedstest.Network{Replies: map[string]feedstest.Answered{
		"https://a.example/users/9abcdef123": {Body: actor},
		"https://b.example/page":             {Body: `<html><title>nothing</title></html>`},
	}}
	r := New(n, feedstest.NewClock(), Options{})
	if f, err := r.Look(t.Context(), "https://a.example/users/9abcdef123"); err != nil || f.Author == nil || f.Author.User != "ada" {
		t.Errorf("%+v, %v", f, err)
	}
	if got := n.URLs(); got != "https://a.example/users/9abcdef123" {
		t.Errorf("an actor: asked\n%s", got)
	}
	if _, err := r.Look(t.Context(), "https://b.example/page"); err == nil {
		t.Error("a page without a feed is something")
	}
	if got := n.URLs(); got != "https://b.example/page\nhttps://b.example/page" { // as a document, then as a web feed
		t.Errorf("a page: asked\n%s", got)
	}
}

// An actor's document gives its address for an id, which Mastodon's API has never heard of.
func TestAnAuthorFoundByADocumentIsLookedUpByTheirHandle(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	n := runs("a.example", "snac")
	for path, body := range map[string]string{
		"/fischer":                             `{"id":"https://a.example/fischer","type":"Person","preferredUsername":"fischer","inbox":"x","outbox":"https://a.example/fischer/outbox"}`,
		"/api/v1/accounts/lookup?acct=fischer": `{"id":"77","username":"fischer","acct":"fischer"}`,
		"/api/v1/accounts/77/statuses?exclude_replies=true&limit=20": `[{"id":"1","uri":"https://a.example/fischer/p/1","created_at":"2026-11-20T10:00:00Z","content":"x","account":{"id":"77","username":"fischer","acct":"fischer"}}]`,
		"/api/v1/accounts/77/statuses?limit=20&pinned=true":          `[]`,
	} {
		n.Replies["https://a.example"+path] = feedstest.Answered{Body: body}
	}
	r := New(n, feedstest.NewClock(), Options{})
	f, err := r.Look(ctx, "https://a.example/fischer")
	if err != nil || f.Author == nil {
		t.Fatalf("%+v, %v", f, err)
	}
	s, _ := r.Resolve(ctx, "a.example")
	page, err := s.(feeds.Profiles).ProfilePosts(ctx, f.Author, feeds.ProfileFilter{}, "")
	if err != nil || len(page.Posts) != 1 || page.Posts[0].URI != "https://a.example/fischer/p/1" {
		t.Errorf("%+v, %v", page, err)
	}
	if _, err := s.(feeds.Pinner).Pinned(ctx, f.Author); err != nil {
		t.Errorf("pinned: %v", err)
	}
	if got := n.URLs(); strings.Contains(got, "fischer/statuses") {
		t.Errorf("the document's address was taken for an id:\n%s", got)
	}
}

func TestWhomTheAPIDoesNotKnowIsReadByTheirDocument(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	n := runs("a.example", "mastodon")
	for path, body := range map[string]string{
		"/?author=1": `{"id":"https://a.example/?author=1","type":"Person","preferredUsername":"ann","inbox":"x","outbox":"https://a.example/outbox"}`,
		"/outbox":    `{"id":"https://a.example/outbox","type":"OrderedCollection","orderedItems":[{"id":"https://a.example/?p=1","type":"Article","name":"One","content":"x","published":"2026-11-20T10:00:00Z","attributedTo":"https://a.example/?author=1"}]}`,
	} {
		n.Replies["https://a.example"+path] = feedstest.Answered{Body: body}
	}
	r := New(n, feedstest.NewClock(), Options{})
	f, err := r.Look(ctx, "https://a.example/?author=1")
	if err != nil || f.Author == nil {
		t.Fatalf("%+v, %v", f, err)
	}
	s, _ := r.Resolve(ctx, "a.example")
	page, err := s.(feeds.Profiles).ProfilePosts(ctx, f.Author, feeds.ProfileFilter{}, "")
	if err != nil || len(page.Posts) != 1 || page.Posts[0].Title != "One" {
		t.Errorf("%+v, %v", page, err)
	}
}

func TestSomebodyWhosePageIsClosedToBrowsersIsFoundByName(t *testing.T) {
	t.Parallel()
	n := &feedstest.Network{Otherwise: feedstest.Answered{Err: errUnreachable}, Replies: map[string]feedstest.Answered{
		"https://a.example/.well-known/webfinger?resource=acct%3Aada%40a.example": {Body: `{"subject":"acct:ada@a.example","links":[{"rel":"self","type":"application/activity+json","href":"https://a.example/api/collections/ada"}]}`},
		"https://a.example/api/collections/ada":                                   {Body: `{"@context":"https://www.w3.org/ns/activitystreams","type":"Person","id":"https://a.example/api/collections/ada","preferredUsername":"ada","name":"Ada","inbox":"https://a.example/in","outbox":"https://a.example/out"}`},
	}}
	for link, found := range map[string]bool{"https://a.example/ada/": true, "https://a.example/@ada": true, "https://a.example/ada/letters": false, "https://a.example/eve": false, "https://a.example/": false} {
		got, err := New(n, feedstest.NewClock(), Options{Browser: true}).Look(t.Context(), link)
		if (got.Author != nil && got.Author.Handle() == "ada@a.example") != found || !found && feeds.KindOf(err) != feeds.Unreachable {
			t.Errorf("%s: %+v, %v", link, got.Author, err)
		}
	}
}
