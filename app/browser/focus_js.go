//go:build js && wasm

package browser

import (
	"strings"
	"syscall/js"
)

// FocusOn moves the focus to the first element that matches a CSS selector, without scrolling.
func (*Window) FocusOn(selector string) {
	if el := document().Call("querySelector", selector); el.Truthy() {
		el.Call("focus", map[string]any{"preventScroll": true})
	}
}

// Attended reports that the pointer or the focus is on an element that matches a selector.
func (*Window) Attended(selector string) bool {
	return document().Call("querySelector", selector+":is(:hover, :focus-within)").Truthy()
}

// FocusPlace names what in the view has the focus: a post by its key, or a link by its address; "" for nothing. WebKit gives the focus to
// nothing that is clicked.
func (w *Window) FocusPlace() string {
	for _, el := range []js.Value{document().Get("activeElement"), w.clicked} {
		if !el.Truthy() || !el.Call("closest", "main").Truthy() {
			continue
		}
		if post := el.Call("closest", "article[data-key]"); post.Truthy() {
			return "post " + post.Get("dataset").Get("key").String()
		}
		if link := el.Call("closest", "a[href]"); link.Truthy() {
			return "link " + link.Call("getAttribute", "href").String()
		}
	}
	return ""
}

// FocusAgain moves the focus to what FocusPlace named, without scrolling, and reports that it is there.
func (*Window) FocusAgain(place string) bool {
	kind, name, _ := strings.Cut(place, " ")
	selector := "main article[data-key=\""
	switch kind {
	case "post":
	case "link":
		selector = "main a[href=\""
	default:
		return false
	}
	el := document().Call("querySelector", selector+global("CSS").Call("escape", name).String()+"\"]")
	if !el.Truthy() {
		return false
	}
	el.Call("focus", map[string]any{"preventScroll": true})
	return true
}

// StepFocus moves the focus by n rows among posts, gaps and missing posts. Without a focused row it begins at the first one in
// sight.
func (*Window) StepFocus(n int) {
	in := scope()
	rows := document().Call("querySelectorAll", in+"[role=feed] article[tabindex], "+in+".pins article[tabindex]")
	at := -1
	active := document().Get("activeElement")
	if active.Truthy() {
		active = active.Call("closest", "article[tabindex]")
	}
	for i := range rows.Length() {
		if active.Truthy() && rows.Index(i).Equal(active) {
			at = i + n
			break
		}
	}
	if at < 0 && !active.Truthy() {
		for i := range rows.Length() {
			if rows.Index(i).Call("getBoundingClientRect").Get("bottom").Float() > 60 {
				at = i
				break
			}
		}
	}
	if at < 0 || at >= rows.Length() {
		return
	}
	row := rows.Index(at)
	row.Call("focus", map[string]any{"preventScroll": true})
	if in != "main " {
		row.Call("scrollIntoView", map[string]any{"block": "nearest"})
		return
	}
	box := row.Call("getBoundingClientRect")
	if top := box.Get("top").Float(); top < 24 || box.Get("bottom").Float() > js.Global().Get("innerHeight").Float()-24 {
		js.Global().Call("scrollBy", 0, top-24)
	}
}

// FocusedLink returns the thread address of the post that has the focus, "" without one.
func (*Window) FocusedLink() string {
	post := focusedPost()
	if !post.Truthy() {
		return ""
	}
	link := post.Call("querySelector", "a.when")
	if !link.Truthy() {
		return ""
	}
	return link.Call("getAttribute", "href").String()
}

// FocusedPost returns the key of the post that has the focus, "" without one.
func (*Window) FocusedPost() string {
	post := focusedPost()
	if !post.Truthy() || post.Get("dataset").Get("key").Type() != js.TypeString {
		return ""
	}
	return post.Get("dataset").Get("key").String()
}

// focusedPost is the article in which the focus is.
func focusedPost() js.Value {
	active := document().Get("activeElement")
	if !active.Truthy() {
		return js.Null()
	}
	return active.Call("closest", "article[data-uri]")
}
