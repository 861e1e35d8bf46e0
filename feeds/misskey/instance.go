package misskey

import (
	"cmp"
	"context"
	"errors"
	"strings"

	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/wire"
)

// Describe implements feeds.Source. Without its numbers a server is still described.
func (s *Source) Describe(ctx context.Context) (*feeds.Instance, error) {
	var m meta
	a, err := s.post(ctx, "meta", map[string]any{"detail": true}, &m)
	if err != nil {
		return nil, err
	}
	if m.Version == "" && m.URI == "" {
		return nil, s.server.BadData(a.Answer, errors.New("no version and no address"))
	}
	i := &feeds.Instance{
		Host: s.Host(), Domain: s.Host(), Software: cmp.Or(s.quirks.Software, "misskey"), Version: m.Version,
		Title:       strings.TrimSpace(cmp.Or(m.Name, m.ShortName, s.Host())),
		Description: content.ParseHTML(m.Description, content.Options{BaseURL: s.server.Origin() + "/"}),
		Thumbnail:   s.server.Link(m.BannerURL), Icon: s.server.Link(m.IconURL), Email: m.MaintainerEmail,
		Users: -1, Active: -1, Posts: -1, Access: accessOf(&m), Fetched: a.At,
	}
	i.Summary = content.Title(i.Description, 200)
	for _, l := range m.Langs {
		if tag := wire.LanguageTag(l); tag != "" {
			i.Languages = append(i.Languages, tag)
		}
	}
	for _, r := range m.ServerRules {
		if text := strings.TrimSpace(content.PlainText(content.ParseHTML(r, content.Options{}))); text != "" {
			i.Rules = append(i.Rules, feeds.Rule{Text: text})
		}
	}
	var n stats
	if _, err := s.post(ctx, "stats", nil, &n); err == nil {
		i.Users, i.Posts = n.Users.Count(), n.Notes.Count()
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s.known.Store(i)
	return i, nil
}

// accessOf reads what a server lets guests see: by its policies, before 13 by its switches, from 2025 on for visitors apart.
func accessOf(m *meta) feeds.Access {
	open := func(policy, disabled wire.Bool) feeds.Openness {
		switch {
		case policy == wire.No, disabled == wire.Yes:
			return feeds.Members
		case policy == wire.Yes, disabled == wire.No:
			return feeds.Open
		}
		return feeds.OpennessUnknown
	}
	access := feeds.Access{Local: open(m.Policies.LTL, m.DisableLTL), Federated: open(m.Policies.GTL, m.DisableGTL)}
	switch m.ForVisitors {
	case "none":
		access.Local, access.Federated = feeds.Members, feeds.Members
	case "local":
		access.Federated = feeds.Members
	}
	return access
}
