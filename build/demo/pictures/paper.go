package pictures

import (
	"image/color"
	"math"
)

// chart: a hand-coloured sea chart with soundings, a compass rose and a ferry's course.
func chart(c *canvas, _ palette) {
	sea, ink := rgb(0xe6e8dc), rgb(0x4a5a5f)
	c.gradient(stop{0, sea}, stop{c.h, rgb(0xdbe2da)})
	a, b := c.between(0, 6), c.between(0, 6)
	coast := func(x, lift float32) float32 {
		f := math.Sin(float64(x/210+a)) + 0.45*math.Sin(float64(x/83+b)) + 0.16*math.Sin(float64(x/29+a))
		return c.h*0.36 + 88*float32(f) - 60*(x/c.w) + lift
	}
	for i, tint := range []color.NRGBA{rgb(0xcddfe0), rgb(0xb9d3d8), rgb(0xa5c6cf)} {
		c.coastBelow(tint, coast, 150-float32(i)*50, -1)
	}
	c.coastBelow(rgb(0xe9d9ae), coast, 0, -1)
	c.coastLine(ink, coast, 0, 3)
	for _, lift := range []float32{50, 100, 150} {
		c.coastLine(faded(ink, 0.35), coast, lift, 1.4)
	}
	c.coastLine(faded(rgb(0xa5532f), 0.4), coast, -70, 1.6)
	c.coastLine(faded(rgb(0xa5532f), 0.3), coast, -120, 1.6)
	for i := range 9 {
		c.rect(faded(ink, 0.18), c.w*float32(i)/8, 0, 1.2, c.h)
		c.rect(faded(ink, 0.18), 0, c.h*float32(i)/8, c.w, 1.2)
	}
	course(c, coast)
	rose(c, c.w*c.between(0.78, 0.86), c.h*0.74, 96)
	c.border(rgb(0x3a474b))
}

// coastBelow fills from the coast, lifted seawards, to the top (side -1) of the chart.
func (c *canvas) coastBelow(col color.NRGBA, coast func(x, lift float32) float32, lift, side float32) {
	xy := []float32{0, side * 20}
	for x := float32(0); x <= c.w+10; x += 10 {
		xy = append(xy, x, coast(x, lift))
	}
	c.shape(col, append(xy, c.w+10, side*20)...)
}

func (c *canvas) coastLine(col color.NRGBA, coast func(x, lift float32) float32, lift, width float32) {
	var xy []float32
	for x := float32(0); x <= c.w+10; x += 10 {
		xy = append(xy, x, coast(x, lift))
	}
	c.stroke(col, width, xy...)
}

func course(c *canvas, coast func(x, lift float32) float32) {
	red := rgb(0xb23a30)
	x0, x1 := c.w*0.18, c.w*0.66
	xy := bow(x0, coast(x0, 6), c.w*0.3, c.h*0.95, x1, coast(x1, 6))
	for i := 0; i+3 < len(xy); i += 4 {
		c.stroke(red, 4.5, xy[i], xy[i+1], xy[i+2], xy[i+3])
	}
	for _, x := range []float32{x0, x1} {
		c.circle(rgb(0xfcfbf8), x, coast(x, 6), 11)
		c.ring(red, x, coast(x, 6), 11, 5)
	}
}

// rose is a compass rose.
func rose(c *canvas, x, y, r float32) {
	ink, gold := rgb(0x3a474b), rgb(0xc4963a)
	c.ring(ink, x, y, r, 3)
	c.ring(faded(ink, 0.6), x, y, r*0.8, 1.4)
	for i := range 8 {
		turn := float32(i)/8 - 0.25
		long := r * 1.12
		if i%2 == 1 {
			long = r * 0.7
		}
		tip, left, right := arc(x, y, long, turn, turn), arc(x, y, r*0.2, turn-0.0625, turn-0.0625), arc(x, y, r*0.2, turn+0.0625, turn+0.0625)
		c.shape(ink, x, y, left[0], left[1], tip[0], tip[1])
		c.shape(gold, x, y, right[0], right[1], tip[0], tip[1])
	}
	c.circle(rgb(0xf4ecd8), x, y, r*0.09)
}

