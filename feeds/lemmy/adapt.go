package lemmy

import (
	"cmp"
	"strings"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
	"vitrine/feeds/content"
	"vitrine/feeds/forum"
)

// commentPrefix begins the id of a comment; a post's is its number alone.
const commentPrefix = "comment:"

// visibilityOf is who may read what stands in a community. Nil is a community that an answer leaves out.
// Source: CommunityVisibility of https://github.com/LemmyNet/lemmy/blob/main/crates/db_schema_file/src/enums.rs
func visibilityOf(w *community) (feeds.Visibility, error) {
	if w == nil {
		return feeds.Public, nil
	}
	if err := withdrawn(w.Removed, w.Deleted); err != nil {
		return "", err
	}
	switch strings.ToLower(strings.ReplaceAll(w.Visibility, "_", "")) {
	case "", "public":
		if w.Hidden == apiclient.Yes {
			return feeds.Unlisted, nil
		}
		return feeds.Public, nil
	case "unlisted", "localonlypublic": // the latter doesn't leave its server, and may be read there without an account
		return feeds.Unlisted, nil
	}
	return "", apiclient.ErrHidden // localonly, localonlyprivate, private, and whatever a later version adds
}

// contribution adapts what posts and comments have in common. What is deleted keeps its place and its author alone.
func (a *answer) contribution(w *contribution, v *view, prefix, folder string) (*feeds.Post, error) {
	visibility, err := visibilityOf(v.Community)
	if err != nil {
		return nil, err
	}
	published := apiclient.Time(cmp.Or(w.Published, w.PublishedAt))
	switch {
	case !apiclient.IsNumeral(string(w.ID)):
		return nil, apiclient.ErrNoID
	case published.IsZero():
		return nil, apiclient.ErrNoTime
	}
	author, err := a.person(v.Creator, counts{})
	if err != nil {
		return nil, err
	}
	id := prefix + string(w.ID)
	p := &feeds.Post{
		URI:        a.Link(w.APID),
		Author:     author,
		Published:  published,
		Visibility: visibility,
		Deleted:    w.isDeleted(),
	}
	p.URL = cmp.Or(p.URI, a.Link(folder+string(w.ID)))
	p.Key = feeds.Key(cmp.Or(p.URI, a.Host()+"/"+id))
	p.Sightings = []feeds.Sighting{{Host: a.Host(), ID: id, At: a.At, Origin: a.isOrigin(w.Local, p.URI)}}
	if group, err := a.community(v.Community, counts{}); err == nil {
		p.Group = group
	}
	if !p.Deleted {
		p.Language = a.language(w.Language)
		p.Reactions = a.reactionsOf(w.Reactions)
		if edited := apiclient.Time(cmp.Or(w.Updated, w.UpdatedAt, w.EditedAt)); edited.After(published) {
			p.Edited = edited
		}
	}
	return p, nil
}

// post adapts a post with what belongs to it.
func (a *answer) post(v *view) (*feeds.Post, error) {
	w := v.Post
	if w == nil {
		return nil, apiclient.ErrNoObject
	}
	if err := withdrawn(w.Removed, w.Deleted); err != nil {
		return nil, err
	}
	p, err := a.contribution(&w.contribution, v, "", "/post/")
	if err != nil {
		return nil, err
	}
	p.Title = strings.TrimSpace(cmp.Or(w.Name, w.Title))
	body, pictures := a.text(w.Body, p.Author.Domain)
	p.Body = body
	p.Sensitive = w.NSFW == apiclient.Yes
	p.Poll = a.pollOf(w)
	p.Tags = tagsOf(w.Tags)
	p.Counts = countsOf(v.Counts.Comments.Or(w.Comments), v.Counts, w.counts)
	p.Event = a.eventOf(w.Event)
	p.Media, p.Card = a.linkOf(v)
	p.Media = a.withPictures(p.Media, pictures)
	return p, nil
}

