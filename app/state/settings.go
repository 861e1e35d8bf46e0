package state

import (
	"context"
	"slices"
	"time"

	"vitrine/app/browser"
	"vitrine/app/route"
	"vitrine/app/settings"
	"vitrine/app/words"
	"vitrine/feeds"
	"vitrine/feeds/offline"
)

// SettingsModel is the settings, with what is stored.
type SettingsModel struct {
	static
	Stored Stored
	Jobs   []feeds.Job // long work that isn't over

	Refused bool // the browser was asked to keep what is stored, and didn't promise it

	Syncs   bool // what is followed is refreshed while no page is open
	MaySync bool // the browser can do that

	app   *App
	heard int // news of jobs
}

// Stored is what this browser keeps.
type Stored struct {
	Known   bool // the fields below were looked up
	Hosts   []feeds.Usage
	Media   browser.Media
	Program int64 // bytes of the site's own files
	Used    int64 // bytes of all that this origin stores, as the browser counts them; 0 when it doesn't say
	Quota   int64
	Lasting bool          // the browser promised not to clear it
	Index   feeds.KeptSum // posts that can be searched, and what their index takes
	Saved   feeds.KeptSum // files of saved posts
	Taken   feeds.KeptSum // files of what is taken offline
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

// NewSettings makes the model of the settings.
func NewSettings(a *App, _ route.Route) *SettingsModel { return &SettingsModel{app: a} }

// Open implements Model.
func (m *SettingsModel) Open(ctx context.Context) {
	go m.look(ctx)
	m.listJobs(ctx)
}

// Refresh implements Model: what is stored is counted again.
func (m *SettingsModel) Refresh(ctx context.Context, _ bool) {
	go m.look(ctx)
	m.listJobs(ctx)
}

// listJobs reads which jobs are written down.
func (m *SettingsModel) listJobs(ctx context.Context) {
	all, heard := m.app.jobs, m.heard
	if all == nil {
		m.Jobs = nil
		return
	}
	go func() {
		list, err := all.Waiting(ctx)
		m.app.later(func() {
			switch {
			case err != nil:
			case m.heard != heard: // what was read may be over
				m.listJobs(ctx)
			default:
				m.Jobs = list
				m.app.changed(m)
			}
		})
	}()
}

// hearJob implements watcher.
func (m *SettingsModel) hearJob(_ context.Context, n feeds.JobNews) {
	m.heard++
	m.Jobs = slices.DeleteFunc(slices.Clone(m.Jobs), func(j feeds.Job) bool { return n.Over && j.Same(n.Job) })
	switch i := slices.IndexFunc(m.Jobs, n.Same); {
	case n.Over:
	case i < 0:
		m.Jobs = append(m.Jobs, n.Job)
	default:
		m.Jobs[i] = n.Job
	}
	m.app.changed(m)
}

// stop ends a job. It leaves the list when that is done.
func (m *SettingsModel) stop(ctx context.Context, id string) {
	all := m.app.jobs
	i := slices.IndexFunc(m.Jobs, func(j feeds.Job) bool { return j.ID() == id })
	if i < 0 || all == nil {
		return
	}
	j := m.Jobs[i]
	if j.Kind == feeds.JobOffline && m.app.taken[j.Subject] != nil { // it would be begun again by the next visit
		m.app.clickTake(browser.Click{Action: "taken-pause", Post: feeds.Key(j.Subject)})
		return
	}
	go func() {
		if err := all.Stop(ctx, j); err != nil {
			m.app.later(func() { m.app.Note = m.app.problem(err) })
		}
	}()
}

// look counts what is stored.
func (m *SettingsModel) look(ctx context.Context) {
	b := m.app.browser
	stored := Stored{Known: true}
	if hosts, err := m.app.upkeep.Usage(ctx); err == nil {
		stored.Hosts = hosts
	}
	if m.app.media != nil {
		if owned, err := m.app.media.Owned(ctx); err == nil {
			stored.Saved, stored.Taken = sumsOf(owned)
		}
	}
	if x := m.app.index; x != nil {
		if s, err := x.State(ctx, m.app.indexed, 1); err == nil {
			stored.Index = feeds.KeptSum{Files: s.Posts, Bytes: s.Bytes}
		}
	}
	stored.Used, stored.Quota = b.Estimate()
	stored.Lasting = b.Persisted()
	stored.Media, stored.Program = b.WorkerUsage()
	on, can := b.Sync("")
	m.app.later(func() { m.Stored, m.Syncs, m.MaySync = stored, on, can; m.app.changed(m) })
}

// sync has what is followed refreshed while no page is open, or not.
func (m *SettingsModel) sync(want bool) {
	wish := "off"
	if want {
		wish = "on"
	}
	on, can := m.app.browser.Sync(wish)
	m.app.later(func() {
		m.Syncs, m.MaySync = on, can
		if want && !on {
			m.app.Note = m.app.Words.T("set.sync.refused")
		}
		m.app.changed(m)
	})
}

// Handle implements Model.
func (m *SettingsModel) Handle(ctx context.Context, e browser.Event) bool {
	switch e := e.(type) {
	case browser.SettingChange:
		if e.Name == "sync" {
			go m.sync(e.On)
			break
		}
		m.app.changeSettings(m.app.Settings.Set(e.Name, e.Value, e.On))
	case browser.FileChosen:
		m.importFile(e)
	case browser.Click:
		return m.click(ctx, e)
	default:
		return false
	}
	return true
}

func (m *SettingsModel) click(ctx context.Context, p browser.Click) bool {
	switch p.Action {
	case "lasting":
		go func() {
			granted := m.app.browser.Persist()
			m.app.later(func() { m.Refused = !granted })
			m.look(ctx)
		}()
	case "forget-index":
		go func() {
			if err := m.app.indexKept.Clear(ctx, "", "\x7f"); err == nil { // the next search has it built again
				m.app.later(func() { m.app.Note = m.app.Words.T("store.cleared") })
			}
			m.look(ctx)
		}()
	case "forget-seen":
		go func() {
			m.app.browser.ForgetMedia()
			m.app.later(func() { m.app.Note = m.app.Words.T("store.cleared") })
			m.look(ctx)
		}()
	case "forget":
		if p.Host != "" || m.app.browser.Confirm(m.app.Words.T("store.clear.sure")+" "+m.app.Words.T("store.clear.stays")) {
			go m.forget(ctx, p.Host)
		}
	case "stop-job":
		m.stop(ctx, p.Job)
	case "export":
		m.app.exportOwn()
	default:
		return false
	}
	return true
}

// forget clears what was read from a host; "" for all of them.
func (m *SettingsModel) forget(ctx context.Context, host string) {
	a := m.app
	err := a.upkeep.Forget(ctx, host)
	a.forgetIndexed(ctx, host)
	a.browser.ClearFronts(host)
	a.hosts.forget(host)
	if host == "" {
		a.browser.ForgetMedia()
	}
	if a.taker != nil {
		a.readTaken(ctx)
	}
	a.later(func() {
		a.Note = a.Words.T("store.cleared")
		if err != nil {
			a.Note = a.problem(err)
		}
	})
	m.look(ctx)
}

// importFile replaces the reader's own data by those of an exported file. A file that can't be read changes nothing.
func (m *SettingsModel) importFile(file browser.FileChosen) {
	a := m.app
	if file.TooLarge {
		a.Note = a.Words.T("own.large", a.Words.Bytes(browser.MaxFile))
		return
	}
	own, err := readOwn(file.Data)
	switch {
	case err == nil:
		a.Note = a.Words.T("own.imported")
		if own.follows != nil {
			a.takeImport(own.follows)
		}
		if own.settings != nil {
			a.changeSettings(*own.settings)
		}
		if own.saved != nil {
			a.takeSaved(own.saved)
		}
	case feeds.KindOf(err) == feeds.Unsupported:
		a.Note = a.Words.T("own.newer")
	default:
		a.Note = a.Words.T("own.unreadable")
	}
}

// changeSettings takes over what the reader chose.
func (a *App) changeSettings(s settings.Settings) {
	language := a.Settings.Language
	a.setSettings(s)
	if s.Language != language {
		a.speak(s.Language)
	}
}

// speak turns all that is shown into a language, "" for the browser's. Where its words can't be had the page stays as it is until it is loaded
// with them.
func (a *App) speak(language string) {
	a.browser.Speak(language, func(table string, err error) {
		a.later(func() {
			if a.Settings.Language != language {
				return // another one was chosen meanwhile
			}
			var w *words.Words
			if err == nil {
				w, err = words.Open(table)
			}
			if err != nil {
				a.Note = a.Words.T("note.language")
				return
			}
			a.Words = w
			a.redraw()
		})
	})
}

// setSettings takes settings over, at once and for good.
func (a *App) setSettings(s settings.Settings) {
	badge := a.Settings.Badge
	a.Settings = s
	if s.Badge != badge {
		a.setBadge(s.Badge)
	}
	copied := a.copySettings(s) // now: the page may be loaded again at once
	a.background(func(ctx context.Context) {
		if err := settings.Save(ctx, a.shelf, s); err != nil && !copied {
			a.later(func() { a.Note = a.problem(err) })
		}
	})
	a.browser.SetLook(s.Theme, s.TextSize, s.Serif)
	a.redraw()
}

// loadSettings takes the settings from the reader's own database where local storage, which is cleared more easily, has none.
func (a *App) loadSettings(ctx context.Context) {
	if _, ok := a.copiedSettings(); ok {
		return
	}
	s, err := settings.Load(ctx, a.shelf)
	if err != nil || s == (settings.Settings{}) {
		return
	}
	a.later(func() { a.changeSettings(s) })
}

// settingsKey names the copy of the settings in local storage, where the loader finds them before the first paint.
func (a *App) settingsKey() string { return "vitrine:" + a.base + ":settings" }

// copiedSettings returns the settings as local storage has them, and whether it has any that can be read.
func (a *App) copiedSettings() (settings.Settings, bool) {
	return settings.Decode([]byte(a.browser.LocalItem(a.settingsKey())))
}

// copySettings writes the settings to local storage, and reports whether they were stored.
func (a *App) copySettings(s settings.Settings) bool {
	return a.browser.SetLocalItem(a.settingsKey(), string(settings.Encode(s)))
}

const (
	// storageBudget is how many bytes of posts are kept before the longest unread make room.
	storageBudget = 200 << 20
	// sweepAfter is how long after its start the program looks whether there is too much.
	sweepAfter = 30 * time.Second
)

// sweep makes room once, a while after the start, when reading goes before.
func (a *App) sweep(ctx context.Context) {
	select {
	case <-a.clock.After(sweepAfter):
	case <-ctx.Done():
		return
	}
	bounds := make(chan feeds.SweepOptions, 1)
	a.later(func() {
		o := feeds.SweepOptions{Budget: storageBudget}
		if days := a.Settings.KeepDays; days > 0 {
			o.Before = a.clock.Now().AddDate(0, 0, -days)
		}
		bounds <- o
	})
	select {
	case o := <-bounds:
		a.makeRoom(ctx, o)
	case <-ctx.Done():
	}
}

// sumsOf adds up what is kept for saved posts, and for what is taken offline.
func sumsOf(owned map[string]feeds.KeptSum) (kept, taken feeds.KeptSum) {
	for owner, sum := range owned {
		of := &kept
		if offline.FragmentOf(owner) != "" {
			of = &taken
		}
		of.Files, of.Bytes = of.Files+sum.Files, of.Bytes+sum.Bytes
	}
	return kept, taken
}
