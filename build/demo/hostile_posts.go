package demo

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
)

// statuses are one post for each attempt in a text with HTML, then one for each other field, newest first.
func (x hostile) statuses() []status {
	var out []status
	for i, attempt := range x.attempts("content") {
		s := x.post(i)
		s.Content = "<p>" + fmt.Sprintf("attempt %d", i) + "</p>" + attempt
		out = append(out, s)
	}
	for _, fill := range []func(*status){
		func(s *status) { s.SpoilerText, s.Sensitive = x.text("warning"), true },
		func(s *status) {
			s.Application = &application{Name: x.text("application"), Website: optional(x.address(0))}
		},
		func(s *status) { s.Language = optional(`en" onload="` + pwn) },
		func(s *status) { s.URL = x.address(0) },
		func(s *status) { s.Visibility = x.text("visibility") },
		func(s *status) {
			s.Mentions = []mention{{ID: "1", Username: x.text("mention"), URL: x.address(0), Acct: x.text("acct")}}
		},
		func(s *status) { s.Tags = []tagRef{{Name: x.text("tag"), URL: x.address(0)}} },
		func(s *status) {
			s.Emojis, s.Content = x.emojis(), `<p>:lamp: :p: :: :"><img src=x onerror=`+pwn+`>: <code>:lamp:</code></p>`
		},
		func(s *status) { s.Media = x.media() },
		func(s *status) { s.Card = x.card() },
		func(s *status) { s.Poll = x.poll() },
		func(s *status) { s.Quote = &quoteEntity{State: x.text("state"), Quoted: x.quoted()} },
		func(s *status) { s.Quote = &quoteEntity{State: "accepted", Quoted: x.quoted()} },
		func(s *status) { s.Content = "<p>" + strings.Repeat("W", 20_000) + "</p>" },
		func(s *status) { s.Content = "<p>" + strings.Repeat("Z\u0300\u0301\u0302\u0303", 3000) + "</p>" },
		func(s *status) { s.Content = strings.Repeat("<blockquote>", 3000) + "deep" },
		func(s *status) { s.Content = "<p>\u202e\u2067\u2066" + "turned round" },
		func(s *status) { s.Content = "<p>" + strings.Repeat("<br />", 2000) + "a tower</p>" },
		func(s *status) { s.CreatedAt = "9999-12-31T23:59:59.999Z" }, // would stand above everything for ever
		func(s *status) { s.CreatedAt, s.EditedAt = x.text("date"), optional(x.text("edited")) },
		func(s *status) { s.RepliesCount, s.ReblogsCount, s.FavouritesCount = -7, 1<<60, -1 },
		func(s *status) { s.InReplyToID = &s.ID }, // answers itself
		func(s *status) { s.URI, s.Content = x.borrowed(), "<p>I am not what my address says.</p>" },
	} {
		s := x.post(len(out))
		fill(&s)
		out = append(out, s)
	}
	return out
}

func (x hostile) post(i int) status {
	id := fmt.Sprint(1000 - i)
	return status{
		ID: id, CreatedAt: stamp(x.day().Add(-time.Duration(i) * minute)), Visibility: "public", Language: optional("en"), URI: x.base + "/users/mallory/statuses/" + id,
		URL: x.base + "/@mallory/" + id, Content: "<p>plain</p>", Account: x.account(), Media: []media{}, Mentions: []mention{}, Tags: []tagRef{}, Emojis: []customEmoji{},
	}
}

// borrowed is the address of an honest post on another server, which this one has no right to.
func (x hostile) borrowed() string {
	d := x.demo
	d.mu.RLock()
	defer d.mu.RUnlock()
	return view{world: d.world}.postURI(d.world.byKey["first-ferry"])
}

func (x hostile) quoted() *status {
	s := x.post(500)
	s.Content = x.markup("quote")
	return &s
}

