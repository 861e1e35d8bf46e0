package reader_test

import (
	"context"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/address"
	"vitrine/feeds/cache"
	"vitrine/feeds/feedstest"
	"vitrine/feeds/reader"
)

func TestAnAddressIsWhatItsServerSaysOfIt(t *testing.T) {
	t.Parallel()
	known := &feedstest.Source{
		HostName:  "a.example",
		OnProfile: func(user, domain string) (*feeds.Author, error) { return feedstest.Author(user, domain), nil },
		OnPost:    func(id string) (*feeds.Post, error) { return feedstest.Post("a.example", id, 1), nil },
		OnPosts:   func(feeds.Cursor) (*feeds.Page, error) { return feedstest.Page(""), nil },
	}
	closed := func(string, string) (*feeds.Author, error) { return nil, &feeds.Error{Kind: feeds.NeedsLogin} }
	late := func(string, string) (*feeds.Author, error) { return nil, context.DeadlineExceeded }
	feed := func(url string) feeds.Found { return feeds.Found{Feed: url} }
	resolver := &feedstest.Resolver{
		Sources: map[string]feeds.Source{
			"a.example": known, "b.example": &feedstest.Source{HostName: "b.example"}, "c.example": &feedstest.Source{HostName: "c.example", OnProfile: closed},
			"late.example": &feedstest.Source{HostName: "late.example", OnProfile: late},
		},
		Pages: map[string]feeds.Found{},
	}
	for _, page := range []string{
		"https://a.example/@ada", "https://b.example/@ann", "https://b.example/tag/rain/", "https://b.example/author/ann/", "https://b.example/post/12", "https://b.example/c/news",
		"https://b.example/u/ann", "https://b.example/users/ann", "https://b.example/channel/UCabc", "https://b.example/profile/ann", "https://b.example/notes/2026-03-02",
		"https://b.example/?p=12", "https://c.example/@ada", "https://late.example/@ada",
	} {
		resolver.Pages[page] = feed(page)
	}
	for text, want := range map[string]struct {
		found string
		to    address.Kind
		err   feeds.Kind
	}{
		"https://a.example/@ada":             {to: address.Profile},
		"https://a.example/@ada/12":          {to: address.Post},
		"https://a.example/tags/tea":         {to: address.Tag},
		"@ada@a.example":                     {to: address.Profile},
		"https://b.example/@ann":             {found: "https://b.example/@ann"},
		"https://b.example/tag/rain/":        {found: "https://b.example/tag/rain/"},
		"https://b.example/author/ann/":      {found: "https://b.example/author/ann/"},
		"https://b.example/post/12":          {found: "https://b.example/post/12"},
		"https://b.example/c/news":           {found: "https://b.example/c/news"},
		"https://b.example/u/ann":            {found: "https://b.example/u/ann"},
		"https://b.example/users/ann":        {found: "https://b.example/users/ann"},
		"https://b.example/channel/UCabc":    {found: "https://b.example/channel/UCabc"},
		"https://b.example/profile/ann":      {found: "https://b.example/profile/ann"},
		"https://b.example/notes/2026-03-02": {found: "https://b.example/notes/2026-03-02"},
		"https://b.example/?p=12":            {found: "https://b.example/?p=12"},
		"https://b.example/@nobody":          {to: address.Profile},
		"https://b.example/?p=13":            {to: address.Server},
		"https://b.example/about/nothing":    {to: address.Server},
		"https://b.example/some/page":        {err: feeds.NotFound},
		"https://c.example/@ada":             {to: address.Profile}, // it is there, and closed: its page isn't read behind its back
		"https://late.example/@ada":          {err: feeds.Timeout},
	} {
		a, err := address.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		r := reader.New(reader.Options{Store: cache.NewMemory(), Resolver: resolver, Clock: feedstest.NewClock()})
		found, to, err := r.Settle(t.Context(), a)
		switch {
		case feeds.KindOf(err) != want.err:
			t.Errorf("%s: %v, want %s", text, err, want.err)
		case want.found != "" && (found == nil || found.Feed != want.found), want.to != "" && (found != nil || to.Kind != want.to):
			t.Errorf("%s: %+v, %+v, want %+v", text, found, to, want)
		}
	}
}

