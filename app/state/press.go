package state

import (
	"strings"

	"vitrine/app/browser"
	"vitrine/app/markup"
	"vitrine/app/route"
	"vitrine/feeds"
	"vitrine/feeds/reader"
)

// Viewer is the pictures of a post, looked at large.
type Viewer struct {
	Post  *feeds.Post
	Index int
	Near  bool // the picture is shown larger than the screen
}

// Menu is what can be done with a post.
type Menu struct{ Post *feeds.Post }

// Handle turns an event into the next state.
func (a *App) Handle(e browser.Event) {
	switch e.Type {
	case browser.Hash:
		a.navigate(e.Value, e.Checked)
	case browser.Press:
		a.press(e)
	case browser.Toggle:
		a.toggle(e)
	case browser.Change:
		a.change(e)
	case browser.Submit:
		a.submit(e)
	case browser.KeyDown:
		a.key(e.Value)
	case browser.Scroll:
		a.nearEnd()
	case browser.Chunk:
		a.chunk(e)
	case browser.Visible:
		a.visible(e.Checked)
	case browser.Network:
		if e.Checked && a.shown != nil {
			a.shown.Model.Refresh(true)
		}
	case browser.Newer:
		a.NewVersion = true
	case browser.Follow:
		if strings.HasPrefix(e.Value, "#/") {
			browser.Go(e.Value, false)
		}
	case browser.Slid:
		if v := a.Viewer; v != nil && e.Index != v.Index && e.Index < len(v.Post.Media) {
			a.Viewer = &Viewer{Post: v.Post, Index: e.Index}
		}
	case browser.Closed:
		a.closed(e.Name)
	}
}

// submit opens what was written into the address box.
func (a *App) submit(e browser.Event) {
	if e.Action == "embed" {
		browser.Go(route.Route{View: route.Embed, Query: e.Value}.String(), false)
	}
	if e.Action != "open" {
		return
	}
	if e.Value == "" {
		a.Note = a.Words.T("open.empty")
		browser.FocusOn("#u")
		return
	}
	browser.Go(route.Route{View: route.Open, Query: e.Value}.String(), false)
}

func (a *App) press(e browser.Event) {
	key := feeds.Key(e.Key)
	switch e.Action {
	case "skip":
		browser.FocusOn("main")
	case "back":
		browser.Back()
	case "again":
		if a.shown != nil {
			a.shown.Model.Refresh(false)
		}
	case "chapter":
		browser.PlayFrom(string(key), e.Index)
	case "whole", "load", "alt", "player":
		a.open(key, e)
	case "view":
		a.view(key, e.Index)
	case "more":
		if p := a.post(key); p != nil {
			a.Menu = &Menu{Post: p}
			a.drawn(func() { browser.OpenDialog("menu") })
		}
	case "copy":
		if p := a.post(key); p != nil {
			browser.CloseDialog("menu")
			browser.Share(p.URL, p.URL, a.copied)
		}
	case "share":
		browser.Share(e.Part, e.Part, a.copied)
	case "clip":
		browser.Copy(e.Part, a.copied)
	case "close":
		browser.CloseDialog(e.Part)
	case "help":
		browser.OpenDialog("help")
	case "slide":
		a.slide(e.Index)
	case "zoom":
		if v := a.Viewer; v != nil {
			a.Viewer = &Viewer{Post: v.Post, Index: e.Index, Near: !v.Near}
			a.drawn(func() { browser.Centre(".slide.near", e.X, e.Y) })
		}
	case "noted":
		a.Trouble = nil
	case "update":
		browser.Update()
	case "lasting", "forget", "export":
		a.storage(e)
	case "older", "new", "gap":
		if f := a.feed(); f != nil {
			f.Press(e)
		}
	}
}

// copied says that something was copied, if it was.
func (a *App) copied(done bool) {
	if done {
		a.later(func() { a.Note = a.Words.T("note.copied") })
	}
}

// feed returns the list of the view that is shown, nil where it has none.
func (a *App) feed() *FeedModel {
	if a.shown == nil {
		return nil
	}
	switch m := a.shown.Model.(type) {
	case *ProfileModel:
		return m.Feed
	case *ServerModel:
		return m.Feed
	case *TagModel:
		return m.Feed
	case *WebFeedModel:
		return m.Feed
	}
	return nil
}

