package misskey

import (
	"context"
	"errors"
	"strings"

	"vitrine/feeds"
	"vitrine/feeds/wire"
)

const (
	firstLimit = 20 // notes of a newest page: as much as a first screen needs
	olderLimit = 40 // of the pages below; a server gives up to 100
)

// under is the question for a part of a list.
func under(c feeds.Cursor) map[string]any {
	if c == "" {
		return map[string]any{"limit": firstLimit}
	}
	return map[string]any{"limit": olderLimit, "untilId": string(c)}
}

// notes asks for a part of a list that goes on by ids.
func (s *Source) notes(ctx context.Context, endpoint string, body map[string]any, c feeds.Cursor) (*feeds.Page, error) {
	var list wire.List[note]
	a, err := s.post(ctx, endpoint, body, &list)
	if err != nil {
		return nil, err
	}
	if list == nil && a.Status != 204 {
		return nil, s.server.BadData(a.Answer, errNoList)
	}
	page, err := a.page(ctx, list)
	if err != nil {
		return nil, err
	}
	for i := len(list) - 1; i >= 0 && page.Older == ""; i-- {
		page.Older = feeds.Cursor(list[i].ID)
	}
	if page.Older == c {
		page.Older = ""
	}
	return page, nil
}

// ServerPosts implements feeds.Timelines.
func (s *Source) ServerPosts(ctx context.Context, scope feeds.Scope, c feeds.Cursor) (*feeds.Page, error) {
	endpoint, access := "notes/local-timeline", s.access().Local
	if scope == feeds.Federated {
		endpoint, access = "notes/global-timeline", s.access().Federated
	}
	if access.Closed() {
		return nil, s.server.Failure(feeds.NeedsLogin, "/api/"+endpoint, 0, errors.New("closed to guests, as the server says"))
	}
	return s.notes(ctx, endpoint, under(c), c)
}

func (s *Source) access() feeds.Access {
	if i := s.known.Load(); i != nil {
		return i.Access
	}
	return feeds.Access{}
}

// TagPosts implements feeds.Timelines.
func (s *Source) TagPosts(ctx context.Context, tag string, c feeds.Cursor) (*feeds.Page, error) {
	q := under(c)
	q["tag"] = strings.TrimPrefix(tag, "#")
	return s.notes(ctx, "notes/search-by-tag", q, c)
}

// Profile implements feeds.Profiles.
func (s *Source) Profile(ctx context.Context, user, domain string) (*feeds.Author, error) {
	who, a, err := s.user(ctx, user, domain)
	if err != nil {
		return nil, err
	}
	a.loadEmoji(ctx, who.Host == "" && len(shortcodes(who.Name+" "+who.Description)) > 0)
	author, err := a.author(who)
	if err != nil {
		return nil, s.server.BadData(a.Answer, err)
	}
	return author, nil
}

func (s *Source) user(ctx context.Context, name, domain string) (*user, *answer, error) {
	q := map[string]any{"username": name, "host": nil}
	if domain = strings.ToLower(domain); domain != "" && domain != s.Host() {
		q["host"] = domain
	}
	var who user
	a, err := s.post(ctx, "users/show", q, &who)
	return &who, a, err
}

// ProfilePosts implements feeds.Profiles. Notes of who wants to be read by members only are NeedsLogin.
func (s *Source) ProfilePosts(ctx context.Context, a *feeds.Author, f feeds.ProfileFilter, c feeds.Cursor) (*feeds.Page, error) {
	if a.Wishes.SignInToView {
		return nil, s.server.Failure(feeds.NeedsLogin, "/api/users/notes", 0, errors.New("as the author wishes"))
	}
	if f.Tag != "" {
		return nil, s.server.Failure(feeds.Unsupported, "/api/users/notes", 0, errors.New("no hashtags of one author"))
	}
	id := a.ID
	if a.Host != s.Host() || id == "" { // what it is here, only the server knows
		here, err := s.Profile(ctx, a.User, a.Domain)
		if err != nil {
			return nil, err
		}
		id = here.ID
	}
	q := under(c)
	q["userId"] = id
	q["withReplies"], q["includeReplies"] = f.Replies, f.Replies // from 2023.10 on; before
	q["withRenotes"], q["includeMyRenotes"] = !f.NoBoosts, !f.NoBoosts
	if f.OnlyMedia {
		q["withFiles"] = true
	}
	return s.notes(ctx, "users/notes", q, c)
}

