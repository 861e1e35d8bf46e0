package pictures

import "image/color"

// shelf: three boards of books, lit from above.
func shelf(c *canvas, _ palette) {
	c.gradient(stop{0, rgb(0x4a3526)}, stop{c.h, rgb(0x2a1e17)})
	cloth := []color.NRGBA{
		rgb(0x7a2f2b), rgb(0x2f5d56), rgb(0x26435c), rgb(0xb98a3c), rgb(0xe3d6b8), rgb(0x4c5a3a), rgb(0x8a6a4a),
		rgb(0x5b3a4a), rgb(0xc0b49a), rgb(0x33383b), rgb(0xa5532f), rgb(0x6f7f86),
	}
	const boards = 3
	pitch := c.h / boards
	for i := range boards {
		base := pitch*float32(i+1) - 22
		for x := float32(10); x < c.w-10; {
			x += book(c, cloth, x, base, pitch-64)
		}
		c.rect(rgb(0x6a4a33), 0, base, c.w, 22)
		c.rect(rgb(0x8a6446), 0, base, c.w, 4)
		c.rect(faded(rgb(0x000000), 0.28), 0, base+22, c.w, 10)
	}
	c.glow(rgb(0xffdf9a), c.w*0.5, -60, c.w*0.62, 0.38)
}

// book draws one, standing or leaning, and returns the room that it takes.
func book(c *canvas, cloth []color.NRGBA, x, base, room float32) float32 {
	w, h := c.between(18, 46), room*c.between(0.72, 1)
	col := mix(c.pick(cloth...), rgb(0x1a1512), c.between(0, 0.25))
	spine, foil := rounded(x, base-h, w-1.5, h, 3), faded(rgb(0xf0dca8), 0.8)
	if c.rnd.Float32() < 0.045 {
		c.paint(col, spine.turnedBy(x, base, 0.13))
		return w + h*0.14
	}
	c.paint(col, spine)
	c.rect(faded(rgb(0xffffff), 0.08), x+2, base-h+2, 4, h-3)
	switch c.rnd.IntN(4) {
	case 0:
		c.rect(foil, x+4, base-h*0.86, w-9, 3)
		c.rect(foil, x+4, base-h*0.2, w-9, 3)
	case 1:
		c.box(faded(rgb(0xf4ead2), 0.85), x+4, base-h*0.82, w-9, h*0.22, 2)
		c.rect(faded(rgb(0x3a2c22), 0.7), x+7, base-h*0.74, w-15, 2)
		c.rect(faded(rgb(0x3a2c22), 0.7), x+7, base-h*0.69, w-18, 2)
	case 2:
		for k := range 4 {
			c.rect(faded(rgb(0x000000), 0.2), x, base-h*(0.2+0.2*float32(k)), w-1.5, 5)
		}
	}
	return w
}

// train: a window at speed, a table, a cup.
func train(c *canvas, p palette) {
	wall := rgb(0x2a2f33)
	c.gradient(stop{0, p.top}, stop{c.h * 0.42, p.low}, stop{c.h * 0.5, p.low})
	c.gradient(stop{c.h * 0.5, p.mid}, stop{c.h * 0.8, p.near})
	rolling(c, mix(p.far, p.low, 0.3), c.h*0.47, 20, 380)
	rolling(c, p.mid, c.h*0.55, 16, 300)
	for range 90 {
		y := c.between(c.h*0.5, c.h*0.74)
		c.rect(faded(c.pick(p.near, p.low, p.lamp, p.mid), c.between(0.1, 0.45)), c.between(-100, c.w), y, c.between(80, 420), c.between(1.5, 5))
	}
	for x := c.between(40, 240); x < c.w; x += c.between(260, 420) {
		c.rect(faded(p.near, 0.55), x, c.h*0.14, 7, c.h*0.6)
		c.rect(faded(p.near, 0.4), x-34, c.h*0.2, 76, 5)
	}
	c.stroke(faded(p.near, 0.45), 2, bow(0, c.h*0.2, c.w/2, c.h*0.26, c.w, c.h*0.2)...)
	frame(c, wall)
	sill := c.h * 0.78
	c.rect(rgb(0x4b4038), 0, sill, c.w, 26)
	c.rect(rgb(0x6a5a4c), 0, sill, c.w, 5)
	cup(c, c.w*c.between(0.52, 0.64), sill+2, 1)
}

