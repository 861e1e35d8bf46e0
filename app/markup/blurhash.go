package markup

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// The grid in which a blurhash is drawn. The style smooths it.
const (
	blurColumns = 8
	blurRows    = 5
)

// blurred draws a blurhash (https://github.com/woltapp/blurhash/blob/master/Algorithm.md) as a few coloured squares: what a
// picture is about in colour, without its file being asked for. It returns the zero Node for a hash that is none.
func blurred(hash string) Node {
	colours, ok := decodeBlurhash(hash, blurColumns, blurRows)
	if !ok {
		return Node{}
	}
	squares := make([]Node, 0, len(colours))
	for i, c := range colours {
		x, y := i%blurColumns, i/blurColumns
		squares = append(squares, El("rect", At("x", strconv.Itoa(x), "y", strconv.Itoa(y), "width", "1", "height", "1", "fill", c)))
	}
	box := fmt.Sprintf("0 0 %d %d", blurColumns, blurRows)
	return El("span", At("class", "blur", "aria-hidden", "true"), El("svg", At("viewBox", box, "preserveAspectRatio", "none"), squares...))
}

const base83 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~"

// decodeBlurhash returns the colours of a grid, row by row, as "#rrggbb".
func decodeBlurhash(hash string, columns, rows int) ([]string, bool) {
	if len(hash) < 6 {
		return nil, false
	}
	size, ok := digits83(hash[:1])
	across, down := size%9+1, size/9+1
	if !ok || len(hash) != 4+2*across*down {
		return nil, false
	}
	waves, ok := blurWaves(hash, across*down)
	if !ok {
		return nil, false
	}
	out := make([]string, 0, columns*rows)
	for y := range rows {
		for x := range columns {
			out = append(out, colourAt(waves, across, (float64(x)+.5)/float64(columns), (float64(y)+.5)/float64(rows)))
		}
	}
	return out, true
}

// blurWaves reads the factors of a hash's cosines: red, green and blue of each, the mean colour first.
func blurWaves(hash string, n int) ([][3]float64, bool) {
	strongest, ok := digits83(hash[1:2])
	mean, ok2 := digits83(hash[2:6])
	if !ok || !ok2 {
		return nil, false
	}
	waves := [][3]float64{{linear(mean >> 16), linear(mean >> 8 & 255), linear(mean & 255)}}
	scale := float64(strongest+1) / 166
	for i := 1; i < n; i++ {
		v, ok := digits83(hash[4+2*i : 6+2*i])
		if !ok {
			return nil, false
		}
		waves = append(waves, [3]float64{signedSquare(v/361) * scale, signedSquare(v/19%19) * scale, signedSquare(v%19) * scale})
	}
	return waves, true
}

// colourAt sums up the waves at a place from 0,0 to 1,1.
func colourAt(waves [][3]float64, across int, x, y float64) string {
	var sum [3]float64
	for i, w := range waves {
		basis := math.Cos(math.Pi*x*float64(i%across)) * math.Cos(math.Pi*y*float64(i/across))
		for c := range sum {
			sum[c] += w[c] * basis
		}
	}
	return fmt.Sprintf("#%02x%02x%02x", srgb(sum[0]), srgb(sum[1]), srgb(sum[2]))
}

func digits83(s string) (int, bool) {
	n := 0
	for i := range len(s) {
		d := strings.IndexByte(base83, s[i])
		if d < 0 {
			return 0, false
		}
		n = n*83 + d
	}
	return n, true
}

func signedSquare(v int) float64 {
	f := (float64(v) - 9) / 9
	return math.Copysign(f*f, f)
}

func linear(v int) float64 {
	f := float64(v) / 255
	if f <= 0.04045 {
		return f / 12.92
	}
	return math.Pow((f+0.055)/1.055, 2.4)
}

func srgb(f float64) int {
	f = min(max(f, 0), 1)
	if f <= 0.0031308 {
		return int(f*12.92*255 + 0.5)
	}
	return int((1.055*math.Pow(f, 1/2.4)-0.055)*255 + 0.5)
}
