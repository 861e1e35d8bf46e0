package pictures

import (
	"image/color"
	"math"
)

// harbour: gabled warehouses on the left, a crane on the right, the sun's path on the water.
func harbour(c *canvas, p palette) {
	horizon := c.h * 0.6
	sunX := c.w * c.between(0.3, 0.5)
	c.gradient(stop{0, p.top}, stop{horizon, p.low})
	c.glow(p.sun, sunX, horizon-40, 420, 0.55)
	c.circle(p.sun, sunX, horizon-50, 62)
	ridge(c, mix(p.far, p.low, 0.25), horizon, 34, 70)
	c.gradient(stop{horizon, p.waterTop}, stop{c.h, p.waterLow})
	waterfront(c, p, c.w*0.02, c.w*0.46, horizon)
	crane(c, p.near, c.w*0.8, horizon)
	sunPath(c, p, sunX, horizon)
	ripples(c, faded(p.low, 0.25), horizon, 40)
}

// ridge is a line of low hills that stands on y.
func ridge(c *canvas, col color.NRGBA, y, height, pace float32) {
	xy := []float32{-20, y + 2}
	for x := float32(-20); x < c.w+pace; x += pace * c.between(0.6, 1.4) {
		xy = append(xy, x, y-c.between(0.15, 1)*height)
	}
	c.shape(col, append(xy, c.w+pace, y+2)...)
}

func waterfront(c *canvas, p palette, from, to, base float32) {
	for x := from; x < to; {
		w, h := c.between(44, 78), c.between(70, 165)
		w = min(w, to-x+20)
		house(c, mix(p.near, p.mid, c.between(0, 0.25)), p.lamp, x, base, w, h)
		x += w + 1
	}
}

// house is a gabled front with some of its windows lit.
func house(c *canvas, wall, lamp color.NRGBA, x, base, w, h float32) {
	gable := w * c.between(0.35, 0.8)
	c.shape(wall, x, base, x, base-h, x+w/2, base-h-gable, x+w, base-h, x+w, base)
	rows, columns := int(h/40), max(2, int(w/22))
	gap := w / float32(columns)
	for r := range rows {
		for k := range columns {
			if c.rnd.Float32() < 0.45 {
				continue
			}
			c.rect(faded(lamp, c.between(0.55, 1)), x+gap*(float32(k)+0.3), base-h+8+float32(r)*40, gap*0.4, 20)
		}
	}
}

func crane(c *canvas, col color.NRGBA, x, base float32) {
	top := base - 330
	c.shape(col, x-7, base, x-5, top, x+5, top, x+7, base)
	c.shape(col, x+30, base, x+2, top, x+9, top, x+40, base)
	c.stroke(col, 11, x-190, top-54, x+98, top+54)
	c.stroke(col, 5, x-172, top-46, x-172, top+140)
	c.stroke(col, 3, x, top-50, x-190, top-54)
	c.stroke(col, 5, x, top+4, x, top-50, x+98, top+54)
	c.box(col, x-22, top+18, 34, 44, 4)
	c.stroke(col, 4, x-184, top+140, x-160, top+140)
}

func sunPath(c *canvas, p palette, x, horizon float32) {
	for range 64 {
		depth := c.rnd.Float32()
		y := horizon + 8 + depth*depth*(c.h-horizon-16)
		spread := 36 + depth*130
		w := c.between(12, 36) + depth*40
		c.box(faded(p.lamp, c.between(0.25, 0.8)), x+c.between(-spread, spread)-w/2, y, w, 3.2+depth*2.5, 3)
	}
}

func ripples(c *canvas, col color.NRGBA, from float32, n int) {
	for range n {
		w := c.between(30, 120)
		c.rect(col, c.between(-40, c.w), c.between(from+14, c.h), w, 1.6)
	}
}

