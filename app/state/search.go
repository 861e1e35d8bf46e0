package state

import (
	"context"
	"errors"
	"maps"
	"strings"
	"time"

	"vitrine/app/browser"
	"vitrine/app/markup"
	"vitrine/app/route"
	"vitrine/feeds"
	"vitrine/feeds/reader"
	"vitrine/feeds/search"
)

const (
	foundAtFirst = 40
	foundMore    = 40
	// mostFoundAtFirst is how many posts are read again for who comes back to a place far down.
	mostFoundAtFirst = 400
	// mostRebuilt is how often an index is built anew while a search is open: one that is broken again each time isn't kept by the browser.
	mostRebuilt = 2
	// mostUnstored is how many posts that the store doesn't have any more are passed over in one go.
	mostUnstored = 400
)

// SearchModel is a search in all that is stored and saved. Nobody is asked.
type SearchModel struct {
	static
	Query     *search.Query
	Feed      *FeedModel // what is found; nil while nothing was looked for
	Marks     *search.Marker
	Kept      map[feeds.Key]*markup.Kept // what the reader says of those of Feed that are saved
	Total     int                        // posts that are found
	Hidden    int                        // further ones, whose authors don't wish to be found by words
	All       bool                       // these are shown too
	Best      bool                       // what fits best comes first
	Stored    int                        // posts that are looked through
	Behind    int                        // posts that aren't yet
	Anew      bool                       // the index is being built anew
	Full      bool                       // the browser has no room for the index
	Elsewhere *FindModel                 // what servers find; nil until that is asked for

	app     *App
	result  *search.Result
	known   bool // an answer came
	run     int  // which answer is waited for
	more    bool // further posts are being read
	behind  bool // the answer isn't complete
	rebuilt int  // how often the index was built anew for it
}

// NewSearch makes the model of a search.
func NewSearch(a *App, r route.Route) *SearchModel {
	return &SearchModel{Query: &search.Query{Text: strings.TrimSpace(r.Query)}, app: a}
}

// zone is the reader's, for days in queries.
func (a *App) zone() *time.Location {
	_, offset := a.browser.Local(a.clock.Now()).Zone()
	return time.FixedZone("", offset)
}

// Ready implements Model.
func (m *SearchModel) Ready() bool { return m.known }

// Open implements Model.
func (m *SearchModel) Open(ctx context.Context) {
	m.Query = search.Parse(m.Query.Text, m.app.zone())
	m.Marks = m.Query.Marker()
	n := foundAtFirst
	if v := m.app.next; v != nil && v.Model == m {
		n = min(max(n, v.position.N), mostFoundAtFirst)
	}
	if !m.Query.Empty() {
		m.Feed = &FeedModel{Snapshot: &reader.Snapshot{Busy: true}, app: m.app, owner: m, held: true}
	}
	m.ask(ctx, n)
}

// answer is what a search brings.
type answer struct {
	result *search.Result
	state  search.State
	stored int
	items  []reader.Item
	kept   map[feeds.Key]*markup.Kept
	lost   int // posts that aren't stored any more, or that the site doesn't open
	end    bool
}

// ask looks for at least n posts, and shows them in place of those before.
func (m *SearchModel) ask(ctx context.Context, n int) {
	m.run++
	run := m.run
	o := search.Options{Relevance: m.Best, Hidden: m.All, Now: m.app.clock.Now()}
	go func() {
		var a answer
		err := m.answer(ctx, o, n, &a)
		m.app.later(func() {
			if ctx.Err() != nil || run != m.run {
				return
			}
			m.take(ctx, a, err)
		})
	}()
}

