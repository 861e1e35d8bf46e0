package mirror

import (
	"vitrine/build/snapshot/ledger"
	"vitrine/feeds"
)

// Mode is where the files of posts are loaded from.
type Mode string

// The modes of a feed's `media`.
const (
	Mirrored Mode = "mirror" // from the site
	Linked   Mode = "link"   // from their servers
	None     Mode = "none"   // not at all
)

// Rewriter puts the site's files in the place of foreign ones.
type Rewriter struct {
	Mode   Mode
	Files  map[string]ledger.Mirrored
	Prefix string // of the feed's folder where the page stands elsewhere: "" or "/feeds/town/"
}

// Post returns a post that loads nothing but what the mode allows.
func (r Rewriter) Post(p *feeds.Post) *feeds.Post {
	q := r.walk().post(p)
	r.measure(q)
	return q
}

// measure gives pictures the sizes that they have now.
func (r Rewriter) measure(p *feeds.Post) {
	if p == nil || r.Mode != Mirrored {
		return
	}
	sizes := r.Pictures()
	for i := range p.Media {
		if f, ok := sizes[p.Media[i].URL]; ok && p.Media[i].Kind == feeds.Image {
			p.Media[i].Width, p.Media[i].Height = f.Large.Width, f.Large.Height
		}
	}
	if p.Quote != nil {
		r.measure(p.Quote.Post)
	}
}

// Author returns an author whose pictures are what the mode allows.
func (r Rewriter) Author(a *feeds.Author) *feeds.Author { return r.walk().author(a) }

func (r Rewriter) walk() walker {
	return func(url string, u use) string {
		switch r.Mode {
		case Linked:
			return url
		case Mirrored:
			f := r.Files[url]
			switch {
			case f.Failed != "" || f.Large.Name == "":
				return ""
			case u == asThumb:
				return r.Prefix + f.Small.Name
			}
			return r.Prefix + f.Large.Name
		}
		return ""
	}
}

// Pictures returns the mirrored pictures by the address that Post gives them.
func (r Rewriter) Pictures() map[string]ledger.Mirrored {
	out := make(map[string]ledger.Mirrored, len(r.Files))
	for _, f := range r.Files {
		if f.Large.Width > 0 {
			out[r.Prefix+f.Large.Name] = f
		}
	}
	return out
}
