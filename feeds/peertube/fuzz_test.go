package peertube

import (
	"context"
	"encoding/json"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/content"
)

// FuzzVideo: whatever a server sends as a video, it becomes a sound post or an error.
func FuzzVideo(f *testing.F) {
	f.Add(film(1, ""))
	f.Add(film(1, `"files":[`+webFile("web", 720, "")+`],"support":"*x*","tags":["a"]`))
	f.Add(film(1, `"isLive":true,"streamingPlaylists":[{"playlistUrl":"https://a.example/m.m3u8"}]`))
	f.Add(`{"id":[],"channel":{"id":{},"name":7,"avatars":{"1":{}}},"privacy":3,"files":{"0":1},"streamingPlaylists":[[]]}`)
	f.Fuzz(func(t *testing.T, body string) {
		s, _ := serve(map[string]reply{"/api/v1/videos/1": {body: body}, "/api/v1/videos": {body: `{"data":[` + body + `]}`}})
		p, err := s.Post(context.Background(), "1")
		if (p == nil) != (err != nil) {
			t.Fatalf("%v, %v", p, err)
		}
		if page, err := s.ServerPosts(context.Background(), feeds.Local, ""); err == nil {
			if err := checkPosts(page.Posts); err != nil {
				t.Error(err)
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

// FuzzThread: the same for a thread of comments, and for people.
func FuzzThread(f *testing.F) {
	f.Add(branch(remark(1, 1, "null", ""), branch(remark(2, 1, "1", `"isDeleted":true,"account":null`), branch(remark(3, 1, "2", "")))))
	f.Add(hut)
	f.Add(`{"comment":{"id":"1:2","threadId":{},"account":{"name":""}},"children":{"0":[]}}`)
	f.Fuzz(func(t *testing.T, body string) {
		s, _ := serve(map[string]reply{"/api/v1/videos/1/comment-threads/1": {body: body}, "/api/v1/video-channels/a": {body: body}})
		above, below, err := s.Context(context.Background(), "comment:1:1:1")
		if err == nil {
			posts := append(above, below...)
			if err := checkPosts(posts); err != nil {
				t.Error(err)
			}
			checkSound(t, posts)
		}
		if a, err := s.Profile(context.Background(), "a", ""); err == nil {
			if a.User == "" || a.Domain == "" || a.Host != host || a.ID == "" {
				t.Errorf("%+v", a)
			}
			checkSound(t, a)
		}
	})
}

type complaint string

func (c complaint) Error() string { return string(c) }

// checkPosts checks what every post promises.
func checkPosts(posts []*feeds.Post) error {
	for _, p := range posts {
		switch {
		case p.Key == "":
			return complaint("a post without a key")
		case p.Published.IsZero():
			return complaint("a post without a time")
		case p.Author == nil || p.Author.User == "" || p.Author.Domain == "":
			return complaint("a post without an author")
		case len(p.Sightings) != 1 || p.Sightings[0].ID == "" || p.Sightings[0].Host != host:
			return complaint("a post that was seen nowhere")
		case p.Visibility != feeds.Public && p.Visibility != feeds.Unlisted:
			return complaint("a post that isn't public")
		}
	}
	return nil
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
		case "URL", "URI", "Avatar", "AvatarSt", "Header", "HeaderSt", "Preview", "Original", "Image", "u", "h":
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
