package pictures

import (
	"image"
	"math"
	"strings"
)

// Blurhash returns the placeholder of a picture with 4 by 3 components. A small picture (about 32 by 24) is enough.
// Source: https://github.com/woltapp/blurhash/blob/master/Algorithm.md
func Blurhash(m *image.RGBA) string {
	const nx, ny = 4, 3
	linear := toLinear(m)
	factors := make([][3]float64, 0, nx*ny)
	for y := range ny {
		for x := range nx {
			factors = append(factors, component(linear, m.Rect.Dx(), m.Rect.Dy(), x, y))
		}
	}
	biggest := 0.0
	for _, f := range factors[1:] {
		biggest = max(biggest, math.Abs(f[0]), math.Abs(f[1]), math.Abs(f[2]))
	}
	scale := max(0, min(82, int(biggest*166-0.5)))
	most := float64(scale+1) / 166

	var out strings.Builder
	base83(&out, (nx-1)+(ny-1)*9, 1)
	base83(&out, scale, 1)
	dc := factors[0]
	base83(&out, toSRGB(dc[0])<<16|toSRGB(dc[1])<<8|toSRGB(dc[2]), 4)
	for _, f := range factors[1:] {
		base83(&out, (quantize(f[0]/most)*19+quantize(f[1]/most))*19+quantize(f[2]/most), 2)
	}
	return out.String()
}

func toLinear(m *image.RGBA) [][3]float64 {
	out := make([][3]float64, 0, m.Rect.Dx()*m.Rect.Dy())
	for i := 0; i < len(m.Pix); i += 4 {
		out = append(out, [3]float64{linearOf(m.Pix[i]), linearOf(m.Pix[i+1]), linearOf(m.Pix[i+2])})
	}
	return out
}

func linearOf(v uint8) float64 {
	f := float64(v) / 255
	if f <= 0.04045 {
		return f / 12.92
	}
	return math.Pow((f+0.055)/1.055, 2.4)
}

func toSRGB(v float64) int {
	v = max(0, min(1, v))
	if v <= 0.0031308 {
		return int(v*12.92*255 + 0.5)
	}
	return int((1.055*math.Pow(v, 1/2.4)-0.055)*255 + 0.5)
}

func component(linear [][3]float64, w, h, kx, ky int) (sum [3]float64) {
	for y := range h {
		for x := range w {
			basis := math.Cos(math.Pi*float64(kx*x)/float64(w)) * math.Cos(math.Pi*float64(ky*y)/float64(h))
			for ch := range sum {
				sum[ch] += basis * linear[y*w+x][ch]
			}
		}
	}
	norm := 2.0
	if kx == 0 && ky == 0 {
		norm = 1
	}
	for ch := range sum {
		sum[ch] *= norm / float64(w*h)
	}
	return sum
}

// quantize quantizes a value from -1 to 1 to 19 steps, finer around zero.
func quantize(v float64) int {
	root := math.Copysign(math.Sqrt(math.Abs(v)), v)
	return max(0, min(18, int(math.Floor(root*9+9.5))))
}

func base83(out *strings.Builder, value, digits int) {
	const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~"
	for i := digits - 1; i >= 0; i-- {
		out.WriteByte(alphabet[value/int(math.Pow(83, float64(i)))%83])
	}
}
