package conversation

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

// fediverse is servers that hold copies of posts under ids of their own, and cut conversations as Mastodon does.
type fediverse struct {
	posts  map[string]*note // by name
	order  []string
	cut    int                   // the most posts below another one
	lies   map[string]int        // by name: the count of answers that every server tells
	closed map[string]feeds.Kind // by server
}

type note struct {
	name, home, parent string
	minutes            int
	at                 map[string]bool // servers that have it
}

func newFediverse() *fediverse {
	return &fediverse{posts: map[string]*note{}, cut: 60, lies: map[string]int{}, closed: map[string]feeds.Kind{}}
}

// write adds a post, "name@home<parent", that its own server, its parent's own server and further ones have.
func (f *fediverse) write(spec string, also ...string) {
	head, parent, _ := strings.Cut(spec, "<")
	name, home, _ := strings.Cut(head, "@")
	n := &note{name: name, home: home, parent: parent, minutes: len(f.order), at: map[string]bool{home: true}}
	if up := f.posts[parent]; up != nil {
		n.at[up.home] = true
	}
	for _, h := range also {
		n.at[h] = true
	}
	f.posts[name] = n
	f.order = append(f.order, name)
}

// server is the whole name of a server that tests call by a letter.
func server(letter string) string { return letter + ".example" }

// idAt is what a server calls a post: no two servers give one id to the same post.
func idAt(host, name string) string { return host[:1] + "-" + name }

func (f *fediverse) below(host, name string, depth int, out *[]*note) {
	for _, n := range f.order {
		if p := f.posts[n]; p.parent == name && p.at[host] && depth < 20 {
			*out = append(*out, p)
			f.below(host, n, depth+1, out)
		}
	}
}

// post is a server's copy.
func (f *fediverse) post(host string, n *note) *feeds.Post {
	p := feedstest.Post(server(n.home), idAt(n.home, n.name), n.minutes)
	p.Sightings = []feeds.Sighting{{Host: server(host), ID: idAt(host, n.name), At: feedstest.Epoch(), Origin: host == n.home}}
	if n.parent != "" {
		p.ReplyTo = &feeds.ReplyTo{}
		if up := f.posts[n.parent]; up != nil && up.at[host] {
			p.Sightings[0].ParentID = idAt(host, n.parent)
		}
	}
	for _, o := range f.posts {
		if o.parent == n.name && o.at[host] {
			p.Counts.Replies++
		}
	}
	if lie, ok := f.lies[n.name]; ok {
		p.Counts.Replies = lie
	}
	return p
}

func (f *fediverse) answer(q Question) (a Answer) {
	host := q.Host[:1]
	if kind := f.closed[host]; kind != "" {
		return Answer{Err: &feeds.Error{Kind: kind, Host: q.Host}}
	}
	n := f.posts[strings.TrimPrefix(q.ID, host+"-")]
	if n == nil || !n.at[host] {
		return Answer{Err: &feeds.Error{Kind: feeds.NotFound, Host: q.Host}}
	}
	if q.Check || q.Hole {
		a.Post = f.post(host, n)
	}
	if q.Hole {
		return a
	}
	var below []*note
	f.below(host, n.name, 0, &below)
	for _, p := range below[:min(len(below), f.cut)] {
		a.Below = append(a.Below, f.post(host, p))
	}
	for up := f.posts[n.parent]; up != nil && up.at[host] && len(a.Above) < 40; up = f.posts[up.parent] {
		a.Above = append(a.Above, f.post(host, up))
	}
	slices.Reverse(a.Above)
	return a
}

// read opens a post at a server and asks on, at most so many times.
func (f *fediverse) read(t *testing.T, host, name string, limits Limits) (g *Graph, asked []string) {
	t.Helper()
	g = New(f.post(host, f.posts[name]))
	first := f.answer(Question{Ref: Ref{server(host), idAt(host, name)}})
	g.First(server(host), first.Above, first.Below)
	return g, f.ask(t, g, limits)
}

func (f *fediverse) ask(t *testing.T, g *Graph, limits Limits) (asked []string) {
	t.Helper()
	for range 10_000 {
		next := g.Next(limits)
		if len(next) == 0 {
			return asked
		}
		q := next[0]
		g.Begin(q)
		g.Take(q, f.answer(q))
		word := q.Host[:1] + " " + strings.TrimPrefix(q.ID, q.Host[:1]+"-")
		if q.Hole {
			word += "?"
		}
		asked = append(asked, word)
	}
	t.Fatal("asking doesn't end")
	return nil
}

