package page

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"vitrine/app/markup"
	"vitrine/app/route"
	"vitrine/app/state"
	"vitrine/feeds"
	"vitrine/feeds/follows"
	"vitrine/feeds/reader"
)

// whyFolded is why a filter folds a post; "" where none does.
func (c canvas) whyFolded(v follows.Verdict) string {
	if v.Action == follows.Show {
		return ""
	}
	said := v.Text
	if v.Cause == follows.OfLanguage {
		said = c.Words.LanguageName(v.Text)
	}
	return c.Words.T("fold."+string(v.Cause), said)
}

// everywhere is why the filter of all lists folds a post outside of them.
func (c canvas) everywhere(p *feeds.Post) string {
	return c.whyFolded(c.App.Everywhere().Match(p, follows.Place{}, c.Now))
}

// filtered draws a post as the filters of its list have it.
func (c canvas) filtered(r markup.Row, i reader.Item) markup.Row {
	r.Why, r.Open = c.whyFolded(i.Folded), warned(r.Open, i.Warnings)
	return r
}

// warned is what of a post stands open, where a filter says how its content warning does.
func warned(o markup.Opened, w follows.Warnings) markup.Opened {
	if o.Warning == markup.AsSettings && w != follows.WarningsAsSet {
		o.Warning = markup.StateOf(w == follows.WarningsOpen)
	}
	return o
}

// hiddenCount says how many posts filters hide of a list today, and offers to show them: above the list or below it, so that nothing moves.
func (c canvas) hiddenCount(m *state.FeedModel, s follows.Scope, above bool) markup.Node {
	n := len(m.Snapshot.Hidden)
	if n == 0 && !m.Revealed || m.Above != above {
		return markup.Node{}
	}
	said, do := c.Words.N("filters.hidden", n), "post.show"
	if m.Revealed {
		said, do = c.Words.T("filters.revealed"), "post.hide"
	}
	return c.section(el("div", at{"class", "row-b quiet", "data-part", "hidden"}, c.small("eye-off"), el("span", nil, text(said)),
		el("button", at{"class", "b plain", "type", "button", "data-action", "show-hidden", "data-count", strconv.Itoa(n), "aria-pressed", strconv.FormatBool(m.Revealed)}, text(c.Words.T(do))),
		c.filterButton("b plain", s, "")))
}

// filterButton opens a filter.
func (c canvas) filterButton(class string, s follows.Scope, name string) markup.Node {
	return c.keyed(class, "filter-edit", string(s), c.Words.T("filters.title"), name)
}

// filterLine is something that a filter takes away.
type filterLine struct {
	scope  follows.Scope
	cause  follows.Cause
	text   string
	said   markup.Node
	rule   *follows.Rule // nil for a choice
	counts bool
}

// filterLines are what a filter takes away, in the order in which it was said.
func (c canvas) filterLines(s follows.Scope, f follows.Filter) (lines []filterLine) {
	w := c.Words
	choice := func(on bool, cause follows.Cause, words string, counts bool) {
		if on {
			lines = append(lines, filterLine{scope: s, cause: cause, said: text(w.T(words)), counts: counts})
		}
	}
	choice(f.NoBoosts, follows.OfBoost, "filters.noBoosts", true)
	choice(f.NoReplies, follows.OfReply, "filters.noReplies", true)
	choice(f.OnlyMedia, follows.OfNoMedia, "filters.onlyMedia", true)
	for i, l := range f.Languages {
		lines = append(lines, filterLine{scope: s, cause: follows.OfLanguage, text: l, said: text(w.T("filters.language", w.LanguageName(l))), counts: i == 0})
	}
	if f.Warnings != follows.WarningsAsSet {
		lines = append(lines, filterLine{scope: s, cause: "warnings", said: text(w.T("filters.warnings") + ": " + w.T("filters.warnings."+string(f.Warnings)))})
	}
	for i := range f.Rules {
		r := &f.Rules[i]
		lines = append(lines, filterLine{s, r.Cause, r.Text, c.ruleWords(*r), r, true})
	}
	return lines
}

// ruleWords name what a rule is about.
func (c canvas) ruleWords(r follows.Rule) markup.Node {
	said := r.Text
	switch r.Cause {
	case follows.OfWord:
		said = "“" + said + "”"
	case follows.OfTag:
		said = "#" + said
	case follows.OfPerson:
		said = "@" + strings.TrimLeft(said, "@!")
	case follows.OfThread:
		return el("a", at{"href", route.Route{View: route.Open, Query: said}.String()}, text(said))
	}
	return text(said)
}