func (c *canvas) border(ink color.NRGBA) {
	c.rect(ink, 14, 14, c.w-28, 4)
	c.rect(ink, 14, c.h-18, c.w-28, 4)
	c.rect(ink, 14, 14, 4, c.h-28)
	c.rect(ink, c.w-18, 14, 4, c.h-28)
}

// typecase: wooden sorts in the rows of a case, some letters inked red, one place empty.
func typecase(c *canvas, _ palette) {
	c.gradient(stop{0, rgb(0x3b2a1e)}, stop{c.h, rgb(0x2a1d14)})
	const rows = 4
	cell := c.h / rows
	columns := int(math.Ceil(float64(c.w / cell)))
	alphabet := []rune("AEFHIKLMNTVWXZ&O")
	empty := c.rnd.IntN(rows * columns)
	for i := range rows * columns {
		x, y := float32(i%columns)*cell, float32(i/columns)*cell
		c.rect(rgb(0x22170f), x+9, y+9, cell-18, cell-18)
		if i == empty {
			continue
		}
		face := c.pick(rgb(0xc89a63), rgb(0xb98a55), rgb(0xd6ab74), rgb(0xae7d49))
		c.box(face, x+15, y+13, cell-30, cell-30, 5)
		c.rect(faded(rgb(0x000000), 0.18), x+15, y+cell-27, cell-30, 10)
		for range 5 {
			c.rect(faded(rgb(0x5b371e), 0.2), x+18, y+c.between(20, cell-34), cell-36, 1.5)
		}
		ink := c.pick(rgb(0x2b211b), rgb(0x2b211b), rgb(0x2b211b), rgb(0x8a2f2b))
		letter(c, ink, alphabet[c.rnd.IntN(len(alphabet))], x+cell/2, y+cell/2-6, cell*0.5)
	}
}

// specimen: a sheet with one very large letter, a red rule and lines of smaller ones.
func specimen(c *canvas, _ palette) {
	c.gradient(stop{0, rgb(0xf6efdf)}, stop{c.h, rgb(0xece1c8)})
	ink, red := rgb(0x2b2a28), rgb(0x8a2f2b)
	letter(c, ink, []rune("&RAKHM")[c.rnd.IntN(6)], c.w*0.3, c.h*0.46, c.h*0.62)
	c.rect(red, c.w*0.08, c.h*0.86, c.w*0.84, 7)
	c.rect(red, c.w*0.08, c.h*0.885, c.w*0.84, 2)
	words := []string{"HAFEN", "LATERNE", "THEKE", "MAHLEN", "KRAHN", "FEIN"}
	first, y := c.rnd.IntN(len(words)), c.h*0.14
	for i := range 5 {
		word := words[(first+i)%len(words)]
		size := min(130-float32(i)*16, c.w*0.36/float32(len(word)))
		col := ink
		if i == 1 {
			col = red
		}
		for k, r := range word {
			letter(c, col, r, c.w*0.56+size*(0.5+float32(k)*0.96), y+size/2, size*0.86)
		}
		y += size + 18
	}
	for i := range 4 {
		c.rect(faded(ink, 0.5), c.w*0.565, y+16+float32(i)*20, c.w*c.between(0.24, 0.34), 4)
	}
}

