package browsertest

import (
	"slices"

	"vitrine/app/browser"
)

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

// Sync has what is followed refreshed as Syncs says, where that isn't nil; a browser that Refuses leaves it off.
func (w *Window) Sync(wish string) (on, can bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.Syncs == nil {
		return false, false
	}
	if wish != "" {
		*w.Syncs = wish == "on" && !w.Refuses
	}
	return *w.Syncs, true
}

// ForgetMedia throws the pictures away.
func (w *Window) ForgetMedia() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.Media = browser.Media{}
	w.note("forget media")
}
