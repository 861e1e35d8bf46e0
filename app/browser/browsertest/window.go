// Package browsertest is a browser for tests: it notes what it is asked, and answers what the test has set.
package browsertest

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"vitrine/app/browser"
)

// Window is a browser without a page. Its fields are what it answers; they are set before the program runs or by Set. It is safe for
// concurrent use.
type Window struct {
	At        browser.Position // where the page is scrolled to
	Below     int              // pixels below the screen
	Hidden    bool             // the page can't be seen
	Link      string           // of the post that has the focus
	Denied    bool             // questions are answered by no, the clipboard and local storage are closed
	Used      int64
	Quota     int64
	Media     browser.Media
	Program   int64
	Lasting   bool // what is stored was promised not to be cleared
	FrontSeen bool // the loader shows a front

	mu        sync.Mutex
	entries   []entry
	current   int
	made      int // entries that were ever made
	local     map[string]string
	positions map[string]browser.Position
	fronts    map[string]string // by view
	downloads map[string]string // by name
	copied    string
	look      string
	title     string
	calls     []string
	handle    func(browser.Event)
	leave     func()
}

// entry is one of the browser's history.
type entry struct{ id, fragment string }

// New makes a window whose address ends with a fragment.
func New(fragment string) *Window {
	w := &Window{Below: 1 << 20, local: map[string]string{}, positions: map[string]browser.Position{}, fronts: map[string]string{}, downloads: map[string]string{}}
	w.enter(fragment)
	return w
}

// Set changes the window's answers.
func (w *Window) Set(change func(*Window)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	change(w)
}

// note remembers a call, for Calls.
func (w *Window) note(format string, args ...any) {
	w.calls = append(w.calls, fmt.Sprintf(format, args...))
}

// Calls returns what the window was asked to do since the last time, one call a line.
func (w *Window) Calls() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	calls := strings.Join(w.calls, "\n")
	w.calls = nil
	return calls
}

// Send reports an event to the listener.
func (w *Window) Send(e browser.Event) {
	w.mu.Lock()
	handle := w.handle
	w.mu.Unlock()
	if handle != nil {
		handle(e)
	}
}

// Leave reports that the page goes.
func (w *Window) Leave() { w.leave() }

// Listen sets what events, and the page's end, are reported to.
func (w *Window) Listen(handle func(browser.Event), leave func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.handle, w.leave = handle, leave
}

// Origin is the scheme and host of the page's address.
func (w *Window) Origin() string { return "https://www.example.org" }

// Path is the path of the page's address.
func (w *Window) Path() string { return "/" }

// OnLoopback reports that the page comes from this machine.
func (w *Window) OnLoopback() bool { return false }

// Local returns a time on the reader's clock.
func (w *Window) Local(t time.Time) time.Time { return t.UTC() }

// Visible reports that the page can be seen.
func (w *Window) Visible() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return !w.Hidden
}

// SetLook notes the look.
func (w *Window) SetLook(theme string, size int, serif bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.look = fmt.Sprintf("%s %d %v", theme, size, serif)
}

// Look returns the last look, "THEME SIZE SERIF"; "" for none.
func (w *Window) Look() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.look
}

// SetPage notes the title.
func (w *Window) SetPage(title, _ string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.title = title
}

// Title returns the document's title.
func (w *Window) Title() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.title
}

// Idle runs f at once.
func (w *Window) Idle(f func()) { f() }

// UpdateSite notes the call.
func (w *Window) UpdateSite() { w.do("update") }

// PlayFrom notes the call.
func (w *Window) PlayFrom(key string, second int) { w.do("play %s from %d", key, second) }

func (w *Window) do(format string, args ...any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.note(format, args...)
}

// enter makes a new entry of the history after the current one.
func (w *Window) enter(fragment string) {
	w.entries = append(w.entries[:min(len(w.entries), w.current+1):min(len(w.entries), w.current+1)], entry{fmt.Sprintf("entry%d", w.made), fragment})
	w.made++
	w.current = len(w.entries) - 1
}

// Fragment returns the fragment of the current entry.
func (w *Window) Fragment() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.entries[w.current].fragment
}

// HistoryID names the current entry.
func (w *Window) HistoryID() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.entries[w.current].id
}

