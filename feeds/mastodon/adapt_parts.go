package mastodon

import (
	"cmp"
	"strings"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
	"vitrine/feeds/content"
)

// handle makes "user@domain" of an acct, which has no domain when the account is local.
func (s *Source) handle(acct, username, profile string) string {
	user, domain := s.splitAcct(acct, username, profile)
	if user == "" {
		return ""
	}
	return user + "@" + domain
}

// splitAcct splits an acct. Friendica gives a feed's URL as the acct of what isn't part of the fediverse, with a user name.
func (s *Source) splitAcct(acct, username, profile string) (user, domain string) {
	if strings.Contains(acct, "://") {
		acct = username
		if host := apiclient.HostOf(s.Link(profile)); host != "" {
			return username, host
		}
	}
	user, domain, _ = strings.Cut(strings.TrimPrefix(acct, "@"), "@")
	if user == "" {
		user = username
	}
	if domain == "" {
		return user, s.Domain()
	}
	return user, strings.ToLower(domain)
}

// mentionsOf keeps the order and the number of what it is given.
func (s *Source) mentionsOf(wire []mention) []feeds.Mention {
	var mentions []feeds.Mention
	for _, m := range wire {
		mentions = append(mentions, feeds.Mention{Handle: s.handle(m.Acct, m.Username, m.URL), URL: s.Link(m.URL)})
	}
	return mentions
}

func (s *Source) tagOf(w tag) (t feeds.Tag, ok bool) {
	t = feeds.Tag{Name: strings.TrimPrefix(w.Name, "#"), URL: s.Link(w.URL), Uses: w.StatusesCount.Size()}
	return t, t.Name != ""
}

func (s *Source) tagsOf(wire []tag) []feeds.Tag {
	var tags []feeds.Tag
	for _, w := range wire {
		if t, ok := s.tagOf(w); ok {
			tags = append(tags, t)
		}
	}
	return tags
}

func (s *Source) emojiOf(wire []emoji) []content.CustomEmoji {
	var emoji []content.CustomEmoji
	for _, e := range wire {
		picture, name := s.Link(e.URL), strings.Trim(e.Shortcode, ":")
		if picture != "" && name != "" {
			emoji = append(emoji, content.CustomEmoji{Shortcode: name, URL: picture, Static: s.Link(e.StaticURL)})
		}
	}
	return emoji
}

// reactionsOf reads the reactions of Akkoma, Fedibird and kmyblue, or Pleroma's.
func (s *Source) reactionsOf(w *status) []feeds.Reaction {
	wire := w.EmojiReactions
	if len(wire) == 0 && w.Pleroma != nil {
		wire = w.Pleroma.EmojiReactions
	}
	var reactions []feeds.Reaction
	for _, r := range wire {
		name := strings.Trim(r.Name, ":")
		if name != "" && r.Count.Count() > 0 {
			reactions = append(reactions, feeds.Reaction{Name: name, Count: r.Count.Count(), URL: s.Link(r.URL), Static: s.Link(r.StaticURL)})
		}
	}
	return reactions
}

func (s *Source) applicationOf(w *application) *feeds.Application {
	if w == nil || w.Name == "" {
		return nil
	}
	return &feeds.Application{Name: w.Name, URL: s.Link(w.Website)}
}

func (s *Source) pollOf(w *poll) *feeds.Poll {
	if w == nil || len(w.Options) == 0 {
		return nil
	}
	p := &feeds.Poll{
		ID:       string(w.ID),
		Votes:    w.VotesCount.Size(),
		Voters:   w.VotersCount.Count(),
		Multiple: w.Multiple == apiclient.Yes,
		Ends:     apiclient.Time(w.ExpiresAt),
		Expired:  w.Expired == apiclient.Yes,
		Emoji:    s.emojiOf(w.Emojis),
	}
	for _, o := range w.Options {
		p.Options = append(p.Options, feeds.PollOption{Title: o.Title, Votes: o.VotesCount.Count()})
	}
	return p
}

// cardOf takes everything but the html, an iframe of somebody else's.
func (s *Source) cardOf(w *card) *feeds.Card {
	if w == nil {
		return nil
	}
	target := s.Link(w.URL)
	if target == "" {
		return nil
	}
	c := &feeds.Card{
		URL:         target,
		Title:       w.Title,
		Description: w.Description,
		Provider:    w.ProviderName,
		AuthorName:  w.AuthorName,
		Image:       s.Link(w.Image),
		ImageAlt:    w.ImageDescription,
		Width:       w.Width.Size(),
		Height:      w.Height.Size(),
		Blurhash:    w.Blurhash,
		Language:    apiclient.LanguageTag(w.Language),
		Published:   apiclient.AnyTime(w.PublishedAt),
		Player:      w.Type == "video",
	}
	var names []string
	for _, by := range w.Authors {
		name := by.Name
		if by.Account != nil {
			name = cmp.Or(name, by.Account.DisplayName, by.Account.Username)
		}
		if name != "" {
			names = append(names, name)
		}
	}
	if len(names) > 0 {
		c.AuthorName = strings.Join(names, ", ")
	}
	if len(w.Authors) == 1 && w.Authors[0].Account != nil {
		by := w.Authors[0].Account
		c.AuthorHandle = s.handle(by.Acct, by.Username, by.URL)
	}
	return c
}
