package search

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/cache"
	"vitrine/feeds/content"
	"vitrine/feeds/feedstest"
)

// house is a store with its index.
type house struct {
	*cache.Memory
	records feeds.Records
	index   *Index
	saved   map[feeds.Key]*feeds.Post
	said    map[feeds.Key]Said
}

func newHouse() *house {
	h := &house{Memory: cache.NewMemory(), records: cache.NewMemoryRecords(), saved: map[feeds.Key]*feeds.Post{}}
	h.index = Open(h.records, func(p *feeds.Post) bool { return p.Author.Wishes.NotIndexable })
	return h
}

func (h *house) Posts(ctx context.Context, keys []feeds.Key) (map[feeds.Key]*feeds.Post, error) {
	posts, err := h.Memory.Posts(ctx, keys)
	for _, k := range keys {
		if posts[k] == nil && h.saved[k] != nil {
			posts[k] = h.saved[k]
		}
	}
	return posts, err
}

func (h *house) Saved(context.Context) (keys []feeds.Key, err error) {
	for k := range h.saved {
		keys = append(keys, k)
	}
	return keys, nil
}

func (h *house) Kept(ctx context.Context) ([]feeds.Key, error) { return h.Saved(ctx) }

func (h *house) Said(context.Context, []feeds.Key) (map[feeds.Key]Said, error) { return h.said, nil }

func (h *house) save(t testing.TB, posts ...*feeds.Post) {
	t.Helper()
	if err := h.SavePosts(t.Context(), posts); err != nil {
		t.Fatal(err)
	}
}

func (h *house) grow(t testing.TB) {
	t.Helper()
	if err := h.index.Grow(t.Context(), h, func(int) error { return nil }); err != nil {
		t.Fatal(err)
	}
}

// found returns the ends of the keys of what a query finds, in order, and checks the total.
func (h *house) found(t testing.TB, text string, o Options) string {
	t.Helper()
	r, _, err := h.index.Ask(t.Context(), h, Parse(text, time.UTC), o)
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	var ids []string
	for {
		keys, err := r.Next(t.Context(), 7)
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		if len(keys) == 0 {
			break
		}
		for _, k := range keys {
			ids = append(ids, string(k[strings.LastIndexByte(string(k), '/')+1:]))
		}
	}
	if len(ids) != r.Total {
		t.Errorf("%q: %d found, %d said", text, len(ids), r.Total)
	}
	return strings.Join(ids, " ")
}

// post makes a post of some minutes after the epoch.
func post(id string, minutes int, text string, change ...func(*feeds.Post)) *feeds.Post {
	p := feedstest.Post("a.example", id, minutes)
	p.Body = content.ParsePlain(text, content.Options{})
	for _, f := range change {
		f(p)
	}
	return p
}

func library() []*feeds.Post {
	return []*feeds.Post{
		post("1", 1, "The quick brown fox"),
		post("2", 2, "A brown quick dog, and a café au lait"),
		post("3", 3, "Cafe closed", func(p *feeds.Post) {
			p.Author = feedstest.Author("Bob", "b.example")
			p.Author.Name = "Bob Builder"
			p.Language = "de-AT"
		}),
		post("4", 4, "東京都に行きました"),
		post("5", 5, "京都の猫"),
		post("6", 6, "with a picture", func(p *feeds.Post) {
			p.Media = []feeds.Media{{Kind: feeds.Image, URL: "https://a.example/x.png", Alt: "Ein Zebra im Schnee"}}
			p.Tags = []feeds.Tag{{Name: "Zoo"}}
		}),
		post("7", 7, "which one?", func(p *feeds.Post) {
			p.Poll = &feeds.Poll{Options: []feeds.PollOption{{Title: "Erbsen"}, {Title: "Möhren"}}}
			p.Warning = "food choices"
		}),
		post("8", 8, "see https://far.example/page", func(p *feeds.Post) {
			p.Card = &feeds.Card{URL: "https://far.example/page", Title: "Umbrella news"}
		}),
		post("9", 9, "quick hidden fox", func(p *feeds.Post) {
			p.Author = feedstest.Author("shy", "a.example")
			p.Author.Wishes.NotIndexable = true
		}),
		post("10", 60*24*400, "ภาษาไทยง่ายมาก quick"),
		post("11", 11, "quoting", func(p *feeds.Post) {
			p.Quote = &feeds.Quote{State: feeds.QuoteAccepted, Post: post("12", 10, "inner umbrella")}
		}),
	}
}

