package markup

import (
	"strings"
	"testing"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/captions"
)

// played draws a post with a medium as its thread shows it.
func played(t *testing.T, d *Drawing, m feeds.Media, open Opened) string {
	t.Helper()
	p := post(author("harbour", "film.example", "The harbour", ""), "3001", "en", 90, text("A slow pan."))
	p.Media = []feeds.Media{m}
	var b strings.Builder
	if err := HTML(&b, Article(d, Row{Post: p, Entry: feeds.Entry{Key: p.Key}, Place: Place{Kind: Focused}, Open: open})); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestAFilmInPiecesPlaysOnceItIsStarted(t *testing.T) {
	m := feeds.Media{Kind: feeds.Video, URL: "https://film.example/master.m3u8", Preview: "https://film.example/still.jpg", Film: &feeds.Film{
		Captions: []feeds.Caption{{URL: "https://film.example/de.vtt", Language: "de", Label: "German"}}, Live: feeds.LiveNow}}
	d := drawing(t, "en")
	m.Duration = 3 * time.Second
	if got := played(t, drawing(t, "ar"), m, Opened{}); !strings.Contains(got, "تشغيل الفيديو، 3") {
		t.Errorf("in Arabic: %s", got)
	}
	waits := played(t, d, m, Opened{})
	if !strings.Contains(waits, `data-action="stream"`) || strings.Contains(waits, "<video") || strings.Contains(waits, "<select") || !strings.Contains(waits, "Live now") {
		t.Errorf("before: %s", waits)
	}
	plays := played(t, d, m, Opened{Stream: true})
	if !strings.Contains(plays, `<source src="https://film.example/master.m3u8" type="application/vnd.apple.mpegurl"><track`) || strings.Contains(plays, `data-action="stream"`) || !strings.Contains(plays, `data-action="speed"`) {
		t.Errorf("started: %s", plays)
	}
	if lost := played(t, d, m, Opened{Stream: true, Lost: Set(0).With(0)}); strings.Contains(lost, "<video") || strings.Contains(lost, "m3u8") || !strings.Contains(lost, `<a href="https://film.example/@harbour/3001" target="_blank"`) || !strings.Contains(lost, "Watch on film.example") {
		t.Errorf("unplayable: %s", lost)
	}
	still := *d
	still.Actions = false
	if page := played(t, &still, m, Opened{}); strings.Contains(page, "data-action") || !strings.Contains(page, `href="https://film.example/@harbour/3001"`) {
		t.Errorf("without a program: %s", page)
	}
}

func TestAFileThatIsNotWhatItSaysIsALink(t *testing.T) {
	d := drawing(t, "en")
	for _, kind := range []feeds.MediaKind{feeds.Video, feeds.Gifv, feeds.Audio} {
		m := feeds.Media{Kind: kind, URL: "https://film.example/page.html", Alt: "A slow pan."}
		got := played(t, d, m, Opened{Lost: Set(0).With(0)})
		if strings.Contains(got, "<video") || strings.Contains(got, "<audio") || !strings.Contains(got, `href="https://film.example/page.html"`) || !strings.Contains(got, "A slow pan.") || !strings.Contains(got, `data-part="unplayable"`) {
			t.Errorf("%s: %s", kind, got)
		}
	}
}

func TestAFilmWhoseServerLetsNobodyReadItPlaysWithoutCaptions(t *testing.T) {
	m := feeds.Media{Kind: feeds.Video, URL: "https://film.example/a.mp4", Film: &feeds.Film{Captions: []feeds.Caption{{URL: "https://film.example/de.vtt", Language: "de"}}}}
	d := drawing(t, "en")
	if got := played(t, d, m, Opened{}); !strings.Contains(got, "<track") || !strings.Contains(got, `crossorigin="anonymous"`) {
		t.Errorf("with captions: %s", got)
	}
	if got := played(t, d, m, Opened{Plain: Set(0).With(0)}); strings.Contains(got, "<track") || strings.Contains(got, "crossorigin") || !strings.Contains(got, "<video") || !strings.Contains(got, "de.vtt") {
		t.Errorf("without: %s", got)
	}
}

func TestASoundHasTheCoverThatItsFeedNames(t *testing.T) {
	m := feeds.Media{Kind: feeds.Audio, URL: "https://cast.example/1.mp3", Preview: "https://cast.example/cover.jpg"}
	d := drawing(t, "en")
	if got := played(t, d, m, Opened{}); !strings.Contains(got, `class="cover" src="https://cast.example/cover.jpg" alt=""`) {
		t.Error(got)
	}
	d.Settings.DataSaver = true
	if got := played(t, d, m, Opened{}); strings.Contains(got, "cover.jpg") {
		t.Errorf("with the data saver: %s", got)
	}
}

func TestABroadcastSaysWhenItBegins(t *testing.T) {
	f := &feeds.Film{Live: feeds.LiveWaiting, Begins: time.Date(2026, 12, 24, 17, 0, 0, 0, time.UTC)}
	m := feeds.Media{Kind: feeds.Video, Preview: "https://film.example/still.jpg", Film: f}
	d := drawing(t, "en")
	got := played(t, d, m, Opened{})
	if !strings.Contains(got, "has not started yet") || !strings.Contains(got, `It begins: <time datetime="2026-12-24T17:00:00Z">`) {
		t.Error(got)
	}
	f.Live = feeds.LiveNow
	if got := played(t, d, m, Opened{}); strings.Contains(got, "It begins") || !strings.Contains(got, "Live now") {
		t.Errorf("once it runs: %s", got)
	}
}

func TestDimensionsOfABillionKeepAShape(t *testing.T) {
	d := drawing(t, "en")
	const huge = 1_000_000_000
	for want, m := range map[string]feeds.Media{
		"ratio-11": {Kind: feeds.Image, Width: huge, Height: huge},
		"ratio-21": {Kind: feeds.Video, Width: huge, Height: 1},
		"ratio-34": {Kind: feeds.Video, Width: 1, Height: huge},
	} {
		m.URL = "https://film.example/a"
		if got := played(t, d, m, Opened{}); !strings.Contains(got, `class="media `+want+`"`) || strings.Contains(got, "style=") {
			t.Errorf("%s: %s", want, got)
		}
	}
}

func TestPictureInPictureIsOfferedWhereThereIsOne(t *testing.T) {
	m := feeds.Media{Kind: feeds.Video, URL: "https://film.example/a.mp4"}
	d := drawing(t, "en")
	if got := played(t, d, m, Opened{}); strings.Contains(got, `data-action="float"`) || !strings.Contains(got, `data-action="speed"`) {
		t.Error(got)
	}
	d.Floats = true
	if got := played(t, d, m, Opened{}); !strings.Contains(got, `data-action="float"`) {
		t.Error(got)
	}
	m.Kind = feeds.Audio
	if got := played(t, d, m, Opened{}); strings.Contains(got, `data-action="float"`) {
		t.Errorf("a sound: %s", got)
	}
}

func TestFilesBesideAFilmOpen(t *testing.T) {
	m := feeds.Media{Kind: feeds.Audio, URL: "https://cast.example/1.mp3", Film: &feeds.Film{Index: "https://cast.example/chapters.json",
		Captions: []feeds.Caption{{URL: "https://cast.example/1.vtt", Language: "en"}, {URL: "https://cast.example/1.html", Type: "text/html"}}}}
	d := drawing(t, "en")
	if got := played(t, d, m, Opened{}); !strings.Contains(got, `<details class="fold" data-part="chapters" data-action="toggle"><summary>Chapters</summary></details>`) || !strings.Contains(got, `data-part="said"`) || strings.Contains(got, "1.html</button>") {
		t.Errorf("shut: %s", got)
	}
	if got := played(t, d, m, Opened{Chapters: &FilmFile{Waits: true}, Said: &FilmFile{}}); !strings.Contains(got, "Loading…") || !strings.Contains(got, "shown here") || strings.Count(got, `href="https://cast.example/1.vtt"`) != 2 || !strings.Contains(got, `aria-pressed="true"><bdi>English</bdi>`) {
		t.Errorf("on its way, and unreadable: %s", got)
	}
	got := played(t, d, m, Opened{Chapters: &FilmFile{Chapters: []feeds.Chapter{{Start: 90 * time.Second, Title: "<b>x"}}},
		Said: &FilmFile{Said: []captions.Passage{{Start: 61 * time.Second, Speaker: "Ada", Text: "<script>"}, {Start: -1, Text: "later"}}}})
	for _, want := range []string{`data-index="90"`, "&lt;b&gt;x", `data-index="61"`, "<b><bdi>Ada</bdi></b> &lt;script&gt;", `<p dir="auto" lang="en">later</p>`} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in %s", want, got)
		}
	}
	d.Actions = false
	if got := played(t, d, m, Opened{}); strings.Contains(got, "<details") || !strings.Contains(got, `href="https://cast.example/1.vtt"`) {
		t.Errorf("without a program: %s", got)
	}
}

