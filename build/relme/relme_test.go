package relme

import (
	"context"
	"testing"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/content"
)

// pages answers with the page of an address, and 404 for all others.
type pages map[string]string

func (p pages) Fetch(_ context.Context, r feeds.Request) (*feeds.Response, error) {
	body, ok := p[r.URL]
	if !ok {
		return &feeds.Response{Status: 404, URL: r.URL}, nil
	}
	return &feeds.Response{Status: 200, URL: r.URL, Body: []byte(body)}, nil
}

func TestHowASiteAndAnAccountNameEachOther(t *testing.T) {
	const site, profile = "https://www.town.example/", "https://social.example/@town"
	link := func(href string) content.Doc {
		return content.ParseHTML(`<a href="`+href+`">us</a>`, content.Options{})
	}
	account := func(value content.Doc, verified time.Time) *feeds.Author {
		return &feeds.Author{URL: profile, URI: "https://social.example/users/town", Fields: []feeds.Field{{Name: "Web", Value: value, Verified: verified}}}
	}
	back, plain := pages{site: `<a rel="me" href="` + profile + `">`}, pages{site: `<a href="` + profile + `">`}
	for _, c := range []struct {
		name    string
		site    string
		pages   pages
		account *feeds.Author
		want    Proof
	}{
		{"both ways", site, back, account(link(site), time.Time{}), Both},
		{"verified by the account's server", site, nil, account(link(site), time.Now()), Both},
		{"verified for another site", site, plain, account(link("https://other.example/"), time.Now()), Neither},
		{"without www.", "https://town.example/", pages{site: back[site]}, account(link(site), time.Time{}), Both},
		{"in the bio", site, back, &feeds.Author{URL: profile, Bio: link(site)}, Both},
		{"by its other address", site, pages{site: `<link rel="me" href="https://social.example/users/town">`}, account(link(site), time.Time{}), Both},
		{"only the profile", site, plain, account(link(site), time.Time{}), ByProfile},
		{"only the site", site, back, account(content.Doc{}, time.Time{}), BySite},
		{"neither", site, plain, account(content.Doc{}, time.Time{}), Neither},
		{"a page that can't be read", site, nil, account(link(site), time.Time{}), NotChecked},
		{"a site that doesn't know where it stands", "", back, account(link(site), time.Time{}), NotChecked},
		{"nobody", site, back, nil, NotChecked},
	} {
		if got := Prove(t.Context(), c.pages, c.site, c.account); got != c.want {
			t.Errorf("%s: %q", c.name, got)
		}
	}
}
