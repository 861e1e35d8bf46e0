package snapshot

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"vitrine/build/config"
	"vitrine/build/demo"
	"vitrine/build/publish"
	"vitrine/build/site"
	"vitrine/build/snapshot/pages"
	"vitrine/build/syndicate/spec"
	"vitrine/web"
)

// stage is a demo fediverse, and a folder with a site's feeds.
type stage struct {
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

func newStage(t *testing.T) *stage {
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
	return &stage{t: t, demo: d, port: port, dir: t.TempDir(), now: now()}
}

// clock stands at the stage's time; waiting takes none.
type clock struct{ s *stage }

func (c clock) Now() time.Time { return c.s.now }

func (c clock) After(time.Duration) <-chan time.Time {
	done := make(chan time.Time, 1)
	done <- c.s.now
	return done
}

// config reads a configuration in which PORT stands for the demo's.
func (s *stage) config(text string) config.Site {
	s.t.Helper()
	c, err := config.Parse("site.toml", []byte(strings.ReplaceAll(text, "PORT", s.port)))
	if err != nil {
		s.t.Fatal(err)
	}
	return c
}

func (s *stage) run(text string) *Result {
	s.t.Helper()
	s.log.Reset()
	result, err := Run(s.t.Context(), s.options(text, s.target()))
	if err != nil {
		s.t.Fatal(err)
	}
	return result
}

func (s *stage) options(text string, target publish.Target) Options {
	s.t.Helper()
	return Options{Config: s.config(text), Target: target, Web: web.Files, Base: "/", Wait: time.Minute, Clock: clock{s}, Log: &s.log, Compress: s.compress}
}

// target is the stage's folder.
func (s *stage) target() publish.Target {
	s.t.Helper()
	target, err := publish.Open(s.t.Context(), s.dir)
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { _ = target.Close() })
	return target
}

