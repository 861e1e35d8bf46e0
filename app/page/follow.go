package page

import (
	"vitrine/app/markup"
	"vitrine/app/state"
)

// followButton follows what a view shows, or no longer.
func (c canvas) followButton(m state.Followable) markup.Node {
	f, ok := m.Follow(c.Now)
	if !ok {
		return markup.Node{}
	}
	_, on := c.App.Followed(f)
	class, sign, pressed, words := "b main follow", "follow", "false", "do.follow"
	if on {
		class, sign, pressed, words = "b follow", "following", "true", "do.following"
	}
	return el("button", at{"class", class, "type", "button", "data-action", "follow", "aria-pressed", pressed},
		c.small(sign), text(c.Words.T(words)))
}

// undoNote says what was changed in what is followed, and offers to take it back.
func undoNote(s *state.App) markup.Node {
	u := s.LastUndo
	if u == nil {
		return el("div", at{"class", "fresh", "role", "status"})
	}
	return el("div", at{"class", "fresh", "role", "status"}, el("span", nil, text(u.Text)),
		el("button", at{"class", "b plain", "type", "button", "data-action", "undo"}, text(s.Words.T("do.undo"))),
		el("button", at{"class", "ib", "type", "button", "data-action", "undone"}, icon(s, "close", "i"), hidden(s.Words.T("do.dismiss"))))
}
