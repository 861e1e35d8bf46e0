package lemmy

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
	"vitrine/feeds/forum"
)

const (
	treeDepth   = 8   // how far below each other comments are read
	treePage    = 50  // comments of a page; Lemmy sends a whole tree at once all the same
	treePages   = 6   // how many pages are read
	maxComments = 500 // how many comments are shown of a tree that came at once
	maxAbove    = 10  // how many comments above one are read, the nearest: each is a request
)

// Post implements feeds.Threads. What was deleted is Gone; what stands in a community for members is NeedsLogin.
func (s *Source) Post(ctx context.Context, id string) (*feeds.Post, error) {
	if of, ok := strings.CutPrefix(id, commentPrefix); ok {
		a, v, err := s.commentAt(ctx, of)
		if err != nil {
			return nil, err
		}
		p, err := a.either(v)
		if err != nil {
			return nil, a.Failure(err)
		}
		return p, nil
	}
	return s.postAt(ctx, id)
}

func (s *Source) postAt(ctx context.Context, id string) (*feeds.Post, error) {
	if !apiclient.IsNumeral(id) {
		return nil, s.NotAsked("GET /post", apiclient.ErrNoSuchID)
	}
	var wire single
	a, _, err := s.ask(ctx, "/post", func(api) url.Values { return url.Values{"id": {id}} }, &wire)
	if err != nil {
		return nil, err
	}
	if wire.Post == nil {
		return nil, a.Failure(apiclient.ErrNoObject)
	}
	p, err := a.post(wire.Post)
	if err != nil {
		return nil, a.Failure(err)
	}
	p.CrossPosts = a.crossPostsOf(wire.CrossPosts, id)
	return p, nil
}

func (a *answer) crossPostsOf(wire []view, self string) []feeds.CrossPost {
	var others []feeds.CrossPost
	for i := range wire[:min(len(wire), forum.MaxCrossPosts)] {
		if p, err := a.post(&wire[i]); err == nil && p.Sightings[0].ID != self {
			others = append(others, forum.CrossPost(p))
		}
	}
	return others
}

func (s *Source) commentAt(ctx context.Context, id string) (*answer, *view, error) {
	if !apiclient.IsNumeral(id) {
		return nil, nil, s.NotAsked("GET /comment", apiclient.ErrNoSuchID)
	}
	var wire single
	a, _, err := s.ask(ctx, "/comment", func(api) url.Values { return url.Values{"id": {id}} }, &wire)
	if err != nil {
		return nil, nil, err
	}
	if wire.Comment == nil || wire.Comment.Comment == nil {
		return nil, nil, a.Failure(apiclient.ErrNoObject)
	}
	return a, wire.Comment, nil
}

// Context implements feeds.Threads. Above a comment are its post and the comments that lead to it.
func (s *Source) Context(ctx context.Context, id string) (ancestors, descendants []*feeds.Post, err error) {
	of, ok := strings.CutPrefix(id, commentPrefix)
	switch {
	case ok:
		return s.aroundComment(ctx, of)
	case !apiclient.IsNumeral(id):
		return nil, nil, s.NotAsked("GET /comment/list", apiclient.ErrNoSuchID)
	}
	below, err := s.below(ctx, "post_id", id)
	if err != nil {
		return nil, nil, err
	}
	return nil, arrange(below), nil
}

