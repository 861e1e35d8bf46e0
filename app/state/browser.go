package state

import (
	"context"
	"time"

	"vitrine/app/browser"
	"vitrine/feeds"
)

// Browser is what the program asks of the page and the browser around it: browser.Window, or browsertest.Window in tests. Its methods
// return at once where they don't say that they wait.
type Browser interface {
	Page
	History
	Scrolling
	Focus
	Dialogs
	Sharing
	Fronts
	Storage
	Translator
}

// Page is the page itself.
type Page interface {
	// Origin is the scheme and host of the page's address.
	Origin() string
	// OnLoopback reports that the page itself comes from this machine.
	OnLoopback() bool
	// Local returns a time on the reader's clock.
	Local(t time.Time) time.Time
	// Visible reports that the page can be seen.
	Visible() bool
	// SetLook applies a theme ("", "light" or "dark"), a text size in per cent (0 for the usual one) and the face of posts.
	SetLook(theme string, size int, serif bool)
	// Player does something with the player of a medium of a post: "start" a stream, play "from" a second, set the "speed" in per cent, or
	// "float" it above other windows.
	Player(key string, index int, act string, number int)
	// Floats reports that the browser shows films above other windows (picture in picture).
	Floats() bool
	// Speak turns the page into a language, "" for the browser's. done gets its table of words, or why there is none.
	Speak(language string, done func(table string, err error))
	// Code makes the QR code of a text. done gets the data of an SVG path in a square of size modules, "" for a text that is too long, or why
	// what makes codes couldn't be loaded; on any goroutine.
	Code(text string, done func(size int, path string, err error))
	// Idle runs f when the browser has nothing better to do, on any goroutine.
	Idle(f func())
	// Online reports that the browser knows of no lack of a network.
	Online() bool
	// Badges reports that the icon of an installed app can show a number.
	Badges() bool
	// SetBadge shows a number on it; 0 for none.
	SetBadge(n int)
	// UpdateSite starts the new version of the site, which loads the page anew.
	UpdateSite()
}

// History is the address and the entries of the browser's history.
type History interface {
	// Fragment returns location.hash with "#", "#/" without one.
	Fragment() string
	// HistoryID names the current entry, also after a reload.
	HistoryID() string
	// Go moves to a view; replace leaves no trace of the current one.
	Go(fragment string, replace bool)
	// Rename gives the view that is shown another address. Nothing is reported.
	Rename(fragment string)
	// Wide reports that the screen has room for a thread at the side of a list.
	Wide() bool
	// Aside returns the address of the thread at the side that the current entry has, "" for none.
	Aside() string
	// OpenAside gives the thread at the side an entry of its own, in place of that of another one.
	OpenAside(link string)
	// Back closes the dialog that is open, else it goes back, or to the start where there is nothing to go back to.
	Back()
}

// Scrolling is where the page and the strips in it are scrolled to.
type Scrolling interface {
	ReadPosition() browser.Position
	// InSight returns the posts whose beginning was in sight since it was last called.
	InSight() []feeds.Key
	// ScrollTo goes to a position; the post it names is put where it was.
	ScrollTo(p browser.Position)
	// Anchors reports that the browser itself keeps what is read in its place when something is put in above it.
	Anchors() bool
	// AtTop reports that nothing was scrolled.
	AtTop() bool
	// WatchEnd reports a NearEnd if the end of the list that was drawn is near the screen, and whenever it comes near.
	WatchEnd()
	// Reveal scrolls a strip sideways so far that the first element that matches a selector is in sight.
	Reveal(selector string)
	// SlideTo shows the slide with a number in a strip that scrolls sideways.
	SlideTo(selector string, index int)
}

