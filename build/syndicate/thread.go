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

// conversation writes the posts of f.Thread: replies are indented and say what they answer, and what is missing is said where it is
// missing.
func (f *Feed) conversation(b *strings.Builder) {
	write := func(steps int, text string) {
		indent := strings.Repeat("  ", min(steps, deepest))
		b.WriteString("\n")
		for line := range strings.SplitSeq(rule(steps)+"\n"+text, "\n") {
			if line != "" {
				line = indent + line
			}
			b.WriteString(line + "\n")
		}
	}
	post := func(steps int, p *feeds.Post, answers string) {
		i := reader.Item{Post: p, Entry: feeds.Entry{Key: p.Key, At: p.Published}}
		v := f.textOf(p, f.entry(i), true)
		v.answers = answers
		write(steps, v.walk(i.Entry))
	}
	hole := func(steps int, label string) {
		write(steps, "["+f.Words.T(label)+": "+f.Words.T("ghost.unknown", f.Thread.Focus.Sightings[0].Host)+"]")
	}
	t := f.Thread
	var last reader.Ancestor // the row above
	for _, a := range append(slices.Clone(t.Above), reader.Ancestor{Post: t.Focus}) {
		if a.Hole != nil {
			hole(0, "ghost.above")
		} else {
			post(0, a.Post, f.answers(reader.Reply{Post: a.Post, Parent: last.Post, Missing: last.Hole != nil}, 0))
		}
		last = a
	}
	for _, r := range t.Replies {
		switch {
		case r.Hole != nil:
			hole(r.Step+1, "ghost.reply")
		case r.Chain > 0:
			post(0, r.Post, f.answers(r, t.ChainSize))
		default:
			post(r.Step+1, r.Post, f.answers(r, t.ChainSize))
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
