package demo

import (
	"net/http"
	"net/url"
	"strings"
)

// nodeinfoLinks and nodeinfo say which software this is.
// Source: https://nodeinfo.diaspora.software/protocol
func (s *server) nodeinfoLinks(v view, _ *http.Request) answer {
	return answer{seconds: 259200, body: object{"links": []object{
		{"rel": "http://nodeinfo.diaspora.software/ns/schema/2.0", "href": v.base() + "/nodeinfo/2.0"},
	}}}
}

func (s *server) nodeinfo(v view, _ *http.Request) answer {
	return answer{seconds: 1800, body: object{
		"version": "2.0", "software": object{"name": "mastodon", "version": s.version}, "protocols": []string{"activitypub"},
		"services":          object{"outbound": []string{}, "inbound": []string{}},
		"usage":             object{"users": object{"total": s.users, "activeMonth": s.active, "activeHalfyear": s.active * 2}, "localPosts": v.localPosts()},
		"openRegistrations": false, "metadata": object{"nodeName": s.title, "nodeDescription": s.summary},
	}}
}

// webfinger turns a handle or a profile's URL into the account's addresses. Members only: other servers answer for theirs.
// Source: https://docs.joinmastodon.org/spec/webfinger/
func (s *server) webfinger(v view, r *http.Request) answer {
	resource := r.URL.Query().Get("resource")
	if resource == "" {
		return answer{code: http.StatusBadRequest}
	}
	p := v.resource(resource)
	switch {
	case p == nil || p.home != v.label:
		return answer{code: http.StatusNotFound}
	case p.suspended:
		return answer{code: http.StatusGone}
	}
	return answer{seconds: 259200, kind: "application/jrd+json; charset=utf-8", body: object{
		"subject": "acct:" + p.user + "@" + v.host(p.home),
		"aliases": []string{v.profileURL(p), v.actorURI(p)},
		"links": []object{
			{"rel": "http://webfinger.net/rel/profile-page", "type": "text/html", "href": v.profileURL(p)},
			{"rel": "self", "type": "application/activity+json", "href": v.actorURI(p)},
			{"rel": "http://ostatus.org/schema/1.0/subscribe", "template": v.base() + "/authorize_interaction?uri={uri}"},
			{"rel": "http://webfinger.net/rel/avatar", "type": "image/png", "href": v.account(p).Avatar},
		},
	}}
}

func (v view) resource(resource string) *person {
	if acct, found := strings.CutPrefix(resource, "acct:"); found {
		return v.resolvable(acct)
	}
	u, err := url.Parse(resource)
	if err != nil || u.Host != v.host(v.label) {
		return nil
	}
	user := strings.TrimPrefix(strings.TrimPrefix(u.Path, "/users/"), "/@")
	return v.resolvable(user)
}

// actor is the account as ActivityPub has it.
// Source: https://docs.joinmastodon.org/spec/activitypub/
func (s *server) actor(v view, r *http.Request) answer {
	p := v.resolvable(r.PathValue("user"))
	if p == nil {
		return notFound()
	}
	if p.suspended {
		return answer{code: http.StatusGone}
	}
	a, kind := v.account(p), "Person"
	switch {
	case p.group:
		kind = "Group"
	case p.bot:
		kind = "Service"
	}
	return answer{seconds: 180, kind: "application/activity+json; charset=utf-8", body: object{
		"@context": []string{"https://www.w3.org/ns/activitystreams", "https://w3id.org/security/v1"},
		"id":       a.URI, "type": kind, "preferredUsername": p.user, "name": a.DisplayName, "summary": a.Note, "url": a.URL,
		"inbox": a.URI + "/inbox", "outbox": a.URI + "/outbox", "followers": a.URI + "/followers", "following": a.URI + "/following",
		"featured": a.URI + "/collections/featured", "manuallyApprovesFollowers": p.locked, "discoverable": !p.undiscoverable, "published": a.CreatedAt,
		"icon": object{"type": "Image", "mediaType": "image/png", "url": a.Avatar}, "image": object{"type": "Image", "mediaType": "image/jpeg", "url": a.Header},
	}}
}
