package search

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/cache"
)

// cutOff are records whose n-th change fails, and all after it, as if the program had been killed.
type cutOff struct {
	feeds.Records
	left int
	err  error
}

func (c *cutOff) Change(ctx context.Context, pairs ...feeds.Pair) error {
	if c.left--; c.left < 0 {
		return c.err
	}
	return c.Records.Change(ctx, pairs...)
}

func (c *cutOff) Clear(ctx context.Context, from, to string) error {
	if c.left--; c.left < 0 {
		return c.err
	}
	return c.Records.Clear(ctx, from, to)
}

func TestAKillAtAnyChangeLeavesAnIndexThatFindsEverything(t *testing.T) {
	posts := corpus(160, 3)
	word := spell(1)
	want := reference(posts, func(w []string, p *feeds.Post) bool {
		return slices.Contains(append(append(w, p.Author.Name[7:]), strings.Fields(alts(p))...), word)
	})
	killed := 0
	for n := 0; ; n++ {
		h := newHouse()
		whole := h.records
		c := &cutOff{Records: whole, left: n, err: &feeds.Error{Kind: feeds.Storage, Err: errors.New("killed")}}
		h.index = Open(c, nil)
		var err error
		for i := 0; i < len(posts) && err == nil; i += 16 {
			h.save(t, posts[i:i+16]...)
			err = h.index.Grow(t.Context(), h, func(int) error { return nil })
		}
		for i := 0; i < len(posts); i += 16 {
			h.save(t, posts[i:i+16]...)
		}
		h.index = Open(whole, nil) // the next program
		if got := h.found(t, word, Options{}); got != want {
			t.Fatalf("killed at change %d: before the next job %d are found, want %d", n, len(strings.Fields(got)), len(strings.Fields(want)))
		}
		h.grow(t)
		if got := h.found(t, word, Options{}); got != want {
			t.Fatalf("killed at change %d: after the next job %d are found, want %d", n, len(strings.Fields(got)), len(strings.Fields(want)))
		}
		known := map[string]bool{}
		for id := range h.index.segs {
			known[id.key("")] = true
		}
		keys, _ := whole.Keys(t.Context(), segmentsFrom, segmentsFrom+"\x7f", 0)
		for _, k := range keys {
			if !known[k[:strings.LastIndexByte(k, '/')+1]] {
				t.Errorf("killed at change %d: %s is left", n, k)
			}
		}
		if err == nil {
			break
		}
		if feeds.KindOf(err) != feeds.Storage {
			t.Fatal(err)
		}
		killed++
	}
	if killed < 10 {
		t.Errorf("killed only %d times", killed)
	}
}

