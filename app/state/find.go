package state

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"vitrine/app/browser"
	"vitrine/app/route"
	"vitrine/feeds"
	"vitrine/feeds/find"
	"vitrine/feeds/follows"
	"vitrine/feeds/reader"
	"vitrine/feeds/search"
)

// FindModel is what is found by a word: what is followed, the servers of the list and what was read before, without asking anybody, then what a
// handful of servers name.
type FindModel struct {
	static
	Query    find.Query
	Result   *find.Result // never nil
	Followed []follows.Follow
	Servers  []SiteServer    // of the site's list that the words fit
	Feed     *FeedModel      // posts; nil while no server that is asked lets guests search them
	Here     []reader.Item   // the first posts that are found in what is stored
	HereAll  int             // how many are found there
	Asked    follows.Address // the server of which more is shown; "" for none
	Choosing bool            // the servers that are asked are being changed
	Own      bool            // the reader has chosen them
	Others   []string        // that may be added
	Waits    bool            // the first answers wait for the others: Result has only what was read before
	All      map[string]bool

	app     *App
	owner   Model              // the view that it is, or stands in
	stop    context.CancelFunc // of the search that is under way; nil before the first
	chosen  []string           // servers that are asked
	known   bool               // they are chosen
	sources string             // the servers of which posts are read
	last    *find.Result       // that came; nil before the first
	looked  bool               // Here is known, or can't be
	behind  bool               // what is stored isn't all indexed: Here may lack some
	rebuilt int                // how often the index was built anew for it

	answered bool // all servers have, once: the view stays when they are asked again
}

// NewFind makes the model of what is found by words.
func NewFind(a *App, r route.Route) *FindModel {
	m := &FindModel{Query: find.Words(r.Query), Result: &find.Result{}, All: map[string]bool{}, app: a}
	m.owner = m
	return m
}

// togetherFor is how long the first answers wait for the others, so that what is read isn't moved by what is found above it.
const togetherFor = time.Second

// Asking reports that servers are still to answer.
func (m *FindModel) Asking() bool { return !m.known || m.Result.Busy() }

// Ready implements Model.
func (m *FindModel) Ready() bool {
	return m.Query.Name == "" || m.known && (m.Result.Found() || !m.Result.Busy() || m.answered || len(m.Followed)+len(m.Servers)+len(m.Here) > 0 || len(m.Feed.posts()) > 0)
}

// Open implements Model.
func (m *FindModel) Open(ctx context.Context) {
	if m.Query.Name == "" {
		return
	}
	m.match()
	m.lookHere(ctx)
	followed := m.app.Follows.Follows
	go func() {
		hosts, others, own := m.app.askedServers(ctx, followed, m.Query.Sign == '#')
		m.app.later(func() {
			m.known, m.chosen, m.Others, m.Own = true, hosts, others, own
			m.begin(ctx)
		})
	}()
}

// FirstHits is how many hits of a kind are shown until somebody wants all of them.
const FirstHits = 8

// mostHere is how many posts of what is stored are shown: the search has them all.
const mostHere = 3

// SearchText is the query of the search in what is stored; "" where no posts are looked for.
func (m *FindModel) SearchText() string {
	switch tag := m.Query.Tag(); {
	case m.Query.Sign == 0:
		return m.Query.Text
	case m.Query.Sign == '#' && tag != "":
		return "tag:" + tag
	}
	return ""
}

// lookHere looks through the posts that are stored. It asks nobody.
func (m *FindModel) lookHere(ctx context.Context) {
	a, text := m.app, m.SearchText()
	q, now := search.Parse(text, a.zone()), a.clock.Now()
	if a.index == nil || q.Empty() || m.owner != Model(m) { // a search shows what is stored itself
		m.looked = true
		return
	}
	go func() {
		result, state, err := a.index.Ask(ctx, a.indexed, q, search.Options{Now: now})
		var items []reader.Item
		lost := 0
		if err == nil {
			items, _, lost, _, err = a.nextFound(ctx, result, mostHere)
		}
		a.later(func() {
			if ctx.Err() != nil {
				return
			}
			broken := search.Broken(err) && m.rebuilt < mostRebuilt
			switch {
			case broken:
				m.rebuilt++
				m.behind = true
			case err == nil: // else what servers find is there
				m.Here, m.HereAll, m.behind = items, max(result.Total-lost, len(items)), state.More
			}
			if broken || err == nil && m.behind {
				a.indexNow(ctx)
			}
			m.looked = true
			m.show()
			a.changed(m.owner)
		})
	}()
}

// hearJob implements watcher.
func (m *FindModel) hearJob(ctx context.Context, n feeds.JobNews) {
	if n.Kind == feeds.JobIndex && n.Over && n.Wrong == "" && m.behind {
		m.lookHere(ctx)
	}
}

// Beside are the first posts that are found in what is stored, without those that servers have brought by now: they stand in the list of these.
func (m *FindModel) Beside() (all []reader.Item) {
	brought := map[feeds.Key]bool{}
	for _, p := range m.Feed.posts() {
		brought[p.Key] = true
	}
	for _, i := range m.Here {
		if !brought[i.Post.Key] {
			all = append(all, i)
		}
	}
	return all
}

