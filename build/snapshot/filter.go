package snapshot

import (
	"slices"
	"strings"
	"unicode"

	"vitrine/build/config"
	"vitrine/build/snapshot/ledger"
	"vitrine/feeds"
	"vitrine/feeds/content"
)

// filter says which posts a feed shows.
type filter struct {
	feed    config.Feed
	blocked func(*feeds.Post, *feeds.Author) bool // by the site; the author is who boosted it, or nil
	proven  map[string]bool                       // URIs of authors who are the site's own
}

// leavesOut reports posts that aren't shown, and so aren't kept either.
func (f filter) leavesOut(k ledger.Kept) bool {
	p := k.Post
	switch {
	case p.Visibility != feeds.Public && p.Visibility != feeds.Unlisted && p.Visibility != "":
		return true
	case f.feed.OnlyMedia && len(p.Media) == 0:
		return true
	case f.feed.Warnings == "hide" && p.Warning != "":
		return true
	case slices.ContainsFunc(f.feed.Hide, func(uri string) bool { return uri == p.URI || uri == p.URL || uri == string(p.Key) }):
		return true
	case f.refused(p.Author) || p.Quote != nil && p.Quote.Post != nil && f.refused(p.Quote.Post.Author):
		return true
	case f.blocked != nil && f.blocked(p, k.Entry.BoostedBy):
		return true
	case !k.Deleted.IsZero() && f.feed.Deletions != "record":
		return true
	}
	return f.says(p)
}

// refused reports authors who don't want to be copied: see "Wishes of authors and servers" in the README.
func (f filter) refused(a *feeds.Author) bool {
	w := a.Wishes
	return w.SignInToView || (w.NoBot || w.NoArchive) && !f.proven[a.URI]
}

// says reports posts with one of the words that are left out: in the title, the warning, the text, descriptions and hashtags.
func (f filter) says(p *feeds.Post) bool {
	if len(f.feed.Words) == 0 {
		return false
	}
	texts := []string{p.Title, p.Warning, content.PlainText(p.Body)}
	for _, m := range p.Media {
		texts = append(texts, m.Alt)
	}
	for _, t := range p.Tags {
		texts = append(texts, t.Name)
	}
	if p.Card != nil {
		texts = append(texts, p.Card.Title)
	}
	all := spaced(strings.Join(texts, " \n "))
	return slices.ContainsFunc(f.feed.Words, func(w string) bool { return strings.Contains(all, spaced(w)) })
}

// spaced writes a text in small letters with one space around each word.
func spaced(s string) string {
	parts := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) })
	return " " + strings.Join(parts, " ") + " "
}
