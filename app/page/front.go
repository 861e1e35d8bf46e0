package page

import (
	"vitrine/app/markup"
	"vitrine/app/state"
)

// frontRows is how many rows of each list a front holds: more than any screen shows.
const frontRows = 20

// front is the first screen of the open view as the loader will draw it: the page's own frame, with the first rows of each list and
// nothing opened. "" when there is nothing that can be written.
func front(s *state.App) string {
	data, err := markup.JSON(columns(s, view(s), true).Tree(frontRows))
	if err != nil {
		return "" // a view without a front is slower, not worse
	}
	return string(data)
}
