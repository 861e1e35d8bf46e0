package words_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vitrine/app/words"
)

func load(t *testing.T, lang string) *words.Words {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "web", "locales", lang+".json"))
	if err != nil {
		t.Fatal(err)
	}
	w, err := words.Load(data)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// berlin is an hour ahead of UTC, as in the winter that these tests live in.
func berlin(t time.Time) time.Time { return t.In(time.FixedZone("CET", 3600)) }

func at(s string) time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return t
}

func TestLoadRefusesWhatIsNoLocale(t *testing.T) {
	for name, data := range map[string]string{
		"cut off":             `{"lang": "en", `,
		"an empty object":     `{}`,
		"a list for a lang":   `{"lang": []}`,
		"a number for a text": `{"lang":"en","months":["","","","","","","","","","","",""],"monthsShort":["","","","","","","","","","","",""],"weekdays":["","","","","","",""],"languages":{},"number":{"decimal":"."},"x":1}`,
		"eleven months":       `{"lang":"en","months":["","","","","","","","","","",""],"monthsShort":["","","","","","","","","","","",""],"weekdays":["","","","","","",""],"languages":{},"number":{"decimal":"."}}`,
	} {
		if w, err := words.Load([]byte(data)); err == nil {
			t.Errorf("%s: loaded as %q", name, w.Lang())
		}
	}
}

func TestATableHasEverySentence(t *testing.T) {
	for _, lang := range []string{"en", "de"} {
		data, err := os.ReadFile(filepath.Join("..", "..", "web", "locales", lang+".json"))
		if err != nil {
			t.Fatal(err)
		}
		var fields map[string]any
		if err := json.Unmarshal(data, &fields); err != nil {
			t.Fatal(err)
		}
		w, err := words.Open(load(t, lang).Table())
		if err != nil {
			t.Fatal(err)
		}
		for key, want := range fields {
			if want, ok := want.(string); ok && w.T(key) != want {
				t.Errorf("%s: %q, not %q", key, w.T(key), want)
			}
			for _, other := range []string{key + "x", key[:len(key)-1], key + "\t", "\n" + key} {
				if _, known := fields[other]; !known && w.T(other) != other {
					t.Errorf("%q: %q", other, w.T(other))
				}
			}
		}
		for tag, name := range fields["languages"].(map[string]any) {
			if got := w.LanguageName(tag); got != name {
				t.Errorf("%s: %q, not %q", tag, got, name)
			}
		}
	}
}

func TestOpenRefusesWhatIsNoTable(t *testing.T) {
	table := load(t, "en").Table()
	for name, s := range map[string]string{
		"nothing":           "",
		"JSON":              `{"lang": "en"}`,
		"without its end":   table[:len(table)-1],
		"without its start": table[strings.Index(table, "\nmonths\t")+1:],
		"a line":            "lang\ten\n",
		"lines of nothing":  "\n\n\n",
	} {
		if w, err := words.Open(s); err == nil {
			t.Errorf("%s: opened as %q", name, w.Lang())
		}
	}
}

func TestLoadRefusesWhatATableCannotHold(t *testing.T) {
	table := `{"lang":"en","months":["","","","","","","","","","","",""],"monthsShort":["","","","","","","","","","","",""],"weekdays":["","","","","","",""],"languages":{"de":"German"},"number":{"decimal":"."}%s}`
	if _, err := words.Load(fmt.Appendf(nil, table, `,"x":"y"`)); err != nil {
		t.Error(err)
	}
	for _, more := range []string{`,"x":"two\nlines"`, `,"x":"a\tb"`, `,"x\t":"y"`, `,"languages.de":"Deutsch"`, `,"number.group":","`} {
		if _, err := words.Load(fmt.Appendf(nil, table, more)); err == nil {
			t.Errorf("%s was loaded", more)
		}
	}
}

func BenchmarkT(b *testing.B) {
	data, err := os.ReadFile(filepath.Join("..", "..", "web", "locales", "en.json"))
	if err != nil {
		b.Fatal(err)
	}
	w, err := words.Load(data)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		w.T("post.reply")
	}
}

func TestArgumentsAreNotLookedInto(t *testing.T) {
	w := load(t, "en")
	if got := w.T("empty.tag.text", "{1}", "{0}"); !strings.HasPrefix(got, "{0} knows no public post with #{1}.") {
		t.Errorf("T = %q", got)
	}
}

func TestAMissingKeyIsSeen(t *testing.T) {
	if got := load(t, "en").T("no.such.key", "x"); got != "no.such.key" {
		t.Errorf("T = %q", got)
	}
}

