package peertube

import (
	"cmp"
	"strings"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
)

// actor says what an account is, and begins its id.
type actor string

const (
	channel actor = "channel:"
	person  actor = "account:"
)

// author adapts an account or a channel once an answer: it stands in each of its videos.
func (a *answer) author(w *account, as actor) (*feeds.Author, error) {
	user, domain := strings.TrimPrefix(w.Name, "@"), strings.ToLower(cmp.Or(w.Host, a.Host()))
	if user == "" || strings.ContainsAny(user+domain, "@/ ") {
		return nil, apiclient.ErrNoName
	}
	id := string(as) + cmp.Or(string(w.ID), user+"@"+domain)
	return a.Author(id, func() (*feeds.Author, error) {
		author := &feeds.Author{
			URI:    a.Link(w.URL),
			URL:    a.Link(w.URL),
			Host:   a.Host(),
			ID:     id,
			User:   user,
			Domain: domain,
			Name:   strings.TrimSpace(w.DisplayName),
			Bio:    a.text(w.Description),
			Avatar: a.picture(w.Avatars, w.Avatar, avatarWidth),
			Header: a.picture(w.Banners, w.Banner, bannerWidth),
			Group:  as == channel,
			Joined: apiclient.Day(w.CreatedAt),
			Counts: feeds.AuthorCounts{Posts: w.VideosCount.Count(), Followers: w.FollowersCount.Count(), Following: w.FollowingCount.Count()},
		}
		author.AvatarSt, author.HeaderSt = author.Avatar, author.Header
		if as == channel {
			author.Counts.Following = -1 // a channel follows nobody: the 0 is no choice of its owner's
		}
		return author, nil
	})
}

// How wide a picture has to be, in pixels, to be sharp where it is drawn.
const (
	avatarWidth = 120
	bannerWidth = 600
)

// picture returns the smallest size that is wide enough, or else the widest. single is what servers before 4.2 send.
func (s *Source) picture(sizes []picture, single *picture, enough int) string {
	var chosen string
	width := -1
	for _, p := range sizes {
		link, w := cmp.Or(s.Link(p.FileURL), s.Link(p.Path)), p.Width.Size()
		if link == "" {
			continue
		}
		if width < 0 || width < enough && w > width || w >= enough && w < width {
			chosen, width = link, w
		}
	}
	if chosen == "" && single != nil {
		chosen = cmp.Or(s.Link(single.FileURL), s.Link(single.Path))
	}
	return chosen
}
