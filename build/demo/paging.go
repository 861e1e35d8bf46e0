package demo

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// paging is which part of a list is asked for.
// Source: https://docs.joinmastodon.org/api/guidelines/#pagination
type paging struct {
	limit                 int
	maxID, sinceID, minID string
}

func pagingOf(r *http.Request, standard, most int) paging {
	q := r.URL.Query()
	return paging{limit: limitOf(q, standard, most), maxID: q.Get("max_id"), sinceID: q.Get("since_id"), minID: q.Get("min_id")}
}

// limitOf reads "limit" as Mastodon does: never more than most, and what is no number is zero.
func limitOf(q url.Values, standard, most int) int {
	if !q.Has("limit") {
		return standard
	}
	n, err := strconv.Atoi(q.Get("limit"))
	if err != nil {
		return 0
	}
	return min(max(n, 0), most)
}

func offsetOf(q url.Values) int {
	n, err := strconv.Atoi(q.Get("offset"))
	if err != nil {
		return 0
	}
	return max(n, 0)
}

// cut returns one page of posts, newest first. min_id asks for those right above it, since_id for the newest.
func (p paging) cut(posts []*post, label string) []*post {
	var in []*post
	for _, q := range posts {
		id := postID(label, q)
		if p.maxID != "" && !olderID(id, p.maxID) || p.sinceID != "" && !olderID(p.sinceID, id) || p.minID != "" && !olderID(p.minID, id) {
			continue
		}
		in = append(in, q)
	}
	slices.SortFunc(in, func(a, b *post) int {
		if olderID(postID(label, a), postID(label, b)) {
			return 1
		}
		return -1
	})
	if len(in) <= p.limit {
		return in
	}
	if p.minID != "" {
		return in[len(in)-p.limit:]
	}
	return in[:p.limit]
}

// links words the Link header of a page. Of the request's parameters only those in kept survive, as in Mastodon.
func (v view) links(r *http.Request, kept []string, posts []*post, next bool) string {
	if len(posts) == 0 {
		return ""
	}
	var out []string
	if next {
		out = append(out, v.pageLink(r, kept, "max_id", postID(v.label, posts[len(posts)-1]), "next"))
	}
	return strings.Join(append(out, v.pageLink(r, kept, "min_id", postID(v.label, posts[0]), "prev")), ", ")
}

func (v view) pageLink(r *http.Request, kept []string, param, value, rel string) string {
	asked, q := r.URL.Query(), url.Values{}
	for _, k := range kept {
		if asked.Has(k) {
			q[k] = asked[k]
		}
	}
	q.Set(param, value)
	return fmt.Sprintf(`<%s%s?%s>; rel="%s"`, v.base(), r.URL.EscapedPath(), q.Encode(), rel)
}

// offsetLinks is the Link header of lists that are paged by number.
func (v view) offsetLinks(r *http.Request, offset, limit, got int) string {
	var out []string
	if got == limit {
		out = append(out, v.pageLink(r, []string{"limit"}, "offset", strconv.Itoa(offset+limit), "next"))
	}
	if offset > 0 {
		out = append(out, v.pageLink(r, []string{"limit"}, "offset", strconv.Itoa(max(0, offset-limit)), "prev"))
	}
	return strings.Join(out, ", ")
}

// window is the part of a list that is paged by number.
func window[T any](all []T, offset, limit int) []T {
	from := min(offset, len(all))
	return all[from:min(from+limit, len(all))]
}

func isTrue(q url.Values, name string) bool {
	switch strings.ToLower(q.Get(name)) {
	case "", "0", "f", "false", "off":
		return false
	}
	return true
}

// statuses shows several posts; never null.
func (v view) statuses(posts []*post) []status {
	out := make([]status, 0, len(posts))
	for _, p := range posts {
		out = append(out, v.status(p))
	}
	return out
}
