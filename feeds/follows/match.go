package follows

import (
	"slices"
	"strings"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/address"
	"vitrine/feeds/content"
)

// Action is what becomes of a post, from the mildest on.
type Action uint8

// The actions.
const (
	Show Action = iota
	Fold        // it is a line with the reason, until somebody opens it
	Hide        // it is counted
)

// Verdict is what filters say of a post, and why.
type Verdict struct {
	Action Action
	Cause  Cause  // "" for Show
	Text   string // what the cause is about, as the reader wrote it: the word, hashtag, handle, host or key; a language's tag
	Of     Scope  // the filter that says so
}

// Place is what is known of a post beside itself.
type Place struct {
	BoostedBy *feeds.Author // nil unless it stands there as a boost
	Above     []feeds.Key   // of the posts above it in its conversation, as far as they are known
}

// Matcher is a filter, or several, prepared for many posts. It is immutable. A nil one shows everything.
type Matcher struct {
	scope  Scope
	filter Filter
	words  words
	named  map[name]Rule // the other rules
	also   []*Matcher
	by     map[string]*Matcher // of posts by somebody, as authorName has them
}

// name is what a rule names, in the form in which it is compared.
type name struct {
	cause Cause
	value string
}

// Compile prepares the filter with a name; nil for one that takes nothing away.
func Compile(s Scope, f Filter) *Matcher {
	if f.IsZero() {
		return nil
	}
	m := &Matcher{scope: s, filter: f.clone(), named: map[name]Rule{}}
	for _, r := range m.filter.Rules {
		n := r.about()
		if r.Cause == OfWord || r.Cause == OfTag {
			m.words.add(r, n.value)
		}
		if was, again := m.named[n]; !again || outlives(r, was) {
			m.named[n] = r
		}
	}
	return m
}

// about is what a rule is about, in the form in which it is compared.
func (r Rule) about() name {
	n := name{r.Cause, r.Text}
	switch r.Cause {
	case OfWord:
		n.value = folded(r.Text)
	case OfTag:
		n.value = folded(strings.TrimLeft(strings.TrimSpace(r.Text), "#＃"))
	case OfPerson:
		n.value = handleName(r.Text)
	case OfServer:
		n.value = hostName(r.Text)
	}
	return n
}

// outlives reports that of two rules of one name the first holds longer, or hides as long as the other one folds.
func outlives(r, o Rule) bool {
	if r.Until.Equal(o.Until) {
		return o.Fold
	}
	return r.Until.IsZero() || !o.Until.IsZero() && r.Until.After(o.Until)
}

func hostName(s string) string {
	if host, ok := address.CleanHost(strings.TrimSpace(s)); ok {
		return host
	}
	return strings.ToLower(s)
}

func handleName(s string) string {
	s = strings.TrimLeft(strings.TrimSpace(s), "@!")
	user, domain, _ := strings.Cut(s, "@")
	return strings.ToLower(user) + "@" + hostName(domain)
}

func authorName(a *feeds.Author) string {
	return strings.ToLower(a.User) + "@" + strings.ToLower(a.Domain)
}

// Join is a matcher that takes away what one of several takes away.
func Join(all ...*Matcher) *Matcher {
	var some []*Matcher
	for _, m := range all {
		if m != nil {
			some = append(some, m)
		}
	}
	switch len(some) {
	case 0:
		return nil
	case 1:
		return some[0]
	}
	return &Matcher{also: some}
}

// Matchers returns for each follow of a feed what says which of its posts are shown there: its own filter, the list's, and that of all feeds.
func (d *Data) Matchers(feed string) map[Address]*Matcher {
	list, _ := d.List(feed)
	above := Join(Compile(ListScope(feed), list.Filter), Compile(Everywhere, d.Filter))
	all := make(map[Address]*Matcher, len(d.Follows))
	for _, f := range d.In(feed) {
		all[f.Address] = Join(Compile(ScopeOf(f.Address), f.Filter), above)
	}
	return all
}

// InConversations returns what folds posts of conversations: the filter of everything and, of posts by somebody who is followed, that of the
// follow. A list's filter holds in the list. Conversations consist of answers, most without media: choices about those don't hold there.
func (d *Data) InConversations() *Matcher {
	compile := func(s Scope, f Filter) *Matcher {
		f.NoBoosts, f.NoReplies, f.OnlyMedia = false, false, false
		return Compile(s, f)
	}
	by := map[string]*Matcher{}
	for _, f := range d.Follows {
		if own := compile(ScopeOf(f.Address), f.Filter); own != nil && f.Handle != "" {
			by[handleName(f.Handle)] = own
		}
	}
	all := compile(Everywhere, d.Filter)
	switch {
	case len(by) == 0:
		return all
	case all == nil:
		return &Matcher{by: by}
	}
	return &Matcher{also: []*Matcher{all}, by: by}
}

// Threads reports that conversations are taken away: what stands above a post matters then.
func (m *Matcher) Threads() bool {
	if m == nil {
		return false
	}
	for n := range m.named {
		if n.cause == OfThread {
			return true
		}
	}
	return slices.ContainsFunc(m.also, (*Matcher).Threads)
}

// Warnings is how content warnings stand in what the matcher shows: as the first of its filters that says something about them.
func (m *Matcher) Warnings() Warnings {
	if m == nil {
		return WarningsAsSet
	}
	for _, o := range m.also {
		if w := o.Warnings(); w != WarningsAsSet {
			return w
		}
	}
	return m.filter.Warnings
}

