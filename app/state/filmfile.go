package state

import (
	"strings"

	"vitrine/app/browser"
	"vitrine/app/markup"
	"vitrine/feeds"
	"vitrine/feeds/captions"
)

// The files beside a film, by the part of the post that shows them.
const (
	chaptersPart = "chapters"
	saidPart     = "said"
)

// toggleFilmFile asks for a file beside a film once its place is opened, and forgets it when that is shut.
func (a *App) toggleFilmFile(t browser.Toggle) {
	switch {
	case t.Part != chaptersPart && t.Part != saidPart:
	case !t.Open:
		a.setFilmFile(t.Post, t.Part, nil)
	case a.filmFile(t.Post, t.Part) == nil:
		a.readFilmFile(t.Post, t.Part, -1)
	}
}

func (a *App) filmFile(key feeds.Key, part string) *markup.FilmFile {
	if part == saidPart {
		return a.opened[key].Said
	}
	return a.opened[key].Chapters
}

func (a *App) setFilmFile(key feeds.Key, part string, b *markup.FilmFile) {
	o := a.opened[key]
	if part == saidPart {
		o.Said = b
	} else {
		o.Chapters = b
	}
	a.opened[key] = o
}

// readFilmFile asks for a file beside the film of a post. index is that of its captions, -1 for those in the reader's language.
func (a *App) readFilmFile(key feeds.Key, part string, index int) {
	film := a.filmWith(key, part)
	if film == nil || index >= len(film.Captions) {
		return
	}
	address, kind := film.Index, ""
	if part == saidPart {
		if index < 0 {
			index = a.spoken(film.Captions)
		}
		address, kind = film.Captions[index].URL, film.Captions[index].Type
	}
	waits := &markup.FilmFile{Waits: true, Index: index}
	a.setFilmFile(key, part, waits)
	v := a.shown
	go func() {
		read := &markup.FilmFile{Index: index}
		resp, err := a.fetcher.Fetch(v.ctx, feeds.Request{URL: address, Accept: "*/*"})
		if err == nil {
			err = feeds.StatusError(resp)
		}
		switch {
		case err != nil:
		case part == saidPart:
			read.Said, _ = captions.Read(resp.Body, kind) // without either it is said that it can't be read
		default:
			read.Chapters, _ = captions.Chapters(resp.Body)
		}
		if v.ctx.Err() != nil {
			read = nil
		}
		a.later(func() {
			if a.filmFile(key, part) == waits { // else it was shut, or another language chosen
				a.setFilmFile(key, part, read)
				a.changed(v.Model)
			}
		})
	}()
}

// filmWith is the film of a post that has such a file; nil for none.
func (a *App) filmWith(key feeds.Key, part string) *feeds.Film {
	p := a.post(key)
	if p == nil {
		return nil
	}
	for _, m := range p.Media {
		if f := m.Film; f != nil && (part == chaptersPart && f.Index != "" || part == saidPart && len(f.Captions) > 0) {
			return f
		}
	}
	return nil
}

// spoken chooses captions in the interface's language, else the first.
func (a *App) spoken(list []feeds.Caption) int {
	for i, c := range list {
		if base, _, _ := strings.Cut(c.Language, "-"); base == a.Words.Lang() {
			return i
		}
	}
	return 0
}
