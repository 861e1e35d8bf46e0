package words

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"vitrine/feeds/address"
)

// Words are the sentences of one language. They never change once loaded.
type Words struct {
	lang string
	text map[string]string

	months, monthsShort, weekdays []string
	languages                     map[string]string
	number                        numberMarks
}

// numberMarks are how a language writes numbers.
type numberMarks struct {
	Group   string `json:"group"`   // between thousands
	Decimal string `json:"decimal"` // before the fraction
}

// Load reads a locale: a flat map of sentences, and beside them the lists that dates, languages and numbers are written with. more
// are further sentences of the same language.
func Load(data []byte, more ...[]byte) (*Words, error) {
	var fields map[string]json.RawMessage
	for _, part := range append([][]byte{data}, more...) {
		if err := json.Unmarshal(part, &fields); err != nil {
			return nil, fmt.Errorf("words: reading a locale: %w", err)
		}
	}
	w := &Words{text: make(map[string]string, len(fields))}
	lists := map[string]any{
		"lang": &w.lang, "months": &w.months, "monthsShort": &w.monthsShort, "weekdays": &w.weekdays,
		"languages": &w.languages, "number": &w.number,
	}
	for name, to := range lists {
		if err := json.Unmarshal(fields[name], to); err != nil {
			return nil, fmt.Errorf("words: %q of a locale: %w", name, err)
		}
		delete(fields, name)
	}
	if w.lang == "" || len(w.months) != 12 || len(w.monthsShort) != 12 || len(w.weekdays) != 7 || w.number.Decimal == "" {
		return nil, fmt.Errorf("words: the locale %q lacks months, weekdays or marks of numbers", w.lang)
	}
	for key, raw := range fields {
		var s string
		if err := json.Unmarshal(raw, &s); err != nil {
			return nil, fmt.Errorf("words: %q of the locale %q: %w", key, w.lang, err)
		}
		w.text[key] = s
	}
	return w, nil
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
	s, ok := w.text[key]
	if !ok {
		return key
	}
	return fill(s, args)
}

// N returns the sentence of key.one or key.other, whichever n asks for, with {n} replaced by the number as the language
// writes it and {0}, {1} ... by args.
func (w *Words) N(key string, n int, args ...string) string {
	form := key + ".other"
	if n == 1 {
		form = key + ".one"
	}
	return strings.ReplaceAll(w.T(form, args...), "{n}", w.Number(n))
}

func (w *Words) has(key string) bool {
	_, ok := w.text[key]
	return ok
}

// fill replaces placeholders in one pass: what an argument holds is never looked into, but that hosts are written as people read them.
func fill(s string, args []string) string {
	if len(args) == 0 || !strings.Contains(s, "{") {
		return s
	}
	pairs := make([]string, 0, 2*len(args))
	for i, a := range args {
		pairs = append(pairs, "{"+strconv.Itoa(i)+"}", address.Show(a))
	}
	return strings.NewReplacer(pairs...).Replace(s)
}

// LanguageName returns a language's name, "" for "". A tag whose language has no name here is returned as it is.
func (w *Words) LanguageName(tag string) string {
	if name := w.languages[strings.ToLower(tag)]; name != "" {
		return name
	}
	primary, _, _ := strings.Cut(strings.ToLower(tag), "-")
	if name := w.languages[primary]; name != "" {
		return name
	}
	return tag
}
