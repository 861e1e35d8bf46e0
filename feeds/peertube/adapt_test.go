package peertube

import (
	"context"
	"strings"
	"testing"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/feedstest"
)

// read makes a post of film(1) read by itself, with fields added or replaced.
func read(t *testing.T, fields string) *feeds.Post {
	t.Helper()
	s, _ := serve(map[string]feedstest.Answered{"/api/v1/videos/short1": {Body: film(1, fields)}})
	p, err := s.Post(context.Background(), "short1")
	if err != nil {
		t.Fatalf("%s: %v", fields, err)
	}
	return p
}

func TestVideoIsAPostOfItsChannel(t *testing.T) {
	t.Parallel()
	p := read(t, `"description":"It sings.\n\nhttps://bird.example","support":"Buy me seeds","tags":["birds","#song",""],"files":[`+webFile("web", 720, "")+`]`)
	const page = "https://video.example/videos/watch/00000000-0000-4000-8000-000000000001"
	if p.Key != page || p.URI != page || p.URL != page || p.Title != "A robin" || p.Language != "en" || p.Visibility != feeds.Public || p.Sensitive {
		t.Errorf("%+v", p)
	}
	if !p.Published.Equal(time.Date(2026, 11, 20, 10, 0, 0, 0, time.UTC)) || !p.Edited.IsZero() {
		t.Errorf("published %v, edited %v", p.Published, p.Edited)
	}
	if want := (feeds.Counts{Replies: 2, Boosts: -1, Favourites: 4, Quotes: -1, AllBelow: true}); p.Counts != want {
		t.Errorf("%+v", p.Counts)
	}
	if s := p.Sightings; len(s) != 1 || s[0].Host != host || s[0].ID != "short1" || s[0].ParentID != "" || !s[0].Origin {
		t.Errorf("%+v", s)
	}
	if len(p.Tags) != 2 || p.Tags[0].Name != "birds" || p.Tags[1].Name != "song" {
		t.Errorf("%+v", p.Tags)
	}
	text := content.PlainText(p.Body)
	for _, want := range []string{"It sings.", "https://bird.example", "Buy me seeds", "Animals"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in %q", want, text)
		}
	}
	if p.License == nil || p.License.Name != "Attribution" {
		t.Errorf("licence %+v", p.License)
	}
	a := p.Author
	if a.Handle() != "birdhut@video.example" || !a.Group || a.ID != "channel:7" || a.Name != "The bird hut" || a.Counts.Followers != 40 || a.Counts.Following != -1 || a.Counts.Posts != -1 {
		t.Errorf("%+v", a)
	}
	if a.Avatar != "https://video.example/lazy-static/avatars/120.png" || a.Header != "https://video.example/lazy-static/banners/600.png" {
		t.Errorf("avatar %s, header %s", a.Avatar, a.Header)
	}
}

func TestFilmIsTheLargestFileUpTo720(t *testing.T) {
	t.Parallel()
	const lists = `"isLive":false`
	web := func(files ...string) string { return `"files":[` + strings.Join(files, ",") + `]` }
	streamed := func(files ...string) string {
		return `"streamingPlaylists":[{"playlistUrl":"https://video.example/static/hls/master.m3u8","files":[` + strings.Join(files, ",") + `]}]`
	}
	const silent = `,"hasAudio":false,"hasVideo":true`
	const sound = `,"hasAudio":true,"hasVideo":false`
	tests := []struct {
		name, fields, url string
		kind              feeds.MediaKind
		width, height     int
	}{
		{"a web file", web(webFile("web", 1080, ""), webFile("web", 720, ""), webFile("web", 360, "")), "web/720.mp4", feeds.Video, 1280, 720},
		{"with its size", web(webFile("web", 480, `,"width":854,"height":480`)), "web/480.mp4", feeds.Video, 854, 480},
		{"upright", `"aspectRatio":0.5625,` + web(webFile("web", 720, "")), "web/720.mp4", feeds.Video, 720, 1280},
		{"of no known shape", `"aspectRatio":0,` + web(webFile("web", 720, "")), "web/720.mp4", feeds.Video, 0, 0},
		{"the smallest of large ones", web(webFile("web", 2160, ""), webFile("web", 1080, ""), webFile("web", 1440, "")), "web/1080.mp4", feeds.Video, 1920, 1080},
		{"of a playlist where there is no web file", web() + "," + streamed(webFile("hls", 1080, ""), webFile("hls", 480, "")), "hls/480.mp4", feeds.Video, 853, 480},
		{"a web file before a playlist's", web(webFile("web", 360, "")) + "," + streamed(webFile("hls", 720, "")), "web/360.mp4", feeds.Video, 640, 360},
		{"not a silent one", streamed(webFile("hls", 720, silent), webFile("hls", 480, "")), "hls/480.mp4", feeds.Video, 853, 480},
		{"the playlist where all are silent", streamed(webFile("hls", 720, silent), webFile("hls", 0, sound)), "hls/master.m3u8", feeds.Video, 0, 0},
		{"sound alone", web(webFile("web", 0, sound)), "web/0.mp4", feeds.Audio, 0, 0},
		{"a broadcast that runs", `"isLive":true,` + streamed(), "hls/master.m3u8", feeds.Video, 0, 0},
		{"nothing", lists, "", feeds.Video, 0, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := read(t, tt.fields)
			if len(p.Media) != 1 || p.Card != nil {
				t.Fatalf("%+v", p)
			}
			m := p.Media[0]
			if strings.TrimPrefix(m.URL, "https://video.example/static/") != tt.url || m.Kind != tt.kind || m.Width != tt.width || m.Height != tt.height {
				t.Errorf("%+v", m)
			}
			if m.Preview != "https://video.example/lazy-static/previews/1.jpg" || m.Duration != 61*time.Second {
				t.Errorf("%+v", m)
			}
		})
	}
}

