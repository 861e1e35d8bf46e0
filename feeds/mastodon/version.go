package mastodon

import (
	"strconv"
	"strings"
)

// softwareOf reads which software a server runs from its version, which others write after the version of Mastodon that they
// are like: "2.7.2 (compatible; Pleroma 2.6.0)", "takahe/0.9.0", "4.0.0 (not true; really snac/2.70)". sure is false when it
// could be anything: GoToSocial writes its own number, which is small.
func softwareOf(w *instance) (name, version string, sure bool) {
	version = strings.TrimSpace(w.Version)
	if len(w.Fedibird) > 0 {
		return "fedibird", version, true
	}
	if strings.Contains(w.SourceURL, "gotosocial") || w.AccountDomain != "" {
		return "gotosocial", version, true
	}
	own := version
	if _, rest, ok := strings.Cut(version, "; "); ok && strings.Contains(version, "(") {
		own, _, _ = strings.Cut(rest, ")")
		own, _, _ = strings.Cut(own, ";") // "(compatible; Sharkey 2024.9; like Akkoma)"
		own = strings.TrimPrefix(own, "really ")
		if name, number, _ := cutAny(own, " /"); name != "" {
			return strings.ToLower(name), strings.TrimSpace(number), true
		}
	}
	if name, number, ok := strings.Cut(own, "/"); ok && !startsWithDigit(own) {
		return strings.ToLower(name), number, true
	}
	v, ok := parseNumber(version)
	return "mastodon", version, ok && v.major > 0 && v.major < 100 // "2022.05-dev" is an old Friendica's
}

// release is what of a version features depend on.
type release struct{ major, minor int }

// parseNumber reads the start of "4.5.2+glitch".
func parseNumber(version string) (v release, ok bool) {
	major, rest, ok := strings.Cut(version, ".")
	if !ok {
		return release{}, false
	}
	end := strings.IndexFunc(rest, func(r rune) bool { return r < '0' || r > '9' })
	if end < 0 {
		end = len(rest)
	}
	var errMajor, errMinor error
	v.major, errMajor = strconv.Atoi(major)
	v.minor, errMinor = strconv.Atoi(rest[:end])
	return v, errMajor == nil && errMinor == nil
}

func startsWithDigit(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }

// cutAny is strings.Cut at the first of several separators.
func cutAny(s, separators string) (before, after string, found bool) {
	if i := strings.IndexAny(s, separators); i >= 0 {
		return s[:i], s[i+1:], true
	}
	return s, "", false
}
