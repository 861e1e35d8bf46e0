package site

import (
	"math"
	"strconv"
	"strings"
)

// flatten turns path data into polylines. It knows what our signs are drawn with: lines and circular arcs.
// Source: https://www.w3.org/TR/SVG2/paths.html
func flatten(paths []string) ([][]point, error) {
	var all [][]point
	for _, d := range paths {
		p := pathReader{rest: d}
		if err := p.read(); err != nil {
			return nil, err
		}
		all = append(all, p.lines...)
	}
	return all, nil
}

// pathReader walks along path data.
type pathReader struct {
	rest  string
	at    point
	lines [][]point
}

func (p *pathReader) read() error {
	var command byte
	for {
		p.rest = strings.TrimLeft(p.rest, " ,")
		if p.rest == "" {
			return nil
		}
		if c := p.rest[0]; c >= 'A' { // numbers and signs stand below the letters
			command, p.rest = c, p.rest[1:]
		}
		if err := p.step(command); err != nil {
			return err
		}
		switch command { // what follows a moveto without a letter is a lineto
		case 'M':
			command = 'L'
		case 'm':
			command = 'l'
		}
	}
}

func (p *pathReader) step(command byte) error {
	count := map[byte]int{'M': 2, 'L': 2, 'H': 1, 'V': 1, 'A': 7, 'Z': 0}
	upper := command &^ 0x20
	n, ok := count[upper]
	if !ok {
		return errPath
	}
	v, err := p.numbers(upper, n)
	if err != nil {
		return err
	}
	to, relative := p.at, command != upper
	shift := func(given, current float64) float64 {
		if relative {
			return given + current
		}
		return given
	}
	switch upper {
	case 'M', 'L':
		to = point{shift(v[0], p.at.x), shift(v[1], p.at.y)}
	case 'H':
		to.x = shift(v[0], p.at.x)
	case 'V':
		to.y = shift(v[0], p.at.y)
	case 'A':
		to = point{shift(v[5], p.at.x), shift(v[6], p.at.y)}
	}
	switch {
	case upper == 'M':
		p.at = to
		p.lines = append(p.lines, []point{to})
		return nil
	case len(p.lines) == 0:
		return errPath
	case upper == 'Z':
		to = p.lines[len(p.lines)-1][0]
	case upper == 'A':
		if v[0] != v[1] {
			return errPath
		}
		p.arc(to, v[0], v[3] != 0, v[4] != 0)
	}
	p.line(to)
	return nil
}

func (p *pathReader) line(to point) {
	last := len(p.lines) - 1
	p.lines[last] = append(p.lines[last], to)
	p.at = to
}

// arc adds the points between here and to on a circle of a radius.
func (p *pathReader) arc(to point, radius float64, large, sweep bool) {
	dx, dy := to.x-p.at.x, to.y-p.at.y
	chord := math.Hypot(dx, dy)
	if chord == 0 {
		return
	}
	radius = math.Max(radius, chord/2)
	height := math.Sqrt(math.Max(0, radius*radius-chord*chord/4)) // from the chord's middle to the centre
	if large == sweep {
		height = -height
	}
	centre := point{p.at.x + dx/2 - dy/chord*height, p.at.y + dy/2 + dx/chord*height}
	from := math.Atan2(p.at.y-centre.y, p.at.x-centre.x)
	turn := math.Atan2(to.y-centre.y, to.x-centre.x) - from
	switch {
	case sweep && turn <= 0:
		turn += 2 * math.Pi
	case !sweep && turn >= 0:
		turn -= 2 * math.Pi
	}
	for i := 1; i < arcSteps; i++ {
		t := from + turn*float64(i)/arcSteps
		p.line(point{centre.x + radius*math.Cos(t), centre.y + radius*math.Sin(t)})
	}
}

// numbers reads a command's arguments. Those of an arc's two flags are one digit each and may stand without a space.
func (p *pathReader) numbers(command byte, n int) ([]float64, error) {
	v := make([]float64, 0, n)
	for i := range n {
		p.rest = strings.TrimLeft(p.rest, " ,")
		end := numberEnd(p.rest)
		if command == 'A' && (i == 3 || i == 4) {
			end = min(1, len(p.rest))
		}
		f, err := strconv.ParseFloat(p.rest[:end], 64)
		if err != nil {
			return nil, errPath
		}
		v, p.rest = append(v, f), p.rest[end:]
	}
	return v, nil
}

// numberEnd is where the number at the beginning of s ends: "6-4.5" holds two, and so does "1.5.5".
func numberEnd(s string) int {
	dot := false
	for i, c := range []byte(s) {
		switch {
		case c >= '0' && c <= '9', c == '-' && i == 0:
		case c == '.' && !dot:
			dot = true
		default:
			return i
		}
	}
	return len(s)
}
