package site

import (
	"math"
	"testing"
)

func TestFlatten(t *testing.T) {
	for name, c := range map[string]struct {
		path string
		ends []point // the last point of each line
	}{
		"lines":             {"M4 10v9.5h16V10", []point{{20, 10}}},
		"relative":          {"m1 1 2 3l-1-.5", []point{{2, 3.5}}},
		"numbers that meet": {"M1.5.5-2-3", []point{{-2, -3}}},
		"several, closed":   {"M0 0H4V4ZM9 9h1", []point{{0, 0}, {10, 9}}},
		"a half circle":     {"M21 9a3 3 0 0 1-6 0", []point{{15, 9}}},
		"joined flags":      {"M21 9a3 3 0 01-6 0", []point{{15, 9}}},
	} {
		t.Run(name, func(t *testing.T) {
			lines, err := flatten([]string{c.path})
			if err != nil || len(lines) != len(c.ends) {
				t.Fatalf("%v, %v", lines, err)
			}
			for i, want := range c.ends {
				if got := lines[i][len(lines[i])-1]; math.Hypot(got.x-want.x, got.y-want.y) > 1e-9 {
					t.Errorf("line %d ends at %v", i, got)
				}
			}
		})
	}
}

func TestArcsStayOnTheirCircle(t *testing.T) {
	for path, lowest := range map[string]float64{"M21 9a3 3 0 0 1-6 0": 12, "M21 9a3 3 0 0 0-6 0": 9} { // y grows downwards
		lines, err := flatten([]string{path})
		if err != nil {
			t.Fatal(err)
		}
		low := 0.0
		for _, p := range lines[0] {
			if d := math.Hypot(p.x-18, p.y-9); math.Abs(d-3) > 1e-9 {
				t.Errorf("%s: %v is %v from the centre", path, p, d)
			}
			low = max(low, p.y)
		}
		if math.Abs(low-lowest) > 1e-6 {
			t.Errorf("%s reaches down to %v", path, low)
		}
	}
}

func TestPathsThatAreNotUnderstoodAreAnError(t *testing.T) {
	for _, path := range []string{"M0 0C1 1 2 2 3 3", "L1 1", "M1", "M0 0A1 2 0 0 0 3 3", "M0 0Lx"} {
		if lines, err := flatten([]string{path}); err == nil {
			t.Errorf("%q became %v", path, lines)
		}
	}
}
