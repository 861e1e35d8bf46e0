package content

import (
	"slices"
	"strconv"
	"strings"
)

// maxPictures is how many pictures are taken from a text.
const maxPictures = 20

// takePicture hands a picture of the text to whoever asked for them, and reports that it needn't be shown in the text. What an author
// folded away stays there.
func (b *builder) takePicture(a attrs) bool {
	if b.options.Pictures == nil || b.options.FilmLinks && a.medium != "" || b.full || slices.ContainsFunc(b.open, func(n Node) bool { return n.Kind == Fold }) {
		return false
	}
	href, ok := SafeMedia(a.src, b.options.BaseURL)
	if !ok {
		return false
	}
	p := Picture{URL: href, Alt: strings.Join(strings.Fields(clean(a.alt)), " "), Width: pixels(a.width), Height: pixels(a.height), Medium: a.medium}
	if p.Poster, _ = SafeMedia(a.poster, b.options.BaseURL); p.Poster == p.URL {
		p.Poster = "" // the film itself is no picture of it
	}
	if p.Width == 1 && p.Height == 1 { // it counts readers
		return true
	}
	found := b.options.Pictures
	if !slices.ContainsFunc(*found, func(q Picture) bool { return q.URL == p.URL }) {
		if len(*found) >= maxPictures {
			return false
		}
		*found = append(*found, p)
	}
	around := b.linkAround()
	return around == "" || around == href // else it is the words of a link to something else
}

// linkAround is the address of the link that is being written, "" outside of one.
func (b *builder) linkAround() string {
	for _, s := range b.scopes {
		if s.mark && s.node.Href != "" {
			return s.node.Href
		}
	}
	return ""
}

// pixels reads a width of HTML, 0 for one in per cent.
func pixels(s string) int {
	n, err := strconv.Atoi(strings.TrimSuffix(s, "px"))
	if err != nil || n < 0 || n > 1<<16 {
		return 0
	}
	return n
}
