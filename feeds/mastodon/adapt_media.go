package mastodon

import (
	"strconv"
	"strings"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
)

func (s *Source) mediaOf(wire []attachment) []feeds.Media {
	var media []feeds.Media
	for i := range wire {
		if m, ok := s.attachmentOf(&wire[i]); ok {
			media = append(media, m)
		}
	}
	return media
}

// attachmentOf adapts an attachment. One of an unknown kind without any address, or a picture without anything to show or say,
// is not ok.
func (s *Source) attachmentOf(w *attachment) (m feeds.Media, ok bool) {
	m = feeds.Media{
		Kind:     mediaKind(w.Type),
		URL:      s.Link(w.URL),
		Preview:  s.Link(w.PreviewURL),
		Original: s.Link(w.RemoteURL),
		Alt:      w.Description,
		FocusX:   within1(w.Meta.Focus.X.Value),
		FocusY:   within1(w.Meta.Focus.Y.Value),
		Blurhash: w.Blurhash,
		Duration: durationOf(&w.Meta),
	}
	m.Width, m.Height = sizeOf(&w.Meta)
	if m.Original == m.URL {
		m.Original = ""
	}
	if m.Kind != feeds.Image && m.Preview == m.URL || strings.HasSuffix(m.Preview, "/no-preview.png") {
		m.Preview = "" // Pleroma repeats the film itself; Pixelfed has a placeholder
	}
	return m, m.URL != "" || m.Original != "" || m.Preview != "" || m.Alt != ""
}

// licenseOf is the licence of a post's media: Pixelfed's author chooses one for all of them.
func (s *Source) licenseOf(wire []attachment) *feeds.License {
	for i := range wire {
		if l := feeds.LicenseOf(wire[i].License.Title, s.Link(wire[i].License.URL)); l != nil {
			return l
		}
	}
	return nil
}

func mediaKind(s string) feeds.MediaKind {
	switch k := feeds.MediaKind(s); k {
	case feeds.Image, feeds.Video, feeds.Gifv, feeds.Audio:
		return k
	}
	return feeds.UnknownMedia
}

// sizeOf returns the size of the file, or of its preview, which has the same shape.
func sizeOf(m *meta) (width, height int) {
	for _, f := range [...]frame{m.Original, m.frame, m.Small} {
		if w, h := f.Width.Size(), f.Height.Size(); w > 0 && h > 0 {
			return w, h
		}
		if w, h := parseSize(f.Size); w > 0 && h > 0 {
			return w, h
		}
	}
	return 0, 0
}

// parseSize reads "640x480".
func parseSize(s string) (width, height int) {
	w, h, _ := strings.Cut(s, "x")
	width, errW := strconv.Atoi(w)
	height, errH := strconv.Atoi(h)
	if errW != nil || errH != nil || width < 0 || height < 0 {
		return 0, 0
	}
	return width, height
}

// maxDuration bounds what is believed.
const maxDuration = 1000 * time.Hour

func durationOf(m *meta) time.Duration {
	for _, n := range [...]apiclient.Number{m.Original.Duration, m.frame.Duration} {
		if n.Value > 0 && n.Value < maxDuration.Seconds() {
			return time.Duration(n.Value * float64(time.Second))
		}
	}
	return parseLength(m.Length)
}

// parseLength reads "0:01:28.65", hours and minutes first.
func parseLength(s string) time.Duration {
	var seconds float64
	for part := range strings.SplitSeq(s, ":") {
		n, err := strconv.ParseFloat(part, 64)
		if err != nil || !(n >= 0) {
			return 0
		}
		seconds = seconds*60 + n
	}
	if seconds >= maxDuration.Seconds() {
		return 0
	}
	return time.Duration(seconds * float64(time.Second)).Round(time.Millisecond)
}

func within1(f float64) float64 { return max(-1, min(1, f)) }
