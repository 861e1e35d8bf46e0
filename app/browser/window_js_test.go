package browser

import (
	"fmt"
	"slices"
	"syscall/js"
	"testing"
	"time"

	"vitrine/feeds"
)

// page adds elements to the document for the time of a test. What stands there otherwise belongs to who runs the tests.
func page(t *testing.T, elements ...js.Value) {
	t.Helper()
	box := document().Call("createElement", "div")
	for _, e := range elements {
		box.Call("append", e)
	}
	document().Get("body").Call("append", box)
	t.Cleanup(func() { box.Call("remove") })
}

// element makes an element with attributes and children.
func element(tag string, attrs map[string]string, children ...any) js.Value {
	e := document().Call("createElement", tag)
	for name, value := range attrs {
		e.Call("setAttribute", name, value)
	}
	for _, c := range children {
		e.Call("append", c)
	}
	return e
}

// TestTheWindowReports tests one window: its callbacks stand on the document for good, and a document has one history.
func TestTheWindowReports(t *testing.T) {
	w := &Window{}
	events := make(chan Event, 100)
	w.Listen(func(e Event) { events <- e }, func() {})
	for _, part := range []struct {
		name string
		test func(t *testing.T, w *Window, next func() Event)
	}{
		{"events by the attributes of elements", eventsOfElements},
		{"what is done in the address box", changesOfTheBox},
		{"that a dialog was closed", closingOfDialogs},
		{"the history, whose entries have names", namesOfEntries},
	} {
		t.Run(part.name, func(t *testing.T) {
			part.test(t, w, func() Event {
				t.Helper()
				select {
				case e := <-events:
					return e
				case <-time.After(20 * time.Second):
					t.Fatal("nothing was reported")
					return nil
				}
			})
		})
	}
}

func eventsOfElements(t *testing.T, _ *Window, next func() Event) {
	button := element("button", map[string]string{"data-action": "alt", "data-index": "2"}, "Text")
	close := element("button", map[string]string{"data-action": "close", "data-part": "menu"}, "Close")
	link := element("a", map[string]string{"class": "when", "href": "#/p/a.example/1"}, "now")
	words := element("p", nil, "words")
	post := element("article", map[string]string{"data-key": "k", "data-uri": "u", "tabindex": "0"}, button, link, element("div", map[string]string{"data-part": "content"}, words))
	box := element("input", map[string]string{"type": "checkbox", "name": "cw", "data-action": "set"})
	field := element("input", map[string]string{"value": "@ada@a.example"})
	form := element("form", map[string]string{"data-action": "open"}, field)
	details := element("details", map[string]string{"data-action": "toggle", "data-part": "cw", "data-key": "k"}, element("summary", nil, "Careful"))
	page(t, post, close, box, form, details)

	event := func(name string, init map[string]any) js.Value {
		init["bubbles"], init["cancelable"] = true, true
		return global("Event").New(name, init)
	}
	button.Call("click")
	if got, ok := next().(Click); !ok || got.Action != "alt" || got.Post != "k" || got.Index != 2 {
		t.Errorf("%+v", got)
	}
	close.Call("click")
	if got := next(); got.(Click).Dialog != "menu" {
		t.Errorf("%+v", got)
	}
	words.Call("click")
	if got := next(); got != (PostClick{Link: "#/p/a.example/1"}) {
		t.Errorf("%+v", got)
	}
	box.Call("click")
	if got := next(); got != (SettingChange{Name: "cw", Value: "on", On: true}) {
		t.Errorf("%+v", got)
	}
	form.Call("dispatchEvent", event("submit", map[string]any{}))
	if got := next(); got != (Submit{Form: "open", Text: "@ada@a.example"}) {
		t.Errorf("%+v", got)
	}
	details.Set("open", true)
	if got := next(); got != (Toggle{Post: "k", Part: "cw", Open: true}) {
		t.Errorf("%+v", got)
	}
	post.Call("dispatchEvent", global("KeyboardEvent").New("keydown", map[string]any{"key": "Enter", "bubbles": true, "cancelable": true}))
	if got := next(); got != (KeyDown{Key: "Enter"}) {
		t.Errorf("%+v", got)
	}
	for _, ignored := range []map[string]any{{"key": "j", "ctrlKey": true}, {"key": "q"}} {
		ignored["bubbles"] = true
		post.Call("dispatchEvent", global("KeyboardEvent").New("keydown", ignored))
	}
	field.Call("dispatchEvent", global("KeyboardEvent").New("keydown", map[string]any{"key": "j", "bubbles": true}))
	js.Global().Call("dispatchEvent", event("online", map[string]any{}))
	if got := next(); got != (NetworkChange{Online: true}) {
		t.Errorf("%+v", got)
	}
}

