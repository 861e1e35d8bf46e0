package lemmy

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/feedstest"
)

// FuzzAnswer: whatever a server sends, on whatever route and in whichever dialect, it becomes sound values or an error.
func FuzzAnswer(f *testing.F) {
	f.Add(`{"post_view":` + link("1", "12:00:00", `,"url":"https://a.example/b.png","body":"x"`) + `,"cross_posts":[` + link("2", "12:00:00", "") + `]}`)
	f.Add(`{"comment_view":` + remark("0.10.34", "12:00:00", "") + `}`)
	f.Add(posts(link("1", "12:00:00", ""), link("2", "11:00:00", `,"featured_local":true`)).body)
	f.Add(remarks(remark("0.10", "12:00:00", `,"deleted":true`), remark("0.10.34", "12:00:00", "")).body)
	f.Add(`{"comments":[` + remark("0.10", "12:00:00", "") + `],"replies":[{"replies":[{}]}],"next_page":"2"}`)
	f.Add(mine([]int{1, 2}, []int{3}).body)
	f.Add(siteV3)
	f.Add(catsView)
	f.Add(adaView)
	f.Add(`{"error":"couldnt_find_post","message":{}}`)
	f.Add(`{"items":[{"type_":"community","community":` + cats + `},{"person":` + ada + `}],"next_page":[]}`)
	if root := os.Getenv("CORPUS"); root != "" {
		for kind := range corpusChecks {
			for _, software := range []string{"lemmy", "piefed"} {
				for _, file := range bodies(f, filepath.Join(root, software, kind)) {
					if body, err := os.ReadFile(file); err == nil {
						f.Add(string(body))
					}
				}
			}
		}
	}
	f.Fuzz(func(t *testing.T, body string) {
		for _, q := range []Quirks{{Version: "0.18.0"}, {Version: "1.0.0"}, {Dialect: PieFed}} {
			s := New(anything(body), nil, host, q)
			fuzzAll(t, s)
		}
	})
}

// anything answers every question with the same body.
type anything string

func (a anything) Fetch(_ context.Context, r feeds.Request) (*feeds.Response, error) {
	return &feeds.Response{Status: 200, URL: r.URL, Body: []byte(a), At: feedstest.Epoch()}, nil
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
	for _, id := range []string{"1", "comment:34"} {
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
	if err := checkPosts(all); err != nil {
		t.Error(err)
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
		if a.User == "" || a.Domain == "" || a.ID == "" || a.Host != host {
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
