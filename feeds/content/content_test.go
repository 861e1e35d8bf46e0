package content_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"vitrine/feeds/content"
)

func options() content.Options {
	return content.Options{
		Emoji: []content.CustomEmoji{
			{Shortcode: "lamp", URL: "https://a.example/lamp.gif", Static: "https://a.example/lamp.png"},
			{Shortcode: "cat-2@b", URL: "https://a.example/cat.png"},
			{Shortcode: "bad", URL: "javascript:alert(1)"},
			{Shortcode: "mail", URL: "mailto:a@b.example"},
		},
		Mentions: []content.MentionRef{
			{URL: "https://a.example/@ada", Handle: "ada@a.example"},
			{URL: "https://web.d.example/users/dora", Handle: "dora@d.example"},
		},
		Tags:    []string{"tea"},
		BaseURL: "https://a.example/@bob",
	}
}

// sketch writes a tree on one line: p(strong("a") br).
func sketch(nodes []content.Node) string {
	parts := make([]string, 0, len(nodes))
	for _, n := range nodes {
		parts = append(parts, sketchNode(n))
	}
	return strings.Join(parts, " ")
}

func sketchNode(n content.Node) string {
	if n.Kind == content.Text {
		return `"` + n.Text + `"`
	}
	name := map[content.Kind]string{
		content.Break: "br", content.Emphasis: "em", content.Strong: "strong", content.Strike: "del", content.Underline: "u", content.Code: "code",
		content.Link: "a", content.Mention: "mention", content.Hashtag: "tag", content.Emoji: "emoji", content.Ruby: "ruby", content.Sub: "sub",
		content.Sup: "sup", content.Invisible: "inv", content.Ellipsis: "ell", content.Paragraph: "p", content.CodeBlock: "pre", content.Quote: "quote",
		content.List: "ul", content.ListItem: "li", content.Rule: "hr", content.Fold: "fold", content.Terms: "dl", content.Term: "dt", content.Definition: "dd",
		content.Table: "table", content.Caption: "caption", content.Row: "tr", content.Cell: "td",
	}[n.Kind]
	if n.Kind == content.Heading {
		name = "h" + string(rune('0'+n.Level))
	}
	if n.Ordered {
		name = "ol"
	}
	var in []string
	if c := n.Cell; c != nil {
		if c.Header {
			name = "th"
		}
		if c.Align != "" {
			in = append(in, c.Align)
		}
		if c.Columns > 0 || c.Rows > 0 {
			in = append(in, fmt.Sprintf("%dx%d", max(c.Columns, 1), max(c.Rows, 1)))
		}
	}
	if n.Number != nil {
		in = append(in, strconv.Itoa(*n.Number))
	}
	for _, s := range []string{n.Name, n.Href, n.Text, sketch(n.Children)} {
		if s != "" {
			in = append(in, s)
		}
	}
	if in == nil {
		return name
	}
	return name + "(" + strings.Join(in, " ") + ")"
}

// check holds what is true of every Doc: it is bounded, well formed, has only safe addresses, and survives JSON and HTML.
func check(t *testing.T, src string, d content.Doc) {
	t.Helper()
	c := checker{t: t, src: src}
	c.blocks(d.Blocks, 1)
	if c.count > content.MaxNodes {
		t.Errorf("%.80q: %d nodes", src, c.count)
	}
	if q := d.QuoteFallback; q != nil && (*q < 0 || *q >= len(d.Blocks) || d.Blocks[*q].Kind != content.Paragraph) {
		t.Errorf("%.80q: the quote's paragraph is %d", src, *q)
	}
	data, err := json.Marshal(d)
	var back content.Doc
	if err != nil || json.Unmarshal(data, &back) != nil || !reflect.DeepEqual(back, d) {
		t.Errorf("%.80q doesn't survive JSON: %v", src, err)
	}
	page := content.HTML(d)
	if len(page) > content.MaxSource {
		return
	}
	if again := content.ParseHTML(page, options()); !reflect.DeepEqual(again, d) {
		t.Errorf("%.200q\n  is   %.2000s %v\n  then %.2000s %v\n  html %.2000s", src, sketch(d.Blocks), d.QuoteFallback, sketch(again.Blocks), again.QuoteFallback, page)
	}
}

