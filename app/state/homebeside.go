package state

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"vitrine/app/settings"
	"vitrine/feeds"
	"vitrine/feeds/blocklist"
	"vitrine/feeds/follows"
	"vitrine/feeds/jsontext"
	"vitrine/feeds/reader"
)

const (
	// askedHere is how many places a page asks itself when its reader wants it: so few have answered before another program begins, and each
	// shows by itself. More of them are asked beside the page, which only draws what is new.
	askedHere = 12
	// besideWait is how long another program may take to begin with it.
	besideWait = 2 * time.Second
	// tellEvery is how often is told which sources have answered.
	tellEvery = 400 * time.Millisecond
	// quietly begins the subject of a refresh that nobody asked for.
	quietly = "quiet "
)

// homeJob asks all sources of a feed.
func homeJob(feed string, quiet bool) feeds.Job {
	if quiet {
		feed = quietly + feed
	}
	return feeds.Job{Kind: feeds.JobHome, Subject: feed}
}

// renewHome does such a job. Which sources have answered stands in its state, as []reader.Answer in JSON. One that is taken up again asks all.
func renewHome(ctx context.Context, d Deps, r *reader.Reader, j feeds.Job, keep func(feeds.Job) error) error {
	feed, quiet := strings.CutPrefix(j.Subject, quietly)
	asked := map[feeds.TimelineID]bool{}
	next := func() ([]reader.Source, error) { // what isn't asked yet: more may be followed meanwhile
		data, err := d.Follows.Load(ctx)
		if err != nil {
			return nil, err
		}
		learned, err := d.Follows.Learned(ctx)
		if err != nil {
			return nil, err
		}
		blocked, _ := blocklist.New(d.Site.Blocked) // the build has said what is wrong with it
		now := d.Clock.Now()
		sources := placesOf(data, learned, feed, now, blocked)
		sources = slices.DeleteFunc(sources, func(s reader.Source) bool {
			lately := quiet && now.Sub(learned[s.Name].Asked) < homeEvery/2 // by another tab
			return lately || asked[s.Place.ID()]
		})
		for _, s := range sources {
			asked[s.Place.ID()] = true
		}
		return sources, nil
	}
	sources, err := next()
	if err != nil {
		return err
	}
	j.State, j.Done, j.Total = "", 0, len(asked)

	var mu sync.Mutex
	var answers []reader.Answer
	done := make(chan struct{})
	go func() {
		defer close(done)
		for len(sources) > 0 && err == nil && ctx.Err() == nil {
			r.RenewAll(ctx, sources, quiet, func(a reader.Answer) {
				mu.Lock()
				defer mu.Unlock()
				answers = append(answers, a)
			})
			sources, err = next()
		}
	}()
	for over := false; !over; {
		select {
		case <-done:
			over = true
		case <-d.Clock.After(tellEvery):
		}
		mu.Lock()
		all := answers
		mu.Unlock()
		if len(all) == j.Done && j.Done > 0 {
			continue
		}
		state, err := jsontext.Marshal(all)
		if err != nil {
			return err
		}
		j.State, j.Done = string(state), len(all)
		_ = keep(j) // what a shelf doesn't take is read from the store when all is over
	}
	news := map[follows.Address]news{}
	for _, a := range answers {
		for _, name := range a.Names {
			n := news[name]
			n.at = a.At
			if n.failed = a.Kind; a.Kind == "" {
				n.times = append(n.times, a.Times...)
			}
			if a.Kind != feeds.Offline { // without a network nothing is said of the source
				news[name] = n
			}
		}
	}
	learnAll(context.WithoutCancel(ctx), d.Follows, r, news)
	return nil
}

// RefreshOnce asks all that is followed once, while no page is open. badge is called with how many posts in home are above the reading line, where
// the reader wants that on the app's icon.
func RefreshOnce(ctx context.Context, d Deps, badge func(n int)) error {
	r := reader.New(reader.Options{Store: d.Store, Resolver: d.Resolver, Clock: d.Clock})
	if err := renewHome(ctx, d, r, homeJob(follows.Home, true), func(feeds.Job) error { return nil }); err != nil {
		return err
	}
	if s, err := settings.Load(ctx, d.Shelf); err != nil || !s.Badge {
		return err
	}
	n, err := countAbove(ctx, d, r)
	if err == nil {
		badge(n)
	}
	return err
}

