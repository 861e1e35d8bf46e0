package route

import (
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"vitrine/feeds/address"
)

// Error says that a fragment names no view. Its cause is of no use to people: the start page opens with a note.
type Error struct {
	Fragment string // as it was given
}

func (e *Error) Error() string { return "no view has the address " + e.Fragment }

// Parse reads a fragment as it stands in location.hash: escaped, with "#" before it or without. None at all is the start.
// Parameters that nobody knows are left out. The error is an *Error.
func Parse(escapedFragment string) (Route, error) {
	path, query, _ := strings.Cut(strings.TrimPrefix(escapedFragment, "#"), "?")
	parts, ok := split(path)
	if !ok {
		return Route{}, &Error{escapedFragment}
	}
	params, err := url.ParseQuery(query)
	if err != nil || !readable(params.Get("via"), params.Get("tag"), params.Get("q"), params.Get("u"), params.Get("add"), params.Get("archive")) {
		return Route{}, &Error{escapedFragment}
	}
	r, ok := view(parts, params)
	if !ok {
		return Route{}, &Error{escapedFragment}
	}
	if via := params.Get("via"); via != "" {
		if r.Via, ok = address.CleanHost(via); !ok {
			return Route{}, &Error{escapedFragment}
		}
	}
	return r, nil
}

// split cuts "/a/b" or "/a/b/" into its decoded parts. "" and "/" have none. A part that is empty is a mistake.
func split(path string) ([]string, bool) {
	if path == "" || path == "/" {
		return nil, true
	}
	rest, ok := strings.CutPrefix(path, "/")
	if !ok {
		return nil, false
	}
	parts := strings.Split(strings.TrimSuffix(rest, "/"), "/")
	for i, p := range parts {
		decoded, err := url.PathUnescape(p)
		if err != nil || decoded == "" || !readable(decoded) {
			return nil, false
		}
		parts[i] = decoded
	}
	return parts, true
}

// readable refuses what no link of ours holds: broken UTF-8 and control characters.
func readable(texts ...string) bool {
	for _, s := range texts {
		if !utf8.ValidString(s) || strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' && r != '\r' }) {
			return false
		}
	}
	return true
}

// view reads the decoded parts of a path.
func view(p []string, params url.Values) (Route, bool) {
	if len(p) == 0 {
		return Route{View: Start}, true
	}
	if handle, ok := strings.CutPrefix(p[0], "@"); ok {
		r, ok := profile(handle, p[1:])
		r.Tag = params.Get("tag")
		return r, ok && r.readMonth(params.Get("month"))
	}
	if handle, ok := strings.CutPrefix(p[0], "!"); ok {
		r, ok := community(handle, p[1:])
		return r, ok && r.readMonth(params.Get("month"))
	}
	first, second := at(p, 1), at(p, 2)
	switch p[0] {
	case "i":
		host, ok := address.CleanHost(first)
		return Route{View: Server, Host: host, Tab: second}, ok && len(p) <= 3 && isTab(second, "federated", "trending", "directory", "about")
	case "t":
		host, ok := address.CleanHost(first)
		return Route{View: Tag, Host: host, Tag: second}, ok && len(p) == 3
	case "p", "l":
		host, ok := address.CleanHost(first)
		r := Route{View: Post, Host: host, ID: second}
		list, named := strings.CutPrefix(second, "playlist:") // as one was named among posts
		if named || p[0] == "l" {
			r.View, r.ID = Playlist, list
		}
		return r, ok && len(p) == 3 && r.ID != ""
	case "f":
		return Route{View: Feed, URL: first}, len(p) == 2
	case "home":
		return home(first, params, len(p) <= 2)
	case "following":
		return Route{View: Following, Add: params.Get("add")}, len(p) == 1
	case "saved":
		return Route{View: Saved, Query: params.Get("archive")}, len(p) == 1
	case "settings":
		return Route{View: Settings}, len(p) == 1
	case "search":
		return Route{View: Search, Query: params.Get("q")}, len(p) == 1
	case "find":
		return Route{View: Find, Query: params.Get("q")}, len(p) == 1
	case "embed":
		return Route{View: Embed, Query: params.Get("u")}, len(p) == 1
	case "open":
		return Route{View: Open, Query: params.Get("u")}, len(p) == 1
	}
	return Route{}, false
}

// home reads the parameters of a merged feed.
func home(list string, params url.Values, ok bool) (Route, bool) {
	r := Route{View: Home, List: list, Order: params.Get("order")}
	if since := params.Get("since"); since != "" {
		at, err := time.Parse(time.RFC3339, since)
		if r.Since = at.UTC(); err != nil || r.Since.Year() < 1 || r.Since.Year() > 9999 {
			return Route{}, false
		}
		r.By = params.Get("by") // nothing else is grouped
	}
	return r, ok && (r.Order == "" || r.Order == Oldest) && (r.By == "" || r.By == ByAuthor || r.By == BySource || r.By == ByLink)
}

// at returns the part at i, "" where there is none.
func at(p []string, i int) string {
	if i >= len(p) {
		return ""
	}
	return p[i]
}

func isTab(name string, tabs ...string) bool { return name == "" || slices.Contains(tabs, name) }

// profile reads what stands behind "@": a handle and perhaps a tab.
func profile(handle string, p []string) (Route, bool) {
	user, domain, ok := address.SplitHandle(handle)
	r := Route{View: Profile, User: user, Domain: domain, Tab: at(p, 0)}
	return r, ok && len(p) <= 1 && isTab(r.Tab, "replies", "media", "about")
}

// readMonth reads a month as "2024-05", as an input of the type month has it. It reports that there is none, or one that can be.
func (r *Route) readMonth(month string) bool {
	if month == "" {
		return true
	}
	at, err := time.Parse(MonthForm, month)
	r.Month = at
	return err == nil && at.Year() > 0
}

// MonthForm is how a month is written in an address, as package time has it.
const MonthForm = "2006-01"

// community reads what stands behind "!".
func community(handle string, p []string) (Route, bool) {
	user, domain, ok := address.SplitHandle(handle)
	r := Route{View: Community, User: user, Domain: domain, Tab: at(p, 0)}
	return r, ok && len(p) <= 1 && isTab(r.Tab, "about")
}
