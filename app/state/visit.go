package state

import (
	"context"
	"time"

	"vitrine/app/browser"
	"vitrine/app/route"
)

// Model is what one view knows. Its methods run on the drawing goroutine.
type Model interface {
	// Ready reports that there is content or an alert to show.
	Ready() bool
	// Open starts reading. It is called once.
	Open(ctx context.Context)
	// Refresh asks again. quiet: what is new waits to be let in, and failures say nothing.
	Refresh(quiet bool)
	// LoadOlder is called when the end comes near.
	LoadOlder()
	// Host is the server whose view it is, "" for none.
	Host() string
	// Fresh says when the server's answer came that the view shows, zero while none did or for a view without one; lost: the server
	// doesn't show it any more.
	Fresh() (at time.Time, lost bool)
}

// Visit is one entry of the browser's history: a view, what it knows, and where it was scrolled to.
type Visit struct {
	ID    string // browser.HistoryID
	Hash  string // location.hash, as it stands in the address bar
	Route route.Route
	Model Model

	cancel   context.CancelFunc
	entered  bool // its content was shown, and the focus went there
	position browser.Position
	fronted  time.Time        // the answer whose front was kept
	heights  map[string][]int // by list: the pixels of chunks that are folded away, 0 where rows are drawn
}

// Heights returns how high the chunks of a list are that are not drawn just now; 0 or nothing means drawn. The slice is never
// changed.
func (v *Visit) Heights(list string) []int { return v.heights[list] }

// fold notes that a chunk left the neighbourhood of the screen with a height, or came near again (0).
func (v *Visit) fold(list string, chunk, height int) {
	old := v.heights[list]
	next := make([]int, max(len(old), chunk+1))
	copy(next, old)
	next[chunk] = height
	if v.heights == nil {
		v.heights = map[string][]int{}
	}
	v.heights[list] = next
}
