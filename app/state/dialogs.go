package state

import (
	"vitrine/app/browser"
	"vitrine/app/document"
	"vitrine/feeds"
)

// Menu is what can be done with a post.
type Menu struct {
	Post   *feeds.Post
	Thread string // by which rule its conversation is muted; "" for none
}

// Viewer is the pictures of a post, looked at large.
type Viewer struct {
	Post  *feeds.Post
	Index int
}

// clickDialog does what opens, steers and closes dialogs, and reports whether the click was one of these.
func (a *App) clickDialog(p browser.Click) bool {
	switch p.Action {
	case "more":
		a.openMenu(p.Post)
	case "copy", "share-post":
		if post := a.post(p.Post); post != nil {
			a.browser.CloseDialog("menu")
			if p.Action == "copy" {
				a.browser.Copy(post.URL, a.copied)
			} else {
				a.browser.Share(PlainName(post.Author), post.URL, a.copied)
			}
		}
	case "calendar":
		a.saveEvent(p.Post)
	case "edits":
		a.openEdits(p.Post)
	case "view":
		a.openViewer(p.Post, p.Index)
	case "slide":
		a.slideTo(p.Index)
	case "save-file":
		a.openFileMenu(p.Aside)
	case "export":
		if a.FileMenu == nil { // pressed before the dialog was opened
			a.openFileMenu(p.Aside)
		}
		a.saveFile(document.Format(p.Format))
	case "help":
		a.browser.OpenDialog("help")
	case "close":
		a.browser.CloseDialog(p.Dialog)
	default:
		return false
	}
	return true
}

// CanShare reports that the browser has a share sheet.
func (a *App) CanShare() bool { return a.browser.CanShare() }

// dialogClosed follows the browser, which closes dialogs by its own keys too.
func (a *App) dialogClosed(id string) {
	switch id {
	case "viewer":
		a.Viewer = nil
	case "menu":
		a.Menu = nil
	case EditsDialog:
		a.Edits = nil
	case followDialog:
		a.FollowMenu = nil
	case takeDialog:
		a.closeTake()
	case filterDialog:
		a.FilterMenu = nil
	case FileDialog:
		a.closeFile()
	case SavedDialog:
		a.SavedMenu = nil
	}
}

// post finds a post of the view that is shown; a quoted one too.
func (a *App) post(key feeds.Key) *feeds.Post {
	if a.shown == nil {
		return nil
	}
	posts := a.shown.Model.Posts()
	if a.shown.Aside != nil {
		posts = append(posts[:len(posts):len(posts)], a.shown.Aside.Model.Posts()...)
	}
	for _, p := range posts {
		if p.Key == key {
			return p
		}
		if q := p.Quote; q != nil && q.Post != nil && q.Post.Key == key {
			return q.Post
		}
	}
	return nil
}

func (a *App) openMenu(key feeds.Key) {
	if p := a.post(key); p != nil {
		a.Menu = &Menu{Post: p, Thread: a.mutedThread(p)}
		a.afterDraw(func() { a.browser.OpenDialog("menu") })
	}
}

func (a *App) openViewer(key feeds.Key, index int) {
	p := a.post(key)
	if p == nil || index < 0 || index >= len(p.Media) {
		return
	}
	a.Viewer = &Viewer{Post: p, Index: index}
	a.afterDraw(func() {
		a.browser.OpenDialog("viewer")
		a.browser.SlideTo("#viewer .slides", index)
	})
}

// slideTo shows another picture of the viewer.
func (a *App) slideTo(index int) {
	if a.Viewer == nil || index < 0 || index >= len(a.Viewer.Post.Media) {
		return
	}
	a.Viewer = &Viewer{Post: a.Viewer.Post, Index: index}
	a.afterDraw(func() { a.browser.SlideTo("#viewer .slides", index) })
}

// slideCame follows a finger that moved the strip, which the browser scrolls itself.
func (a *App) slideCame(index int) {
	if v := a.Viewer; v != nil && index != v.Index && index >= 0 && index < len(v.Post.Media) {
		a.Viewer = &Viewer{Post: v.Post, Index: index}
	}
}
