package browsertest

// Wide reports that the window has room for a thread at the side.
func (w *Window) Wide() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.Room
}

// Aside returns the thread at the side of the current entry.
func (w *Window) Aside() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.entries[w.current].aside
}

// OpenAside makes an entry for a thread at the side, in place of that of another one.
func (w *Window) OpenAside(link string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	at := w.entries[w.current]
	if at.aside == "" {
		w.enter(at.fragment)
	}
	w.entries[w.current] = entry{at.id, at.fragment, link}
}

// Bring notes the call.
func (w *Window) Bring(selector string) { w.do("bring %s", selector) }
