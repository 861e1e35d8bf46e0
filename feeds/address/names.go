package address

import (
	"slices"
	"strings"
	"unicode"
)

// SplitHandle reads "user@host", with or without "@" before it, and nothing else. The host is in its usual form.
func SplitHandle(s string) (user, host string, ok bool) {
	user, domain, _ := strings.Cut(strings.TrimPrefix(s, "@"), "@")
	host, ok = CleanHost(domain)
	if !ok || !isUser(user) {
		return "", "", false
	}
	return user, host, true
}

// isUser reports the name part of a handle. Mastodon allows ASCII letters, digits, "_", "-" and "."; others more letters.
func isUser(s string) bool {
	return s != "" && len(s) <= 200 && !strings.ContainsFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("_-.~", r)
	})
}

// isTag reports the name of a hashtag. What softwares allow in one differs; punctuation that ends it everywhere is refused,
// and so is a text without anything to read.
func isTag(s string) bool {
	const ends = "#/?@<>()[]{}\"'`\\,;:!&=|"
	return len(s) <= 400 && trim(s) == s &&
		strings.ContainsFunc(s, func(r rune) bool { return r > unicode.MaxASCII || unicode.IsLetter(r) || unicode.IsDigit(r) }) &&
		!strings.ContainsFunc(s, func(r rune) bool {
			return !unicode.IsGraphic(r) && r != '\u200c' && r != '\u200d' || unicode.IsSpace(r) || r == '＠' || r == '＃' || r == unicode.ReplacementChar || strings.ContainsRune(ends, r)
		})
}

// isID reports what may be an id of a post where the path leaves no doubt that it is one.
func isID(s string) bool {
	return s != "" && len(s) <= 400 && trim(s) == s && !hasFeedEnding(s) &&
		!strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsGraphic(r) || unicode.IsSpace(r) || r == unicode.ReplacementChar })
}

// isOwnID reports the ids that softwares make: numbers, UUIDs, Pleroma's flakes (18 letters and digits), ULIDs (26), and those
// of Misskey (10, 16, 24). One of these in 25 has no digit; every other word without one is a word.
func isOwnID(s string) bool {
	if s == "" || len(s) > 64 || strings.ContainsFunc(s, func(r rune) bool {
		return !isDigit(r) && !(r|0x20 >= 'a' && r|0x20 <= 'z') && r != '-' && r != '_'
	}) {
		return false
	}
	return strings.ContainsAny(s, "0123456789") || slices.Contains([]int{10, 16, 18, 24, 26}, len(s))
}

// isWordID reports an id of isOwnID that can't be the title of an article in an address: 10 letters and digits or more, in one word.
func isWordID(s string) bool {
	return len(s) >= 10 && isOwnID(s) && !strings.ContainsAny(s, "-_")
}

// isNumber reports the ids of Mastodon and its like.
func isNumber(s string) bool {
	return s != "" && len(s) <= 20 && !strings.ContainsFunc(s, func(r rune) bool { return !isDigit(r) })
}

// isUUID reports the ids of Hollo.
func isUUID(s string) bool {
	if len(s) != 36 {
		return false
	}
	for i, r := range s {
		dash := i == 8 || i == 13 || i == 18 || i == 23
		if dash != (r == '-') || !dash && !isDigit(r) && !(r|0x20 >= 'a' && r|0x20 <= 'f') {
			return false
		}
	}
	return true
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }
