package picture

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"io"

	"golang.org/x/image/draw"
)

// Bounds of an animation. Of one beyond them only the first frame is shown.
const (
	maxFrames         = 200
	maxAnimationBytes = 10 << 20
)

// animation makes a GIF anew that moves; nil for one that doesn't, or that is too much. Its Small is as large as Large: browsers have
// to choose a size before they know that a picture moves.
func animation(data []byte, size image.Config, o Options) (*Made, error) {
	frames := countFrames(data)
	if frames < 2 || frames > maxFrames || size.Width*size.Height > o.Pixels/frames {
		return nil, nil
	}
	g, err := gif.DecodeAll(bytes.NewReader(data))
	if err != nil || len(g.Image) < 2 {
		return nil, nil // perhaps its first picture can be read
	}
	w, h := fit(size.Width, size.Height, o.Large)
	canvas := image.NewRGBA(image.Rect(0, 0, size.Width, size.Height))
	out := &gif.GIF{LoopCount: g.LoopCount}
	var first *image.RGBA
	for i, frame := range g.Image {
		before := image.NewRGBA(canvas.Bounds())
		copy(before.Pix, canvas.Pix)
		draw.Draw(canvas, frame.Bounds(), frame, frame.Bounds().Min, draw.Over)
		shown := scaled(canvas, o.Large)
		if i == 0 {
			first = shown
		}
		out.Image = append(out.Image, paletted(shown, palette(frame)))
		out.Delay = append(out.Delay, max(g.Delay[i], 2))
		out.Disposal = append(out.Disposal, gif.DisposalBackground)
		switch disposal(g, i) {
		case gif.DisposalBackground:
			draw.Draw(canvas, frame.Bounds(), image.Transparent, image.Point{}, draw.Src)
		case gif.DisposalPrevious:
			copy(canvas.Pix, before.Pix)
		}
	}
	out.Config = image.Config{Width: w, Height: h}
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, out); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrFormat, err)
	}
	if b.Len() > maxAnimationBytes {
		return nil, nil
	}
	one, err := encode(first)
	if err != nil {
		return nil, err
	}
	moving := File{Data: b.Bytes(), Type: "image/gif", Ext: ".gif", Width: w, Height: h}
	return &Made{Large: moving, Small: moving, Still: &one}, nil
}

func disposal(g *gif.GIF, i int) byte {
	if i < len(g.Disposal) {
		return g.Disposal[i]
	}
	return gif.DisposalNone
}

// palette is a frame's own, with a colour that can be seen through.
func palette(frame *image.Paletted) color.Palette {
	p := make(color.Palette, 0, 256)
	p = append(p, color.Transparent)
	for _, c := range frame.Palette {
		if _, _, _, a := c.RGBA(); a != 0 && len(p) < 256 {
			p = append(p, c)
		}
	}
	return p
}

func paletted(m *image.RGBA, p color.Palette) *image.Paletted {
	out := image.NewPaletted(m.Bounds(), p)
	draw.FloydSteinberg.Draw(out, m.Bounds(), m, image.Point{})
	return out
}

// countFrames counts the pictures of a GIF without decoding them (https://www.w3.org/Graphics/GIF/spec-gif89a.txt).
func countFrames(data []byte) int {
	r := bytes.NewReader(data)
	var head [13]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return 0
	}
	skip := func(n int64) bool { _, err := r.Seek(n, io.SeekCurrent); return err == nil && r.Len() > 0 }
	table := func(flags byte) int64 {
		if flags&0x80 == 0 {
			return 0
		}
		return 3 << (flags&7 + 1)
	}
	blocks := func() bool {
		for {
			n, err := r.ReadByte()
			if err != nil {
				return false
			}
			if n == 0 {
				return true
			}
			if !skip(int64(n)) {
				return false
			}
		}
	}
	if !skip(table(head[10])) {
		return 0
	}
	frames := 0
	for {
		kind, err := r.ReadByte()
		if err != nil {
			return frames
		}
		switch kind {
		case 0x2c:
			frames++
			var d [9]byte
			if _, err := io.ReadFull(r, d[:]); err != nil || !skip(table(d[8])+1) || !blocks() {
				return frames
			}
		case 0x21:
			// The decoder takes a text's head to be as long as the format says, and goes on after an application's empty one.
			label, err := r.ReadByte()
			if err == nil && label == 0x01 && !skip(13) {
				return frames
			}
			if err == nil && label == 0xff {
				n, err := r.ReadByte()
				if err != nil || !skip(int64(n)) {
					return frames
				}
			}
			if err != nil || !blocks() {
				return frames
			}
		default:
			return frames
		}
	}
}
