package demo

import (
	"fmt"
	"html"
	"slices"
	"strconv"
	"strings"
	"time"

	"vitrine/build/demo/pictures"
)

// view is the world as one server shows it to a guest at a moment. Its methods need the world's lock.
type view struct {
	*world
	label  string
	at     time.Time
	hashes *hashCache
}

func (v view) base() string { return "http://" + v.host(v.label) }

func (v view) account(p *person) account {
	a := v.bareAccount(p)
	if p.suspended {
		return a
	}
	bio := v.format(p.bio, p.home)
	a.DisplayName, a.Note = p.name, bio.html
	a.Bot, a.Group, a.Locked, a.Memorial = p.bot, p.group, p.locked, p.memorial
	discoverable := !p.undiscoverable
	a.Discoverable, a.Indexable = &discoverable, !p.unsearchable && !p.undiscoverable
	a.Avatar = v.base() + "/system/accounts/avatars/" + p.user + ".png"
	a.Header = v.base() + "/system/accounts/headers/" + p.user + ".jpg"
	a.AvatarStatic, a.HeaderStatic = a.Avatar, a.Header
	a.FollowersCount, a.FollowingCount, a.HideCollection = p.followers, p.following, p.hiddenCounts
	if p.hiddenCounts { // as glitch-soc shows them
		a.FollowersCount, a.FollowingCount = -1, -1
	}
	a.StatusesCount, a.LastStatusAt = v.written(p)
	a.Emojis = v.emojis(p.name + p.bio + fieldText(p))
	a.Fields = v.fields(p)
	if p.movedTo != "" {
		target := v.account(v.people[p.movedTo])
		a.Moved = &target
	}
	return a
}

// bareAccount is what is left of a suspended account.
func (v view) bareAccount(p *person) account {
	missing := v.base() + "/avatars/original/missing.png"
	no := false
	a := account{
		ID: accountID(v.label, p), Username: p.user, Acct: v.handle(p, v.label), Discoverable: &no,
		CreatedAt: stamp(joinDay(p)), URL: v.profileURL(p), URI: v.actorURI(p), Suspended: p.suspended,
		Avatar: missing, AvatarStatic: missing, Header: v.base() + "/headers/original/missing.png", HeaderStatic: v.base() + "/headers/original/missing.png",
		Emojis: []customEmoji{}, Fields: []fieldEntity{},
	}
	if p.home == v.label {
		roles := make([]role, 0, len(p.roles))
		for i, name := range p.roles {
			roles = append(roles, role{ID: strconv.Itoa(i + 3), Name: name})
		}
		noindex := p.noindex
		a.Roles, a.NoIndex = &roles, &noindex
	}
	return a
}

func fieldText(p *person) string {
	var b strings.Builder
	for _, f := range p.fields {
		b.WriteString(f.name + f.value)
	}
	return b.String()
}

func (v view) fields(p *person) []fieldEntity {
	out := make([]fieldEntity, 0, len(p.fields))
	for _, f := range p.fields {
		e := fieldEntity{Name: f.name, Value: html.EscapeString(f.value)}
		if strings.HasPrefix(f.value, "https://") {
			e.Value = addressLink(f.value, "nofollow noopener noreferrer me")
		}
		if f.verified {
			e.VerifiedAt = optional(joinDay(p).Add(30 * day).Format("2006-01-02T15:04:05.000+00:00"))
		}
		out = append(out, e)
	}
	return out
}

// written counts a person's posts and names the day of the last.
func (v view) written(p *person) (n int, last *string) {
	n = p.before
	for _, q := range v.posts {
		if q.author == p && q.open() {
			n++
			last = optional(q.at.Format(time.DateOnly))
		}
	}
	return n, last
}

func (v view) emojis(text string) []customEmoji {
	out := []customEmoji{}
	for _, m := range shortcode.FindAllStringSubmatch(text, -1) {
		if e := pictures.Emoji(m[1]); e.Known() && !slices.ContainsFunc(out, func(c customEmoji) bool { return c.Shortcode == m[1] }) {
			out = append(out, v.emoji(e))
		}
	}
	return out
}

func (v view) emoji(e pictures.Emoji) customEmoji {
	url := v.base() + "/system/custom_emojis/" + string(e)
	c := customEmoji{Shortcode: string(e), URL: url + ".png", StaticURL: url + ".png", Visible: true, Category: "quay"}
	if e.Moves() {
		c.URL = url + ".gif"
	}
	return c
}

// status shows a post; a boost has the boosted one within.
func (v view) status(p *post) status {
	if p.boostOf != nil {
		return v.wrapper(p)
	}
	s := v.plain(p)
	if p.quote != nil {
		s.Quote = v.quoteOf(p)
	}
	return s
}

