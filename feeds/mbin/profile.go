package mbin

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
	"vitrine/feeds/forum"
)

// Profile implements feeds.Profiles, for magazines and users.
func (s *Source) Profile(ctx context.Context, user, domain string) (*feeds.Author, error) {
	domain = strings.ToLower(domain)
	return forum.Find(user,
		func(name string) (*feeds.Author, error) { return s.magazineProfile(ctx, name, domain) },
		func(name string) (*feeds.Author, error) { return s.userProfile(ctx, name, domain) })
}

func (s *Source) magazineProfile(ctx context.Context, name, domain string) (*feeds.Author, error) {
	if !s.IsHere(domain) {
		name += "@" + domain
	}
	var wire magazine
	a, err := s.ask(ctx, "/api/magazine/name/"+url.PathEscape(name), nil, &wire)
	if err != nil {
		return nil, err
	}
	author, err := a.magazineOf(&wire)
	if err != nil {
		return nil, a.Failure(err)
	}
	return author, nil
}

func (s *Source) userProfile(ctx context.Context, name, domain string) (*feeds.Author, error) {
	if !s.IsHere(domain) {
		name = "@" + name + "@" + domain
	}
	var wire user
	a, err := s.ask(ctx, "/api/users/name/"+url.PathEscape(name), nil, &wire)
	if err != nil {
		return nil, err
	}
	author, err := a.userOf(&wire)
	if err != nil {
		return nil, a.Failure(err)
	}
	return author, nil
}

// ProfilePosts implements feeds.Profiles: the entries and microblog posts of a magazine or a user, and a user's comments.
func (s *Source) ProfilePosts(ctx context.Context, a *feeds.Author, f feeds.ProfileFilter, c feeds.Cursor) (*feeds.Page, error) {
	if f.Tag != "" {
		return &feeds.Page{}, nil
	}
	id, err := forum.AuthorID(ctx, s, a)
	if err != nil {
		return nil, err
	}
	page, err := s.mergedLists(ctx, listsOf(id, f.Replies), c)
	if err != nil || !f.OnlyMedia {
		return page, err
	}
	return forum.OnlyMedia(page), nil
}

// Jump implements feeds.Jumper: pages are counted, of each list apart, and the first says how many there are.
func (s *Source) Jump(ctx context.Context, a *feeds.Author, f feeds.ProfileFilter) (*feeds.Jump, error) {
	id, err := forum.AuthorID(ctx, s, a)
	if err != nil {
		return nil, err
	}
	j := &feeds.Jump{At: forum.PagesAt}
	for _, path := range listsOf(id, f.Replies) {
		var wire list[thing]
		if _, err := s.ask(ctx, path, listQuery(path, 1), &wire); err != nil && len(j.Lists) == 0 {
			return nil, err
		}
		j.Lists, j.Asked = append(j.Lists, max(int(wire.Pagination.Last.Value), 1)), j.Asked+1
	}
	return j, nil
}

// listsOf are the paths of the lists that a profile is made of.
func listsOf(id string, replies bool) []string {
	if number, ok := strings.CutPrefix(id, forum.CommunityID); ok {
		folder := "/api/magazine/" + number
		return []string{folder + "/entries", folder + "/posts"}
	}
	folder := "/api/users/" + strings.TrimPrefix(id, forum.PersonID)
	lists := []string{folder + "/entries", folder + "/posts"}
	if replies {
		lists = append(lists, folder+"/comments", folder+"/post-comments")
	}
	return lists
}

// Pinned implements feeds.Pinner: what moderators keep on top of a magazine. It stands in the first page of its entries, which
// is asked for at the same time and in the same words.
func (s *Source) Pinned(ctx context.Context, a *feeds.Author) (*feeds.Page, error) {
	if !a.Group {
		return &feeds.Page{}, nil
	}
	id, err := forum.AuthorID(ctx, s, a)
	if err != nil {
		return nil, err
	}
	if !strings.HasPrefix(id, forum.CommunityID) {
		return &feeds.Page{}, nil
	}
	var wire list[thing]
	answer, err := s.ask(ctx, listsOf(id, false)[0], pageQuery(newest(), 1), &wire)
	if err != nil {
		return nil, err
	}
	page, err := answer.page(slices.DeleteFunc(wire.Items, func(w thing) bool { return w.unwrap().Pinned != apiclient.Yes }), asGiven)
	if err != nil {
		return nil, err
	}
	for i := range page.Entries {
		page.Entries[i].Pinned = true
	}
	return page, nil
}

func newest() url.Values { return url.Values{"sort": {"newest"}} }
