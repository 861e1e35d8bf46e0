package reader

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/blocklist"
	"vitrine/feeds/cache"
	"vitrine/feeds/content"
	"vitrine/feeds/feedstest"
)

const aDay = 24 * 60 // minutes

// mergeAt is merge with a clock that shows a minute.
func mergeAt(now int, origins ...*origin) *merged {
	all, places := map[string]feeds.Source{}, []Place{}
	for _, o := range origins {
		all[o.host] = o.source()
		places = append(places, o.place())
	}
	clock := feedstest.NewClock()
	clock.Advance(time.Duration(now) * time.Minute)
	m := &merged{}
	r := New(Options{Store: cache.NewMemory(), Resolver: &feedstest.Resolver{Sources: all}, Clock: clock})
	m.Query = r.Query(places, func(s *Snapshot) { m.last = s })
	return m
}

func TestAClockThatIsWrongByADayChangesNoList(t *testing.T) {
	for _, wrong := range []int{-aDay, 0, aDay} {
		a := &origin{host: "a.example", minutes: steps(2, 3*aDay+10, 3*aDay+2), size: 10}
		b := &origin{host: "b.example", minutes: steps(2, 3*aDay+9, 3*aDay+1), size: 10}
		m := mergeAt(3*aDay+10+wrong, a, b)
		m.Open(t.Context(), nil)
		before := m.shows()
		if n := len(m.last.Items); n != 10 || !strings.HasPrefix(before, "a4330 b4329 a4328") {
			t.Errorf("wrong by %d minutes: %s", wrong, before)
		}
		a.minutes = append([]int{3*aDay + 12}, a.minutes...)
		if err := m.Poll(t.Context()); err != nil || m.shows() != before || m.last.New != 1 {
			t.Errorf("wrong by %d minutes: then %s with %d new, %v", wrong, m.shows(), m.last.New, err)
		}
	}
}

func TestAPostOfTheFutureLetsNothingInBelowIt(t *testing.T) {
	const now, future = 100, 100 + 400*aDay
	a := &origin{host: "a.example", minutes: append([]int{future}, steps(1, 90, 85)...), size: 10}
	b := &origin{host: "b.example", minutes: steps(1, 80, 75), size: 10}
	m := mergeAt(now, a, b)
	m.Open(t.Context(), nil)
	before := m.shows()
	if !strings.HasPrefix(before, fmt.Sprintf("a%d a90 a89", future)) {
		t.Fatal(before)
	}
	b.minutes = append([]int{99}, b.minutes...)
	if err := m.Poll(t.Context()); err != nil || m.shows() != before || m.last.New != 1 {
		t.Errorf("%s with %d new, %v", m.shows(), m.last.New, err)
	}
	m.ShowNew()
	if got := m.shows(); !strings.HasPrefix(got, fmt.Sprintf("a%d b99 a90", future)) || m.last.New != 0 {
		t.Errorf("let in: %s", got)
	}
}

