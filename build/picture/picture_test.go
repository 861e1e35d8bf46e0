package picture

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"slices"
	"testing"

	xwebp "golang.org/x/image/webp"
)

// cornered is a grey picture with a red corner at its upper left.
func cornered(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{120, 120, 120, 255}
			if x < w/4 && y < h/4 {
				c = color.RGBA{255, 0, 0, 255}
			}
			m.Set(x, y, c)
		}
	}
	return m
}

// exif is a TIFF with an orientation and a place.
func exif(order binary.AppendByteOrder, mark string, orientation int) []byte {
	b := []byte(mark)
	b = order.AppendUint16(b, 42)
	b = order.AppendUint32(b, 8)
	b = order.AppendUint16(b, 2)
	b = order.AppendUint16(b, 0x0112)
	b = order.AppendUint16(b, 3)
	b = order.AppendUint32(b, 1)
	b = order.AppendUint16(b, uint16(orientation))
	b = order.AppendUint16(b, 0)
	b = order.AppendUint16(b, 0x8825) // GPS
	b = order.AppendUint16(b, 4)
	b = order.AppendUint32(b, 1)
	b = order.AppendUint32(b, 0)
	b = order.AppendUint32(b, 0)
	return append(b, "GPS-53.7N-8.1E"...)
}

func asJPEG(t testing.TB, m image.Image, tiff []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	if tiff == nil {
		return b.Bytes()
	}
	body := append([]byte("Exif\x00\x00"), tiff...)
	out := append([]byte{}, b.Bytes()[:2]...)
	out = append(out, 0xff, 0xe1)
	out = binary.BigEndian.AppendUint16(out, uint16(len(body)+2))
	out = append(out, body...)
	out = append(out, 0xff, 0xfe, 0, 11)
	out = append(out, "a comment"...)
	return append(out, b.Bytes()[2:]...)
}

func asPNG(t testing.TB, m image.Image, chunks ...[]byte) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	out := append([]byte{}, b.Bytes()[:33]...) // the signature and the header
	for _, c := range chunks {
		out = append(out, c...)
	}
	return append(out, b.Bytes()[33:]...)
}

func pngChunk(kind string, data []byte) []byte {
	out := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	body := append([]byte(kind), data...)
	out = append(out, body...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(body))
}

func seen(t *testing.T, f File) image.Image {
	t.Helper()
	var m image.Image
	var err error
	switch f.Type {
	case "image/webp":
		m, err = xwebp.Decode(bytes.NewReader(f.Data))
	default:
		m, _, err = image.Decode(bytes.NewReader(f.Data))
	}
	if err != nil {
		t.Fatal(err)
	}
	if m.Bounds().Dx() != f.Width || m.Bounds().Dy() != f.Height {
		t.Errorf("it says %d by %d and is %v", f.Width, f.Height, m.Bounds())
	}
	return m
}

func red(m image.Image, x, y int) bool {
	r, g, _, _ := m.At(x, y).RGBA()
	return r > 0xb000 && g < 0x6000
}

func TestAPictureIsTurnedTheRightWayUp(t *testing.T) {
	corners := map[int]string{1: "left top", 2: "right top", 3: "right bottom", 4: "left bottom", 5: "left top", 6: "right top", 7: "right bottom", 8: "left bottom"}
	for o, corner := range corners {
		for name, data := range map[string][]byte{
			"JPEG, little-endian": asJPEG(t, cornered(80, 40), exif(binary.LittleEndian, "II", o)),
			"JPEG, big-endian":    asJPEG(t, cornered(80, 40), exif(binary.BigEndian, "MM", o)),
			"PNG":                 asPNG(t, cornered(80, 40), pngChunk("eXIf", exif(binary.BigEndian, "MM", o))),
		} {
			made, err := Make(data, Options{})
			if err != nil {
				t.Fatal(err)
			}
			m := seen(t, made.Large)
			w, h := 80, 40
			if o > 4 {
				w, h = 40, 80
			}
			if made.Large.Width != w || made.Large.Height != h {
				t.Errorf("%s %d: %d by %d", name, o, made.Large.Width, made.Large.Height)
			}
			got := map[[2]bool]string{{true, true}: "left top", {false, true}: "right top", {false, false}: "right bottom", {true, false}: "left bottom"}
			for at, where := range got {
				x, y := 3, 3
				if !at[0] {
					x = w - 4
				}
				if !at[1] {
					y = h - 4
				}
				if red(m, x, y) != (where == corner) {
					t.Errorf("%s %d: the corner %s", name, o, where)
				}
			}
		}
	}
}

