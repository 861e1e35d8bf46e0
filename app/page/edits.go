package page

import (
	"vitrine/app/markup"
	"vitrine/app/state"
	"vitrine/app/words"
	"vitrine/feeds"
)

// edits shows the versions of a post that was edited.
func edits(s *state.App) markup.Node {
	d := el("dialog", at{"id", state.EditsDialog, "class", "menu", "aria-labelledby", "edits-title"})
	e := s.Edits
	if e == nil {
		return d
	}
	w := s.Words
	d.Children = []markup.Node{el("h2", at{"id", "edits-title"}, text(w.T("edits.title")))}
	line := func(words string) {
		d.Children = append(d.Children, el("p", at{"class", "quiet", "role", "status"}, text(words)))
	}
	switch {
	case e.Busy:
		line(w.T("wait.asking", e.Post.Author.Domain))
	case e.Err != nil && e.Err.Kind != feeds.Unsupported && e.Err.Kind != feeds.NotFound:
		line(w.Problem(e.Err, words.Problems{What: "post"}).Title)
	case len(e.Versions) < 2:
		line(w.T("edits.none"))
	}
	d.Children = append(d.Children, markup.Edits(s.Drawing(""), e.Versions)...)
	d.Children = append(d.Children, el("button", at{"class", "b", "type", "button", "data-action", "close", "data-part", state.EditsDialog}, text(w.T("viewer.close"))))
	return d
}
