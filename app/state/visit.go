package state

import (
	"context"
	"time"

	"vitrine/app/browser"
	"vitrine/app/route"
	"vitrine/feeds"
)

// Model is what one view knows. Its methods run on the drawing goroutine. The context that they are handed is the visit's: what they start
// ends with it, and they don't keep it.
type Model interface {
	// Ready reports that there is content or an alert to show.
	Ready() bool
	// Open starts reading. It is called once.
	Open(ctx context.Context)
	// Handle does what an event means for this view, and reports whether it means anything.
	Handle(ctx context.Context, e browser.Event) bool
	// Refresh asks again. quiet: nobody asked for it; what is new waits to be let in, failures say nothing, and a server that said when
	// it may be asked again isn't asked before.
	Refresh(ctx context.Context, quiet bool)
	// LoadOlder is called when the end comes near.
	LoadOlder(ctx context.Context)
	// Posts are those that the view shows.
	Posts() []*feeds.Post
	// Rows is how many rows its list has, for coming back to the same place; 0 without a list.
	Rows() int
	// Host is the server whose view it is, "" for none.
	Host() string
	// Fresh says when the server's answer came that the view shows, zero while none did or for a view without one; withdrawn: the server
	// doesn't show it any more.
	Fresh() (at time.Time, withdrawn bool)
}

// static is a model that has all it needs from the beginning, and no posts.
type static struct{}

func (*static) Ready() bool                                { return true }
func (*static) Open(context.Context)                       {}
func (*static) Handle(context.Context, browser.Event) bool { return false }
func (*static) Refresh(context.Context, bool)              {}
func (*static) LoadOlder(context.Context)                  {}
func (*static) Posts() []*feeds.Post                       { return nil }
func (*static) Rows() int                                  { return 0 }
func (*static) Host() string                               { return "" }

// Fresh implements Model.
func (*static) Fresh() (time.Time, bool) { return time.Time{}, false }

// Visit is one entry of the browser's history: a view, what it knows, and where it was scrolled to.
type Visit struct {
	ID    string // History.HistoryID
	Hash  string // location.hash, as it stands in the address bar
	Route route.Route
	Model Model
	Aside *Visit // the thread at the side; nil for none

	opener   string          // of a thread at the side: the address of the post in the list from which it was reached
	ctx      context.Context // as long as the visit is kept; the one place where it is kept, since events come without a context
	cancel   context.CancelFunc
	entered  bool // its content was shown, and the focus went there
	position browser.Position
	focus    string           // what had the focus when it was left: Focus.FocusPlace
	fronted  time.Time        // the answer whose front was kept
	heights  map[string][]int // by list: the pixels of chunks that are folded away, 0 where rows are drawn
	last     map[string][]int // by list: the pixels of chunks when they were last folded away
}

// refresh has the view ask again (Model.Refresh). What somebody wants asked again is asked, however fresh the last answer is.
func (v *Visit) refresh(quiet bool) {
	ctx := v.ctx
	if !quiet {
		ctx = feeds.Anew(ctx)
	}
	v.Model.Refresh(ctx, quiet)
}

// Heights returns how high the chunks of a list are that are not drawn just now; 0 or nothing means drawn. The slice is never
// changed.
func (v *Visit) Heights(list string) []int { return v.heights[list] }

// LastHeights returns how high the chunks of a list were when they were last drawn, 0 or nothing where that isn't known. The slice is never
// changed.
func (v *Visit) LastHeights(list string) []int { return v.last[list] }

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
		v.heights, v.last = map[string][]int{}, map[string][]int{}
	}
	v.heights[c.List] = next
	if height > 0 {
		last := make([]int, len(next))
		copy(last, v.last[c.List])
		last[c.Chunk] = height
		v.last[c.List] = last
	}
}
