package address

import (
	"errors"
	"strings"
	"testing"
)

// parseCase is a text and what it names.
type parseCase struct {
	text string
	want Address
}

func person(user, domain, tab string) Address {
	return Address{Kind: Profile, Host: domain, User: user, Domain: domain, Tab: tab}
}

func community(user, domain string) Address {
	return Address{Kind: Community, Host: domain, User: user, Domain: domain}
}

func server(host, tab string) Address { return Address{Kind: Server, Host: host, Tab: tab} }

func hashtag(host, name string) Address { return Address{Kind: Tag, Host: host, Tag: name} }

func copied(host, id string) Address { return Address{Kind: Post, Host: host, ID: id, Copy: true} }

func post(host, id string) Address { return Address{Kind: Post, Host: host, ID: id} }

func playlist(host, id string) Address { return Address{Kind: Playlist, Host: host, ID: id} }

func feed(host, url string) Address { return Address{Kind: Feed, Host: host, URL: url} }

// checkAll parses each text, and what it became once more.
func checkAll(t *testing.T, all []parseCase) {
	t.Helper()
	for _, g := range all {
		got, err := Parse(g.text)
		if err != nil {
			t.Errorf("%q: %v", g.text, err)
			continue
		}
		if got = withoutGiven(got); got != g.want {
			t.Errorf("%q\n got %+v\nwant %+v", g.text, got, g.want)
		}
		got.Copy = false // an id at a server doesn't say it
		again, err := Parse(got.String())
		if again = withoutGiven(again); err != nil || again != got {
			t.Errorf("%q became %q\n got %+v, %v\nwant %+v", g.text, got, again, err, got)
		}
	}
}

// withoutGiven leaves out what only repeats the text.
func withoutGiven(a Address) Address {
	if a.Kind != Feed && a.Kind != Page {
		a.URL = ""
	}
	return a
}

func TestHandlesHashtagsAndHosts(t *testing.T) {
	t.Parallel()
	checkAll(t, []parseCase{
		{"@ada@a.example", person("ada", "a.example", "")},
		{"ada@a.example", person("ada", "a.example", "")},
		{"acct:ada@a.example", person("ada", "a.example", "")},
		{"ACCT:@ada@a.example", person("ada", "a.example", "")},
		{"@Ada.B_c-d@A.Example", person("Ada.B_c-d", "a.example", "")},
		{"@ada.web.example@bridge.example", person("ada.web.example", "bridge.example", "")},
		{"@ada@localhost:8081", person("ada", "localhost:8081", "")},
		{"@ada@a.localhost:8081", person("ada", "a.localhost:8081", "")},
		{"@ada@127.0.0.1:8081", person("ada", "127.0.0.1:8081", "")},
		{"@ada@[::1]", person("ada", "[::1]", "")},
		{"@ada@[::1]:8081", person("ada", "[::1]:8081", "")},
		{"@ada@a.example:443", person("ada", "a.example", "")},
		{"@ada@a.example/", person("ada", "a.example", "")},
		{"@ada@bücher.example", person("ada", "xn--bcher-kva.example", "")},
		{"@ада@пример.example", person("ада", "xn--e1afmkfd.example", "")},
		{"!cats@a.example", community("cats", "a.example")},
		{"#tea@a.example", hashtag("a.example", "tea")},
		{"#tea", hashtag("", "tea")},
		{"#2026", hashtag("", "2026")},
		{"#قراءة@a.example", hashtag("a.example", "قراءة")},
		{"#می\u200cخواهم", hashtag("", "می\u200cخواهم")},
		{"a.example", server("a.example", "")},
		{"A.EXAMPLE.", server("a.example", "")},
		{"a.example:8443", server("a.example:8443", "")},
		{"localhost", server("localhost", "")},
		{"localhost:8080", server("localhost:8080", "")},
		{"localhost:80", server("localhost", "")},
		{"social.localhost:8081", server("social.localhost:8081", "")},
		{"192.0.2.7:8080", server("192.0.2.7:8080", "")},
		{"[2001:DB8::1]", server("[2001:db8::1]", "")},
		{"my_server.example", server("my_server.example", "")},
	})
}

func TestWhatIsPastedAlongIsLeftOut(t *testing.T) {
	t.Parallel()
	checkAll(t, []parseCase{
		{"  <@ada@a.example>, ", person("ada", "a.example", "")},
		{"(@ada@a.example).", person("ada", "a.example", "")},
		{"“@ada@a.example”", person("ada", "a.example", "")},
		{"[ada@a.example]", person("ada", "a.example", "")},
		{"([::1]:8081)", server("[::1]:8081", "")},
		{"＠ada＠a.example", person("ada", "a.example", "")},
		{"＃tea", hashtag("", "tea")},
		{"\u200b@ada@a.example\u202c", person("ada", "a.example", "")},
		{"@ada\u00ad@a.exa\u2060mple\r\n", person("ada", "a.example", "")},
		{"\ufeffhttps://a.example/@ada", person("ada", "a.example", "")},
		{"<https://a.example/@ada/12>", post("a.example", "12")},
		{"https://a.example/@ada!", person("ada", "a.example", "")},
		{"\u00a0a.example\u3000", server("a.example", "")},
	})
}

func TestTheAddressWithinASentenceIsFound(t *testing.T) {
	t.Parallel()
	checkAll(t, []parseCase{
		{"Ada (@ada@a.example)", person("ada", "a.example", "")},
		{"Ada writes: “Hello”\nhttps://a.example/@ada/12", post("a.example", "12")},
		{"mail bob@b.example or follow @ada@a.example!", person("ada", "a.example", "")},
		{"from https://a.example/some/page and https://a.example/@ada", person("ada", "a.example", "")},
	})
}

