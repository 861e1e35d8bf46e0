package misskey

import (
	"cmp"
	"context"
	"iter"
	"net/url"
	"strings"

	"vitrine/feeds/apiclient"
	"vitrine/feeds/content"
	"vitrine/feeds/jsontext"
)

// emojis are custom emoji, from name to address. What comes with a note has three shapes: a list of {name, url} (before 13, and
// Firefish), an object from name to address, or nothing; a server's own are then to be found in the list of /api/emojis.
type emojis map[string]string

// ReadJSON takes whatever stands there.
func (e *emojis) ReadJSON(r *jsontext.Reader) bool {
	*e = emojis{}
	if r.Peek() == '{' {
		var byName map[string]apiclient.Text
		r.Read(&byName)
		for name, address := range byName {
			(*e)[name] = string(address)
		}
		return true
	}
	var list apiclient.List[emoji]
	list.ReadJSON(r)
	for _, one := range list {
		(*e)[strings.Trim(one.Name, ":")] = one.URL
	}
	return true
}

type emoji struct {
	Name string `json:"name"`
	URL  string `json:"url"`
}

// withOwnEmoji makes values of an answer. When something in them names an emoji of the server's own, the list of these is asked for
// and they are made again. Without the list shortcodes stay text.
func withOwnEmoji[T any](ctx context.Context, a *answer, adapt func() (T, error)) (T, error) {
	value, err := adapt()
	if !a.lacks || a.own != nil {
		return value, err
	}
	if a.own = a.ownEmoji(ctx); a.own == nil || len(*a.own) == 0 {
		return value, err
	}
	a.ForgetAuthors()
	return adapt()
}

// ownEmoji are the server's own emoji. They are asked for once, whatever comes of it; nil only when ctx ends before.
func (s *Source) ownEmoji(ctx context.Context) *emojis {
	select {
	case s.asking <- struct{}{}:
		defer func() { <-s.asking }()
	case <-ctx.Done():
		return nil
	}
	if own := s.own.Load(); own != nil {
		return own
	}
	var answer struct {
		Emojis apiclient.List[emoji] `json:"emojis"`
	}
	if _, err := s.Get(ctx, "/api/emojis", nil, &answer); err != nil && ctx.Err() != nil {
		return nil
	}
	own := make(emojis, len(answer.Emojis))
	for _, e := range answer.Emojis {
		if e.Name == "" {
			continue
		}
		own[e.Name] = cmp.Or(e.URL, s.Origin()+"/emoji/"+url.PathEscape(e.Name)+".webp") // early versions of 13 may name no address
	}
	s.own.Store(&own)
	return &own
}

// ownAddress is the address of one of the server's own emoji, "" where it has none of that name.
func (a *answer) ownAddress(name string) string {
	if a.own == nil {
		a.lacks = true
		return ""
	}
	return (*a.own)[name]
}

// emojiIn are the emoji that texts name and that are known, from what came with them and, in texts written here, from the server's
// own. They stand in the order of the texts.
func (a *answer) emojiIn(local bool, came []emojis, texts ...string) []content.CustomEmoji {
	var found []content.CustomEmoji
	seen := map[string]bool{}
	for _, text := range texts {
		for name := range shortcodes(text) {
			if seen[name] {
				continue
			}
			seen[name] = true
			address := ""
			for _, e := range came {
				address = cmp.Or(address, e[name])
			}
			if address == "" && local {
				address = a.ownAddress(name)
			}
			if link := a.Link(address); link != "" {
				found = append(found, content.CustomEmoji{Shortcode: name, URL: link, Static: a.still(link)})
			}
		}
	}
	return found
}

// still is the form of an emoji that doesn't move, as the server's own media proxy makes it.
func (a *answer) still(link string) string {
	return a.Origin() + "/proxy/static.webp?emoji=1&static=1&url=" + url.QueryEscape(link)
}

// shortcodes are the names between two colons in a text. A letter or digit after the second makes it none, as in 12:30:45.
func shortcodes(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for {
			_, rest, ok := strings.Cut(text, ":")
			if !ok {
				return
			}
			text = rest
			end := strings.IndexFunc(rest, func(r rune) bool { return !isAlphanumeric(r) && r != '_' && r != '-' && r != '+' })
			if end <= 0 || rest[end] != ':' {
				continue
			}
			after := rest[end+1:]
			if after != "" && isAlphanumeric(rune(after[0])) {
				continue
			}
			if !yield(rest[:end]) {
				return
			}
			text = after
		}
	}
}

func isAlphanumeric(r rune) bool {
	return r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
}
