package syndication

import (
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/feedstest"
	"vitrine/feeds/feedstest/golden"
)

// FuzzRead: whatever a server sends as a feed, it becomes a sound page or an error.
func FuzzRead(f *testing.F) {
	for name := range fixtures {
		f.Add([]byte(golden.Text(f, name)), "")
	}
	for _, body := range feedstest.CorpusSeeds(f, nil, "rss") {
		if len(body) < 40_000 {
			f.Add([]byte(body), "text/xml")
		}
	}
	f.Add([]byte(rss(`<item><a><b><a></b></item><item></channel>`)), "")
	f.Add([]byte("<rss><item><title/><![CDATA[x]]><!-- -->\x00&#0;&nbsp;</item>"), "text/xml; charset=koi8-r")
	f.Add([]byte(homePage), "text/html")
	f.Fuzz(func(t *testing.T, body []byte, contentType string) {
		author, page, err := Read(body, contentType, feedAddress, feedstest.Epoch())
		if (author == nil || page == nil) != (err != nil) {
			t.Fatalf("%v, %v, %v", author, page, err)
		}
		for _, l := range Discover(body, feedAddress) {
			if checked, ok := content.SafeMedia(l.URL, ""); !ok || checked != l.URL {
				t.Errorf("%q", l.URL)
			}
		}
		if err != nil {
			if kind := feeds.KindOf(err); kind != feeds.BadData && kind != feeds.Unsupported {
				t.Error(err)
			}
			return
		}
		if err := checkFeed(author, page); err != nil {
			t.Error(err)
		}
	})
}
