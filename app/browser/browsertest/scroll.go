package browsertest

import (
	"vitrine/app/browser"
	"vitrine/feeds"
)

// ReadPosition returns At.
func (w *Window) ReadPosition() browser.Position {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.At
}

// InSight returns Sight.
func (w *Window) InSight() []feeds.Key {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.Sight
}

// ScrollTo goes to a position.
func (w *Window) ScrollTo(p browser.Position) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.At = p
}

// Anchors reports that the window keeps what is read in its place.
func (w *Window) Anchors() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return !w.NoAnchors
}

// AtTop reports that nothing was scrolled.
func (w *Window) AtTop() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.At.Y < 8
}

// WatchEnd reports that the end is near, if it is.
func (w *Window) WatchEnd() {
	w.mu.Lock()
	near := w.EndNear
	w.mu.Unlock()
	if near {
		w.Send(browser.NearEnd{})
	}
}

// Reveal does nothing: every tab is in sight.
func (w *Window) Reveal(string) {}

// SlideTo notes the call.
func (w *Window) SlideTo(selector string, index int) { w.do("slide %s to %d", selector, index) }

// FocusOn notes the call.
func (w *Window) FocusOn(selector string) { w.do("focus %s", selector) }

// Attended reports that the reader is Attentive.
func (w *Window) Attended(string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.Attentive
}

// FocusPlace names the post that has the focus.
func (w *Window) FocusPlace() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.Focused == "" {
		return ""
	}
	return "post " + w.Focused
}

// FocusAgain notes the call where there is a place.
func (w *Window) FocusAgain(place string) bool {
	if place == "" {
		return false
	}
	w.do("focus again on %s", place)
	return true
}

// StepFocus notes the call.
func (w *Window) StepFocus(n int) { w.do("step focus by %d", n) }

// FocusedLink returns Link.
func (w *Window) FocusedLink() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.Link
}

// FocusedPost returns Focused.
func (w *Window) FocusedPost() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.Focused
}
