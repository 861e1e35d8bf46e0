package mbin

import (
	"cmp"
	"net/url"
	"strings"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
	"vitrine/feeds/forum"
)

// userOf adapts a user once an answer: a user stands in each of their posts.
func (a *answer) userOf(w *user) (*feeds.Author, error) {
	if w == nil {
		return nil, apiclient.ErrNoAuthor
	}
	id := forum.PersonID + string(w.ID)
	return a.Author(id, func() (*feeds.Author, error) {
		author, err := a.account(id, w.ID, w.Name, w.ProfileID, "/u/")
		if err != nil {
			return nil, err
		}
		author.Name = strings.TrimSpace(w.Title)
		author.Bio = a.markdown(w.About, nil, nil)
		author.Avatar = a.fileOf(w.Avatar)
		author.Header = a.fileOf(w.Cover)
		author.Bot = w.Bot == apiclient.Yes
		author.Joined = apiclient.Day(w.CreatedAt)
		author.Counts = feeds.AuthorCounts{Posts: -1, Followers: w.Followers.Count(), Following: -1}
		author.Wishes = feeds.BioWishes(author.Bio)
		author.Wishes.NotDiscoverable = w.Discoverable == apiclient.No
		author.Wishes.NotIndexable = w.Indexable == apiclient.No
		author.Banned = w.Banned == apiclient.Yes
		if strings.HasPrefix(w.Name, deletedName) {
			author.Gone = feeds.Gone
		}
		return author, nil
	})
}

// magazineOf adapts a magazine, once an answer too.
func (a *answer) magazineOf(w *magazine) (*feeds.Author, error) {
	if w == nil {
		return nil, apiclient.ErrNoAuthor
	}
	id := forum.CommunityID + string(w.ID)
	return a.Author(id, func() (*feeds.Author, error) {
		author, err := a.account(id, w.ID, w.Name, w.ProfileID, "/m/")
		if err != nil {
			return nil, err
		}
		author.Group, author.Community = true, true
		author.Name = strings.TrimSpace(w.Title)
		author.Bio = a.markdown(w.Description, nil, nil)
		author.Avatar = a.fileOf(w.Icon)
		author.Header = a.fileOf(w.Banner)
		author.Counts = feeds.AuthorCounts{Posts: -1, Followers: w.Subscribers.Count(), Following: -1}
		if w.Entries.Known {
			author.Counts.Posts = w.Entries.Size() + w.Posts.Size()
		}
		author.ModsOnly = w.ModsOnly == apiclient.Yes
		author.Wishes.NotDiscoverable = w.Discoverable == apiclient.No
		author.Wishes.NotIndexable = w.Indexable == apiclient.No
		return author, nil
	})
}

// deletedName begins the name of a user who deleted their account, and whose posts stay.
// Source: isAccountDeleted of https://github.com/MbinOrg/mbin/blob/main/src/Entity/User.php
const deletedName = "!deleted"

// account is what users and magazines have in common. The server's own have no address in the answer: it is made of their name and
// the folder of their pages.
func (a *answer) account(id string, number apiclient.Text, name, profile, folder string) (*feeds.Author, error) {
	if folder == "/u/" && strings.HasPrefix(name, deletedName) {
		name = name[1:]
	}
	user, domain, _ := strings.Cut(strings.TrimPrefix(strings.TrimSpace(name), "@"), "@")
	switch {
	case !apiclient.IsNumeral(string(number)):
		return nil, apiclient.ErrNoID
	case !forum.IsName(user) || domain != "" && !forum.IsName(domain):
		return nil, apiclient.ErrNoName
	}
	uri := a.Link(profile)
	if domain == "" {
		domain = cmp.Or(apiclient.HostOf(uri), a.Domain())
		uri = cmp.Or(uri, a.Link(folder+url.PathEscape(user)))
	}
	return &feeds.Author{URI: uri, URL: uri, Host: a.Host(), ID: id, User: user, Domain: strings.ToLower(domain)}, nil
}
