// Package mirror makes the files that posts show a part of the site: pictures made anew without their metadata, films and sounds up
// to a size as they are. What is mirrored already isn't asked for again.
package mirror

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"

	"vitrine/build/picture"
	"vitrine/build/snapshot/ledger"
	"vitrine/feeds"
)

// Sizes of what is made of pictures, longest side in pixels.
const (
	largePicture = 1280
	smallPicture = 480
	thumbSide    = 192
)

// maxCaptions is the most bytes of a WebVTT file.
const maxCaptions = 1 << 20

// Mirror mirrors files into one feed's folder.
type Mirror struct {
	Fetcher feeds.Fetcher // its cap is at least MaxFile
	MaxFile int64         // bytes of the largest film or sound
	// Write puts a file into the feed's folder, "media/NAME".
	Write func(ctx context.Context, name string, data []byte) error
	// PictureSlots bounds how many pictures are decoded at once by all that share it, since one may take some hundred megabytes; nil: no bound.
	PictureSlots chan struct{}
	// Start chooses one of n files, from which on they are asked for; nil: the first.
	Start func(n int) int
	// Again asks once more for files that were not to be had: their server may have changed its mind.
	Again bool
	// Save is called now and then, so that what was mirrored is known after the program is ended.
	Save func(ctx context.Context) error
}

// saveEvery is how many new files are mirrored between two calls of Save.
const saveEvery = 20

// Fill mirrors what the posts of a ledger and its sources show and what isn't mirrored yet, and forgets what isn't shown any more. A
// file that can't be had is left out: why stands in the ledger where it will stay so. The error is Write's, Save's or ctx's.
func (m *Mirror) Fill(ctx context.Context, l *ledger.Ledger) error {
	tried := map[string]bool{}
	for again := m.Again; ; again = false {
		learned, err := m.round(ctx, l, again, tried)
		// A film that turned out too large is followed by the next smaller one, a form that stands still and is gone by the one that moves.
		if err != nil || learned == 0 || !m.wantsMore(l, tried) {
			return err
		}
	}
}

// round goes through all files once that weren't tried yet. learned counts those whose outcome is new.
func (m *Mirror) round(ctx context.Context, l *ledger.Ledger, again bool, tried map[string]bool) (learned int, err error) {
	wanted := map[string]use{}
	var order []string
	note := walker(func(url string, u use) string {
		if known, ok := wanted[url]; !ok || u < known {
			if !ok {
				order = append(order, url)
			}
			wanted[url] = u
		}
		if m.unavailable(l.Files[url]) {
			return ""
		}
		return url
	})
	visit(l, note)
	for url := range l.Files {
		if _, shown := wanted[url]; !shown {
			delete(l.Files, url)
		}
	}
	for _, url := range m.rotated(order) {
		before, known := l.Files[url]
		if tried[url] || known && !m.fitsNow(before) && !(again && mayReturn(before)) {
			continue
		}
		tried[url] = true
		if err := ctx.Err(); err != nil {
			return learned, err
		}
		made, err := m.mirrorFile(ctx, url, wanted[url])
		if err != nil {
			return learned, err
		}
		if made == nil {
			continue // perhaps the next time
		}
		l.Files[url] = *made
		if known && made.Failed == before.Failed {
			continue
		}
		if learned++; learned%saveEvery == 0 {
			if err := m.Save(ctx); err != nil {
				return learned, err
			}
		}
	}
	return learned, nil
}

// rotated begins somewhere else in each run, so that files which never come don't keep those behind them from ever being asked for.
func (m *Mirror) rotated(order []string) []string {
	if m.Start == nil || len(order) < 2 {
		return order
	}
	n := m.Start(len(order))
	return slices.Concat(order[n:], order[:n])
}

// unavailable reports a file of which there is no copy.
func (m *Mirror) unavailable(f ledger.Mirrored) bool { return f.Failed != "" && !m.fitsNow(f) }

// fitsNow reports a film that was too large for what was allowed then.
func (m *Mirror) fitsNow(f ledger.Mirrored) bool {
	return f.Failed == string(feeds.TooLarge) && f.Cap > 0 && f.Cap < m.MaxFile
}

