package state

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"vitrine/app/browser"
	"vitrine/feeds"
	"vitrine/feeds/blocklist"
	"vitrine/feeds/jsontext"
	"vitrine/feeds/offline"
	"vitrine/feeds/reader"
)

const (
	// takeDialog is the id of the dialog in which it is chosen what is taken offline.
	takeDialog = "take"
	// staysEvery is how old what stays offline may be before a visit has it read on, and staysAfter how long after its start the program looks.
	staysEvery = time.Hour
	staysAfter = 15 * time.Second
)

// Takeable is the model of what can be taken offline.
type Takeable interface {
	// Wish says what it is, without the choice; false for what can't be.
	Wish() (offline.Wish, bool)
}

// TakeMenu is what is chosen before something is taken offline.
type TakeMenu struct {
	Wish        offline.Wish
	Size        *offline.Size // nil while it is being counted
	Used, Quota int64         // bytes that this origin stores and may store; 0 where the browser doesn't say
	Known       bool          // it is taken already: the choice is changed
	asked       int           // how often the size was asked for
	closed      chan struct{} // is closed with the dialog
}

// Left is how many bytes the browser has left; 0 where it doesn't say.
func (m *TakeMenu) Left() int64 { return max(0, m.Quota-m.Used) }

// Taking is something that is taken offline, as it stands now.
type Taking struct {
	offline.Taken
	Gone bool // the browser has cleared it
}

// Runs reports that it is being read, or waits for its turn.
func (t *Taking) Runs() bool { return t != nil && !t.Paused && t.Phase != offline.Over }

// takerOf makes what takes offline; nil where nothing can be.
func takerOf(d Deps, r *reader.Reader) *offline.Taker {
	if d.Kept == nil || d.Media == nil {
		return nil
	}
	return &offline.Taker{
		Records: offline.NewRecords(d.Kept), Reader: r, Store: d.Store, Media: d.Media, Clock: d.Clock,
		Home: func(ctx context.Context, list string) ([]reader.Place, error) {
			data, err := d.Follows.Load(ctx)
			if err != nil {
				return nil, err
			}
			blocked, _ := blocklist.New(d.Site.Blocked) // the build has said what is wrong with it
			var places []reader.Place
			for _, s := range placesOf(data, nil, list, d.Clock.Now(), blocked) {
				places = append(places, s.Place)
			}
			return places, nil
		},
	}
}

// sweepKept sweeps, but leaves alone what is taken offline. Who is named there was seen just now.
func sweepKept(ctx context.Context, upkeep feeds.Upkeep, taker *offline.Taker, o feeds.SweepOptions) error {
	if taker != nil {
		var err error
		if o, err = taker.Spare(ctx, o); err != nil {
			return err
		}
		taker.Touch(ctx)
		if err := taker.Tidy(ctx); err != nil {
			return err
		}
	}
	return upkeep.Sweep(ctx, o)
}

// Wish implements Takeable.
func (m *ProfileModel) Wish() (offline.Wish, bool) { return m.Feed.wish() }

// Wish implements Takeable.
func (m *ServerModel) Wish() (offline.Wish, bool) { return m.Feed.wish() }

// Wish implements Takeable.
func (m *TagModel) Wish() (offline.Wish, bool) { return m.Feed.wish() }

// Wish implements Takeable.
func (m *WebFeedModel) Wish() (offline.Wish, bool) { return m.Feed.wish() }

// Wish implements Takeable.
func (m *HomeModel) Wish() (offline.Wish, bool) {
	name := m.List.Name
	if name == "" {
		name = m.app.Words.T("nav.home")
	}
	return offline.Wish{Home: true, List: m.feed(), Name: name}, m.Feed != nil && !m.CatchesUp()
}

// Wish implements Takeable.
func (m *ThreadModel) Wish() (offline.Wish, bool) {
	if m.Snapshot.Tree == nil {
		return offline.Wish{}, false
	}
	return offline.Wish{Host: m.Route.Host, ID: m.Route.ID, Name: PlainName(m.Snapshot.Tree.Focus.Author) + " · " + m.app.Words.T("thread.title")}, true
}

// wish is that of a list whose pages are stored.
func (m *FeedModel) wish() (offline.Wish, bool) {
	if m == nil || m.place == nil || m.stopped {
		return offline.Wish{}, false
	}
	name := reader.PlaceName(m.place)
	return offline.Wish{Places: []string{name}}, name != ""
}

// Takes reports that the view that is shown can be taken offline.
func (a *App) Takes() bool {
	_, ok := a.wish()
	return ok
}

// wish is that of the view that is shown.
func (a *App) wish() (offline.Wish, bool) {
	if a.shown == nil || a.taker == nil {
		return offline.Wish{}, false
	}
	m, ok := a.shown.Model.(Takeable)
	if !ok {
		return offline.Wish{}, false
	}
	w, ok := m.Wish()
	if f, is := a.shown.Model.(Followable); is && w.Name == "" {
		followed, _ := f.Follow(a.clock.Now())
		w.Name = FollowName(followed)
	}
	w.Fragment, w.Choice = a.shown.Hash, offline.Usual()
	return w, ok
}

