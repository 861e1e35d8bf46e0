package peertube

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
	"vitrine/feeds/content"
)

// The privacies of https://docs.joinpeertube.org/api-rest-reference.html#operation/getVideoPrivacyPolicies. The others are for
// members (internal), for the author (private) and whatever a later version adds.
const (
	privacyPublic   = "1"
	privacyUnlisted = "2"
	privacyPassword = "5"
)

func visibilityOf(w *video) (feeds.Visibility, error) {
	if w.Blacklisted == apiclient.Yes {
		return "", apiclient.ErrBlocked
	}
	switch w.Privacy.ID {
	case privacyPublic, "":
		return feeds.Public, nil
	case privacyUnlisted:
		return feeds.Unlisted, nil
	case privacyPassword:
		return "", apiclient.ErrLocked
	}
	return "", apiclient.ErrHidden
}

// videoID is the id that is the same on every server, or where a server is too old for it the longer or the local one.
func (w *video) videoID() string { return cmp.Or(w.ShortUUID, w.UUID, string(w.ID)) }

// extent says whether a video stands in a list, which names neither its files nor all of its description.
type extent bool

const (
	whole  extent = true
	listed extent = false
)

// video adapts a video. updatedAt isn't taken for the time of an edit: it changes whenever views are counted.
func (a *answer) video(w *video, e extent) (*feeds.Post, error) {
	visibility, err := visibilityOf(w)
	if err != nil {
		return nil, err
	}
	id, published := w.videoID(), apiclient.Time(cmp.Or(w.PublishedAt, w.CreatedAt))
	switch {
	case id == "":
		return nil, apiclient.ErrNoID
	case published.IsZero():
		return nil, apiclient.ErrNoTime
	}
	author, err := a.authorOf(w)
	if err != nil {
		return nil, err
	}
	p := &feeds.Post{
		URI:        a.Link(w.URL),
		Author:     author,
		Published:  published,
		Title:      strings.TrimSpace(w.Name),
		Body:       a.videoBody(w, e),
		Sensitive:  w.NSFW == apiclient.Yes,
		Language:   apiclient.LanguageTag(string(w.Language.ID)),
		Media:      a.mediaOf(w, e),
		Tags:       a.tagsOf(w.Tags),
		Counts:     feeds.Counts{Replies: w.Comments.Count(), Boosts: -1, Favourites: w.Likes.Count(), Quotes: -1, AllBelow: true},
		Visibility: visibility,
		Partial:    e == listed,
		License:    w.Licence.license(),
	}
	if p.Sensitive {
		p.Warning = strings.TrimSpace(w.NSFWSummary)
	}
	p.URL = p.URI
	if p.URL == "" {
		p.URL = a.Link("/w/" + url.PathEscape(id))
	}
	p.Key = feeds.Key(cmp.Or(p.URI, a.Host()+"/"+id))
	p.Sightings = []feeds.Sighting{{Host: a.Host(), ID: id, At: a.At, Origin: w.IsLocal == apiclient.Yes || apiclient.HostOf(p.URI) == a.Host()}}
	return p, nil
}

// authorOf is the channel. Where a copy has lost it, it is the account that the channel belongs to.
func (a *answer) authorOf(w *video) (*feeds.Author, error) {
	switch {
	case w.Channel != nil:
		return a.author(w.Channel, channel)
	case w.Account != nil:
		return a.author(w.Account, person)
	}
	return nil, apiclient.ErrNoAuthor
}

// text is the constant's name; "" for one that wasn't chosen.
func (l label) text() string {
	if l.ID == "" {
		return ""
	}
	return strings.TrimSpace(l.Label)
}

func (l label) license() *feeds.License { return feeds.LicenseOf(l.text(), "") }

// videoBody is the description; of a whole video also how its makers can be supported, and its category, all in the words of the author and
// the server.
func (a *answer) videoBody(w *video, e extent) content.Doc {
	body := a.markdown(cmp.Or(w.Description, w.Truncated))
	if e == listed {
		return body
	}
	blocks := slices.Clone(body.Blocks)
	if support := a.markdown(w.Support); len(support.Blocks) > 0 {
		if len(blocks) > 0 {
			blocks = append(blocks, content.Node{Kind: content.Rule})
		}
		blocks = append(blocks, support.Blocks...)
	}
	blocks = append(blocks, content.ParsePlain(w.Category.text(), content.Options{}).Blocks...)
	return content.Doc{Blocks: blocks, QuoteFallback: body.QuoteFallback}
}

func (s *Source) markdown(src string) content.Doc {
	return apiclient.OwnPages(content.ParseMarkdown(src, content.Options{BaseURL: s.Origin() + "/", Lines: true}), s.Host())
}

// text adapts what may be Markdown, when it was written on a PeerTube server, or HTML, when it came from elsewhere.
func (s *Source) text(src string) content.Doc {
	for _, tag := range [...]string{"<p>", "<p ", "<br", "</"} {
		if strings.Contains(src, tag) {
			return content.ParseHTML(src, content.Options{BaseURL: s.Origin() + "/"})
		}
	}
	return s.markdown(src)
}

// tagsOf names tags without an address: what a server shows of one is a search.
func (s *Source) tagsOf(wire []string) []feeds.Tag {
	var tags []feeds.Tag
	for _, name := range wire {
		if name = strings.TrimPrefix(strings.TrimSpace(name), "#"); name != "" {
			tags = append(tags, feeds.Tag{Name: name})
		}
	}
	return tags
}

// page adapts a list of videos.
func (a *answer) page(wire []video) (*feeds.Page, error) {
	posts, err := apiclient.Each(a.Answer, wire, func(w *video) (*feeds.Post, error) { return a.video(w, listed) })
	if err != nil {
		return nil, err
	}
	return &feeds.Page{Posts: posts, Entries: feeds.EntriesOf(posts)}, nil
}
