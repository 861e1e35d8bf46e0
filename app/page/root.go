package page

import (
	"context"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"vitrine/app/browser"
	"vitrine/app/markup"
	"vitrine/app/state"
	"vitrine/app/ui"
	"vitrine/app/words"
	"vitrine/feeds/address"
)

// Browser is what the page asks of the browser.
type Browser interface {
	state.Browser
	// Listen begins to report events, for as long as the page lives. handle must not wait for anything. leave is called while the page
	// goes: what it starts is not ended.
	Listen(handle func(browser.Event), leave func())
	// NextTask calls a function in a task of its own, between which the browser does what waits.
	NextTask(func())
	// WhenRehearsed calls a function once what a start calls is compiled, where that is done beside the page.
	WhenRehearsed(func())
	// Path returns the path of the page's address.
	Path() string
	// SetPage gives the document its title, language and direction ("ltr" or "rtl").
	SetPage(title, lang, direction string)
	// Draw draws what stands on the page, as ui.Painter says it.
	Draw(message []byte)
	// Turn has draw draw another view, and fades to it once draw has called drawn. draw may be called on any goroutine.
	Turn(draw func(drawn func()))
	// Fronted reports that the loader shows a front: the program's page is not seen yet.
	Fronted() bool
}

// Register makes Root the component of the page that is open: all views are its fragments. Routes with patterns are not in the
// program (build/prune). Of the parts Renderer and Views are the page's own.
func Register(b Browser, parts state.Deps) {
	app.RouteFunc(b.Path(), func() app.Composer { return &Root{browser: b, parts: parts} })
}

// Root is the page. go-app mounts its element, and runs what happens one after the other; what stands in the element is drawn from one
// tree, by one call (ui.Painter). It has no exported fields, so go-app never resets it.
type Root struct {
	app.Compo
	browser Browser
	parts   state.Deps
	screen  *screen  // nil before the program has started
	stale   bool     // something happened since the page was drawn
	turning bool     // the browser is about to show another view
	after   []func() // what runs once it is drawn
	broken  string   // why the program can't start
}

// screen draws a program.
type screen struct {
	browser Browser
	state   *state.App
	painter *ui.Painter
	later   func(func()) // state.Renderer.Later
	whole   *state.Visit // the view of which all rows stood on the page
	last    *state.Visit // the view that was drawn last; nil before the first
}

// OnMount implements app.Mounter. All that reaches the drawing goroutine goes through one queue: it keeps the order of events, and
// go-app's own queue, which may be full, never blocks the browser's event loop.
func (r *Root) OnMount(ctx app.Context) {
	if r.screen != nil {
		return
	}
	queue := state.NewQueue(ctx)
	s, err := newScreen(r.browser, r.parts, state.Renderer{
		Later: func(f func()) { queue.Post(func() { ctx.Dispatch(func(app.Context) { f(); r.drawSoon(ctx) }) }) },
		AfterDraw: func(f func()) {
			queue.Post(func() { r.next(ctx, func(ctx app.Context) { r.after = append(r.after, f); r.draw(ctx) }) })
		},
	})
	if err != nil {
		r.broken = err.Error()
		return
	}
	r.screen = s
	r.browser.WhenRehearsed(func() { s.later(func() { s.start(ctx) }) })
	r.drawSoon(ctx)
}

// Render implements app.UI.
func (r *Root) Render() app.UI {
	page := app.Elem("div").Attr("id", "page")
	if r.screen == nil {
		return page.Body(app.Text(r.broken))
	}
	return page.Attr("data-lost", r.screen.state.Words.T("media.lost"))
}

// next calls f in a frame of go-app's, in a task of its own.
func (r *Root) next(ctx app.Context, f func(app.Context)) {
	r.browser.NextTask(func() { ctx.Defer(f) })
}

// drawSoon draws the page in a next frame, however much happens until then.
func (r *Root) drawSoon(ctx app.Context) {
	if !r.stale {
		r.stale = true
		r.next(ctx, r.draw)
	}
}

// draw draws what happened since the last time; another view once the browser is ready to turn to it.
func (r *Root) draw(ctx app.Context) {
	switch {
	case r.turning:
		return
	case r.stale && r.screen.turns():
		r.turning = true
		r.browser.Turn(func(drawn func()) {
			r.next(ctx, func(ctx app.Context) {
				r.turning = false
				r.drawNow(ctx)
				drawn()
			})
		})
		return
	}
	r.drawNow(ctx)
}

// drawNow draws what happened since the last time: what one message can't hold, in the next frames.
func (r *Root) drawNow(ctx app.Context) {
	if r.stale {
		switch r.screen.draw() {
		case partlyDrawn:
			r.next(ctx, r.draw)
			return
		case whollyDrawn:
			r.stale = false
		}
	}
	after := r.after
	r.after = nil
	for _, f := range after {
		f()
	}
}

// newScreen makes a program of parts. The error is that of its words.
func newScreen(b Browser, parts state.Deps, renderer state.Renderer) (*screen, error) {
	parts.Views, parts.Renderer = models(), renderer
	parts.Renderer.Front = front
	s, err := state.New(parts)
	if err != nil {
		return nil, err
	}
	return &screen{browser: b, state: s, painter: ui.NewPainter(postsAtOnce), later: renderer.Later}, nil
}