// names are the posts below, sorted; each once.
func names(t *testing.T, g *Graph) string {
	t.Helper()
	var all []string
	seen := map[feeds.Key]bool{}
	for _, p := range g.Links().Below {
		if seen[p.Key] {
			t.Errorf("%s is there twice", p.Key)
		}
		seen[p.Key] = true
		_, name, _ := strings.Cut(p.URI[strings.LastIndexByte(p.URI, '/')+1:], "-")
		all = append(all, name)
	}
	slices.Sort(all)
	return strings.Join(all, " ")
}

// wide are limits that nothing reaches.
func wide() Limits { return Limits{PerHost: 10_000, All: 10_000, Hosts: 100} }

func TestWhoIsAsked(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name         string
		write        func(f *fediverse)
		limits       Limits
		asked, below string
	}{
		{"what is whole is not asked for again", func(f *fediverse) { f.write("1@a"); f.write("2@a<1"); f.write("3@a<2") }, wide(), "", "2 3"},
		{"a copy is asked for at the post's own server", func(f *fediverse) { f.write("1@b", "a"); f.write("2@b<1"); f.write("3@b<1", "a") }, wide(), "b 1", "2 3"},
		{"a branch is asked for at its own server when that of its post counts more", func(f *fediverse) {
			f.write("1@a")
			f.write("2@b<1")
			f.write("3@b<2")
			f.lies["2"] = 1
		}, wide(), "b 2", "2 3"},
		{"a server of who answers deepest is asked where nothing seems to be missing", func(f *fediverse) {
			f.write("1@a")
			f.write("2@a<1")
			f.write("3@b<2")
			f.write("4@b<3")
		}, wide(), "b 3", "2 3 4"},
		{"no more than a few are asked where nothing seems to be missing", func(f *fediverse) {
			f.write("1@a")
			for _, h := range []string{"b", "c", "d", "e", "f"} {
				f.write(h + "2@" + h + "<1")
				f.write(h + "3@" + h + "<" + h + "2")
			}
		}, wide(), "b b2, c c2, d d2", "b2 b3 c2 c3 d2 d3 e2 f2"},
		{"one who answers deeper still is asked next", func(f *fediverse) {
			f.write("1@a")
			f.write("2@b<1")
			f.write("3@b<2", "a")
			f.write("4@c<3")
		}, wide(), "b 3, c 4", "2 3 4"},
		{"nothing is asked of servers that aren't to be asked", func(f *fediverse) { f.write("1@b", "a"); f.write("2@b<1") },
			Limits{PerHost: 9, All: 9, Hosts: 9, Closed: func(h string) bool { return h == server("b") }}, "", ""},
		{"no more is asked than the limit says", func(f *fediverse) { f.write("1@b", "a"); f.write("2@b<1") }, Limits{PerHost: 9, All: 3, Hosts: 9}, "", ""},
		{"no more servers than the limit says", func(f *fediverse) { f.write("1@b", "a"); f.write("2@b<1") }, Limits{PerHost: 9, All: 9, Hosts: 1}, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := newFediverse()
			c.write(f)
			g, asked := f.read(t, "a", "1", c.limits)
			if got := strings.Join(asked, ", "); got != c.asked {
				t.Errorf("asked %q, want %q", got, c.asked)
			}
			if got := names(t, g); got != c.below {
				t.Errorf("below: %q, want %q", got, c.below)
			}
		})
	}
}

func TestAConversationGoesOnBelowWhatAServerCutsOff(t *testing.T) {
	t.Parallel()
	f := newFediverse()
	f.write("0@a")
	for i := range 45 { // a line deeper than any answer
		f.write(fmt.Sprintf("%d@a<%d", 1+i, i))
	}
	for i := range 200 { // branches that only the servers of those who write in them tell
		home := string(rune('b' + i/50))
		parent := 100 + i - 1
		if i%50 == 0 {
			parent = 0
		}
		f.write(fmt.Sprintf("%d@%s<%d", 100+i, home, parent))
	}
	f.lies["150"], f.lies["200"], f.lies["250"] = 1, 1, 1 // more servers than are asked without a reason
	g, asked := f.read(t, "a", "0", wide())
	if got := len(strings.Fields(names(t, g))); got != 245 || len(asked) > 40 {
		t.Errorf("%d of 245 posts after %d questions: %v", got, len(asked), asked)
	}
}

func TestAConversationLongAboveGoesOnThere(t *testing.T) {
	t.Parallel()
	f := newFediverse()
	f.write("0@a")
	for i := 1; i <= 100; i++ {
		f.write(fmt.Sprintf("%d@a<%d", i, i-1))
	}
	g, _ := f.read(t, "a", "100", wide())
	if got := len(g.Links().Above); got != 100 {
		t.Errorf("%d posts above, want 100", got)
	}
}