// letter draws a capital with slab serifs around x, y, size high.
func letter(c *canvas, ink color.NRGBA, r rune, x, y, size float32) {
	p := pen{c: c, ink: ink, x: x, y: y, s: size / 100}
	switch r {
	case 'A':
		p.thin(-36, 50, 0, -50).bold(2, -50, 36, 50).thin(-22, 14, 22, 14).foot(-36, 24).foot(36, 28)
	case 'C':
		p.bow(34, 0.1, 0.9)
	case 'E':
		p.stem(-24).arms(-24, 32, -47, 47).thin(-24, 0, 18, 0)
	case 'F':
		p.stem(-24).arms(-24, 32, -47).thin(-24, 0, 18, 0)
	case 'H':
		p.stem(-27).stem(27).thin(-27, 0, 27, 0)
	case 'I':
		p.stem(0)
	case 'K':
		p.stem(-27).thin(-22, 8, 30, -46).bold(-6, -4, 30, 46).foot(32, 26)
	case 'L':
		p.stem(-22).arms(-22, 32, 47)
	case 'M':
		p.stem(34).thin(-34, -47, -34, 47).bold(-34, -48, 0, 40).thin(0, 44, 32, -48).foot(-34, 22).cap(-36, 16)
	case 'N':
		p.thin(-29, 47, -29, -47).bold(-29, -48, 29, 48).thin(29, -47, 29, 48).foot(-29, 22).cap(29, 22)
	case 'O':
		p.bow(36, 0, 1)
	case 'R':
		p.stem(-26).bowl().bold(2, 4, 30, 46).foot(34, 22)
	case 'T':
		p.stem(0).arms(-36, 36, -47)
	case 'V':
		p.bold(-34, -48, -2, 46).thin(0, 46, 34, -48).cap(-34, 26).cap(34, 22)
	case 'W':
		p.bold(-44, -48, -22, 44).thin(-20, 44, 2, -40).bold(2, -44, 22, 44).thin(24, 44, 46, -48).cap(-44, 20).cap(46, 18)
	case 'X':
		p.bold(-32, -48, 32, 48).thin(-32, 48, 32, -48).foot(32, 26).foot(-32, 22).cap(-32, 26).cap(32, 22)
	case 'Z':
		p.arms(-32, 30, -47, 47).bold(27, -44, -27, 44)
	case '&':
		p.ampersand()
	}
}

// pen draws the parts of a letter, in a square from -50 to 50.
type pen struct {
	c       *canvas
	ink     color.NRGBA
	x, y, s float32
}

func (p pen) draw(width float32, xy ...float32) pen {
	at := make([]float32, len(xy))
	for i := 0; i+1 < len(xy); i += 2 {
		at[i], at[i+1] = p.x+xy[i]*p.s, p.y+xy[i+1]*p.s
	}
	p.c.stroke(p.ink, width*p.s, at...)
	return p
}

func (p pen) block(x, y, w, h float32) pen {
	p.c.rect(p.ink, p.x+x*p.s, p.y+y*p.s, w*p.s, h*p.s)
	return p
}

func (p pen) thin(xy ...float32) pen      { return p.draw(6, xy...) }
func (p pen) bold(xy ...float32) pen      { return p.draw(16, xy...) }
func (p pen) foot(x, width float32) pen   { return p.block(x-width/2, 45, width, 6) }
func (p pen) cap(x, width float32) pen    { return p.block(x-width/2, -51, width, 6) }
func (p pen) stem(x float32) pen          { return p.block(x-8, -50, 16, 100).foot(x, 32).cap(x, 32) }
func (p pen) bow(r, from, to float32) pen { return p.draw(13, arc(0, 0, r+8, from, to)...) }
func (p pen) bowl() pen {
	return p.draw(12, arc(2, -22, 24, -0.25, 0.25)...).thin(-22, -46, 2, -46).thin(-22, 2, 2, 2)
}

// arms are the horizontals of an E, L, T or Z with their serifs.
func (p pen) arms(from, to float32, heights ...float32) pen {
	for _, y := range heights {
		p.block(from, y-3, to-from, 6).block(to-5, min(y-3, y+3-20), 5, 20)
		if y > 0 {
			p.block(to-5, y-17, 5, 20)
			continue
		}
		p.block(to-5, y-3, 5, 20)
	}
	return p
}

func (p pen) ampersand() pen {
	p.draw(11, bow(40, 44, 2, 14, -18, -18)...)
	p.draw(11, bow(-18, -18, -30, -46, -6, -48)...)
	p.draw(8, bow(-6, -48, 16, -48, 12, -28)...)
	p.draw(8, bow(12, -28, 6, -10, -18, 0)...)
	p.draw(12, bow(-18, 0, -42, 12, -34, 32)...)
	p.draw(12, bow(-34, 32, -22, 54, 6, 42)...)
	return p.draw(7, bow(6, 42, 34, 26, 38, -4)...).block(26, -7, 22, 6)
}

