package syndication

import (
	"testing"
	"unicode/utf16"
)

func TestBodiesBecomeUTF8(t *testing.T) {
	t.Parallel()
	units := func(s string, bigEndian bool) string {
		var out []byte
		for _, u := range utf16.Encode([]rune(s)) {
			if bigEndian {
				out = append(out, byte(u>>8), byte(u))
			} else {
				out = append(out, byte(u), byte(u>>8))
			}
		}
		return string(out)
	}
	prolog := func(charset string) string { return `<?xml version="1.0" encoding="` + charset + `"?>` }
	tests := []struct{ name, body, mime, want string }{
		{"UTF-8", "<a>é</a>", "", "<a>é</a>"},
		{"a byte order mark", "\xef\xbb\xbf<a>é</a>", "", "<a>é</a>"},
		{"UTF-16 from the high byte", "\xfe\xff" + units("<a>é𝄞</a>", true), "", "<a>é𝄞</a>"},
		{"UTF-16 from the low byte", "\xff\xfe" + units("<a>é</a>", false), "", "<a>é</a>"},
		{"UTF-16 without a mark", units("<a>é</a>", false), "", "<a>é</a>"},
		{"UTF-16 of a lonely half", "\xfe\xff\xd8\x00\x00", "", "\uFFFD"},
		{"a prolog", prolog("ISO-8859-1") + "\xe9\x80", "", prolog("ISO-8859-1") + "é€"},
		{"a prolog in single quotes", "<?xml version='1.0' encoding='windows-1251' ?>\xcf\xf0", "", "<?xml version='1.0' encoding='windows-1251' ?>Пр"},
		{"the answer's type", "\xa4", "text/xml; charset=\"ISO-8859-15\"; q=1", "€"},
		{"the answer's type before the prolog", prolog("windows-1252") + "\xf0", "text/xml; charset=koi8-r", prolog("windows-1252") + "П"},
		{"windows-1250", "\xec", "text/xml;charset=windows-1250", "ě"},
		{"UTF-8 that claims to be something else", prolog("iso-8859-1") + "é", "text/xml; charset=iso-8859-1", prolog("iso-8859-1") + "é"},
		{"nothing declared", "d\xe9j\xe0", "", "déjà"},
		{"UTF-8 with a cut character", "déjà \xc3 vu", "", "déjà \uFFFD vu"},
		{"an unknown charset", prolog("gb2312") + "\xd6\xd0 x", "", prolog("gb2312") + "\uFFFD x"},
	}
	for _, tt := range tests {
		if got := decoded([]byte(tt.body), tt.mime); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestTablesAreWhole(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"latin1", "iso-8859-2", "iso-8859-15", "windows-1250", "windows-1251", "windows-1252", "koi8-r"} {
		if n := len([]rune(highHalf(name))); n != 128 {
			t.Errorf("%s has %d characters", name, n)
		}
	}
}
