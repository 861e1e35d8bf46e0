package mbin

import (
	"cmp"
	"net/url"
	"strings"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
	"vitrine/feeds/content"
)

// kind is what a thing is: the beginning of its id.
type kind string

const (
	entryKind       kind = ""
	commentKind     kind = "comment:"
	postKind        kind = "post:"
	postCommentKind kind = "post-comment:"
)

// parseID reads what of did. ok is false for what is no id of anything.
func parseID(id string) (k kind, number string, ok bool) {
	for _, k := range [...]kind{commentKind, postCommentKind, postKind} {
		if number, found := strings.CutPrefix(id, string(k)); found {
			return k, number, apiclient.IsNumeral(number)
		}
	}
	return entryKind, id, apiclient.IsNumeral(id)
}

// identify returns what a thing is and its number there.
func (w *thing) identify() (kind, apiclient.Text) {
	switch {
	case w.CommentID != "" && w.EntryID == "" && w.PostID != "":
		return postCommentKind, w.CommentID
	case w.CommentID != "":
		return commentKind, w.CommentID
	case w.EntryID == "" && w.PostID != "":
		return postKind, w.PostID
	}
	return entryKind, w.EntryID
}

// unwrap returns what a list of all kinds wraps.
func (w *thing) unwrap() *thing {
	return cmp.Or(w.Entry, w.Post, w.EntryComment, w.PostComment, w)
}

// post adapts a thing. What was deleted is a post too, without its text and what goes with it.
// Source of the visibilities: https://github.com/MbinOrg/mbin/blob/main/src/Entity/Contracts/VisibilityInterface.php
func (a *answer) post(w *thing) (*feeds.Post, error) {
	k, number := w.identify()
	published := apiclient.Time(w.CreatedAt)
	deleted := false
	switch w.Visibility {
	case "visible", "":
	case "soft_deleted", "trashed":
		deleted = true
	default: // private, and whatever a later version adds
		return nil, apiclient.ErrHidden
	}
	switch {
	case !apiclient.IsNumeral(string(number)):
		return nil, apiclient.ErrNoID
	case published.IsZero():
		return nil, apiclient.ErrNoTime
	}
	author, err := a.userOf(w.User)
	if err != nil {
		return nil, err
	}
	p := &feeds.Post{
		URI:        cmp.Or(a.Link(w.APID), a.pageOf(w, k)),
		Author:     author,
		Published:  published,
		Counts:     feeds.Counts{Replies: cmp.Or(w.NumComments, w.Comments, w.ChildCount).Count(), Boosts: -1, Favourites: -1, Quotes: -1, AllBelow: true},
		Visibility: feeds.Public,
		Deleted:    deleted,
	}
	if group, err := a.magazineOf(w.Magazine); err == nil {
		p.Group = group
	}
	if !deleted {
		a.fill(p, w, k)
	}
	id := string(k) + string(number)
	p.URL = p.URI
	p.Key = feeds.Key(cmp.Or(p.URI, a.Host()+"/"+id))
	p.ReplyTo = replyOf(w, k)
	seen := feeds.Sighting{Host: a.Host(), ID: id, At: a.At, Origin: apiclient.HostOf(p.URI) == a.Host()}
	if p.ReplyTo != nil {
		seen.ParentID = p.ReplyTo.ID
	}
	p.Sightings = []feeds.Sighting{seen}
	return p, nil
}

// fill adds what a deleted post has no more.
func (a *answer) fill(p *feeds.Post, w *thing, k kind) {
	if edited := apiclient.Time(w.EditedAt); edited.After(p.Published) {
		p.Edited = edited
	}
	if k == entryKind {
		p.Title = strings.TrimSpace(w.Title)
	}
	for _, name := range w.Tags {
		if name = strings.TrimPrefix(strings.TrimSpace(name), "#"); name != "" {
			p.Tags = append(p.Tags, feeds.Tag{Name: name, URL: a.Link("/tag/" + url.PathEscape(name))})
		}
	}
	for _, name := range w.Mentions {
		user, domain, _ := strings.Cut(strings.TrimPrefix(strings.TrimSpace(name), "@"), "@")
		if user != "" {
			p.Mentions = append(p.Mentions, feeds.Mention{Handle: user + "@" + strings.ToLower(cmp.Or(domain, a.Domain()))})
		}
	}
	var pictures []content.Picture
	p.Body = a.markdown(w.Body, p.Tags, &pictures)
	p.Sensitive = w.Adult == apiclient.Yes
	p.Language = apiclient.LanguageTag(w.Lang)
	p.Media, p.Card = a.linkOf(w)
	p.Media = apiclient.WithPictures(p.Media, pictures)
	p.Counts.Boosts = w.Boosts.Count()
	p.Counts.Favourites = w.Favourites.Count()
	if w.Favourites.Known && w.Down.Known {
		score := w.Favourites.Size() - w.Down.Size()
		p.Counts.Score = &score
	}
}

