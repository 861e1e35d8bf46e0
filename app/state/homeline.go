package state

import (
	"context"
	"time"

	"vitrine/app/browser"
	"vitrine/app/markup"
	"vitrine/feeds/follows"
)

// readEvery is how often a reader's place is looked at while they scroll.
const readEvery = 2 * time.Second

// toLine goes to the reading line.
func (m *HomeModel) toLine() {
	if m.Feed == nil {
		return
	}
	s := m.Feed.Snapshot
	if s.Line > 0 && s.Line < len(s.Items) && s.Items[s.Line].Post != nil {
		m.app.browser.ScrollTo(browser.Position{URI: markup.URI(s.Items[s.Line].Post), Off: lineOffset})
	}
}

// lineOffset is how far below the screen's top a reader finds the post that they read last, in pixels: under the line and a piece of what is new.
const lineOffset = 160

// wasRead implements placed: the reading line moves up to what stood at the top of the screen.
func (m *HomeModel) wasRead(p browser.Position) {
	if m.Feed == nil || p.URI == "" || !m.Ready() || m.Route.By != "" {
		return
	}
	for _, i := range m.Feed.Snapshot.Items {
		if i.Post == nil || markup.URI(i.Post) != p.URI {
			continue
		}
		if !i.Entry.At.After(m.Line.At) {
			return
		}
		to := follows.Line{At: i.Entry.At, Key: i.Entry.Key}
		m.app.background(func(ctx context.Context) {
			_ = m.app.book.MoveLine(ctx, m.feed(), to, m.app.clock.Now()) // the next place moves it too
		})
		return
	}
}

// placed is a Model that keeps where its reader has been.
type placed interface{ wasRead(browser.Position) }
