package search

import (
	"context"
	"encoding/binary"
	"fmt"
	"slices"
	"testing"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/cache"
)

// counted are records that count how often, and how much, they are asked.
type counted struct {
	feeds.Records
	calls, keys, bytes int
}

func (c *counted) Values(ctx context.Context, keys []string) ([][]byte, error) {
	values, err := c.Records.Values(ctx, keys)
	c.calls, c.keys = c.calls+1, c.keys+len(keys)
	for _, v := range values {
		c.bytes += len(v)
	}
	return values, err
}

// What a database is asked takes most of the time of a search in a browser.
func TestFirstHitsAreReadInFewSteps(t *testing.T) {
	s := shelf{9000}
	records := cache.NewMemoryRecords()
	if err := Open(records, nil).Grow(t.Context(), s, func(int) error { return nil }); err != nil {
		t.Fatal(err)
	}
	for name, kind := range kinds() {
		c := &counted{Records: records}
		x := Open(c, nil)
		for i, most := range []int{5, 4} { // which segments there are, their heads, words, where these stand, posts; the heads are known then
			*c = counted{Records: records}
			r, _, err := x.Ask(t.Context(), s, Parse(kind(i+1), time.UTC), Options{})
			if err != nil {
				t.Fatal(err)
			}
			keys, err := r.Next(t.Context(), 20)
			if err != nil || len(keys) != min(r.Total, 20) {
				t.Fatal(name, len(keys), r.Total, err)
			}
			if c.calls > most {
				t.Errorf("%s: %d calls, want %d at most", name, c.calls, most)
			}
		}
		*c = counted{Records: records}
		if _, _, err := x.Ask(t.Context(), s, Parse(kind(2), time.UTC), Options{}); err != nil || c.keys > 2 {
			t.Errorf("%s: what was read just now is read again: %d keys, %v", name, c.keys, err)
		}
	}
}

func TestPagesThatAreHeldAreBounded(t *testing.T) {
	records := cache.NewMemoryRecords()
	page := make([]byte, streamPage)
	const pages = 5 * heldPages / streamPage
	for i := range pages {
		if err := records.Change(t.Context(), feeds.Pair{Key: fmt.Sprint(i), Value: page}); err != nil {
			t.Fatal(err)
		}
	}
	c := &counted{Records: records}
	h := &recent{stored: stored{c}}
	turn := &feeds.Turn{}
	for i := 1; i < pages; i++ {
		for range 2 {
			if v, err := h.Values(t.Context(), turn, []string{"0", fmt.Sprint(i), "missing"}); err != nil || v[0] == nil || v[1] == nil || v[2] != nil {
				t.Fatal(i, v, err)
			}
		}
	}
	if held := (len(h.young) + len(h.old)) * streamPage; held > 2*heldPages+streamPage || held < heldPages {
		t.Errorf("%d bytes are held", held)
	}
	if c.keys != pages+2*(pages-1) { // the missing one is asked for each time
		t.Errorf("%d keys were read, want each once", c.keys)
	}
}

func TestNumbersArePassedOver(t *testing.T) {
	var b []byte
	var starts []int
	for i := range 400 {
		starts = append(starts, len(b))
		b = binary.AppendUvarint(b, uint64(i*i*i%70_000))
	}
	starts = append(starts, len(b))
	for from := range starts {
		for n := range len(starts) - from {
			s := scanner{b: b[starts[from]:]}
			s.skip(n)
			if want := b[starts[from+n]:]; !slices.Equal(s.b, want) || s.broken {
				t.Fatalf("from %d over %d: %d bytes are left, want %d, %v", from, n, len(s.b), len(want), s.broken)
			}
		}
		s := scanner{b: b[starts[from]:]}
		if s.skip(len(starts) - from); !s.broken {
			t.Fatalf("from %d: over the end, and nothing is said", from)
		}
	}
}
