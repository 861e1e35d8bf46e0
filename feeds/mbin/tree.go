package mbin

import "vitrine/feeds"

// tree makes a list of comments in which each is followed by all that was said below it.
type tree struct {
	posts  []*feeds.Post
	seen   map[string]bool // by Sighting.ID
	broken error           // of something that was left out
}

// add adds a comment and what is below it. A deleted one stays, without its text, where something was; what is below one that
// can't be read stays in any case.
func (t *tree) add(a *answer, w *thing) {
	if len(t.posts) >= maxComments {
		return
	}
	at := len(t.posts)
	p, err := a.post(w.unwrap())
	switch {
	case err != nil:
		t.broken = err
	case t.seen[p.Sightings[0].ID]:
		return
	default:
		t.seen[p.Sightings[0].ID] = true
		t.posts = append(t.posts, p)
	}
	for i := range w.Children {
		t.add(a, &w.Children[i])
	}
	if p != nil && p.Deleted && len(t.posts) == at+1 {
		t.posts = t.posts[:at]
	}
}

// nameParents tells each comment more of what it answers, where that was read with it. The comments are new, and may still be
// changed.
func nameParents(posts []*feeds.Post) {
	byID := make(map[string]*feeds.Post, len(posts))
	for _, p := range posts {
		byID[p.Sightings[0].ID] = p
	}
	for _, p := range posts {
		if p.ReplyTo == nil {
			continue
		}
		parent := byID[p.ReplyTo.ID]
		if parent == nil || parent == p {
			continue
		}
		p.ReplyTo.Key = parent.Key
		p.ReplyTo.Handle = parent.Author.Handle()
		p.ReplyTo.Self = p.ReplyTo.Handle == p.Author.Handle()
	}
}
