package pictures

import (
	"image"
	"image/color"
)

// Motif is what a portrait shows.
type Motif string

// The motifs of portraits.
const (
	Person    Motif = "person"
	Book      Motif = "book"
	Loaf      Motif = "loaf"
	Rails     Motif = "rails"
	Mug       Motif = "mug"
	Hall      Motif = "hall"
	Sound     Motif = "sound"
	Moon      Motif = "moon"
	Foliage   Motif = "foliage"
	Sun       Motif = "sun"
	Spokes    Motif = "spokes"
	Ampersand Motif = "ampersand"
	Bird      Motif = "bird"
	Beacon    Motif = "beacon"
	Vane      Motif = "vane"
	Boat      Motif = "boat"
	Waves     Motif = "waves"
	Blank     Motif = "blank" // what a server shows for somebody without a picture
)

// Portrait is how an account looks: a motif in two colours (0xRRGGBB).
type Portrait struct {
	Motif          Motif
	Ground, Figure uint32
}

// Draw returns the portrait, size by size pixels.
func (p Portrait) Draw(size int) *image.RGBA {
	c := newCanvas(size, size, uint64(p.Ground)<<24|uint64(p.Figure))
	ground, figure := rgb(p.Ground), rgb(p.Figure)
	c.rect(ground, 0, 0, c.w, c.h)
	p.Motif.painter()(c, ground, figure)
	return c.img
}

func (m Motif) painter() func(c *canvas, ground, figure color.NRGBA) {
	switch m {
	case Person:
		return person
	case Book:
		return openBook
	case Loaf:
		return scoredLoaf
	case Rails:
		return rails
	case Mug:
		return mug
	case Hall:
		return hall
	case Sound:
		return sound
	case Moon:
		return moon
	case Foliage:
		return foliage
	case Sun:
		return risingSun
	case Spokes:
		return spokes
	case Ampersand:
		return func(c *canvas, _, figure color.NRGBA) { letter(c, figure, '&', 395, 400, 560) }
	case Bird:
		return func(c *canvas, _, figure color.NRGBA) { goose(c, 470, 740, 3.2) }
	case Beacon:
		return beacon
	case Vane:
		return vane
	case Boat:
		return boat
	case Waves:
		return waves
	default:
		return blank
	}
}

// person has a hair style and a skin of its own, drawn from the colours' seed.
func person(c *canvas, ground, figure color.NRGBA) {
	skin := c.pick(rgb(0xf3d9c2), rgb(0xe3b48f), rgb(0xc68a5f), rgb(0x8a5a3c), rgb(0xf0cfae))
	style := c.rnd.IntN(4)
	c.paint(mix(figure, ground, 0.18), (&path{}).move(90, 810).cube(110, 600, 230, 520, 400, 520).cube(570, 520, 690, 600, 710, 810).close())
	c.rect(mix(skin, figure, 0.25), 350, 440, 104, 120)
	if style == 1 {
		c.box(figure, 236, 180, 330, 400, 150)
	}
	c.circle(figure, 400, 330, 168)
	c.circle(skin, 425, 360, 126)
	switch style {
	case 0:
		c.paint(figure, (&path{}).move(290, 330).cube(300, 200, 500, 170, 560, 320).cube(480, 270, 400, 260, 290, 330).close())
	case 2:
		c.circle(figure, 400, 150, 76)
	case 3:
		c.paint(figure, (&path{}).move(320, 420).cube(330, 520, 530, 520, 545, 410).cube(500, 450, 380, 450, 320, 420).close())
	}
}

func openBook(c *canvas, ground, figure color.NRGBA) {
	c.paint(figure, (&path{}).move(130, 250).cube(230, 205, 320, 215, 400, 275).cube(480, 215, 570, 205, 670, 250).
		line(670, 585).cube(570, 545, 480, 550, 400, 610).cube(320, 550, 230, 545, 130, 585).close())
	c.rect(ground, 384, 275, 32, 335)
}

func scoredLoaf(c *canvas, ground, figure color.NRGBA) {
	c.ellipse(figure, 400, 450, 285, 192)
	for i := range 3 {
		x := 265 + float32(i)*125
		c.stroke(ground, 34, bow(x-16, 350, x+30, 430, x+34, 540)...)
	}
}

func rails(c *canvas, _, figure color.NRGBA) {
	c.shape(figure, 225, 810, 275, 810, 388, 160, 352, 160)
	c.shape(figure, 575, 810, 525, 810, 412, 160, 448, 160)
	for i := range 5 {
		t := float32(i) / 4
		y := 240 + t*t*440
		half := 70 + t*t*170
		c.rect(figure, 400-half, y, 2*half, 18+t*28)
	}
}