// Match says what becomes of a post. Of several causes the one that hides is told, of those the first in the order of the constants.
func (m *Matcher) Match(p *feeds.Post, at Place, now time.Time) Verdict {
	if m == nil || p == nil {
		return Verdict{}
	}
	s := subject{Post: p, Place: at, now: now}
	return s.judge(m)
}

// subject is a post that is matched.
type subject struct {
	*feeds.Post
	Place
	now  time.Time
	text string // all it says, folded; made when it is first needed
}

func (s *subject) judge(m *Matcher) Verdict {
	worst := s.choices(m.filter)
	for _, check := range [...]func(*Matcher) Verdict{s.said, s.named} {
		if worst.Action == Hide {
			break
		}
		worst = worse(worst, check(m))
	}
	if worst.Action != Show {
		worst.Of = m.scope
	}
	for _, o := range m.also {
		if worst.Action == Hide {
			break
		}
		worst = worse(worst, s.judge(o))
	}
	if s.Author != nil && worst.Action != Hide {
		if o := m.by[authorName(s.Author)]; o != nil {
			worst = worse(worst, s.judge(o))
		}
	}
	return worst
}

func worse(a, b Verdict) Verdict {
	if b.Action > a.Action {
		return b
	}
	return a
}

// choices is what a filter says without its rules.
func (s *subject) choices(f Filter) Verdict {
	switch {
	case f.NoBoosts && s.BoostedBy != nil:
		return Verdict{Action: Hide, Cause: OfBoost}
	case f.NoReplies && s.BoostedBy == nil && s.ReplyTo != nil && !s.ReplyTo.Self:
		return Verdict{Action: Hide, Cause: OfReply}
	case f.OnlyMedia && len(s.Media) == 0:
		return Verdict{Action: Hide, Cause: OfNoMedia}
	case len(f.Languages) > 0 && s.Language != "" && !speaks(f.Languages, s.Language):
		return Verdict{Action: Hide, Cause: OfLanguage, Text: s.Language}
	}
	return Verdict{}
}

// speaks reports that a language is one of those wanted, or a kind of one. Source: RFC 4647, section 3.3.1 (basic filtering)
func speaks(wanted []string, language string) bool {
	for _, w := range wanted {
		if n := len(w); len(language) >= n && strings.EqualFold(language[:n], w) && (len(language) == n || language[n] == '-' || language[n] == '_') {
			return true
		}
	}
	return false
}

// verdict is what a rule says of a post that it is about.
func (s *subject) verdict(r Rule) Verdict {
	switch {
	case !r.Until.IsZero() && !s.now.Before(r.Until):
		return Verdict{}
	case r.Fold:
		return Verdict{Action: Fold, Cause: r.Cause, Text: r.Text}
	}
	return Verdict{Action: Hide, Cause: r.Cause, Text: r.Text}
}

// said is what the rules about words say.
func (s *subject) said(m *Matcher) Verdict {
	var worst Verdict
	if len(m.words.all) == 0 {
		return worst
	}
	if s.text == "" {
		s.text = string(appendPost(nil, s.Post, true)) + string(between)
	}
	first := 0
	m.words.each(s.text, func(place int) {
		v := s.verdict(m.words.all[place].Rule)
		if v.Action > worst.Action || v.Action == worst.Action && place < first {
			worst, first = v, place
		}
	})
	return worst
}

// named is what the rules about hashtags, people, servers and conversations say.
func (s *subject) named(m *Matcher) Verdict {
	var worst Verdict
	if len(m.named) == 0 {
		return worst
	}
	check := func(cause Cause, value string) {
		if r, ok := m.named[name{cause, value}]; ok && value != "" {
			worst = worse(worst, s.verdict(r))
		}
	}
	for _, t := range s.Tags {
		check(OfTag, folded(t.Name))
	}
	people := []*feeds.Author{s.Author, s.BoostedBy, s.Group}
	if s.Quote != nil && s.Quote.Post != nil {
		people = append(people, s.Quote.Post.Author)
	}
	for _, a := range people {
		if a != nil {
			check(OfPerson, authorName(a))
		}
	}
	for _, a := range people {
		if a != nil {
			check(OfServer, strings.ToLower(a.Domain))
			check(OfServer, hostOf(a.URL))
		}
	}
	check(OfThread, string(s.Key))
	for _, k := range s.Above {
		check(OfThread, string(k))
	}
	if s.ReplyTo != nil {
		check(OfThread, string(s.ReplyTo.Key))
	}
	return worst
}

// hostOf is the host of a URL, "" where there is none.
func hostOf(url string) string {
	_, rest, _ := strings.Cut(url, "://")
	if end := strings.IndexAny(rest, "/?#"); end >= 0 {
		rest = rest[:end]
	}
	return strings.ToLower(rest)
}

// appendPost appends all that a post says, folded, and with quoted what it quotes too.
func appendPost(b []byte, p *feeds.Post, quoted bool) []byte {
	add := func(texts ...string) {
		for _, s := range texts {
			if s != "" {
				b = append(appendFolded(b, s), between)
			}
		}
	}
	add(p.Title, p.Warning, content.PlainText(p.Body))
	for _, m := range p.Media {
		add(m.Alt)
	}
	if p.Poll != nil {
		for _, o := range p.Poll.Options {
			add(o.Title)
		}
	}
	if c := p.Card; c != nil {
		add(c.Title, c.Description, c.ImageAlt)
	}
	for _, t := range p.Tags {
		add(t.Name)
	}
	if quoted && p.Quote != nil && p.Quote.Post != nil {
		b = appendPost(b, p.Quote.Post, false)
	}
	return b
}