func (x hostile) media() []media {
	var out []media
	for i, kind := range []string{"image", "video", "gifv", "audio", "unknown", x.text("kind")} {
		out = append(out, media{
			ID: fmt.Sprint(i), Type: kind, URL: optional(x.address(i)), PreviewURL: optional(x.address(i + 1)), RemoteURL: optional(x.address(i + 2)),
			Description: optional(x.text("alt")), Blurhash: optional("<b>"), Meta: &mediaMeta{Original: &mediaSize{Width: -1, Height: 1 << 30}, Focus: &mediaFocus{X: 1e300, Y: -7}},
		})
	}
	alt := "an honest picture with a dishonest alt text: " + x.text("alt")
	return append(out, media{ID: "9", Type: "image", URL: optional(x.picture()), PreviewURL: optional(x.picture()), Description: &alt, Meta: &mediaMeta{}})
}

func (x hostile) poll() *poll {
	many := 1 << 60
	return &poll{
		ID: "1", ExpiresAt: optional(x.text("end")), VotesCount: -3, VotersCount: &many, Emojis: x.emojis(),
		Options: []pollOption{{Title: x.text("option"), VotesCount: &many}, {Title: strings.Repeat("M", 4000)}},
	}
}

func (x hostile) timeline(r *http.Request) any {
	if pages(r) || isTrue(r.URL.Query(), "pinned") {
		return []status{}
	}
	return x.statuses()
}

func (x hostile) single(r *http.Request) any {
	for _, s := range x.statuses() {
		if s.ID == r.PathValue("id") {
			return s
		}
	}
	return nil
}

// context is a circle: each of two posts answers the other.
func (x hostile) context(r *http.Request) any {
	a, b := x.post(600), x.post(601)
	a.InReplyToID, b.InReplyToID = &b.ID, &a.ID
	c := x.post(602)
	id := r.PathValue("id")
	c.InReplyToID, c.Content = &id, x.markup("reply")
	return threadEntity{Ancestors: []status{a, b, a}, Descendants: slices.Concat([]status{c, a, b}, []status{c})}
}

func (x hostile) rules() []object {
	return []object{{"id": "1", "text": x.text("rule"), "hint": x.text("hint")}}
}

func (x hostile) instanceV2(*http.Request) any {
	return object{
		"domain": x.text("domain"), "title": x.text("title"), "version": "4.5.2", "description": x.text("description"), "languages": []string{x.text("language")},
		"thumbnail": object{"url": x.address(0)}, "icon": []object{{"src": x.address(2), "size": "<b>"}}, "usage": object{"users": object{"active_month": -9}},
		"configuration": object{"timelines_access": object{"live_feeds": object{"local": x.text("access"), "remote": "public"}}}, "api_versions": object{"mastodon": 7},
		"contact": object{"email": `javascript:` + pwn, "account": x.account()}, "rules": x.rules(), "registrations": object{"enabled": false, "message": x.markup("message")},
	}
}

func (x hostile) instanceV1(*http.Request) any {
	return object{
		"uri": x.host, "title": x.text("title"), "short_description": x.markup("short"), "description": x.markup("description"), "version": "4.5.2", "email": x.text("email"),
		"stats": object{"user_count": -1, "status_count": 1 << 60, "domain_count": 0}, "thumbnail": x.address(0), "languages": []string{"en"}, "rules": x.rules(), "contact_account": x.account(),
	}
}

func (x hostile) nodeinfoLinks(*http.Request) any {
	return object{"links": []object{
		{"rel": "http://nodeinfo.diaspora.software/ns/schema/2.1", "href": "javascript:" + pwn},
		{"rel": "http://nodeinfo.diaspora.software/ns/schema/2.0", "href": x.base + "/nodeinfo/2.0"},
	}}
}

func (x hostile) nodeinfo(*http.Request) any {
	return object{
		"version": "2.0", "software": object{"name": "mastodon", "version": "4.5.2"}, "protocols": []string{"activitypub"}, "openRegistrations": x.text("open"),
		"usage": object{"users": object{"total": -1}, "localPosts": x.text("posts")}, "metadata": object{"nodeName": x.text("node"), "nodeDescription": x.markup("node")},
	}
}

func (x hostile) webfinger(*http.Request) any {
	return object{"subject": "acct:mallory@" + x.host, "aliases": []string{x.address(0)}, "links": []object{
		{"rel": "http://webfinger.net/rel/profile-page", "type": "text/html", "href": x.address(0)},
		{"rel": "self", "type": "application/activity+json", "href": x.base + "/users/mallory"},
	}}
}
