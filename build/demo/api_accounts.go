package demo

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// resolvable returns the person whom the server calls acct, "user" or "user@host".
func (v view) resolvable(acct string) *person {
	user, host, remote := strings.Cut(strings.TrimPrefix(strings.ToLower(acct), "@"), "@")
	p := v.people[user]
	if p == nil || !v.knowsPerson(p) {
		return nil
	}
	if !remote && p.home != v.label || remote && host != v.host(p.home) {
		return nil
	}
	return p
}

// knowsPerson reports whether the server has heard of a person.
func (v view) knowsPerson(p *person) bool {
	return p.home == v.label || federates(p.home) && federates(v.label)
}

func (v view) personByID(id string) *person {
	for _, p := range v.people {
		if v.knowsPerson(p) && accountID(v.label, p) == id {
			return p
		}
	}
	return nil
}

// Source of these: https://docs.joinmastodon.org/methods/accounts/

func (s *server) lookup(v view, r *http.Request) answer {
	p := v.resolvable(r.URL.Query().Get("acct"))
	if p == nil {
		return notFound()
	}
	return answer{body: v.account(p)}
}

func (s *server) accountByID(v view, r *http.Request) answer {
	p := v.personByID(r.PathValue("id"))
	if p == nil {
		return notFound()
	}
	return answer{body: v.account(p)}
}

func (s *server) accountsByID(v view, r *http.Request) answer {
	out := []account{}
	for _, id := range r.URL.Query()["id[]"] {
		if p := v.personByID(id); p != nil && len(out) < timelineMax {
			out = append(out, v.account(p))
		}
	}
	return answer{body: out}
}

func (s *server) accountStatuses(v view, r *http.Request) answer {
	p := v.personByID(r.PathValue("id"))
	if p == nil {
		return notFound()
	}
	all := v.statusesOf(p, r)
	paging := pagingOf(r, timelineLimit, timelineMax)
	page := paging.cut(all, v.label)
	kept := []string{"limit", "pinned", "tagged", "only_media", "exclude_replies", "exclude_reblogs"}
	return answer{body: v.statuses(page), link: v.links(r, kept, page, len(page) == paging.limit)}
}

func (v view) statusesOf(author *person, r *http.Request) []*post {
	q := r.URL.Query()
	var all []*post
	for _, p := range v.posts {
		answersOther := p.parent != nil && !p.selfReply()
		switch {
		case p.author != author, !p.open(), !v.knows(v.label, p):
		case p.boostOf != nil && (!p.boostOf.open() || !v.knows(v.label, p.boostOf)):
		case isTrue(q, "pinned") && !p.pinned:
		case isTrue(q, "exclude_replies") && answersOther:
		case isTrue(q, "exclude_reblogs") && p.boostOf != nil:
		case isTrue(q, "only_media") && len(p.media) == 0:
		case q.Get("tagged") != "" && !slices.Contains(v.tagsOf(p), strings.ToLower(q.Get("tagged"))):
		default:
			all = append(all, p)
		}
	}
	return all
}

func (s *server) featuredTags(v view, r *http.Request) answer {
	p := v.personByID(r.PathValue("id"))
	if p == nil {
		return notFound()
	}
	out := []featuredTag{}
	for _, name := range p.featured {
		n, last := 0, (*string)(nil)
		for _, q := range v.posts {
			if q.author == p && slices.Contains(v.tagsOf(q), strings.ToLower(name)) {
				n++
				last = optional(q.at.Format(time.DateOnly))
			}
		}
		out = append(out, featuredTag{
			ID: smallID(v.label, "featured/"+p.user+name), Name: name, URL: v.profileURL(p) + "/tagged/" + name,
			StatusesCount: strconv.Itoa(n), LastStatusAt: last,
		})
	}
	return answer{body: out}
}

// endorsements are the accounts that somebody recommends. Source: https://docs.joinmastodon.org/methods/accounts/#endorsements
func (s *server) endorsements(v view, r *http.Request) answer {
	p := v.personByID(r.PathValue("id"))
	if p == nil {
		return notFound()
	}
	out := []account{}
	for _, user := range p.recommends {
		if q := v.people[user]; q != nil && v.knowsPerson(q) && p.home == v.label {
			out = append(out, v.account(q))
		}
	}
	return answer{body: out}
}

// The demo has only the numbers of followers and followed accounts, so that their lists are empty.
func (s *server) nobody(v view, r *http.Request) answer {
	if v.personByID(r.PathValue("id")) == nil {
		return notFound()
	}
	return answer{body: []account{}}
}

// directory lists the members who want to be found.
// Source: https://docs.joinmastodon.org/methods/directory/
func (s *server) directory(v view, r *http.Request) answer {
	q := r.URL.Query()
	var found []*person
	for _, p := range v.people {
		local := p.home == v.label
		if !v.knowsPerson(p) || p.undiscoverable || p.suspended || p.movedTo != "" || isTrue(q, "local") && !local {
			continue
		}
		found = append(found, p)
	}
	slices.SortFunc(found, func(a, b *person) int {
		if q.Get("order") == "new" && a.joined != b.joined {
			return strings.Compare(b.joined, a.joined)
		}
		if d := v.lastPost(b).Compare(v.lastPost(a)); d != 0 {
			return d
		}
		return strings.Compare(a.user, b.user)
	})
	out := []account{}
	for _, p := range window(found, offsetOf(q), limitOf(q, 40, 80)) {
		out = append(out, v.account(p))
	}
	return answer{body: out}
}

func (v view) lastPost(author *person) time.Time {
	for _, p := range slices.Backward(v.posts) {
		if p.author == author && p.open() {
			return p.at
		}
	}
	return time.Time{}
}
