package page

import (
	"strconv"

	"vitrine/app/markup"
	"vitrine/app/route"
	"vitrine/app/state"
	"vitrine/feeds"
)

func (c canvas) icon(name string) markup.Node  { return icon(c.App, name, "i") }
func (c canvas) small(name string) markup.Node { return icon(c.App, name, "i s") }

func skip(s *state.App) markup.Node {
	return el("button", at{"class", "skip", "type", "button", "data-action", "skip"}, text(s.Words.T("nav.skip")))
}

// update asks for what is new where posts are shown, for who doesn't pull the page down with a finger.
func update(s *state.App) markup.Node {
	if v := s.Shown(); v == nil || v.Model.Rows() == 0 {
		return el("div", nil)
	}
	return el("button", at{"class", "skip", "type", "button", "data-action", "again"}, text(s.Words.T("home.refresh")))
}

// decoration is the striped edge at the top of the page; it means nothing.
func decoration() markup.Node { return el("div", at{"class", "awning", "aria-hidden", "true"}) }

// navigation shows what is built and nothing else.
func navigation(s *state.App) markup.Node {
	place := func(view route.View, name, sign string) markup.Node {
		current := s.Shown() != nil && s.Shown().Route.View == view
		href := route.Route{View: view}.String()
		return el("li", nil, el("a", at{"href", href, "aria-current", when(current, "page")}, icon(s, sign, "i"), text(s.Words.T(name))))
	}
	places := []markup.Node{place(route.Start, "nav.start", "start")}
	if s.Built(route.Home) && len(s.Follows.Follows) > 0 {
		places = append(places, place(route.Home, "nav.home", "home"))
	}
	places = append(places, place(route.Search, "nav.search", "search"))
	if s.Built(route.Saved) && (s.SavedCount() > 0 || s.Shown() != nil && s.Shown().Route.View == route.Saved) {
		places = append(places, place(route.Saved, "nav.saved", "saved"))
	}
	places = append(places, place(route.Settings, "nav.settings", "settings"))
	return el("nav", at{"class", "nav", "aria-label", s.Words.T("nav.main")},
		el("a", at{"class", "brand", "href", "#/"}, icon(s, "mark", "i"), text(s.Site.Title)),
		el("ul", nil, places...),
		el("div", at{"class", "foot quiet"}, el("p", nil, text(s.Words.T("nav.foot"))), el("p", at{"class", "pages"}, pages(s)...)),
	)
}

// pages links what stands beside the program, and its source.
func pages(s *state.App) []markup.Node {
	links := make([]markup.Node, 0, 2*len(s.Site.Pages)+1)
	for _, p := range s.Site.Pages {
		links = append(links, el("a", at{"href", p.In(s.Words.Lang())}, text(s.Words.T("page."+p.Name))), text(" "))
	}
	if s.Site.Source != "" {
		links = append(links, el("a", at{"href", s.Site.Source, "target", "_blank", "rel", "noopener noreferrer"}, text(s.Words.T("page.source"))))
	}
	return links
}

// status says what needs no answer: it is read out and shown for a moment.
func status(s *state.App) markup.Node {
	class := "said"
	if s.LastUndo != nil {
		class = "said above"
	}
	return el("p", at{"class", class, "role", "status"}, text(s.Note))
}

// offline says so while there is no network, at the top of the page.
func offline(s *state.App) markup.Node {
	p := el("p", at{"class", "away", "role", "status"})
	if s.Offline {
		p.Children = []markup.Node{icon(s, "offline", "i s"), text(s.Words.T("frame.offline"))}
	}
	return p
}

// newVersion offers the version that waits. It never comes by itself: a reader may be in the middle of something.
func newVersion(s *state.App) markup.Node {
	if !s.NewVersion {
		return el("div", at{"class", "fresh", "role", "status"})
	}
	return el("div", at{"class", "fresh", "role", "status"}, el("span", nil, text(s.Words.T("version.new"))),
		el("button", at{"class", "b plain", "type", "button", "data-action", "update"}, text(s.Words.T("version.load"))))
}

// bar is the head of a view without a banner.
func (c canvas) bar(title, under string, more ...markup.Node) markup.Node {
	kids := []markup.Node{c.back("ib"), el("div", nil, el("h1", nil, text(title)), el("p", at{"class", "quiet"}, el("bdi", nil, text(under))))}
	return el("header", at{"class", "bar"}, append(kids, more...)...)
}

