package publish

import (
	"context"
	"errors"
	"maps"
	"slices"
	"testing"
)

func TestOrder(t *testing.T) {
	names := []string{
		"sw.js", "index.html.br", "index.html", "index.html.gz", "about.html", "assets/z.js", "feeds/index.html", "feeds/town/index.html",
		"feeds/town/tree.json", "feeds/town/embed.html", "feeds/town/media/a.webp", "assets/a.css", "feeds/town/feed.atom",
	}
	slices.SortFunc(names, Order)
	want := []string{
		"assets/a.css", "assets/z.js", "feeds/town/media/a.webp", "feeds/town/feed.atom", "feeds/town/tree.json", "about.html",
		"feeds/town/embed.html", "feeds/town/index.html", "feeds/index.html", "index.html.gz", "index.html.br", "index.html", "sw.js",
	}
	if !slices.Equal(names, want) {
		t.Errorf("%q", names)
	}
}

func TestHeaders(t *testing.T) {
	for name, want := range map[string][2]string{
		"a.HTML":                      {"text/html; charset=utf-8", cacheHour}, // nobody writes such names
		"assets/app.0123456789ab.css": {"text/css; charset=utf-8", cacheForEver},
		"assets/app.0123456789AB.css": {"text/css; charset=utf-8", cacheHour},
		"assets/app.0123456789a.css":  {"text/css; charset=utf-8", cacheHour},
		"0123456789abcdef.css":        {"text/css; charset=utf-8", cacheHour},
		"media/x.vtt":                 {"text/vtt; charset=utf-8", cacheForEver},
		"multimedia/x.vtt":            {"text/vtt; charset=utf-8", cacheHour},
		"media":                       {"application/octet-stream", cacheHour},
		"app.0123456789abcdef.wasm":   {"application/wasm", cacheForEver},
		"manifest.webmanifest":        {"application/manifest+json", cacheHour},
		"sitemap.xml":                 {"application/xml", cacheMinute},
		"feeds/status.json":           {"application/json", cacheMinute},
		"noextension":                 {"application/octet-stream", cacheHour},
	} {
		if got := [2]string{ContentType(name), CacheControl(name)}; got != want {
			t.Errorf("%s: %q instead of %q", name, got, want)
		}
	}
}

// broken fails to write one file.
type broken struct {
	*memory
	name string
}

func (b broken) Write(ctx context.Context, name string, data []byte) error {
	if name == b.name {
		return errors.New("no space left")
	}
	return b.memory.Write(ctx, name, data)
}

func TestWhatComesAfterAFailureStaysAsItWas(t *testing.T) {
	for _, name := range slices.Sorted(maps.Keys(town(""))) {
		m := &memory{files: map[string][]byte{}}
		_, err := Put(t.Context(), broken{m, name}, town("new "))
		if err == nil {
			t.Fatalf("%s: no error", name)
		}
		for other := range m.files {
			if rank(other) > rank(name) {
				t.Errorf("%s was written though %s wasn't", other, name)
			}
		}
	}
}
