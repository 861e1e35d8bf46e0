package mastodon

import (
	"context"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/content"
)

// FuzzStatus: whatever a server sends as a status, it becomes a sound post or an error.
func FuzzStatus(f *testing.F) {
	for _, seed := range fixtureElements(f, "testdata/*-timeline.json") {
		f.Add(seed)
	}
	f.Add(toot("1"))
	f.Add(boost("2", "1"))
	f.Add(`{"id":[],"account":{"id":{},"fields":{"1":{}}},"reblog":{"reblog":{"reblog":{}}},"quote":{"quote":{"quote":1}}}`)
	f.Fuzz(func(t *testing.T, body string) {
		s, _ := serve(map[string]reply{"/api/v1/statuses/1": {body: body}, "/api/v1/timelines/public": {body: "[" + body + "]"}})
		p, err := s.Post(context.Background(), "1")
		if (p == nil) != (err != nil) {
			t.Fatalf("%v, %v", p, err)
		}
		if page, err := s.ServerPosts(context.Background(), feeds.Local, ""); err == nil {
			for _, e := range page.Entries {
				if e.Key == "" || e.WrapperID == "" || e.At.IsZero() {
					t.Errorf("%+v", e)
				}
			}
			checkSound(t, page)
		}
		if err != nil {
			return
		}
		if err := checkPosts([]*feeds.Post{p}); err != nil {
			t.Error(err)
		}
		checkSound(t, p)
	})
}

// FuzzInstance: the same for a server's description.
func FuzzInstance(f *testing.F) {
	files, err := filepath.Glob("testdata/*-instance.json")
	if err != nil || len(files) == 0 {
		f.Fatalf("no fixtures: %v", err)
	}
	for _, file := range files {
		f.Add(fixture(f, filepath.Base(file)))
	}
	f.Add(`{"title":"a","version":"0.1","thumbnail":{"url":7},"languages":{"0":"en"},"rules":"x","contact":[],"stats":[]}`)
	f.Fuzz(func(t *testing.T, body string) {
		s, _ := serve(map[string]reply{"/api/v2/instance": {body: body}, "/api/v1/instance": {body: body}, "/.well-known/nodeinfo": {body: body}})
		i, err := s.Describe(context.Background())
		if (i == nil) != (err != nil) {
			t.Fatalf("%v, %v", i, err)
		}
		if err != nil {
			return
		}
		if i.Host != host || i.Domain == "" {
			t.Errorf("%+v", i)
		}
		s.Capabilities()
		checkSound(t, i)
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
		case "URL", "URI", "Avatar", "AvatarSt", "Header", "HeaderSt", "Preview", "Original", "Image", "Thumbnail", "Icon", "u", "h":
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

// fixtureElements returns the elements of all lists among the fixtures.
func fixtureElements(t testing.TB, glob string) []string {
	files, err := filepath.Glob(glob)
	if err != nil || len(files) == 0 {
		t.Fatalf("no fixtures: %v", err)
	}
	var elements []string
	for _, file := range files {
		var list []json.RawMessage
		if err := json.NewDecoder(strings.NewReader(fixture(t, filepath.Base(file)))).Decode(&list); err != nil {
			t.Fatal(err)
		}
		for _, e := range list {
			elements = append(elements, string(e))
		}
	}
	return elements
}