// hills: layers of them in mist under a pale sun, with firs in front.
func hills(c *canvas, p palette) {
	c.gradient(stop{0, p.top}, stop{c.h * 0.75, p.low})
	sunX, sunY := c.w*c.between(0.55, 0.8), c.h*c.between(0.16, 0.3)
	c.glow(p.sun, sunX, sunY, 300, 0.6)
	c.circle(p.sun, sunX, sunY, 46)
	for layer := range 5 {
		t := float32(layer) / 4
		col := mix(mix(p.far, p.low, 0.45), p.near, t*t*0.85+t*0.15)
		rolling(c, col, c.h*(0.42+0.13*t*3.1), 46+40*t, 330+170*t)
	}
	for range int(c.w / 16) {
		x := c.between(-10, c.w+10)
		fir(c, p.near, x, c.h*0.99+c.between(-10, 26), c.between(50, 120))
	}
}

func rolling(c *canvas, col color.NRGBA, y, swing, length float32) {
	a, b := c.between(0, 6), c.between(0, 6)
	xy := []float32{0, c.h}
	for x := float32(0); x <= c.w+12; x += 12 {
		up := math.Sin(float64(x/length*3+a)) + 0.5*math.Sin(float64(x/length*7+b)) + 0.12*math.Sin(float64(x/length*23+a))
		xy = append(xy, x, y-swing*float32(up))
	}
	c.shape(col, append(xy, c.w+12, c.h)...)
}

func fir(c *canvas, col color.NRGBA, x, base, h float32) {
	for i := range 3 {
		f := float32(i)
		half, top := h*(0.13+0.07*f), base-h+h*0.22*f
		c.shape(col, x, top, x+half, top+h*0.45, x-half, top+h*0.45)
	}
	c.rect(col, x-2, base-h*0.2, 4, h*0.3)
}

// stars: a clear night above a ridge, with an observatory's dome and, now and then, a meteor.
func stars(c *canvas, p palette) {
	c.gradient(stop{0, mix(rgb(0x0a1026), p.top, 0.25)}, stop{c.h * 0.55, mix(rgb(0x1d2c52), p.top, 0.2)}, stop{c.h, mix(rgb(0x6b6f92), p.low, 0.4)})
	milkyWay(c)
	for range int(c.w / 2.2) {
		r := c.between(0.5, 1.5)
		if c.rnd.Float32() < 0.05 {
			r = c.between(2, 3.1)
		}
		c.circle(faded(c.pick(rgb(0xffffff), rgb(0xfff1cf), rgb(0xcfe0ff)), c.between(0.35, 1)), c.between(0, c.w), c.between(0, c.h*0.8), r)
	}
	for range 2 {
		x, y := c.between(c.w*0.15, c.w*0.85), c.between(60, 300)
		for i := range 24 {
			t := float32(i) / 24
			c.circle(faded(rgb(0xfffaf0), (1-t)*0.8), x+t*150, y-t*64, 2.2*(1-t)+0.3)
		}
	}
	rolling(c, rgb(0x18203a), c.h*0.82, 26, 420)
	dome(c, c.w*c.between(0.6, 0.78), c.h*0.8)
	rolling(c, rgb(0x0b1020), c.h*0.91, 22, 300)
}

func milkyWay(c *canvas) {
	for range 46 {
		t := c.rnd.Float32()
		x, y := t*c.w, c.h*0.66-t*c.h*0.5+c.between(-50, 50)
		c.glow(c.pick(rgb(0x6d7bb0), rgb(0x8f86b8), rgb(0xb9a6b0)), x, y, c.between(50, 130), 0.13)
	}
}

func dome(c *canvas, x, base float32) {
	wall, roof := rgb(0x39435f), rgb(0xcfd3dc)
	c.rect(wall, x-58, base-66, 116, 110)
	c.paint(roof, (&path{}).move(x-62, base-66).cube(x-62, base-152, x+62, base-152, x+62, base-66).close())
	c.paint(rgb(0x141b33), (&path{}).move(x+8, base-129).line(x+28, base-124).line(x+34, base-68).line(x+10, base-68).close())
	c.rect(rgb(0xffd782), x-16, base-30, 22, 34)
	c.glow(rgb(0xffd782), x-5, base-14, 80, 0.4)
}

