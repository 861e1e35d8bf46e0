package demo

import (
	"bytes"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Failure is a way in which a server can fail. Its value is the name of klippe's account, hashtag ("break_NAME") and
// server (NAME.klippe.localhost) that fails so.
type Failure string

// The failures.
const (
	TooManyRequests  Failure = "429" // with the time of the next try
	ServerError      Failure = "500"
	Unavailable      Failure = "503"     // a proxy's page in HTML
	NoAnswer         Failure = "hang"    // no answer, ever
	CutOff           Failure = "cut"     // half of the JSON, with a length that fits the half
	BotWall          Failure = "wall"    // a bot wall: 200, HTML, no CORS
	WebPage          Failure = "html"    // 200, HTML, CORS
	Login            Failure = "login"   // 401
	Refused          Failure = "refused" // 403
	NeedsUser        Failure = "422"
	Gone             Failure = "gone"   // 410
	Empty            Failure = "empty"  // 200 without a byte
	Huge             Failure = "huge"   // 64 MB of JSON
	ConnectionClosed Failure = "closed" // the connection ends without an answer
	Slow             Failure = "slow"   // the true answer, but late (Options.Slow); none of Failures
	NoFailure        Failure = ""       // no failure; for Demo.Fail, to let a path work below one that fails
)

// Failures are all ways to fail, in a fixed order.
func Failures() []Failure {
	return []Failure{
		TooManyRequests, ServerError, Unavailable, NoAnswer, CutOff, BotWall, WebPage, Login, Refused, NeedsUser, Gone, Empty, Huge, ConnectionClosed,
	}
}

const hugeBody = 64 << 20

func (f Failure) describe() string {
	switch f {
	case TooManyRequests:
		return "the server asks for a pause of three minutes (429)"
	case ServerError:
		return "the server trips over itself (500)"
	case Unavailable:
		return "the server is being mended (503)"
	case NoAnswer:
		return "the server thinks about it and never answers"
	case CutOff:
		return "the answer breaks off in the middle"
	case BotWall:
		return "a wall against robots answers instead"
	case WebPage:
		return "a web page comes where data was asked for"
	case Login:
		return "only members may read (401)"
	case Refused:
		return "the server says no (403)"
	case NeedsUser:
		return "only members may read (422)"
	case Gone:
		return "what was here is gone (410)"
	case Empty:
		return "the answer is empty"
	case Huge:
		return "the answer is 64 MB long"
	default:
		return "the connection breaks"
	}
}

// rule of Demo.Fail.
type failRule struct {
	host, prefix string
	failure      Failure
}

// Fail lets every request to host ("klippe.localhost", any of the demo's) whose path starts with prefix fail, until ClearFailures.
// The longest prefix counts, then the latest call.
func (d *Demo) Fail(host, prefix string, f Failure) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.failing = append(d.failing, failRule{bareHost(host), prefix, f})
}

// ClearFailures removes all failures that Fail set.
func (d *Demo) ClearFailures() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.failing = nil
}

// failureOf returns how a request has to fail, NoFailure if it succeeds.
func (d *Demo) failureOf(host string, r *http.Request) Failure {
	d.mu.RLock()
	defer d.mu.RUnlock()
	best := failRule{prefix: ""}
	for _, rule := range d.failing {
		if rule.host == host && strings.HasPrefix(r.URL.Path, rule.prefix) && len(rule.prefix) >= len(best.prefix) {
			best = rule
		}
	}
	if best.host != "" {
		return best.failure
	}
	if name, found := strings.CutSuffix(host, "."+klippe+".localhost"); found {
		return Failure(name)
	}
	if host == klippe+".localhost" {
		return d.cliffFailure(r.URL.Path)
	}
	return NoFailure
}

// cliffFailure finds klippe's accounts and hashtags that fail.
func (d *Demo) cliffFailure(path string) Failure {
	if tag, found := strings.CutPrefix(path, "/api/v1/timelines/tag/break_"); found {
		return knownFailure(Failure(tag))
	}
	id, found := strings.CutPrefix(path, "/api/v1/accounts/")
	if !found {
		return NoFailure
	}
	id, found = strings.CutSuffix(id, "/statuses")
	if !found {
		return NoFailure
	}
	for _, f := range append(Failures(), Slow) {
		if accountID(klippe, d.world.people[string(f)]) == id {
			return f
		}
	}
	return NoFailure
}

