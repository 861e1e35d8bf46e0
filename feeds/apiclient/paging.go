package apiclient

import (
	"strconv"

	"vitrine/feeds"
)

// Position reads a cursor of a list that goes on by counting: how many elements are above (first is 0), or a page's number (first
// is 1). "" is first. The error is ErrNoSuchPage.
func Position(c feeds.Cursor, first int) (int, error) {
	if c == "" {
		return first, nil
	}
	n, err := strconv.Atoi(string(c))
	if err != nil || n < 1 {
		return 0, ErrNoSuchPage
	}
	return n, nil
}

// CursorAt is the cursor that Position reads.
func CursorAt(position int) feeds.Cursor { return feeds.Cursor(strconv.Itoa(position)) }
