package find

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"vitrine/feeds/address"
)

// MaxWords is how many characters of what was typed are looked for.
const MaxWords = 100

// Query is what is looked for.
type Query struct {
	Text string // as it is shown, without white space that says nothing
	Name string // what servers are asked for: Text without the sign before it; "" for nothing
	Sign byte   // '#': only hashtags; '@': only people; '!': only communities; 0 for everything
	Cut  bool   // more was typed than is looked for
}

// Words reads what was typed. It never fails: what can't be looked for has an empty Name.
func Words(typed string) Query {
	q := Query{}
	q.Text, q.Cut = shorten(strings.Join(strings.Fields(strings.ToValidUTF8(typed, "")), " "))
	q.Name = q.Text
	if q.Text != "" && strings.IndexByte("#@!", q.Text[0]) >= 0 {
		q.Sign, q.Name = q.Text[0], strings.TrimSpace(q.Text[1:])
	}
	if q.Sign != '#' { // half a handle: its server can't be asked, its name can
		q.Name = strings.Trim(q.Name, "@")
	}
	if scheme := strings.ToLower(q.Name); scheme == "http://" || scheme == "https://" { // the beginning of a link
		q.Name = ""
	}
	if !strings.ContainsFunc(q.Name, func(r rune) bool { return r > unicode.MaxASCII || unicode.IsLetter(r) || unicode.IsDigit(r) }) {
		q.Name = ""
	}
	return q
}

// Tag is the hashtag that is looked for; "" where the words are none.
func (q Query) Tag() string {
	if a, err := address.Parse("#" + q.Name); err == nil && a.Kind == address.Tag && a.Host == "" {
		return a.Tag
	}
	return ""
}

// shorten cuts a text after so many characters, but not between a letter and what belongs to it.
func shorten(s string) (string, bool) {
	if utf8.RuneCountInString(s) <= MaxWords {
		return s, false
	}
	runes := []rune(s)
	end := MaxWords
	for end > 0 && (unicode.Is(unicode.M, runes[end]) || joins(runes[end]) || joins(runes[end-1])) {
		end--
	}
	if end == 0 { // one letter with more marks than any language has
		end = MaxWords
	}
	return strings.TrimSpace(string(runes[:end])), true
}

// joins reports what makes one sign of two: U+200D and the tones of emoji.
func joins(r rune) bool { return r == 0x200d || r >= 0x1f3fb && r <= 0x1f3ff }
