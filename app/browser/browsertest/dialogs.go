package browsertest

import (
	"errors"

	"vitrine/app/browser"
)

// OpenDialog notes the call. Going back closes the dialog, and going anywhere else does so too.
func (w *Window) OpenDialog(id string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.dialog = id
	w.note("open %s", id)
}

// endDialog closes the dialog that is open, and reports whether there was one.
func (w *Window) endDialog() bool {
	w.mu.Lock()
	id := w.dialog
	w.dialog = ""
	w.mu.Unlock()
	if id != "" {
		w.Send(browser.DialogClosed{Dialog: id})
	}
	return id != ""
}

// CloseDialog notes the call, and reports that the dialog was closed.
func (w *Window) CloseDialog(id string) {
	w.do("close %s", id)
	w.Set(func(w *Window) { w.dialog = "" })
	w.Send(browser.DialogClosed{Dialog: id})
}

// Confirm notes the question.
func (w *Window) Confirm(string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.note("confirm")
	return !w.Denied
}

// Share notes the address; there is a share sheet.
func (w *Window) Share(_, url string, _ func(bool)) { w.do("share %s", url) }

// Turn has another view drawn.
func (w *Window) Turn(draw func(drawn func())) {
	w.do("turn")
	draw(func() {})
}

// CanShare reports that there is a share sheet.
func (w *Window) CanShare() bool { return !w.NoSheet }

// Speak notes the language and answers with its Tables.
func (w *Window) Speak(language string, done func(table string, err error)) {
	w.do("speak %s", language)
	table, ok := w.Tables[language]
	if !ok {
		done("", errors.New("no words"))
		return
	}
	done(table, nil)
}

// Code makes a code that says which text it is of; none of one with more than 1,000 bytes.
func (w *Window) Code(text string, done func(size int, path string, err error)) {
	switch {
	case w.NoCode != nil:
		done(0, "", w.NoCode)
	case len(text) > 1000:
		done(0, "", nil)
	default:
		done(29, "M"+text, nil)
	}
}

// Copy puts text on the clipboard.
func (w *Window) Copy(text string, done func(bool)) {
	w.mu.Lock()
	ok := !w.Denied
	if ok {
		w.copied = text
	}
	w.mu.Unlock()
	done(ok)
}

// Copied returns what is on the clipboard.
func (w *Window) Copied() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.copied
}

// Download keeps the file.
func (w *Window) Download(name string, data []byte) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.downloads[name] = string(data)
}

// Downloaded returns a file that the reader was given; "" for none.
func (w *Window) Downloaded(name string) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.downloads[name]
}
