package follows

import (
	"fmt"
	"testing"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/feedstest"
)

func now() time.Time { return feedstest.Epoch() }

// post makes a post of ada@a.example that says something.
func post(text string, change ...func(*feeds.Post)) *feeds.Post {
	p := feedstest.Post("a.example", "1", 0)
	p.Body = content.ParsePlain(text, content.Options{})
	for _, f := range change {
		f(p)
	}
	return p
}

func TestPostsAreTakenAway(t *testing.T) {
	t.Parallel()
	hidden := func(c Cause, text string) Verdict { return Verdict{Hide, c, text, Everywhere} }
	plain := post("Good morning")
	answer := post("Good morning", func(p *feeds.Post) { p.ReplyTo = &feeds.ReplyTo{ID: "9", Key: "https://b.example/9"} })
	own := post("Good morning", func(p *feeds.Post) { p.ReplyTo = &feeds.ReplyTo{ID: "9", Self: true} })
	picture := post("", func(p *feeds.Post) { p.Media = []feeds.Media{{Kind: feeds.Image, Alt: "A dog"}} })
	quote := post("see", func(p *feeds.Post) {
		p.Quote = &feeds.Quote{Post: feedstest.Post("q.example", "7", 0)}
		p.Quote.Post.Author = feedstest.Author("Quill", "q.example")
		p.Quote.Post.Title = "a quoted title"
	})
	german := post("Guten Morgen", func(p *feeds.Post) { p.Language = "de-AT" })
	tagged := post("Look", func(p *feeds.Post) { p.Tags = []feeds.Tag{{Name: "CaféLatte"}} })
	group := post("hi", func(p *feeds.Post) { p.Group = feedstest.Author("cats", "c.example") })
	boost := Place{BoostedBy: feedstest.Author("Bo", "b.example")}
	one := func(c Cause, text string) Filter { return Filter{Rules: []Rule{{Cause: c, Text: text}}} }
	for i, c := range []struct {
		filter Filter
		post   *feeds.Post
		place  Place
		want   Verdict
	}{
		{Filter{}, plain, Place{}, Verdict{}},
		{Filter{NoBoosts: true}, nil, boost, Verdict{}},
		{Filter{NoBoosts: true}, plain, boost, hidden(OfBoost, "")},
		{Filter{NoBoosts: true}, plain, Place{}, Verdict{}},
		{Filter{NoReplies: true}, answer, Place{}, hidden(OfReply, "")},
		{Filter{NoReplies: true}, answer, boost, Verdict{}},
		{Filter{NoReplies: true}, own, Place{}, Verdict{}},
		{Filter{OnlyMedia: true}, plain, Place{}, hidden(OfNoMedia, "")},
		{Filter{OnlyMedia: true}, picture, Place{}, Verdict{}},
		{Filter{Languages: []string{"en", "DE"}}, german, Place{}, Verdict{}},
		{Filter{Languages: []string{"de-AT"}}, german, Place{}, Verdict{}},
		{Filter{Languages: []string{"de-A", "d", "de-DE"}}, german, Place{}, hidden(OfLanguage, "de-AT")},
		{Filter{Languages: []string{"en"}}, plain, Place{}, Verdict{}}, // it names none
		{one(OfWord, "Morning"), plain, Place{}, hidden(OfWord, "Morning")},
		{one(OfWord, "morn"), plain, Place{}, Verdict{}},
		{one(OfWord, "DOG"), picture, Place{}, hidden(OfWord, "DOG")},
		{one(OfWord, "quoted title"), quote, Place{}, hidden(OfWord, "quoted title")},
		{one(OfWord, "see a quoted"), quote, Place{}, Verdict{}}, // from one text into the next
		{one(OfWord, "\u200b"), plain, Place{}, Verdict{}},
		{one(OfTag, "#cafelatte"), tagged, Place{}, hidden(OfTag, "#cafelatte")},
		{one(OfTag, "cafe"), tagged, Place{}, Verdict{}},
		{one(OfTag, "Spoiler"), post("No #spoilér!"), Place{}, hidden(OfTag, "Spoiler")}, // it is written in the text, and its server counts no hashtags
		{one(OfTag, "spoiler"), post("No #spoilers, https://a.example/#spoiler, a#spoiler, spoiler"), Place{}, Verdict{}},
		{one(OfTag, "#猫"), post("今日の#猫 です"), Place{}, hidden(OfTag, "#猫")},
		{one(OfTag, "＃猫"), post("今日の#猫カフェ です"), Place{}, Verdict{}},
		{one(OfWord, "cafélatte"), tagged, Place{}, hidden(OfWord, "cafélatte")},
		{one(OfPerson, "@Ada@A.example"), plain, Place{}, hidden(OfPerson, "@Ada@A.example")},
		{one(OfPerson, "ada@b.example"), plain, boost, Verdict{}},
		{one(OfPerson, "bo@b.example"), plain, boost, hidden(OfPerson, "bo@b.example")},
		{one(OfPerson, "quill@q.example"), quote, Place{}, hidden(OfPerson, "quill@q.example")},
		{one(OfPerson, "!cats@c.example"), group, Place{}, hidden(OfPerson, "!cats@c.example")},
		{one(OfServer, "A.example"), plain, Place{}, hidden(OfServer, "A.example")},
		{one(OfServer, "b.example"), plain, boost, hidden(OfServer, "b.example")},
		{one(OfServer, "example"), plain, boost, Verdict{}},
		{one(OfServer, "Localhost:8080"), post("hi", func(p *feeds.Post) { p.Author = feedstest.Author("ada", "localhost:8080") }), Place{}, hidden(OfServer, "Localhost:8080")},
		{one(OfServer, "localhost"), post("hi", func(p *feeds.Post) { p.Author = feedstest.Author("ada", "localhost:8080") }), Place{}, Verdict{}},
		{one(OfServer, "127.0.0.1:9000"), post("hi", func(p *feeds.Post) { p.Author.URL = "http://127.0.0.1:9000/@ada" }), Place{}, hidden(OfServer, "127.0.0.1:9000")},
		{one(OfPerson, "@Ada@localhost:8080"), post("hi", func(p *feeds.Post) { p.Author = feedstest.Author("ada", "localhost:8080") }), Place{}, hidden(OfPerson, "@Ada@localhost:8080")},
		{one(OfThread, string(plain.Key)), plain, Place{}, hidden(OfThread, string(plain.Key))},
		{one(OfThread, "https://b.example/9"), answer, Place{}, hidden(OfThread, "https://b.example/9")},
		{one(OfThread, "https://b.example/1"), answer, Place{Above: []feeds.Key{"https://b.example/1"}}, hidden(OfThread, "https://b.example/1")},
		{one(OfThread, ""), own, Place{}, Verdict{}},
		{one("from the future", "x"), plain, Place{}, Verdict{}},
		{Filter{Warnings: WarningsOpen}, plain, Place{}, Verdict{}},
	} {
		if got := Compile(Everywhere, c.filter).Match(c.post, c.place, now()); got != c.want {
			t.Errorf("%d, %+v: %+v, want %+v", i, c.filter, got, c.want)
		}
	}
}

