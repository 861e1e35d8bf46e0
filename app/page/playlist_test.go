package page

import (
	"strings"
	"testing"

	"vitrine/app/state/statetest"
	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

func TestAPlaylistHasItsMakerItsPostsAndWhatIsMissing(t *testing.T) {
	with(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		s, list := d.Host("v.example", 3)
		counted := 4
		s.OnPlaylist = func(id string) (*feeds.Author, error) {
			a := feedstest.Author("harbour", "v.example")
			a.Host, a.ID, a.Name, a.URL, a.Counts.Posts = "v.example", id, "A tin <of> three", "https://v.example/w/p/tin", counted
			return a, nil
		}
		d.Visit("#/l/v.example/tin")
		out := written(t, view(d.App))
		wants(t, "playlist", out, "A tin &lt;of&gt; three", "Playlist on v.example", `href="#/@harbour@v.example"`, "post 3", "post 1<", `data-part="missing"`, "1 more video is counted",
			`data-action="follow"`, `href="https://v.example/w/p/tin"`)
		if n := strings.Count(out, `data-action="follow"`); n != 1 {
			t.Errorf("%d buttons to follow", n)
		}
		counted = 3
		d.Visit("#/l/v.example/whole")
		if out := written(t, view(d.App)); strings.Contains(out, "is counted") {
			t.Errorf("something is missing in %s", out)
		}
		d.Visit("#/l/v.example/tin?via=v.example")
		wants(t, "copy", written(t, view(d.App)), `data-part="copy"`, `href="#/l/v.example/tin"`)
		list.Top, counted = 0, 0
		d.Visit("#/l/v.example/empty")
		wants(t, "empty", written(t, view(d.App)), "No videos", `data-action="follow"`)
		list.Err = &feeds.Error{Kind: feeds.NeedsLogin, Host: "v.example"}
		s.OnPlaylist = nil
		d.Visit("#/l/v.example/private")
		wants(t, "private", written(t, view(d.App)), `data-kind="NeedsLogin"`, "doesn’t show this playlist to guests", `data-action="follow"`)
		list.Err = &feeds.Error{Kind: feeds.NotFound, Host: "v.example"}
		d.Visit("#/l/v.example/deleted")
		wants(t, "deleted", written(t, view(d.App)), `data-kind="NotFound"`, `data-action="follow"`)
	})
}

func TestAChannelLeadsToItsPlaylists(t *testing.T) {
	with(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		s, _ := d.Host("v.example", 3)
		s.OnPlaylists = func(*feeds.Author) ([]*feeds.Author, error) {
			return []*feeds.Author{{Host: "v.example", ID: "a/b", Name: "A tin", Counts: feeds.AuthorCounts{Posts: 2}}, {Host: "v.example", ID: "c", Name: "Another", Counts: feeds.AuthorCounts{Posts: -1}}}, nil
		}
		d.Visit("#/@harbour@v.example")
		if out := written(t, view(d.App)); strings.Contains(out, "A tin") {
			t.Errorf("the first tab has playlists: %s", out)
		}
		d.Visit("#/@harbour@v.example/about")
		wants(t, "about", written(t, view(d.App)), `href="#/l/v.example/a%2Fb"`, "A tin", "2 videos", `href="#/l/v.example/c"`)
	})
}
