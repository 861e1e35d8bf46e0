package state

import (
	"context"
	"time"
)

// noteShown is how long a Note is shown: time enough to read two sentences slowly.
const noteShown = 10 * time.Second

const (
	// undoShown is how long something that was done can be taken back: time enough to see it, read it and get there by keyboard.
	undoShown = 20 * time.Second
	// undoAgain is how long that stays, once its time is over, after the pointer or the focus was on it.
	undoAgain = 5 * time.Second
)

// passUndo lets the offer to take something back go after a while, unless the reader is at it.
func (a *App) passUndo(undo *Undo, after time.Duration) {
	a.background(func(ctx context.Context) {
		select {
		case <-a.clock.After(after):
			a.later(func() {
				switch {
				case a.LastUndo != undo:
				case a.browser.Attended(".fresh"):
					a.passUndo(undo, undoAgain)
				default:
					a.LastUndo = nil
				}
			})
		case <-ctx.Done():
		}
	})
}

// passNote lets what was said go after a while, and at once where something that can be taken back is said in its place. It is called after
// whatever may have said something.
func (a *App) passNote() {
	if undo := a.LastUndo; undo != a.offers {
		a.offers = undo
		if undo != nil {
			a.passUndo(undo, undoShown)
			if a.Note == a.noted {
				a.Note = ""
			}
		}
	}
	if a.Note == a.noted {
		return
	}
	said := a.Note
	if a.noted = said; said == "" {
		return
	}
	a.background(func(ctx context.Context) {
		select {
		case <-a.clock.After(noteShown):
			a.later(func() {
				if a.Note == said {
					a.Note = ""
				}
			})
		case <-ctx.Done():
		}
	})
}
