package syndication

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/feedstest"
)

// FuzzRead: whatever a server sends as a feed, it becomes a sound page or an error.
func FuzzRead(f *testing.F) {
	for name := range fixtures {
		f.Add(fixture(f, name), "")
	}
	if files, err := filepath.Glob(filepath.Join(corpusRoot(f), "*", "rss", "*.xml")); err == nil {
		for _, file := range files {
			if body, err := os.ReadFile(file); err == nil && len(body) < 40_000 {
				f.Add(body, "text/xml")
			}
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
		checkSound(t, author)
		checkSound(t, page)
	})
}

// checkSound checks that a value can be stored, and that every address in it is a checked one.
func checkSound(t *testing.T, v any) {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var tree any
	if err := json.Unmarshal(raw, &tree); err != nil {
		t.Fatal(err)
	}
	walk(tree, func(name, value string) {
		switch name {
		case "URL", "URI", "Avatar", "Header", "Preview", "Image", "Stream", "Player", "u", "h", "Older":
			if checked, ok := content.SafeURL(value, ""); !ok || checked != value {
				t.Errorf("%s is %q, which as a checked address is %q", name, value, checked)
			}
		}
	})
}

// walk calls visit for every string that isn't empty in a tree of JSON.
func walk(tree any, visit func(name, value string)) {
	switch tree := tree.(type) {
	case map[string]any:
		for name, v := range tree {
			if s, ok := v.(string); ok && s != "" {
				visit(name, s)
			}
			walk(v, visit)
		}
	case []any:
		for _, v := range tree {
			walk(v, visit)
		}
	}
}
