package browsertest

import (
	"context"
	"errors"
)

// Translates reports whether Tongues are set.
func (w *Window) Translates() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.Tongues != nil
}

// Detects reports whether Detected is set.
func (w *Window) Detects() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.Detected != ""
}

// CanTranslate answers from Tongues, and notes what it is asked.
func (w *Window) CanTranslate(from []string, to string, done func([]bool)) {
	w.mu.Lock()
	can := make([]bool, len(from))
	for i, tag := range from {
		w.note("can %s to %s", tag, to)
		can[i] = w.Tongues[tag] != nil
	}
	w.mu.Unlock()
	done(can)
}

// Translate says half of the way, waits for Hold where there is one, and answers with what Tongues make of each text; it fails where they have none for the language.
func (w *Window) Translate(ctx context.Context, from, to string, texts []string, progress func(int), done func([]string, string, error)) {
	w.mu.Lock()
	if from == "" {
		from = w.Detected
	}
	say, hold := w.Tongues[from], w.Hold
	w.note("translate %d from %s to %s", len(texts), from, to)
	w.mu.Unlock()
	go func() {
		progress(50)
		if hold != nil {
			<-hold
		}
		if ctx.Err() != nil {
			w.do("stopped")
			done(nil, "", ctx.Err())
			return
		}
		if say == nil {
			done(nil, "", errors.New("no such language"))
			return
		}
		said := make([]string, len(texts))
		for i, text := range texts {
			said[i] = say(text)
		}
		done(said, from, nil)
	}()
}