func TestACountThatLiesEnds(t *testing.T) {
	t.Parallel()
	for name, lie := range map[string]int{"too high": 1_000_000, "negative": -7, "none": 0} {
		t.Run(name, func(t *testing.T) {
			f := newFediverse()
			f.write("1@b", "a")
			f.write("2@b<1", "a")
			f.write("3@c<2", "a")
			for n := range f.posts {
				f.lies[n] = lie
			}
			g, asked := f.read(t, "a", "1", Limits{PerHost: 12, All: 60, Hosts: 12})
			if got := names(t, g); got != "2 3" || len(asked) > 9 {
				t.Errorf("%s after %v", got, asked)
			}
		})
	}
}

func TestTenThousandRepliesAreBounded(t *testing.T) {
	t.Parallel()
	focus := feedstest.Post("a", "0", 0)
	focus.Counts.Replies = 10_000
	var below []*feeds.Post
	for i := range 10_000 {
		below = append(below, feedstest.Reply("a", fmt.Sprint(i+1), fmt.Sprint(i*(i%2)), i))
	}
	g := New(focus)
	g.First("a", nil, below)
	if g.Len() != MostPosts || len(g.Links().Below) != MostPosts-1 {
		t.Errorf("%d posts are kept, want %d", g.Len(), MostPosts)
	}
	if next := g.Next(Limits{PerHost: 12, All: 60, Hosts: 12}); len(next) > 60 {
		t.Errorf("%d questions", len(next))
	}
}

func TestAnIDThatMeansAnotherPostBringsNothing(t *testing.T) {
	t.Parallel()
	f := newFediverse()
	f.write("1@b", "a")
	f.write("9@b")
	f.write("8@b<9")
	g, _ := f.read(t, "a", "1", Limits{})
	q := Question{Ref: Ref{server("b"), "b-1"}, Key: g.Focus().Key, Check: true}
	g.Begin(q)
	g.Take(q, f.answer(Question{Ref: Ref{server("b"), "b-9"}, Check: true}))
	if got := names(t, g); got != "" {
		t.Errorf("below stands %q", got)
	}
	if s := g.Servers(); s[len(s)-1].Err == nil || s[len(s)-1].Err.Kind != feeds.BadData {
		t.Errorf("%+v", s)
	}
}

func TestAnAnswerOfAnotherConversationBringsNothing(t *testing.T) {
	t.Parallel()
	f := newFediverse()
	f.write("1@b", "a")
	f.write("2@b<1", "a")
	f.write("9@b")
	f.write("8@b<9")
	f.write("7@b<8")
	g, _ := f.read(t, "a", "1", Limits{})
	q := Question{Ref: Ref{server("a"), "a-2"}, Key: f.post("a", f.posts["2"]).Key}
	g.Begin(q)
	g.Take(q, f.answer(Question{Ref: Ref{server("b"), "b-9"}}))
	if got := names(t, g); got != "2" {
		t.Errorf("below stands %q, want 2", got)
	}
	mixed := f.answer(Question{Ref: Ref{server("b"), "b-1"}, Check: true})
	mixed.Below = append(mixed.Below, f.post("b", f.posts["9"]), f.post("b", f.posts["8"]))
	q = Question{Ref: Ref{server("b"), "b-1"}, Key: g.Focus().Key, Check: true}
	g.Begin(q)
	g.Take(q, mixed)
	if got := names(t, g); got != "2" {
		t.Errorf("below stands %q, want 2", got)
	}
}

func TestOfServersThatDisagreeThePostsOwnIsBelieved(t *testing.T) {
	t.Parallel()
	for _, order := range [][]string{{"a", "b"}, {"b", "a"}} {
		root, other := feedstest.Post("a", "1", 0), feedstest.Reply("a", "2", "1", 1)
		g := New(root)
		g.First("a", nil, []*feeds.Post{other})
		for _, host := range order {
			p := feedstest.Reply("b", "3", "1", 2)
			p.Sightings = []feeds.Sighting{{Host: "a", ID: "3", ParentID: "1"}} // a says that it answers the first post
			if host == "b" {
				p.Sightings = []feeds.Sighting{{Host: "b", ID: "33", ParentID: "22", Origin: true}} // b says that it answers the second
				seen := *other
				seen.Sightings = []feeds.Sighting{{Host: "b", ID: "22"}}
				g.place(&seen, false)
			}
			g.place(p, false)
		}
		l := g.Links()
		if got := l.Parent(g.Post(feedstest.Post("b", "3", 0).Key)); got == nil || got.Key != other.Key {
			t.Errorf("%v: it answers %v, want %s", order, got, other.Key)
		}
	}
}