// frame leaves a window with round corners free.
func frame(c *canvas, wall color.NRGBA) {
	x, y, w, h := c.w*0.05, c.h*0.08, c.w*0.9, c.h*0.72
	outer := polygon(0, 0, c.w, 0, c.w, c.h, 0, c.h)
	hole := rounded(x, y, w, h, 40).mapped(func(a, b float32) (float32, float32) { return 2*(x+w/2) - a, b })
	outer.steps = append(outer.steps, hole.steps...)
	c.paint(wall, outer)
	c.shape(faded(rgb(0xffffff), 0.06), x+w*0.1, y, x+w*0.3, y, x+w*0.12, y+h, x+20, y+h)
	c.shape(faded(rgb(0xffffff), 0.04), x+w*0.36, y, x+w*0.42, y, x+w*0.24, y+h, x+w*0.18, y+h)
}

func cup(c *canvas, x, base, s float32) {
	china, shade := rgb(0xf4efe4), rgb(0xcfc7b8)
	c.ring(china, x+64*s, base-52*s, 24*s, 11*s)
	c.paint(china, (&path{}).move(x-60*s, base-96*s).line(x+62*s, base-96*s).cube(x+60*s, base-30*s, x+44*s, base-8*s, x+30*s, base-6*s).
		line(x-28*s, base-6*s).cube(x-46*s, base-8*s, x-58*s, base-30*s, x-60*s, base-96*s).close())
	c.ellipse(shade, x+1*s, base-96*s, 61*s, 12*s)
	c.ellipse(rgb(0x4a2f20), x+1*s, base-95*s, 53*s, 9*s)
	c.ellipse(faded(shade, 0.9), x, base-4*s, 62*s, 7*s)
	for i := range 3 {
		sx := x + (float32(i)-1)*26*s
		c.stroke(faded(rgb(0xffffff), 0.22), 5*s, bow(sx, base-120*s, sx+c.between(-30, 30)*s, base-165*s, sx+c.between(-12, 12)*s, base-205*s)...)
	}
}

// bread: scored loaves on a counter.
func bread(c *canvas, _ palette) {
	table := c.h * 0.56
	c.gradient(stop{0, rgb(0xf3e7cf)}, stop{table, rgb(0xe3cfa9)})
	c.gradient(stop{table, rgb(0xa8703f)}, stop{c.h, rgb(0x7a4c2a)})
	for range 26 {
		c.rect(faded(rgb(0x5b371e), 0.16), c.between(-100, c.w), c.between(table+8, c.h), c.between(120, 420), 2)
	}
	rack(c, table)
	n := max(2, int(c.w/390))
	for i := range n {
		x := c.w * (float32(i) + 0.5) / float32(n)
		loaf(c, x+c.between(-26, 26), table+20+c.between(-18, 24), c.between(170, 200), c.between(-0.1, 0.1))
	}
	loaf(c, c.w*c.between(0.28, 0.36), c.h*0.83, c.between(225, 250), c.between(-0.06, 0.06))
	loaf(c, c.w*c.between(0.68, 0.76), c.h*0.86, c.between(225, 250), c.between(-0.06, 0.06))
	for range 60 {
		c.circle(faded(rgb(0xfff6e2), c.between(0.3, 0.8)), c.between(0, c.w), c.between(table+90, c.h), c.between(0.8, 2.4))
	}
}

// rack is the shelf behind the counter, with long loaves standing in it and a row of tins.
func rack(c *canvas, table float32) {
	wood := rgb(0xb9946a)
	c.rect(faded(wood, 0.55), 0, table-236, c.w, 12)
	c.rect(faded(rgb(0x5b371e), 0.12), 0, table-224, c.w, 10)
	for x := c.w * 0.05; x < c.w*0.4; x += c.between(46, 60) {
		w, h := c.between(34, 44), c.between(110, 170)
		crust := c.pick(rgb(0xc98a48), rgb(0xb9783a), rgb(0xd39c5c))
		c.paint(crust, rounded(x, table-236-h, w, h+4, 20).turnedBy(x, table-236, c.between(-0.05, 0.08)))
		for k := range 3 {
			y := table - 220 - h + 20 + float32(k)*34
			c.stroke(faded(rgb(0xf5e3c2), 0.9), 4, x+8, y+10, x+w-8, y)
		}
	}
	for x := c.w * 0.52; x < c.w*0.94; x += c.between(78, 96) {
		h := c.between(70, 104)
		tin := c.pick(rgb(0x2f5d56), rgb(0x8a2f2b), rgb(0xd9b25f), rgb(0x6f8794))
		c.box(tin, x, table-236-h, 60, h, 6)
		c.box(faded(rgb(0xfff6e2), 0.85), x+8, table-236-h*0.7, 44, h*0.36, 3)
		c.box(mix(tin, rgb(0x000000), 0.25), x-3, table-236-h-8, 66, 14, 5)
	}
}

