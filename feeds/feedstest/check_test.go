package feedstest

import (
	"context"
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/content"
)

func TestChecksFindWhatIsWrong(t *testing.T) {
	t.Parallel()
	const host = "a.example"
	if err := CheckPosts(host, Post(host, "1", 0)); err != nil {
		t.Errorf("a sound post: %v", err)
	}
	deep := content.Node{Kind: content.Paragraph}
	for range content.MaxDepth {
		deep = content.Node{Kind: content.Quote, Children: []content.Node{deep}}
	}
	for name, spoil := range map[string]func(p *feeds.Post){
		"no key":              func(p *feeds.Post) { p.Key = "" },
		"no time":             func(p *feeds.Post) { p.Published = time.Time{} },
		"a time JSON has not": func(p *feeds.Post) { p.Published = time.Date(12026, 1, 1, 0, 0, 0, 0, time.UTC) },
		"an early edit":       func(p *feeds.Post) { p.Edited = p.Published.Add(-time.Hour) },
		"no author":           func(p *feeds.Post) { p.Author = nil },
		"another host":        func(p *feeds.Post) { p.Sightings[0].Host = "b.example" },
		"for followers":       func(p *feeds.Post) { p.Visibility = feeds.Limited },
		"deleted with text":   func(p *feeds.Post) { p.Deleted = true },
		"a count of -2":       func(p *feeds.Post) { p.Counts.Quotes = -2 },
		"an unsafe address":   func(p *feeds.Post) { p.Author.Avatar = "javascript:alert(1)" },
		"an unsafe link":      func(p *feeds.Post) { p.Body.Blocks[0].Children[0].Href = "data:text/html,x" },
		"a focus JSON has not": func(p *feeds.Post) {
			p.Media = []feeds.Media{{FocusX: math.NaN()}}
		},
		"too deep a text":  func(p *feeds.Post) { p.Body.Blocks = []content.Node{deep} },
		"too large a text": func(p *feeds.Post) { p.Body.Blocks = make([]content.Node, content.MaxNodes+1) },
	} {
		p := Post(host, "1", 0)
		spoil(p)
		if CheckPosts(host, p) == nil {
			t.Errorf("%s passes", name)
		}
	}
	page := Page("", Post(host, "1", 0))
	if err := CheckPage(host, page); err != nil {
		t.Errorf("a sound page: %v", err)
	}
	page.Entries[0].Key = "another"
	if CheckPage(host, page) == nil {
		t.Error("an entry without its post passes")
	}
	if CheckAuthors(host, Author("ada", host)) != nil || CheckAuthors("b.example", Author("ada", host)) == nil {
		t.Error("an author is checked by the wrong host")
	}
}

func TestExerciseChecksEveryAnswer(t *testing.T) {
	t.Parallel()
	const host = "a.example"
	sound := func() *Source {
		return &Source{
			HostName:  host,
			OnProfile: func(user, domain string) (*feeds.Author, error) { return Author(user, domain), nil },
			OnPosts:   func(feeds.Cursor) (*feeds.Page, error) { return Page("", Post(host, "1", 0)), nil },
			OnPost:    func(id string) (*feeds.Post, error) { return Post(host, id, 0), nil },
			OnContext: func(id string) (above, below []*feeds.Post, err error) {
				return nil, []*feeds.Post{Reply(host, "2", id, 1)}, nil
			},
			OnDescribe: func() (*feeds.Instance, error) { return &feeds.Instance{Host: host, Domain: host}, nil },
		}
	}
	questions := Questions{Posts: []string{"1"}, People: []string{"ada"}}
	if o := try(t, func(t testing.TB) { Exercise(t, sound(), questions) }); len(o.failed) > 0 {
		t.Errorf("a sound source: %q", o.failed)
	}
	if o := try(t, func(t testing.TB) { Exercise(t, &Source{HostName: host}, questions) }); len(o.failed) > 0 {
		t.Errorf("a source that finds nothing: %q", o.failed)
	}
	for name, spoil := range map[string]func(s *Source){
		"an author of elsewhere": func(s *Source) {
			s.OnProfile = func(user, domain string) (*feeds.Author, error) { return Author(user, "b.example"), nil }
		},
		"neither a page nor an error": func(s *Source) { s.OnPosts = func(feeds.Cursor) (*feeds.Page, error) { return nil, nil } },
		"both a post and an error": func(s *Source) {
			s.OnPost = func(id string) (*feeds.Post, error) { return Post(host, id, 0), s.notFound() }
		},
		"an error of our own": func(s *Source) { s.OnPost = func(string) (*feeds.Post, error) { return nil, errors.New("x") } },
		"a broken reply": func(s *Source) {
			s.OnContext = func(string) (above, below []*feeds.Post, err error) { return nil, []*feeds.Post{{}}, nil }
		},
		"a server without a name": func(s *Source) {
			s.OnDescribe = func() (*feeds.Instance, error) { return &feeds.Instance{Host: host}, nil }
		},
	} {
		s := sound()
		spoil(s)
		if o := try(t, func(t testing.TB) { Exercise(t, s, questions) }); len(o.failed) == 0 {
			t.Errorf("%s passes", name)
		}
	}
}

func TestNetworkAnswersTheMostExactKey(t *testing.T) {
	t.Parallel()
	n := &Network{Replies: map[string]Answered{
		`/a {"x":1}`: {Body: "by body"}, "/a?q=1": {Body: "by query"}, "/a": {Body: "by path"}, "https://b.example/b": {Body: "by address"},
	}}
	for _, c := range []struct{ url, body, want string }{
		{"https://b.example/a", `{"x":1}`, "by body"}, {"https://b.example/a?q=1", "", "by query"}, {"https://b.example/a?q=2", "", "by path"},
		{"https://b.example/b", "", "by address"}, {"https://c.example/b", "", "<html>nothing here"},
	} {
		r, err := n.Fetch(context.Background(), feeds.Request{URL: c.url, Body: c.body})
		if err != nil || string(r.Body) != c.want {
			t.Errorf("%s %s: %+v, %v", c.url, c.body, r, err)
		}
	}
	if asked := n.Asked(); !strings.HasPrefix(asked, "/a {\"x\":1}\n/a?q=1\n") || n.Asked() != "" {
		t.Errorf("asked %q", asked)
	}
	if r, err := Always("x").Fetch(context.Background(), feeds.Request{URL: "https://b.example/any"}); err != nil || r.Status != 200 || string(r.Body) != "x" {
		t.Errorf("%+v, %v", r, err)
	}
}
