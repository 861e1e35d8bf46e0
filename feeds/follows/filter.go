package follows

import (
	"slices"
	"strings"
	"time"

	"vitrine/feeds/address"
)

// Filter says which posts are taken away from a source, a list or everywhere. The zero value takes nothing away.
type Filter struct {
	NoBoosts  bool     `json:"noBoosts,omitempty"`
	NoReplies bool     `json:"noReplies,omitempty"` // no answers to others; those to oneself, and boosted ones, are shown
	OnlyMedia bool     `json:"onlyMedia,omitempty"`
	Languages []string `json:"languages,omitempty"` // BCP 47: only posts in one of them, or that name none; "de" is "de-AT" too
	Warnings  Warnings `json:"warnings,omitempty"`
	Rules     []Rule   `json:"rules,omitempty"`
}

// Warnings is how content warnings stand.
type Warnings string

// The ways in which content warnings stand.
const (
	WarningsAsSet  Warnings = "" // as the reader has them everywhere
	WarningsOpen   Warnings = "open"
	WarningsClosed Warnings = "closed"
)

// Cause is why a post is taken away.
type Cause string

// The causes. A Rule has one of the last five.
const (
	OfBoost    Cause = "boost"    // boosts aren't wanted
	OfReply    Cause = "reply"    // answers aren't wanted
	OfNoMedia  Cause = "media"    // only posts with media are
	OfLanguage Cause = "language" // its language isn't wanted; the text is its tag
	OfWord     Cause = "word"     // a word, or several in this order: see Rule
	OfTag      Cause = "tag"      // a hashtag
	OfPerson   Cause = "person"   // who wrote, boosted or is quoted, or the community that it stands in, as "user@host"
	OfServer   Cause = "server"   // the server of one of those, as "host"
	OfThread   Cause = "thread"   // the conversation whose first post has this key
)

// Rule takes posts away. A word is found as a whole word in everything that a post says: its title, warning, text, poll, hashtags, the
// descriptions of its media, the card of its link, and what it quotes. Capital and small letters, and letters with and without accents, are
// the same. In scripts that put no spaces between words, and in Korean, which joins endings to them, it is found anywhere. A hashtag is found
// among a post's hashtags and where it is written in its text.
type Rule struct {
	Cause Cause     `json:"cause"`
	Text  string    `json:"text"`
	Fold  bool      `json:"fold,omitempty"` // the post is folded, with the reason, rather than hidden
	Until time.Time `json:"until,omitzero"` // it no longer holds from then on; zero for always
}

// Scope names a filter: that of everything, of a list, or of what is followed.
type Scope string

// Everywhere is the filter of the posts in all feeds and lists.
const Everywhere Scope = ""

// listScope begins the names of lists' filters; addresses of what is followed begin with "#".
const listScope = "list:"

// ScopeOf names the filter of what is followed.
func ScopeOf(a Address) Scope { return Scope(a) }

// ListScope names the filter of a list.
func ListScope(id string) Scope { return Scope(listScope + id) }

// List is the id of the list whose filter is named; "" for another one's.
func (s Scope) List() string {
	if id, ok := strings.CutPrefix(string(s), listScope); ok {
		return id
	}
	return ""
}

// FilterOf returns the filter with a name, and whether there is what it is for.
func (d *Data) FilterOf(s Scope) (Filter, bool) {
	if f := d.filter(s); f != nil {
		return *f, true
	}
	return Filter{}, false
}

// ChangeFilter changes the filter with a name, and reports whether there is what it is for.
func (d *Data) ChangeFilter(s Scope, change func(*Filter)) bool {
	f := d.filter(s)
	if f != nil {
		change(f)
	}
	return f != nil
}

func (d *Data) filter(s Scope) *Filter {
	if s == Everywhere {
		return &d.Filter
	}
	if i := d.list(s.List()); i >= 0 {
		return &d.Lists[i].Filter
	}
	if i := d.follow(Address(s)); i >= 0 {
		return &d.Follows[i].Filter
	}
	return nil
}

// EndsAfter is the first time after now at which a rule of any filter no longer holds; zero for none.
func (d *Data) EndsAfter(now time.Time) (first time.Time) {
	look := func(f Filter) {
		for _, r := range f.Rules {
			if r.Until.After(now) && (first.IsZero() || r.Until.Before(first)) {
				first = r.Until
			}
		}
	}
	look(d.Filter)
	for _, l := range d.Lists {
		look(l.Filter)
	}
	for _, f := range d.Follows {
		look(f.Filter)
	}
	return first
}

// Valid reports a rule that something can be found by.
func (r Rule) Valid() bool {
	value := r.about().value
	switch r.Cause {
	case OfTag:
		return value != "" && !strings.ContainsAny(value, " #")
	case OfPerson:
		user, host, _ := strings.Cut(value, "@")
		_, ok := address.CleanHost(host)
		return ok && user != ""
	case OfServer:
		_, ok := address.CleanHost(value)
		return ok
	}
	return value != ""
}

// Put adds a rule, in place of one that is about the same.
func (f *Filter) Put(r Rule) {
	f.Remove(r.Cause, r.Text)
	f.Rules = append(f.Rules, r)
}

// Remove removes the rules that are about something.
func (f *Filter) Remove(c Cause, text string) {
	is := Rule{Cause: c, Text: text}.about()
	f.Rules = slices.DeleteFunc(slices.Clone(f.Rules), func(r Rule) bool { return r.about() == is })
}

// Has reports that there is a rule about something.
func (f Filter) Has(c Cause, text string) bool {
	is := Rule{Cause: c, Text: text}.about()
	return slices.ContainsFunc(f.Rules, func(r Rule) bool { return r.about() == is })
}

// IsZero reports a filter that says nothing.
func (f Filter) IsZero() bool {
	return !f.NoBoosts && !f.NoReplies && !f.OnlyMedia && f.Warnings == WarningsAsSet && len(f.Languages) == 0 && len(f.Rules) == 0
}

// Equal reports that both say the same.
func (f Filter) Equal(o Filter) bool {
	return f.NoBoosts == o.NoBoosts && f.NoReplies == o.NoReplies && f.OnlyMedia == o.OnlyMedia && f.Warnings == o.Warnings &&
		slices.Equal(f.Languages, o.Languages) && slices.EqualFunc(f.Rules, o.Rules, Rule.Equal)
}

// Equal reports that both say the same.
func (r Rule) Equal(o Rule) bool {
	return r.Cause == o.Cause && r.Text == o.Text && r.Fold == o.Fold && r.Until.Equal(o.Until)
}

// clone copies what could be changed in place.
func (f Filter) clone() Filter {
	f.Languages, f.Rules = slices.Clone(f.Languages), slices.Clone(f.Rules)
	return f
}

// Joined is a filter that takes away what either takes away.
func (f Filter) Joined(o Filter) Filter {
	f = f.clone()
	f.NoBoosts, f.NoReplies, f.OnlyMedia = f.NoBoosts || o.NoBoosts, f.NoReplies || o.NoReplies, f.OnlyMedia || o.OnlyMedia
	if f.Warnings == WarningsAsSet {
		f.Warnings = o.Warnings
	}
	if len(f.Languages) == 0 {
		f.Languages = slices.Clone(o.Languages)
	}
	f.Rules = append(f.Rules, o.Rules...)
	return f
}
