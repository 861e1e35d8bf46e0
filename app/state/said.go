package state

import (
	"context"
	"time"
)

// noteShown is how long a Note is shown: time enough to read two sentences slowly.
const noteShown = 10 * time.Second

// passNote lets what was said go after a while, and at once where something that can be taken back is said in its place. It is called after
// whatever may have said something.
func (a *App) passNote() {
	if undo := a.LastUndo; undo != a.offers {
		a.offers = undo
		if undo != nil && a.Note == a.noted {
			a.Note = ""
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
