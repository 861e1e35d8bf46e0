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

// above are the posts above another one in its conversation, as far as they are known. The lock is held.
func (q *Query) above(p *feeds.Post) (above []feeds.Key) {
	for range maxAbove {
		next := q.parents[p.Key]
		if next == nil && p.ReplyTo != nil {
			next = q.posts[p.ReplyTo.Key]
		}
		switch {
		case next != nil:
			above, p = append(above, next.Key), next
		case p.ReplyTo != nil && p.ReplyTo.Key != "":
			return append(above, p.ReplyTo.Key)
		default:
			return above
		}
	}
	return above
}

// maxAbove is how many posts above another one are looked through.
const maxAbove = 50

// knowAbove finds what stands above posts that aren't shown yet, as far as that is stored, where filters take conversations away.
func (q *Query) knowAbove(ctx context.Context, posts map[feeds.Key]*feeds.Post) {
	q.mu.Lock()
	needed := q.threads
	q.mu.Unlock()
	if !needed {
		return
	}
	found := map[feeds.Key]*feeds.Post{}
	for _, p := range posts {
		for range maxAbove {
			next := found[p.Key]
			if a, answers := asks(p); answers && next == nil {
				next = q.parentOf(ctx, a)
			}
			if next == nil {
				break
			}
			found[p.Key], p = next, next
		}
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.parents == nil {
		q.parents = map[feeds.Key]*feeds.Post{}
	}
	for k, p := range found {
		q.parents[k] = q.r.blocked.Admit(p)
	}
}

// Root is the first post of a conversation, as far as that is stored: p itself where it answers nothing that is known.
func (r *Reader) Root(ctx context.Context, p *feeds.Post) feeds.Key {
	q := &Query{r: r}
	for range maxAbove {
		a, answers := asks(p)
		if !answers {
			break
		}
		next := q.parentOf(ctx, a)
		if next == nil {
			if a.parent != "" {
				return a.parent
			}
			break
		}
		p = next
	}
	return p.Key
}

// asks is the question what a post answers; false for one that answers nothing.
func asks(p *feeds.Post) (question, bool) {
	if p.ReplyTo == nil {
		return question{}, false
	}
	a := question{key: p.Key, parent: p.ReplyTo.Key, id: p.ReplyTo.ID}
	if len(p.Sightings) > 0 && a.id != "" {
		a.host = p.Sightings[0].Host
	}
	return a, true
}

// unanswered are the shown posts of several sources whose parents weren't looked for yet.
func (q *Query) unanswered() (asked []question) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.sources) < 2 {
		return nil
	}
	rows := q.view(q.shown).rows
	for _, r := range rows[:min(len(rows), q.shown)] {
		p := q.posts[r.Key]
		if p == nil {
			continue
		}
		if _, tried := q.parents[p.Key]; tried {
			continue
		}
		if a, answers := asks(p); answers {
			asked = append(asked, a)
		}
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
