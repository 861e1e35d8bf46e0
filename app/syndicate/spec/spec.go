// Package spec holds Atom and JSON feeds against their specifications. Only tests import it.
package spec

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"net/url"
	"strings"
	"time"
)

// problems are what is wrong with a feed.
type problems []string

// Errorf notes one.
func (p *problems) Errorf(format string, args ...any) { *p = append(*p, fmt.Sprintf(format, args...)) }

// element is any XML element.
type element struct {
	XMLName  xml.Name
	Attrs    []xml.Attr `xml:",any,attr"`
	Text     string     `xml:",chardata"`
	Children []element  `xml:",any"`
}

func (e element) all(name string) (out []element) {
	for _, c := range e.Children {
		if c.XMLName.Local == name {
			out = append(out, c)
		}
	}
	return out
}

func (e element) attr(name string) string {
	for _, a := range e.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// Atom returns what in a feed is against the requirements ("MUST") of RFC 4287, sections 4.1 and 4.2.
func Atom(data []byte) (t problems) {
	var feed element
	if err := xml.Unmarshal(data, &feed); err != nil {
		t.Errorf("no XML: %v", err)
		return t
	}
	const ns = "http://www.w3.org/2005/Atom"
	if feed.XMLName.Space != ns || feed.XMLName.Local != "feed" {
		t.Errorf("the root is %v", feed.XMLName)
		return t
	}
	container := func(e element, where string) {
		for _, name := range []string{"id", "title", "updated"} {
			if n := len(e.all(name)); n != 1 {
				t.Errorf("%s has %d %s (sections 4.1.1, 4.1.2)", where, n, name)
			}
		}
		for _, id := range e.all("id") {
			if u, err := url.Parse(id.Text); err != nil || !u.IsAbs() {
				t.Errorf("%s: the id %q is no IRI (4.2.6)", where, id.Text)
			}
		}
		for _, name := range []string{"updated", "published"} {
			for _, d := range e.all(name) {
				if at, err := time.Parse(time.RFC3339, d.Text); err != nil || at.IsZero() {
					t.Errorf("%s: %s %q is no date (3.3)", where, name, d.Text)
				}
			}
		}
		alternates := map[string]bool{}
		for _, l := range e.all("link") {
			if u, err := url.Parse(l.attr("href")); err != nil || !u.IsAbs() {
				t.Errorf("%s: the link %q (4.2.7.1)", where, l.attr("href"))
			}
			if kind := l.attr("type"); kind != "" && !strings.Contains(kind, "/") {
				t.Errorf("%s: %q is no media type (4.2.7.3)", where, kind)
			}
			if l.attr("rel") == "alternate" {
				if alternates[l.attr("type")] {
					t.Errorf("%s: two alternates of one type (4.1.1, 4.1.2)", where)
				}
				alternates[l.attr("type")] = true
			}
		}
		for _, a := range e.all("author") {
			if names := a.all("name"); len(names) != 1 || strings.TrimSpace(names[0].Text) == "" {
				t.Errorf("%s: an author without one name (3.2.1)", where)
			}
		}
		for _, c := range e.all("category") {
			if c.attr("term") == "" {
				t.Errorf("%s: a category without a term (4.2.2.1)", where)
			}
		}
	}
	container(feed, "the feed")
	seen := map[string]bool{}
	for _, e := range feed.all("entry") {
		var id string
		for _, one := range e.all("id") {
			id = one.Text
		}
		container(e, id)
		if seen[id] {
			t.Errorf("the id %s stands twice (4.1.1)", id)
		}
		seen[id] = true
		if len(feed.all("author")) == 0 && len(e.all("author")) == 0 {
			t.Errorf("%s has no author (4.1.2)", id)
		}
		bodies := e.all("content")
		if len(bodies) != 1 || bodies[0].attr("type") != "html" || len(bodies[0].Children) > 0 {
			t.Errorf("%s: content %+v (4.1.3)", id, bodies)
		}
		if len(e.all("summary")) > 1 {
			t.Errorf("%s has two summaries (4.1.2)", id)
		}
	}
	if len(feed.all("entry")) == 0 {
		t.Errorf("no entry")
	}
	return t
}

// JSONFeed returns what in a feed is against https://www.jsonfeed.org/version/1.1/.
func JSONFeed(data []byte) (t problems) {
	var feed struct {
		Version, Title    string
		HomePageURL       string `json:"home_page_url"`
		FeedURL           string `json:"feed_url"`
		Authors           []map[string]string
		Items             []map[string]any
		Icon, Description string
	}
	if err := json.Unmarshal(data, &feed); err != nil {
		t.Errorf("no JSON: %v", err)
		return t
	}
	if feed.Version != "https://jsonfeed.org/version/1.1" || feed.Title == "" || feed.Items == nil {
		t.Errorf("%q %q", feed.Version, feed.Title)
	}
	address := func(where, s string) {
		if u, err := url.Parse(s); s != "" && (err != nil || !u.IsAbs()) {
			t.Errorf("%s: %q is no address", where, s)
		}
	}
	address("home_page_url", feed.HomePageURL)
	address("feed_url", feed.FeedURL)
	address("icon", feed.Icon)
	seen := map[string]bool{}
	for _, i := range feed.Items {
		id, ok := i["id"].(string)
		if !ok || id == "" || seen[id] {
			t.Errorf("the id %v", i["id"])
		}
		seen[id] = true
		_, html := i["content_html"].(string)
		_, text := i["content_text"].(string)
		if !html && !text {
			t.Errorf("%s has no content", id)
		}
		for _, name := range []string{"date_published", "date_modified"} {
			if d, there := i[name]; there {
				text, _ := d.(string)
				if _, err := time.Parse(time.RFC3339, text); err != nil {
					t.Errorf("%s: %v", id, err)
				}
			}
		}
		for _, name := range []string{"url", "external_url", "image"} {
			if s, there := i[name].(string); there {
				address(id, s)
			}
		}
		if list, there := i["attachments"].([]any); there {
			for _, a := range list {
				m, _ := a.(map[string]any)
				kind, _ := m["mime_type"].(string)
				where, _ := m["url"].(string)
				if where == "" || !strings.Contains(kind, "/") {
					t.Errorf("%s: the attachment %v", id, m)
				}
				address(id, where)
			}
		}
	}
	if len(feed.Items) == 0 {
		t.Errorf("no item")
	}
	return t
}
