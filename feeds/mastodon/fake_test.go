package mastodon

import (
	"context"
	"flag"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
	"vitrine/feeds/feedstest"
)

var update = flag.Bool("update", false, "write the golden files anew")

const host = "social.example"

// reply is what a server answers.
type reply struct {
	status int // 0 is 200
	body   string
	header map[string]string
	err    error
}

// server answers by path and query ("/api/v1/polls/1?x=y"), or by path alone; others are 404. It notes what it was asked.
type server struct {
	replies map[string]reply

	mu    sync.Mutex
	asked []string
}

func (s *server) Fetch(ctx context.Context, r feeds.Request) (*feeds.Response, error) {
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
		answer = reply{status: 404, body: `{"error":"Record not found"}`}
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

// serve makes a source of a server that answers so.
func serve(replies map[string]reply) (*Source, *server) {
	return serveQuirks(Quirks{}, replies)
}

func serveQuirks(q Quirks, replies map[string]reply) (*Source, *server) {
	srv := &server{replies: replies}
	return New(srv, feedstest.NewClock(), host, q), srv
}

// offline makes an answer to adapt with, as if it had been asked for.
func offline() *answer {
	s, _ := serve(nil)
	return &answer{Source: s, Answer: &apiclient.Answer{Path: "/test", Status: 200, At: feedstest.Epoch()}}
}

func fixture(t testing.TB, name string) string {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
