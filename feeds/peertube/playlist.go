package peertube

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strings"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
)

const (
	listCount = 100 // elements of a list that are asked for at once: the most that a server gives
	listParts = 10  // of a list are asked for before it is shown: only all of it can be put into the order of time
)

func listPath(id string) string { return "/api/v1/video-playlists/" + url.PathEscape(id) }

// Playlist implements feeds.Playlists. One that its maker keeps private is NeedsLogin.
func (s *Source) Playlist(ctx context.Context, id string) (*feeds.Author, error) {
	var wire videoList
	a, err := s.ask(ctx, listPath(id), nil, &wire)
	if err != nil {
		return nil, err
	}
	list, err := a.list(&wire)
	if err != nil {
		return nil, a.Failure(err)
	}
	return list, nil
}

// list adapts a playlist; its maker is the channel, or else the account.
func (a *answer) list(w *videoList) (*feeds.Author, error) {
	id := cmp.Or(w.ShortUUID, w.UUID)
	switch {
	case w.Privacy.ID != privacyPublic && w.Privacy.ID != privacyUnlisted:
		return nil, apiclient.ErrHidden
	case id == "":
		return nil, apiclient.ErrNoID
	}
	maker, err := a.authorOf(&video{Channel: w.Channel, Account: w.Account})
	if err != nil {
		return nil, err
	}
	picture := cmp.Or(a.Link(w.ThumbURL), a.Link(w.Thumbnail))
	return &feeds.Author{
		URI:      a.Link(w.URL),
		URL:      a.Link(w.URL),
		Host:     a.Host(),
		ID:       id,
		User:     maker.User,
		Domain:   maker.Domain,
		Name:     strings.TrimSpace(w.DisplayName),
		Bio:      a.markdown(w.Description),
		Avatar:   picture,
		AvatarSt: picture,
		Joined:   apiclient.Day(w.CreatedAt),
		Counts:   feeds.AuthorCounts{Posts: w.Length.Count(), Followers: -1, Following: -1},
	}, nil
}

// PlaylistPosts implements feeds.Playlists. A list of more than a thousand videos goes on below, where older and newer ones may stand.
func (s *Source) PlaylistPosts(ctx context.Context, id string, c feeds.Cursor) (*feeds.Page, error) {
	path := listPath(id) + "/videos"
	start, err := apiclient.Position(c, 0)
	if err != nil {
		return nil, s.NotAsked("GET "+path, err)
	}
	var posts []*feeds.Post
	for range listParts {
		part, err := s.listPart(ctx, path, span{start, listCount})
		if err != nil && len(posts) == 0 {
			return nil, err
		}
		if err != nil {
			break // who asks for what is below hears it again
		}
		posts = append(posts, part.Posts...)
		if c = part.Older; c == "" {
			break
		}
		start, _ = apiclient.Position(c, 0)
	}
	slices.SortStableFunc(posts, func(p, q *feeds.Post) int { return feeds.EarlierPost(q, p) })
	posts = slices.CompactFunc(posts, func(p, q *feeds.Post) bool { return p.Key == q.Key }) // a video may stand in a list twice
	return &feeds.Page{Posts: posts, Entries: feeds.EntriesOf(posts), Older: c}, nil
}

// listPart asks for a part of a list.
func (s *Source) listPart(ctx context.Context, path string, part span) (*feeds.Page, error) {
	var wire listElements
	a, err := s.ask(ctx, path, part.query(), &wire)
	if err != nil {
		return nil, err
	}
	if wire.Data == nil {
		return nil, a.Failure(apiclient.ErrNoList)
	}
	films := make([]video, 0, len(wire.Data))
	for _, e := range wire.Data {
		if e.Video != nil {
			films = append(films, *e.Video)
		}
	}
	page, err := a.page(films)
	if err != nil {
		return nil, err
	}
	page.Older = part.older(len(wire.Data), wire.Total)
	return page, nil
}

// PlaylistsOf implements feeds.Playlists, for channels and accounts.
func (s *Source) PlaylistsOf(ctx context.Context, of *feeds.Author) ([]*feeds.Author, error) {
	path, err := s.pathOf(ctx, of)
	if err != nil {
		return nil, err
	}
	q := span{0, listCount}.query()
	q.Set("sort", "-createdAt")
	var wire videoLists
	a, err := s.ask(ctx, path+"/video-playlists", q, &wire)
	if err != nil {
		return nil, err
	}
	if wire.Data == nil {
		return nil, a.Failure(apiclient.ErrNoList)
	}
	return apiclient.Each(a.Answer, wire.Data, func(w *videoList) (*feeds.Author, error) {
		if w.Privacy.ID == privacyUnlisted {
			return nil, apiclient.ErrHidden
		}
		return a.list(w)
	})
}
