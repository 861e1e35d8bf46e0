package snapshot

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// shown counts the posts of the feed's page.
func (s *testSite) shown() int {
	s.t.Helper()
	return strings.Count(s.file("feeds/town/index.html"), "<article")
}

// Each row writes posts of which every third one isn't shown; a feed of 20 shows 20 all the same, from the first run on.
func TestALimitCountsWhatIsShown(t *testing.T) {
	spoil := func(change func(p object)) func(*smallServer) {
		return func(m *smallServer) {
			for n, p := range m.posts {
				if n%3 == 0 {
					change(p)
				}
			}
		}
	}
	author := func(m *smallServer, p object, user, note string) {
		other := m.account(user)
		other["note"] = note
		p["account"] = other
	}
	for _, c := range []struct {
		name   string
		text   string // of every third post
		change func(*smallServer)
		lines  []string
	}{
		{name: "replies", text: "re %d"},
		{name: "boosts", text: "+boost %d", lines: []string{"boosts = false"}},
		{name: "words", text: "ferry %d", lines: []string{`words = ["ferry"]`}},
		{name: "words of boosts", text: "+ferry %d", lines: []string{`words = ["ferry"]`}},
		{name: "hide", text: "hidden %d", lines: []string{`hide = ["http://HOST/@town/159", "http://HOST/@town/156", "http://HOST/users/town/statuses/153"]`}},
		{name: "warnings", change: spoil(func(p object) { p["spoiler_text"], p["sensitive"] = "spoilers", true }), lines: []string{`warnings = "hide"`}},
		{name: "empty warnings", change: spoil(func(p object) { p["spoiler_text"], p["sensitive"] = " ", true }), lines: []string{`warnings = "hide"`}},
		{name: "posts for followers", change: spoil(func(p object) { p["visibility"] = "private" })},
		{name: "direct posts", change: spoil(func(p object) { p["visibility"] = "direct" })},
		{name: "posts for one server", change: spoil(func(p object) { p["visibility"] = "local" })},
		{name: "only media", lines: []string{"only_media = true"}, change: func(m *smallServer) {
			for n, p := range m.posts {
				if n%3 != 0 {
					p["media_attachments"] = []object{{"id": "1", "type": "unknown", "url": nil, "remote_url": "http://" + m.host + "/files/a.zip", "description": "A file"}}
				}
			}
		}},
		{name: "blocked servers", text: "+boost %d", lines: []string{`blocked: "far.example"`}, change: func(m *smallServer) {
			for _, p := range m.posts {
				if b, ok := p["reblog"].(object); ok {
					other := m.account("far")
					other["acct"], other["url"], other["uri"] = "far@far.example", "https://far.example/@far", "https://far.example/users/far"
					b["account"], b["uri"], b["url"] = other, "https://far.example/users/far/"+p["id"].(string), "https://far.example/@far/"+p["id"].(string)
				}
			}
		}},
		{name: "boosted authors who aren't to be copied", text: "+boost %d", change: func(m *smallServer) {
			for _, p := range m.posts {
				if b, ok := p["reblog"].(object); ok {
					author(m, b, "library", "<p>#nobot</p>")
				}
			}
		}},
		{name: "the same post boosted again", text: "+same", change: func(m *smallServer) {
			for _, p := range m.posts {
				if b, ok := p["reblog"].(object); ok {
					b["id"], b["uri"], b["url"] = "99", "http://"+m.host+"/users/library/statuses/99", "http://"+m.host+"/@library/99"
				}
			}
		}},
		{name: "pinned posts", change: func(m *smallServer) { m.pinned = []string{"101", "140", "159"} }},
		{name: "two addresses of one account", lines: []string{`also: "http://HOST/@town"`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, m := newTestSite(t), newSmallServer(t)
			m.size = 20
			for n := range 60 {
				text := fmt.Sprintf("post%d", n)
				if n%3 == 2 && c.text != "" {
					text = strings.ReplaceAll(c.text, "%d", fmt.Sprint(n))
				}
				m.write(text)
			}
			if c.change != nil {
				c.change(m)
			}
			var lines []string
			blocked, also := "", ""
			for _, line := range c.lines {
				line = strings.ReplaceAll(line, "HOST", m.host)
				if value, ok := strings.CutPrefix(line, "blocked: "); ok {
					blocked = "blocked = [" + value + "]\n"
				} else if value, ok := strings.CutPrefix(line, "also: "); ok {
					also = ", " + value
				} else {
					lines = append(lines, line)
				}
			}
			feed := blocked + strings.Replace(m.feed(append(lines, "limit = 20")...), `"]`, `"`+also+`]`, 1)
			for _, run := range []string{"first", "second"} {
				if r := s.after(time.Hour, feed); r.Failed > 0 {
					t.Fatalf("%s run: %s", run, s.log.String())
				}
				if n := s.shown(); n != 20 {
					t.Errorf("%s run: %d posts are shown, not 20", run, n)
				}
			}
			before := len(m.asked)
			s.after(time.Hour, feed)
			if n := len(m.asked) - before; n > 1+strings.Count(also, ",") {
				t.Errorf("with nothing new %d questions are asked: %v", n, m.asked[before:])
			}
		})
	}
}

// PeerTube's lists cut descriptions and leave hashtags out: what is left out for these is known only when a video was read by itself.
func TestWhatIsKnownLateIsMadeUpForToo(t *testing.T) {
	s := newTestSite(t)
	feed := "[[feed]]\nname = \"town\"\nlimit = 1\naddresses = [\"@harbour@filmdose.localhost:PORT\"]\n"
	s.run(feed)
	first := firstURI(s.file("feeds/town/index.html"))
	s.dir = t.TempDir()
	s.run(feed + "words = [\"opinions\"]\n")
	if n, second := s.shown(), firstURI(s.file("feeds/town/index.html")); n != 1 || second == first {
		t.Errorf("%d posts are shown, the first is %s, before %s", n, second, first)
	}
}

func TestALimitIsFilledAgainWhenPostsAreTakenBackOrChoicesChange(t *testing.T) {
	s, m := newTestSite(t), newSmallServer(t)
	m.size = 20
	for n := range 60 {
		m.write(fmt.Sprintf("post%d", n))
	}
	expect := func(when string, feed string) {
		t.Helper()
		s.after(time.Hour, feed)
		if n := s.shown(); n != 20 {
			t.Errorf("%s: %d posts are shown, not 20", when, n)
		}
	}
	expect("at first", m.feed())
	m.gone = []string{"159", "150", "141"}
	expect("when posts were deleted", m.feed())
	expect("with hidden words", m.feed(`words = ["post55", "post54"]`))
	expect("without them again", m.feed())
	s.expect("what was hidden", "post55 post54", "post55", "post54")
}

func TestSoMuchIsReadForALimitAndNoMore(t *testing.T) {
	s, m := newTestSite(t), newSmallServer(t)
	m.size = 1
	for n := range 200 {
		m.write(fmt.Sprintf("ferry %d", n))
	}
	feed := m.feed(`words = ["ferry"]`)
	s.run(feed)
	if n := len(m.asked); n < 20 || n > 50 {
		t.Errorf("%d questions are asked at first", n)
	}
	m.asked = nil
	s.after(time.Hour, feed)
	if n := len(m.asked); n > 50 {
		t.Errorf("%d questions are asked in the next run", n)
	}
}
