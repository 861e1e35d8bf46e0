package content

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Formula is the name of a Code or CodeBlock that is a formula in LaTeX. Who can't draw it shows what it says.
const Formula = "math"

const (
	// maxFormula is how many bytes of a formula are read. A longer one is cut off, and so is none any more.
	maxFormula = 8 << 10
	// maxMathDepth is how deep the elements of MathML nest that are read as more than their text.
	maxMathDepth = 24
)

// formula writes a formula: in the text, or as a block of its own.
func (b *builder) formula(tex string, block bool) {
	tex = strings.TrimSpace(tex)
	if tex == "" {
		return
	}
	kind, name := Code, Formula
	if block {
		kind = CodeBlock
	}
	if len(tex) > maxFormula {
		tex, name = strings.ToValidUTF8(tex[:maxFormula], "")+ellipsis, ""
	}
	b.begin("formula", Node{Kind: kind, Name: name})
	b.text(tex)
	b.end("formula")
}

// formulas writes text with formulas in it, between the signs by which servers that draw LaTeX know them. What stands between dollars is one only when
// it looks like one: people write of money.
func (p *htmlParser) formulas(s string) (rest string) {
	for at := 0; at < len(s)-4; at++ {
		end, block := "", true
		switch s[at : at+2] {
		case `\(`:
			end, block = `\)`, false
		case `\[`:
			end = `\]`
		case "$$":
			end = "$$"
		default:
			continue
		}
		length := strings.Index(s[at+2:], end)
		if length < 0 || end == "$$" && !strings.ContainsAny(s[at+2:at+2+length], `\^_=`) {
			continue
		}
		p.b.text(s[:at])
		p.b.formula(s[at+2:at+2+length], block)
		s, at = s[at+2+length+len(end):], -1
	}
	return s
}

// mathNode is an element of MathML, or a text.
type mathNode struct {
	tag  string
	text string
	kids []*mathNode
}

// formula returns what a MathML element says in LaTeX: its own LaTeX where it has it, as Mastodon shows it to those who can't draw MathML.
// Sources: https://docs.joinmastodon.org/spec/activitypub/#sanitization, https://www.w3.org/TR/mathml-core/
func (p *htmlParser) formula() string {
	root := &mathNode{tag: "math"}
	open := []*mathNode{root}
	var tex strings.Builder
	for inTeX := false; ; {
		switch p.z.Next() {
		case html.ErrorToken:
			return ""
		case html.TextToken:
			switch text := string(p.z.Text()); {
			case inTeX:
				tex.WriteString(text)
			case strings.TrimSpace(text) != "":
				last := open[len(open)-1]
				last.kids = append(last.kids, &mathNode{text: strings.TrimSpace(text)})
			}
		case html.StartTagToken:
			name, more := p.z.TagName()
			tag := string(name)
			inTeX = tag == "annotation" && p.attrs(more).encoding == "application/x-tex"
			if known := atom.Lookup(name); hasNoText(known) || known == atom.Annotation && !inTeX {
				p.skip(known)
				continue
			}
			if inTeX || len(open) > maxMathDepth {
				continue
			}
			last, n := open[len(open)-1], &mathNode{tag: tag}
			last.kids = append(last.kids, n)
			open = append(open, n)
		case html.EndTagToken:
			inTeX = false
			name, _ := p.z.TagName()
			tag := string(name)
			for i := len(open) - 1; i > 0; i-- {
				if open[i].tag == tag {
					open = open[:i]
					break
				}
			}
			if tag != "math" {
				continue
			}
			if tex.Len() > 0 {
				return tex.String()
			}
			return root.tex()
		}
	}
}

// tex is an element in LaTeX.
func (n *mathNode) tex() string {
	kid := func(i int) string {
		if i < len(n.kids) {
			return n.kids[i].tex()
		}
		return ""
	}
	group := func(i int) string {
		if s := kid(i); len([]rune(s)) != 1 {
			return "{" + s + "}"
		} else {
			return s
		}
	}
	switch n.tag {
	case "":
		return escapeTeX(n.text)
	case "mfrac":
		return `\frac{` + kid(0) + "}{" + kid(1) + "}"
	case "msqrt":
		return `\sqrt{` + n.joined("") + "}"
	case "mroot":
		return `\sqrt[` + kid(1) + "]{" + kid(0) + "}"
	case "msub", "munder":
		return group(0) + "_" + group(1)
	case "msup":
		return group(0) + "^" + group(1)
	case "msubsup", "munderover":
		return group(0) + "_" + group(1) + "^" + group(2)
	case "mover":
		return `\overset{` + kid(1) + "}{" + kid(0) + "}"
	case "mtext":
		if s := n.joined(""); s != "" {
			return `\text{` + s + "}"
		}
	case "mtable":
		return `\begin{matrix}` + n.joined(` \\ `) + `\end{matrix}`
	case "mtr":
		return n.joined(" & ")
	case "mspace":
		return `\ `
	case "mi":
		if s := n.joined(""); len([]rune(s)) > 1 && s[0] != '\\' {
			return `\mathrm{` + s + "}"
		}
	}
	return n.joined("")
}

func (n *mathNode) joined(between string) string {
	var s strings.Builder
	for i, k := range n.kids {
		if i > 0 {
			s.WriteString(between)
		}
		s.WriteString(k.tex())
	}
	return s.String()
}

// escapeTeX makes text of signs that mean something in LaTeX.
func escapeTeX(s string) string {
	if !strings.ContainsAny(s, `\#$%&_{}^~`) {
		return s
	}
	var out strings.Builder
	for _, r := range s {
		switch r {
		case '\\':
			out.WriteString(`\backslash `)
			continue
		case '^', '~':
			out.WriteString(`\text{` + "\\" + string(r) + `{}}`)
			continue
		case '#', '$', '%', '&', '_', '{', '}':
			out.WriteByte('\\')
		}
		out.WriteRune(r)
	}
	return out.String()
}
