package demo

import (
	"net/http"
	"slices"
)

// The limits of a thread for guests.
// Source: https://docs.joinmastodon.org/methods/statuses/#context
const (
	mostAncestors   = 40
	mostDescendants = 60
	deepest         = 20
)

// postByID returns a post that the server has and a guest may see.
func (v view) postByID(id string) *post {
	for _, p := range v.posts {
		if v.knows(v.label, p) && p.open() && postID(v.label, p) == id {
			return p
		}
	}
	return nil
}

// Source of these: https://docs.joinmastodon.org/methods/statuses/

func (s *server) statusByID(v view, r *http.Request) answer {
	p := v.postByID(r.PathValue("id"))
	if p == nil {
		return notFound()
	}
	return answer{body: v.status(p)}
}

func (s *server) statusesByID(v view, r *http.Request) answer {
	out := []status{}
	for _, id := range r.URL.Query()["id[]"] {
		if p := v.postByID(id); p != nil && len(out) < timelineLimit {
			out = append(out, v.status(p))
		}
	}
	return answer{body: out}
}

func (s *server) context(v view, r *http.Request) answer {
	p := v.postByID(r.PathValue("id"))
	if p == nil {
		return notFound()
	}
	if p.boostOf != nil {
		p = p.boostOf
	}
	return answer{body: threadEntity{Ancestors: v.statuses(v.ancestors(p)), Descendants: v.statuses(v.descendants(p))}}
}

// ancestors are the posts above, oldest first. One that a guest may not see is left out, those above it are not.
func (v view) ancestors(p *post) []*post {
	var up []*post
	for at := p.parent; at != nil && v.knows(v.label, at) && len(up) < mostAncestors; at = at.parent {
		if at.open() {
			up = append(up, at)
		}
	}
	slices.Reverse(up)
	return up
}

// descendants are the posts below, each followed by its answers, cut at the guests' limit; then those that answer their
// own author come first.
func (v view) descendants(p *post) []*post {
	var down []*post
	v.walk(p, 1, &down)
	if len(down) > mostDescendants {
		down = down[:mostDescendants]
	}
	down = slices.DeleteFunc(down, func(q *post) bool { return !q.open() })
	slices.SortStableFunc(down, func(a, b *post) int {
		switch {
		case a.selfReply() == b.selfReply():
			return 0
		case a.selfReply():
			return -1
		}
		return 1
	})
	return down
}

func (v view) walk(p *post, depth int, down *[]*post) {
	if depth > deepest {
		return
	}
	for _, r := range p.replies {
		if !v.knows(v.label, r) {
			continue // replies to it have no parent here
		}
		*down = append(*down, r)
		v.walk(r, depth+1, down)
	}
}

// history is a post's versions, oldest first.
func (s *server) history(v view, r *http.Request) answer {
	p := v.postByID(r.PathValue("id"))
	if p == nil {
		return notFound()
	}
	now := v.status(p)
	latest := edit{Content: now.Content, SpoilerText: now.SpoilerText, Sensitive: now.Sensitive, CreatedAt: now.CreatedAt, Account: now.Account, Media: now.Media, Emojis: now.Emojis}
	if p.edited.IsZero() {
		return answer{body: []edit{latest}}
	}
	first := latest
	first.Content = v.format(p.earlier, p.author.home).html
	latest.CreatedAt = stamp(p.edited)
	return answer{body: []edit{first, latest}}
}

func (s *server) boostedBy(v view, r *http.Request) answer {
	p := v.postByID(r.PathValue("id"))
	if p == nil {
		return notFound()
	}
	out := []account{}
	for _, b := range p.boostedBy {
		if v.knowsPerson(b.author) {
			out = append(out, v.account(b.author))
		}
	}
	return answer{body: out}
}

func (s *server) favouritedBy(v view, r *http.Request) answer {
	if v.postByID(r.PathValue("id")) == nil {
		return notFound()
	}
	return answer{body: []account{}}
}

// pollByID is a poll on its own.
// Source: https://docs.joinmastodon.org/methods/polls/
func (s *server) pollByID(v view, r *http.Request) answer {
	for _, p := range v.posts {
		if p.poll != nil && v.knows(v.label, p) && p.open() && v.poll(p).ID == r.PathValue("id") {
			return answer{body: v.poll(p)}
		}
	}
	return notFound()
}