func TestAWordIsLookedForInAllThatAPostSays(t *testing.T) {
	t.Parallel()
	m := Compile(Everywhere, Filter{Rules: []Rule{{Cause: OfWord, Text: "needle"}}})
	for name, change := range map[string]func(*feeds.Post){
		"title":       func(p *feeds.Post) { p.Title = "Needle" },
		"warning":     func(p *feeds.Post) { p.Warning = "needle" },
		"text":        func(p *feeds.Post) { p.Body = content.ParseHTML("<p>a <b>nee</b>dle</p>", content.Options{}) },
		"alt":         func(p *feeds.Post) { p.Media = []feeds.Media{{}, {Alt: "a needle"}} },
		"poll":        func(p *feeds.Post) { p.Poll = &feeds.Poll{Options: []feeds.PollOption{{}, {Title: "needle"}}} },
		"card":        func(p *feeds.Post) { p.Card = &feeds.Card{Title: "needle"} },
		"description": func(p *feeds.Post) { p.Card = &feeds.Card{Description: "needle"} },
		"tag":         func(p *feeds.Post) { p.Tags = []feeds.Tag{{Name: "needle"}} },
		"quote":       func(p *feeds.Post) { p.Quote = &feeds.Quote{Post: post("needle")} },
	} {
		if got := m.Match(post("hay", change), Place{}, now()); got.Action != Hide {
			t.Errorf("%s: %+v", name, got)
		}
	}
	if got := m.Match(post("hay"), Place{}, now()); got.Action != Show {
		t.Errorf("%+v", got)
	}
}

