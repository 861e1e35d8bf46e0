package pictures

import (
	"image"
	"image/color"
	"image/draw"
	"math"
	"math/rand/v2"

	"golang.org/x/image/vector"
)

// canvasHeight is the height of every canvas in units; its width follows from the picture's proportions. Scenes are drawn in
// units, so that a preview is the same picture as the original.
const canvasHeight = 800

// canvas is a picture being drawn.
type canvas struct {
	img   *image.RGBA
	scale float32 // pixels per unit
	w, h  float32 // in units
	rnd   *rand.Rand
	fill  vector.Rasterizer
}

func newCanvas(width, height int, seed uint64) *canvas {
	scale := float32(height) / canvasHeight
	return &canvas{
		img:   image.NewRGBA(image.Rect(0, 0, width, height)),
		scale: scale,
		w:     float32(width) / scale,
		h:     canvasHeight,
		rnd:   rand.New(rand.NewPCG(seed, 0x9e3779b97f4a7c15)),
	}
}

// between returns a random number in [low, high).
func (c *canvas) between(low, high float32) float32 { return low + (high-low)*c.rnd.Float32() }

// pick returns one of colours.
func (c *canvas) pick(colours ...color.NRGBA) color.NRGBA { return colours[c.rnd.IntN(len(colours))] }

// path is an outline in units; its closed parts are filled where they overlap, if they turn the same way.
type path struct {
	steps                  []step
	minX, minY, maxX, maxY float32
}

type step struct {
	kind byte // 'M', 'L', 'Q', 'C', 'Z'
	at   [6]float32
}

func (p *path) add(kind byte, at ...float32) *path {
	s := step{kind: kind}
	copy(s.at[:], at)
	for i := 0; i+1 < len(at); i += 2 {
		p.reach(at[i], at[i+1])
	}
	p.steps = append(p.steps, s)
	return p
}

func (p *path) reach(x, y float32) {
	if len(p.steps) == 0 {
		p.minX, p.maxX, p.minY, p.maxY = x, x, y, y
	}
	p.minX, p.maxX = min(p.minX, x), max(p.maxX, x)
	p.minY, p.maxY = min(p.minY, y), max(p.maxY, y)
}

func (p *path) move(x, y float32) *path             { return p.add('M', x, y) }
func (p *path) line(x, y float32) *path             { return p.add('L', x, y) }
func (p *path) quad(bx, by, x, y float32) *path     { return p.add('Q', bx, by, x, y) }
func (p *path) cube(b, d, e, f, x, y float32) *path { return p.add('C', b, d, e, f, x, y) }
func (p *path) close() *path                        { return p.add('Z') }
func (p *path) turnedBy(x, y, angle float32) *path  { return p.mapped(rotation(x, y, angle)) }

func rotation(x, y, angle float32) func(a, b float32) (float32, float32) {
	sin, cos := math.Sincos(float64(angle))
	s, k := float32(sin), float32(cos)
	return func(a, b float32) (float32, float32) { return x + (a-x)*k - (b-y)*s, y + (a-x)*s + (b-y)*k }
}

func (p *path) mapped(f func(x, y float32) (float32, float32)) *path {
	out := &path{}
	for _, s := range p.steps {
		n := map[byte]int{'M': 2, 'L': 2, 'Q': 4, 'C': 6}[s.kind]
		for i := 0; i < n; i += 2 {
			s.at[i], s.at[i+1] = f(s.at[i], s.at[i+1])
		}
		out.add(s.kind, s.at[:n]...)
	}
	return out
}

// paint fills p. Only the pixels around the outline are visited: a scene has hundreds of small shapes.
func (c *canvas) paint(col color.NRGBA, p *path) {
	box := image.Rect(
		int(math.Floor(float64(p.minX*c.scale)))-1, int(math.Floor(float64(p.minY*c.scale)))-1,
		int(math.Ceil(float64(p.maxX*c.scale)))+1, int(math.Ceil(float64(p.maxY*c.scale)))+1,
	).Intersect(c.img.Rect)
	if box.Empty() {
		return
	}
	c.fill.Reset(box.Dx(), box.Dy())
	c.fill.DrawOp = draw.Over
	dx, dy := float32(box.Min.X), float32(box.Min.Y)
	px := func(v float32) float32 { return v*c.scale - dx }
	py := func(v float32) float32 { return v*c.scale - dy }
	for _, s := range p.steps {
		a := s.at
		switch s.kind {
		case 'M':
			c.fill.MoveTo(px(a[0]), py(a[1]))
		case 'L':
			c.fill.LineTo(px(a[0]), py(a[1]))
		case 'Q':
			c.fill.QuadTo(px(a[0]), py(a[1]), px(a[2]), py(a[3]))
		case 'C':
			c.fill.CubeTo(px(a[0]), py(a[1]), px(a[2]), py(a[3]), px(a[4]), py(a[5]))
		case 'Z':
			c.fill.ClosePath()
		}
	}
	c.fill.Draw(c.img, box, image.NewUniform(col), image.Point{})
}

