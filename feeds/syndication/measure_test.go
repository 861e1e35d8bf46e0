//go:build !js

package syndication

import (
	"bytes"
	"strconv"
	"testing"

	"github.com/mmcdole/gofeed"

	"vitrine/feeds/feedstest"
	"vitrine/feeds/feedstest/golden"
	"vitrine/feeds/fetch"
)

// betterRead are the feeds, and items of them ("name, item 0"), of which gofeed's reading is no measure, with the reason.
var betterRead = map[string]string{
	"podcast.xml, item 0": "it takes EST for UTC",
	"mastodon/rss/mastodon--spec-activitypub-feed.xml, item 0": "it takes the link to the entry's JSON, the last one, for the page",
}

// TestGofeedAgrees measures the reader by a well-kept library, whose parsers are too large for the program: what it finds in a feed
// (titles, links, dates, guids, enclosures), ours finds too.
func TestGofeedAgrees(t *testing.T) {
	t.Parallel()
	compared := 0
	check := func(name, address string, body []byte) {
		want, err := gofeed.NewParser().Parse(bytes.NewReader(body))
		if err != nil {
			t.Logf("%s: gofeed can't read it: %v", name, err)
			return
		}
		c, err := readBody(body, "", address, fetch.Charsets{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			return
		}
		if betterRead[name] != "" {
			return
		}
		compared++
		compare(t, name, want, c)
	}
	for name, address := range fixtures {
		check(name, address, []byte(golden.Text(t, name)))
	}
	check("a JSON feed", feedAddress, []byte(`{"version":"https://jsonfeed.org/version/1.1","title":"T","items":[{"id":"1","url":"https://blog.example/1","title":"A & B",
		"date_published":"2026-11-20T10:00:00-02:00","date_modified":"2026-11-20T12:30:00Z","attachments":[{"url":"https://blog.example/1.mp3","mime_type":"audio/mpeg"}]}]}`))
	t.Run("recorded feeds", func(t *testing.T) {
		for _, r := range feedstest.Corpus(t, nil, "rss") {
			if exceptions[r.Name] == "" {
				check(r.Name, corpusAddress(r.Body), []byte(r.Body))
			}
		}
	})
	t.Logf("%d feeds", compared)
}

func compare(t *testing.T, name string, want *gofeed.Feed, c *channel) {
	t.Helper()
	if got := c.title.line(); got != (text{value: want.Title}).line() {
		t.Errorf("%s: the title is %q, want %q", name, got, want.Title)
	}
	var items []*item // gofeed doesn't know broadcasts
	for _, it := range c.items {
		if it.live == "" {
			items = append(items, it)
		}
	}
	if len(items) != len(want.Items) {
		t.Errorf("%s: %d items, want %d", name, len(items), len(want.Items))
		return
	}
	for i, w := range want.Items {
		it := items[i]
		if betterRead[name+", item "+strconv.Itoa(i)] != "" {
			continue
		}
		if got := it.title.line(); got != (text{value: w.Title}).line() {
			t.Errorf("%s, item %d: the title is %q, want %q", name, i, got, w.Title)
		}
		if w.GUID != "" && it.id != w.GUID {
			t.Errorf("%s, item %d: the id is %q, want %q", name, i, it.id, w.GUID)
		}
		if got, expected := resolved(it.link, c.base), resolved(w.Link, c.base); expected != "" && got != expected {
			t.Errorf("%s, item %d: the link is %q, want %q", name, i, got, expected)
		}
		if w.PublishedParsed != nil && !it.published.Equal(*w.PublishedParsed) && !(it.published.IsZero() && it.updated.Equal(*w.PublishedParsed)) {
			t.Errorf("%s, item %d: published %s, want %s", name, i, it.published, w.PublishedParsed)
		}
		if w.UpdatedParsed != nil && !it.updated.Equal(*w.UpdatedParsed) && !it.published.Equal(*w.UpdatedParsed) {
			t.Errorf("%s, item %d: updated %s, want %s", name, i, it.updated, w.UpdatedParsed)
		}
		for _, e := range w.Enclosures {
			if address := resolved(e.URL, it.base); address != "" && !hasFile(it.files, address) {
				t.Errorf("%s, item %d: %s is missing", name, i, address)
			}
		}
	}
}

func hasFile(files []*file, address string) bool {
	for _, f := range files {
		if f.url == address {
			return true
		}
	}
	return false
}
