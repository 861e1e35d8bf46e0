package snapshot

import (
	"encoding/json"
	"net/url"
	"path"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// inspect looks in a page for anything that runs, loads from elsewhere or leads away by itself.
func inspect(t *testing.T, name, page string) {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	refused := []string{"iframe", "object", "embed", "form", "base", "style", "input", "textarea", "template", "math", "noscript", "button", "dialog"}
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if slices.Contains(refused, n.Data) {
			t.Errorf("%s: <%s>", name, n.Data)
		}
		attrs := map[string]string{}
		for _, a := range n.Attr {
			attrs[a.Key] = a.Val
			if strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "srcdoc" || a.Key == "ping" || a.Key == "background" || a.Key == "formaction" {
				t.Errorf("%s: <%s %s=%q>", name, n.Data, a.Key, a.Val)
			}
			if slices.Contains([]string{"href", "src", "poster", "cite", "action"}, a.Key) {
				u, err := url.Parse(a.Val)
				if err != nil || u.Scheme != "" && u.Scheme != "http" && u.Scheme != "https" && u.Scheme != "mailto" {
					t.Errorf("%s: <%s %s=%q>", name, n.Data, a.Key, a.Val)
				}
				if a.Key != "href" && a.Key != "cite" && err == nil && u.Host != "" && u.Host != "www.town.example" || n.Data == "link" && attrs["rel"] == "stylesheet" && u.Host != "" {
					t.Errorf("%s: loads %s", name, a.Val)
				}
			}
		}
		if n.Data == "script" && attrs["type"] != "application/ld+json" && !strings.HasPrefix(path.Base(attrs["src"]), "embed-height.") {
			t.Errorf("%s: a script %v", name, attrs)
		}
		if n.Data == "meta" && strings.EqualFold(attrs["http-equiv"], "refresh") {
			t.Errorf("%s: leads away by itself", name)
		}
		if n.Data == "a" && attrs["target"] == "_blank" && !strings.Contains(attrs["rel"], "noopener") {
			t.Errorf("%s: a link without noopener: %v", name, attrs)
		}
	}
}

func TestNothingHostileBecomesMoreThanText(t *testing.T) {
	s := newTestSite(t)
	s.run(`
base_url = "https://www.town.example/"
[[feed]]
name = "hostile"
addresses = ["@mallory@hostile.localhost:PORT"]
limit = 100
warnings = "show"
replies = true
`)
	pages := 0
	for name, data := range s.files() {
		if path.Ext(name) != ".html" {
			continue
		}
		pages++
		inspect(t, name, data)
	}
	if page := s.file("feeds/hostile/index.html"); pages < 5 || strings.Count(page, "<article") < 3 || !strings.Contains(page, "&lt;img src=x onerror=") {
		t.Errorf("%d pages, %d hostile posts", pages, strings.Count(page, "<article"))
	}
	var feed struct {
		Items []struct {
			HTML string `json:"content_html"`
		}
	}
	if err := json.Unmarshal([]byte(s.file("feeds/hostile/feed.json")), &feed); err != nil || len(feed.Items) < 3 {
		t.Fatalf("%v, %d items", err, len(feed.Items))
	}
	for _, i := range feed.Items {
		inspect(t, "feed.json", i.HTML)
	}
	for _, name := range []string{"feeds/hostile/feed.atom", "feeds/hostile/tree.json", "feeds/hostile/report.json"} {
		data := s.file(name)
		for _, bad := range []string{"<script", `"javascript:`, `<iframe`, `[\"script`, `["script"`, `"onerror"`, `"onclick"`} {
			if strings.Contains(data, bad) {
				t.Errorf("%s holds %s", name, bad)
			}
		}
	}
	if n := s.demo.Hits("evil.localhost"); n > 0 {
		t.Errorf("a host that nobody chose was asked %d times", n)
	}
}
