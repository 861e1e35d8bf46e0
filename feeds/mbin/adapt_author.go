package mbin

import (
	"cmp"
	"net/url"
	"strings"
	"unicode"

	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/wire"
)

// The beginnings of an author's id.
const (
	magazineID = "c:"
	userID     = "u:"
)

// userOf adapts a user once an answer: a user stands in each of their posts.
func (a *answer) userOf(w *user) (*feeds.Author, error) {
	if w == nil {
		return nil, errNoAuthor
	}
	author, err := a.account(userID, w.ID, w.Name, w.ProfileID, "/u/")
	if err != nil || a.authors[author.ID] == author {
		return author, err
	}
	author.Name = strings.TrimSpace(w.Title)
	author.Bio = a.markdown(w.About, nil)
	author.Avatar = a.fileOf(w.Avatar)
	author.Header = a.fileOf(w.Cover)
	author.Bot = w.Bot == yes
	author.Joined = wire.Day(w.CreatedAt)
	author.Counts = feeds.AuthorCounts{Posts: -1, Followers: w.Followers.Count(), Following: -1}
	author.Wishes = wishesOf(author.Bio)
	author.Wishes.NotDiscoverable = w.Discoverable == no
	author.Wishes.NotIndexable = w.Indexable == no
	a.authors[author.ID] = author
	return author, nil
}

// magazineOf adapts a magazine, once an answer too.
func (a *answer) magazineOf(w *magazine) (*feeds.Author, error) {
	if w == nil {
		return nil, errNoAuthor
	}
	author, err := a.account(magazineID, w.ID, w.Name, w.ProfileID, "/m/")
	if err != nil || a.authors[author.ID] == author {
		return author, err
	}
	author.Group, author.Community = true, true
	author.Name = strings.TrimSpace(w.Title)
	author.Bio = a.markdown(w.Description, nil)
	author.Avatar = a.fileOf(w.Icon)
	author.Header = a.fileOf(w.Banner)
	author.Counts = feeds.AuthorCounts{Posts: -1, Followers: w.Subscribers.Count(), Following: -1}
	if w.Entries.Known {
		author.Counts.Posts = w.Entries.Size() + w.Posts.Size()
	}
	a.authors[author.ID] = author
	return author, nil
}

// account is what users and magazines have in common, or the author that this answer has made of it already. The server's own
// have no address in the answer: it is made of their name and the folder of their pages.
func (a *answer) account(prefix string, id ident, name, profile, folder string) (*feeds.Author, error) {
	if !isID(string(id)) {
		return nil, errNoID
	}
	if author := a.authors[prefix+string(id)]; author != nil {
		return author, nil
	}
	user, domain, _ := strings.Cut(strings.TrimPrefix(strings.TrimSpace(name), "@"), "@")
	if user == "" || strings.ContainsAny(user, "@/!? \t\n") || strings.ContainsAny(domain, "@/!? \t\n") {
		return nil, errNoName
	}
	uri := a.link(profile)
	if domain == "" {
		domain = cmp.Or(hostOf(uri), a.domain())
		uri = cmp.Or(uri, a.link(folder+url.PathEscape(user)))
	}
	return &feeds.Author{URI: uri, URL: uri, Host: a.host, ID: prefix + string(id), User: user, Domain: strings.ToLower(domain)}, nil
}

// wishesOf reads what an author asks for in their own words.
func wishesOf(bio content.Doc) (wishes feeds.Wishes) {
	if len(bio.Blocks) == 0 {
		return wishes
	}
	words := strings.FieldsFunc(strings.ToLower(content.PlainText(bio)), func(r rune) bool {
		return r != '#' && !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
	for _, word := range words {
		switch word {
		case "#nobot":
			wishes.NoBot = true
		case "#noarchive":
			wishes.NoArchive = true
		}
	}
	return wishes
}
