package snapshot

import (
	"slices"
	"strings"
	"unicode"

	"vitrine/build/config"
	"vitrine/build/snapshot/ledger"
	"vitrine/feeds"
	"vitrine/feeds/address"
	"vitrine/feeds/blocklist"
	"vitrine/feeds/content"
)

// filter says which posts a feed shows.
type filter struct {
	feed    config.Feed
	wishes  func(*feeds.Author) feeds.Wishes
	blocked blocklist.List  // by the site
	proven  map[string]bool // URIs of authors who are the site's own
}

// excludes reports posts that aren't shown, and so aren't kept either.
func (f filter) excludes(k ledger.Item) bool {
	p := k.Post
	switch {
	case f.excludesContent(p) || f.excludesKind(k):
		return true
	case f.optedOut(p.Author) || k.Entry.BoostedBy != nil && f.optedOut(k.Entry.BoostedBy):
		return true
	case p.Quote != nil && p.Quote.Post != nil && (f.excludesContent(p.Quote.Post) || f.optedOut(p.Quote.Post.Author)):
		return true
	case f.blocked.Author(k.Entry.BoostedBy) || f.blocked.Admit(p) != p: // a post without what it quotes is none for a feed
		return true
	case !k.Deleted.IsZero() && f.feed.Deletions != "record":
		return true
	}
	return f.feed.OnlyMedia && len(p.Media) == 0
}

// excludesKind reports kinds of posts that the feed doesn't want of a list.
func (f filter) excludesKind(k ledger.Item) bool {
	a, err := address.Parse(k.Source)
	if err != nil {
		return false
	}
	boost := k.Entry.BoostedBy != nil
	return a.Kind == address.Profile && boost && !f.feed.Boosts ||
		a.Kind != address.Post && a.Kind != address.Page && !boost && !f.feed.Replies && a.Tab != "replies" && answersOthers(k.Post)
}

// answersOthers reports a post that goes on with what somebody else wrote.
func answersOthers(p *feeds.Post) bool { return p.ReplyTo != nil && !p.ReplyTo.Self }

// excludesContent reports posts whose content isn't for the feed, quoted or not.
func (f filter) excludesContent(p *feeds.Post) bool {
	switch {
	case p.Visibility != feeds.Public && p.Visibility != feeds.Unlisted && p.Visibility != "":
		return true
	case f.feed.Warnings == "hide" && p.HasWarning():
		return true
	case slices.ContainsFunc(f.feed.Hide, func(uri string) bool { return uri == p.URI || uri == p.URL || uri == string(p.Key) }):
		return true
	}
	return f.hasExcludedWord(p)
}

// optedOut reports authors who don't want to be copied: see docs/decisions/05-wishes.md.
func (f filter) optedOut(a *feeds.Author) bool {
	w := f.wishes(a)
	return w.SignInToView || (w.NoBot || w.NoArchive) && !f.proven[a.URI]
}

// hasExcludedWord reports posts with one of the words that are left out: in the title, the warning, the text, descriptions and hashtags.
func (f filter) hasExcludedWord(p *feeds.Post) bool {
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
	all := normalized(strings.Join(texts, " \n "))
	return slices.ContainsFunc(f.feed.Words, func(w string) bool { return strings.Contains(all, normalized(w)) })
}

// normalized writes a text in small letters with one space around each word.
func normalized(s string) string {
	parts := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) })
	return " " + strings.Join(parts, " ") + " "
}
