package markup

import (
	"net/url"
	"strconv"
	"strings"

	"vitrine/feeds"
	"vitrine/feeds/address"
)

// mosaicked is how many pictures a post shows; the last says how many more there are.
const mosaicked = 4

// media draws what hangs on a post: pictures together, then films, sounds and files, behind a veil where their author asks
// for one.
func (a *article) media() []Node {
	d, r, p := a.Drawing, a.row, a.row.Post
	if len(p.Media) == 0 {
		return nil
	}
	shown := append(d.pictures(r, a.pictured), a.played...)
	// Whoever opened the author's warning has been told what is behind it.
	if !a.sensitive || a.warned && r.Open.Warning == Open {
		return shown
	}
	open := r.Open.Veil.open(d.Settings.ShowSensitive)
	return []Node{El("details", d.folding(r, "veil", open),
		El("summary", At("class", "media"), veil(p.Media, open), El("span", nil, d.icon("eye-off"), Text(d.veilWords(p.Media, open)))),
		El("div", At("class", "inner"), shown...))}
}

// veil is what can be seen of sensitive media before they are shown: colours.
func veil(media []feeds.Media, open bool) Node {
	if open {
		return Node{}
	}
	return blurred(media[0].Blurhash)
}

func (d *Drawing) veilWords(media []feeds.Media, open bool) string {
	key := "media.veil"
	if open {
		key = "media.unveil"
	}
	for _, m := range media {
		if m.Kind != feeds.Image {
			return d.Words.T(key)
		}
	}
	return d.Words.N(key+".pictures", len(media))
}

// pictures draws those pictures of a post: one alone, or the first few in a grid.
func (d *Drawing) pictures(r Row, at []int) []Node {
	switch {
	case len(at) == 0:
		return nil
	case d.Actions && d.Settings.DataSaver && !r.Open.Media:
		return d.unloaded(r, at)
	case len(at) == 1:
		m := r.Post.Media[at[0]]
		figure := El("figure", At("class", "media "+ratio(m)), d.view(r, at[0], 1, len(at), Node{}), d.altButton(r, at[0]))
		return []Node{figure, d.altText(r)}
	}
	most := mosaicked
	if d.Every {
		most = len(at)
	}
	cells := make([]Node, 0, mosaicked)
	for n, i := range at[:min(len(at), most)] {
		more := Node{}
		if n == most-1 && len(at) > most {
			more = El("span", At("class", "alt end"), Text("+"+strconv.Itoa(len(at)-most)), Hidden(" "+d.Words.T("media.more")))
		}
		cells = append(cells, El("div", At("class", "cell"), d.view(r, i, n+1, len(at), more), d.altButton(r, i)))
	}
	return []Node{El("div", At("class", "media grid4 n"+strconv.Itoa(len(cells))), cells...), d.altText(r)}
}

// view is a picture that opens large. Without a program the link leads to its file; in a quote to the quoted post.
func (d *Drawing) view(r Row, index, nth, of int, more Node) Node {
	m := r.Post.Media[index]
	name := Node{} // of the link, where the picture has none
	if m.Alt == "" {
		name = Hidden(d.Words.T("media.picture", strconv.Itoa(nth), strconv.Itoa(of)))
	}
	img, cover := image(m), Node{}
	if d.Actions {
		img.Attrs = Attrs(img.Attrs).Filled("data-blur", m.Blurhash).Filled("data-original", first(m.Original))
		cover = Cover(source(m))
	}
	switch {
	case r.quoted:
		return link(d.Links.Post(r.Post), nil, img, cover, name, more)
	case d.Actions:
		return outside(Full(m), At("data-action", "view", "data-index", strconv.Itoa(index), "data-key", string(r.Post.Key)), img, cover, name, more)
	}
	return outside(Full(m), nil, img, name, more)
}

func image(m feeds.Media) Node {
	attrs := Attrs(nil).Filled("class", focus(m)).When(true, "src", source(m)).When(true, "alt", m.Alt)
	return El("img", append(sized(attrs, m), At("loading", "lazy", "decoding", "async", "referrerpolicy", "no-referrer")...))
}

// mostPixels is the longest side that a picture or film may say it has. Encoders allow no more, and a page that believed a
// billion would be laid out for it.
const mostPixels = 1 << 16