// match looks through what is followed and the site's list. It asks nobody.
func (m *FindModel) match() { m.Followed, m.Servers = m.app.called(m.Query) }

// called are those of what is followed and of the site's list that words fit.
func (a *App) called(q find.Query) (followed []follows.Follow, servers []SiteServer) {
	name := strings.ToLower(q.Name)
	fits := func(texts ...string) bool {
		return slices.ContainsFunc(texts, func(t string) bool { return strings.Contains(strings.ToLower(t), name) })
	}
	for _, f := range a.Follows.Follows {
		if fits(f.Title, f.Handle, f.Tag, f.Host) && (q.Sign != '#' || f.Kind == follows.Hashtag) {
			followed = append(followed, f)
		}
	}
	if q.Sign != 0 {
		return followed, nil
	}
	for _, s := range a.Site.Servers {
		if fits(s.Host, s.Topic, s.TextIn(a.Words.Lang())) {
			servers = append(servers, s)
		}
	}
	return followed, servers
}

// followsChanged implements followsWatcher. What is followed in its row stays there.
func (m *FindModel) followsChanged(context.Context, follows.Record) {
	was := m.Followed
	m.match()
	m.Followed = slices.DeleteFunc(m.Followed, func(f follows.Follow) bool {
		return !slices.ContainsFunc(was, func(o follows.Follow) bool { return o.Address == f.Address }) && m.found(f.Address) != nil
	})
	m.app.changed(m.owner)
}

// found is the hit that would be followed by an address; nil for none.
func (m *FindModel) found(address follows.Address) *find.Hit {
	for _, h := range slices.Concat(m.Result.People, m.Result.Communities, m.Result.Tags) {
		if f, ok := m.app.FollowOfHit(h); ok && f.Address == address {
			return h
		}
	}
	return nil
}

// Follows reports a hit that stands among those who are followed.
func (m *FindModel) Follows(h *find.Hit) bool {
	return h.Author != nil && slices.ContainsFunc(m.Followed, func(f follows.Follow) bool { return strings.EqualFold(f.Handle, h.Author.Handle()) })
}

// begin asks the servers; what was asked before isn't waited for any more.
func (m *FindModel) begin(ctx context.Context) {
	if m.stop != nil {
		m.stop()
	}
	asking, stop := context.WithCancel(ctx)
	m.stop = stop
	chosen := m.chosen
	m.last, m.Waits = nil, true
	go func() {
		select {
		case <-m.app.clock.After(togetherFor):
			m.app.later(func() {
				if asking.Err() != nil || !m.Waits {
					return
				}
				m.Waits = false
				m.show()
				m.app.changed(m.owner)
			})
		case <-asking.Done():
		}
	}()
	go m.app.finder.Find(asking, m.Query, chosen, func(r *find.Result) {
		m.app.later(func() {
			if asking.Err() != nil {
				return
			}
			m.last = r
			m.show()
			if !r.Busy() {
				m.answered = true
				m.learnNames(r)
				// Some may have turned out to run another software.
				go m.readPosts(asking, ctx, chosen)
			}
			m.app.changed(m.owner)
		})
	})
	go m.readPosts(asking, ctx, chosen)
}

// show shows what came, or as long as more is waited for only what was read before.
func (m *FindModel) show() {
	if m.last == nil {
		return
	}
	m.Waits = m.Waits && (m.last.Busy() || m.last.Reading || !m.looked)
	if m.Result = m.last; m.Waits {
		m.Result = m.last.Before()
	}
}

// learnNames gives those who are followed by their address alone the names that servers have sent.
func (m *FindModel) learnNames(r *find.Result) {
	names := map[follows.Address]string{}
	for _, h := range slices.Concat(r.People, r.Communities) {
		name := chosenName(h.Author)
		for _, f := range m.Followed {
			if name != "" && f.Title == "" && strings.EqualFold(f.Handle, h.Author.Handle()) {
				names[f.Address] = name
			}
		}
	}
	if len(names) == 0 {
		return
	}
	m.app.background(func(ctx context.Context) {
		_, _ = m.app.book.Change(ctx, func(d *follows.Data) error { // without it the address stays
			d.Update(func(f *follows.Follow) { f.Title = cmp.Or(f.Title, names[f.Address]) }, slices.Collect(maps.Keys(names))...)
			return nil
		})
	})
}

// readPosts reads the posts of those servers that let guests search them, or of a hashtag.
func (m *FindModel) readPosts(asking, ctx context.Context, hosts []string) {
	tag := ""
	if m.Query.Sign == '#' {
		tag = m.Query.Tag()
	}
	var sources []reader.Source
	names := ""
	for _, host := range hosts {
		_, can, _ := m.app.reader.Known(ctx, host)
		s := reader.Source{Name: follows.Address(route.Links{}.Server(host))}
		switch {
		case tag != "" && can.Tags:
			s.Place = reader.TagPlace{Host: host, Tag: tag}
		case tag == "" && m.Query.Sign == 0 && can.SearchPosts:
			s.Place = reader.SearchPlace{Host: host, Query: m.Query.Name}
		default:
			continue
		}
		sources, names = append(sources, s), names+" "+host
	}
	m.app.later(func() {
		if asking.Err() != nil || m.sources == names {
			return
		}
		m.sources = names
		if m.Feed != nil {
			_, show := m.Feed.feed.SetSources(sources)
			go show(ctx, true)
			return
		}
		m.Feed = m.app.feedOf(ctx, m.owner, func(emit func(*reader.Snapshot)) *reader.Query { return m.app.reader.Merge(sources, emit) })
		go m.Feed.feed.Open(ctx, m.app.browser.AtTop)
		m.app.changed(m.owner)
	})
}

