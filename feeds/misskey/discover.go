package misskey

import (
	"context"
	"slices"
	"strings"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
)

// TrendingTags implements feeds.TagTrends. The server counts the people of an hour, and those of the last ten minutes over and over:
// each of these wrote at least once.
func (s *Source) TrendingTags(ctx context.Context) ([]feeds.TagTrend, error) {
	var list apiclient.List[trend]
	a, err := s.ask(ctx, "hashtags/trend", nil, &list)
	if err != nil {
		return nil, err
	}
	if list == nil && a.Status != 204 {
		return nil, a.Failure(apiclient.ErrNoList)
	}
	var trends []feeds.TagTrend
	for _, t := range list {
		uses := 0
		for _, n := range t.Chart {
			uses += n.Size()
		}
		if tag, ok := a.tag(t.Tag); ok {
			today := feeds.DayUse{Day: a.At.Truncate(24 * time.Hour), People: t.UsersCount.Size(), Uses: max(uses, t.UsersCount.Size())}
			trends = append(trends, feeds.TagTrend{Tag: tag, History: []feeds.DayUse{today}})
		}
	}
	return trends, nil
}

// SearchAccounts implements feeds.AccountSearch.
func (s *Source) SearchAccounts(ctx context.Context, q string) ([]*feeds.Author, error) {
	people, _, err := s.people(ctx, "users/search", question{"query": q, "limit": firstLimit, "detail": true})
	return people, err
}

// SearchTags implements feeds.TagSearch.
func (s *Source) SearchTags(ctx context.Context, q string) ([]feeds.Tag, error) {
	var list apiclient.List[string]
	a, err := s.ask(ctx, "hashtags/search", question{"query": strings.TrimPrefix(q, "#"), "limit": firstLimit}, &list)
	if err != nil {
		return nil, err
	}
	if list == nil && a.Status != 204 {
		return nil, a.Failure(apiclient.ErrNoList)
	}
	return a.tagsOf(list), nil
}

// SearchPosts implements feeds.PostSearch. By default a server lets only its members search notes.
func (s *Source) SearchPosts(ctx context.Context, q string, c feeds.Cursor) (*feeds.Page, error) {
	query := below(c)
	query["query"] = q
	return s.notes(ctx, "notes/search", query, c)
}

// Directory implements feeds.Directory: the server's own members who may be found, most followed or newest first.
// Source: https://misskey-hub.net/docs/for-developers/api/endpoints/users/
func (s *Source) Directory(ctx context.Context, o feeds.DirectoryOrder, c feeds.Cursor) ([]*feeds.Author, feeds.Cursor, error) {
	from, err := apiclient.Position(c, 0)
	if err != nil {
		return nil, "", s.refuse("users", err)
	}
	q := question{"sort": "+follower", "origin": "local", "state": "alive", "limit": olderLimit, "offset": from}
	if o == feeds.NewestFirst {
		q["sort"] = "+createdAt"
	}
	people, n, err := s.people(ctx, "users", q)
	if err != nil || n < olderLimit {
		return people, "", err
	}
	return people, apiclient.CursorAt(from + n), nil
}

// Following implements feeds.Following. A page may be short and the list go on, so it ends with an empty one. A
// list that isn't for guests is refused with the code FORBIDDEN.
// Source: https://misskey-hub.net/docs/for-developers/api/endpoints/users/following/
func (s *Source) Following(ctx context.Context, a *feeds.Author, c feeds.Cursor) ([]*feeds.Author, feeds.Cursor, error) {
	a, err := s.known(ctx, a)
	if err != nil {
		return nil, "", err
	}
	q := question{"limit": feeds.FollowingPage, "userId": a.ID}
	if c != "" {
		q["untilId"] = string(c)
	}
	var list apiclient.List[user]
	ans, err := s.ask(ctx, "users/following", q, &list)
	if err != nil {
		return nil, "", err
	}
	if list == nil && ans.Status != 204 {
		return nil, "", ans.Failure(apiclient.ErrNoList)
	}
	people, err := withOwnEmoji(ctx, ans, func() ([]*feeds.Author, error) {
		return apiclient.Each(ans.Answer, list, func(f *user) (*feeds.Author, error) {
			if f.Followee.Value == nil {
				return nil, apiclient.ErrNoObject
			}
			return ans.author(f.Followee.Value)
		})
	})
	if err != nil || len(list) == 0 || feeds.Cursor(list[len(list)-1].ID) == c {
		return people, "", err
	}
	return people, feeds.Cursor(list[len(list)-1].ID), nil
}

// people asks for a list of users, and also returns how many came: who doesn't want to be found is left out. When all are broken the
// answer is BadData.
func (s *Source) people(ctx context.Context, endpoint string, q question) ([]*feeds.Author, int, error) {
	var list apiclient.List[user]
	a, err := s.ask(ctx, endpoint, q, &list)
	if err != nil {
		return nil, 0, err
	}
	if list == nil && a.Status != 204 {
		return nil, 0, a.Failure(apiclient.ErrNoList)
	}
	people, err := withOwnEmoji(ctx, a, func() ([]*feeds.Author, error) {
		return apiclient.Each(a.Answer, list[:min(len(list), olderLimit)], a.author)
	})
	people = slices.DeleteFunc(people, func(p *feeds.Author) bool { return p.Wishes.NotDiscoverable })
	return people, len(list), err
}
