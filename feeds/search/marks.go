package search

import "strings"

// Span is a part of a text: the bytes from From up to To.
type Span struct{ From, To int }

// Marker marks in texts what a query looks for.
type Marker struct {
	phrases [][]queryWord
	first   map[string]bool // words with which a phrase begins
	letters bool            // there is one of a letter with which words begin
}

// Marker returns what marks the words of a query; nil when it looks for none.
func (q *Query) Marker() *Marker {
	m := &Marker{first: map[string]bool{}}
	for _, t := range q.Terms {
		if t.Not || len(t.words) == 0 {
			continue
		}
		m.phrases = append(m.phrases, t.words)
		m.first[t.words[0].text] = true
		m.letters = m.letters || t.words[0].begins
	}
	if len(m.phrases) == 0 {
		return nil
	}
	return m
}

// Marks returns the parts of a text that a query looks for, in order and apart from each other.
func (m *Marker) Marks(text string) []Span {
	var all []word
	some := false
	words(text, 0, func(w word) bool {
		all = append(all, w)
		some = some || m.letters || m.first[w.text]
		return true
	})
	if !some {
		return nil
	}
	var spans []Span
	for i, w := range all {
		if !m.letters && !m.first[w.text] {
			continue
		}
		for _, phrase := range m.phrases {
			if end := matches(phrase, all[i:]); end > 0 {
				spans = add(spans, Span{w.from, end})
			}
		}
	}
	return spans
}

// matches returns where a phrase ends that begins with the first of some words; 0 where it doesn't.
func matches(phrase []queryWord, all []word) int {
	end := 0
	for _, q := range phrase {
		if q.at >= len(all) {
			return 0
		}
		w := all[q.at]
		switch {
		case w.text == q.text:
			end = w.to
		case q.begins && strings.HasPrefix(w.text, q.text):
			if end = w.to; len(w.text) > len(q.text) { // one of two letters
				end = w.from + len(q.text)
			}
		default:
			return 0
		}
	}
	return end
}

// add adds a span behind others, joined with the last one where they meet.
func add(spans []Span, s Span) []Span {
	if n := len(spans); n > 0 && s.From <= spans[n-1].To {
		spans[n-1].To = max(spans[n-1].To, s.To)
		return spans
	}
	return append(spans, s)
}
