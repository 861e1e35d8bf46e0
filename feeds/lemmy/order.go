package lemmy

import (
	"vitrine/feeds"
	"vitrine/feeds/forum"
)

// arrange orders comments so that each is followed by all that was said below it. A deleted one stays, without its text, where
// something was. The comments are new, and may still be changed.
func arrange(comments []*feeds.Post) []*feeds.Post {
	forum.NameParents(comments)
	here := make(map[string]bool, len(comments))
	for _, p := range comments {
		here[p.Sightings[0].ID] = true
	}
	t := branches{below: map[string][]*feeds.Post{}}
	var roots []*feeds.Post
	for _, p := range comments {
		switch parent := p.Sightings[0].ParentID; {
		case here[parent]:
			t.below[parent] = append(t.below[parent], p)
		default: // it answers the post, or what wasn't read
			roots = append(roots, p)
		}
	}
	for _, p := range roots {
		t.add(p)
	}
	return t.ordered
}

// branches are comments by what they answer. Comments that answer each other in a circle hang on no root and are left out.
type branches struct {
	below   map[string][]*feeds.Post
	ordered []*feeds.Post
}

// add adds a comment and what is below it.
func (t *branches) add(p *feeds.Post) {
	at := len(t.ordered)
	t.ordered = append(t.ordered, p)
	for _, answer := range t.below[p.Sightings[0].ID] {
		t.add(answer)
	}
	if p.Deleted && len(t.ordered) == at+1 {
		t.ordered = t.ordered[:at]
	}
}
