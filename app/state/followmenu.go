package state

import (
	"strings"

	"vitrine/app/browser"
	"vitrine/feeds/follows"
)

// FollowMenu is how a source is followed, which can be changed.
type FollowMenu struct {
	Address follows.Address
	Said    string // why what was written into it can't be; "" for nothing
	SaidOf  string // the form that it was written into
	Made    int    // how many lists were made: the field for the next one is another
}

// followDialog is the id of the dialog that shows it.
const followDialog = "follow"

// openFollowMenu shows how a source is followed; that of the open view for "".
func (a *App) openFollowMenu(address follows.Address) {
	if address == "" && a.shown != nil {
		if m, ok := a.shown.Model.(Followable); ok {
			f, _ := m.Follow(a.clock.Now())
			own, _ := a.Followed(f)
			address = own.Address
		}
	}
	if _, ok := a.Follows.Find(address); ok {
		a.FollowMenu = &FollowMenu{Address: address}
		a.afterDraw(func() { a.browser.OpenDialog(followDialog) })
	}
}

// unfollow no longer follows the source of the menu.
func (a *App) unfollow(address follows.Address) {
	a.browser.CloseDialog(followDialog)
	if f, ok := a.Follows.Find(address); ok {
		a.changeFollows(a.Words.T("follow.removed", FollowName(f)), func(d *follows.Data) error { d.Remove(address); return nil })
	}
}

// setFollow changes how the source of the menu is followed. The controls' names are those of the changes, with "follow-" before them.
func (a *App) setFollow(e browser.SettingChange) {
	name, ok := strings.CutPrefix(e.Name, "follow-")
	if !ok || a.FollowMenu == nil {
		return
	}
	address := a.FollowMenu.Address
	f, ok := a.Follows.Find(address)
	if !ok {
		return
	}
	a.changeFollows(a.Words.T("follow.changed", FollowName(f)), func(d *follows.Data) error {
		if name == "list" {
			d.Put(e.Value, e.On, address)
			return nil
		}
		d.Update(func(f *follows.Follow) {
			switch name {
			case "boosts":
				f.Filter.NoBoosts = !e.On
			case "replies":
				f.Filter.NoReplies = !e.On
			case "media":
				f.Filter.OnlyMedia = e.On
			case "muted":
				f.Muted = e.On
			}
		}, address)
		return nil
	})
}

// followInNewList makes a list with the source of the menu.
func (a *App) followInNewList(name string) {
	if a.FollowMenu == nil {
		return
	}
	address := a.FollowMenu.Address
	name = strings.TrimSpace(name)
	next := FollowMenu{Address: address, Made: a.FollowMenu.Made, SaidOf: "follow-list", Said: a.badListName(name, "")}
	if a.FollowMenu = &next; next.Said != "" {
		return
	}
	next.Made++
	a.afterDraw(func() { a.browser.FocusOn("#follow form[data-action=follow-list] input") })
	a.changeFollows(a.Words.T("following.list.made", name), func(d *follows.Data) error {
		d.Put(d.MakeList(name), true, address)
		return nil
	})
}
