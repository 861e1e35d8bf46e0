package reader

import (
	"strings"
	"testing"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/cache"
	"vitrine/feeds/feedstest"
)

func TestWhatAnotherProgramRenewedWaitsUntilItIsLetIn(t *testing.T) {
	store, o := cache.NewMemory(), &origin{host: "a.example", minutes: steps(1, 30, 1), size: 20}
	page := merge(store, o)
	page.Open(t.Context(), nil)
	o.minutes = steps(1, 32, 1)
	edited := *feedstest.Post("a.example", "30", 30)
	edited.Counts.Replies = 9
	edited.Sightings = []feeds.Sighting{edited.Sightings[0]}
	edited.Sightings[0].At = edited.Sightings[0].At.Add(time.Hour)
	o.posts = map[int]*feeds.Post{30: &edited}
	other := merge(store, o)
	if err := other.r.Renew(t.Context(), PlaceName(o.place())); err != nil {
		t.Fatal(err)
	}
	if page.last.New != 0 {
		t.Fatalf("%d new posts before the store was read again", page.last.New)
	}
	if err := page.Reread(t.Context()); err != nil {
		t.Fatal(err)
	}
	if page.last.New != 2 || page.last.Items[0].Post.Key != edited.Key || page.last.Items[0].Post.Counts.Replies != 9 {
		t.Errorf("%d new posts, and first %+v", page.last.New, page.last.Items[0].Post)
	}
	if n := len(page.last.Items); n != 20 {
		t.Errorf("%d posts are shown", n)
	}
	page.ShowNew()
	if n := len(page.last.Items); n != 22 {
		t.Errorf("%d posts are shown once the new ones are let in", n)
	}
}

func TestAPlaceIsFoundAgainByItsName(t *testing.T) {
	store := cache.NewMemory()
	author := &feeds.Author{Host: "a.example", ID: "1", User: "ada", Domain: "a.example"}
	if err := store.SaveAuthor(t.Context(), author); err != nil {
		t.Fatal(err)
	}
	r := merge(store).r
	for _, p := range []Place{
		ServerPlace{Host: "a.example", Scope: feeds.Federated}, TagPlace{Host: "a.example", Tag: "tea"}, WebFeedPlace{URL: "https://a.example/feed"}, PlaylistPlace{Host: "a.example", List: "x/1"},
		ProfilePlace{Author: author, Filter: feeds.ProfileFilter{Replies: true, Tag: "tea"}},
	} {
		found, err := r.named(t.Context(), PlaceName(p))
		if err != nil || found.ID() != p.ID() {
			t.Errorf("%s: %v, %v", p.ID(), found, err)
		}
		if h := HostOf(PlaceName(p)); h != "a.example" {
			t.Errorf("%s is of %q", p.ID(), h)
		}
	}
	if name := PlaceName(TrendPlace{Host: "a.example"}); name != "" {
		t.Errorf("what isn't stored as a timeline has the name %s", name)
	}
	for _, name := range []string{"", "{", "{}", `{"profile":{"Host":"a.example","Handle":"bob@a.example"}}`} {
		if p, err := r.named(t.Context(), name); err == nil {
			t.Errorf("%q is %v", name, p)
		}
		if h := HostOf(name); h != "" && !strings.Contains(name, "profile") {
			t.Errorf("%q is of %q", name, h)
		}
	}
}
