package reader

import (
	"context"

	"vitrine/feeds"
)

// question is a post whose parent is looked for: in memory or in the store, nobody is asked.
type question struct {
	key    feeds.Key
	parent feeds.Key // "" when unknown
	host   string    // the server that names the parent by id; "" for none
	id     string
}

// readParents finds what the posts that are shown answer, as far as that is stored, and emits a snapshot if it found some.
func (q *Query) readParents(ctx context.Context) {
	found := map[feeds.Key]*feeds.Post{}
	asked := q.unanswered()
	for _, a := range asked {
		if p := q.parentOf(ctx, a); p != nil {
			found[a.key] = p
		}
	}
	if ctx.Err() != nil || len(asked) == 0 {
		return
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.parents == nil {
		q.parents = map[feeds.Key]*feeds.Post{}
	}
	for _, a := range asked {
		q.parents[a.key] = q.r.blocked.Admit(found[a.key])
	}
	if len(found) > 0 {
		q.sendNow()
	}
}

// unanswered are the shown posts of several sources whose parents weren't looked for yet.
func (q *Query) unanswered() (asked []question) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.sources) < 2 {
		return nil
	}
	rows := q.view().rows
	for _, r := range rows[:min(len(rows), q.shown)] {
		p := q.posts[r.Key]
		if p == nil || p.ReplyTo == nil {
			continue
		}
		if _, tried := q.parents[p.Key]; tried {
			continue
		}
		a := question{key: p.Key, parent: p.ReplyTo.Key, id: p.ReplyTo.ID}
		if len(p.Sightings) > 0 && a.id != "" {
			a.host = p.Sightings[0].Host
		}
		asked = append(asked, a)
	}
	return asked
}

func (q *Query) parentOf(ctx context.Context, a question) *feeds.Post {
	if a.parent != "" {
		q.mu.Lock()
		p := q.posts[a.parent]
		q.mu.Unlock()
		if p != nil {
			return p
		}
		if stored, err := q.r.store.Posts(ctx, []feeds.Key{a.parent}); err == nil && stored[a.parent] != nil {
			return stored[a.parent]
		}
	}
	if a.host == "" {
		return nil
	}
	p, err := q.r.store.PostAt(ctx, a.host, a.id)
	if err != nil {
		return nil
	}
	return p
}
