package search

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

const (
	// MostWords is how many words a query looks for, those of phrases counted one by one.
	MostWords = 48
	// longestQuery is how many bytes of a query are read.
	longestQuery = 64 << 10
)

// Kind is what a term of a query asks of a post.
type Kind uint8

// The kinds of terms.
const (
	Words  Kind = iota // it has words, next to each other
	Facet              // it has a property
	Before             // it was published before a time
	After              // it was published at a time or later
	Saved              // the reader has saved it
)

// Term is a part of a query.
type Term struct {
	Kind  Kind
	Not   bool      // posts that don't
	Facet string    // of a Facet: as it stands in the index
	Time  time.Time // of Before and After

	words []queryWord
}

// queryWord is a word of a phrase.
type queryWord struct {
	text   string
	at     int  // which word of the phrase it is
	begins bool // words that begin so
}

// Query is what a reader looks for: posts that all terms hold for.
type Query struct {
	Text    string // as it was typed
	Terms   []Term
	LeftOut int   // words and operators at the end that aren't looked for, since there are too many
	Odd     []Odd // operators whose values mean nothing: they are left out
	Author  bool  // it asks for the posts of an account
}

// Odd is an operator whose value means nothing.
type Odd struct {
	Text string // as it was typed
	Name string // of the operator, in small letters
}

// mostOdd is how many of them are named.
const mostOdd = 5

// Empty reports that nothing is asked for.
func (q *Query) Empty() bool { return len(q.Terms) == 0 }

// Parse reads a query: words, "phrases", from:user@host, from:user, host:, tag: or #tag, has:media|image|video|audio|poll|link|alt, lang:, before: and after: with a
// date (2024, 2024-05 or 2024-05-31; in zone), is:saved, and each of them with "-" before it for posts that aren't so. What is none of these is words. An
// operator whose value means nothing is left out, and named: each text is a query.
func Parse(text string, zone *time.Location) *Query {
	q := &Query{Text: text}
	rest := text
	if len(rest) > longestQuery {
		n := longestQuery
		for n > 0 && !utf8.RuneStart(rest[n]) {
			n--
		}
		rest = rest[:n]
	}
	left := MostWords
	for {
		var p piece
		before := rest
		if p, rest = next(rest); p == (piece{}) {
			break
		}
		t, ok := p.term(zone)
		if !ok {
			if p.name != "" && len(q.Odd) < mostOdd {
				q.Odd = append(q.Odd, Odd{strings.TrimSpace(strings.TrimSuffix(before, rest)), p.name})
			}
			continue
		}
		n := max(len(t.words), 1)
		if n > left {
			q.LeftOut += n - left
			if n = left; n == 0 || len(t.words) == 0 || t.Not {
				left = 0
				continue
			}
			t.words = t.words[:n]
		}
		left -= n
		if t.Kind == Facet && t.Facet[len(facetSign)] == facetFrom && !t.Not {
			q.Author = true
		}
		q.Terms = append(q.Terms, t)
	}
	return q
}

// piece is a part of a query's text: -name:value, -value, "value".
type piece struct {
	not    bool
	name   string // "" for words
	value  string
	quoted bool
}

const quotes = "\"“”„«»「」『』"

func quote(r rune) bool { return strings.ContainsRune(quotes, r) }

// next cuts the first piece off.
func next(text string) (p piece, rest string) {
	text = strings.TrimLeftFunc(text, unicode.IsSpace)
	if text == "" {
		return p, ""
	}
	start := text
	if c, size := utf8.DecodeRuneInString(text); (c == '-' || c == '−') && len(text) > size {
		if after, _ := utf8.DecodeRuneInString(text[size:]); !unicode.IsSpace(after) {
			p.not = true
			text = text[size:]
		}
	}
	if i := strings.IndexFunc(text, func(r rune) bool { return r == ':' || unicode.IsSpace(r) || quote(r) }); i > 0 && text[i] == ':' && operator(text[:i]) {
		p.name = strings.ToLower(text[:i])
		text = text[i+1:]
	}
	if c, size := utf8.DecodeRuneInString(text); text != "" && quote(c) {
		text = text[size:]
		end := strings.IndexFunc(text, quote)
		p.quoted = true
		if end < 0 {
			p.value, text = text, ""
		} else {
			_, size = utf8.DecodeRuneInString(text[end:])
			p.value, text = text[:end], text[end+size:]
		}
	} else {
		end := strings.IndexFunc(text, func(r rune) bool { return unicode.IsSpace(r) || r == '"' && p.name == "" })
		if end < 0 {
			end = len(text)
		}
		p.value, text = text[:end], text[end:]
	}
	if p == (piece{}) { // never: something was cut off
		p.value = start[:1]
	}
	return p, text
}