// filterList draws what filters take away, each with how much that was today and a button that ends it.
func (c canvas) filterList(lines []filterLine) markup.Node {
	rows := make([]markup.Node, 0, len(lines))
	for _, l := range lines {
		rows = append(rows, c.filterRow(l))
	}
	return el("ul", at{"class", "lines"}, rows...)
}

func (c canvas) filterRow(l filterLine) markup.Node {
	w := c.Words
	var under []string
	kind, remove, counted := no, "filters.remove", ""
	if r := l.rule; r != nil {
		kind, counted = string(r.Cause), r.Text
		how := "filters.hides"
		switch r.Cause {
		case follows.OfPerson, follows.OfServer, follows.OfThread:
			remove, how = "filters.unmute", "filters."+kind
		}
		if r.Fold {
			how = "filters.folds"
		}
		under = append(under, w.T(how))
		if !r.Until.IsZero() {
			how = "filters.until"
			if !r.Until.After(c.Now) {
				how = "filters.over"
			}
			under = append(under, w.T(how, w.Date(c.Local(r.Until.Add(-time.Second)))))
		}
	}
	if l.counts {
		under = append(under, w.N("filters.today", c.App.Today(l.scope, l.cause, counted)))
	}
	return el("li", at{"class", "line filter", "data-kind", kind, "data-part", "filter"}, c.icon("eye-off"),
		el("div", nil, el("b", nil, el("bdi", nil, l.said)), el("span", at{"class", "quiet"}, text(strings.Join(under, " · ")))),
		c.keyed("b plain", "rule-remove", state.RuleKey(l.scope, l.cause, l.text), w.T(remove), plain(l.said)))
}

// keyed is a button with a key; whose is read to who can't see what it belongs to.
func (c canvas) keyed(class, action, key, words, whose string) markup.Node {
	more := markup.Node{}
	if whose != "" {
		more = hidden(": " + whose)
	}
	return el("button", at{"class", class, "type", "button", "data-action", action, "data-key", key}, text(words), more)
}

// plain is the text of a node.
func plain(n markup.Node) string {
	said := n.Text
	for _, k := range n.Children {
		said += plain(k)
	}
	return said
}

// allFilters are all filters there are in one place, with what each took away today.
func (c canvas) allFilters() markup.Node {
	w, d := c.Words, c.App.Follows
	kids := []markup.Node{el("header", nil, el("h2", at{"id", "h-filters"}, text(w.T("filters.title")))), el("p", at{"class", "quiet"}, text(w.T("filters.text")))}
	group := func(s follows.Scope, name string, lines []filterLine) {
		kids = append(kids, el("div", at{"class", "row-b of"}, el("h3", nil, el("bdi", nil, text(name))), c.filterButton("b", s, name)))
		if len(lines) > 0 {
			kids = append(kids, c.filterList(lines))
		}
	}
	group(follows.Everywhere, w.T("filters.everywhere"), c.filterLines(follows.Everywhere, d.Filter))
	for _, l := range d.Lists {
		s := follows.ListScope(l.ID)
		if lines := c.filterLines(s, l.Filter); len(lines) > 0 {
			group(s, l.Name, lines)
		}
	}
	quiet, today := 0, 0
	for _, f := range d.Follows {
		s := follows.ScopeOf(f.Address)
		if f.Filter.Equal(follows.New(f.Address, f.Kind, f.Added).Filter) {
			if f.Filter.NoReplies {
				quiet++
				today += c.App.Today(s, follows.OfReply, "")
			}
			continue
		}
		if lines := c.filterLines(s, f.Filter); len(lines) > 0 {
			group(s, state.FollowName(f), lines)
		}
	}
	if quiet > 0 {
		kids = append(kids, el("p", at{"class", "quiet"}, text(w.N("filters.quiet", quiet)+" "+w.N("filters.today", today))))
	}
	return el("section", at{"class", "section filters", "data-part", "filters", "aria-labelledby", "h-filters"}, kids...)
}

