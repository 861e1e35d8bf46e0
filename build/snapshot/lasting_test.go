package snapshot

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"

	"vitrine/build/config"
	"vitrine/build/publish"
	"vitrine/build/site"
	"vitrine/build/snapshot/ledger"
	"vitrine/feeds"
	"vitrine/feeds/blocklist"
	"vitrine/feeds/content"
	"vitrine/web"
)

const oneDay = 24 * time.Hour

func TestEntriesThatLeaveAWebFeedStayInTheArchive(t *testing.T) {
	s, m := newTestSite(t), newSmallServer(t)
	feed := "[[feed]]\nname = \"town\"\naddresses = [\"http://" + m.host + "/feed.xml\"]\nlanguage = \"de\"\n"
	m.entries = []string{"four", "three", "two", "one"}
	s.run(feed)
	m.entries = []string{"six", "five", "four"}
	m.lost = []string{"two"} // taken from the website
	for range 31 {
		s.after(oneDay, feed)
	}
	s.expect("after a cycle", "six five four three one", "six", "five", "four", "three", "two", "one")
	if asked := slices.ContainsFunc(m.asked, func(path string) bool { return strings.HasPrefix(path, "/api/") }); asked {
		t.Errorf("an API was asked for what stands in a web feed: %v", m.asked)
	}
}

func TestAnEntryThatIsTakenOutOfAWebFeedIsLookedUp(t *testing.T) {
	s, m := newTestSite(t), newSmallServer(t)
	feed := "[[feed]]\nname = \"town\"\naddresses = [\"http://" + m.host + "/feed.xml\"]\nlanguage = \"de\"\n"
	m.entries = []string{"three", "two", "one"}
	s.run(feed)
	m.entries, m.lost = []string{"three", "one"}, []string{"two"}
	s.after(time.Hour, feed)
	s.expect("in the next run", "three one", "three", "two", "one")
}

func TestAWebFeedThatIsEmptiedIsLookedUp(t *testing.T) {
	s, m := newTestSite(t), newSmallServer(t)
	feed := "[[feed]]\nname = \"town\"\naddresses = [\"http://" + m.host + "/feed.xml\"]\nlanguage = \"de\"\n"
	m.entries = []string{"three", "two", "one"}
	s.run(feed)
	m.entries, m.lost = nil, []string{"three", "two"}
	for range 33 {
		s.after(oneDay, feed)
	}
	s.expect("after a cycle", "one", "three", "two", "one")
}

func TestAHashtagWrittenInAnotherWayTakesNothingAway(t *testing.T) {
	post := func(tag string) *feeds.Post { return &feeds.Post{Tags: []feeds.Tag{{Name: tag}}} }
	for _, c := range []struct {
		before, now string
		lost        bool
	}{{"zurich", "zurich", false}, {"Zürich", "zürich", false}, {"zürich", "bern", true}} {
		if got := lostTag(ledger.Item{Source: "#Zürich@social.example", Post: post(c.before)}, post(c.now)); got != c.lost {
			t.Errorf("%s, now %s: %v", c.before, c.now, got)
		}
	}
}

func TestOneAnswerThatAllIsGoneAfterALongOutageTakesNothingAway(t *testing.T) {
	s, m := newTestSite(t), newSmallServer(t)
	m.write("one", "two")
	s.run(m.feed())
	for _, answer := range []struct {
		after  time.Duration
		status int
		want   string
	}{
		{time.Hour, 503, "two one"}, {8 * oneDay, 410, "two one"}, {time.Hour, 410, "two one"}, {oneDay, 404, "two one"}, {oneDay, 403, "two one"}, {4 * oneDay, 401, "two one"}, {2 * oneDay, 410, ""},
	} {
		m.status = answer.status
		s.after(answer.after, m.feed())
		s.expect(fmt.Sprintf("after %v more, %d", answer.after, answer.status), answer.want, "two", "one")
	}
}

func TestAnEmptyListTakesNothingAwayForADay(t *testing.T) {
	s, m := newTestSite(t), newSmallServer(t)
	m.write("one", "+boosted", "two")
	s.run(m.feed())
	whole := m.posts
	m.posts = nil
	s.after(time.Hour, m.feed())
	s.after(20*time.Hour, m.feed())
	s.expect("while nothing is listed", "two boosted one", "two", "boosted", "one")
	m.posts = whole
	s.after(time.Hour, m.feed())
	s.expect("when it is listed again", "two boosted one", "two", "boosted", "one")
	m.posts = nil
	for range 4 {
		s.after(oneDay, m.feed())
	}
	s.expect("when it is meant", "", "two", "boosted", "one")
}

