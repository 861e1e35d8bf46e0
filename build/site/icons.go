package site

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"
	"strings"

	"golang.org/x/image/vector"
)

// appIconSet are the pictures that stand for the site on a desktop, a home screen and in tabs.
type appIconSet struct {
	favicon                       []byte            // SVG
	small, large, maskable, touch []byte            // PNG: 192, 512, 512 with a safe zone, 180 without corners
	shortcuts                     map[string][]byte // PNG by sign: 96
}

// The ground is the look's accent, the mark its paper, in any theme.
const (
	groundColour = "#0b5a49"
	markColour   = "#fcfbf8"
)

// grid is the width and height of a sign in icons.svg; stroke is the width of its lines.
const (
	grid   = 24
	stroke = 1.75
)

// appIcons draws the sign "mark" of icons.svg, and those of the views that an installed app leads to.
func appIcons(signs []byte) (appIconSet, error) {
	paths, err := signPaths(signs, "mark")
	if err != nil {
		return appIconSet{}, err
	}
	lines, err := flatten(paths)
	if err != nil {
		return appIconSet{}, err
	}
	set := appIconSet{favicon: faviconSVG(paths), shortcuts: map[string][]byte{}}
	for _, p := range []struct {
		to     *[]byte
		size   int
		share  float64 // of the mark's grid in the picture's width
		corner float64 // radius, as a share of the width
	}{
		{&set.small, 192, .74, .22},
		{&set.large, 512, .74, .22},
		{&set.maskable, 512, .58, 0}, // within the circle that no mask cuts into: https://www.w3.org/TR/appmanifest/#icon-masks
		{&set.touch, 180, .70, 0},    // the system rounds it
	} {
		if *p.to, err = picture(lines, p.size, p.share, p.corner); err != nil {
			return appIconSet{}, err
		}
	}
	for _, id := range []string{"home", "saved", "search"} {
		paths, err := signPaths(signs, id)
		if err != nil {
			return appIconSet{}, err
		}
		lines, err := flatten(paths)
		if err != nil {
			return appIconSet{}, err
		}
		if set.shortcuts[id], err = picture(lines, 96, .62, .5); err != nil {
			return appIconSet{}, err
		}
	}
	return set, nil
}

// signPaths returns the path data of a sign.
func signPaths(signs []byte, id string) ([]string, error) {
	var file struct {
		Symbols []struct {
			ID    string `xml:"id,attr"`
			Paths []struct {
				D string `xml:"d,attr"`
			} `xml:"g>path"`
		} `xml:"symbol"`
	}
	if err := xml.Unmarshal(signs, &file); err != nil {
		return nil, fmt.Errorf("icons.svg: %w", err)
	}
	for _, s := range file.Symbols {
		if s.ID != id {
			continue
		}
		var paths []string
		for _, p := range s.Paths {
			paths = append(paths, p.D)
		}
		return paths, nil
	}
	return nil, fmt.Errorf("icons.svg has no sign %q", id)
}

// Favicon draws the sign "mark" of icons.svg as the icon of tabs, an SVG.
func Favicon(signs []byte) ([]byte, error) {
	paths, err := signPaths(signs, "mark")
	if err != nil {
		return nil, err
	}
	return faviconSVG(paths), nil
}

func faviconSVG(paths []string) []byte {
	return fmt.Appendf(nil, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="%s"/><path transform="translate(4 4)" fill="none" stroke="%s" stroke-width="%g" stroke-linecap="round" stroke-linejoin="round" d="%s"/></svg>`+"\n",
		groundColour, markColour, stroke, strings.Join(paths, " "))
}

// picture draws polylines on a square ground.
func picture(lines [][]point, size int, share, corner float64) ([]byte, error) {
	img := image.NewRGBA(image.Rect(0, 0, size, size))
	ground := vector.NewRasterizer(size, size)
	w := float64(size)
	polygon(ground, roundedSquare(w, corner*w))
	fill(img, ground, color.RGBA{0x0b, 0x5a, 0x49, 0xff})
	mark := vector.NewRasterizer(size, size)
	scale := share * w / grid
	shift := (w - grid*scale) / 2
	for _, line := range lines {
		for i := range len(line) - 1 {
			a := point{line[i].x*scale + shift, line[i].y*scale + shift}
			b := point{line[i+1].x*scale + shift, line[i+1].y*scale + shift}
			polygon(mark, capsule(a, b, stroke*scale/2))
		}
	}
	fill(img, mark, color.RGBA{0xfc, 0xfb, 0xf8, 0xff})
	var b bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(&b, img); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

func fill(img draw.Image, shape *vector.Rasterizer, c color.Color) {
	shape.Draw(img, img.Bounds(), image.NewUniform(c), image.Point{})
}

type point struct{ x, y float64 }

func polygon(r *vector.Rasterizer, points []point) {
	for i, p := range points {
		if i == 0 {
			r.MoveTo(float32(p.x), float32(p.y))
			continue
		}
		r.LineTo(float32(p.x), float32(p.y))
	}
	r.ClosePath()
}

// arcSteps is how many straight pieces stand for a half circle.
const arcSteps = 24

// capsule is the outline of a line with round ends. All capsules turn the same way, so that where they overlap they add up.
func capsule(a, b point, radius float64) []point {
	angle := math.Atan2(b.y-a.y, b.x-a.x)
	var out []point
	for i := range arcSteps + 1 {
		t := angle - math.Pi/2 + math.Pi*float64(i)/arcSteps
		out = append(out, point{b.x + radius*math.Cos(t), b.y + radius*math.Sin(t)})
	}
	for i := range arcSteps + 1 {
		t := angle + math.Pi/2 + math.Pi*float64(i)/arcSteps
		out = append(out, point{a.x + radius*math.Cos(t), a.y + radius*math.Sin(t)})
	}
	return out
}

func roundedSquare(w, radius float64) []point {
	var out []point
	for i, c := range []point{{w - radius, w - radius}, {radius, w - radius}, {radius, radius}, {w - radius, radius}} {
		for j := range arcSteps/2 + 1 {
			t := math.Pi / 2 * (float64(i) + float64(j)/(arcSteps/2))
			out = append(out, point{c.x + radius*math.Cos(t), c.y + radius*math.Sin(t)})
		}
	}
	return out
}

var errPath = errors.New("icons.svg: a path with more than lines and circular arcs")
