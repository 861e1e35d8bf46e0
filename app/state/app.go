package state

import (
	"context"
	"slices"
	"time"

	"vitrine/app/browser"
	"vitrine/app/markup"
	"vitrine/app/route"
	"vitrine/app/settings"
	"vitrine/app/words"
	"vitrine/feeds"
	"vitrine/feeds/blocklist"
	"vitrine/feeds/find"
	"vitrine/feeds/follows"
	"vitrine/feeds/jobs"
	"vitrine/feeds/offline"
	"vitrine/feeds/reader"
	"vitrine/feeds/saved"
	"vitrine/feeds/search"
)

const (
	// pollEvery is how often an open list asks for new posts while the page is visible.
	pollEvery = time.Minute
	// ChunkSize is how many rows are drawn and folded away together.
	ChunkSize = 20
)

// App is the whole state of the program.
type App struct {
	Words       *words.Words
	Site        Site
	Settings    settings.Settings
	Note        string       // a word to the reader that needs no answer, read out and shown for a while
	Viewer      *Viewer      // the pictures that are looked at large
	Menu        *Menu        // what can be done with a post
	Edits       *Edits       // the versions of a post; nil while they aren't looked at
	Box         Box          // what the address box suggests
	Offline     bool         // the browser knows that there is no network
	NewVersion  bool         // of the site: it waits for the reader's word
	StoreNotice *feeds.Error // why nothing can be stored; nil while all is well, and once the reader has taken note
	StoreErr    *feeds.Error // the same, for as long as it is so

	Follows      *follows.Data // what the reader follows, as it was last loaded; never nil, never changed
	FollowsKnown bool          // it was loaded
	FollowsErr   *feeds.Error  // why it couldn't be, the last time; nil for none
	FollowMenu   *FollowMenu   // how a source is followed; nil while that isn't open
	Wiped        bool          // the browser has deleted what was followed, and that wasn't answered yet
	FileMenu     *FileMenu     // how posts are saved as a file; nil while that isn't open
	SavedWiped   bool          // the browser has deleted what was saved, and that wasn't answered yet
	FilterMenu   *FilterMenu   // a filter that is edited; nil while that isn't open
	SavedMenu    *SavedMenu    // a saved post whose tags and note are edited; nil while that isn't open
	Take         *TakeMenu     // what is to be taken offline; nil while that isn't being chosen
	Archiving    *Archiving    // an archive of an account that is read; nil for none
	LastUndo     *Undo         // the last change of what is followed or saved, which can be taken back; nil for none

	noted  string // the Note that is shown, and passes
	offers *Undo  // the LastUndo that is shown

	browser      Browser
	base         string // path of the site, with slashes around
	icons        string // URL of icons.svg
	blocked      blocklist.List
	clock        feeds.Clock
	reader       *reader.Reader
	finder       *find.Finder
	asker        *find.Finder // asks without looking through what is stored
	fetcher      Fetcher
	charsets     feeds.Charsets
	upkeep       feeds.Upkeep
	storeFailure <-chan *feeds.Error
	hosts        *HostMemory
	shelf        feeds.Shelf
	jobs         *jobs.Jobs // nil for none, and once nothing is stored any more
	book         *follows.Book
	store        feeds.Store
	keeps        *saved.Book
	index        *search.Index // nil for none
	indexKept    feeds.Records // what index is kept in
	indexed      indexed
	ticks        int
	media        feeds.MediaStore   // the bytes of what is kept; nil for none
	taker        *offline.Taker     // takes offline; nil where nothing can be
	taken        map[string]*Taking // what is taken offline, by the address of its view; never changed
	takenHeard   int                // how often news came of what is taken offline
	takenShown   map[string]int     // the last of these that is shown, by the address of the view
	saving       keeping
	sight        *sight
	loads        int // how often what is followed began to be loaded
	loaded       int // the last of these that came
	renderer     Renderer
	views        map[route.View]func(*App, route.Route) Model

	everywhere *follows.Matcher // of the filter that holds in all lists
	talked     *follows.Matcher // of what folds posts in conversations
	filters    chan struct{}    // closed once that is known, or can't be
	ends       time.Time        // when a rule of a filter holds no longer; zero for never
	today      tally            // what filters have taken away
	minute     minute           // for which the reader's day was looked up last

	opened opened
	page   postPage
	links  links

	tongues tongues
	drawing map[string]*markup.Drawing

	background background                                   // for as long as the program runs
	visit      func() (context.Context, context.CancelFunc) // makes the context of a visit
	visits     []*Visit                                     // least recently shown first
	shown      *Visit
	next       *Visit
	started    bool                // the first view was shown
	brought    *browser.FileChosen // a file that came from outside, for the view of what is followed; nil for none
	badge      int                 // what the app's icon shows, unknownBadge before that was set here
	asksHost   bool                // the reader has chosen that a server is asked for what is typed into the address box
	focusBox   bool                // the address box gets the focus once the start is drawn
}

