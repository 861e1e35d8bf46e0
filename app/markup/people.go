package markup

import (
	"strings"

	"vitrine/feeds"
	"vitrine/feeds/address"
	"vitrine/feeds/content"
)

// AuthorLine draws a person as a row that leads to their profile.
func AuthorLine(d *Drawing, a *feeds.Author) Node {
	face := Sign(d.Icons, "person", "i")
	if src := portrait(a); src != "" {
		face = picture(src, "p", lineSize)
	}
	return link(d.Links.Profile(a), At("class", "line"), face,
		El("span", nil, El("b", nil, El("bdi", nil, d.named(a.DisplayName(), a.Emoji)...)), El("bdi", At("class", "quiet"), Text(sign(a)+address.Show(a.Handle())))))
}

// ProfileHead draws what stands above a profile's posts. More buttons may be handed in.
func ProfileHead(d *Drawing, a *feeds.Author, buttons ...Node) Node {
	face := Sign(d.Icons, "person", "face")
	if src := portrait(a); src != "" {
		class := "face"
		if a.Group {
			class = "face sq"
		}
		face = picture(src, class, faceSize)
	}
	title := append(d.named(a.DisplayName(), a.Emoji), d.authorBadges(a)...)
	head := El("header", At("class", "head"),
		El("div", At("class", "top"), face, El("div", At("class", "row-b"), buttons...)),
		El("div", nil, El("h1", At("dir", "auto"), title...), handle(a)),
		d.bio(a), d.fields(a), d.counts(a))
	return El("div", nil, d.banner(first(a.HeaderSt, a.Header)), head)
}

func (d *Drawing) authorBadges(a *feeds.Author) []Node {
	badges := d.badges(Row{Post: &feeds.Post{Author: a}})
	if len(badges) == 0 {
		return nil
	}
	return append([]Node{Text(" ")}, badges...)
}

// banner is the wide picture above a head. Without one its place stays, as the head is laid over it.
func (d *Drawing) banner(src string) Node {
	if src == "" || d.Settings.DataSaver {
		return El("div", At("class", "banner"))
	}
	return El("div", At("class", "banner"), El("img", At("src", src, "alt", "", "width", "1500", "height", "500", "decoding", "async", "referrerpolicy", "no-referrer")))
}

func (d *Drawing) bio(a *feeds.Author) Node {
	if len(a.Bio.Blocks) == 0 {
		return Node{}
	}
	return Bio(d, a.Bio)
}

// fields is an author's own table, and when they joined.
func (d *Drawing) fields(a *feeds.Author) Node {
	var rows []Node
	for _, f := range a.Fields {
		rows = append(rows, d.field(f, a.Emoji))
	}
	if !a.Joined.IsZero() { // a day without a time zone: converting it could move it into another month
		rows = append(rows, El("div", nil, El("dt", nil, Text(d.Words.T("head.joined"))), El("dd", nil, Text(d.Words.MonthYear(a.Joined.UTC())))))
	}
	if len(rows) == 0 {
		return Node{}
	}
	return El("dl", At("class", "fields"), rows...)
}

func (d *Drawing) field(f feeds.Field, emoji []content.CustomEmoji) Node {
	value := El("span", At("dir", "auto"), d.flat(f.Value)...)
	name := El("dt", At("dir", "auto"), d.named(f.Name, emoji)...)
	if f.Verified.IsZero() {
		return El("div", nil, name, El("dd", nil, value))
	}
	return El("div", nil, name, El("dd", At("class", "ok"), d.small("check"), value, Hidden(" "+d.Words.T("head.verified"))))
}

func (d *Drawing) counts(a *feeds.Author) Node {
	var items []Node
	for _, c := range []struct {
		key string
		n   int
	}{{"head.posts", a.Counts.Posts}, {"head.followers", a.Counts.Followers}, {"head.following", a.Counts.Following}} {
		if c.n >= 0 {
			items = append(items, El("span", nil, El("b", nil, Text(d.Words.Number(c.n))), Text(" "+d.Words.N(c.key, c.n))))
		}
	}
	if len(items) == 0 {
		return Node{}
	}
	return El("p", At("class", "counts"), items...)
}

// mostOfBio is how many characters of what somebody says of themselves stand in a row.
const mostOfBio = 140

// AuthorEntry draws a person, community or channel of a list as AuthorLine does, with what they say of themselves in a line and their figures.
func AuthorEntry(d *Drawing, a *feeds.Author) Node {
	row := AuthorLine(d, a)
	about := &row.Children[1]
	if line := firstLine(content.PlainText(a.Bio)); line != "" {
		about.Children = append(about.Children, El("span", At("class", "says", "dir", "auto"), Text(line)))
	}
	if n := d.counts(a); n.Tag != "" {
		n.Tag = "span"
		about.Children = append(about.Children, n)
	}
	return row
}

// firstLine is the first line of a text that has anything in it, cut where it is long.
func firstLine(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	n := 0
	for i := range line {
		if n++; n > mostOfBio {
			return strings.TrimSpace(line[:i]) + "…"
		}
	}
	return line
}
