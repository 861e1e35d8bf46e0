package reader

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/blocklist"
	"vitrine/feeds/cache"
	"vitrine/feeds/feedstest"
	"vitrine/feeds/follows"
)

// postBy is a post that somebody wrote.
func postBy(a *feeds.Author, minute int) *feeds.Post {
	p := feedstest.Post(a.Domain, fmt.Sprint(a.User, minute), minute)
	p.Author = a
	return p
}

func TestWhomSourcesBoostedIsCountedFromWhatIsStored(t *testing.T) {
	author := func(name string, change func(*feeds.Author)) *feeds.Author {
		a := feedstest.Author(name, "c.example")
		if change != nil {
			change(a)
		}
		return a
	}
	cy, di := author("cy", nil), author("di", nil)
	p1, p2, p3 := postBy(cy, 1), postBy(cy, 2), postBy(di, 3)
	left := []*feeds.Author{
		author("e1", func(a *feeds.Author) { a.Wishes.NoIndex = true }), author("e2", func(a *feeds.Author) { a.Wishes.NotDiscoverable = true }),
		author("e3", func(a *feeds.Author) { a.Wishes.NotIndexable = true }), author("e4", func(a *feeds.Author) { a.Wishes.NoBot = true }),
		author("e5", func(a *feeds.Author) { a.Gone = feeds.Refused }), author("e6", func(a *feeds.Author) { a.Moved = cy }),
		author("e7", func(a *feeds.Author) { a.Limited = true }), author("e8", func(a *feeds.Author) { a.Memorial = true }), author("blocked", nil),
	}
	var others []boost
	for i, a := range left {
		others = append(others, boost{postBy(a, 20+i), 120 + i, "ada"})
	}
	a := following("a.example", append(others, boost{p1, 110, "ada"}, boost{p2, 111, "ada"}, boost{p3, 112, "ada"}, boost{postBy(author("old", nil), 4), 5, "ada"}))
	b := following("b.example", []boost{{p1, 113, "bo"}})
	again := following("d.example", []boost{{p1, 110, "ada"}}) // the same boost, seen through another server
	again.OnPosts = func(feeds.Cursor) (*feeds.Page, error) { return a.OnPosts("") }
	group := following("g.example", []boost{{postBy(author("member", nil), 9), 114, "group"}})
	if page, _ := group.OnPosts(""); true {
		page.Entries[0].BoostedBy.Group = true
	}
	blocked, err := blocklist.New([]string{"@blocked@c.example"})
	if err != nil {
		t.Fatal(err)
	}
	store := cache.NewMemory()
	r := readerOf(store, blocked, a, b, again, group)
	var sources []Source
	for _, host := range []string{"a.example", "b.example", "d.example", "g.example"} {
		sources = append(sources, Source{Place: at(host)})
	}
	r.Merge(sources, func(*Snapshot) {}).Open(t.Context(), nil)
	var got []string
	for _, who := range r.Around(t.Context(), sources, feedstest.Epoch().Add(100*time.Minute)).Boosted {
		got = append(got, fmt.Sprint(who.Author.Handle(), " ", who.Boosts))
	}
	slices.Sort(got)
	if want := []string{"cy@c.example 3", "di@c.example 1"}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

func TestWhereSomebodyWentIsKnownFromTheirNewestPostOrFromTheirProfile(t *testing.T) {
	to := feedstest.Author("ada", "new.example")
	moved := func(name string) *feeds.Author {
		a := feedstest.Author(name, "a.example")
		a.Moved = to
		return a
	}
	store := cache.NewMemory()
	var sources []Source
	for name, page := range map[string]*feeds.Page{
		"wrote":   feedstest.Page("", postBy(moved("wrote"), 2), postBy(feedstest.Author("wrote", "a.example"), 1)),
		"boosted": {Posts: []*feeds.Post{postBy(to, 1)}, Entries: []feeds.Entry{{Key: postBy(to, 1).Key, At: feedstest.Epoch(), BoostedBy: moved("boosted")}}},
		"back":    feedstest.Page("", postBy(feedstest.Author("back", "a.example"), 2), postBy(moved("back"), 1)),
		"silent":  nil,
		"unknown": nil,
	} {
		f := follows.Follow{Address: follows.Address(name), Kind: follows.Profile, Handle: name + "@a.example", Host: "a.example", ID: name}
		s := SourcesOf(f, nil)[0]
		sources = append(sources, s)
		if page == nil {
			continue
		}
		if _, err := store.SavePage(t.Context(), s.Place.ID(), "", page, feedstest.Epoch()); err != nil {
			t.Fatal(err)
		}
	}
	if err := store.SaveAuthor(t.Context(), moved("silent")); err != nil {
		t.Fatal(err)
	}
	got := readerOf(store, blocklist.List{}).Around(t.Context(), sources, feedstest.Epoch()).Moved
	if len(got) != 3 || got["wrote"] == nil || got["boosted"] == nil || got["silent"] == nil || got["silent"].Handle() != to.Handle() {
		t.Errorf("%v", got)
	}
}
