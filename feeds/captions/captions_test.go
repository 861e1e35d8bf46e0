package captions

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"vitrine/feeds"
)

const second = time.Second

func TestWhatIsSaidIsReadInEachForm(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		file, mime string
		want       []Passage
	}{
		"WebVTT": {"\ufeffWEBVTT - a head\r\n\r\nNOTE nothing\r\n\r\n1\r\n00:01.000 --> 00:02.000 align:start\r\n<v.loud Ada>The <i>lamps</i> &amp; I</v>\r\n\r\n00:02.000 --> 00:03.000\r\n<v Bo>a < b <script>\r\n", "",
			[]Passage{{second, "Ada", "The lamps & I"}, {2 * second, "Bo", "a < b <script>"}}},
		"SubRip":        {"1\n00:00:01,500 --> 00:00:02,000\n<font color=red>One.</font>\n\n2\n00:00:02,100 --> 00:00:03,000\nTwo.\n\n3\n00:01:00,000 --> 00:01:01,000\nThree.", "application/x-subrip", []Passage{{1500 * time.Millisecond, "", "One. Two."}, {60 * second, "", "Three."}}},
		"JSON":          {`{"version":"1.0.0","segments":[{"speaker":"Ada","startTime":0.5,"endTime":2,"body":"Hello"},{"speaker":"Ada","startTime":2,"endTime":3,"body":"there."},{"startTime":"x","body":7},{"startTime":-1,"body":"no"}]}`, "application/json", []Passage{{500 * time.Millisecond, "Ada", "Hello there."}}},
		"HTML":          {"<cite>Ada</cite><p>One <b>two</b></p><script>x</script><p>Three</p>", "text/html", []Passage{{-1, "", "Ada"}, {-1, "", "One two"}, {-1, "", "Three"}}},
		"plain text":    {"One\ntwo\n\n\n\nThree", "text/plain", []Passage{{-1, "", "One\ntwo"}, {-1, "", "Three"}}},
		"rolling lines": {"WEBVTT\n\n00:01.000 --> 00:02.000\nagain\n\n00:02.000 --> 00:03.000\nagain\n\n00:03.000 --> 00:04.000\non", "", []Passage{{second, "", "again on"}}},
		"wrong type":    {"WEBVTT\n\n00:01.000 --> 00:02.000\nsaid", "text/html", []Passage{{second, "", "said"}}},
		"out of order":  {"WEBVTT\n\n00:09.000 --> 00:10.000\nlate\n\n00:01.000 --> 00:02.000\nearly", "", []Passage{{9 * second, "", "late"}, {second, "", "early"}}},
	} {
		if got, err := Read([]byte(c.file), c.mime); err != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

func TestCaptionsThatAreAPageAreNoCaptions(t *testing.T) {
	t.Parallel()
	for _, file := range []string{"<!doctype html><p>Log in --> here", "<html>", "", "WEBVTT", "\x00\xff", "{", "[]", "a --> b\nc"} {
		for _, mime := range []string{"", "text/vtt", "application/x-subrip", "application/json"} {
			var bad *feeds.Error
			if got, err := Read([]byte(file), mime); !errors.As(err, &bad) || bad.Kind != feeds.BadData {
				t.Errorf("%q as %q: %v, %v", file, mime, got, err)
			}
		}
	}
}

func TestManyAndLongCuesAreBounded(t *testing.T) {
	t.Parallel()
	file := "WEBVTT\n\n" + strings.Repeat("00:01.000 --> 00:01.500\nword\n\n00:09.000 --> 00:09.500\nanother\n\n", 50_000)
	if got, err := Read([]byte(file), ""); err != nil || len(got) != MaxPassages {
		t.Errorf("%d, %v", len(got), err)
	}
}

func TestChaptersAreInOrder(t *testing.T) {
	t.Parallel()
	got, err := Chapters([]byte(`{"version":"1.2.0","chapters":[{"startTime":60,"title":" The\nend "},{"startTime":0,"title":"<b>Bells</b>"},{"startTime":30,"title":"","img":"x"},
		{"startTime":40,"title":"hidden","toc":false},{"startTime":-1,"title":"no"},{"startTime":1e300,"title":"no"},{"startTime":30,"title":"Middle","toc":true}]}`))
	want := []feeds.Chapter{{Title: "<b>Bells</b>"}, {Start: 30 * second, Title: "Middle"}, {Start: 60 * second, Title: "The end"}}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v", got, err)
	}
	for _, file := range []string{"", "<html>", "{}", `{"chapters":{}}`, `{"chapters":[{"startTime":0}]}`} {
		if got, err := Chapters([]byte(file)); err == nil {
			t.Errorf("%q: %+v", file, got)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ada>x", "")
	f.Add(`{"segments":[{"startTime":1,"body":"x"}]}`, "application/json")
	f.Add("<p>x", "text/html")
	f.Fuzz(func(t *testing.T, file, mime string) {
		got, err := Read([]byte(file), mime)
		if (err == nil) != (len(got) > 0) || len(got) > MaxPassages {
			t.Errorf("%d, %v", len(got), err)
		}
	})
}
