package state

import (
	"context"

	"vitrine/feeds"
	"vitrine/feeds/jobs"
	"vitrine/feeds/jsontext"
	"vitrine/feeds/reader"
	"vitrine/feeds/saved"
)

// DoJobs does the site's jobs with parts, once no other program does, until ctx ends. Where the store fails it ends at once: another program
// wouldn't see what was stored.
func DoJobs(ctx context.Context, d Deps) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		select {
		case <-d.storeFailed:
			cancel()
		case <-ctx.Done():
		}
	}()
	_ = d.Jobs.Run(ctx, works(d)) // it ends with ctx; without locks there is no order among tabs, so none of them does jobs
}

// works are what does jobs.
func works(d Deps) map[feeds.JobKind]jobs.Work {
	r := reader.New(reader.Options{Store: d.Store, Resolver: d.Resolver, Clock: d.Clock, Turn: newSight(d).wait})
	keeps := saved.Open(d.Kept, tabsOf(d), d.Config.Base)
	taker := takerOf(d, r)
	if taker != nil && d.OnNetwork != nil {
		d.OnNetwork(taker.Network)
	}
	return map[feeds.JobKind]jobs.Work{
		feeds.JobAbout: func(ctx context.Context, j feeds.Job, _ func(feeds.Job) error) error {
			return r.RenewAbout(ctx, j.Subject)
		},
		feeds.JobRefresh: func(ctx context.Context, j feeds.Job, _ func(feeds.Job) error) error { return r.Renew(ctx, j.Subject) },
		feeds.JobHome: func(ctx context.Context, j feeds.Job, keep func(feeds.Job) error) error {
			return renewHome(ctx, d, r, j, keep)
		},
		feeds.JobSave: func(ctx context.Context, j feeds.Job, _ func(feeds.Job) error) error {
			return fetchSaved(ctx, keeps, d.Media, r, d.Clock, feeds.Key(j.Subject))
		},
		feeds.JobIndex: func(ctx context.Context, j feeds.Job, keep func(feeds.Job) error) error { return grow(ctx, d, j, keep) },
		feeds.JobArchive: func(ctx context.Context, j feeds.Job, keep func(feeds.Job) error) error {
			return saveWanted(ctx, keeps, d.Media, r, d.Clock, func(done, total int) error {
				j.Done, j.Total = done, total
				return keep(j)
			})
		},
		feeds.JobSweep: func(ctx context.Context, j feeds.Job, _ func(feeds.Job) error) error {
			return sweepJob(ctx, d, taker, j)
		},
		feeds.JobOffline: func(ctx context.Context, j feeds.Job, keep func(feeds.Job) error) error {
			if taker == nil {
				return nil
			}
			return taker.Work(ctx, j, keep)
		},
	}
}

// renew asks quietly for the newest page of a list: beside the page where that can be. A program that didn't do it since the last time may
// have been suspended with its tab.
func (a *App) renew(ctx context.Context, m *FeedModel) {
	j := feeds.Job{Kind: feeds.JobRefresh, Subject: reader.PlaceName(m.place)}
	all, overdue := a.jobs, m.renewing
	m.renewing = !overdue
	go func() {
		if all == nil || overdue || j.Subject == "" || all.Add(ctx, j) != nil {
			_ = m.feed.Poll(ctx) // the next poll comes soon enough
		}
	}()
}

// makeRoom sweeps the store. What could not be cleared now is cleared next time.
func (a *App) makeRoom(ctx context.Context, o feeds.SweepOptions) {
	text, err := jsontext.Marshal(o)
	if a.jobs == nil || err != nil || a.jobs.Add(ctx, feeds.Job{Kind: feeds.JobSweep, Subject: string(text)}) != nil {
		_ = sweepKept(ctx, a.upkeep, a.taker, o)
	}
}

// watcher is a Model that shows how far jobs came, or what they brought.
type watcher interface {
	hearJob(ctx context.Context, n feeds.JobNews)
}

// hearJob shows how far a job came, and what it brought.
func (a *App) hearJob(n feeds.JobNews) {
	for _, v := range append([]*Visit{a.next, a.shown}, a.visits...) {
		if v != nil {
			if m, ok := v.Model.(watcher); ok {
				m.hearJob(v.ctx, n)
			}
		}
	}
	a.hearTaken(n)
	if !n.Over || n.Kind != feeds.JobRefresh || a.shown == nil {
		return
	}
	l, ok := a.shown.Model.(lister)
	if !ok {
		return
	}
	for _, m := range l.lists() {
		if m != nil && m.place != nil && reader.PlaceName(m.place) == n.Subject {
			ctx := a.shown.ctx
			m.renewing = false
			go func() { _ = m.feed.Reread(ctx) }()
		}
	}
}

// lister is a Model with lists that are renewed in the background; nil for those that it doesn't have.
type lister interface{ lists() []*FeedModel }

func (m *ProfileModel) lists() []*FeedModel { return []*FeedModel{m.Feed, m.Others} }
func (m *ServerModel) lists() []*FeedModel  { return []*FeedModel{m.Feed} }
func (m *TagModel) lists() []*FeedModel     { return []*FeedModel{m.Feed} }
func (m *WebFeedModel) lists() []*FeedModel { return []*FeedModel{m.Feed} }
