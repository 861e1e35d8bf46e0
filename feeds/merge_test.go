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

func TestTheFirstSightOfAPostWithoutADateIsKept(t *testing.T) {
	at := func(hour int) time.Time { return time.Date(2026, 11, 22, hour, 0, 0, 0, time.UTC) }
	post := func(published int, undated bool, fetched int) *Post {
		return &Post{Key: "a", Published: at(published), Undated: undated, Sightings: []Sighting{{Host: "blog.example", ID: "a", At: at(fetched), Origin: true}}}
	}
	for _, tt := range []struct {
		name         string
		stored, read *Post
		want         int
		undated      bool
	}{
		{"seen again", post(1, true, 1), post(5, true, 5), 1, true},
		{"seen again, handed in the other order", post(5, true, 5), post(1, true, 1), 1, true},
		{"a date comes", post(5, true, 5), post(2, false, 6), 2, false},
		{"a date goes", post(2, false, 5), post(6, true, 6), 2, false},
		{"a date changes", post(2, false, 5), post(3, false, 6), 3, false},
	} {
		if got := MergePost(tt.stored, tt.read); !got.Published.Equal(at(tt.want)) || got.Undated != tt.undated {
			t.Errorf("%s: %s, undated %t", tt.name, got.Published, got.Undated)
		}
	}
}

func TestAPostWithoutADateStaysWhereItWasFirstSeen(t *testing.T) {
	at := func(hour int) time.Time { return time.Date(2026, 11, 22, hour, 0, 0, 0, time.UTC) }
	entry := func(key Key, hour int, undated bool) Entry {
		return Entry{Key: key, At: at(hour), Undated: undated, WrapperID: string(key)}
	}
	tl := (&Timeline{}).Merge("", &Page{Entries: []Entry{entry("b", 1, true), entry("a", 0, false)}}, at(1))
	tl = tl.Merge("", &Page{Entries: []Entry{entry("d", 9, true), entry("c", 8, false), entry("b", 9, true), entry("a", 0, false)}}, at(9))
	var order string
	for _, e := range tl.Entries {
		order += string(e.Key)
	}
	if order != "dcba" || len(tl.Ranges) != 1 || !tl.Ranges[0].Newest.Equal(at(9)) || !tl.Ranges[0].Oldest.Equal(at(0)) {
		t.Errorf("%s %+v", order, tl.Ranges)
	}
	tl = tl.Merge("", &Page{Entries: []Entry{entry("b", 4, false)}}, at(10))
	for _, e := range tl.Entries {
		if e.Key == "b" && (e.Undated || !e.At.Equal(at(4))) {
			t.Errorf("a date that comes: %+v", e)
		}
	}
}
