package mbin

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/feedstest"
)

// FuzzAnswer: whatever a server sends, on whatever route, it becomes sound values or an error. There are no recorded answers of
// this API.
func FuzzAnswer(f *testing.F) {
	f.Add(entry("1", "12:00:00", `,"url":"https://a.example/b.png","body":"x","image":{"storageUrl":"https://a.example/b"}`))
	f.Add(micro("5", "12:00:00", ""))
	f.Add(with(gone(remark("10", "null", "null", "")), remark("34", "10", "10", "")))
	f.Add(items(entry("1", "12:00:00", ""), `{"post":`+micro("5", "12:30:00", "")+`}`).body)
	f.Add(items(cats, ada, bob, farCats).body)
	f.Add(cats)
	f.Add(bob)
	f.Add(`{"softwareVersion":"1.8.2","websiteTitle":"Cat server","websiteDomain":"https://a.example/","about":"x","items":[{"magazine":` + cats + `}],"apActors":[{"type":"user","object":` + bob + `}]}`)
	f.Add(`{"title":"An error occurred","status":404,"detail":"Not Found"}`)
	f.Fuzz(func(t *testing.T, body string) {
		fuzzAll(t, New(anything(body), feedstest.NewClock(), host))
	})
}

// anything answers every question with the same body.
type anything string

func (a anything) Fetch(_ context.Context, r feeds.Request) (*feeds.Response, error) {
	return &feeds.Response{Status: 200, URL: r.URL, Body: []byte(a)}, nil
}

func fuzzAll(t *testing.T, s *Source) {
	ctx := context.Background()
	if i, err := s.Describe(ctx); err == nil {
		if i.Host != host || i.Domain == "" {
			t.Errorf("%+v", i)
		}
		checkSound(t, i)
	}
	var all []*feeds.Post
	for _, id := range []string{"1", "comment:34", "post:5", "post-comment:6"} {
		p, err := s.Post(ctx, id)
		if (p == nil) != (err != nil) {
			t.Fatalf("%v, %v", p, err)
		}
		if err == nil {
			all = append(all, p)
		}
		above, below, _ := s.Context(ctx, id)
		all = append(append(all, above...), below...)
	}
	for _, who := range []string{"c:7", "u:3"} {
		if page, err := s.ProfilePosts(ctx, known(who), feeds.ProfileFilter{Replies: true}, ""); err == nil {
			all = append(all, page.Posts...)
		}
	}
	if page, err := s.ServerPosts(ctx, feeds.Local, ""); err == nil {
		for _, e := range page.Entries {
			if e.Key == "" || e.WrapperID == "" || e.At.IsZero() {
				t.Errorf("%+v", e)
			}
		}
		all = append(all, page.Posts...)
	}
	for _, p := range all {
		switch {
		case p.Key == "", p.Published.IsZero(), p.Author == nil, len(p.Sightings) != 1, p.Visibility != feeds.Public, p.Deleted && len(p.Body.Blocks) > 0:
			t.Errorf("%+v", p)
		}
	}
	checkSound(t, all)
	var people []*feeds.Author
	for _, user := range []string{"!cats", "ada"} {
		if a, err := s.Profile(ctx, user, host); err == nil {
			people = append(people, a)
		}
	}
	if found, _, err := s.Directory(ctx, ""); err == nil {
		people = append(people, found...)
	}
	if found, err := s.SearchAccounts(ctx, "x"); err == nil {
		people = append(people, found...)
	}
	for _, a := range people {
		if a.User == "" || a.Domain == "" || strings.Contains(a.Handle(), " ") || a.ID == "" || a.Host != host {
			t.Errorf("%+v", a)
		}
	}
	checkSound(t, people)
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
		case "URL", "URI", "Avatar", "Header", "Preview", "Original", "Image", "Thumbnail", "Icon", "Online", "u", "h":
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
