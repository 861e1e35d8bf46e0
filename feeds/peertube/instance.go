package peertube

import (
	"context"
	"errors"
	"strings"
	"sync"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
	"vitrine/feeds/content"
)

// Describe implements feeds.Source. Without its long description and its numbers a server is still described.
func (s *Source) Describe(ctx context.Context) (*feeds.Instance, error) {
	var wire, about config
	var numbers stats
	a, err := s.ask(ctx, "/api/v1/config", nil, &wire)
	if err != nil {
		return nil, err
	}
	if wire.Instance.Name == "" && wire.ServerVersion == "" {
		return nil, a.Failure(errors.New("a configuration without a name and a version"))
	}
	var wg sync.WaitGroup
	wg.Go(func() { _, _ = s.Get(ctx, "/api/v1/config/about", nil, &about) })
	wg.Go(func() { _, _ = s.Get(ctx, "/api/v1/server/stats", nil, &numbers) })
	wg.Wait()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	i := &feeds.Instance{
		Host:        s.Host(),
		Domain:      s.Host(),
		Software:    "peertube",
		Version:     wire.ServerVersion,
		Title:       strings.TrimSpace(wire.Instance.Name),
		Summary:     strings.Join(strings.Fields(wire.Instance.ShortDescription), " "),
		Description: s.markdown(about.Instance.Description),
		Rules:       rulesOf(s.markdown(about.Instance.CodeOfConduct)),
		Thumbnail:   s.picture(append(wire.Instance.Banners, about.Instance.Banners...), nil, bannerWidth),
		Icon:        s.picture(append(wire.Instance.Avatars, about.Instance.Avatars...), nil, avatarWidth),
		Users:       numbers.Users.Count(),
		Active:      numbers.MonthlyActive.Count(),
		Posts:       numbers.LocalVideos.Count(),
		Fetched:     a.At,
	}
	for _, l := range about.Instance.Languages {
		if tag := apiclient.LanguageTag(l); tag != "" {
			i.Languages = append(i.Languages, tag)
		}
	}
	return i, nil
}

// rulesOf makes a rule of each paragraph and each point of a code of conduct, which is one text in PeerTube.
func rulesOf(conduct content.Doc) []feeds.Rule {
	var rules []feeds.Rule
	add := func(blocks ...content.Node) {
		if text := strings.TrimSpace(content.PlainText(content.Doc{Blocks: blocks})); text != "" {
			rules = append(rules, feeds.Rule{Text: text})
		}
	}
	for _, b := range conduct.Blocks {
		if b.Kind != content.List {
			add(b)
			continue
		}
		for _, point := range b.Children {
			add(point.Children...)
		}
	}
	return rules
}
