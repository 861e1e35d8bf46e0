//go:build !js

package fetchserver

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
)

// Server is an http.Handler. A request with a "key" in its query is counted under it; see Seen.
type Server struct {
	mux *http.ServeMux

	mu    sync.Mutex
	byKey map[string]*record
}

// Seen is what was asked under a key.
type Seen struct {
	Gets      int
	Preflight int // OPTIONS requests
	AtOnce    int // most GETs under way at once
}

// record has what was asked under a key, and wakes who waits for it.
type record struct {
	Seen
	underWay int
	changed  chan struct{} // closed and made anew on every change
}

// New makes a server. All its answers may be read by any page, except that of /nocors.
func New() *Server {
	s := &Server{mux: http.NewServeMux(), byKey: map[string]*record{}}
	s.mux.HandleFunc("GET /json", func(w http.ResponseWriter, _ *http.Request) { writeJSON(w, map[string]string{"hello": "world"}) })
	s.mux.HandleFunc("GET /echo", func(w http.ResponseWriter, r *http.Request) { writeJSON(w, r.Header) })
	s.mux.HandleFunc("POST /posted", func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		writeJSON(w, map[string]string{"type": r.Header.Get("Content-Type"), "body": string(body)})
	})
	s.mux.HandleFunc("GET /cookie", func(w http.ResponseWriter, _ *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "tracker", Value: "1", Path: "/"})
		writeJSON(w, true)
	})
	s.mux.HandleFunc("GET /nocors", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Del("Access-Control-Allow-Origin")
		writeJSON(w, true)
	})
	s.mux.HandleFunc("GET /answer", answer)
	s.mux.HandleFunc("GET /redirect", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, r.FormValue("to"), http.StatusFound)
	})
	s.mux.HandleFunc("GET /hops/{n}", hops)
	s.mux.HandleFunc("GET /bytes/{n}", sized)
	s.mux.HandleFunc("GET /stream/{n}", stream)
	s.mux.HandleFunc("GET /gzip/{n}", zipped)
	s.mux.HandleFunc("GET /cut", cut)
	s.mux.HandleFunc("GET /hang", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	s.mux.HandleFunc("GET /stall", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, `{"half":`)
		flush(w)
		<-r.Context().Done()
	})
	s.mux.HandleFunc("GET /closedport", closedPort)
	s.mux.HandleFunc("GET /seen", func(w http.ResponseWriter, r *http.Request) { writeJSON(w, s.Seen(r.FormValue("of"))) })
	s.mux.HandleFunc("GET /wait/{what}", s.wait)
	return s
}

func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Access-Control-Allow-Origin", "*")
	w.Header().Set("Access-Control-Expose-Headers", "Link, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset")
	w.Header().Set("Cache-Control", "no-store")
	key := r.URL.Query().Get("key")
	if r.Method == http.MethodOptions { // and no header allowed, as many softwares answer
		s.note(key, func(k *record) { k.Preflight++ })
		if r.URL.Path == "/posted" {
			w.Header().Set("Access-Control-Allow-Headers", "Content-Type")
		}
		w.WriteHeader(http.StatusNoContent)
		return
	}
	s.note(key, func(k *record) {
		k.Gets++
		k.underWay++
		k.AtOnce = max(k.AtOnce, k.underWay)
	})
	defer s.note(key, func(k *record) { k.underWay-- })
	s.mux.ServeHTTP(w, r)
}

// Seen returns what was asked under key.
func (s *Server) Seen(key string) Seen {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.record(key).Seen
}

func (s *Server) note(key string, change func(*record)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	k := s.record(key)
	change(k)
	close(k.changed)
	k.changed = make(chan struct{})
}

func (s *Server) record(key string) *record {
	if s.byKey[key] == nil {
		s.byKey[key] = &record{changed: make(chan struct{})}
	}
	return s.byKey[key]
}

// wait answers when the n-th request under a key has come ("start"), or when one came and none is under way ("end").
func (s *Server) wait(w http.ResponseWriter, r *http.Request) {
	n, _ := strconv.Atoi(r.FormValue("n"))
	for {
		s.mu.Lock()
		k := s.record(r.FormValue("of"))
		reached := k.Gets >= max(n, 1) && (r.PathValue("what") == "start" || k.underWay == 0)
		changed := k.changed
		s.mu.Unlock()
		if reached {
			writeJSON(w, true)
			return
		}
		select {
		case <-changed:
		case <-r.Context().Done():
			return
		}
	}
}

// answer sends the status and headers ("Name: value") that the query asks for.
func answer(w http.ResponseWriter, r *http.Request) {
	_ = r.ParseForm()
	for _, h := range r.Form["header"] {
		name, value, _ := strings.Cut(h, ": ")
		w.Header().Set(name, value)
	}
	status, err := strconv.Atoi(r.FormValue("status"))
	if err != nil {
		status = http.StatusOK
	}
	w.WriteHeader(status)
}

// hops redirects n times, then answers.
func hops(w http.ResponseWriter, r *http.Request) {
	if n := number(r); n > 0 {
		http.Redirect(w, r, fmt.Sprintf("/hops/%d", n-1), http.StatusFound)
		return
	}
	writeJSON(w, "arrived")
}

// sized sends n bytes and says so before.
func sized(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Length", strconv.Itoa(number(r)))
	writeBytes(w, number(r))
}

// stream sends n bytes without saying how many.
func stream(w http.ResponseWriter, r *http.Request) {
	flush(w)
	writeBytes(w, number(r))
}

// zipped sends n bytes that are very few on the way.
func zipped(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Encoding", "gzip")
	z := gzip.NewWriter(w)
	writeBytes(z, number(r))
	_ = z.Close()
}

// cut closes the connection before it sent all it promised.
func cut(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Length", "1000")
	fmt.Fprint(w, `{"half":`)
	flush(w)
	panic(http.ErrAbortHandler)
}

// closedPort names a URL at which nobody listens.
func closedPort(w http.ResponseWriter, _ *http.Request) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	defer l.Close()
	writeJSON(w, "http://"+l.Addr().String()+"/")
}

func number(r *http.Request) int {
	n, _ := strconv.Atoi(r.PathValue("n"))
	return n
}

// writeBytes writes n bytes, or as many as somebody reads.
func writeBytes(w io.Writer, n int) {
	for block := make([]byte, 64<<10); n > 0; n -= len(block) {
		if _, err := w.Write(block[:min(n, len(block))]); err != nil {
			return
		}
	}
}

func flush(w http.ResponseWriter) { _ = http.NewResponseController(w).Flush() }

func writeJSON(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	_ = json.NewEncoder(w).Encode(v)
}
