package route

import (
	"errors"
	"math/rand/v2"
	"testing"
	"time"

	"vitrine/feeds/address"
)

func TestEveryFragmentOfTheTableIsRead(t *testing.T) {
	for fragment, want := range map[string]Route{
		"":                                         {View: Start},
		"#":                                        {View: Start},
		"#/":                                       {View: Start},
		"/":                                        {View: Start},
		"#/@ada@a.example":                         {View: Profile, User: "ada", Domain: "a.example"},
		"/@ada@a.example":                          {View: Profile, User: "ada", Domain: "a.example"},
		"#/@ada@a.example/":                        {View: Profile, User: "ada", Domain: "a.example"},
		"#/@ada@a.example/replies":                 {View: Profile, User: "ada", Domain: "a.example", Tab: "replies"},
		"#/@ada@a.example/media":                   {View: Profile, User: "ada", Domain: "a.example", Tab: "media"},
		"#/@ada@localhost:8081/about":              {View: Profile, User: "ada", Domain: "localhost:8081", Tab: "about"},
		"#/@ada@[::1]:8081":                        {View: Profile, User: "ada", Domain: "[::1]:8081"},
		"#/%40ada%40a.example":                     {View: Profile, User: "ada", Domain: "a.example"},
		"#/@%D0%B0%D0%B4%D0%B0@a.example":          {View: Profile, User: "ада", Domain: "a.example"},
		"#/@ada@a.example?via=B.example":           {View: Profile, User: "ada", Domain: "a.example", Via: "b.example"},
		"#/@ada@a.example?month=2024-05":           {View: Profile, User: "ada", Domain: "a.example", Month: time.Date(2024, 5, 1, 0, 0, 0, 0, time.UTC)},
		"#/@ada@a.example?tag=%D9%82":              {View: Profile, User: "ada", Domain: "a.example", Tag: "ق"},
		"#/!cats@a.example?month=2024-05&tag=x":    {View: Community, User: "cats", Domain: "a.example", Month: time.Date(2024, 5, 1, 0, 0, 0, 0, time.UTC)},
		"#/i/a.example?month=2024-05":              {View: Server, Host: "a.example"},
		"#/@ada@a.example?utm=1":                   {View: Profile, User: "ada", Domain: "a.example"},
		"#/!cats@a.example":                        {View: Community, User: "cats", Domain: "a.example"},
		"#/i/a.example":                            {View: Server, Host: "a.example"},
		"#/i/A.example:8443/federated":             {View: Server, Host: "a.example:8443", Tab: "federated"},
		"#/i/a.example/trending":                   {View: Server, Host: "a.example", Tab: "trending"},
		"#/i/a.example/directory":                  {View: Server, Host: "a.example", Tab: "directory"},
		"#/i/b%C3%BCcher.example":                  {View: Server, Host: "xn--bcher-kva.example"},
		"#/t/a.example/tea":                        {View: Tag, Host: "a.example", Tag: "tea"},
		"#/t/a.example/%D9%82":                     {View: Tag, Host: "a.example", Tag: "ق"},
		"#/t/a.example/a%2Fb%3Fc%23d%25":           {View: Tag, Host: "a.example", Tag: "a/b?c#d%"},
		"#/p/a.example/12":                         {View: Post, Host: "a.example", ID: "12"},
		"#/p/a.example/12?via=b.example":           {View: Post, Host: "a.example", ID: "12", Via: "b.example"},
		"#/p/a.example/comment:12":                 {View: Post, Host: "a.example", ID: "comment:12"},
		"#/p/a.example/https%3A%2F%2Fx%2F1":        {View: Post, Host: "a.example", ID: "https://x/1"},
		"#/l/a.example:8443/3QCDSEFDDa":            {View: Playlist, Host: "a.example:8443", ID: "3QCDSEFDDa"},
		"#/l/a.example/a%2Fb?via=b.example":        {View: Playlist, Host: "a.example", ID: "a/b", Via: "b.example"},
		"#/p/a.example/playlist:12":                {View: Playlist, Host: "a.example", ID: "12"},
		"#/f/https%3A%2F%2Fx.example%2Ff":          {View: Feed, URL: "https://x.example/f"},
		"#/home":                                   {View: Home},
		"#/home/town%20hall":                       {View: Home, List: "town hall"},
		"#/home?order=oldest":                      {View: Home, Order: Oldest},
		"#/home/a?since=2026-11-28T18:00:00Z":      {View: Home, List: "a", Since: time.Date(2026, 11, 28, 18, 0, 0, 0, time.UTC)},
		"#/home?since=2026-11-28T18:00:00%2B01:00": {View: Home, Since: time.Date(2026, 11, 28, 17, 0, 0, 0, time.UTC)},
		"#/following":                              {View: Following},
		"#/following?add=@ada@a.example":           {View: Following, Add: "@ada@a.example"},
		"#/find?q=%23caf%C3%A9+noir":               {View: Find, Query: "#café noir"},
		"#/find":                                   {View: Find},
		"#/saved":                                  {View: Saved},
		"#/search?q=a+b":                           {View: Search, Query: "a b"},
		"#/search?q=a%20b":                         {View: Search, Query: "a b"},
		"#/search":                                 {View: Search},
		"#/settings":                               {View: Settings},
		"#/embed":                                  {View: Embed},
		"#/embed?u=%40ada%40a.example":             {View: Embed, Query: "@ada@a.example"},
		"#/open?u=%40ada%40a.example":              {View: Open, Query: "@ada@a.example"},
		"#/open?u=Ada%0Ahttps://a.example/":        {View: Open, Query: "Ada\nhttps://a.example/"},
	} {
		got, err := Parse(fragment)
		if err != nil || got != want {
			t.Errorf("%s\n got %+v, %v\nwant %+v", fragment, got, err, want)
		}
		if again, err := Parse(got.String()); err != nil || again != got {
			t.Errorf("%s became %s: %+v, %v", fragment, got, again, err)
		}
	}
}

