package content_test

import (
	"net/url"
	"strings"
	"testing"

	"vitrine/feeds/content"
)

const base = "https://base.example/d/page?q#f"

func TestSafeURLNormalises(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		"https://a.example":                          "https://a.example",
		"HTTPS://A.Example/X":                        "https://a.example/X",
		" \x01https://a.example/\t ":                 "https://a.example/",
		"ht\ntps://a.exa\tmple/a\r\nb":               "https://a.example/ab",
		"https://a.example:443/":                     "https://a.example/",
		"http://a.example:80":                        "http://a.example",
		"http://a.example:":                          "http://a.example",
		"http://a.example:0443/":                     "http://a.example:443/",
		"http://localhost:8081/x":                    "http://localhost:8081/x",
		"https://[2001:DB8::1]:8443/x":               "https://[2001:db8::1]:8443/x",
		"https://a.example/a/../b/./c":               "https://a.example/b/c",
		"https://a.example/../../x":                  "https://a.example/x",
		"https://a.example/%7Euser/%2e/a%2Fb":        "https://a.example/%7Euser/%2e/a%2Fb",
		"https://a.example/a b\"<>`{}|^c":            "https://a.example/a%20b%22%3C%3E%60%7B%7D%7C%5Ec",
		"https://a.example/100%":                     "https://a.example/100%25",
		"https://a.example/?q=50%&x=%zz":             "https://a.example/?q=50%25&x=%25zz",
		"https://a.example/größe?ä#ö":                "https://a.example/gr%C3%B6%C3%9Fe?%C3%A4#%C3%B6",
		"https://a.example/#a#b":                     "https://a.example/#a%23b",
		"https://a.example?":                         "https://a.example?",
		"https://bücher.example/":                    "https://b%C3%BCcher.example/",
		"https://b%C3%BCcher.example/":               "https://b%C3%BCcher.example/",
		"https://a_b.example/":                       "https://a_b.example/",
		`https:\\a.example\x?a\b`:                    "https://a.example/x?a%5Cb",
		"https://a.example/\u202Egpj":                "https://a.example/%E2%80%AEgpj",
		"mailto:A@b.example":                         "mailto:A@b.example",
		"MAILTO:a@b.example?subject=Hello there&x=ü": "mailto:a@b.example?subject=Hello%20there&x=%C3%BC",
		"x":             "https://base.example/d/x",
		"/x":            "https://base.example/x",
		"../x":          "https://base.example/x",
		"?x":            "https://base.example/d/page?x",
		"//b.example/x": "https://b.example/x",
		`\\b.example\x`: "https://b.example/x",
		`/\b.example/x`: "https://b.example/x",
	} {
		got, ok := content.SafeURL(raw, base)
		if got != want || !ok {
			t.Errorf("%q: %q, %v; want %q", raw, got, ok, want)
		}
		if again, ok := content.SafeURL(got, ""); ok && again != got {
			t.Errorf("%q: %q at first, then %q", raw, got, again)
		}
	}
}

func TestSafeURLRefuses(t *testing.T) {
	t.Parallel()
	for _, raw := range []string{
		"", " ", "#", "#top",
		"javascript:alert(1)", "JAVASCRIPT:alert(1)", "java\tscript:alert(1)", "java\r\nscript:alert(1)", "\x00javascript:alert(1)", "\u2028javascript:alert(1)",
		"data:text/html,x", "data:image/png;base64,x", "vbscript:x", "blob:https://a.example/1", "file:///x", "ftp://a.example/", "ws://a.example/",
		"about:blank", "tel:1", "view-source:https://a.example/", "intent://a#Intent;end",
		"http:", "http:/", "http://", "https:a.example", "https:/a.example", "https:///a.example", "https://?x", "https://#x", "https://:443/",
		"https://user@a.example/", "https://user:pass@a.example/", "https://a.example@evil.example/", "https://@a.example/", "//user@a.example/",
		"https://a b.example/", "https://a<b.example/", "https://a\"b.example/", "https://a%20b.example/", "https://a%2Fb.example/", "https://a%00.example/",
		"https://a\u202Eb.example/", "https://a\u200Bb.example/", "https://\u00AD/", "https://.../", "https://a.example:x/", "https://a.example:65536/", "https://a.example:-1/",
		"https://[::1/", "https://::1/", "https://[::1%25eth0]/", "https://[a.example]/", "https://a\xff.example/",
		"mailto:", "mailto:a", "mailto:@b.example", "mailto:a@", "mailto:?subject=x", "mailto://a@b.example",
		"https://a.example/" + strings.Repeat("x", content.MaxURL), "https://a.example/" + strings.Repeat("ü", content.MaxURL/4),
	} {
		if got, ok := content.SafeURL(raw, base); ok || got != "" {
			t.Errorf("%.80q: %q, %v", raw, got, ok)
		}
	}
	for _, base := range []string{"", "/x", "javascript:alert(1)", "data:text/html,x", "mailto:a@b.example", "https://u@a.example/"} {
		if got, ok := content.SafeURL("/x", base); ok || got != "" {
			t.Errorf("relative to %q: %q", base, got)
		}
	}
}

func TestSafeMediaRefusesMail(t *testing.T) {
	t.Parallel()
	if got, ok := content.SafeMedia("mailto:a@b.example", ""); ok || got != "" {
		t.Errorf("%q, %v", got, ok)
	}
	if got, ok := content.SafeMedia("/x.png", base); !ok || got != "https://base.example/x.png" {
		t.Errorf("%q, %v", got, ok)
	}
}

func FuzzSafeURL(f *testing.F) {
	for _, s := range []string{
		"https://a.example/x?y#z", "//b.example", "javascript:alert(1)", "mailto:a@b?c", "java\tscript:x", "https://[::1]:80/", `HTTP:\\A.EXAMPLE`,
		"https://b%C3%BCcher.example/%zz/../x#a#b", "../x/./y?z", "https://u@h/", "http://a:0080",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		s, ok := content.SafeURL(raw, base)
		if !ok {
			if s != "" {
				t.Errorf("%q is refused, yet %q", raw, s)
			}
			return
		}
		if again, ok := content.SafeURL(s, ""); !ok || again != s {
			t.Errorf("%q: %q at first, then %q, %v", raw, s, again, ok)
		}
		if strings.IndexFunc(s, func(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune("\"<>\\^`{|}", r) }) >= 0 || len(s) > content.MaxURL {
			t.Errorf("%q: %q", raw, s)
		}
		if strings.HasPrefix(s, "mailto:") {
			return
		}
		u, err := url.Parse(s)
		if err != nil || u.User != nil || u.Hostname() == "" || u.Scheme != "http" && u.Scheme != "https" {
			t.Errorf("%q: %q is %+v, %v", raw, s, u, err)
		}
	})
}