// Taking is how it stands with what a view shows, where that is taken offline; nil where it isn't.
func (a *App) Taking(fragment string) *Taking { return a.taken[fragment] }

// Taken is all that is taken offline, by the addresses of the views.
func (a *App) Taken() []*Taking {
	var all []*Taking
	for _, t := range a.taken {
		all = append(all, t)
	}
	slices.SortFunc(all, func(x, y *Taking) int { return strings.Compare(x.Fragment, y.Fragment) })
	return all
}

// loadTaken reads what is taken offline; later what has to be read on is.
func (a *App) loadTaken(ctx context.Context) {
	if a.taker == nil {
		return
	}
	a.readTaken(ctx)
	select {
	case <-a.clock.After(staysAfter):
	case <-ctx.Done():
		return
	}
	a.later(func() {
		for _, t := range a.taken {
			stays := t.Stay && !t.Paused && !t.Gone && t.Phase == offline.Over && a.clock.Now().Sub(t.Until) > staysEvery
			if stays || t.Runs() { // a job that runs is written down already, unless its program was killed at the wrong moment
				a.begin(t.Wish)
			}
		}
	})
}

// readTaken reads what is taken offline.
func (a *App) readTaken(ctx context.Context) {
	all, err := a.taker.All(ctx)
	if err != nil {
		return // the next time
	}
	taken := map[string]*Taking{}
	for _, t := range all {
		gone, _ := a.taker.Gone(ctx, t)
		taken[t.Fragment] = &Taking{t, gone}
	}
	a.later(func() { a.taken = taken })
}

// hearTaken shows how far something came.
func (a *App) hearTaken(n feeds.JobNews) {
	if a.taker == nil || n.Kind != feeds.JobOffline {
		return
	}
	over := n.Over
	a.takenHeard++
	heard := a.takenHeard
	a.background(func(ctx context.Context) {
		t, ok, err := a.taker.Get(ctx, n.Subject)
		if err != nil {
			return
		}
		a.later(func() {
			if heard < a.takenShown[n.Subject] {
				return // what was read after later news is shown already
			}
			a.takenShown[n.Subject] = heard
			taken := map[string]*Taking{}
			for k, v := range a.taken {
				taken[k] = v
			}
			if delete(taken, n.Subject); ok {
				taken[n.Subject] = &Taking{Taken: t}
			}
			a.taken = taken
			if over && a.shown != nil && a.shown.Hash == n.Subject {
				a.shown.Model.Refresh(a.shown.ctx, true)
			}
		})
	})
}

// openTake asks what is to be taken offline of the view that is shown.
func (a *App) openTake() {
	w, ok := a.wish()
	if !ok {
		return
	}
	known := a.taken[w.Fragment]
	if known != nil {
		w.Choice = known.Choice
	}
	a.Take = &TakeMenu{Wish: w, Known: known != nil, closed: make(chan struct{})}
	a.sizeTake()
	a.afterDraw(func() { a.browser.OpenDialog(takeDialog) })
}

// closeTake lets go of a choice, and of what was looked at for its size unless it is taken.
func (a *App) closeTake() {
	m := a.Take
	a.Take = nil
	if m == nil {
		return
	}
	close(m.closed)
	if fragment := m.Wish.Fragment; a.taken[fragment] == nil {
		a.background(func(ctx context.Context) { _ = a.taker.Overlook(ctx, fragment) }) // what is left is found by Tidy
	}
}

// sizeTake counts what the choice will weigh: at once as far as that is known, and once more when some files of hosts that aren't known were looked at.
func (a *App) sizeTake() {
	m := *a.Take
	m.asked++
	a.Take = &m
	looks := !a.Settings.DataSaver && !a.Offline && a.StoreErr == nil
	a.background(func(ctx context.Context) {
		ctx, stop := context.WithCancel(ctx)
		defer stop()
		go func() {
			select {
			case <-m.closed:
				stop()
			case <-ctx.Done():
			}
		}()
		a.countTake(ctx, &m)
		if !looks {
			return
		}
		if learned, _ := a.taker.Look(ctx, m.Wish); learned { // else it is told from what is known
			a.countTake(ctx, &m)
		}
	})
}

// countTake shows what a choice will weigh by what is known now.
func (a *App) countTake(ctx context.Context, m *TakeMenu) {
	size, err := a.taker.Estimate(ctx, m.Wish)
	used, quota := a.browser.Estimate()
	a.later(func() {
		if a.Take == nil || a.Take.asked != m.asked || err != nil {
			return
		}
		next := *a.Take
		next.Size, next.Used, next.Quota = &size, used, quota
		a.Take = &next
	})
}

