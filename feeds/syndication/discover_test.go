package syndication

import (
	"slices"
	"testing"
)

func TestFeedsOfAPageAreFound(t *testing.T) {
	t.Parallel()
	page := `<!doctype html><html><head><base href="/deep/"><link rel="stylesheet" href="x.css">
<link rel="alternate" type="application/rss+xml" title="Blog &raquo; Comments Feed" href="/comments/feed/">
<link rel="alternate" type="application/json+oembed" href="/oembed">
<LINK REL='Alternate' TYPE='application/rss+xml; charset=utf-8' TITLE='Blog &amp; more' HREF='feed/'>
<link rel="alternate home" type="application/feed+json" href="https://other.example/feed.json">
<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">
<link rel="alternate" type="application/rss+xml" href="http://192.168.0.1/feed">
<link rel="alternate" type="text/html" hreflang="de" href="/de">
<link rel="alternate" type="application/atom+xml"></head>`
	want := []Link{
		{"https://blog.example/comments/feed/", "application/rss+xml", "Blog » Comments Feed"},
		{"https://blog.example/deep/feed/", "application/rss+xml", "Blog & more"},
		{"https://other.example/feed.json", "application/feed+json", ""},
	}
	got := Discover([]byte(page), "https://blog.example/about")
	if !slices.Equal(got, want) {
		t.Errorf("%+v", got)
	}
}

func TestTheBestFeedIsPicked(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		links []Link
		want  string
	}{
		{"none", nil, ""},
		{"Atom before RSS", []Link{{"r", "application/rss+xml", ""}, {"j", "application/feed+json", ""}, {"a", "application/atom+xml", ""}}, "a"},
		{"the first of a format", []Link{{"1", "application/rss+xml", ""}, {"2", "application/rss+xml", ""}}, "1"},
		{"no comments", []Link{{"x", "application/atom+xml", "Blog » Comments Feed"}, {"r", "application/rss+xml", ""}}, "r"},
		{"comments alone", []Link{{"https://a.example/comments/feed", "application/rss+xml", ""}}, ""},
	}
	for _, tt := range tests {
		if got := pick(tt.links); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}
