package words

import "testing"

// Source of the expected values: https://www.unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html
func TestPluralCategoriesAreThoseOfCLDR(t *testing.T) {
	numbers := []int{0, 1, 2, 3, 4, 5, 10, 11, 12, 14, 21, 22, 25, 99, 100, 101, 102, 103, 111, 112, 122, 1_000_000, 1_000_001}
	for lang, want := range map[string]string{
		"en": "o1ooooooooooooooooooooo", "de": "o1ooooooooooooooooooooo", "nl": "o1ooooooooooooooooooooo", "sv": "o1ooooooooooooooooooooo", "el": "o1ooooooooooooooooooooo",
		"fr": "11ooooooooooooooooooomo", "pt": "11ooooooooooooooooooomo",
		"es": "o1ooooooooooooooooooomo", "it": "o1ooooooooooooooooooomo",
		"cs": "o1fffoooooooooooooooooo",
		"pl": "m1fffmmmmmmfmmmmffmmfmm",
		"ar": "z12ffffmmmmmmmooofmmmoo",
	} {
		var got []byte
		for _, n := range numbers {
			got = append(got, map[string]byte{"zero": 'z', "one": '1', "two": '2', "few": 'f', "many": 'm', "other": 'o'}[plural(lang, n)])
		}
		if string(got) != want {
			t.Errorf("%s: %s, want %s", lang, got, want)
		}
	}
}
