package reader

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/blocklist"
	"vitrine/feeds/cache"
	"vitrine/feeds/feedstest"
	"vitrine/feeds/follows"
)

// boost puts a post that somebody else wrote into a list, boosted at a minute.
type boost struct {
	post *feeds.Post
	at   int
	by   string
}

// following is a server whose list has its own posts and boosts.
func following(host string, boosts []boost, posts ...*feeds.Post) *feedstest.Source {
	page := feedstest.Page("", posts...)
	for _, b := range boosts {
		page.Posts = append(page.Posts, b.post)
		page.Entries = append(page.Entries, feeds.Entry{Key: b.post.Key, At: feedstest.Epoch().Add(time.Duration(b.at) * time.Minute), WrapperID: fmt.Sprint("w", b.at), BoostedBy: feedstest.Author(b.by, host)})
	}
	return &feedstest.Source{HostName: host, OnPosts: func(feeds.Cursor) (*feeds.Page, error) { return page, nil }}
}

func at(host string) Place { return ServerPlace{Host: host, Scope: feeds.Local} }

// opened reads sources as one list.
func opened(t *testing.T, servers []*feedstest.Source, sources []Source, line int) (*Query, func() *Snapshot) {
	t.Helper()
	var all []feeds.Source
	for _, s := range servers {
		all = append(all, s)
	}
	var last atomic.Pointer[Snapshot]
	q := readerOf(cache.NewMemory(), blocklist.List{}, all...).Merge(sources, func(s *Snapshot) { last.Store(s) })
	if line != 0 {
		q.SetLine(follows.Line{At: feedstest.Epoch().Add(time.Duration(line) * time.Minute)})
	}
	q.Open(t.Context(), nil)
	return q, last.Load
}

// written is a list in short: "3 2+ada 1?": the minute of each place, who boosted it, and whether it is folded.
func written(s *Snapshot) string {
	var b []string
	for n, i := range s.Items {
		text := fmt.Sprint(int(i.Entry.At.Sub(feedstest.Epoch()).Minutes()))
		if i.Gap != nil {
			text = "gap"
		}
		if n > 0 && n == s.Line {
			text = "|" + text
		}
		for _, by := range i.Boosts {
			text += "+" + by.User
		}
		if i.Folded.Action == follows.Fold {
			text += "?"
		}
		b = append(b, text)
	}
	return strings.Join(b, " ")
}

func TestFiltersHideAndFoldAndWhatTheyHideIsCounted(t *testing.T) {
	tagged := feedstest.Post("a.example", "3", 3)
	tagged.Tags = []feeds.Tag{{Name: "Tea"}}
	servers := []*feedstest.Source{
		following("a.example", nil, tagged, feedstest.Post("a.example", "1", 1)),
		following("b.example", nil, feedstest.Post("b.example", "4", 4), feedstest.Post("b.example", "2", 2)),
	}
	word := func(w string, fold bool) *follows.Matcher {
		return follows.Compile(follows.Everywhere, follows.Filter{Rules: []follows.Rule{{Cause: follows.OfWord, Text: w, Fold: fold}}})
	}
	for name, c := range map[string]struct {
		a, b   Source
		want   string
		hidden int
	}{
		"no filter":                  {Source{}, Source{}, "4 3 2 1", 0},
		"a word hides":               {Source{}, Source{Filter: word("4", false)}, "3 2 1", 1},
		"a word folds":               {Source{}, Source{Filter: word("2", true)}, "4 3 2? 1", 0},
		"a filter is its source's":   {Source{}, Source{Filter: word("3", false)}, "4 3 2 1", 0},
		"all posts have a tag":       {Source{All: []string{"tea"}}, Source{}, "4 3 2", 0},
		"none has one":               {Source{None: []string{"TEA"}}, Source{}, "4 2 1", 0},
		"everything below is hidden": {Source{Filter: word("1", false)}, Source{}, "4 3 2", 1},
	} {
		c.a.Place, c.b.Place = at("a.example"), at("b.example")
		q, last := opened(t, servers, []Source{c.a, c.b}, 0)
		if got := written(last()); got != c.want || len(last().Hidden) != c.hidden {
			t.Errorf("%s: %s, %d hidden", name, got, len(last().Hidden))
		}
		if c.hidden == 0 {
			continue
		}
		q.Reveal(true)
		if got := written(last()); len(last().Hidden) != 0 || len(last().Items) != 4 {
			t.Errorf("%s: revealed it is %s", name, got)
		}
		q.Reveal(false)
		if got := written(last()); got != c.want {
			t.Errorf("%s: hidden again it is %s", name, got)
		}
	}
}

