package follows

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// between parts two texts that were joined: no word reaches across it.
const between = '\x00'

// Base letters of those with accents, one byte for each character from the first on; "." where it is none or stays. They are the
// canonical decompositions of Unicode, and the letters with strokes that stand for sounds of their own, as people type them without.
const (
	latin1    = "aaaaaa.ceeeeiiiidnooooo.ouuuuy..aaaaaa.ceeeeiiiidnooooo.ouuuuy.yaaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiii.i..jjkk.llllll..llnnnnnn...oooooo..rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs"                                                           // from U+00C0
	latinB    = "................................oo.............uu............................aaiioouuuuuuuuuu.aaaa....ggkkoooo..j...gg..nnaa....aaaaeeeeiiiioooorrrruuuusstt..hh......aaeeooooooooyy"                                                                       // from U+0180
	latinMore = "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwy......aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy" // from U+1E00
)

// Folded is a text as it is looked for: in small letters, without accents, as appendFolded says.
func Folded(s string) string { return string(appendFolded(nil, s)) }

// appendFolded appends a text so that what is the same word to a reader is the same text: in small letters, without accents, vowel
// points and characters that nobody sees, with one space for each run of white space.
func appendFolded(b []byte, s string) []byte {
	for _, r := range s {
		switch {
		case r < utf8.RuneSelf:
			if r <= ' ' || r == 0x7f {
				b = appendSpace(b)
				continue
			}
			if r >= 'A' && r <= 'Z' {
				r += 'a' - 'A'
			}
			b = append(b, byte(r))
		case isUnseen(r):
		case isMark(r):
			b = withMark(b, r)
		case unicode.IsSpace(r):
			b = appendSpace(b)
		default:
			b = appendLetter(b, r)
		}
	}
	return b
}

func appendSpace(b []byte) []byte {
	if n := len(b); n > 0 && b[n-1] != ' ' && b[n-1] != between {
		b = append(b, ' ')
	}
	return b
}

func appendLetter(b []byte, r rune) []byte {
	if r >= '！' && r <= '～' { // ASCII as wide as Han characters
		return appendFolded(b, string(r-'！'+'!'))
	}
	r = unicode.ToLower(r)
	if base := baseOf(r); base != '.' {
		return append(b, base)
	}
	if to := plain(r); to != "" {
		return append(b, to...)
	}
	return utf8.AppendRune(b, r)
}

// baseOf is the base of a Latin letter with an accent, '.' for any other character.
func baseOf(r rune) byte {
	first, bases := rune(0xc0), latin1
	switch {
	case r >= 0x1e00:
		first, bases = 0x1e00, latinMore
	case r >= 0x180:
		first, bases = 0x180, latinB
	}
	if i := int(r - first); i >= 0 && i < len(bases) {
		return bases[i]
	}
	return '.'
}

// plain is what other letters are folded to; "" for those that stay, as й, ї and ў, which are no accented ones.
func plain(r rune) string {
	switch r {
	case 'ß':
		return "ss"
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	case 'þ':
		return "th"
	case 'ά':
		return "α"
	case 'έ':
		return "ε"
	case 'ή':
		return "η"
	case 'ί', 'ϊ', 'ΐ':
		return "ι"
	case 'ό':
		return "ο"
	case 'ύ', 'ϋ', 'ΰ':
		return "υ"
	case 'ώ':
		return "ω"
	case 'ς':
		return "σ"
	case 'ѐ', 'ё':
		return "е"
	case 'ѝ':
		return "и"
	case 'ѓ':
		return "г"
	case 'ќ':
		return "к"
	case 'آ', 'أ', 'إ', 'ٱ':
		return "ا"
	case 'ؤ':
		return "و"
	case 'ئ', 'ى', 'ی':
		return "ي"
	case 'ک':
		return "ك"
	case 'ۀ':
		return "ە"
	case '’', '‘', 'ʼ':
		return "'"
	case '‐', '‑':
		return "-"
	}
	if r >= 0x1f00 && r < 0x2000 {
		return plainGreek(r)
	}
	return ""
}

// plainGreek is plain for the block of Greek letters with breathings.
func plainGreek(r rune) string {
	const vowels = "αεηιουω" // two bytes each
	i := rune(-1)
	switch {
	case r < 0x1f70:
		i = (r - 0x1f00) >> 4
	case r <= 0x1f7d:
		i = (r - 0x1f70) >> 1
	case r >= 0x1fe4 && r <= 0x1fe5:
		return "ρ"
	case r >= 0x1f80 && r <= 0x1f8f, r >= 0x1fb0 && r <= 0x1fb7:
		i = 0
	case r >= 0x1f90 && r <= 0x1f9f, r >= 0x1fc2 && r <= 0x1fc7:
		i = 2
	case r >= 0x1fd0 && r <= 0x1fd7, r == 0x1fbe:
		i = 3
	case r >= 0x1fe0 && r <= 0x1fe7:
		i = 5
	case r >= 0x1fa0 && r <= 0x1faf, r >= 0x1ff2 && r <= 0x1ff7:
		i = 6
	}
	if i < 0 {
		return ""
	}
	return vowels[2*i : 2*i+2]
}

