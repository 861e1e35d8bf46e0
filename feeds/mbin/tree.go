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
