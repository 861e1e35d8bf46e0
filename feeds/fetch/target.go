package fetch

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"strings"
)

// target is a URL that may be asked.
type target struct {
	url   string // without its fragment
	host  string // lower case, with its port unless that is the scheme's own
	path  string // for messages: without the query
	body  string // of a POST; "" for a GET
	reach reach
}

func (t target) method() string {
	if t.body != "" {
		return "POST"
	}
	return "GET"
}

// reach is how far away a host is.
type reach int

const (
	nowhere  reach = iota // unspecified, multicast, reserved, or written so that it only confuses
	loopback              // this machine
	local                 // private and link-local networks, and names that only a local resolver knows
	public
)

// parseTarget checks that a URL may be asked: https, or http on loopback; no user name; a public host unless private is set.
// With the error it returns as much of the target as it could read.
func parseTarget(raw string, private bool) (target, error) {
	canonical, err := canonicalURL(raw)
	if err != nil {
		return target{}, err
	}
	canonical, _, _ = strings.Cut(canonical, "#")
	u, err := url.Parse(canonical)
	if err != nil {
		return target{}, err
	}
	t := target{url: canonical, host: hostKey(u), path: u.Path, reach: reachOf(u.Hostname())}
	return t, t.check(u, private)
}

func (t target) check(u *url.URL, private bool) error {
	switch {
	case u.User != nil:
		return errors.New("a URL with a user name is never asked")
	case u.Scheme != "https" && !(u.Scheme == "http" && t.reach == loopback):
		return fmt.Errorf("scheme %q is not for %q", u.Scheme, t.host)
	case t.reach == nowhere:
		return fmt.Errorf("no host to ask: %q", t.host)
	case t.reach != public && !private:
		return fmt.Errorf("%q is on a private network", t.host)
	}
	return nil
}

// redirect checks that t's server may send us on to raw, an absolute URL. A public server may not point into the reader's own
// network.
func (t target) redirect(raw string, private bool) error {
	if _, err := parseTarget(raw, private && t.reach != public); err != nil {
		return fmt.Errorf("redirect: %w", err)
	}
	return nil
}

// hostKey is what a host is called wherever it is counted.
func hostKey(u *url.URL) string {
	host := strings.ToLower(u.Host)
	switch u.Scheme {
	case "https":
		return strings.TrimSuffix(host, ":443")
	case "http":
		return strings.TrimSuffix(host, ":80")
	}
	return host
}

// reachOf judges a host as it is written, without DNS. A browser never reveals more; natively each dialled address is checked too.
func reachOf(host string) reach {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	if a, err := netip.ParseAddr(host); err == nil {
		return reachOfIP(a)
	}
	last := host[strings.LastIndexByte(host, '.')+1:]
	switch {
	case last == "localhost":
		return loopback
	case last == "", isNumber(last), strings.Contains(host, ":"):
		return nowhere
	case last == host, isLocalDomain(last), host == "home.arpa", strings.HasSuffix(host, ".home.arpa"):
		return local
	}
	return public
}

// isNumber reports whether a host with this last label is read as an IPv4 address by browsers and by some resolvers: 127.1,
// 0177.0.0.1, 0x7f000001 and 2130706433 are all this machine. Whoever means it can write it in full.
// Source: https://url.spec.whatwg.org/#ends-in-a-number-checker
func isNumber(label string) bool {
	if hex, ok := strings.CutPrefix(label, "0x"); ok {
		return strings.Trim(hex, "0123456789abcdef") == ""
	}
	return strings.Trim(label, "0123456789") == ""
}

// isLocalDomain knows the top-level domains that private networks use. Source: RFC 6762, section 3 and appendix G.
func isLocalDomain(tld string) bool {
	switch tld {
	case "local", "internal", "intranet", "private", "corp", "home", "lan":
		return true
	}
	return false
}

// reachOfIP judges an address. In IPv6 only what is global unicast today is public, whatever is assigned later.
// Sources: the IANA special-purpose address registries (RFC 6890); RFC 6052 for NAT64.
func reachOfIP(a netip.Addr) reach {
	if a.Zone() != "" {
		return nowhere
	}
	a = a.Unmap()
	switch {
	case a.IsLoopback():
		return loopback
	case a.IsPrivate(), a.IsLinkLocalUnicast(), sharedSpace.Contains(a):
		return local
	case nat64.Contains(a):
		b := a.As16()
		if reachOfIP(netip.AddrFrom4([4]byte(b[12:]))) == public {
			return public
		}
		return nowhere
	case a.Is6() && !globalUnicast.Contains(a):
		return nowhere
	}
	for _, p := range reserved {
		if p.Contains(a) {
			return nowhere
		}
	}
	return public
}

var (
	sharedSpace   = netip.MustParsePrefix("100.64.0.0/10") // behind a carrier's NAT, RFC 6598
	nat64         = netip.MustParsePrefix("64:ff9b::/96")  // how an IPv6-only network reaches public IPv4 hosts
	globalUnicast = netip.MustParsePrefix("2000::/3")

	reserved = []netip.Prefix{
		netip.MustParsePrefix("0.0.0.0/8"),       // this network; Linux takes 0.0.0.0 for loopback
		netip.MustParsePrefix("192.0.0.0/24"),    // protocol assignments
		netip.MustParsePrefix("192.0.2.0/24"),    // documentation
		netip.MustParsePrefix("192.88.99.0/24"),  // 6to4 relays
		netip.MustParsePrefix("198.18.0.0/15"),   // benchmarks
		netip.MustParsePrefix("198.51.100.0/24"), // documentation
		netip.MustParsePrefix("203.0.113.0/24"),  // documentation
		netip.MustParsePrefix("224.0.0.0/4"),     // multicast
		netip.MustParsePrefix("240.0.0.0/4"),     // reserved, broadcast
		netip.MustParsePrefix("2001::/23"),       // protocol assignments, among them Teredo, which wraps IPv4
		netip.MustParsePrefix("2001:db8::/32"),   // documentation
		netip.MustParsePrefix("2002::/16"),       // 6to4, which wraps IPv4
		netip.MustParsePrefix("3fff::/20"),       // documentation
	}
)