// comment adapts a comment with what belongs to it. One that was deleted is a post too, without its text.
func (a *answer) comment(v *view) (*feeds.Post, error) {
	w := v.Comment
	if w == nil {
		return nil, apiclient.ErrNoObject
	}
	p, err := a.contribution(&w.contribution, v, commentPrefix, "/comment/")
	if err != nil {
		return nil, err
	}
	if !p.Deleted {
		body, pictures := a.text(cmp.Or(w.Content, w.Body), p.Author.Domain)
		p.Body, p.Media = body, a.withPictures(nil, pictures)
	}
	p.Counts = countsOf(v.Counts.Children.Or(w.Children), v.Counts, w.counts)
	p.ReplyTo = a.replyOf(v, p.Author)
	p.Sightings[0].ParentID = p.ReplyTo.ID
	return p, nil
}

// replyOf names what a comment answers: the comment above it in its path, or the post.
func (a *answer) replyOf(v *view, author *feeds.Author) *feeds.ReplyTo {
	if above := parentOf(v.Comment.Path, string(v.Comment.ID)); above != "" {
		return &feeds.ReplyTo{ID: commentPrefix + above}
	}
	r := &feeds.ReplyTo{}
	if apiclient.IsNumeral(string(v.Comment.PostID)) {
		r.ID = string(v.Comment.PostID)
	}
	if v.Post == nil {
		return r
	}
	r.Key = feeds.Key(a.Link(v.Post.APID))
	if writer := cmp.Or(v.Post.CreatorID, v.Post.UserID); writer != "" && author.ID == forum.PersonID+string(writer) {
		r.Self, r.Handle = true, author.Handle()
	}
	return r
}

// parentOf is the comment above one with the given id, "" when that answers the post. A path is "0.100.200".
func parentOf(path, id string) string {
	above := aboveOf(path, id)
	if len(above) == 0 {
		return ""
	}
	return above[len(above)-1]
}

// maxPath is the longest path that is read. Lemmy allows 50 comments below each other.
const maxPath = 4 << 10

// aboveOf are the comments above one with the given id, the first of all first.
func aboveOf(path, id string) []string {
	if len(path) > maxPath {
		return nil
	}
	var above []string
	for part := range strings.SplitSeq(path, ".") {
		if part == id {
			break
		}
		if apiclient.IsNumeral(part) && part != "0" {
			above = append(above, part)
		}
	}
	return above
}

// countsOf are the counts of what is voted for. Lemmy has no boosts of its own.
func countsOf(replies apiclient.Number, beside, in counts) feeds.Counts {
	return feeds.Counts{
		Replies:    replies.Count(),
		Boosts:     -1,
		Favourites: beside.Upvotes.Or(in.Upvotes).Count(),
		Quotes:     -1,
		AllBelow:   true,
		Score:      beside.Score.Or(in.Score).Score(),
	}
}

// isOrigin reports that something was written on the server asked.
func (a *answer) isOrigin(local apiclient.Bool, uri string) bool {
	return local == apiclient.Yes || local == apiclient.Unset && apiclient.HostOf(uri) == a.Host()
}

// markdown reads what somebody says about themself, or a community or a server about itself. home is where it was written.
func (s *Source) markdown(src, home string) content.Doc { return s.parse(src, home, nil) }

// text reads the text of a post, whose pictures hang on it.
func (s *Source) text(src, home string) (d content.Doc, pictures []content.Picture) {
	d = s.parse(src, home, &pictures)
	return d, pictures
}

func (s *Source) parse(src, home string, pictures *[]content.Picture) content.Doc {
	if strings.TrimSpace(src) == "" {
		return content.Doc{}
	}
	o := content.Options{BaseURL: s.Origin() + "/", Pictures: pictures, Scripts: true, Spoilers: s.quirks.Dialect == PieFed, Home: home}
	return apiclient.OwnPages(content.ParseMarkdown(src, o), s.Host())
}

// withPictures hangs the pictures of a text on its post. One that the server passes on itself is known by where it comes from.
func (a *answer) withPictures(media []feeds.Media, pictures []content.Picture) []feeds.Media {
	n := len(media)
	media = apiclient.WithPictures(media, pictures)
	for i := n; i < len(media); i++ {
		if m := &media[i]; m.Original == "" {
			m.Original = a.proxied(m.URL)
			m.Kind = cmp.Or(apiclient.FileKind(cmp.Or(m.Original, m.URL)), m.Kind)
		}
	}
	return media
}
