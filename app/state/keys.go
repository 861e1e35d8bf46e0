package state

import (
	"vitrine/app/words"
	"vitrine/feeds"
)

// key does what a key means: in the viewer for its pictures, elsewhere for the list.
func (a *App) key(name string) {
	if a.Viewer != nil {
		next, previous := "ArrowRight", "ArrowLeft"
		if words.Direction(a.Words.Lang()) == "rtl" {
			next, previous = previous, next
		}
		switch name {
		case "j", next:
			a.slideTo(a.Viewer.Index + 1)
		case "k", previous:
			a.slideTo(a.Viewer.Index - 1)
		}
		return
	}
	switch name {
	case "j", "PageDown":
		a.browser.StepFocus(1)
	case "k", "PageUp":
		a.browser.StepFocus(-1)
	case "o", "Enter":
		if link := a.browser.FocusedLink(); link != "" {
			a.openPost(link)
		}
	case "s":
		if key := a.browser.FocusedPost(); key != "" {
			a.pressSave(feeds.Key(key))
		}
	case "Escape":
		a.leaveAside()
	case "b":
		a.browser.Back()
	case "r":
		if a.shown != nil {
			a.shown.refresh(false)
		}
	case "f":
		a.searchHere()
	case "?":
		a.browser.OpenDialog("help")
	case "/":
		if a.shown != nil && a.shown.Hash == "#/" {
			a.browser.FocusOn("#u")
			return
		}
		a.browser.Go("#/", false)
		a.focusBox = true
	}
}
