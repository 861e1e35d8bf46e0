package snapshot

import (
	"encoding/json"
	"io/fs"
	"math/rand/v2"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
)

func TestARunThatIsKilledLeavesWholePages(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds feeds again and again, and kills the build: not among the short tests")
	}
	s := newTestSite(t)
	file := filepath.Join(t.TempDir(), "site.toml")
	feed := strings.ReplaceAll(town+"[[feed]]\nname = \"marta\"\naddresses = [\"@marta@hafenlicht.localhost:PORT\"]\nlimit = 10\n", "PORT", s.port)
	if err := os.WriteFile(file, []byte(feed), 0o644); err != nil {
		t.Fatal(err)
	}
	lasts := func() time.Duration {
		began := time.Now()
		if out, err := child(s.dir, file).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		return time.Since(began)
	}
	first, next := lasts(), lasts()
	s.dir = t.TempDir()
	killed := 0
	for round := range 25 {
		if err := s.demo.Publish("norderau", "rathaus", "Runde "+strings.Repeat("i", round)+"."); err != nil {
			t.Fatal(err)
		}
		cmd := child(s.dir, file)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		whole := next
		if round < 5 { // those that have the pictures still to make
			whole = first
		}
		timer := time.AfterFunc(rand.N(whole), func() { _ = cmd.Process.Kill() })
		if cmd.Wait() != nil {
			killed++
		}
		timer.Stop()
		s.checkWhole()
	}
	if killed == 0 {
		t.Error("no run was killed: this test sees nothing")
	}
	t.Logf("%d of 25 runs were killed", killed)
	if out, err := child(s.dir, file).CombinedOutput(); err != nil {
		t.Fatalf("the run after: %v\n%s", err, out)
	}
	s.checkWhole()
	if page := s.file("feeds/town/index.html"); !strings.Contains(page, "Runde "+strings.Repeat("i", 24)) {
		t.Error("the run after didn't go on")
	}
}

// checkWhole checks that each page is whole, and that what it shows is there.
func (s *testSite) checkWhole() {
	s.t.Helper()
	err := filepath.WalkDir(s.dir, func(file string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		text := string(data)
		switch path.Ext(file) {
		case ".json":
			if !json.Valid(data) {
				s.t.Errorf("%s is half a file", file)
			}
		case ".atom", ".xml":
			if !strings.HasSuffix(strings.TrimSpace(text), ">") {
				s.t.Errorf("%s is half a file", file)
			}
		case ".html":
			end := "</html>"
			if filepath.Base(file) == "fragment.html" {
				end = "</section>"
			}
			if !strings.HasSuffix(strings.TrimSpace(text), end) {
				s.t.Errorf("%s is half a page", file)
			}
			s.checkShown(file, text)
		}
		return nil
	})
	if err != nil {
		s.t.Fatal(err)
	}
}

func (s *testSite) checkShown(file, text string) {
	s.t.Helper()
	page, err := html.Parse(strings.NewReader(text))
	if err != nil {
		s.t.Fatal(err)
	}
	for n := range page.Descendants() {
		for _, a := range n.Attr {
			if a.Key != "src" && (a.Key != "href" || n.Data != "link") {
				continue
			}
			u, err := url.Parse(a.Val)
			if err != nil || u.Host != "" {
				continue
			}
			there := filepath.Join(filepath.Dir(file), filepath.FromSlash(u.Path))
			if strings.HasPrefix(u.Path, "/") {
				there = filepath.Join(s.dir, filepath.FromSlash(u.Path))
			}
			if _, err := os.Stat(there); err != nil {
				s.t.Errorf("%s names %s, which isn't there", file, a.Val)
			}
		}
	}
}