type checker struct {
	t     *testing.T
	src   string
	count int
}

func (c *checker) errorf(n content.Node, what string) {
	c.t.Helper()
	c.t.Errorf("%.200q: %s: %.500s", c.src, what, sketchNode(n))
}

func (c *checker) node(n content.Node, depth int) {
	c.count++
	if depth > content.MaxDepth {
		c.errorf(n, "too deep")
	}
	for _, address := range []string{n.Href, n.Static} {
		safe, ok := content.SafeURL(address, "")
		if address != "" && (!ok || safe != address) {
			c.errorf(n, "unsafe address "+address)
		}
		if n.Kind == content.Emoji && strings.HasPrefix(address, "mailto:") {
			c.errorf(n, "a picture in the mail")
		}
	}
	if clean := strings.Map(dropControls, n.Text+n.Name); clean != n.Text+n.Name {
		c.errorf(n, "control characters")
	}
}

func dropControls(r rune) rune {
	if r < ' ' && r != '\n' && r != '\t' || r == 0x7F {
		return -1
	}
	return r
}

func (c *checker) blocks(nodes []content.Node, depth int) {
	for _, n := range nodes {
		c.node(n, depth)
		switch n.Kind {
		case content.Paragraph, content.Heading:
			if len(n.Children) == 0 {
				c.errorf(n, "empty")
			}
			c.inline(n.Children, depth+1)
		case content.Quote, content.Fold, content.Definition:
			c.blocks(n.Children, depth+1)
		case content.List:
			for _, item := range n.Children {
				c.node(item, depth+1)
				if item.Kind != content.ListItem {
					c.errorf(n, "a list of something else than items")
				}
				c.blocks(item.Children, depth+2)
			}
		case content.Terms:
			for _, item := range n.Children {
				switch item.Kind {
				case content.Term:
					c.node(item, depth+1)
					c.inline(item.Children, depth+2)
				case content.Definition:
					c.blocks([]content.Node{item}, depth+1)
				default:
					c.errorf(n, "terms of something else")
				}
			}
		case content.Table:
			c.table(n, depth)
		case content.CodeBlock, content.Rule:
		default:
			c.errorf(n, "no block")
		}
		if (n.Kind == content.Quote || n.Kind == content.List) && len(n.Children) == 0 {
			c.errorf(n, "empty")
		}
	}
}

func (c *checker) table(n content.Node, depth int) {
	rows := content.TableRows(n)
	if len(rows) < len(n.Children) {
		c.node(n.Children[0], depth+1)
		c.inline(n.Children[0].Children, depth+2)
	}
	if content.HeaderRows(n) >= len(rows) {
		c.errorf(n, "a table of nothing but its head")
	}
	for y, row := range rows {
		c.node(row, depth+1)
		if row.Kind != content.Row {
			c.errorf(n, "a table of something else than rows")
		}
		for _, cell := range row.Children {
			c.node(cell, depth+2)
			if cell.Kind != content.Cell {
				c.errorf(n, "a row of something else than cells")
			}
			if p := cell.Cell; p != nil && (*p == content.TableCell{} || p.Columns > 40 || p.Rows > len(rows)-y || p.Columns == 1 || p.Rows == 1) {
				c.errorf(cell, "no canonical cell")
			}
			c.blocks(cell.Children, depth+3)
		}
	}
}

func (c *checker) inline(nodes []content.Node, depth int) {
	for i, n := range nodes {
		c.node(n, depth)
		switch {
		case n.Kind >= content.Paragraph:
			c.errorf(n, "a block in a text")
		case n.Kind == content.Text && (n.Text == "" || i > 0 && nodes[i-1].Kind == content.Text):
			c.errorf(n, "not joined")
		case n.Kind != content.CodeBlock && strings.Contains(n.Text, "\n"):
			c.errorf(n, "a line end in a text")
		}
		c.inline(n.Children, depth+1)
	}
}
