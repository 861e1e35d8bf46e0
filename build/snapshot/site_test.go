package snapshot

import (
	"bytes"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vitrine/build/config"
	"vitrine/build/demo"
	"vitrine/build/publish"
	"vitrine/build/site"
	"vitrine/web"
)

// testSite is a demo fediverse, and a folder with a site's feeds.
type testSite struct {
	t    *testing.T
	demo *demo.Demo
	port string
	dir  string
	now  time.Time
	log  bytes.Buffer

	compress *site.Compressor // nil: pages have no compressed copies
}

// noon is when every test begins, whatever the machine's clock says: some things are asked for once a day, and a test that begins
// shortly before midnight would see them twice.
func noon() time.Time { return time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC) }

func newTestSite(t *testing.T) *testSite {
	t.Helper()
	began := time.Now()
	now := func() time.Time { return noon().Add(time.Since(began)) }
	d, err := demo.Start(t.Context(), demo.Options{Addr: "127.0.0.1:0", Budget: 100000, Now: now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close(); d.Wait() })
	_, port, err := net.SplitHostPort(d.Addr())
	if err != nil {
		t.Fatal(err)
	}
	return &testSite{t: t, demo: d, port: port, dir: t.TempDir(), now: now()}
}

// clock stands at the test site's time; waiting takes none.
type clock struct{ s *testSite }

func (c clock) Now() time.Time { return c.s.now }

func (c clock) After(time.Duration) <-chan time.Time {
	done := make(chan time.Time, 1)
	done <- c.s.now
	return done
}

// config reads a configuration in which PORT stands for the demo's.
func (s *testSite) config(text string) config.Site {
	s.t.Helper()
	c, err := config.Parse("site.toml", []byte(strings.ReplaceAll(text, "PORT", s.port)))
	if err != nil {
		s.t.Fatal(err)
	}
	return c
}

func (s *testSite) run(text string) *Result {
	s.t.Helper()
	s.log.Reset()
	result, err := Run(s.t.Context(), s.options(text, s.target()))
	if err != nil {
		s.t.Fatal(err)
	}
	return result
}

func (s *testSite) options(text string, target publish.Target) Options {
	s.t.Helper()
	return Options{Config: s.config(text), Target: target, Web: web.Files, Base: "/", Wait: time.Minute, Clock: clock{s}, Log: &s.log, Compress: s.compress}
}

// target is the test site's folder.
func (s *testSite) target() publish.Target {
	s.t.Helper()
	target, err := publish.Open(s.t.Context(), s.dir)
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { _ = target.Close() })
	return target
}

// files returns all files of the folder, without what changes with every run.
func (s *testSite) files() map[string]string {
	s.t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(s.dir, func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		name, _ := filepath.Rel(s.dir, path)
		if name = filepath.ToSlash(name); name != statusFile {
			out[name] = string(data)
		}
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return out
}

func (s *testSite) file(name string) string {
	s.t.Helper()
	data, err := os.ReadFile(filepath.Join(s.dir, filepath.FromSlash(name)))
	if err != nil {
		s.t.Fatal(err)
	}
	return string(data)
}

func (s *testSite) status(feed string) *FeedStatus {
	s.t.Helper()
	all, err := readStatus([]byte(s.file(statusFile)))
	if err != nil {
		s.t.Fatal(err)
	}
	return all.Feeds[feed]
}