// sized adds a medium's size, where it is one.
func sized(attrs Attrs, m feeds.Media) Attrs {
	if m.Width <= 0 || m.Height <= 0 || m.Width >= mostPixels || m.Height >= mostPixels {
		return attrs
	}
	return append(attrs, At("width", strconv.Itoa(m.Width), "height", strconv.Itoa(m.Height))...)
}

// source is the picture that a post shows.
func source(m feeds.Media) string { return first(m.Preview, m.URL, m.Original) }

// Full is the address of the picture or film that opens large; "" for none that may be fetched.
func Full(m feeds.Media) string { return first(m.URL, m.Original, m.Preview) }

// Moves reports a picture that may be an animation, by the name of its file: nothing else tells before it is here.
func Moves(src string) bool {
	src, _, _ = strings.Cut(src, "?")
	src = strings.ToLower(src)
	return strings.HasSuffix(src, ".gif") || strings.HasSuffix(src, ".apng")
}

// Cover is where a picture that moves is covered by what it begins with, for readers who want no motion (web/js/pictures.js). It is the
// zero Node for one that doesn't move.
func Cover(src string) Node {
	if !Moves(src) {
		return Node{}
	}
	return El("span", At("class", "still"))
}

// first returns the first address of a file that may be fetched.
func first(urls ...string) string {
	for _, u := range urls {
		if u = SafeURL(u); u != "" && !strings.HasPrefix(strings.ToLower(u), "mailto:") {
			return u
		}
	}
	return ""
}

// ratio chooses the shape in which a single picture is shown. The page's Content-Security-Policy allows no style attributes,
// so there is a class for each.
func ratio(m feeds.Media) string {
	if m.Width <= 0 || m.Height <= 0 {
		return "ratio-32"
	}
	switch r := float64(m.Width) / float64(m.Height); {
	case r >= 1.9:
		return "ratio-21"
	case r >= 1.62:
		return "ratio-169"
	case r >= 1.42:
		return "ratio-32"
	case r >= 1.15:
		return "ratio-43"
	case r >= 0.87:
		return "ratio-11"
	}
	return "ratio-34"
}

// focus names the side of a picture that cropping should keep, where its author chose one that is far from the middle.
func focus(m feeds.Media) string {
	const far = 0.35
	var sides []string
	switch {
	case m.FocusY > far:
		sides = append(sides, "top")
	case m.FocusY < -far:
		sides = append(sides, "bottom")
	}
	switch {
	case m.FocusX > far:
		sides = append(sides, "right")
	case m.FocusX < -far:
		sides = append(sides, "left")
	}
	return strings.Join(sides, " ")
}

func (d *Drawing) altButton(r Row, index int) Node {
	if !d.Actions || r.quoted || r.Post.Media[index].Alt == "" {
		return Node{}
	}
	expanded := strconv.FormatBool(r.Open.Alt == index+1)
	return d.button("alt", "alt", At("data-index", strconv.Itoa(index), "data-key", string(r.Post.Key), "aria-expanded", expanded),
		Text(d.Words.T("media.alt")), Hidden(" "+d.Words.T("media.alt.show")))
}

// altText is the description that stands open.
func (d *Drawing) altText(r Row) Node {
	i := r.Open.Alt - 1
	if i < 0 || i >= len(r.Post.Media) || r.Post.Media[i].Alt == "" {
		return Node{}
	}
	return quietParagraph(r.Post.Media[i].Alt)
}

// unloaded stands for pictures that are not fetched unasked; their descriptions are there.
func (d *Drawing) unloaded(r Row, at []int) []Node {
	load := d.button("b", "load", At("data-key", string(r.Post.Key)), d.small("image"), Text(d.Words.N("media.load", len(at))))
	if r.quoted {
		load = link(d.Links.Post(r.Post), At("class", "b"), d.small("image"), Text(d.Words.N("media.pictures", len(at))))
	}
	out := []Node{El("div", At("class", "row-b"), load)}
	for _, i := range at {
		out = append(out, quietParagraph(r.Post.Media[i].Alt))
	}
	return out
}

func (a *article) Picture(index int, m feeds.Media) {
	if source(m) != "" {
		a.pictured = append(a.pictured, index)
		return
	}
	a.played = append(a.played, a.fileless(a.row, m)...)
}

