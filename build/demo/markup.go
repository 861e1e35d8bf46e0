package demo

import (
	"fmt"
	"html"
	"regexp"
	"strings"
	"unicode/utf8"
)

// Posts are written as people type them: an empty line parts paragraphs; "@user", "#tag", ":emoji:" and addresses are
// found as Mastodon finds them. Only people of this world become mentions.
var token = regexp.MustCompile(`https?://[^\s<>"]*[^\s<>".,;:!?)]|@[a-zA-Z0-9_]+|#[\pL\pN_]+`)

var shortcode = regexp.MustCompile(`:([a-z0-9_]+):`)

// formatted is a text as the API hands it out, with what was found in it.
type formatted struct {
	html     string
	mentions []*person
	tags     []string // as written
}

func (w *world) format(text, home string) formatted {
	var out formatted
	var b strings.Builder
	for _, paragraph := range strings.Split(strings.TrimSpace(w.ported(text)), "\n\n") {
		b.WriteString("<p>")
		for i, line := range strings.Split(paragraph, "\n") {
			if i > 0 {
				b.WriteString("<br />")
			}
			w.formatLine(&b, &out, line, home)
		}
		b.WriteString("</p>")
	}
	out.html = b.String()
	return out
}

func (w *world) formatLine(b *strings.Builder, out *formatted, line, home string) {
	last := 0
	for _, at := range token.FindAllStringIndex(line, -1) {
		b.WriteString(html.EscapeString(line[last:at[0]]))
		b.WriteString(w.formatToken(out, line[at[0]:at[1]], home))
		last = at[1]
	}
	b.WriteString(html.EscapeString(line[last:]))
}

func (w *world) formatToken(out *formatted, word, home string) string {
	switch word[0] {
	case '@':
		p := w.people[strings.ToLower(word[1:])]
		if p == nil {
			return html.EscapeString(word)
		}
		out.mentions = append(out.mentions, p)
		return w.mentionLink(p)
	case '#':
		out.tags = append(out.tags, word[1:])
		return fmt.Sprintf(`<a href="%s" class="mention hashtag" rel="tag">#<span>%s</span></a>`,
			w.tagURL(home, word[1:]), html.EscapeString(word[1:]))
	default:
		return addressLink(word, "nofollow noopener noreferrer")
	}
}

func (w *world) mentionLink(p *person) string {
	return fmt.Sprintf(`<span class="h-card" translate="no"><a href="%s" class="u-url mention">@<span>%s</span></a></span>`,
		w.profileURL(p), p.user)
}

// addressLink shortens an address as Mastodon does: scheme and tail are there for copying only.
func addressLink(url, rel string) string {
	const shown = 30
	scheme, rest, _ := strings.Cut(url, "://")
	visible, hidden, class := rest, "", ""
	if utf8.RuneCountInString(rest) > shown {
		runes := []rune(rest)
		visible, hidden, class = string(runes[:shown]), string(runes[shown:]), "ellipsis"
	}
	e := html.EscapeString
	return fmt.Sprintf(`<a href="%s" rel="%s" translate="no" target="_blank"><span class="invisible">%s://</span><span class="%s">%s</span><span class="invisible">%s</span></a>`,
		e(url), rel, scheme, class, e(visible), e(hidden))
}

func (w *world) profileURL(p *person) string { return "http://" + w.host(p.home) + "/@" + p.user }
func (w *world) actorURI(p *person) string   { return "http://" + w.host(p.home) + "/users/" + p.user }

func (w *world) tagURL(home, tag string) string {
	return "http://" + w.host(home) + "/tags/" + strings.ToLower(tag)
}
