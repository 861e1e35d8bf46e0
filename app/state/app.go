package state

import (
	"context"
	"strconv"
	"strings"
	"time"

	"vitrine/app/browser"
	"vitrine/app/markup"
	"vitrine/app/route"
	"vitrine/app/words"
	"vitrine/feeds"
	"vitrine/feeds/blocklist"
	"vitrine/feeds/cache"
	"vitrine/feeds/fetch"
	"vitrine/feeds/reader"
	"vitrine/feeds/software"
)

const (
	// pollEvery is how often an open list asks for new posts while the page is visible.
	pollEvery = time.Minute
	// bonesAfter is how long the old view stays when a new one has nothing yet.
	bonesAfter = 200 * time.Millisecond
	// visitsKept is how many views keep what they read for going back.
	visitsKept = 12
	// ChunkSize is how many rows are drawn and folded away together.
	ChunkSize = 20
)

// App is the whole state of the program.
type App struct {
	Words      *words.Words
	Site       Site
	Settings   feeds.Settings
	Note       string       // a word to the reader that needs no answer, read out and shown for a while
	Viewer     *Viewer      // the pictures that are looked at large
	Menu       *Menu        // what can be done with a post
	NewVersion bool         // of the site: it waits for the reader's word
	Trouble    *feeds.Error // why nothing can be stored; nil while all is well, and once the reader has taken note
	Unkept     *feeds.Error // the same, for as long as it is so

	config  browser.Config
	blocked blocklist.List
	clock   feeds.Clock
	reader  *reader.Reader
	fetcher *fetch.Client
	memory  memory
	shelf   shelf
	upkeep  feeds.Upkeep
	stage   Stage
	opened  map[feeds.Key]markup.Opened
	drawing map[string]*markup.Drawing
	visits  []*Visit // least recently shown first
	shown   *Visit
	next    *Visit
	started bool

	focusBox bool // the address box gets the focus once the start is drawn
}

// Stage is what draws the App. Later and Drawn may be called from anywhere and return at once.
type Stage struct {
	Later func(func())      // runs a function on the drawing goroutine and draws afterwards
	Drawn func(func())      // runs a function on the drawing goroutine once the next drawing is done
	Front func(*App) string // the open view as the loader will draw it (browser.KeepFront)
}

// New joins the parts.
func New(config browser.Config, stage Stage) (*App, error) {
	w, err := words.Load(config.Words)
	if err != nil {
		return nil, err
	}
	clock := fetch.SystemClock()
	private := browser.OnLoopback()
	fetcher := fetch.New(fetch.Options{Clock: clock, Private: private, Pace: fetch.SharedPace(clock, fetch.MaxWait)})
	a := &App{
		Words: w, config: config, clock: clock, fetcher: fetcher, stage: stage,
		shelf:  shelf{"vitrine:" + config.Base + ":settings", cache.OpenShelf("vitrine:" + config.Base + ":own")},
		opened: map[feeds.Key]markup.Opened{}, drawing: map[string]*markup.Drawing{},
	}
	a.takeSite(config.Site)
	store := cache.Lasting("vitrine:"+config.Base+":cache", clock, func(err *feeds.Error) {
		a.later(func() { a.Trouble, a.Unkept = err, err })
	})
	a.memory = newMemory(store, config.Base)
	a.upkeep = store
	a.reader = reader.New(reader.Options{
		Store: store, Clock: clock, Blocked: a.blocked,
		Resolver: software.New(gate{fetcher, a.blocked}, clock, software.Options{Private: private, Browser: true, Memory: a.memory}),
	})
	a.Settings, _ = a.shelf.copied()
	return a, nil
}

// Start begins with the view that the address names.
func (a *App) Start() {
	a.navigate(browser.Fragment(), false)
	a.sweepLater()
	a.fetchSettings()
	go func() {
		for {
			<-a.clock.After(pollEvery)
			a.later(a.tick)
		}
	}()
}

// tick lets time pass: relative times move on and the open list asks for news.
func (a *App) tick() {
	a.redraw()
	if a.shown != nil && browser.Shown() {
		a.shown.Model.Refresh(true)
	}
}

// Shown returns the view that is drawn, nil before the first.
func (a *App) Shown() *Visit { return a.shown }

// Drawing returns how posts are drawn in a view of host. It is the same value until time, settings or language change.
func (a *App) Drawing(host string) *markup.Drawing {
	if d := a.drawing[host]; d != nil {
		return d
	}
	d := &markup.Drawing{
		Words: a.Words, Now: a.clock.Now(), Local: browser.Local, Links: route.Links{}, Settings: a.Settings,
		Icons: a.config.Icons, Host: host, Actions: true,
	}
	a.drawing[host] = d
	return d
}

// IconsURL is where icons.svg is.
func (a *App) IconsURL() string { return a.config.Icons }

// Base is the path of the site, with slashes around.
func (a *App) Base() string { return a.config.Base }

// Root is the site's address, with a slash at its end.
func (a *App) Root() string { return browser.Origin() + a.config.Base }

// redraw forgets how posts were drawn.
func (a *App) redraw() { clear(a.drawing) }

// Opened says what of a post stands open.
func (a *App) Opened(k feeds.Key) markup.Opened { return a.opened[k] }