func mug(c *canvas, _, figure color.NRGBA) {
	c.shape(figure, 200, 320, 550, 320, 508, 640, 242, 640)
	c.ring(figure, 560, 440, 88, 46)
	c.stroke(figure, 30, bow(310, 260, 260, 200, 320, 130)...)
	c.stroke(figure, 30, bow(430, 260, 380, 200, 440, 130)...)
}

func hall(c *canvas, ground, figure color.NRGBA) {
	c.shape(figure, 165, 700, 165, 365, 400, 165, 635, 365, 635, 700)
	c.box(ground, 335, 515, 130, 200, 20)
	c.rect(ground, 260, 400, 76, 76)
	c.rect(ground, 464, 400, 76, 76)
}

func sound(c *canvas, _, figure color.NRGBA) {
	for i, h := range []float32{110, 240, 380, 200, 500, 320, 430, 170, 100} {
		c.box(figure, 92+float32(i)*71, 400-h/2, 44, h, 22)
	}
}

func moon(c *canvas, ground, figure color.NRGBA) {
	for range 34 {
		c.circle(figure, c.between(30, 770), c.between(30, 770), c.between(5, 15))
	}
	c.circle(ground, 480, 320, 190)
	c.circle(figure, 500, 320, 150)
	c.circle(ground, 440, 280, 126)
}

func foliage(c *canvas, ground, figure color.NRGBA) {
	c.paint(figure, (&path{}).move(400, 710).cube(140, 600, 140, 290, 400, 95).cube(660, 290, 660, 600, 400, 710).close())
	c.stroke(ground, 28, 400, 190, 400, 730)
	c.stroke(ground, 24, 400, 400, 290, 315)
	c.stroke(ground, 24, 400, 520, 530, 420)
}

func risingSun(c *canvas, _, figure color.NRGBA) {
	c.circle(figure, 400, 470, 185)
	c.rect(faded(figure, 0.35), 0, 520, 800, 280)
	for _, turn := range []float32{-0.42, -0.335, -0.25, -0.165, -0.08} {
		in, out := arc(400, 470, 260, turn, turn), arc(400, 470, 345, turn, turn)
		c.stroke(figure, 36, in[0], in[1], out[0], out[1])
	}
}

func spokes(c *canvas, _, figure color.NRGBA) {
	c.ring(figure, 400, 400, 250, 58)
	c.circle(figure, 400, 400, 54)
	for i := range 5 {
		a, b := arc(400, 400, 245, float32(i)/10, float32(i)/10), arc(400, 400, 245, float32(i)/10+0.5, float32(i)/10+0.5)
		c.stroke(figure, 18, a[0], a[1], b[0], b[1])
	}
}

func beacon(c *canvas, ground, figure color.NRGBA) {
	c.shape(faded(figure, 0.35), 400, 235, 0, 120, 0, 350)
	c.shape(faded(figure, 0.35), 400, 235, 800, 120, 800, 350)
	c.shape(figure, 330, 300, 470, 300, 510, 720, 290, 720)
	c.rect(figure, 345, 190, 110, 90)
	c.shape(figure, 320, 190, 400, 110, 480, 190)
	c.rect(ground, 320, 400, 160, 70)
	c.rect(ground, 305, 560, 190, 70)
}

func vane(c *canvas, _, figure color.NRGBA) {
	c.stroke(figure, 34, 400, 260, 400, 720)
	c.stroke(figure, 34, 180, 400, 620, 400)
	c.shape(figure, 110, 400, 230, 320, 230, 480)
	c.shape(figure, 560, 400, 700, 310, 660, 400, 700, 490)
	c.circle(figure, 400, 200, 74)
	c.stroke(figure, 40, 290, 720, 510, 720)
}

func boat(c *canvas, _, figure color.NRGBA) {
	c.shape(figure, 140, 520, 660, 520, 570, 660, 230, 660)
	c.shape(figure, 380, 130, 380, 480, 190, 480)
	c.shape(figure, 420, 200, 420, 480, 590, 480)
	c.stroke(faded(figure, 0.5), 30, bow(60, 720, 230, 660, 400, 720)...)
	c.stroke(faded(figure, 0.5), 30, bow(400, 720, 570, 660, 740, 720)...)
}

func waves(c *canvas, _, figure color.NRGBA) {
	for i := range 4 {
		y := 220 + float32(i)*125
		col := faded(figure, 1-0.2*float32(i))
		for k := range 4 {
			x := float32(k)*240 - 80
			c.stroke(col, 42, bow(x, y, x+60, y-90, x+120, y)...)
			c.stroke(col, 42, bow(x+120, y, x+180, y+90, x+240, y)...)
		}
	}
}

func blank(c *canvas, _, figure color.NRGBA) {
	c.circle(figure, 400, 310, 140)
	c.paint(figure, (&path{}).move(130, 810).cube(140, 600, 260, 510, 400, 510).cube(540, 510, 660, 600, 670, 810).close())
}
