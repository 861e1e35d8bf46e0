package pages

import (
	"hash/fnv"
	"slices"
	"strconv"
	"strings"
	"time"

	"vitrine/app/markup"
	"vitrine/app/settings"
	"vitrine/app/words"
	"vitrine/build/snapshot/ledger"
	"vitrine/build/snapshot/mirror"
	"vitrine/feeds"
	"vitrine/feeds/address"
)

// postList is one list of posts as it stands in a file.
type postList struct {
	posts   []ledger.Item
	title   string
	prefix  string // of the feed's folder where the list stands elsewhere: "" or "/feeds/town/"
	level   int    // of the list's heading: 1 where it is the page's, 2 where it stands in another's page
	home    bool   // it is a page of the feed itself: posts have permanent links, and there is no link to the whole
	anchors bool   // posts can be linked to
	guest   bool   // it stands in pages of other sites
}

// section draws a list of posts with its head and foot, as look/embed.html has it.
func (s *Site) section(f *Feed, w *words.Words, list postList) markup.Node {
	id := "v-" + f.Name
	head := []markup.Node{markup.El("h"+strconv.Itoa(list.level), markup.At("id", id, "dir", "auto"), markup.Text(list.title))}
	for _, src := range f.sources() {
		if label := handle(src.Author); label != "" {
			head = append(head, externalLink(src.Home, label))
		}
	}
	posts := make([]markup.Node, 0, len(list.posts))
	draw := s.drawing(f, w, list)
	for i, k := range list.posts {
		posts = append(posts, draw(k, i))
	}
	if len(posts) == 0 {
		posts = append(posts, markup.El("p", markup.At("class", "quiet v-empty"), markup.Text(w.T("static.empty"))))
	}
	body := markup.El("div", markup.At("role", "feed", "aria-label", list.title, "aria-busy", "false"), posts...)
	if len(list.posts) == 0 {
		body = markup.El("div", nil, posts...)
	}
	return markup.El("section", markup.At("class", "vitrine", "lang", w.Lang(), "dir", words.Direction(w.Lang()), "aria-labelledby", id),
		markup.El("header", markup.At("class", "v-head"), head...), body, s.foot(f, w, list))
}

// foot says how old the copy is, and where there is more.
func (s *Site) foot(f *Feed, w *words.Words, list postList) markup.Node {
	var parts []markup.Node
	if at := f.Ledger.Changed; !at.IsZero() {
		before, after, _ := strings.Cut(w.T("static.asOf"), "{0}")
		stamp := at.UTC().Format(time.RFC3339)
		parts = append(parts, markup.El("span", markup.At("data-asof", stamp), markup.Text(before),
			markup.El("time", markup.At("datetime", stamp), markup.Text(w.Moment(at, time.Time{}, s.local))), markup.Text(after)))
	}
	if !list.home {
		parts = append(parts, newTabLink(list.prefix+"index.html", w.T("static.all")))
	}
	parts = append(parts, newTabLink(list.prefix+"feed.atom", w.T("static.follow")))
	return markup.El("footer", markup.At("class", "v-foot"), parts...)
}

// drawing returns what draws a post of a list.
func (s *Site) drawing(f *Feed, w *words.Words, list postList) func(ledger.Item, int) markup.Node {
	d := &markup.Drawing{
		Words: w, Local: s.local, Links: markup.Origins{}, Whole: true,
		Settings: settings.Settings{HideCounts: true, OpenWarnings: f.Warnings == "show"},
	}
	rewrite := mirror.Rewriter{Mode: mirror.Mode(f.Media), Files: f.Ledger.Files, Prefix: placeholderOrigin}
	static := staticTree{icons: s.icons, pictures: rewrite.Pictures(), heading: "h" + strconv.Itoa(list.level+1), prefix: list.prefix, guest: list.guest}
	return func(k ledger.Item, at int) markup.Node {
		entry := k.Entry
		entry.BoostedBy = rewrite.Author(entry.BoostedBy)
		n := static.placeFiles(static.adapt(markup.Article(d, markup.Row{Post: rewrite.Post(k.Post), Entry: entry})))
		n.Attrs = append(n.Attrs, markup.At("role", "article", "aria-posinset", strconv.Itoa(at+1), "aria-setsize", strconv.Itoa(len(list.posts)))...)
		if !k.Deleted.IsZero() {
			mark := markup.El("p", markup.At("class", "ctx v-gone"), markup.El("span", nil, markup.Text(w.T("static.deleted", w.Moment(k.Deleted, time.Time{}, s.local)))))
			n.Children = slices.Insert(n.Children, 0, mark)
		}
		if list.anchors {
			n.Attrs = append(n.Attrs, markup.Attr{Name: "id", Value: anchor(k.Post.Key)})
		}
		if list.home {
			n.Children = append(n.Children, s.postLinks(k, w))
		}
		return n
	}
}

// postLinks are the links to a post's permanent place here and to its original.
func (s *Site) postLinks(k ledger.Item, w *words.Words) markup.Node {
	links := []markup.Node{markup.El("a", markup.At("href", s.permalink(k)), markup.Text(w.T("static.permalink")))}
	if href := (markup.Origins{}).Post(k.Post); href != "" && k.Deleted.IsZero() {
		links = append(links, externalLink(href, w.T("static.original", k.Post.Author.Domain)))
	}
	return markup.El("p", markup.At("class", "v-ways"), links...)
}

// permalink is a post's permanent address in the feed's folder: its place in the pages of its year.
func (s *Site) permalink(k ledger.Item) string { return s.yearFile(k) + "#" + anchor(k.Post.Key) }

func (s *Site) yearFile(k ledger.Item) string { return strconv.Itoa(s.year(k)) + ".html" }

func (s *Site) year(k ledger.Item) int { return s.local(k.Entry.At).Year() }

// anchor is a post's name in a page.
func anchor(key feeds.Key) string {
	h := fnv.New64a()
	h.Write([]byte(key))
	return "p" + strconv.FormatUint(h.Sum64(), 36)
}

// externalLink is a link to another site. newTabLink is a link to a page of this site, which must not replace the page that embeds the feed.
func externalLink(href, label string) markup.Node {
	if markup.SafeURL(href) == "" {
		return markup.El("span", nil, markup.Text(label))
	}
	return markup.El("a", markup.At("href", href, "target", "_blank", "rel", "nofollow noopener noreferrer"), markup.Text(label))
}

func newTabLink(href, label string) markup.Node {
	return markup.El("a", markup.At("href", href, "target", "_blank", "rel", "noopener"), markup.Text(label))
}

// sources are the feed's in the order in which they are configured, as far as they were ever read.
func (f *Feed) sources() []ledger.Source {
	var out []ledger.Source
	for _, address := range f.Addresses {
		if src, ok := f.Ledger.Sources[address]; ok {
			out = append(out, src)
		}
	}
	return out
}

// handle is how an account is written; "" for what is none, as a web feed's publisher whose name is no handle.
func handle(a *feeds.Author) string {
	switch {
	case a == nil || a.User == "":
		return ""
	case a.Community:
		return "!" + address.Show(a.Handle())
	}
	return "@" + address.Show(a.Handle())
}

// title is what the feed is called.
func (f *Feed) title() string {
	if f.Title != "" {
		return f.Title
	}
	for _, src := range f.sources() {
		if src.Title != "" {
			return src.Title
		}
	}
	return f.Name
}
