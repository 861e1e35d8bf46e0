package content

import "strings"

// collapse applies the rules of CSS for white space to a block's inline nodes, in place
// (https://www.w3.org/TR/css-text-3/#white-space-phase-1): a run of it is one space, none at the begin or end of a line. Line
// breaks at the begin and end of the block go too. What becomes superfluous is left as an empty Text. With keep, and in code,
// spaces and tabs stay as they are; only those at the end of a line, which nobody sees, go.
func collapse(nodes []Node, keep bool) {
	c := collapser{lineStart: true, keep: keep}
	c.walk(nodes)
	c.trimLine()
	for _, n := range c.breaks {
		*n = Node{}
	}
}

type collapser struct {
	keep      bool
	started   bool
	lineStart bool    // only white space since the last break
	space     *Node   // the node that ends with a space, when that is the last character so far
	breaks    []*Node // the breaks since the last content
}

func (c *collapser) walk(nodes []Node) {
	for i := range nodes {
		switch n := &nodes[i]; n.Kind {
		case Text:
			c.text(n, c.keep)
		case Code:
			if strings.Trim(n.Text, " \t\n\f") == "" {
				c.text(n, c.keep)
				break
			}
			c.text(n, true)
			c.space = nil
		case Break:
			c.lineBreak(n)
		case Emoji:
			c.content()
		default:
			c.walk(n.Children)
		}
	}
}

func (c *collapser) text(n *Node, keep bool) {
	var out strings.Builder
	out.Grow(len(n.Text))
	for i := 0; i < len(n.Text); i++ {
		switch ch := n.Text[i]; ch {
		case ' ', '\t', '\n', '\f':
			run := i + wordLength(n.Text[i:], func(r rune) bool { return r != ' ' && r != '\t' && r != '\n' && r != '\f' })
			if spaces := n.Text[i:run]; keep && !strings.ContainsAny(spaces, "\n\f") {
				out.WriteString(spaces)
				c.space = n
			} else if !c.lineStart && c.space == nil {
				out.WriteByte(' ')
				c.space = n
			}
			i = run - 1
		default:
			out.WriteByte(ch)
			c.content()
		}
	}
	n.Text = out.String()
}

func (c *collapser) content() {
	c.started, c.lineStart, c.space = true, false, nil
	c.breaks = c.breaks[:0]
}

func (c *collapser) lineBreak(n *Node) {
	if !c.started {
		*n = Node{}
		return
	}
	c.trimLine()
	c.lineStart = true
	c.breaks = append(c.breaks, n)
}

func (c *collapser) trimLine() {
	if c.space != nil {
		c.space.Text = strings.TrimRight(c.space.Text, " \t")
		c.space = nil
	}
}
