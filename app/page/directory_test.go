package page

import (
	"fmt"
	"strings"
	"testing"

	"vitrine/app/browser"
	"vitrine/app/state"
	"vitrine/app/state/statetest"
	"vitrine/app/ui"
	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/feedstest"
)

func listing(d *statetest.Driver, software string, people ...*feeds.Author) {
	s, _ := d.Host("a.example", 3)
	s.Can.Directory = true
	s.OnDescribe = func() (*feeds.Instance, error) {
		return &feeds.Instance{Host: "a.example", Domain: "a.example", Software: software, Fetched: feedstest.Epoch()}, nil
	}
	s.OnDirectory = func(feeds.DirectoryOrder, feeds.Cursor) ([]*feeds.Author, feeds.Cursor, error) {
		return people, "", nil
	}
}

func TestADirectoryHasWhoIsListedWithWhatTheySayAndTheirFigures(t *testing.T) {
	with(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		ada, quiet := feedstest.Author("ada", "a.example"), feedstest.Author("quiet", "a.example")
		ada.Bio, ada.Counts = content.ParseHTML("<p>Boats and <b>bells</b></p><p>More</p>", content.Options{}), feeds.AuthorCounts{Posts: 12, Followers: 3456, Following: -1}
		quiet.Wishes.NoIndex = true
		listing(d, "mastodon", ada, quiet)
		d.Visit("#/i/a.example/directory")
		out := written(t, view(d.App))
		wants(t, "people", out, `data-part="people"`, `<a class="line" href="#/@ada@a.example">`, "@ada@a.example", "Boats and bells", "456</b> followers", `data-action="follow-author"`, `data-key="#/@ada@a.example"`,
			`aria-pressed="false"`, "1 person is left out", "That is everyone", `<select name="order" data-action="choose"`, ">People</a>")
		if strings.Contains(out, "quiet@") || strings.Contains(out, "More<") {
			t.Error(out)
		}
	})
}

func TestADirectoryIsCalledAfterWhatItLists(t *testing.T) {
	for software, want := range map[string][2]string{"lemmy": {`data-part="communities"`, ">Communities</a>"}, "mbin": {`data-part="communities"`, ">Communities</a>"}, "peertube": {`data-part="people"`, ">Channels</a>"}} {
		with(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
			cats := feedstest.Author("cats", "a.example")
			cats.Community = software != "peertube"
			listing(d, software, cats)
			d.Visit("#/i/a.example/directory")
			href := `href="#/!cats@a.example"`
			if software == "peertube" {
				href = `href="#/@cats@a.example"`
			}
			wants(t, software, written(t, view(d.App)), want[0], want[1], href)
		})
	}
}

func TestHostileEntriesOfADirectoryStayText(t *testing.T) {
	with(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		evil, turned := feedstest.Author("evil", "a.example"), feedstest.Author("turned", "a.example")
		evil.Name, evil.Avatar = `<img src=x onerror=alert(1)>`, "javascript:alert(1)"
		turned.Name = "\u202egnp.exe\u202e\u2066"
		turned.Bio = content.ParsePlain(strings.Repeat("\u202ea", 9000), content.Options{})
		listing(d, "mastodon", evil, turned)
		d.Visit("#/i/a.example/directory")
		out := written(t, view(d.App))
		wants(t, "people", out, "&lt;img src=x onerror=alert(1)&gt;", `<bdi>`+turned.Name+`</bdi>`, `class="says" dir="auto"`)
		if strings.Contains(out, "javascript:") || strings.Contains(out, "<img src=x") || len(out) > 20000 {
			t.Errorf("%d: %s", len(out), out)
		}
	})
}

func TestALongDirectoryIsDrawnNearTheScreenAlone(t *testing.T) {
	with(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		var people []*feeds.Author
		for i := range 3 * state.ChunkSize {
			people = append(people, feedstest.Author(fmt.Sprintf("u%d", i), "a.example"))
		}
		listing(d, "mastodon", people...)
		d.Visit("#/i/a.example/directory")
		d.Do(browser.ChunkMove{List: state.DirectoryList, Chunk: 1, Height: 900})
		var lists []*ui.List
		for _, p := range view(d.App).Parts {
			for _, in := range p.In {
				if in.List != nil {
					lists = append(lists, in.List)
				}
			}
		}
		if len(lists) != 1 || len(lists[0].Rows) != 3*state.ChunkSize || lists[0].Rows[state.ChunkSize] != nil || lists[0].Rows[0].Node == nil || lists[0].Feed {
			t.Errorf("%+v", lists)
		}
	})
}

func TestAnEmptyAndAFailingDirectorySaySo(t *testing.T) {
	with(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		listing(d, "mastodon")
		d.Visit("#/i/a.example/directory")
		wants(t, "empty", written(t, view(d.App)), "lists nobody who wishes to be found")
		s := d.Resolver.Sources["a.example"].(*statetest.Server)
		for kind, words := range map[feeds.Kind]string{feeds.NotFound: "keeps no list for guests", feeds.BadData: "sent something unexpected", feeds.NeedsLogin: "members only"} {
			s.OnDirectory = func(feeds.DirectoryOrder, feeds.Cursor) ([]*feeds.Author, feeds.Cursor, error) {
				return nil, "", &feeds.Error{Kind: kind, Host: "a.example"}
			}
			d.Click("again")
			wants(t, string(kind), written(t, view(d.App)), `role="alert"`, `data-kind="`+string(kind)+`"`, words)
		}
	})
}
