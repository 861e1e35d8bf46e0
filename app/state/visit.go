package state

import (
	"context"
	"time"

	"vitrine/app/browser"
	"vitrine/app/route"
	"vitrine/feeds"
)

// Model is what one view knows. Its methods run on the drawing goroutine.
type Model interface {
	// Ready reports that there is content or an alert to show.
	Ready() bool
	// Open starts reading. It is called once; what it starts ends with ctx.
	Open(ctx context.Context)
	// Handle does what an event means for this view, and reports whether it means anything.
	Handle(e browser.Event) bool
	// Refresh asks again. quiet: what is new waits to be let in, and failures say nothing.
	Refresh(quiet bool)
	// LoadOlder is called when the end comes near.
	LoadOlder()
	// Posts are those that the view shows.
	Posts() []*feeds.Post
	// Rows is how many rows its list has, for coming back to the same place; 0 without a list.
	Rows() int
	// Host is the server whose view it is, "" for none.
	Host() string
	// Fresh says when the server's answer came that the view shows, zero while none did or for a view without one; lost: the server
	// doesn't show it any more.
	Fresh() (at time.Time, lost bool)
}

// still is a model that has all it needs from the beginning, and no posts.
type still struct{}

func (*still) Ready() bool               { return true }
func (*still) Open(context.Context)      {}
func (*still) Handle(browser.Event) bool { return false }
func (*still) Refresh(bool)              {}
func (*still) LoadOlder()                {}
func (*still) Posts() []*feeds.Post      { return nil }
func (*still) Rows() int                 { return 0 }
func (*still) Host() string              { return "" }

// Fresh implements Model.
func (*still) Fresh() (time.Time, bool) { return time.Time{}, false }

// Visit is one entry of the browser's history: a view, what it knows, and where it was scrolled to.
type Visit struct {
	ID    string // History.HistoryID
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

// move folds a chunk away that left the neighbourhood of the screen, or has it drawn again.
func (v *Visit) move(c browser.ChunkMove) {
	height := c.Height
	if c.Near {
		height = 0
	}
	old := v.heights[c.List]
	folded := c.Chunk < len(old) && old[c.Chunk] > 0
	if folded == (height > 0) {
		return
	}
	next := make([]int, max(len(old), c.Chunk+1))
	copy(next, old)
	next[c.Chunk] = height
	if v.heights == nil {
		v.heights = map[string][]int{}
	}
	v.heights[c.List] = next
}
