package lemmy

import (
	"cmp"
	"net/url"
	"strings"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
)

// linkOf is the one link that a post has: a file that can be shown, or else a card of the page it leads to.
func (a *answer) linkOf(v *view) ([]feeds.Media, *feeds.Card) {
	w := v.Post
	if len(w.Gallery) > 0 {
		return a.galleryOf(w), nil
	}
	target := a.Link(w.URL)
	if target == "" {
		return nil, nil
	}
	thumbnail := a.Link(w.Thumbnail)
	width, height := v.Image.Width.Or(w.Image.Width).Size(), v.Image.Height.Or(w.Image.Height).Size()
	original := a.proxied(target)
	kind := mediaKind(w.ContentType, cmp.Or(original, target))
	if kind == "" && w.Type == "Image" {
		kind = feeds.Image
	}
	if kind == "" {
		return nil, &feeds.Card{
			URL:         cmp.Or(original, target),
			Title:       strings.TrimSpace(w.EmbedTitle),
			Description: strings.TrimSpace(w.EmbedText),
			Image:       thumbnail,
			ImageAlt:    strings.TrimSpace(w.Alt),
			Width:       width,
			Height:      height,
			Player:      w.Type == "Video" || a.Link(w.EmbedVideo) != "",
		}
	}
	m := feeds.Media{Kind: kind, URL: target, Preview: thumbnail, Original: original, Alt: strings.TrimSpace(w.Alt)}
	if kind != feeds.Audio {
		m.Width, m.Height = width, height
	}
	return []feeds.Media{m}, nil
}

// maxGallery is how many pictures of a post are read.
const maxGallery = 50

func (a *answer) galleryOf(w *post) []feeds.Media {
	var media []feeds.Media
	for _, raw := range w.Gallery[:min(len(w.Gallery), maxGallery)] {
		if picture := a.Link(raw); picture != "" {
			media = append(media, feeds.Media{Kind: feeds.Image, URL: picture})
		}
	}
	return media
}

// proxied is where a file comes from that the server passes on itself, "" for any other.
func (a *answer) proxied(link string) string {
	u, err := url.Parse(link)
	if err != nil || !strings.HasSuffix(u.Path, "/image_proxy") {
		return ""
	}
	return a.Link(u.Query().Get("url"))
}

// mediaKind is what a file is by its type, or else by the ending of its name; "" for a page.
func mediaKind(contentType, link string) feeds.MediaKind {
	kind, _, _ := strings.Cut(strings.ToLower(contentType), "/")
	switch kind {
	case "image":
		return feeds.Image
	case "video":
		return feeds.Video
	case "audio":
		return feeds.Audio
	case "":
		return apiclient.FileKind(link)
	}
	return "" // the server has looked: it is a page
}

func (a *answer) pollOf(w *post) *feeds.Poll {
	if w.Poll == nil || len(w.Poll.Choices) == 0 {
		return nil
	}
	p := &feeds.Poll{ID: string(w.ID), Voters: -1, Multiple: w.Poll.Mode == "multiple", Ends: apiclient.Time(w.Poll.Ends)}
	for _, c := range w.Poll.Choices {
		p.Options = append(p.Options, feeds.PollOption{Title: strings.TrimSpace(c.Text), Votes: c.Votes.Count()})
		p.Votes += c.Votes.Size()
	}
	p.Expired = !p.Ends.IsZero() && p.Ends.Before(a.At)
	return p
}

func (a *answer) eventOf(w *event) *feeds.Event {
	if w == nil {
		return nil
	}
	e := &feeds.Event{Starts: apiclient.Time(w.Start), Ends: apiclient.Time(w.End), Online: a.Link(w.Link)}
	if e.Starts.IsZero() {
		return nil
	}
	var place []string
	for _, part := range [...]string{w.Location.Address, w.Location.City, w.Location.Country} {
		if part = strings.TrimSpace(part); part != "" {
			place = append(place, part)
		}
	}
	e.Place = strings.Join(place, ", ")
	return e
}

func (a *answer) reactionsOf(wire []reaction) []feeds.Reaction {
	var reactions []feeds.Reaction
	for _, r := range wire {
		if name := strings.Trim(strings.TrimSpace(r.Token), ":"); name != "" && r.Count.Size() > 0 {
			reactions = append(reactions, feeds.Reaction{Name: name, Count: r.Count.Size(), URL: a.Link(r.URL)})
		}
	}
	return reactions
}

// tagsOf reads PieFed's hashtags, which are one text.
func tagsOf(text string) []feeds.Tag {
	var tags []feeds.Tag
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ',' || r == ' ' || r == '#' }) {
		tags = append(tags, feeds.Tag{Name: word})
	}
	return tags
}