// wrapper is a boost. Its address ends with "/activity", which is no page.
func (v view) wrapper(p *post) status {
	inner := v.status(p.boostOf)
	s := v.plain(p)
	s.URI += "/activity"
	s.URL = s.URI
	s.Content, s.Reblog = inner.Content, &inner
	if v.label == teich { // older versions leave it empty
		s.Content = ""
	}
	s.Language, s.Sensitive, s.SpoilerText = inner.Language, inner.Sensitive, inner.SpoilerText
	return s
}

// plain is a post without what stands in it.
func (v view) plain(p *post) status {
	home := p.author.home
	text := v.format(p.text, home)
	content := text.html
	if p.html != "" {
		content = p.html
	}
	if p.text == "" && p.html == "" {
		content = ""
	}
	if p.quote != nil && p.quote.of.open() {
		content = v.quoteFallback(p.quote.of) + content
	}
	if p.linked != nil {
		content += "<p>" + addressLink(v.postURL(p.linked), "nofollow noopener noreferrer") + "</p>"
	}
	uri := v.postURI(p)
	s := status{
		ID: postID(v.label, p), CreatedAt: stamp(p.at), Sensitive: p.sensitive, SpoilerText: p.warning, Visibility: p.visibility,
		Language: optional(p.lang), URI: uri, URL: v.postURL(p), RepliesCount: v.replyCount(p), ReblogsCount: p.boosts + len(p.boostedBy),
		FavouritesCount: p.favourites, QuotesCount: v.quoteCount(p), Content: content, Account: v.account(p.author),
		Media: v.media(p), Mentions: v.mentions(p, text), Tags: v.tags(text), Emojis: v.emojis(p.text + p.warning + pollText(p)),
		QuoteApproval: &quoteApproval{Automatic: []string{"public"}, Manual: []string{}, CurrentUser: "denied"},
		Card:          v.card(p), Poll: v.poll(p),
	}
	if !p.edited.IsZero() {
		s.EditedAt = optional(stamp(p.edited))
	}
	if p.parent != nil && v.knows(v.label, p.parent) {
		s.InReplyToID = optional(postID(v.label, p.parent))
		s.InReplyToAccountID = optional(accountID(v.label, p.parent.author))
	}
	if home == v.label {
		s.Application = p.application
	}
	return s
}

func (v view) postURI(p *post) string {
	return v.actorURI(p.author) + "/statuses/" + postID(p.author.home, p)
}

func (v view) postURL(p *post) string { return v.profileURL(p.author) + "/" + postID(p.author.home, p) }

func (v view) replyCount(p *post) int {
	n := 0
	for _, r := range p.replies {
		if v.knows(v.label, r) && r.open() {
			n++
		}
	}
	return n
}

func (v view) quoteCount(p *post) int {
	n := 0
	for _, q := range v.posts {
		if q.quote != nil && q.quote.of == p && q.quote.state == "accepted" {
			n++
		}
	}
	return n
}

func (v view) mentions(p *post, text formatted) []mention {
	out := []mention{}
	people := text.mentions
	if p.parent != nil && p.parent.author != p.author { // the answered person is mentioned, whether or not the text says so
		people = append([]*person{p.parent.author}, people...)
	}
	for i, m := range people {
		if slices.Contains(people[:i], m) {
			continue
		}
		out = append(out, mention{ID: accountID(v.label, m), Username: m.user, URL: v.profileURL(m), Acct: v.handle(m, v.label)})
	}
	return out
}

func (v view) tags(text formatted) []tagRef {
	out := []tagRef{}
	for _, t := range text.tags {
		name := strings.ToLower(t)
		if !slices.ContainsFunc(out, func(r tagRef) bool { return r.Name == name }) {
			out = append(out, tagRef{Name: name, URL: v.tagURL(v.label, name)})
		}
	}
	return out
}

// quoteFallback is the line that programs show which know no quotes.
func (v view) quoteFallback(of *post) string {
	return fmt.Sprintf(`<p class="quote-inline">RE: %s</p>`, addressLink(v.postURL(of), "nofollow noopener noreferrer"))
}

func (v view) quoteOf(p *post) any {
	q := &quoteEntity{State: p.quote.state}
	if q.State != "accepted" || !p.quote.of.open() {
		return q
	}
	inner := v.plain(p.quote.of)
	if deeper := p.quote.of.quote; deeper != nil {
		inner.Quote = &shallowQuote{State: deeper.state, QuotedID: optional(postID(v.label, deeper.of))}
	}
	q.Quoted = &inner
	return q
}
