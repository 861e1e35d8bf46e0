package peertube

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/wire"
)

// The privacies of https://docs.joinpeertube.org/api-rest-reference.html#operation/getVideoPrivacyPolicies. The others are for
// members (internal), for the author (private) and whatever a later version adds.
const (
	privacyPublic   = "1"
	privacyUnlisted = "2"
	privacyPassword = "5"
)

func visibilityOf(w *video) (feeds.Visibility, error) {
	if w.Blacklisted == yes {
		return "", errBlocked
	}
	switch w.Privacy.ID {
	case privacyPublic, "":
		return feeds.Public, nil
	case privacyUnlisted:
		return feeds.Unlisted, nil
	case privacyPassword:
		return "", errLocked
	}
	return "", errHidden
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
	id, published := w.videoID(), wire.Time(cmp.Or(w.PublishedAt, w.CreatedAt))
	switch {
	case id == "":
		return nil, errNoID
	case published.IsZero():
		return nil, errNoTime
	}
	author, err := a.authorOf(w)
	if err != nil {
		return nil, err
	}
	p := &feeds.Post{
		URI:        a.link(w.URL),
		Author:     author,
		Published:  published,
		Title:      strings.TrimSpace(w.Name),
		Body:       a.videoBody(w, e),
		Sensitive:  w.NSFW == yes,
		Language:   languageTag(string(w.Language.ID)),
		Media:      a.mediaOf(w, e),
		Tags:       a.tagsOf(w.Tags),
		Counts:     feeds.Counts{Replies: w.Comments.Count(), Boosts: -1, Favourites: w.Likes.Count(), Quotes: -1},
		Visibility: visibility,
		Partial:    e == listed,
	}
	if p.Sensitive {
		p.Warning = strings.TrimSpace(w.NSFWSummary)
	}
	p.URL = p.URI
	if p.URL == "" {
		p.URL = a.link("/w/" + url.PathEscape(id))
	}
	p.Key = feeds.Key(cmp.Or(p.URI, a.host+"/"+id))
	if len(p.Media) == 0 {
		p.Card = a.cardOf(w, p)
	}
	p.Sightings = []feeds.Sighting{{Host: a.host, ID: id, At: a.at, Origin: w.IsLocal == yes || hostOf(p.URI) == a.host}}
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
	return nil, errNoAuthor
}

// videoBody is the description; of a whole video also how its makers can be supported, and its category and licence, all in
// the words of the author and the server.
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
	var labels []string
	for _, l := range [...]label{w.Category, w.Licence} {
		if text := strings.TrimSpace(l.Label); l.ID != "" && text != "" {
			labels = append(labels, text)
		}
	}
	blocks = append(blocks, content.ParsePlain(strings.Join(labels, " · "), content.Options{}).Blocks...)
	return content.Doc{Blocks: blocks, QuoteFallback: body.QuoteFallback}
}

func (s *Source) markdown(src string) content.Doc {
	return content.ParseMarkdown(src, content.Options{BaseURL: s.origin + "/", Lines: true})
}

// text adapts what may be Markdown, when it was written on a PeerTube server, or HTML, when it came from elsewhere.
func (s *Source) text(src string) content.Doc {
	for _, tag := range [...]string{"<p>", "<p ", "<br", "</"} {
		if strings.Contains(src, tag) {
			return content.ParseHTML(src, content.Options{BaseURL: s.origin + "/"})
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

// link returns a checked http or https URL, "" for anything else. Relative ones are those of the server that answered.
func (s *Source) link(raw string) string {
	checked, ok := content.SafeMedia(raw, s.origin+"/")
	if !ok || strings.TrimSpace(raw) == "" {
		return ""
	}
	return checked
}

func hostOf(link string) string {
	u, err := url.Parse(link)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Host)
}

// languageTag returns a BCP 47 tag, "" for what can't be one and for "zxx", which says that nobody speaks.
func languageTag(s string) string {
	s = strings.ReplaceAll(s, "_", "-")
	if s == "zxx" || len(s) > 35 || strings.HasPrefix(s, "-") || strings.ContainsFunc(s, func(r rune) bool {
		return r != '-' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
	}) {
		return ""
	}
	return s
}

// page adapts a list of videos. What a guest may not see is left out, and so is what can't be adapted: one broken video must
// not cost the others. When all are broken the answer is BadData.
func (a *answer) page(wire []video) (*feeds.Page, error) {
	page := &feeds.Page{}
	var broken error
	for i := range wire {
		if _, err := visibilityOf(&wire[i]); err != nil {
			continue
		}
		post, err := a.video(&wire[i], listed)
		if err != nil {
			broken = err
			continue
		}
		page.Entries = append(page.Entries, feeds.Entry{Key: post.Key, At: post.Published, WrapperID: post.Sightings[0].ID})
		page.Posts = append(page.Posts, post)
	}
	if broken != nil && len(page.Entries) == 0 {
		return nil, a.badData(broken)
	}
	return page, nil
}
