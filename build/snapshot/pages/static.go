package pages

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"vitrine/app/markup"
	"vitrine/build/snapshot/ledger"
)

// staticTree turns what app/markup draws for the app into what stands in a file: icons inline, pictures in two sizes, a still picture
// in the place of an animation for readers who prefer reduced motion, and no handles or attributes that only the app uses.
type staticTree struct {
	icons    icons
	pictures map[string]ledger.Mirrored // by address
	heading  string                     // the element of posts' headlines: "h2" or "h3"
	handles  bool                       // handles are shown
	prefix   string                     // replaces placeholderOrigin
	guest    bool                       // it stands in pages of other sites
}

// placeholderOrigin begins the addresses of mirrored files while posts are drawn, since app/markup takes only absolute addresses of
// pictures. No such host can exist (RFC 2606).
const placeholderOrigin = "https://mirrored.invalid/"

// placeFiles replaces placeholderOrigin in the addresses of mirrored files. It changes a copy, since icons are shared by all feeds,
// which are drawn at the same time.
func (d staticTree) placeFiles(n markup.Node) markup.Node {
	n.Attrs, n.Children = slices.Clone(n.Attrs), slices.Clone(n.Children)
	for i, a := range n.Attrs {
		switch a.Name {
		case "href", "src", "srcset", "poster":
			n.Attrs[i].Value = strings.ReplaceAll(a.Value, placeholderOrigin, d.prefix)
		}
	}
	for i := range n.Children {
		n.Children[i] = d.placeFiles(n.Children[i])
	}
	return n
}

func (d staticTree) adapt(n markup.Node) markup.Node {
	if n.Tag == "" {
		return n
	}
	attrs := make(markup.Attrs, 0, len(n.Attrs))
	for _, a := range n.Attrs {
		if a.Name != "data-key" && a.Name != "tabindex" {
			attrs = append(attrs, a)
		}
	}
	n.Attrs = attrs
	switch {
	case n.Tag == "svg" && len(n.Children) == 1 && n.Children[0].Tag == "use":
		drawing, _ := d.icons.draw(attr(n.Children[0], "href"))
		return drawing
	case n.Tag == "img":
		return d.picture(n)
	case n.Tag == "h2":
		n.Tag = d.heading
	case d.guest && (n.Tag == "video" || n.Tag == "audio") && !strings.HasPrefix(attr(n, "src"), placeholderOrigin):
		return d.player(n)
	}
	children := make([]markup.Node, 0, len(n.Children))
	for _, c := range n.Children {
		if d.handles || !hasClass(c, "handle") {
			children = append(children, d.adapt(c))
		}
	}
	n.Children = children
	return n
}

// player makes a link of a player whose file is on another server: an element for films has no referrer policy of its own (HTML, "The
// video element"), so that in somebody else's page it would tell that server which page that is.
func (d staticTree) player(n markup.Node) markup.Node {
	label := attr(n, "aria-label")
	poster := attr(n, "poster")
	if poster == "" {
		return externalLink(attr(n, "src"), label)
	}
	link := externalLink(attr(n, "src"), "")
	sign, _ := d.icons.draw("#play")
	link.Children = []markup.Node{
		markup.El("img", markup.At("src", poster, "alt", "", "loading", "lazy", "decoding", "async", "referrerpolicy", "no-referrer")),
		markup.El("span", markup.At("class", "playmark"), markup.El("span", markup.At("class", "i", "aria-hidden", "true"), sign)),
		markup.Hidden(label),
	}
	return link
}

// picture gives a mirrored picture its sizes.
func (d staticTree) picture(n markup.Node) markup.Node {
	src := attr(n, "src")
	f, ok := d.pictures[src]
	if !ok || hasClass(n, "emoji") || hasClass(n, "avatar") {
		return n
	}
	folder := strings.TrimSuffix(src, f.Large.Name)
	n.Attrs = slices.DeleteFunc(slices.Clone(n.Attrs), func(a markup.Attr) bool { return a.Name == "width" || a.Name == "height" })
	n.Attrs = append(n.Attrs, markup.At("width", strconv.Itoa(f.Large.Width), "height", strconv.Itoa(f.Large.Height))...)
	if f.Small.Name != f.Large.Name && f.Still == nil {
		set := folder + f.Small.Name + " " + strconv.Itoa(f.Small.Width) + "w, " + src + " " + strconv.Itoa(f.Large.Width) + "w"
		n.Attrs = append(n.Attrs, markup.At("srcset", set, "sizes", "(min-width: 40rem) 36rem, 100vw")...)
	}
	if f.Still == nil {
		return n
	}
	return markup.El("picture", nil,
		markup.El("source", markup.At("media", "(prefers-reduced-motion: reduce)", "srcset", folder+f.Still.Name)), n)
}

func attr(n markup.Node, name string) string {
	for _, a := range n.Attrs {
		if a.Name == name {
			return a.Value
		}
	}
	return ""
}

func hasClass(n markup.Node, class string) bool {
	return slices.Contains(strings.Fields(attr(n, "class")), class)
}

// hosts are those that a browser contacts to show a tree, beside the site's own.
func hosts(n markup.Node, found map[string]bool) {
	for _, a := range n.Attrs {
		switch a.Name {
		case "src", "poster":
			noteHost(a.Value, found)
		case "srcset":
			for one := range strings.SplitSeq(a.Value, ",") {
				address, _, _ := strings.Cut(strings.TrimSpace(one), " ")
				noteHost(address, found)
			}
		}
	}
	for _, c := range n.Children {
		hosts(c, found)
	}
}

func noteHost(address string, found map[string]bool) {
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		found[u.Host] = true
	}
}
