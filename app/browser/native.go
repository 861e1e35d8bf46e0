//go:build !js

package browser

import "time"

// ReadConfig returns what the loader handed over.
func ReadConfig() Config { return Config{Base: "/"} }

// Listen begins to report events to handle.
func Listen(func(Event), func()) {}

// Fronted reports that the loader shows a front.
func Fronted() bool { return false }

// HandOver tells the loader that the first screen stands.
func HandOver(_ Position) {}

// KeepFront hands the loader the first screen of a view as a tree in JSON; "" forgets the view's front.
func KeepFront(_, _, _ string) {}

// ClearFronts forgets the fronts of a server's views; "" of all.
func ClearFronts(_ string) {}

// Idle runs f when the browser has nothing better to do.
func Idle(f func()) { f() }

// Fragment returns location.hash with "#", "#/" without one.
func Fragment() string { return "#/" }

// OnLoopback reports that the page itself comes from this machine.
func OnLoopback() bool { return true }

// Go moves to a view; replace leaves no trace in the history.
func Go(_ string, _ bool) {}

// Back goes back in the history.
func Back() {}

// HistoryID names the current entry of the history, also after a reload.
func HistoryID() string { return "" }

// ReadPosition says where the page is scrolled to.
func ReadPosition() Position { return Position{} }

// ScrollTo goes to a position; the post it names is put where it was.
func ScrollTo(Position) {}

// Remaining returns how many pixels of the document lie below the screen.
func Remaining() int { return 1 << 20 }

// SetPage gives the document its title and language.
func SetPage(_, _ string) {}

// Dress applies the reader's look: theme "", "light" or "dark", text size in per cent, serif face.
func Dress(_ string, _ int, _ bool) {}

// FocusOn moves the focus to the first element that matches a CSS selector, without scrolling.
func FocusOn(_ string) {}

// StepFocus moves the focus by n rows among posts, gaps and missing posts.
func StepFocus(_ int) {}

// FocusedLink returns the thread address of the post that has the focus, "" without one.
func FocusedLink() string { return "" }

// OpenDialog shows the dialog with an id above everything else; CloseDialog closes it.
func OpenDialog(_ string) {}

// CloseDialog closes a dialog.
func CloseDialog(_ string) {}

// PlayFrom plays the film or sound of a post from a second on.
func PlayFrom(_ string, _ int) {}

// SlideTo shows the slide with a number in a strip that scrolls sideways.
func SlideTo(_ string, _ int) {}

// Watch reports when an element comes near the screen or leaves it, and gives it the height it had.
func Watch(_ any, _ int) {}

// Hold gives an element a least height in pixels; 0 takes it away.
func Hold(_ any, _ int) {}

// Setting reads a value of local storage.
func Setting(_ string) string { return "" }

// Keep writes a value of local storage, and reports whether it was kept.
func Keep(_, _ string) bool { return true }

// Share offers an address to the system's share sheet or copies it; it reports true when it was copied.
func Share(_, _ string, done func(copied bool)) { done(false) }

// Copy puts text on the clipboard.
func Copy(_ string, done func(copied bool)) { done(false) }

// Origin is the scheme and host of the page's address.
func Origin() string { return "http://localhost:1" }

// Local returns t on the clock of the reader's wall.
func Local(t time.Time) time.Time { return t }

// Online reports that the browser believes to have a network.
func Online() bool { return true }

// Shown reports that the page is visible.
func Shown() bool { return true }

// SessionPosition reads a position of session storage.
func SessionPosition(_ string) Position { return Position{} }

// KeepSessionPosition writes a position to session storage; it outlives a reload.
func KeepSessionPosition(_ string, _ Position) {}

// Reload loads the page anew.
func Reload() {}

// Reveal scrolls a strip sideways so far that the first element that matches is in sight.
func Reveal(_ string) {}

// Centre scrolls the first element that matches so that the point at the fractions x and y of its content is in its middle.
func Centre(_ string, _, _ float64) {}

// Estimate returns how many bytes this origin stores and may store.
func Estimate() (used, quota int64) { return 0, 0 }

// Lasting reports that the browser promised not to clear what is stored by itself.
func Lasting() bool { return false }

// AskLasting asks the browser to keep what is stored.
func AskLasting() bool { return false }

// Kept asks the service worker what it keeps.
func Kept() (m Media, program int64) { return Media{}, 0 }

// ForgetMedia has the service worker throw away the pictures it keeps.
func ForgetMedia() {}

// Confirm asks a question that is answered by yes or no.
func Confirm(_ string) bool { return true }

// Download gives the reader a file.
func Download(_ string, _ []byte) {}

// AtTop reports that nothing was scrolled.
func AtTop() bool { return true }

// Update starts the new version of the site.
func Update() {}

// Path returns the path of the page.
func Path() string { return "/" }