func TestNothingIsLeftOfTheFileButWhatCanBeSeen(t *testing.T) {
	for name, data := range map[string][]byte{
		"JPEG": asJPEG(t, cornered(600, 400), exif(binary.LittleEndian, "II", 1)),
		"PNG":  asPNG(t, cornered(600, 400), pngChunk("tEXt", []byte("Comment\x00a comment GPS")), pngChunk("iCCP", []byte("ICC_PROFILE\x00\x00xx"))),
		"GIF":  moving(t, 30, 20, "a comment GPS"),
	} {
		made, err := Make(data, Options{})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		files := []File{made.Large, made.Small}
		if made.Still != nil {
			files = append(files, *made.Still)
		}
		for _, f := range files {
			for _, left := range []string{"Exif", "GPS", "comment", "ICC_PROFILE", "XMP"} {
				if bytes.Contains(f.Data, []byte(left)) {
					t.Errorf("%s: %s holds %q", name, f.Type, left)
				}
			}
		}
	}
}

func TestTwoSizesAreMadeAndNoneGrows(t *testing.T) {
	for _, c := range []struct{ w, h, largeW, largeH, smallW, smallH int }{
		{3000, 1500, 1280, 640, 480, 240}, {1500, 3000, 640, 1280, 240, 480}, {800, 600, 800, 600, 480, 360}, {100, 50, 100, 50, 100, 50}, {4000, 1, 1280, 1, 480, 1},
	} {
		made, err := Make(asJPEG(t, cornered(c.w, c.h), nil), Options{})
		if err != nil {
			t.Fatal(err)
		}
		if l, s := made.Large, made.Small; l.Width != c.largeW || l.Height != c.largeH || s.Width != c.smallW || s.Height != c.smallH || made.Still != nil {
			t.Errorf("%d by %d: %d by %d and %d by %d", c.w, c.h, l.Width, l.Height, s.Width, s.Height)
		}
		seen(t, made.Large)
		seen(t, made.Small)
	}
}

func TestWhatCanBeSeenThroughStaysSo(t *testing.T) {
	m := image.NewNRGBA(image.Rect(0, 0, 64, 64))
	for y := range 32 {
		for x := range 64 {
			m.Set(x, y, color.NRGBA{0, 200, 0, 255})
		}
	}
	made, err := Make(asPNG(t, m), Options{})
	if err != nil {
		t.Fatal(err)
	}
	got := seen(t, made.Large)
	if _, _, _, a := got.At(30, 60).RGBA(); a > 0x1000 {
		t.Errorf("alpha %x", a)
	}
	if _, _, _, a := got.At(30, 5).RGBA(); a < 0xf000 {
		t.Errorf("alpha %x", a)
	}
}

// moving is a GIF of two pictures.
func moving(t testing.TB, w, h int, comment string) []byte {
	t.Helper()
	p := color.Palette{color.RGBA{255, 0, 0, 255}, color.RGBA{0, 0, 255, 255}}
	a, b := image.NewPaletted(image.Rect(0, 0, w, h), p), image.NewPaletted(image.Rect(0, 0, w, h), p)
	for i := range b.Pix {
		b.Pix[i] = 1
	}
	var out bytes.Buffer
	if err := gif.EncodeAll(&out, &gif.GIF{Image: []*image.Paletted{a, b}, Delay: []int{5, 5}}); err != nil {
		t.Fatal(err)
	}
	data := out.Bytes()
	block := append([]byte{0x21, 0xfe, byte(len(comment))}, comment...)
	return append(append(append([]byte{}, data[:len(data)-1]...), append(block, 0)...), 0x3b)
}

func TestAnAnimationMovesAndHasAStill(t *testing.T) {
	made, err := Make(moving(t, 60, 40, "x"), Options{Large: 30, Small: 20})
	if err != nil {
		t.Fatal(err)
	}
	g, err := gif.DecodeAll(bytes.NewReader(made.Large.Data))
	if err != nil || len(g.Image) != 2 || made.Large.Type != "image/gif" || made.Large.Width != 30 {
		t.Fatalf("%v %+v", err, made.Large.Type)
	}
	if made.Still == nil || !red(seen(t, *made.Still), 5, 5) {
		t.Error("it doesn't stand still at its first picture")
	}
	if large, err := Make(moving(t, 60, 40, "x"), Options{Pixels: 60 * 40}); err != nil || large.Still != nil || large.Large.Type == "image/gif" {
		t.Errorf("one with too many pixels altogether moves: %v", err)
	}
}

