package pictures

import (
	"image/color"
	"math"
)

// rgb makes a colour of 0xRRGGBB.
func rgb(v uint32) color.NRGBA {
	return color.NRGBA{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: 255}
}

// faded returns col with the opacity a, 0 to 1.
func faded(col color.NRGBA, a float32) color.NRGBA {
	col.A = uint8(255 * a)
	return col
}

// mix returns a colour between a (t = 0) and b (t = 1).
func mix(a, b color.NRGBA, t float32) color.NRGBA {
	m := func(x, y uint8) uint8 { return uint8(float32(x) + (float32(y)-float32(x))*t + 0.5) }
	return color.NRGBA{R: m(a.R, b.R), G: m(a.G, b.G), B: m(a.B, b.B), A: m(a.A, b.A)}
}

// stop is a colour at a height of a gradient, in units.
type stop struct {
	y   float32
	col color.NRGBA
}

// gradient paints the rows from the first stop to the last, over the whole width.
func (c *canvas) gradient(stops ...stop) {
	first, last := stops[0], stops[len(stops)-1]
	from := max(0, int(first.y*c.scale))
	to := min(c.img.Rect.Dy(), int(math.Ceil(float64(last.y*c.scale))))
	for row := from; row < to; row++ {
		c.paintRow(row, colourAt(stops, (float32(row)+0.5)/c.scale))
	}
}

func colourAt(stops []stop, y float32) color.NRGBA {
	for i := 1; i < len(stops); i++ {
		a, b := stops[i-1], stops[i]
		if y > b.y {
			continue
		}
		return mix(a.col, b.col, max(0, min(1, (y-a.y)/(b.y-a.y))))
	}
	return stops[len(stops)-1].col
}

func (c *canvas) paintRow(row int, col color.NRGBA) {
	line := c.img.Pix[row*c.img.Stride : row*c.img.Stride+4*c.img.Rect.Dx()]
	for i := 0; i < len(line); i += 4 {
		line[i], line[i+1], line[i+2], line[i+3] = col.R, col.G, col.B, 255
	}
}

// glow lightens the picture around a lamp; strength is that in its middle, 0 to 1.
func (c *canvas) glow(col color.NRGBA, x, y, r, strength float32) {
	cx, cy, radius := x*c.scale, y*c.scale, r*c.scale
	bounds := c.img.Rect
	for row := max(0, int(cy-radius)); row < min(bounds.Dy(), int(cy+radius)+1); row++ {
		for at := max(0, int(cx-radius)); at < min(bounds.Dx(), int(cx+radius)+1); at++ {
			dx, dy := (float32(at)+0.5-cx)/radius, (float32(row)+0.5-cy)/radius
			d := dx*dx + dy*dy
			if d >= 1 {
				continue
			}
			c.lighten(at, row, col, strength*(1-d)*(1-d))
		}
	}
}

// lighten mixes col into one pixel.
func (c *canvas) lighten(x, y int, col color.NRGBA, t float32) {
	i := c.img.PixOffset(x, y)
	p := c.img.Pix[i : i+3 : i+3]
	p[0] = uint8(float32(p[0]) + (float32(col.R)-float32(p[0]))*t)
	p[1] = uint8(float32(p[1]) + (float32(col.G)-float32(p[1]))*t)
	p[2] = uint8(float32(p[2]) + (float32(col.B)-float32(p[2]))*t)
}

// palette is the light that an outdoor scene stands in.
type palette struct {
	top, low           color.NRGBA // sky
	sun, lamp          color.NRGBA
	far, mid, near     color.NRGBA // silhouettes, from the horizon to the eye
	waterTop, waterLow color.NRGBA
}

// Palette names the light of a scene.
type Palette string

// The palettes.
const (
	Dusk   Palette = "dusk"
	Dawn   Palette = "dawn"
	Noon   Palette = "noon"
	Night  Palette = "night"
	Fog    Palette = "fog"
	Storm  Palette = "storm"
	Autumn Palette = "autumn"
	Winter Palette = "winter"
)

// Palettes are all of them, in a fixed order.
func Palettes() []Palette { return []Palette{Dusk, Dawn, Noon, Night, Fog, Storm, Autumn, Winter} }

func (p Palette) colours() palette {
	make9 := func(v ...uint32) palette {
		return palette{rgb(v[0]), rgb(v[1]), rgb(v[2]), rgb(v[3]), rgb(v[4]), rgb(v[5]), rgb(v[6]), rgb(v[7]), rgb(v[8])}
	}
	switch p {
	case Dawn:
		return make9(0x8fb0c9, 0xf6d3c0, 0xffe9c9, 0xffd68a, 0xb39aa6, 0x6f6a80, 0x38405a, 0xd9bdbb, 0x51657f)
	case Noon:
		return make9(0x6fa8cc, 0xd8ebee, 0xfff7da, 0xf5d98c, 0x9dbcc0, 0x5f8f8c, 0x2f5f5c, 0x9fcad0, 0x2d6f86)
	case Night:
		return make9(0x10182f, 0x2f4464, 0xf4e9c8, 0xffd782, 0x2a3a55, 0x1c2942, 0x0c1424, 0x2a3d59, 0x0a1222)
	case Fog:
		return make9(0xbcc7ca, 0xe4e6e1, 0xf7f3e6, 0xf3d9a0, 0xb7bfbf, 0x8b989b, 0x4f5f66, 0xcfd5d3, 0x8b9a9f)
	case Storm:
		return make9(0x3d4a57, 0x94a2a4, 0xd8dcd2, 0xf2cf7e, 0x6b7b80, 0x465661, 0x222d36, 0x6d7f86, 0x24323d)
	case Autumn:
		return make9(0x86a3ad, 0xf2ddb4, 0xfff0c4, 0xffd27a, 0xb98f5f, 0x8d5a34, 0x43302a, 0xc9b58e, 0x57605a)
	case Winter:
		return make9(0xa9c3d6, 0xf1eee9, 0xfff6df, 0xffdf9c, 0xc3d3de, 0x8fa9bb, 0x4a6478, 0xdfe8ec, 0x7f9bb0)
	default:
		return make9(0x7995a9, 0xe5bd9d, 0xffe2a8, 0xffd98a, 0x8d8580, 0x4c5a63, 0x2a3b44, 0xb3b0a6, 0x3f5f75)
	}
}
