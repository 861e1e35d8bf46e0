package syndicate

import (
	"slices"
	"strings"
	"unicode/utf8"

	"vitrine/feeds"
	"vitrine/feeds/reader"
)

// The layout of text.
const (
	ruleWidth = 72 // characters
	deepest   = 8  // steps of two characters: what is deeper stands as deep, and its line says what it answers
)

// rule is the line above a post that is indented by some steps.
func rule(steps int) string { return strings.Repeat("─", ruleWidth-2*min(steps, deepest)) }

// row is a post of a conversation, or a hole, where it stands.
type row struct {
	steps   int         // how far it is indented
	post    *feeds.Post // nil for a hole
	hole    string      // key of its label
	answers string      // what the post answers; "" where it says enough itself
}

// rows are those of f.Thread.
func (f *Feed) rows() []row {
	t := f.Thread
	var out []row
	var last reader.Ancestor // the row above
	for _, a := range append(slices.Clone(t.Above), reader.Ancestor{Post: t.Focus}) {
		if a.Hole != nil {
			out = append(out, row{hole: "ghost.above"})
		} else {
			out = append(out, row{post: a.Post, answers: f.answers(reader.Reply{Post: a.Post, Parent: last.Post, Missing: last.Hole != nil}, 0)})
		}
		last = a
	}
	for _, r := range t.Replies {
		switch {
		case r.Hole != nil:
			out = append(out, row{steps: r.Step + 1, hole: "ghost.reply"})
		case r.Chain > 0:
			out = append(out, row{post: r.Post, answers: f.answers(r, t.ChainSize)})
		default:
			out = append(out, row{steps: r.Step + 1, post: r.Post, answers: f.answers(r, t.ChainSize)})
		}
	}
	return out
}

// conversation writes f.Thread as text: replies are indented, and what is missing is said where it is missing.
func (f *Feed) conversation(b *strings.Builder) {
	for _, r := range f.rows() {
		var said string
		if r.post == nil {
			said = "[" + f.Words.T(r.hole) + ": " + f.Words.T("ghost.unknown", f.Thread.Focus.Sightings[0].Host) + "]"
		} else {
			i := reader.Item{Post: r.post, Entry: feeds.Entry{Key: r.post.Key, At: r.post.Published}}
			said = f.text(r.post, i.Entry, f.entry(i), true)
		}
		indent := strings.Repeat("  ", min(r.steps, deepest))
		b.WriteString("\n")
		for line := range strings.SplitSeq(rule(r.steps)+"\n"+said, "\n") {
			if line != "" {
				line = indent + line
			}
			b.WriteString(line + "\n")
		}
	}
}

// answers says what a post of a conversation answers; "" where the post says enough itself.
func (f *Feed) answers(r reader.Reply, parts int) string {
	w := f.Words
	switch {
	case r.Missing && r.Post.ReplyTo != nil && r.Post.ReplyTo.Handle != "":
		return w.T("ctx.replyMissingOf", "@"+r.Post.ReplyTo.Handle)
	case r.Missing:
		return w.T("ctx.replyMissing")
	case r.Chain > 0:
		return w.T("text.part", w.Number(r.Chain), w.Number(parts))
	case r.Answers > 0:
		return w.T("ctx.replyPart", w.Number(r.Answers), w.Number(parts)) + said(r.Parent)
	case r.Parent != nil:
		return w.T("ctx.reply", handle(r.Parent.Author)) + said(r.Parent)
	}
	return ""
}

// said are the first words of a post, which tell it from others of its author's.
func said(p *feeds.Post) string {
	const most = 40
	words := Title(p)
	if utf8.RuneCountInString(words) > most {
		words = strings.TrimSpace(string([]rune(words)[:most])) + "…"
	}
	return ": “" + words + "”"
}