func TestPostsAreFoundByWhatTheirReaderSaysOfThem(t *testing.T) {
	for _, grown := range []bool{false, true} {
		h := newHouse()
		h.said = map[feeds.Key]Said{library()[4].Key: {Tags: []string{"To Read", "café"}, Note: "the umbrella of Émile"}, library()[8].Key: {Own: true}}
		h.save(t, library()...)
		if grown {
			h.grow(t)
		}
		for text, want := range map[string]string{
			`tag:"to read"`: "5", "tag:cafe": "5", "read": "5", "emile": "5", "umbrella": "11 12 8 5", "tag:read": "", "hidden": "9", `"read cafe"`: "",
		} {
			if got := h.found(t, text, Options{}); got != want {
				t.Errorf("indexed: %v, %s: %q, want %q", grown, text, got, want)
			}
		}
	}
}

func TestPostsAreFoundByWhatTheyAre(t *testing.T) {
	for _, grown := range []string{"not indexed yet", "in one segment", "in many"} {
		t.Run(grown, func(t *testing.T) {
			h := newHouse()
			for i, p := range library() {
				h.save(t, p)
				if grown == "in many" && i%2 == 0 {
					h.grow(t)
				}
			}
			if grown == "in one segment" {
				h.grow(t)
			}
			for _, c := range []struct{ text, want string }{
				{"quick", "10 2 1"},
				{"QUICK fox", "1"},
				{`"quick brown"`, "1"},
				{`"brown quick"`, "2"},
				{`-brown quick`, "10"},
				{"cafe", "3 2"},
				{"café -lait", "3"},
				{"from:bob@b.example", "3"},
				{"from:@BOB@b.example", "3"},
				{"from:bob", "3"},
				{"builder", "3"},
				{"host:b.example", "3"},
				{"lang:de", "3"},
				{"lang:de-at", "3"},
				{"京都", "5 4"},
				{"東京都", "4"},
				{"都", "5 4"},
				{"猫", "5"},
				{"東猫", ""},
				{"ไทย", "10"},
				{"zebra", "6"},
				{"has:media", "6"},
				{"has:image has:alt", "6"},
				{"has:video", ""},
				{"tag:zoo", "6"},
				{"#ZOO", "6"},
				{"mohren", "7"},
				{"has:poll", "7"},
				{`"food choices"`, "7"},
				{`"choices which"`, ""},
				{"has:link", "8"},
				{"umbrella", "11 12 8"},
				{"after:2027", "10"},
				{"before:2027 quick", "2 1"},
				{"after:2026-11-22 before:2026-11-23 cafe", "3 2"},
				{"is:saved", ""},
				{"from:shy@a.example quick", "9"},
				{"nothing here", ""},
				{"-quick -cafe -umbrella before:2027", "7 6 5 4"},
			} {
				if got := h.found(t, c.text, Options{}); got != c.want {
					t.Errorf("%q finds %q, want %q", c.text, got, c.want)
				}
			}
			r, _, err := h.index.Ask(t.Context(), h, Parse("quick fox", time.UTC), Options{})
			if err != nil || r.Total != 1 || r.Hidden != 1 {
				t.Errorf("%+v, %v", r, err)
			}
			if got := h.found(t, "quick fox", Options{Hidden: true}); got != "9 1" {
				t.Errorf("with all authors: %q", got)
			}
			if got := h.found(t, "cafe OR fox", Options{Relevance: true, Now: feedstest.Epoch()}); got != "" {
				t.Errorf("%q", got)
			}
		})
	}
}