// start begins with the view that the address names. What happens on the page is handled from then on.
func (s *screen) start(ctx context.Context) {
	s.browser.Listen(func(e browser.Event) { s.later(func() { s.state.Handle(e) }) }, s.state.Leave)
	s.state.Start(ctx)
}

// postsAtOnce is how many posts are drawn in one frame: as many as the loader draws of a front.
const postsAtOnce = 8

// progress is how much of the program stands on the page.
type progress int

const (
	notDrawn    progress = iota // what the loader drew is all there is to see
	partlyDrawn                 // rows are left for the next message
	whollyDrawn
)

// turns reports that the next drawing shows another view.
func (s *screen) turns() bool { return s.last != nil && s.last != s.state.Shown() }

// draw draws the program as it is.
func (s *screen) draw() progress {
	if s.browser.Fronted() && !s.state.Arrived() {
		return notDrawn
	}
	s.last = s.state.Shown()
	layout, shown := view(s.state), s.state.Shown()
	parts := layout.pieces(visitID(shown))
	if s.painter.InOne(parts) {
		s.whole = shown
	}
	lang := s.state.Words.Lang()
	s.browser.SetPage(documentTitle(s.state, layout), lang, words.Direction(lang))
	message, whole := s.painter.Paint(pieces(s.state, layout, parts, s.whole == shown))
	s.browser.Draw(message)
	if whole {
		return whollyDrawn
	}
	return partlyDrawn
}

// pieces are what stands on the page. The view has its address once it is whole.
func pieces(s *state.App, l Layout, parts []ui.Piece, whole bool) []ui.Piece {
	node := func(key string, n markup.Node) ui.Piece { return ui.Piece{Key: key, Node: n} }
	return []ui.Piece{
		node("skip", skip(s)), node("update", update(s)), node("awning", decoration()), columns(s, l, parts, whole), node("status", status(s)), node("offline", offline(s)), node("version", newVersion(s)), node("undo", undoNote(s)),
		node("viewer", viewer(s)), node("menu", menu(s)), node("help", help(s)), node("edits", edits(s)), node("saved", savedMenu(s)), node("file", fileMenu(s)), node("take", takeMenu(s)), node("follow", followMenu(s)), node("filter", filterMenu(s)),
	}
}

// visitID names a visit in the keys of pieces.
func visitID(v *state.Visit) string {
	if v == nil {
		return ""
	}
	return v.ID
}

// columns are the navigation, the sheet with the parts of the view, and the column beside it.
func columns(s *state.App, l Layout, parts []ui.Piece, whole bool) ui.Piece {
	list := []ui.Piece{{Key: "nav", Node: navigation(s)}, sheet(s, parts, whole)}
	if aside, ok := asideColumn(s); ok {
		list = append(list, aside)
	} else if side, ok := l.side(); ok {
		list = append(list, ui.Piece{Key: visitID(s.Shown()) + " side", Node: side})
	}
	return ui.Piece{Node: el("div", at{"class", l.frame()}), Pieces: list}
}

// sheet is the main element. It carries the address of its view as soon as its content belongs to it, never before.
func sheet(s *state.App, parts []ui.Piece, whole bool) ui.Piece {
	address := no
	if v := s.Shown(); whole && v != nil && v.Model.Ready() {
		address = v.Hash
	}
	main := ui.Piece{Node: el("main", at{"class", "sheet", "tabindex", "-1", "data-view", address})}
	if err := s.StoreNotice; err != nil {
		c := canvas{App: s, Drawing: s.Drawing("")}
		main.Pieces = append(main.Pieces, ui.Piece{Key: "trouble", Node: c.trouble(err)})
	}
	main.Pieces = append(append(main.Pieces, parts...), ui.Piece{Key: "pages", Node: siteLinks(s)})
	return main
}

// siteLinks end every view, below the width at which the navigation has them.
func siteLinks(s *state.App) markup.Node {
	return el("p", at{"class", "text pages quiet"}, pages(s)...)
}

// view draws the view that is open.
func view(s *state.App) Layout {
	v := s.Shown()
	if v == nil {
		return waiting(s, nil)
	}
	if !v.Model.Ready() {
		return waiting(s, v)
	}
	c := canvas{App: s, visit: v, Drawing: s.Drawing(v.Model.Host())}
	if v.Aside != nil {
		c.selected = v.Aside.Hash
	}
	for _, row := range views() {
		if l, ok := row.draw(c, v.Model); ok {
			if n := c.taken(); n.Tag != "" && len(l.Parts) > 0 { // below the head
				l.Parts[0].Nodes = append(l.Parts[0].Nodes, n)
			}
			return l
		}
	}
	return waiting(s, v)
}

// canvas is what views draw with.
type canvas struct {
	App *state.App
	*markup.Drawing
	visit    *state.Visit
	selected string // the address of the thread that is shown at the side; "" for none
}

func documentTitle(s *state.App, l Layout) string {
	if l.Title == "" {
		return s.Site.Title
	}
	return address.Show(l.Title) + " · " + s.Site.Title
}
