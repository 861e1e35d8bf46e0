package peertube

import (
	"context"
	"maps"
	"net/url"
	"strings"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
)

const newestFirst = "-publishedAt"

// ServerPosts implements feeds.ServerTimelines.
func (s *Source) ServerPosts(ctx context.Context, scope feeds.Scope, c feeds.Cursor) (*feeds.Page, error) {
	q := url.Values{"sort": {newestFirst}}
	if scope == feeds.Local {
		q.Set("isLocal", "true")
	}
	return s.videos(ctx, "/api/v1/videos", q, c)
}

// TagPosts implements feeds.TagTimelines: videos of all servers that this one knows.
func (s *Source) TagPosts(ctx context.Context, tag string, with feeds.TagChoice, c feeds.Cursor) (*feeds.Page, error) {
	q := url.Values{"sort": {newestFirst}, "tagsOneOf": append([]string{strings.TrimPrefix(tag, "#")}, with.Any...)}
	if len(with.All) > 0 {
		q["tagsAllOf"] = with.All
	}
	return s.videos(ctx, "/api/v1/videos", q, c)
}

// videos asks for a part of a list. What was published since the part above was asked for shifts the list down: its last
// videos come again, and none is missed.
func (s *Source) videos(ctx context.Context, path string, q url.Values, c feeds.Cursor) (*feeds.Page, error) {
	part, err := spanAt(c)
	if err != nil {
		return nil, s.NotAsked("GET "+path, err)
	}
	maps.Copy(q, part.query())
	var wire videos
	a, err := s.ask(ctx, path, q, &wire)
	if err != nil {
		return nil, err
	}
	if wire.Data == nil {
		return nil, a.Failure(apiclient.ErrNoList)
	}
	page, err := a.page(wire.Data)
	if err != nil {
		return nil, err
	}
	page.Older = part.older(len(wire.Data), wire.Total)
	return page, nil
}

// TrendingPosts implements feeds.PostTrends: what was watched most in the last days.
func (s *Source) TrendingPosts(ctx context.Context, c feeds.Cursor) (*feeds.Page, error) {
	return s.videos(ctx, "/api/v1/videos", url.Values{"sort": {"-trending"}}, c)
}