func changesOfTheBox(t *testing.T, _ *Window, next func() Event) {
	field := element("input", map[string]string{"id": "u", "aria-expanded": "false"})
	option := element("li", map[string]string{"role": "option", "data-action": "choose-option", "data-index": "3"}, "tea")
	page(t, element("form", map[string]string{"data-action": "open"}, field), option)
	send := func(to js.Value, kind, name, key string) (prevented bool) {
		return !to.Call("dispatchEvent", global(kind).New(name, map[string]any{"key": key, "bubbles": true, "cancelable": true})).Bool()
	}
	wants := func(want BoxChange) {
		t.Helper()
		if got := next(); got != want {
			t.Errorf("%+v, want %+v", got, want)
		}
	}
	field.Set("value", "tea")
	send(field, "Event", "input", "")
	wants(BoxChange{Text: "tea"})
	for _, key := range []string{"Enter", "Escape", "Home", "End", "ArrowLeft", "j", "/"} {
		if send(field, "KeyboardEvent", "keydown", key) {
			t.Errorf("%s is taken from the text", key)
		}
	}
	field.Call("setAttribute", "aria-expanded", "true")
	for _, key := range []string{"ArrowDown", "ArrowUp", "Enter", "Escape"} {
		if !send(field, "KeyboardEvent", "keydown", key) {
			t.Errorf("%s is left to the browser", key)
		}
		wants(BoxChange{Text: "tea", Key: key})
	}
	if !send(option, "MouseEvent", "mousedown", "") || send(field, "MouseEvent", "mousedown", "") {
		t.Error("a press takes the focus away from the box, or can't give it")
	}
	option.Call("click")
	if got, ok := next().(Click); !ok || got.Action != "choose-option" || got.Index != 3 {
		t.Errorf("%+v", got)
	}
	send(field, "FocusEvent", "focusout", "")
	wants(BoxChange{Key: "Tab"})
}