func TestBroadcastThatIsToBeginSaysWhen(t *testing.T) {
	t.Parallel()
	p := read(t, `"isLive":true,"state":{"id":4},"liveSchedules":[{"startAt":"2026-12-24T18:00:00.000Z"},{"startAt":"soon"},{"startAt":"2026-12-20T17:00:00.000Z"}],"files":[],"streamingPlaylists":[]`)
	if len(p.Media) != 1 || p.Card != nil || p.Media[0].URL != "" || p.Media[0].Preview == "" {
		t.Fatalf("%+v, %+v", p.Media, p.Card)
	}
	if f := p.Media[0].Film; f == nil || f.Live != feeds.LiveWaiting || !f.Begins.Equal(time.Date(2026, 12, 20, 17, 0, 0, 0, time.UTC)) {
		t.Errorf("%+v", f)
	}
}

func TestBroadcastInAListSaysThatItIsOne(t *testing.T) {
	t.Parallel()
	s, _ := serve(map[string]feedstest.Answered{"/api/v1/videos": {Body: `{"total":2,"data":[` + film(1, `"isLive":true`) + `,` + film(2, `"isLive":false`) + `]}`}})
	page, err := s.ServerPosts(context.Background(), feeds.Local, "")
	if err != nil || len(page.Posts) != 2 {
		t.Fatalf("%+v, %v", page, err)
	}
	for i, want := range []bool{true, false} {
		if f := page.Posts[i].Media[0].Film; (f != nil && f.Live == feeds.LiveNow) != want {
			t.Errorf("%d: %+v", i, f)
		}
	}
}

func TestSensitiveVideoIsVeiledInItsAuthorsWords(t *testing.T) {
	t.Parallel()
	p := read(t, `"nsfw":true,"nsfwSummary":" A cat hunts "`)
	if !p.Sensitive || p.Warning != "A cat hunts" {
		t.Errorf("%v, %q", p.Sensitive, p.Warning)
	}
}

func TestUnknownLabelsAreLeftOut(t *testing.T) {
	t.Parallel()
	p := read(t, `"category":{"id":null,"label":"Unknown"},"licence":{"id":null,"label":"Unknown"},"language":{"id":null,"label":"Unknown"}`)
	if text := content.PlainText(p.Body); strings.Contains(text, "Unknown") || p.Language != "" {
		t.Errorf("%q, %q", text, p.Language)
	}
}

func TestMissingAndImpossibleValuesAreUnknown(t *testing.T) {
	t.Parallel()
	for _, value := range []string{`null`, `[]`, `{}`, `[[]]`, `{"a":{"b":[1]}}`} {
		var fields []string
		for _, name := range []string{"category", "licence", "nsfw", "nsfwSummary", "duration", "aspectRatio", "likes", "support", "tags", "files", "streamingPlaylists"} {
			fields = append(fields, `"`+name+`":`+value)
		}
		p := read(t, strings.Join(fields, ","))
		if p.Sensitive || p.Warning != "" || p.Tags != nil || p.Media[0].URL != "" || p.Title == "" {
			t.Errorf("%s: %+v", value, p)
		}
	}
}

func TestAddressesAreChecked(t *testing.T) {
	t.Parallel()
	const bad = `"javascript:alert(1)"`
	p := read(t, `"url":`+bad+`,"previewPath":`+bad+`,"thumbnailPath":`+bad+`,"files":[{"resolution":{"id":720},"fileUrl":`+bad+`}],"streamingPlaylists":[{"playlistUrl":`+bad+`}]`)
	if p.URI != "" || p.URL != "https://video.example/w/short1" || p.Key != "video.example/short1" || p.Media[0].URL+p.Media[0].Preview != "" {
		t.Errorf("%+v", p)
	}
}

func TestOldServersTellTheWholeDescriptionElsewhere(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("tweet ", 40)
	s, _ := serve(map[string]feedstest.Answered{
		"/api/v1/videos/1":             {Body: film(1, `"truncatedDescription":null,"truncatedDescription":"","description":"`+long+`..."`)},
		"/api/v1/videos/1/description": {Body: `{"description":"` + long + `and the end"}`},
	})
	p, err := s.Post(context.Background(), "1")
	if err != nil || !strings.Contains(content.PlainText(p.Body), "and the end") {
		t.Errorf("%+v, %v", p, err)
	}
}

func TestTextOfOtherServersIsHTML(t *testing.T) {
	t.Parallel()
	s, _ := serve(nil)
	for src, want := range map[string]string{
		"<p>Hello <b>you</b></p>":    "Hello you",
		"plain <3":                   "plain <3",
		"one<br>two":                 "one\ntwo",
		`<p class="x">a &amp; b</p>`: "a & b",
	} {
		if got := strings.TrimSpace(content.PlainText(s.text(src))); got != want {
			t.Errorf("%q became %q, want %q", src, got, want)
		}
	}
}
