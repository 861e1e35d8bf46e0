package syndication

import (
	"cmp"
	"strconv"
	"strings"

	"vitrine/feeds"
)

// maxFiles is how many files of an item are read: Mastodon has up to 16, a film some ten in several sizes.
const maxFiles = 100

// minThumbnail is how wide a picture is that stands for an item; the smaller ones are of its author, or icons.
const minThumbnail = 64

// add keeps a file. One that is named twice (an enclosure that is media:content too) is one.
func (r *itemReader) add(f *file) {
	if f.url == "" || len(r.files) >= maxFiles {
		return
	}
	for _, old := range r.files {
		if old.url == f.url {
			old.mime, old.medium = cmp.Or(old.mime, f.mime), cmp.Or(old.medium, f.medium)
			old.alt, old.preview, old.player = cmp.Or(old.alt, f.alt), cmp.Or(old.preview, f.preview), cmp.Or(old.player, f.player)
			old.width, old.height = cmp.Or(old.width, f.width), cmp.Or(old.height, f.height)
			old.bytes, old.length, old.group = cmp.Or(old.bytes, f.bytes), cmp.Or(old.length, f.length), cmp.Or(old.group, f.group)
			old.first, old.enclosed = old.first || f.first, old.enclosed || f.enclosed
			return
		}
	}
	r.files = append(r.files, f)
}

// readMedia reads a file of a group (0 for none), or what is said of the item's files.
func (r *itemReader) readMedia(e *element, group int) {
	switch e.name {
	case "enclosure":
		r.add(&file{url: r.address(e, "url"), mime: e.attr("type"), bytes: size(e, "length"), enclosed: true})
	case "media:group":
		r.groups++
		r.readGroup(e, r.groups)
	case "media:content":
		r.readContent(e, &file{group: group})
	case "media:thumbnail":
		if w := size(e, "width"); w == 0 || w >= minThumbnail {
			r.picture(r.address(e, "url"))
		}
	case "itunes:image", "googleplay:image", "image":
		r.picture(cmp.Or(r.address(e, "href"), r.address(e, "url"), r.resolve(e, e.child("url").words())))
	case "podcast:images", "podcast:image":
		r.picture(r.resolve(e, cmp.Or(largest(e.attr("srcset")), e.attr("href"))))
	case "media:rating":
		r.rate(e)
	case "media:adult":
		r.readAdult(e)
	case "podcast:transcript":
		if len(r.captions) < maxFiles {
			r.captions = append(r.captions, caption{r.address(e, "url"), strings.ToLower(e.attr("type")), e.attr("language")})
		}
	case "podcast:chapters":
		r.index = cmp.Or(r.index, r.address(e, "url"))
	case "podcast:alternateenclosure":
		for _, source := range e.children {
			if source.name == "podcast:source" {
				r.add(&file{url: r.address(source, "uri"), mime: e.attr("type"), bytes: size(e, "length"), height: int(size(e, "height")), group: -1})
			}
		}
	case "psc:chapters":
		r.readChapters(e)
	}
}

// address is a checked address that an attribute has; "" for none.
func (r *itemReader) address(e *element, attr string) string { return r.resolve(e, e.attr(attr)) }

func (r *itemReader) resolve(e *element, raw string) string {
	return resolved(raw, cmp.Or(e.base, r.base))
}

func (r *itemReader) picture(url string) {
	if url != "" && len(r.pictures) < maxFiles {
		r.pictures = append(r.pictures, url)
	}
}

// about reads what stands beside or in a file: its description, its preview, its player.
func (r *itemReader) about(e *element, f *file) {
	for _, part := range e.children {
		switch part.name {
		case "media:description":
			f.alt = cmp.Or(f.alt, construct(part).line())
		case "media:thumbnail":
			f.preview = cmp.Or(f.preview, r.address(part, "url"))
		case "media:player", "media:embed":
			f.player = cmp.Or(f.player, r.address(part, "url"))
		case "media:rating":
			r.rate(part)
		case "media:adult":
			r.readAdult(part)
		}
	}
}

func (r *itemReader) readGroup(e *element, group int) {
	within := file{group: group}
	text := e.child("media:description")
	r.summary = r.summary.or(groupText(text)) // YouTube and PeerTube: the film's description, not that of a picture
	for _, part := range e.children {
		switch part.name {
		case "media:thumbnail":
			within.preview = cmp.Or(within.preview, r.address(part, "url"))
		case "media:player", "media:embed":
			within.player = cmp.Or(within.player, r.address(part, "url"))
		case "media:title":
			r.title = r.title.or(construct(part))
		case "media:rating", "media:adult":
			r.readMedia(part, group)
		}
	}
	for _, part := range e.children {
		if part.name == "media:content" {
			f := within
			r.readContent(part, &f)
		}
	}
	r.picture(within.preview) // for a film that only a player shows
}

func groupText(e *element) text {
	if e == nil {
		return text{}
	}
	t := construct(e)
	if t.form == plain && e.attr("type") == "" {
		t.form = guess
	}
	return t
}

// readContent reads media:content. Source: https://www.rssboard.org/media-rss#media-content
func (r *itemReader) readContent(e *element, f *file) {
	f.url, f.mime, f.medium = r.address(e, "url"), e.attr("type"), e.attr("medium")
	f.width, f.height = int(min(size(e, "width"), 1<<16)), int(min(size(e, "height"), 1<<16))
	f.bytes, f.length = size(e, "filesize"), parseLength(e.attr("duration"))
	f.first = e.attr("isdefault") == "true"
	r.about(e, f)
	r.add(f)
}

// size reads a whole number, 0 for none.
func size(e *element, attr string) int64 {
	n, err := strconv.ParseInt(e.attr(attr), 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// rate reads media:rating. Of its schemes only the simple one is known.
func (r *itemReader) rate(e *element) {
	if scheme := e.attr("scheme"); scheme == "" || scheme == "urn:simple" {
		r.adult(strings.EqualFold(e.words(), "adult"))
	}
}

func (r *itemReader) readAdult(e *element) { r.adult(strings.EqualFold(e.words(), "true")) }

// adult notes a rating. One picture that is for adults makes the item so.
func (r *itemReader) adult(yes bool) {
	if yes || r.explicit == nil {
		r.explicit = &yes
	}
}

// maxChapters is how many chapters of a film are read.
const maxChapters = 500

// readChapters reads the chapters that stand in a feed. Source: https://podlove.org/simple-chapters/
func (r *itemReader) readChapters(e *element) {
	for _, c := range e.children {
		title := oneLine(c.attr("title"))
		if c.name == "psc:chapter" && title != "" && len(r.chapters) < maxChapters {
			r.chapters = append(r.chapters, feeds.Chapter{Start: parseLength(c.attr("start")), Title: title})
		}
	}
}