func TestWhatIsSavedIsFoundWhateverItsAuthorWishesAndHoweverLittleOfItIsStored(t *testing.T) {
	h := newHouse()
	h.save(t, library()...)
	h.grow(t)
	shy := library()[8]
	h.saved[shy.Key] = shy
	alone := post("77", 77, "kept alone, quick")
	h.saved[alone.Key] = alone
	if err := h.Note(t.Context(), []feeds.Key{alone.Key}); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if got := h.found(t, "is:saved quick", Options{}); got != "77 9" {
			t.Errorf("%q", got)
		}
		if got := h.found(t, "quick fox", Options{}); got != "9 1" {
			t.Errorf("%q", got)
		}
		h.grow(t)
	}
	if got := h.found(t, "-is:saved quick", Options{}); got != "10 2 1" {
		t.Errorf("%q", got)
	}
}

func TestWhatFitsBestComesFirstWhereThatIsWanted(t *testing.T) {
	h := newHouse()
	h.save(t,
		post("1", 1, "tea tea tea and more tea"), post("2", 2, "tea and coffee"), post("3", 3, "water"), post("4", 4, "water and rare tea"),
		post("5", -60*24*1000, "tea tea tea tea tea, long ago"))
	h.grow(t)
	o := Options{Relevance: true, Now: feedstest.Epoch().Add(time.Hour)}
	if got := h.found(t, "tea", o); got != "1 4 2 5" && got != "1 2 4 5" {
		t.Errorf("%q", got)
	}
	if got := h.found(t, "water", o); got != "3 4" && got != "4 3" {
		t.Errorf("%q", got)
	}
}

func TestEditedAndRemovedPostsLeaveTheIndex(t *testing.T) {
	h := newHouse()
	h.save(t, library()...)
	h.grow(t)
	edited := post("1", 1, "The slow red fox")
	edited.Edited = feedstest.Epoch().Add(time.Hour)
	h.save(t, edited)
	check := func(when string) {
		t.Helper()
		if got := h.found(t, "quick", Options{}); got != "10 2" {
			t.Errorf("%s: quick finds %q", when, got)
		}
		if got := h.found(t, "slow fox", Options{}); got != "1" {
			t.Errorf("%s: slow fox finds %q", when, got)
		}
	}
	check("before it is indexed")
	h.grow(t)
	check("after")
	if err := h.Forget(t.Context(), "a.example"); err != nil {
		t.Fatal(err)
	}
	if got := h.found(t, "quick", Options{}); got != "" {
		t.Errorf("a forgotten server's posts are found: %q", got)
	}
	h.grow(t)
	h.save(t, post("1", 1, "quick again"))
	if got := h.found(t, "quick", Options{}); got != "1" {
		t.Errorf("%q", got)
	}
	if err := h.Forget(t.Context(), ""); err != nil {
		t.Fatal(err)
	}
	h.grow(t)
	s, err := h.index.State(t.Context(), h, 10)
	if err != nil || s.Posts != 0 || s.More || len(s.Pending) != 0 {
		t.Errorf("%+v, %v", s, err)
	}
}

// corpus makes posts of words from a list where the first are frequent, as in languages.
func corpus(n int, seed uint64) []*feeds.Post {
	rnd := rand.New(rand.NewPCG(seed, 1))
	zipf := rand.NewZipf(rnd, 1.1, 4, 40_000)
	posts := make([]*feeds.Post, n)
	for i := range posts {
		host := fmt.Sprintf("s%d.example", rnd.IntN(40))
		id := fmt.Sprint(110_000_000_000_000_000 + rnd.Int64N(5_000_000_000_000_000))
		p := feedstest.Post(host, id, -i*7)
		p.Author = feedstest.Author(fmt.Sprintf("person%d", rnd.IntN(2000)), host)
		p.Author.Name = "Person " + spell(zipf.Uint64())
		p.Language = []string{"en", "de", "fr", "ja"}[rnd.IntN(4)]
		var b strings.Builder
		for range 12 + rnd.IntN(60) {
			b.WriteString(spell(zipf.Uint64()) + " ")
		}
		if rnd.IntN(4) == 0 {
			p.Media = []feeds.Media{{Kind: feeds.Image, URL: "https://" + host + "/media_attachments/files/" + id + "/original/0123456789abcdef.png",
				Preview: "https://" + host + "/media_attachments/files/" + id + "/small/0123456789abcdef.png", Blurhash: "UBL_:rOpGG-;~qRjWBRj%MayofWB", Alt: spell(zipf.Uint64()) + " picture of " + spell(zipf.Uint64()), Width: 1200, Height: 900}}
		}
		if rnd.IntN(5) == 0 {
			p.Tags = []feeds.Tag{{Name: "tag" + spell(zipf.Uint64()), URL: "https://" + host + "/tags/x"}}
		}
		p.Body = content.ParsePlain(b.String(), content.Options{})
		posts[i] = p
	}
	return posts
}