// Go moves to a fragment, and reports it.
func (w *Window) Go(fragment string, replace bool) {
	w.mu.Lock()
	same := w.entries[w.current].fragment == fragment
	if replace && w.current > 0 {
		w.current--
	} else if replace {
		w.entries, w.current = nil, 0
	}
	w.enter(fragment)
	w.mu.Unlock()
	if !same {
		w.Send(browser.HashChange{Fragment: fragment})
	}
}

// Back goes back, and reports it.
func (w *Window) Back() {
	w.mu.Lock()
	if w.current == 0 {
		w.mu.Unlock()
		w.Go("#/", true)
		return
	}
	w.current--
	fragment := w.entries[w.current].fragment
	w.mu.Unlock()
	w.Send(browser.HashChange{Fragment: fragment, Traversed: true})
}

// ReloadPage notes the call.
func (w *Window) ReloadPage() { w.do("reload") }

// ReadPosition returns At.
func (w *Window) ReadPosition() browser.Position {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.At
}

// ScrollTo goes to a position.
func (w *Window) ScrollTo(p browser.Position) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.At = p
}

// AtTop reports that nothing was scrolled.
func (w *Window) AtTop() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.At.Y < 8
}

// Remaining returns Below.
func (w *Window) Remaining() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.Below
}

// Reveal does nothing: every tab is in sight.
func (w *Window) Reveal(string) {}

// Centre notes the call.
func (w *Window) Centre(selector string, x, y float64) { w.do("centre %s at %g %g", selector, x, y) }

// SlideTo notes the call.
func (w *Window) SlideTo(selector string, index int) { w.do("slide %s to %d", selector, index) }

// FocusOn notes the call.
func (w *Window) FocusOn(selector string) { w.do("focus %s", selector) }

// StepFocus notes the call.
func (w *Window) StepFocus(n int) { w.do("step focus by %d", n) }

// FocusedLink returns Link.
func (w *Window) FocusedLink() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.Link
}

// OpenDialog notes the call.
func (w *Window) OpenDialog(id string) { w.do("open %s", id) }

// CloseDialog notes the call, and reports that the dialog was closed.
func (w *Window) CloseDialog(id string) {
	w.do("close %s", id)
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
func (w *Window) Share(_, url string, done func(bool)) {
	w.do("share %s", url)
	done(false)
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

// Fronted reports that the loader shows a front.
func (w *Window) Fronted() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.FrontSeen
}

// HandOver ends the front.
func (w *Window) HandOver(p browser.Position) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.FrontSeen, w.At = false, p
	w.note("hand over")
}

// KeepFront keeps a front, or forgets it.
func (w *Window) KeepFront(view, host, tree string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if tree == "" {
		delete(w.fronts, view)
		w.note("forget the front of %s", view)
		return
	}
	w.fronts[view] = tree
	w.note("keep the front of %s of %s", view, host)
}

// ClearFronts forgets all fronts.
func (w *Window) ClearFronts(host string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	clear(w.fronts)
	w.note("clear the fronts of %q", host)
}

// Fronts returns the views that have a front, in order.
func (w *Window) Fronts() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	var views []string
	for v := range w.fronts {
		views = append(views, v)
	}
	slices.Sort(views)
	return views
}

// LocalItem reads a value of local storage.
func (w *Window) LocalItem(key string) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.local[key]
}

// SetLocalItem writes a value of local storage, unless the window is Denied.
func (w *Window) SetLocalItem(key, value string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.Denied {
		w.local[key] = value
	}
	return !w.Denied
}

// SessionPosition reads a position of session storage.
func (w *Window) SessionPosition(key string) browser.Position {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.positions[key]
}

// KeepSessionPosition writes a position to session storage.
func (w *Window) KeepSessionPosition(key string, p browser.Position) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.positions[key] = p
}

// Estimate returns Used and Quota.
func (w *Window) Estimate() (used, quota int64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.Used, w.Quota
}

// Persisted returns Lasting.
func (w *Window) Persisted() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.Lasting
}

// Persist gives the promise, unless the window is Denied.
func (w *Window) Persist() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.Lasting = !w.Denied
	return w.Lasting
}

// WorkerUsage returns Media and Program.
func (w *Window) WorkerUsage() (browser.Media, int64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.Media, w.Program
}

// ForgetMedia throws the pictures away.
func (w *Window) ForgetMedia() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.Media = browser.Media{}
	w.note("forget media")
}
