package charset

import (
	"testing"
	"unicode/utf16"

	"vitrine/feeds/fetch"
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
		{"Chinese", prolog("gb2312") + "\xd6\xd0 x", "", prolog("gb2312") + "中 x"},
		{"Japanese", prolog("shift_jis") + "\x93\xfa\x96{", "text/xml", prolog("shift_jis") + "日本"},
		{"Japanese in seven bits", prolog("iso-2022-jp") + "\x1b$BF|K\\\x1b(B", "", prolog("iso-2022-jp") + "日本"},
		{"Japanese in seven bits by the answer's type", "\x1b$BF|K\\\x1b(B", "text/xml; charset=ISO-2022-JP", "日本"},
		{"a prolog where the answer's type is wrong", prolog("gbk") + "\xd6\xd0", "text/xml; charset=utf-8", prolog("gbk") + "中"},
		{"a prolog where the answer's charset is unknown", prolog("koi8-u") + "\xa7", "text/xml; charset=klingon", prolog("koi8-u") + "ї"},
	}
	for _, tt := range tests {
		if got, err := Decode([]byte(tt.body), tt.mime, fetch.Charsets{}); got != tt.want || err != nil {
			t.Errorf("%s: %q, %v, want %q", tt.name, got, err, tt.want)
		}
	}
}

func TestABodyThatCantBeDecodedIsAnErrorAndNoQuestionMarks(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{
		"an unknown charset":          prolog("klingon") + "\xd6\xd0 x",
		"one that may not be decoded": prolog("iso-2022-kr") + "\x1b$)C\x0e0!\x0f",
		"bytes of another charset":    prolog("shift_jis") + "\x80\xa0\xfd\xfe\xff",
	} {
		if got, err := Decode([]byte(body), "", fetch.Charsets{}); err == nil {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func prolog(charset string) string { return `<?xml version="1.0" encoding="` + charset + `"?>` }
