package syndication

import (
	"cmp"
	"net/url"
	"strings"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
	"vitrine/feeds/content"
)

// adaptAuthor makes the publisher. A feed may claim any home page; only one at its own host gives it a name there.
func (a *adapter) adaptAuthor() {
	user := strings.TrimPrefix(apiclient.HostOf(a.url), "www.")
	user, _, _ = strings.Cut(user, ":")
	if name := memberOf(a.home); name != "" && apiclient.HostOf(a.home) == a.host {
		user = name
	} else if name := memberOf(a.url); name != "" && strings.Contains(a.url, "/@") {
		user = name
	}
	a.author = &feeds.Author{
		URL:    a.home,
		Host:   a.host,
		ID:     a.url,
		User:   user,
		Domain: a.host,
		Name:   cmp.Or(a.title.line(), a.by.name),
		Bio:    a.about.doc(content.Options{BaseURL: cmp.Or(a.home, a.base)}),
		Avatar: resolved(a.icon, a.base),
		Header: resolved(a.header, a.base),
		Counts: feeds.AuthorCounts{Posts: -1, Followers: -1, Following: -1},
	}
	if parts := segments(a.home); len(parts) > 1 && apiclient.HostOf(a.home) == a.host && (parts[0] == "c" || parts[0] == "m") {
		a.author.Group = true
	}
	if a.author.URL == "" {
		a.author.URL = a.url
	}
}

// authorOf is who wrote an item: the feed's author, somebody else on the same site, or in a feed of a hashtag the account that the
// item's id names.
func (a *adapter) authorOf(it *item) *feeds.Author {
	id := resolved(it.id, "")
	if user, host := statusAuthor(id), apiclient.HostOf(id); user != "" {
		u, err := url.Parse(id)
		if err == nil {
			u.Path, u.RawPath, u.RawQuery = "/@"+user, "", ""
			return a.member(user, host, resolved(u.String(), ""), it.by.name)
		}
	}
	page := resolved(it.by.url, a.base)
	if user := memberOf(page); user != "" && user == it.by.name && apiclient.HostOf(page) != "" {
		return a.member(user, apiclient.HostOf(page), page, "")
	}
	if name := it.by.name; name != "" && name != a.by.name && name != a.author.Name {
		other := *a.author
		other.Name = name
		if page != "" {
			other.URL = page
		}
		return &other
	}
	return a.author
}

// member is somebody who has a name of their own in the fediverse: the feed's author, or another.
func (a *adapter) member(user, host, page, name string) *feeds.Author {
	if user == a.author.User && host == a.author.Domain {
		return a.author
	}
	return &feeds.Author{
		URL: page, Host: a.host, ID: user + "@" + host, User: user, Domain: host, Name: name,
		Counts: feeds.AuthorCounts{Posts: -1, Followers: -1, Following: -1},
	}
}

// memberOf returns the name of the member, channel or community that an address is the page or the feed of, "" for none:
// /@ada, /@ada.rss, /@ada/feed.rss, /users/ada, /u/ada, /c/town, /m/town, /a/ada, /video-channels/ada, /profile/ada, /channels/ada.
func memberOf(page string) string {
	parts := segments(page)
	if len(parts) == 0 {
		return ""
	}
	name, marked := strings.CutPrefix(parts[0], "@")
	if !marked {
		if len(parts) < 2 {
			return ""
		}
		switch parts[0] {
		case "users", "u", "c", "m", "a", "video-channels", "profile", "channels", "channel":
			name = parts[1]
		default:
			return ""
		}
	}
	for _, extension := range [...]string{".rss", ".atom", ".json"} {
		name = strings.TrimSuffix(name, extension)
	}
	name, _, _ = strings.Cut(name, "@") // Lemmy's "/c/town@other.example" is a copy
	if !isName(name) {
		return ""
	}
	return name
}

func isName(s string) bool {
	return s != "" && len(s) <= 100 && !strings.ContainsFunc(s, func(r rune) bool {
		return (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') && r != '_' && r != '-' && r != '.'
	})
}

// statusAuthor returns whose post an address is, as Mastodon and those who write addresses like it make them: /users/ada/statuses/1,
// /@ada/1, GoToSocial's /@ada/statuses/01H. "" for other addresses, which may be anything.
func statusAuthor(page string) string {
	name, _ := statusParts(page)
	return name
}

// statusID returns the id of the post in its host's API, also of Lemmy's /post/1 and /comment/1 and of Misskey's /notes/9x.
func statusID(page string) string {
	_, id := statusParts(page)
	return id
}

func statusParts(page string) (user, id string) {
	parts := segments(page)
	switch {
	case strings.ContainsAny(page, "?#"):
		return "", ""
	case len(parts) == 4 && parts[0] == "users" && parts[2] == "statuses":
		user, id = parts[1], parts[3]
	case len(parts) == 3 && strings.HasPrefix(parts[0], "@") && parts[1] == "statuses":
		user, id = parts[0][1:], parts[2]
	case len(parts) == 2 && strings.HasPrefix(parts[0], "@") && isNumeral(parts[1]):
		user, id = parts[0][1:], parts[1]
	case len(parts) == 2 && (parts[0] == "post" || parts[0] == "comment") && isNumeral(parts[1]):
		return "", parts[1]
	case len(parts) == 2 && parts[0] == "notes" && isNoteID(parts[1]):
		return "", parts[1]
	}
	if !isName(user) || !isName(id) {
		return "", ""
	}
	return user, id
}

// isNoteID reports an id as Misskey makes them, in one of its five ways: all have a digit, and none has a hyphen, as the names of
// pages on other sites.
func isNoteID(s string) bool {
	return len(s) >= 10 && len(s) <= 32 && isName(s) && !strings.ContainsAny(s, "-_.") && strings.ContainsAny(s, "0123456789")
}

func isUUID(s string) bool { return len(s) == 36 && strings.Count(s, "-") == 4 && isName(s) }

func isNumeral(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// segments are the parts of an address's path.
func segments(page string) []string {
	u, err := url.Parse(page)
	if err != nil || u.Host == "" {
		return nil
	}
	path := strings.Trim(u.Path, "/")
	if path == "" {
		return nil
	}
	return strings.Split(path, "/")
}
