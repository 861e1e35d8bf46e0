package page

import (
	"context"
	"sync"
	"time"

	"vitrine/app/browser"
	"vitrine/app/state"
	"vitrine/feeds"
)

// rehearsed is the view that is rehearsed: a server's, with posts. Its host is one that can't exist (RFC 2606, section 2).
const rehearsed = "#/i/rehearsal.invalid"

// Rehearse does what a start does: it opens a view, reads its first answer, stores it, and draws it and its front, on no page. Engines
// compile a function when it is called first, and share compiled code between a page and its workers: what was called here in a worker
// is ready when the page's own program calls it. join makes the parts, for a browser without a page. Rehearse returns once a front was
// written and the answer stored, and at the latest when ctx ends, with its error.
func Rehearse(ctx context.Context, join func(state.Browser) state.Deps) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	queue := state.NewQueue(ctx)
	stage := &stage{written: make(chan struct{})}
	written := stage.written
	parts := join(stage)
	store := &noted{Store: parts.Store, saved: make(chan struct{})}
	parts.Store = store
	var s *screen
	draw := func() {
		for s.draw() == partlyDrawn {
		}
	}
	s, err := newScreen(stage, parts, state.Renderer{
		Later:     func(f func()) { queue.Post(func() { f(); draw() }) },
		AfterDraw: func(f func()) { queue.Post(func() { draw(); f() }) },
	})
	if err != nil {
		return err
	}
	queue.Post(func() { s.start(ctx); draw() })
	for _, done := range []chan struct{}{written, store.saved} {
		select {
		case <-done:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// noted is a store that notes when it has saved a page.
type noted struct {
	feeds.Store
	once  sync.Once
	saved chan struct{} // closed then
}

func (n *noted) SavePage(ctx context.Context, id feeds.TimelineID, at feeds.Cursor, page *feeds.Page, now time.Time) (feeds.SavedPage, error) {
	defer n.once.Do(func() { close(n.saved) })
	return n.Store.SavePage(ctx, id, at, page, now)
}

// stage is a browser without a page that shows the rehearsed view. It answers what a start asks; all else is left out.
type stage struct {
	Browser
	written chan struct{} // closed once a front was written; nil after that
	drawn   []byte        // all messages
}

func (s *stage) KeepFront(_, _, tree string) {
	if s.written != nil && tree != "" {
		close(s.written)
		s.written = nil
	}
}

func (s *stage) Draw(message []byte)                          { s.drawn = append(s.drawn, message...) }
func (*stage) Fragment() string                               { return rehearsed }
func (*stage) HistoryID() string                              { return "" }
func (*stage) SessionPosition(string) (none browser.Position) { return none }
func (*stage) KeepSessionPosition(string, browser.Position)   {}
func (*stage) ReadPosition() (none browser.Position)          { return none }
func (*stage) InSight() []feeds.Key                           { return nil }
func (*stage) ScrollTo(browser.Position)                      {}
func (*stage) AtTop() bool                                    { return true }
func (*stage) Anchors() bool                                  { return true }
func (*stage) LocalItem(string) string                        { return "" }
func (*stage) SetLocalItem(string, string) bool               { return false }
func (*stage) Origin() string                                 { return "https://rehearsal.invalid" }
func (*stage) OnLoopback() bool                               { return false }
func (*stage) Local(t time.Time) time.Time                    { return t }
func (*stage) Online() bool                                   { return true }
func (*stage) Floats() bool                                   { return false }
func (*stage) Visible() bool                                  { return false }
func (*stage) SetLook(string, int, bool)                      {}
func (*stage) SetPage(string, string, string)                 {}
func (*stage) Idle(f func())                                  { f() }
func (*stage) HandOver(browser.Position)                      {}
func (*stage) Fronted() bool                                  { return false }
func (*stage) Reveal(string)                                  {}
func (*stage) WatchEnd()                                      {}
func (*stage) Aside() string                                  { return "" }
func (*stage) FocusOn(string)                                 {}
func (*stage) Translates() bool                               { return false }
func (*stage) Persisted() bool                                { return true }
func (*stage) Listen(func(browser.Event), func())             {}
func (*stage) WhenRehearsed(f func())                         { f() }
func (*stage) NextTask(f func())                              { f() }
