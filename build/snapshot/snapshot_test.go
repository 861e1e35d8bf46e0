package snapshot

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"vitrine/app/syndicate/spec"
	"vitrine/build/demo"
	"vitrine/build/snapshot/pages"
)

const town = `
base_url = "https://www.norderau.example/"
timezone = "Europe/Berlin"
[[feed]]
name = "town"
addresses = ["@rathaus@norderau.localhost:PORT"]
language = "de"
`

func TestAFeedIsWrittenWhole(t *testing.T) {
	s := newTestSite(t)
	if r := s.run(town); r.Failed != 0 || r.Feeds != 1 {
		t.Fatalf("%+v\n%s", r, s.log.String())
	}
	files := s.files()
	for _, name := range []string{"index.html", "embed.html", "fragment.html", "tree.json", "feed.atom", "feed.json", "report.json", "report.html", "state.json"} {
		if files["feeds/town/"+name] == "" {
			t.Errorf("%s is missing among %v", name, slices.Sorted(maps.Keys(files)))
		}
	}
	for _, name := range []string{"feeds/index.html", "sitemap.xml", "robots.txt", "embed.js", "embed.css", "embed-height.js"} {
		if files[name] == "" {
			t.Errorf("%s is missing", name)
		}
	}
	page := files["feeds/town/index.html"]
	for _, part := range []string{`lang="de"`, `<h1 id="v-town"`, `data-uri="http://norderau.localhost:`, "Der Weihnachtsbaum am Markt steht", `rel="me"`, `application/ld+json`, `data-asof="`, `src="media/`, `og:image" content="https://www.norderau.example/feeds/town/media/`} {
		if !strings.Contains(page, part) {
			t.Errorf("the page lacks %s", part)
		}
	}
	if fragment := files["feeds/town/fragment.html"]; !strings.Contains(fragment, `src="/feeds/town/media/`) || strings.Contains(fragment, "<html") {
		t.Error("the fragment can't be included into another page")
	}
	var report pages.Report
	if err := json.Unmarshal([]byte(files["feeds/town/report.json"]), &report); err != nil || len(report.Hosts) != 0 || report.Sources[0].RelMe != "both" {
		t.Errorf("%v %+v", err, report)
	}
}

func TestFeedsKeepToTheirSpecifications(t *testing.T) {
	s := newTestSite(t)
	for _, base := range []string{"", `base_url = "https://www.norderau.example/reader/"` + "\n"} {
		s.dir = t.TempDir()
		s.run(base + `
[[feed]]
name = "all"
limit = 100
addresses = ["@marta@hafenlicht.localhost:PORT", "@harbour@filmdose.localhost:PORT", "@umi@bucht.localhost:PORT", "http://funk.localhost:PORT/@hafenfunk/feed.xml", "!bikes@tresen.localhost:PORT", "@mallory@hostile.localhost:PORT", "#lesesaal@norderau.localhost:PORT"]
`)
		for _, p := range append(spec.Atom([]byte(s.file("feeds/all/feed.atom"))), spec.JSONFeed([]byte(s.file("feeds/all/feed.json")))...) {
			t.Error(p)
		}
	}
}

func TestNothingNewChangesNoByteAndAsksLittle(t *testing.T) {
	s := newTestSite(t)
	s.run(town)
	before := s.files()
	s.now = s.now.Add(time.Hour)
	r := s.run(town)
	if after := s.files(); !maps.Equal(before, after) {
		for name := range after {
			if before[name] != after[name] {
				t.Errorf("%s changed", name)
			}
		}
	}
	if requests(r) != 1 || r.Written != 1 {
		t.Errorf("%v, %d files written", r.Requests, r.Written)
	}
}

func requests(r *Result) (total int) {
	for _, n := range r.Requests {
		total += n
	}
	return total
}

func TestAProfileIsReadAgainOnTheNextDay(t *testing.T) {
	s := newTestSite(t)
	s.now = noon().Add(11*time.Hour + 30*time.Minute)
	s.run(town)
	for _, step := range []struct {
		after time.Duration
		want  int
	}{{29 * time.Minute, 1}, {2 * time.Minute, 2}, {time.Hour, 1}} {
		s.now = s.now.Add(step.after)
		if r := s.run(town); requests(r) != step.want {
			t.Errorf("at %v: %v, want %d requests", s.now, r.Requests, step.want)
		}
	}
}

func TestTheSameAnswersGiveTheSameBytes(t *testing.T) {
	s := newTestSite(t)
	s.run(town)
	first := s.files()
	s.dir = t.TempDir()
	s.run(town)
	if !maps.Equal(first, s.files()) {
		t.Error("a second site has other files")
	}
}

