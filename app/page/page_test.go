package page

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"vitrine/app/browser"
	"vitrine/app/markup"
	"vitrine/app/route"
	"vitrine/app/state"
	"vitrine/app/state/statetest"
	"vitrine/app/ui"
	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/conversation"
	"vitrine/feeds/feedstest"
	"vitrine/feeds/find"
	"vitrine/feeds/reader"
)

const site = `{"title":"Vitrine","servers":[{"host":"a.example","topic":"general","languages":["en"],"text":"A server"},{"host":"b.example","topic":"our own topic","languages":["fr"],"text":"Another"}],"pages":[{"name":"about","href":"/about.html"}]}`

// with starts the program at a view, with the models of the table of views, and calls f.
func with(t *testing.T, o statetest.Options, f func(t *testing.T, d *statetest.Driver)) {
	t.Helper()
	o.Views, o.Front = models(), front
	if o.Site == "" {
		o.Site = site
	}
	statetest.Run(t, o, f)
}

// openApp returns the program at a view, which has ended: it only shows what it knew.
func openApp(t *testing.T, lang, hash string) *state.App {
	t.Helper()
	var a *state.App
	with(t, statetest.Options{Language: lang, Hash: hash}, func(_ *testing.T, d *statetest.Driver) { a = d.App })
	return a
}

// written is a layout as HTML: its parts, its posts and its side.
func written(t *testing.T, l Layout) string {
	t.Helper()
	var b bytes.Buffer
	write := func(n markup.Node) {
		if err := markup.HTML(&b, n); err != nil {
			t.Fatal(err)
		}
	}
	for _, p := range flat(l.Parts) {
		for _, n := range p.Nodes {
			write(n)
		}
		if p.List == nil {
			continue
		}
		for _, r := range p.List.Rows {
			if r.Node != nil {
				write(*r.Node)
				continue
			}
			if r.Post.Post == nil { // it isn't drawn
				continue
			}
			write(markup.Article(p.List.Drawing, r.Post))
		}
	}
	for _, n := range l.Side {
		write(n)
	}
	return b.String()
}

// flat are parts with those that stand in others after what these begin with.
func flat(parts []Part) (all []Part) {
	for _, p := range parts {
		if p.Box != nil {
			all = append(append(all, nodes(*p.Box)), flat(p.In)...)
			continue
		}
		if p.Maker != nil {
			p = nodes(p.Maker.Make())
		}
		all = append(all, p)
	}
	return all
}

func TestEveryViewHasOneTitleAndAllItsWords(t *testing.T) {
	for _, lang := range []string{"en", "de"} {
		for _, hash := range []string{"#/", "#/settings", "#/embed", "#/embed?u=%40ada%40a.example", "#/embed?u=nothing", "#/open?u=%21%21", "#/open?u=https%3A%2F%2Fbsky.app%2Fprofile%2Fada.example", "#/find?q=tea", "#/find?q=%23tea", "#/find", "#/100%", "#/home"} {
			s := openApp(t, lang, hash)
			if got := s.Shown().Hash; got != hash {
				t.Errorf("%s: the view of %s is shown", hash, got)
			}
			out := written(t, view(s))
			if n := strings.Count(out, "<h1"); n != 1 {
				t.Errorf("%s: %d titles", hash, n)
			}
			for _, key := range []string{"start.", "open.", "set.", "nav.", "how.", "keys.", "topic.", "embed."} {
				if strings.Contains(out, ">"+key) {
					t.Errorf("%s in %s: a sentence %s… is missing", hash, lang, key)
				}
			}
		}
	}
}

func TestStartLinksTheServersByTopic(t *testing.T) {
	out := written(t, view(openApp(t, "en", "#/")))
	for _, want := range []string{`href="#/i/a.example"`, `href="#/i/b.example"`, "our own topic", "French", `id="u"`} {
		if !strings.Contains(out, want) {
			t.Errorf("%s is missing", want)
		}
	}
}

