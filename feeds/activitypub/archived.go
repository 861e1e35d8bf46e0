package activitypub

import (
	"path"
	"strings"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/address"
	"vitrine/feeds/apiclient"
	"vitrine/feeds/content"
)

// Archived is what an entry of the outbox in an account's archive holds. Its media may be files of the archive.
// Source: https://docs.joinmastodon.org/user/moving/#export
type Archived struct {
	Post    *feeds.Post       // nil for a boost
	Boosted string            // the address of the post that was boosted; "" for one of the account's own
	At      time.Time         // when it was boosted; zero where that isn't said
	Files   map[string]string // where the archive has the files at the post's URLs
}

// ArchivedItem reads an entry of an outbox that by took along. The errors are those of Object: NeedsLogin for what wasn't written for everybody,
// NotFound for what is no post.
func ArchivedItem(body []byte, by *feeds.Author, at time.Time) (Archived, error) {
	n, err := decode(body)
	if err != nil {
		return Archived{}, apiclient.FailureAt(feeds.BadData, by.Host, err)
	}
	if n.is("Announce") {
		if inner := n.first("object"); inner != nil && inner.id() != "" {
			if _, public := visibilityOf(n); !public {
				return Archived{}, apiclient.FailureAt(feeds.NeedsLogin, by.Host, errForeign)
			}
			return Archived{Boosted: inner.id(), At: apiclient.Time(n.text("published"))}, nil
		}
	}
	n = unwrapped(n)
	a := Archived{Files: map[string]string{}}
	for _, file := range n.nodes("attachment") {
		if where, full := fileIn(file.text("url"), by.Host); where != "" {
			file["url"], a.Files[full] = full, where
		}
	}
	p, err := post(n, by.Host, at, func(id string) *feeds.Author {
		if id == by.URI {
			return by
		}
		return named(id)
	})
	if err != nil {
		return Archived{}, apiclient.FailureAt(kindOf(err), n.id(), err)
	}
	if apiclient.HostOf(p.URI) != by.Host || p.Author.URI != by.URI {
		return Archived{}, apiclient.FailureAt(feeds.BadData, by.Host, errForeign) // an archive is its owner's
	}
	if here, err := address.Parse(p.URL); err == nil && here.Kind == address.Post && here.Host == by.Host {
		p.Sightings[0].ID = here.ID // as the server's own API has it
	}
	a.Post = p
	return a, nil
}

// ArchivedActor reads the description of an account in its archive, and where that has its pictures.
func ArchivedActor(body []byte, at time.Time) (a *feeds.Author, files map[string]string, err error) {
	n, err := decode(body)
	if err != nil {
		return nil, nil, apiclient.FailureAt(feeds.BadData, "", err)
	}
	files = map[string]string{}
	host := apiclient.HostOf(n.id())
	for _, name := range [...]string{"icon", "image"} {
		if picture := n.first(name); picture != nil && host != "" {
			if where, full := fileIn(picture.text("url"), host); where != "" {
				picture["url"], files[full] = full, where
			}
		}
	}
	if a = actor(n, host, at); a == nil || host == "" {
		return nil, nil, apiclient.FailureAt(feeds.NotFound, host, errNoActor)
	}
	return a, files, nil
}

// archivedQuery tells the files of archives from those that servers gave: what somebody put into an archive never stands in for a server's file.
const archivedQuery = "?archived"

// fileIn is where an archive has a file, and the URL that it gets: the one that it had at its server, which an archive shortens, and archivedQuery.
// Both are "" for what is no file of the archive.
func fileIn(raw, host string) (where, full string) {
	if raw == "" || strings.Contains(raw, "://") || strings.ContainsAny(raw, "\\\x00?#") || strings.HasPrefix(raw, "//") {
		return "", ""
	}
	where = strings.TrimPrefix(path.Clean("/"+raw), "/")
	full, ok := content.SafeMedia(address.Origin(host)+"/"+where+archivedQuery, "")
	if where == "" || !ok {
		return "", ""
	}
	return where, full
}
