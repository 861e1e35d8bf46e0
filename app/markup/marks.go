package markup

// marked is what a post says with the words marked that are looked for.
func (a *article) marked(n Node) Node {
	if a.row.Marks == nil {
		return n
	}
	return a.mark(n)
}

// mark marks words in the texts of a tree. Ours are left as they are, and what has no words.
func (a *article) mark(n Node) Node {
	switch n.Tag {
	case "button", "time", "svg", "video", "audio", "rp", "progress", "mark":
		return n
	}
	for _, at := range n.Attrs {
		if at.Name == "class" && (at.Value == "vh" || at.Value == "do" || at.Value == "ctx") {
			return n
		}
	}
	kids := make([]Node, 0, len(n.Children))
	for _, k := range n.Children {
		if k.Tag != "" {
			kids = append(kids, a.mark(k))
			continue
		}
		at := 0
		for _, s := range a.row.Marks.Marks(k.Text) {
			if s.From > at {
				kids = append(kids, Text(k.Text[at:s.From]))
			}
			kids = append(kids, El("mark", nil, Text(k.Text[s.From:s.To])))
			at = s.To
		}
		if at == 0 {
			kids = append(kids, k)
		} else if at < len(k.Text) {
			kids = append(kids, Text(k.Text[at:]))
		}
	}
	n.Children = kids
	return n
}
