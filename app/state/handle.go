package state

import (
	"strings"

	"vitrine/app/browser"
	"vitrine/app/route"
	"vitrine/feeds"
	"vitrine/feeds/follows"
)

// Handle turns an event into the next state: first the thread at the side is asked what happened in it, then the open view, then it is the
// frame's.
func (a *App) Handle(e browser.Event) {
	defer a.passNote()
	if b, ok := e.(browser.Brought); ok { // it means the same in every view
		a.bring(b)
		return
	}
	click, _ := e.(browser.Click)
	if click.Aside && a.handleAside(e) || a.shown != nil && a.shown.Model.Handle(a.shown.ctx, e) || !click.Aside && a.handleAside(e) {
		return
	}
	switch e := e.(type) {
	case browser.HashChange:
		a.navigate(e.Fragment, e.Traversed)
	case browser.Click:
		a.click(e)
	case browser.Toggle:
		a.opened.toggle(e)
		a.toggleFilmFile(e)
	case browser.Submit:
		a.submit(e)
	case browser.SettingChange:
		a.setFollow(e)
		a.setFilter(e)
		a.setTake(e)
		a.setFile(e)
	case browser.KeyDown:
		a.key(e.Key)
	case browser.BoxChange:
		a.boxChange(e)
	case browser.NearEnd:
		a.nearEnd()
	case browser.PlaceNear:
		if !a.Settings.DataSaver {
			a.readLinked(e.Key)
		}
	case browser.ChunkMove:
		if a.shown != nil {
			a.listed(e.List).move(e)
			a.holdNear(e.List)
		}
	case browser.VisibilityChange:
		a.showPage(e.Visible)
	case browser.NetworkChange:
		a.Offline = !e.Online
		if e.Online && a.shown != nil { // what failed without a network says nothing of the servers
			a.shown.Model.Refresh(feeds.Anew(a.shown.ctx), true)
		}
	case browser.UpdateReady:
		a.NewVersion = true
	case browser.PostClick:
		if strings.HasPrefix(e.Link, "#/") {
			a.openPost(e.Link)
		}
	case browser.AsideChange:
		if v := a.current(); v != nil && v == a.shown && v.Hash == a.browser.Fragment() { // else another view is coming
			a.showAside(e.Link)
		}
	case browser.SlideChange:
		a.slideCame(e.Index)
	case browser.DialogClosed:
		a.dialogClosed(e.Dialog)
	}
}

// click does what a click means wherever it happens.
func (a *App) click(p browser.Click) {
	if a.opened.click(p) || a.clickDialog(p) || a.clickFilter(p) || a.clickTake(p) {
		return
	}
	switch p.Action {
	case "choose-option":
		a.choose(p.Index)
	case "unfold":
		a.readLinked(string(p.Post))
	case "skip":
		a.browser.FocusOn("main")
	case "back":
		a.browser.Back()
	case "again":
		if v := a.shown; v != nil {
			if p.Aside && v.Aside != nil {
				v = v.Aside
			}
			v.refresh(false)
		}
	case "leave-aside":
		a.leaveAside()
	case "chapter":
		a.play(p, "from", p.Second)
	case "said":
		a.readFilmFile(p.Post, saidPart, p.Index)
	case "stream":
		a.play(p, "start", 0)
	case "speed":
		a.browser.Player(string(p.Post), p.Index, p.Action, p.Second)
	case "float":
		a.browser.Player(string(p.Post), p.Index, p.Action, 0)
	case "translate":
		a.browser.CloseDialog("menu")
		a.translate(p.Post)
	case "heading":
		a.browser.Bring("#" + p.Text)
	case "share":
		a.browser.Share("", p.Text, a.copied)
	case "clip":
		a.browser.Copy(p.Text, a.copied)
	case "save":
		a.pressSave(p.Post)
	case "follow":
		a.pressFollow()
	case "follow-author":
		a.pressAuthor(p.Post)
	case "follow-options":
		a.openFollowMenu(follows.Address(p.Key))
	case "unfollow":
		a.unfollow(follows.Address(p.Key))
	case "undo":
		a.undoFollows()
	case "wiped":
		a.knowWiped()
	case "undone":
		a.LastUndo = nil
	case "noted":
		a.StoreNotice = nil
	case "update":
		a.browser.UpdateSite()
	}
}

// play has a film that comes in pieces drawn as a player first: until then a link stands for it.
func (a *App) play(p browser.Click, act string, number int) {
	next := a.opened[p.Post]
	next.Stream = true
	a.opened[p.Post] = next
	a.afterDraw(func() { a.browser.Player(string(p.Post), p.Index, act, number) })
}

// copied says that something was copied, or couldn't be.
func (a *App) copied(done bool) {
	words := "note.uncopied"
	if done {
		words = "note.copied"
	}
	a.later(func() { a.Note = a.Words.T(words) })
}

// submit opens what was written into the address box.
func (a *App) submit(s browser.Submit) {
	switch {
	case s.Form == "follow-list":
		a.followInNewList(s.Text)
	case s.Form == "follow-tags":
		a.setFurther(s.Key, s.Text)
	case s.Form == "saved-label":
		a.label(s)
	case s.Form == "take":
		a.startTake()
	case s.Form == "filter-add":
		a.addRule(s.Text)
	case s.Form != "open":
	case strings.TrimSpace(s.Text) == "":
		a.Note = a.Words.T("open.empty")
		a.browser.FocusOn("#u")
	default:
		a.browser.Go(route.Route{View: route.Open, Query: s.Text}.String(), false)
	}
}

// showPage follows the page when it is hidden or shown again.
func (a *App) showPage(visible bool) {
	a.sight.show(a.background, visible)
	switch {
	case a.shown == nil:
	case !visible:
		a.remember()
	default:
		a.redraw()
		a.shown.refresh(true)
	}
}
