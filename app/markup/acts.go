package markup

import (
	"strconv"

	"vitrine/feeds"
	"vitrine/feeds/content"
)

// acts are the counts, as text, and the few things that can be done with a post.
func (d *Drawing) acts(r Row) Node {
	if !d.Actions && d.Settings.HideCounts {
		return Node{} // a page to look at: nothing to do and nothing to count
	}
	p := r.Post
	children := []Node{d.replies(r)}
	if !d.Settings.HideCounts {
		children = append(children, d.boosts(r), d.favourites(r))
	}
	if r.Place.Below > 0 && d.Actions {
		children = append(children, d.fold(r))
	}
	if r.Place.GoesOn {
		children = append(children, link(d.Links.Post(p), At("class", "stat"), Sign(d.Icons, "next", "i s turns"), El("span", nil, Text(d.Words.T("thread.goOn")))))
	}
	if d.Actions && !p.Deleted {
		sign := "saved"
		if r.Open.Saved {
			sign = "saved-on"
		}
		children = append(children, d.button("ib", "save", At("data-key", string(p.Key), "aria-pressed", strconv.FormatBool(r.Open.Saved)), d.icon(sign), Hidden(d.Words.T("act.save"))))
	}
	if d.Actions {
		children = append(children, d.button("ib", "more", At("data-key", string(p.Key)), d.icon("more"), Hidden(d.Words.T("act.more"))))
	}
	return El("footer", At("class", "acts"), children...)
}

// fold folds the replies below one away, or shows them again.
func (d *Drawing) fold(r Row) Node {
	sign, words := "up", "thread.fold"
	if r.Place.Folded {
		sign, words = "down", "thread.unfold"
	}
	label := Hidden(d.Words.N(words, r.Place.Below))
	if r.Place.Folded {
		label = El("span", nil, Text(d.Words.N(words, r.Place.Below)))
	}
	return d.button("stat", "fold-replies", At("data-key", string(r.Post.Key), "aria-expanded", strconv.FormatBool(!r.Place.Folded)), d.small(sign), label)
}

// replies leads to the conversation. Among replies the number of none is left out.
func (d *Drawing) replies(r Row) Node {
	n, href := r.Post.Counts.Replies, d.Links.Post(r.Post)
	children := []Node{d.small("reply")}
	switch {
	case n < 0:
		children = append(children, Hidden(d.Words.T("act.open")))
	case n == 0 && r.Place.Kind == Reply:
		children = append(children, Hidden(d.Words.T("act.noReplies")))
	default:
		children = append(children, d.count(n, "act.replies")...)
	}
	return link(href, At("class", "stat"), children...)
}

// boosts counts who passed a post on. A community's posts have a score in its place.
func (d *Drawing) boosts(r Row) Node {
	c := r.Post.Counts
	if !scored(r) {
		return d.stat("boost", "act.boosts", c.Boosts)
	}
	score := c.Favourites
	if c.Score != nil {
		score = *c.Score
	} else if score < 0 {
		return Node{}
	}
	return El("span", At("class", "stat"), d.small("score"), El("span", nil, Text(d.Words.Compact(score))), Text(" "), Hidden(d.Words.T("act.score")))
}

func (d *Drawing) favourites(r Row) Node {
	if scored(r) {
		return Node{}
	}
	return d.stat("star", "act.favourites", r.Post.Counts.Favourites)
}

// scored reports posts of communities: their servers count votes and no boosts.
func scored(r Row) bool {
	return r.Post.Counts.Score != nil || r.Entry.BoostedBy != nil && r.Entry.BoostedBy.Group && r.Post.Counts.Boosts < 0
}

// stat is a count. None keeps its room, so that the columns of posts agree, and isn't shown; an unknown one has no room.
func (d *Drawing) stat(sign, key string, n int) Node {
	switch {
	case n < 0:
		return Node{}
	case n == 0:
		return El("span", At("class", "stat nil"), append([]Node{d.small(sign)}, d.count(n, key)...)...)
	}
	return El("span", At("class", "stat"), append([]Node{d.small(sign)}, d.count(n, key)...)...)
}

// count is a number to see and the word that says what it counts.
func (d *Drawing) count(n int, key string) []Node {
	return []Node{El("span", nil, Text(d.Words.Compact(n))), Text(" "), Hidden(d.Words.N(key, n))}
}

// reactions are the emoji that people answered with.
func (d *Drawing) reactions(list []feeds.Reaction) Node {
	children := []Node{Hidden(d.Words.T("post.reactions") + " ")}
	for _, r := range list {
		sign := Text(r.Name)
		if SafeURL(r.URL) != "" {
			sign = d.emoji(content.Node{Name: r.Name, Href: r.URL, Static: r.Static})
		}
		children = append(children, El("span", nil, sign, Text(" "), El("b", nil, Text(d.Words.Compact(r.Count)))))
	}
	return El("p", At("class", "counts"), children...)
}
