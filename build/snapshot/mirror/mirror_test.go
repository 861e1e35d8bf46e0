package mirror

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"slices"
	"strings"
	"testing"

	"vitrine/build/snapshot/ledger"
	"vitrine/feeds"
	"vitrine/feeds/content"
)

// network answers with the file of an address, else with a status.
type network struct {
	files  map[string]string
	status map[string]int
	asked  []string
}

func (n *network) Fetch(_ context.Context, r feeds.Request) (*feeds.Response, error) {
	n.asked = append(n.asked, r.URL)
	if status := n.status[r.URL]; status != 0 {
		return &feeds.Response{Status: status, URL: r.URL}, nil
	}
	body, ok := n.files[r.URL]
	if !ok {
		return nil, &feeds.Error{Kind: feeds.Unreachable}
	}
	return &feeds.Response{Status: 200, URL: r.URL, Body: []byte(body)}, nil
}

func dot(t *testing.T) string {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 4, 2))); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

const (
	mp4  = "\x00\x00\x00\x18ftypmp42 small"
	webm = "\x1a\x45\xdf\xa3 a film that is rather long for what is allowed here, by far"
)

func post(media ...feeds.Media) *ledger.Ledger {
	p := &feeds.Post{
		Key: "1", Author: &feeds.Author{User: "town", Domain: "social.example", Avatar: "https://social.example/moving.gif", AvatarSt: "https://social.example/face.png", Header: "https://social.example/header.png"},
		Media: media, Body: content.ParsePlain(":harbour:", content.Options{Emoji: []content.CustomEmoji{{Shortcode: "harbour", URL: "https://social.example/e.gif", Static: "https://social.example/e.png"}}}),
		Card: &feeds.Card{URL: "https://news.example/", Image: "https://social.example/card.png"},
	}
	return &ledger.Ledger{Posts: []ledger.Item{{Post: p}}, Files: map[string]ledger.Mirrored{}}
}

func fill(t *testing.T, n *network, l *ledger.Ledger, max int64) map[string][]byte {
	t.Helper()
	return fillBy(t, Mirror{Fetcher: n, MaxFile: max}, l)
}

func fillBy(t *testing.T, m Mirror, l *ledger.Ledger) map[string][]byte {
	t.Helper()
	written := map[string][]byte{}
	m.Save = func(context.Context) error { return nil }
	m.Write = func(_ context.Context, name string, data []byte) error { written[name] = data; return nil }
	if err := m.Fill(t.Context(), l); err != nil {
		t.Fatal(err)
	}
	return written
}

func all(t *testing.T) *network {
	t.Helper()
	n := &network{files: map[string]string{}, status: map[string]int{}}
	for _, name := range []string{"face.png", "e.png", "card.png", "p.png"} {
		n.files["https://social.example/"+name] = dot(t)
	}
	return n
}

func TestWhatStandsStillIsMirroredOnce(t *testing.T) {
	n, l := all(t), post(feeds.Media{Kind: feeds.Image, URL: "https://social.example/p.png", Preview: "https://social.example/small.png"})
	written := fill(t, n, l, 100)
	want := []string{"https://social.example/face.png", "https://social.example/e.png", "https://social.example/p.png", "https://social.example/card.png"}
	if slices.Sort(n.asked); !slices.Equal(n.asked, slices.Sorted(slices.Values(want))) || len(written) != 1 { // the four are the same picture
		t.Errorf("asked for %q, wrote %d files", n.asked, len(written))
	}
	n.asked = nil
	if fill(t, n, l, 100); len(n.asked) != 0 {
		t.Errorf("asked again for %q", n.asked)
	}
	shown := Rewriter{Mode: Mirrored, Files: l.Files, Prefix: "/feeds/town/"}.Post(l.Posts[0].Post)
	if m := shown.Media[0]; !strings.HasPrefix(m.URL, "/feeds/town/media/") || m.Preview != m.URL || m.Width != 4 || m.Height != 2 {
		t.Errorf("%+v", m)
	}
	if a := shown.Author; !strings.HasPrefix(a.Avatar, "/feeds/town/media/") || a.Header != "" {
		t.Errorf("%+v", a)
	}
	if l.Posts[0].Post.Media[0].URL != "https://social.example/p.png" {
		t.Error("the kept post itself was changed")
	}
}