func TestAPostOf1970DoesntSayHowFarDownASourceWasRead(t *testing.T) {
	of1970 := -int(feedstest.Epoch().Unix() / 60)
	servers := func() []*origin {
		return []*origin{{host: "a.example", minutes: []int{30, 29, of1970, 18, 17, 16}, size: 3}, {host: "b.example", minutes: steps(1, 28, 10), size: 40}}
	}
	m := mergeAt(100, servers()...)
	m.Open(t.Context(), nil)
	if got := m.shows(); got != "a30 a29" {
		t.Errorf("at first: %s", got)
	}
	if err := m.LoadOlder(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := m.shows(); !strings.HasPrefix(got, "a30 a29 b28") || !strings.Contains(got, "b18 a18") && !strings.Contains(got, "a18 b18") || !strings.HasSuffix(got, fmt.Sprint("a", of1970)) {
		t.Errorf("then: %s", got)
	}
	m = mergeAt(100, servers()...)
	m.OpenSpan(t.Context(), minute(15))
	if got := m.shows(); strings.Count(got, "a") != 5 || m.failing() != "" {
		t.Errorf("a span: %s, without %q", got, m.failing())
	}
}

func TestAnEditedPostIsReplacedInItsPlace(t *testing.T) {
	edited := func(host string, after int) *feeds.Post {
		p := feedstest.Post("a.example", "5", 5)
		p.Sightings[0].Host, p.Sightings[0].Origin = host, host == "a.example"
		if after > 0 {
			p.Edited = minute(after)
			p.Body = content.ParsePlain(fmt.Sprint("edited ", after), content.Options{})
		}
		return p
	}
	a := &origin{host: "a.example", minutes: steps(1, 9, 1), size: 10, posts: map[int]*feeds.Post{5: edited("a.example", 0)}}
	b := &origin{host: "b.example", minutes: []int{8, 5, 2}, size: 10, posts: map[int]*feeds.Post{5: edited("b.example", 0)}}
	m := merge(cache.NewMemory(), a, b)
	m.Open(t.Context(), nil)
	before := m.shows()
	text := func() string {
		var found []string
		for _, i := range m.last.Items {
			if strings.HasSuffix(string(i.Entry.Key), "/5") {
				found = append(found, content.PlainText(i.Post.Body))
			}
		}
		return strings.Join(found, ", ")
	}
	a.posts[5] = edited("a.example", 20)
	b.posts[5] = edited("b.example", 10) // an older copy that comes later
	for range 2 {
		if err := m.Refresh(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
	}
	if got := text(); got != "edited 20" || m.shows() != before {
		t.Errorf("%q in %s, before %s", got, m.shows(), before)
	}
}

func TestAPostThatWasTakenBackLeavesTheOthersWhereTheyAre(t *testing.T) {
	a := &origin{host: "a.example", minutes: steps(1, 6, 1), size: 10}
	b := &origin{host: "b.example", minutes: []int{3}, size: 10}
	m := merge(cache.NewMemory(), a, b)
	m.Open(t.Context(), nil)
	p := feedstest.Post("a.example", "4", 4)
	p.Deleted, p.Edited, p.Body = true, minute(30), content.Doc{}
	a.posts = map[int]*feeds.Post{4: p}
	before := m.shows()
	if err := m.Refresh(t.Context(), nil); err != nil || m.shows() != before || !m.last.Items[2].Post.Deleted {
		t.Errorf("said to be deleted it is %s, %+v, %v", m.shows(), m.last.Items[2].Post, err)
	}
	a.minutes = []int{6, 5, 3, 2, 1} // it isn't listed any more
	if err := m.Refresh(t.Context(), nil); err != nil || strings.Count(m.shows(), "a") < 5 || m.last.Items[len(m.last.Items)-1].Entry.WrapperID != "1" {
		t.Errorf("no longer listed it is %s, %v", m.shows(), err)
	}
}

func TestTheSameIDOnTwoHostsIsTwoPosts(t *testing.T) {
	a := &origin{host: "a.example", minutes: []int{3, 2, 1}, size: 10}
	b := &origin{host: "b.example", minutes: []int{3, 2, 1}, size: 10}
	store := cache.NewMemory()
	m := merge(store, a, b)
	m.Open(t.Context(), nil)
	if got := m.shows(); got != "a3 b3 a2 b2 a1 b1" {
		t.Error(got)
	}
	for _, host := range []string{"a.example", "b.example"} {
		if p, err := store.PostAt(t.Context(), host, "2"); err != nil || p == nil || p.Author.Domain != host {
			t.Errorf("2 at %s is %+v, %v", host, p, err)
		}
	}
}

func TestWhatAnotherHostSaysOfAPostDoesntReplaceItsOwnServersCopy(t *testing.T) {
	forged := feedstest.Post("a.example", "2", 2)
	forged.Body = content.ParsePlain("forged", content.Options{})
	forged.Edited = minute(500)
	forged.Sightings = []feeds.Sighting{{Host: "evil.example", ID: "2", At: minute(600)}}
	for _, first := range []bool{true, false} {
		a := &origin{host: "a.example", minutes: []int{3, 2, 1}, size: 10}
		evil := &origin{host: "evil.example", minutes: []int{2}, size: 10, posts: map[int]*feeds.Post{2: forged}}
		m := &merged{}
		places := []Place{a.place(), evil.place()}
		if first {
			places = []Place{evil.place(), a.place()}
		}
		m.Query = readerOf(cache.NewMemory(), blocklist.List{}, a.source(), evil.source()).Query(places, func(s *Snapshot) { m.last = s })
		m.Open(t.Context(), nil)
		if err := m.Refresh(t.Context(), nil); err != nil || len(m.last.Items) != 3 || content.PlainText(m.last.Items[1].Post.Body) != "post 2" {
			t.Errorf("%s, %v", m.shows(), err)
		}
	}
}

func TestASourceThatAnswersWithAnotherAccountsPostsPutsThemUnderNoOtherName(t *testing.T) {
	page := feedstest.Page("", feedstest.Post("b.example", "2", 2))
	page.Posts[0].Author = feedstest.Author("mallory", "b.example")
	server := &feedstest.Source{HostName: "a.example", OnPosts: func(feeds.Cursor) (*feeds.Page, error) { return page, nil }, OnProfile: func(string, string) (*feeds.Author, error) {
		return nil, &feeds.Error{Kind: feeds.NotFound, Host: "a.example"}
	}}
	var last *Snapshot
	q := readerOf(cache.NewMemory(), blocklist.List{}, server).Query([]Place{ProfilePlace{Author: feedstest.Author("ada", "a.example"), followed: true}, at("a.example")}, func(s *Snapshot) { last = s })
	q.Open(t.Context(), nil)
	for _, i := range last.Items {
		if i.Post != nil && i.Post.Author.User != "mallory" {
			t.Errorf("%s is said to be by %s", i.Entry.Key, i.Post.Author.User)
		}
		if len(i.From) != 1 {
			t.Errorf("it is said to be from %v", i.From)
		}
	}
	if err := last.Sources[0].Err; err == nil || err.Kind != feeds.NotFound {
		t.Errorf("the account whose id is somebody else's is %v", err)
	}
}
