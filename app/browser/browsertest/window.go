// Package browsertest is a browser for tests: it notes what it is asked, and answers what the test has set.
package browsertest

import (
	"fmt"
	"strings"
	"sync"
	"time"

	"vitrine/app/browser"
	"vitrine/feeds"
)

// Window is a browser without a page. Its fields are what it answers; they are set before the program runs or by Set. It is safe for
// concurrent use.
type Window struct {
	At      browser.Position               // where the page is scrolled to
	Sight   []feeds.Key                    // posts that are in sight
	EndNear bool                           // the end of the list is near the screen
	Hidden  bool                           // the page can't be seen
	Link    string                         // of the post that has the focus
	Focused string                         // the key of that post
	Tables  map[string]string              // of words, by language
	Tongues map[string]func(string) string // what translates, by language; nil: the browser has no translator
	// Detected is the language that texts are found to be in; "" where the browser can't find out.
	Detected  string
	Hold      chan struct{} // translations wait until it is closed; nil: they don't
	NoCode    error         // why what makes QR codes can't be loaded; nil where it can
	NoFile    error         // why no file can be made; nil: they can
	Full      bool          // nothing more can be written to files
	Lost      bool          // there is no network, and the browser knows it
	NoBadges  bool          // the icon can't show a number
	NoSheet   bool          // there is no share sheet
	NoAnchors bool          // what is read moves when something is put in above it
	Denied    bool          // questions are answered by no, the clipboard and local storage are closed
	Used      int64
	Quota     int64
	Media     browser.Media
	Program   int64
	Syncs     *bool // what is followed is refreshed while no page is open; nil: the browser can't
	Refuses   bool  // the browser doesn't let that be turned on
	Lasting   bool  // what is stored was promised not to be cleared
	Room      bool  // for a thread at the side of a list
	FrontSeen bool  // the loader shows a front
	Attentive bool  // the pointer or the focus is on what the page says
	Lazy      bool  // it always has something better to do than what is done when it is idle

	mu        sync.Mutex
	entries   []entry
	current   int
	made      int // entries that were ever made
	local     map[string]string
	positions map[string]browser.Position
	fronts    map[string]string // by view
	downloads map[string]string // by name
	copied    string
	dialog    string // that is open
	look      string
	title     string
	drawn     []byte
	calls     []string
	handle    func(browser.Event)
	leave     func()
}

// entry is one of the browser's history.
type entry struct{ id, fragment, aside string }

// New makes a window whose address ends with a fragment.
func New(fragment string) *Window {
	w := &Window{local: map[string]string{}, positions: map[string]browser.Position{}, fronts: map[string]string{}, downloads: map[string]string{}}
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

// WhenRehearsed calls f: nothing is rehearsed.
func (w *Window) WhenRehearsed(f func()) { f() }

// NextTask calls f.
func (w *Window) NextTask(f func()) { f() }

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
func (w *Window) SetPage(title, _, _ string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.title = title
}

// Draw notes the message.
func (w *Window) Draw(message []byte) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.drawn = message
}

// Drawn returns the last message that the page was drawn by.
func (w *Window) Drawn() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return string(w.drawn)
}

// Title returns the document's title.
func (w *Window) Title() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.title
}

// Idle runs f at once.
func (w *Window) Idle(f func()) {
	if !w.Lazy {
		f()
	}
}

// UpdateSite notes the call.
func (w *Window) UpdateSite() { w.do("update") }

// Player notes the call.
func (w *Window) Player(key string, index int, act string, number int) {
	w.do("player %s %d: %s %d", key, index, act, number)
}

// Floats reports that films can be shown above other windows.
func (w *Window) Floats() bool { return true }

// Online reports what Lost doesn't say.
func (w *Window) Online() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return !w.Lost
}

// Badges reports what NoBadges doesn't say.
func (w *Window) Badges() bool { return !w.NoBadges }

// SetBadge shows a number on the icon.
func (w *Window) SetBadge(n int) { w.do("badge %d", n) }

func (w *Window) do(format string, args ...any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.note(format, args...)
}
