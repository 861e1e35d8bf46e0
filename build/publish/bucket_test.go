package publish

import (
	"context"
	"net/url"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"
)

// town is a site with two feeds, one version of it.
func town(version string) map[string][]byte {
	files := map[string][]byte{}
	for _, name := range []string{
		"index.html", "about.html", "sw.js", "robots.txt", "embed.js", "embed.0123456789ab.js", "sitemap.xml", "index.html.br", "embed.js.gz",
		"feeds/index.html", "feeds/status.json", "feeds/town/index.html", "feeds/town/embed.html", "feeds/town/fragment.html",
		"feeds/town/tree.json", "feeds/town/feed.atom", "feeds/town/feed.json", "feeds/town/media/1.webp", "feeds/town/media/2.mp4",
		"feeds/zoo/index.html", "feeds/zoo/media/3.svg",
	} {
		files[name] = []byte(version + name)
	}
	return files
}

// rankOf is the place of a file in the order of writing: media and assets, data, pages, index pages, the service worker.
func rankOf(name string) int {
	switch {
	case name == "sw.js":
		return 6
	case name == "index.html":
		return 5
	case name == "feeds/index.html":
		return 4
	case strings.HasSuffix(name, "/index.html"):
		return 3
	case strings.HasSuffix(name, ".html"):
		return 2
	case strings.HasSuffix(name, ".json"), strings.HasSuffix(name, ".atom"), strings.HasSuffix(name, ".xml"):
		return 1
	}
	return 0
}

func TestABucketGetsPagesAfterWhatTheyName(t *testing.T) {
	s := newStore(t)
	target := open(t, s.address(""))
	for _, version := range []string{"one ", "two "} {
		s.take("PUT")
		files := town(version)
		if n, err := Put(t.Context(), target, files); err != nil || n != len(files)-2 {
			t.Fatalf("%d of %d written: %v", n, len(files), err)
		}
		keys := s.take("PUT")
		if !slices.IsSortedFunc(keys, func(a, b string) int { return rankOf(a) - rankOf(b) }) {
			t.Errorf("the order was %q", keys)
		}
		slices.Sort(keys)
		if whole := slices.Compact(slices.Clone(keys)); len(whole) != len(keys) || len(keys) != len(files)-2 {
			t.Errorf("not each file came at once: %q", keys)
		}
		if slices.Contains(keys, "index.html.br") || slices.Contains(keys, "embed.js.gz") {
			t.Error("a compressed sibling was sent")
		}
	}
	if n, err := Put(t.Context(), target, town("two ")); err != nil || n != 0 {
		t.Errorf("nothing changed, but %d were written: %v", n, err)
	}
	if keys := s.take("PUT"); len(keys) != 0 {
		t.Errorf("nothing changed, but sent was %q", keys)
	}
	one := town("two ")
	one["about.html"] = []byte("three")
	if n, err := Put(t.Context(), target, one); err != nil || n != 1 {
		t.Errorf("%d written, %v", n, err)
	}
	if keys := s.take("PUT"); !slices.Equal(keys, []string{"about.html"}) {
		t.Errorf("sent was %q", keys)
	}
}

func TestFilesInABucketHaveTheirContentTypes(t *testing.T) {
	s := newStore(t)
	target := open(t, s.address("a/b"))
	if _, err := Put(t.Context(), target, town("")); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string][2]string{
		"index.html":              {"text/html; charset=utf-8", cacheMinute},
		"feeds/town/embed.html":   {"text/html; charset=utf-8", cacheMinute},
		"feeds/town/feed.atom":    {"application/atom+xml", cacheMinute},
		"feeds/town/feed.json":    {"application/feed+json", cacheMinute},
		"feeds/town/tree.json":    {"application/json", cacheMinute},
		"feeds/town/media/1.webp": {"image/webp", cacheForEver},
		"feeds/town/media/2.mp4":  {"video/mp4", cacheForEver},
		"feeds/zoo/media/3.svg":   {"image/svg+xml", cacheForEver},
		"embed.0123456789ab.js":   {"text/javascript; charset=utf-8", cacheForEver},
		"embed.js":                {"text/javascript; charset=utf-8", cacheHour},
		"sw.js":                   {"text/javascript; charset=utf-8", cacheMinute},
		"robots.txt":              {"text/plain; charset=utf-8", cacheHour},
	} {
		h := s.objects["a/b/"+name].header
		if got := [2]string{h.Get("Content-Type"), h.Get("Cache-Control")}; got != want {
			t.Errorf("%s: %q instead of %q", name, got, want)
		}
		if h.Get("Content-Encoding") != "" {
			t.Errorf("%s has the encoding %q", name, h.Get("Content-Encoding"))
		}
	}
	// What another tool put there without our headers is put there again.
	o := s.objects["a/b/index.html"]
	o.header = o.header.Clone()
	o.header.Set("Cache-Control", "no-store")
	s.objects["a/b/index.html"] = o
	if n, err := Put(t.Context(), target, town("")); err != nil || n != 1 {
		t.Errorf("%d written, %v", n, err)
	}
}

