package demo

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
)

const (
	timelineLimit = 20
	timelineMax   = 40
)

// publicTimeline is what everybody on the server, or elsewhere, wrote to everybody: no boosts, no replies to others.
// Source: https://docs.joinmastodon.org/methods/timelines/#public
func (s *server) publicTimeline(v view, r *http.Request) answer {
	if s.feedsClosed {
		return needsUser()
	}
	q := r.URL.Query()
	var all []*post
	for _, p := range v.posts {
		if v.inPublicTimeline(p) && v.passesFilters(p, q) {
			all = append(all, p)
		}
	}
	page := pagingOf(r, timelineLimit, timelineMax).cut(all, v.label)
	return answer{body: v.statuses(page), link: v.links(r, []string{"local", "remote", "limit", "only_media"}, page, true)}
}

func (v view) inPublicTimeline(p *post) bool {
	answersOther := p.parent != nil && !p.selfReply()
	return v.knows(v.label, p) && p.open() && p.visibility == "public" && p.boostOf == nil && !answersOther
}

// passesFilters applies the filters local, remote and only_media.
func (v view) passesFilters(p *post, q url.Values) bool {
	local := p.author.home == v.label
	if isTrue(q, "local") && !local || isTrue(q, "remote") && local {
		return false
	}
	return !isTrue(q, "only_media") || len(p.media) > 0
}

// tagTimeline is every public post with a hashtag, replies too. Its Link header forgets remote, any, all and none.
// Source: https://docs.joinmastodon.org/methods/timelines/#tag
func (s *server) tagTimeline(v view, r *http.Request) answer {
	q := r.URL.Query()
	var all []*post
	for _, p := range v.posts {
		if !v.knows(v.label, p) || !p.open() || p.visibility != "public" || p.boostOf != nil || !v.passesFilters(p, q) {
			continue
		}
		if matchesTags(v.tagsOf(p), r.PathValue("tag"), q) {
			all = append(all, p)
		}
	}
	page := pagingOf(r, timelineLimit, timelineMax).cut(all, v.label)
	return answer{body: v.statuses(page), link: v.links(r, []string{"local", "limit", "only_media"}, page, true)}
}

// tagsOf returns a post's hashtags in lower case.
func (w *world) tagsOf(p *post) []string {
	tags := w.format(p.text, p.author.home).tags
	for i, t := range tags {
		tags[i] = strings.ToLower(t)
	}
	return tags
}

func matchesTags(tags []string, main string, q url.Values) bool {
	has := func(t string) bool { return slices.Contains(tags, strings.ToLower(t)) }
	if !has(main) && !slices.ContainsFunc(q["any[]"], has) {
		return false
	}
	return !slices.ContainsFunc(q["none[]"], has) && !slices.ContainsFunc(q["all[]"], func(t string) bool { return !has(t) })
}

// linkTimeline is the posts about a link that is talked about.
// Source: https://docs.joinmastodon.org/methods/timelines/#link
func (s *server) linkTimeline(v view, r *http.Request) answer {
	wanted := r.URL.Query().Get("url")
	var all []*post
	for _, p := range v.posts {
		if p.card != nil && p.card.url == wanted && v.knows(v.label, p) && p.open() {
			all = append(all, p)
		}
	}
	if len(all) == 0 {
		return notFound()
	}
	page := pagingOf(r, timelineLimit, timelineMax).cut(all, v.label)
	return answer{body: v.statuses(page), link: v.links(r, []string{"url", "limit"}, page, true)}
}
