package address

import (
	"net/netip"
	"slices"
	"strings"
)

// Origin returns how a host is spoken to: "http://host" on loopback, where nobody has certificates, else "https://host".
func Origin(host string) string {
	if IsLoopback(host) {
		return "http://" + host
	}
	return "https://" + host
}

// IsLoopback reports the hosts (with or without a port) that are this machine: localhost, names below it, 127.0.0.0/8, [::1].
// Source: https://www.w3.org/TR/secure-contexts/#is-origin-trustworthy.
func IsLoopback(host string) bool {
	name := withoutPort(host)
	if name == "localhost" || strings.HasSuffix(name, ".localhost") {
		return true
	}
	ip, err := netip.ParseAddr(name)
	return err == nil && ip.Unmap().IsLoopback()
}

// IsPrivate reports the hosts (with or without a port) that can't be a server of the fediverse but may be something on the
// reader's own machine or network: loopback, private, link-local, unspecified and reserved addresses, names without a dot,
// and names that only a local resolver knows. It looks at what is written; where a name leads is for whoever dials.
func IsPrivate(host string) bool {
	name := withoutPort(host)
	ip, err := netip.ParseAddr(name)
	if err != nil {
		return IsLoopback(name) || isLocalName(name)
	}
	return !isPublicIP(ip.Unmap())
}

// isLocalName knows the domains that private networks use. Sources: RFC 6762, section 3 and appendix G; RFC 8375.
func isLocalName(name string) bool {
	dot := strings.LastIndexByte(name, '.')
	if dot < 0 || name == "home.arpa" || strings.HasSuffix(name, ".home.arpa") {
		return true
	}
	switch name[dot+1:] {
	case "local", "internal", "intranet", "private", "corp", "home", "lan":
		return true
	}
	return false
}

// isPublicIP says no to all that the IANA special-purpose registries (RFC 6890) set apart. Of IPv6 only what is global
// unicast today is public, whatever is assigned later.
func isPublicIP(ip netip.Addr) bool {
	if ip.Zone() != "" || ip.IsLoopback() || ip.IsPrivate() || ip.IsLinkLocalUnicast() {
		return false
	}
	if ip.Is6() && !netip.MustParsePrefix("2000::/3").Contains(ip) {
		return false
	}
	return !slices.ContainsFunc(reservedNetworks(), func(p netip.Prefix) bool { return p.Contains(ip) })
}

func reservedNetworks() []netip.Prefix {
	return []netip.Prefix{
		netip.MustParsePrefix("0.0.0.0/8"),       // this network; Linux takes 0.0.0.0 for loopback
		netip.MustParsePrefix("100.64.0.0/10"),   // behind a carrier's NAT
		netip.MustParsePrefix("192.0.0.0/24"),    // protocol assignments
		netip.MustParsePrefix("192.0.2.0/24"),    // documentation
		netip.MustParsePrefix("198.18.0.0/15"),   // benchmarks
		netip.MustParsePrefix("198.51.100.0/24"), // documentation
		netip.MustParsePrefix("203.0.113.0/24"),  // documentation
		netip.MustParsePrefix("224.0.0.0/3"),     // multicast, reserved, broadcast
		netip.MustParsePrefix("2001::/23"),       // protocol assignments, among them Teredo, which wraps IPv4
		netip.MustParsePrefix("2001:db8::/32"),   // documentation
		netip.MustParsePrefix("2002::/16"),       // 6to4, which wraps IPv4
	}
}

// withoutPort returns a host without its port and brackets, lower case.
func withoutPort(host string) string {
	host = strings.ToLower(host)
	if inner, ok := strings.CutPrefix(host, "["); ok {
		name, _, _ := strings.Cut(inner, "]")
		return name
	}
	name, _, _ := strings.Cut(host, ":")
	return strings.TrimSuffix(name, ".")
}
