package feeds

import (
	"net/url"
	"strings"
)

// License says what others may do with what a post holds, in the words of its author or server.
type License struct {
	Name string `json:",omitzero"` // plain text on one line, as "CC BY-SA 4.0"; "" when only its address is known
	URL  string `json:",omitzero"` // a page that says all of it; "" when unknown
}

// longestLicense is how many characters of a licence's name are kept: the rest of a page-long notice stands at the original.
const longestLicense = 200

// LicenseOf makes a licence of a name (plain text) and a checked address, of which one or both may be ""; nil for neither. Those of Creative
// Commons are named by their addresses.
// Source: https://creativecommons.org/licenses/list.en
func LicenseOf(name, address string) *License {
	name = strings.Join(strings.Fields(name), " ")
	if name == "" {
		name = commonsName(address)
	}
	if letters := []rune(name); len(letters) > longestLicense {
		name = string(letters[:longestLicense]) + "…"
	}
	if name == "" && address == "" {
		return nil
	}
	return &License{Name: name, URL: address}
}

// commonsName is the usual name of a licence that stands at creativecommons.org; "" for others.
func commonsName(address string) string {
	u, err := url.Parse(address)
	if err != nil || strings.TrimPrefix(u.Hostname(), "www.") != "creativecommons.org" {
		return ""
	}
	parts := strings.Split(strings.Trim(u.Path, "/"), "/")
	if len(parts) < 2 {
		return ""
	}
	version := ""
	if len(parts) > 2 {
		version = " " + parts[2]
	}
	switch {
	case parts[0] == "licenses":
		return "CC " + strings.ToUpper(parts[1]) + version
	case parts[0] == "publicdomain" && parts[1] == "zero":
		return "CC0" + version
	}
	return ""
}
