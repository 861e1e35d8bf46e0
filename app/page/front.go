package page

import (
	"vitrine/app/markup"
	"vitrine/app/state"
	"vitrine/app/ui"
)

// frontRows is how many rows of each list a front holds: more than any screen shows.
const frontRows = 20

// wholeColumns are the columns of the open view, whole.
func wholeColumns(s *state.App) ui.Piece {
	l := view(s)
	return columns(s, l, l.pieces(visitID(s.Shown())), true)
}

// front is the first screen of the open view as the loader will draw it: the page's own frame, with the first rows of each list and
// nothing opened. "" when there is nothing that can be written.
func front(s *state.App) string {
	data, err := markup.JSON(wholeColumns(s).Tree(frontRows))
	if err != nil {
		return "" // a view without a front is slower, not worse
	}
	return string(data)
}