func TestNobodyIsAskedWhereWhatIsStoredLeavesNoDoubt(t *testing.T) {
	t.Parallel()
	store := cache.NewMemory()
	ctx := t.Context()
	asked := 0
	source := &feedstest.Source{HostName: "a.example", OnProfile: func(user, domain string) (*feeds.Author, error) {
		asked++
		return feedstest.Author(user, domain), nil
	}}
	r := reader.New(reader.Options{Store: store, Resolver: &feedstest.Resolver{Sources: map[string]feeds.Source{"a.example": source, "b.example": source}}, Clock: feedstest.NewClock()})
	if err := store.SaveInstance(ctx, &feeds.Instance{Host: "a.example", Software: "mastodon"}); err != nil {
		t.Fatal(err)
	}
	if err := store.SaveAuthor(ctx, feedstest.Author("ada", "b.example")); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"https://a.example/@ada", "https://b.example/@ada"} {
		a, _ := address.Parse(text)
		if found, to, err := r.Settle(ctx, a); found != nil || to != a || err != nil {
			t.Errorf("%s: %+v, %+v, %v", text, found, to, err)
		}
	}
	if asked != 0 {
		t.Errorf("%d questions were asked", asked)
	}
}

// A blog may know nobody by a handle, and still show whom it names by the address of a document.
func TestWhoWasFoundByADocumentIsReadAnewByIt(t *testing.T) {
	t.Parallel()
	store := cache.NewMemory()
	ann := feedstest.Author("ann", "blog.example")
	ann.URI = "https://blog.example/?author=1"
	ann.ID, ann.Host = ann.URI, "blog.example"
	renamed := *ann
	renamed.Name = "Ann B."
	r := reader.New(reader.Options{Store: store, Clock: feedstest.NewClock(), Resolver: &feedstest.Resolver{
		Sources: map[string]feeds.Source{"blog.example": &feedstest.Source{HostName: "blog.example"}},
		Pages:   map[string]feeds.Found{ann.URI: {Author: &renamed}},
	}})
	if err := store.SaveAuthor(t.Context(), ann); err != nil {
		t.Fatal(err)
	}
	if a, err := r.Author(t.Context(), "ann", "blog.example", ""); err != nil || a.Name != "Ann B." {
		t.Errorf("%+v, %v", a, err)
	}
	if _, err := r.Author(t.Context(), "bea", "blog.example", ""); feeds.KindOf(err) != feeds.NotFound {
		t.Errorf("somebody else: %v", err)
	}
}

func TestWhoWasFoundByADocumentIsKnownAsTheirServersAPIKnowsThem(t *testing.T) {
	t.Parallel()
	ada := feedstest.Author("ada", "a.example")
	ada.URI, ada.ID = "https://a.example/users/1", "77"
	document := *ada
	document.ID = document.URI
	namesake := document
	namesake.URI, namesake.ID = "https://a.example/blog", "https://a.example/blog"
	r := reader.New(reader.Options{Store: cache.NewMemory(), Clock: feedstest.NewClock(), Resolver: &feedstest.Resolver{
		Sources: map[string]feeds.Source{"a.example": &feedstest.Source{HostName: "a.example", OnProfile: func(string, string) (*feeds.Author, error) { return ada, nil }}},
		Pages:   map[string]feeds.Found{document.URI: {Author: &document}, namesake.URI: {Author: &namesake}},
	}})
	if f, err := r.Look(t.Context(), document.URI); err != nil || f.Author.ID != "77" {
		t.Errorf("%+v, %v", f.Author, err)
	}
	if f, err := r.Look(t.Context(), namesake.URI); err != nil || f.Author.ID != namesake.ID {
		t.Errorf("somebody of the same name: %+v, %v", f.Author, err)
	}
}
