// Package picture re-encodes foreign pictures for a site: the right way up and in two sizes, so that nothing of the
// original file is left but what can be seen.
package picture

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"

	"github.com/gen2brain/webp"
	"golang.org/x/image/draw"
	xwebp "golang.org/x/image/webp"
)

// Why a picture can't be taken.
var (
	// ErrFormat is for what is no picture of a known kind, or a damaged one. SVG, which can hold scripts, is never taken.
	ErrFormat = errors.New("not a JPEG, PNG, GIF or WebP that can be read")
	// ErrTooLarge is for a picture with more pixels than are decoded.
	ErrTooLarge = errors.New("the picture has too many pixels")
)

// Options say what is made of a picture. Zero values are the defaults.
type Options struct {
	Small, Large int // longest side of the two sizes in pixels; 480 and 1280
	Pixels       int // most pixels that are decoded, of all frames together; 50 million
}

// File is a picture as it is published.
type File struct {
	Data          []byte
	Type, Ext     string // "image/webp", ".webp"
	Width, Height int    // pixels
}

// Made is what became of a picture.
type Made struct {
	Large File
	Small File  // the same as Large where the picture is not larger
	Still *File // the first frame of Large, where that moves; nil otherwise
}

// quality of what is encoded with losses, of 100.
const quality = 80

// Make decodes a picture and encodes it anew. The same data give the same bytes. The error is ErrFormat or ErrTooLarge.
func Make(data []byte, o Options) (made *Made, err error) {
	o.Small, o.Large, o.Pixels = cmp.Or(o.Small, 480), cmp.Or(o.Large, 1280), cmp.Or(o.Pixels, 50_000_000)
	defer func() { // decoders of foreign data
		if r := recover(); r != nil {
			made, err = nil, fmt.Errorf("%w: %v", ErrFormat, r)
		}
	}()
	kind := Type(data)
	size, err := config(kind, data)
	switch {
	case err != nil:
		return nil, fmt.Errorf("%w: %w", ErrFormat, err)
	case size.Width < 1 || size.Height < 1:
		return nil, ErrFormat
	case size.Width > o.Pixels || size.Height > o.Pixels/size.Width:
		return nil, fmt.Errorf("%w: %d by %d", ErrTooLarge, size.Width, size.Height)
	}
	if kind == "image/gif" {
		if moving, err := animation(data, size, o); moving != nil || err != nil {
			return moving, err
		}
	}
	m, err := decode(kind, data)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrFormat, err)
	}
	if m.Bounds().Empty() {
		return nil, ErrFormat
	}
	return still(m, orientation(kind, data), o)
}

// Type recognises a picture's media type by its first bytes; "" for all else.
// Source: https://mimesniff.spec.whatwg.org/#matching-an-image-type-pattern
func Type(data []byte) string {
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xd8\xff")):
		return "image/jpeg"
	case bytes.HasPrefix(data, []byte("\x89PNG\r\n\x1a\n")):
		return "image/png"
	case bytes.HasPrefix(data, []byte("GIF87a")), bytes.HasPrefix(data, []byte("GIF89a")):
		return "image/gif"
	case len(data) >= 12 && string(data[:4]) == "RIFF" && string(data[8:12]) == "WEBP":
		return "image/webp"
	}
	return ""
}

func config(kind string, data []byte) (image.Config, error) {
	r := bytes.NewReader(data)
	switch kind {
	case "image/jpeg":
		return jpeg.DecodeConfig(r)
	case "image/png":
		return png.DecodeConfig(r)
	case "image/gif":
		return gif.DecodeConfig(r)
	case "image/webp":
		return xwebp.DecodeConfig(r)
	}
	return image.Config{}, errors.New("an unknown kind")
}

func decode(kind string, data []byte) (image.Image, error) {
	r := bytes.NewReader(data)
	switch kind {
	case "image/jpeg":
		return jpeg.Decode(r)
	case "image/png":
		return png.Decode(r)
	case "image/gif":
		return gif.Decode(r)
	}
	if m, err := xwebp.Decode(r); err == nil {
		return m, nil
	}
	return webp.Decode(bytes.NewReader(data)) // an animation: its first picture
}

// still makes both sizes of a picture. It is turned when it is small: that is less to turn.
func still(m image.Image, turn int, o Options) (*Made, error) {
	whole := turned(scaled(m, o.Large), turn)
	large, err := encode(whole)
	if err != nil {
		return nil, err
	}
	made := &Made{Large: large, Small: large}
	if large.Width > o.Small || large.Height > o.Small {
		made.Small, err = encode(scaled(whole, o.Small))
	}
	return made, err
}

// scaled fits a picture into a square; it never grows.
func scaled(m image.Image, side int) *image.RGBA {
	w, h := fit(m.Bounds().Dx(), m.Bounds().Dy(), side)
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	if w == m.Bounds().Dx() && h == m.Bounds().Dy() {
		draw.Draw(out, out.Bounds(), m, m.Bounds().Min, draw.Src)
		return out
	}
	draw.CatmullRom.Scale(out, out.Bounds(), m, m.Bounds(), draw.Src, nil)
	return out
}

func fit(w, h, side int) (int, int) {
	switch {
	case w <= side && h <= side:
		return w, h
	case w >= h:
		return side, max(h*side/w, 1)
	}
	return max(w*side/h, 1), side
}

// encode writes a WebP by the library's own encoder. Where the machine's libwebp would be taken instead, whose bytes differ from
// version to version, it is a JPEG, or for what can be seen through a PNG.
func encode(m *image.RGBA) (File, error) {
	f := File{Width: m.Bounds().Dx(), Height: m.Bounds().Dy()}
	var b bytes.Buffer
	var err error
	switch {
	case webp.Dynamic() != nil:
		f.Type, f.Ext = "image/webp", ".webp"
		err = webp.Encode(&b, m, webp.Options{Quality: quality, Method: 4})
	case m.Opaque():
		f.Type, f.Ext = "image/jpeg", ".jpg"
		err = jpeg.Encode(&b, m, &jpeg.Options{Quality: quality})
	default:
		f.Type, f.Ext = "image/png", ".png"
		err = (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, m)
	}
	if err != nil {
		return f, fmt.Errorf("%w: %w", ErrFormat, err)
	}
	f.Data = b.Bytes()
	return f, nil
}