// filterMenu is a filter, which can be changed.
func filterMenu(s *state.App) markup.Node {
	d := el("dialog", at{"id", "filter", "class", "menu", "aria-labelledby", "filter-title"})
	m := s.FilterMenu
	if m == nil {
		return d
	}
	f, ok := s.Follows.FilterOf(m.Scope)
	if !ok {
		return d
	}
	w := s.Words
	c := canvas{App: s, Drawing: s.Drawing("")}
	title := w.T("filters.of", s.FilterName(m.Scope))
	if m.Scope == follows.Everywhere {
		title = w.T("filters.everywhere")
	}
	var rules []filterLine
	for _, l := range c.filterLines(m.Scope, f) {
		if l.rule != nil || l.cause == follows.OfLanguage {
			rules = append(rules, l)
		}
	}
	d.Children = []markup.Node{
		el("h2", at{"id", "filter-title"}, text(title)),
		c.addFilter(m),
		c.filterList(rules),
		el("div", at{"class", "set"},
			c.switched("filter-boosts", w.T("follow.boosts"), "", !f.NoBoosts),
			c.switched("filter-replies", w.T("follow.replies"), "", !f.NoReplies),
			c.switched("filter-media", w.T("follow.media"), "", f.OnlyMedia),
			c.option("filter-language", w.T("filters.languages"), "", c.choice("filter-language", "", c.languages(f))),
			c.option("filter-warnings", w.T("filters.warnings"), "", c.choice("filter-warnings", string(f.Warnings), [][2]string{
				{"", w.T("filters.warnings.set")}, {string(follows.WarningsOpen), w.T("filters.warnings.open")}, {string(follows.WarningsClosed), w.T("filters.warnings.closed")}}))),
		el("div", at{"class", "row-b"}, el("button", at{"class", "b", "type", "button", "data-action", "close", "data-part", "filter"}, text(w.T("viewer.close")))),
	}
	return d
}

// languages are those that can be chosen beside the chosen ones.
func (c canvas) languages(f follows.Filter) [][2]string {
	options := [][2]string{{"", c.Words.T("filters.languages.add")}}
	for _, l := range c.Words.Languages() {
		if !slices.Contains(f.Languages, l[0]) {
			options = append(options, l)
		}
	}
	return options
}

// addFilter adds a rule. The field is another one once something was added, and so is empty.
func (c canvas) addFilter(m *state.FilterMenu) markup.Node {
	w, id := c.Words, "filter-text-"+strconv.Itoa(m.Added)
	causes := [][2]string{}
	for _, cause := range []follows.Cause{follows.OfWord, follows.OfTag, follows.OfPerson, follows.OfServer} {
		causes = append(causes, [2]string{string(cause), w.T("filters.add." + string(cause))})
	}
	return el("form", at{"class", "named adds", "data-action", "filter-add"},
		el("label", at{"for", id}, text(w.T("filters.add"))),
		el("div", at{"class", "row-b"},
			el("input", at{"class", "field", "id", id, "name", "text", "type", "text", "autocomplete", "off", "autocapitalize", "none", "placeholder", w.T("filters.hint." + string(m.Cause))})),
		refused(when(!m.Past, m.Said)),
		c.option("filter-cause", w.T("filters.what"), "", c.choice("filter-cause", string(m.Cause), causes)),
		c.option("filter-how", w.T("filters.how"), "", c.choice("filter-how", when(m.Fold, "fold"), [][2]string{{"", w.T("filters.hide")}, {"fold", w.T("filters.fold")}})),
		c.option("filter-until", w.T("filters.end"), "", el("input", at{"class", "field", "id", "filter-until", "name", "filter-until", "type", "date", "data-action", "set"})),
		refused(when(m.Past, m.Said)),
		el("div", at{"class", "row-b"}, el("button", at{"class", "b main", "type", "submit"}, text(w.T("filters.add.do")))))
}

// muteItems are the lines of a post's menu that mute whom and what it belongs to.
func muteItems(s *state.App) []markup.Node {
	p, w, f := s.Menu.Post, s.Words, s.Follows.Filter
	item := func(action, words, undo, name string, muted bool) markup.Node {
		if muted {
			words = undo
		}
		return el("li", nil, el("button", at{"class", "line", "type", "button", "data-action", action, "data-key", string(p.Key), "aria-pressed", strconv.FormatBool(muted)},
			icon(s, "eye-off", "i"), el("span", nil, text(w.T(words, name)))))
	}
	return []markup.Node{
		item("mute-person", "mute.do", "mute.do.undo", "@"+p.Author.Handle(), f.Has(follows.OfPerson, p.Author.Handle())),
		item("mute-server", "mute.do", "mute.do.undo", p.Author.Domain, f.Has(follows.OfServer, p.Author.Domain)),
		item("mute-thread", "mute.thread", "mute.thread.undo", "", s.Menu.Thread != ""),
	}
}