func TestWhatIsFoundStandsInSectionsOfLinksWithWhereItIsFrom(t *testing.T) {
	c := on(t, route.Route{View: route.Find, Query: "tea"})
	people := []*find.Hit{{Author: feedstest.Author("tea", "a.example"), Hosts: []string{"a.example", "b.example"}}}
	for range 9 {
		people = append(people, people[0])
	}
	room := feedstest.Author("tea", "c.example")
	room.Community = true
	m := &state.FindModel{Query: find.Words("tea"), All: map[string]bool{}, Result: &find.Result{
		People: people, Communities: []*find.Hit{{Author: room, Hosts: []string{"c.example"}}},
		Tags:    []*find.Hit{{Tag: &feeds.TagTrend{Tag: feeds.Tag{Name: "TeaTime"}}, Hosts: []string{"b.example"}}},
		Servers: []find.Server{{Host: "a.example"}, {Host: "b.example", Busy: true}, {Host: "c.example", Err: &feeds.Error{Kind: feeds.BadData, Host: "c.example"}}},
		LeftOut: 2,
	}}
	out := written(t, found(c, m))
	for _, want := range []string{
		`<section class="section" data-part="people"`, `<section class="section" data-part="communities"`, `<section class="section" data-part="tags"`, `<section data-part="posts"`,
		`href="#/@tea@a.example"`, `href="#/!tea@c.example"`, `href="#/t/b.example/TeaTime"`, `href="#/find?q=%23tea"`, "from a.example, b.example", "Show all 10", "2 people are left out",
		`data-source="#/i/b.example" aria-busy="true"`, `data-kind="BadData"`,
	} {
		if !strings.Contains(out, want) {
			t.Errorf("%s is missing in %s", want, out)
		}
	}
	if n := strings.Count(out, `href="#/@tea@a.example"`); n != state.FirstHits {
		t.Errorf("%d people at first", n)
	}
	m.All["people"], m.Choosing, m.Others = true, true, []string{"d.example"}
	out = written(t, found(c, m))
	if n := strings.Count(out, `href="#/@tea@a.example"`); n != 10 || !strings.Contains(out, `data-action="find-add" data-key="d.example"`) {
		t.Errorf("%d people when all are wanted: %s", n, out)
	}
}

// on makes a canvas over the start view, for models that no server answered.
func on(t *testing.T, r route.Route) canvas {
	t.Helper()
	s := openApp(t, "en", "#/")
	v := *s.Shown()
	v.Route, v.Hash = r, r.String()
	return canvas{App: s, visit: &v, Drawing: s.Drawing(r.Host)}
}

func TestAProblemIsAnAlertOfItsKindWithTheServersName(t *testing.T) {
	for _, kind := range []feeds.Kind{feeds.Offline, feeds.Unreachable, feeds.NeedsLogin, feeds.RateLimited, feeds.Refused, feeds.ServerError, feeds.Gone, feeds.NotFound, feeds.BadData, feeds.TooLarge, feeds.Timeout, feeds.Unsupported, feeds.Storage, feeds.Internal} {
		err := &feeds.Error{Kind: kind, Host: "a.example", Detail: "PeerTube"}
		profileRoute := route.Route{View: route.Profile, User: "ada", Domain: "a.example"}
		serverRoute := route.Route{View: route.Server, Host: "a.example"}
		postRoute := route.Route{View: route.Post, Host: "a.example", ID: "1"}
		for name, l := range map[string]Layout{
			"profile": profile(on(t, profileRoute), &state.ProfileModel{Route: profileRoute, ProfileSnapshot: reader.ProfileSnapshot{Err: err}}),
			"server":  server(on(t, serverRoute), &state.ServerModel{Route: serverRoute, ServerSnapshot: reader.ServerSnapshot{Err: err}}),
			"thread":  thread(on(t, postRoute), &state.ThreadModel{Route: postRoute, Snapshot: &reader.ThreadSnapshot{Err: err}}),
		} {
			out := written(t, l)
			if strings.Count(out, `role="alert"`) != 1 || !strings.Contains(out, `data-kind="`+string(kind)+`"`) || strings.Count(out, "<h1") != 1 {
				t.Errorf("%s, %s: %s", name, kind, out)
			}
			if kind != feeds.Offline && kind != feeds.Storage && kind != feeds.Internal && !strings.Contains(out, "a.example") {
				t.Errorf("%s, %s: the server isn't named", name, kind)
			}
		}
	}
}

func TestASearchSaysWhatItDoesNotUnderstandAndWhatItWould(t *testing.T) {
	with(t, statetest.Options{Hash: "#/search?q=tea+has%3Awings+after%3A%3Cb%3E"}, func(t *testing.T, d *statetest.Driver) {
		out := written(t, view(d.App))
		wants(t, "the search", out, "<bdi>has:wings</bdi>", "has:poll", "<bdi>after:&lt;b&gt;</bdi>", "after:2026-05-31")
	})
}

