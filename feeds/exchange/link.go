package exchange

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"vitrine/feeds/address"
)

// What a link may hold at most. Chats and browsers cut longer ones off.
const (
	MaxLink          = 8 << 10 // bytes of the part after "add="
	MaxLinkAddresses = 300
)

// linkStart is how the address of a view begins that offers a list from a link.
const linkStart = "#/following?"

// Link is a list that somebody shares.
type Link struct {
	Name      string // "" for none
	Addresses []string
}

// linkMark begins a link's code, which nothing that people write does. A later form gets another one.
const linkMark = "~1"

// EncodeLink writes a list as the address of the view that offers it, which is all in the fragment: "#/following?add=…". The code after it
// has only characters that are escaped nowhere (letters, digits and "-._~"), and a checksum, since links are often cut off. The error is
// TooLarge, or BadData for an address that is none.
func EncodeLink(l Link) (string, error) {
	if len(l.Addresses) > MaxLinkAddresses {
		return "", tooLarge()
	}
	if len(l.Addresses) == 0 {
		return "", badData("no addresses")
	}
	code := appendCode(nil, oneLine(l.Name, maxList))
	host := ""
	for _, text := range l.Addresses {
		a, reason := followable(text)
		if reason != "" {
			return "", badData("not an address: " + text)
		}
		code = append(code, nextPart...)
		switch {
		case a.Kind != address.Profile:
			code = appendCode(append(code, wholePart...), a.String())
		case a.Domain == host:
			code = appendCode(code, a.User)
		default:
			host = a.Domain
			code = appendCode(code, a.User+"@"+host)
		}
	}
	payload := linkMark + checksum(code) + string(code)
	if len(payload) > MaxLink {
		return "", tooLarge()
	}
	return linkStart + "add=" + payload, nil
}

// DecodeLink reads what EncodeLink wrote: the whole fragment, or the part after "add=". It also reads what people can write by hand, addresses
// with commas between them: "#/following?add=@ada@a.example,@bob@b.example". Anything else is BadData.
func DecodeLink(text string) (Link, error) {
	if _, rest, ok := strings.Cut(text, linkStart); ok {
		_, rest, ok = strings.Cut("&"+rest, "&add=")
		if !ok {
			return Link{}, badData("a link without a list")
		}
		rest, _, _ = strings.Cut(rest, "&")
		unescaped, err := url.QueryUnescape(rest)
		if err != nil {
			return Link{}, badData("a link that is escaped wrongly")
		}
		text = unescaped
	}
	if len(text) > MaxLink || !utf8.ValidString(text) {
		return Link{}, badData("a link that is too long or no text")
	}
	var l Link
	var parts []string
	if code, ok := strings.CutPrefix(text, linkMark); ok {
		if len(code) < checksumLength || checksum([]byte(code[checksumLength:])) != code[:checksumLength] {
			return Link{}, badData("a link that was cut off")
		}
		if l.Name, parts, ok = decodeParts(code[checksumLength:]); !ok {
			return Link{}, badData("a link that can't be decoded")
		}
	} else {
		parts = strings.FieldsFunc(text, func(r rune) bool { return r == ',' || unicode.IsSpace(r) })
	}
	if len(parts) == 0 || len(parts) > MaxLinkAddresses {
		return Link{}, badData("a link with no addresses, or with too many")
	}
	known := map[string]bool{}
	for _, part := range parts {
		a, reason := followable(part)
		if reason != "" {
			return Link{}, badData("a link with what is no address")
		}
		if key := keyOf(a); !known[key] {
			known[key] = true
			l.Addresses = append(l.Addresses, a.String())
		}
	}
	return l, nil
}
