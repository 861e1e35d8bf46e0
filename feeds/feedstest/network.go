package feedstest

import (
	"context"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"vitrine/feeds"
)

// Answered is what a server answers.
type Answered struct {
	Status int // 0 is 200
	Body   string
	Header map[string]string
	URL    string // after redirects; "" for none
	Err    error
}

// Network is a feeds.Fetcher that answers by "PATH BODY" of a POST, by path and query, by path alone, or by the whole URL; anything else
// is a web page with status 404. It notes what it was asked.
type Network struct {
	Replies map[string]Answered

	mu    sync.Mutex
	asked []string
}

var _ feeds.Fetcher = (*Network)(nil)

// Fetch implements feeds.Fetcher.
func (n *Network) Fetch(ctx context.Context, r feeds.Request) (*feeds.Response, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	u, err := url.Parse(r.URL)
	if err != nil {
		return nil, err
	}
	question := strings.TrimSpace(u.RequestURI() + " " + r.Body)
	n.mu.Lock()
	n.asked = append(n.asked, question)
	n.mu.Unlock()
	answer, ok := n.Replies[question]
	for _, key := range []string{u.RequestURI(), u.EscapedPath(), r.URL} {
		if !ok {
			answer, ok = n.Replies[key]
		}
	}
	if !ok {
		answer = Answered{Status: 404, Body: "<html>nothing here"}
	}
	if answer.Err != nil {
		return nil, answer.Err
	}
	if answer.Status == 0 {
		answer.Status = 200
	}
	if answer.URL == "" {
		answer.URL = r.URL
	}
	return &feeds.Response{Status: answer.Status, URL: answer.URL, Header: answer.Header, Body: []byte(answer.Body), At: Epoch()}, nil
}

// Asked returns what was asked since the last call, one question a line.
func (n *Network) Asked() string {
	n.mu.Lock()
	defer n.mu.Unlock()
	asked := strings.Join(n.asked, "\n")
	n.asked = nil
	return asked
}

// Corpus calls f with each recorded answer of a software and a kind. The recordings aren't part of the repository: they are in
// $CORPUS, or in the folder shared/corpus beside the module's; without them the test is skipped.
func Corpus(t testing.TB, software, kind string, f func(name, body string)) {
	t.Helper()
	root := os.Getenv("CORPUS")
	if root == "" {
		root = filepath.Join(moduleRoot(t), "..", "shared", "corpus")
	}
	if _, err := os.Stat(root); err != nil {
		t.Skip("no recorded answers here")
	}
	files, err := filepath.Glob(filepath.Join(root, software, kind, "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, ".headers.json") {
			continue
		}
		body, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		f(software+"/"+kind+"/"+filepath.Base(file), string(body))
	}
}

func moduleRoot(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		if parent := filepath.Dir(dir); parent != dir {
			dir = parent
			continue
		}
		t.Fatal("no go.mod above this folder")
	}
}