func TestAThreadCountsWhatIsShown(t *testing.T) {
	r := route.Route{View: route.Post, Host: "a.example", ID: "1"}
	focus := feedstest.Post("a.example", "1", 0)
	focus.Counts.Replies = 5
	reply := feedstest.Reply("a.example", "2", "1", 1)
	reply.Author = feedstest.Author("bob", "b.example")
	orphan := feedstest.Reply("a.example", "4", "3", 2)
	orphan.Author = feedstest.Author("cy", "c.example")
	tree := reader.BuildTree(focus, nil, []*feeds.Post{reply, orphan})
	out := written(t, thread(on(t, r), &state.ThreadModel{Route: r, Snapshot: &reader.ThreadSnapshot{Tree: tree}}))
	for _, want := range []string{"5 replies, 2 shown", "post focus", `aria-current="true"`, `data-depth="1"`, "ghost", "b.example", `data-part="missing"`,
		`data-part="replies" data-shown="2" data-known="5"`} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is missing in %s", want, out)
		}
	}
}

func TestAThreadTellsNoRepliesFromRepliesThatAreNotShown(t *testing.T) {
	r := route.Route{View: route.Post, Host: "a.example", ID: "1"}
	for count, want := range map[int]string{0: "No replies yet", -1: "a.example doesn’t show replies here"} {
		focus := feedstest.Post("a.example", "1", 0)
		focus.Counts.Replies = count
		out := written(t, thread(on(t, r), &state.ThreadModel{Route: r, Snapshot: &reader.ThreadSnapshot{Tree: reader.BuildTree(focus, nil, nil)}}))
		if !strings.Contains(out, want) {
			t.Errorf("%d: %q is missing in %s", count, want, out)
		}
	}
}

func TestAStoredThreadSaysHowManyRepliesWereNotLoaded(t *testing.T) {
	r := route.Route{View: route.Post, Host: "a.example", ID: "1"}
	above, focus := feedstest.Post("a.example", "0", 0), feedstest.Reply("a.example", "1", "0", 0)
	above.Counts.Replies, focus.Counts.Replies = 50, 2
	reply := feedstest.Reply("a.example", "2", "1", 1)
	reply.Counts.Replies = 3
	above.ReplyTo = &feeds.ReplyTo{ID: "-1", Key: "https://a.example/users/ada/statuses/-1"}
	tree, failure := reader.BuildTree(focus, []*feeds.Post{above}, []*feeds.Post{reply}), &feeds.Error{Kind: feeds.Offline}
	for name, s := range map[string]*reader.ThreadSnapshot{"all of it": {Stale: true, Tree: tree, Err: failure}, "what is around it": {Tree: tree, Around: failure}} {
		out := written(t, thread(on(t, r), &state.ThreadModel{Route: r, Snapshot: s}))
		wants(t, name+" fails", out, "5 replies, 1 shown", "4 weren’t loaded yet.", "A post is missing here: It wasn’t loaded yet.", `data-kind="Offline"`)
	}
}

func TestAThreadSaysWhyRepliesAreMissing(t *testing.T) {
	r := route.Route{View: route.Post, Host: "a.example", ID: "1"}
	focus := feedstest.Post("a.example", "1", 0)
	focus.Counts.Replies = 5
	tree := reader.BuildTree(focus, nil, []*feeds.Post{feedstest.Reply("a.example", "2", "1", 1)})
	s := &reader.ThreadSnapshot{Tree: tree, Search: reader.Search{
		Done: true, More: true, Servers: []conversation.Server{{Host: "a.example", Requests: 2}, {Host: "b.example", Requests: 2, Brought: 1}},
		Missing: map[feeds.Kind]int{feeds.NeedsLogin: 2, feeds.Gone: 1, "": 1},
	}}
	m := &state.ThreadModel{Route: r, Snapshot: s, Sources: true}
	out := written(t, thread(on(t, r), m))
	for _, want := range []string{
		"5 replies, 1 shown", "3 can’t be reached: 2 on servers for members only, 1 deleted.", "1 wasn’t loaded yet.", `data-action="complete"`, `data-action="sources" aria-pressed="true"`,
		"b.example: 2 requests, 1 more posts", "Loaded from <bdi>a.example</bdi>", `data-shown="1" data-known="5"`,
	} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is missing in %s", want, out)
		}
	}
	s.Search.More = false
	if out = written(t, thread(on(t, r), m)); !strings.Contains(out, "4 can’t be reached: 2 on servers for members only, 1 deleted, 1 unknown.") {
		t.Errorf("all were asked: %s", out)
	}
	s.Search.More, s.Search.Busy = true, true
	if out = written(t, thread(on(t, r), m)); !strings.Contains(out, "<progress") || !strings.Contains(out, `data-action="stop-asking"`) {
		t.Errorf("what is under way isn't said: %s", out)
	}
	s.Search.Waits = &feeds.Error{Kind: feeds.RateLimited, Host: "b.example", RetryAt: on(t, r).Now.Add(3 * time.Minute)}
	out = written(t, thread(on(t, r), m))
	for _, want := range []string{"b.example asks for a pause", "tries again by itself at", "3 can’t be reached", `data-action="stop-asking"`} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is missing in %s", want, out)
		}
	}
}

