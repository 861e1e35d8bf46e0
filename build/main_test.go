package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vitrine/build/site"
)

func TestExitStatus(t *testing.T) {
	dir := t.TempDir()
	wrong := filepath.Join(dir, "wrong.toml")
	if err := os.WriteFile(wrong, []byte("titel = \"x\"\ntimezone = 1\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	feed := filepath.Join(dir, "feed.toml")
	if err := os.WriteFile(feed, []byte("[[feed]]\nname = \"town\"\naddresses = [\"@town@localhost:1\"]\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(dir, "dist")
	for name, c := range map[string]struct {
		args  []string
		code  int
		says  string // on standard error; for 0 on standard output
		lines int    // on standard error, 0: any number
	}{
		"nothing":             {nil, 2, "usage: go run ./build COMMAND", 0},
		"help":                {[]string{"help"}, 0, "writes the complete static site", 0},
		"an unknown command":  {[]string{"sight"}, 2, `there is no command "sight"`, 0},
		"an unknown flag":     {[]string{"site", "-colour"}, 2, "flag provided but not defined: -colour", 2},
		"one too many":        {[]string{"site", "here"}, 2, `"here" is one argument too many`, 2},
		"a command's help":    {[]string{"site", "-h"}, 0, "usage: go run ./build site [-out DIR|BUCKET]", 0},
		"a base with dots":    {[]string{"site", "-out", out, "-base", "/a/../b/"}, 2, "is not the path of a folder", 2},
		"a missing file":      {[]string{"site", "-out", out, "-config", filepath.Join(dir, "none.toml")}, 1, "none.toml", 1},
		"mistakes":            {[]string{"site", "-config", wrong, "-out", out}, 1, ":1: titel is not known (did you mean title?)", 2},
		"a feed that fails":   {[]string{"snapshot", "-config", feed, "-out", filepath.Join(dir, "feeds")}, 1, "1 of 1 feeds have a source that failed", 1},
		"mistakes in a feed":  {[]string{"snapshot", "-config", wrong, "-out", out}, 1, ":1: titel is not known (did you mean title?)", 2},
		"no feed":             {[]string{"snapshot", "-out", out}, 0, "no official feed is configured", 0},
		"an address to serve": {[]string{"serve", "-addr", "nowhere"}, 1, "nowhere", 1},
		"a demo's address":    {[]string{"demo", "-addr", "nowhere"}, 2, `-addr "nowhere" is not HOST:PORT`, 2},
	} {
		t.Run(name, func(t *testing.T) {
			var stdout, stderr bytes.Buffer
			if code := run(t.Context(), c.args, &stdout, &stderr); code != c.code {
				t.Errorf("exit status %d", code)
			}
			said := &stderr
			if c.code == success {
				said = &stdout
			}
			if !strings.Contains(said.String(), c.says) {
				t.Errorf("%q is not in %q", c.says, said)
			}
			if n := strings.Count(stderr.String(), "\n"); c.lines > 0 && n != c.lines {
				t.Errorf("%d lines on standard error: %q", n, stderr.String())
			}
			if _, err := os.Stat(out); err == nil {
				t.Error("something was written")
			}
		})
	}
}

func TestBasePath(t *testing.T) {
	for _, c := range []struct{ given, configured, want string }{
		{"", "", "/"},
		{"/", "", "/"},
		{"reader", "", "/reader/"},
		{"/a/b/", "https://www.example.org/c/", "/a/b/"},
		{"", "https://www.example.org", "/"},
		{"", "https://www.example.org/reader", "/reader/"},
	} {
		if got, err := site.BasePath(c.given, c.configured); err != nil || got != c.want {
			t.Errorf("site.BasePath(%q, %q) = %q, %v", c.given, c.configured, got, err)
		}
	}
	for _, bad := range []string{"/a//b/", "/a b/", "/a?b/", "/a#b/", "/../", "/a/./b/"} {
		if got, err := site.BasePath(bad, ""); err == nil {
			t.Errorf("site.BasePath(%q) = %q", bad, got)
		}
	}
}

func TestShownAddress(t *testing.T) {
	for asked, want := range map[string]string{"localhost:8080": "localhost:9", "0.0.0.0:80": "localhost:9", ":80": "localhost:9", "127.0.0.1:0": "127.0.0.1:9"} {
		if got := shownAddr(asked, address("x:9")); got != want {
			t.Errorf("%s: %s", asked, got)
		}
	}
}

type address string

func (a address) Network() string { return "tcp" }
func (a address) String() string  { return string(a) }