// Pinned implements feeds.Profiles.
func (s *Source) Pinned(ctx context.Context, a *feeds.Author) (*feeds.Page, error) {
	if a.Wishes.SignInToView {
		return &feeds.Page{}, nil
	}
	who, ans, err := s.user(ctx, a.User, a.Domain)
	if err != nil {
		return nil, err
	}
	page, err := ans.page(ctx, who.PinnedNotes)
	if err != nil {
		return nil, err
	}
	for i := range page.Entries {
		page.Entries[i].Pinned = true
	}
	return page, nil
}

// FeaturedTags implements feeds.Profiles: Misskey has none.
func (s *Source) FeaturedTags(context.Context, *feeds.Author) ([]feeds.Tag, error) { return nil, nil }

// TrendingPosts implements feeds.Trends.
func (s *Source) TrendingPosts(ctx context.Context, c feeds.Cursor) (*feeds.Page, error) {
	return s.notes(ctx, "notes/featured", under(c), c)
}

// TrendingTags implements feeds.Trends. The server counts by the hour; what is told are today's notes.
func (s *Source) TrendingTags(ctx context.Context) ([]feeds.TagTrend, error) {
	var list wire.List[trend]
	a, err := s.post(ctx, "hashtags/trend", nil, &list)
	if err != nil {
		return nil, err
	}
	var out []feeds.TagTrend
	for _, t := range list {
		uses := 0
		for _, n := range t.Chart {
			uses += n.Size()
		}
		if t.Tag != "" {
			out = append(out, feeds.TagTrend{Tag: feeds.Tag{Name: t.Tag}, History: []feeds.DayUse{{Day: a.At.Truncate(24 * hour), People: t.UsersCount.Size(), Uses: uses}}})
		}
	}
	return out, nil
}

// TrendingLinks implements feeds.Trends: Misskey has none.
func (s *Source) TrendingLinks(context.Context) ([]feeds.LinkTrend, error) { return nil, nil }

// SearchAccounts implements feeds.Searcher.
func (s *Source) SearchAccounts(ctx context.Context, q string) ([]*feeds.Author, error) {
	people, _, err := s.people(ctx, "users/search", map[string]any{"query": q, "limit": firstLimit, "detail": true})
	return people, err
}

// SearchTags implements feeds.Searcher.
func (s *Source) SearchTags(ctx context.Context, q string) ([]feeds.Tag, error) {
	var list wire.List[string]
	if _, err := s.post(ctx, "hashtags/search", map[string]any{"query": strings.TrimPrefix(q, "#"), "limit": firstLimit}, &list); err != nil {
		return nil, err
	}
	var tags []feeds.Tag
	for _, name := range list {
		if name != "" {
			tags = append(tags, feeds.Tag{Name: name})
		}
	}
	return tags, nil
}

// Directory implements feeds.Directory: those who may be found, most followed first.
func (s *Source) Directory(ctx context.Context, c feeds.Cursor) ([]*feeds.Author, feeds.Cursor, error) {
	q := map[string]any{"sort": "+follower", "origin": "local", "state": "alive", "limit": olderLimit, "offset": offset(c)}
	people, n, err := s.people(ctx, "users", q)
	if err != nil || n < olderLimit {
		return people, "", err
	}
	return people, cursor(offset(c) + n), nil
}

func (s *Source) people(ctx context.Context, endpoint string, q map[string]any) ([]*feeds.Author, int, error) {
	var list wire.List[user]
	a, err := s.post(ctx, endpoint, q, &list)
	if err != nil {
		return nil, 0, err
	}
	var people []*feeds.Author
	for i := range list {
		if author, err := a.author(&list[i]); err == nil && !author.Wishes.NotDiscoverable {
			people = append(people, author)
		}
	}
	return people, len(list), nil
}