func TestParseSaysWhatIsMissing(t *testing.T) {
	t.Parallel()
	for _, g := range []struct {
		text string
		want Error
	}{
		{"", Error{Empty, ""}},
		{"  . \u200b", Error{Empty, ""}},
		{"marta@hafenlicht", Error{NoServer, ""}},
		{"@marta@hafenlicht", Error{NoServer, ""}},
		{"@marta", Error{NoServer, ""}},
		{"@marta@", Error{NoServer, ""}},
		{"!cats", Error{NoServer, ""}},
		{"#tea@hafenlicht", Error{NoServer, ""}},
		{"https://hafenlicht/@marta", Error{NoServer, ""}},
		{"https:///@marta", Error{NoServer, ""}},
		{"hello", Error{NotAnAddress, ""}},
		{"hello a.example world", Error{NotAnAddress, ""}},
		{"javascript:alert(1)", Error{NotAnAddress, ""}},
		{"data:text/html,x", Error{NotAnAddress, ""}},
		{"ftp://a.example/x", Error{NotAnAddress, ""}},
		{"mailto:ada@a.example", Error{NotAnAddress, ""}},
		{"https://ada:secret@a.example/", Error{NotAnAddress, ""}},
		{"https://a.example/%zz", Error{NotAnAddress, ""}},
		{"@ada@a.example\xff", Error{NotAnAddress, ""}},
		{"@" + strings.Repeat("a", 5000) + "@a.example", Error{NotAnAddress, ""}},
		{"#", Error{NotAnAddress, ""}},
		{"#a b", Error{NotAnAddress, ""}},
		{"#/nothing", Error{NotAnAddress, ""}},
		{"@@@", Error{NotAnAddress, ""}},
		{"1.2.3", Error{NotAnAddress, ""}},
		{"127.1", Error{NotAnAddress, ""}},
		{"1.0x7f000001", Error{NotAnAddress, ""}},
		{"1.2.3.4.5", Error{NotAnAddress, ""}},
		{"a.example:0", Error{NotAnAddress, ""}},
		{"a.example:080", Error{NotAnAddress, ""}},
		{"a.example:99999", Error{NotAnAddress, ""}},
		{"a..example", Error{NotAnAddress, ""}},
		{"-a.example", Error{NotAnAddress, ""}},
		{"a.exam ple", Error{NotAnAddress, ""}},
		{"::1", Error{NotAnAddress, ""}},
		{"[fe80::1%25eth0]", Error{NotAnAddress, ""}},
		{"https://a.example/web/accounts/7", Error{UnknownPath, "a.example"}},
		{"https://a.example/@%ff", Error{UnknownPath, "a.example"}},
		{"https://a.example:8443/search?q=tea", Error{UnknownPath, "a.example:8443"}},
		{"https://phanpy.social/#/a.example/a/7", Error{UnknownPath, "a.example"}},
		{"https://phanpy.social/#/settings", Error{UnknownPath, "phanpy.social"}},
		{"https://elk.zone/settings", Error{UnknownPath, "elk.zone"}},
		{"https://v.example/#/i/a.example/nothing", Error{UnknownPath, "v.example"}},
	} {
		a, err := Parse(g.text)
		var got *Error
		if !errors.As(err, &got) || *got != g.want || a != (Address{}) {
			t.Errorf("%q: %+v, %v, want %+v", g.text, a, err, g.want)
		}
	}
}

// What a URL was stays known, so that a page can lead back to it.
func TestAURLIsKept(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"https://a.example/@ada/12?x=1":      "https://a.example/@ada/12?x=1",
		"a.example/@ada":                     "https://a.example/@ada",
		"@ada@a.example":                     "",
		"https://elk.zone/a.example/@ada/12": "https://elk.zone/a.example/@ada/12",
	} {
		if a, err := Parse(text); err != nil || a.URL != want {
			t.Errorf("%s: %q, %v, want %q", text, a.URL, err, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"@ada@a.example", "#tea", "!cats@a.example:8443", "https://a.example/@ada@b.example/12", "https://elk.zone/a.example/@ada/12",
		"[::1]:80", "web+ap://a.example/@x", "https://x.example/#/p/a.example/%2f", "feed:a.example/x?y#z", "#/f/https%3A%2F%2Fa.example%2Ff.",
		"https://bücher.example/tags/%D9%82", "https://a.example/authorize_interaction?uri=acct:ada@b.example", "hello @ada@a.example",
		"https://a.example/@ada/with_replies", "https://a.example/explore", "https://v.example/#/open?u=%23tea",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		a, err := Parse(s)
		if err != nil {
			var e *Error
			if !errors.As(err, &e) || a != (Address{}) {
				t.Fatalf("%q: %+v, %v", s, a, err)
			}
			return
		}
		for _, host := range []string{a.Host, a.Domain} {
			if clean, ok := CleanHost(host); host != "" && (!ok || clean != host || strings.ContainsAny(host, "/?#@\\ ") || host != strings.ToLower(host)) {
				t.Fatalf("%q: host %q", s, host)
			}
		}
		b, err := Parse(a.String())
		a.Copy = false
		if err != nil || withoutGiven(b) != withoutGiven(a) {
			t.Fatalf("%q became %q\n%+v\n%+v, %v", s, a.String(), a, b, err)
		}
	})
}
