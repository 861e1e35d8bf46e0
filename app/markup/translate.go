package markup

import (
	"strconv"
	"strings"

	"vitrine/feeds"
	"vitrine/feeds/content"
)

// Translation is a translation of a post into the reader's language: none yet, while Texts is nil and it hasn't Failed.
type Translation struct {
	Texts   map[string]string // what stands for each text of the post
	Percent int               // how much of the way is gone; 0 where that isn't known
	From    string            // the language of the original; "" where its author says it
	Failed  bool
}

// Say returns a copy of a post in which say stands for each of its texts: title, warning, text, poll and descriptions of media.
func Say(p *feeds.Post, say func(words string) string) *feeds.Post {
	c := *p
	line := func(s string, emoji []content.CustomEmoji) string {
		if s == "" {
			return ""
		}
		return content.SayLine(s, emoji, say)
	}
	c.Title, c.Warning = line(p.Title, p.Emoji), line(p.Warning, p.Emoji)
	c.Body = content.Say(p.Body, say)
	if p.Poll != nil {
		poll := *p.Poll
		poll.Options = append([]feeds.PollOption(nil), poll.Options...)
		for i := range poll.Options {
			poll.Options[i].Title = line(poll.Options[i].Title, poll.Emoji)
		}
		c.Poll = &poll
	}
	c.Media = append([]feeds.Media(nil), p.Media...)
	for i := range c.Media {
		if alt := c.Media[i].Alt; alt != "" {
			c.Media[i].Alt = say(alt)
		}
	}
	return &c
}

// said is a post in the reader's language, as far as it is translated.
func (d *Drawing) said(r Row) *feeds.Post {
	t := r.Open.Translation
	if t == nil || t.Texts == nil {
		return r.Post
	}
	p := Say(r.Post, func(words string) string {
		if said := t.Texts[words]; said != "" {
			return said
		}
		return words
	})
	p.Language = d.Words.Lang()
	return p
}

// Foreign reports that a language is known and another one than the interface's.
func Foreign(tag, lang string) bool {
	tag, lang = primary(tag), primary(lang)
	switch tag {
	case "", lang, "mul", "und", "zxx":
		return false
	}
	return true
}

// primary is the first part of a language's tag.
func primary(tag string) string {
	tag, _, _ = strings.Cut(language(tag), "-")
	return strings.ToLower(tag)
}

// translation offers to translate a post, says how far that is, or offers the original.
func (d *Drawing) translation(r Row) Node {
	t, from := r.Open.Translation, language(r.Post.Language)
	if t != nil && t.From != "" {
		from = language(t.From)
	}
	if r.quoted || t == nil && (d.Translates == nil || !d.Translates(from)) {
		return Node{}
	}
	w := d.Words
	do, says, progress := w.T("post.original"), "", Node{}
	switch {
	case t == nil:
		do = w.T("post.translate", w.LanguageName(from))
	case t.Failed && from == "":
		do, says = w.T("do.retry"), w.T("post.untranslated")
	case t.Failed:
		do, says = w.T("post.translate", w.LanguageName(from)), w.T("post.untranslated")
	case t.Texts == nil:
		do, says = w.T("thread.stop"), w.T("post.translating")
		progress = El("progress", At("aria-label", says, "max", "100").When(t.Percent > 0, "value", strconv.Itoa(t.Percent)))
	default:
		says = w.T("post.translated", w.LanguageName(from))
	}
	out := El("div", At("class", "translation", "data-part", "translation"), d.button("b plain", "translate", nil, Text(do)))
	if says != "" {
		out.Children = append(out.Children, El("p", At("class", "quiet", "role", "status"), Text(says)))
	}
	if progress.Tag != "" {
		out.Children = append(out.Children, progress)
	}
	return out
}