// Source is how it stands with the posts of a server that is asked; nil where its posts aren't read.
func (m *FindModel) Source(host string) *reader.SourceState {
	if m.Feed == nil {
		return nil
	}
	for i, s := range m.Feed.Snapshot.Sources {
		if s.Place.Server() == host {
			return &m.Feed.Snapshot.Sources[i]
		}
	}
	return nil
}

// AsksPosts reports that posts are looked for: by words and by hashtags, not by the names of people and communities.
func (m *FindModel) AsksPosts() bool { return m.Query.Sign == 0 || m.Query.Sign == '#' }

// Handle implements Model.
func (m *FindModel) Handle(ctx context.Context, e browser.Event) bool {
	switch e := e.(type) {
	case browser.Submit:
		if e.Form != "find-add" {
			return false
		}
		host, ok := hostOf(e.Text)
		switch w := m.app.Words; {
		case !ok || m.app.blocked.Host(host):
			m.app.Note = w.T("find.noServer")
		case slices.Contains(m.chosen, host):
			m.app.Note = w.T("find.asked", host)
		case len(m.chosen) >= find.MostServers:
			m.app.Note = w.T("find.most", w.Number(find.MostServers))
		default:
			m.add(ctx, host)
		}
		return true
	case browser.Click:
		host := strings.TrimPrefix(string(e.Post), "#/i/")
		switch e.Action {
		case "source":
			if m.Asked == follows.Address(e.Post) {
				e.Post = ""
			}
			m.Asked = follows.Address(e.Post)
		case "retry-source":
			m.Refresh(feeds.Anew(ctx), false)
		case "follow-author":
			return m.pressHit(follows.Address(e.Post))
		case "find-all":
			m.All[host] = true
			m.app.afterDraw(func() {
				m.app.browser.FocusOn("[data-part=" + host + "] li:nth-child(" + strconv.Itoa(FirstHits+1) + ") a")
			})
		case "find-servers":
			m.Choosing = !m.Choosing
		case "find-add":
			m.add(ctx, host)
		case "find-drop":
			m.choose(ctx, slices.DeleteFunc(slices.Clone(m.chosen), func(h string) bool { return h == host }))
		case "find-usual":
			m.choose(ctx, nil)
		default:
			return m.Feed.handle(ctx, e)
		}
		return true
	}
	return false
}

// FollowOfHit is what was found as it is followed from there.
func (a *App) FollowOfHit(h *find.Hit) (follows.Follow, bool) {
	if h.Author != nil {
		return a.FollowOfAuthor(h.Author)
	}
	return followOfRoute(route.Route{View: route.Tag, Host: h.Hosts[0], Tag: h.Tag.Tag.Name}, a.clock.Now())
}

// pressHit follows what was found, or no longer, and reports whether the address is that of a hit, or followed.
func (m *FindModel) pressHit(address follows.Address) bool {
	if f, ok := m.app.Follows.Find(address); ok {
		m.app.toggleFollow(f, false)
		return true
	}
	h := m.found(address)
	if h == nil {
		return false
	}
	f, _ := m.app.FollowOfHit(h)
	m.app.toggleFollow(f, h.Author != nil && h.Author.Group)
	return true
}

// Refresh implements Model: what was found stays until the servers have answered again.
func (m *FindModel) Refresh(ctx context.Context, quiet bool) {
	if quiet && !(feeds.IsAnew(ctx) && m.unconnected()) || m.Query.Name == "" || !m.known {
		return
	}
	m.lookHere(ctx)
	m.begin(ctx)
	m.Feed.Refresh(ctx, false)
}

// unconnected reports that a server couldn't be asked for want of a network.
func (m *FindModel) unconnected() bool {
	return m.Feed.unconnected() || slices.ContainsFunc(m.Result.Servers, func(s find.Server) bool { return s.Err != nil && s.Err.Kind == feeds.Offline })
}

// LoadOlder implements Model.
func (m *FindModel) LoadOlder(ctx context.Context) { m.Feed.LoadOlder(ctx) }

// Posts implements Model.
func (m *FindModel) Posts() []*feeds.Post {
	var posts []*feeds.Post
	for _, i := range m.Beside() {
		posts = append(posts, i.Post)
	}
	return append(posts, m.Feed.posts()...)
}

// Rows implements Model.
func (m *FindModel) Rows() int { return m.Feed.rows() }

func (m *FindModel) lists() []*FeedModel { return []*FeedModel{m.Feed} }
