package markup

import (
	"strings"
	"unicode"

	"vitrine/feeds"
	"vitrine/feeds/content"
)

// Edits draws the versions of a post, which are given the oldest first, the newest first: each with what it changed of the one before.
func Edits(d *Drawing, versions []*feeds.Post) []Node {
	out := make([]Node, 0, len(versions))
	for i := len(versions) - 1; i >= 0; i-- {
		v, before, key := versions[i], versions[i], "edits.first"
		if i > 0 {
			before, key = versions[i-1], "edits.at"
		}
		when := El("time", At("datetime", rfc3339(v.Published)), Text(d.Words.Full(d.local(v.Published))))
		was, is := said(before), said(v)
		section := El("section", At("class", "edit"), El("h3", nil, d.sentence(key, when)...),
			El("p", At("dir", "auto").Filled("lang", language(v.Language)), changes(was, is)...))
		if i > 0 && (was == is || rest(before) != rest(v)) {
			section.Children = append(section.Children, El("p", At("class", "quiet"), Text(d.Words.T("edits.rest"))))
		}
		out = append(out, section)
	}
	return out
}

// said is all that a version says in words.
func said(p *feeds.Post) string {
	var b strings.Builder
	for _, s := range [...]string{p.Warning, p.Title, content.PlainText(p.Body)} {
		if s == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteString("\n\n")
		}
		b.WriteString(s)
	}
	return b.String()
}

// rest is what a version has beside its words.
func rest(p *feeds.Post) string {
	var b strings.Builder
	for _, m := range p.Media {
		b.WriteString(m.URL + " " + m.Alt + "\n")
	}
	if p.Sensitive {
		b.WriteString("sensitive")
	}
	if p.Poll != nil {
		for _, o := range p.Poll.Options {
			b.WriteString("\n" + o.Title)
		}
	}
	return b.String()
}

// mostCompared is how many pairs of words are compared; where there are more, all that differs is one change.
const mostCompared = 1 << 18

// changes marks what became of a text, word by word: the longest common subsequence of its words stays.
func changes(was, is string) []Node {
	a, b := spaced(was), spaced(is)
	from := 0
	for from < len(a) && from < len(b) && a[from] == b[from] {
		from++
	}
	endA, endB := len(a), len(b)
	for endA > from && endB > from && a[endA-1] == b[endB-1] {
		endA, endB = endA-1, endB-1
	}
	out := []Node{Text(strings.Join(a[:from], ""))}
	out = append(out, differ(a[from:endA], b[from:endB])...)
	return append(out, Text(strings.Join(a[endA:], "")))
}

// differ marks the difference of two texts without a common beginning and end.
func differ(a, b []string) []Node {
	if len(a)*len(b) > mostCompared {
		return marked(nil, strings.Join(a, ""), strings.Join(b, ""))
	}
	width := len(b) + 1
	same := make([]uint16, (len(a)+1)*width) // how many words are left that both have, from a place on
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				same[i*width+j] = same[(i+1)*width+j+1] + 1
			} else {
				same[i*width+j] = max(same[(i+1)*width+j], same[i*width+j+1])
			}
		}
	}
	var out []Node
	gone, come, i, j := "", "", 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			out = append(marked(out, gone, come), Text(a[i]))
			gone, come, i, j = "", "", i+1, j+1
		case j == len(b) || i < len(a) && same[(i+1)*width+j] >= same[i*width+j+1]:
			gone, i = gone+a[i], i+1
		default:
			come, j = come+b[j], j+1
		}
	}
	return marked(out, gone, come)
}

// marked adds what went and what came in its place.
func marked(out []Node, gone, come string) []Node {
	if gone != "" {
		out = append(out, El("del", nil, Text(gone)))
	}
	if come != "" {
		out = append(out, El("ins", nil, Text(come)))
	}
	return out
}

// spaced cuts a text into words, each with the space behind it. Characters of scripts that put none between words stand alone, with their marks.
func spaced(s string) []string {
	var out []string
	start, ends := 0, false
	for i, r := range s {
		space := r == ' ' || r == '\n'
		alone := r >= 0x2e80 && r <= 0x9fff || r >= 0x0e00 && r < 0x0e80 // Chinese and Japanese; Thai
		if i > start && !space && (ends || alone) && !unicode.Is(unicode.M, r) {
			out = append(out, s[start:i])
			start = i
		}
		ends = space || alone || ends && unicode.Is(unicode.M, r)
	}
	if start < len(s) {
		out = append(out, s[start:])
	}
	return out
}
