package mastodon

import (
	"cmp"
	"context"
	"errors"
	"net/url"
	"strings"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
	"vitrine/feeds/content"
)

// Describe implements feeds.Source. Its answer decides later which feeds are asked for, and how handles of the server's
// members end.
func (s *Source) Describe(ctx context.Context) (*feeds.Instance, error) {
	wire, a, err := s.instance(ctx)
	if err != nil {
		return nil, err
	}
	name, number, sure := softwareOf(wire)
	switch {
	case s.quirks.Software != "":
		name = s.quirks.Software
	case !sure:
		name = s.nodeinfoName(ctx)
	}
	i := a.instanceOf(wire)
	i.Software, i.Version = name, number
	i.Contact = a.contactOf(wire, i.Domain)
	s.Remember(i)
	return i, nil
}

// contactOf returns the account that speaks for the server, nil for none. It is mostly one of the server's own, and then its
// handle ends with the domain that the same answer gives.
func (a *answer) contactOf(w *instance, domain string) *feeds.Author {
	wire := cmp.Or(w.Contact.Account, w.ContactAccount)
	if wire == nil {
		return nil
	}
	contact, err := a.author(wire)
	if err != nil {
		return nil
	}
	if wire.isLocal() {
		contact.Domain = domain
	}
	return contact
}

// instance asks for the server's description: the second version of it (Mastodon 4.0 and later), or else the first.
func (s *Source) instance(ctx context.Context) (*instance, *answer, error) {
	if s.quirks.InstanceV1 {
		return s.instanceAt(ctx, "/api/v1/instance")
	}
	wire, a, err := s.instanceAt(ctx, "/api/v2/instance")
	if kind := feeds.KindOf(err); kind != feeds.NotFound && kind != feeds.BadData {
		return wire, a, err
	}
	wire, a, again := s.instanceAt(ctx, "/api/v1/instance")
	if again != nil && feeds.KindOf(again) == feeds.NotFound {
		return nil, nil, err // "a web page" says more than "not found"
	}
	return wire, a, again
}

func (s *Source) instanceAt(ctx context.Context, path string) (*instance, *answer, error) {
	var wire instance
	a, err := s.ask(ctx, path, nil, &wire)
	if err != nil {
		return nil, nil, err
	}
	if wire.Version == "" && wire.Title == "" {
		return nil, nil, a.Failure(errors.New("a description without a version and a title"))
	}
	return &wire, a, nil
}

func (a *answer) instanceOf(w *instance) *feeds.Instance {
	i := &feeds.Instance{
		Host:      a.Host(),
		Domain:    a.DomainOf(w.domain()),
		Title:     strings.TrimSpace(w.Title),
		Languages: w.Languages,
		Thumbnail: a.Link(string(w.Thumbnail)),
		Icon:      a.Link(largest(w.Icon)),
		Email:     cmp.Or(w.Contact.Email, w.Email),
		Users:     w.Stats.Users.Count(),
		Active:    w.Usage.Users.ActiveMonth.Count(),
		Posts:     w.Stats.Statuses.Count(),
		Access:    accessOf(w.Configuration.Access),
		Fetched:   a.At,
	}
	text := content.Options{BaseURL: a.Origin() + "/"}
	i.Description = content.ParseHTML(w.Description, text)
	short := i.Description
	if w.ShortDescription != "" {
		short = content.ParseHTML(w.ShortDescription, text)
	}
	i.Summary = strings.Join(strings.Fields(content.PlainText(short)), " ")
	for _, r := range w.Rules {
		if r.Text != "" {
			i.Rules = append(i.Rules, feeds.Rule{Text: r.Text, Hint: cmp.Or(r.Hint, r.Subtext)})
		}
	}
	return i
}

// domain is the host part of members' handles as the software writes it.
func (w *instance) domain() string { return cmp.Or(w.AccountDomain, w.Domain, w.URI) }

func largest(icons []icon) string {
	best, width := "", -1
	for _, i := range icons {
		if w, _ := parseSize(i.Size); w > width {
			best, width = i.Src, w
		}
	}
	return best
}

func accessOf(w timelinesAccess) feeds.Access {
	return feeds.Access{
		Local: openness(w.Live.Local), Federated: openness(w.Live.Remote),
		TagLocal: openness(w.Tags.Local), TagFederated: openness(w.Tags.Remote),
		TrendsLinkLocal: openness(w.Links.Local), TrendsLinkFederated: openness(w.Links.Remote),
	}
}

func openness(s string) feeds.Openness {
	switch o := feeds.Openness(s); o {
	case feeds.Open, feeds.Members, feeds.Disabled:
		return o
	}
	return feeds.OpennessUnknown
}

// nodeinfoName asks for the software's name, for the few whose version doesn't name it. "" where nodeinfo doesn't either.
func (s *Source) nodeinfoName(ctx context.Context) string {
	var index, info nodeinfo
	if _, err := s.Get(ctx, "/.well-known/nodeinfo", nil, &index); err != nil {
		return ""
	}
	var newest, path string
	for _, l := range index.Links {
		u, err := url.Parse(l.Href)
		if err == nil && l.Rel > newest && strings.HasPrefix(u.Path, "/") { // the host in it may be anything behind a proxy
			newest, path = l.Rel, u.Path
		}
	}
	if path == "" {
		return ""
	}
	if _, err := s.Get(ctx, path, nil, &info); err != nil {
		return ""
	}
	return strings.ToLower(info.Software.Name)
}

// software is the server's, "" while it is unknown.
func (s *Source) software() string {
	if i := s.Instance(); i != nil {
		return i.Software
	}
	return s.quirks.Software
}

// ExtendedDescription implements feeds.Describer: the long text of Mastodon 4.0 and later, empty where there is none.
func (s *Source) ExtendedDescription(ctx context.Context) (content.Doc, error) {
	if software := s.software(); software != "" && !isMastodon(software) || !s.since(4, 0) {
		return content.Doc{}, nil // what those have is Instance.Description
	}
	var wire extendedDescription
	_, err := s.Get(ctx, "/api/v1/instance/extended_description", nil, &wire)
	if err != nil && feeds.KindOf(err) != feeds.NotFound {
		return content.Doc{}, err
	}
	return content.ParseHTML(wire.Content, content.Options{BaseURL: s.Origin() + "/"}), nil
}

// CustomEmoji implements feeds.Emojis.
func (s *Source) CustomEmoji(ctx context.Context) ([]content.CustomEmoji, error) {
	var wire apiclient.List[emoji]
	if _, err := s.Get(ctx, "/api/v1/custom_emojis", nil, &wire); err != nil {
		return nil, err
	}
	return s.emojiOf(wire), nil
}

// Poll implements feeds.Polls.
func (s *Source) Poll(ctx context.Context, id string) (*feeds.Poll, error) {
	var wire poll
	a, err := s.ask(ctx, "/api/v1/polls/"+url.PathEscape(id), nil, &wire)
	if err != nil {
		return nil, err
	}
	p := s.pollOf(&wire)
	if p == nil {
		return nil, a.Failure(errors.New("a poll without options"))
	}
	return p, nil
}