func TestPluralsFollowTheNumber(t *testing.T) {
	en, de := load(t, "en"), load(t, "de")
	for n, want := range map[int][2]string{
		0: {"0 replies", "0 Antworten"}, 1: {"1 reply", "1 Antwort"}, 2: {"2 replies", "2 Antworten"}, 21846: {"21,846 replies", "21.846 Antworten"},
	} {
		if got := en.N("thread.replies", n); got != want[0] {
			t.Errorf("%d: %q, want %q", n, got, want[0])
		}
		if got := de.N("thread.replies", n); got != want[1] {
			t.Errorf("%d: %q, want %q", n, got, want[1])
		}
	}
}

func TestNumbersAreWrittenAsTheLanguageWritesThem(t *testing.T) {
	en, de := load(t, "en"), load(t, "de")
	for _, c := range []struct{ name, got, want string }{
		{"small", en.Number(846), "846"},
		{"thousands", en.Number(1846), "1,846"},
		{"millions", en.Number(12345678), "12,345,678"},
		{"negative", en.Number(-1846), "-1,846"},
		{"German", de.Number(1846), "1.846"},
		{"compact below a thousand", en.Compact(999), "999"},
		{"compact thousand", en.Compact(1000), "1k"},
		{"compact rounds down", en.Compact(1199), "1.1k"},
		{"compact large", en.Compact(23456), "23k"},
		{"compact up to the next unit", en.Compact(999_999), "999k"},
		{"compact million", en.Compact(1_250_000), "1.2M"},
		{"compact German", de.Compact(1150), "1,1\u00a0Tsd."},
		{"compact German million", de.Compact(3_400_000), "3,4\u00a0Mio."},
		{"per cent", en.Percent(48, 100), "48%"},
		{"per cent rounded", en.Percent(2, 3), "67%"},
		{"per cent of nothing", en.Percent(0, 0), "0%"},
		{"more than all", en.Percent(7, 3), "100%"},
		{"bytes", en.Bytes(512), "512\u00a0B"},
		{"kilobytes", en.Bytes(9_100), "9.1\u00a0kB"},
		{"megabytes", en.Bytes(163_400_000), "163\u00a0MB"},
		{"gigabytes", de.Bytes(2_100_000_000), "2,1\u00a0GB"},
		{"minutes", en.Duration(9*time.Minute + 12*time.Second), "9:12"},
		{"seconds", en.Duration(7 * time.Second), "0:07"},
		{"hours", en.Duration(time.Hour + 2*time.Minute + 3*time.Second), "1:02:03"},
		{"negative length", en.Duration(-time.Second), "0:00"},
		{"spoken", en.SpokenDuration(9*time.Minute + 12*time.Second), "9 minutes 12 seconds"},
		{"spoken German", de.SpokenDuration(time.Hour + time.Second), "1 Stunde 1 Sekunde"},
		{"spoken nothing", en.SpokenDuration(0), "0 seconds"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %q, want %q", c.name, c.got, c.want)
		}
	}
}

func TestTimesAreRelativeOnlyWhereThatIsShort(t *testing.T) {
	now := at("2026-11-22T18:40:00Z")
	for _, c := range []struct{ at, en, de string }{
		{"2026-11-22T18:39:30Z", "now", "jetzt"},
		{"2026-11-22T18:40:30Z", "now", "jetzt"},
		{"2026-11-22T18:26:00Z", "14\u00a0min", "14\u00a0Min."},
		{"2026-11-22T15:05:00Z", "3\u00a0h", "3\u00a0Std."},
		{"2026-11-21T18:41:00Z", "23\u00a0h", "23\u00a0Std."},
		{"2026-11-21T17:02:00Z", "21 Nov", "21. Nov."},
		{"2026-03-01T17:02:00Z", "1 Mar", "1. März"},
		{"2023-11-21T17:02:00Z", "21 Nov 2023", "21. Nov. 2023"},
		{"2025-12-31T23:30:00Z", "1 Jan", "1. Jan."},   // the year is the reader's
		{"2026-11-23T23:30:00Z", "24 Nov", "24. Nov."}, // a clock that goes wrong
	} {
		if got := load(t, "en").Ago(at(c.at), now, berlin); got != c.en {
			t.Errorf("%s: %q, want %q", c.at, got, c.en)
		}
		if got := load(t, "de").Ago(at(c.at), now, berlin); got != c.de {
			t.Errorf("%s: %q, want %q", c.at, got, c.de)
		}
	}
}

func TestAPageForAnyTimeHasAbsoluteDates(t *testing.T) {
	then := at("2026-11-22T16:55:00Z")
	if got := load(t, "de").Ago(then, time.Time{}, berlin); got != "22. Nov. 2026, 17:55" {
		t.Errorf("Ago = %q", got)
	}
	if got := load(t, "en").Moment(then, time.Time{}, nil); got != "22 Nov 2026, 16:55" {
		t.Errorf("Moment = %q", got)
	}
}

