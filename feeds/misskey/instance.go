package misskey

import (
	"cmp"
	"context"
	"errors"
	"strings"
	"sync"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
	"vitrine/feeds/content"
)

// Describe implements feeds.Source. Without its numbers a server is still described. Its answer decides later which feeds are asked
// for.
func (s *Source) Describe(ctx context.Context) (*feeds.Instance, error) {
	var m meta
	var n stats
	var a *answer
	var err error
	var wg sync.WaitGroup
	wg.Go(func() { a, err = s.ask(ctx, "meta", question{"detail": true}, &m) })
	wg.Go(func() { _, _ = s.ask(ctx, "stats", nil, &n) })
	wg.Wait()
	if err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if m.Version == "" && m.URI == "" {
		return nil, a.Failure(errors.New("no version and no address"))
	}
	i := a.instance(&m)
	i.Users, i.Posts = n.Users.Count(), n.Notes.Count()
	s.Remember(i)
	return i, nil
}

func (a *answer) instance(m *meta) *feeds.Instance {
	o := content.Options{BaseURL: a.Origin() + "/"}
	i := &feeds.Instance{
		Host:        a.Host(),
		Domain:      a.Host(),
		Software:    cmp.Or(a.quirks.Software, softwareOf(m.RepositoryURL)),
		Version:     m.Version,
		Title:       strings.TrimSpace(cmp.Or(m.Name, m.ShortName, a.Host())),
		Description: content.ParseHTML(m.Description, o),
		Thumbnail:   a.Link(m.BannerURL),
		Icon:        a.Link(m.IconURL),
		Active:      -1,
		Access:      accessOf(m),
		Fetched:     a.At,
	}
	i.Summary = content.Title(i.Description, 200)
	if strings.Contains(m.MaintainerEmail, "@") && !strings.ContainsAny(m.MaintainerEmail, "/: ") { // some write a page
		i.Email = m.MaintainerEmail
	}
	for _, l := range m.Langs {
		if tag := apiclient.LanguageTag(l); tag != "" {
			i.Languages = append(i.Languages, tag)
		}
	}
	for _, r := range m.ServerRules {
		if text := strings.TrimSpace(content.PlainText(content.ParseHTML(r, o))); text != "" {
			i.Rules = append(i.Rules, feeds.Rule{Text: text})
		}
	}
	return i
}

// softwareOf reads which fork a server runs from where its source is.
func softwareOf(repository string) string {
	repository = strings.ToLower(repository)
	for _, fork := range [...]string{"sharkey", "cherrypick", "iceshrimp", "catodon", "foundkey", "firefish", "calckey"} {
		if strings.Contains(repository, fork) {
			return fork
		}
	}
	return "misskey"
}

// accessOf reads what a server lets guests see: by its policies, before 13 by its switches, from 2025 on for visitors apart.
func accessOf(m *meta) feeds.Access {
	access := feeds.Access{Local: openness(m.Policies.Local, m.DisableLocal), Federated: openness(m.Policies.Global, m.DisableGlobal)}
	if m.PrivateMode == apiclient.Yes || m.ForGuests == apiclient.No || m.ForVisitors == "none" {
		access.Local, access.Federated = feeds.Members, feeds.Members
	}
	if m.ForVisitors == "local" {
		access.Federated = feeds.Members
	}
	return access
}

func openness(policy, disabled apiclient.Bool) feeds.Openness {
	switch {
	case policy == apiclient.No, disabled == apiclient.Yes:
		return feeds.Members
	case policy == apiclient.Yes, disabled == apiclient.No:
		return feeds.Open
	}
	return feeds.OpennessUnknown
}
