package state

import (
	"context"
	"time"

	"vitrine/app/browser"
	"vitrine/feeds"
)

const (
	// storageBudget is how many bytes of posts are kept before the longest unread make room.
	storageBudget = 200 << 20
	// sweepAfter is how long after its start the program looks whether there is too much.
	sweepAfter = 30 * time.Second
)

// SettingsModel is the settings, with what is stored.
type SettingsModel struct {
	still
	Stored Stored

	app *App
	ctx context.Context
}

// Stored is what this browser keeps.
type Stored struct {
	Known   bool // the fields below were looked up
	Hosts   []feeds.Usage
	Media   browser.Media
	Program int64 // bytes of the site's own files
	Used    int64 // bytes of all that this origin stores, as the browser counts them; 0 when it doesn't say
	Quota   int64
	Lasting bool // the browser promised not to clear it
}

// Posts sums up what is kept of all servers.
func (s Stored) Posts() (sum feeds.Usage) {
	for _, u := range s.Hosts {
		sum.Posts += u.Posts
		sum.Authors += u.Authors
		sum.Timelines += u.Timelines
		sum.Bytes += u.Bytes
	}
	return sum
}

// Open implements Model.
func (m *SettingsModel) Open(ctx context.Context) {
	m.ctx = ctx
	m.look()
}

// Refresh implements Model.
func (m *SettingsModel) Refresh(bool) { m.look() }

// look counts what is stored.
func (m *SettingsModel) look() {
	go func() {
		hosts, err := m.app.upkeep.Usage(m.ctx)
		stored := Stored{Known: true}
		if err == nil {
			stored.Hosts = hosts
		}
		stored.Used, stored.Quota = browser.Estimate()
		stored.Lasting = browser.Lasting()
		stored.Media, stored.Program = browser.Kept()
		m.app.later(func() { m.Stored = stored; m.app.changed(m) })
	}()
}

// storage handles the buttons of the storage section.
func (a *App) storage(e browser.Event) {
	m, ok := a.settings()
	if !ok {
		return
	}
	switch e.Action {
	case "lasting":
		go func() {
			browser.AskLasting()
			a.later(m.look)
		}()
	case "forget":
		host := e.Key
		if host == "" && !browser.Confirm(a.Words.T("store.clear.sure")) {
			return
		}
		go func() {
			err := a.upkeep.Forget(m.ctx, host)
			browser.ClearFronts(host)
			a.memory.forget(host)
			if host == "" {
				browser.ForgetMedia()
			}
			a.later(func() {
				a.Note = a.Words.T("store.cleared")
				if err != nil {
					a.Note = a.problem(err)
				}
				m.look()
			})
		}()
	case "export":
		browser.Download("vitrine.json", export(a.Settings, a.clock.Now()))
	case "import":
		a.takeIn(e.Value)
	}
}

func (a *App) settings() (*SettingsModel, bool) {
	if a.shown == nil {
		return nil, false
	}
	m, ok := a.shown.Model.(*SettingsModel)
	return m, ok
}

// takeIn replaces the reader's own data by those of an exported file. A file that can't be read changes nothing.
func (a *App) takeIn(file string) {
	settings, err := imported([]byte(file))
	if err != nil {
		a.Note = a.Words.T("own.unreadable")
		if feeds.KindOf(err) == feeds.Unsupported {
			a.Note = a.Words.T("own.newer")
		}
		return
	}
	language := a.Settings.Language
	a.Settings = settings
	a.keepSettings()
	a.Note = a.Words.T("own.imported")
	if settings.Language != language {
		browser.Reload()
	}
}

// sweepLater makes room once, a while after the start, when reading goes before.
func (a *App) sweepLater() {
	go func() {
		<-a.clock.After(sweepAfter)
		o := feeds.SweepOptions{Budget: storageBudget}
		if days := a.Settings.KeepDays; days > 0 {
			o.Before = a.clock.Now().AddDate(0, 0, -days)
		}
		_ = a.upkeep.Sweep(context.Background(), o) // what could not be cleared now is cleared next time
	}()
}