// navigate opens the view of a fragment. traversed: the reader went back or forward to it.
func (a *App) navigate(fragment string, traversed bool) {
	a.remember()
	if a.next != nil && a.next.cancel != nil {
		a.next.cancel() // nobody waits for it any more
	}
	id := browser.HistoryID()
	if v := a.kept(id); v != nil && v.Hash == fragment {
		a.next = nil
		a.show(v, true)
		v.Model.Refresh(true)
		return
	}
	r, err := route.Parse(fragment)
	v := &Visit{ID: id, Hash: fragment, Route: r, Model: a.model(r, err)}
	if traversed || a.shown == nil {
		v.position = a.keptPosition(id)
	}
	var ctx context.Context
	ctx, v.cancel = context.WithCancel(context.Background())
	a.next = v
	v.Model.Open(ctx)
	if a.arrived() {
		return
	}
	go func() {
		<-a.clock.After(bonesAfter)
		a.later(func() {
			if a.next == v {
				a.show(v, false)
			}
		})
	}()
}

// arrived shows the next view as soon as it has something. It reports that it does.
func (a *App) arrived() bool {
	if a.next == nil || !a.next.Model.Ready() {
		return false
	}
	v := a.next
	a.next = nil
	a.show(v, true)
	return true
}

// show makes v what is drawn. Without content it shows placeholders and stays the next one.
func (a *App) show(v *Visit, content bool) {
	first := a.shown != v
	arrived := first || !v.entered
	a.shown = v
	if !content {
		if first {
			browser.ScrollTo(browser.Position{})
		}
		return
	}
	a.keep(v)
	if first {
		a.Note = ""
	}
	v.entered = true
	started := a.started
	a.started = true
	position := v.position
	a.drawn(func() {
		if started {
			browser.ScrollTo(position)
		} else {
			browser.HandOver(position)
		}
		switch {
		case a.focusBox:
			a.focusBox = false
			browser.FocusOn("#u")
		case started && arrived:
			browser.FocusOn("main")
		}
		browser.Reveal(".tabs [aria-current]")
		a.nearEnd()
	})
	a.keepFront(v)
}

func (a *App) later(f func()) { a.stage.Later(f) }
func (a *App) drawn(f func()) { a.stage.Drawn(f) }

// Arrived reports that the view that is drawn has content.
func (a *App) Arrived() bool { return a.shown != nil && a.shown.Model.Ready() }

// keepFront has the loader keep the first screen of a view whenever a server has answered, for the next visit; and forget it when
// its server doesn't show it any more.
func (a *App) keepFront(v *Visit) {
	at, lost := v.Model.Fresh()
	if lost {
		browser.KeepFront(v.Hash, v.Model.Host(), "")
		return
	}
	if at.IsZero() || at.Equal(v.fronted) {
		return
	}
	v.fronted = at
	browser.Idle(func() {
		a.later(func() {
			if a.shown == v && a.stage.Front != nil {
				browser.KeepFront(v.Hash, v.Model.Host(), a.stage.Front(a))
			}
		})
	})
}

// changed is called by a model whose content is another now.
func (a *App) changed(m Model) {
	if s, ok := m.(*ServerModel); ok {
		s.noticed()
	}
	if a.next != nil && a.next.Model == m {
		if a.next == a.shown {
			if m.Ready() {
				a.arrived()
			}
			return
		}
		a.arrived()
		return
	}
	if a.shown != nil && a.shown.Model == m {
		a.drawn(a.nearEnd)
		a.keepFront(a.shown)
	}
}

// nearEnd asks for older posts when the end of the document is near.
func (a *App) nearEnd() {
	if a.shown != nil && a.next == nil && browser.Remaining() < 1600 {
		a.shown.Model.LoadOlder()
	}
}

// Leave notes what has to outlive the page. It is called when the page goes, and nothing that it would begin is ever ended.
func (a *App) Leave() { a.remember() }

// remember notes where the view is scrolled to.
func (a *App) remember() {
	if a.shown != nil && a.shown != a.next {
		a.shown.position = browser.ReadPosition()
		if f := a.feed(); f != nil {
			a.shown.position.N = len(f.Snapshot.Items)
		}
		a.keepPosition(a.shown.ID, a.shown.position)
	}
}

func (a *App) kept(id string) *Visit {
	for _, v := range a.visits {
		if v.ID == id {
			return v
		}
	}
	return nil
}

// keep notes v as the last shown, and lets the oldest go.
func (a *App) keep(v *Visit) {
	for i, old := range a.visits {
		if old == v {
			a.visits = append(a.visits[:i:i], a.visits[i+1:]...)
			break
		}
	}
	a.visits = append(a.visits, v)
	if len(a.visits) > visitsKept {
		a.visits[0].cancel()
		a.visits = a.visits[1:]
	}
}

func (a *App) positionKey(id string) string { return "vitrine:" + a.config.Base + ":at:" + id }

func (a *App) keptPosition(id string) browser.Position {
	return browser.SessionPosition(a.positionKey(id))
}

func (a *App) keepPosition(id string, p browser.Position) {
	browser.KeepSessionPosition(a.positionKey(id), p)
}

// chunkName splits "list:3".
func chunkName(name string) (list string, chunk int, ok bool) {
	i := strings.LastIndexByte(name, ':')
	if i < 0 {
		return "", 0, false
	}
	chunk, err := strconv.Atoi(name[i+1:])
	return name[:i], chunk, err == nil && chunk >= 0
}