func closingOfDialogs(t *testing.T, w *Window, next func() Event) {
	opener := element("button", map[string]string{"data-action": "more"}, "More")
	link := element("a", map[string]string{"href": "#/settings"}, "Settings")
	menu, help := element("dialog", map[string]string{"id": "menu"}, link), element("dialog", map[string]string{"id": "help"}, "Help")
	page(t, opener, menu, help)
	view, before, entries := w.Fragment(), w.HistoryID(), 0
	length := func() int { return global("history").Get("length").Int() }
	open := func(id string) {
		t.Helper()
		entries = length()
		opener.Call("click")
		next() // the click
		w.OpenDialog(id)
		w.OpenDialog(id) // is open already
		if d := document().Call("getElementById", id); !d.Get("open").Bool() || !onDialogEntry() || w.HistoryID() != before || w.Fragment() != view {
			t.Fatalf("%s: open %v, in an entry %v of %s, %s", id, d.Get("open"), onDialogEntry(), w.HistoryID(), w.Fragment())
		}
	}
	closed := func(id string) {
		t.Helper()
		if got := next(); got != (DialogClosed{Dialog: id}) || openDialog().Truthy() {
			t.Fatalf("%+v", got)
		}
		arrive(t, w)
		if onDialogEntry() || !document().Get("activeElement").Equal(opener) {
			t.Errorf("the dialog's entry is left behind: %v; the focus is on %s", onDialogEntry(), document().Get("activeElement").Get("outerHTML"))
		}
	}
	open("menu")
	w.CloseDialog("other")
	w.Back()
	closed("menu")

	open("menu")
	w.CloseDialog("menu")
	closed("menu")

	open("menu")
	if now := length(); now != entries { // it takes the place of the entry that was left
		t.Errorf("%d entries became %d", entries, now)
	}
	w.OpenDialog("help") // instead of the menu
	if got := next(); got != (DialogClosed{Dialog: "menu"}) || length() != entries {
		t.Errorf("%+v, %d entries", got, length()-entries)
	}
	w.Back()
	closed("help")

	open("help")
	w.CloseDialog("help")
	w.OpenDialog("menu") // while the other's entry may be in the course of being left
	if got := next(); got != (DialogClosed{Dialog: "help"}) {
		t.Errorf("%+v", got)
	}
	w.Back()
	closed("menu")

	open("menu")
	w.Go(view, false) // the view below
	closed("menu")

	open("menu")
	link.Call("click")
	for range 2 {
		switch got := next(); got {
		case DialogClosed{Dialog: "menu"}, HashChange{Fragment: "#/settings"}:
		default:
			t.Errorf("%+v", got)
		}
	}
	w.HistoryID()
	w.Back()
	if got := next(); got != (HashChange{Fragment: view, Traversed: true}) || onDialogEntry() || w.HistoryID() != before {
		t.Errorf("%+v", got)
	}

	open("menu")
	w.CloseDialog("menu")
	if got := next(); got != (DialogClosed{Dialog: "menu"}) {
		t.Errorf("%+v", got)
	}
	w.Go("#/settings", false) // before the dialog's entry is left
	if got := next(); got != (HashChange{Fragment: "#/settings"}) {
		t.Errorf("%+v", got)
	}
	w.HistoryID()
	w.Back()
	if got := next(); got != (HashChange{Fragment: view, Traversed: true}) || onDialogEntry() {
		t.Errorf("%+v", got)
	}
	global("history").Call("forward")
	next()
	global("history").Call("back")
	next()
	if w.HistoryID() != before {
		t.Error("another entry")
	}
}

// arrive waits until the entry of a closed dialog is left.
func arrive(t *testing.T, w *Window) {
	t.Helper()
	done := make(chan struct{})
	w.onceLeft(func() { close(done) })
	select {
	case <-done:
	case <-time.After(20 * time.Second):
		t.Fatal("the dialog's entry is never left")
	}
}

func namesOfEntries(t *testing.T, w *Window, next func() Event) {
	first := w.HistoryID()
	if first == "" || w.HistoryID() != first {
		t.Errorf("%q, then %q", first, w.HistoryID())
	}
	before := w.Fragment()
	w.Go("#/settings", false)
	if got := next(); got != (HashChange{Fragment: "#/settings"}) || w.Fragment() != "#/settings" {
		t.Errorf("%+v", got)
	}
	if w.HistoryID() == first {
		t.Error("two entries have one name")
	}
	w.Back()
	if got := next(); got != (HashChange{Fragment: before, Traversed: true}) || w.HistoryID() != first {
		t.Errorf("%+v", got)
	}
}

