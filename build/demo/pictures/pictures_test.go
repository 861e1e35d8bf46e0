package pictures

import (
	"bytes"
	"image"
	"image/gif"
	"strings"
	"testing"
)

func TestEveryScenePaintsEveryPixelInEveryLight(t *testing.T) {
	for _, s := range Scenes() {
		for _, light := range Palettes() {
			m := Draw(s, light, 5, 150, 100)
			for i := 3; i < len(m.Pix); i += 4 {
				if m.Pix[i] != 255 {
					t.Fatalf("%s, %s: pixel %d is not opaque", s, light, i/4)
				}
			}
		}
	}
}

func TestEverySceneHasSomethingToLookAt(t *testing.T) {
	for _, s := range Scenes() {
		colours := map[[3]byte]bool{}
		m := Draw(s, Noon, 1, 300, 200)
		for i := 0; i < len(m.Pix); i += 4 {
			colours[[3]byte(m.Pix[i:i+3])] = true
		}
		if len(colours) < 100 {
			t.Errorf("%s has only %d colours", s, len(colours))
		}
	}
}

func TestPicturesAreTheSameEveryTimeAndDifferBySeed(t *testing.T) {
	for _, s := range Scenes() {
		a, b, other := Draw(s, Dusk, 7, 120, 80), Draw(s, Dusk, 7, 120, 80), Draw(s, Dusk, 8, 120, 80)
		if !bytes.Equal(a.Pix, b.Pix) {
			t.Errorf("%s: two runs differ", s)
		}
		if bytes.Equal(a.Pix, other.Pix) {
			t.Errorf("%s: the seed changes nothing", s)
		}
	}
}

func TestNoTwoScenesLookAlike(t *testing.T) {
	seen := map[string]Scene{}
	for _, s := range Scenes() {
		pix := string(Draw(s, Dawn, 1, 60, 40).Pix)
		if other, found := seen[pix]; found {
			t.Errorf("%s looks like %s", s, other)
		}
		seen[pix] = s
	}
}

func TestNoTwoMotifsLookAlike(t *testing.T) {
	seen := map[string]Motif{}
	for _, m := range []Motif{
		Person, Book, Loaf, Rails, Mug, Hall, Sound, Moon, Foliage, Sun, Spokes, Ampersand, Bird, Beacon, Vane, Boat, Waves, Blank,
	} {
		pix := string(Portrait{m, 0xf0dcb8, 0x2f5d56}.Draw(96).Pix)
		if other, found := seen[pix]; found {
			t.Errorf("%s looks like %s", m, other)
		}
		seen[pix] = m
	}
}

func TestMovingEmojiMove(t *testing.T) {
	for _, e := range AllEmoji() {
		if !e.Moves() {
			continue
		}
		data, err := GIF(e.Animation())
		if err != nil {
			t.Fatal(err)
		}
		m, err := gif.DecodeAll(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		if len(m.Image) < 8 || bytes.Equal(m.Image[0].Pix, m.Image[3].Pix) {
			t.Errorf("%s: %d frames that do not differ", e, len(m.Image))
		}
	}
}

func TestBlurhashHasTheShapeAndTheMeanColour(t *testing.T) {
	m := image.NewRGBA(image.Rect(0, 0, 32, 24))
	for i := 0; i < len(m.Pix); i += 4 {
		m.Pix[i], m.Pix[i+1], m.Pix[i+2], m.Pix[i+3] = 10, 90, 200, 255
	}
	hash := Blurhash(m)
	if len(hash) != 28 || hash[0] != 'L' {
		t.Fatalf("%q is not a hash of 4 by 3 components", hash)
	}
	const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~"
	mean := 0
	for _, r := range hash[2:6] {
		mean = mean*83 + strings.IndexRune(alphabet, r)
	}
	if mean != 10<<16|90<<8|200 {
		t.Errorf("mean colour is %06x", mean)
	}
}

func BenchmarkScene(b *testing.B) {
	for _, s := range Scenes() {
		b.Run(string(s), func(b *testing.B) {
			for range b.N {
				if _, err := JPEG(Draw(s, Dusk, 3, 1200, 800)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
