package offline

import (
	"cmp"
	"net/url"
	"strings"

	"vitrine/feeds"
	"vitrine/feeds/content"
)

// class is what kind of a file is to be kept, as far as its size is concerned.
type class string

const (
	avatar class = "avatar"
	emoji  class = "emoji"
	small  class = "small"
	full   class = "full"
	film   class = "film"
	sound  class = "sound"
)

// usual is how many bytes a file has while nothing was learned.
var usual = map[class]int64{avatar: 20 << 10, emoji: 12 << 10, small: 70 << 10, full: 400 << 10, film: 6 << 20, sound: 4 << 20}

// mostPicture is how many bytes a picture may have.
const mostPicture = 25 << 20

// File is a file that a post shows.
type File struct {
	feeds.MediaFile
	class class
	most  int64 // bytes that it may have
	bytes int64 // as its server says; 0 when unknown
}

// Files are the files that belong to a post by a choice, each once.
func Files(p *feeds.Post, c Choice) []File {
	l := &list{choice: c, seen: map[string]bool{}}
	l.post(p)
	return l.files
}

type list struct {
	choice Choice
	seen   map[string]bool
	files  []File
}

// add adds the first of some addresses that can be asked for.
func (l *list) add(k class, mime string, most, bytes int64, urls ...string) {
	at := cmp.Or(urls...)
	if at == "" || l.seen[at] || !strings.HasPrefix(at, "http") {
		return
	}
	l.seen[at] = true
	l.files = append(l.files, File{feeds.MediaFile{URL: at, Type: mime}, k, most, bytes})
}

func (l *list) picture(k class, urls ...string) { l.add(k, "image/", mostPicture, 0, urls...) }

func (l *list) post(p *feeds.Post) {
	pictures := l.choice.Pictures != NoPictures
	if pictures {
		l.author(p.Author)
		l.author(p.Group)
		l.emoji(p.Emoji)
		l.text(p.Body.Blocks)
		for _, r := range p.Reactions {
			l.picture(emoji, r.URL)
		}
		if p.Poll != nil {
			l.emoji(p.Poll.Emoji)
		}
		if p.Card != nil {
			l.picture(small, p.Card.Image)
		}
	}
	for _, m := range p.Media {
		l.medium(m)
	}
	if p.Quote != nil && p.Quote.Post != nil {
		l.post(p.Quote.Post)
	}
}

func (l *list) author(a *feeds.Author) {
	if a == nil {
		return
	}
	l.picture(avatar, a.AvatarSt, a.Avatar)
	l.emoji(a.Emoji)
}

func (l *list) emoji(all []content.CustomEmoji) {
	for _, e := range all {
		l.picture(emoji, e.URL, e.Static)
	}
}

func (l *list) text(nodes []content.Node) {
	for _, n := range nodes {
		if n.Kind == content.Emoji {
			l.picture(emoji, n.Href, n.Static)
		}
		l.text(n.Children)
	}
}

func (l *list) medium(m feeds.Media) {
	if l.choice.Pictures != NoPictures {
		if m.Kind == feeds.Image {
			l.picture(small, m.Preview, m.URL, m.Original)
		} else {
			l.picture(small, m.Preview)
		}
	}
	if m.Kind == feeds.Image && l.choice.Pictures == Full {
		l.picture(full, m.URL, m.Original)
	}
	most := l.choice.Film
	if most <= 0 {
		return
	}
	switch m.Kind {
	case feeds.Video, feeds.Gifv:
		l.film(film, "video/", m, most)
	case feeds.Audio:
		l.film(sound, "audio/", m, most)
	}
}

// film adds what a player plays: one file, and what is said in it. What comes in pieces is no file.
func (l *list) film(k class, mime string, m feeds.Media, most int64) {
	at := cmp.Or(m.URL, m.Original)
	if u, err := url.Parse(at); err != nil || strings.HasSuffix(strings.ToLower(u.Path), ".m3u8") {
		return
	}
	var bytes int64
	if m.Film != nil {
		for _, f := range m.Film.Files {
			if f.URL == at {
				bytes = f.Bytes
			}
		}
	}
	l.add(k, mime, most, bytes, at)
	if m.Film != nil {
		for _, c := range m.Film.Captions {
			if c.Type == "" {
				l.add(emoji, "text/vtt", 1<<20, 0, c.URL)
			}
		}
	}
}

// hostOf is the server of an address, as media stores call it.
func hostOf(at string) string {
	u, err := url.Parse(at)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Host)
}