// setTake changes the choice. The controls' names begin with "take-".
func (a *App) setTake(e browser.SettingChange) {
	name, ok := strings.CutPrefix(e.Name, "take-")
	if !ok || a.Take == nil {
		return
	}
	m := *a.Take
	c := &m.Wish.Choice
	switch name {
	case "far":
		c.Days, c.Posts = 0, 0
		n, _ := strconv.Atoi(strings.TrimLeft(e.Value, "dp"))
		if strings.HasPrefix(e.Value, "d") {
			c.Days = n
		} else {
			c.Posts = n
		}
	case "threads":
		c.Threads = e.On
	case "pictures":
		c.Pictures = offline.Pictures(e.Value)
	case "film":
		c.Film, _ = strconv.ParseInt(e.Value, 10, 64)
	case "stay":
		c.Stay = e.On
	case "old":
		c.Old = e.On
	}
	a.Take = &m
	a.sizeTake()
}

// startTake takes offline what was chosen.
func (a *App) startTake() {
	if a.Take == nil || a.StoreErr != nil {
		return
	}
	w := a.Take.Wish
	a.begin(w)
	a.browser.CloseDialog(takeDialog)
}

// begin begins with something, or goes on with it.
func (a *App) begin(w offline.Wish) {
	all := a.jobs
	if all == nil {
		a.Note = a.Words.T("take.cannot")
		return
	}
	w.Paused = false
	t := Taking{}
	known := a.taken[w.Fragment]
	if known != nil {
		t = *known
	}
	another := known.Runs() && known.Choice != w.Choice
	t.Wish, t.Gone, t.Waits = w, false, ""
	if t.Phase == offline.Over {
		t.Phase, t.Done, t.Total = "", 0, 0
	}
	a.putTaken(&t)
	a.background(func(ctx context.Context) {
		err := a.makingRoom(ctx, func() error { return a.taker.Put(ctx, w) })
		if err == nil && another { // it goes on with that
			err = all.Stop(ctx, w.Job())
		}
		if err == nil {
			err = all.Add(ctx, w.Job())
		}
		if err != nil {
			a.later(func() { a.Note = a.problem(err) })
		}
	})
}

// putTaken shows how it stands with something.
func (a *App) putTaken(t *Taking) {
	taken := map[string]*Taking{t.Fragment: t}
	for k, v := range a.taken {
		if k != t.Fragment {
			taken[k] = v
		}
	}
	a.taken = taken
}

// clickTake does what the buttons of what is taken offline mean, and reports whether the click was on one of these.
func (a *App) clickTake(p browser.Click) bool {
	if p.Action == "take-offline" {
		a.openTake()
		return true
	}
	act, ok := strings.CutPrefix(p.Action, "taken-")
	if !ok {
		return false
	}
	fragment := string(p.Post)
	if fragment == "" && a.shown != nil {
		fragment = a.shown.Hash
	}
	t := a.taken[fragment]
	if t == nil || a.taker == nil {
		return true
	}
	w := t.Wish
	switch act {
	case "pause":
		next := *t
		next.Paused, w.Paused = true, true
		a.putTaken(&next)
		a.halt(w, func(ctx context.Context) error { return a.taker.Put(ctx, w) })
	case "resume":
		a.begin(w)
	case "again":
		w.Anew = true
		a.begin(w)
	case "cancel":
		a.cancelTake(t)
	case "remove":
		a.Note = a.Words.T("take.removed", t.Name)
		a.removeTake(t)
	}
	return true
}

// cancelTake ends reading. What was kept before stays; what never was is let go of.
func (a *App) cancelTake(t *Taking) {
	a.Note = a.Words.T("take.cancelled")
	if t.Until.IsZero() {
		a.removeTake(t)
		return
	}
	next := *t
	next.Phase = offline.Over
	next.Paused, next.Wish.Paused = false, false
	a.putTaken(&next)
	a.halt(t.Wish, func(ctx context.Context) error { return a.taker.Cancel(ctx, a.media, t.Fragment) })
}

// removeTake keeps something no longer.
func (a *App) removeTake(t *Taking) {
	taken := map[string]*Taking{}
	for k, v := range a.taken {
		if k != t.Fragment {
			taken[k] = v
		}
	}
	a.taken = taken
	a.halt(t.Wish, func(ctx context.Context) error { return a.taker.Remove(ctx, a.media, t.Taken) })
}

// halt ends a job, with what has to be written down for that.
func (a *App) halt(w offline.Wish, write func(context.Context) error) {
	all := a.jobs
	a.background(func(ctx context.Context) {
		var err error
		if all != nil {
			err = all.Stop(ctx, w.Job())
		}
		if err == nil {
			err = write(ctx)
		}
		a.later(func() {
			a.hearTaken(feeds.JobNews{Job: w.Job()}) // the news of its end came before it was written
			if err != nil {
				a.Note = a.problem(err)
			}
		})
	})
}

// sweepJob does a job that sweeps.
func sweepJob(ctx context.Context, d Deps, taker *offline.Taker, j feeds.Job) error {
	var o feeds.SweepOptions
	if err := jsontext.Unmarshal([]byte(j.Subject), &o); err != nil {
		return err
	}
	return sweepKept(ctx, d.Upkeep, taker, o)
}
