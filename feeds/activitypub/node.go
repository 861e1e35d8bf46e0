package activitypub

import (
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
	"vitrine/feeds/content"
	"vitrine/feeds/jsontext"
)

// node is an object of a document.
type node map[string]any

// ReadJSON reads an object. Anything else is nil.
func (n *node) ReadJSON(r *jsontext.Reader) bool {
	*n, _ = r.Any().(map[string]any)
	return *n != nil
}

// decode reads a document, which is an object.
func decode(body []byte) (node, error) {
	var n node
	if err := apiclient.DecodeObject(body, &n); err != nil {
		return nil, err
	}
	if n == nil {
		return nil, errNoObject
	}
	return n, nil
}

// all is a field as a list: one value is a list of one, null none.
func (n node) all(key string) []any {
	switch v := n[key].(type) {
	case nil:
		return nil
	case []any:
		return v
	default:
		return []any{v}
	}
}

// nodes are the objects in a field; strings in it are objects of which only the id is known.
func (n node) nodes(key string) []node {
	var out []node
	for _, v := range n.all(key) {
		switch v := v.(type) {
		case map[string]any:
			out = append(out, v)
		case string:
			out = append(out, node{"id": v, bare: true})
		}
	}
	return out
}

// bare marks a node of which only the id is known.
const bare = "\x00bare"

func (n node) isBare() bool { return n[bare] == true }

// first is the first object in a field; nil for none.
func (n node) first(key string) node {
	if all := n.nodes(key); len(all) > 0 {
		return all[0]
	}
	return nil
}

// text is a field's first string or number.
func (n node) text(key string) string {
	for _, v := range n.all(key) {
		switch v := v.(type) {
		case string:
			return v
		case float64:
			if v == math.Trunc(v) && math.Abs(v) < 1e15 {
				return strconv.FormatInt(int64(v), 10)
			}
			return strconv.FormatFloat(v, 'g', -1, 64)
		case map[string]any:
			if s, ok := v["@value"].(string); ok {
				return s
			}
		}
	}
	return ""
}

// localized is a field that may be a text by language: KEYMap. It returns the language too, "" when it isn't given.
func (n node) localized(key string) (text, language string) {
	byLanguage, _ := n[key+"Map"].(map[string]any)
	languages := make([]string, 0, len(byLanguage))
	for l := range byLanguage {
		languages = append(languages, l)
	}
	slices.Sort(languages)
	if text = n.text(key); text != "" {
		for _, l := range languages {
			if byLanguage[l] == text {
				return text, l
			}
		}
		return text, ""
	}
	for _, l := range languages {
		if s, ok := byLanguage[l].(string); ok && s != "" {
			return s, l
		}
	}
	return "", ""
}

// number is a field as a number.
func (n node) number(key string) (float64, bool) {
	switch v := n[key].(type) {
	case float64:
		return v, true
	case string:
		f, err := strconv.ParseFloat(v, 64)
		return f, err == nil && !math.IsNaN(f) && !math.IsInf(f, 0)
	}
	return 0, false
}

// size is a number of pixels or things; 0 when unknown.
func (n node) size(key string) int {
	f, ok := n.number(key)
	if !ok || f < 0 {
		return 0
	}
	return int(min(f, math.MaxInt32))
}

// count is totalItems of a collection, or a number; -1 when unknown.
func (n node) count(key string) int {
	if f, ok := n.number(key); ok && f >= 0 {
		return int(min(f, math.MaxInt32))
	}
	if c := n.first(key); c != nil {
		if f, ok := c.number("totalItems"); ok && f >= 0 {
			return int(min(f, math.MaxInt32))
		}
	}
	return -1
}

func (n node) isTrue(key string) bool {
	switch v := n.flag(key).(type) {
	case bool:
		return v
	case string:
		return v == "true"
	}
	return false
}

// flag is a value whose key may stand with the prefix that the contexts of servers have for it.
func (n node) flag(key string) any {
	for _, prefix := range [...]string{"", "as:", "toot:", "lemmy:"} {
		if v, ok := n[prefix+key]; ok {
			return v
		}
	}
	return nil
}

// isFalse reports a plain "no": what is missing says nothing.
func (n node) isFalse(key string) bool { v, ok := n.flag(key).(bool); return ok && !v }

// is reports one of a node's types.
func (n node) is(types ...string) bool {
	for _, v := range n.all("type") {
		if s, ok := v.(string); ok && slices.Contains(types, strings.TrimPrefix(s, "as:")) {
			return true
		}
	}
	return false
}

// id is where a node is, checked; "" for none.
func (n node) id() string {
	if s, ok := n["id"].(string); ok {
		return link(s)
	}
	s, _ := n["@id"].(string)
	return link(s)
}

// href is where a node that may be a Link or an object leads.
func (n node) href() string {
	for _, key := range [...]string{"href", "url", "id"} {
		for _, v := range n.all(key) {
			switch v := v.(type) {
			case string:
				if l := link(v); l != "" {
					return l
				}
			case map[string]any:
				if l := link(node(v).text("href")); l != "" {
					return l
				}
			}
		}
	}
	return ""
}

// page is the address for people: a text/html link where there are several.
func (n node) page() string {
	page := ""
	for _, v := range n.nodes("url") {
		l := v.href()
		if l == "" || !v.isBare() && v.text("mediaType") != "" && v.text("mediaType") != "text/html" || n.isFileAt(l, v) {
			continue
		}
		if v.text("mediaType") == "text/html" {
			return l
		}
		if page == "" {
			page = l
		}
	}
	return page
}

// isFileAt reports that an address of a node which is a film, sound, picture or file is the file, not a page about it.
func (n node) isFileAt(address string, of node) bool {
	return n.is("Audio", "Video", "Image", "Document") && of.text("mediaType") != "text/html" &&
		kindOfFile(n.text("mediaType"), address, of) != feeds.UnknownMedia
}

// link returns a checked http or https URL, "" for anything else.
func link(raw string) string {
	if !strings.Contains(raw, "://") {
		return ""
	}
	checked, ok := content.SafeMedia(raw, "")
	if !ok {
		return ""
	}
	return checked
}

// idAt is what a host calls a document: its path, or all of its address where it is elsewhere.
func idAt(host, address string) string {
	u, err := url.Parse(address)
	if err != nil || strings.ToLower(u.Host) != host {
		return address
	}
	return u.RequestURI()
}
