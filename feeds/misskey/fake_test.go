package misskey

import (
	"context"
	"slices"
	"strings"
	"testing"

	"vitrine/feeds"
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