func (c canvas) back(class string) markup.Node {
	return el("button", at{"class", class, "type", "button", "data-action", "back"}, icon(c.App, "back", "i turns"), hidden(c.Words.T("nav.back")))
}

// tabs is a row of links to the parts of a place.
func (c canvas) tabs(label string, tabs []tabLink) markup.Node {
	items := make([]markup.Node, 0, len(tabs))
	for _, t := range tabs {
		items = append(items, el("li", nil, el("a", at{"href", t.route.String(), "aria-current", when(t.route.Tab == c.visit.Route.Tab, "page")}, text(t.name))))
	}
	return el("nav", at{"class", "tabs", "aria-label", label}, el("ul", nil, items...))
}

type tabLink struct {
	route route.Route
	name  string
}

// viewer shows pictures large. The browser scrolls from one to the next; how they come near and are moved is in web/js/viewer.js.
func viewer(s *state.App) markup.Node {
	w, v := s.Words, s.Viewer
	d := el("dialog", at{"id", "viewer", "class", "viewer", "aria-label", w.T("viewer.label")})
	if v == nil {
		return d
	}
	slides := make([]markup.Node, 0, len(v.Post.Media))
	for _, m := range v.Post.Media {
		slides = append(slides, slide(m))
	}
	count := w.T("viewer.count", strconv.Itoa(v.Index+1), strconv.Itoa(len(v.Post.Media)))
	button := func(action, sign, words string, attrs ...string) markup.Node {
		class := "i"
		if action == "slide" {
			class = "i turns"
		}
		return el("button", append(at{"class", "ib", "type", "button", "data-action", action}, attrs...), icon(s, sign, class), hidden(w.T(words)))
	}
	step := func(by int, sign, words string) markup.Node {
		to := v.Index + by
		return button("slide", sign, words, "data-index", strconv.Itoa(to), "aria-disabled", when(to < 0 || to >= len(v.Post.Media), "true"))
	}
	var tools []markup.Node
	if len(slides) > 1 {
		tools = append(tools, step(-1, "back", "viewer.previous"), el("span", at{"role", "status"}, text(count)), step(1, "forward", "viewer.next"))
	}
	m := v.Post.Media[v.Index]
	file := func(sign, words, href string, attrs ...string) markup.Node {
		return el("a", append(at{"class", "ib", "href", href, "target", "_blank", "rel", "nofollow noopener noreferrer"}, attrs...), icon(s, sign, "i"), hidden(w.T(words)))
	}
	if m.Kind == feeds.Image {
		tools = append(tools, button("far", "minus", "viewer.far"), button("near", "plus", "viewer.near"))
		if markup.Moves(markup.Full(m)) {
			tools = append(tools, button("animate", "play", "viewer.animate", "data-index", strconv.Itoa(v.Index)))
		}
	}
	if src := markup.Full(m); src != "" {
		tools = append(tools, file("keep", "viewer.save", src, "data-action", "download"), file("open", "viewer.original", markup.Full(feeds.Media{URL: m.Original, Original: src})))
	}
	tools = append(tools, button("close", "close", "viewer.close", "data-part", "viewer"))
	d.Children = []markup.Node{
		el("div", at{"class", "slides", "tabindex", "0", "role", "group", "aria-label", count}, slides...),
		el("p", at{"class", "words", "dir", "auto"}, text(m.Alt)),
		el("div", at{"class", "tools"}, tools...),
	}
	return d
}

func slide(m feeds.Media) markup.Node {
	src := markup.Full(m)
	switch m.Kind {
	case feeds.Video, feeds.Gifv:
		if !markup.Playable(src) {
			break // its post plays it
		}
		return el("div", at{"class", "slide"}, el("video", at{"src", src, "poster", m.Preview, "controls", "", "preload", "metadata", "playsinline", "", "aria-label", m.Alt}))
	case feeds.Image:
		return el("div", at{"class", "slide"}, el("img", at{"src", src, "alt", m.Alt, "loading", "lazy", "referrerpolicy", "no-referrer", "data-original", when(m.Original != "", markup.Full(feeds.Media{URL: m.Original}))}), markup.Cover(src))
	}
	return el("div", at{"class", "slide"}, el("a", at{"href", src, "target", "_blank", "rel", "nofollow noopener noreferrer"}, text(src)))
}