func (m *SearchModel) answer(ctx context.Context, o search.Options, n int, a *answer) (err error) {
	x := m.app.index
	if x == nil {
		return &feeds.Error{Kind: feeds.Storage, Op: "search"}
	}
	if m.Query.Empty() {
		a.state, err = x.State(ctx, m.app.indexed, 1)
	} else {
		a.result, a.state, err = x.Ask(ctx, m.app.indexed, m.Query, o)
	}
	if err != nil {
		return err
	}
	if used, err := m.app.upkeep.Usage(ctx); err == nil {
		for _, u := range used {
			a.stored += u.Posts
		}
	}
	if a.result == nil {
		return nil
	}
	a.items, a.kept, a.lost, a.end, err = m.app.nextFound(ctx, a.result, n)
	if errors.Is(err, search.ErrChanged) { // it was merged just now
		if a.result, a.state, err = x.Ask(ctx, m.app.indexed, m.Query, o); err == nil {
			a.items, a.kept, a.lost, a.end, err = m.app.nextFound(ctx, a.result, n)
		}
	}
	return err
}

// nextFound reads the next posts of a result.
func (a *App) nextFound(ctx context.Context, r *search.Result, n int) (items []reader.Item, kept map[feeds.Key]*markup.Kept, lost int, end bool, err error) {
	var gone []feeds.Key
	kept = map[feeds.Key]*markup.Kept{}
	defer func() {
		if len(gone) > 0 {
			_ = a.indexed.Note(ctx, gone) // the index lets go of them
		}
	}()
	for len(items) < n && lost < mostUnstored {
		keys, err := r.Next(ctx, n-len(items))
		if err != nil {
			return items, kept, lost, false, err
		}
		if len(keys) == 0 {
			return items, kept, lost, true, nil
		}
		posts, err := a.indexed.Posts(ctx, keys)
		if err != nil {
			return items, kept, lost, false, err
		}
		own, err := a.keeps.Posts(ctx, keys)
		if err != nil {
			return items, kept, lost, false, err
		}
		for _, p := range own {
			if p != nil && (p.Note != "" || len(p.Tags) > 0) {
				kept[p.Post.Key] = &markup.Kept{Tags: p.Tags, Note: p.Note, Bare: true}
			}
		}
		for _, k := range keys {
			p := posts[k]
			if p == nil {
				gone = append(gone, k)
			}
			if p = a.blocked.Admit(p); p == nil {
				lost++
				continue
			}
			items = append(items, reader.Item{Entry: feeds.Entry{Key: k, At: p.Published}, Post: p})
		}
	}
	return items, kept, lost, false, nil
}

// take shows an answer.
func (m *SearchModel) take(ctx context.Context, a answer, err error) {
	m.known, m.more = true, false
	m.Anew = search.Broken(err) && m.rebuilt < mostRebuilt
	if m.Anew {
		m.rebuilt++
		m.app.indexNow(ctx)
	}
	m.Behind, m.behind = 0, err == nil && a.state.More
	if m.behind {
		m.Behind = max(a.stored-a.state.Posts, len(a.state.Pending))
		m.app.indexNow(ctx)
	}
	m.Stored = max(a.stored, a.state.Posts)
	if m.Feed != nil {
		s := &reader.Snapshot{Items: a.items, End: a.end, AsOf: m.app.clock.Now()}
		if err != nil && !m.Anew {
			s.Err = feeds.AsError(err)
		}
		m.result, m.Kept = a.result, a.kept
		m.Total, m.Hidden = 0, 0
		if a.result != nil {
			m.Total, m.Hidden = max(a.result.Total-a.lost, 0), a.result.Hidden
		}
		m.Feed.Snapshot = s
	}
	m.app.changed(m)
}

// indexNow has what isn't indexed yet indexed, beside the page where that can be.
func (a *App) indexNow(ctx context.Context) {
	if all := a.jobs; all != nil {
		go func() { _ = all.Add(ctx, feeds.Job{Kind: feeds.JobIndex}) }() // there is a next search
	}
}

// hearJob implements watcher.
func (m *SearchModel) hearJob(ctx context.Context, n feeds.JobNews) {
	switch {
	case n.Kind != feeds.JobIndex:
	case !n.Over:
		if m.behind && n.Done > 0 {
			m.Behind = max(m.Stored-n.Done, 1)
			m.app.changed(m)
		}
	case n.Wrong != "":
		m.Full = true
		m.app.changed(m)
	case m.behind || m.Anew:
		m.Full = false
		m.ask(ctx, max(m.Rows(), foundAtFirst))
	}
}

