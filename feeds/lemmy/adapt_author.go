package lemmy

import (
	"cmp"
	"strings"

	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/wire"
)

// The beginnings of an author's id.
const (
	communityID = "c:"
	personID    = "u:"
)

// person adapts somebody once an answer: a person stands in each of their posts.
func (a *answer) person(w *person, beside counts) (*feeds.Author, error) {
	if w == nil {
		return nil, errNoAuthor
	}
	author, err := a.account(personID, w.ID, cmp.Or(w.Name, w.UserName), cmp.Or(w.ActorID, w.APID), w.Local)
	if err != nil || a.authors[author.ID] == author {
		return author, err
	}
	author.Name = strings.TrimSpace(cmp.Or(w.DisplayName, w.Title))
	author.Bio = a.markdown(cmp.Or(w.Bio, w.About))
	author.Avatar = a.link(w.Avatar)
	author.Header = a.link(w.Banner)
	author.Bot = w.BotAccount == yes || w.Bot == yes
	author.Joined = wire.Day(cmp.Or(w.Published, w.PublishedAt))
	author.Counts = feeds.AuthorCounts{Posts: beside.PostCount.Or(w.PostCount).Count(), Followers: -1, Following: -1}
	author.Wishes = feeds.BioWishes(author.Bio)
	for _, f := range w.Fields {
		if label := strings.TrimSpace(f.Label); label != "" || f.Text != "" {
			author.Fields = append(author.Fields, feeds.Field{Name: label, Value: content.ParsePlain(f.Text, content.Options{})})
		}
	}
	if w.Deleted == yes {
		author.Gone = feeds.Gone
	}
	a.authors[author.ID] = author
	return author, nil
}

// community adapts a community, once an answer too.
func (a *answer) community(w *community, beside counts) (*feeds.Author, error) {
	if w == nil {
		return nil, errNoAuthor
	}
	author, err := a.account(communityID, w.ID, w.Name, cmp.Or(w.ActorID, w.APID), w.Local)
	if err != nil || a.authors[author.ID] == author {
		return author, err
	}
	author.Group, author.Community = true, true
	author.Name = strings.TrimSpace(w.Title)
	author.Bio = a.markdown(cmp.Or(w.Sidebar, w.Description))
	author.Avatar = a.link(w.Icon)
	author.Header = a.link(w.Banner)
	author.Joined = wire.Day(cmp.Or(w.Published, w.PublishedAt))
	author.Counts = feeds.AuthorCounts{
		Posts:     beside.Posts.Or(beside.PostCount).Or(w.Posts).Count(),
		Followers: beside.Subscribers.Or(beside.AllSubscribed).Or(beside.Subscriptions).Or(w.Subscribers).Count(),
		Following: -1,
	}
	switch {
	case w.Removed == yes:
		author.Gone = feeds.Refused
	case w.Deleted == yes:
		author.Gone = feeds.Gone
	}
	a.authors[author.ID] = author
	return author, nil
}

// account is what persons and communities have in common, or the author that this answer has made of it already.
func (a *answer) account(prefix string, id ident, name, actor string, local boolean) (*feeds.Author, error) {
	if !isID(string(id)) {
		return nil, errNoID
	}
	if author := a.authors[prefix+string(id)]; author != nil {
		return author, nil
	}
	if name == "" || strings.ContainsAny(name, "@/!? \t\n") {
		return nil, errNoName
	}
	uri := a.link(actor)
	domain := hostOf(uri)
	if domain == "" {
		if local == no {
			return nil, errNoName
		}
		domain = a.domain()
	}
	return &feeds.Author{URI: uri, URL: uri, Host: a.host, ID: prefix + string(id), User: name, Domain: domain}, nil
}
