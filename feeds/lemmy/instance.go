package lemmy

import (
	"cmp"
	"context"
	"errors"
	"strings"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
	"vitrine/feeds/content"
)

// Describe implements feeds.Source. Its answer decides later which API is asked.
func (s *Source) Describe(ctx context.Context) (*feeds.Instance, error) {
	wire, a, err := s.site(ctx)
	if err != nil {
		return nil, err
	}
	text := cmp.Or(wire.View.Site, wire.Site)
	if text == nil || text.Name == "" && wire.Version == "" {
		return nil, a.Failure(errors.New("a description without a name and a version"))
	}
	v4 := isV4(wire.Version) || wire.Version == "" && strings.HasPrefix(a.Path, "/api/v4/")
	f := &facts{v4: v4, languages: languagesOf(append(wire.Languages, text.Languages...))}
	i := a.instanceOf(wire, text, f.languages)
	s.Remember(i)
	s.known.Store(f)
	return i, nil
}

// site asks for the server's description, by v3 first: Lemmy 1.0 answers both.
func (s *Source) site(ctx context.Context) (*site, *answer, error) {
	if s.quirks.Dialect == PieFed {
		return s.siteAt(ctx, "/api/alpha/site")
	}
	first, second := "/api/v3/site", "/api/v4/site"
	if isV4(s.quirks.Version) {
		first, second = second, first
	}
	wire, a, err := s.siteAt(ctx, first)
	if feeds.KindOf(err) != feeds.NotFound {
		return wire, a, err
	}
	wire, a, again := s.siteAt(ctx, second)
	if feeds.KindOf(again) == feeds.NotFound {
		return nil, nil, err
	}
	return wire, a, again
}

func (s *Source) siteAt(ctx context.Context, path string) (*site, *answer, error) {
	var wire site
	a, err := s.get(ctx, path, nil, &wire)
	if err != nil {
		return nil, nil, err
	}
	return &wire, a, nil
}

func (a *answer) instanceOf(w *site, text *siteText, languages map[apiclient.Text]string) *feeds.Instance {
	local := &w.View.LocalSite
	i := &feeds.Instance{
		Host:        a.Host(),
		Domain:      cmp.Or(apiclient.HostOf(a.Link(cmp.Or(text.ActorID, text.APID))), a.Host()),
		Software:    "lemmy",
		Version:     w.Version,
		Title:       strings.TrimSpace(text.Name),
		Description: a.markdown(text.Sidebar, a.Domain()),
		Thumbnail:   a.Link(text.Banner),
		Icon:        a.Link(text.Icon),
		Users:       w.View.Counts.Users.Or(local.LocalUsers).Or(local.Users).Or(text.Users).Count(),
		Active:      w.View.Counts.ActiveMonth.Or(local.ActiveMonth).Count(),
		Posts:       w.View.Counts.Posts.Or(local.LocalPosts).Or(local.Posts).Count(),
		Fetched:     a.At,
	}
	if a.quirks.Dialect == PieFed {
		i.Software = "piefed"
		i.Description = content.ParseHTML(text.Sidebar, content.Options{BaseURL: a.Origin() + "/"})
		if text.SidebarMD != "" {
			i.Description = a.markdown(text.SidebarMD, a.Domain())
		}
	}
	summary := a.markdown(cmp.Or(text.Summary, text.Description), a.Domain())
	i.Summary = strings.Join(strings.Fields(content.PlainText(summary)), " ")
	for _, admin := range w.Admins {
		if contact, err := a.person(admin.Person, admin.Counts); err == nil {
			i.Contact = contact
			break
		}
	}
	for _, id := range w.Discussion {
		if code := languages[id]; code != "" {
			i.Languages = append(i.Languages, code)
		}
	}
	if len(i.Languages) == len(languages) { // every language there is may be spoken
		i.Languages = nil
	}
	if local.Private == apiclient.Yes {
		m := feeds.Members
		i.Access = feeds.Access{Local: m, Federated: m, TagLocal: m, TagFederated: m, TrendsLinkLocal: m, TrendsLinkFederated: m}
	}
	return i
}

// languagesOf are the codes of languages by their ids on a server. What has no language, or nobody knows which, has none.
func languagesOf(wire []language) map[apiclient.Text]string {
	languages := make(map[apiclient.Text]string, len(wire))
	for _, l := range wire {
		if tag := apiclient.LanguageTag(l.Code); l.ID != "" && tag != "" {
			languages[l.ID] = tag
		}
	}
	return languages
}

// language is the code of a language, "" as long as the server's languages are unknown.
func (s *Source) language(id apiclient.Text) string {
	if f := s.known.Load(); f != nil {
		return f.languages[id]
	}
	return ""
}