func TestMomentsNameTheDayAsTheReaderCountsIt(t *testing.T) {
	now := at("2026-11-22T23:30:00Z") // already the 23rd in Berlin
	for _, c := range []struct{ at, want string }{
		{"2026-11-22T23:00:00Z", "today 00:00"},
		{"2026-11-22T22:00:00Z", "yesterday 23:00"},
		{"2026-11-23T23:00:00Z", "tomorrow 00:00"},
		{"2026-11-20T15:00:00Z", "20 Nov, 16:00"},
		{"2027-01-02T15:00:00Z", "2 Jan 2027, 16:00"},
	} {
		if got := load(t, "en").Moment(at(c.at), now, berlin); got != c.want {
			t.Errorf("%s: %q, want %q", c.at, got, c.want)
		}
	}
}

func TestSpansNameTheDayOnlyWhereItIsAnother(t *testing.T) {
	now := at("2026-11-22T18:40:00Z")
	for _, c := range []struct {
		from, to string
		now      time.Time
		want     string
	}{
		{"2026-11-22T12:40:00Z", "2026-11-22T14:55:00Z", now, "13:40 to 15:55"},
		{"2026-11-21T22:59:00Z", "2026-11-22T14:55:00Z", now, "yesterday 23:59 to today 15:55"},
		{"2026-11-22T12:40:00Z", "2026-11-22T14:55:00Z", time.Time{}, "22 Nov 2026, 13:40 to 22 Nov 2026, 15:55"},
	} {
		if a, b := load(t, "en").Span(at(c.from), at(c.to), c.now, berlin); a+" to "+b != c.want {
			t.Errorf("%s to %s, want %s", a, b, c.want)
		}
	}
}

func TestDatesAreWrittenInFull(t *testing.T) {
	then := berlin(at("2026-11-22T09:40:00Z"))
	en, de := load(t, "en"), load(t, "de")
	for _, c := range []struct{ got, want string }{
		{en.Full(then), "Sunday 22 November 2026, 10:40"},
		{de.Full(then), "Sonntag, 22. November 2026, 10:40"},
		{en.Date(then), "22 November 2026"},
		{de.Date(then), "22. November 2026"},
		{en.MonthYear(then), "November 2026"},
		{en.Clock(at("2026-11-22T07:05:00Z")), "07:05"},
		{en.Read(then, then.Add(3*time.Hour), nil), "Updated 3 h ago"},
		{de.Read(then, then.Add(14*time.Minute), nil), "Vor 14 Min. aktualisiert"},
		{en.Read(then, then.Add(time.Second), nil), "Updated just now"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}

func TestLanguagesHaveNames(t *testing.T) {
	en, de := load(t, "en"), load(t, "de")
	for _, c := range []struct{ got, want string }{
		{en.LanguageName("de"), "German"}, {de.LanguageName("de"), "Deutsch"}, {en.LanguageName("pt-BR"), "Brazilian Portuguese"},
		{en.LanguageName("de-AT"), "German"}, {en.LanguageName("DE"), "German"}, {en.LanguageName("xx"), "xx"}, {en.LanguageName(""), ""},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}

func TestNamesKeepTheirDirectionInASentenceFromTheRight(t *testing.T) {
	const open, close = "\u2068", "\u2069" // UAX #9: first strong isolate, pop directional isolate
	arabic, english := load(t, "ar"), load(t, "en")
	if got, want := arabic.T("open.at", "pond.example"), "فتح على "+open+"pond.example"+close; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := arabic.T("thread.asking", "3", "1,200"); strings.ContainsAny(got, open+close) {
		t.Errorf("numbers have no direction: %q", got)
	}
	if got := english.T("open.at", "pond.example"); strings.ContainsAny(got, open+close) {
		t.Errorf("%q", got)
	}
	if got, want := english.T("follow.added", "نور"), "You follow "+open+"نور"+close+"."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// A name may hold controls that turn the words behind it around.
func TestANameTurnsNoSentenceAround(t *testing.T) {
	german := load(t, "de")
	for name, want := range map[string]string{
		"a\u202egpj.exe":          "agpj.exe",
		"\u202a\u202d\u202ba":     "a",
		"\u2066a":                 "a",
		"a\u2069\u202eb":          "ab",
		"a\u2069\u2066b":          "ab",
		"\u2068a\u2069 b":         "\u2068a\u2069 b",
		"\u202eנור":               "\u2068נור\u2069",
		"\u2067\u2067a\u2069 b":   "a b",
		"Ada \u200f\u0300 & <b>x": "Ada \u200f\u0300 & <b>x",
	} {
		if got := german.T("menu.profile", name); got != "Profil von "+want+" öffnen" {
			t.Errorf("%q: %q", name, got)
		}
	}
}
