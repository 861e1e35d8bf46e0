package search

import (
	"strings"
	"unicode/utf8"
)

// longestWord is how many bytes of a word count.
const longestWord = 48

// word is a word of a text as it is looked for.
type word struct {
	text     string // folded
	at       int    // which word of the text it is
	from, to int    // its bytes in the text
	tail     bool   // the last letter alone of several without a space between them
}

// words calls f for each word of a text in order, until it returns false. Words of scripts without spaces are pairs of letters, and the last letter alone. The first word is
// number at; what follows the last one is returned.
func words(text string, at int, f func(word) bool) int {
	var b strings.Builder
	var last rune // of a run of pairs; 0 for none
	lastFrom, from, run, end := 0, 0, 0, 0
	flush := func() bool {
		ok := true
		if b.Len() > 0 {
			ok = f(word{text: cut(b.String()), at: at, from: from, to: end})
			b.Reset()
			at++
		} else if last != 0 {
			ok = f(word{text: string(last), at: at, from: lastFrom, to: end, tail: run > 1})
			at++
		}
		last, run = 0, 0
		return ok
	}
	for i, r := range text {
		if r == utf8.RuneError {
			r = ' '
		}
		next := i + utf8.RuneLen(r)
		c := fold(r)
		switch {
		case c == 0:
			if b.Len() > 0 || last != 0 {
				end = next
			}
			continue
		case pair(c):
			if b.Len() > 0 && !flush() {
				return at
			}
			if last != 0 {
				if !f(word{text: string([]rune{last, c}), at: at, from: lastFrom, to: next}) {
					return at
				}
				at++
			}
			last, lastFrom, end = c, i, next
			run++
		case ofWord(c):
			if last != 0 && !flush() {
				return at
			}
			if b.Len() == 0 {
				from = i
			}
			end = next
			if b.Len() <= longestWord {
				writeFolded(&b, c)
			}
		default:
			if !flush() {
				return at
			}
		}
	}
	flush()
	return at
}

// writeFolded writes the letters that are two for one another.
func writeFolded(b *strings.Builder, c rune) {
	switch c {
	case 'ß':
		b.WriteString("ss")
	case 'æ':
		b.WriteString("ae")
	case 'œ':
		b.WriteString("oe")
	case 'þ':
		b.WriteString("th")
	default:
		b.WriteRune(c)
	}
}

// cut shortens a word to what counts of it.
func cut(s string) string {
	if len(s) <= longestWord {
		return s
	}
	n := longestWord
	for !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// folded is a name without case and accents, for what is compared as a whole.
func folded(s string) string {
	var b strings.Builder
	for _, r := range s {
		if c := fold(r); c != 0 {
			writeFolded(&b, c)
		}
	}
	return b.String()
}
