package markup

import (
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"vitrine/feeds"
)

func TestNothingIsOutsideTheClosedSet(t *testing.T) {
	for name, n := range all(t) {
		if err := check(n); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAddressesLeadToTheWebOrToViews(t *testing.T) {
	for name, n := range all(t) {
		walk(n, func(n Node) {
			for _, a := range n.Attrs {
				if !isURL(a.Name) {
					continue
				}
				switch {
				case strings.HasPrefix(a.Value, "https://"), strings.HasPrefix(a.Value, "#/"), strings.HasPrefix(a.Value, "icons.svg#"):
				default:
					t.Errorf("%s: %s=%q", name, a.Name, a.Value)
				}
				if n.Tag == "a" && strings.HasPrefix(a.Value, "https://") && (value(n, "rel") != "nofollow noopener noreferrer" || value(n, "target") != "_blank") {
					t.Errorf("%s: a link to %s sends a referrer", name, a.Value)
				}
			}
		})
	}
}

func TestPicturesAreFetchedQuietly(t *testing.T) {
	for name, n := range all(t) {
		for _, img := range find(n, func(n Node) bool { return n.Tag == "img" }) {
			if !has(img, "alt") || value(img, "referrerpolicy") != "no-referrer" || value(img, "decoding") != "async" {
				t.Errorf("%s: %v", name, img)
			}
		}
		for _, v := range find(n, func(n Node) bool { return n.Tag == "video" || n.Tag == "audio" }) {
			if !has(v, "autoplay") && value(v, "preload") != "none" || value(v, "aria-label") == "" {
				t.Errorf("%s: %v", name, v)
			}
			if has(v, "autoplay") && (!has(v, "muted") || name != "en/autoplay" && name != "de/autoplay" && name != "static/autoplay") {
				t.Errorf("%s plays by itself: %v", name, v)
			}
		}
	}
}

func TestEveryLinkAndButtonHasAName(t *testing.T) {
	for name, n := range all(t) {
		for _, e := range find(n, func(n Node) bool { return n.Tag == "a" || n.Tag == "button" || n.Tag == "summary" }) {
			words := textOf(e)
			for _, img := range find(e, func(n Node) bool { return n.Tag == "img" }) {
				words += value(img, "alt")
			}
			if strings.TrimSpace(words) == "" {
				t.Errorf("%s: nameless %v", name, e)
			}
		}
	}
}

func TestHeadingsStepDownOneByOne(t *testing.T) {
	for name, n := range all(t) {
		last := 1 // the page's title
		if strings.Contains(name, "-head/") || strings.Contains(name, "-bare/") {
			last = 0
		}
		if strings.Contains(name, "/bio/") {
			last = 2
		}
		for _, h := range find(n, func(n Node) bool { return len(n.Tag) == 2 && n.Tag[0] == 'h' && n.Tag[1] >= '1' && n.Tag[1] <= '6' }) {
			level, _ := strconv.Atoi(h.Tag[1:])
			if level > last+1 || level == 1 && last > 0 {
				t.Errorf("%s: h%d follows h%d", name, level, last)
			}
			last = level
		}
	}
}

func TestForeignHeadingsKeepTheirOrder(t *testing.T) {
	for _, c := range []struct {
		above int
		in    []int
		want  string
	}{
		{1, []int{1, 2, 3}, "h2 h3 h4"},
		{1, []int{3, 3, 4}, "h2 h2 h3"},
		{2, []int{1, 6, 1}, "h3 h4 h3"},
		{2, []int{6, 5, 1}, "h3 h3 h3"},
		{1, []int{3, 1, 2, 2, 1}, "h2 h2 h3 h3 h2"},
		{5, []int{1, 2, 3}, "h6 h6 h6"},
	} {
		o := &outline{above: c.above}
		var got []string
		for _, l := range c.in {
			got = append(got, o.tag(l))
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%v below h%d: %s, want %s", c.in, c.above, s, c.want)
		}
	}
}

func TestHostileTextsStayText(t *testing.T) {
	const evil = `</p><script>alert(1)</script><img src=x onerror=alert(2)> &lt;b&gt; "'`
	a := author("eve", "evil.example", evil, "")
	a.Roles = []string{evil}
	p := post(a, "1", `en" onload="x`, 1, text(evil))
	p.Title, p.Warning = evil, evil
	p.URI, p.Key = `https://evil.example/"><script>`, feeds.Key(evil)
	p.Media = []feeds.Media{{Kind: feeds.Image, URL: "https://evil.example/1.png", Alt: evil}, {Kind: feeds.Audio, URL: "javascript:alert(1)", Alt: evil}, {Kind: feeds.Video, URL: "data:text/html,x", Alt: evil}}
	p.Poll = &feeds.Poll{Options: []feeds.PollOption{{Title: evil, Votes: 1}}, Votes: 1}
	p.Card = &feeds.Card{URL: "javascript:alert(1)", Title: evil, Description: evil, Provider: evil, ImageAlt: evil, Image: "javascript:alert(1)", Language: evil}
	p.Reactions = []feeds.Reaction{{Name: evil, Count: 1}, {Name: evil, Count: 1, URL: "javascript:alert(1)"}}
	p.Application = &feeds.Application{Name: evil, URL: "javascript:alert(1)"}
	p.ReplyTo = &feeds.ReplyTo{Handle: evil}
	quoted := post(a, "2", evil, 2, text(evil))
	quoted.Title, quoted.Warning = evil, evil
	p.Quote = &feeds.Quote{State: feeds.QuoteAccepted, Post: quoted}
	for _, place := range []Place{{}, {Kind: Focused}, {Kind: Reply, ReplyTo: evil}} {
		r := Row{Post: p, Entry: feeds.Entry{BoostedBy: a, WrapperID: evil}, Place: place, Open: Opened{Warning: Open, Alt: 1}}
		n := Article(drawing(t, "en"), r)
		var b strings.Builder
		if err := HTML(&b, n); err != nil {
			t.Fatal(err)
		}
		for _, bad := range []string{"<script", "<img src=x", "javascript:", "data:text", `onload="x`} {
			if strings.Contains(b.String(), bad) {
				t.Errorf("%+v holds %s", place, bad)
			}
		}
		if n := strings.Count(textOf(n), evil); n < 8 {
			t.Errorf("%+v: the text is shown %d times only", place, n)
		}
		for _, e := range find(n, func(n Node) bool { return has(n, "lang") }) {
			t.Errorf("a tag that is none was written: %v", e)
		}
	}
}

func TestPlainTextIsShownLiterally(t *testing.T) {
	p := post(author("a", "a.example", "<b>Ada</b> :wave:", ""), "1", "en", 1, text("x"))
	p.Media = []feeds.Media{picture1("a.png", "<i>alt</i> &amp; :wave:", 10, 10)}
	n := Article(drawing(t, "en"), inFeed(p))
	if got := textOf(find(n, func(n Node) bool { return value(n, "class") == "name" })[0]); got != "<b>Ada</b> :wave:" {
		t.Errorf("name = %q", got)
	}
	if imgs := find(n, func(n Node) bool { return value(n, "alt") == "<i>alt</i> &amp; :wave:" }); len(imgs) != 1 {
		t.Error("the description is not as it was written")
	}
}

func TestEveryPostHasItsAddressTimeAndText(t *testing.T) {
	for _, s := range samples() {
		r := s.row()
		n := Article(drawing(t, "en"), r)
		if value(n, "data-uri") != URI(r.Post) || value(n, "data-key") != string(r.Post.Key) {
			t.Errorf("%s: %v", s.name, n.Attrs)
		}
		texts := find(n, func(n Node) bool { return value(n, "data-part") == "content" })
		if len(texts) != 1 || value(texts[0], "dir") != "auto" {
			t.Errorf("%s has %d texts", s.name, len(texts))
		}
		times := find(n, func(n Node) bool { return n.Tag == "time" })
		if want := r.Post.Published.UTC().Format(time.RFC3339); len(times) == 0 || value(times[0], "datetime") != want {
			t.Errorf("%s has no time %s", s.name, want)
		}
	}
}

func TestAPostIsNamedByAuthorAndTimeWhereverItStands(t *testing.T) {
	seen := map[string]bool{}
	p := samples()[0].row().Post
	for _, r := range []Row{inFeed(p), {Post: p, Place: Place{Kind: Pinned}}, {Post: p, Entry: feeds.Entry{WrapperID: "boost"}}} {
		n := Article(drawing(t, "en"), r)
		for _, id := range strings.Fields(value(n, "aria-labelledby")) {
			if seen[id] {
				t.Errorf("%s stands twice on a page", id)
			}
			seen[id] = true
			if named := find(n, func(n Node) bool { return value(n, "id") == id }); len(named) != 1 || textOf(named[0]) == "" {
				t.Errorf("%s names nothing", id)
			}
		}
	}
}

func TestAPostIsDescribedByItsTextOrItsWarningAndAReplyNamedWithItsPlace(t *testing.T) {
	d, p := drawing(t, "en"), samples()[0].row().Post
	said := func(n Node, attribute string) string {
		var all []string
		for _, id := range strings.Fields(value(n, attribute)) {
			for _, part := range find(n, func(n Node) bool { return value(n, "id") == id }) {
				all = append(all, textOf(part))
			}
		}
		return strings.Join(all, " ")
	}
	if n := Article(d, inFeed(p)); said(n, "aria-describedby") == "" || said(n, "aria-describedby") != textOf(find(n, func(n Node) bool { return value(n, "data-part") == "content" })[0]) {
		t.Errorf("described as %q", said(n, "aria-describedby"))
	}
	warned := *p
	warned.Warning = "Spoilers"
	if n := Article(d, inFeed(&warned)); said(n, "aria-describedby") != "Content warning: Spoilers" {
		t.Errorf("with a warning: described as %q", said(n, "aria-describedby"))
	}
	n := Article(d, Row{Post: p, Place: Place{Kind: Reply, Depth: 2, Step: 1, To: "Bo"}})
	if name := said(n, "aria-labelledby"); !strings.HasSuffix(name, " level 2, replied to Bo") {
		t.Errorf("a reply is called %q", name)
	}
}

func TestPostsWithoutAnIDAreFoundByWhatTheyHave(t *testing.T) {
	for _, c := range []struct {
		post feeds.Post
		want string
	}{
		{feeds.Post{Key: "k", URI: "https://a.example/1", URL: "https://a.example/@a/1"}, "https://a.example/1"},
		{feeds.Post{Key: "k", URL: "https://a.example/@a/1"}, "https://a.example/@a/1"},
		{feeds.Post{Key: "a.example/1"}, "a.example/1"},
	} {
		if got := URI(&c.post); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

func TestTextRunsAsItsLanguageDoes(t *testing.T) {
	for _, s := range samples() {
		if s.name != "arabic" {
			continue
		}
		n := Article(drawing(t, "en"), s.row())
		body := find(n, func(n Node) bool { return value(n, "data-part") == "content" })[0]
		if value(body, "lang") != "ar" || value(body, "dir") != "auto" {
			t.Errorf("%v", body.Attrs)
		}
		if names := find(n, func(n Node) bool { return n.Tag == "bdi" }); textOf(names[0]) != "مقهى الضفة" {
			t.Errorf("the name is not kept apart: %v", names)
		}
	}
}

func TestWhatStandsOpenIsSaid(t *testing.T) {
	d := drawing(t, "en")
	for _, c := range []struct {
		state     State
		bySetting bool
		want      bool
	}{{AsSettings, false, false}, {AsSettings, true, true}, {Open, false, true}, {Open, true, true}, {Shut, true, false}, {Shut, false, false}} {
		d.Settings.OpenWarnings = c.bySetting
		p := post(marta(), "1", "en", 1, text("x"))
		p.Warning = "y"
		n := Article(d, Row{Post: p, Open: Opened{Warning: c.state}})
		fold := find(n, func(n Node) bool { return n.Tag == "details" })[0]
		if has(fold, "open") != c.want || value(fold, "data-action") != "toggle" || value(fold, "data-part") != "cw" {
			t.Errorf("%+v: %v", c, fold.Attrs)
		}
	}
	if StateOf(true) != Open || StateOf(false) != Shut {
		t.Error("StateOf")
	}
}

func TestWhatAWarningHidesStaysHidden(t *testing.T) {
	p := post(marta(), "1", "en", 1, text("secret"))
	p.Warning = "Spoiler"
	p.Media = []feeds.Media{picture1("a.png", "secret", 10, 10)}
	p.Poll = &feeds.Poll{Options: []feeds.PollOption{{Title: "secret", Votes: 1}}}
	p.Card = &feeds.Card{URL: "https://a.example/", Title: "secret"}
	p.Quote = &feeds.Quote{State: feeds.QuoteAccepted, Post: post(marta(), "2", "en", 1, text("secret"))}
	n := Article(drawing(t, "en"), inFeed(p))
	fold := find(n, func(n Node) bool { return n.Tag == "details" })[0]
	inside := strings.Count(textOf(fold), "secret")
	if all := strings.Count(textOf(n), "secret"); inside != 4 || all != inside {
		t.Errorf("%d of %d are behind the warning", inside, all)
	}
}

func TestRowsAreComparedByValue(t *testing.T) {
	for _, s := range samples() {
		if a, b := s.row(), s.row(); !reflect.DeepEqual(a, b) {
			t.Errorf("%s differs from itself", s.name)
		}
	}
	if a, b := (Place{Kind: Reply, ReplyTo: "a"}), (Place{Kind: Reply, ReplyTo: "a"}); a != b {
		t.Error("places can't be compared")
	}
	if a, b := (Opened{Alt: 1}), (Opened{Alt: 1}); a != b {
		t.Error("what is open can't be compared")
	}
}

func TestOnlyLongPostsFold(t *testing.T) {
	d := drawing(t, "en")
	for name, want := range map[string]bool{"picture": false, "long": true, "long-opened": false, "focused": false} {
		for _, s := range samples() {
			if s.name != name {
				continue
			}
			n := Article(d, s.row())
			if got := len(find(n, func(n Node) bool { return value(n, "class") == "folded" })) == 1; got != want {
				t.Errorf("%s folds: %v", name, got)
			}
		}
	}
	r := inFeed(post(marta(), "1", "ja", 1, text(strings.Repeat("雨の日曜日。", 170))))
	if n := Article(d, r); len(find(n, func(n Node) bool { return value(n, "data-action") == "whole" })) != 1 {
		t.Error("a thousand wide characters don't fold")
	}
}

func TestADrawingOfAnyPostIsWritten(t *testing.T) {
	bare := &feeds.Post{Key: "a.example/1", Author: &feeds.Author{User: "a", Domain: "a.example"}, Counts: feeds.Counts{Replies: -1, Boosts: -1, Favourites: -1, Quotes: -1},
		Sightings: []feeds.Sighting{{Host: "a.example", ID: "1"}}}
	for _, kind := range []PlaceKind{InFeed, Pinned, Ancestor, Focused, Chain, Reply} {
		n := Article(drawing(t, "en"), Row{Post: bare, Place: Place{Kind: kind, Depth: -1}})
		if err := check(n); err != nil {
			t.Errorf("%d: %v", kind, err)
		}
	}
	for _, state := range []feeds.QuoteState{feeds.QuoteAccepted, feeds.QuotePending, feeds.QuoteRejected, feeds.QuoteRevoked, feeds.QuoteDeleted, feeds.QuoteUnauthorized, feeds.QuoteBlocked, "new"} {
		p := *bare
		p.Quote = &feeds.Quote{State: state, URL: "https://a.example/2"}
		n := Article(drawing(t, "en"), inFeed(&p))
		q := find(n, func(n Node) bool { return n.Tag == "blockquote" })
		if len(q) != 1 || len(textOf(q[0])) < 20 || strings.Contains(textOf(q[0]), "quote.") {
			t.Errorf("%s: %v", state, q)
		}
	}
}
