package fetch

import "testing"

func TestCharsetsOfTheEncodingStandardAreDecoded(t *testing.T) {
	for _, tt := range []struct{ label, text, want string }{
		{"Shift_JIS", "\x93\xfa\x96{", "日本"},
		{"euc-jp", "\xc6\xfc\xcb\xdc", "日本"},
		{"iso-2022-jp", "\x1b$BF|K\\\x1b(B", "日本"},
		{"gbk", "\xd6\xd0\xce\xc4", "中文"},
		{"gb2312", "\xd6\xd0\xce\xc4", "中文"},
		{"gb18030", "\xd6\xd0\x81\x30\x81\x30", "中\u0080"},
		{"big5", "\xa4\xa4\xa4\xe5", "中文"},
		{"euc-kr", "\xc7\xd1\xb1\xdb", "한글"},
		{"windows-1254", "\xde\xfd", "Şı"},
		{"iso-8859-7", "\xc5\xeb", "Ελ"},
		{"windows-1255", "\xf9", "ש"},
		{"windows-1256", "\xc3", "أ"},
		{"windows-874", "\xa2", "ข"},
		{"windows-1257", "\xde", "Ž"},
		{"koi8-u", "\xa7", "ї"},
		{"macintosh", "\x8e", "é"},
		{"latin1", "\x80", "€"},
		{"gbk", "\xff", "\uFFFD"},
	} {
		if got, err := (Charsets{}).Decode(tt.label, []byte(tt.text)); got != tt.want || err != nil {
			t.Errorf("%s: %q, %v", tt.label, got, err)
		}
	}
	for _, label := range []string{"", "klingon", "iso-2022-kr", "utf-7"} {
		if got, err := (Charsets{}).Decode(label, []byte("x")); err == nil {
			t.Errorf("%q decodes to %q", label, got)
		}
	}
}
