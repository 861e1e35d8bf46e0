package words

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"vitrine/feeds/address"
)

// Words are the sentences of one language. They never change once loaded.
type Words struct {
	lines []string // of the table, see Open
	lang  string

	months, monthsShort, weekdays []string // months beside a day: in some languages in a case of their own
	monthsAlone                   []string
	number                        numberMarks
}

// numberMarks are how a language writes numbers.
type numberMarks struct {
	Group           string `json:"group"`           // between thousands
	MinimumGrouping string `json:"minimumGrouping"` // "2" where numbers of four digits have none, as CLDR calls it
	Decimal         string `json:"decimal"`         // before the fraction
}

// The lines of a table that aren't sentences.
const (
	langKey        = "lang"
	monthsKey      = "months"
	monthsShortKey = "monthsShort"
	monthsAloneKey = "monthsAlone"
	weekdaysKey    = "weekdays"
	groupKey       = "number.group"
	minimumKey     = "number.minimumGrouping"
	decimalKey     = "number.decimal"
	languagePrefix = "languages." // before a language's tag
	listSeparator  = "|"
)

// Open takes the words of a table that Table has written. It has a line for each sentence, "KEY\tSENTENCE\n", in the order of the keys. Nothing is
// decoded: a sentence is looked for when it is needed.
func Open(table string) (*Words, error) {
	if !strings.HasSuffix(table, "\n") {
		return nil, errors.New("words: the table is cut off")
	}
	w := &Words{lines: strings.Split(table[:len(table)-1], "\n")}
	w.lang = w.line(langKey)
	w.months = strings.Split(w.line(monthsKey), listSeparator)
	w.monthsShort = strings.Split(w.line(monthsShortKey), listSeparator)
	w.monthsAlone = strings.Split(w.line(monthsAloneKey), listSeparator)
	w.weekdays = strings.Split(w.line(weekdaysKey), listSeparator)
	w.number = numberMarks{Group: w.line(groupKey), MinimumGrouping: w.line(minimumKey), Decimal: w.line(decimalKey)}
	if w.lang == "" || len(w.months) != 12 || len(w.monthsShort) != 12 || len(w.monthsAlone) != 12 || len(w.weekdays) != 7 || w.number.Decimal == "" {
		return nil, fmt.Errorf("words: the locale %q lacks months, weekdays or marks of numbers", w.lang)
	}
	return w, nil
}

// Table is what Open takes.
func (w *Words) Table() string { return strings.Join(w.lines, "\n") + "\n" }

// find looks a line up.
func (w *Words) find(key string) (sentence string, ok bool) {
	for low, high := 0, len(w.lines); low < high; {
		middle := (low + high) / 2
		name, sentence, _ := strings.Cut(w.lines[middle], "\t")
		switch {
		case name == key:
			return sentence, true
		case name < key:
			low = middle + 1
		default:
			high = middle
		}
	}
	return "", false
}

// line is find for what every table has.
func (w *Words) line(key string) string {
	sentence, _ := w.find(key)
	return sentence
}

// Lang returns the language's BCP 47 tag.
func (w *Words) Lang() string { return w.lang }

// Direction is the direction of a language's script: "ltr" or "rtl".
func Direction(lang string) string {
	primary, _, _ := strings.Cut(lang, "-")
	switch primary {
	case "ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi":
		return "rtl"
	}
	return "ltr"
}

// T returns a sentence with {0}, {1} ... replaced by args. A key that the locale lacks returns itself, so that a mistake is
// seen and nothing breaks.
func (w *Words) T(key string, args ...string) string {
	s, ok := w.find(key)
	if !ok {
		return key
	}
	return w.fill(s, args)
}

// N returns the sentence of key for a number: that of its plural category ("key.one", "key.few"), else that of "key.other", with {n} replaced
// by the number as the language writes it and {0}, {1} ... by args.
func (w *Words) N(key string, n int, args ...string) string {
	form := key + "." + plural(w.lang, n)
	if !w.has(form) {
		form = key + ".other"
	}
	return strings.ReplaceAll(w.T(form, args...), "{n}", w.Number(n))
}

// List joins the members of a list, as "a, b, c".
func (w *Words) List(members []string) string { return strings.Join(members, w.T("list.comma")) }

func (w *Words) has(key string) bool {
	_, ok := w.find(key)
	return ok
}

// The marks around a run of text with a direction of its own, UAX #9, section 2.4.
const firstStrongIsolate, popDirectionalIsolate = "\u2068", "\u2069"

// fill replaces placeholders in one pass: what an argument holds is never looked into, but that hosts are written as people read them, and that
// names in a script of another direction than the sentence's keep their own, and turn nothing else around.
func (w *Words) fill(s string, args []string) string {
	if len(args) == 0 || !strings.Contains(s, "{") {
		return s
	}
	pairs := make([]string, 0, 2*len(args))
	for i, a := range args {
		a = unturned(address.Show(a))
		rtl := Direction(w.lang) == "rtl"
		if strings.ContainsFunc(a, func(r rune) bool { return unicode.IsLetter(r) && fromTheRight(r) != rtl }) {
			a = firstStrongIsolate + a + popDirectionalIsolate
		}
		pairs = append(pairs, "{"+strconv.Itoa(i)+"}", a)
	}
	return strings.NewReplacer(pairs...).Replace(s)
}

// fromTheRight reports letters of scripts that are written from right to left: Hebrew, Arabic and those between and beside them, and their forms.
func fromTheRight(r rune) bool {
	return r >= '\u0590' && r <= '\u08ff' || r >= '\ufb1d' && r <= '\ufefc'
}

// unturned leaves out of a text what would turn the words behind it around: overrides and embeddings, and isolates that don't end in it.
func unturned(s string) string {
	depth, whole := 0, true
	for _, r := range s {
		switch {
		case r >= '\u2066' && r <= '\u2068':
			depth++
		case r == '\u2069':
			depth--
			whole = whole && depth >= 0
		}
	}
	whole = whole && depth == 0
	return strings.Map(func(r rune) rune {
		if r >= '\u202a' && r <= '\u202e' || !whole && r >= '\u2066' && r <= '\u2069' {
			return -1
		}
		return r
	}, s)
}

// Languages returns the languages that have names, as pairs of tag and name, by name.
func (w *Words) Languages() [][2]string {
	var all [][2]string
	for _, l := range w.lines {
		key, name, _ := strings.Cut(l, "\t")
		tag, ok := strings.CutPrefix(key, languagePrefix)
		if !ok || tag == "mul" {
			continue
		}
		all = append(all, [2]string{tag, name})
		for i := len(all) - 1; i > 0 && all[i][1] < all[i-1][1]; i-- {
			all[i], all[i-1] = all[i-1], all[i]
		}
	}
	return all
}

// LanguageName returns a language's name, "" for "". A tag whose language has no name here is returned as it is.
func (w *Words) LanguageName(tag string) string {
	if name := w.line(languagePrefix + strings.ToLower(tag)); name != "" {
		return name
	}
	primary, _, _ := strings.Cut(strings.ToLower(tag), "-")
	if name := w.line(languagePrefix + primary); name != "" {
		return name
	}
	return tag
}
