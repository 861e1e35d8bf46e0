package address

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// ShowHost writes a host as people read it: labels in Punycode in their own script, where no other name can be mistaken for them; else they
// stay as they are. Each label is of one script, or of those that Japanese, Korean and Chinese mix; a Cyrillic or Greek one has a
// letter that no Latin one looks like. Sources: UTS #46, section 4.3; UTS #39, section 5.2 (highly restrictive); the letters are those that
// Chromium's policy names: https://chromium.googlesource.com/chromium/src/+/main/docs/idn.md.
func ShowHost(host string) string {
	if !strings.Contains(host, "xn--") {
		return host
	}
	name, port := splitPort(host)
	labels := strings.Split(name, ".")
	for i, label := range labels {
		if coded, ok := strings.CutPrefix(label, "xn--"); ok {
			if plain := unpunycode(coded); hasLetters(plain) && "xn--"+punycode(plain) == label && isReadable(plain) {
				labels[i] = plain
			}
		}
	}
	name = strings.Join(labels, ".")
	if port != "" {
		name += ":" + port
	}
	return name
}

// hasLetters reports what needs Punycode: letters beyond ASCII.
func hasLetters(label string) bool {
	return strings.IndexFunc(label, func(r rune) bool { return r >= utf8.RuneSelf }) >= 0
}

// Show writes the hosts that a line names, as handles do, as people read them. Web addresses in it stay as they are: they are for programs too.
func Show(line string) string {
	const ace = "xn--"
	if !strings.Contains(line, ace) {
		return line
	}
	var out strings.Builder
	for {
		at := strings.Index(line, ace)
		if at < 0 {
			break
		}
		start := strings.LastIndexFunc(line[:at], notInName) + 1
		if start > 0 && line[start-1] >= utf8.RuneSelf { // LastIndexFunc is where a character begins
			_, size := utf8.DecodeRuneInString(line[start-1:])
			start += size - 1
		}
		end := len(line)
		if n := strings.IndexFunc(line[at:], notInName); n >= 0 {
			end = at + n
		}
		out.WriteString(line[:start])
		if strings.HasSuffix(line[:start], "/") {
			out.WriteString(line[start:end])
		} else {
			out.WriteString(ShowHost(line[start:end]))
		}
		line = line[end:]
	}
	return out.String() + line
}

func notInName(r rune) bool {
	return r != '.' && r != '-' && !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r)
}

// script is one whose letters a name may have.
type script uint8

const (
	latin script = 1 << iota
	han
	kana
	hangul
	bopomofo
	alone // any other, which stands by itself
)

// isReadable reports that a label may be shown: it has nothing but letters, marks, digits and "-", in one script or in those that
// are written together, and a letter of its own where its script has some that look like Latin ones.
func isReadable(label string) bool {
	var scripts script
	var other *unicode.RangeTable
	distinct := true
	for i, r := range label {
		switch {
		case r == '-' || r >= '0' && r <= '9':
			continue
		case unicode.IsMark(r):
			// Marks that compose have a letter of their own, or stack.
			if i == 0 || r < 0x0900 && (r < 0x0590 || r > 0x06ff) || r > 0x2fff || other == nil || !unicode.In(r, other, unicode.Inherited) {
				return false
			}
			continue
		case !unicode.IsLetter(r) || unicode.ToLower(r) != r:
			return false
		}
		s, table := scriptOf(r)
		if s == 0 {
			return false
		}
		if table != nil {
			if other != nil && other != table {
				return false
			}
			if other == nil && (table == unicode.Cyrillic || table == unicode.Greek) {
				distinct = false
			}
			other = table
			distinct = distinct || !looksLatin(r)
		}
		scripts |= s
	}
	switch {
	case scripts == 0 || !distinct:
		return false
	case scripts&alone != 0:
		return scripts == alone
	}
	return scripts&^(latin|han|kana) == 0 || scripts&^(latin|han|hangul) == 0 || scripts&^(latin|han|bopomofo) == 0
}

// scriptOf is the script of a letter, and its table where that stands alone; 0 for one that names aren't shown in.
func scriptOf(r rune) (script, *unicode.RangeTable) {
	switch {
	case r < 0x250 || r >= 0x1e00 && r <= 0x1eff: // Latin: the letters that languages write, none of phonetic scripts, nor those that stand for others
		switch {
		case strings.ContainsRune("ĳĸŀŉẚẛ", r):
		case r >= 'a' && r <= 'z', r >= 0xdf && r <= 0x17e, r >= 0x1e00, strings.ContainsRune("ơưǎǐǒǔșțǧǩ", r):
			return latin, nil
		}
		return 0, nil
	case r == 'ー' || r == '〆':
		return kana, nil
	case unicode.Is(unicode.Han, r):
		return han, nil
	case unicode.Is(unicode.Hiragana, r), unicode.Is(unicode.Katakana, r):
		return kana, nil
	case unicode.Is(unicode.Hangul, r):
		return hangul, nil
	case unicode.Is(unicode.Bopomofo, r):
		return bopomofo, nil
	}
	for _, table := range [...]*unicode.RangeTable{
		unicode.Cyrillic, unicode.Greek, unicode.Arabic, unicode.Hebrew, unicode.Thai, unicode.Devanagari, unicode.Bengali, unicode.Tamil, unicode.Telugu, unicode.Gujarati,
		unicode.Gurmukhi, unicode.Kannada, unicode.Malayalam, unicode.Oriya, unicode.Sinhala, unicode.Georgian, unicode.Armenian, unicode.Khmer, unicode.Lao, unicode.Myanmar,
		unicode.Ethiopic, unicode.Tibetan,
	} {
		if unicode.Is(table, r) {
			return alone, table
		}
	}
	return 0, nil
}

// looksLatin reports the Cyrillic and Greek letters that a Latin letter or a digit looks like.
func looksLatin(r rune) bool {
	return strings.ContainsRune("асԁеһіјӏорԗԛѕԝхуъьҽпгѵѡүһαικνορτυχωγ", r)
}

// unpunycode decodes what follows "xn--", "" where it is no Punycode. Source: RFC 3492, section 6.2; the names of variables are those of the RFC.
func unpunycode(coded string) string {
	const base, initialBias, initialN = 36, 72, 128
	if len(coded) > 63 {
		return ""
	}
	var out []rune
	if dash := strings.LastIndexByte(coded, '-'); dash >= 0 {
		out, coded = []rune(coded[:dash]), coded[dash+1:]
	}
	n, i, bias := initialN, 0, initialBias
	for coded != "" {
		before, w := i, 1
		for k := base; ; k += base {
			if coded == "" {
				return ""
			}
			digit := strings.IndexByte("abcdefghijklmnopqrstuvwxyz0123456789", coded[0])
			if coded = coded[1:]; digit < 0 || digit > (1<<30-i)/w {
				return ""
			}
			i += digit * w
			t := min(max(k-bias, 1), 26)
			if digit < t {
				break
			}
			if w > 1<<30/(base-t) {
				return ""
			}
			w *= base - t
		}
		bias = adapt(i-before, len(out)+1, before == 0)
		n += i / (len(out) + 1)
		i %= len(out) + 1
		if n > utf8.MaxRune || !utf8.ValidRune(rune(n)) {
			return ""
		}
		out = append(out[:i], append([]rune{rune(n)}, out[i:]...)...)
		i++
	}
	return string(out)
}