// Focus is the keyboard's place in the page.
type Focus interface {
	// FocusOn moves the focus to the first element that matches a selector, without scrolling.
	FocusOn(selector string)
	// Attended reports that the pointer or the focus is on an element that matches a selector.
	Attended(selector string) bool
	// Bring scrolls the first element that matches a selector to the top, and gives it the focus.
	Bring(selector string)
	// StepFocus moves the focus by n rows among posts, gaps and missing posts.
	StepFocus(n int)
	// FocusedLink returns the thread's address of the post that has the focus, "" without one.
	FocusedLink() string
	// FocusPlace names what in the view has the focus, for FocusAgain; "" for nothing.
	FocusPlace() string
	// FocusAgain moves the focus back there without scrolling, and reports that it is there.
	FocusAgain(place string) bool
	// FocusedPost returns the key of the post that has the focus, "" without one.
	FocusedPost() string
}

// Dialogs are the page's, by id, and the browser's own. One that is open has an entry of its own in the history, and ends when its view
// does.
type Dialogs interface {
	OpenDialog(id string)
	CloseDialog(id string)
	// Confirm asks a question that is answered by yes or no. It waits for the answer.
	Confirm(question string) bool
}

// Sharing carries something out of the page. done may be called on any goroutine.
type Sharing interface {
	// Share offers an address to the system's share sheet, or copies it where there is none.
	Share(title, url string, done func(copied bool))
	// CanShare reports that there is a share sheet.
	CanShare() bool
	// Copy puts text on the clipboard, where the browser lets it.
	Copy(text string, done func(copied bool))
	// Download gives the reader a file.
	Download(name string, data []byte)
	// CreateFile begins a file of a MIME type with a suggested name, and waits for the reader's choice of a place where the browser asks for one;
	// browser.ErrNotChosen for none.
	CreateFile(name, mime string) (browser.File, error)
	// Redraw makes a JPEG of a picture, in no larger a size than side pixels; 0 for its own. It waits for the browser.
	Redraw(data []byte, side int) ([]byte, error)
}

// Translator is the browser's own, which asks no server for a translation. done may be called on any goroutine.
// Source: https://developer.mozilla.org/docs/Web/API/Translator
type Translator interface {
	// Translates reports that there is one.
	Translates() bool
	// CanTranslate says from which languages it can translate into one.
	CanTranslate(from []string, to string, done func(can []bool))
	// Translate translates texts. progress hears how many per cent of the way are gone, as it loads what it needs and then as it translates.
	Translate(ctx context.Context, from, to string, texts []string, progress func(percent int), done func(said []string, language string, err error))
	// Detects reports that the browser can find out which language a text is in.
	Detects() bool
}

// Fronts are the first screens of views that the loader draws before the program runs.
type Fronts interface {
	// HandOver ends the front, now that the program's first screen stands. Without one the page goes to a position.
	HandOver(p browser.Position)
	// KeepFront stores the front of a view of a server as a tree in JSON; "" forgets it.
	KeepFront(view, host, tree string)
	// ClearFronts forgets the fronts of a server's views; "" of all.
	ClearFronts(host string)
}

// Storage is what the browser stores beside the databases.
type Storage interface {
	// LocalItem reads a value of local storage; "" where there is none or storage is closed.
	LocalItem(key string) string
	// SetLocalItem writes a value of local storage, and reports whether it was stored.
	SetLocalItem(key, value string) bool
	// SessionPosition reads a position of session storage, which outlives a reload.
	SessionPosition(key string) browser.Position
	KeepSessionPosition(key string, p browser.Position)
	// Estimate returns how many bytes this origin stores and may store; 0 where the browser doesn't say. It waits for the browser.
	Estimate() (used, quota int64)
	// Persisted reports that the browser promised not to clear what is stored by itself. It waits for the browser.
	Persisted() bool
	// Persist asks for that promise, which may ask the reader. It waits for the answer.
	Persist() bool
	// WorkerUsage asks the service worker what it stores: pictures, and the bytes of the site's own files. It waits for the answer.
	WorkerUsage() (m browser.Media, program int64)
	// Sync tells whether what is followed is refreshed while no page is open, and whether the browser can do that. wish is "on" or "off" for who
	// wants it changed, else "". It waits for the browser, which may refuse.
	Sync(wish string) (on, can bool)
	// ForgetMedia has the service worker throw the pictures away. It waits until they are gone.
	ForgetMedia()
}
