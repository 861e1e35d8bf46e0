package lemmy

import (
	"cmp"
	"strings"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
	"vitrine/feeds/content"
	"vitrine/feeds/forum"
)

// person adapts somebody once an answer: a person stands in each of their posts.
func (a *answer) person(w *person, beside counts) (*feeds.Author, error) {
	if w == nil {
		return nil, apiclient.ErrNoAuthor
	}
	id := forum.PersonID + string(w.ID)
	return a.Author(id, func() (*feeds.Author, error) {
		author, err := a.account(id, w.ID, cmp.Or(w.Name, w.UserName), cmp.Or(w.ActorID, w.APID), w.Local)
		if err != nil {
			return nil, err
		}
		author.Name = strings.TrimSpace(cmp.Or(w.DisplayName, w.Title))
		author.Bio = a.markdown(cmp.Or(w.Bio, w.About), author.Domain)
		author.Avatar = a.Link(w.Avatar)
		author.Header = a.Link(w.Banner)
		author.Bot = w.BotAccount == apiclient.Yes || w.Bot == apiclient.Yes
		author.Joined = apiclient.Day(cmp.Or(w.Published, w.PublishedAt))
		author.Counts = feeds.AuthorCounts{Posts: beside.PostCount.Or(w.PostCount).Count(), Followers: -1, Following: -1}
		author.Wishes = feeds.BioWishes(author.Bio)
		for _, f := range w.Fields {
			if label := strings.TrimSpace(f.Label); label != "" || f.Text != "" {
				author.Fields = append(author.Fields, feeds.Field{Name: label, Value: content.ParsePlain(f.Text, content.Options{})})
			}
		}
		author.Banned = a.isBanned(w.Banned, w.BanExpires)
		if w.Deleted == apiclient.Yes {
			author.Gone = feeds.Gone
		}
		return author, nil
	})
}

// community adapts a community, once an answer too.
func (a *answer) community(w *community, beside counts) (*feeds.Author, error) {
	if w == nil {
		return nil, apiclient.ErrNoAuthor
	}
	id := forum.CommunityID + string(w.ID)
	return a.Author(id, func() (*feeds.Author, error) {
		author, err := a.account(id, w.ID, w.Name, cmp.Or(w.ActorID, w.APID), w.Local)
		if err != nil {
			return nil, err
		}
		author.Group, author.Community = true, true
		author.Name = strings.TrimSpace(w.Title)
		author.Bio = a.markdown(cmp.Or(w.Sidebar, w.Description), author.Domain)
		author.Avatar = a.Link(w.Icon)
		author.Header = a.Link(w.Banner)
		author.Joined = apiclient.Day(cmp.Or(w.Published, w.PublishedAt))
		author.Counts = feeds.AuthorCounts{
			Posts:     beside.Posts.Or(beside.PostCount).Or(w.Posts).Count(),
			Followers: beside.Subscribers.Or(beside.AllSubscribed).Or(beside.Subscriptions).Or(w.Subscribers).Count(),
			Following: -1,
		}
		author.Banned = w.Banned == apiclient.Yes
		author.ModsOnly = w.ModsOnly == apiclient.Yes || w.Restricted == apiclient.Yes
		author.Wishes.NotDiscoverable = w.Hidden == apiclient.Yes || strings.EqualFold(w.Visibility, "unlisted")
		switch {
		case w.Removed == apiclient.Yes:
			author.Gone = feeds.Refused
		case w.Deleted == apiclient.Yes:
			author.Gone = feeds.Gone
		}
		return author, nil
	})
}

// isBanned reports a ban that holds when the answer came.
func (a *answer) isBanned(banned apiclient.Bool, expires string) bool {
	end := apiclient.Time(expires)
	return banned == apiclient.Yes && (end.IsZero() || end.After(a.At))
}

// account is what persons and communities have in common.
func (a *answer) account(id string, number apiclient.Text, name, actor string, local apiclient.Bool) (*feeds.Author, error) {
	switch {
	case !apiclient.IsNumeral(string(number)):
		return nil, apiclient.ErrNoID
	case !forum.IsName(name):
		return nil, apiclient.ErrNoName
	}
	uri := a.Link(actor)
	domain := apiclient.HostOf(uri)
	if domain == "" {
		if local == apiclient.No {
			return nil, apiclient.ErrNoName
		}
		domain = a.Domain()
	}
	return &feeds.Author{URI: uri, URL: uri, Host: a.Host(), ID: id, User: name, Domain: domain}, nil
}
