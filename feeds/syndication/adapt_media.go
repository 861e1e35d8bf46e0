package syndication

import (
	"cmp"
	"slices"
	"strings"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
)

// mediaOf makes the media of an item: of what it lists, of what was found in its text, and where both are without pictures of what
// is to stand for it.
func (a *adapter) mediaOf(it *item, found []*file) []feeds.Media {
	l := mediaList{groups: map[int]int{}}
	for _, f := range it.files {
		if f.group >= 0 {
			l.add(f)
		}
	}
	for _, f := range it.files {
		if f.group < 0 {
			l.add(f)
		}
	}
	listed := len(l.media)
	for _, f := range found {
		if !l.has(f.url) && !l.hasFile(f.url, listed) {
			l.add(f)
		}
	}
	l.dropTorrents()
	l.preview(it.pictures)
	if it.shown {
		for _, url := range it.pictures {
			if !l.has(url) && !l.hasFile(url, listed) && !l.previews(url) {
				l.add(&file{url: url, medium: "image"})
			}
		}
	}
	l.complete(a, it)
	return l.media
}

// mediaList collects media. Files of one group are the same film.
type mediaList struct {
	media  []feeds.Media
	groups map[int]int // where the film of a group is
	stream string      // the HLS playlist; "" for none
}

func (l *mediaList) has(url string) bool {
	same := samePicture(url)
	return slices.ContainsFunc(l.media, func(m feeds.Media) bool { return samePicture(m.URL) == same })
}

// dropTorrents takes away the torrents of films that can be played here.
func (l *mediaList) dropTorrents() {
	if slices.ContainsFunc(l.media, func(m feeds.Media) bool { return m.Film != nil }) || l.stream != "" {
		l.media = slices.DeleteFunc(l.media, func(m feeds.Media) bool {
			return m.Kind == feeds.UnknownMedia && strings.HasSuffix(samePath(m.URL), ".torrent")
		})
	}
}

// hasFile reports that one of the first n media is the same file, of which a text asks for another form in its query.
func (l *mediaList) hasFile(url string, n int) bool {
	same := samePath(url)
	return isPicture(extensionOf(url)) && slices.ContainsFunc(l.media[:n], func(m feeds.Media) bool { return samePath(m.URL) == same })
}

func isPicture(extension string) bool {
	switch extension {
	case "jpg", "jpeg", "png", "gif", "webp", "avif", "svg", "jxl", "heic":
		return true
	}
	return false
}

func (l *mediaList) add(f *file) {
	if mime := strings.ToLower(f.mime); strings.HasSuffix(mime, "mpegurl") {
		l.stream = cmp.Or(l.stream, f.url)
		return
	}
	kind := kindOf(f)
	if kind == "" {
		return
	}
	if i, known := l.groups[f.group]; known && f.group > 0 && l.media[i].Kind == kind {
		l.join(&l.media[i], f)
		return
	}
	if f.group < 0 { // another form of the enclosure
		for i := range l.media {
			if m := &l.media[i]; m.Kind == kind && m.Film != nil {
				m.Film.Files = append(m.Film.Files, fileOf(f))
				return
			}
		}
	}
	m := feeds.Media{
		Kind: kind, URL: f.url, Preview: f.preview, Alt: f.alt, Width: f.width, Height: f.height, Duration: f.length,
	}
	if kind == feeds.Video || kind == feeds.Audio {
		m.Film = &feeds.Film{Files: []feeds.File{fileOf(f)}, Player: f.player}
	}
	l.groups[f.group] = len(l.media)
	l.media = append(l.media, m)
}

// join adds a file to a film. The one that the feed names first choice is played.
func (l *mediaList) join(m *feeds.Media, f *file) {
	if f.first || m.Film == nil && f.width > m.Width {
		m.URL, m.Width, m.Height = f.url, f.width, f.height
	}
	m.Alt, m.Preview, m.Duration = cmp.Or(m.Alt, f.alt), cmp.Or(m.Preview, f.preview), cmp.Or(m.Duration, f.length)
	if m.Film != nil {
		m.Film.Files = append(m.Film.Files, fileOf(f))
		m.Film.Player = cmp.Or(m.Film.Player, f.player)
	}
}

func fileOf(f *file) feeds.File {
	return feeds.File{URL: f.url, Width: f.width, Height: f.height, Bytes: f.bytes}
}

// preview gives the pictures of an item to its films and sounds that have none. Where there is nothing else, the first stands for
// the item.
func (l *mediaList) preview(pictures []string) {
	if len(pictures) == 0 {
		return
	}
	for i := range l.media {
		if m := &l.media[i]; m.Film != nil && m.Preview == "" {
			m.Preview = pictures[0]
		}
	}
	if len(l.media) == 0 {
		l.add(&file{url: pictures[0], medium: "image"})
	}
}