// askBeside has all sources asked by the program that does jobs, and here when nobody begins with that soon.
func (m *HomeModel) askBeside(ctx context.Context, quiet bool) {
	a, j := m.app, homeJob(m.feed(), quiet)
	all := a.jobs
	m.await(ctx, j, wished)
	go func() {
		if all.Add(ctx, j) == nil {
			select {
			case <-a.clock.After(besideWait):
			case <-ctx.Done():
				return
			}
		}
		a.later(func() {
			if m.beside == wished && m.job.Same(j) && m.Feed != nil {
				m.beside = unwished
				m.askHere(ctx, quiet)
				go func() { _ = all.Stop(ctx, j) }()
			}
		})
	}()
}

// await notes what is asked by another program.
func (m *HomeModel) await(ctx context.Context, j feeds.Job, w wish) {
	if m.hearing == nil {
		m.hearing = NewQueue(ctx)
	}
	m.beside, m.job, m.taken, m.over, m.heard = w, j, 0, false, m.app.clock.Now()
	m.run++
	m.asked = m.heard
	if !m.quiet() {
		m.Feed.feed.Await()
	}
}

// quiet reports that nobody asked for what another program does.
func (m *HomeModel) quiet() bool { return strings.HasPrefix(m.job.Subject, quietly) }

// hearJob implements watcher.
func (m *HomeModel) hearJob(ctx context.Context, n feeds.JobNews) {
	if n.Kind != feeds.JobHome || m.Feed == nil || m.CatchesUp() || strings.TrimPrefix(n.Subject, quietly) != m.feed() {
		return
	}
	shown := m.app.shown != nil && m.app.shown.Model == m
	switch {
	case m.beside != unwished && n.Same(m.job):
		if m.over {
			return
		}
	case n.Over, n.Done > 0, !shown:
		m.behind = m.behind || !shown
		return
	case m.beside != unwished && !m.quiet(): // what its reader asked for goes on
		return
	default: // another tab wants it
		m.await(ctx, n.Job, begun)
	}
	now := m.app.clock.Now()
	f, begin := m.Feed.feed, m.asked
	m.beside, m.heard = begun, now
	var answers []reader.Answer
	if n.State != "" && jsontext.Unmarshal([]byte(n.State), &answers) != nil || len(answers) < m.taken {
		m.taken = 0 // another program has taken it up
	}
	fresh := answers[min(m.taken, len(answers)):]
	m.taken = max(m.taken, len(answers))
	if m.quiet() {
		kept := fresh[:0]
		for _, a := range fresh {
			if a.Kind == "" { // the next refresh comes soon enough
				kept = append(kept, a)
			}
		}
		fresh = kept
	}
	m.over = n.Over
	run := m.run
	top := func() bool { return m.app.clock.Now().Sub(begin) <= reader.SlowAfter && m.app.browser.AtTop() }
	m.hearing.Post(func() {
		f.Hear(ctx, fresh, n.Over, top)
		if n.Over {
			m.app.later(func() {
				if m.run == run && m.beside != unwished && m.Feed != nil {
					m.wasAsked(ctx, n)
				}
			})
		}
	})
}

// wasAsked ends what another program has done.
func (m *HomeModel) wasAsked(ctx context.Context, n feeds.JobNews) {
	quiet, again := m.quiet(), m.again
	m.beside, m.again = unwished, false
	switch {
	case n.Wrong != "":
		m.askHere(ctx, quiet)
	case again && slices.ContainsFunc(m.Feed.Snapshot.Sources, func(s reader.SourceState) bool { return !s.Fresh && s.Err == nil }):
		m.ask(ctx, false) // what is followed had changed too late
	}
}
