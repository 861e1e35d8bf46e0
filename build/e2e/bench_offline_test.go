package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// pictured is a server with posts that have a picture each, which lie on a server of their own.
type pictured struct {
	api, files *httptest.Server
	asked      atomic.Int64 // of the server
	fetched    atomic.Int64 // pictures
	bytes      atomic.Int64 // of these
}

func newPictured(b *testing.B, n int) *pictured {
	b.Helper()
	noise := image.NewRGBA(image.Rect(0, 0, 120, 90))
	random := rand.New(rand.NewPCG(1, 2))
	for i := range 120 * 90 {
		noise.Set(i%120, i/120, color.RGBA{uint8(random.Uint32()), uint8(random.Uint32()), uint8(random.Uint32()), 255})
	}
	var file bytes.Buffer
	if err := png.Encode(&file, noise); err != nil {
		b.Fatal(err)
	}
	s := &pictured{}
	s.files = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		s.fetched.Add(1)
		s.bytes.Add(int64(file.Len()))
		w.Header().Set("Access-Control-Allow-Origin", "*")
		w.Header().Set("Content-Type", "image/png")
		_, _ = w.Write(file.Bytes())
	}))
	s.api = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.asked.Add(1)
		w.Header().Set("Access-Control-Allow-Origin", "*")
		w.Header().Set("Content-Type", "application/json")
		var v any
		switch r.URL.Path {
		case "/api/v2/instance":
			v = map[string]any{"domain": s.host(), "title": "Pictures", "version": "4.4.0", "usage": map[string]any{}, "languages": []string{"en"}, "rules": []any{}}
		case "/api/v1/timelines/public":
			below, limit := n+1, 20
			if i, err := strconv.Atoi(r.FormValue("max_id")); err == nil {
				below = i
			}
			if i, err := strconv.Atoi(r.FormValue("limit")); err == nil {
				limit = min(i, 40)
			}
			page := []any{}
			for i := below - 1; i > 0 && len(page) < limit; i-- {
				post := longStatus(s.host(), i, n)
				post["replies_count"] = 0
				url := fmt.Sprintf("%s/%d.png", strings.Replace(s.files.URL, "127.0.0.1", "pictures.localhost", 1), i)
				post["media_attachments"] = []any{map[string]any{"id": strconv.Itoa(i), "type": "image", "url": url, "preview_url": url, "description": "noise"}}
				page = append(page, post)
			}
			v = page
		default:
			w.WriteHeader(http.StatusNotFound)
		}
		if err := json.NewEncoder(w).Encode(v); err != nil {
			b.Log(err)
		}
	}))
	b.Cleanup(func() { s.api.Close(); s.files.Close() })
	return s
}

func (s *pictured) host() string {
	return strings.Replace(strings.TrimPrefix(s.api.URL, "http://"), "127.0.0.1", "pictured.localhost", 1)
}

// BenchmarkOffline takes a thousand posts with a picture each offline, and reports the time, the requests of each server, and the bytes of
// the files that are kept against those of the pictures that were sent.
func BenchmarkOffline(b *testing.B) {
	const posts = 1000
	s := newFixture(b)
	server := newPictured(b, posts+200)
	view := "#/i/" + server.host()
	for b.Loop() {
		p := s.tab(b)
		p.open(s.site + view)
		p.waitForView(view)
		p.wait("what takes it offline", "document.querySelector('[data-action=take-offline]')")
		asked, fetched, sent := server.asked.Load(), server.fetched.Load(), server.bytes.Load()
		eval[any](p, `void document.querySelector('[data-action=take-offline]').click()`)
		p.wait("the choice", "document.querySelector('#take[open] select[name=take-far]')")
		eval[any](p, `void (e => (e.value = "p1000", e.dispatchEvent(new Event('change', {bubbles: true}))))(document.querySelector('#take select[name=take-far]'))`)
		p.wait("the size", "/\\d\\s?MB/.test(document.querySelector('#take [data-part=size]').textContent)")
		began := time.Now()
		eval[any](p, `void document.querySelector('#take button[type=submit]').click()`)
		p.until("all to be taken", "document.querySelector('main [data-part=offline]')")
		b.ReportMetric(time.Since(began).Seconds(), "s")
		b.ReportMetric(float64(server.asked.Load()-asked), "requests")
		b.ReportMetric(float64(server.fetched.Load()-fetched), "pictures")
		b.ReportMetric(float64(server.bytes.Load()-sent)/1e6, "picture-MB")
		// The browser's own figure counts much more for pictures that were merely shown, which it doesn't let be read.
		kept := eval[float64](p, `caches.open("vitrine:/:kept").then(async (c) => {
			let sum = 0;
			for (const request of await c.keys()) sum += (await (await c.match(request)).blob()).size;
			return sum;
		})`, awaitPromise)
		b.ReportMetric(kept/1e6, "stored-MB")
		b.Log(p.text("main [data-part=offline]"))
	}
	b.ReportMetric(0, "ns/op")
}
