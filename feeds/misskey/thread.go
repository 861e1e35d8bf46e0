package misskey

import (
	"context"
	"slices"
	"strconv"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/wire"
)

const hour = time.Hour

func offset(c feeds.Cursor) int {
	n, err := strconv.Atoi(string(c))
	if err != nil || n < 0 {
		return 0
	}
	return n
}

func cursor(n int) feeds.Cursor { return feeds.Cursor(strconv.Itoa(n)) }

const (
	answersAtOnce = 100 // the most that a server gives
	mostAnswers   = 300
	mostQuestions = 12 // for answers to answers
)

// Post implements feeds.Threads.
func (s *Source) Post(ctx context.Context, id string) (*feeds.Post, error) {
	var w note
	a, err := s.post(ctx, "notes/show", map[string]any{"noteId": id}, &w)
	if err != nil {
		return nil, err
	}
	a.loadEmoji(ctx, a.needsEmoji(&w))
	p, err := a.note(&w, true)
	switch err {
	case nil:
		return p, nil
	case errHidden:
		return nil, s.server.Failure(feeds.NeedsLogin, a.Path, a.Status, err)
	}
	return nil, s.server.BadData(a.Answer, err)
}

// Context implements feeds.Threads: what the note answers, and answers to it level by level, until there are many.
func (s *Source) Context(ctx context.Context, id string) (ancestors, descendants []*feeds.Post, err error) {
	var above wire.List[note]
	a, err := s.post(ctx, "notes/conversation", map[string]any{"noteId": id, "limit": 30}, &above)
	if err != nil {
		return nil, nil, err
	}
	slices.Reverse(above) // nearest first
	ancestors = a.all(ctx, above)
	var below wire.List[note]
	seen := map[string]bool{id: true}
	for queue, asked := []string{id}, 0; len(queue) > 0 && asked < mostQuestions && len(below) < mostAnswers; asked++ {
		var answers wire.List[note]
		if _, err := s.post(ctx, "notes/children", map[string]any{"noteId": queue[0], "limit": answersAtOnce, "depth": 1}, &answers); err != nil {
			if asked == 0 || ctx.Err() != nil {
				return ancestors, nil, err
			}
			break // what there is so far is worth showing
		}
		queue = queue[1:]
		for _, n := range answers {
			if seen[n.ID] || n.ReplyID == "" { // quotes are children too
				continue
			}
			seen[n.ID] = true
			below = append(below, n)
			if n.RepliesCount.Count() != 0 {
				queue = append(queue, n.ID)
			}
		}
	}
	slices.SortStableFunc(below, func(x, y note) int { return wire.Time(x.CreatedAt).Compare(wire.Time(y.CreatedAt)) })
	return ancestors, a.all(ctx, below), nil
}

// all adapts notes, and leaves out those that can't be shown.
func (a *answer) all(ctx context.Context, list wire.List[note]) []*feeds.Post {
	a.loadEmoji(ctx, slices.ContainsFunc(list, func(n note) bool { return a.needsEmoji(&n) }))
	var posts []*feeds.Post
	for i := range list {
		if p, err := a.note(&list[i], true); err == nil {
			posts = append(posts, p)
		}
	}
	return posts
}
