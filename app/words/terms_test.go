package words_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2"
)

// vocabulary is web/locales/terms.toml.
type vocabulary struct {
	Term []struct {
		Concept, EN, DE string
		Not             struct{ EN, DE []string }
	}
	Label []struct {
		Max  int
		Keys []string
	}
	Underway []struct{ Keys []string }
	Never    map[string][]string
}

func terms(t *testing.T) vocabulary {
	t.Helper()
	file, err := os.Open(filepath.Join("..", "..", "web", "locales", "terms.toml"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var v vocabulary
	if err := toml.NewDecoder(file).DisallowUnknownFields().Decode(&v); err != nil {
		t.Fatal(err)
	}
	if len(v.Term) == 0 || len(v.Label) == 0 || len(v.Underway) == 0 {
		t.Fatal("the list of terms is empty")
	}
	return v
}

// said returns what the interface says in a language: its messages by key, and its pages by file.
func said(t *testing.T, lang string) map[string]string {
	t.Helper()
	out := texts(t, lang)
	pages, err := filepath.Glob(filepath.Join("..", "..", "web", "content", "*.md"))
	if err != nil || len(pages) == 0 {
		t.Fatalf("no pages: %v", err)
	}
	for _, page := range pages {
		if _, in, _ := strings.Cut(strings.TrimSuffix(filepath.Base(page), ".md"), "."); in != lang && (in != "" || lang != "en") {
			continue
		}
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		out[filepath.Base(page)] = string(text)
	}
	return out
}

// contains reports whether a text says a phrase, which ends at the end of a word unless it ends with a star.
func contains(text, phrase string) bool {
	text = strings.ToLower(text)
	phrase, open := strings.CutSuffix(strings.ToLower(phrase), "*")
	for from := 0; ; {
		i := strings.Index(text[from:], phrase)
		if i < 0 {
			return false
		}
		start, end := from+i, from+i+len(phrase)
		before, _ := utf8.DecodeLastRuneInString(text[:start])
		after, _ := utf8.DecodeRuneInString(text[end:])
		if !unicode.IsLetter(before) && (open || !unicode.IsLetter(after)) {
			return true
		}
		from = end
	}
}

func matches(key, pattern string) bool {
	if beginning, open := strings.CutSuffix(pattern, "*"); open {
		return strings.HasPrefix(key, beginning)
	}
	return key == pattern
}

func TestOneTermIsUsedForOneThing(t *testing.T) {
	list := terms(t)
	for _, lang := range []string{"en", "de"} {
		texts := said(t, lang)
		for _, term := range list.Term {
			use, not := term.EN, term.Not.EN
			if lang == "de" {
				use, not = term.DE, term.Not.DE
			}
			if use == "" || len(not) == 0 {
				t.Errorf("%s, %q: no term, or nothing that it stands in place of", lang, term.Concept)
			}
			used := false
			for key, text := range texts {
				used = used || contains(text, use+"*")
				for _, word := range not {
					if contains(text, word) {
						t.Errorf("%s %q says %q for %s, which is %q: %s", lang, key, word, term.Concept, use, text)
					}
				}
			}
			if !used {
				t.Errorf("%s: nothing says %q", lang, use)
			}
		}
	}
}

func TestAForbiddenWordIsFoundWhereItStandsAlone(t *testing.T) {
	for _, c := range []struct {
		text, phrase string
		want         bool
	}{
		{"Nobody answers", "answer*", true},
		{"Nobody answers", "answer", false},
		{"Links passed on", "passed on", true},
		{"Links passed only once", "passed on", false},
		{"Was öffentlich ist", "ffentlich", false},
		{"hashtags, tags", "tags", true},
		{"hashtags", "tags", false},
		{"„Gespräch“", "gespräch*", true},
	} {
		if got := contains(c.text, c.phrase); got != c.want {
			t.Errorf("%q in %q: %v", c.phrase, c.text, got)
		}
	}
}

func TestReadersAreAddressedInOneWay(t *testing.T) {
	for lang, never := range terms(t).Never {
		for key, text := range said(t, lang) {
			for _, word := range never {
				if contains(text, word) {
					t.Errorf("%s %q says %q: %s", lang, key, word, text)
				}
			}
		}
	}
}

// A line never breaks before a sign that belongs to the word before it, and none is written like a machine.
func TestMarksAreThoseOfPrint(t *testing.T) {
	french := regexp.MustCompile(`[^\s\x{a0}\x{202f}][?!;»]|« |[^|] [:?!;»](\s|$)`)
	code := regexp.MustCompile("`[^`]*`")
	for _, lang := range languages(t) {
		for key, text := range said(t, lang) {
			page := strings.HasSuffix(key, ".md")
			text = code.ReplaceAllString(text, "")
			if !page && (strings.ContainsAny(strings.ReplaceAll(text, "'self'", ""), `'"`) || strings.Contains(text, "...") || strings.Contains(text, "  ")) {
				t.Errorf("%s %q: %q", lang, key, text)
			}
			for _, pair := range []string{"()", "«»", "„“"} {
				open, shut := pair[:len(pair)/2], pair[len(pair)/2:]
				if pair == "„“" && lang == "pl" {
					shut = "”"
				}
				if pair == "„“" && lang != "de" && lang != "cs" && lang != "pl" {
					continue
				}
				if strings.Count(text, open) != strings.Count(text, shut) {
					t.Errorf("%s %q: %s without %s: %s", lang, key, open, shut, text)
				}
			}
			if m := french.FindString(text); lang == "fr" && m != "" {
				t.Errorf("%s %q: %q", lang, key, m)
			}
		}
	}
}

func TestLabelsAreShort(t *testing.T) {
	list := terms(t)
	for _, lang := range languages(t) {
		all := texts(t, lang)
		for _, label := range list.Label {
			for _, pattern := range label.Keys {
				found := false
				for key, text := range all {
					if !matches(key, pattern) {
						continue
					}
					found = true
					text = strings.NewReplacer("{0}", "", "{1}", "", "{n}", "").Replace(text)
					if n := utf8.RuneCountInString(strings.TrimSpace(text)); n > label.Max {
						t.Errorf("%s %q has %d characters, more than %d: %s", lang, key, n, label.Max, text)
					}
					if strings.HasSuffix(text, ".") && !strings.HasSuffix(text, "Min.") && !strings.HasSuffix(text, "Std.") {
						t.Errorf("%s %q is a label and ends with a full stop: %s", lang, key, text)
					}
				}
				if !found {
					t.Errorf("%q is the budget of no message", pattern)
				}
			}
		}
	}
}

func TestAnEllipsisIsForWhatIsUnderWay(t *testing.T) {
	list := terms(t)
	underway := map[string]bool{}
	for _, u := range list.Underway {
		for _, key := range u.Keys {
			underway[key] = true
		}
	}
	for _, lang := range []string{"en", "de"} {
		for key, text := range texts(t, lang) {
			if strings.HasSuffix(text, "…") != underway[key] {
				t.Errorf("%s %q: an ellipsis ends what is under way, and nothing else: %s", lang, key, text)
			}
		}
	}
}

func TestPluralsHaveBothForms(t *testing.T) {
	for _, lang := range []string{"en", "de"} {
		all := texts(t, lang)
		for key, text := range all {
			if base, ok := strings.CutSuffix(key, ".one"); ok && all[base+".other"] == "" {
				t.Errorf("%s: %q has no %q", lang, key, base+".other")
			}
			if base, ok := strings.CutSuffix(key, ".other"); ok && all[base+".one"] == "" && strings.Contains(text, "{n}") {
				t.Errorf("%s: %q has no %q", lang, key, base+".one")
			}
		}
	}
}

func TestTheHelpNamesEveryKey(t *testing.T) {
	for _, lang := range languages(t) {
		page := "help." + lang + ".md"
		if lang == "en" {
			page = "help.md"
		}
		text := said(t, lang)[page]
		for _, key := range strings.Fields("j k o u n w x r s b / f ? ← → + - 0") { // those of the dialog in app/page
			if !strings.Contains(text, "`"+key+"`") {
				t.Errorf("%s names no key %s", page, key)
			}
		}
	}
}
