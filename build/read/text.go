package read

import (
	"fmt"
	"io"
	"strings"

	"vitrine/app/words"
	"vitrine/build/listing"
	"vitrine/feeds"
	"vitrine/feeds/content"
)

func writeText(w io.Writer, l *listing.Listing, say *words.Words) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%s\n", printable(l.Title), l.Home)
	for _, i := range l.Items {
		p := i.Post
		if p == nil {
			continue
		}
		b.WriteString("\n" + strings.Repeat("─", 72) + "\n")
		fmt.Fprintf(&b, "%s (@%s), %s UTC\n", printable(p.Author.DisplayName()), p.Author.Handle(), say.Full(p.Published.UTC()))
		if i.Entry.BoostedBy != nil {
			fmt.Fprintf(&b, "↻ %s\n", printable(i.Entry.BoostedBy.DisplayName()))
		}
		if p.Warning != "" {
			fmt.Fprintf(&b, "⚠ %s\n", printable(p.Warning))
		}
		b.WriteString("\n")
		if p.Title != "" {
			b.WriteString(printable(p.Title) + "\n\n")
		}
		if text := content.PlainText(p.Body); text != "" {
			b.WriteString(printable(text) + "\n")
		}
		writeMedia(&b, p)
		if p.URL != "" {
			b.WriteString("\n" + p.URL + "\n")
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func writeMedia(b *strings.Builder, p *feeds.Post) {
	for _, m := range p.Media {
		fmt.Fprintf(b, "[%s] %s\n", m.Kind, m.URL)
		if m.Alt != "" {
			fmt.Fprintf(b, "    %s\n", strings.ReplaceAll(printable(m.Alt), "\n", "\n    "))
		}
	}
	if p.Card != nil {
		fmt.Fprintf(b, "→ %s\n  %s\n", printable(p.Card.Title), p.Card.URL)
	}
}

// printable takes away what a terminal would obey: control characters other than line ends.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x20 && r != '\n' || r >= 0x7f && r < 0xa0 {
			return -1
		}
		return r
	}, s)
}
