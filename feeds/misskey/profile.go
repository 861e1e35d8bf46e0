package misskey

import (
	"context"
	"strings"

	"vitrine/feeds"
	"vitrine/feeds/address"
	"vitrine/feeds/apiclient"
)

// Profile implements feeds.Profiles.
func (s *Source) Profile(ctx context.Context, user, domain string) (*feeds.Author, error) {
	w, a, err := s.show(ctx, handleQuestion(s.Host(), user, domain))
	if err != nil {
		return nil, err
	}
	author, err := a.person(ctx, &w.user)
	if err != nil {
		return nil, a.Failure(err)
	}
	switch to := w.MovedTo; {
	case isID(string(to)) && ident(to) != w.ID:
		author.Moved = s.moved(ctx, to)
	case strings.Contains(string(to), "://"):
		author.Moved = movedTo(string(to), author)
	}
	return author, nil
}

// handleQuestion asks for a user by name; a server's own members have no host.
func handleQuestion(host, user, domain string) question {
	q := question{"username": user, "host": nil}
	if domain = strings.ToLower(domain); domain != "" && domain != host {
		q["host"] = domain
	}
	return q
}

func (s *Source) show(ctx context.Context, q question) (*profile, *answer, error) {
	var w profile
	a, err := s.ask(ctx, "users/show", q, &w)
	return &w, a, err
}

func (a *answer) person(ctx context.Context, w *user) (*feeds.Author, error) {
	return withOwnEmoji(ctx, a, func() (*feeds.Author, error) { return a.author(w) })
}

// moved is who somebody is where they went; nil when that can't be read.
func (s *Source) moved(ctx context.Context, to apiclient.Text) *feeds.Author {
	w, a, err := s.show(ctx, question{"userId": string(to)})
	if err != nil {
		return nil
	}
	author, err := a.person(ctx, &w.user)
	if err != nil {
		return nil
	}
	return author
}

// movedTo is who somebody became, as far as an address tells it; nil where it doesn't.
func movedTo(to string, from *feeds.Author) *feeds.Author {
	at, err := address.Parse(to)
	if err != nil || at.Kind != address.Profile || at.User == from.User && at.Domain == from.Domain {
		return nil
	}
	return &feeds.Author{URL: to, Host: at.Host, User: at.User, Domain: at.Domain, Counts: feeds.AuthorCounts{Posts: -1, Followers: -1, Following: -1}}
}

// ProfilePosts implements feeds.Profiles. Notes of who wants to be read by members only are NeedsLogin.
func (s *Source) ProfilePosts(ctx context.Context, a *feeds.Author, f feeds.ProfileFilter, c feeds.Cursor) (*feeds.Page, error) {
	const endpoint = "users/notes"
	if f.Tag != "" {
		return nil, s.refuse(endpoint, apiclient.ErrNotOffered)
	}
	if !a.Wishes.SignInToView {
		here, err := s.known(ctx, a)
		if err != nil {
			return nil, err
		}
		a = here
	}
	switch {
	case a.Wishes.SignInToView:
		return nil, s.refuse(endpoint, apiclient.ErrClosed)
	case !isID(a.ID):
		return nil, s.refuse(endpoint, apiclient.ErrNoSuchID)
	}
	q := below(c)
	q["userId"] = a.ID
	q["withRenotes"], q["includeMyRenotes"] = !f.NoBoosts, !f.NoBoosts // from 2023.10 on, and before
	q["includeReplies"] = f.Replies
	if f.OnlyMedia {
		q["withFiles"] = true // which withReplies isn't allowed beside
	} else {
		q["withReplies"] = f.Replies
	}
	return s.notes(ctx, endpoint, q, c)
}

// known is an author with the id that this server has: what that of somebody read elsewhere is, only the server knows.
func (s *Source) known(ctx context.Context, a *feeds.Author) (*feeds.Author, error) {
	if a.Host == s.Host() && a.ID != "" {
		return a, nil
	}
	return s.Profile(ctx, a.User, a.Domain)
}

// Pinned implements feeds.Pinner. The question is Profile's, so that both at once are one request.
func (s *Source) Pinned(ctx context.Context, a *feeds.Author) (*feeds.Page, error) {
	if a.Wishes.SignInToView {
		return &feeds.Page{}, nil
	}
	w, ans, err := s.show(ctx, handleQuestion(s.Host(), a.User, a.Domain))
	if err != nil {
		return nil, err
	}
	page, err := ans.page(ctx, w.PinnedNotes)
	if err != nil {
		return nil, err
	}
	for i := range page.Entries {
		page.Entries[i].Pinned = true
	}
	return page, nil
}