func operator(name string) bool {
	switch strings.ToLower(name) {
	case "from", "host", "tag", "has", "lang", "before", "after", "is":
		return true
	}
	return false
}

// term reads what a piece means; false for nothing.
func (p piece) term(zone *time.Location) (Term, bool) {
	t := Term{Not: p.not}
	if p.name != "" {
		return t, t.operator(p.name, strings.TrimSpace(p.value), zone)
	}
	text := p.value
	if tag, ok := strings.CutPrefix(text, "#"); ok && !p.quoted && tag != "" && len(phrase(tag)) > 0 && !strings.ContainsAny(tag, "#/.,") {
		t.Kind, t.Facet = Facet, facet(facetTag, tag)
		return t, true
	}
	t.words = phrase(text)
	return t, len(t.words) > 0
}

// operator reads an operator, and reports that its value means something.
func (t *Term) operator(name, value string, zone *time.Location) bool {
	if value == "" {
		return false
	}
	t.Kind = Facet
	switch name {
	case "from":
		value = strings.TrimPrefix(value, "@")
		t.Facet = facet(facetFrom, value)
		return named(value)
	case "host":
		value = strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(value, "https://"), "@"), "/")
		t.Facet = facet(facetHost, value)
		return named(value) && !strings.Contains(value, "@")
	case "tag":
		value = strings.TrimLeft(value, "#")
		t.Facet = facet(facetTag, value)
		return value != ""
	case "lang":
		value = strings.ReplaceAll(value, "_", "-")
		t.Facet = facet(facetLang, value)
		return language(value)
	case "has":
		value = strings.ToLower(value)
		if slices.Contains([]string{hasMedia, hasImage, hasVideo, hasAudio, hasPoll, hasLink, hasAlt}, value) {
			t.Facet = facet(facetHas, value)
			return true
		}
	case "is":
		if strings.EqualFold(value, "saved") {
			t.Kind = Saved
			return true
		}
	case "before", "after":
		if at, ok := date(value, zone); ok {
			t.Kind, t.Time = Before, at
			if name == "after" {
				t.Kind = After
			}
			return true
		}
	}
	return false
}

// named reports what may be the name of an account or of a server.
func named(value string) bool {
	return strings.ContainsFunc(value, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) && !strings.ContainsAny(value, "/ ,;?#")
}

// language reports what is in the form of a language tag: two or three letters, and parts of at most eight letters and digits (RFC 5646, 2.1).
func language(value string) bool {
	for i, part := range strings.Split(strings.ToLower(value), "-") {
		if i == 0 && (len(part) < 2 || len(part) > 3) || part == "" || len(part) > 8 {
			return false
		}
		for _, r := range part {
			if (r < 'a' || r > 'z') && (i == 0 || r < '0' || r > '9') {
				return false
			}
		}
	}
	return true
}

// date reads a year, a month or a day: when it begins.
func date(text string, zone *time.Location) (time.Time, bool) {
	for _, form := range []string{"2006-01-02", "2006-01", "2006", "2006-1-2", "2006-1"} {
		if at, err := time.ParseInLocation(form, text, zone); err == nil && at.Year() > 0 {
			return at, true
		}
	}
	return time.Time{}, false
}

// phrase are the words of a text that is looked for.
func phrase(text string) (all []queryWord) {
	var found []word
	words(text, 0, func(w word) bool {
		if !w.tail {
			found = append(found, w)
		}
		return len(found) < longestQuery
	})
	for _, w := range found {
		c, size := utf8.DecodeRuneInString(w.text)
		all = append(all, queryWord{text: w.text, at: w.at - found[0].at, begins: size == len(w.text) && pair(c)})
	}
	return all
}

// Plain are the words of a query without operators and what mustn't be there, as a server is asked for them.
func (q *Query) Plain() string {
	var all []string
	for rest := q.Text[:min(len(q.Text), 4*MostWords*longestWord)]; ; {
		var p piece
		if p, rest = next(rest); p == (piece{}) {
			return strings.ToValidUTF8(strings.Join(all, " "), "")
		}
		if !p.not && p.name == "" && len(phrase(p.value)) > 0 && len(all) < MostWords {
			all = append(all, p.value)
		}
	}
}
