package mbin

import (
	"context"
	"net/url"
	"strings"
	"sync"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/feedstest"
)

const host = "mbin.example"

// reply is what a server answers.
type reply struct {
	status int // 0 is 200
	body   string
	header map[string]string
	err    error
}

// server answers by path and query ("/api/entries?p=2"), or by path alone; others are 404. It notes what it was asked.
type server struct {
	replies map[string]reply

	mu    sync.Mutex
	asked []string
}

func (s *server) Fetch(_ context.Context, r feeds.Request) (*feeds.Response, error) {
	u, err := url.Parse(r.URL)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	s.asked = append(s.asked, u.RequestURI())
	s.mu.Unlock()
	answer, ok := s.replies[u.RequestURI()]
	if !ok {
		answer, ok = s.replies[u.EscapedPath()]
	}
	if !ok {
		answer = reply{status: 404}
	}
	if answer.err != nil {
		return nil, answer.err
	}
	if answer.status == 0 {
		answer.status = 200
	}
	return &feeds.Response{Status: answer.status, URL: r.URL, Header: answer.header, Body: []byte(answer.body), At: feedstest.Epoch()}, nil
}

// requests returns what was asked since the last call.
func (s *server) requests() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	asked := strings.Join(s.asked, "\n")
	s.asked = nil
	return asked
}

func serve(replies map[string]reply) (*Source, *server) {
	srv := &server{replies: replies}
	return New(srv, feedstest.NewClock(), host), srv
}

// The parts of answers, after https://fedia.io/api/docs.

const (
	cats = `{"magazineId":7,"name":"cats","title":"All the cats","description":"**Cats** only","subscriptionsCount":12,
		"entryCount":3,"postCount":2,"icon":{"storageUrl":"https://mbin.example/media/cats.webp"},"banner":null,"apId":null,"apProfileId":null}`
	farCats = `{"magazineId":8,"name":"cats@far.example","apId":"cats@far.example","apProfileId":"https://far.example/c/cats"}`
	ada     = `{"userId":3,"username":"ada","about":"I count. #nobot","avatar":{"storageUrl":"https://mbin.example/media/ada.webp"},
		"createdAt":"2023-06-18T11:59:41+00:00","followersCount":5,"isBot":false,"discoverable":false,"apProfileId":null}`
	bob = `{"userId":4,"username":"@bob@far.example","isBot":true,"apId":"@bob@far.example","apProfileId":"https://far.example/u/bob"}`
)

// entry is an entry, with the time of day at which it was written and more of its fields.
func entry(id, at, more string) string {
	return `{"entryId":` + id + `,"magazine":` + cats + `,"user":` + ada + `,"title":"Entry ` + id + `","lang":"en","tags":null,
		"numComments":5,"uv":2,"dv":3,"favourites":1,"isAdult":false,"isPinned":false,"createdAt":"2026-11-20T` + at + `+00:00",
		"editedAt":null,"visibility":"visible","type":"article","apId":null` + more + `}`
}

// micro is a microblog post.
func micro(id, at, more string) string {
	return `{"postId":` + id + `,"magazine":` + cats + `,"user":` + bob + `,"body":"Post ` + id + `","comments":4,"uv":0,"dv":0,
		"favourites":0,"createdAt":"2026-11-20T` + at + `+00:00","visibility":"visible","apId":"https://far.example/p/` + id + `"` + more + `}`
}

// remark is a comment of the entry 1.
func remark(id, parent, root, more string) string {
	return `{"commentId":` + id + `,"entryId":1,"parentId":` + parent + `,"rootId":` + root + `,"magazine":` + cats + `,"user":` + bob + `,
		"body":"Remark ` + id + `","createdAt":"2026-11-20T12:00:00+00:00","visibility":"visible","apId":"https://far.example/comment/9` + id + `",
		"childCount":2,"mentions":["@ada","@eve@Far.example"]` + more + `}`
}

func items(list ...string) reply {
	return reply{body: `{"items":[` + strings.Join(list, ",") + `],"pagination":{"count":1,"currentPage":1,"maxPage":1,"perPage":25}}`}
}

// more is items of which another page follows.
func more(list ...string) reply {
	return reply{body: strings.Replace(items(list...).body, `"maxPage":1`, `"maxPage":9`, 1)}
}

// ids are the ids of posts in their order, a deleted one with a cross.
func ids(list []*feeds.Post) string {
	var all []string
	for _, p := range list {
		id := p.Sightings[0].ID
		if p.Deleted {
			id += "†"
		}
		all = append(all, id)
	}
	return strings.Join(all, " ")
}

func text(p *feeds.Post) string { return content.PlainText(p.Body) }

func wantKind(t *testing.T, err error, kind feeds.Kind) {
	t.Helper()
	if feeds.KindOf(err) != kind {
		t.Fatalf("got %v, want %s", err, kind)
	}
	if e := feeds.AsError(err); e != nil && e.Host != host {
		t.Errorf("%v doesn't name the host", err)
	}
}

func equal[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s is\n%v, want\n%v", what, got, want)
	}
}
