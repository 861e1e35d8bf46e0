package mastodon

import (
	"strings"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
	"vitrine/feeds/content"
)

// author adapts an account once an answer: an account stands in each of its statuses.
func (a *answer) author(w *account) (*feeds.Author, error) {
	return a.Author(string(w.ID)+" "+w.Acct, func() (*feeds.Author, error) {
		author, err := a.newAuthor(w)
		if err == nil && w.Moved != nil {
			author.Moved, _ = a.newAuthor(w.Moved)
		}
		return author, err
	})
}

func (a *answer) newAuthor(w *account) (*feeds.Author, error) {
	user, domain := a.splitAcct(w.fullName(), w.Username, w.URL)
	if user == "" {
		return nil, apiclient.ErrNoName
	}
	emoji := a.emojiOf(w.Emojis)
	text := content.Options{Emoji: emoji, BaseURL: a.Origin() + "/"}
	author := &feeds.Author{
		URI:      a.Link(w.URI),
		URL:      a.Link(w.URL),
		Host:     a.Host(),
		ID:       string(w.ID),
		User:     user,
		Domain:   domain,
		Name:     strings.TrimSpace(w.DisplayName),
		Bio:      content.ParseHTML(w.Note, text),
		Fields:   fieldsOf(w.Fields, text),
		Avatar:   a.portrait(w.Avatar),
		AvatarSt: a.portrait(w.AvatarStatic),
		Header:   a.portrait(w.Header),
		HeaderSt: a.portrait(w.HeaderStatic),
		Emoji:    emoji,
		Bot:      w.Bot == apiclient.Yes,
		Group:    w.Group == apiclient.Yes,
		Locked:   w.Locked == apiclient.Yes,
		Memorial: w.Memorial == apiclient.Yes,
		Limited:  w.Limited == apiclient.Yes,
		Joined:   apiclient.Day(w.CreatedAt),
		LastPost: apiclient.Day(w.LastStatusAt),
		Counts:   authorCounts(w),
		Roles:    rolesOf(w.Roles),
	}
	author.Wishes = wishesOf(w, author.Bio)
	if author.URI == "" && w.Pleroma != nil {
		author.URI = a.Link(w.Pleroma.APID)
	}
	if author.URL == "" {
		author.URL = author.URI
	}
	if w.Suspended == apiclient.Yes || w.Pleroma != nil && w.Pleroma.Deactivated == apiclient.Yes {
		author.Gone = feeds.Refused
	}
	return author, nil
}

// isLocal reports that the account is one of the server's own: its acct has no domain.
func (w *account) isLocal() bool { return w.Acct != "" && !strings.ContainsAny(w.Acct, "@/") }

// fullName is the acct, with its domain where Pleroma gives a local one's.
func (w *account) fullName() string {
	if strings.Contains(w.FQN, "@") {
		return w.FQN
	}
	return w.Acct
}

func fieldsOf(wire []field, o content.Options) []feeds.Field {
	var fields []feeds.Field
	for _, f := range wire {
		if f.Name != "" || f.Value != "" {
			fields = append(fields, feeds.Field{Name: f.Name, Value: content.ParseHTML(f.Value, o), Verified: apiclient.Time(f.VerifiedAt)})
		}
	}
	return fields
}

// portrait is link for avatars and banners, without the pictures that softwares put where none was chosen.
func (s *Source) portrait(raw string) string {
	picture := s.Link(raw)
	for _, placeholder := range [...]string{"/missing.png", "/images/avi.png", "/images/banner.png"} { // Mastodon, Pleroma
		if strings.HasSuffix(picture, placeholder) {
			return ""
		}
	}
	return picture
}

func authorCounts(w *account) feeds.AuthorCounts {
	c := feeds.AuthorCounts{Posts: w.StatusesCount.Count(), Followers: w.FollowersCount.Count(), Following: w.FollowingCount.Count()}
	if p := w.Pleroma; p != nil {
		hide(&c.Followers, p.HideFollowersCount)
		hide(&c.Following, p.HideFollowsCount)
	}
	if o := w.Other; o != nil {
		hide(&c.Posts, o.HideStatusesCount)
		hide(&c.Followers, o.HideFollowersCount)
		hide(&c.Following, o.HideFollowingCount)
	}
	return c
}

// hide makes a count unknown that its owner doesn't show: servers send 0 for it.
func hide(count *int, hidden apiclient.Bool) {
	if hidden == apiclient.Yes {
		*count = -1
	}
}

func rolesOf(wire []role) []string {
	var roles []string
	for _, r := range wire {
		if r.Name != "" {
			roles = append(roles, r.Name)
		}
	}
	return roles
}

// wishesOf reads what an author asks for. Only a plain "no" counts: where a software doesn't know a setting it is missing.
func wishesOf(w *account, bio content.Doc) feeds.Wishes {
	var wishes feeds.Wishes
	if strings.Contains(w.Note, "#") {
		wishes = feeds.BioWishes(bio)
	}
	wishes.NoIndex = w.NoIndex == apiclient.Yes || w.Other != nil && w.Other.NoIndex == apiclient.Yes
	wishes.NotIndexable = w.Indexable == apiclient.No
	wishes.NotDiscoverable = w.Discoverable == apiclient.No
	return wishes
}