func TestWhatAnotherServerPutsAboveAReplyIsntBelowThePost(t *testing.T) {
	t.Parallel()
	focus, reply := feedstest.Post("a", "1", 0), feedstest.Reply("a", "2", "1", 1)
	reply.Sightings = append(reply.Sightings, feeds.Sighting{Host: "b", ID: "22"})
	g := New(focus)
	g.First("a", nil, []*feeds.Post{reply})
	seen := *reply // b has it below the beginning of another conversation, which many answer
	seen.Sightings = []feeds.Sighting{{Host: "b", ID: "22", ParentID: "33"}}
	other := feedstest.Post("b", "33", 0)
	other.Counts.Replies = 300
	g.Begin(Question{Ref: Ref{"b", "22"}, Key: reply.Key, Check: true})
	g.Take(Question{Ref: Ref{"b", "22"}, Key: reply.Key, Check: true}, Answer{Post: &seen, Above: []*feeds.Post{other}})
	if missing := g.Missing(); len(missing) > 0 {
		t.Errorf("missing: %v", missing)
	}
	for _, q := range g.Next(Limits{PerHost: 10, All: 10, Hosts: 5}) {
		if q.Key == other.Key {
			t.Errorf("the other conversation is asked for: %+v", q)
		}
	}
}

func TestCirclesAndPostsThatAnswerThemselvesEnd(t *testing.T) {
	t.Parallel()
	own, x, y := feedstest.Reply("a", "5", "5", 1), feedstest.Reply("a", "6", "7", 2), feedstest.Reply("a", "7", "6", 3)
	g := New(feedstest.Post("a", "1", 0))
	g.First("a", []*feeds.Post{x, y}, []*feeds.Post{own, x, y, feedstest.Reply("a", "1", "6", 0)})
	g.Next(wide())
	if l := g.Links(); l.Parent(own) != nil || len(l.Below) != 3 {
		t.Errorf("%v, %d below", l.Parent(own), len(l.Below))
	}
}

func TestWhyAnswersAreMissing(t *testing.T) {
	t.Parallel()
	f := newFediverse()
	f.write("1@a")
	f.write("2@b<1")
	f.write("3@b<2")
	f.write("4@b<2")
	f.write("5@a<1")
	f.lies["2"], f.lies["5"] = 2, 1
	f.closed["b"] = feeds.NeedsLogin
	g, _ := f.read(t, "a", "1", wide())
	missing := g.Missing()
	if missing[feeds.NeedsLogin] != 2 || missing[""] != 1 || len(missing) != 2 {
		t.Errorf("%v", missing)
	}
}

func TestAMissingPostIsAskedForOnlyWhenThatIsWanted(t *testing.T) {
	t.Parallel()
	f := newFediverse()
	f.write("1@a")
	f.write("2@a<1")
	f.write("3@a<2")
	g := New(f.post("a", f.posts["1"]))
	g.First(server("a"), nil, []*feeds.Post{f.post("a", f.posts["3"])})
	l := wide()
	f.lies["1"] = 0
	if asked := strings.Join(f.ask(t, g, l), ", "); asked != "" {
		t.Errorf("asked %s", asked)
	}
	l.Holes = true
	if asked := strings.Join(f.ask(t, g, l), ", "); asked != "a 2?" || names(t, g) != "2 3" {
		t.Errorf("asked %s: %s", asked, names(t, g))
	}
}

func TestWhatWasDeletedSinceItWasStoredIsLeftOut(t *testing.T) {
	t.Parallel()
	f := newFediverse()
	f.write("1@a")
	f.write("2@a<1")
	f.write("3@b<1")
	old := New(f.post("a", f.posts["1"]))
	stored := []*feeds.Post{feedstest.Reply(server("a"), "a-9", "a-1", 9), f.post("a", f.posts["2"]), f.post("b", f.posts["3"])}
	old.First(server("a"), nil, f.answer(Question{Ref: Ref{server("a"), "a-1"}}).Below)
	old.Stored(nil, nil, stored)
	if got := names(t, old); got != "2 3" {
		t.Errorf("%s", got)
	}
	silent := New(f.post("a", f.posts["1"]))
	silent.Stored(nil, nil, stored)
	if got := names(t, silent); got != "2 3 9" {
		t.Errorf("without an answer: %s", got)
	}
}

func TestALongStoredRowThatWasDeletedIsLeftOutSoon(t *testing.T) {
	t.Parallel()
	var stored []*feeds.Post
	for i := range MostPosts - 10 {
		stored = append(stored, feedstest.Reply("a.example", fmt.Sprint(i+2), fmt.Sprint(i+1), i))
	}
	g := New(feedstest.Post("a.example", "1", 0))
	g.First("a.example", nil, nil)
	g.Stored(nil, nil, stored)
	if got := len(g.Links().Below); got != 0 {
		t.Errorf("%d are left", got)
	}
}
