package address

import "testing"

func TestHostsAreShownInTheirScript(t *testing.T) {
	t.Parallel()
	for host, want := range map[string]string{
		"bücher.localhost:8099": "", "münchen.example": "", "straße.example": "", "日本語.example": "", "たべもの漢字abc.example": "", "한국.example": "", "пример.example": "",
		"παράδειγμα.example": "", "مثال.example": "", "דוגמה.example": "", "उदाहरण.example": "", "ไทย.example": "", "việtnam.example": "", "łódź.example": "", "a.example": "",
		"аррӏе.example":  "xn--80ak6aa92e.example", // Cyrillic that looks like a Latin name
		"раураl.example": "?", "gооgle.example": "?", "xn--a.example": "xn--a.example", "xn--99999999.example": "xn--99999999.example", "аbс.example": "?", "оса.example": "?",
		"日本кот.example": "?", "ɑpple.example": "?",
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