// Deps is what an App is made of. All of it is needed but StoreFailure, Notes, Follows, Jobs, Tabs and Renderer.Front.
type Deps struct {
	Browser      Browser
	Config       browser.Config // what the loader handed over
	Site         Site           // is taken over: New leaves out what is blocked
	Clock        feeds.Clock
	Store        feeds.Store
	Upkeep       feeds.Upkeep        // of the store
	Notes        feeds.PostNotes     // of the store; nil: nothing is indexed
	StoreFailure <-chan *feeds.Error // delivers why nothing is stored any more, once that is so
	Resolver     feeds.Resolver
	Fetcher      Fetcher
	Charsets     feeds.Charsets // decodes files that aren't UTF-8
	Hosts        *HostMemory
	Shelf        feeds.Shelf      // the reader's own database
	Kept         feeds.Records    // what the reader keeps for good, by kind: never dropped
	Index        feeds.Records    // the index of all that is stored: disposable
	Media        feeds.MediaStore // the bytes of what is kept
	Follows      *follows.Book    // what the reader follows, on Shelf; nil: it isn't shared with other tabs
	Jobs         *jobs.Jobs       // long work beside the page; nil: the page does what it needs itself
	Tabs         feeds.Tabs       // the site's other tabs; nil for none
	OnNetwork    func(func())     // calls a function whenever there is a network again; nil: nobody knows
	Renderer     Renderer
	// Views makes the models of views. A view without one is not built yet, which the start page says.
	Views map[route.View]func(*App, route.Route) Model

	files       feeds.FileFetcher
	storeFailed <-chan struct{} // closed once nothing is stored any more, for whoever does jobs; nil: that never happens
}

// Fetcher asks servers, and knows what they let themselves be asked.
type Fetcher interface {
	feeds.Fetcher
	// Budget is what a host said last; false where it said nothing.
	Budget(host string) (feeds.Budget, bool)
}

// Renderer draws the App. Later and AfterDraw may be called from anywhere and return at once; what they are given runs in order.
type Renderer struct {
	Later     func(func())      // runs a function on the drawing goroutine and draws afterwards
	AfterDraw func(func())      // runs a function on the drawing goroutine once the next drawing is done
	Front     func(*App) string // the open view as the loader will draw it (Fronts.KeepFront)
}

// background runs functions on goroutines of their own, with a context that ends with what they work for.
type background func(func(context.Context))

func inBackground(ctx context.Context) background {
	return func(f func(context.Context)) { go f(ctx) }
}

// New makes an App. The error is that of its words.
func New(d Deps) (*App, error) {
	w, err := words.Open(d.Config.Words)
	if err != nil {
		return nil, err
	}
	a := &App{
		Words: w, Site: d.Site, browser: d.Browser, base: d.Config.Base, icons: d.Config.Icons, clock: d.Clock, fetcher: d.Fetcher, charsets: d.Charsets, upkeep: d.Upkeep,
		storeFailure: d.StoreFailure, hosts: d.Hosts, shelf: d.Shelf, jobs: d.Jobs, book: d.Follows, Follows: &follows.Data{}, renderer: d.Renderer, views: d.Views,
		filters: make(chan struct{}), opened: opened{}, takenShown: map[string]int{}, links: newLinks(), drawing: map[string]*markup.Drawing{}, sight: newSight(d), badge: unknownBadge,
	}
	a.blocked, _ = blocklist.New(d.Site.Blocked) // the build has said what is wrong with it
	a.Site.Servers = slices.DeleteFunc(d.Site.Servers, func(s SiteServer) bool { return a.blocked.Host(s.Host) || a.blocked.Page(s.Feed) })
	if a.book == nil {
		a.book = follows.Open(d.Shelf, browser.NewTabs(), d.Config.Base)
	}
	a.index, a.indexKept = openIndex(d), d.Index
	a.store = d.Store
	a.keeps, a.media = saved.Open(d.Kept, tabsOf(d), d.Config.Base), d.Media
	a.indexed = indexed{d.Notes, d.Store, a.keeps}
	a.reader = reader.New(reader.Options{
		Store: d.Store, Resolver: d.Resolver, Clock: d.Clock, Blocked: a.blocked, Drawn: a.drawn, Turn: a.turn, Kept: keptThread(a.keeps),
	})
	a.taker = takerOf(d, a.reader)
	a.finder, a.asker = find.New(d.Resolver, d.Store, a.blocked), find.New(d.Resolver, nil, a.blocked)
	a.hosts.list(a.Site.Servers)
	a.Settings, _ = a.copiedSettings()
	return a, nil
}

