package address

import (
	"net/netip"
	"strings"
)

// IsLoopback reports the hosts (with or without a port) that are this machine: localhost, names below it, 127.0.0.0/8, [::1].
func IsLoopback(host string) bool {
	name := bare(host)
	if name == "localhost" || strings.HasSuffix(name, ".localhost") {
		return true
	}
	ip, err := netip.ParseAddr(name)
	return err == nil && ip.Unmap().IsLoopback()
}

// IsPrivate reports hosts that can only be on the reader's own machine or network: loopback, private, link-local and
// unspecified addresses, and names that end in .local, .internal, .lan or .home.arpa.
func IsPrivate(host string) bool {
	if IsLoopback(host) {
		return true
	}
	name := bare(host)
	for _, end := range []string{".local", ".internal", ".lan", ".home.arpa"} {
		if strings.HasSuffix(name, end) {
			return true
		}
	}
	ip, err := netip.ParseAddr(name)
	if err != nil {
		return false
	}
	ip = ip.Unmap()
	return ip.IsPrivate() || ip.IsLinkLocalUnicast() || ip.IsLinkLocalMulticast() || ip.IsUnspecified() || ip.IsMulticast()
}

// Origin returns how a host is spoken to: over http on loopback, else over https.
func Origin(host string) string {
	if IsLoopback(host) {
		return "http://" + host
	}
	return "https://" + host
}

// bare returns a host without its port and brackets, lower case.
func bare(host string) string {
	host = strings.ToLower(host)
	if strings.HasPrefix(host, "[") {
		name, _, _ := strings.Cut(host[1:], "]")
		return name
	}
	name, _, _ := strings.Cut(host, ":")
	return strings.TrimSuffix(name, ".")
}

// cleanHost returns a host as it is used everywhere, lower case and with its port, and whether the text is one: a name with a
// dot, localhost, or an IP address.
func cleanHost(s string) (string, bool) {
	s = strings.ToLower(strings.TrimSuffix(s, "."))
	name, port := s, ""
	if strings.HasPrefix(s, "[") {
		end := strings.IndexByte(s, ']')
		if end < 0 {
			return "", false
		}
		ip, err := netip.ParseAddr(s[1:end])
		if err != nil || ip.Zone() != "" {
			return "", false
		}
		name, port = "["+ip.String()+"]", s[end+1:]
	} else if i := strings.IndexByte(s, ':'); i >= 0 {
		name, port = s[:i], s[i:]
	}
	if port != "" && !isPort(port) {
		return "", false
	}
	if port == ":443" && !IsLoopback(name) || port == ":80" && IsLoopback(name) {
		port = ""
	}
	if strings.HasPrefix(name, "[") {
		return name + port, true
	}
	return name + port, isName(name)
}

func isPort(s string) bool {
	if len(s) < 2 || len(s) > 6 || s[0] != ':' || s[1] == '0' {
		return false
	}
	n := 0
	for _, c := range s[1:] {
		if c < '0' || c > '9' {
			return false
		}
		n = n*10 + int(c-'0')
	}
	return n <= 65535
}

func isName(name string) bool {
	if name == "localhost" {
		return true
	}
	labels := strings.Split(name, ".")
	if len(labels) < 2 || len(name) > 253 {
		return false
	}
	for _, l := range labels {
		if l == "" || len(l) > 63 || l[0] == '-' || l[len(l)-1] == '-' {
			return false
		}
		for _, r := range l {
			if r < 0x80 && !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-') {
				return false
			}
		}
	}
	last := labels[len(labels)-1]
	if last[0] >= '0' && last[0] <= '9' { // all numbers: it must be an address
		ip, err := netip.ParseAddr(name)
		return err == nil && ip.Is4()
	}
	return true
}
