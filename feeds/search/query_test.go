package search

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// said writes a query as it was understood.
func said(q *Query) string {
	var out []string
	for _, t := range q.Terms {
		s := ""
		if t.Not {
			s = "-"
		}
		switch t.Kind {
		case Words:
			var words []string
			for _, w := range t.words {
				text := w.text
				if w.begins {
					text += "*"
				}
				words = append(words, fmt.Sprint(text, w.at))
			}
			s += strings.Join(words, "+")
		case Facet:
			s += strings.TrimPrefix(t.Facet, facetSign)
		case Before:
			s += "<" + t.Time.Format(time.RFC3339)
		case After:
			s += ">=" + t.Time.Format(time.RFC3339)
		case Saved:
			s += "saved"
		}
		out = append(out, s)
	}
	return strings.Join(out, " ")
}

func TestParseReadsWhatPeopleType(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", ""},
		{"  ", ""},
		{"Käse CRÈME brûlée", "kase0 creme0 brulee0"},
		{`"two words" one`, "two0+words1 one0"},
		{"„zwei Wörter“", "zwei0+worter1"},
		{"don't", "don0+t1"},
		{"-no yes -\"not this\"", "-no0 yes0 -not0+this1"},
		{"- alone", "alone0"},
		{"from:Ada@A.example from:@bob@b.example from:cy", "fada@a.example fbob@b.example fcy"},
		{"-from:ada@a.example", "-fada@a.example"},
		{"host:A.example:8443 tag:#Café #tea", "ha.example:8443 tcafe ttea"},
		{"has:media has:POLL -has:link has:alt", "mmedia mpoll -mlink malt"},
		{"has:wings tea", "tea0"},
		{"lang:pt_BR", "lpt-br"},
		{"before:2024 after:2024-05 after:2024-05-31", "<2024-01-01T00:00:00Z >=2024-05-01T00:00:00Z >=2024-05-31T00:00:00Z"},
		{"before:never tea", "tea0"},
		{"is:saved is:nice", "saved"},
		{"color:red https://a.example/b", "color0+red1 https0+a1+example2+b3"},
		{"from:", ""},
		{"東京都 ไทย", "東京0+京都1 ไท0+ทย1"},
		{"猫", "猫*0"},
		{"ﾗｰﾒﾝ ＡＢＣ", "ラー0+ーメ1+メン2 abc0"},
		{"Straße Ærø ЁЛКА Ὀδυσσεύς", "strasse0 aero0 елка0 οδυσσευσ0"},
		{"כָּל مُحَمَّد أحمد", "כל0 محمد0 احمد0"},
		{"😀", ""},
		{"𝓱𝓮𝓵𝓵𝓸", "hello0"},
		{`"open`, "open0"},
		{`"`, ""},
		{"a\x00b \xff\xfe", "a0+b1"},
		{"--x", "-x0"},
	} {
		if got := said(Parse(c.text, time.UTC)); got != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}

func TestWhatIsNotUnderstoodIsNamedAndTheRestIsLookedFor(t *testing.T) {
	for text, want := range map[string]string{
		"tea after:nonsense -has:wings":  "after:nonsense|-has:wings",
		"is:what x":                      "is:what",
		"lang: x":                        "lang:",
		"lang:german lang:p lang:pt--br": "lang:german|lang:p|lang:pt--br",
		`before:"next year" x`:           `before:"next year"`,
		"From:@ x tag:# host:a@b":        "From:@|tag:#|host:a@b",
		"after:2026-13 after:2026-02-30": "after:2026-13|after:2026-02-30",
		"lang:de lang:zh-Hant lang:pt_BR after:2026-1 from:ada from:@ada@a.example:8443 host:https://a.example/ tag:\"to read\" http://a is it: so": "",
	} {
		q := Parse(text, time.UTC)
		var got []string
		for _, o := range q.Odd {
			got = append(got, o.Text)
			if name, _, _ := strings.Cut(strings.ToLower(strings.TrimPrefix(o.Text, "-")), ":"); o.Name != name {
				t.Errorf("%q: %q has the name %q", text, o.Text, o.Name)
			}
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%q: %q aren't understood, want %q", text, got, want)
		}
		if strings.Contains(text, "x") && said(q) != "x0" && want != "" {
			t.Errorf("%q: %q is looked for", text, said(q))
		}
	}
	if q := Parse(strings.Repeat("is:odd ", 1000), time.UTC); len(q.Odd) != mostOdd || !q.Empty() {
		t.Errorf("%d are named", len(q.Odd))
	}
}

func TestALongQueryIsBounded(t *testing.T) {
	for name, text := range map[string]string{
		"words":     strings.Repeat("word ", 2000),
		"one word":  strings.Repeat("x", 10_000),
		"a phrase":  `"` + strings.Repeat("word ", 2000) + `"`,
		"ideograms": strings.Repeat("東京", 5000),
		"operators": strings.Repeat("from:a@b.example ", 600),
		"not words": strings.Repeat("-a ", 4000),
		"quotes":    strings.Repeat(`"`, 10_000),
		"colons":    strings.Repeat(":", 10_000),
		"minus":     strings.Repeat("-", 10_000),
		"huge":      strings.Repeat("a ", 1_000_000),
	} {
		q := Parse(text, time.UTC)
		n := 0
		for _, term := range q.Terms {
			n += max(len(term.words), 1)
			for _, w := range term.words {
				if len(w.text) > longestWord {
					t.Errorf("%s: a word of %d bytes", name, len(w.text))
				}
			}
		}
		if n > MostWords {
			t.Errorf("%s: %d words are looked for", name, n)
		}
		if (name == "words" || name == "ideograms" || name == "operators") && q.LeftOut < 500 {
			t.Errorf("%s: %d are said to be left out", name, q.LeftOut)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{`a "b c" -from:x@y has:alt`, "東京 #tag", "before:2024-05-31 \"", "\xff-:"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		q := Parse(s, time.UTC)
		if q.Empty() && len(q.Odd) == 0 && len(words2(s)) > 0 {
			t.Errorf("%q asks for nothing, and has words", s)
		}
		words(s, 0, func(w word) bool {
			if w.from < 0 || w.to > len(s) || w.from >= w.to || len(w.text) == 0 || len(w.text) > longestWord {
				t.Errorf("%q: %+v", s, w)
			}
			return true
		})
	})
}

func words2(s string) (all []string) {
	words(s, 0, func(w word) bool { all = append(all, w.text); return true })
	return all
}