func (a *article) Film(index int, m feeds.Media) {
	d, r, src := a.Drawing, a.row, first(m.URL, m.Original)
	if f := m.Film; f != nil {
		a.played = append(a.played, d.live(f))
	}
	switch {
	case src == "":
		a.played = append(a.played, d.fileless(r, m)...)
		return
	case r.Open.Lost.Has(index):
		a.played = append(a.played, d.unplayable(r.Post, m, src)...)
	case Playable(src):
		a.played = append(a.played, d.film(r, index, m, src))
	case !d.Actions || r.quoted:
		a.played = append(a.played, d.elsewhere(r.Post, m)...)
	case r.Open.Stream:
		a.played = append(a.played, d.stream(r, index, m, src))
	default:
		a.played = append(a.played, d.unstarted(r.Post, index, m))
	}
	a.played = append(a.played, d.filmParts(r, index, m)...)
}

func (a *article) Sound(index int, m feeds.Media) {
	d, r, src := a.Drawing, a.row, first(m.URL, m.Original)
	if f := m.Film; f != nil {
		a.played = append(a.played, d.live(f))
	}
	switch {
	case src == "":
		a.played = append(a.played, d.fileless(r, m)...)
		return
	case r.Open.Lost.Has(index):
		a.played = append(a.played, d.unplayable(r.Post, m, src)...)
	default:
		a.played = append(a.played, d.sound(index, m, src)...)
	}
	a.played = append(a.played, d.filmParts(r, index, m)...)
}

func (a *article) File(_ int, m feeds.Media) {
	src := first(m.URL, m.Original)
	if src == "" {
		a.played = append(a.played, a.fileless(a.row, m)...)
		return
	}
	a.played = append(a.played, a.file(src), quietParagraph(m.Alt))
}

// file leads to a file.
func (d *Drawing) file(src string) Node {
	label := d.Words.T("media.file", host(src))
	if name := fileName(src); name != "" {
		label += ": " + name
	}
	return El("p", At("class", "file"), d.small("link"), outside(src, nil, Text(label)))
}

// fileless draws what has no file to be shown here.
func (d *Drawing) fileless(r Row, m feeds.Media) []Node {
	if r.Post.Partial && r.Place.Kind != Focused {
		return d.unplayed(r.Post, m)
	}
	return append(d.elsewhere(r.Post, m), d.filmParts(r, -1, m)...)
}

// fileName is the last part of an address's path: the name that a file has there.
func fileName(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Path[strings.LastIndexByte(u.Path, '/')+1:]
}

// quietParagraph is what an author wrote beside a medium; nothing for "".
func quietParagraph(s string) Node {
	if s == "" {
		return Node{}
	}
	return El("p", At("class", "quiet", "dir", "auto"), Text(s))
}

// elsewhere leads to what can't be shown or played here, at the post's own page. Its author's description needs no file.
func (d *Drawing) elsewhere(p *feeds.Post, m feeds.Media) []Node {
	page := first(p.URL, m.URL, m.Original)
	preview := first(m.Preview)
	if page == "" {
		return []Node{El("p", At("class", "quiet"), Text(d.Words.T("media.waiting"))), quietParagraph(m.Alt)}
	}
	sign, label, length := "link", d.Words.T("media.watch", host(page)), Node{}
	switch m.Kind {
	case feeds.Image:
		sign, label = "image", d.Words.T("media.image")
	case feeds.Audio:
		sign, label = "sound", d.Words.T("media.audio")
	case feeds.UnknownMedia:
		label = d.Words.T("media.file", host(page))
	}
	if preview == "" || d.Settings.DataSaver {
		if m.Alt != "" {
			label += ": " + m.Alt
		}
		return []Node{El("p", At("class", "file", "dir", "auto"), d.small(sign), outside(page, nil, Text(label)))}
	}
	if m.Duration > 0 {
		label += d.Words.T("list.comma") + d.Words.SpokenDuration(m.Duration)
		length = El("span", At("class", "alt end", "aria-hidden", "true"), Text(d.Words.Duration(m.Duration)))
	}
	still := m
	still.URL, still.Original = "", ""
	return []Node{
		El("figure", At("class", "media ratio-169"),
			outside(page, nil, image(still), El("span", At("class", "playmark"), d.icon("play")), Hidden(label)), length),
	}
}

// name says what a player plays.
func (d *Drawing) name(m feeds.Media, otherwise string) string {
	if m.Alt != "" {
		return m.Alt
	}
	return d.Words.T(otherwise)
}

// host is the server of an address, as people know it; "" for an address of our own.
func host(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return ""
	}
	return address.ShowHost(strings.TrimPrefix(u.Host, "www."))
}