// withMark appends a mark that combines with the letter before it: accents and vowel points go, those that make another letter of it are
// joined to it.
func withMark(b []byte, mark rune) []byte {
	before, size := utf8.DecodeLastRune(b)
	joined := before
	switch {
	case mark == 0x306 && before == 'и':
		joined = 'й'
	case mark == 0x306 && before == 'у':
		joined = 'ў'
	case mark == 0x308 && before == 'і':
		joined = 'ї'
	case mark == 0x3099 && before >= 'か' && before <= 'ホ':
		joined++
	case mark == 0x309a && before >= 'は' && before <= 'ホ':
		joined += 2
	default:
		return b
	}
	return utf8.AppendRune(b[:len(b)-size], joined)
}

// isMark reports accents and vowel points that combine with the letter before them, without which it is still the same word.
func isMark(r rune) bool {
	switch {
	case r < 0x300:
		return false
	case r <= 0x36f, r >= 0x483 && r <= 0x487: // Latin, Greek, Cyrillic
		return true
	case r >= 0x591 && r <= 0x5c7: // Hebrew
		return r != 0x5be && r != 0x5c0 && r != 0x5c3 && r != 0x5c6
	case r >= 0x610 && r <= 0x61a, r >= 0x64b && r <= 0x65f, r == 0x670, r >= 0x6d6 && r <= 0x6dc, r == 0x640: // Arabic, with the line that stretches
		return true
	case r >= 0x1ab0 && r <= 0x1aff, r >= 0x1dc0 && r <= 0x1dff, r >= 0x20d0 && r <= 0x20f0, r == 0x3099, r == 0x309a:
		return true
	}
	return false
}

// isUnseen reports characters that are written between others and seen nowhere, which would keep a word from being found.
func isUnseen(r rune) bool {
	switch {
	case r == 0xad, r == 0xfeff, r >= 0x200b && r <= 0x200f, r >= 0x202a && r <= 0x202e, r >= 0x2060 && r <= 0x2069:
		return true
	case r >= 0xfe00 && r <= 0xfe0f, r >= 0xe0100 && r <= 0xe01ef, r >= 0x180b && r <= 0x180f:
		return true
	}
	return false
}

// folded is a text as appendFolded makes it, without white space around it.
func folded(s string) string { return strings.TrimSpace(string(appendFolded(nil, s))) }

// words are found in folded texts, all in one pass.
type words struct {
	all    []word
	starts map[byte][]int // places in all by the first byte
}

type word struct {
	Rule
	folded string
}

// add adds a rule about a word or hashtag, which is folded; that without "#".
func (w *words) add(r Rule, text string) {
	if text == "" {
		return
	}
	if r.Cause == OfTag {
		text = "#" + text
	}
	if w.starts == nil {
		w.starts = map[byte][]int{}
	}
	w.starts[text[0]] = append(w.starts[text[0]], len(w.all))
	w.all = append(w.all, word{r, text})
}

// each calls found with the place of each word that stands in a folded text as a whole: where it begins or ends with a letter or digit of
// a script with spaces, no other one of these joins it. A hashtag isn't in the middle of an address, and ends where its name does in any
// script.
func (w *words) each(text string, found func(place int)) {
	inside := false // in a word of such a script
	before := rune(' ')
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		spaced := isSpaced(r)
		if !inside || !spaced {
			for _, place := range w.starts[text[i]] {
				o := &w.all[place]
				if rest, ok := strings.CutPrefix(text[i:], o.folded); ok && o.endsThere(rest) && (o.Cause != OfTag || !inside && before != '/') {
					found(place)
				}
			}
		}
		inside, before = spaced, r
		i += size
	}
}

// endsThere reports that a word doesn't go on in what follows it.
func (w *word) endsThere(rest string) bool {
	last, _ := utf8.DecodeLastRuneInString(w.folded)
	next, _ := utf8.DecodeRuneInString(rest)
	if w.Cause == OfTag {
		return !isSpaced(next) && !unicode.IsLetter(next)
	}
	return !isSpaced(last) || !isSpaced(next)
}

// isSpaced reports what words consist of in scripts that put spaces between them.
func isSpaced(r rune) bool {
	if r < utf8.RuneSelf {
		return r == '_' || r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z'
	}
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r)) && !isUnspaced(r)
}

// isUnspaced reports the scripts that don't, and Korean. Source: https://www.unicode.org/Public/UCD/latest/ucd/Blocks.txt
func isUnspaced(r rune) bool {
	switch {
	case r < 0xe00:
		return false
	case r <= 0x109f, r >= 0x1100 && r <= 0x11ff, r >= 0x1780 && r <= 0x17ff: // Thai, Lao, Tibetan, Myanmar; Hangul; Khmer
		return true
	case r >= 0x1950 && r <= 0x19ff, r >= 0x1a20 && r <= 0x1aaf: // Tai Le, New Tai Lue, Tai Tham
		return true
	case r >= 0x2e80 && r <= 0xa4cf, r >= 0xa960 && r <= 0xa97f, r >= 0xa9e0 && r <= 0xa9ff, r >= 0xaa60 && r <= 0xaadf: // Han, Kana, Bopomofo, Yi; Hangul, Myanmar, Tai Viet
		return true
	}
	return r >= 0xac00 && r <= 0xd7ff || r >= 0xf900 && r <= 0xfaff || r >= 0xff66 && r <= 0xffdc || r >= 0x1b000 && r <= 0x1b16f || r >= 0x20000 && r <= 0x3ffff
}
