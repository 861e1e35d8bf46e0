package demo

import (
	"bytes"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"net/http"
	"strconv"
)

// answer is what a handler of the API decided; write sends it as Mastodon does.
type answer struct {
	code    int // 0 is 200
	body    any
	link    string
	seconds int    // how long it may be kept; 0 is the API's usual 15 s
	kind    string // Content-Type; "" is JSON
}

// refuse returns an error in Mastodon's form.
func refuse(code int, message string) answer { return answer{code: code, body: apiError{message}} }

func notFound() answer { return refuse(http.StatusNotFound, "Record not found") }

// needsUser answers what is closed to guests. Mastodon's documentation says 401, its code 422.
func needsUser() answer {
	return refuse(http.StatusUnprocessableEntity, "This method requires an authenticated user")
}

// cacheControl returns the header for how long an answer may be cached. A server without cache is like Mastodon before 4.2.
func (a answer) cacheControl(uncached bool) string {
	if uncached || a.code >= 400 {
		return "private, no-store"
	}
	if a.seconds == 0 {
		return "max-age=15, public, stale-while-revalidate=30, stale-if-error=86400"
	}
	return fmt.Sprintf("max-age=%d, public, stale-while-revalidate=30, stale-if-error=86400", a.seconds)
}

func (a answer) write(w http.ResponseWriter, r *http.Request, uncached bool) {
	body, err := encode(a.body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Type", firstOf(a.kind, "application/json; charset=utf-8"))
	h.Set("Cache-Control", a.cacheControl(uncached))
	h.Set("Vary", "Authorization, Origin, Accept-Encoding")
	h.Set("X-Content-Type-Options", "nosniff")
	if a.link != "" {
		h.Set("Link", a.link)
	}
	code := a.code
	if code == 0 {
		code = http.StatusOK
	}
	if code == http.StatusOK {
		tag := entityTag(body)
		h.Set("ETag", tag)
		if r.Header.Get("If-None-Match") == tag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(code)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // fails only when the client has disconnected
	}
}

func encode(body any) ([]byte, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false) // Ruby's JSON leaves "<" alone
	err := e.Encode(body)
	return bytes.TrimRight(out.Bytes(), "\n"), err
}

func entityTag(body []byte) string {
	h := fnv.New128a()
	h.Write(body)
	return fmt.Sprintf(`W/"%x"`, h.Sum(nil))
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
