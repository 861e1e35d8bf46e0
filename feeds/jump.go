package feeds

import (
	"context"
	"time"
)

// Jumper finds places in the middle of what ProfilePosts reads without reading all that stands above them.
type Jumper interface {
	// Jump says how the list of an author's posts is entered. It may ask the server for what it has to know of the list.
	Jump(ctx context.Context, a *Author, f ProfileFilter) (*Jump, error)
}

// Jump is how a list is entered in its middle. The zero value is a list that can only be read from its top.
type Jump struct {
	// Before returns the cursor of what was posted before a time: ids carry it, or the API takes dates. nil where pages are looked at instead.
	Before func(t time.Time) Cursor
	// At returns the cursor of pages by their numbers: one number for each of the lists that are shown as one, the first page is 1, and 0 leaves a
	// list out. before is where the posts begin that are wanted; zero for all of the pages.
	At    func(pages []int, before time.Time) Cursor
	Lists []int // how many pages each list has; 0 where that isn't known
	Light bool  // boosts cost requests of their own: pages are looked at without them
	Asked int   // how many requests this took
}
