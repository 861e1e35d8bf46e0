package mbin

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"vitrine/feeds"
)

// Profile implements feeds.Profiles. user begins with "!" for a magazine; without it a user is looked for, and a magazine of
// that name where there is nobody.
func (s *Source) Profile(ctx context.Context, user, domain string) (*feeds.Author, error) {
	name, isMagazine := strings.CutPrefix(user, "!")
	domain = strings.ToLower(domain)
	if isMagazine {
		return s.magazineProfile(ctx, name, domain)
	}
	author, err := s.userProfile(ctx, name, domain)
	if feeds.KindOf(err) != feeds.NotFound {
		return author, err
	}
	author, again := s.magazineProfile(ctx, name, domain)
	if feeds.KindOf(again) == feeds.NotFound {
		return nil, err
	}
	return author, again
}

// isHere reports that a handle with the domain is of the server asked, which knows its own by their bare names.
func (s *Source) isHere(domain string) bool {
	return domain == "" || domain == s.host || domain == s.domain()
}

func (s *Source) magazineProfile(ctx context.Context, name, domain string) (*feeds.Author, error) {
	if !s.isHere(domain) {
		name += "@" + domain
	}
	var wire magazine
	a, err := s.get(ctx, "/api/magazine/name/"+url.PathEscape(name), nil, &wire)
	if err != nil {
		return nil, err
	}
	author, err := a.magazineOf(&wire)
	if err != nil {
		return nil, a.badData(err)
	}
	return author, nil
}

func (s *Source) userProfile(ctx context.Context, name, domain string) (*feeds.Author, error) {
	if !s.isHere(domain) {
		name = "@" + name + "@" + domain
	}
	var wire user
	a, err := s.get(ctx, "/api/users/name/"+url.PathEscape(name), nil, &wire)
	if err != nil {
		return nil, err
	}
	author, err := a.userOf(&wire)
	if err != nil {
		return nil, a.badData(err)
	}
	return author, nil
}

// ProfilePosts implements feeds.Profiles: the entries and microblog posts of a magazine or a user, and a user's comments.
func (s *Source) ProfilePosts(ctx context.Context, a *feeds.Author, f feeds.ProfileFilter, c feeds.Cursor) (*feeds.Page, error) {
	if f.Tag != "" {
		return &feeds.Page{}, nil
	}
	id, err := s.idOf(ctx, a)
	if err != nil {
		return nil, err
	}
	page, err := s.several(ctx, listsOf(id, f.Replies), c)
	if err != nil || !f.OnlyMedia {
		return page, err
	}
	page.Posts = slices.DeleteFunc(page.Posts, func(p *feeds.Post) bool { return len(p.Media) == 0 })
	page.Entries = entriesOf(page.Posts)
	return page, nil
}

// listsOf are the paths of the lists that a profile is made of.
func listsOf(id string, replies bool) []string {
	if number, ok := strings.CutPrefix(id, magazineID); ok {
		folder := "/api/magazine/" + number
		return []string{folder + "/entries", folder + "/posts"}
	}
	folder := "/api/users/" + strings.TrimPrefix(id, userID)
	lists := []string{folder + "/entries", folder + "/posts"}
	if replies {
		lists = append(lists, folder+"/comments", folder+"/post-comments")
	}
	return lists
}

// idOf is the id of an author here. One that was read elsewhere has another id there and is looked up first.
func (s *Source) idOf(ctx context.Context, a *feeds.Author) (string, error) {
	if a.Host == s.host {
		for _, prefix := range [...]string{magazineID, userID} {
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

// Pinned implements feeds.Profiles: what moderators keep on top of a magazine. It stands in the first page of its entries, which
// is asked for at the same time and in the same words.
func (s *Source) Pinned(ctx context.Context, a *feeds.Author) (*feeds.Page, error) {
	if !a.Group {
		return &feeds.Page{}, nil
	}
	id, err := s.idOf(ctx, a)
	if err != nil {
		return nil, err
	}
	if !strings.HasPrefix(id, magazineID) {
		return &feeds.Page{}, nil
	}
	var wire list[thing]
	answer, err := s.get(ctx, listsOf(id, false)[0], pageQuery(newest(), 1), &wire)
	if err != nil {
		return nil, err
	}
	page, err := answer.page(slices.DeleteFunc(wire.Items, func(w thing) bool { return w.unwrap().Pinned != yes }), asGiven)
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

func newest() url.Values { return url.Values{"sort": {"newest"}} }
