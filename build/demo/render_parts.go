package demo

import (
	"fmt"
	"strings"

	"vitrine/build/demo/pictures"
)

// previewEdge is the longer edge of a preview, pixels.
const previewEdge = 480

func (v view) media(p *post) []media {
	out := make([]media, 0, len(p.media))
	for i, a := range p.media {
		out = append(out, v.attachment(p, a, i))
	}
	return out
}

func (v view) attachment(p *post, a attachment, i int) media {
	local := p.author.home == v.label
	m := media{ID: smallID(v.label, fmt.Sprintf("%s/%d", p.key, i)), Type: a.kind, Meta: &mediaMeta{}}
	if !a.noAlt {
		m.Description = optional(a.alt)
	}
	path := a.file()
	if a.kind == "unknown" { // a copy is kept of nothing that a server can't read
		m.RemoteURL = optional("http://" + v.host(p.author.home) + path)
		return m
	}
	m.URL = optional(v.base() + mediaFolder(local) + path)
	m.PreviewURL = optional(v.base() + mediaFolder(local) + a.scene.file(a.preview()))
	m.Blurhash = optional(v.hashes.of(a.scene))
	if !local {
		m.RemoteURL = optional("http://" + v.host(p.author.home) + mediaFolder(true) + path)
	}
	m.Meta = a.meta()
	return m
}

// mediaFolder is where a server keeps its members' files, and its copies of others'.
func mediaFolder(local bool) string {
	if local {
		return "/system/media_attachments"
	}
	return "/system/cache/media_attachments"
}

func (s scene) file(width, height int) string {
	return fmt.Sprintf("/%s/%s/%d/%dx%d.jpg", s.name, s.light, s.seed, width, height)
}

func (a attachment) file() string {
	switch a.kind {
	case "video", "gifv":
		return "/clips/" + a.clip + ".webm"
	case "audio":
		return fmt.Sprintf("/tones/%d.wav", int(a.seconds))
	case "unknown":
		return "/files/pier-1931.plog"
	default:
		return a.scene.file(a.width, a.height)
	}
}

// preview is the size of the smaller picture.
func (a attachment) preview() (width, height int) {
	w, h := a.width, a.height
	if w == 0 || h == 0 { // a sound's cover
		return previewEdge, previewEdge
	}
	if w >= h {
		return previewEdge, previewEdge * h / w
	}
	return previewEdge * w / h, previewEdge
}

func (a attachment) meta() *mediaMeta {
	m := &mediaMeta{}
	pw, ph := a.preview()
	m.Small = size(pw, ph)
	switch a.kind {
	case "audio":
		m.Original = &mediaSize{Duration: a.seconds, Bitrate: toneRate * 16}
		m.Length = fmt.Sprintf("0:00:%05.2f", a.seconds)
		return m
	case "video", "gifv":
		m.Original = &mediaSize{Width: a.width, Height: a.height, FrameRate: "12/1", Duration: a.seconds, Bitrate: 36000}
		m.Length = fmt.Sprintf("0:00:%05.2f", a.seconds)
		return m
	}
	m.Original = size(a.width, a.height)
	if a.hasFocus {
		m.Focus = &mediaFocus{X: a.focusX, Y: a.focusY}
	}
	return m
}

func size(width, height int) *mediaSize {
	return &mediaSize{Width: width, Height: height, Size: fmt.Sprintf("%dx%d", width, height), Aspect: float64(width) / float64(height)}
}

func pollText(p *post) string {
	if p.poll == nil {
		return ""
	}
	return strings.Join(p.poll.options, " ")
}

func (v view) poll(p *post) *poll {
	b := p.poll
	if b == nil {
		return nil
	}
	out := &poll{ID: smallID(v.label, "poll/"+p.key), Multiple: b.multiple, VotersCount: &b.voters, Emojis: v.emojis(pollText(p))}
	switch {
	case b.left > 0:
		out.ExpiresAt = optional(stamp(v.now.Add(b.left)))
		out.Expired = v.at.After(v.now.Add(b.left))
	case b.left < 0:
		out.ExpiresAt = optional(stamp(v.now.Add(b.left)))
		out.Expired = true
	}
	for i, title := range b.options {
		o := pollOption{Title: title}
		if !b.hidden || out.Expired {
			o.VotesCount = &b.votes[i]
		}
		out.VotesCount += b.votes[i]
		out.Options = append(out.Options, o)
	}
	if b.hidden {
		out.VotesCount = b.voters
	}
	return out
}

func (v view) card(p *post) *cardEntity {
	c := p.card
	if c == nil {
		return nil
	}
	out := &cardEntity{
		URL: c.url, Title: c.title, Description: c.text, Language: optional(c.lang), Type: c.kind, AuthorName: c.author,
		ProviderName: c.provider, ImageDescription: c.alt, Authors: []cardAuthor{},
	}
	if c.author != "" {
		out.Authors = append(out.Authors, cardAuthor{Name: c.author})
	}
	if c.days > 0 {
		out.PublishedAt = optional(stamp(v.now.AddDate(0, 0, -c.days)))
	}
	if c.kind == "video" {
		out.HTML = fmt.Sprintf(`<iframe src="%s/embed" width="560" height="315" allowfullscreen></iframe>`, c.url)
		out.EmbedURL = c.url + "/embed"
	}
	if c.scene != nil {
		out.Width, out.Height = 640, 360
		out.Image = optional(v.base() + "/system/cache/preview_cards" + c.scene.file(out.Width, out.Height))
		out.Blurhash = optional(v.hashes.of(*c.scene))
	}
	return out
}

// thumbnail is the blurhash of a scene; a picture of 48 by 32 pixels is enough for that.
func thumbnail(s scene) string {
	return pictures.Blurhash(pictures.Draw(s.name, s.light, s.seed, 48, 32))
}