// spell makes a word of a number.
func spell(n uint64) string {
	const consonants, vowels = "bdfgklmnprstvz", "aeiou"
	var b []byte
	for n += 30; n > 0; n /= 70 {
		b = append(b, consonants[n%14], vowels[n/14%5])
	}
	return string(b)
}

// reference finds posts as slowly as can be: each is looked at.
func reference(posts []*feeds.Post, want func(words []string, p *feeds.Post) bool) string {
	var found []*feeds.Post
	for _, p := range posts {
		if want(strings.Fields(content.PlainText(p.Body)), p) {
			found = append(found, p)
		}
	}
	slices.SortFunc(found, func(a, b *feeds.Post) int { return b.Published.Compare(a.Published) })
	var ids []string
	for _, p := range found {
		ids = append(ids, string(p.Key[strings.LastIndexByte(string(p.Key), '/')+1:]))
	}
	return strings.Join(ids, " ")
}

func TestManyPostsInManySegmentsAreFoundAsByLookingAtEach(t *testing.T) {
	h, posts := newHouse(), corpus(9000, 7)
	for i := 0; i < len(posts); i += 700 {
		h.save(t, posts[i:min(i+700, len(posts))]...)
		h.grow(t)
	}
	frequent, other, rare := spell(0), spell(3), spell(900)
	for _, c := range []struct {
		text string
		want func(words []string, p *feeds.Post) bool
	}{
		{frequent, func(w []string, p *feeds.Post) bool { return slices.Contains(w, frequent) }},
		{rare, func(w []string, p *feeds.Post) bool { return slices.Contains(w, rare) }},
		{frequent + " " + other, func(w []string, p *feeds.Post) bool { return slices.Contains(w, frequent) && slices.Contains(w, other) }},
		{frequent + " -" + other, func(w []string, p *feeds.Post) bool {
			return slices.Contains(w, frequent) && !slices.Contains(w, other)
		}},
		{`"` + frequent + " " + other + `"`, func(w []string, p *feeds.Post) bool {
			for i := range w[1:] {
				if w[i] == frequent && w[i+1] == other {
					return true
				}
			}
			return false
		}},
		{"host:s3.example lang:de " + frequent, func(w []string, p *feeds.Post) bool {
			return p.Author.Domain == "s3.example" && p.Language == "de" && slices.Contains(w, frequent)
		}},
		{"before:2026-11-20 after:2026-11-10 " + other, func(w []string, p *feeds.Post) bool {
			return p.Published.Before(time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)) && !p.Published.Before(time.Date(2026, 11, 10, 0, 0, 0, 0, time.UTC)) && slices.Contains(w, other)
		}},
	} {
		want := reference(posts, func(w []string, p *feeds.Post) bool {
			for _, m := range p.Media {
				w = append(append(w, ""), strings.Fields(m.Alt)...)
			}
			return c.want(append(append(w, ""), strings.Fields(p.Author.Name)[1]), p)
		})
		if got := h.found(t, c.text, Options{}); got != want {
			t.Errorf("%q finds %d, want %d", c.text, len(strings.Fields(got)), len(strings.Fields(want)))
		}
	}
	if n := len(h.index.segs); n > 2*fan {
		t.Errorf("%d segments", n)
	}
}

func alts(p *feeds.Post) (s string) {
	for _, m := range p.Media {
		s += m.Alt + " "
	}
	return s
}
