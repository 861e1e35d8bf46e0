package find_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/blocklist"
	"vitrine/feeds/cache"
	"vitrine/feeds/feedstest"
	"vitrine/feeds/find"
)

// readBefore makes a store in which two profiles were opened and a list with hashtags was read at a.example.
func readBefore(t *testing.T) *cache.Memory {
	t.Helper()
	s := cache.NewMemory()
	for user, wishes := range map[string]feeds.Wishes{"teapot": {}, "teashy": {NotDiscoverable: true}} {
		a := feedstest.Author(user, "b.example")
		a.Host, a.Wishes = "b.example", wishes
		if err := s.SaveAuthor(t.Context(), a); err != nil {
			t.Fatal(err)
		}
	}
	var posts []*feeds.Post
	for n, tag := range []string{"Tea", "tea", "teatime", "coffee"} {
		p := feedstest.Post("a.example", "p"+tag, n+1)
		p.Author = feedstest.Author("writer", "a.example")
		p.Author.Name = "Olive Tearoom"
		p.Tags = []feeds.Tag{{Name: tag}}
		posts = append(posts, p)
	}
	hidden := feedstest.Post("a.example", "hidden", 9)
	hidden.Author, hidden.Tags = feedstest.Author("teahermit", "a.example"), []feeds.Tag{{Name: "teasecret"}}
	hidden.Author.Wishes.NoIndex = true
	if _, err := s.SavePage(t.Context(), "a.example/local", "", feedstest.Page("", append(posts, hidden)...), feedstest.Epoch()); err != nil {
		t.Fatal(err)
	}
	return s
}

func tags(hits []*find.Hit) string {
	var all []string
	for _, h := range hits {
		all = append(all, h.Tag.Tag.Name+"<"+strings.Join(h.Hosts, ","))
	}
	return strings.Join(all, " ")
}

func TestWhatWasReadBeforeComesFirstAndAsksNobody(t *testing.T) {
	b := names("b.example", "tea@b.example", "teapot@b.example", "teashop@b.example")
	b.tags = []string{"Tea", "teabag"}
	r := &feedstest.Resolver{Sources: map[string]feeds.Source{"b.example": b}}
	f := find.New(r, readBefore(t), blocklist.List{})
	here := f.Here(find.Words("tea"), f.Stored(t.Context()))
	sorted := strings.Fields(handles(here.People))
	slices.Sort(sorted)
	if got := strings.Join(sorted, " "); got != "teapot@b.example<b.example writer@a.example<a.example" || here.LeftOut != 2 || b.asked.Load() != 0 {
		t.Errorf("%s, %d left out, asked %d times", got, here.LeftOut, b.asked.Load())
	}
	if got := tags(here.Tags); got != "tea<a.example teatime<a.example" && got != "Tea<a.example teatime<a.example" {
		t.Errorf("%s", got)
	}
	var last *find.Result
	var reading []bool
	f.Find(t.Context(), find.Words("tea"), []string{"b.example"}, func(r *find.Result) {
		if last = r; r.Reading && slices.ContainsFunc(r.People, func(h *find.Hit) bool { return h.Stored }) {
			t.Errorf("still reading: %s", handles(r.People))
		}
		reading = append(reading, r.Reading)
	})
	if !reading[0] || last.Reading {
		t.Errorf("reading: %v", reading)
	}
	if got := handles(last.People); got != "teapot@b.example<b.example writer@a.example<a.example tea@b.example<b.example teashop@b.example<b.example" {
		t.Errorf("%s", got)
	}
	if got := tags(last.Tags); !strings.EqualFold(got, "tea<a.example,b.example teatime<a.example teabag<b.example") || !last.Tags[0].Stored || last.Tags[2].Stored {
		t.Errorf("%s", got)
	}
}

func TestWhatWasReadIsFoundByTheBeginningsOfItsWordsAndWithoutWhatTheSiteBlocks(t *testing.T) {
	f := find.New(&feedstest.Resolver{}, readBefore(t), blocklist.List{})
	stored := f.Stored(t.Context())
	for typed, want := range map[string]int{"tearoom": 1, "olive tea": 1, "OLIVE": 1, "room": 0, "writer@a": 1, "@teapot@b.ex": 1, "#tea": 0, "!tea": 0, "hermit": 0, "\u0301": 0, "": 0} {
		if got := f.Here(find.Words(typed), stored); len(got.People) != want {
			t.Errorf("%q: %s", typed, handles(got.People))
		}
	}
	blocked, err := blocklist.New([]string{"a.example", "@teapot@b.example"})
	if err != nil {
		t.Fatal(err)
	}
	f = find.New(&feedstest.Resolver{}, readBefore(t), blocked)
	if got := f.Here(find.Words("tea"), f.Stored(t.Context())); got.Found() {
		t.Errorf("%s %s", handles(got.People), tags(got.Tags))
	}
}

func TestALetterInsideAWordBeginsOneWhereWordsAreNotWrittenApart(t *testing.T) {
	s := cache.NewMemory()
	a := feedstest.Author("ada", "a.example")
	a.Host, a.Name = "a.example", "静かな茶室 قهوة 🐈cat"
	if err := s.SaveAuthor(t.Context(), a); err != nil {
		t.Fatal(err)
	}
	f := find.New(&feedstest.Resolver{}, s, blocklist.List{})
	for typed, want := range map[string]bool{"茶室": true, "قهوة": true, "هوة": false, "🐈": true, "cat": true} {
		if got := f.Here(find.Words(typed), f.Stored(t.Context())).Found(); got != want {
			t.Errorf("%q: %v, want %v", typed, got, want)
		}
	}
}

func TestReadingWhatIsStoredDoesNotCountAsUse(t *testing.T) {
	s := readBefore(t)
	if _, err := s.SavePage(t.Context(), "later.example/local", "", feedstest.Page("", feedstest.Post("later.example", "1", 1)), feedstest.Epoch()); err != nil {
		t.Fatal(err)
	}
	before, _ := s.Recent(t.Context(), 9)
	if len(before.Timelines) != 2 {
		t.Fatalf("%v", before.Timelines)
	}
	find.New(&feedstest.Resolver{}, s, blocklist.List{}).Stored(t.Context())
	if after, _ := s.Recent(t.Context(), 9); !slices.Equal(before.Timelines, after.Timelines) {
		t.Errorf("%v became %v", before, after)
	}
}

func TestAStoreThatFailsHoldsNothingUp(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	f := find.New(&feedstest.Resolver{}, readBefore(t), blocklist.List{})
	cancel()
	if got := f.Here(find.Words("tea"), f.Stored(ctx)); got.Found() {
		t.Errorf("%+v", got)
	}
}
