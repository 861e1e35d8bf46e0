package peertube

import (
	"context"
	"strconv"
	"strings"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/feedstest"
)

// listedAs is a playlist as the API has it.
func listedAs(id, fields string) string {
	return `{"uuid":"00000000-0000-4000-8000-0000000000a1","shortUUID":"` + id + `","url":"https://video.example/video-playlists/u","displayName":" Birds ","description":"*All* of them","privacy":{"id":1},
		"thumbnailPath":"/lazy-static/l.jpg","videosLength":3,"isLocal":true,"createdAt":"2026-11-20T09:00:00.000Z","ownerAccount":` + ada + fields + `}`
}

// elementsOf are elements of a playlist.
func elementsOf(total int, films ...string) string {
	all := make([]string, 0, len(films))
	for _, f := range films {
		all = append(all, `{"video":`+f+`}`)
	}
	return listOf(total, all...)
}

func at(hour string) string { return `"publishedAt":"2026-11-20T` + hour + `:00:00.000Z"` }

func TestPlaylistSaysWhatItIsAndWhoMadeIt(t *testing.T) {
	t.Parallel()
	s, _ := serve(map[string]feedstest.Answered{
		"/api/v1/video-playlists/list1":   {Body: listedAs("list1", `,"videoChannel":`+hut)},
		"/api/v1/video-playlists/own":     {Body: listedAs("own", `,"videoChannel":null`)},
		"/api/v1/video-playlists/unlist":  {Body: listedAs("unlist", `,"privacy":{"id":2}`)},
		"/api/v1/video-playlists/private": {Body: listedAs("private", `,"privacy":{"id":3}`)},
		"/api/v1/video-playlists/closed":  {Status: 401, Body: `{"error":"Not authenticated"}`},
		"/api/v1/video-playlists/theirs":  {Status: 403, Body: `{"error":"Cannot get this private video playlist."}`},
		"/api/v1/video-playlists/broken":  {Status: 400, Body: `{"error":"Incorrect request parameters: playlistId"}`},
	})
	list, err := s.Playlist(context.Background(), "list1")
	if err != nil || list.Name != "Birds" || list.Handle() != "birdhut@video.example" || list.ID != "list1" || list.Host != host || list.Counts.Posts != 3 || content.PlainText(list.Bio) != "All of them" {
		t.Fatalf("%+v, %v", list, err)
	}
	for id, want := range map[string]string{"own": "ada@video.example", "unlist": "ada@video.example"} {
		if list, err := s.Playlist(context.Background(), id); err != nil || list.Handle() != want {
			t.Errorf("%s: %+v, %v", id, list, err)
		}
	}
	for id, want := range map[string]feeds.Kind{"private": feeds.NeedsLogin, "closed": feeds.NeedsLogin, "theirs": feeds.Refused, "deleted": feeds.NotFound, "broken": feeds.NotFound} {
		if list, err := s.Playlist(context.Background(), id); feeds.KindOf(err) != want || list != nil {
			t.Errorf("%s: %+v, %v", id, list, err)
		}
	}
}

func TestPlaylistIsReadByTimeWithoutWhatIsGone(t *testing.T) {
	t.Parallel()
	s, srv := serve(map[string]feedstest.Answered{
		"/api/v1/video-playlists/list1/videos": {Body: elementsOf(6, film(1, at("08")), "null", film(3, at("10")), film(2, at("09")), film(3, at("10")), film(4, `"privacy":{"id":3}`))},
		"/api/v1/video-playlists/gone/videos":  {Body: elementsOf(2, "null", "null")},
		"/api/v1/video-playlists/empty/videos": {Body: elementsOf(0)},
		"/api/v1/video-playlists/mine/videos":  {Status: 401, Body: `{"error":"Not authenticated"}`},
	})
	page, err := s.PlaylistPosts(context.Background(), "list1", "")
	if err != nil || feedstest.IDs(page.Posts) != "short3 short2 short1" || len(page.Entries) != 3 || page.Entries[0].Key != page.Posts[0].Key || page.Older != "" {
		t.Fatalf("%+v, %v", page, err)
	}
	if got := srv.Asked(); got != "/api/v1/video-playlists/list1/videos?count=100" {
		t.Errorf("asked %s", got)
	}
	for _, id := range []string{"gone", "empty"} {
		if page, err := s.PlaylistPosts(context.Background(), id, ""); err != nil || len(page.Posts) != 0 || page.Older != "" {
			t.Errorf("%s: %+v, %v", id, page, err)
		}
	}
	for id, want := range map[string]feeds.Kind{"mine": feeds.NeedsLogin, "deleted": feeds.NotFound} {
		if page, err := s.PlaylistPosts(context.Background(), id, ""); feeds.KindOf(err) != want || page != nil {
			t.Errorf("%s: %+v, %v", id, page, err)
		}
	}
}

