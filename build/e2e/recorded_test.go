package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// corpus returns the folder of recorded answers of real servers, "" where it isn't there: CORPUS, or the folder shared with
// this checkout.
func corpus() string {
	dir := os.Getenv("CORPUS")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared", "corpus")
	}
	if _, err := os.Stat(filepath.Join(dir, "MANIFEST.tsv")); err != nil {
		return ""
	}
	return dir
}

// recording is one answer as it was captured.
type recording struct {
	host, path string
	query      url.Values
	status     int
	body       []byte
}

// recordings reads the answers of Mastodon servers that were captured with their address.
func recordings(t *testing.T, dir string) []recording {
	t.Helper()
	var all []recording
	err := filepath.WalkDir(filepath.Join(dir, "mastodon"), func(path string, _ fs.DirEntry, err error) error {
		name, ok := strings.CutSuffix(path, ".headers.json")
		if err != nil || !ok {
			return err
		}
		var head struct {
			Method, URL string
			Status      int
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if err := json.Unmarshal(data, &head); err != nil || head.Method != "GET" || head.URL == "" {
			return nil // captured without an address
		}
		u, err := url.Parse(head.URL)
		if err != nil {
			return err
		}
		body, err := os.ReadFile(name + ".json")
		if err != nil {
			return nil // a page, not an answer of the API
		}
		all = append(all, recording{u.Host, u.Path, u.Query(), max(head.Status, http.StatusOK), body})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// player serves recordings on loopback, each server under its own name below localhost. What was not recorded is not found.
type player struct {
	port int
	all  []recording
}

func play(t *testing.T, all []recording) *player {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &player{l.Addr().(*net.TCPAddr).Port, all}
	server := &http.Server{Handler: p, ReadHeaderTimeout: time.Minute}
	done := make(chan struct{})
	go func() { defer close(done); _ = server.Serve(l) }()
	t.Cleanup(func() { _ = server.Close(); <-done })
	return p
}

// host is the name under which a recorded server is played.
func (p *player) host(name string) string { return fmt.Sprintf("%s.localhost:%d", name, p.port) }

func (p *player) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Access-Control-Allow-Origin", "*")
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	name, _, _ := strings.Cut(r.Host, ".localhost")
	for _, rec := range p.all {
		if rec.host == name && rec.path == r.URL.Path && rec.query.Get("max_id") == r.FormValue("max_id") && len(rec.body) > 0 {
			w.WriteHeader(rec.status)
			_, _ = w.Write(rec.body)
			return
		}
	}
	w.WriteHeader(http.StatusNotFound)
	_, _ = w.Write([]byte(`{"error":"Record not found"}`))
}

// views are the addresses at which recorded lists and threads are read, with the posts that must be there at least.
func (p *player) views() map[string]int {
	views := map[string]int{}
	for _, r := range p.all {
		var list []json.RawMessage
		tag, isTag := strings.CutPrefix(r.path, "/api/v1/timelines/tag/")
		switch {
		case r.query.Get("max_id") != "" || r.status != http.StatusOK:
		case isTag && json.Unmarshal(r.body, &list) == nil && len(list) > 0:
			views["#/t/"+p.host(r.host)+"/"+tag] = 3
		case r.path == "/api/v1/timelines/public" && json.Unmarshal(r.body, &list) == nil && len(list) > 0:
			views["#/i/"+p.host(r.host)+"/federated"] = 5
		case strings.HasSuffix(r.path, "/context"):
			id := strings.Split(r.path, "/")[4]
			if p.has(r.host, "/api/v1/statuses/"+id) {
				views["#/p/"+p.host(r.host)+"/"+id] = 1
			}
		}
	}
	return views
}

func (p *player) has(host, path string) bool {
	for _, r := range p.all {
		if r.host == host && r.path == path && bytes.HasPrefix(bytes.TrimSpace(r.body), []byte("{")) {
			return true
		}
	}
	return false
}

// Real servers' answers are read in the browser and with `read`.
func testRecorded(t *testing.T, s *fixture) {
	dir := corpus()
	if dir == "" {
		t.Skip("no recorded answers beside this checkout: nothing to play")
	}
	p := play(t, recordings(t, dir))
	views := p.views()
	if len(views) < 5 {
		t.Fatalf("only %d recorded views", len(views))
	}
	page := s.tab(t)
	for view, least := range views {
		page.open(s.site + view)
		page.waitForView(view)
		page.wait(fmt.Sprintf("%d posts of %s", least, view), fmt.Sprintf("document.querySelectorAll('main article[data-uri]').length >= %d", least))
	}
	host := p.host("mastodon.social")
	for _, address := range []string{"#ichbinhanna@" + host, "http://" + host + "/tags/ichbinhanna"} {
		out, err := exec.Command(s.program, "read", "-limit", "5", address).Output()
		if err != nil {
			t.Fatalf("read %s: %v", address, err)
		}
		var feed struct {
			Version string
			Items   []struct{ ID, URL string }
		}
		if err := json.Unmarshal(out, &feed); err != nil || feed.Version != "https://jsonfeed.org/version/1.1" || len(feed.Items) != 5 || feed.Items[0].URL == "" {
			t.Errorf("read %s: %v, %d items", address, err, len(feed.Items))
		}
	}
}