func (s *Source) aroundComment(ctx context.Context, id string) (above, below []*feeds.Post, err error) {
	a, v, err := s.commentAt(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	focus, err := a.comment(v)
	if err != nil {
		return nil, nil, a.Failure(err)
	}
	ids := aboveOf(v.Comment.Path, string(v.Comment.ID))
	ids = ids[max(0, len(ids)-maxAbove):]
	chain := make([]*feeds.Post, 1+len(ids))
	var wg sync.WaitGroup
	wg.Go(func() { chain[0], _ = s.postAt(ctx, string(v.Comment.PostID)) })
	for i, id := range ids {
		wg.Go(func() { chain[1+i] = s.ancestor(ctx, id) })
	}
	wg.Go(func() { below, err = s.below(ctx, "parent_id", id) })
	wg.Wait()
	if ctx.Err() != nil {
		return nil, nil, ctx.Err()
	}
	above = slices.DeleteFunc(chain, func(p *feeds.Post) bool { return p == nil }) // what can't be read is a hole
	below = slices.DeleteFunc(below, func(p *feeds.Post) bool { return p.Key == focus.Key })
	all := slices.Concat(above, []*feeds.Post{focus}, below)
	forum.NameParents(all)
	return above, arrange(below), err
}

// ancestor reads a comment above another, even one that was deleted. nil where it can't be read.
func (s *Source) ancestor(ctx context.Context, id string) *feeds.Post {
	a, v, err := s.commentAt(ctx, id)
	if err != nil {
		return nil
	}
	p, err := a.comment(v)
	if err != nil {
		return nil
	}
	return p
}

// below reads the comments of a post ("post_id"), or those below a comment ("parent_id").
func (s *Source) below(ctx context.Context, of, id string) ([]*feeds.Post, error) {
	route := "/comment/list"
	if s.quirks.Dialect == PieFed {
		route = "/post/replies"
	}
	var comments []*feeds.Post
	seen := map[string]bool{}
	next := apiclient.Text("")
	for n := range treePages {
		var wire page
		a, by, err := s.ask(ctx, route, func(by api) url.Values { return s.treeQuery(by, of, id, n+1, next) }, &wire)
		if err == nil && wire.Comments == nil && wire.Items == nil {
			err = a.Failure(apiclient.ErrNoList)
		}
		if err != nil {
			if n > 0 && ctx.Err() == nil {
				break // the pages above it are worth showing
			}
			return nil, err
		}
		views := slices.Concat(wire.Comments, wire.Items)
		got := len(comments)
		comments, err = a.collect(comments, seen, views)
		last := len(seen) == 0 || len(comments) == got || len(comments) >= maxComments
		if next = wire.Next; by.v4 || s.quirks.Dialect == PieFed {
			last = last || next == ""
		} else {
			last = last || len(views) != treePage // fewer: the end; more: it has sent all of them
		}
		if last {
			if err != nil && len(comments) == 0 {
				return nil, a.Failure(err)
			}
			break
		}
	}
	return comments, nil
}

func (s *Source) treeQuery(by api, of, id string, number int, next apiclient.Text) url.Values {
	q := url.Values{
		of:          {id},
		"sort":      {by.word("Old")},
		"limit":     {strconv.Itoa(treePage)},
		"max_depth": {strconv.Itoa(treeDepth)},
	}
	if s.quirks.Dialect != PieFed {
		q.Set("type_", by.word("All"))
	}
	switch {
	case number == 1:
	case by.v4:
		q.Set("page_cursor", string(next))
	case s.quirks.Dialect == PieFed:
		q.Set("page", string(next))
	default:
		q.Set("page", strconv.Itoa(number))
	}
	return q
}

// collect adapts comments that weren't seen before, and those in them: PieFed sends a tree. What is broken is left out; broken
// says that something was.
func (a *answer) collect(posts []*feeds.Post, seen map[string]bool, wire []view) (all []*feeds.Post, broken error) {
	for i := range wire {
		if len(posts) >= maxComments {
			return posts, broken
		}
		v := &wire[i]
		p, err := a.comment(v)
		switch {
		case err == nil && !seen[p.Sightings[0].ID]:
			seen[p.Sightings[0].ID] = true
			posts = append(posts, p)
		case err != nil:
			broken = err
		}
		var deeper error
		if posts, deeper = a.collect(posts, seen, v.Replies); deeper != nil {
			broken = deeper
		}
	}
	return posts, broken
}