func TestABrokenIndexIsSaidAndBuiltAnew(t *testing.T) {
	posts := corpus(200, 5)
	word := spell(1)
	whole := newHouse()
	whole.save(t, posts...)
	whole.grow(t)
	want := whole.found(t, word, Options{})
	pairs, err := whole.records.Range(t.Context(), "", "\x7f", 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, wrong := range []string{"a bit", "its end", "everything"} {
		for _, p := range pairs {
			h := newHouse()
			h.save(t, posts...)
			h.grow(t)
			keys, _ := h.records.Keys(t.Context(), "", "\x7f", 0)
			key := keys[slices.IndexFunc(pairs, func(o feeds.Pair) bool { return o.Key == p.Key })]
			values, _ := h.records.Values(t.Context(), []string{key})
			v := slices.Clone(values[0])
			switch wrong {
			case "a bit":
				v[len(v)/2] ^= 0x10
			case "its end":
				v = v[:len(v)*2/3]
			default:
				v = nil
			}
			if err := h.records.Change(t.Context(), feeds.Pair{Key: key, Value: v}); err != nil {
				t.Fatal(err)
			}
			h.index = Open(h.records, h.index.hides)
			r, _, err := h.index.Ask(t.Context(), h, Parse(word, time.UTC), Options{})
			if err == nil {
				for err == nil && len(posts) > 0 {
					var keys []feeds.Key
					if keys, err = r.Next(t.Context(), 50); len(keys) == 0 {
						break
					}
				}
			}
			if err != nil && (feeds.KindOf(err) != feeds.Storage || !Broken(err)) {
				t.Errorf("%s of %s: %v", wrong, key, err)
			}
			h.grow(t)
			if got := h.found(t, word, Options{}); got != want {
				t.Errorf("%s of %s: after it was built anew %q is found, want %q", wrong, key, got, want)
			}
		}
	}
}

func TestAFullDiskEndsTheJobAndLosesNothing(t *testing.T) {
	h, posts := newHouse(), corpus(120, 9)
	h.save(t, posts[:60]...)
	h.grow(t)
	before := h.found(t, spell(0), Options{})
	full := &cutOff{Records: h.records, err: &feeds.Error{Kind: feeds.Storage, Err: cache.ErrFull}}
	h.index = Open(full, nil)
	h.save(t, posts[60:]...)
	err := h.index.Grow(t.Context(), h, func(int) error { return nil })
	if feeds.KindOf(err) != feeds.Storage || !errors.Is(err, cache.ErrFull) {
		t.Fatalf("%v", err)
	}
	if got := h.found(t, spell(0), Options{}); len(got) <= len(before) {
		t.Errorf("what is stored isn't found: %q", got)
	}
}

func TestTheIndexWeighsAThirdOfThePosts(t *testing.T) {
	h := newHouse()
	h.save(t, corpus(6000, 11)...)
	h.grow(t)
	usage, err := h.Usage(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var posts int64
	for _, u := range usage {
		posts += u.Bytes
	}
	pairs, err := h.records.Range(t.Context(), "", "\x7f", 0)
	if err != nil {
		t.Fatal(err)
	}
	var index int64
	for _, p := range pairs {
		index += int64(len(p.Key) + len(p.Value))
	}
	t.Logf("posts %d bytes each, index %d", posts/6000, index/6000)
	if index*3 > posts {
		t.Errorf("the index has %d bytes, the posts %d", index, posts)
	}
}

func TestAJobThatEndsGoesOnWhereItWas(t *testing.T) {
	h := newHouse()
	h.save(t, corpus(2500, 13)...)
	ctx, cancel := context.WithCancel(t.Context())
	err := h.index.Grow(ctx, h, func(int) error { cancel(); return nil })
	if !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	looked := 0
	if err := h.index.Grow(t.Context(), h, func(n int) error { looked = n; return nil }); err != nil {
		t.Fatal(err)
	}
	if looked != 1500 {
		t.Errorf("%d posts were looked at again", looked)
	}
}

func TestAResultThatIsReadOnWhileTheIndexChangesIsWholeOrSaysSo(t *testing.T) {
	h, posts := newHouse(), corpus(1200, 21)
	h.save(t, posts[:200]...)
	h.grow(t)
	reader := Open(h.records, nil) // another program
	r, _, err := reader.Ask(t.Context(), h, Parse(spell(0), time.UTC), Options{})
	if err != nil {
		t.Fatal(err)
	}
	for i := 200; i < len(posts); i += 100 {
		h.save(t, posts[i:i+100]...)
		h.grow(t)
	}
	if _, err := r.Next(t.Context(), 10); !errors.Is(err, ErrChanged) {
		t.Errorf("its segment was merged: %v", err)
	}
	if got, want := h.found(t, spell(0), Options{}), len(strings.Fields(h.found(t, spell(0), Options{Hidden: true}))); len(strings.Fields(got)) != want {
		t.Errorf("%d, want %d", len(strings.Fields(got)), want)
	}
	values, err := h.records.Values(t.Context(), []string{brokenKey})
	if err != nil || values[0] != nil {
		t.Errorf("it is held for broken: %q, %v", values, err)
	}
	again, _, err := reader.Ask(t.Context(), h, Parse(spell(0), time.UTC), Options{})
	if err != nil || again.Total <= r.Total {
		t.Errorf("%+v, %v", again, err)
	}
}

func TestAnEmptiedIndexIsFilledAgain(t *testing.T) {
	h := newHouse()
	h.save(t, library()...)
	h.grow(t)
	if err := h.index.Empty(t.Context()); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if got := h.found(t, "umbrella", Options{}); got != "11 12 8" {
			t.Errorf("%q", got)
		}
		h.grow(t)
	}
}
