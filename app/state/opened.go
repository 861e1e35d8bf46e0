package state

import (
	"vitrine/app/browser"
	"vitrine/app/markup"
	"vitrine/feeds"
)

// opened is what of posts stands open. It is kept by post, so that it stays so wherever the post is drawn.
type opened map[feeds.Key]markup.Opened

// Opened says what of a post stands open, and whether it is saved.
func (a *App) Opened(k feeds.Key) markup.Opened {
	o := a.opened[k]
	o.Saved = a.saving.keys[k]
	return o
}

// click opens or closes something of a post, and reports whether that was meant.
func (o opened) click(p browser.Click) bool {
	next := o[p.Post]
	switch p.Action {
	case "whole":
		next.Whole = !next.Whole
	case "player":
		next.Player = true
	case "plain":
		next.Plain = next.Plain.With(p.Index)
	case "lost":
		next.Lost = next.Lost.With(p.Index)
	case "load":
		next.Media = true
	case "alt":
		if next.Alt == p.Index+1 {
			next.Alt = 0
		} else {
			next.Alt = p.Index + 1
		}
	default:
		return false
	}
	o[p.Post] = next
	return true
}

// toggle follows what the browser did with a <details>.
func (o opened) toggle(t browser.Toggle) {
	next := o[t.Post]
	switch t.Part {
	case "cw":
		next.Warning = markup.StateOf(t.Open)
	case "fold":
		next.Fold = t.Open
	case "veil":
		next.Veil = markup.StateOf(t.Open)
	default:
		return
	}
	o[t.Post] = next
}
