package syndication

import (
	"cmp"
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"vitrine/feeds/content"
)

// maxPictures is how many pictures and films are taken from an item's text.
const maxPictures = 20

// extracted is a text without what was taken from it.
type extracted struct {
	html   string
	files  []*file
	emoji  []content.CustomEmoji
	source string // of the picture element that is open, for an img in it without an address
}

// extract takes pictures and films from HTML, since a Doc has none: what stands within the text of an article hangs on its post.
// Custom emoji stay; the tags alone say which pictures they are.
func extract(src, base string) extracted {
	if !strings.Contains(src, "<") {
		return extracted{html: src}
	}
	x := extracted{}
	var kept strings.Builder
	film, taken := (*file)(nil), false // a film or sound that is open, and whether its file is known; it may be told by an element in it
	for z := html.NewTokenizer(strings.NewReader(src)); ; {
		kind := z.Next()
		raw := string(z.Raw())
		if kind == html.ErrorToken {
			kept.WriteString(raw)
			x.html = kept.String()
			return x
		}
		if kind != html.StartTagToken && kind != html.SelfClosingTagToken {
			if kind == html.EndTagToken {
				switch name, _ := z.TagName(); string(name) {
				case "video", "audio":
					film, taken = nil, false
				case "picture":
					x.source = ""
				case "noscript":
					continue
				}
			}
			if !taken {
				kept.WriteString(raw)
			}
			continue
		}
		if taken { // what else stands in it is the same in other formats, or for browsers that play none
			continue
		}
		tag := readTag(z)
		switch tag.name {
		case "noscript": // no script runs in a feed: what stands in it is what is to be read
			z.NextIsNotRawText()
			continue
		case "img":
			if x.picture(tag, base) {
				continue
			}
		case "video", "audio":
			f := &file{url: cmp.Or(resolved(tag.attr("data-src"), base), resolved(tag.attr("src"), base)), medium: tag.name,
				preview: resolved(tag.attr("poster"), base), alt: oneLine(cmp.Or(tag.attr("title"), tag.attr("aria-label")))}
			got := x.add(f)
			if kind == html.StartTagToken {
				film, taken = f, got
			}
			if got {
				continue
			}
		case "source":
			if film != nil {
				film.url, film.mime = resolved(tag.attr("src"), base), tag.attr("type")
				if strings.HasPrefix(film.mime, "audio") {
					film.medium = "audio"
				}
				if taken = x.add(film); taken {
					continue
				}
				break
			}
			x.source = cmp.Or(x.source, resolved(largest(cmp.Or(tag.attr("data-srcset"), tag.attr("srcset"))), base))
		}
		kept.WriteString(raw)
	}
}

func (x *extracted) add(f *file) bool {
	if f.url == "" || len(x.files) >= maxPictures {
		return false
	}
	x.files = append(x.files, f)
	return true
}

// picture takes a picture, and reports that its tag isn't needed any more.
func (x *extracted) picture(tag *element, base string) bool {
	src := x.address(tag, base)
	if src == "" {
		return false
	}
	alt := oneLine(tag.attr("alt"))
	if code, ok := emojiCode(alt); ok && (strings.Contains(tag.attr("class"), "emoji") || tag.attr("rel") == "emoji") {
		x.emoji = append(x.emoji, content.CustomEmoji{Shortcode: code, URL: src})
		return false
	}
	class := tag.attr("class")
	if strings.Contains(class, "emoji") || strings.Contains(class, "smiley") {
		return false
	}
	f := &file{url: src, medium: "image", alt: alt, width: pixels(tag.attr("width")), height: pixels(tag.attr("height"))}
	if f.width == 1 || f.height == 1 || len(x.files) >= maxPictures { // it counts readers
		return true
	}
	x.files = append(x.files, f)
	return true
}

// address is where a picture is. What a script is to put in the place of src comes first: src is what stands there until then.
func (x *extracted) address(tag *element, base string) string {
	for _, name := range [...]string{"data-src", "data-lazy-src", "data-original", "data-lazy"} {
		if src := resolved(tag.attr(name), base); src != "" {
			return src
		}
	}
	for _, set := range [...]string{tag.attr("data-srcset"), tag.attr("data-lazy-srcset")} {
		if src := resolved(largest(set), base); src != "" {
			return src
		}
	}
	return cmp.Or(resolved(tag.attr("src"), base), resolved(largest(tag.attr("srcset")), base), x.source)
}

// largest returns the address of a srcset that is for the largest picture.
// Source: https://html.spec.whatwg.org/multipage/images.html#srcset-attributes
func largest(srcset string) string {
	best, size := "", -1.0
	words := strings.Fields(srcset)
	for i := 0; i < len(words); i++ {
		src, alone := strings.CutSuffix(words[i], ",")
		n := 1.0
		if !alone && i+1 < len(words) {
			i++
			if f, err := strconv.ParseFloat(strings.TrimRight(words[i], "wx,"), 64); err == nil {
				n = f
			}
		}
		if n > size && src != "" {
			best, size = src, n
		}
	}
	return best
}

func emojiCode(alt string) (string, bool) {
	code, ok := strings.CutPrefix(alt, ":")
	if !ok {
		return "", false
	}
	code, ok = strings.CutSuffix(code, ":")
	return code, ok && code != "" && !strings.ContainsAny(code, " :")
}

// pixels reads a width of HTML, 0 for one in per cent.
func pixels(s string) int {
	n, err := strconv.Atoi(strings.TrimSuffix(s, "px"))
	if err != nil || n < 0 || n > 1<<16 {
		return 0
	}
	return n
}

// samePicture is what two addresses have in common that lead to one picture in two sizes: WordPress names them by their size, and
// others ask for it in the query. What else a query says may be what names the picture.
func samePicture(url string) string {
	path, query, _ := strings.Cut(url, "?")
	kept := samePath(path)
	for part := range strings.SplitSeq(query, "&") {
		switch name, _, _ := strings.Cut(part, "="); name {
		case "", "w", "h", "width", "height", "resize", "fit", "quality", "dpr", "ssl":
		default:
			kept += "&" + part
		}
	}
	return kept
}

// samePath is the address of a picture's file without its size and without its query.
func samePath(url string) string {
	url, _, _ = strings.Cut(url, "?")
	dot := strings.LastIndexByte(url, '.')
	if dot < 0 {
		return url
	}
	name, extension := url[:dot], url[dot:]
	if dash := strings.LastIndexByte(name, '-'); dash > 0 {
		w, h, ok := strings.Cut(name[dash+1:], "x")
		if ok && pixels(w) > 0 && pixels(h) > 0 {
			name = name[:dash]
		}
	}
	return name + extension
}
