package state

import (
	"vitrine/feeds"
)

// EditsDialog is the id of the dialog with the versions of a post.
const EditsDialog = "edits"

// Edits are the versions of a post that was edited.
type Edits struct {
	Post     *feeds.Post
	Versions []*feeds.Post // the oldest first
	Busy     bool          // its server is asked
	Err      *feeds.Error  // why there are none; nil for none
}

// openEdits opens the dialog with the versions of a post, and asks for them.
func (a *App) openEdits(key feeds.Key) {
	p := a.post(key)
	if p == nil {
		return
	}
	a.browser.CloseDialog("menu")
	edits := &Edits{Post: p, Busy: true}
	a.Edits = edits
	a.afterDraw(func() { a.browser.OpenDialog(EditsDialog) })
	ctx := a.shown.ctx
	go func() {
		versions, err := a.reader.Edits(feeds.Anew(ctx), p)
		a.later(func() {
			if a.Edits != edits || ctx.Err() != nil {
				return
			}
			a.Edits = &Edits{Post: p, Versions: versions}
			if err != nil {
				a.Edits.Err = feeds.AsError(err)
			}
		})
	}()
}
