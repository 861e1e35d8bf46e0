package apiclient

import (
	"strings"
	"unicode"
)

// Warning reads a content warning for the Warning and Warned of a post. One without a visible character counts where the post is marked as
// sensitive: it has no words, and the text is folded all the same. Misskey sends U+200B for its empty warnings.
func Warning(said string, sensitive bool) (words string, wordless bool) {
	words = strings.TrimSpace(said)
	if strings.IndexFunc(words, func(r rune) bool { return unicode.IsGraphic(r) && !unicode.IsSpace(r) }) < 0 {
		return "", sensitive && said != ""
	}
	return words, false
}
