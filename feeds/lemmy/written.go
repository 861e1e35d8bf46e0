package lemmy

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

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
	at, ok := parseDesk(c, replies)
	if !ok {
		return nil, s.NotAsked("GET "+by.base, apiclient.ErrNoSuchPage)
	}
	posts, comments, err := s.written(ctx, id, at)
	if err != nil {
		return nil, err
	}
	return at.merge(posts, comments), nil
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

// desk is how far two lists were read that are shown as one, ordered by time: which page of each is next, 0 when there is none,
// and what was shown of these pages already.
type desk struct {
	posts, comments int
	shown           time.Time // down to here; zero for nothing
}

func parseDesk(c feeds.Cursor, replies bool) (desk, bool) {
	if c == "" {
		d := desk{posts: 1}
		if replies {
			d.comments = 1
		}
		return d, true
	}
	parts := strings.Split(string(c), ",")
	if len(parts) != 3 {
		return desk{}, false
	}
	posts, err1 := strconv.Atoi(parts[0])
	comments, err2 := strconv.Atoi(parts[1])
	shown, err3 := strconv.ParseInt(parts[2], 10, 64)
	d := desk{posts: posts, comments: comments, shown: time.UnixMicro(shown).UTC()}
	return d, errors.Join(err1, err2, err3) == nil && posts >= 0 && comments >= 0 && posts+comments > 0
}

func (d desk) cursor() feeds.Cursor {
	if d.posts == 0 && d.comments == 0 {
		return ""
	}
	return feeds.Cursor(strconv.Itoa(d.posts) + "," + strconv.Itoa(d.comments) + "," + strconv.FormatInt(d.shown.UnixMicro(), 10))
}

// part is a page of one of the lists.
type part struct {
	posts []*feeds.Post
	full  bool // another page may follow
}

// merge shows of two pages what is younger than the end of each that goes on: what is older may have others between.
func (d desk) merge(posts, comments part) *feeds.Page {
	var end time.Time
	for _, p := range [...]part{posts, comments} {
		if p.full && len(p.posts) > 0 {
			if oldest := p.posts[len(p.posts)-1].Published; oldest.After(end) {
				end = oldest
			}
		}
	}
	page := &feeds.Page{}
	for _, p := range slices.Concat(posts.posts, comments.posts) {
		fresh := d.shown.IsZero() || d.shown.UnixMicro() > p.Published.UnixMicro()
		if fresh && !p.Deleted && !p.Published.Before(end) {
			page.Posts = append(page.Posts, p)
		}
	}
	slices.SortStableFunc(page.Posts, func(p, q *feeds.Post) int { return q.Published.Compare(p.Published) })
	page.Entries = feeds.EntriesOf(page.Posts)
	next := desk{posts: posts.next(d.posts, end, d.shown), comments: comments.next(d.comments, end, d.shown), shown: end}
	if next.shown.IsZero() {
		next.shown = d.shown
	}
	page.Older = next.cursor()
	return page
}

// next is the page of a list that follows one with the given number: the same, while some of it is older than the end of what was
// shown. A list that doesn't get below what was shown before is at its end: the server stays on a page.
func (p part) next(number int, end, before time.Time) int {
	if len(p.posts) > 0 {
		oldest := p.posts[len(p.posts)-1].Published
		switch {
		case oldest.Before(end):
			return number
		case !before.IsZero() && !oldest.Before(before):
			return 0
		}
	}
	if p.full {
		return number + 1
	}
	return 0
}

// written reads a page of each list, in one request where that is possible.
func (s *Source) written(ctx context.Context, id string, at desk) (posts, comments part, err error) {
	if s.quirks.Dialect == PieFed {
		if posts, err = s.partAt(ctx, "/post/list", id, at.posts); err != nil {
			return posts, comments, err
		}
		comments, err = s.partAt(ctx, "/comment/list", id, at.comments)
		return posts, comments, err
	}
	if at.posts != 0 {
		var also part
		if posts, also, err = s.bothAt(ctx, id, at.posts); err != nil {
			return posts, comments, err
		}
		if at.comments == at.posts {
			return posts, also, nil
		}
	}
	if at.comments != 0 {
		_, comments, err = s.bothAt(ctx, id, at.comments)
	}
	return posts, comments, err
}

// bothAt asks v3, whose persons come with a page of what they wrote.
func (s *Source) bothAt(ctx context.Context, id string, number int) (posts, comments part, err error) {
	var wire single
	a, _, err := s.askPerson(ctx, func(by api) url.Values {
		q := by.sorted(url.Values{"person_id": {id}, "limit": {strconv.Itoa(listLimit)}}, newest)
		if number > 1 {
			q.Set("page", strconv.Itoa(number))
		}
		return q
	}, &wire)
	if err != nil {
		return part{}, part{}, err
	}
	if wire.Posts == nil && wire.Comments == nil {
		return part{}, part{}, a.Failure(apiclient.ErrNoList)
	}
	return a.part(wire.Posts, len(wire.Posts) >= listLimit), a.part(wire.Comments, len(wire.Comments) >= listLimit), nil
}

// partAt asks PieFed for a page of one list; 0 is no page.
func (s *Source) partAt(ctx context.Context, route, id string, number int) (part, error) {
	if number == 0 {
		return part{}, nil
	}
	wire, a, older, err := s.list(ctx, route, feeds.Cursor(byPage+strconv.Itoa(number)), personQuery(id))
	if err != nil {
		return part{}, err
	}
	return a.part(slices.Concat(wire.Posts, wire.Comments), older != ""), nil
}

// part adapts what stands in one list, newest first. What is broken is left out, and so is what isn't for everybody.
func (a *answer) part(wire []view, full bool) part {
	p := part{full: full}
	for i := range wire {
		var post *feeds.Post
		var err error
		if wire[i].Comment != nil {
			post, err = a.comment(&wire[i])
		} else {
			post, err = a.post(&wire[i])
		}
		if err == nil {
			p.posts = append(p.posts, post)
		}
	}
	slices.SortStableFunc(p.posts, func(p, q *feeds.Post) int { return q.Published.Compare(p.Published) })
	return p
}