func TestMalformedFragmentsAreErrors(t *testing.T) {
	for _, bad := range []string{
		"#main", "#/100%", "#/%zz", "#/nothing", "#//", "#/i//", "#/ /",
		"#/@ada", "#/@@a.example", "#/@ada@a", "#/@ada@a.example/nothing", "#/@ada@a.example/media/1", "#/@a%2Fb@a.example",
		"#/!cats", "#/!cats@a.example/media", "#/i", "#/i/", "#/i/a", "#/i/a.example/nothing", "#/i/a.example/about/us", "#/i/a.example%2Fb",
		"#/t/a.example", "#/t/a.example/a/b", "#/t/a.example/%00", "#/t/a.example/%ff", "#/p/a.example", "#/p/a.example/1/2", "#/p/a%20b.example/1", "#/l", "#/l/a.example", "#/l/a.example/1/2", "#/l/a/1", "#/p/a.example/playlist:", "#/l/a.example/playlist:",
		"#/f", "#/f/", "#/f/https://x.example/f", "#/home/a/b", "#/home?since=yesterday", "#/home?since=0000-01-01T00:00:00%2B01:00", "#/home?order=best", "#/home?since=2026-11-28T18:00:00Z&by=count", "#/following/x", "#/following?add=%00", "#/settings/x", "#/search/x", "#/open/x",
		"#/i/a.example?via=nothing", "#/i/a.example?via=%zz", "#/search?q=%ff", "#/open?u=%00",
		"#/@ada@a.example?month=2024-13", "#/@ada@a.example?month=may", "#/!cats@a.example?month=0000-01", "#/@ada@a.example?tag=%00",
	} {
		r, err := Parse(bad)
		var e *Error
		if !errors.As(err, &e) || e.Fragment != bad || r != (Route{}) {
			t.Errorf("%s: %+v, %v", bad, r, err)
		}
	}
}