func TestAThreadIsIndentedFourTimesAtMostAndGoesOnElsewhere(t *testing.T) {
	r := route.Route{View: route.Post, Host: "a.example", ID: "1"}
	var below []*feeds.Post
	for i := 2; i <= 9; i++ {
		p := feedstest.Reply("a.example", strconv.Itoa(i), strconv.Itoa(i-1), i)
		p.Author = feedstest.Author("bob", "b.example")
		if i == 4 {
			p.Published = p.Published.AddDate(0, 8, 0)
		}
		below = append(below, p)
	}
	tree := reader.BuildTree(feedstest.Post("a.example", "1", 0), nil, below)
	m := &state.ThreadModel{Route: r, Snapshot: &reader.ThreadSnapshot{Tree: tree}}
	out := written(t, thread(on(t, r), m))
	for _, want := range []string{`class="post r s4"`, "Continue here", "8 months later", `data-depth="8"`, ">level 8<", ">level 2, replied to bob<", `data-action="fold-replies"`, "Hide 7 replies", `data-action="order"`} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is missing", want)
		}
	}
	if n := strings.Count(out, "Continue here"); n != 1 || strings.Contains(out, "r s5") {
		t.Errorf("it goes on elsewhere %d times", n)
	}
}

func TestAnAuthorsChainIsOneText(t *testing.T) {
	r := route.Route{View: route.Post, Host: "a.example", ID: "1"}
	other := feedstest.Reply("a.example", "3", "1", 3)
	other.Author = feedstest.Author("bob", "b.example")
	tree := reader.BuildTree(feedstest.Post("a.example", "1", 0), nil, []*feeds.Post{feedstest.Reply("a.example", "2", "1", 2), other})
	m := &state.ThreadModel{Route: r, Snapshot: &reader.ThreadSnapshot{Tree: tree}, AsText: true}
	out := written(t, thread(on(t, r), m))
	part, tally, reply := strings.Index(out, `class="post flow"`), strings.Index(out, `class="tally"`), strings.Index(out, `class="post r s0"`)
	if part < 0 || part > tally || tally > reply || !strings.Contains(out, `data-action="as-text" aria-pressed="true"`) || !strings.Contains(out, `data-shown="2"`) {
		t.Errorf("%d, %d, %d in %s", part, tally, reply, out)
	}
}

func TestAThreadSaysWhichPartOfAChainIsAnswered(t *testing.T) {
	r := route.Route{View: route.Post, Host: "a.example", ID: "1"}
	bob := feedstest.Author("bob", "b.example")
	yes, no, deep := feedstest.Reply("a.example", "3", "1", 3), feedstest.Reply("a.example", "4", "2", 4), feedstest.Reply("a.example", "5", "4", 5)
	yes.Author, no.Author, deep.Author = bob, bob, bob
	focus := feedstest.Post("a.example", "1", 0)
	tree := reader.BuildTree(focus, nil, []*feeds.Post{feedstest.Reply("a.example", "2", "1", 1), yes, no, deep})
	out := written(t, thread(on(t, r), &state.ThreadModel{Route: r, Snapshot: &reader.ThreadSnapshot{Tree: tree}}))
	for _, want := range []string{
		`<article class="post anc chain" data-uri="` + tree.Replies[0].Post.URI + `" data-key="https://a.example/users/ada/statuses/2" data-depth="1" data-parent="` + focus.URI + `"`,
		`<article class="post r s0" data-uri="` + no.URI + `" data-key="https://a.example/users/ada/statuses/4" data-depth="2" data-parent="` + tree.Replies[0].Post.URI + `"`,
		`<article class="post r s1" data-uri="` + deep.URI + `" data-key="https://a.example/users/ada/statuses/5" data-depth="3" data-parent="` + no.URI + `"`,
		"replied to part 1/2", "replied to part 2/2",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is missing in %s", want, out)
		}
	}
}

