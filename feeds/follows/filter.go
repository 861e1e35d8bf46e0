package follows

import (
	"slices"
	"time"
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
// the same. In scripts that put no spaces between words, and in Korean, which joins endings to them, it is found anywhere.
type Rule struct {
	Cause Cause     `json:"cause"`
	Text  string    `json:"text"`
	Fold  bool      `json:"fold,omitempty"` // the post is folded, with the reason, rather than hidden
	Until time.Time `json:"until,omitzero"` // it no longer holds from then on; zero for always
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

// joined is a filter that takes away what either takes away.
func (f Filter) joined(o Filter) Filter {
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
