package search

import (
	"strings"
	"testing"
	"time"
)

// marked puts brackets around what is marked.
func marked(query, text string) string {
	m := Parse(query, time.UTC).Marker()
	if m == nil {
		return text
	}
	var b strings.Builder
	at := 0
	for _, s := range m.Marks(text) {
		b.WriteString(text[at:s.From] + "[" + text[s.From:s.To] + "]")
		at = s.To
	}
	return b.String() + text[at:]
}

func TestHitsAreMarked(t *testing.T) {
	for _, c := range []struct{ query, text, want string }{
		{"cafe", "Das Café, das cafés", "Das [Café], das cafés"},
		{"strasse", "Die STRAẞE und Straße", "Die [STRAẞE] und [Straße]"},
		{`"quick brown"`, "quick brown, brown quick", "[quick brown], brown quick"},
		{"quick -brown has:alt", "quick brown", "[quick] brown"},
		{"東京都", "その東京都は東京です", "その[東京都]は東京です"},
		{"京", "東京と京都", "東[京]と[京]都"},
		{"e\u0301te", "l'été", "l'[été]"},
		{"ete", "e\u0301te\u0301!", "[e\u0301te\u0301]!"},
		{"from:ada", "ada", "ada"},
		{"a b", "a b", "[a] [b]"},
	} {
		if got := marked(c.query, c.text); got != c.want {
			t.Errorf("%q in %q: %q, want %q", c.query, c.text, got, c.want)
		}
	}
}

func FuzzMarks(f *testing.F) {
	f.Add("東京 \"a b\" c", "a b c 東京都 \xff")
	f.Fuzz(func(t *testing.T, query, text string) {
		m := Parse(query, time.UTC).Marker()
		if m == nil {
			return
		}
		at := 0
		for _, s := range m.Marks(text) {
			if s.From < at || s.To <= s.From || s.To > len(text) {
				t.Fatalf("%q in %q: %+v", query, text, s)
			}
			at = s.To
		}
	})
}