func TestWhatIsGoneIsNotAskedForAgainAndWhatFailsIs(t *testing.T) {
	n, l := all(t), post(feeds.Media{Kind: feeds.Image, URL: "https://social.example/gone.png"}, feeds.Media{Kind: feeds.Image, URL: "https://social.example/down.png"}, feeds.Media{Kind: feeds.Image, URL: "https://social.example/page.png"})
	n.status["https://social.example/gone.png"] = 404
	n.status["https://social.example/down.png"] = 503
	n.files["https://social.example/page.png"] = "<!doctype html>"
	fill(t, n, l, 100)
	n.asked = nil
	fill(t, n, l, 100)
	if !slices.Equal(n.asked, []string{"https://social.example/down.png"}) {
		t.Errorf("asked again for %q", n.asked)
	}
	shown := Rewriter{Mode: Mirrored, Files: l.Files}.Post(l.Posts[0].Post)
	for _, m := range shown.Media {
		if m.URL != "" || m.Preview != "" {
			t.Errorf("%+v is shown", m)
		}
	}
}

func TestWhatWasRefusedIsAskedForAgainNowAndThen(t *testing.T) {
	n, l := all(t), post(feeds.Media{Kind: feeds.Image, URL: "https://social.example/closed.png"}, feeds.Media{Kind: feeds.Image, URL: "https://social.example/page.png"})
	n.status["https://social.example/closed.png"] = 403
	n.files["https://social.example/page.png"] = "<!doctype html>"
	fill(t, n, l, 100)
	n.asked, n.status, n.files["https://social.example/closed.png"] = nil, nil, dot(t)
	fillBy(t, Mirror{Fetcher: n, MaxFile: 100, Again: true}, l)
	if !slices.Equal(n.asked, []string{"https://social.example/closed.png"}) {
		t.Errorf("asked for %q", n.asked)
	}
	if f := l.Files["https://social.example/closed.png"]; f.Failed != "" || f.Large.Name == "" {
		t.Errorf("%+v", f)
	}
}

func TestAFileThatStaysAwayEndsTheRun(t *testing.T) {
	n, l := all(t), post(feeds.Media{Kind: feeds.Image, URL: "https://social.example/gone.png"}, feeds.Media{Kind: feeds.Video, URL: "https://social.example/film.webm"})
	n.status["https://social.example/gone.png"], n.status["https://social.example/film.webm"] = 404, 503
	fill(t, n, l, 100)
	n.asked = nil
	fillBy(t, Mirror{Fetcher: n, MaxFile: 100, Again: true}, l)
	if len(n.asked) != 2 {
		t.Errorf("asked for %d files: %q", len(n.asked), n.asked[:min(len(n.asked), 10)])
	}
}

func TestALargerLimitAllowsAFilmThatWasTooLarge(t *testing.T) {
	n, l := all(t), post(feeds.Media{Kind: feeds.Video, URL: "https://social.example/film.webm"})
	n.files["https://social.example/film.webm"] = webm
	fill(t, n, l, 20)
	if f := l.Files["https://social.example/film.webm"]; f.Failed != string(feeds.TooLarge) {
		t.Fatalf("%+v", f)
	}
	n.asked = nil
	if fill(t, n, l, 20); len(n.asked) != 0 {
		t.Errorf("asked again for %q", n.asked)
	}
	if fill(t, n, l, 200); l.Files["https://social.example/film.webm"].Large.Name == "" {
		t.Errorf("%+v", l.Files["https://social.example/film.webm"])
	}
}

func TestFilesAreAskedForFromSomewhereOn(t *testing.T) {
	n, l := all(t), post(feeds.Media{Kind: feeds.Image, URL: "https://social.example/p.png"})
	fillBy(t, Mirror{Fetcher: n, MaxFile: 100, Start: func(n int) int { return n - 1 }}, l)
	if len(n.asked) != 4 || n.asked[0] != "https://social.example/card.png" {
		t.Errorf("asked for %q", n.asked)
	}
}