func TestThePageGoesBackToAPostThatMoved(t *testing.T) {
	w := &Window{}
	main := element("main", nil)
	for i := range 30 {
		row := element("article", map[string]string{"data-uri": fmt.Sprint("u", i), "tabindex": "0"}, "post")
		row.Get("style").Set("height", "200px")
		main.Call("append", row)
	}
	page(t, main)
	w.ScrollTo(Position{Y: 1500})
	if w.AtTop() {
		t.Error("the page is at its top")
	}
	at := w.ReadPosition()
	higher := element("article", nil, "above")
	higher.Get("style").Set("height", "500px")
	main.Call("prepend", higher)
	w.ScrollTo(Position{})
	w.ScrollTo(at)
	if got := w.ReadPosition(); at.URI == "" || got.URI != at.URI || got.Off != at.Off || got.Y != at.Y+500 {
		t.Errorf("%+v became %+v", at, got)
	}
	opened := document().Call("querySelector", "article[data-uri=u3]")
	opened.Get("classList").Call("add", "focus")
	opened.Call("scrollIntoView")
	js.Global().Call("scrollBy", 0, -50)
	if got := w.ReadPosition(); got.URI != "u3" || got.Off != 50 {
		t.Errorf("near the post that was opened: %+v", got)
	}
	js.Global().Call("scrollBy", 0, -js.Global().Get("innerHeight").Int())
	if got := w.ReadPosition(); got.URI == "u3" {
		t.Errorf("far above the post that was opened: %+v", got)
	}
	w.FocusOn("article[data-uri=u3]")
	if got := document().Get("activeElement").Get("dataset").Get("uri").String(); got != "u3" {
		t.Errorf("the focus is on %s", got)
	}
	post, link := element("article", map[string]string{"data-key": `a "post"`, "data-uri": "x", "tabindex": "0"}), element("a", map[string]string{"href": "#/@a@b.example"}, "them")
	main.Call("append", post, link)
	for name, el := range map[string]js.Value{`post a "post"`: post, "link #/@a@b.example": link} {
		el.Call("focus")
		if got := w.FocusPlace(); got != name {
			t.Errorf("the focus is in %q, want %q", got, name)
		}
		el.Call("blur")
		if !w.FocusAgain(name) || !document().Get("activeElement").Equal(el) {
			t.Errorf("the focus doesn't go back to %s", name)
		}
	}
	post.Call("remove")
	if w.FocusAgain(`post a "post"`) || w.FocusAgain("") {
		t.Error("the focus is said to be where nothing is")
	}
}

func TestPostsWereInSightWhoseBeginningWas(t *testing.T) {
	w := &Window{}
	main := element("main", nil)
	high := js.Global().Get("innerHeight").Int()
	for i := range 10 {
		main.Call("append", element("article", map[string]string{"data-key": fmt.Sprint("k", i), "style": fmt.Sprintf("display: block; block-size: %dpx", high/2)}))
	}
	page(t, main)
	w.ScrollTo(Position{Y: main.Get("offsetTop").Int()})
	w.look()
	w.ScrollTo(Position{Y: main.Get("offsetTop").Int() + 3*high + high/4})
	if got := w.InSight(); !slices.Equal(got, []feeds.Key{"k0", "k1", "k7", "k8"}) {
		t.Errorf("in sight were %q", got)
	}
	if got := w.InSight(); !slices.Equal(got, []feeds.Key{"k7", "k8"}) {
		t.Errorf("after that %q", got)
	}
}

// drawn has the loader show a front, which it hands over to the program as in the page, until what it returns is called.
func drawn(front, program js.Value) (over func()) {
	data := document().Get("documentElement").Get("dataset")
	data.Set("front", "")
	ready := js.FuncOf(func(js.Value, []js.Value) any {
		front.Call("remove")
		program.Call("removeAttribute", "hidden")
		data.Delete("front")
		return nil
	})
	js.Global().Set("vitrine", map[string]any{"ready": ready})
	return func() {
		js.Global().Delete("vitrine")
		ready.Release()
	}
}

func TestThePageGoesToWhereItsReaderWasBelowTheEndOfTheFront(t *testing.T) {
	w := &Window{}
	front, program := element("main", nil), element("main", map[string]string{"hidden": ""})
	for i := range 30 {
		for _, main := range []js.Value{front, program} {
			if i < 8 || main.Equal(program) {
				main.Call("append", element("article", map[string]string{"data-uri": fmt.Sprint("u", i), "style": "block-size: 200px"}, "post"))
			}
		}
	}
	page(t, front, program)
	defer drawn(front, program)()
	js.Global().Call("scrollTo", 0, 100000)
	at := Position{Y: 3000, URI: "u20", Off: 30}
	w.HandOver(at)
	if got := w.ReadPosition(); got.URI != "u19" || got.Off != 30-200 {
		t.Errorf("%+v, want what is above u20 at %d", got, at.Off-200)
	}
}

