package mastodon

import (
	"context"
	"net/url"
	"strconv"
	"strings"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
)

// Profile implements feeds.Profiles. The author's Domain is the one asked for: an account that is local here is a member of
// it, though its handle ends with another name than Host where a server's name and its handles' differ.
func (s *Source) Profile(ctx context.Context, user, domain string) (*feeds.Author, error) {
	domain = strings.ToLower(domain)
	path, q := s.lookup(user, domain)
	var wire account
	a, err := s.ask(ctx, path, q, &wire)
	if err != nil {
		return nil, err
	}
	author, err := a.author(&wire)
	if err != nil {
		return nil, a.Failure(err)
	}
	if domain != "" && wire.isLocal() {
		author.Domain = domain
	}
	return author, nil
}

// lookup is the request that finds an account by its handle; a server's own members are asked for by their bare name.
func (s *Source) lookup(user, domain string) (path string, q url.Values) {
	acct := user
	if !s.IsHere(domain) {
		acct += "@" + domain
	}
	if s.quirks.AccountByName {
		return "/api/v1/accounts/" + url.PathEscape(acct), nil
	}
	return "/api/v1/accounts/lookup", url.Values{"acct": {acct}}
}

// ProfilePosts implements feeds.Profiles.
func (s *Source) ProfilePosts(ctx context.Context, a *feeds.Author, f feeds.ProfileFilter, c feeds.Cursor) (*feeds.Page, error) {
	path, err := s.accountPath(ctx, a, "/statuses")
	if err != nil {
		return nil, err
	}
	q := listQuery(c)
	if !f.Replies {
		q.Set("exclude_replies", "true")
	}
	if f.NoBoosts {
		q.Set("exclude_reblogs", "true")
	}
	if f.OnlyMedia {
		q.Set("only_media", "true")
	}
	if f.Tag != "" {
		q.Set("tagged", f.Tag)
	}
	return s.posts(ctx, path, q, c)
}

// Pinned implements feeds.Pinner.
func (s *Source) Pinned(ctx context.Context, a *feeds.Author) (*feeds.Page, error) {
	if s.quirks.Lacks.Pinned {
		return &feeds.Page{}, nil
	}
	path, err := s.accountPath(ctx, a, "/statuses")
	if err != nil {
		return nil, err
	}
	page, err := s.posts(ctx, path, url.Values{"pinned": {"true"}, "limit": {strconv.Itoa(firstLimit)}}, "")
	if err != nil {
		return nil, err
	}
	page.Older = "" // all of them come at once
	for i := range page.Entries {
		page.Entries[i].Pinned = true
	}
	return page, nil
}

// FeaturedTags implements feeds.TagFeaturer.
func (s *Source) FeaturedTags(ctx context.Context, a *feeds.Author) ([]feeds.Tag, error) {
	if !s.Capabilities().FeaturedTags {
		return nil, nil
	}
	path, err := s.accountPath(ctx, a, "/featured_tags")
	if err != nil {
		return nil, err
	}
	var wire apiclient.List[tag]
	if _, err := s.Get(ctx, path, nil, &wire); err != nil {
		return nil, err
	}
	return s.tagsOf(wire), nil
}

// accountPath is a path below an account. An author that was read elsewhere has another id there and is looked up first.
func (s *Source) accountPath(ctx context.Context, a *feeds.Author, below string) (string, error) {
	id := a.ID
	if a.Host != s.Host() || id == "" {
		here, err := s.Profile(ctx, a.User, a.Domain)
		if err != nil {
			return "", err
		}
		id = here.ID
	}
	return "/api/v1/accounts/" + url.PathEscape(id) + below, nil
}
