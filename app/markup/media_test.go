package markup

import (
	"strconv"
	"strings"
	"testing"

	"vitrine/feeds"
)

// drawnPicture is the figure of a post with one picture, as the program draws it.
func drawnPicture(t *testing.T, m feeds.Media) string {
	t.Helper()
	p := post(marta(), "1", "en", 1, text("A picture."))
	p.Media = []feeds.Media{m}
	var b strings.Builder
	if err := HTML(&b, Article(drawing(t, "en"), inFeed(p))); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestASizeThatNoPictureHasIsLeftOut(t *testing.T) {
	for _, size := range [][2]int{{1_000_000_000, 2}, {2, 1_000_000_000}, {-1, 5}, {1 << 40, 1 << 40}} {
		for _, kind := range []feeds.MediaKind{feeds.Image, feeds.Video, feeds.Gifv} {
			out := drawnPicture(t, feeds.Media{Kind: kind, URL: "https://a.example/1.jpg", Width: size[0], Height: size[1]})
			if strings.Contains(out, ` width="`+strconv.Itoa(size[0])+`"`) || strings.Contains(out, ` height="2"`) || !strings.Contains(out, "ratio-") {
				t.Errorf("%v of %v: %s", kind, size, out)
			}
		}
	}
}

func TestAPictureSaysWhatElseMayBeShown(t *testing.T) {
	out := drawnPicture(t, feeds.Media{Kind: feeds.Image, URL: "https://a.example/full.jpg", Preview: "https://a.example/small.jpg", Original: "https://b.example/full.jpg", Blurhash: "00OZZy"})
	for _, want := range []string{`src="https://a.example/small.jpg"`, `href="https://a.example/full.jpg"`, `data-original="https://b.example/full.jpg"`, `data-blur="00OZZy"`} {
		if !strings.Contains(out, want) {
			t.Errorf("%s isn't in %s", want, out)
		}
	}
	if out := drawnPicture(t, feeds.Media{Kind: feeds.Image, URL: "https://a.example/1.jpg", Original: "javascript:alert(1)"}); strings.Contains(out, "data-original") {
		t.Errorf("an address that isn't one of a file: %s", out)
	}
}

func TestAPictureThatMovesHasACover(t *testing.T) {
	for src, moves := range map[string]bool{"https://a.example/1.gif": true, "https://a.example/1.APNG?v=2": true, "https://a.example/gif.png": false, "": false} {
		if got := Moves(src); got != moves {
			t.Errorf("%q: %v", src, got)
		}
	}
	moving := feeds.Media{Kind: feeds.Image, URL: "https://a.example/1.gif"}
	if out := drawnPicture(t, moving); !strings.Contains(out, `class="still"`) {
		t.Errorf("no cover: %s", out)
	}
	moving.Preview = "https://a.example/1.webp"
	if out := drawnPicture(t, moving); strings.Contains(out, `class="still"`) {
		t.Errorf("a preview that stands still is covered: %s", out)
	}
}