// street: houses at night, lit windows, lamps and their light on the wet stones.
func street(c *canvas, p palette) {
	base := c.h * 0.78
	c.gradient(stop{0, mix(p.top, rgb(0x0d1526), 0.55)}, stop{base, mix(p.low, rgb(0x2a3148), 0.55)})
	c.gradient(stop{base, rgb(0x2b303c)}, stop{c.h, rgb(0x171a22)})
	c.circle(faded(p.sun, 0.95), c.w*c.between(0.7, 0.9), 110, 34)
	for x := float32(-30); x < c.w; {
		w := c.between(105, 165)
		front(c, x, base, w, c.between(280, 470), c.pick(rgb(0x39424f), rgb(0x463b3f), rgb(0x2f4147), rgb(0x4a4238), rgb(0x343a4c)))
		x += w
	}
	for x := c.between(60, 160); x < c.w; x += c.between(300, 380) {
		lantern(c, x, base)
	}
}

// front is a house with rows of windows and a door.
func front(c *canvas, x, base, w, h float32, wall color.NRGBA) {
	lamp := rgb(0xffcf73)
	c.shape(wall, x, base, x, base-h, x+w*0.14, base-h, x+w*0.14, base-h-34, x+w/2, base-h-76, x+w*0.86, base-h-34, x+w*0.86, base-h, x+w, base-h, x+w, base)
	for y := base - h + 24; y < base-120; y += 84 {
		for k := range 3 {
			wx := x + w*(0.12+0.28*float32(k))
			col := mix(wall, rgb(0x0f1420), 0.45)
			if c.rnd.Float32() < 0.42 {
				col = mix(lamp, rgb(0xff9d5c), c.between(0, 0.5))
			}
			c.rect(col, wx, y, w*0.2, 50)
			c.rect(wall, wx+w*0.095, y, 2.5, 50)
			c.rect(wall, wx, y+20, w*0.2, 2.5)
		}
	}
	c.box(mix(wall, rgb(0x000000), 0.4), x+w*0.38, base-86, w*0.26, 90, 10)
	c.rect(faded(lamp, 0.8), x+w*0.42, base-78, w*0.18, 16)
	c.rect(rgb(0x20242d), x, base, w, 4)
}

func lantern(c *canvas, x, base float32) {
	post, light := rgb(0x11151c), rgb(0xffdf9a)
	c.glow(light, x, base-186, 190, 0.5)
	c.rect(post, x-3, base-170, 6, 186)
	c.shape(light, x-11, base-206, x+11, base-206, x+7, base-170, x-7, base-170)
	c.shape(post, x-15, base-206, x, base-222, x+15, base-206)
	for i := range 9 {
		w := c.between(10, 46)
		c.box(faded(light, 0.42-0.04*float32(i)), x-w/2+c.between(-9, 9), base+22+float32(i)*15, w, 4, 2)
	}
}

