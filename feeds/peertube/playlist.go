package peertube

import (
	"cmp"
	"context"
	"net/url"
	"strings"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
)

// listPrefix begins the id of a playlist, which is read as a post with its videos below.
const listPrefix = "playlist:"

func listPath(id string) string { return "/api/v1/video-playlists/" + url.PathEscape(id) }

// listPost is a playlist as a post of the channel, or else the account, that made it.
func (s *Source) listPost(ctx context.Context, id string) (*feeds.Post, error) {
	var wire videoList
	a, err := s.ask(ctx, listPath(id), nil, &wire)
	if err != nil {
		return nil, err
	}
	post, err := a.listPost(&wire)
	if err != nil {
		return nil, a.Failure(err)
	}
	return post, nil
}

func (a *answer) listPost(w *videoList) (*feeds.Post, error) {
	published, id := apiclient.Time(w.CreatedAt), cmp.Or(w.ShortUUID, w.UUID)
	switch {
	case w.Privacy.ID != privacyPublic && w.Privacy.ID != privacyUnlisted:
		return nil, apiclient.ErrHidden
	case id == "":
		return nil, apiclient.ErrNoID
	case published.IsZero():
		return nil, apiclient.ErrNoTime
	}
	author, err := a.authorOf(&video{Channel: w.Channel, Account: w.Account})
	if err != nil {
		return nil, err
	}
	p := &feeds.Post{
		URI:        a.Link(w.URL),
		URL:        a.Link(w.URL),
		Author:     author,
		Published:  published,
		Title:      strings.TrimSpace(w.DisplayName),
		Body:       a.markdown(w.Description),
		Counts:     feeds.Counts{Replies: -1, Boosts: -1, Favourites: -1, Quotes: -1},
		Visibility: feeds.Public,
	}
	if picture := cmp.Or(a.Link(w.ThumbURL), a.Link(w.Thumbnail)); picture != "" {
		p.Media = []feeds.Media{{Kind: feeds.Image, URL: picture, Preview: picture}}
	}
	p.Key = feeds.Key(cmp.Or(p.URI, a.Host()+"/"+listPrefix+id))
	p.Sightings = []feeds.Sighting{{Host: a.Host(), ID: listPrefix + id, At: a.At, Origin: w.IsLocal == apiclient.Yes}}
	return p, nil
}

// listVideos are a playlist's videos in its order, as far as a guest may see them.
func (s *Source) listVideos(ctx context.Context, id string) ([]*feeds.Post, error) {
	var wire listElements
	a, err := s.ask(ctx, listPath(id)+"/videos", span{0, 100}.query(), &wire)
	if err != nil {
		return nil, err
	}
	if wire.Data == nil {
		return nil, a.Failure(apiclient.ErrNoList)
	}
	var posts []*feeds.Post
	for _, e := range wire.Data {
		if e.Video == nil {
			continue
		}
		if p, err := a.video(e.Video, listed); err == nil {
			p.Sightings[0].ParentID = listPrefix + id
			posts = append(posts, p)
		}
	}
	return posts, nil
}
