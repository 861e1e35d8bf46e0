package reader

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"vitrine/feeds"
	"vitrine/feeds/follows"
)

// Source is a place of a Query, and what of it is shown there.
type Source struct {
	Name      follows.Address  // what SourceState calls it: several places may be one source, and one place several; "" for none
	Place     Place            //
	Filter    *follows.Matcher // says which posts are hidden or folded; nil shows all
	All, None []string         // hashtags that each of its posts has, and that none has, in any case; without "#"
}

// SourcesOf are the places at which a follow is read: several for a hashtag on several servers, none for what can't be read. Nobody is
// looked up who is known by an account's id.
func SourcesOf(f follows.Follow, filter *follows.Matcher) []Source {
	var places []Place
	switch f.Kind {
	case follows.Hashtag:
		places = tagPlaces(f)
	case follows.Server:
		places = append(places, ServerPlace{Host: f.Host, Scope: feeds.Local})
	case follows.WebFeed:
		places = append(places, WebFeedPlace{URL: f.URL})
	case follows.Playlist:
		if f.Host != "" && f.ID != "" {
			places = append(places, PlaylistPlace{Host: f.Host, List: f.ID, Bare: true})
		}
	case follows.Profile, follows.Community, follows.Channel:
		if a := accountOf(f); a != nil {
			places = append(places, ProfilePlace{Author: a, Filter: f.Posts(), followed: f.Software != "peertube" && a.URI == ""}) // there a channel writes for its account
		}
	}
	sources := make([]Source, 0, len(places))
	for _, p := range places {
		sources = append(sources, Source{Name: f.Address, Place: p, Filter: filter, All: f.Tags.All, None: f.Tags.None})
	}
	return sources
}

// tagPlaces are the servers at which a hashtag is read. A server that joins hashtags is asked once for all of them, another one for each that
// posts may have instead.
func tagPlaces(f follows.Follow) (places []Place) {
	if f.Tag == "" {
		return nil
	}
	var with *feeds.TagChoice
	if t := feeds.TagChoice(f.Tags); len(t.Any)+len(t.All)+len(t.None) > 0 {
		with = &t
	}
	for _, host := range append([]string{f.Host}, f.Hosts...) {
		if host == "" {
			continue
		}
		places = append(places, TagPlace{Host: host, Tag: f.Tag, With: with})
		for _, tag := range f.Tags.Any {
			places = append(places, TagPlace{Host: host, Tag: tag, With: &feeds.TagChoice{Any: []string{f.Tag}, All: f.Tags.All, None: f.Tags.None}, Joined: true})
		}
	}
	return places
}

// accountOf is what a follow says of an account; nil where that names none.
func accountOf(f follows.Follow) *feeds.Author {
	user, domain, ok := strings.Cut(f.Handle, "@")
	if !ok || user == "" || domain == "" {
		return nil
	}
	a := &feeds.Author{Host: cmp.Or(f.Host, domain), ID: f.ID, User: user, Domain: domain, Name: f.Title, URL: f.URL}
	a.Community = f.Kind == follows.Community
	a.Group = a.Community || f.Kind == follows.Channel
	if strings.HasPrefix(a.ID, "http") { // of who is read by ActivityPub documents
		a.URI = a.ID
	}
	return a
}

// account is the author whose posts are asked for: one that is known by name alone is looked up, once.
func (p ProfilePlace) account(ctx context.Context, r *Reader) (*feeds.Author, error) {
	if p.Author.ID != "" {
		return p.Author, nil
	}
	want := p.request()
	if a := r.storedAuthor(ctx, want); a != nil && a.ID != "" {
		return a, nil
	}
	return r.Author(ctx, want.User, want.Domain, want.Via)
}

// request names the account.
func (p ProfilePlace) request() ProfileRequest {
	want := ProfileRequest{User: p.Author.User, Domain: p.Author.Domain}
	if p.Author.Community {
		want.User = "!" + want.User
	}
	if p.Author.Host != p.Author.Domain {
		want.Via = p.Author.Host
	}
	return want
}

// outdated reports that an account's id is no longer theirs: there is no such account, or nothing on the page is by them.
func outdated(a *feeds.Author, page *feeds.Page, err error) bool {
	if err != nil {
		return feeds.KindOf(err) == feeds.NotFound
	}
	if a.Group {
		return false
	}
	posts := byKey(page.Posts)
	others := false
	for _, e := range page.Entries {
		by := e.BoostedBy
		if p := posts[e.Key]; by == nil && p != nil {
			by = p.Author
		}
		if by != nil && strings.EqualFold(by.User, a.User) {
			return false
		}
		others = others || by != nil
	}
	return others
}

// asked is what one source asks of a place.
type asked struct {
	name      follows.Address
	filter    *follows.Matcher
	all, none []string
}

// admits reports that a post has the hashtags that it must have, and none that it mustn't.
func (a asked) admits(p *feeds.Post) bool {
	has := func(name string) bool {
		return slices.ContainsFunc(p.Tags, func(t feeds.Tag) bool { return strings.EqualFold(t.Name, name) })
	}
	return !slices.ContainsFunc(a.all, func(t string) bool { return !has(t) }) && !slices.ContainsFunc(a.none, has)
}

