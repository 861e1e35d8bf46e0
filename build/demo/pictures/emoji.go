package pictures

import (
	"image"
	"image/color"
	"image/draw"
	"image/gif"
	"math"
	"slices"
)

// emojiSize is the width and height of a custom emoji, pixels.
const emojiSize = 64

// Emoji names a custom emoji.
type Emoji string

// The custom emoji. Wave and Steam move.
const (
	EmojiBook  Emoji = "book"
	EmojiLamp  Emoji = "lamp"
	EmojiTram  Emoji = "tram"
	EmojiCheck Emoji = "check"
	EmojiGoose Emoji = "goose"
	EmojiWave  Emoji = "wave"
	EmojiSteam Emoji = "steam"
	EmojiStar  Emoji = "star"
)

// AllEmoji are all of them, in a fixed order.
func AllEmoji() []Emoji {
	return []Emoji{EmojiBook, EmojiLamp, EmojiTram, EmojiCheck, EmojiGoose, EmojiWave, EmojiSteam, EmojiStar}
}

// Known reports whether there is such an emoji.
func (e Emoji) Known() bool { return slices.Contains(AllEmoji(), e) }

// Moves reports whether Animation has more than one frame.
func (e Emoji) Moves() bool { return e == EmojiWave || e == EmojiSteam }

// Still returns the first frame, on a transparent ground.
func (e Emoji) Still() *image.RGBA { return e.frame(0) }

// Animation returns the moving picture, which repeats for ever.
func (e Emoji) Animation() *gif.GIF {
	const frames = 12
	out := &gif.GIF{}
	for i := range frames {
		out.Image = append(out.Image, paletted(e.frame(float64(i)/frames)))
		out.Delay = append(out.Delay, 9)
		out.Disposal = append(out.Disposal, gif.DisposalBackground)
	}
	return out
}

// frame draws the emoji at a moment of its round, 0 to 1.
func (e Emoji) frame(t float64) *image.RGBA {
	c := newCanvas(emojiSize, emojiSize, 1)
	switch e {
	case EmojiBook:
		c.paint(rgb(0x2f7d66), (&path{}).move(60, 140).cube(190, 90, 300, 110, 400, 190).cube(500, 110, 610, 90, 740, 140).
			line(740, 640).cube(610, 590, 500, 610, 400, 690).cube(300, 610, 190, 590, 60, 640).close())
		c.rect(rgb(0xffffff), 376, 200, 48, 480)
	case EmojiLamp:
		c.shape(rgb(0xe0a526), 250, 70, 550, 70, 660, 410, 140, 410)
		c.rect(rgb(0x6a6a6a), 372, 410, 56, 250)
		c.box(rgb(0x6a6a6a), 220, 640, 360, 80, 30)
	case EmojiTram:
		c.stroke(rgb(0x777777), 46, 400, 60, 400, 160)
		c.box(rgb(0xb5372c), 130, 140, 540, 540, 90)
		c.box(rgb(0xe8f1f2), 210, 240, 380, 180, 30)
		c.circle(rgb(0xffffff), 265, 560, 56)
		c.circle(rgb(0xffffff), 535, 560, 56)
	case EmojiCheck:
		c.circle(rgb(0x2d6ca2), 400, 400, 360)
		c.stroke(rgb(0xffffff), 92, 220, 410, 350, 540, 580, 270)
	case EmojiGoose:
		c.circle(rgb(0x5f8f8c), 400, 400, 390)
		goose(c, 460, 700, 3)
	case EmojiWave:
		waveFrame(c, t)
	case EmojiSteam:
		steamFrame(c, t)
	default:
		star(c)
	}
	return c.img
}

func waveFrame(c *canvas, t float64) {
	blue := rgb(0x2d6ca2)
	for i := range 3 {
		var xy []float32
		for x := float32(60); x <= 740; x += 20 {
			swing := 60 * math.Sin(float64(x)/110+2*math.Pi*t+float64(i)*0.8)
			xy = append(xy, x, 220+190*float32(i)+float32(swing))
		}
		c.stroke(mix(blue, rgb(0x8fc0d8), float32(i)*0.35), 76, xy...)
	}
}

func steamFrame(c *canvas, t float64) {
	mug(c, rgb(0xffffff), rgb(0x8a4c1f))
	for i := range 3 {
		x := 260 + 110*float32(i)
		sway := 50 * float32(math.Sin(2*math.Pi*t+float64(i)))
		c.stroke(rgb(0xb9c2c6), 40, bow(x, 270, x+sway, 170, x-sway*0.6, 60)...)
	}
}

func star(c *canvas) {
	xy := make([]float32, 0, 20)
	for i := range 10 {
		r := float32(370)
		if i%2 == 1 {
			r = 155
		}
		turn := float32(i)/10 - 0.25
		xy = append(xy, arc(400, 420, r, turn, turn)[:2]...)
	}
	c.shape(rgb(0xe0a526), xy...)
}

// paletted reduces a frame to the few colours that it has; GIF knows no half transparency.
func paletted(src *image.RGBA) *image.Paletted {
	colours := color.Palette{color.Transparent}
	for step := range 8 {
		t := float32(step) / 7
		colours = append(colours,
			mix(rgb(0x2d6ca2), rgb(0x8fc0d8), t), mix(rgb(0x8a4c1f), rgb(0xffffff), t), mix(rgb(0xb9c2c6), rgb(0xffffff), t))
	}
	out := image.NewPaletted(src.Rect, colours)
	solid := image.NewRGBA(src.Rect)
	draw.Draw(solid, src.Rect, image.White, image.Point{}, draw.Src)
	draw.Draw(solid, src.Rect, src, image.Point{}, draw.Over)
	for y := range src.Rect.Dy() {
		for x := range src.Rect.Dx() {
			if src.RGBAAt(x, y).A < 128 {
				continue
			}
			out.SetColorIndex(x, y, uint8(1+colours[1:].Index(solid.At(x, y))))
		}
	}
	return out
}
