package address

import (
	"net/netip"
	"strings"
	"unicode"
)

// CleanHost returns a host in its usual form (see the package's comment), and whether the text is one: a name with a dot,
// localhost, or an IP address, each with a port or without.
func CleanHost(s string) (string, bool) {
	name, port := splitPort(strings.ToLower(s))
	if port != "" && !isPort(port) {
		return "", false
	}
	name, ok := cleanName(strings.TrimSuffix(name, "."))
	if !ok {
		return "", false
	}
	if usual := usualPort(name); port == usual {
		port = ""
	}
	if port != "" {
		return name + ":" + port, true
	}
	return name, true
}

// splitPort cuts "host:port"; the colons of an IPv6 address in brackets are its own. A colon that nothing follows stays.
func splitPort(s string) (name, port string) {
	i := strings.LastIndexByte(s, ':')
	if i < 0 || i == len(s)-1 || strings.HasSuffix(s, "]") {
		return s, ""
	}
	return s[:i], s[i+1:]
}

func usualPort(name string) string {
	if IsLoopback(name) {
		return "80"
	}
	return "443"
}

func isPort(s string) bool {
	if len(s) > 5 || s[0] == '0' {
		return false
	}
	n := 0
	for _, r := range s {
		if !isDigit(r) {
			return false
		}
		n = n*10 + int(r-'0')
	}
	return n <= 65535
}

// cleanName reads a host without its port.
func cleanName(name string) (string, bool) {
	if inner, ok := strings.CutPrefix(name, "["); ok {
		ip, err := netip.ParseAddr(strings.TrimSuffix(inner, "]"))
		if err != nil || !ip.Is6() || ip.Zone() != "" || !strings.HasSuffix(name, "]") {
			return "", false
		}
		return "[" + ip.String() + "]", true
	}
	if name == "localhost" {
		return name, true
	}
	labels := strings.Split(name, ".")
	for i, label := range labels {
		ascii, ok := cleanLabel(label)
		if !ok {
			return "", false
		}
		labels[i] = ascii
	}
	name = strings.Join(labels, ".")
	if len(labels) < 2 || len(name) > 253 {
		return "", false
	}
	// Browsers take a name that ends in a number for an IPv4 address, even "127.1" and "1.0x7f". Only the plain form is read.
	if last := labels[len(labels)-1]; isDigit(rune(last[0])) {
		ip, err := netip.ParseAddr(name)
		return name, err == nil && ip.Is4()
	}
	return name, true
}

// cleanLabel reads one part of a name. What isn't ASCII becomes Punycode, as it is lower-cased already. The other mappings of
// UTS #46 (composing accents, full-width letters) are left out, their tables would add 100 KB to the program.
func cleanLabel(label string) (string, bool) {
	ascii := true
	for _, r := range label {
		switch {
		case r >= 'a' && r <= 'z', isDigit(r), r == '-', r == '_':
		case r > unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r)):
			ascii = false
		default:
			return "", false
		}
	}
	if !ascii {
		label = "xn--" + punycode(label)
	}
	return label, label != "" && len(label) <= 63 && label[0] != '-' && label[len(label)-1] != '-'
}
