package reader

import (
	"vitrine/feeds"
	"vitrine/feeds/blocklist"
)

// admitAll leaves out of posts what the site doesn't open.
func admitAll(blocked blocklist.List, posts []*feeds.Post) []*feeds.Post {
	if blocked.Empty() {
		return posts
	}
	admitted := make([]*feeds.Post, 0, len(posts))
	for _, p := range posts {
		if p = blocked.Admit(p); p != nil {
			admitted = append(admitted, p)
		}
	}
	return admitted
}

// admitTree leaves the same out of a conversation. What answers a post that is left out stays in its place. It is nil when the post that
// was asked for isn't opened.
func admitTree(blocked blocklist.List, t *Tree) *Tree {
	if blocked.Empty() {
		return t
	}
	next := *t
	if next.Focus = blocked.Admit(t.Focus); next.Focus == nil {
		return nil
	}
	next.Above, next.Replies = nil, nil
	for _, a := range t.Above {
		if a.Post != nil {
			if a.Post = blocked.Admit(a.Post); a.Post == nil {
				continue
			}
		}
		next.Above = append(next.Above, a)
	}
	for _, r := range t.Replies {
		if r.Post != nil {
			if r.Post = blocked.Admit(r.Post); r.Post == nil {
				next.Shown--
				continue
			}
			if blocked.Post(r.Parent) {
				r.Parent, r.Missing = nil, true
			}
		}
		next.Replies = append(next.Replies, r)
	}
	return &next
}

// admitLinks leaves links to what the site doesn't open out of those that are passed on.
func admitLinks(blocked blocklist.List, links []feeds.LinkTrend) []feeds.LinkTrend {
	var admitted []feeds.LinkTrend
	for _, l := range links {
		if !blocked.Page(l.Card.URL) {
			admitted = append(admitted, l)
		}
	}
	return admitted
}
