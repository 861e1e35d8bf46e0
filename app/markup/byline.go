package markup

import (
	"strconv"

	"vitrine/feeds"
	"vitrine/feeds/address"
)

// Sizes of portraits in CSS pixels.
const (
	avatarSize = "44"
	lineSize   = "36"
	quoteSize  = "28"
	faceSize   = "88"
)

// by says who wrote a post, and when.
func (d *Drawing) by(r Row, id string) Node {
	p := r.Post
	size := avatarSize
	if r.Place.Kind == Reply {
		size = quoteSize
	}
	return El("header", At("class", "by"), d.avatar(p.Author, size), d.who(r, "n"+id), d.when(p, "t"+id), d.level(r.Place, "p"+id))
}

// level says where in the conversation a reply stands, for people who don't see how far it is indented.
func (d *Drawing) level(place Place, id string) Node {
	if place.Depth == 0 {
		return Node{}
	}
	words := d.Words.T("thread.level", d.Words.Number(place.Depth))
	if place.To != "" {
		words += d.Words.T("list.comma") + d.Words.T("ctx.reply", place.To)
	}
	return El("span", At("class", "vh", "id", id), Text(words))
}

// who is a name with its badges, and the handle.
func (d *Drawing) who(r Row, id string) Node {
	a := r.Post.Author
	children := []Node{El("bdi", nil, d.named(a.DisplayName(), a.Emoji)...)}
	children = append(children, d.badges(r)...)
	return El("div", At("class", "who"), link(d.Links.Profile(a), At("class", "name").Filled("id", id), children...), handle(a))
}

func handle(a *feeds.Author) Node {
	return El("span", At("class", "handle", "dir", "ltr"), El("span", nil, Text(sign(a)+a.User)), El("span", nil, Text("@"+address.ShowHost(a.Domain))))
}

func (d *Drawing) badges(r Row) []Node {
	var out []Node
	if r.Place.Part > 0 {
		out = append(out, El("span", At("class", "badge edge"), Text(strconv.Itoa(r.Place.Part)+"/"+strconv.Itoa(r.Place.Parts))))
	}
	if r.Place.ByAuthor {
		out = append(out, El("span", At("class", "badge"), Text(d.Words.T("badge.author"))))
	}
	switch a := r.Post.Author; {
	case a.Group:
		out = append(out, d.badge("people", "badge.group"))
	case a.Bot:
		out = append(out, d.badge("robot", "badge.bot"))
	}
	return out
}

func (d *Drawing) badge(sign, key string) Node {
	return El("span", At("class", "badge edge"), d.small(sign), El("span", At("class", "long"), Text(d.Words.T(key))))
}

// when is the time of a post, and the way to it. Of a post that tells none it says when it was seen.
func (d *Drawing) when(p *feeds.Post, id string) Node {
	w := d.Words
	t := El("time", Attrs(nil).Filled("id", id).When(true, "datetime", rfc3339(p.Published)), Text(w.Ago(p.Published, d.Now, d.Local)))
	title, words := w.Full(d.local(p.Published)), []Node{t}
	if p.Undated {
		title, words = w.T("post.seenAt", title), d.sentence("post.seen", t)
	}
	attrs := At("class", "when", "title", title)
	if p.Edited.IsZero() {
		return link(d.Links.Post(p), attrs, words...)
	}
	at := w.T("post.editedAt", w.Moment(p.Edited, d.Now, d.Local))
	return link(d.Links.Post(p), attrs, append(words, El("span", At("aria-hidden", "true", "title", at), Text("*")), Hidden(at))...)
}

// avatar is a portrait that stands still where the server has one that does.
func (d *Drawing) avatar(a *feeds.Author, size string) Node {
	class, sign := "avatar", "person"
	if a.Group {
		class, sign = "avatar group", "people"
	}
	if src := portrait(a); src != "" {
		return picture(src, class, size)
	}
	return Sign(d.Icons, sign, class)
}

func portrait(a *feeds.Author) string {
	if src := SafeURL(a.AvatarSt); src != "" {
		return src
	}
	return SafeURL(a.Avatar)
}

// picture is a small square image that says nothing the words beside it don't say.
func picture(src, class, size string) Node {
	return El("img", Attrs(nil).Filled("class", class).When(true, "src", src).When(true, "alt", "").When(true, "width", size).
		When(true, "height", size).When(true, "loading", "lazy").When(true, "decoding", "async").When(true, "referrerpolicy", "no-referrer"))
}

// sign is what a handle is written behind: communities have their own.
func sign(a *feeds.Author) string {
	if a.Community {
		return "!"
	}
	return "@"
}
