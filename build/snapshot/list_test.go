package snapshot

import (
	"strings"
	"testing"

	"vitrine/app/syndicate/spec"
)

func TestAFeedOfAListHasTheSourcesOfTheList(t *testing.T) {
	s := newTestSite(t)
	const list = `
[[list]]
name = "Around the harbour"
text = "Who writes here"
addresses = ["@marta@hafenlicht.localhost:PORT", "@umi@bucht.localhost:PORT", "http://funk.localhost:PORT/@hafenfunk/feed.xml", "!bikes@tresen.localhost:PORT"]
[[feed]]
name = "harbour"
list = "Around the harbour"
addresses = ["@harbour@filmdose.localhost:PORT", "@500@klippe.localhost:PORT"]
media = "none"
`
	if r := s.run(list); r.Failed != 1 || !strings.Contains(s.log.String(), "harbour: @500@klippe.localhost:"+s.port+": ") {
		t.Fatalf("%+v\n%s", r, s.log.String())
	}
	page := s.file("feeds/harbour/index.html")
	if !strings.Contains(page, ">Around the harbour</h1>") {
		t.Error("the feed isn't called as its list")
	}
	feed := s.file("feeds/harbour/feed.atom")
	for _, host := range []string{"hafenlicht", "bucht", "funk", "tresen", "filmdose"} {
		if !strings.Contains(feed, "http://"+host+".localhost:") {
			t.Errorf("nothing of %s is in the feed", host)
		}
	}
	for _, p := range append(spec.Atom([]byte(feed)), spec.JSONFeed([]byte(s.file("feeds/harbour/feed.json")))...) {
		t.Error(p)
	}
}
