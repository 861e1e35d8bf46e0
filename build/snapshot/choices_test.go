package snapshot

import (
	"strings"
	"testing"
)

func TestChoicesOfAFeed(t *testing.T) {
	s := newTestSite(t)
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
	all, before := count("")
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
	if n, page := count("hide = [\"" + firstURI(before) + "\"]\n"); n != all-1 || strings.Contains(page, `data-uri="`+firstURI(before)+`"`) {
		t.Errorf("with one post hidden: %d of %d", n, all)
	}
}

func firstURI(page string) string {
	_, rest, _ := strings.Cut(page, `data-uri="`)
	uri, _, _ := strings.Cut(rest, `"`)
	return uri
}

func TestBlockedIsLeftOut(t *testing.T) {
	s := newTestSite(t)
	feed := `blocked = ["@rathaus@norderau.localhost:PORT"]
` + town
	s.run(feed)
	if page := s.file("feeds/town/index.html"); strings.Contains(page, "<article") {
		t.Error("a blocked account is shown")
	}
}
