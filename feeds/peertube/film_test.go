package peertube

import (
	"context"
	"testing"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

func TestWholeFilmHasItsFilesCaptionsChaptersAndPlayer(t *testing.T) {
	t.Parallel()
	s, _ := serve(map[string]feedstest.Answered{
		"/api/v1/videos/short1": {Body: film(1, `"embedPath":"/videos/embed/short1","files":[`+webFile("web", 360, `,"size":1000`)+","+webFile("web", 1080, "")+`],
			"streamingPlaylists":[{"playlistUrl":"/static/hls/master.m3u8","files":[]}]`)},
		"/api/v1/videos/short1/captions": {Body: `{"total":2,"data":[{"language":{"id":"de","label":"German"},"captionPath":"/lazy-static/video-captions/de.vtt"},{"language":{"id":"fr","label":"French"},"captionPath":"javascript:1"}]}`},
		"/api/v1/videos/short1/chapters": {Body: `{"chapters":[{"timecode":30,"title":"The song"},{"timecode":0,"title":" The nest "},{"timecode":-1,"title":"x"},{"timecode":5,"title":""}]}`},
	})
	p, err := s.Post(context.Background(), "short1")
	if err != nil {
		t.Fatal(err)
	}
	f := p.Media[0].Film
	if len(f.Files) != 2 || f.Files[0].Height != 1080 || f.Files[0].Width != 1920 || f.Files[1].Bytes != 1000 || f.Stream != "https://video.example/static/hls/master.m3u8" {
		t.Errorf("%+v", f)
	}
	if len(f.Captions) != 1 || f.Captions[0] != (feeds.Caption{URL: "https://video.example/lazy-static/video-captions/de.vtt", Language: "de", Label: "German"}) {
		t.Errorf("%+v", f.Captions)
	}
	if len(f.Chapters) != 2 || f.Chapters[0].Title != "The nest" || f.Chapters[1].Start != 30*time.Second {
		t.Errorf("%+v", f.Chapters)
	}
	if f.Player != "https://video.example/videos/embed/short1?p2p=0" || f.Live != "" {
		t.Errorf("player %q, live %q", f.Player, f.Live)
	}
}

func TestStateOfABroadcast(t *testing.T) {
	t.Parallel()
	for state, want := range map[string]feeds.Live{"1": feeds.LiveNow, "4": feeds.LiveWaiting, "5": feeds.LiveEnded} {
		p := read(t, `"isLive":true,"state":{"id":`+state+`},"streamingPlaylists":[{"playlistUrl":"/live.m3u8","files":[]}]`)
		if got := p.Media[0].Film.Live; got != want {
			t.Errorf("state %s: %q", state, got)
		}
	}
}
