package route

import (
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/address"
)

func TestParse(t *testing.T) {
	for fragment, want := range map[string]Route{
		"": {View: Start}, "#": {View: Start}, "#/": {View: Start},
		"#/@ada@a.example":                  {View: Profile, User: "ada", Domain: "a.example"},
		"#/@ada@a.example/media":            {View: Profile, User: "ada", Domain: "a.example", Tab: "media"},
		"#/@ada@localhost:8081/about":       {View: Profile, User: "ada", Domain: "localhost:8081", Tab: "about"},
		"#/%40ada%40a.example":              {View: Profile, User: "ada", Domain: "a.example"},
		"#/@ada@a.example?via=b.example":    {View: Profile, User: "ada", Domain: "a.example", Via: "b.example"},
		"#/!cats@a.example":                 {View: Community, User: "cats", Domain: "a.example"},
		"#/i/a.example":                     {View: Server, Host: "a.example"},
		"#/i/A.example:8443/federated":      {View: Server, Host: "a.example:8443", Tab: "federated"},
		"#/t/a.example/tea":                 {View: Tag, Host: "a.example", Tag: "tea"},
		"#/t/a.example/%D9%82":              {View: Tag, Host: "a.example", Tag: "ق"},
		"#/t/a.example/a%2Fb":               {View: Tag, Host: "a.example", Tag: "a/b"},
		"#/p/a.example/12":                  {View: Post, Host: "a.example", ID: "12"},
		"#/p/a.example/comment:12":          {View: Post, Host: "a.example", ID: "comment:12"},
		"#/p/a.example/https%3A%2F%2Fx%2F1": {View: Post, Host: "a.example", ID: "https://x/1"},
		"#/f/https%3A%2F%2Fx.example%2Ff":   {View: Feed, URL: "https://x.example/f"},
		"#/home":                            {View: Home},
		"#/home/town":                       {View: Home, List: "town"},
		"#/search?q=a+b":                    {View: Search, Query: "a b"},
		"#/settings":                        {View: Settings},
		"#/open?u=%40ada%40a.example":       {View: Open, Query: "@ada@a.example"},
	} {
		got, err := Parse(fragment)
		if err != nil || got != want {
			t.Errorf("%s\n got %+v, %v\nwant %+v", fragment, got, err, want)
		}
		again, err := Parse(got.String())
		if err != nil || again != got {
			t.Errorf("%s -> %s: %+v, %v", fragment, got, again, err)
		}
	}
	for _, bad := range []string{"#main", "#/100%", "#/%zz", "#/i", "#/i/", "#/i/a", "#/i/a.example/nothing", "#/t/a.example", "#/p/a.example", "#/p/a.example/1/2", "#/@ada", "#/@@a.example", "#/@ada@a.example/nothing", "#/nothing", "#//", "#/settings/x", "#/i/a.example?via=nothing"} {
		if r, err := Parse(bad); err == nil {
			t.Errorf("%s was read as %+v", bad, r)
		}
	}
}

func TestEveryAddressButABareHashtagHasAView(t *testing.T) {
	for _, text := range []string{"@ada@a.example", "!cats@a.example", "#tea@a.example", "a.example", "https://a.example/@ada/12", "https://a.example/feed"} {
		a, err := address.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		r, ok := FromAddress(a)
		if back, err := Parse(r.String()); !ok || err != nil || back != r {
			t.Errorf("%s: %+v, %v", text, r, err)
		}
	}
	if _, ok := FromAddress(address.Address{Kind: address.Tag, Tag: "tea"}); ok {
		t.Error("a server was guessed for a bare hashtag")
	}
}

func TestLinksLeadToViews(t *testing.T) {
	l := Links{}
	p := &feeds.Post{Sightings: []feeds.Sighting{{Host: "a.example:8443", ID: "12"}}}
	for got, want := range map[string]string{
		l.Profile(&feeds.Author{User: "ada", Domain: "a.example"}): "#/@ada@a.example", l.Handle("ada@a.example"): "#/@ada@a.example",
		l.Tag("a.example", "tea"): "#/t/a.example/tea", l.Post(p): "#/p/a.example:8443/12", l.Server("a.example"): "#/i/a.example",
		l.Post(&feeds.Post{URL: "https://x.example/1"}): "https://x.example/1",
	} {
		if got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"#/", "#/@ada@a.example/media?via=b.example", "#/t/a.example/%D9%82", "#/p/a/b%2Fc", "#/open?u=%23x", "#/100%"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		r, err := Parse(s)
		if err != nil {
			return
		}
		if again, err := Parse(r.String()); err != nil || again != r {
			t.Fatalf("%q -> %q: %+v, then %+v, %v", s, r.String(), r, again, err)
		}
	})
}