func TestARuleHoldsUntilItsDate(t *testing.T) {
	t.Parallel()
	m := Compile(Everywhere, Filter{Rules: []Rule{
		{Cause: OfWord, Text: "cup", Until: now()},
		{Cause: OfPerson, Text: "ada@a.example", Until: now().Add(time.Hour), Fold: true},
	}})
	p := post("the cup")
	for at, want := range map[time.Duration]Verdict{
		-1:        {Hide, OfWord, "cup", Everywhere},
		0:         {Fold, OfPerson, "ada@a.example", Everywhere},
		time.Hour: {},
	} {
		if got := m.Match(p, Place{}, now().Add(at)); got != want {
			t.Errorf("after %v: %+v, want %+v", at, got, want)
		}
	}
}

func TestWhatHidesGoesBeforeWhatFolds(t *testing.T) {
	t.Parallel()
	fold := func(c Cause, text string) Rule { return Rule{Cause: c, Text: text, Fold: true} }
	hide := func(c Cause, text string) Rule { return Rule{Cause: c, Text: text} }
	p := post("one two", func(p *feeds.Post) { p.Tags = []feeds.Tag{{Name: "three"}} })
	for _, c := range []struct {
		filters []Filter
		want    string
	}{
		{[]Filter{{Rules: []Rule{fold(OfWord, "one"), hide(OfWord, "two")}}}, "{2 word two }"},
		{[]Filter{{Rules: []Rule{fold(OfWord, "one"), fold(OfWord, "two")}}}, "{1 word one }"},
		{[]Filter{{Rules: []Rule{fold(OfWord, "one"), hide(OfTag, "three")}}}, "{2 tag three }"},
		{[]Filter{{Rules: []Rule{fold(OfWord, "one")}}, {Rules: []Rule{hide(OfTag, "three")}}}, "{2 tag three }"},
		{[]Filter{{Rules: []Rule{hide(OfWord, "one")}}, {NoBoosts: true, Rules: []Rule{hide(OfTag, "three")}}}, "{2 word one }"},
		{[]Filter{{}, {Rules: []Rule{fold(OfTag, "Three"), hide(OfTag, "three")}}}, "{2 tag three }"},
		{[]Filter{{}, {}}, "{0   }"},
	} {
		var all []*Matcher
		for _, f := range c.filters {
			all = append(all, Compile(Everywhere, f))
		}
		if got := fmt.Sprint(Join(all...).Match(p, Place{}, now())); got != c.want {
			t.Errorf("%+v: %s, want %s", c.filters, got, c.want)
		}
	}
}