func TestTheFirstPostStaysWhereTheFrontHadIt(t *testing.T) {
	w := &Window{}
	root := document().Get("documentElement")
	post := func() js.Value {
		return element("article", map[string]string{"data-uri": "held", "style": "block-size: 3000px"})
	}
	for _, c := range []struct{ before, after, moved, scrolled int }{
		{200, 260, 0, 60}, {260, 200, 0, 0}, {200, 200, 0, 0},
		{5000, 200, -4800, 0}, // so much isn't held: the post would stand below nothing
	} {
		js.Global().Call("scrollTo", 0, 0)
		head := element("div", map[string]string{"style": fmt.Sprintf("block-size: %dpx", c.before)})
		front := element("main", nil, head, post())
		list := element("div", map[string]string{"style": "padding-block-start: var(--held, 0)"}, post())
		program := element("main", map[string]string{"hidden": ""}, element("div", map[string]string{"style": fmt.Sprintf("block-size: %dpx", c.after)}), list)
		page(t, front, program)
		over := drawn(front, program)
		top := front.Call("querySelector", "article").Call("getBoundingClientRect").Get("top").Int()
		w.HandOver(Position{})
		moved := list.Get("firstChild").Call("getBoundingClientRect").Get("top").Int() - top
		if scrolled := js.Global().Get("scrollY").Int(); moved != c.moved || scrolled != c.scrolled {
			t.Errorf("from %d to %d: moved by %d, scrolled by %d", c.before, c.after, moved, scrolled)
		}
		w.ScrollTo(Position{})
		if held := root.Get("style").Call("getPropertyValue", "--held").String(); held != "" {
			t.Errorf("the next view is held by %s", held)
		}
		over()
		program.Call("remove")
	}
}

func TestStorageKeepsItemsAndPositions(t *testing.T) {
	w := &Window{}
	if w.LocalItem("vitrine:test") != "" || w.SessionPosition("vitrine:test") != (Position{}) {
		t.Error("something is stored already")
	}
	at := Position{Y: 5, URI: "u", Off: 2, N: 9}
	w.KeepSessionPosition("vitrine:test", at)
	if !w.SetLocalItem("vitrine:test", "ü") || w.LocalItem("vitrine:test") != "ü" || w.SessionPosition("vitrine:test") != at {
		t.Errorf("%q, %+v", w.LocalItem("vitrine:test"), w.SessionPosition("vitrine:test"))
	}
}

func TestTheLookStandsOnTheRootElement(t *testing.T) {
	w := &Window{}
	root := document().Get("documentElement")
	w.SetLook("dark", 125, true)
	if root.Call("getAttribute", "data-theme").String() != "dark" || root.Call("getAttribute", "data-face").String() != "serif" ||
		root.Get("style").Call("getPropertyValue", "--text-scale").String() != "1.25" {
		t.Error("the look isn't applied")
	}
	w.SetLook("", 0, false)
	if root.Call("hasAttribute", "data-theme").Bool() || root.Call("hasAttribute", "data-face").Bool() || root.Get("style").Call("getPropertyValue", "--text-scale").String() != "1" {
		t.Error("the usual look isn't applied")
	}
	w.SetPage("Title", "de", "ltr")
	if document().Get("title").String() != "Title" || root.Get("lang").String() != "de" {
		t.Error("title or language")
	}
}

func TestAReadersClockKnowsSummerFromWinter(t *testing.T) {
	w := &Window{}
	at := time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)
	minutes := global("Date").New(float64(at.UnixMilli())).Call("getTimezoneOffset").Int()
	if _, offset := w.Local(at).Zone(); offset != -minutes*60 || !w.Local(at).Equal(at) {
		t.Errorf("%s", w.Local(at))
	}
}