// judgement is what filters said of an entry.
type judgement struct {
	post    *feeds.Post
	by      *feeds.Author
	verdict follows.Verdict
	warn    follows.Warnings // how its content warning stands there
	outside bool             // no source that has it asks for such posts
}

// judge says what becomes of an entry: of several sources that ask for the place the mildest speaks. One whose post isn't in memory stays as it
// was, and is shown where it was never read. The lock is held.
func (s *stream) judge(e *placed) judgement {
	if s.plain {
		return judgement{}
	}
	if e.judgedBy != s.judged {
		e.judged, e.judgedBy = s.judgement(e.Entry), s.judged
	}
	return e.judged
}

// judging is what filters say of the posts of a place. What they say once is another of these when they do it anew.
type judging struct {
	posts map[feeds.Key]judgement
}

// judgement is judge for an entry of which it isn't at hand. The lock is held.
func (s *stream) judgement(e *feeds.Entry) judgement {
	p, known := s.q.posts[e.Key], s.judged.posts[e.Key]
	if p == nil || known.post == p && known.by == e.BoostedBy {
		return known
	}
	_, byTag := s.place.(TagPlace)
	byTag = byTag && len(p.Tags) == 0 // the server doesn't say which hashtags its posts have: it chose them
	j := judgement{post: p, by: e.BoostedBy, outside: true}
	for _, a := range s.asked {
		if !byTag && !a.admits(p) {
			continue
		}
		v := a.filter.Match(p, follows.Place{BoostedBy: e.BoostedBy, Above: s.q.above(p)}, s.q.r.clock.Now())
		if j.outside || v.Action < j.verdict.Action {
			j.verdict, j.warn, j.outside = v, a.filter.Warnings(), false
		}
	}
	s.judged.posts[e.Key] = j
	return j
}

// judgeAnew forgets what filters said. The lock is held.
func (s *stream) judgeAnew() {
	s.judged = &judging{map[feeds.Key]judgement{}}
	s.q.changes++
}

// ask sets what is asked of a stream's place.
func (s *stream) ask(all []asked) {
	s.asked, s.names = all, nil
	s.judgeAnew()
	for _, a := range all {
		if a.name != "" && !slices.Contains(s.names, a.name) {
			s.names = append(s.names, a.name)
		}
	}
	s.plain = !slices.ContainsFunc(all, func(a asked) bool { return a.filter != nil || len(a.all)+len(a.none) > 0 })
	s.q.threads = s.q.threads || slices.ContainsFunc(all, func(a asked) bool { return a.filter.Threads() })
}

// join makes one stream of each place, of those that there were where it was read already; added are the others. The lock is held.
func (q *Query) join(sources []Source) (added []*stream) {
	known := make(map[feeds.TimelineID]*stream, len(q.sources))
	for _, s := range q.sources {
		known[s.from[0]] = s
	}
	wanted := map[feeds.TimelineID][]asked{}
	var next []*stream
	for _, src := range sources {
		id := src.Place.ID()
		if wanted[id] == nil {
			s := known[id]
			if s == nil {
				s = &stream{q: q, place: src.Place, server: src.Place.Server(), from: []feeds.TimelineID{id}, reaching: !q.from.IsZero(), adding: make(chan struct{}, 1)}
				added = append(added, s)
			}
			next = append(next, s)
		}
		wanted[id] = append(wanted[id], asked{src.Name, src.Filter, src.All, src.None})
	}
	for _, s := range next {
		s.ask(wanted[s.from[0]])
	}
	q.sources = next
	q.mergeAnew()
	return added
}

// SetSources changes what is read. What both have stays as it is, and so do the places of posts; added is how many are new, and show, which is
// called next, shows what is stored of these, and asks for them too.
func (q *Query) SetSources(sources []Source) (added int, show func(ctx context.Context, ask bool)) {
	q.mu.Lock()
	defer q.mu.Unlock()
	fresh := q.join(sources)
	if !q.opened {
		return len(fresh), func(context.Context, bool) {}
	}
	return len(fresh), func(ctx context.Context, ask bool) {
		_ = q.inTurn(fresh, func(s *stream) error {
			s.loadFirst(ctx)
			return nil
		})
		q.judgeAnew(ctx)
		q.readShown(ctx)
		q.mu.Lock()
		q.sendNow()
		q.mu.Unlock()
		if !ask {
			return
		}
		early := q.early(nil)
		_ = q.turns(ctx, fresh, func(s *stream) error { // the snapshot says it
			if s.reaching {
				return s.readSpan(ctx)
			}
			return s.refresh(ctx, early)
		})
	}
}

// judgeAnew has filters that take conversations away look at what stands above the posts that are there.
func (q *Query) judgeAnew(ctx context.Context) {
	q.mu.Lock()
	threads, posts := q.threads, maps.Clone(q.posts)
	q.mu.Unlock()
	if !threads {
		return
	}
	q.knowAbove(ctx, posts)
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, s := range q.sources {
		s.judgeAnew()
	}
}

// RefreshSource asks for the newest pages of one source.
func (q *Query) RefreshSource(ctx context.Context, name follows.Address) {
	own := slices.DeleteFunc(slices.Clone(q.all()), func(s *stream) bool { return !slices.Contains(s.names, name) })
	_ = q.turns(ctx, own, func(s *stream) error { return s.refresh(ctx, nil) }) // the snapshot says it
}

// all are the sources.
func (q *Query) all() []*stream {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.sources
}
