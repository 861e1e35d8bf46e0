package page

import (
	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"vitrine/app/browser"
	"vitrine/app/markup"
	"vitrine/app/state"
	"vitrine/app/ui"
	"vitrine/feeds/address"
)

// Browser is what the page asks of the browser.
type Browser interface {
	state.Browser
	// Listen begins to report events, for as long as the page lives. handle must not wait for anything. leave is called while the page
	// goes: what it starts is not ended.
	Listen(handle func(browser.Event), leave func())
	// Path returns the path of the page's address.
	Path() string
	// SetPage gives the document its title and language.
	SetPage(title, lang string)
	// Fronted reports that the loader shows a front: the program's page is not seen yet.
	Fronted() bool
}

// Register makes Root the component of the page that is open: all views are its fragments. Routes with patterns are not in the
// program (build/prune). Of the parts Renderer and Views are the page's own.
func Register(b Browser, parts state.Deps) {
	app.RouteFunc(b.Path(), func() app.Composer { return &Root{browser: b, parts: parts} })
}

// Root is the page. It has no exported fields, so go-app never resets it.
type Root struct {
	app.Compo
	browser Browser
	parts   state.Deps
	state   *state.App
	broken  string // why the program can't start
}

// OnMount implements app.Mounter. All that reaches the drawing goroutine goes through one queue: it keeps the order of events, and
// go-app's own queue, which may be full, never blocks the browser's event loop.
func (r *Root) OnMount(ctx app.Context) {
	if r.state != nil {
		return
	}
	queue := state.NewQueue(ctx)
	parts := r.parts
	parts.Views = models()
	parts.Renderer = state.Renderer{
		Later:     func(f func()) { queue.Post(func() { ctx.Dispatch(func(app.Context) { f() }) }) },
		AfterDraw: func(f func()) { queue.Post(func() { ctx.Defer(func(app.Context) { f() }) }) },
		Front:     front,
	}
	s, err := state.New(parts)
	if err != nil {
		r.broken = err.Error()
		return
	}
	r.state = s
	r.browser.Listen(func(e browser.Event) { parts.Renderer.Later(func() { s.Handle(e) }) }, s.Leave)
	s.Start(ctx)
}

// Render implements app.UI.
func (r *Root) Render() app.UI {
	if r.state == nil {
		return app.Elem("div").Attr("id", "page").Body(app.Text(r.broken))
	}
	s := r.state
	if r.browser.Fronted() && !s.Arrived() {
		return app.Elem("div").Attr("id", "page") // what the loader drew is all there is to see until this has content
	}
	layout := view(s)
	r.browser.SetPage(documentTitle(s, layout), s.Words.Lang())
	columns := []app.UI{ui.Draw(navigation(s)), r.main(layout)}
	if side, ok := layout.side(); ok {
		columns = append(columns, ui.Draw(side))
	}
	return app.Elem("div").Attr("id", "page").Attr("data-lost", s.Words.T("media.lost")).Body(
		ui.Draw(skip(s)),
		ui.Draw(decoration()),
		app.Elem("div").Class(layout.frame()).Body(columns...),
		ui.Draw(status(s)),
		ui.Draw(newVersion(s)),
		ui.Draw(viewer(s)),
		ui.Draw(menu(s)),
		ui.Draw(help(s)),
	)
}

// main is the sheet. It carries the address of its view as soon as its content belongs to it, never before.
func (r *Root) main(l Layout) app.UI {
	sheet := app.Elem("main").Class("sheet").Attr("tabindex", "-1")
	if v := r.state.Shown(); v != nil && v.Model.Ready() {
		sheet = sheet.Attr("data-view", v.Hash)
	}
	var parts []app.UI
	if err := r.state.StoreNotice; err != nil {
		c := canvas{App: r.state, Drawing: r.state.Drawing("")}
		parts = append(parts, ui.Draw(c.trouble(err)))
	}
	for _, p := range l.Parts {
		if p.List != nil {
			parts = append(parts, p.List)
			continue
		}
		parts = append(parts, app.Elem("div").Class("part").Body(ui.DrawAll(p.Nodes)...))
	}
	parts = append(parts, ui.Draw(siteLinks(r.state)))
	return sheet.Body(parts...)
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
	for _, row := range views() {
		if l, ok := row.draw(c, v.Model); ok {
			return l
		}
	}
	return waiting(s, v)
}

// canvas is what views draw with.
type canvas struct {
	App *state.App
	*markup.Drawing
	visit *state.Visit
}

func documentTitle(s *state.App, l Layout) string {
	if l.Title == "" {
		return s.Site.Title
	}
	return address.Show(l.Title) + " · " + s.Site.Title
}