func TestAFilmThatIsTooLargeIsFollowedByASmallerOne(t *testing.T) {
	n := all(t)
	n.files["https://social.example/large.webm"], n.files["https://social.example/small.mp4"] = webm, mp4
	n.files["https://social.example/de.vtt"], n.files["https://social.example/en.vtt"] = "WEBVTT\n\nHallo", "<script>"
	film := &feeds.Film{
		Files:  []feeds.File{{URL: "https://social.example/huge.mp4"}, {URL: "https://social.example/large.webm"}, {URL: "https://social.example/small.mp4"}},
		Player: "https://social.example/player", Stream: "https://social.example/x.m3u8",
		Captions: []feeds.Caption{{URL: "https://social.example/de.vtt"}, {URL: "https://social.example/en.vtt"}},
	}
	l := post(feeds.Media{Kind: feeds.Video, URL: "https://social.example/large.webm", Film: film})
	fill(t, n, l, 30)
	m := Rewriter{Mode: Mirrored, Files: l.Files}.Post(l.Posts[0].Post).Media[0]
	if !strings.HasSuffix(m.URL, ".mp4") || len(m.Film.Captions) != 1 || m.Film.Player != "" || m.Film.Stream != "" {
		t.Errorf("%+v %+v", m, m.Film)
	}
	if slices.Contains(n.asked, "https://social.example/huge.mp4") {
		t.Error("a larger one than the server plays was asked for")
	}
	l = post(feeds.Media{Kind: feeds.Video, URL: "https://social.example/large.webm"})
	fill(t, n, l, 30)
	if m := (Rewriter{Mode: Mirrored, Files: l.Files}).Post(l.Posts[0].Post).Media[0]; m.URL != "" {
		t.Errorf("a film that is too large is shown: %+v", m)
	}
}

func TestWhatMovesStandsForAStillFormThatIsGone(t *testing.T) {
	n, l := all(t), post()
	for still, moving := range map[string]string{"face.png": "moving.gif", "e.png": "e.gif"} {
		n.status["https://social.example/"+still] = 404
		n.files["https://social.example/"+moving] = dot(t)
	}
	fill(t, n, l, 100)
	p := Rewriter{Mode: Mirrored, Files: l.Files, Prefix: "/feeds/town/"}.Post(l.Posts[0].Post)
	if sign := p.Body.Blocks[0].Children[0]; !strings.HasPrefix(p.Author.Avatar, "/feeds/town/media/") || !strings.HasPrefix(sign.Href, "/feeds/town/media/") {
		t.Errorf("%+v %+v", p.Author, sign)
	}
}

func TestWhatIsNotShownAnyMoreIsForgotten(t *testing.T) {
	n, l := all(t), post()
	fill(t, n, l, 100)
	l.Posts = nil
	if fill(t, n, l, 100); len(l.Files) != 0 {
		t.Errorf("%v", l.Files)
	}
}

func TestNoMediaLeaveNoAddressBehind(t *testing.T) {
	l := post(feeds.Media{Kind: feeds.Image, URL: "https://social.example/p.png"}, feeds.Media{Kind: feeds.Video, URL: "https://social.example/v.mp4", Preview: "https://social.example/v.png"})
	p := Rewriter{Mode: None}.Post(l.Posts[0].Post)
	for _, m := range p.Media {
		if m.URL+m.Preview+m.Original != "" {
			t.Errorf("%+v", m)
		}
	}
	if p.Author.Avatar+p.Author.AvatarSt+p.Card.Image != "" {
		t.Errorf("%+v %+v", p.Author, p.Card)
	}
}

func TestFilesAreWhatTheyBeginWith(t *testing.T) {
	for text, want := range map[string]string{
		mp4: "video/mp4", webm: "video/webm", "\x00\x00\x00\x18ftypM4A ": "audio/mp4", "OggS xx": "audio/ogg", "OggS \x80theora": "video/ogg", "ID3x": "audio/mpeg",
		"\xff\xfbx": "audio/mpeg", "fLaC": "audio/flac", "RIFFxxxxWAVE": "audio/wav", "<!doctype html>": "", "": "", "RIFFxxxxAVI ": "", "#!/bin/sh": "",
	} {
		if got, _ := filmType([]byte(text)); got != want {
			t.Errorf("%q: %q", text, got)
		}
	}
	for text, want := range map[string]bool{"WEBVTT": true, "WEBVTT - x\n": true, "\xef\xbb\xbfWEBVTT\n": true, "WEBVTTX": false, "<script>": false, "": false} {
		if isCaptions([]byte(text)) != want {
			t.Errorf("%q", text)
		}
	}
}
