package address

import (
	"errors"
	"strings"
	"testing"
)

func TestParseReadsWhatPeopleHave(t *testing.T) {
	profile := func(user, domain, tab string) Address {
		return Address{Kind: Profile, Host: domain, User: user, Domain: domain, Tab: tab}
	}
	server := func(host, tab string) Address { return Address{Kind: Server, Host: host, Tab: tab} }
	tag := func(host, name string) Address { return Address{Kind: Tag, Host: host, Tag: name} }
	post := func(host, id string) Address { return Address{Kind: Post, Host: host, ID: id} }
	for given, want := range map[string]Address{
		"@ada@a.example":                                              profile("ada", "a.example", ""),
		"ada@a.example":                                               profile("ada", "a.example", ""),
		"acct:ada@a.example":                                          profile("ada", "a.example", ""),
		"acct:@ada@a.example":                                         profile("ada", "a.example", ""),
		"  <@Ada.B_c-d@A.Example>, ":                                  profile("Ada.B_c-d", "a.example", ""),
		"＠ada＠a.example":                                              profile("ada", "a.example", ""),
		"\u200b@ada@a.example\u202c":                                  profile("ada", "a.example", ""),
		"@ada@localhost:8081":                                         profile("ada", "localhost:8081", ""),
		"@ada@a.localhost:8081":                                       profile("ada", "a.localhost:8081", ""),
		"@ada@127.0.0.1:8081":                                         profile("ada", "127.0.0.1:8081", ""),
		"@ada@[::1]:8081":                                             profile("ada", "[::1]:8081", ""),
		"@ada@bücher.example":                                         profile("ada", "bücher.example", ""),
		"!cats@a.example":                                             {Kind: Community, Host: "a.example", User: "cats", Domain: "a.example"},
		"#tea@a.example":                                              tag("a.example", "tea"),
		"#tea":                                                        tag("", "tea"),
		"#قراءة@a.example":                                            tag("a.example", "قراءة"),
		"a.example":                                                   server("a.example", ""),
		"A.EXAMPLE.":                                                  server("a.example", ""),
		"a.example:8443":                                              server("a.example:8443", ""),
		"a.example:443":                                               server("a.example", ""),
		"localhost:8080":                                              server("localhost:8080", ""),
		"https://a.example":                                           server("a.example", ""),
		"https://a.example/":                                          server("a.example", ""),
		"http://a.localhost:8081/":                                    server("a.localhost:8081", ""),
		"https://a.example/about":                                     server("a.example", "about"),
		"https://a.example/about/more":                                server("a.example", "about"),
		"https://a.example/explore":                                   server("a.example", "trending"),
		"https://a.example/public":                                    server("a.example", "federated"),
		"https://a.example/public/local":                              server("a.example", ""),
		"https://a.example/web/timelines/public/local":                server("a.example", ""),
		"https://a.example/deck/public":                               server("a.example", "federated"),
		"https://a.example/@ada":                                      profile("ada", "a.example", ""),
		"https://a.example/@ada/":                                     profile("ada", "a.example", ""),
		"a.example/@ada":                                              profile("ada", "a.example", ""),
		"https://a.example/@ada?x=1#y":                                profile("ada", "a.example", ""),
		"https://a.example/@ada.rss":                                  profile("ada", "a.example", ""),
		"https://a.example/@ada@b.example":                            profile("ada", "b.example", ""),
		"https://a.example/@ada/with_replies":                         profile("ada", "a.example", "replies"),
		"https://a.example/@ada/media":                                profile("ada", "a.example", "media"),
		"https://a.example/@ada/tagged/tea":                           profile("ada", "a.example", ""),
		"https://a.example/@ada/followers":                            profile("ada", "a.example", ""),
		"https://a.example/users/ada":                                 profile("ada", "a.example", ""),
		"https://a.example/web/@ada":                                  profile("ada", "a.example", ""),
		"https://a.example/@ada/109302354165120279":                   post("a.example", "109302354165120279"),
		"https://a.example/@ada/109302354165120279/embed":             post("a.example", "109302354165120279"),
		"https://a.example/@ada@b.example/109302354165":               post("a.example", "109302354165"),
		"https://a.example/users/ada/statuses/12":                     post("a.example", "12"),
		"https://a.example/users/ada/statuses/12/activity":            post("a.example", "12"),
		"https://a.example/ap/users/7/statuses/12":                    post("a.example", "12"),
		"https://a.example/statuses/12":                               post("a.example", "12"),
		"https://a.example/web/statuses/12":                           post("a.example", "12"),
		"https://a.example/deck/@ada/12":                              post("a.example", "12"),
		"https://a.example/deck/@ada@b.example/12":                    post("a.example", "12"),
		"https://a.example/notice/AXxyz9ABCdef12":                     post("a.example", "AXxyz9ABCdef12"),
		"https://a.example/notes/9abcdef123":                          post("a.example", "9abcdef123"),
		"https://a.example/@ada/statuses/01HXYZ0123456789ABCDEFGHJK":  post("a.example", "01HXYZ0123456789ABCDEFGHJK"),
		"https://a.example/@ada/posts/12":                             post("a.example", "12"),
		"https://a.example/@ada/0190a4c2-1111-7000-8000-1234567890ab": post("a.example", "0190a4c2-1111-7000-8000-1234567890ab"),
		"https://a.example/p/ada/12":                                  post("a.example", "12"),
		"https://a.example/i/web/post/12":                             post("a.example", "12"),
		"https://a.example/tags/tea":                                  tag("a.example", "tea"),
		"https://a.example/tags/%D9%82%D8%B1%D8%A7%D8%A1%D8%A9":       tag("a.example", "قراءة"),
		"https://a.example/tag/tea":                                   tag("a.example", "tea"),
		"https://a.example/web/timelines/tag/tea":                     tag("a.example", "tea"),
		"https://a.example/c/cats":                                    {Kind: Community, Host: "a.example", User: "cats", Domain: "a.example"},
		"https://a.example/c/cats@b.example":                          {Kind: Community, Host: "b.example", User: "cats", Domain: "b.example"},
		"https://elk.zone/a.example/@ada@b.example":                   profile("ada", "b.example", ""),
		"https://elk.zone/a.example/@ada/12":                          post("a.example", "12"),
		"https://elk.zone/a.example/tags/tea":                         tag("a.example", "tea"),
		"https://elk.zone/a.example/public/local":                     server("a.example", ""),
		"https://elk.zone/https://a.example/@ada/12":                  post("a.example", "12"),
		"https://phanpy.social/#/a.example/s/12":                      post("a.example", "12"),
		"https://phanpy.social/#/a.example/t/tea":                     tag("a.example", "tea"),
		"https://phanpy.social/#/a.example/p/l":                       server("a.example", ""),
		"https://phanpy.social/#/a.example/p":                         server("a.example", "federated"),
		"https://phanpy.social/#/https://a.example/@ada/12":           post("a.example", "12"),
		"https://v.example/app/#/@ada@a.example/media":                profile("ada", "a.example", "media"),
		"https://v.example/#/i/a.example/trending":                    server("a.example", "trending"),
		"https://v.example/#/t/a.example/tea":                         tag("a.example", "tea"),
		"https://v.example/#/p/a.example/12?via=b.example":            post("a.example", "12"),
		"web+ap://a.example/@ada":                                     profile("ada", "a.example", ""),
		"https://blog.example/feed":                                   {Kind: Feed, Host: "blog.example"},
		"https://blog.example/index.xml":                              {Kind: Feed, Host: "blog.example"},
	} {
		got, err := Parse(given)
		if got.Kind != Feed {
			got.URL = ""
		} else if got.URL == given {
			got.URL = ""
		}
		if err != nil || got != want {
			t.Errorf("%s\n got %+v, %v\nwant %+v", given, got, err, want)
		}
	}
}

