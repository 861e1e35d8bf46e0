package feeds

import "time"

// Turn is long work on many things of one kind. In a browser all work of the page has one thread: what holds it for long lets nobody tap or
// scroll.
type Turn struct {
	things int
	began  time.Time
}

const (
	heldAtMost = 30 * time.Millisecond
	together   = 8 // things between two looks at the clock
)

// Rest is called after a wait for something outside of the program: others went on meanwhile.
func (t *Turn) Rest() { t.began = time.Time{} }

// Next is called before each of the things. It lets others go on where the thread was held for long.
func (t *Turn) Next() {
	if t.things++; t.things%together != 0 {
		return
	}
	now := time.Now()
	if t.began.IsZero() {
		t.began = now
	}
	if now.Sub(t.began) > heldAtMost {
		letOthersGoOn()
		t.began = time.Time{}
	}
}
