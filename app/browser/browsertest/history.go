package browsertest

import (
	"fmt"

	"vitrine/app/browser"
)

// enter makes a new entry of the history after the current one.
func (w *Window) enter(fragment string) {
	w.entries = append(w.entries[:min(len(w.entries), w.current+1):min(len(w.entries), w.current+1)], entry{fmt.Sprintf("entry%d", w.made), fragment, ""})
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
	w.endDialog()
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

// Rename gives the current entry another address.
func (w *Window) Rename(fragment string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.entries[w.current].fragment = fragment
}

// Back closes what is open, or goes back and reports it.
func (w *Window) Back() {
	if w.endDialog() {
		return
	}
	w.mu.Lock()
	if w.current == 0 {
		w.mu.Unlock()
		w.Go("#/", true)
		return
	}
	left := w.entries[w.current].fragment
	w.current--
	at := w.entries[w.current]
	w.mu.Unlock()
	w.Send(browser.AsideChange{Link: at.aside})
	if at.fragment != left {
		w.Send(browser.HashChange{Fragment: at.fragment, Traversed: true})
	}
}