func TestANewPostComesAndAnEditReplaces(t *testing.T) {
	s := newTestSite(t)
	s.run(town)
	asOf := s.file("feeds/town/tree.json")
	if err := s.demo.Publish("norderau", "rathaus", "Das neue Schild hängt."); err != nil {
		t.Fatal(err)
	}
	if s.demo.Edit("rathaus", "Er ist 14 Meter", "Er ist 15 Meter") == 0 {
		t.Fatal("nothing to edit")
	}
	s.now = s.now.Add(time.Hour)
	s.run(town)
	page := s.file("feeds/town/index.html")
	if !strings.Contains(page, "Das neue Schild hängt.") || !strings.Contains(page, "Er ist 15 Meter") || strings.Contains(page, "14 Meter") {
		t.Error("the page is as before")
	}
	if s.file("feeds/town/tree.json") == asOf {
		t.Error("its time is as before")
	}
}

func TestWhatIsTakenBackGoesOrIsMarked(t *testing.T) {
	for policy, want := range map[string][2]bool{"mirror": {false, false}, "record": {true, true}} {
		s := newTestSite(t)
		feed := town + fmt.Sprintf("deletions = %q\n", policy)
		s.run(feed)
		if s.demo.DeletePosts("rathaus", "Weihnachtsbaum") == 0 {
			t.Fatal("nothing to take back")
		}
		s.now = s.now.Add(time.Hour)
		s.run(feed)
		page := s.file("feeds/town/index.html")
		if got := [2]bool{strings.Contains(page, "Weihnachtsbaum"), strings.Contains(page, "Auf seinem Server gelöscht")}; got != want {
			t.Errorf("%s: %v", policy, got)
		}
		if policy == "mirror" {
			for name, data := range s.files() {
				if strings.Contains(data, "Weihnachtsbaum") {
					t.Errorf("%s still has it", name)
				}
			}
		}
	}
}

func TestOlderPostsAreLookedAtAgain(t *testing.T) {
	s := newTestSite(t)
	feed := town + "limit = 3\n"
	s.run(town + "limit = 20\n")
	if s.demo.DeletePosts("rathaus", "Weihnachtsbaum") == 0 {
		t.Fatal("nothing to take back")
	}
	for range 31 { // a cycle of days
		s.now = s.now.Add(24 * time.Hour)
		s.run(feed)
	}
	if strings.Contains(s.file("feeds/town/2026.html"), "Weihnachtsbaum") {
		t.Error("a post that was taken back stands in the archive after a whole cycle")
	}
}

func TestAPostAndWhatItsAuthorGoesOnWithIsAFeed(t *testing.T) {
	s := newTestSite(t)
	s.run(town)
	var feed struct{ Items []struct{ ID string } }
	if err := json.Unmarshal([]byte(s.file("feeds/town/feed.json")), &feed); err != nil {
		t.Fatal(err)
	}
	post := feed.Items[0].ID
	quoted := fmt.Sprintf("[[feed]]\nname = \"quoted\"\naddresses = [%q]\n", post)
	if r := s.run(quoted); r.Failed != 0 {
		t.Fatalf("%+v\n%s", r, s.log.String())
	}
	if page := s.file("feeds/quoted/embed.html"); strings.Count(page, "<article") != 1 || !strings.Contains(page, post) {
		t.Errorf("%d posts", strings.Count(page, "<article"))
	}
	if _, err := os.Stat(filepath.Join(s.dir, "feeds", "town", "index.html")); err == nil {
		t.Error("a feed that is not configured any more is still there")
	}
	s.demo.Fail("norderau.localhost", "/", demo.ConnectionClosed) // the original's server is away: that is what the copy is for
	s.now = s.now.Add(30 * 24 * time.Hour)
	s.run(quoted)
	if !strings.Contains(s.file("feeds/quoted/embed.html"), post) {
		t.Error("the copy went with its original's server")
	}
}

func TestSeveralSoftwaresInOneFeed(t *testing.T) {
	s := newTestSite(t)
	r := s.run(`
[[feed]]
name = "harbour"
limit = 60
addresses = ["@marta@hafenlicht.localhost:PORT", "@harbour@filmdose.localhost:PORT", "@umi@bucht.localhost:PORT", "http://funk.localhost:PORT/@hafenfunk/feed.xml", "!bikes@tresen.localhost:PORT", "@lumen@lichtbild.localhost:PORT"]
`)
	if r.Failed != 0 {
		t.Fatalf("%+v\n%s", r, s.log.String())
	}
	page := s.file("feeds/harbour/index.html")
	for _, host := range []string{"hafenlicht", "filmdose", "bucht", "funk", "tresen", "lichtbild"} {
		if !strings.Contains(page, `data-uri="http://`+host+".localhost:"+s.port) {
			t.Errorf("nothing of %s", host)
		}
	}
}
