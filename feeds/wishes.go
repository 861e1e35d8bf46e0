package feeds

import (
	"strings"
	"unicode"

	"vitrine/feeds/content"
)

// BioWishes reads the wishes that authors of every software write into their bios, as hashtags.
func BioWishes(bio content.Doc) (w Wishes) {
	words := strings.FieldsFunc(strings.ToLower(content.PlainText(bio)), func(r rune) bool {
		return r != '#' && !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
	for _, word := range words {
		switch word {
		case "#nobot":
			w.NoBot = true
		case "#noarchive":
			w.NoArchive = true
		}
	}
	return w
}
