package mastodon

import (
	"context"
	"net/url"
	"strconv"
	"strings"
	"sync"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
)

// Pixelfed shows guests a post and its comments by requests of its own, which its pages make too, and which go by the address of the post's page,
// "/p/USER/ID", while Mastodon's are for members. A member is shown by the id of the account, which only their posts tell.
// Source: https://github.com/pixelfed/pixelfed/blob/dev/app/Http/Controllers/PublicApiController.php

const (
	commentsAtOnce = 50 // the most that Pixelfed gives
	answeredAtMost = 10 // comments whose answers are asked for
)

// owners are the ids of the accounts of posts that were read. It is safe for use by many goroutines.
type owners struct {
	mu sync.Mutex
	of map[string]string // by a post's id, or "@" and a member's name
}

// mostOwners is how many are remembered.
const mostOwners = 400

func (o *owners) note(post string, by *feeds.Author) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.of == nil || len(o.of) >= mostOwners {
		o.of = map[string]string{}
	}
	o.of[post], o.of[member(by.User)] = by.ID, by.ID
}

func (o *owners) get(of string) string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.of[of]
}

// member is what owners name a member by.
func member(user string) string { return "@" + strings.ToLower(user) }

// permalink is the address of a post's page, taken apart.
type permalink struct{ user, id string }

// permalinkOf reads the address of a page, or its path, where the server shows posts by those. ok is false for any other id.
func (s *Source) permalinkOf(id string) (p permalink, ok bool) {
	if !s.quirks.Permalinks {
		return p, false
	}
	path, ok := strings.CutPrefix(strings.TrimPrefix(id, s.Origin()), "/p/")
	if !ok {
		return p, false
	}
	p.user, p.id, ok = strings.Cut(path, "/")
	return p, ok && p.user != "" && apiclient.IsNumeral(p.id)
}

// ReadsPage implements feeds.PageReader.
func (s *Source) ReadsPage(id string) bool {
	_, ok := s.permalinkOf(id)
	return ok
}

// shown reads a post as the server shows it to guests.
func (s *Source) shown(ctx context.Context, p permalink) (*feeds.Post, error) {
	var wire struct {
		Status *status `json:"status"`
	}
	a, err := s.ask(ctx, "/api/v2/profile/"+url.PathEscape(p.user)+"/status/"+p.id, nil, &wire)
	if err != nil {
		return nil, err
	}
	if wire.Status == nil || string(wire.Status.ID) != p.id {
		return nil, a.Failure(apiclient.ErrNoSuchID)
	}
	item, err := a.entry(wire.Status)
	if err != nil {
		return nil, a.Failure(err)
	}
	s.owners.note(p.id, item.Post.Author)
	return item.Post, nil
}

// shownPath is the path by which guests are shown what is at a path of Mastodon's API for accounts.
func shownPath(path string) string { return "/api/pixelfed/v1" + strings.TrimPrefix(path, "/api/v1") }

// postsOf is posts below an account, as guests are shown them where Mastodon's API is for members.
func (s *Source) postsOf(ctx context.Context, path string, q url.Values, c feeds.Cursor) (*feeds.Page, error) {
	page, err := s.posts(ctx, path, q, c)
	if !s.quirks.Permalinks || feeds.KindOf(err) != feeds.NeedsLogin {
		return page, err
	}
	q.Set("limit", strconv.Itoa(firstLimit)) // 24 are the most
	return s.posts(ctx, shownPath(path), q, c)
}

// comments reads what guests are shown below a post: its comments, and what answers them.
func (s *Source) comments(ctx context.Context, p permalink) ([]*feeds.Post, error) {
	owner := s.owners.get(p.id)
	if owner == "" {
		post, err := s.shown(ctx, p)
		if err != nil {
			return nil, err
		}
		owner = post.Author.ID
	}
	all, err := s.commentsOn(ctx, owner, p.id)
	if err != nil {
		return nil, err
	}
	asked := 0
	for _, c := range all {
		if c.Counts.Replies <= 0 || asked == answeredAtMost {
			continue
		}
		asked++
		answers, err := s.commentsOn(ctx, c.Author.ID, c.Sightings[0].ID)
		if err != nil { // the comment itself is there
			continue
		}
		all = append(all, answers...)
	}
	return all, nil
}

func (s *Source) commentsOn(ctx context.Context, account, id string) ([]*feeds.Post, error) {
	var wire struct {
		Data apiclient.List[status] `json:"data"`
	}
	a, err := s.ask(ctx, "/api/v2/comments/"+url.PathEscape(account)+"/status/"+url.PathEscape(id), url.Values{"limit": {strconv.Itoa(commentsAtOnce)}}, &wire)
	switch {
	case feeds.KindOf(err) == feeds.NotFound: // it has no comments, or wants none
		return nil, nil
	case err != nil:
		return nil, err
	}
	for i := range wire.Data {
		if wire.Data[i].InReplyToID == "" {
			wire.Data[i].InReplyToID = apiclient.Text(id)
		}
	}
	page, err := a.page(wire.Data)
	if err != nil {
		return nil, err
	}
	return page.Posts, nil
}