// menu is what can be done with a post.
func menu(s *state.App) markup.Node {
	d := el("dialog", at{"id", "menu", "class", "menu", "aria-label", s.Words.T("menu.label")})
	if s.Menu == nil {
		return d
	}
	p := s.Menu.Post
	links := route.Links{}
	item := func(href, sign, words string, foreign bool, under ...markup.Node) markup.Node {
		return el("li", nil, el("a", at{"class", "line", "href", href, "target", when(foreign, "_blank"), "rel", when(foreign, "nofollow noopener noreferrer")}, icon(s, sign, "i"), el("span", nil, append([]markup.Node{text(words)}, under...)...)))
	}
	var items []markup.Node
	if p.URL != "" {
		items = append(items, item(p.URL, "open", s.Words.T("menu.original", p.Author.Domain), true))
		items = append(items, el("li", nil, el("button", at{"class", "line", "type", "button", "data-action", "copy", "data-key", string(p.Key)}, icon(s, "copy", "i"), el("span", nil, text(s.Words.T("menu.copy"))))))
		if s.CanShare() {
			items = append(items, el("li", nil, el("button", at{"class", "line", "type", "button", "data-action", "share-post", "data-key", string(p.Key)}, icon(s, "share", "i"), el("span", nil, text(s.Words.T("do.share"))))))
		}
	}
	if s.Detects(p) {
		items = append(items, el("li", nil, el("button", at{"class", "line", "type", "button", "data-action", "translate", "data-key", string(p.Key)}, icon(s, "world", "i"), el("span", nil, text(s.Words.T("menu.translate"))))))
	}
	if !p.Edited.IsZero() && len(p.Sightings) > 0 {
		items = append(items, el("li", nil, el("button", at{"class", "line", "type", "button", "data-action", "edits", "data-key", string(p.Key)}, icon(s, "clock", "i"), el("span", nil, text(s.Words.T("edits.title"))))))
	}
	if m := s.ThreadOf(p.Key); m != nil && m.Replied(p.Key) {
		for _, x := range [][3]string{{"to-parent", "up", "thread.toParent"}, {"to-sibling", "down", "thread.toSibling"}} {
			items = append(items, el("li", nil, el("button", at{"class", "line", "type", "button", "data-action", x[0], "data-key", string(p.Key)}, icon(s, x[1], "i"), el("span", nil, text(s.Words.T(x[2]))))))
		}
	}
	if f, ok := s.FollowOfPost(p); ok {
		_, on := s.Followed(f)
		sign, words := "follow", "menu.follow"
		if on {
			sign, words = "following", "menu.following"
		}
		items = append(items, el("li", nil, el("button", at{"class", "line", "type", "button", "data-action", "follow-author", "aria-pressed", strconv.FormatBool(on), "data-key", string(p.Key)},
			icon(s, sign, "i"), el("span", nil, text(s.Words.T(words, state.PlainName(p.Author)))))))
	}
	items = append(items,
		item(links.Profile(p.Author), "person", s.Words.T("menu.profile", state.PlainName(p.Author)), false),
		item(links.Server(p.Author.Domain), "server", s.Words.T("menu.server", p.Author.Domain), false))
	items = append(items, muteItems(s)...)
	if p.URL != "" {
		items = append(items, item(p.URL, "hand", s.Words.T("menu.report"), true, el("span", at{"class", "quiet"}, text(s.Words.T("menu.report.text", p.Author.Domain)))))
	}
	d.Children = []markup.Node{
		el("ul", at{"class", "lines"}, items...),
		el("button", at{"class", "b", "type", "button", "data-action", "close", "data-part", "menu"}, text(s.Words.T("viewer.close"))),
	}
	return d
}

// help lists the keys.
func help(s *state.App) markup.Node {
	row := func(keys, words string) markup.Node {
		return el("div", nil, el("dt", nil, el("kbd", nil, text(keys))), el("dd", nil, text(s.Words.T(words))))
	}
	return el("dialog", at{"id", "help", "class", "menu", "aria-labelledby", "help-title"},
		el("h2", at{"id", "help-title"}, text(s.Words.T("keys.title"))),
		el("dl", at{"class", "sees"},
			row("j k", "keys.move"), row("o ⏎", "keys.open"), row("u", "keys.parent"), row("n", "keys.sibling"), row("w", "keys.new"), row("x", "keys.fold"), row("r", "keys.refresh"), row("s", "keys.save"), row("b", "keys.back"), row("/", "keys.search"), row("f", "keys.here"), row("?", "keys.help"), row("← →", "keys.pictures"), row("+ − 0", "keys.zoom")),
		el("button", at{"class", "b", "type", "button", "data-action", "close", "data-part", "help"}, text(s.Words.T("viewer.close"))),
	)
}
