package content

import "strings"

// emojiSet finds a text's custom emoji by their shortcode.
type emojiSet struct {
	list  []CustomEmoji
	base  string
	nodes map[string]Node // made when first asked: most texts have none
}

// find returns the node that draws a shortcode; false when the server named none, or its picture has no safe address.
func (s *emojiSet) find(shortcode string) (Node, bool) {
	if len(s.list) == 0 {
		return Node{}, false
	}
	if s.nodes == nil {
		s.nodes = make(map[string]Node, len(s.list))
		for _, e := range s.list {
			s.add(e)
		}
	}
	n, ok := s.nodes[shortcode]
	return n, ok
}

func (s *emojiSet) add(e CustomEmoji) {
	picture, ok := SafeMedia(e.URL, s.base)
	if _, twice := s.nodes[e.Shortcode]; twice || !ok || e.Shortcode == "" {
		return
	}
	still, _ := SafeMedia(e.Static, s.base)
	s.nodes[e.Shortcode] = Node{Kind: Emoji, Name: e.Shortcode, Href: picture, Static: still}
}

// expand replaces the shortcodes in all texts below by their pictures. A link whose text is an address keeps it as it is.
func (s *emojiSet) expand(nodes []Node) []Node {
	if len(s.list) == 0 {
		return nodes
	}
	var out []Node
	for i, n := range nodes {
		if n.Kind == Text && strings.Count(n.Text, ":") > 1 {
			if parts := s.split(n.Text); parts != nil {
				if out == nil {
					out = append(make([]Node, 0, len(nodes)+len(parts)), nodes[:i]...)
				}
				out = append(out, parts...)
				continue
			}
		}
		if len(n.Children) > 0 && !isAddress(n) {
			n.Children = s.expand(n.Children)
			nodes[i] = n
		}
		if out != nil {
			out = append(out, n)
		}
	}
	if out == nil {
		return nodes
	}
	return out
}

func isAddress(n Node) bool {
	if !isLink(n.Kind) {
		return false
	}
	text := textOf(n.Children)
	return strings.HasPrefix(text, "https://") || strings.HasPrefix(text, "http://")
}

// split cuts a text at its shortcodes; nil when it has none that is known. They may touch: ":one::two:".
func (s *emojiSet) split(text string) []Node {
	var parts []Node
	done := 0 // what lies before it is in parts
	for at := strings.IndexByte(text, ':'); at >= 0; {
		length := strings.IndexByte(text[at+1:], ':')
		if length < 0 {
			break
		}
		next := at + 1 + length
		if length > 0 && length <= maxShortcode {
			if n, ok := s.find(text[at+1 : next]); ok {
				if done < at {
					parts = append(parts, Node{Text: text[done:at]})
				}
				parts = append(parts, n)
				done = next + 1
				next = strings.IndexByte(text[done:], ':')
				if next < 0 {
					break
				}
				next += done
			}
		}
		at = next
	}
	if parts != nil && done < len(text) {
		parts = append(parts, Node{Text: text[done:]})
	}
	return parts
}