func TestAClosedAPIIsNotGoneAroundByAWebFeed(t *testing.T) {
	s, m := newTestSite(t), newSmallServer(t)
	m.write("one")
	m.entries = []string{"elsewhere"}
	s.run(m.feed())
	m.status = 401
	if r := s.after(oneDay, m.feed()); r.Failed != 1 {
		t.Errorf("%+v", r)
	}
	s.expect("closed", "one", "one", "elsewhere")
	if st := s.status("town").Sources["@town@"+m.host]; st.Kind != "NeedsLogin" {
		t.Errorf("%+v", st)
	}
}

func TestWhatTheProfileAsksForHoldsForAllOfItsPosts(t *testing.T) {
	s, m := newTestSite(t), newSmallServer(t)
	for n := range 30 {
		m.write(fmt.Sprintf("post%d", n))
	}
	m.write("+boosted")
	feed := m.feed("limit = 5")
	s.run(m.feed("limit = 40"))
	s.expect("before", "post29 post1 boosted", "post29", "post1", "boosted")
	m.note = "#nobot"
	s.after(oneDay, feed)
	s.expect("with #nobot in the bio", "", "post29", "post1", "boosted")
}

func TestAMarkedPostThatIsThereAgainIsAsBefore(t *testing.T) {
	s, m := newTestSite(t), newSmallServer(t)
	m.write("one", "two", "three")
	feed := m.feed(`deletions = "record"`, "limit = 1")
	s.run(m.feed(`deletions = "record"`))
	m.status = 410
	for range 10 {
		s.after(oneDay, feed)
	}
	if n := strings.Count(s.file("feeds/town/2026.html"), "Auf seinem Server gelöscht"); n != 3 {
		t.Fatalf("%d posts are marked", n)
	}
	m.status = 0
	for range 31 {
		s.after(oneDay, feed)
	}
	if n := strings.Count(s.file("feeds/town/2026.html"), "Auf seinem Server gelöscht"); n != 0 {
		t.Errorf("%d posts are still marked", n)
	}
}

func TestALongPauseOfRunsIsMadeUpFor(t *testing.T) {
	s, m := newTestSite(t), newSmallServer(t)
	texts := []string{}
	for n := range 12 {
		texts = append(texts, fmt.Sprintf("post%d", n))
	}
	m.write(texts...)
	s.run(m.feed("limit = 40"))
	for _, p := range m.posts[2:] {
		m.gone = append(m.gone, p["id"].(string))
	}
	m.posts = m.posts[:2]
	m.write("new0", "new1", "new2", "new3", "new4")
	s.after(45*oneDay, m.feed("limit = 3"))
	s.expect("after a month and a half", "", texts[:10]...)
}

func TestChoicesHoldForWhatIsKept(t *testing.T) {
	s, m := newTestSite(t), newSmallServer(t)
	m.write("one", "re two", "+three", "four")
	s.run(m.feed("replies = true"))
	s.expect("with all", "one re two three four", "one", "re two", "three", "four")
	s.after(time.Hour, m.feed("replies = false"))
	s.expect("without answers", "one three four", "one", "re two", "three", "four")
	s.after(time.Hour, m.feed("replies = false", "boosts = false"))
	s.expect("without boosts", "one four", "one", "re two", "three", "four")
}

func TestAnAddressWrittenInAnotherWayKeepsItsPosts(t *testing.T) {
	s, m := newTestSite(t), newSmallServer(t)
	m.write("one", "two", "three")
	s.run(m.feed())
	s.after(time.Hour, strings.Replace(m.feed("limit = 1"), "@town@"+m.host, "http://"+m.host+"/@town", 1))
	s.expect("afterwards", "three two one", "three", "two", "one")
}

func TestAPostThatIsThereThoughNotListedIsAskedForOnceADay(t *testing.T) {
	s, m := newTestSite(t), newSmallServer(t)
	m.write("one", "two", "three")
	s.run(m.feed())
	hidden := m.posts
	listed := []object{hidden[0], hidden[2]}
	count := func() (n int) {
		for _, path := range m.asked {
			if path == "/api/v1/statuses/"+hidden[1]["id"].(string) {
				n++
			}
		}
		return n
	}
	m.posts = listed
	m.kept = hidden
	for range 5 {
		s.after(time.Minute, m.feed())
	}
	s.expect("not listed", "three two one", "three", "two", "one")
	if n := count(); n != 1 {
		t.Errorf("asked for %d times", n)
	}
}

func TestFeedsThatAreNotConfiguredAnyMoreGo(t *testing.T) {
	s, m := newTestSite(t), newSmallServer(t)
	m.write("one")
	conf := s.config("base_url = \"https://www.town.example/\"\n" + m.feed())
	var said strings.Builder
	if err := At(t.Context(), s.dir, Options{Config: conf, Web: web.Files, Base: "/"}, &said); err != nil {
		t.Fatalf("%v\n%s", err, said.String())
	}
	for range 2 { // and when there is nothing any more that could go
		conf.Feeds = nil
		if err := At(t.Context(), s.dir, Options{Config: conf, Web: web.Files, Base: "/"}, &said); err != nil {
			t.Fatalf("%v\n%s", err, said.String())
		}
		for name := range s.files() {
			if strings.HasPrefix(name, "feeds/") || strings.HasPrefix(name, "sitemap.xml") {
				t.Errorf("%s is still there", name)
			}
		}
	}
}