func TestAThreadShowsWhatStandsAboveAHole(t *testing.T) {
	r := route.Route{View: route.Post, Host: "a.example", ID: "20"}
	tree := reader.BuildTree(feedstest.Reply("a.example", "20", "19", 20), []*feeds.Post{feedstest.Post("a.example", "1", 1), feedstest.Reply("a.example", "18", "1", 18)}, nil)
	out := written(t, thread(on(t, r), &state.ThreadModel{Route: r, Snapshot: &reader.ThreadSnapshot{Tree: tree}}))
	last := 0
	for _, want := range []string{"post 1<", "post 18<", `data-part="missing"`, "post 20<"} {
		at := strings.Index(out, want)
		if at < last {
			t.Errorf("%q doesn't stand below what is above it in %s", want, out)
		}
		last = at
	}
}

func TestHostileNamesStayText(t *testing.T) {
	r := route.Route{View: route.Profile, User: "ada", Domain: "a.example", Tab: "about"}
	a := feedstest.Author("ada", "a.example")
	a.Name, a.Roles = `<img src=x onerror=alert(1)>`, []string{`"><script>alert(1)</script>`}
	out := written(t, profile(on(t, r), &state.ProfileModel{Route: r, ProfileSnapshot: reader.ProfileSnapshot{Author: a}}))
	if strings.Contains(out, "<img src=x") || strings.Contains(out, "<script") {
		t.Errorf("%s", out)
	}
}

func TestDocumentTitlesHaveNoEmojiCodes(t *testing.T) {
	a := feedstest.Author("ada", "a.example")
	a.Name = "Ada :lamp:"
	a.Emoji = append(a.Emoji, struct {
		Shortcode string `json:"c"`
		URL       string `json:"u"`
		Static    string `json:"s,omitempty"`
	}{Shortcode: "lamp", URL: "https://a.example/lamp.png"})
	if got := state.PlainName(a); got != "Ada" {
		t.Errorf("%q", got)
	}
}

func TestAPostIsReportedAtItsServer(t *testing.T) {
	s := openApp(t, "en", "#/")
	p := feedstest.Post("a.example", "1", 0)
	for url, want := range map[string]bool{"https://a.example/@ada/1": true, "": false} {
		post := *p
		post.URL = url
		s.Menu = &state.Menu{Post: &post}
		out := written(t, Layout{Parts: []Part{nodes(menu(s))}})
		if got := strings.Contains(out, "Report this on "+p.Author.Domain); got != want || want && strings.Count(out, `href="`+url+`"`) != 2 {
			t.Errorf("%q: %s", url, out)
		}
	}
}

// settled is a message of ui.Painter with the trees of keyed pieces in their places.
func settled(part any) any {
	switch part := part.(type) {
	case map[string]any:
		if tree, ok := part["t"]; ok {
			return settled(tree)
		}
	case []any:
		for i := range part {
			part[i] = settled(part[i])
		}
	}
	return part
}

func TestAFrontIsTheProgramsOwnScreen(t *testing.T) {
	with(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		s, _ := d.Host("a.example", 8)
		s.Can.Pinned, s.Can.Replies = true, true
		s.PinnedPosts = []*feeds.Post{feedstest.Post("a.example", "99", 1)}
		for _, hash := range []string{"#/", "#/i/a.example", "#/i/a.example/trending", "#/@ada@a.example", "#/@ada@a.example/about", "#/t/a.example/tea", "#/p/a.example/5", "#/settings"} {
			d.Visit(hash)
			var message struct{ T []any }
			painted, _ := ui.NewPainter(100).Paint([]ui.Piece{wholeColumns(d.App)})
			if err := json.Unmarshal(painted, &message); err != nil {
				t.Fatal(err)
			}
			var stored any
			if err := json.Unmarshal([]byte(front(d.App)), &stored); err != nil {
				t.Fatalf("%s: %v", hash, err)
			}
			if page := settled(message.T[0]); !reflect.DeepEqual(page, stored) {
				t.Errorf("%s:\nthe page  is %v\nthe front is %v", hash, page, stored)
			}
		}
	})
}