// graph: a day of water levels as the weather station prints it.
func graph(c *canvas, _ palette) {
	c.gradient(stop{0, rgb(0xfbf9f2)}, stop{c.h, rgb(0xf1ede0)})
	ink, blue, red := rgb(0x3a474b), rgb(0x2d6ca2), rgb(0xb5372c)
	left, right, top, low := c.w*0.08, c.w*0.95, c.h*0.12, c.h*0.86
	for i := range 7 {
		y := top + (low-top)*float32(i)/6
		c.rect(faded(ink, 0.16), left, y, right-left, 1.5)
		c.rect(ink, left-22, y-2, 12, 4)
	}
	for i := range 25 {
		x := left + (right-left)*float32(i)/24
		tick := float32(8)
		if i%6 == 0 {
			tick = 20
			c.rect(faded(ink, 0.16), x, top, 1.5, low-top)
		}
		c.rect(ink, x, low+4, 2.5, tick)
	}
	phase := c.between(0, 6.3)
	level := func(t float32) float32 {
		return (top+low)/2 - (low-top)*0.3*float32(math.Sin(float64(t*4*math.Pi+phase))) - 16*float32(math.Sin(float64(t*37)))
	}
	var tide []float32
	area := []float32{left, low}
	for i := range 121 {
		t := float32(i) / 120
		x := left + (right-left)*t
		tide, area = append(tide, x, level(t)), append(area, x, level(t))
	}
	c.shape(faded(blue, 0.16), append(area, right, low)...)
	c.stroke(blue, 6, tide...)
	wind := []float32{}
	y := c.h * 0.3
	for i := range 49 {
		y = max(top, min(c.h*0.5, y+c.between(-34, 34)))
		wind = append(wind, left+(right-left)*float32(i)/48, y)
	}
	c.stroke(faded(red, 0.85), 3.5, wind...)
	c.circle(rgb(0xffffff), right, level(1), 15)
	c.ring(blue, right, level(1), 15, 6)
}

// houses: a row of painted gables by day, made for banners.
func houses(c *canvas, p palette) {
	c.gradient(stop{0, p.top}, stop{c.h, p.low})
	base := c.h * 0.95
	paint := []color.NRGBA{rgb(0xe0cd9f), rgb(0xc99b6a), rgb(0x8aa0ad), rgb(0xc4c6bc), rgb(0x9cb0a2), rgb(0xb98973), rgb(0xd8bf8e)}
	for x := c.between(-80, 0); x < c.w; {
		w, h := c.between(150, 240), c.between(330, 500)
		wall := mix(c.pick(paint...), p.low, 0.15)
		c.shape(wall, x, base, x, base-h, x+w/2, base-h-w*0.5, x+w, base-h, x+w, base)
		c.shape(faded(rgb(0x000000), 0.07), x+w/2, base-h-w*0.5, x+w, base-h, x+w, base, x+w*0.93, base, x+w*0.93, base-h+14)
		columns := 2 + c.rnd.IntN(2)
		for k := range columns {
			for y := base - h + 40; y < base-90; y += 120 {
				gap := w / float32(columns)
				c.rect(faded(rgb(0xfffdf4), 0.8), x+gap*(float32(k)+0.24), y, gap*0.52, 76)
				c.rect(wall, x+gap*(float32(k)+0.5)-2, y, 4, 76)
			}
		}
		x += w + 3
	}
	c.rect(mix(p.near, rgb(0x6a7a70), 0.6), 0, base, c.w, c.h-base)
}

// leaves: a pattern of branches, as on a library's endpapers.
func leaves(c *canvas, p palette) {
	c.gradient(stop{0, mix(p.mid, rgb(0x2f5d56), 0.7)}, stop{c.h, mix(p.near, rgb(0x1f4540), 0.7)})
	for x := float32(20); x < c.w+80; x += 118 {
		for y := float32(30); y < c.h+120; y += 176 {
			turn := c.between(-0.35, 0.35)
			twig(c, x+c.between(-14, 14), y+c.between(-20, 20), turn, c.pick(rgb(0xf0e3c2), rgb(0xc7dcc0), rgb(0xd9a441), rgb(0x9cb8a0)))
		}
	}
}

func twig(c *canvas, x, y, turn float32, col color.NRGBA) {
	spin := rotation(x, y, turn)
	x1, y1 := spin(x, y-120)
	c.stroke(col, 3.5, x, y, x1, y1)
	for i := range 5 {
		px, py := spin(x, y-20-float32(i)*22)
		leaf(c, px, py, 44-float32(i)*5, turn-0.7, col)
		leaf(c, px, py, 44-float32(i)*5, turn+3.84, col)
	}
	leaf(c, x1, y1, 26, turn-1.57, col)
}
