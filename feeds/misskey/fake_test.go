package misskey

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/feedstest"
)

const host = "mk.example"

func serve(replies map[string]feedstest.Answered) (*Source, *feedstest.Network) {
	n := &feedstest.Network{Replies: replies}
	return New(n, feedstest.NewClock(), host, Quirks{}), n
}

const (
	ada = `{"id":"u1","username":"ada","host":null,"name":"Ada :lamp:","avatarUrl":"/avatar/ada.webp","isBot":false,"emojis":{}}`
	bo  = `{"id":"u2","username":"bo","host":"Far.example","name":null,"avatarUrl":null,"emojis":{"star":"https://far.example/star.png"},"uri":"https://far.example/users/2"}`
)

// noted is a note with fields added; of two of one name the last counts, unless that is null.
func noted(id, by, fields string) string {
	return `{"id":"` + id + `","createdAt":"2026-11-20T10:00:00.000Z","user":` + by + `,"text":"Hello **you**","cw":null,"visibility":"public","renoteCount":2,"repliesCount":1,"reactions":{},"files":[],` + fields + `"x":1}`
}

func read(t *testing.T, body string) *feeds.Post {
	t.Helper()
	s, _ := serve(map[string]feedstest.Answered{
		"/api/notes/show": {Body: body},
		"/api/emojis":     {Body: `{"emojis":[{"name":"lamp","url":"https://mk.example/lamp.png"},{"name":"bad","url":"javascript:1"}]}`},
	})
	p, err := s.Post(context.Background(), "n1")
	if err != nil {
		t.Fatalf("%s\n%v", body, err)
	}
	return p
}

// refusal is the body of an error.
func refusal(code string) string {
	return `{"error":{"code":"` + code + `","message":"no","kind":"client"}}`
}

// questions are what was asked, without its order.
func questions(n *feedstest.Network) []string {
	asked := strings.Split(n.Asked(), "\n")
	slices.Sort(asked)
	return asked
}

// checkPosts checks what every post promises.
func checkPosts(t *testing.T, posts []*feeds.Post) {
	t.Helper()
	for _, p := range posts {
		switch {
		case p.Key == "", p.Published.IsZero(), p.Author == nil, p.Author.User == "", p.Author.Domain == "", p.URL == "":
			t.Errorf("incomplete: %+v", p)
		case len(p.Sightings) != 1 || !isID(p.Sightings[0].ID) || p.Sightings[0].Host != host:
			t.Errorf("seen nowhere: %+v", p)
		case p.Visibility != feeds.Public && p.Visibility != feeds.Unlisted:
			t.Errorf("not for everybody: %+v", p)
		}
	}
	checkSound(t, posts)
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
		case "URL", "URI", "Avatar", "AvatarSt", "Header", "HeaderSt", "Preview", "Thumbnail", "Icon", "u", "h":
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
