package syndication

import (
	"context"
	"errors"
	"testing"

	"vitrine/feeds"
)

const homePage = `<!doctype html><html><head><link rel="alternate" type="application/rss+xml" href="/feed"></head><body>A blog`

func TestAWebPageOpensItsFeed(t *testing.T) {
	s, w := serve(map[string]reply{
		"https://blog.example/":     {body: homePage, mime: "text/html"},
		"https://blog.example/feed": {body: rss("<item><title>One</title><link>/1</link></item>")},
	})
	author, page, err := s.Feed(context.Background(), "https://blog.example/", "")
	if err != nil {
		t.Fatal(err)
	}
	if author.ID != feedAddress || author.Name != "Blog" || len(page.Posts) != 1 {
		t.Errorf("%+v, %d posts", author, len(page.Posts))
	}
	if got := w.requests(); got != "https://blog.example/ https://blog.example/feed" {
		t.Error(got)
	}
}

func TestAnswersThatAreErrors(t *testing.T) {
	offline := &feeds.Error{Kind: feeds.Offline}
	item := "<item><title>One</title><link>https://blog.example/1</link></item>"
	tests := []struct {
		name   string
		answer reply
		want   feeds.Kind
	}{
		{"no network", reply{err: offline}, feeds.Offline},
		{"401", reply{status: 401}, feeds.NeedsLogin},
		{"404", reply{status: 404, body: homePage}, feeds.NotFound},
		{"410", reply{status: 410}, feeds.Gone},
		{"429", reply{status: 429}, feeds.RateLimited},
		{"503", reply{status: 503}, feeds.ServerError},
		{"nothing", reply{body: " \n"}, feeds.BadData},
		{"a page without a feed", reply{body: "<!doctype html><title>x</title>"}, feeds.Unsupported},
		{"a page in XHTML", reply{body: `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body/></html>`}, feeds.Unsupported},
		{"a page whose feed is a page", reply{body: `<html><link rel=alternate type=application/atom+xml href="/feed">`}, feeds.Unsupported},
		{"other XML", reply{body: `<?xml version="1.0"?><opml><body/></opml>`}, feeds.Unsupported},
		{"other JSON", reply{body: `{"items":3,"title":7}`}, feeds.Unsupported},
		{"a list", reply{body: `[1,2]`}, feeds.Unsupported},
		{"words", reply{body: "OK"}, feeds.Unsupported},
		{"cut-off JSON", reply{body: `{"version":"https://jsonfeed.org/version/1.1","items":[`}, feeds.BadData},
		{"XML cut off within an item", reply{body: `<rss><channel><title>x</title>` + item + `<item><title>Tw`}, feeds.BadData},
		{"XML cut off before the items", reply{body: `<rss><channel><title>x</tit`}, feeds.BadData},
		{"XML whose last tags are missing", reply{body: `<rss><channel><title>x</title>` + item}, ""},
		{"nothing but empty items", reply{body: rss("<item/>", "<item></item>")}, feeds.BadData},
		{"no items", reply{body: rss()}, ""},
		{"PHP has something to say", reply{body: "<br />\n<b>Warning</b>: mysql<br />\n" + rss(item)}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, _ := serve(map[string]reply{feedAddress: tt.answer})
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
	paged := func(link string) reply {
		return reply{body: `<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title>` + link + `</feed>`}
	}
	s, w := serve(map[string]reply{
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
	if got := w.requests(); got != feedAddress+" https://blog.example/2026.atom" {
		t.Error(got)
	}
}

func TestAddressesAreAskedOverTLS(t *testing.T) {
	s, w := serve(nil)
	for _, address := range []string{"http://blog.example/feed#top", "http://localhost:8080/feed", "ftp://blog.example/", "feed", ""} {
		_, _, err := s.Feed(context.Background(), address, "")
		checkKind(t, err, feeds.NotFound)
	}
	if got := w.requests(); got != "https://blog.example/feed http://localhost:8080/feed" {
		t.Error(got)
	}
}

func TestRelativeAddressesFollowRedirects(t *testing.T) {
	s, _ := serve(map[string]reply{feedAddress: {body: rss("<item><title>x</title><link>1</link></item>"), url: "https://www.blog.example/a/feed"}})
	author, page, err := s.Feed(context.Background(), feedAddress, "")
	if err != nil || page.Posts[0].URL != "https://www.blog.example/a/1" || author.User != "blog.example" || author.Domain != "www.blog.example" {
		t.Errorf("%+v %+v %v", author, page, err)
	}
}

// TestBrowsersMayAskWithoutAsking: what is longer than 128 bytes costs a preflight.
func TestBrowsersMayAskWithoutAsking(t *testing.T) {
	if len(accepted) > 128 {
		t.Errorf("%d bytes", len(accepted))
	}
}