func TestOfSeveralSourcesThatAskForAPlaceTheMildestFilterSpeaks(t *testing.T) {
	server := following("a.example", nil, feedstest.Post("a.example", "1", 1))
	hide := follows.Compile(follows.Everywhere, follows.Filter{Rules: []follows.Rule{{Cause: follows.OfWord, Text: "post"}}})
	_, last := opened(t, []*feedstest.Source{server}, []Source{{Name: "#/x", Place: at("a.example"), Filter: hide}, {Name: "#/y", Place: at("a.example")}}, 0)
	if got := written(last()); got != "1" {
		t.Error(got)
	}
	if got := last().Sources; len(got) != 1 || !slices.Equal(got[0].Names, []follows.Address{"#/x", "#/y"}) {
		t.Errorf("%+v", got)
	}
}

func TestBoostsFoldIntoTheirPostAtTheFirstPlaceAboveTheReadingLine(t *testing.T) {
	p := feedstest.Post("a.example", "1", 1)
	servers := []*feedstest.Source{
		following("a.example", nil, feedstest.Post("a.example", "9", 9), p),
		following("b.example", []boost{{p, 7, "bo"}}, feedstest.Post("b.example", "4", 4)),
		following("c.example", []boost{{p, 5, "cy"}}),
	}
	sources := []Source{{Place: at("a.example")}, {Place: at("b.example")}, {Place: at("c.example")}}
	for line, want := range map[int]string{
		0: "9 7+cy+bo 4",
		2: "9 5+cy+bo 4", // nothing stands below the line
		4: "9 5+cy+bo |4",
		6: "9 7+cy+bo |4",
		8: "9 |7+cy+bo 4",
		9: "9 7+cy+bo 4", // nothing stands above it
	} {
		_, last := opened(t, servers, sources, line)
		got := written(last())
		if got != want {
			t.Errorf("read down to %d: %s, want %s", line, got, want)
		}
		for _, i := range last().Items {
			if i.Entry.Key == p.Key && len(i.From) != 3 {
				t.Errorf("read down to %d: from %v", line, i.From)
			}
		}
	}
}

