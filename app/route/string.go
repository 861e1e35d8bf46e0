package route

import (
	"net/url"
	"strings"
	"time"
)

// String returns the fragment of a view, with "#". Parse reads it back to an equal Route.
func (r Route) String() string {
	return "#/" + strings.Join(r.parts(), "/") + r.query()
}

// parts returns the parts of the path, escaped.
func (r Route) parts() []string {
	switch r.View {
	case Start, "":
		return nil
	case Profile:
		return r.tabbed("@" + escape(r.User) + "@" + r.Domain)
	case Community:
		return r.tabbed("!" + escape(r.User) + "@" + r.Domain)
	case Server:
		return r.tabbed("i", r.Host)
	case Tag:
		return []string{"t", r.Host, escape(r.Tag)}
	case Post:
		return []string{"p", r.Host, escape(r.ID)}
	case Playlist:
		return []string{"l", r.Host, escape(r.ID)}
	case Feed:
		return []string{"f", escape(r.URL)}
	case Home:
		if r.List != "" {
			return []string{"home", escape(r.List)}
		}
	}
	return []string{string(r.View)}
}

func (r Route) tabbed(parts ...string) []string {
	if r.Tab != "" {
		parts = append(parts, r.Tab)
	}
	return parts
}

func (r Route) query() string {
	q, since, month := url.Values{}, "", ""
	if !r.Since.IsZero() {
		since = r.Since.Format(time.RFC3339Nano)
	}
	if !r.Month.IsZero() {
		month = r.Month.Format(MonthForm)
	}
	tag := r.Tag
	if r.View != Profile { // elsewhere it is a part of the path
		tag = ""
	}
	for name, value := range map[string]string{
		"q": r.onlyOf(Search) + r.onlyOf(Find), "u": r.onlyOf(Open) + r.onlyOf(Embed), "archive": r.onlyOf(Saved), "via": r.Via, "since": since, "month": month, "tag": tag, "order": r.Order, "by": r.By, "add": r.Add,
	} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if len(q) == 0 {
		return ""
	}
	return "?" + q.Encode()
}

// onlyOf returns what was asked for in a view of that kind.
func (r Route) onlyOf(v View) string {
	if r.View != v {
		return ""
	}
	return r.Query
}

// escape encodes a part. Letters beyond ASCII are encoded too, as location.hash has them however they were typed.
func escape(s string) string { return url.PathEscape(s) }
