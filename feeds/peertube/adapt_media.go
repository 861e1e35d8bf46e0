package peertube

import (
	"cmp"
	"math"
	"slices"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
)

// enough is the resolution, in pixels of the shorter side, that a film in a page is played in: more is seldom seen and costs
// those who pay for their data.
const enough = 720

// maxDuration bounds what is believed.
const maxDuration = 1000 * time.Hour

// mediaOf is the film. In a list it has no URL; a broadcast that isn't sent has none either.
func (s *answer) mediaOf(w *video, e extent) []feeds.Media {
	m := feeds.Media{Kind: feeds.Video, Preview: s.preview(w)}
	if d := w.Duration.Value; d > 0 && d < maxDuration.Seconds() {
		m.Duration = time.Duration(d * float64(time.Second))
	}
	if e == whole {
		s.chooseFile(w, &m)
		m.Film = s.filmOf(w)
	} else if w.IsLive == apiclient.Yes {
		m.Film = s.liveOf(w)
	}
	return []feeds.Media{m}
}

func (s *Source) preview(w *video) string {
	return cmp.Or(s.Link(w.PreviewURL), s.Link(w.PreviewPath), s.Link(w.ThumbnailURL), s.Link(w.ThumbnailPath))
}

// chooseFile takes a film that a browser plays by itself: a file of its own, or else one of those that a playlist is made of,
// which are whole films too. Where all of those are silent, because sound is streamed beside them, it is the playlist.
func (s *Source) chooseFile(w *video, m *feeds.Media) {
	streamed, playlistURL := s.streamed(w)
	for _, files := range [...][]file{w.Files, streamed} {
		if f := s.best(files, isFilm); f != nil {
			m.URL = s.Link(f.FileURL)
			m.Width, m.Height = sizeOf(f, w.AspectRatio)
			return
		}
	}
	all := slices.Concat(w.Files, streamed)
	if sound := s.best(all, isSound); sound != nil && !slices.ContainsFunc(all, isPicture) {
		m.Kind, m.URL = feeds.Audio, s.Link(sound.FileURL)
		return
	}
	m.URL = playlistURL
}

// Older servers don't say what is in a file: a film with its sound, unless its resolution is none.
func isPicture(f file) bool { return f.HasVideo != apiclient.No && f.Resolution.ID.Size() > 0 }
func isFilm(f file) bool    { return isPicture(f) && f.HasAudio != apiclient.No }
func isSound(f file) bool   { return !isPicture(f) }

// best returns the largest file that isn't larger than enough, or else the smallest; nil for none.
func (s *Source) best(files []file, fits func(file) bool) *file {
	var chosen *file
	for i := range files {
		f := &files[i]
		if !fits(*f) || s.Link(f.FileURL) == "" {
			continue
		}
		if chosen == nil || isBetter(f.Resolution.ID.Size(), chosen.Resolution.ID.Size()) {
			chosen = f
		}
	}
	return chosen
}

func isBetter(a, b int) bool {
	switch {
	case a > enough && b > enough:
		return a < b
	case a > enough || b > enough:
		return a <= enough
	}
	return a > b
}

// sizeOf is what the server says of a file, or what follows from its shorter side and its shape; 0 when unknown.
func sizeOf(f *file, ratio apiclient.Number) (width, height int) {
	if w, h := f.Width.Size(), f.Height.Size(); w > 0 && h > 0 {
		return w, h
	}
	side := float64(f.Resolution.ID.Size())
	switch r := ratio.Value; {
	case r >= 1 && r < 100:
		return int(math.Round(side * r)), int(side)
	case r > 0.01 && r < 1:
		return int(side), int(math.Round(side / r))
	}
	return 0, 0
}
