//go:build !js

package fetch

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"vitrine/feeds"
)

type keptAnswers struct {
	mu   sync.Mutex
	kept map[string]Answer
}

func (k *keptAnswers) Answer(key string) (Answer, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	a, ok := k.kept[key]
	return a, ok
}

func (k *keptAnswers) Keep(key string, a Answer) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.kept[key] = a
}

func TestAnAnswerThatStillHoldsIsNotSentAgain(t *testing.T) {
	body, whole := "one", 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-RateLimit-Remaining", r.URL.Query().Get("left"))
		if strings.HasPrefix(r.URL.Path, "/plain") {
			whole++
			_, _ = w.Write([]byte(body))
			return
		}
		tag := `W/"` + body + `"`
		w.Header().Set("ETag", tag)
		if r.Header.Get("If-None-Match") == tag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		whole++
		_, _ = w.Write([]byte(body))
	}))
	defer server.Close()
	answers := &keptAnswers{kept: map[string]Answer{}}
	ask := func(path string) *feeds.Response {
		t.Helper()
		r, err := New(Options{Private: true, Answers: answers}).Fetch(t.Context(), feeds.Request{URL: server.URL + path})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	for range 3 {
		if r := ask("/"); r.Status != 200 || string(r.Body) != "one" {
			t.Fatalf("%d %q", r.Status, r.Body)
		}
	}
	if whole != 1 {
		t.Errorf("the answer was sent %d times", whole)
	}
	body = "two"
	if r := ask("/"); string(r.Body) != "two" || whole != 2 {
		t.Errorf("after a change: %q, sent %d times", r.Body, whole)
	}
	ask("/plain")
	ask("/plain")
	if whole != 4 {
		t.Error("an answer that its server can't vouch for was kept")
	}
}