func knownFailure(f Failure) Failure {
	if f == Slow || slices.Contains(Failures(), f) {
		return f
	}
	return NoFailure
}

const wallPage = "<!doctype html><title>Just a moment…</title><h1>Checking that you are not a goose</h1><p>Please enable feathers."

// fail answers a request in the way of f; next is the handler that would have answered it.
func (d *Demo) fail(w http.ResponseWriter, r *http.Request, f Failure, next http.Handler) {
	switch f { // without CORS of their own
	case Slow:
		select {
		case <-time.After(d.slow):
			next.ServeHTTP(w, r)
		case <-r.Context().Done():
		case <-d.closing:
			dropConnection(w) // returning would be an answer
		}
		return
	case NoAnswer:
		select {
		case <-r.Context().Done():
		case <-d.closing:
			dropConnection(w)
		}
		return
	case ConnectionClosed:
		dropConnection(w)
		return
	case BotWall:
		page(w, http.StatusOK, wallPage)
		return
	}
	allowAnyOrigin(w.Header(), r)
	switch f {
	case TooManyRequests:
		budgetState{size: budgetSize, reset: d.now().Add(3 * time.Minute)}.write(w.Header())
		refuse(http.StatusTooManyRequests, "Too many requests").write(w, r, true)
	case ServerError:
		refuse(http.StatusInternalServerError, "Internal Server Error").write(w, r, true)
	case Unavailable:
		page(w, http.StatusServiceUnavailable, "<!doctype html><title>503</title><h1>Service temporarily unavailable</h1>")
	case WebPage:
		page(w, http.StatusOK, "<!doctype html><title>klippe</title><div id=app>This page needs JavaScript.</div>")
	case Login:
		refuse(http.StatusUnauthorized, "This API requires an authenticated user").write(w, r, true)
	case Refused:
		refuse(http.StatusForbidden, "This action is not allowed").write(w, r, true)
	case NeedsUser:
		needsUser().write(w, r, true)
	case Gone:
		refuse(http.StatusGone, "Gone").write(w, r, true)
	case Empty:
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
	case Huge:
		writeHuge(w)
	case CutOff:
		cutOff(w, r, next)
	default:
		http.NotFound(w, r)
	}
}

func page(w http.ResponseWriter, code int, html string) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(code)
	_, _ = io.WriteString(w, html)
}

func dropConnection(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	_ = conn.Close() // the client sees the failure
}

// writeHuge sends valid JSON that is longer than a client should read, without a Content-Length.
func writeHuge(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	line := []byte(`{"id":"1","content":"` + strings.Repeat("All work and no play. ", 3000) + `"},` + "\n")
	sent := 1
	if _, err := io.WriteString(w, "["); err != nil {
		return
	}
	for sent < hugeBody {
		n, err := w.Write(line)
		if err != nil {
			return // the client has closed the connection
		}
		sent += n
	}
	_, _ = io.WriteString(w, `{"id":"2"}]`)
}

// cutOff sends the first half of the true answer.
func cutOff(w http.ResponseWriter, r *http.Request, next http.Handler) {
	full := &recorder{header: http.Header{}}
	next.ServeHTTP(full, r)
	half := full.body.Bytes()[:full.body.Len()/2]
	w.Header().Set("Content-Type", firstOf(full.header.Get("Content-Type"), "application/json"))
	w.Header().Set("Content-Length", strconv.Itoa(len(half)))
	w.Header().Set("Cache-Control", "no-store")
	_, _ = w.Write(half)
}

// recorder stores an answer instead of sending it.
type recorder struct {
	header http.Header
	body   bytes.Buffer
}

func (r *recorder) Header() http.Header         { return r.header }
func (r *recorder) Write(b []byte) (int, error) { return r.body.Write(b) }
func (r *recorder) WriteHeader(int)             {}