func TestAPictureThatCannotBeReadIsAnErrorOfItsKind(t *testing.T) {
	bomb := asPNG(t, cornered(4, 4))
	binary.BigEndian.PutUint32(bomb[16:], 100_000)
	binary.BigEndian.PutUint32(bomb[20:], 100_000)
	binary.BigEndian.PutUint32(bomb[29:], crc32.ChecksumIEEE(bomb[12:29]))
	whole := asJPEG(t, cornered(300, 200), nil)
	for _, c := range []struct {
		name string
		data []byte
		want error
	}{
		{"a bomb", bomb, ErrTooLarge},
		{"a JPEG that is cut off", whole[:40], ErrFormat},
		{"half a PNG", asPNG(t, cornered(300, 200))[:200], ErrFormat},
		{"SVG", []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`), ErrFormat},
		{"a page", []byte("<!doctype html>"), ErrFormat},
		{"nothing", nil, ErrFormat},
		{"AVIF", []byte("\x00\x00\x00\x20ftypavif"), ErrFormat},
		{"a GIF without pictures", []byte("GIF89a\x01\x00\x01\x00\x00\x00\x00;"), ErrFormat},
		{"a WebP without anything", []byte("RIFF\x04\x00\x00\x00WEBP"), ErrFormat},
	} {
		if _, err := Make(c.data, Options{}); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestTheSamePictureGivesTheSameBytes(t *testing.T) {
	data := asJPEG(t, cornered(900, 700), nil)
	a, err := Make(data, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		b, err := Make(data, Options{})
		if err != nil || !bytes.Equal(a.Large.Data, b.Large.Data) || !bytes.Equal(a.Small.Data, b.Small.Data) {
			t.Fatalf("%v", err)
		}
	}
	again, err := Make(a.Large.Data, Options{}) // what was made can be read again
	if err != nil || again.Large.Width != a.Large.Width {
		t.Errorf("%v", err)
	}
}

func FuzzMake(f *testing.F) {
	f.Add(asJPEG(f, cornered(20, 10), exif(binary.LittleEndian, "II", 6)))
	f.Add(asPNG(f, cornered(20, 10), pngChunk("eXIf", exif(binary.BigEndian, "MM", 3))))
	f.Add(moving(f, 8, 8, "x"))
	f.Add([]byte("RIFF\x04\x00\x00\x00WEBPVP8 "))
	f.Fuzz(func(t *testing.T, data []byte) {
		made, err := Make(data, Options{Small: 16, Large: 32, Pixels: 10_000})
		if err != nil {
			if !errors.Is(err, ErrFormat) && !errors.Is(err, ErrTooLarge) {
				t.Fatalf("an error of no kind: %v", err)
			}
			return
		}
		if made.Large.Width > 32 || made.Large.Height > 32 || made.Small.Width > 32 || len(made.Large.Data) == 0 {
			t.Fatalf("%+v", made)
		}
	})
}

func BenchmarkPhotograph(b *testing.B) {
	data := asJPEG(b, cornered(4000, 3000), nil)
	for b.Loop() {
		if _, err := Make(data, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func TestFramesAreCountedAsTheyAreDecoded(t *testing.T) {
	var b bytes.Buffer
	frame := image.NewPaletted(image.Rect(0, 0, 2, 2), color.Palette{color.Black, color.White})
	if err := gif.EncodeAll(&b, &gif.GIF{Image: []*image.Paletted{frame, frame, frame}, Delay: []int{1, 1, 1}}); err != nil {
		t.Fatal(err)
	}
	at := bytes.IndexByte(b.Bytes(), 0x21) // the first extension
	for name, hidden := range map[string][]byte{
		"a text of no length":         append([]byte{0x21, 0x01}, make([]byte, 14)...),
		"an application of no length": {0x21, 0xff, 0, 1, 7, 0},
	} {
		data := slices.Concat(b.Bytes()[:at], hidden, b.Bytes()[at:])
		all, err := gif.DecodeAll(bytes.NewReader(data))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if n := countFrames(data); n != len(all.Image) {
			t.Errorf("%s: %d frames are counted and %d decoded", name, n, len(all.Image))
		}
	}
}