// LoadOlder implements Model.
func (m *SearchModel) LoadOlder(ctx context.Context) {
	if m.Feed == nil || m.result == nil || m.more || m.Feed.Snapshot.End || m.Feed.Snapshot.Err != nil {
		return
	}
	m.more = true
	r, run := m.result, m.run
	go func() {
		items, kept, lost, end, err := m.app.nextFound(ctx, r, foundMore)
		m.app.later(func() {
			if ctx.Err() != nil || run != m.run {
				return
			}
			if errors.Is(err, search.ErrChanged) || search.Broken(err) {
				m.ask(ctx, m.Rows()+foundMore)
				return
			}
			m.more = false
			s := *m.Feed.Snapshot
			s.Items, s.End = append(s.Items[:len(s.Items):len(s.Items)], items...), end
			if err != nil {
				s.OldErr = feeds.AsError(err)
			}
			m.Total = max(m.Total-lost, 0)
			m.Kept = maps.Clone(m.Kept)
			maps.Copy(m.Kept, kept)
			m.Feed.Snapshot = &s
			m.app.changed(m)
		})
	}()
}

// Handle implements Model.
func (m *SearchModel) Handle(ctx context.Context, e browser.Event) bool {
	switch e := e.(type) {
	case browser.Submit:
		if e.Form != "search" {
			return m.Elsewhere != nil && m.Elsewhere.Handle(ctx, e)
		}
		if text := strings.TrimSpace(e.Text); text != m.Query.Text {
			m.app.browser.Go(route.Route{View: route.Search, Query: text}.String(), false)
		}
	case browser.Click:
		switch e.Action {
		case "older":
			m.LoadOlder(ctx)
		case "search-newest", "search-best":
			if best := e.Action == "search-best"; best != m.Best {
				m.Best = best
				m.ask(ctx, foundAtFirst)
			}
		case "search-all":
			m.All = !m.All
			m.ask(ctx, foundAtFirst)
		case "search-servers":
			m.askServers(ctx)
		default:
			return m.Elsewhere != nil && m.Elsewhere.Handle(ctx, e)
		}
	default:
		return false
	}
	return true
}

// askServers looks for the words of the query at servers.
func (m *SearchModel) askServers(ctx context.Context) {
	words := m.Query.Plain()
	if m.Elsewhere != nil || words == "" {
		return
	}
	m.Elsewhere = NewFind(m.app, route.Route{View: route.Find, Query: words})
	m.Elsewhere.owner = m
	m.Elsewhere.Open(ctx)
	m.app.changed(m)
}

// Refresh implements Model: what was stored since is found too. Servers are asked again where they were asked.
func (m *SearchModel) Refresh(ctx context.Context, quiet bool) {
	if quiet {
		return
	}
	m.ask(ctx, max(min(m.Rows(), mostFoundAtFirst), foundAtFirst))
	if m.Elsewhere != nil {
		m.Elsewhere.Refresh(ctx, false)
	}
}

// Posts implements Model.
func (m *SearchModel) Posts() []*feeds.Post {
	posts := m.Feed.posts()
	if m.Elsewhere != nil {
		posts = append(posts[:len(posts):len(posts)], m.Elsewhere.Posts()...)
	}
	return posts
}

// Rows implements Model.
func (m *SearchModel) Rows() int { return m.Feed.rows() }

func (m *SearchModel) lists() []*FeedModel { return []*FeedModel{m.Feed} }

// searchHere goes to the box of the search, or opens it.
func (a *App) searchHere() {
	if a.shown == nil || a.shown.Route.View != route.Search {
		a.browser.Go(route.Route{View: route.Search}.String(), false)
		return
	}
	a.browser.FocusOn("#search-words")
}