// shape fills the polygon through x, y pairs.
func (c *canvas) shape(col color.NRGBA, xy ...float32) { c.paint(col, polygon(xy...)) }

func polygon(xy ...float32) *path {
	p := (&path{}).move(xy[0], xy[1])
	for i := 2; i+1 < len(xy); i += 2 {
		p.line(xy[i], xy[i+1])
	}
	return p.close()
}

func (c *canvas) rect(col color.NRGBA, x, y, w, h float32) {
	c.shape(col, x, y, x+w, y, x+w, y+h, x, y+h)
}

// box is a rectangle with round corners.
func (c *canvas) box(col color.NRGBA, x, y, w, h, r float32) { c.paint(col, rounded(x, y, w, h, r)) }

func rounded(x, y, w, h, r float32) *path {
	r = min(r, w/2, h/2)
	return (&path{}).move(x+r, y).line(x+w-r, y).quad(x+w, y, x+w, y+r).line(x+w, y+h-r).quad(x+w, y+h, x+w-r, y+h).
		line(x+r, y+h).quad(x, y+h, x, y+h-r).line(x, y+r).quad(x, y, x+r, y).close()
}

func (c *canvas) circle(col color.NRGBA, x, y, r float32) { c.paint(col, oval(x, y, r, r)) }

func (c *canvas) ellipse(col color.NRGBA, x, y, rx, ry float32) { c.paint(col, oval(x, y, rx, ry)) }

func oval(x, y, rx, ry float32) *path {
	const k = 0.5522848 // control points of a quarter circle
	return (&path{}).move(x+rx, y).
		cube(x+rx, y+ry*k, x+rx*k, y+ry, x, y+ry).cube(x-rx*k, y+ry, x-rx, y+ry*k, x-rx, y).
		cube(x-rx, y-ry*k, x-rx*k, y-ry, x, y-ry).cube(x+rx*k, y-ry, x+rx, y-ry*k, x+rx, y).close()
}

// ring is a circle's line.
func (c *canvas) ring(col color.NRGBA, x, y, r, width float32) {
	outer, inner := oval(x, y, r+width/2, r+width/2), oval(x, y, r-width/2, r-width/2)
	hole := inner.mapped(func(a, b float32) (float32, float32) { return 2*x - a, b }) // turns the other way
	outer.steps = append(outer.steps, hole.steps...)
	c.paint(col, outer)
}

// stroke draws a line with round joins and ends through x, y pairs.
func (c *canvas) stroke(col color.NRGBA, width float32, xy ...float32) {
	r := width / 2
	out := (&path{})
	for i := 0; i+1 < len(xy); i += 2 {
		dot := oval(xy[i], xy[i+1], r, r)
		for _, s := range dot.steps {
			n := map[byte]int{'M': 2, 'C': 6}[s.kind]
			out.add(s.kind, s.at[:n]...)
		}
		if i < 2 {
			continue
		}
		x0, y0, x1, y1 := xy[i-2], xy[i-1], xy[i], xy[i+1]
		length := float32(math.Hypot(float64(x1-x0), float64(y1-y0)))
		if length == 0 {
			continue
		}
		nx, ny := -(y1-y0)/length*r, (x1-x0)/length*r
		out.move(x0-nx, y0-ny).line(x1-nx, y1-ny).line(x1+nx, y1+ny).line(x0+nx, y0+ny).close()
	}
	c.paint(col, out)
}

// bow returns the points of a quadratic curve, for stroke.
func bow(x0, y0, bx, by, x1, y1 float32) []float32 {
	const parts = 16
	xy := make([]float32, 0, 2*parts+2)
	for i := range parts + 1 {
		t := float32(i) / parts
		u := 1 - t
		xy = append(xy, u*u*x0+2*u*t*bx+t*t*x1, u*u*y0+2*u*t*by+t*t*y1)
	}
	return xy
}

// arc returns the points of a circle's part, angles in turns from the right, downwards.
func arc(x, y, r, from, to float32) []float32 {
	const parts = 28
	xy := make([]float32, 0, 2*parts+2)
	for i := range parts + 1 {
		s, k := math.Sincos(2 * math.Pi * float64(from+(to-from)*float32(i)/parts))
		xy = append(xy, x+r*float32(k), y+r*float32(s))
	}
	return xy
}