// wantsMore reports that a file is needed that was not before.
func (m *Mirror) wantsMore(l *ledger.Ledger, tried map[string]bool) bool {
	found := false
	visit(l, func(url string, _ use) string {
		f, known := l.Files[url]
		if m.unavailable(f) {
			return ""
		}
		found = found || !known && !tried[url]
		return url
	})
	return found
}

func visit(l *ledger.Ledger, f walker) {
	for _, k := range l.Posts {
		f.post(k.Post)
		f.author(k.Entry.BoostedBy)
	}
	names := make([]string, 0, len(l.Sources))
	for name := range l.Sources {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		f.author(l.Sources[name].Author)
	}
}

// mirrorFile mirrors one file; nil for one that may be had another time.
func (m *Mirror) mirrorFile(ctx context.Context, url string, u use) (*ledger.Mirrored, error) {
	r, err := m.Fetcher.Fetch(ctx, feeds.Request{URL: url, Accept: accept(u)})
	if err == nil {
		err = feeds.StatusError(r)
	}
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		failed := ledger.Mirrored{Failed: string(feeds.KindOf(err))}
		switch {
		case feeds.KindOf(err) == feeds.TooLarge:
			return m.tooLarge(), nil
		case mayReturn(failed):
			return &failed, nil
		}
		return nil, nil
	}
	switch u {
	case asFilm:
		if int64(len(r.Body)) > m.MaxFile {
			return m.tooLarge(), nil
		}
		kind, ext := filmType(r.Body)
		return m.store(ctx, r.Body, kind, ext)
	case asCaptions:
		if !isCaptions(r.Body) || len(r.Body) > maxCaptions {
			return unusable(), nil
		}
		return m.store(ctx, r.Body, "text/vtt", ".vtt")
	}
	return m.picture(ctx, r.Body, u)
}

// mayReturn reports a failure that may end: what is missing or forbidden today may be served tomorrow, while a file that is too large or of a wrong format stays so.
func mayReturn(f ledger.Mirrored) bool {
	switch feeds.Kind(f.Failed) {
	case feeds.NotFound, feeds.Gone, feeds.Refused, feeds.NeedsLogin:
		return true
	}
	return false
}

func (m *Mirror) tooLarge() *ledger.Mirrored {
	return &ledger.Mirrored{Failed: string(feeds.TooLarge), Cap: m.MaxFile}
}

func unusable() *ledger.Mirrored { return &ledger.Mirrored{Failed: "format"} }

func accept(u use) string {
	switch u {
	case asFilm:
		return "video/*,audio/*"
	case asCaptions:
		return "text/vtt"
	}
	return "image/webp,image/jpeg,image/png,image/gif"
}

// store publishes a file as it is.
func (m *Mirror) store(ctx context.Context, data []byte, kind, ext string) (*ledger.Mirrored, error) {
	if kind == "" {
		return unusable(), nil
	}
	c, err := m.publish(ctx, picture.File{Data: data, Type: kind, Ext: ext})
	return &ledger.Mirrored{Large: c, Small: c}, err
}

func (m *Mirror) picture(ctx context.Context, data []byte, u use) (*ledger.Mirrored, error) {
	o := picture.Options{Large: largePicture, Small: smallPicture}
	if u == asThumb {
		o = picture.Options{Large: smallPicture, Small: thumbSide}
	}
	if m.PictureSlots != nil {
		m.PictureSlots <- struct{}{}
	}
	made, err := picture.Make(data, o)
	if m.PictureSlots != nil {
		<-m.PictureSlots
	}
	if err != nil {
		return unusable(), nil
	}
	var out ledger.Mirrored
	var errs [3]error
	out.Large, errs[0] = m.publish(ctx, made.Large)
	out.Small, errs[1] = m.publish(ctx, made.Small)
	if made.Still != nil {
		var c ledger.Copy
		c, errs[2] = m.publish(ctx, *made.Still)
		out.Still = &c
	}
	return &out, errors.Join(errs[:]...)
}

// publish writes a file under the name of its content.
func (m *Mirror) publish(ctx context.Context, f picture.File) (ledger.Copy, error) {
	sum := sha256.Sum256(f.Data)
	c := ledger.Copy{Name: "media/" + hex.EncodeToString(sum[:8]) + f.Ext, Type: f.Type, Width: f.Width, Height: f.Height, Bytes: len(f.Data)}
	return c, m.Write(ctx, c.Name, f.Data)
}
