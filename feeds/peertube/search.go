package peertube

import (
	"context"
	"net/url"
	"strconv"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
)

const searchCount = 20

// SearchAccounts implements feeds.AccountSearch: channels, since a guest can't search accounts. Only the server itself is asked,
// though it may send its own visitors' words to an index elsewhere.
func (s *Source) SearchAccounts(ctx context.Context, q string) ([]*feeds.Author, error) {
	var wire accounts
	a, err := s.ask(ctx, "/api/v1/search/video-channels", url.Values{"search": {q}, "searchTarget": {"local"}, "count": {strconv.Itoa(searchCount)}}, &wire)
	if err != nil {
		return nil, err
	}
	if wire.Data == nil {
		return nil, a.Failure(apiclient.ErrNoList)
	}
	return apiclient.Each(a.Answer, wire.Data, func(w *account) (*feeds.Author, error) { return a.author(w, channel) })
}

// SearchPosts implements feeds.PostSearch: videos. As for channels, only the server itself is asked.
func (s *Source) SearchPosts(ctx context.Context, q string, c feeds.Cursor) (*feeds.Page, error) {
	return s.videos(ctx, "/api/v1/search/videos", url.Values{"search": {q}, "searchTarget": {"local"}, "sort": {newestFirst}}, c)
}

// Directory implements feeds.Directory: the channels that the server knows, those that changed last or came last first.
// Source: https://docs.joinpeertube.org/api-rest-reference.html#tag/Video-Channels
func (s *Source) Directory(ctx context.Context, o feeds.DirectoryOrder, c feeds.Cursor) ([]*feeds.Author, feeds.Cursor, error) {
	const path = "/api/v1/video-channels"
	part, err := spanAt(c)
	if err != nil {
		return nil, "", s.NotAsked("GET "+path, err)
	}
	q := part.query()
	q.Set("sort", "-updatedAt")
	if o == feeds.NewestFirst {
		q.Set("sort", "-createdAt")
	}
	var wire accounts
	a, err := s.ask(ctx, path, q, &wire)
	if err != nil {
		return nil, "", err
	}
	if wire.Data == nil {
		return nil, "", a.Failure(apiclient.ErrNoList)
	}
	channels, err := apiclient.Each(a.Answer, wire.Data[:min(len(wire.Data), part.count)], func(w *account) (*feeds.Author, error) { return a.author(w, channel) })
	return channels, part.older(len(wire.Data), wire.Total), err
}