func TestAFeedIsFilteredBySourceListAndEverywhere(t *testing.T) {
	t.Parallel()
	d := &Data{Filter: Filter{Rules: []Rule{{Cause: OfWord, Text: "all"}}}}
	list := d.MakeList("News")
	d.UpdateList(list, func(l *List) {
		l.Filter = Filter{Warnings: WarningsOpen, Rules: []Rule{{Cause: OfWord, Text: "list"}}}
	})
	own := New("#/t/a.example/go", Hashtag, now())
	own.Lists = []string{list}
	own.Filter = Filter{Warnings: WarningsClosed, Rules: []Rule{{Cause: OfWord, Text: "own"}}}
	other := New("#/@ada@a.example", Profile, now())
	muted := New("#/i/a.example", Server, now())
	muted.Muted = true
	d.Add(own, other, muted)
	said := func(feed string, a Address, text string) Action {
		return d.Matchers(feed)[a].Match(post(text), Place{}, now()).Action
	}
	for _, c := range []struct {
		feed string
		a    Address
		text string
		want Action
	}{
		{Home, own.Address, "own", Hide}, {Home, own.Address, "list", Show}, {Home, own.Address, "all", Hide}, {list, own.Address, "list", Hide}, {list, own.Address, "own", Hide},
		{Home, other.Address, "own", Show}, {Home, other.Address, "all", Hide},
	} {
		if got := said(c.feed, c.a, c.text); got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
	if n, m := len(d.Matchers(Home)), len(d.Matchers(list)); n != 2 || m != 1 {
		t.Errorf("%d sources in home, %d in the list", n, m)
	}
	if w := d.Matchers(list)[own.Address].Warnings(); w != WarningsClosed {
		t.Errorf("warnings stand %q", w)
	}
	if w := d.Matchers(Home)[other.Address].Warnings(); w != WarningsAsSet {
		t.Errorf("warnings stand %q", w)
	}
	answer := post("hi", func(p *feeds.Post) { p.ReplyTo = &feeds.ReplyTo{ID: "2"} })
	if v := d.Matchers(Home)[other.Address].Match(answer, Place{}, now()); v.Cause != OfReply {
		t.Errorf("a person's answer: %+v", v)
	}
}

func TestFiltersHaveNames(t *testing.T) {
	t.Parallel()
	d := &Data{}
	list := d.MakeList("News")
	d.Add(New("#/@ada@a.example", Profile, now()), New("#/i/a.example", Server, now()))
	d.Put(list, true, "#/@ada@a.example")
	cup := Rule{Cause: OfWord, Text: "cup", Until: now().Add(time.Hour)}
	for _, s := range []Scope{Everywhere, ListScope(list), ScopeOf("#/@ada@a.example")} {
		if !d.ChangeFilter(s, func(f *Filter) { f.Put(cup); f.Put(Rule{Cause: OfWord, Text: "own " + string(s)}) }) {
			t.Errorf("no filter %q", s)
		}
		if f, ok := d.FilterOf(s); !ok || !f.Has(OfWord, "CUP") {
			t.Errorf("%q: %+v", s, f)
		}
	}
	for _, s := range []Scope{ListScope("gone"), ScopeOf("#/i/gone.example"), "list:"} {
		if _, ok := d.FilterOf(s); ok || d.ChangeFilter(s, func(*Filter) { t.Error("changed") }) {
			t.Errorf("%q is a filter", s)
		}
	}
	if got := d.Matchers(list)["#/@ada@a.example"].Match(post("own list:news"), Place{}, now()); got.Of != ListScope(list) {
		t.Errorf("%+v", got)
	}
	if got := d.Matchers(Home)["#/@ada@a.example"].Match(post("hi", func(p *feeds.Post) { p.ReplyTo = &feeds.ReplyTo{ID: "2"} }), Place{}, now()); got.Of != "#/@ada@a.example" {
		t.Errorf("%+v", got)
	}
	if at := d.EndsAfter(now()); !at.Equal(cup.Until) || !d.EndsAfter(at).IsZero() {
		t.Errorf("%v", at)
	}
	d.ChangeFilter(Everywhere, func(f *Filter) {
		f.Put(Rule{Cause: OfWord, Text: "Cup", Fold: true})
		f.Put(Rule{Cause: OfPerson, Text: "@Ada@A.example"})
		f.Remove(OfPerson, "ada@a.example")
	})
	if got := d.Filter.Rules; len(got) != 2 || got[1] != (Rule{Cause: OfWord, Text: "Cup", Fold: true}) {
		t.Errorf("%+v", got)
	}
}

func BenchmarkMatch(b *testing.B) {
	text := "A post of ordinary length, as people write them: some sentences about the weather, a link and what was on the market this morning. "
	p := post(text + text + text)
	var f Filter
	for i := range 100 {
		f.Rules = append(f.Rules, Rule{Cause: OfWord, Text: fmt.Sprintf("word%d", i)}, Rule{Cause: OfPerson, Text: fmt.Sprintf("u%d@a.example", i)})
	}
	m := Compile(Everywhere, f)
	b.ReportAllocs()
	for b.Loop() {
		m.Match(p, Place{}, now())
	}
}

func TestConversationsAreFoldedByWhatHoldsEverywhereAndForTheirAuthor(t *testing.T) {
	t.Parallel()
	answer := post("a cup of tea", func(p *feeds.Post) { p.ReplyTo = &feeds.ReplyTo{ID: "9", Key: "https://b.example/9"} })
	other := post("a cup of tea", func(p *feeds.Post) { p.Author = feedstest.Author("Bo", "b.example") })
	ada := New("#/@ada@a.example", Profile, now())
	ada.Handle, ada.Filter.OnlyMedia = "Ada@A.example", true
	d := &Data{Follows: []Follow{ada}}
	if m := d.InConversations(); m != nil {
		t.Errorf("answers, and posts without media, are what conversations consist of: %+v", m.Match(answer, Place{}, now()))
	}
	d.Follows[0].Filter.Put(Rule{Cause: OfWord, Text: "cup", Fold: true})
	for i, c := range []struct {
		everywhere Filter
		post       *feeds.Post
		want       Verdict
	}{
		{Filter{}, answer, Verdict{Fold, OfWord, "cup", "#/@ada@a.example"}},
		{Filter{}, other, Verdict{}},
		{Filter{NoReplies: true, Rules: []Rule{{Cause: OfWord, Text: "tea"}}}, answer, Verdict{Hide, OfWord, "tea", Everywhere}},
		{Filter{Rules: []Rule{{Cause: OfServer, Text: "b.example"}}}, other, Verdict{Hide, OfServer, "b.example", Everywhere}},
	} {
		d.Filter = c.everywhere
		if got := d.InConversations().Match(c.post, Place{}, now()); got != c.want {
			t.Errorf("%d: got %+v, want %+v", i, got, c.want)
		}
	}
}
