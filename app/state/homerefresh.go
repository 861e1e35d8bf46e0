package state

import (
	"context"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/reader"
)

// homeEvery is how often all sources are asked quietly while the feed is open.
const homeEvery = 5 * time.Minute

// Refresh implements Model.
func (m *HomeModel) Refresh(ctx context.Context, quiet bool) {
	if m.CatchesUp() { // it is loaded once
		if m.behind {
			m.take(ctx)
		}
		if !quiet {
			m.loadAgain(ctx)
		}
		return
	}
	if m.behind {
		m.take(ctx)
		if m.Feed != nil {
			f := m.Feed.feed
			go func() { _ = f.Reread(ctx) }() // another tab may have asked meanwhile
		}
	}
	if m.Feed == nil {
		return
	}
	now := m.app.clock.Now()
	switch {
	case m.beside != unwished && now.Sub(m.heard) >= homeEvery: // who did it was suspended with its tab
		m.beside = unwished
		m.askHere(ctx, quiet)
		return
	case m.Feed.Snapshot.Busy:
		return
	case feeds.IsAnew(ctx) && m.Feed.unconnected(): // the network is back
		quiet = false
	case quiet && (m.beside != unwished || now.Sub(m.asked) < homeEvery):
		return
	}
	if j, all := m.job, m.app.jobs; m.beside != unwished && all != nil { // nobody waits for it any more
		m.beside = unwished
		go func() { _ = all.Stop(ctx, j) }()
	}
	m.ask(ctx, quiet)
}

// ask has all sources asked: beside the page where there are many, or nobody waits for them.
func (m *HomeModel) ask(ctx context.Context, quiet bool) {
	if m.app.jobs != nil && (quiet || m.many()) {
		m.askBeside(ctx, quiet)
		return
	}
	m.askHere(ctx, quiet)
}

// many reports that there are more places than a page asks itself.
func (m *HomeModel) many() bool { return m.count > askedHere }

// askHere has the page itself ask all sources.
func (m *HomeModel) askHere(ctx context.Context, quiet bool) { m.open(ctx, quiet, false) }

// open asks all sources, and shows before what is stored of them.
func (m *HomeModel) open(ctx context.Context, quiet, first bool) {
	if m.stop != nil {
		m.stop() // what waits to be asked again is asked now
	}
	asking, stop := context.WithCancel(ctx)
	m.stop, m.asked = stop, m.app.clock.Now()
	a, f, since := m.app, m.Feed.feed, m.asked.Add(-reader.Patience)
	name := "vitrine:" + a.base + ":" + m.feed()
	go func() {
		if quiet {
			_ = f.Poll(asking) // the next one comes soon enough
			return
		}
		release := make(chan func(), 1)
		go func() { release <- a.turnOf(asking, name, true) }()
		if first {
			f.Show(asking)
		}
		done := <-release
		if done != nil {
			defer done()
			_ = f.Refresh(asking, a.browser.AtTop) // the snapshot says it
			return
		}
		// Another tab asks them: what it is answered is stored.
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			done = a.turnOf(asking, name, false)
		}()
		f.Join(asking, since, ended, a.browser.AtTop)
		<-ended
		if done != nil {
			done()
		}
	}()
}

// stopAsking ends a refresh, whoever does it.
func (m *HomeModel) stopAsking(ctx context.Context) {
	if m.stop != nil {
		m.stop()
	}
	if j, all := m.job, m.app.jobs; m.beside != unwished && all != nil {
		m.again = false
		go func() {
			if all.Stop(ctx, j) != nil { // else it is heard of
				m.app.later(func() { m.hearJob(ctx, feeds.JobNews{Job: j, Over: true}) })
			}
		}()
	}
}

// turnOf waits for what one tab does at a time, and returns what ends it; nil when another tab does it and only a free turn is wanted, and
// when ctx is over.
func (a *App) turnOf(ctx context.Context, name string, ifFree bool) func() {
	if a.sight.tabs == nil {
		return func() {}
	}
	release, err := a.sight.tabs.Lock(ctx, name, ifFree)
	if err != nil && ctx.Err() == nil {
		return func() {}
	}
	return release
}