// files returns all files of the folder, without what changes with every run.
func (s *stage) files() map[string]string {
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

func (s *stage) file(name string) string {
	s.t.Helper()
	data, err := os.ReadFile(filepath.Join(s.dir, filepath.FromSlash(name)))
	if err != nil {
		s.t.Fatal(err)
	}
	return string(data)
}

func (s *stage) status(feed string) *FeedStatus {
	s.t.Helper()
	all, err := readStatus([]byte(s.file(statusFile)))
	if err != nil {
		s.t.Fatal(err)
	}
	return all.Feeds[feed]
}

const town = `
base_url = "https://www.norderau.example/"
timezone = "Europe/Berlin"
[[feed]]
name = "town"
addresses = ["@rathaus@norderau.localhost:PORT"]
language = "de"
`

func TestAFeedIsWrittenWhole(t *testing.T) {
	s := newStage(t)
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
	s := newStage(t)
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
	s := newStage(t)
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
	s := newStage(t)
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
	s := newStage(t)
	s.run(town)
	first := s.files()
	s.dir = t.TempDir()
	s.run(town)
	if !maps.Equal(first, s.files()) {
		t.Error("a second site has other files")
	}
}

func TestANewPostComesAndAnEditReplaces(t *testing.T) {
	s := newStage(t)
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
		s := newStage(t)
		feed := town + fmt.Sprintf("deletions = %q\n", policy)
		s.run(feed)
		if s.demo.TakeBack("rathaus", "Weihnachtsbaum") == 0 {
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
	s := newStage(t)
	feed := town + "limit = 3\n"
	s.run(town + "limit = 20\n")
	if s.demo.TakeBack("rathaus", "Weihnachtsbaum") == 0 {
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

func TestAFailingSourceLeavesItsLastGoodCopy(t *testing.T) {
	both := town + `
[[feed]]
name = "library"
addresses = ["@bibliothek@norderau.localhost:PORT", "@marta@hafenlicht.localhost:PORT"]
`
	s := newStage(t)
	s.run(both)
	before := s.files()
	s.demo.Fail("norderau", "/", demo.ServerError)
	s.demo.Fail("norderau.localhost", "/", demo.ServerError)
	if err := s.demo.Publish("hafenlicht", "marta", "Still here."); err != nil {
		t.Fatal(err)
	}
	s.now = s.now.Add(time.Hour)
	r := s.run(both)
	after := s.files()
	if r.Failed != 2 || after["feeds/town/index.html"] != before["feeds/town/index.html"] || len(after["feeds/town/index.html"]) == 0 {
		t.Errorf("%+v", r)
	}
	if page := after["feeds/library/index.html"]; !strings.Contains(page, "Still here.") || !strings.Contains(page, "bibliothek") {
		t.Error("the other source didn't go on")
	}
	if st := s.status("town"); st.OK || st.Sources["@rathaus@norderau.localhost:"+s.port].Kind != "ServerError" {
		t.Errorf("%+v", st)
	}
	if !strings.Contains(s.log.String(), "@rathaus@norderau.localhost") {
		t.Errorf("nothing was told: %s", s.log.String())
	}
	s.demo.Heal()
	s.now = s.now.Add(time.Hour)
	if r := s.run(both); r.Failed != 0 {
		t.Errorf("after it was mended: %+v", r)
	}
}

func TestAnAccountThatIsGoneIsKeptForAWeekAndNoLonger(t *testing.T) {
	s := newStage(t)
	s.run(town)
	s.demo.Fail("norderau.localhost", "/api/", demo.Gone)
	for _, step := range []struct {
		after time.Duration
		there bool
	}{{time.Hour, true}, {6 * 24 * time.Hour, true}, {2 * 24 * time.Hour, false}} {
		s.now = s.now.Add(step.after)
		s.run(town)
		if there := strings.Contains(s.file("feeds/town/index.html"), "Weihnachtsbaum"); there != step.there {
			t.Errorf("after %v more: %v", step.after, there)
		}
	}
}

func TestAPauseThatAServerAsksForIsWaitedFor(t *testing.T) {
	s := newStage(t)
	s.demo.Fail("norderau.localhost", "/api/", demo.TooManyRequests)
	r := s.run(town) // the demo's pause is longer than the run may wait
	if r.Failed != 1 || s.status("town").Sources["@rathaus@norderau.localhost:"+s.port].Kind != "RateLimited" || r.Requests["norderau.localhost:"+s.port] > 1 {
		t.Errorf("%+v %+v", r, s.status("town"))
	}
}

func TestAPostAndWhatItsAuthorGoesOnWithIsAFeed(t *testing.T) {
	s := newStage(t)
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
	s.demo.Fail("norderau.localhost", "/", demo.Closed) // the original's server is away: that is what the copy is for
	s.now = s.now.Add(30 * 24 * time.Hour)
	s.run(quoted)
	if !strings.Contains(s.file("feeds/quoted/embed.html"), post) {
		t.Error("the copy went with its original's server")
	}
}

func TestSeveralSoftwaresInOneFeed(t *testing.T) {
	s := newStage(t)
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
	var last string
	for _, part := range strings.Split(page, `<article`)[1:] {
		_, at, _ := strings.Cut(part, `datetime="`)
		_ = at
		last = part
	}
	if last == "" {
		t.Error("no post")
	}
	if strings.Contains(page, "<video") && !strings.Contains(page, `<video`) {
		t.Error("no video")
	}
}

func TestChoicesOfAFeed(t *testing.T) {
	s := newStage(t)
	marta := "@marta@hafenlicht.localhost:" + s.port
	base := `[[feed]]
name = "x"
limit = 100
addresses = ["` + marta + `"]
`
	count := func(more string) (posts int, page string) {
		t.Helper()
		s.dir = t.TempDir()
		if r := s.run(base + more); r.Failed != 0 {
			t.Fatalf("%s: %s", more, s.log.String())
		}
		page = s.file("feeds/x/index.html")
		return strings.Count(page, "<article"), page
	}
	all, page := count("")
	if !strings.Contains(page, `href="#`) && !strings.Contains(page, `class="cw"`) {
		t.Log("nothing of hers stands behind a warning")
	}
	if n, page := count("boosts = false\n"); n >= all || strings.Contains(page, "boosted") {
		t.Errorf("without boosts: %d of %d", n, all)
	}
	if n, _ := count("only_media = true\n"); n >= all || n == 0 {
		t.Errorf("only media: %d of %d", n, all)
	}
	if n, page := count("words = [\"ferry\"]\n"); n >= all || strings.Contains(strings.ToLower(page), " ferry ") {
		t.Errorf("without a word: %d of %d", n, all)
	}
	if n, page := count("media = \"none\"\n"); n != all || strings.Contains(page, "<img") || strings.Contains(page, "<video") {
		t.Errorf("without media: %d", n)
	}
	if _, page := count("media = \"link\"\n"); !strings.Contains(page, `src="http://hafenlicht.localhost:`) || !strings.Contains(page, "img-src &#39;self&#39; http://hafenlicht.localhost:") {
		t.Error("linked media are not linked")
	}
	if _, page := count("\n[x]\n"[:0] + "hide = [\"" + firstURI(page) + "\"]\n"); strings.Contains(page, `data-uri="`+firstURI(page)+`" hidden`) {
		t.Error("a hidden post is shown")
	}
}

func firstURI(page string) string {
	_, rest, _ := strings.Cut(page, `data-uri="`)
	uri, _, _ := strings.Cut(rest, `"`)
	return uri
}

func TestBlockedIsLeftOut(t *testing.T) {
	s := newStage(t)
	feed := `blocked = ["@rathaus@norderau.localhost:PORT"]
` + town
	s.run(feed)
	if page := s.file("feeds/town/index.html"); strings.Contains(page, "<article") {
		t.Error("a blocked account is shown")
	}
}