// A fragment is compared with location.hash, so it has to be written as browsers write one.
func TestStringsAreWrittenAsBrowsersShowThem(t *testing.T) {
	for want, r := range map[string]Route{
		"#/":                                  {View: Start},
		"#/@ada@a.example:8443/media":         {View: Profile, User: "ada", Domain: "a.example:8443", Tab: "media"},
		"#/@%D0%B0@a.example?via=b.example":   {View: Profile, User: "а", Domain: "a.example", Via: "b.example"},
		"#/i/[::1]:8081/about":                {View: Server, Host: "[::1]:8081", Tab: "about"},
		"#/t/a.example/caf%C3%A9":             {View: Tag, Host: "a.example", Tag: "café"},
		"#/t/a.example/a%2Fb%3Fc%23d%25%20":   {View: Tag, Host: "a.example", Tag: "a/b?c#d% "},
		"#/l/a.example/a%2Fb":                 {View: Playlist, Host: "a.example", ID: "a/b"},
		"#/p/a.example/comment:12":            {View: Post, Host: "a.example", ID: "comment:12"},
		"#/f/https:%2F%2Fx.example%2Ff%3Fa=b": {View: Feed, URL: "https://x.example/f?a=b"},
		"#/search?q=a+%26+b&via=b.example":    {View: Search, Query: "a & b", Via: "b.example"},
		"#/open?u=%23tea":                     {View: Open, Query: "#tea"},
	} {
		if got := r.String(); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

func TestWhatStringWritesParseReads(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	pick := func(from ...string) string { return from[rnd.IntN(len(from))] }
	host := func() string {
		return pick("a.example", "localhost:8081", "[::1]:8081", "10.0.0.1", "xn--bcher-kva.example")
	}
	text := func() string {
		runes := []rune("ab1.~-_ /?#%&=+:;@!,'\"<>`\\^|{}éق語😀")
		s := make([]rune, 1+rnd.IntN(8))
		for i := range s {
			s[i] = runes[rnd.IntN(len(runes))]
		}
		return string(s)
	}
	maybe := func(s string) string { return pick("", s) }
	user := func() string { return pick("ada", "Ada_B.c-d", "ада", "a~b") }
	for range 5000 {
		via := maybe(host())
		for _, r := range []Route{
			{View: Start, Via: via},
			{View: Profile, User: user(), Domain: host(), Tab: pick("", "replies", "media", "about"), Via: via},
			{View: Community, User: user(), Domain: host(), Via: via},
			{View: Server, Host: host(), Tab: pick("", "federated", "trending", "directory", "about"), Via: via},
			{View: Tag, Host: host(), Tag: text(), Via: via},
			{View: Post, Host: host(), ID: text(), Via: via},
			{View: Playlist, Host: host(), ID: text(), Via: via},
			{View: Feed, URL: text(), Via: via},
			{View: Home, List: maybe(text()), Via: via},
			{View: Home, Since: time.Unix(rnd.Int64N(1<<33), rnd.Int64N(1e9)).UTC(), Order: pick("", Oldest), Via: via},
			{View: Following, Add: maybe(text()), Via: via},
			{View: Saved, Via: via},
			{View: Search, Query: maybe(text()), Via: via},
			{View: Settings, Via: via},
			{View: Embed, Query: maybe(text()), Via: via},
			{View: Open, Query: maybe(text()), Via: via},
		} {
			if got, err := Parse(r.String()); err != nil || got != r {
				t.Fatalf("%s\n got %+v, %v\nwant %+v", r, got, err, r)
			}
		}
	}
}

func TestEveryAddressButABareHashtagHasAView(t *testing.T) {
	for text, want := range map[string]string{
		"@ada@a.example":                         "#/@ada@a.example",
		"https://a.example/@ada@b.example/media": "#/@ada@b.example/media",
		"!cats@a.example":                        "#/!cats@a.example",
		"#tea@a.example":                         "#/t/a.example/tea",
		"a.example":                              "#/i/a.example",
		"https://a.example/explore":              "#/i/a.example/trending",
		"https://a.example/@ada/12":              "#/p/a.example/12",
		"https://a.example/w/p/3QCDSEFDDa":       "#/l/a.example/3QCDSEFDDa",
		"https://a.example/feed":                 "#/f/https:%2F%2Fa.example%2Ffeed",
	} {
		a, err := address.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		r, ok := FromAddress(a)
		if !ok || r.String() != want {
			t.Errorf("%s: %s, %v, want %s", text, r, ok, want)
		}
		if back, err := Parse(r.String()); err != nil || back != r {
			t.Errorf("%s: %+v, %v, want %+v", r, back, err, r)
		}
		if own, err := address.Parse(r.String()); err != nil || own.String() != a.String() {
			t.Errorf("%s pasted back is %s, %v, want %s", r, own, err, a)
		}
	}
	if _, ok := FromAddress(address.Address{Kind: address.Tag, Tag: "tea"}); ok {
		t.Error("a server was guessed for a bare hashtag")
	}
	if _, ok := FromAddress(address.Address{}); ok {
		t.Error("nothing has a view")
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"#/", "#/@ada@a.example/media?via=b.example", "#/t/a.example/%D9%82", "#/p/a.example/b%2Fc", "#/open?u=%23x", "#/100%", "#/i/a.example/", "#/f/x?q=;"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		r, err := Parse(s)
		if err != nil {
			return
		}
		if again, err := Parse(r.String()); err != nil || again != r {
			t.Fatalf("%q became %q: %+v, then %+v, %v", s, r.String(), r, again, err)
		}
	})
}

func TestTheGroupsOfACatchUpAreRead(t *testing.T) {
	for fragment, by := range map[string]string{"#/home?by=author&since=2026-11-28T18:00:00Z": ByAuthor, "#/home?since=2026-11-28T18:00:00Z&by=link": ByLink, "#/home?by=author": ""} {
		r, err := Parse(fragment)
		if err != nil || r.By != by {
			t.Errorf("%s is grouped by %q, %v", fragment, r.By, err)
		}
		if again, err := Parse(r.String()); err != nil || again != r {
			t.Errorf("%s is written as %s", fragment, r)
		}
	}
}
