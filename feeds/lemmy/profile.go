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
	"vitrine/feeds/forum"
)

// Profile implements feeds.Profiles, for communities and persons.
func (s *Source) Profile(ctx context.Context, user, domain string) (*feeds.Author, error) {
	if _, err := s.api(ctx); err != nil { // it may name the server's domain
		return nil, err
	}
	domain = strings.ToLower(domain)
	nameOf := func(name string) string {
		if s.IsHere(domain) {
			return name
		}
		return name + "@" + domain
	}
	return forum.Find(user,
		func(name string) (*feeds.Author, error) { return s.communityProfile(ctx, nameOf(name)) },
		func(name string) (*feeds.Author, error) { return s.personProfile(ctx, nameOf(name)) })
}

func (s *Source) communityProfile(ctx context.Context, name string) (*feeds.Author, error) {
	var wire single
	a, _, err := s.ask(ctx, "/community", func(api) url.Values { return url.Values{"name": {name}} }, &wire)
	if err != nil {
		return nil, err
	}
	if wire.Community == nil {
		return nil, a.Failure(apiclient.ErrNoObject)
	}
	author, err := a.community(wire.Community.Community, wire.Community.Counts)
	if err != nil {
		return nil, a.Failure(err)
	}
	if _, err := visibilityOf(wire.Community.Community); errors.Is(err, apiclient.ErrHidden) {
		return nil, a.Failure(err)
	}
	return author, nil
}

func (s *Source) personProfile(ctx context.Context, name string) (*feeds.Author, error) {
	var wire single
	a, _, err := s.askPerson(ctx, func(by api) url.Values {
		q := url.Values{"username": {name}}
		if !by.v4 {
			q.Set("limit", "1") // v3 adds what they wrote
		}
		return q
	}, &wire)
	if err != nil {
		return nil, err
	}
	if wire.Person == nil {
		return nil, a.Failure(apiclient.ErrNoObject)
	}
	author, err := a.person(wire.Person.Person, wire.Person.Counts)
	if err != nil {
		return nil, a.Failure(err)
	}
	if a.isBanned(wire.Person.Banned, wire.Person.BanExpires) && !author.Banned {
		banned := *author
		banned.Banned, author = true, &banned
	}
	return author, nil
}

// askPerson asks for a person, whose route v4 has renamed.
func (s *Source) askPerson(ctx context.Context, query func(api) url.Values, into any) (*answer, api, error) {
	by, err := s.api(ctx)
	if err != nil {
		return nil, by, err
	}
	route := "/user"
	if by.v4 {
		route = "/person"
	}
	a, err := s.get(ctx, by.base+route, query(by), into)
	return a, by, err
}

// ProfilePosts implements feeds.Profiles: what stands in a community, or what a person wrote.
func (s *Source) ProfilePosts(ctx context.Context, a *feeds.Author, f feeds.ProfileFilter, c feeds.Cursor) (*feeds.Page, error) {
	if f.Tag != "" {
		return &feeds.Page{}, nil
	}
	id, err := forum.AuthorID(ctx, s, a)
	if err != nil {
		return nil, err
	}
	var page *feeds.Page
	if of, ok := strings.CutPrefix(id, forum.CommunityID); ok {
		page, err = s.communityPosts(ctx, of, c)
	} else {
		page, err = s.personPosts(ctx, strings.TrimPrefix(id, forum.PersonID), f.Replies, c)
	}
	if err != nil || !f.OnlyMedia {
		return page, err
	}
	return forum.OnlyMedia(page), nil
}

// Jump implements feeds.Jumper: pages are counted, of each list apart. In v4 only the page above names the one below.
func (s *Source) Jump(ctx context.Context, a *feeds.Author, f feeds.ProfileFilter) (*feeds.Jump, error) {
	by, err := s.api(ctx)
	if err != nil || by.v4 {
		return &feeds.Jump{}, err
	}
	id, err := forum.AuthorID(ctx, s, a)
	_, isCommunity := strings.CutPrefix(id, forum.CommunityID)
	j := &feeds.Jump{Lists: []int{0}, At: func(pages []int, _ time.Time) feeds.Cursor { return feeds.Cursor(byPage + strconv.Itoa(pages[0])) }}
	if !isCommunity && (s.quirks.Dialect != PieFed || f.Replies) { // as personPosts reads them
		j.Lists, j.At = []int{0, 0}, forum.PagesAt
		if !f.Replies {
			j.Lists, j.At = []int{0}, func(pages []int, before time.Time) feeds.Cursor { return forum.PagesAt([]int{pages[0], 0}, before) }
		}
	}
	if a.Counts.Posts > 0 {
		j.Lists[0] = a.Counts.Posts/listLimit + 1
	}
	return j, err
}

func (s *Source) communityPosts(ctx context.Context, id string, c feeds.Cursor) (*feeds.Page, error) {
	return s.postList(ctx, c, inTime, communityQuery(id))
}

func communityQuery(id string) func(api) url.Values {
	return func(by api) url.Values {
		return by.sorted(url.Values{"community_id": {id}, "type_": {by.word("All")}}, newest)
	}
}

// Pinned implements feeds.Pinner: what moderators keep on top of a community. It stands in the first page of its posts, which
// is asked for at the same time and in the same words.
func (s *Source) Pinned(ctx context.Context, a *feeds.Author) (*feeds.Page, error) {
	if !a.Group {
		return &feeds.Page{}, nil
	}
	id, err := forum.AuthorID(ctx, s, a)
	if err != nil {
		return nil, err
	}
	of, ok := strings.CutPrefix(id, forum.CommunityID)
	if !ok {
		return &feeds.Page{}, nil
	}
	wire, answer, _, err := s.list(ctx, "/post/list", "", communityQuery(of))
	if err != nil {
		return nil, err
	}
	top := slices.DeleteFunc(slices.Concat(wire.Posts, wire.Items), func(v view) bool {
		return v.Post == nil || v.Post.OnTop != apiclient.Yes && v.Post.Sticky != apiclient.Yes
	})
	page, err := answer.page(top, asGiven)
	if err != nil {
		return nil, err
	}
	for i := range page.Entries {
		page.Entries[i].Pinned = true
	}
	return page, nil
}