func TestOnlyCaptionsThatAPlayerShowsAreItsTracks(t *testing.T) {
	m := feeds.Media{Kind: feeds.Video, URL: "https://cast.example/1.mp4", Film: &feeds.Film{Captions: []feeds.Caption{{URL: "https://cast.example/1.srt", Type: "application/x-subrip"}}}}
	if got := played(t, drawing(t, "en"), m, Opened{}); strings.Contains(got, "<track") || strings.Contains(got, "crossorigin") {
		t.Error(got)
	}
}

func TestCaptionsAreNamedInTheReadersLanguage(t *testing.T) {
	for _, c := range []struct {
		name string
		list []feeds.Caption
		want []string
	}{
		{"by their language", []feeds.Caption{{Language: "de", Label: "German"}, {Language: "pt-BR", Label: "Brazilian"}}, []string{"Deutsch", "Brasilianisches Portugiesisch"}},
		{"two of one language", []feeds.Caption{{Language: "en", Label: "English"}, {Language: "en", Label: "English (SDH)"}}, []string{"English", "English (SDH)"}},
		{"two that nothing tells apart", []feeds.Caption{{Language: "en"}, {Language: "en"}}, []string{"Englisch", "Englisch"}},
		{"a language without a name here", []feeds.Caption{{Language: "tlh", Label: "Klingon"}, {Language: "tlh-x"}}, []string{"Klingon", "tlh-x"}},
		{"no language", []feeds.Caption{{Label: "All"}, {URL: "https://film.example/a/said.vtt"}, {Language: "<b>", Label: ""}}, []string{"All", "said.vtt", "<b>"}},
	} {
		f := &feeds.Film{Captions: c.list}
		for i, caption := range c.list {
			if got := CaptionName(drawing(t, "de").Words, f, caption); got != c.want[i] {
				t.Errorf("%s: %q, want %q", c.name, got, c.want[i])
			}
		}
	}
}
