package lemmy

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"

	"vitrine/feeds"
)

// Profile implements feeds.Profiles. user begins with "!" for a community; without it a person is looked for, and a community
// of that name where there is nobody.
func (s *Source) Profile(ctx context.Context, user, domain string) (*feeds.Author, error) {
	if _, err := s.api(ctx); err != nil { // it may tell the server's domain
		return nil, err
	}
	name, isCommunity := strings.CutPrefix(user, "!")
	name = s.nameOf(name, strings.ToLower(domain))
	if isCommunity {
		return s.communityProfile(ctx, name)
	}
	author, err := s.personProfile(ctx, name)
	if feeds.KindOf(err) != feeds.NotFound {
		return author, err
	}
	author, again := s.communityProfile(ctx, name)
	if feeds.KindOf(again) == feeds.NotFound {
		return nil, err
	}
	return author, again
}

// nameOf is how the server asked names somebody: its own by the bare name.
func (s *Source) nameOf(user, domain string) string {
	if domain == "" || domain == s.host || domain == s.domain() {
		return user
	}
	return user + "@" + domain
}

func (s *Source) communityProfile(ctx context.Context, name string) (*feeds.Author, error) {
	var wire single
	a, _, err := s.ask(ctx, "/community", func(api) url.Values { return url.Values{"name": {name}} }, &wire)
	if err != nil {
		return nil, err
	}
	if wire.Community == nil {
		return nil, a.badData(errNothing)
	}
	author, err := a.community(wire.Community.Community, wire.Community.Counts)
	if err != nil {
		return nil, a.badData(err)
	}
	if _, err := visibilityOf(wire.Community.Community); errors.Is(err, errHidden) {
		return nil, a.badData(err)
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
		return nil, a.badData(errNothing)
	}
	author, err := a.person(wire.Person.Person, wire.Person.Counts)
	if err != nil {
		return nil, a.badData(err)
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
	id, err := s.idOf(ctx, a)
	if err != nil {
		return nil, err
	}
	var page *feeds.Page
	if of, ok := strings.CutPrefix(id, communityID); ok {
		page, err = s.communityPosts(ctx, of, c)
	} else {
		page, err = s.personPosts(ctx, strings.TrimPrefix(id, personID), f.Replies, c)
	}
	if err != nil || !f.OnlyMedia {
		return page, err
	}
	page.Posts = slices.DeleteFunc(page.Posts, func(p *feeds.Post) bool { return len(p.Media) == 0 })
	page.Entries = nil
	for _, p := range page.Posts {
		page.Entries = append(page.Entries, entryOf(p))
	}
	return page, nil
}

// idOf is the id of an author here. One that was read elsewhere has another id there and is looked up first.
func (s *Source) idOf(ctx context.Context, a *feeds.Author) (string, error) {
	if a.Host == s.host {
		for _, prefix := range [...]string{communityID, personID} {
			if id, ok := strings.CutPrefix(a.ID, prefix); ok && isID(id) {
				return a.ID, nil
			}
		}
	}
	user := a.User
	if a.Group {
		user = "!" + user
	}
	here, err := s.Profile(ctx, user, a.Domain)
	if err != nil {
		return "", err
	}
	return here.ID, nil
}

func (s *Source) communityPosts(ctx context.Context, id string, c feeds.Cursor) (*feeds.Page, error) {
	return s.postList(ctx, c, inTime, communityQuery(id))
}

func communityQuery(id string) func(api) url.Values {
	return func(by api) url.Values {
		return by.sorted(url.Values{"community_id": {id}, "type_": {by.word("All")}}, newest)
	}
}

// Pinned implements feeds.Profiles: what moderators keep on top of a community. It stands in the first page of its posts, which
// is asked for at the same time and in the same words.
func (s *Source) Pinned(ctx context.Context, a *feeds.Author) (*feeds.Page, error) {
	if !a.Group {
		return &feeds.Page{}, nil
	}
	id, err := s.idOf(ctx, a)
	if err != nil {
		return nil, err
	}
	of, ok := strings.CutPrefix(id, communityID)
	if !ok {
		return &feeds.Page{}, nil
	}
	wire, answer, _, err := s.list(ctx, "/post/list", "", communityQuery(of))
	if err != nil {
		return nil, err
	}
	top := slices.DeleteFunc(slices.Concat(wire.Posts, wire.Items), func(v view) bool {
		return v.Post == nil || v.Post.OnTop != yes && v.Post.Sticky != yes
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

// FeaturedTags implements feeds.Profiles: there are none.
func (s *Source) FeaturedTags(context.Context, *feeds.Author) ([]feeds.Tag, error) { return nil, nil }
