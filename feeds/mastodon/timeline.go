package mastodon

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"sync/atomic"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
)

// ServerPosts implements feeds.ServerTimelines.
func (s *Source) ServerPosts(ctx context.Context, scope feeds.Scope, c feeds.Cursor) (*feeds.Page, error) {
	const path = "/api/v1/timelines/public"
	access := s.Access()
	if scope == feeds.Federated {
		return s.bothSides(ctx, path, listQuery(c), c, access.Local, access.Federated, &s.live, onlyRemote)
	}
	if access.Local.Closed() {
		return nil, s.NotAsked("GET "+path, apiclient.ErrClosed)
	}
	return s.posts(ctx, path, withSide(listQuery(c), onlyLocal), c)
}

// TagPosts implements feeds.TagTimelines.
func (s *Source) TagPosts(ctx context.Context, tag string, with feeds.TagChoice, c feeds.Cursor) (*feeds.Page, error) {
	path := "/api/v1/timelines/tag/" + url.PathEscape(strings.TrimPrefix(tag, "#"))
	q := listQuery(c)
	if s.Capabilities().TagsJoined {
		for _, more := range []struct {
			name string
			tags []string
		}{{"any[]", with.Any}, {"all[]", with.All}, {"none[]", with.None}} {
			if len(more.tags) > 0 {
				q[more.name] = more.tags
			}
		}
	}
	access := s.Access()
	return s.bothSides(ctx, path, q, c, access.TagLocal, access.TagFederated, &s.tags, onlyLocal)
}

// A feed of local and remote posts has two sides. Mastodon 4.5 and later refuses it as a whole to guests when one of them is
// closed, so then the other has to be asked for by its name.
const (
	wholeFeed  = ""
	onlyLocal  = "local"
	onlyRemote = "remote"
)

// openSide remembers the side that had to be asked for where the whole feed was refused: the pages below would be, too.
type openSide struct{ v atomic.Value }

func (o *openSide) get() string {
	side, _ := o.v.Load().(string)
	return side
}

func (o *openSide) set(side string) { o.v.Store(side) }

// bothSides asks for a feed of local and remote posts, or for as much of it as is open. Where a server doesn't say what is, and
// refuses the whole, the side most likely to be open is asked for once.
func (s *Source) bothSides(ctx context.Context, path string, q url.Values, c feeds.Cursor, local, remote feeds.Openness, learned *openSide, likely string) (*feeds.Page, error) {
	side := learned.get()
	switch {
	case local.Closed() && remote.Closed():
		return nil, s.NotAsked("GET "+path, apiclient.ErrClosed)
	case local.Closed():
		side = onlyRemote
	case remote.Closed():
		side = onlyLocal
	}
	page, err := s.posts(ctx, path, withSide(q, side), c)
	var refused *feeds.Error
	if side != wholeFeed || !errors.As(err, &refused) || refused.Status != 422 {
		return page, err
	}
	page, again := s.posts(ctx, path, withSide(q, likely), c)
	if again != nil {
		return nil, err
	}
	learned.set(likely)
	return page, nil
}

func withSide(q url.Values, side string) url.Values {
	if side != wholeFeed {
		q.Set(side, "true")
	}
	return q
}

// posts asks for a page of a list that goes on by ids.
func (s *Source) posts(ctx context.Context, path string, q url.Values, c feeds.Cursor) (*feeds.Page, error) {
	var wire apiclient.List[status]
	a, err := s.ask(ctx, path, q, &wire)
	if err != nil {
		return nil, err
	}
	page, err := a.page(wire)
	if err != nil {
		return nil, err
	}
	page.Older = a.older(c, lastID(wire))
	return page, nil
}

// lastID is the id at the end of a page, of a boost that of the boost. Posts that are dropped count: the list goes on below them.
func lastID(wire []status) apiclient.Text {
	for i := len(wire) - 1; i >= 0; i-- {
		if wire[i].ID != "" {
			return wire[i].ID
		}
	}
	return ""
}

// page adapts a list of statuses.
func (a *answer) page(wire []status) (*feeds.Page, error) {
	items, err := apiclient.Each(a.Answer, wire, a.entry)
	if err != nil {
		return nil, err
	}
	return apiclient.PageOf(items), nil
}
