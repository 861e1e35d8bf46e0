package content

const ellipsis = "…"

// count is the number of nodes in and below n.
func count(n Node) int {
	total := 1
	for _, c := range n.Children {
		total += count(c)
	}
	return total
}

// cutShort leaves so many blocks that the "…" it ends them with still fits into MaxNodes.
func cutShort(blocks []Node) []Node {
	room := MaxNodes - 2
	blocks, _ = cutBlocks(blocks, &room)
	blocks = settleAll(blocks)
	return appendEllipsis(blocks)
}

// cutBlocks keeps what there is room for, and reports whether that is all. Inline nodes are kept whole or not at all: a mention
// of which half is missing would name somebody else.
func cutBlocks(nodes []Node, room *int) (kept []Node, whole bool) {
	for i := range nodes {
		n := &nodes[i]
		if n.Kind < Paragraph || len(n.Children) == 0 {
			size := count(*n)
			if size > *room {
				return nodes[:i], false
			}
			*room -= size
			continue
		}
		*room--
		n.Children, whole = cutBlocks(n.Children, room)
		switch {
		case len(n.Children) == 0:
			return nodes[:i], false
		case !whole:
			return nodes[:i+1], false
		}
	}
	return nodes, true
}

// appendEllipsis ends the text of the last block with "…".
func appendEllipsis(nodes []Node) []Node {
	end := Node{Text: ellipsis}
	if len(nodes) == 0 {
		return []Node{{Kind: Paragraph, Children: []Node{end}}}
	}
	last := &nodes[len(nodes)-1]
	switch last.Kind {
	case CodeBlock:
		last.Text += "\n" + ellipsis
	case Rule:
		return append(nodes, Node{Kind: Paragraph, Children: []Node{end}})
	case Quote, List, ListItem, Fold, Terms, Definition, Table, Row, Cell:
		last.Children = appendEllipsis(last.Children)
	default:
		if inner := &last.Children[len(last.Children)-1]; inner.Kind == Text {
			inner.Text += ellipsis
			break
		}
		last.Children = append(last.Children, end)
	}
	return nodes
}
