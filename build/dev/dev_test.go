package dev

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fsnotify/fsnotify"

	"vitrine/build/site"
)

func TestCacheHeadersOfFiles(t *testing.T) {
	h := newHandler(t.Context())
	h.show(site.Files{
		"index.html": []byte("start"), "404.html": []byte("nothing here"), "assets/app.1.wasm": []byte("\x00asm"), "manifest.webmanifest": []byte("{}"),
	})
	for _, c := range []struct {
		method, path string
		status       int
		kind, keep   string
		body         string
	}{
		{"GET", "/", 200, "text/html; charset=utf-8", "no-store", "start"},
		{"HEAD", "/index.html", 200, "text/html; charset=utf-8", "no-store", ""},
		{"GET", "/assets/app.1.wasm", 200, "application/wasm", "public, max-age=31536000, immutable", "\x00asm"},
		{"GET", "/manifest.webmanifest", 200, "application/manifest+json", "no-store", "{}"},
		{"GET", "/assets/app.0.wasm", 404, "text/html; charset=utf-8", "no-store", "nothing here"},
		{"GET", "/../index.html", 200, "text/html; charset=utf-8", "no-store", "start"},
		{"POST", "/", 405, "text/plain; charset=utf-8", "", "only GET and HEAD\n"},
	} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(c.method, c.path, nil))
		if w.Code != c.status || w.Header().Get("Content-Type") != c.kind || w.Header().Get("Cache-Control") != c.keep || w.Body.String() != c.body {
			t.Errorf("%s %s: %d, %v, %q", c.method, c.path, w.Code, w.Header(), w.Body)
		}
	}
}

func TestOpenPagesReloadAfterANewBuild(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	h := newHandler(ctx)
	server := httptest.NewServer(h)
	defer server.Close()
	answer, err := http.Get(server.URL + eventsPath)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if got := answer.Header.Get("Content-Type"); got != "text/event-stream" {
		t.Errorf("Content-Type %q", got)
	}
	h.show(site.Files{})
	lines := bufio.NewReader(answer.Body)
	if line, err := lines.ReadString('\n'); err != nil || line != "event: built\n" {
		t.Errorf("%q, %v", line, err)
	}
	stop()
	if _, err := io.ReadAll(lines); err != nil {
		t.Errorf("the server's end is not the page's: %v", err)
	}
}

func TestABusyPortIsReportedAndTheNextTaken(t *testing.T) {
	busy, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer busy.Close()
	var log strings.Builder
	l, err := Listen(busy.Addr().String(), &log)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if l.Addr().String() == busy.Addr().String() || !strings.Contains(log.String(), "is busy, using ") {
		t.Errorf("%v, %q", l.Addr(), log.String())
	}
	for _, addr := range []string{"localhost", "localhost:nothing", "256.1.1.1:80"} {
		if l, err := Listen(addr, &log); err == nil {
			_ = l.Close()
			t.Errorf("%s: listening", addr)
		}
	}
}

func TestWhatAChangeAsksFor(t *testing.T) {
	for _, c := range []struct {
		name            string
		op              fsnotify.Op
		program, counts bool
	}{
		{"app/page/start.go", fsnotify.Write, true, true},
		{"feeds/post.go", fsnotify.Rename, true, true},
		{"web/css/app.css", fsnotify.Write, false, true},
		{"web/locales/de.json", fsnotify.Create, false, true},
		{"app/page/start_test.go", fsnotify.Write, false, false},
		{"app/page/.start.go.swp", fsnotify.Create, false, false},
		{"web/css/app.css~", fsnotify.Create, false, false},
		{"app/page/start.go", fsnotify.Chmod, false, false},
	} {
		program, counts := effect(fsnotify.Event{Name: c.name, Op: c.op})
		if program != c.program || counts != c.counts {
			t.Errorf("%s %v: program %v, counts %v", c.op, c.name, program, counts)
		}
	}
}

func TestChangesAreSeenInNewFoldersToo(t *testing.T) {
	dir := t.TempDir()
	w, err := watch(dir)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { defer close(ended); w.run(ctx) }()
	write := func(name string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte("x"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("a.css")
	if c := <-w.changes; c.program {
		t.Error("a style asks for the program")
	}
	if err := os.Mkdir(filepath.Join(dir, "new"), 0o755); err != nil {
		t.Fatal(err)
	}
	<-w.changes
	write(filepath.Join("new", "b.go"))
	if c := <-w.changes; !c.program {
		t.Error("Go code doesn't ask for the program")
	}
	stop()
	<-ended
}
