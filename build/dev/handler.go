package dev

import (
	"bytes"
	"context"
	"fmt"
	"mime"
	"net/http"
	"path"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"vitrine/build/site"
)

// eventsPath is where open pages wait for a new build.
const eventsPath = "/dev/events"

// reloadScript is added to the shell: nothing of it is in a built site.
const reloadScript = `"use strict";
new EventSource("` + eventsPath + `").addEventListener("built", () => location.reload());
`

// handler serves the latest build from memory.
type handler struct {
	files atomic.Pointer[site.Files]
	ctx   context.Context // ends with the server; open event streams end with it

	mu      sync.Mutex
	waiting map[chan struct{}]bool
}

func newHandler(ctx context.Context) *handler {
	h := &handler{ctx: ctx, waiting: map[chan struct{}]bool{}}
	h.files.Store(&site.Files{})
	return h
}

// show replaces the build, and reloads open pages.
func (h *handler) show(files site.Files) {
	h.files.Store(&files)
	h.mu.Lock()
	defer h.mu.Unlock()
	for page := range h.waiting {
		select {
		case page <- struct{}{}:
		default: // it has been notified already
		}
	}
}

func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "only GET and HEAD", http.StatusMethodNotAllowed)
		return
	}
	if r.URL.Path == eventsPath {
		h.events(w, r)
		return
	}
	name := strings.TrimPrefix(path.Clean(r.URL.Path), "/")
	files := *h.files.Load()
	if name == "" || strings.HasSuffix(r.URL.Path, "/") {
		name = path.Join(name, "index.html")
	} else if _, folder := files[name+"/index.html"]; folder {
		http.Redirect(w, r, r.URL.Path+"/", http.StatusMovedPermanently)
		return
	}
	data, ok := files[name]
	header := w.Header()
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Cache-Control", "no-store")
	if !ok {
		header.Set("Content-Type", contentType("404.html"))
		w.WriteHeader(http.StatusNotFound)
		_, _ = w.Write(files["404.html"]) // the reader went away
		return
	}
	if strings.HasPrefix(name, "assets/") { // another content has another name
		header.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	header.Set("Content-Type", contentType(name))
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(data))
}

// events tells a page of every new build.
func (h *handler) events(w http.ResponseWriter, r *http.Request) {
	built := make(chan struct{}, 1)
	h.mu.Lock()
	h.waiting[built] = true
	h.mu.Unlock()
	defer func() {
		h.mu.Lock()
		delete(h.waiting, built)
		h.mu.Unlock()
	}()
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	out := http.NewResponseController(w)
	for {
		if out.Flush() != nil {
			return
		}
		select {
		case <-built:
			if _, err := fmt.Fprint(w, "event: built\ndata:\n\n"); err != nil {
				return
			}
		case <-r.Context().Done():
			return
		case <-h.ctx.Done():
			return
		}
	}
}

// contentType does not ask the system, whose table differs from machine to machine. WebAssembly is compiled while it arrives
// only with its very type.
func contentType(name string) string {
	switch ext := path.Ext(name); ext {
	case ".html":
		return "text/html; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".json":
		return "application/json"
	case ".wasm":
		return "application/wasm"
	case ".svg":
		return "image/svg+xml"
	case ".png":
		return "image/png"
	case ".txt":
		return "text/plain; charset=utf-8"
	case ".webp":
		return "image/webp"
	case ".atom":
		return "application/atom+xml"
	case ".webmanifest":
		return "application/manifest+json"
	default:
		if t := mime.TypeByExtension(ext); t != "" {
			return t
		}
		return "application/octet-stream"
	}
}
