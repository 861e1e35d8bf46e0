package follows

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

func TestTheSameWordIsTheSameText(t *testing.T) {
	t.Parallel()
	for want, texts := range map[string][]string{
		"uber":         {"über", "ÜBER", "u\u0308ber", "Über"},
		"strasse":      {"Straße", "STRASSE", "STRAẞE"},
		"creme brulee": {"Crème  Brûlée", " crème\n\tbrûlée ", "creme\u00a0brulee"},
		"lodz":         {"Łódź", "ŁÓDŹ"},
		"istanbul":     {"İstanbul", "ISTANBUL", "ıstanbul"},
		"tieng viet":   {"Tiếng Việt", norm.NFD.String("Tiếng Việt")},
		"σισυφοσ":      {"Σίσυφος", "ΣΊΣΥΦΟΣ"},
		"αθηνα":        {"Ἀθῆνᾰ", "Αθήνα"},
		"елка":         {"ёлка", "Е\u0308лка", "ЁЛКА"},
		"мой":          {"мой", norm.NFD.String("мой"), "МОЙ"},
		"їжак":         {"Їжак", norm.NFD.String("Їжак")},
		"שלום":         {"שָׁלוֹם", "שלום"},
		"محمد":         {"مُحَمَّد", "محمد", "مـحـمد"},
		"ガード":          {"ガード", norm.NFD.String("ガード")},
		"पुस्तकें":     {"पुस्तकें"},
		"don't":        {"don’t", "DON'T"},
		"well-known":   {"well‑known", "well\u00ad-known"},
		"secret":       {"se\u200bcret", "sec\u2060ret", "ｓｅｃｒｅｔ"},
		"cat":          {"CAT"},
		"❤":            {"❤️", "❤"},
		"":             {"", " \n", "\u200b", "\u0301"},
	} {
		for _, text := range texts {
			if got := folded(text); got != want {
				t.Errorf("%q (%+q) is folded to %q (%+q), want %q", text, text, got, got, want)
			}
		}
	}
}

// Unicode's own decomposition says which letters are others with accents.
func TestLettersLoseTheirAccents(t *testing.T) {
	t.Parallel()
	for r := rune(0x80); r < 0x250; r++ {
		checkBase(t, r)
	}
	for r := rune(0x1e00); r < 0x2000; r++ {
		checkBase(t, r)
	}
	for r := rune(0x380); r < 0x3d0; r++ {
		checkBase(t, r)
	}
}

func checkBase(t *testing.T, r rune) {
	t.Helper()
	base, _ := utf8.DecodeRuneInString(norm.NFD.String(string(unicode.ToLower(r))))
	if base == 'ς' {
		base = 'σ'
	}
	if unicode.IsLetter(r) && (base < utf8.RuneSelf || base >= 'α' && base <= 'ω') && folded(string(r)) != string(base) {
		t.Errorf("%c is folded to %q, want %q", r, folded(string(r)), base)
	}
}

// contains reports that a folded text has a word.
func contains(text, w string) (found bool) {
	var one words
	one.add(Rule{Cause: OfWord, Text: w}, folded(w))
	one.each(text, func(int) { found = true })
	return found
}

func TestWordsAreFoundAsWholeWords(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		word, text string
		want       bool
	}{
		{"cat", "A Cat.", true}, {"cat", "concatenate", false}, {"cat", "cats", false}, {"cat", "cats and a cat", true}, {"cat", "#cat", true}, {"cat", "cat2", false},
		{"cat", "a_cat", false}, {"cat", "CAT'S", true}, {"eau", "l’eau", true}, {"cat", "(cat)", true}, {"cat", "", false},
		{"world cup", "the World\n Cup!", true}, {"world cup", "world of cups", false},
		{"c++", "I like C++.", true}, {"c++", "c++11", true}, {"#go", "learn #go", true}, {"#go", "learn go", false}, {"#go", "#gopher", false},
		{"über", "uber alles", true}, {"schon", "schön", true},
		{"コーヒー", "朝のコーヒーが好き", true}, {"猫", "黒猫がいる", true}, {"サッカー", "バスケ", false}, {"กาแฟ", "ฉันชอบกาแฟมาก", true}, {"서울", "서울에서 만나요", true},
		{"iPhone", "新しいiPhoneを買った", true}, {"phone", "新しいiPhoneを買った", false}, {"iPhone買", "iPhone買った", true},
		{"футбол", "Футбол сегодня", true}, {"футбол", "футболка", false}, {"कमल", "कमल है", true}, {"कमल", "कमला है", false},
		{"🎉", "yes🎉🎉", true}, {"covid", "covid19", false}, {"covid", "covid-19", true},
		{"istanbul", "İSTANBUL'da", true}, {"ISPARTA", "ısparta", true}, {"secret", "a se\u200bc\u200dret", true}, {"se\u200bcret", "SECRET", true}, {"secret", "secret\u200bly", false},
		{"東京", "東京都", true}, {"မြန်မာ", "ကျွန်တော်မြန်မာပြည်", true}, {"ភ្នំពេញ", "នៅភ្នំពេញនេះ", true}, {"ลาว", "ภาษาลาวง่าย", true}, {"한국", "한국어", true}, {"ｶﾌｪ", "ｶﾌｪで", true},
	} {
		text := string(appendFolded(nil, c.text)) + string(between)
		if got := contains(text, c.word); got != c.want {
			t.Errorf("%q in %q: %v", c.word, c.text, got)
		}
	}
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"über", "u\u0308", "\xff\xcc\x88", "か\u3099", "！～", "ẞ", "a\x00b", "  "} {
		f.Add(s, s)
	}
	f.Fuzz(func(t *testing.T, text, word string) {
		once := folded(text)
		if !utf8.ValidString(once) || strings.ContainsRune(once, between) || strings.Contains(once, "  ") {
			t.Errorf("%q is folded to %q", text, once)
		}
		if again := folded(once); again != once {
			t.Errorf("%q is folded to %q, and that to %q", text, once, again)
		}
		if w := folded(word); w != "" && contains(once, w) && !strings.Contains(once, w) {
			t.Errorf("%q is no part of %q", w, once)
		}
	})
}
