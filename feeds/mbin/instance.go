package mbin

import (
	"context"
	"errors"
	"strings"
	"sync"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
	"vitrine/feeds/content"
)

// Describe implements feeds.Source. Without its long description and its admins a server is still described. The numbers of people
// and posts are only in NodeInfo, which browsers may not read.
func (s *Source) Describe(ctx context.Context) (*feeds.Instance, error) {
	var wire info
	var long texts
	var admins list[user]
	a, err := s.ask(ctx, "/api/info", nil, &wire)
	if err != nil {
		return nil, err
	}
	if wire.Title == "" && wire.Version == "" {
		return nil, a.Failure(errors.New("a description without a title and a version"))
	}
	var wg sync.WaitGroup
	wg.Go(func() { _, _ = s.Get(ctx, "/api/instance", nil, &long) })
	wg.Go(func() { _, _ = s.Get(ctx, "/api/users/admins", nil, &admins) })
	wg.Wait()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	i := &feeds.Instance{
		Host:        s.Host(),
		Domain:      s.DomainOf(wire.Domain),
		Software:    softwareName(wire.Software),
		Version:     wire.Version,
		Title:       strings.TrimSpace(wire.Title),
		Description: s.markdown(long.About, nil, nil),
		Email:       strings.TrimSpace(wire.Email),
		Users:       -1,
		Active:      -1,
		Posts:       -1,
		Fetched:     a.At,
	}
	i.Summary = content.Title(i.Description, maxSummary)
	if tag := apiclient.LanguageTag(wire.Lang); tag != "" {
		i.Languages = []string{tag}
	}
	for n := range admins.Items {
		if contact, err := a.userOf(&admins.Items[n]); err == nil {
			i.Contact = contact
			break
		}
	}
	s.Remember(i)
	return i, nil
}

// maxSummary is how long the one line may be that stands for a description.
const maxSummary = 200

// softwareName is the name that nodeinfo has: kbin writes "kbin", Mbin "mbin" or "Mbin".
func softwareName(name string) string {
	if name = strings.ToLower(strings.TrimSpace(name)); name == "" {
		return "mbin"
	}
	return strings.TrimPrefix(name, "/")
}
