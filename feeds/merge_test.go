package feeds

import (
	"testing"
	"time"
)

func TestMergePrefersWhatIsWholeThenTheOriginThenTheLatest(t *testing.T) {
	t.Parallel()
	at := func(hour int) time.Time { return time.Date(2026, 11, 20, hour, 0, 0, 0, time.UTC) }
	copyOf := func(name, host string, hour int, change func(p *Post)) *Post {
		p := &Post{Key: "k", Title: name, Sightings: []Sighting{{Host: host, ID: name, At: at(hour)}}}
		if change != nil {
			change(p)
		}
		return p
	}
	partial := func(p *Post) { p.Partial = true }
	origin := func(p *Post) { p.Sightings[0].Origin = true }
	edited := func(p *Post) { p.Edited = at(9) }
	for name, c := range map[string]struct {
		a, b *Post
		want string
	}{
		"the later one":                            {copyOf("a", "x", 1, nil), copyOf("b", "y", 2, nil), "b"},
		"the origin's":                             {copyOf("a", "x", 1, origin), copyOf("b", "y", 2, nil), "a"},
		"the edited one":                           {copyOf("a", "x", 1, edited), copyOf("b", "y", 2, nil), "a"},
		"a whole one over a list's":                {copyOf("a", "x", 1, nil), copyOf("b", "x", 2, partial), "a"},
		"a whole copy over the origin's in a list": {copyOf("a", "x", 1, nil), copyOf("b", "y", 2, func(p *Post) { partial(p); origin(p) }), "a"},
		"the later of two of lists":                {copyOf("a", "x", 1, partial), copyOf("b", "x", 2, partial), "b"},
		"the only one":                             {nil, copyOf("b", "x", 2, partial), "b"},
	} {
		for _, m := range []*Post{MergePost(c.a, c.b), MergePost(c.b, c.a)} {
			if m.Title != c.want {
				t.Errorf("%s: %s", name, m.Title)
			}
		}
	}
	m := MergePost(copyOf("a", "x", 1, nil), copyOf("b", "x", 2, partial))
	if len(m.Sightings) != 1 || m.Sightings[0].At != at(2) {
		t.Errorf("when it was seen last is kept: %+v", m.Sightings)
	}
}