func TestStoredPostsAreFoundFirstWithTheWayToAllOfThem(t *testing.T) {
	c := on(t, route.Route{View: route.Find, Query: "tea"})
	item := func(id string, n int) reader.Item {
		p := feedstest.Post("a.example", id, n)
		return reader.Item{Entry: feeds.Entry{Key: p.Key, At: p.Published}, Post: p}
	}
	m := &state.FindModel{Query: find.Words("tea"), All: map[string]bool{}, Result: &find.Result{Servers: []find.Server{{Host: "a.example"}}},
		Here: []reader.Item{item("3", 3), item("2", 2)}, HereAll: 5,
		Feed: &state.FeedModel{Snapshot: &reader.Snapshot{Items: []reader.Item{item("4", 4), item("3", 3)}, End: true, Sources: []reader.SourceState{{Place: reader.SearchPlace{Host: "a.example", Query: "tea"}}}}},
	}
	out := written(t, found(c, m))
	wants(t, "what is found", out, "Posts in this browser: 5", `href="#/search?q=tea"`, "Show all 5")
	if n := strings.Count(out, `data-uri="https://a.example/users/ada/statuses/3"`); n != 1 || strings.Index(out, "post 2") > strings.Index(out, "post 4") {
		t.Errorf("the stored post is there %d times: %s", n, out)
	}
	m.Feed.Snapshot = &reader.Snapshot{End: true, Sources: []reader.SourceState{{Place: reader.SearchPlace{Host: "a.example", Query: "tea"}}}}
	if out := written(t, found(c, m)); strings.Contains(out, "No posts found") {
		t.Errorf("nothing found: %s", out)
	}
}

func TestATimeThatIsNotKnownIsNotTold(t *testing.T) {
	c := on(t, route.Route{View: route.Find, Query: "tea"})
	m := &state.FindModel{Query: find.Words("tea"), All: map[string]bool{}, Asked: "#/i/a.example", Result: &find.Result{
		Servers: []find.Server{{Host: "a.example", Err: &feeds.Error{Kind: feeds.ServerError, Host: "a.example"}}},
	}}
	out := written(t, found(c, m)) + outer(t, c.asOf(time.Time{}))
	wants(t, "the server", out, `data-part="source"`, `data-action="retry-source"`)
	for _, no := range []string{"so since", "00:00", "0001"} {
		if strings.Contains(out, no) {
			t.Errorf("%q in %s", no, out)
		}
	}
}

func TestWhatWasLookedForCanBeChangedWhereItIsFound(t *testing.T) {
	c := on(t, route.Route{View: route.Find, Query: "tea"})
	m := &state.FindModel{Query: find.Words("tea"), All: map[string]bool{}, Result: &find.Result{Servers: []find.Server{{Host: "a.example"}}}}
	out := written(t, found(c, m))
	wants(t, "the box", out, `role="search" data-action="open"`, `id="u"`, `value="tea"`, `role="combobox"`)
	if strings.Index(out, `data-action="find-servers"`) > strings.Index(out, `data-source="#/i/a.example"`) {
		t.Errorf("the servers are changed at the end of a list that scrolls: %s", out)
	}
}

func TestTheNameOfWhoseListIsBroughtHasNoShortcodes(t *testing.T) {
	with(t, statetest.Options{Hash: "#/following"}, func(t *testing.T, d *statetest.Driver) {
		marta := feedstest.Author("marta", "a.example")
		marta.Name, marta.Emoji = "Marta :lamp:", []content.CustomEmoji{{Shortcode: "lamp", URL: "https://a.example/lamp.png"}}
		m := d.Shown().Model.(*state.FollowingModel)
		m.Bring = &state.Bring{Who: marta, Host: "a.example", Requests: 1}
		out := written(t, view(d.App))
		if !strings.Contains(out, "Marta") || strings.Contains(out, ":lamp:") {
			t.Errorf("%s", out)
		}
	})
}

func TestAnImportOfWhatIsFollowedHasNoButton(t *testing.T) {
	with(t, statetest.Options{Hash: "#/following"}, func(t *testing.T, d *statetest.Driver) {
		const file = "Tea,ada@a.example\nTea,ada@a.example\nTea,bob@a.example\n"
		d.Do(browser.FileChosen{Data: []byte(file)})
		wants(t, "the file", written(t, view(d.App)), "New lists: Tea", "1 line repeats another one.", `data-action="confirm"`)
		d.Click("confirm")
		d.Do(browser.FileChosen{Data: []byte(file)})
		out := written(t, view(d.App))
		wants(t, "the file again", out, `data-part="new">0<`, "You follow all of this already.")
		if strings.Contains(out, `data-action="confirm"`) || strings.Contains(out, "New lists") {
			t.Errorf("%s", out)
		}
	})
}