func TestAllPartsOfAPlaylistAreReadBeforeItIsPutInOrder(t *testing.T) {
	t.Parallel()
	const videos = "/api/v1/video-playlists/list1/videos?count=100"
	parts := map[string]feedstest.Answered{
		videos:              {Body: elementsOf(3, film(1, at("08")), film(2, at("09")))},
		videos + "&start=2": {Body: elementsOf(3, film(3, at("10")))},
	}
	s, _ := serve(parts)
	page, err := s.PlaylistPosts(context.Background(), "list1", "")
	if err != nil || feedstest.IDs(page.Posts) != "short3 short2 short1" || page.Older != "" {
		t.Errorf("%+v, %v", page, err)
	}
	parts[videos+"&start=2"] = feedstest.Answered{Status: 503, Body: "no"}
	page, err = s.PlaylistPosts(context.Background(), "list1", "")
	if err != nil || feedstest.IDs(page.Posts) != "short2 short1" || page.Older != "2" {
		t.Errorf("what was read before a failure: %+v, %v", page, err)
	}
	if _, err = s.PlaylistPosts(context.Background(), "list1", page.Older); feeds.KindOf(err) != feeds.ServerError {
		t.Errorf("the failure itself: %v", err)
	}
	if _, err = s.PlaylistPosts(context.Background(), "list1", "x"); feeds.KindOf(err) != feeds.NotFound {
		t.Errorf("a cursor of another: %v", err)
	}
}

func TestAPlaylistWithoutAnEndIsReadInPages(t *testing.T) {
	t.Parallel()
	parts := map[string]feedstest.Answered{}
	for i := range 12 {
		start := ""
		if i > 0 {
			start = "&start=" + strconv.Itoa(i)
		}
		parts["/api/v1/video-playlists/list1/videos?count=100"+start] = feedstest.Answered{Body: elementsOf(1_000_000, film(i%9+1, ""))}
	}
	s, srv := serve(parts)
	page, err := s.PlaylistPosts(context.Background(), "list1", "")
	if n := len(strings.Split(srv.Asked(), "\n")); err != nil || n != listParts || page.Older != "10" {
		t.Errorf("%d requests, %+v, %v", n, page, err)
	}
}

func TestAChannelAndAnAccountShowTheirPublicPlaylists(t *testing.T) {
	t.Parallel()
	s, srv := serve(map[string]feedstest.Answered{
		"/api/v1/video-channels/birdhut/video-playlists": {Body: listOf(4, listedAs("a", ""), listedAs("b", `,"privacy":{"id":2}`), listedAs("c", `,"privacy":{"id":3}`), `{"id":1}`)},
		"/api/v1/accounts/ada/video-playlists":           {Body: listOf(0)},
	})
	channel := &feeds.Author{Host: host, ID: "channel:7", User: "birdhut", Domain: host}
	lists, err := s.PlaylistsOf(context.Background(), channel)
	if err != nil || len(lists) != 1 || lists[0].ID != "a" || lists[0].Name != "Birds" || lists[0].Counts.Posts != 3 {
		t.Errorf("%+v, %v", lists, err)
	}
	lists, err = s.PlaylistsOf(context.Background(), &feeds.Author{Host: host, ID: "account:3", User: "ada", Domain: host})
	if err != nil || len(lists) != 0 {
		t.Errorf("%+v, %v", lists, err)
	}
	if got, want := srv.Asked(), "/api/v1/video-channels/birdhut/video-playlists?count=100&sort=-createdAt\n/api/v1/accounts/ada/video-playlists?count=100&sort=-createdAt"; got != want {
		t.Errorf("asked\n%s, want\n%s", got, want)
	}
}
