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
	if id := s.owners.get(member(user)); id != "" && s.IsHere(domain) && feeds.KindOf(err) == feeds.NeedsLogin {
		a, err = s.ask(ctx, shownPath(pathBelow(&feeds.Author{ID: id}, "")), nil, &wire)
	}
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
	return s.postsOf(ctx, path, q, c)
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
	page, err := s.postsOf(ctx, path, url.Values{"pinned": {"true"}, "limit": {strconv.Itoa(firstLimit)}}, "")
	if err != nil {
		return nil, err
	}
	page.Older = "" // all of them come at once
	for i := range page.Entries {
		page.Entries[i].Pinned = true
	}
	return page, nil
}

// Featured implements feeds.Featurer. Guests see the accounts from Mastodon 4.4 on; a server that didn't say yet which version it has is asked
// that first. Source: https://docs.joinmastodon.org/methods/accounts/#featured_tags and #endorsements
func (s *Source) Featured(ctx context.Context, a *feeds.Author) (*feeds.Featured, error) {
	f := &feeds.Featured{}
	if !s.Capabilities().FeaturedTags {
		return f, nil
	}
	a, err := s.known(ctx, a)
	if err != nil {
		return nil, err
	}
	var tags apiclient.List[tag]
	if _, err := s.Get(ctx, pathBelow(a, "/featured_tags"), nil, &tags); err != nil {
		return nil, err
	}
	f.Tags = s.tagsOf(tags)
	if s.Instance() == nil && s.quirks.Version == "" && (s.quirks.Software == "" || isMastodon(s.quirks.Software)) {
		if _, err := s.Describe(ctx); err != nil {
			return f, nil
		}
	}
	if !isMastodon(s.software()) || !s.since(4, 4) {
		return f, nil
	}
	var people apiclient.List[account]
	if ans, err := s.ask(ctx, pathBelow(a, "/endorsements"), nil, &people); err == nil {
		f.Accounts, _ = ans.people(people)
	}
	return f, nil
}

// Following implements feeds.Following. The list goes on by ids of its own, which only the Link header has. Who hides it has an empty
// one. Source: https://docs.joinmastodon.org/methods/accounts/#following
func (s *Source) Following(ctx context.Context, a *feeds.Author, c feeds.Cursor) ([]*feeds.Author, feeds.Cursor, error) {
	a, err := s.known(ctx, a)
	if err != nil {
		return nil, "", err
	}
	q := url.Values{"limit": {strconv.Itoa(feeds.FollowingPage)}}
	if c != "" {
		q.Set("max_id", string(c))
	}
	var wire apiclient.List[account]
	ans, err := s.ask(ctx, pathBelow(a, "/following"), q, &wire)
	if err != nil {
		return nil, "", err
	}
	if c == "" && len(wire) == 0 && a.Counts.Following > 0 {
		return nil, "", ans.Failure(apiclient.ErrUnshown)
	}
	people, err := ans.people(wire)
	if err != nil {
		return nil, "", err
	}
	return people, ans.older(c, ""), nil
}

// accountPath is a path below an account.
func (s *Source) accountPath(ctx context.Context, a *feeds.Author, below string) (string, error) {
	here, err := s.known(ctx, a)
	if err != nil {
		return "", err
	}
	return pathBelow(here, below), nil
}

func pathBelow(a *feeds.Author, below string) string {
	return "/api/v1/accounts/" + url.PathEscape(a.ID) + below
}

// known is an author with the id that this server has. One that was read elsewhere has another id there and is looked up first.
func (s *Source) known(ctx context.Context, a *feeds.Author) (*feeds.Author, error) {
	if a.Host == s.Host() && a.ID != "" {
		return a, nil
	}
	return s.Profile(ctx, a.User, a.Domain)
}
