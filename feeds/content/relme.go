package content

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// RelMe returns the addresses that a page says are of the same person or body as itself: links with rel=me, in their order. base is
// the page's own address.
// Source: https://microformats.org/wiki/rel-me
func RelMe(page []byte, base string) []string {
	var found []string
	for z := html.NewTokenizer(bytes.NewReader(page)); ; {
		switch z.Next() {
		case html.ErrorToken:
			return found
		case html.StartTagToken, html.SelfClosingTagToken:
			if href := relMe(z.Token()); href != "" && len(found) < maxRelMe {
				if safe, ok := SafeURL(href, base); ok {
					found = append(found, safe)
				}
			}
		}
	}
}

// maxRelMe is how many links of a page are read.
const maxRelMe = 100

func relMe(t html.Token) string {
	if t.DataAtom != atom.A && t.DataAtom != atom.Link {
		return ""
	}
	var href string
	me := false
	for _, a := range t.Attr {
		switch a.Key {
		case "href":
			href = strings.TrimSpace(a.Val)
		case "rel":
			for _, word := range strings.Fields(a.Val) {
				me = me || strings.EqualFold(word, "me")
			}
		}
	}
	if !me {
		return ""
	}
	return href
}