func TestAnUploadThatFailsLeavesThePages(t *testing.T) {
	s := newStore(t)
	target := open(t, s.address(""))
	if _, err := Put(t.Context(), target, town("old ")); err != nil {
		t.Fatal(err)
	}
	for _, fails := range []string{"feeds/town/media/2.mp4", "feeds/town/tree.json"} {
		s.fails = fails
		_, err := Put(t.Context(), target, town("new "))
		if err == nil || !strings.Contains(err.Error(), "s3://shop/"+fails) || !strings.Contains(err.Error(), "InternalError") {
			t.Errorf("err = %v", err)
		}
		for name := range town("") {
			if o, ok := s.objects[name]; ok && rankOf(name) > 1 && string(o.data) != "old "+name {
				t.Errorf("after %s failed %s is %q", fails, name, o.data)
			}
		}
	}
	s.fails = ""
	if _, err := Put(t.Context(), target, town("new ")); err != nil {
		t.Errorf("the next try: %v", err)
	}
	if data := string(s.objects["index.html"].data); data != "new index.html" {
		t.Errorf("index.html is %q", data)
	}
}

func TestABucketThatCantBeOpenedIsAnError(t *testing.T) {
	s := newStore(t)
	refused := func(out string, words ...string) {
		t.Helper()
		target, err := Open(t.Context(), out)
		if err == nil {
			t.Errorf("%s was opened: %v", out, target.Close())
			return
		}
		for _, w := range words {
			if !strings.Contains(err.Error(), w) {
				t.Errorf("%s: %q doesn't say %q", out, err, w)
			}
		}
		if strings.Contains(err.Error(), "secret") || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %q", out, err)
		}
	}
	refused(strings.Replace(s.address(""), shopBucket, "other", 1), "s3://other/", "no such bucket")
	refused("ftp://shop", "ftp://", "s3://")
	refused("s3://AKID:secret@shop", "environment")
	refused("s3://shop/folder", "prefix=FOLDER")
	refused("s3://", "prefix=FOLDER")
	refused(s.address("../up"), "prefix")
	refused("s3://shop?nonsense=1&region=x", "s3://shop/", "nonsense")
	refused("s3://shop?region=x&use_path_style=true&endpoint=http://127.0.0.1:1", "s3://shop/", "connection refused")
	t.Setenv("AWS_ACCESS_KEY_ID", "AKIDWRONG")
	refused(s.address(""), "s3://shop/", "403")
}

func TestTheProgramForBucketsEndsWithWhoAsked(t *testing.T) {
	s := newStore(t)
	ctx, cancel := context.WithCancel(t.Context())
	target, err := Open(ctx, s.address(""))
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	done := make(chan error, 1)
	go func() { done <- target.Write(context.Background(), "a.html", nil) }()
	select {
	case err := <-done:
		if err == nil {
			t.Error("it still writes")
		}
	case <-time.After(20 * time.Second):
		t.Error("nobody answers")
	}
	_ = target.Close() // says that it was ended
}

// TestEveryKindOfBucket compiles all drivers, which takes minutes on a small machine: only where asked for, by BUCKETS=all.
func TestEveryKindOfBucket(t *testing.T) {
	if os.Getenv("BUCKETS") != "all" {
		t.Skip("compiling all drivers takes minutes: BUCKETS=all go test ./build/publish")
	}
	for _, args := range [][]string{{"vet", "./..."}, {"test", "./..."}} {
		command := exec.CommandContext(t.Context(), "go", args...)
		command.Dir = "../bucket"
		if out, err := command.CombinedOutput(); err != nil {
			t.Errorf("go %q: %v\n%s", args, err, out)
		}
	}
	// Nobody listens at port 1: the drivers start, understand their addresses and report the failure.
	t.Setenv("AZURE_STORAGE_ACCOUNT", "account")
	t.Setenv("AZURE_STORAGE_KEY", "c2VjcmV0LXNlY3JldC1zZWNyZXQ=")
	t.Setenv("STORAGE_EMULATOR_HOST", "127.0.0.1:1")
	for _, out := range []string{"azblob://shop?protocol=http&domain=127.0.0.1:1&localemu=true", "gs://shop?anonymous=true"} {
		u, _ := url.Parse(out)
		ctx, stop := context.WithTimeout(t.Context(), 10*time.Minute)
		_, err := Open(ctx, out)
		stop()
		if err == nil || !strings.Contains(err.Error(), u.Scheme+"://shop/") || !strings.Contains(err.Error(), "connection refused") {
			t.Errorf("%s: %v", out, err)
		}
	}
}
