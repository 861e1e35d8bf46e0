package lemmy

import (
	"cmp"
	"net/url"
	"strings"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/wire"
)

// commentPrefix begins the id of a comment; a post's is its number alone.
const commentPrefix = "comment:"

// visibilityOf is who may read what stands in a community. Nil is a community that an answer leaves out.
// Source: CommunityVisibility of https://github.com/LemmyNet/lemmy/blob/main/crates/db_schema_file/src/enums.rs
func visibilityOf(w *community) (feeds.Visibility, error) {
	if w == nil {
		return feeds.Public, nil
	}
	if w.Removed == yes || w.Deleted == yes {
		return "", errGone
	}
	switch strings.ToLower(strings.ReplaceAll(w.Visibility, "_", "")) {
	case "", "public":
		if w.Hidden == yes {
			return feeds.Unlisted, nil
		}
		return feeds.Public, nil
	case "unlisted", "localonlypublic": // the latter doesn't leave its server, and may be read there without an account
		return feeds.Unlisted, nil
	}
	return "", errHidden // localonly, localonlyprivate, private, and whatever a later version adds
}

// post adapts a post with what belongs to it.
func (a *answer) post(v *view) (*feeds.Post, error) {
	w := v.Post
	if w == nil {
		return nil, errNothing
	}
	if w.Removed == yes || w.Deleted == yes {
		return nil, errGone
	}
	visibility, err := visibilityOf(v.Community)
	if err != nil {
		return nil, err
	}
	published := wire.Time(cmp.Or(w.Published, w.PublishedAt))
	switch {
	case !isID(string(w.ID)):
		return nil, errNoID
	case published.IsZero():
		return nil, errNoTime
	}
	author, err := a.person(v.Creator, counts{})
	if err != nil {
		return nil, err
	}
	p := &feeds.Post{
		URI:        a.link(w.APID),
		Author:     author,
		Published:  published,
		Edited:     wire.Time(cmp.Or(w.Updated, w.UpdatedAt, w.EditedAt)),
		Title:      strings.TrimSpace(cmp.Or(w.Name, w.Title)),
		Body:       a.markdown(w.Body),
		Sensitive:  w.NSFW == yes,
		Language:   a.language(w.Language),
		Poll:       a.pollOf(w),
		Tags:       tagsOf(w.Tags),
		Reactions:  a.reactionsOf(w.Reactions),
		Counts:     countsOf(v.Counts.Comments.Or(w.Comments), v.Counts, w.counts),
		Event:      a.eventOf(w.Event),
		Visibility: visibility,
	}
	if !p.Edited.After(published) {
		p.Edited = time.Time{}
	}
	if group, err := a.community(v.Community, counts{}); err == nil {
		p.Group = group
	}
	p.Media, p.Card = a.linkOf(v)
	p.URL = cmp.Or(p.URI, a.link("/post/"+string(w.ID)))
	p.Key = feeds.Key(cmp.Or(p.URI, a.host+"/"+string(w.ID)))
	p.Sightings = []feeds.Sighting{{Host: a.host, ID: string(w.ID), At: a.at, Origin: a.isOrigin(w.Local, p.URI)}}
	return p, nil
}

// comment adapts a comment with what belongs to it. One that was deleted is a post too, without its text.
func (a *answer) comment(v *view) (*feeds.Post, error) {
	w := v.Comment
	if w == nil {
		return nil, errNothing
	}
	visibility, err := visibilityOf(v.Community)
	if err != nil {
		return nil, err
	}
	published := wire.Time(cmp.Or(w.Published, w.PublishedAt))
	switch {
	case !isID(string(w.ID)):
		return nil, errNoID
	case published.IsZero():
		return nil, errNoTime
	}
	author, err := a.person(v.Creator, counts{})
	if err != nil {
		return nil, err
	}
	p := &feeds.Post{
		URI:        a.link(w.APID),
		Author:     author,
		Published:  published,
		Counts:     countsOf(v.Counts.Children.Or(w.Children), v.Counts, w.counts),
		ReplyTo:    a.replyOf(v, author),
		Visibility: visibility,
		Deleted:    w.Removed == yes || w.Deleted == yes,
	}
	if !p.Deleted {
		p.Body = a.markdown(cmp.Or(w.Content, w.Body))
		p.Language = a.language(w.Language)
		p.Reactions = a.reactionsOf(w.Reactions)
		if edited := wire.Time(cmp.Or(w.Updated, w.UpdatedAt)); edited.After(published) {
			p.Edited = edited
		}
	}
	if group, err := a.community(v.Community, counts{}); err == nil {
		p.Group = group
	}
	id := commentPrefix + string(w.ID)
	p.URL = cmp.Or(p.URI, a.link("/comment/"+string(w.ID)))
	p.Key = feeds.Key(cmp.Or(p.URI, a.host+"/"+id))
	p.Sightings = []feeds.Sighting{{Host: a.host, ID: id, ParentID: p.ReplyTo.ID, At: a.at, Origin: a.isOrigin(w.Local, p.URI)}}
	return p, nil
}

// replyOf names what a comment answers: the comment above it in its path, or the post.
func (a *answer) replyOf(v *view, author *feeds.Author) *feeds.ReplyTo {
	if above := parentOf(v.Comment.Path, string(v.Comment.ID)); above != "" {
		return &feeds.ReplyTo{ID: commentPrefix + above}
	}
	r := &feeds.ReplyTo{}
	if isID(string(v.Comment.PostID)) {
		r.ID = string(v.Comment.PostID)
	}
	if v.Post == nil {
		return r
	}
	r.Key = feeds.Key(a.link(v.Post.APID))
	if writer := cmp.Or(v.Post.CreatorID, v.Post.UserID); writer != "" && author.ID == personID+string(writer) {
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
		if isID(part) && part != "0" {
			above = append(above, part)
		}
	}
	return above
}

// countsOf are the counts of what is voted for. Lemmy has no boosts of its own.
func countsOf(replies number, beside, in counts) feeds.Counts {
	return feeds.Counts{
		Replies:    replies.Count(),
		Boosts:     -1,
		Favourites: beside.Upvotes.Or(in.Upvotes).Count(),
		Quotes:     -1,
		Score:      beside.Score.Or(in.Score).Score(),
	}
}

// isOrigin reports that something was written on the server asked.
func (a *answer) isOrigin(local boolean, uri string) bool {
	return local == yes || local == wire.Unset && hostOf(uri) == a.host
}

func (s *Source) markdown(src string) content.Doc {
	if strings.TrimSpace(src) == "" {
		return content.Doc{}
	}
	return content.ParseMarkdown(src, content.Options{BaseURL: s.origin + "/"})
}

// link returns a checked http or https URL, "" for anything else. Relative ones are the server's own.
func (s *Source) link(raw string) string {
	if strings.TrimSpace(raw) == "" {
		return ""
	}
	checked, ok := content.SafeMedia(raw, s.origin+"/")
	if !ok {
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