// post finds a post of the view that is shown; a quoted one too.
func (a *App) post(key feeds.Key) *feeds.Post {
	if a.shown == nil {
		return nil
	}
	for _, p := range posts(a.shown.Model) {
		if p.Key == key {
			return p
		}
		if q := p.Quote; q != nil && q.Post != nil && q.Post.Key == key {
			return q.Post
		}
	}
	return nil
}

// posts returns what a view shows.
func posts(m Model) []*feeds.Post {
	var all []*feeds.Post
	list := func(f *FeedModel) {
		if f != nil {
			all = append(all, reader.Posts(f.Snapshot.Items)...)
		}
	}
	switch m := m.(type) {
	case *ProfileModel:
		all = reader.Posts(m.Pinned)
		list(m.Feed)
	case *ServerModel:
		list(m.Feed)
	case *TagModel:
		list(m.Feed)
	case *WebFeedModel:
		list(m.Feed)
	case *ThreadModel:
		if m.Snapshot != nil && m.Snapshot.Tree != nil {
			all = m.Snapshot.Tree.Posts()
		}
	}
	return all
}

// open notes what of a post is open, so that it stays so wherever the post is drawn.
func (a *App) open(key feeds.Key, e browser.Event) {
	o := a.opened[key]
	switch e.Action {
	case "whole":
		o.Whole = !o.Whole
	case "player":
		o.Player = true
	case "load":
		o.Media = true
	case "alt":
		if o.Alt == e.Index+1 {
			o.Alt = 0
		} else {
			o.Alt = e.Index + 1
		}
	}
	a.opened[key] = o
}

// toggle follows what the browser did with a <details>.
func (a *App) toggle(e browser.Event) {
	key := feeds.Key(e.Key)
	o := a.opened[key]
	switch e.Part {
	case "cw":
		o.Warning = markup.StateOf(e.Checked)
	case "veil":
		o.Veil = markup.StateOf(e.Checked)
	default:
		return
	}
	a.opened[key] = o
}

func (a *App) view(key feeds.Key, index int) {
	p := a.post(key)
	if p == nil || index < 0 || index >= len(p.Media) {
		return
	}
	a.Viewer = &Viewer{Post: p, Index: index}
	a.drawn(func() {
		browser.OpenDialog("viewer")
		browser.SlideTo("#viewer .slides", index)
	})
}

// slide shows another picture; the strip itself is scrolled by the browser when a finger moves it.
func (a *App) slide(to int) {
	if a.Viewer == nil || to < 0 || to >= len(a.Viewer.Post.Media) {
		return
	}
	a.Viewer = &Viewer{Post: a.Viewer.Post, Index: to}
	a.drawn(func() { browser.SlideTo("#viewer .slides", to) })
}

func (a *App) closed(dialog string) {
	switch dialog {
	case "viewer":
		a.Viewer = nil
	case "menu":
		a.Menu = nil
	}
}

func (a *App) key(name string) {
	if a.Viewer != nil {
		switch name {
		case "ArrowRight", "j":
			a.slide(a.Viewer.Index + 1)
		case "ArrowLeft", "k":
			a.slide(a.Viewer.Index - 1)
		}
		return
	}
	switch name {
	case "j", "PageDown":
		browser.StepFocus(1)
	case "k", "PageUp":
		browser.StepFocus(-1)
	case "o", "Enter":
		if link := browser.FocusedLink(); link != "" {
			browser.Go(link, false)
		}
	case "b":
		browser.Back()
	case "?":
		browser.OpenDialog("help")
	case "/":
		if a.shown != nil && a.shown.Hash == "#/" {
			browser.FocusOn("#u")
			return
		}
		browser.Go("#/", false)
		a.focusBox = true
	}
}

func (a *App) chunk(e browser.Event) {
	list, chunk, ok := chunkName(e.Name)
	if !ok || a.shown == nil {
		return
	}
	height := 0
	if !e.Checked {
		height = e.Index
	}
	old := a.shown.Heights(list)
	if height == 0 && (chunk >= len(old) || old[chunk] == 0) || height > 0 && chunk < len(old) && old[chunk] > 0 {
		return
	}
	a.shown.fold(list, chunk, height)
}

func (a *App) visible(shown bool) {
	if a.shown == nil {
		return
	}
	if !shown {
		a.remember()
		return
	}
	a.redraw()
	a.shown.Model.Refresh(true)
}
