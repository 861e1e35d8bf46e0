package misskey

import (
	"cmp"
	"net/url"
	"strings"

	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/wire"
)

// author adapts a user once an answer: most stand in several notes.
func (a *answer) author(w *user) (*feeds.Author, error) {
	user, domain := w.Username, cmp.Or(strings.ToLower(w.Host), a.Host())
	if user == "" || strings.ContainsAny(user+domain, "@/ ") {
		return nil, errNoName
	}
	id := cmp.Or(w.ID, user+"@"+domain)
	if known := a.authors[id]; known != nil {
		return known, nil
	}
	local := w.Host == ""
	own := a.server.Origin() + "/@" + url.PathEscape(user)
	if !local {
		own += "@" + domain
	}
	author := &feeds.Author{
		URI:    a.server.Link(w.URI),
		URL:    cmp.Or(a.server.Link(w.URL), a.server.Link(w.URI), own),
		Host:   a.Host(),
		ID:     w.ID,
		User:   user,
		Domain: domain,
		Name:   strings.TrimSpace(w.Name),
		Avatar: a.server.Link(w.AvatarURL),
		Header: a.server.Link(w.BannerURL),
		Emoji:  a.emojiIn(local, []emojis{w.Emojis}, w.Name),
		Bot:    w.IsBot == wire.Yes,
		Locked: w.IsLocked == wire.Yes,
		Joined: wire.Time(w.CreatedAt),
		Counts: feeds.AuthorCounts{
			Posts: w.NotesCount.Count(), Followers: shown(w.FollowersCount, w.FollowersShown), Following: shown(w.FollowingCount, w.FollowingShown),
		},
	}
	author.AvatarSt, author.HeaderSt = author.Avatar, author.Header
	if author.URI == "" && local {
		author.URI = a.server.Origin() + "/users/" + url.PathEscape(w.ID)
	}
	if w.IsSuspended == wire.Yes {
		author.Gone = feeds.Refused
	}
	bio := content.Options{Emoji: a.emojiIn(local, []emojis{w.Emojis}, w.Description), BaseURL: a.homeOf(author)}
	author.Bio = content.ParseMFM(w.Description, bio)
	for _, f := range w.Fields {
		field := feeds.Field{Name: f.Name, Value: content.ParseMFM(f.Value, bio)}
		for _, link := range w.VerifiedLinks {
			if link == f.Value {
				field.Verified = a.At
			}
		}
		author.Fields = append(author.Fields, field)
	}
	author.Wishes = feeds.BioWishes(author.Bio)
	author.Wishes.NoIndex = w.NoCrawl == wire.Yes
	author.Wishes.NotDiscoverable = w.IsExplorable == wire.No
	author.Wishes.SignInToView = w.SignInToView == wire.Yes
	for _, r := range w.Roles {
		if r.Name != "" && r.IsPublic != wire.No {
			author.Roles = append(author.Roles, r.Name)
		}
	}
	a.authors[id] = author
	return author, nil
}

// shown is a count whose owner may hide it from guests.
func shown(n wire.Number, visibility string) int {
	if visibility != "" && visibility != "public" {
		return -1
	}
	return n.Count()
}