func TestACompressedFileThatIsOlderThanItsPageIsMadeAnew(t *testing.T) {
	s, m := newTestSite(t), newSmallServer(t)
	m.write("one", "two")
	s.compress = site.NewCompressor()
	s.run(m.feed())
	page := filepath.Join(s.dir, "feeds", "town", "index.html.br")
	old, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	m.write("three")
	// The run is killed when it has put the first file of the page in its place.
	target := &failingTarget{Target: s.target(), at: "feeds/town/index.html"}
	if _, err := Run(t.Context(), s.options(m.feed(), target)); err == nil {
		t.Fatal("nothing happened")
	}
	if now, err := os.ReadFile(page); err != nil || bytes.Equal(now, old) {
		t.Fatalf("the page came before its compressed copy: %v", err)
	}
	s.after(time.Hour, m.feed())
	packed, err := io.ReadAll(brotli.NewReader(strings.NewReader(s.file("feeds/town/index.html.br"))))
	if err != nil || string(packed) != s.file("feeds/town/index.html") {
		t.Errorf("the compressed copy is another page: %v", err)
	}
	s.expect("in the next run", "three two one", "three", "two", "one")
}

// failingTarget fails when a file is to be written.
type failingTarget struct {
	publish.Target
	at string
}

func (k *failingTarget) Write(ctx context.Context, name string, data []byte) error {
	if name == k.at {
		return errors.New("killed")
	}
	return k.Target.Write(ctx, name, data)
}

func TestWhatIsQuotedHasToBeWantedToo(t *testing.T) {
	quoting := func(change func(*feeds.Post)) ledger.Item {
		quoted := &feeds.Post{Key: "https://social.example/2", URI: "https://social.example/2", Author: &feeds.Author{User: "x", Domain: "social.example"}, Body: content.ParsePlain("Beware of spiders.", content.Options{})}
		change(quoted)
		return ledger.Item{Post: &feeds.Post{Key: "1", Author: &feeds.Author{User: "town", Domain: "town.example"}, Quote: &feeds.Quote{Post: quoted}}, Source: "@town@town.example"}
	}
	blocked, err := blocklist.New([]string{"@x@social.example"})
	if err != nil {
		t.Fatal(err)
	}
	nothing := func(*feeds.Post) {}
	for _, c := range []struct {
		name   string
		filter filter
		change func(*feeds.Post)
		out    bool
	}{
		{"nothing against it", filter{}, nothing, false},
		{"hidden", filter{feed: config.Feed{Hide: []string{"https://social.example/2"}}}, nothing, true},
		{"a word", filter{feed: config.Feed{Words: []string{"spiders"}}}, nothing, true},
		{"a warning", filter{feed: config.Feed{Warnings: "hide"}}, func(p *feeds.Post) { p.Warning = "spiders" }, true},
		{"an empty warning", filter{feed: config.Feed{Warnings: "hide"}}, func(p *feeds.Post) { p.Warned = true }, true},
		{"blocked", filter{blocked: blocked}, nothing, true},
		{"for followers", filter{}, func(p *feeds.Post) { p.Visibility = feeds.Limited }, true},
		{"#nobot", filter{}, func(p *feeds.Post) { p.Author.Wishes.NoBot = true }, true},
	} {
		c.filter.wishes = func(a *feeds.Author) feeds.Wishes { return a.Wishes }
		if out := c.filter.excludes(quoting(c.change)); out != c.out {
			t.Errorf("%s: left out %v", c.name, out)
		}
	}
}

func TestAPostOfWhichAListHasOnlyAPartIsAskedForWhenItChanged(t *testing.T) {
	whole := feeds.Post{Title: "The new square", Edited: day(2)}
	listed := feeds.Post{Title: "The new square", Partial: true}
	for _, c := range []struct {
		name   string
		change func(whole, listed *feeds.Post)
		want   bool
	}{
		{"as before", func(_, _ *feeds.Post) {}, true},
		{"another title", func(_, l *feeds.Post) { l.Title = "The old square" }, false},
		{"a warning", func(_, l *feeds.Post) { l.Warning = "spiders" }, false},
		{"sensitive", func(_, l *feeds.Post) { l.Sensitive = true }, false},
		{"edited since", func(_, l *feeds.Post) { l.Edited = day(3) }, false},
		{"never read as a whole", func(w, _ *feeds.Post) { w.Partial = true }, false},
	} {
		w, l := whole, listed
		c.change(&w, &l)
		if got := unchanged(&w, &l); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}