// Start begins with the view that the address names. What runs in the background ends with ctx.
func (a *App) Start(ctx context.Context) {
	a.background = inBackground(ctx)
	a.visit = func() (context.Context, context.CancelFunc) { return context.WithCancel(ctx) }
	a.sight.show(a.background, a.browser.Visible())
	a.Offline = !a.browser.Online()
	a.navigate(a.browser.Fragment(), false)
	a.background(a.sweep)
	a.background(a.loadSettings)
	a.background(a.loadTaken)
	a.watchFollows()
	a.watchSaved()
	a.background(a.poll)
	a.background(a.watchStore)
	if a.jobs != nil {
		a.jobs.Watch(func(n feeds.JobNews) {
			a.later(func() { a.hearJob(n) })
		})
	}
}

// turn waits until a page is seen.
func (a *App) turn(ctx context.Context) error {
	if a.browser.Visible() {
		return ctx.Err()
	}
	return a.sight.wait(ctx)
}

// poll lets time pass until ctx ends.
func (a *App) poll(ctx context.Context) {
	for {
		select {
		case <-a.clock.After(pollEvery):
			a.later(a.tick)
		case <-ctx.Done():
			return
		}
	}
}

// waits reports that a server which refused a reading said when it may be asked again, and that this isn't over. The reading itself asks at
// that time; a quiet refresh only once that has had its chance.
func (a *App) waits(err *feeds.Error) bool {
	return err != nil && a.clock.Now().Before(err.RetryAt.Add(pollEvery))
}

// tick moves relative times on and has the open list ask for news.
func (a *App) tick() {
	a.redraw()
	a.endRules()
	a.indexSoon()
	if a.shown != nil && a.browser.Visible() {
		a.shown.refresh(true)
	}
}

// watchStore waits for the store to fail.
func (a *App) watchStore(ctx context.Context) {
	select {
	case err := <-a.storeFailure:
		a.later(func() {
			a.StoreNotice, a.StoreErr, a.jobs = err, err, nil
			if a.shown == nil {
				return
			}
			if m, ok := a.shown.Model.(*HomeModel); ok { // what another program stores isn't seen here any more
				m.hearJob(a.shown.ctx, feeds.JobNews{Job: m.job, Over: true, Wrong: string(err.Kind)})
			}
		})
	case <-ctx.Done():
	}
}

// Drawing returns how posts are drawn in a view of host. It is the same value until time, settings or language change.
func (a *App) Drawing(host string) *markup.Drawing {
	if d := a.drawing[host]; d != nil {
		return d
	}
	d := &markup.Drawing{
		Words: a.Words, Now: a.clock.Now(), Local: a.browser.Local, Links: route.Links{}, Settings: a.Settings,
		Icons: a.icons, Host: host, Actions: true, Floats: a.browser.Floats(),
	}
	if a.browser.Translates() {
		d.Translates = a.translates
	}
	a.drawing[host] = d
	return d
}

// IconsURL is where icons.svg is.
func (a *App) IconsURL() string { return a.icons }

// Base is the path of the site, with slashes around.
func (a *App) Base() string { return a.base }

// Root is the site's address, with a slash at its end.
func (a *App) Root() string { return a.browser.Origin() + a.base }

// redraw forgets how posts were drawn.
func (a *App) redraw() { clear(a.drawing) }

func (a *App) later(f func()) {
	a.renderer.Later(func() {
		f()
		a.passNote()
	})
}

func (a *App) afterDraw(f func()) { a.renderer.AfterDraw(f) }

// drawn waits until what has reached the drawing goroutine is drawn, or no longer where nothing is.
func (a *App) drawn(ctx context.Context) {
	done := make(chan struct{})
	a.afterDraw(func() { close(done) })
	select {
	case <-done:
	case <-a.clock.After(time.Second):
	case <-ctx.Done():
	}
}

// problem is what went wrong, in a sentence.
func (a *App) problem(err error) string {
	return a.Words.Problem(err, words.Problems{Now: a.clock.Now(), Local: a.browser.Local}).Title
}
