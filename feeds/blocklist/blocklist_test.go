package blocklist_test

import (
	"slices"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/blocklist"
)

func list(t *testing.T, entries ...string) blocklist.List {
	t.Helper()
	l, err := blocklist.New(entries)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestHosts(t *testing.T) {
	t.Parallel()
	l := list(t, "Bad.example", "*.worse.example", "https://third.example/", "port.example:8443", "*.localhost:8081")
	for host, want := range map[string]bool{
		"bad.example": true, "www.bad.example": false, "notbad.example": false, "bad.example:8443": false,
		"worse.example": false, "a.worse.example": true, "a.b.worse.example": true, "notworse.example": false, "third.example": true,
		"port.example": false, "port.example:8443": true, "a.localhost:8081": true, "a.localhost:8082": false,
		"example": false, "": false, "good.example": false,
	} {
		if got := l.Host(host); got != want {
			t.Errorf("%s: %v, want %v", host, got, want)
		}
	}
}

func TestAccounts(t *testing.T) {
	t.Parallel()
	l := list(t, "@Ada@a.example", "!cats@b.example", "https://c.example/@cy", "https://d.example/people/42/", "z.example")
	for name, c := range map[string]struct {
		author feeds.Author
		want   bool
	}{
		"the account":                    {feeds.Author{User: "ada", Domain: "a.example"}, true},
		"in other letters":               {feeds.Author{User: "ADA", Domain: "a.example"}, true},
		"a copy of it":                   {feeds.Author{User: "Ada", Domain: "a.example", Host: "b.example"}, true},
		"a namesake elsewhere":           {feeds.Author{User: "ada", Domain: "b.example"}, false},
		"a community":                    {feeds.Author{User: "cats", Domain: "b.example", Community: true}, true},
		"a profile by its page":          {feeds.Author{User: "cy", Domain: "c.example"}, true},
		"a page that tells no name":      {feeds.Author{User: "dee", Domain: "d.example", URL: "https://d.example/people/42/"}, true},
		"by its id":                      {feeds.Author{User: "dee", Domain: "d.example", URI: "https://d.example/people/42/"}, true},
		"another page":                   {feeds.Author{User: "eve", Domain: "d.example", URL: "https://d.example/people/43/"}, false},
		"of a blocked server":            {feeds.Author{User: "zoe", Domain: "z.example"}, true},
		"named otherwise, of the server": {feeds.Author{User: "zoe", Domain: "zoe.example", URL: "https://Z.example/@zoe"}, true},
		"read at a blocked server":       {feeds.Author{User: "bob", Domain: "b.example", Host: "z.example"}, false},
	} {
		if got := l.Author(&c.author); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
	if l.Author(nil) || !l.Handle("ADA", "a.example") || l.Handle("ada", "b.example") || !l.Handle("x", "z.example") {
		t.Error("nobody, or a handle")
	}
}

func TestPosts(t *testing.T) {
	t.Parallel()
	l := list(t, "https://a.example/@ada/12", "https://b.example/objects/1f", "https://c.example/odd?p=7", "@dee@d.example", "!cats@e.example", "z.example")
	ada := &feeds.Author{User: "ada", Domain: "a.example"}
	seen := func(host, id string) []feeds.Sighting { return []feeds.Sighting{{Host: host, ID: id}} }
	for name, c := range map[string]struct {
		post feeds.Post
		want bool
	}{
		"by its address":         {feeds.Post{Author: ada, URL: "https://a.example/@ada/12"}, true},
		"by its id at home":      {feeds.Post{Author: ada, Sightings: seen("a.example", "12")}, true},
		"a copy, by its URI":     {feeds.Post{Author: ada, URI: "https://a.example/users/ada/statuses/12", Sightings: seen("b.example", "99")}, true},
		"the same id elsewhere":  {feeds.Post{Author: ada, Sightings: seen("b.example", "12")}, false},
		"another of hers":        {feeds.Post{Author: ada, URL: "https://a.example/@ada/13"}, false},
		"by a URI as it is":      {feeds.Post{Author: ada, URI: "https://b.example/objects/1f"}, true},
		"a page of unknown kind": {feeds.Post{Author: ada, URL: "https://c.example/odd?p=7"}, true},
		"by a blocked account":   {feeds.Post{Author: &feeds.Author{User: "Dee", Domain: "d.example"}}, true},
		"in a blocked community": {feeds.Post{Author: ada, Group: &feeds.Author{User: "cats", Domain: "e.example"}}, true},
		"of a blocked server":    {feeds.Post{Author: &feeds.Author{User: "zoe", Domain: "z.example"}}, true},
		"without anything":       {feeds.Post{}, false},
	} {
		if got := l.Post(&c.post); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
	if l.Post(nil) || !l.At("a.example", "12") || l.At("a.example", "13") || !l.At("z.example", "1") {
		t.Error("no post, or one by its place")
	}
	if !l.Page("https://z.example/feed.xml") || !l.Page("https://c.example/odd?p=7") || l.Page("") || l.Page("z.example") {
		t.Error("a page")
	}
}

func TestAPostIsAdmittedWithoutABlockedQuote(t *testing.T) {
	l := list(t, "@ada@a.example", "bad.example")
	bad := &feeds.Post{Author: &feeds.Author{User: "ada", Domain: "a.example"}, URL: "https://a.example/1"}
	good := &feeds.Post{Author: &feeds.Author{User: "cy", Domain: "c.example"}}
	if l.Admit(bad) != nil || l.Admit(nil) != nil || l.Admit(good) != good {
		t.Error("a post alone")
	}
	fine := &feeds.Post{Author: good.Author, Quote: &feeds.Quote{State: feeds.QuoteAccepted, Post: good}}
	if l.Admit(fine) != fine {
		t.Error("a quote of a post that is shown")
	}
	for name, q := range map[string]*feeds.Quote{"a post": {State: feeds.QuoteAccepted, Post: bad, URL: bad.URL}, "an address": {State: feeds.QuotePending, URL: "https://bad.example/1"}} {
		quoting := &feeds.Post{Author: good.Author, Quote: q}
		got := l.Admit(quoting)
		if got == nil || got == quoting || got.Quote.State != feeds.QuoteBlocked || got.Quote.Post != nil || got.Quote.URL != "" {
			t.Errorf("%s: %+v", name, got)
		}
		if quoting.Quote != q {
			t.Errorf("%s: the post was changed", name)
		}
	}
}

func TestNothingIsBlocked(t *testing.T) {
	t.Parallel()
	for _, l := range []blocklist.List{{}, list(t)} {
		if !l.Empty() || l.Host("a.example") || l.Handle("ada", "a.example") || l.Page("https://a.example/") || l.At("a.example", "1") ||
			l.Author(&feeds.Author{User: "ada", Domain: "a.example"}) || l.Post(&feeds.Post{URL: "https://a.example/1"}) || len(l.Keys()) > 0 {
			t.Error("an empty list blocks something")
		}
	}
}

func TestAWrongEntryIsNamedAndTheOthersHold(t *testing.T) {
	t.Parallel()
	for _, wrong := range []string{"", "nothing", "@a", "#tea@a.example", "*.", "*.@ada@a.example", "https://x y"} {
		l, err := blocklist.New([]string{wrong, "b.example"})
		if err == nil || !l.Host("b.example") {
			t.Errorf("%q: %v, %v", wrong, err, l.Keys())
		}
	}
}

func TestKeysAreInOrder(t *testing.T) {
	t.Parallel()
	want := []string{"*.c.example", "@ada@a.example", "a.example/12", "b.example", "https://a.example/@ada/12"}
	if got := list(t, "b.example", "https://a.example/@ada/12", "*.c.example", "@Ada@A.example").Keys(); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}
