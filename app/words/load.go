package words

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"vitrine/feeds/jsontext"
)

// Load reads a locale as it is written by hand: a flat map of sentences in JSON, and beside them the lists that dates, languages and numbers
// are written with. more are further sentences of the same language. The build does this; the program opens the resulting table.
func Load(data []byte, more ...[]byte) (*Words, error) {
	var fields map[string]jsontext.Raw
	for _, part := range append([][]byte{data}, more...) {
		if err := jsontext.Unmarshal(part, &fields); err != nil {
			return nil, fmt.Errorf("words: reading a locale: %w", err)
		}
	}
	var (
		number                                     numberMarks
		months, monthsShort, monthsAlone, weekdays []string
		languages                                  map[string]string
	)
	if fields[monthsAloneKey] == nil {
		fields[monthsAloneKey] = fields[monthsKey] // most languages have no other form of them
	}
	for name, to := range map[string]any{"months": &months, "monthsShort": &monthsShort, monthsAloneKey: &monthsAlone, "weekdays": &weekdays, "languages": &languages, "number": &number} {
		if err := jsontext.Unmarshal(fields[name], to); err != nil {
			return nil, fmt.Errorf("words: %q of a locale: %w", name, err)
		}
		delete(fields, name)
	}
	lines := map[string]string{groupKey: number.Group, minimumKey: number.MinimumGrouping, decimalKey: number.Decimal}
	for key, list := range map[string][]string{monthsKey: months, monthsShortKey: monthsShort, monthsAloneKey: monthsAlone, weekdaysKey: weekdays} {
		if strings.Contains(strings.Join(list, ""), listSeparator) {
			return nil, fmt.Errorf("words: %q of a locale contains %s", key, listSeparator)
		}
		lines[key] = strings.Join(list, listSeparator)
	}
	for tag, name := range languages {
		lines[languagePrefix+tag] = name
	}
	for key, raw := range fields {
		var s string
		if err := jsontext.Unmarshal(raw, &s); err != nil {
			return nil, fmt.Errorf("words: %q of a locale: %w", key, err)
		}
		if _, ok := lines[key]; ok {
			return nil, fmt.Errorf("words: %q of a locale stands for something else", key)
		}
		lines[key] = s
	}
	table, err := tableOf(lines)
	if err != nil {
		return nil, err
	}
	return Open(table)
}

func tableOf(lines map[string]string) (string, error) {
	var b strings.Builder
	for _, key := range slices.Sorted(maps.Keys(lines)) {
		if strings.ContainsAny(key+lines[key], "\t\n") {
			return "", fmt.Errorf("words: %q of a locale has more than one line, or a tabulator", key)
		}
		b.WriteString(key + "\t" + lines[key] + "\n")
	}
	return b.String(), nil
}