// replyOf names what a comment answers.
func replyOf(w *thing, k kind) *feeds.ReplyTo {
	switch {
	case k != commentKind && k != postCommentKind:
		return nil
	case apiclient.IsNumeral(string(w.ParentID)) && w.ParentID != w.CommentID:
		return &feeds.ReplyTo{ID: string(k) + string(w.ParentID)}
	case k == commentKind && apiclient.IsNumeral(string(w.EntryID)):
		return &feeds.ReplyTo{ID: string(w.EntryID)}
	case k == postCommentKind && apiclient.IsNumeral(string(w.PostID)):
		return &feeds.ReplyTo{ID: string(postKind) + string(w.PostID)}
	}
	return &feeds.ReplyTo{}
}

// pageOf is the page of what was written on the server asked, which is its ActivityPub id there. The magazine's name is as the
// server has it, with its host when it is from elsewhere.
func (a *answer) pageOf(w *thing, k kind) string {
	if w.Magazine == nil || w.Magazine.Name == "" {
		return ""
	}
	magazine := a.Origin() + "/m/" + url.PathEscape(w.Magazine.Name)
	switch k {
	case entryKind:
		return a.Link(magazine + "/t/" + string(w.EntryID))
	case commentKind:
		return a.Link(magazine + "/t/" + string(w.EntryID) + "/-/comment/" + string(w.CommentID))
	case postKind:
		return a.Link(magazine + "/p/" + string(w.PostID))
	}
	return a.Link(magazine + "/p/" + string(w.PostID) + "/-/reply/" + string(w.CommentID))
}

// linkOf is what an entry leads to: a file that can be shown, or a card of a page, of which the server has a picture only. In
// all others the picture stands for itself.
func (a *answer) linkOf(w *thing) ([]feeds.Media, *feeds.Card) {
	target := a.Link(w.URL)
	k := apiclient.FileKind(target)
	picture := w.Image
	if picture == nil {
		picture = &image{}
	}
	stored, source := a.Link(picture.StorageURL), a.Link(picture.SourceURL)
	shown := cmp.Or(stored, source)
	alt := strings.TrimSpace(picture.Alt)
	width, height := picture.Width.Size(), picture.Height.Size()
	switch {
	case k == feeds.Image && stored != "":
		return []feeds.Media{{Kind: k, URL: stored, Original: target, Alt: alt, Width: width, Height: height, Blurhash: picture.Blurhash}}, nil
	case k != "":
		return []feeds.Media{{Kind: k, URL: target, Preview: shown, Alt: alt}}, nil
	case target != "" && w.Type != "image":
		return nil, &feeds.Card{URL: target, Image: shown, ImageAlt: alt, Width: width, Height: height, Blurhash: picture.Blurhash, Player: w.Type == "video"}
	case shown != "":
		m := feeds.Media{Kind: feeds.Image, URL: shown, Alt: alt, Width: width, Height: height, Blurhash: picture.Blurhash}
		if source != shown {
			m.Original = source
		}
		return []feeds.Media{m}, nil
	}
	return nil, nil
}

// fileOf is the address of a picture, "" for none.
func (s *Source) fileOf(w *image) string {
	if w == nil {
		return ""
	}
	return cmp.Or(s.Link(w.StorageURL), s.Link(w.SourceURL))
}

// markdown reads a text. pictures takes those in it; nil leaves them links.
func (s *Source) markdown(src string, tags []feeds.Tag, pictures *[]content.Picture) content.Doc {
	if strings.TrimSpace(src) == "" {
		return content.Doc{}
	}
	o := content.Options{BaseURL: s.Origin() + "/", Pictures: pictures, Home: s.Domain(), Names: true}
	for _, t := range tags {
		o.Tags = append(o.Tags, t.Name)
	}
	return apiclient.OwnPages(content.ParseMarkdown(src, o), s.Host())
}
