package peertube

import (
	"cmp"
	"strings"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
)

// streamed are the files that a video's playlists are made of, and the first playlist.
func (s *Source) streamed(w *video) (files []file, playlist string) {
	for _, p := range w.Playlists {
		files = append(files, p.Files...)
		playlist = cmp.Or(playlist, s.Link(p.PlaylistURL))
	}
	return files, playlist
}

// The states of https://docs.joinpeertube.org/api-rest-reference.html#tag/Video that a broadcast can be in.
const (
	stateWaiting = "4"
	stateEnded   = "5"
)

// filmOf is what a whole video has beside the file that is played.
func (s *answer) filmOf(w *video) *feeds.Film {
	streamed, playlist := s.streamed(w)
	f := s.liveOf(w)
	f.Files, f.Stream, f.Player = s.filesOf(w.Files), playlist, s.player(w)
	if len(f.Files) == 0 {
		f.Files = s.filesOf(streamed)
	}
	for i := range f.Files {
		if f.Files[i].Width == 0 && f.Files[i].Height > 0 {
			f.Files[i].Width, f.Files[i].Height = sizeOf(&file{Resolution: resolution{ID: apiclient.Number{Value: float64(f.Files[i].Height), Known: true}}}, w.AspectRatio)
		}
	}
	return f
}

// liveOf says how far a broadcast is. Lists name no state: what has a time to come waits.
func (s *answer) liveOf(w *video) *feeds.Film {
	f := &feeds.Film{}
	if w.IsLive != apiclient.Yes {
		return f
	}
	for _, planned := range w.Schedules {
		if t := apiclient.Time(planned.StartAt); f.Begins.IsZero() || t.Before(f.Begins) && !t.IsZero() {
			f.Begins = t
		}
	}
	switch {
	case w.State.ID == stateWaiting, w.State.ID == "" && f.Begins.After(s.At):
		f.Live = feeds.LiveWaiting
	case w.State.ID == stateEnded:
		f.Live = feeds.LiveEnded
	default:
		f.Live = feeds.LiveNow
	}
	return f
}

// filesOf are the films among files, the largest first.
func (s *Source) filesOf(files []file) []feeds.File {
	var out []feeds.File
	for i := range files {
		f := &files[i]
		link := s.Link(f.FileURL)
		if link == "" || !isFilm(*f) {
			continue
		}
		width, height := f.Width.Size(), f.Height.Size()
		if height == 0 {
			width, height = 0, f.Resolution.ID.Size()
		}
		out = append(out, feeds.File{URL: link, Width: width, Height: height, Bytes: int64(max(f.Size.Value, 0))})
	}
	apiclient.SortStable(out, func(a, b feeds.File) int { return cmp.Compare(b.Height, a.Height) })
	return out
}

// player is the server's own player, told not to share the film with other viewers.
func (s *Source) player(w *video) string {
	link := cmp.Or(s.Link(w.EmbedURL), s.Link(w.EmbedPath))
	if link == "" || strings.ContainsAny(link, "?#") {
		return link
	}
	return link + "?p2p=0"
}

func (s *Source) captionsOf(wire captions) []feeds.Caption {
	var out []feeds.Caption
	for _, c := range wire.Data {
		if link := cmp.Or(s.Link(c.FileURL), s.Link(c.Path)); link != "" {
			out = append(out, feeds.Caption{URL: link, Language: apiclient.LanguageTag(string(c.Language.ID)), Label: strings.TrimSpace(c.Language.Label)})
		}
	}
	return out
}

func chaptersOf(wire chapters) []feeds.Chapter {
	var out []feeds.Chapter
	for _, c := range wire.Chapters {
		title := strings.TrimSpace(c.Title)
		if !c.Timecode.Known || c.Timecode.Value < 0 || c.Timecode.Value > maxDuration.Seconds() || title == "" {
			continue
		}
		out = append(out, feeds.Chapter{Start: time.Duration(c.Timecode.Value * float64(time.Second)), Title: title})
	}
	apiclient.SortStable(out, func(a, b feeds.Chapter) int { return cmp.Compare(a.Start, b.Start) })
	return out
}
