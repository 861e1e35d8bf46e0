package markup

import (
	"strconv"
	"strings"

	"vitrine/feeds/content"
)

const (
	// mostTags is how many hashtags a text may end with before they are folded into one line.
	mostTags = 4
	// tagsNamed is how many of those that are folded are named.
	tagsNamed = 3
	// leastHeadings is how many headings a long text has that begins with its contents.
	leastHeadings = 3
	// mostOpen is how many headings may stand between a title and its text.
	mostOpen = 12
)

// pile parts a text from the hashtags that it ends with, where there are many of them in lines of their own or in a row behind its last words.
// The text is never changed.
func pile(blocks []content.Node) (rest, tags []content.Node) {
	rest = blocks
	for i := len(blocks) - 1; i >= 0 && blocks[i].Kind == content.Paragraph; i-- {
		inline := blocks[i].Children
		cut := tagsAt(inline)
		row := fromTag(inline[cut:])
		if len(row) == 0 {
			break
		}
		if len(tags) > 0 {
			row = append(row[:len(row):len(row)], content.Node{Text: " "})
		}
		tags, rest = append(row[:len(row):len(row)], tags...), blocks[:i:i]
		if cut > 0 {
			last := blocks[i]
			last.Children = inline[:cut]
			rest = append(rest, last)
			break
		}
	}
	if countTags(tags) <= mostTags {
		return blocks, nil
	}
	return rest, tags
}

// tagsAt says where in a paragraph's text the hashtags begin that it ends with. Behind words on the same line the first one stays, as it may be
// the end of their sentence.
func tagsAt(inline []content.Node) int {
	for cut := len(inline); cut > 0; cut-- {
		n := inline[cut-1]
		if n.Kind != content.Hashtag && n.Kind != content.Break && (n.Kind != content.Text || strings.Trim(n.Text, " \t\n\u00a0,;|·•") != "") {
			return firstOfLine(inline, cut)
		}
	}
	return 0
}

// firstOfLine moves a cut behind words to the end of their line, or else behind the first hashtag after them.
func firstOfLine(inline []content.Node, cut int) int {
	for at := cut; at < len(inline); at++ {
		switch inline[at].Kind {
		case content.Break:
			return at
		case content.Hashtag:
			return at + 1
		}
	}
	return len(inline)
}

func countTags(inline []content.Node) int {
	n := 0
	for _, i := range inline {
		if i.Kind == content.Hashtag {
			n++
		}
	}
	return n
}

// tags folds the hashtags at the end of a text into one line, which names the first ones.
func (d *Drawing) tags(inline []content.Node) Node {
	var named []string
	for _, n := range inline {
		if n.Kind == content.Hashtag && len(named) < tagsNamed {
			named = append(named, "#"+strings.TrimPrefix(content.InlineText(n.Children), "#"))
		}
	}
	label := d.Words.N("post.tags", countTags(inline)-len(named), strings.Join(named, " "))
	return El("details", At("class", "fold tags"), El("summary", nil, Text(label)), El("p", At("dir", "auto"), d.words(inline)...))
}

// fromTag leaves out what stands before the first hashtag.
func fromTag(inline []content.Node) []content.Node {
	for len(inline) > 0 && inline[0].Kind != content.Hashtag {
		inline = inline[1:]
	}
	return inline
}

// listed is a heading of a text's contents.
type listed struct {
	title string
	step  int // how deep it stands below the text's first headings, from 0
}

// heading lists a heading, so that the contents lead to it.
func (o *outline) heading(n content.Node, drawn Node) Node {
	if o.id == "" {
		return drawn
	}
	drawn.Attrs = append(drawn.Attrs, At("id", o.id+strconv.Itoa(len(o.headings)), "tabindex", "-1")...)
	o.headings = append(o.headings, listed{content.InlineText(n.Children), len(o.open) - 1})
	return drawn
}

// contents lists the headings of a text; each leads to its place.
func (d *Drawing) contents(o *outline) Node {
	list := El("ul", nil)
	for i, h := range o.headings {
		list.Children = append(list.Children, El("li", At("class", "s"+strconv.Itoa(min(h.step, MaxStep))),
			d.button("b plain", "heading", At("data-part", o.id+strconv.Itoa(i), "dir", "auto"), Text(h.title))))
	}
	title := d.Words.T("post.contents")
	attrs := At("class", "fold contents").When(len(o.headings) <= mostOpen, "open", "")
	return El("nav", At("aria-label", title), El("details", attrs, El("summary", nil, Text(title)), list))
}
