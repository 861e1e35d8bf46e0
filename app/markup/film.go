package markup

import (
	"cmp"
	"strconv"

	"vitrine/app/words"
	"vitrine/feeds"
)

// unplayed is a film in a list that doesn't name its files: its picture leads to the post, where it plays.
func (d *Drawing) unplayed(p *feeds.Post, m feeds.Media) []Node {
	return []Node{d.waiting(m, func(children ...Node) Node { return link(d.Links.Post(p), nil, children...) })}
}

// tracks are what is said in a film, in the languages there are.
func (d *Drawing) tracks(f *feeds.Film) []Node {
	if f == nil {
		return nil
	}
	var out []Node
	for _, c := range f.Captions {
		if src := first(c.URL); src != "" && c.Type == "" {
			out = append(out, El("track", At("kind", "captions", "src", src).Filled("srclang", language(c.Language)).Filled("label", CaptionName(d.Words, f, c))))
		}
	}
	return out
}

// filmParts is what the post of a thread shows of its film in addition to the picture, and every post of its sound: how it is played, its
// chapters, its other files, and its server's own player. index is that of the medium, -1 where there is no player for it.
func (d *Drawing) filmParts(r Row, index int, m feeds.Media) []Node {
	if !d.opened(r) && m.Kind != feeds.Audio {
		return nil
	}
	var out []Node
	if index >= 0 && !r.Open.Lost.Has(index) && (r.Open.Stream || Playable(first(m.URL, m.Original))) {
		out = append(out, d.steering(r, index, m))
	}
	if f := m.Film; f != nil {
		out = append(out, d.chapters(r, f), d.transcript(r, f), d.files(m), d.captions(f), d.player(r, f))
	}
	return out
}

// files leads to the same film in its other sizes.
func (d *Drawing) files(m feeds.Media) Node {
	var links []Node
	for _, f := range m.Film.Files {
		src := first(f.URL)
		if src == "" || f.Height == 0 || len(m.Film.Files) < 2 {
			continue
		}
		side := f.Height // the shorter one is what a size is called by
		if f.Width > 0 {
			side = min(side, f.Width)
		}
		label := strconv.Itoa(side) + "p"
		if f.Bytes > 0 {
			label += " (" + d.Words.Bytes(f.Bytes) + ")"
		}
		if len(links) > 0 {
			links = append(links, Text(d.Words.T("list.comma")))
		}
		links = append(links, outside(src, nil, Text(label)))
	}
	if len(links) == 0 {
		return Node{}
	}
	return El("p", At("class", "quiet", "data-part", "sizes"), append([]Node{Text(d.Words.T("media.sizes") + " ")}, links...)...)
}

// captions names the languages of a film's captions, which the player offers.
func (d *Drawing) captions(f *feeds.Film) Node {
	var names []Node
	for i, c := range f.Captions {
		if i > 0 {
			names = append(names, Text(d.Words.T("list.comma")))
		}
		names = append(names, outside(c.URL, nil, Text(CaptionName(d.Words, f, c))))
	}
	if len(names) == 0 {
		return Node{}
	}
	return El("p", At("class", "quiet", "data-part", "captions"), append([]Node{Text(d.Words.T("media.captions") + " ")}, names...)...)
}

// CaptionName is the language of captions in the reader's own, or what their server calls them: where it isn't known, and where several are in
// one language. Without either it is the name of their file.
func CaptionName(w *words.Words, f *feeds.Film, c feeds.Caption) string {
	name := w.LanguageName(language(c.Language))
	same := 0
	for _, other := range f.Captions {
		if w.LanguageName(language(other.Language)) == name {
			same++
		}
	}
	if same > 1 && c.Label != "" || name == c.Language {
		name = ""
	}
	return cmp.Or(name, c.Label, c.Language, fileName(c.URL))
}

// player offers the server's own player, which is never loaded unasked: it may report to others who watches.
func (d *Drawing) player(r Row, f *feeds.Film) Node {
	src := first(f.Player)
	switch {
	case src == "" || !d.Actions:
		return Node{}
	case !r.Open.Player:
		return El("p", At("class", "row-b"), d.button("b plain", "player", At("data-key", string(r.Post.Key)), d.small("play"), Text(d.Words.T("media.player", host(src)))))
	}
	return El("figure", At("class", "media ratio-169"), El("iframe", At("src", src, "title", d.Words.T("media.player", host(src)), "referrerpolicy", "no-referrer",
		"sandbox", "allow-scripts allow-same-origin", "allowfullscreen", "", "loading", "lazy")))
}

// isFilm reports a post that is a film with its description, as video servers have it.
func isFilm(p *feeds.Post) bool {
	return p.Title != "" && len(p.Media) == 1 && p.Media[0].Film != nil
}