func TestParseSaysWhatIsMissing(t *testing.T) {
	for given, want := range map[string]Error{
		"": {Empty, ""}, "  . ": {Empty, ""}, "marta@hafenlicht": {NoServer, ""}, "@marta@hafenlicht": {NoServer, ""}, "@marta": {NoServer, ""},
		"hello": {NotAnAddress, ""}, "hello world": {NotAnAddress, ""}, "javascript:alert(1)": {NotAnAddress, ""}, "ftp://a.example/x": {NotAnAddress, ""},
		"https://ada:secret@a.example/": {NotAnAddress, ""}, "#": {NotAnAddress, ""}, "@@@": {NotAnAddress, ""},
		"https://hafenlicht/@marta": {NoServer, ""}, "https://a.example/some/page": {UnknownPath, "a.example"}, "https://a.example/accounts/7": {UnknownPath, "a.example"},
		"1.2.3": {NotAnAddress, ""}, "1.2.3.4.5": {NotAnAddress, ""}, "a.example:0": {NotAnAddress, ""}, "a.example:99999": {NotAnAddress, ""}, "a..example": {NotAnAddress, ""},
	} {
		_, err := Parse(given)
		var got *Error
		if !errors.As(err, &got) || *got != want {
			t.Errorf("%q: %v, want %+v", given, err, want)
		}
	}
}

func TestHostsOfThisMachineAndNetwork(t *testing.T) {
	for host, want := range map[string][2]bool{
		"localhost": {true, true}, "LOCALHOST:80": {true, true}, "a.localhost:8081": {true, true}, "127.0.0.1": {true, true}, "127.9.9.9:1": {true, true}, "[::1]:8081": {true, true},
		"[::ffff:127.0.0.1]": {true, true}, "10.0.0.1": {false, true}, "192.168.1.1:80": {false, true}, "172.20.0.1": {false, true}, "169.254.169.254": {false, true},
		"[fe80::1]": {false, true}, "[fd00::1]": {false, true}, "0.0.0.0": {false, true}, "router.local": {false, true}, "a.example": {false, false}, "8.8.8.8": {false, false},
		"notlocalhost": {false, false}, "localhost.example": {false, false},
	} {
		if got := [2]bool{IsLoopback(host), IsPrivate(host)}; got != want {
			t.Errorf("%s: %v, want %v", host, got, want)
		}
	}
	if Origin("a.localhost:8081") != "http://a.localhost:8081" || Origin("a.example") != "https://a.example" {
		t.Error("Origin chooses the wrong scheme")
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"@ada@a.example", "#tea", "!cats@a.example:8443", "https://a.example/@ada@b.example/12", "https://elk.zone/a.example/@ada/12", "[::1]:80", "web+ap://a.example/@x", "https://x.example/#/p/a.example/%2f"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		a, err := Parse(s)
		if err != nil {
			return
		}
		if a.Host != strings.ToLower(a.Host) || a.Domain != strings.ToLower(a.Domain) || strings.ContainsAny(a.Host+a.Domain, "/?#@ \\") {
			t.Fatalf("%q: host %q, domain %q", s, a.Host, a.Domain)
		}
		b, err := Parse(a.String())
		a.URL, b.URL, a.Tab, b.Tab = "", "", "", ""
		if err != nil || a != b {
			t.Fatalf("%q -> %q: %+v, then %+v, %v", s, a.String(), a, b, err)
		}
	})
}
