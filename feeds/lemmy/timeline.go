package lemmy

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
	"vitrine/feeds/forum"
)

// listLimit is how many posts a page has. It is always the same, because pages are counted.
const listLimit = 20

// The orders that are asked for, in the words of v3.
const (
	newest = "New"
	topDay = "TopDay"
)

// ServerPosts implements feeds.ServerTimelines.
func (s *Source) ServerPosts(ctx context.Context, scope feeds.Scope, c feeds.Cursor) (*feeds.Page, error) {
	of := "All"
	if scope == feeds.Local {
		of = "Local"
	}
	if s.Access().Local.Closed() {
		return nil, s.NotAsked("GET /post/list", apiclient.ErrClosed)
	}
	return s.postList(ctx, c, inTime, func(by api) url.Values {
		return by.sorted(url.Values{"type_": {by.word(of)}}, newest)
	})
}

// TrendingPosts implements feeds.PostTrends: what got most votes within a day.
func (s *Source) TrendingPosts(ctx context.Context, c feeds.Cursor) (*feeds.Page, error) {
	return s.postList(ctx, c, asGiven, func(by api) url.Values {
		return by.sorted(url.Values{"type_": {by.word("All")}}, topDay)
	})
}

func (s *Source) postList(ctx context.Context, c feeds.Cursor, o order, query func(api) url.Values) (*feeds.Page, error) {
	return s.postsOf(ctx, "/post/list", c, o, query)
}

// postsOf asks for a page of a list of posts, or of what a search found.
func (s *Source) postsOf(ctx context.Context, route string, c feeds.Cursor, o order, query func(api) url.Values) (*feeds.Page, error) {
	wire, a, older, err := s.list(ctx, route, c, query)
	if err != nil {
		return nil, err
	}
	page, err := a.page(slices.Concat(wire.Posts, wire.Items, wire.Search, wire.Results), o)
	if err != nil {
		return nil, err
	}
	page.Older = older
	return page, nil
}

// Cursors are "page:2" where pages are counted and "after:P1a2b" where the server names the next one.
const (
	byPage  = "page:"
	byAfter = "after:"
)

// list asks for a page of any list.
func (s *Source) list(ctx context.Context, route string, c feeds.Cursor, query func(api) url.Values) (*page, *answer, feeds.Cursor, error) {
	number, after, ok := parseCursor(c)
	if !ok {
		return nil, nil, "", s.NotAsked("GET "+route, apiclient.ErrNoSuchPage)
	}
	var wire page
	a, by, err := s.ask(ctx, route, func(by api) url.Values {
		q := query(by)
		q.Set("limit", strconv.Itoa(listLimit))
		switch {
		case after != "":
			q.Set("page_cursor", after)
		case number > 1:
			q.Set("page", strconv.Itoa(number))
		}
		return q
	}, &wire)
	if err != nil {
		return nil, nil, "", err
	}
	got, known := wire.size()
	if !known {
		return nil, nil, "", a.Failure(apiclient.ErrNoList)
	}
	return &wire, a, s.older(c, by, wire.Next, number, got), nil
}

func parseCursor(c feeds.Cursor) (number int, after string, ok bool) {
	if c == "" {
		return 1, "", true
	}
	if after, ok = strings.CutPrefix(string(c), byAfter); ok {
		return 0, after, after != ""
	}
	n, ok := strings.CutPrefix(string(c), byPage)
	number, err := strconv.Atoi(n)
	return number, "", ok && err == nil && number > 0
}

// older is where a list goes on below the page asked with c. Only Lemmy before 0.19, and later its lists of communities, leave
// it to who asks: a short page is the last then.
func (s *Source) older(c feeds.Cursor, by api, next apiclient.Text, number, got int) feeds.Cursor {
	switch {
	case got == 0 && !by.v4 && s.quirks.Dialect != PieFed:
		return "" // v3 names no page below nothing
	case s.quirks.Dialect == PieFed:
		if n, err := strconv.Atoi(string(next)); err == nil && n > number {
			return feeds.Cursor(byPage + string(next))
		}
	case next != "":
		if older := feeds.Cursor(byAfter + string(next)); older != c {
			return older
		}
	case !by.v4 && number > 0 && got >= listLimit:
		return feeds.Cursor(byPage + strconv.Itoa(number+1))
	}
	return ""
}

// size is how many elements a list has, under whichever name. known is false where there is no list at all.
func (p *page) size() (n int, known bool) {
	for _, list := range [...][]view{p.Posts, p.Comments, p.Communities, p.Users, p.Items, p.Content, p.Search, p.Results} {
		n += len(list)
		known = known || list != nil
	}
	return n, known
}

// order says in which order posts come.
type order bool

const (
	inTime  order = true  // newest first, but for what is kept on top
	asGiven order = false // by votes
)

// page adapts a list of posts and comments.
func (a *answer) page(wire []view, o order) (*feeds.Page, error) {
	onTop := map[*feeds.Post]bool{}
	posts, err := apiclient.Each(a.Answer, wire, func(v *view) (*feeds.Post, error) {
		post, err := a.either(v)
		if err == nil {
			onTop[post] = v.Post.isOnTop()
		}
		return post, err
	})
	if err != nil {
		return nil, err
	}
	if o == inTime {
		posts = forum.Chronological(posts, func(p *feeds.Post) bool { return onTop[p] })
	}
	return &feeds.Page{Posts: posts, Entries: feeds.EntriesOf(posts)}, nil
}

// either adapts a post, or a comment that wasn't deleted.
func (a *answer) either(v *view) (*feeds.Post, error) {
	if v.Comment == nil {
		return a.post(v)
	}
	p, err := a.comment(v)
	if err == nil && p.Deleted {
		return nil, withdrawn(v.Comment.Removed, v.Comment.Deleted)
	}
	return p, err
}

func (w *post) isOnTop() bool {
	return w != nil && (w.OnTop == apiclient.Yes || w.OnTopHere == apiclient.Yes || w.Sticky == apiclient.Yes || w.StickyHere == apiclient.Yes)
}
