package syndication

import (
	"context"
	"errors"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

const homePage = `<!doctype html><html><head><link rel="alternate" type="application/rss+xml" href="/feed"></head><body>A blog`

func TestAWebPageOpensItsFeed(t *testing.T) {
	t.Parallel()
	s, w := serve(map[string]feedstest.Answered{
		"https://blog.example/":     {Body: homePage, Header: map[string]string{"content-type": "text/html"}},
		"https://blog.example/feed": {Body: rss("<item><title>One</title><link>/1</link></item>")},
	})
	author, page, err := s.Feed(context.Background(), "https://blog.example/", "")
	if err != nil {
		t.Fatal(err)
	}
	if author.ID != feedAddress || author.Name != "Blog" || len(page.Posts) != 1 {
		t.Errorf("%+v, %d posts", author, len(page.Posts))
	}
	if got := w.URLs(); got != "https://blog.example/\nhttps://blog.example/feed" {
		t.Error(got)
	}
}

func TestAnswersThatAreErrors(t *testing.T) {
	t.Parallel()
	offline := &feeds.Error{Kind: feeds.Offline}
	item := "<item><title>One</title><link>https://blog.example/1</link></item>"
	tests := []struct {
		name   string
		answer feedstest.Answered
		want   feeds.Kind
	}{
		{"no network", feedstest.Answered{Err: offline}, feeds.Offline},
		{"401", feedstest.Answered{Status: 401}, feeds.NeedsLogin},
		{"404", feedstest.Answered{Status: 404, Body: homePage}, feeds.NotFound},
		{"410", feedstest.Answered{Status: 410}, feeds.Gone},
		{"429", feedstest.Answered{Status: 429}, feeds.RateLimited},
		{"503", feedstest.Answered{Status: 503}, feeds.ServerError},
		{"nothing", feedstest.Answered{Body: " \n"}, feeds.BadData},
		{"a page without a feed", feedstest.Answered{Body: "<!doctype html><title>x</title>"}, feeds.Unsupported},
		{"a page in XHTML", feedstest.Answered{Body: `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body/></html>`}, feeds.Unsupported},
		{"a page whose feed is a page", feedstest.Answered{Body: `<html><link rel=alternate type=application/atom+xml href="/feed">`}, feeds.Unsupported},
		{"other XML", feedstest.Answered{Body: `<?xml version="1.0"?><opml><body/></opml>`}, feeds.BadData},
		{"other JSON", feedstest.Answered{Body: `{"items":3,"title":7}`}, feeds.BadData},
		{"a list", feedstest.Answered{Body: `[1,2]`}, feeds.BadData},
		{"words", feedstest.Answered{Body: "OK"}, feeds.BadData},
		{"RSS with names of its own", feedstest.Answered{Body: `<?xml version="1.0"?><Rss><Title>x</Title><Items><Title>a</Title><Link><Href>https://blog.example/1</Href></Link></Items></Rss>`}, feeds.BadData},
		{"cut-off JSON", feedstest.Answered{Body: `{"version":"https://jsonfeed.org/version/1.1","items":[`}, feeds.BadData},
		{"XML cut off within an item", feedstest.Answered{Body: `<rss><channel><title>x</title>` + item + `<item><title>Tw`}, feeds.BadData},
		{"XML cut off before the items", feedstest.Answered{Body: `<rss><channel><title>x</tit`}, feeds.BadData},
		{"XML whose last tags are missing", feedstest.Answered{Body: `<rss><channel><title>x</title>` + item}, ""},
		{"nothing but empty items", feedstest.Answered{Body: rss("<item/>", "<item></item>")}, feeds.BadData},
		{"no items", feedstest.Answered{Body: rss()}, ""},
		{"PHP has something to say", feedstest.Answered{Body: "<br />\n<b>Warning</b>: mysql<br />\n" + rss(item)}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, _ := serve(map[string]feedstest.Answered{feedAddress: tt.answer})
			author, page, err := s.Feed(context.Background(), feedAddress, "")
			checkKind(t, err, tt.want)
			if (author == nil || page == nil) != (err != nil) {
				t.Errorf("%v, %v, %v", author, page, err)
			}
			var e *feeds.Error
			if errors.As(err, &e) && e != offline && (e.Host != "blog.example" || e.Op != "GET /feed") {
				t.Errorf("%+v", e)
			}
		})
	}
}

func TestAFeedGoesOnAtItsHostOnly(t *testing.T) {
	t.Parallel()
	paged := func(link string) feedstest.Answered {
		return feedstest.Answered{Body: `<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title>` + link + `</feed>`}
	}
	s, w := serve(map[string]feedstest.Answered{
		feedAddress:                      paged(`<link rel="next" href="/feed?page=2"/><link rel="prev-archive" href="/2026.atom"/>`),
		"https://blog.example/2026.atom": paged(`<link rel="prev-archive" href="https://evil.example/2025.atom"/>`),
	})
	_, page, err := s.Feed(context.Background(), feedAddress, "")
	if err != nil || page.Older != "https://blog.example/2026.atom" {
		t.Fatal(page, err)
	}
	_, page, err = s.Feed(context.Background(), feedAddress, page.Older)
	if err != nil || page.Older != "" {
		t.Fatal(page, err)
	}
	_, _, err = s.Feed(context.Background(), feedAddress, "https://evil.example/2025.atom")
	checkKind(t, err, feeds.NotFound)
	_, _, err = s.Feed(context.Background(), feedAddress, "nonsense")
	checkKind(t, err, feeds.NotFound)
	if got := w.URLs(); got != feedAddress+"\nhttps://blog.example/2026.atom" {
		t.Error(got)
	}
}

func TestAddressesAreAskedOverTLS(t *testing.T) {
	t.Parallel()
	s, w := serve(nil)
	for _, address := range []string{"http://blog.example/feed#top", "http://localhost:8080/feed", "ftp://blog.example/", "feed", ""} {
		_, _, err := s.Feed(context.Background(), address, "")
		checkKind(t, err, feeds.NotFound)
	}
	if got := w.URLs(); got != "https://blog.example/feed\nhttp://localhost:8080/feed" {
		t.Error(got)
	}
}

func TestRelativeAddressesFollowRedirects(t *testing.T) {
	t.Parallel()
	s, _ := serve(map[string]feedstest.Answered{feedAddress: {Body: rss("<item><title>x</title><link>1</link></item>"), URL: "https://www.blog.example/a/feed"}})
	author, page, err := s.Feed(context.Background(), feedAddress, "")
	if err != nil || page.Posts[0].URL != "https://www.blog.example/a/1" || author.User != "blog.example" || author.Domain != "www.blog.example" {
		t.Errorf("%+v %+v %v", author, page, err)
	}
}

// TestBrowsersMayAskWithoutAsking: what is longer than 128 bytes costs a preflight.
func TestBrowsersMayAskWithoutAsking(t *testing.T) {
	t.Parallel()
	if len(accepted) > 128 {
		t.Errorf("%d bytes", len(accepted))
	}
}
