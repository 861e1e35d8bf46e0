package misskey

import (
	"cmp"
	"slices"
	"strings"

	"vitrine/feeds"
	"vitrine/feeds/address"
	"vitrine/feeds/apiclient"
	"vitrine/feeds/content"
)

// isLocal reports a member of the server asked.
func (a *answer) isLocal(w *user) bool { return w.Host == "" || strings.EqualFold(w.Host, a.Host()) }

// nameOf is the handle of a user, ok for one that can be.
func (a *answer) nameOf(w *user) (user, domain string, ok bool) {
	if a.isLocal(w) {
		return address.SplitHandle(w.Username + "@" + a.Host())
	}
	return address.SplitHandle(w.Username + "@" + w.Host)
}

// author adapts a user once an answer: most stand in several notes.
func (a *answer) author(w *user) (*feeds.Author, error) {
	user, domain, ok := a.nameOf(w)
	if !ok {
		return nil, apiclient.ErrNoName
	}
	return a.Author(string(w.ID)+" "+user+"@"+domain, func() (*feeds.Author, error) { return a.newAuthor(w, user, domain), nil })
}

func (a *answer) newAuthor(w *user, name, domain string) *feeds.Author {
	local := a.isLocal(w)
	author := &feeds.Author{
		URI:     a.Link(w.URI),
		Host:    a.Host(),
		ID:      string(w.ID),
		User:    name,
		Domain:  domain,
		Name:    strings.TrimSpace(w.Name),
		Avatar:  a.portrait(w.AvatarURL),
		Header:  a.portrait(w.BannerURL),
		Emoji:   a.emojiIn(local, []emojis{w.Emojis}, w.Name),
		Bot:     w.IsBot == apiclient.Yes,
		Locked:  w.IsLocked == apiclient.Yes,
		Gone:    goneOf(w),
		Limited: w.IsSilenced == apiclient.Yes,
		Joined:  apiclient.Day(w.CreatedAt),
		Counts:  countsOf(w),
		Roles:   rolesOf(w),
	}
	author.AvatarSt = staticAvatar(author.Avatar)
	page := "/@" + name
	if !local {
		page += "@" + domain
	}
	if author.URI == "" && local && w.ID != "" {
		author.URI = a.Origin() + "/users/" + string(w.ID)
	}
	author.URL = cmp.Or(a.Link(w.URL), a.Link(w.URI), a.Link(a.Origin()+page))
	a.describe(author, w)
	return author
}

// describe adds what an author writes of themself, and what they ask for.
func (a *answer) describe(author *feeds.Author, w *user) {
	texts := []string{w.Description}
	for _, f := range w.Fields {
		texts = append(texts, f.Name, f.Value)
	}
	o := content.Options{Emoji: a.emojiIn(a.isLocal(w), []emojis{w.Emojis}, texts...), BaseURL: a.homeOf(author)}
	author.Bio = content.ParseMFM(w.Description, o)
	for _, f := range w.Fields {
		if f.Name == "" && f.Value == "" {
			continue
		}
		row := feeds.Field{Name: f.Name, Value: content.ParseMFM(f.Value, o)}
		if slices.Contains(w.VerifiedLinks, f.Value) {
			row.Verified = a.At
		}
		author.Fields = append(author.Fields, row)
	}
	author.Wishes = feeds.BioWishes(author.Bio)
	author.Wishes.NoIndex = w.NoCrawl == apiclient.Yes || w.NoIndex == apiclient.Yes
	author.Wishes.NotIndexable = w.IsIndexable == apiclient.No
	author.Wishes.NotDiscoverable = w.IsExplorable == apiclient.No
	author.Wishes.SignInToView = w.SignInToView == apiclient.Yes
}

// portrait is Link for avatars and banners, without the pictures that forks put where none was chosen.
func (a *answer) portrait(raw string) string {
	picture := a.Link(raw)
	for _, placeholder := range [...]string{"/static-assets/user-unknown.png", "/static-assets/transparent.png"} {
		if strings.HasSuffix(picture, placeholder) {
			return ""
		}
	}
	return picture
}

// staticAvatar is the form of an avatar that doesn't move, which the server's own media proxy makes; "" where there is none.
func staticAvatar(avatar string) string {
	if strings.HasSuffix(avatar, "&avatar=1") || strings.HasSuffix(avatar, "?avatar=1") {
		return avatar + "&static=1"
	}
	return ""
}

func goneOf(w *user) feeds.Kind {
	switch {
	case w.IsDeleted == apiclient.Yes:
		return feeds.Gone
	case w.IsSuspended == apiclient.Yes:
		return feeds.Refused
	}
	return ""
}

// countsOf leaves out what its owner shows to followers only: servers send 0 for it.
func countsOf(w *user) feeds.AuthorCounts {
	c := feeds.AuthorCounts{Posts: w.NotesCount.Count(), Followers: w.FollowersCount.Count(), Following: w.FollowingCount.Count()}
	if cmp.Or(w.FollowersShown, w.BothShown, "public") != "public" {
		c.Followers = -1
	}
	if cmp.Or(w.FollowingShown, w.BothShown, "public") != "public" {
		c.Following = -1
	}
	return c
}

func rolesOf(w *user) []string {
	var roles []string
	for _, r := range w.Roles {
		if name := strings.TrimSpace(r.Name); name != "" && r.IsPublic != apiclient.No {
			roles = append(roles, name)
		}
	}
	return roles
}