func loaf(c *canvas, x, y, r, turn float32) {
	crust, dark, flour := rgb(0xb8702f), rgb(0x8a4c1f), rgb(0xf2d9a8)
	c.ellipse(faded(rgb(0x2c180c), 0.32), x+8, y+r*0.42, r*1.06, r*0.22)
	c.paint(dark, oval(x, y, r, r*0.6).turnedBy(x, y, turn))
	c.paint(crust, oval(x, y-r*0.05, r*0.96, r*0.53).turnedBy(x, y, turn))
	c.paint(faded(rgb(0xe0a050), 0.55), oval(x-r*0.1, y-r*0.18, r*0.68, r*0.28).turnedBy(x, y, turn))
	for i := range 4 {
		at := x + (float32(i)-1.5)*r*0.42
		xy := bow(at-r*0.17, y+r*0.24, at-r*0.02, y-r*0.06, at+r*0.15, y-r*0.38)
		c.stroke(dark, r*0.1, xy...)
		c.stroke(flour, r*0.055, xy...)
	}
}

// balcony: tomatoes in clay pots before a wall.
func balcony(c *canvas, p palette) {
	floor := c.h * 0.86
	c.gradient(stop{0, p.top}, stop{c.h * 0.4, p.low}, stop{c.h, p.low})
	for x := float32(-20); x < c.w; {
		w := c.between(90, 170)
		c.rect(mix(p.far, p.low, c.between(0.2, 0.6)), x, c.h*c.between(0.24, 0.36), w, c.h)
		x += w + c.between(0, 20)
	}
	c.rect(rgb(0xcfc2ad), 0, floor, c.w, c.h-floor)
	for x := float32(14); x < c.w; x += 34 {
		c.rect(faded(rgb(0x2b3a40), 0.7), x, c.h*0.42, 5, floor-c.h*0.42)
	}
	c.box(rgb(0x2b3a40), -10, c.h*0.4, c.w+20, 15, 5)
	n := max(2, int(c.w/250))
	for i := range n {
		plant(c, c.w*(float32(i)+0.5)/float32(n), floor+26, c.between(300, 430))
	}
}

func plant(c *canvas, x, base, h float32) {
	clay, rim := rgb(0xb0613c), rgb(0xc77a50)
	c.shape(clay, x-66, base-110, x+66, base-110, x+48, base, x-48, base)
	c.shape(faded(rgb(0x000000), 0.12), x+20, base-110, x+66, base-110, x+48, base, x+16, base)
	c.box(rim, x-74, base-128, 148, 26, 4)
	top := base - 128 - h
	c.stroke(rgb(0x8a7a58), 5, x+14, base-126, x+14, top-6)
	c.stroke(rgb(0x3f6b3d), 7, bow(x, base-126, x-16, base-128-h/2, x+5, top)...)
	for range 58 {
		leaf(c, x+c.between(-80, 60), base-135-c.between(0, h), c.between(30, 58), c.between(0, 6.3),
			c.pick(rgb(0x3f7f4f), rgb(0x2c5b3a), rgb(0x5c9a5a), rgb(0x4b8a48)))
	}
	for range 11 {
		fx, fy, r := x+c.between(-74, 74), base-160-c.between(0, h*0.8), c.between(13, 21)
		c.circle(c.pick(rgb(0xd23f2b), rgb(0xe05a2b), rgb(0xe88a2f), rgb(0xc8352b)), fx, fy, r)
		c.ellipse(faded(rgb(0xffffff), 0.45), fx-r*0.3, fy-r*0.35, r*0.26, r*0.18)
		c.circle(rgb(0x2c5b3a), fx, fy-r*0.9, r*0.24)
	}
}