func TestAnAnswerKnowsWhatItAnswersWhereThatIsStored(t *testing.T) {
	first := feedstest.Post("a.example", "1", 1)
	for name, c := range map[string]struct {
		to   *feeds.ReplyTo
		want feeds.Key
	}{
		"named by its key":        {&feeds.ReplyTo{Key: first.Key}, first.Key},
		"named by its id there":   {&feeds.ReplyTo{ID: "1"}, first.Key},
		"of whom nobody knows":    {&feeds.ReplyTo{ID: "7", Key: "https://c.example/7"}, ""},
		"not named by its server": {&feeds.ReplyTo{}, ""},
	} {
		answer := feedstest.Post("a.example", "2", 2)
		answer.ReplyTo = c.to
		servers := []*feedstest.Source{following("a.example", nil, answer, first), following("b.example", nil, feedstest.Post("b.example", "3", 3))}
		_, last := opened(t, servers, []Source{{Place: at("a.example")}, {Place: at("b.example")}}, 0)
		got := feeds.Key("")
		if p := last().Items[1].Answers; p != nil {
			got = p.Key
		}
		if got != c.want {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestAListEndsThoughASourceThatWasNeverReadFails(t *testing.T) {
	whole, failing := following("a.example", nil, feedstest.Post("a.example", "1", 1)), following("b.example", nil)
	failing.OnPosts = func(feeds.Cursor) (*feeds.Page, error) {
		return nil, &feeds.Error{Kind: feeds.ServerError, Host: "b.example"}
	}
	_, last := opened(t, []*feedstest.Source{whole, failing}, []Source{{Place: at("a.example")}, {Place: at("b.example")}}, 0)
	if s := last(); !s.End || s.Sources[1].Err == nil || len(s.Items) != 1 {
		t.Errorf("%+v", s)
	}
}

func TestSourcesComeAndGoWhileAListIsOpen(t *testing.T) {
	servers := []*feedstest.Source{
		following("a.example", nil, feedstest.Post("a.example", "1", 1)), following("b.example", nil, feedstest.Post("b.example", "2", 2)),
		following("c.example", nil, feedstest.Post("c.example", "3", 3)),
	}
	source := func(host string) Source { return Source{Name: follows.Address(host), Place: at(host)} }
	asked := 0
	answer := servers[1].OnPosts
	servers[1].OnPosts = func(c feeds.Cursor) (*feeds.Page, error) { asked++; return answer(c) }
	q, last := opened(t, servers, []Source{source("a.example"), source("b.example")}, 0)
	_, show := q.SetSources([]Source{source("b.example"), source("c.example")})
	show(t.Context(), true)
	q.ShowNew()
	if got := written(last()); got != "3 2" || asked != 1 {
		t.Errorf("%s, asked %d times", got, asked)
	}
	_, show = q.SetSources(nil)
	show(t.Context(), true)
	if got := last(); len(got.Items) != 0 || !got.End {
		t.Errorf("%+v", got)
	}
}

func TestAFollowIsReadWhereItStandsWithoutALookup(t *testing.T) {
	for name, c := range map[string]struct {
		f    follows.Follow
		want []string
	}{
		"a person":                 {follows.Follow{Kind: follows.Profile, Handle: "ada@a.example", Host: "api.a.example", ID: "7"}, []string{"api.a.example/@ada@a.example?replies=1"}},
		"a person known by name":   {follows.Follow{Kind: follows.Profile, Handle: "ada@a.example", Filter: follows.Filter{NoReplies: true}}, []string{"a.example/@ada@a.example?"}},
		"a community":              {follows.Follow{Kind: follows.Community, Handle: "tea@a.example", Host: "a.example", ID: "c:1"}, []string{"a.example/!tea@a.example?replies=1"}},
		"a hashtag, several hosts": {follows.Follow{Kind: follows.Hashtag, Tag: "tea", Host: "a.example", Hosts: []string{"b.example"}, Tags: follows.Tags{Any: []string{"mate"}}}, []string{"a.example/#tea?any=mate", "a.example/#mate?any=tea&joined", "b.example/#tea?any=mate", "b.example/#mate?any=tea&joined"}},
		"a hashtag, narrowed":      {follows.Follow{Kind: follows.Hashtag, Tag: "tea", Host: "a.example", Tags: follows.Tags{All: []string{"mate"}, None: []string{"ad"}}}, []string{"a.example/#tea?all=mate&none=ad"}},
		"a hashtag, one host":      {follows.Follow{Kind: follows.Hashtag, Tag: "tea", Host: "a.example"}, []string{"a.example/#tea"}},
		"a server":                 {follows.Follow{Kind: follows.Server, Host: "a.example"}, []string{"a.example/local"}},
		"a web feed":               {follows.Follow{Kind: follows.WebFeed, URL: "https://a.example/x"}, []string{"a.example/f/https%3A%2F%2Fa.example%2Fx"}},
		"what has no handle":       {follows.Follow{Kind: follows.Profile, Handle: "ada"}, nil},
		"a playlist":               {follows.Follow{Kind: follows.Playlist, Host: "a.example", ID: "x/1"}, []string{"a.example/l/x%2F1"}},
		"a playlist without an id": {follows.Follow{Kind: follows.Playlist, URL: "https://a.example/w/p/1"}, nil},
	} {
		var got []string
		for _, s := range SourcesOf(c.f, nil) {
			got = append(got, string(s.Place.ID()))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// tagged is a server whose lists of posts with hashtags are told apart.
type tagged struct {
	*feedstest.Source
	joins bool
	asked *[]string
}

func (s tagged) Capabilities() feeds.Capabilities {
	c := s.Source.Capabilities()
	c.TagsJoined = s.joins
	return c
}

func (s tagged) TagPosts(_ context.Context, tag string, with feeds.TagChoice, _ feeds.Cursor) (*feeds.Page, error) {
	*s.asked = append(*s.asked, fmt.Sprint(s.HostName, " ", tag, " ", with.Any, with.All, with.None))
	minute := map[string]int{"tea": 1, "mate": 2}[tag]
	p := feedstest.Post(s.HostName, fmt.Sprint(minute), minute)
	p.Tags = []feeds.Tag{{Name: tag}, {Name: "hot"}}
	ad := feedstest.Post(s.HostName, "9", 9)
	ad.Tags = []feeds.Tag{{Name: tag}, {Name: "hot"}, {Name: "Ad"}}
	untold := feedstest.Post(s.HostName, "8", 8)
	return feedstest.Page("", ad, untold, p), nil
}

func TestFurtherHashtagsAreAskedForWhereTheServerJoinsThemAndElsewhereEachByItself(t *testing.T) {
	f := follows.Follow{Address: "#/t/a.example/tea", Kind: follows.Hashtag, Tag: "tea", Host: "a.example", Hosts: []string{"b.example"},
		Tags: follows.Tags{Any: []string{"mate"}, All: []string{"hot"}, None: []string{"ad"}}}
	var asked []string
	servers := resolverOf(tagged{&feedstest.Source{HostName: "a.example"}, true, &asked}, tagged{&feedstest.Source{HostName: "b.example"}, false, &asked})
	var last *Snapshot
	q := New(Options{Store: cache.NewMemory(), Resolver: servers, Clock: still{feedstest.NewClock()}}).Merge(SourcesOf(f, nil), func(s *Snapshot) { last = s })
	for _, s := range q.all() {
		if err := s.refresh(t.Context(), nil); err != nil {
			t.Error(err)
		}
	}
	want := []string{"a.example tea [mate] [hot] [ad]", "b.example tea [mate] [hot] [ad]", "b.example mate [tea] [hot] [ad]"}
	if !slices.Equal(asked, want) {
		t.Errorf("asked for %q", asked)
	}
	if got := written(last); got != "8 8 2 1 1" { // without what has a hashtag that none has
		t.Errorf("shown is %s", got)
	}
	if got := last.Sources; len(got) != 4 || got[1].Err != nil || !got[1].End {
		t.Errorf("%+v", got)
	}
}

// untold is a server of which nothing is known before it described itself.
type untold struct {
	tagged
	described *int
}

func (s untold) Capabilities() feeds.Capabilities {
	c := s.Source.Capabilities()
	c.TagsJoined = s.joins && *s.described > 0
	return c
}

func (s untold) Describe(context.Context) (*feeds.Instance, error) {
	*s.described++
	return &feeds.Instance{}, nil
}

func TestAServerIsAskedOnceWhetherItJoinsHashtags(t *testing.T) {
	f := follows.Follow{Kind: follows.Hashtag, Tag: "tea", Host: "a.example", Tags: follows.Tags{Any: []string{"mate"}}}
	for joins, want := range map[bool]int{true: 2, false: 4} {
		var asked []string
		described := 0
		server := untold{tagged{&feedstest.Source{HostName: "a.example"}, joins, &asked}, &described}
		q := readerOf(cache.NewMemory(), blocklist.List{}, server).Merge(SourcesOf(f, nil), func(*Snapshot) {})
		for range 2 {
			for _, s := range q.all() {
				if err := s.refresh(t.Context(), nil); err != nil {
					t.Error(err)
				}
			}
		}
		if described != 1 || len(asked) != want {
			t.Errorf("where it joins them (%v) it described itself %d times, and was asked for %q", joins, described, asked)
		}
	}
}

func TestOneKnownByNameIsLookedUpOnce(t *testing.T) {
	looked := 0
	server := following("a.example", nil, feedstest.Post("a.example", "1", 1))
	server.OnProfile = func(user, domain string) (*feeds.Author, error) {
		looked++
		return feedstest.Author(user, domain), nil
	}
	store := cache.NewMemory()
	for range 2 {
		r := readerOf(store, blocklist.List{}, server)
		q := r.Merge(SourcesOf(follows.Follow{Address: "#/@ada@a.example", Kind: follows.Profile, Handle: "ada@a.example"}, nil), func(*Snapshot) {})
		q.Open(t.Context(), nil)
		if err := q.Refresh(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
	}
	if looked != 1 {
		t.Errorf("looked up %d times", looked)
	}
}

// accounts is a server on which posts are asked for by the ids of accounts.
type accounts struct {
	*feedstest.Source
	by map[string]*feeds.Page
}

func (s accounts) ProfilePosts(_ context.Context, a *feeds.Author, _ feeds.ProfileFilter, _ feeds.Cursor) (*feeds.Page, error) {
	if page := s.by[a.ID]; page != nil {
		return page, nil
	}
	return nil, &feeds.Error{Kind: feeds.NotFound, Host: s.HostName}
}

func TestAnIDThatIsSomebodyElsesByNowIsLookedUpAnew(t *testing.T) {
	other := feedstest.Post("a.example", "9", 9)
	other.Author = feedstest.Author("bo", "a.example")
	for name, c := range map[string]struct {
		id, now string
		want    string
	}{
		"it is still theirs":           {"1", "", "1"},
		"it is another one's":          {"2", "1", "1"},
		"nobody has it":                {"3", "1", "1"},
		"the server says it is theirs": {"2", "2", "9"},
	} {
		server := accounts{&feedstest.Source{HostName: "a.example"}, map[string]*feeds.Page{
			"1": feedstest.Page("", feedstest.Post("a.example", "1", 1)), "2": feedstest.Page("", other),
		}}
		server.OnProfile = func(user, domain string) (*feeds.Author, error) {
			if c.now == "" {
				t.Errorf("%s: it is looked up", name)
			}
			a := feedstest.Author(user, domain)
			a.ID = c.now
			return a, nil
		}
		var last *Snapshot
		f := follows.Follow{Kind: follows.Profile, Handle: "ada@a.example", Host: "a.example", ID: c.id}
		q := New(Options{Store: cache.NewMemory(), Resolver: resolverOf(server), Clock: feedstest.NewClock()}).Merge(SourcesOf(f, nil), func(s *Snapshot) { last = s })
		q.Open(t.Context(), nil)
		if got := written(last); got != c.want || last.Err != nil {
			t.Errorf("%s: %s, %v", name, got, last.Err)
		}
	}
}

func TestManySourcesTakeTurns(t *testing.T) {
	var now, most, perHost atomic.Int32
	var sources []Source
	var servers []feeds.Source
	for h := range 20 {
		host := fmt.Sprintf("h%d.example", h)
		var here atomic.Int32
		servers = append(servers, &feedstest.Source{HostName: host, OnPosts: func(feeds.Cursor) (*feeds.Page, error) {
			most.Store(max(most.Load(), now.Add(1)))
			perHost.Store(max(perHost.Load(), here.Add(1)))
			time.Sleep(time.Microsecond)
			here.Add(-1)
			now.Add(-1)
			return feedstest.Page("", feedstest.Post(host, "1", 1)), nil
		}})
		for i := range 5 {
			sources = append(sources, Source{Place: TagPlace{Host: host, Tag: fmt.Sprint(i)}})
		}
	}
	r := New(Options{Store: cache.NewMemory(), Resolver: resolverOf(servers...), Clock: still{feedstest.NewClock()}})
	var last *Snapshot
	q := r.Merge(sources, func(s *Snapshot) { last = s })
	q.Open(t.Context(), nil)
	if most.Load() > atOnce || perHost.Load() > atHost {
		t.Errorf("%d at once, %d of one server", most.Load(), perHost.Load())
	}
	if last.Busy || len(last.Items) != 20 {
		t.Errorf("%d items, busy %v", len(last.Items), last.Busy)
	}
}

func TestWhatASlowSourceOfManyBringsOnTopWaits(t *testing.T) {
	for name, c := range map[string]struct {
		late time.Duration
		want string
		news int
	}{"in time": {time.Second, "6 5 4 3 2 1", 0}, "slow": {4 * time.Second, "5 4 3 2 1", 1}} {
		clock := feedstest.NewClock()
		var servers []feeds.Source
		var sources []Source
		shown := make(chan struct{}) // the others' posts are
		for n := range 6 {
			host := fmt.Sprintf("h%d.example", n)
			server := following(host, nil, feedstest.Post(host, "1", n+1))
			answer := server.OnPosts
			server.OnPosts = func(cursor feeds.Cursor) (*feeds.Page, error) {
				if n == 5 {
					<-shown
					clock.Advance(c.late)
				}
				return answer(cursor)
			}
			servers, sources = append(servers, server), append(sources, Source{Place: at(host)})
		}
		var last *Snapshot
		once := sync.OnceFunc(func() { close(shown) })
		q := New(Options{Store: cache.NewMemory(), Resolver: resolverOf(servers...), Clock: clock}).Merge(sources, func(s *Snapshot) {
			if last = s; len(s.Items) == 5 {
				once()
			}
		})
		q.Open(t.Context(), nil)
		if got := written(last); got != c.want || last.New != c.news {
			t.Errorf("%s: %s, %d new", name, got, last.New)
		}
	}
}

// still is a clock on which no time passes.
type still struct{ *feedstest.Clock }

func (still) After(time.Duration) <-chan time.Time { return nil }

func resolverOf(servers ...feeds.Source) *feedstest.Resolver {
	all := map[string]feeds.Source{}
	for _, s := range servers {
		all[s.Host()] = s
	}
	return &feedstest.Resolver{Sources: all}
}

// TestAMergedListIsInOrderWithEachPostOnce reads random sources that boost each other's posts, with random filters and reading lines.
func TestAMergedListIsInOrderWithEachPostOnce(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	for round := range 100 {
		var posts []*feeds.Post
		var servers []feeds.Source
		var sources []Source
		for h := range 1 + random.IntN(8) {
			host := fmt.Sprintf("h%d.example", h)
			var page []*feeds.Page
			minute := 200
			for range 3 {
				var own []*feeds.Post
				var others []boost
				for range random.IntN(8) {
					minute -= 1 + random.IntN(6)
					if len(posts) > 0 && random.IntN(3) == 0 {
						others = append(others, boost{posts[random.IntN(len(posts))], minute, "ada"})
						continue
					}
					p := feedstest.Post(host, fmt.Sprint(minute), minute)
					own, posts = append(own, p), append(posts, p)
				}
				answer, _ := following(host, others, own...).OnPosts("")
				slices.SortFunc(answer.Entries, feeds.Entry.Compare)
				seen := map[feeds.Key]bool{}
				answer.Entries = slices.DeleteFunc(answer.Entries, func(e feeds.Entry) bool { was := seen[e.Key]; seen[e.Key] = true; return was })
				page = append(page, answer)
			}
			page[0].Older, page[1].Older = "1", "2"
			servers = append(servers, &feedstest.Source{HostName: host, OnPosts: func(c feeds.Cursor) (*feeds.Page, error) {
				n := 0
				_, _ = fmt.Sscan(string(c), &n)
				return page[n], nil
			}})
			s := Source{Place: at(host)}
			if random.IntN(3) == 0 {
				s.Filter = follows.Compile(follows.Everywhere, follows.Filter{NoBoosts: true})
			}
			sources = append(sources, s)
		}
		var last *Snapshot
		q := New(Options{Store: cache.NewMemory(), Resolver: resolverOf(servers...), Clock: feedstest.NewClock()}).Merge(sources, func(s *Snapshot) { last = s })
		if random.IntN(2) == 0 {
			q.SetLine(follows.Line{At: feedstest.Epoch().Add(time.Duration(random.IntN(200)) * time.Minute)})
		}
		q.Open(context.Background(), nil)
		for range random.IntN(4) {
			_ = q.LoadOlder(context.Background())
		}
		if !slices.IsSortedFunc(last.Items, func(a, b Item) int { return b.Entry.At.Compare(a.Entry.At) }) {
			t.Fatalf("round %d: %s", round, written(last))
		}
		horizon := time.Time{}
		for _, s := range last.Sources {
			horizon = feeds.Later(horizon, s.Horizon)
		}
		seen := map[feeds.Key]bool{}
		for _, i := range last.Items {
			if i.Gap != nil {
				continue
			}
			if seen[i.Entry.Key] {
				t.Fatalf("round %d: twice %s", round, i.Entry.Key)
			}
			seen[i.Entry.Key] = true
			if len(sources) > 1 && i.Entry.At.Before(horizon) {
				t.Fatalf("round %d: below the horizon: %s", round, i.Entry.Key)
			}
		}
	}
}

// BenchmarkMerge makes a snapshot of 300 sources with 40 posts each: of all that was loaded, after ten of them have answered, and of what is
// as it was.
func BenchmarkMerge(b *testing.B) {
	const many = 300
	filter := follows.Compile(follows.Everywhere, follows.Filter{NoReplies: true, Rules: []follows.Rule{{Cause: follows.OfWord, Text: "football"}}})
	var servers []feeds.Source
	var sources []Source
	for h := range many {
		host := fmt.Sprintf("h%d.example", h)
		var posts []*feeds.Post
		for i := range 40 {
			posts = append(posts, feedstest.Post(host, fmt.Sprint(1000-i), -i*(1+h%7)-h))
		}
		servers = append(servers, following(host, nil, posts...))
		sources = append(sources, Source{Name: follows.Address("#/i/" + host), Place: at(host), Filter: filter})
	}
	q := New(Options{Store: cache.NewMemory(), Resolver: resolverOf(servers...), Clock: still{feedstest.NewClock()}}).Merge(sources, func(*Snapshot) {})
	q.Open(context.Background(), nil)
	for name, answered := range map[string]int{"all": many, "ten": 10, "none": 0} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				q.mu.Lock()
				for _, s := range q.sources[:answered] {
					tl := *s.tl
					tl.Entries = slices.Clone(tl.Entries)
					s.tl = &tl
				}
				q.sendNow()
				q.mu.Unlock()
			}
		})
	}
}
