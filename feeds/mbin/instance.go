package mbin

import (
	"context"
	"errors"
	"strings"
	"sync"

	"vitrine/feeds"
	"vitrine/feeds/content"
)

// Describe implements feeds.Source. Without its long description and its admins a server is still described. How many people
// and posts there are only NodeInfo tells, which browsers may not read.
func (s *Source) Describe(ctx context.Context) (*feeds.Instance, error) {
	var wire info
	var long texts
	var admins list[user]
	a, err := s.get(ctx, "/api/info", nil, &wire)
	if err != nil {
		return nil, err
	}
	if wire.Title == "" && wire.Version == "" {
		return nil, a.badData(errors.New("a description without a title and a version"))
	}
	var wg sync.WaitGroup
	wg.Go(func() { _, _ = s.get(ctx, "/api/instance", nil, &long) })
	wg.Go(func() { _, _ = s.get(ctx, "/api/users/admins", nil, &admins) })
	wg.Wait()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	i := &feeds.Instance{
		Host:        s.host,
		Domain:      s.domainOf(wire.Domain),
		Software:    softwareName(wire.Software),
		Version:     wire.Version,
		Title:       strings.TrimSpace(wire.Title),
		Description: s.markdown(long.About, nil),
		Email:       strings.TrimSpace(wire.Email),
		Users:       -1,
		Active:      -1,
		Posts:       -1,
		Fetched:     a.at,
	}
	i.Summary = content.Title(i.Description, maxSummary)
	if tag := languageTag(wire.Lang); tag != "" {
		i.Languages = []string{tag}
	}
	for n := range admins.Items {
		if contact, err := a.userOf(&admins.Items[n]); err == nil {
			i.Contact = contact
			break
		}
	}
	s.known.Store(i)
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

// domainOf is the host part of members' handles.
func (s *Source) domainOf(domain string) string {
	domain = strings.ToLower(strings.TrimSpace(domain))
	if _, rest, ok := strings.Cut(domain, "://"); ok {
		domain, _, _ = strings.Cut(rest, "/")
	}
	name, _, hasPort := strings.Cut(s.host, ":")
	if domain == "" || strings.ContainsAny(domain, "/@ ") || hasPort && domain == name {
		return s.host
	}
	return domain
}

// languageTag returns a BCP 47 tag, "" for what can't be one.
func languageTag(s string) string {
	s = strings.ReplaceAll(s, "_", "-")
	if len(s) > 35 || strings.HasPrefix(s, "-") || strings.ContainsFunc(s, func(r rune) bool {
		return r != '-' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
	}) {
		return ""
	}
	return s
}
