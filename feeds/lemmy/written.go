package lemmy

import (
	"context"
	"net/url"
	"slices"
	"strconv"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
)

// personPosts reads what a person wrote. v4 has one list of posts and comments. v3 has two lists that are paged together, and
// PieFed two that are asked for apart.
func (s *Source) personPosts(ctx context.Context, id string, replies bool, c feeds.Cursor) (*feeds.Page, error) {
	by, err := s.api(ctx)
	switch {
	case err != nil:
		return nil, err
	case by.v4:
		return s.contentOf(ctx, id, replies, c)
	case s.quirks.Dialect == PieFed && !replies:
		return s.postList(ctx, c, inTime, personQuery(id))
	}
	at, ok := feeds.Paging{Pages: []int{1, 0}}, true
	switch {
	case c != "":
		at, ok = feeds.ParsePaging(c, len(at.Pages))
	case replies:
		at.Pages[1] = 1
	}
	if !ok {
		return nil, s.NotAsked("GET "+by.base, apiclient.ErrNoSuchPage)
	}
	posts, comments, err := s.written(ctx, id, at)
	if err != nil {
		return nil, err
	}
	merged, next := at.Merge([]feeds.NumberedPage{posts, comments})
	merged = slices.DeleteFunc(merged, func(p *feeds.Post) bool { return p.Deleted })
	return &feeds.Page{Posts: merged, Entries: feeds.EntriesOf(merged), Older: next.Cursor()}, nil
}

func personQuery(id string) func(api) url.Values {
	return func(by api) url.Values { return by.sorted(url.Values{"person_id": {id}, "type_": {"All"}}, newest) }
}

// contentOf reads v4's one list.
func (s *Source) contentOf(ctx context.Context, id string, replies bool, c feeds.Cursor) (*feeds.Page, error) {
	kind := "Posts"
	if replies {
		kind = "All"
	}
	wire, a, older, err := s.list(ctx, "/person/content", c, func(by api) url.Values {
		return url.Values{"person_id": {id}, "type_": {by.word(kind)}}
	})
	if err != nil {
		return nil, err
	}
	views := slices.Concat(wire.Items, wire.Content)
	if !replies {
		views = slices.DeleteFunc(views, func(v view) bool { return v.Comment != nil })
	}
	page, err := a.page(views, inTime)
	if err != nil {
		return nil, err
	}
	page.Older = older
	return page, nil
}

// written reads a page of each list, in one request where that is possible.
func (s *Source) written(ctx context.Context, id string, at feeds.Paging) (posts, comments feeds.NumberedPage, err error) {
	if s.quirks.Dialect == PieFed {
		if posts, err = s.partAt(ctx, "/post/list", id, at.Pages[0]); err != nil {
			return posts, comments, err
		}
		comments, err = s.partAt(ctx, "/comment/list", id, at.Pages[1])
		return posts, comments, err
	}
	if at.Pages[0] != 0 {
		var also feeds.NumberedPage
		if posts, also, err = s.bothAt(ctx, id, at.Pages[0]); err != nil {
			return posts, comments, err
		}
		if at.Pages[1] == at.Pages[0] {
			return posts, also, nil
		}
	}
	if at.Pages[1] != 0 {
		_, comments, err = s.bothAt(ctx, id, at.Pages[1])
	}
	return posts, comments, err
}

// bothAt asks v3, whose persons come with a page of what they wrote.
func (s *Source) bothAt(ctx context.Context, id string, number int) (posts, comments feeds.NumberedPage, err error) {
	var wire single
	a, _, err := s.askPerson(ctx, func(by api) url.Values {
		q := by.sorted(url.Values{"person_id": {id}, "limit": {strconv.Itoa(listLimit)}}, newest)
		if number > 1 {
			q.Set("page", strconv.Itoa(number))
		}
		return q
	}, &wire)
	if err != nil {
		return feeds.NumberedPage{}, feeds.NumberedPage{}, err
	}
	if wire.Posts == nil && wire.Comments == nil {
		return feeds.NumberedPage{}, feeds.NumberedPage{}, a.Failure(apiclient.ErrNoList)
	}
	return a.part(wire.Posts, len(wire.Posts) >= listLimit), a.part(wire.Comments, len(wire.Comments) >= listLimit), nil
}

// partAt asks PieFed for a page of one list; 0 is no page.
func (s *Source) partAt(ctx context.Context, route, id string, number int) (feeds.NumberedPage, error) {
	if number == 0 {
		return feeds.NumberedPage{}, nil
	}
	wire, a, older, err := s.list(ctx, route, feeds.Cursor(byPage+strconv.Itoa(number)), personQuery(id))
	if err != nil {
		return feeds.NumberedPage{}, err
	}
	return a.part(slices.Concat(wire.Posts, wire.Comments), older != ""), nil
}

// part adapts what stands in one list, newest first. What is broken is left out, and so is what isn't for everybody.
func (a *answer) part(wire []view, more bool) feeds.NumberedPage {
	p := feeds.NumberedPage{More: more}
	for i := range wire {
		var post *feeds.Post
		var err error
		if wire[i].Comment != nil {
			post, err = a.comment(&wire[i])
		} else {
			post, err = a.post(&wire[i])
		}
		if err == nil {
			p.Posts = append(p.Posts, post)
		}
	}
	slices.SortStableFunc(p.Posts, func(p, q *feeds.Post) int { return q.Published.Compare(p.Published) })
	return p
}
