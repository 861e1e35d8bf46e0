package markup

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"vitrine/feeds/content"
)

// NoteIDs is how the ids begin of footnotes and of the places that lead to them.
const NoteIDs = "f"

// footnotes lead from the words of a text to its notes and back: in the app by moving the focus, since an address with a place in it would be
// another view, in files by links within the page.
type footnotes struct {
	prefix string         // of ids
	refs   map[string]int // numbers of notes, by the address of what leads to them
	back   map[string]int // the same by the address of what leads back from them
	marked map[int]bool   // notes to which a place leads back already
}

// footnotesOf finds the notes of a text: a list at its end, each of whose items has an arrow that leads back to the page, as many as there are marks
// in the words that lead to the page. nil: there are none, or it can't be told which is which.
func footnotesOf(blocks []content.Node, prefix string) *footnotes {
	f := &footnotes{prefix: prefix, refs: map[string]int{}, back: map[string]int{}, marked: map[int]bool{}}
	f.find(blocks)
	if len(f.refs) == 0 || len(f.refs) != len(f.back) {
		return nil
	}
	return f
}

// noted is how a text is drawn whose footnotes lead to each other; id makes their ids.
func (d *Drawing) noted(blocks []content.Node, id string) *Drawing {
	own := *d
	own.footnotes = nil
	if d.Actions || d.Whole {
		own.footnotes = footnotesOf(blocks, NoteIDs+id+"-")
	}
	return &own
}

func (f *footnotes) find(nodes []content.Node) {
	for _, n := range nodes {
		if href := backOf(n); href != "" {
			if _, ok := f.back[href]; !ok {
				f.back[href] = len(f.back)
			}
			continue
		}
		if isRef(n) {
			if _, ok := f.refs[n.Href]; !ok {
				f.refs[n.Href] = len(f.refs)
			}
		}
		f.find(n.Children)
	}
}

// backOf is the address of the arrow at the end of a note, "" for what is no note.
func backOf(n content.Node) string {
	if n.Kind != content.ListItem {
		return ""
	}
	return arrowIn(n.Children)
}

func arrowIn(nodes []content.Node) string {
	for _, n := range nodes {
		if isArrow(n) {
			return n.Href
		}
		if href := arrowIn(n.Children); href != "" {
			return href
		}
	}
	return ""
}

func isArrow(n content.Node) bool {
	const variation = "\ufe0e\ufe0f " // how a sign is drawn
	return inPage(n) && slices.Contains([]string{"↩", "↑", "^", "↵", "⏎", "⤴", "↥"}, strings.Trim(content.InlineText(n.Children), variation))
}

// isRef reports the mark of a footnote: a number of up to three digits, perhaps in brackets, or a sign.
func isRef(n content.Node) bool {
	if !inPage(n) {
		return false
	}
	mark := strings.Trim(content.InlineText(n.Children), "[]() ")
	if strings.Trim(mark, "0123456789") == "" {
		return mark != "" && len(mark) <= 3
	}
	return utf8.RuneCountInString(mark) == 1 && strings.Contains("*†‡§", mark)
}

func inPage(n content.Node) bool { return n.Kind == content.Link && strings.Contains(n.Href, "#") }

// link draws what leads to a note or back from it.
func (f *footnotes) link(d *Drawing, n content.Node) (Node, bool) {
	if f == nil {
		return Node{}, false
	}
	if note, ok := f.refs[n.Href]; ok && isRef(n) {
		attrs := At("aria-label", d.Words.T("post.note", strings.Trim(content.InlineText(n.Children), "[]() ")))
		if !f.marked[note] {
			f.marked[note] = true
			attrs = append(attrs, Attr{"id", f.id("r", note)})
		}
		return d.toPlace(f.id("n", note), attrs, d.inline(n.Children)), true
	}
	if note, ok := f.back[n.Href]; ok && isArrow(n) {
		return d.toPlace(f.id("r", note), At("aria-label", d.Words.T("post.note.back")), d.inline(n.Children)), true
	}
	return Node{}, false
}

// toPlace makes what leads to an element of the same page.
func (d *Drawing) toPlace(id string, attrs Attrs, children []Node) Node {
	if d.Actions {
		return d.button("b plain", "heading", append(At("data-part", id), attrs...), children...)
	}
	return El("a", append(At("href", "#"+id), attrs...), children...)
}

// note makes an item of a list a place to which the focus goes.
func (f *footnotes) note(n content.Node, drawn Node) Node {
	if f == nil {
		return drawn
	}
	if note, ok := f.back[backOf(n)]; ok {
		drawn.Attrs = append(drawn.Attrs, At("id", f.id("n", note), "tabindex", "-1")...)
	}
	return drawn
}

func (f *footnotes) id(kind string, note int) string { return f.prefix + kind + strconv.Itoa(note) }