// lighthouse: a tower on a cliff, its beam over a dark sea.
func lighthouse(c *canvas, p palette) {
	horizon := c.h * 0.66
	c.gradient(stop{0, p.top}, stop{horizon, p.low})
	c.gradient(stop{horizon, p.waterTop}, stop{c.h, p.waterLow})
	ripples(c, faded(p.low, 0.3), horizon, 60)
	x, top := c.w*c.between(0.64, 0.74), float32(190)
	beam := faded(p.lamp, 0.28)
	c.shape(beam, x, top+20, -40, top-110, -40, top+110)
	c.shape(faded(p.lamp, 0.16), x, top+20, c.w+40, top-20, c.w+40, top+90)
	cliff := []float32{c.w + 10, c.h + 10, c.w + 10, 560, x + 90, 545, x - 70, 548}
	for y := float32(570); y < c.h+40; y += 36 {
		cliff = append(cliff, x-90-(y-560)*0.35+c.between(-26, 18), y)
	}
	c.shape(p.near, append(cliff, x-190, c.h+10)...)
	tower := func(y float32) float32 { return 26 + (y-top)*0.055 }
	for i, y := 0, top+50; y < 548; i, y = i+1, y+72 {
		low := min(y+72, 550)
		col := rgb(0xf1ece0)
		if i%2 == 1 {
			col = rgb(0xb23a30)
		}
		c.shape(col, x-tower(y), y, x+tower(y), y, x+tower(low), low, x-tower(low), low)
		c.shape(faded(rgb(0x000000), 0.13), x+tower(y)*0.35, y, x+tower(y), y, x+tower(low), low, x+tower(low)*0.35, low)
	}
	c.rect(p.near, x-36, top+44, 72, 9)
	c.rect(rgb(0x2b3038), x-22, top-2, 44, 46)
	c.rect(p.lamp, x-17, top+4, 34, 36)
	c.paint(rgb(0x8f2f28), (&path{}).move(x-27, top-2).quad(x, top-52, x+27, top-2).close())
	c.glow(p.lamp, x, top+20, 150, 0.75)
	c.box(rgb(0x2b3038), x-9, 500, 18, 50, 8)
}

// geese: a small procession along the tram tracks.
func geese(c *canvas, p palette) {
	ground := c.h * 0.58
	c.gradient(stop{0, p.top}, stop{ground, p.low})
	for x := float32(-20); x < c.w; {
		w := c.between(90, 150)
		house(c, mix(p.far, p.low, c.between(0.1, 0.5)), mix(p.lamp, p.low, 0.2), x, ground, w, c.between(110, 220))
		x += w
	}
	c.gradient(stop{ground, mix(p.mid, rgb(0xb9b2a4), 0.65)}, stop{c.h, mix(p.near, rgb(0x8f8779), 0.65)})
	rail := mix(p.near, rgb(0x222222), 0.4)
	for i := range 11 {
		y := ground + 70 + float32(i*i)*1.9 + float32(i)*5
		c.rect(faded(rail, 0.25), 0, y, c.w, 2)
	}
	c.rect(rail, 0, c.h*0.82, c.w, 7)
	c.rect(rail, 0, c.h*0.9, c.w, 9)
	n := 5
	for i := range n {
		size := c.between(0.85, 1.1)
		if i == n-1 {
			size = 0.6
		}
		goose(c, c.w*(0.14+0.17*float32(i)), c.h*0.87+c.between(-16, 16), 1.25*size)
	}
}

func goose(c *canvas, x, base, s float32) {
	white, shade, beak := rgb(0xf7f4ec), rgb(0xd5d2c8), rgb(0xe08a2f)
	at := func(dx, dy float32) (float32, float32) { return x + dx*s, base + dy*s }
	legX, legY := at(-6, -30)
	c.stroke(beak, 5*s, legX, legY, legX, base, legX-14*s, base)
	c.stroke(beak, 5*s, legX+18*s, legY, legX+22*s, base, legX+8*s, base)
	bx, by := at(0, -62)
	c.ellipse(white, bx, by, 58*s, 38*s)
	c.shape(white, bx+30*s, by-26*s, bx+86*s, by-30*s, bx+40*s, by+16*s)
	c.ellipse(shade, bx+14*s, by-2*s, 38*s, 20*s)
	neck := bow(bx-40*s, by-8*s, bx-76*s, by-40*s, bx-56*s, by-104*s)
	c.stroke(white, 22*s, neck...)
	hx, hy := bx-58*s, by-110*s
	c.circle(white, hx, hy, 18*s)
	c.shape(beak, hx-14*s, hy-7*s, hx-42*s, hy+3*s, hx-13*s, hy+9*s)
	c.circle(rgb(0x22262b), hx-6*s, hy-5*s, 2.8*s)
}