func leaf(c *canvas, x, y, size, turn float32, col color.NRGBA) {
	c.paint(col, (&path{}).move(x, y).quad(x+size*0.5, y-size*0.42, x+size, y).quad(x+size*0.5, y+size*0.42, x, y).close().turnedBy(x, y, turn))
}

// wheel: a bicycle wheel in a truing stand.
func wheel(c *canvas, _ palette) {
	c.gradient(stop{0, rgb(0xd9cbb4)}, stop{c.h * 0.9, rgb(0xc3b193)})
	for x := float32(30); x < c.w; x += 74 {
		for y := float32(30); y < c.h*0.7; y += 74 {
			c.circle(faded(rgb(0x6b5a45), 0.35), x, y, 4)
		}
	}
	tools(c)
	bench := c.h * 0.86
	c.rect(rgb(0x6a4a33), 0, bench, c.w, c.h-bench)
	c.rect(rgb(0x8a6446), 0, bench, c.w, 8)
	x, y, r := c.w*c.between(0.38, 0.6), c.h*0.45, float32(282)
	steel, dark := rgb(0x9aa3a6), rgb(0x2b2f33)
	c.stroke(rgb(0x2f5d56), 26, x-30, y, x-56, bench)
	c.ring(faded(rgb(0x000000), 0.12), x+16, y+16, r, 30)
	for i := range 32 {
		turn := float32(i) / 32
		hub, rim := arc(x, y, 22, turn+0.03, turn+0.03), arc(x, y, r-8, turn, turn)
		if i%2 == 1 {
			hub = arc(x, y, 22, turn-0.03, turn-0.03)
		}
		c.stroke(faded(steel, 0.9), 2.4, hub[0], hub[1], rim[0], rim[1])
	}
	c.ring(dark, x, y, r+12, 22)
	c.ring(steel, x, y, r-6, 14)
	c.circle(dark, x, y, 26)
	c.circle(steel, x, y, 16)
	c.stroke(rgb(0x2f5d56), 26, x+30, y, x+56, bench)
	c.box(rgb(0x234740), x-110, bench-14, 220, 26, 8)
	c.circle(rgb(0xd9a441), x, y, 7)
}

func tools(c *canvas) {
	ink := faded(rgb(0x4b4f52), 0.85)
	for i := range 5 {
		x := c.w*0.06 + float32(i)*46
		l := 120 + float32(i)*22
		c.box(ink, x, 90, 13, l, 5)
		c.ring(ink, x+6.5, 84, 13, 8)
	}
	x := c.w - 120
	c.box(rgb(0xb5372c), x, 90, 24, 110, 9)
	c.box(ink, x+8, 196, 8, 120, 2)
	c.box(rgb(0xd9a441), x-70, 90, 24, 90, 9)
	c.box(ink, x-62, 176, 8, 96, 2)
}

// rain: a window with drops, the lights of a street behind it out of focus.
func rain(c *canvas, p palette) {
	c.gradient(stop{0, mix(p.top, rgb(0x1c2430), 0.7)}, stop{c.h, mix(p.near, rgb(0x10151d), 0.5)})
	for range 34 {
		col := c.pick(rgb(0xffc76b), rgb(0xff9d5c), rgb(0x8fc0d8), rgb(0xf3e3c0), rgb(0xd4574a))
		x, y, r := c.between(0, c.w), c.between(c.h*0.25, c.h*0.85), c.between(22, 74)
		c.glow(col, x, y, r*1.5, 0.25)
		c.circle(faded(col, c.between(0.12, 0.4)), x, y, r)
	}
	for range int(c.w / 4.5) {
		x, y, r := c.between(0, c.w), c.between(0, c.h), c.between(1.5, 7)
		if c.rnd.Float32() < 0.1 {
			c.stroke(faded(rgb(0xdfe9ef), 0.16), r, x, y, x+c.between(-3, 3), y-c.between(60, 190))
		}
		c.circle(faded(rgb(0x0b1017), 0.3), x+0.8, y+1.4, r)
		c.circle(faded(rgb(0xdfe9ef), 0.38), x, y, r)
		c.circle(faded(rgb(0xffffff), 0.75), x-r*0.3, y-r*0.35, r*0.28)
	}
	c.rect(rgb(0x1b1a1c), 0, c.h-46, c.w, 46)
	c.rect(rgb(0x34302f), 0, c.h-46, c.w, 6)
	cup(c, c.w*0.2, c.h-40, 1.15)
}