// previews reports that a picture stands for a film.
func (l *mediaList) previews(url string) bool {
	return slices.ContainsFunc(l.media, func(m feeds.Media) bool { return samePicture(m.Preview) == samePicture(url) })
}

// complete adds to the first film what the item says of it.
func (l *mediaList) complete(a *adapter, it *item) {
	if l.stream != "" && !slices.ContainsFunc(l.media, func(m feeds.Media) bool { return m.Film != nil }) {
		l.media = append(l.media, feeds.Media{Kind: feeds.Video, Film: &feeds.Film{}})
	}
	first := true
	for i := range l.media {
		m := &l.media[i]
		if m.Film == nil {
			continue
		}
		sortStable(m.Film.Files, func(f, g *feeds.File) bool { return f.Height > g.Height })
		if !first {
			continue
		}
		first = false
		m.Duration = cmp.Or(m.Duration, it.length)
		m.Film.Captions = captionsOf(it.captions, cmp.Or(apiclient.LanguageTag(it.language), a.language))
		m.Film.Chapters, m.Film.Index = it.chapters, it.index
		sortStable(m.Film.Chapters, func(c, d *feeds.Chapter) bool { return c.Start < d.Start })
		m.Film.Stream, m.Film.Live = l.stream, it.live
		m.URL = cmp.Or(m.URL, l.stream)
		if it.live == feeds.LiveWaiting {
			m.Film.Begins = it.begins
		}
	}
}

// sortStable sorts what is nearly in order, or short. It is a tenth of slices.SortStableFunc, which the program has in no other place.
func sortStable[T any](list []T, before func(a, b *T) bool) {
	for i := range list {
		for j := i; j > 0 && before(&list[j], &list[j-1]); j-- {
			list[j], list[j-1] = list[j-1], list[j]
		}
	}
}

// captionsOf are the transcripts that can be read here. WebVTT goes first, since players show no other.
func captionsOf(wire []caption, language string) []feeds.Caption {
	var vtt, others []feeds.Caption
	for _, c := range wire {
		if c.url == "" {
			continue
		}
		caption := feeds.Caption{URL: c.url, Language: cmp.Or(apiclient.LanguageTag(c.language), language), Type: transcriptType(c)}
		if caption.Type == "" {
			vtt = append(vtt, caption)
		} else {
			others = append(others, caption)
		}
	}
	return append(vtt, others...)
}

// transcriptType is the media type of a transcript, by what its feed says, else by its name; "" for WebVTT.
// Source: https://podcasting2.org/docs/podcast-namespace/tags/transcript
func transcriptType(c caption) string {
	switch extension := extensionOf(c.url); {
	case strings.Contains(c.mime, "vtt"), c.mime == "" && extension == "vtt":
		return ""
	case strings.Contains(c.mime, "srt"), strings.Contains(c.mime, "subrip"), c.mime == "" && extension == "srt":
		return "application/x-subrip"
	case strings.Contains(c.mime, "json"), c.mime == "" && extension == "json":
		return "application/json"
	case strings.Contains(c.mime, "html"):
		return "text/html"
	}
	return "text/plain"
}

// kindOf says what a file is, by its type, else by what the feed calls it, else by its name. An enclosure is a link at least; "" is for
// what else is no use to a reader: torrents, players in Flash, the pages of players.
func kindOf(f *file) feeds.MediaKind {
	mime, _, _ := strings.Cut(strings.ToLower(f.mime), ";")
	mime = strings.TrimSpace(mime)
	class, rest, _ := strings.Cut(mime, "/")
	switch class {
	case "image", "audio", "video":
		return feeds.MediaKind(class)
	}
	switch rest {
	case "x-bittorrent", "x-shockwave-flash", "html", "xhtml+xml":
		if f.enclosed {
			return feeds.UnknownMedia
		}
		return ""
	}
	switch f.medium {
	case "image", "audio", "video":
		return feeds.MediaKind(f.medium)
	}
	extension := extensionOf(f.url)
	if isPicture(extension) {
		return feeds.Image
	}
	switch extension {
	case "mp3", "m4a", "m4b", "aac", "ogg", "oga", "opus", "flac", "wav":
		return feeds.Audio
	case "mp4", "m4v", "webm", "mov", "ogv", "mkv":
		return feeds.Video
	}
	if !f.enclosed && mime == "" && f.medium == "" && extensionOf(f.url) == "" && f.bytes == 0 { // some page
		return ""
	}
	return feeds.UnknownMedia
}

// extensionOf is how the name of a file ends, in lower case without the dot.
func extensionOf(url string) string {
	url, _, _ = strings.Cut(url, "?")
	url, _, _ = strings.Cut(url, "#")
	dot := strings.LastIndexByte(url, '.')
	if dot < strings.LastIndexByte(url, '/') || len(url)-dot > 6 {
		return ""
	}
	return strings.ToLower(url[dot+1:])
}
