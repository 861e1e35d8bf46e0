package address

import (
	"encoding/json"
	"flag"
	"os"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestHostsAreShownInTheirScript(t *testing.T) {
	t.Parallel()
	for host, want := range map[string]string{
		"bücher.localhost:8099": "", "münchen.example": "", "straße.example": "", "日本語.example": "", "たべもの漢字abc.example": "", "한국.example": "", "пример.example": "",
		"παράδειγμα.example": "", "مثال.example": "", "דוגמה.example": "", "उदाहरण.example": "", "ไทย.example": "", "việtnam.example": "", "łódź.example": "", "a.example": "",
		"аррӏе.example":  "xn--80ak6aa92e.example", // Cyrillic that looks like a Latin name
		"раураl.example": "?", "gооgle.example": "?", "xn--a.example": "xn--a.example", "xn--99999999.example": "xn--99999999.example", "аbс.example": "?", "оса.example": "?",
		"日本кот.example": "?", "ɑpple.example": "?", "佐々木.example": "", "한々.example": "", "เด็ก.example": "",
		"ƀж.example": "?", "aे.example": "?", "เे.example": "?", "fiſh.example": "?", "ŀa.example": "?", "ж\u0306.example": "?", "בּ.example": "",
		"xn--mnchen-3ya.xn--80ak6aa92e:8443": "münchen.xn--80ak6aa92e:8443",
	} {
		ascii, ok := CleanHost(host)
		if !ok {
			t.Fatal(host)
		}
		switch want {
		case "":
			want = host
		case "?":
			want = ascii
		}
		if got := ShowHost(ascii); got != want {
			t.Errorf("%s: %s, want %s", ascii, got, want)
		}
	}
	for line, want := range map[string]string{
		"ann@xn--bcher-kva.example:8443":                        "ann@bücher.example:8443",
		"“!town@xn--bcher-kva.example”, xn--bcher-kva.example.": "“!town@bücher.example”, bücher.example.",
		"https://xn--bcher-kva.example/@ann":                    "https://xn--bcher-kva.example/@ann",
		"xn--abc-.example and xn---foo.example":                 "xn--abc-.example and xn---foo.example",
		"nothing":                                               "nothing",
	} {
		if got := Show(line); got != want {
			t.Errorf("%s: %s, want %s", line, got, want)
		}
	}
}

func FuzzShowHost(f *testing.F) {
	f.Add("xn--bcher-kva.example")
	f.Fuzz(func(t *testing.T, s string) {
		host, ok := CleanHost(s)
		if !ok {
			return
		}
		if back, ok := CleanHost(ShowHost(host)); !ok || back != host {
			t.Errorf("%s is shown as %s, which is %s", host, ShowHost(host), back)
		}
	})
}

var update = flag.Bool("update", false, "write the list of hosts")

// TestTheLoaderShowsTheSameHosts writes a list of hosts and how they are shown, to which the loader's own decision is held (web/test/hosts.test.js).
func TestTheLoaderShowsTheSameHosts(t *testing.T) {
	t.Parallel()
	alphabets := []string{
		"amz", "ßäéøıĸŉĳŀſžơǧƀẚẛếỿ", "жсоєґүўабв", "κνορωπςάὰ", "بگه", "אבה", "ไทยเด็", "हिनदे", "ভা", "தமி", "తె", "ગુ", "ਗੁ", "ಕೆ", "മാ", "ଓ", "සි", "გა", "ա", "ក្", "ລາ", "မြ", "አ",
		"བོ", "漢々〇佐", "ひぁ", "カー〆", "한ㄱ", "ㄅㄆ", "ɑʃ", "ⲁᏣ", "\u0306\u0301", "\u064e\u05b0", "0٣۴", "·ªµ", "ⅷ", "😀", "Äж", "\u302e\u0d4e\u0670",
	}
	shown := map[string]string{}
	add := func(label string) {
		if label = strings.ToLower(label); strings.IndexFunc(label, func(r rune) bool { return r >= utf8.RuneSelf }) < 0 {
			return
		}
		host := "xn--" + punycode(label) + ".example"
		shown[host] = ShowHost(host)
	}
	for i, x := range alphabets {
		add(x)
		for _, r := range x {
			add(string(r))
			add("a" + string(r))
			add("1-" + string(r))
		}
		for j := range i + 1 {
			y := []rune(alphabets[j])
			z := []rune(x)
			add(string(z[0]) + string(y[0]))
		}
	}
	for _, host := range []string{"a.example", "xn--abc-.example", "xn---foo.example", "xn--99999999.example", "xn--a.example", "xn--.example", "xn--ls8h:8443", "xn--bcher-kva.xn--mnchen-3ya:80", "axn--bcher-kva.example",
		"xn--" + strings.Repeat("a", 63) + "-kva.example", "xn--a\x80-kva.example"} {
		shown[host] = ShowHost(host)
	}
	list, err := json.MarshalIndent(shown, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	const file = "../../web/test/hosts.json"
	if *update {
		if err := os.WriteFile(file, append(list, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != string(list)+"\n" {
		t.Errorf("%s is another list; write it anew with -update", file)
	}
}
