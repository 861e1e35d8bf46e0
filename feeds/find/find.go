package find

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/blocklist"
)

// Bounds of what is asked and kept.
const (
	// Handful is how many servers are asked unless the reader chooses others; MostServers is how many they may choose.
	Handful, MostServers = 5, 12
	// PerServer is how much of each kind is taken of a server's answer, and Most of all of them together.
	PerServer, Most = 40, 60
	// Patience is how long a server has to answer.
	Patience = 15 * time.Second
)

// Hit is a person, a channel, a community or a hashtag that servers named.
type Hit struct {
	Author *feeds.Author   // as its own server has it, where that was among those that named it; nil for a hashtag
	Tag    *feeds.TagTrend // of the first server that counts its use; nil for an author
	Hosts  []string        // where it was read before, then those that named it, in the order in which they were asked
	Stored bool            // it was read before

	key   string // its kind's sign and its name in small letters
	fit   int    // 0 for a name that is what is looked for, 1 for one that begins so, 2 for others
	order int    // its place in a server's answer
}

// Server is how it stands with a server that is asked.
type Server struct {
	Host string
	Busy bool
	Err  *feeds.Error // why it didn't answer; nil for none
}

// Result is what was found so far. It is immutable.
type Result struct {
	People, Communities, Tags []*Hit   // what was read before, then the others; of each what is called exactly so first, then what begins so, then as the servers had them
	Servers                   []Server // in the order in which they were given
	LeftOut                   int      // people who don't wish to be suggested
	Reading                   bool     // what was read before is still looked through
}

// Busy reports that servers are still to answer.
func (r *Result) Busy() bool {
	return slices.ContainsFunc(r.Servers, func(s Server) bool { return s.Busy })
}

// Found reports that there is something.
func (r *Result) Found() bool { return len(r.People)+len(r.Communities)+len(r.Tags) > 0 }

// Before is what was read before any server was asked.
func (r *Result) Before() *Result {
	stored := func(hits []*Hit) (out []*Hit) {
		for _, h := range hits {
			if h.Stored {
				out = append(out, h)
			}
		}
		return out
	}
	return &Result{People: stored(r.People), Communities: stored(r.Communities), Tags: stored(r.Tags), Servers: r.Servers, LeftOut: r.LeftOut, Reading: r.Reading}
}

// Finder asks servers. It is safe for concurrent use.
type Finder struct {
	resolver feeds.Resolver
	store    feeds.Store
	blocked  blocklist.List
}

// New makes a Finder. store is looked through too; nil for none. Servers and people in blocked are neither asked nor shown.
func New(r feeds.Resolver, store feeds.Store, blocked blocklist.List) *Finder {
	return &Finder{r, store, blocked}
}

func (f *Finder) search(q Query) *search {
	return &search{Query: q, blocked: f.blocked, hits: map[string]*Hit{}, left: map[string]bool{}}
}

// Find looks through what is stored and asks all hosts at once, each in its pace and but once. It emits what is found whenever there is more, one
// at a time. The first call comes before anybody is asked. It returns when all have answered, or ctx is over.
func (f *Finder) Find(ctx context.Context, q Query, hosts []string, emit func(*Result)) {
	s := f.search(q)
	for _, host := range hosts {
		if len(s.servers) < MostServers && !f.blocked.Host(host) {
			s.servers = append(s.servers, Server{Host: host, Busy: q.Name != ""})
		}
	}
	s.reading = f.store != nil && q.Name != ""
	emit(s.result())
	if q.Name == "" {
		return
	}
	var wg sync.WaitGroup
	if f.store != nil {
		wg.Go(func() {
			stored := f.Stored(ctx)
			s.mu.Lock()
			defer s.mu.Unlock()
			if s.reading = false; ctx.Err() == nil {
				s.addStored(stored)
				emit(s.result())
			}
		})
	}
	for i, server := range slices.Clone(s.servers) {
		wg.Go(func() {
			people, tags, err := f.ask(ctx, q, server.Host)
			if ctx.Err() != nil {
				return
			}
			s.mu.Lock()
			defer s.mu.Unlock()
			s.servers[i] = Server{Host: server.Host, Err: feeds.AsError(err)}
			if err == nil {
				s.add(server.Host, people, tags)
			}
			emit(s.result())
		})
	}
	wg.Wait()
}

// ask asks one server for all that it can find by name.
func (f *Finder) ask(ctx context.Context, q Query, host string) (people []*feeds.Author, tags []feeds.TagTrend, err error) {
	ctx, cancel := context.WithTimeout(ctx, Patience)
	defer cancel()
	s, err := f.resolver.Resolve(ctx, host)
	if err != nil {
		return nil, nil, err
	}
	people, tags, err = names(ctx, q, s)
	if ctx.Err() == context.DeadlineExceeded && feeds.KindOf(err) != "" {
		err = &feeds.Error{Kind: feeds.Timeout, Host: host, Err: err}
	}
	return people, tags, err
}

// names puts the questions of the server's API.
func names(ctx context.Context, q Query, s feeds.Source) (people []*feeds.Author, tags []feeds.TagTrend, err error) {
	if all, err := feeds.As[feeds.NameSearch](s); err == nil {
		if !s.Capabilities().Search {
			return nil, nil, &feeds.Error{Kind: feeds.Unsupported, Host: s.Host()}
		}
		people, tags, err = all.SearchNames(ctx, q.Name)
		if feeds.KindOf(err) != feeds.Unsupported {
			return people, tags, err
		}
	} // or it has turned out to run another software, which is asked in other words
	byTag, noTags := feeds.As[feeds.TagSearch](s)
	byName, noNames := feeds.As[feeds.AccountSearch](s)
	wantTags, wantNames := noTags == nil && q.Sign != '@' && q.Sign != '!', noNames == nil && q.Sign != '#'
	failed := error(&feeds.Error{Kind: feeds.Unsupported, Host: s.Host()})
	if wantTags {
		var found []feeds.Tag
		if found, err = byTag.SearchTags(ctx, q.Name); err == nil {
			failed = nil // one of the two is an answer
		}
		for _, t := range found {
			tags = append(tags, feeds.TagTrend{Tag: t})
		}
	}
	if wantNames {
		if people, err = byName.SearchAccounts(ctx, q.Name); err == nil {
			failed = nil
		}
	}
	if failed != nil && err != nil {
		failed = err
	}
	return people, tags, failed
}

// search is what was found so far.
type search struct {
	Query
	blocked blocklist.List

	mu      sync.Mutex
	hits    map[string]*Hit // by key
	servers []Server
	left    map[string]bool // who doesn't wish to be suggested
	reading bool            // Result.Reading
}

// add merges what a server found. The lock is held.
func (s *search) add(host string, people []*feeds.Author, tags []feeds.TagTrend) {
	for n, a := range people[:min(len(people), PerServer)] {
		if a != nil {
			s.addAuthor(a, host, n, false)
		}
	}
	for n := range tags[:min(len(tags), PerServer)] {
		if t := &tags[n]; t.Tag.Name != "" {
			s.merge(&Hit{Tag: t, Hosts: []string{host}, key: "#" + strings.ToLower(t.Tag.Name), fit: s.fit(t.Tag.Name), order: n})
		}
	}
}

// addAuthor merges an author that host named as number n, or that was read there before. The lock is held.
func (s *search) addAuthor(a *feeds.Author, host string, n int, stored bool) {
	if a.User == "" || a.Domain == "" || s.blocked.Author(a) {
		return
	}
	sign := "@"
	if a.Community {
		sign = "!"
	}
	h := &Hit{Author: a, Hosts: []string{host}, Stored: stored, key: sign + strings.ToLower(a.Handle()), fit: min(s.fit(a.User), s.fit(a.Name)), order: n}
	if Suggestible(a) {
		s.merge(h)
	} else if s.wants(h) {
		s.left[h.key] = true
	}
}

// wants reports a hit of the kind that is looked for.
func (s *search) wants(h *Hit) bool { return s.Sign == 0 || s.Sign == h.key[0] }

// merge joins a hit of one host with what others had of it; what was handed out before stays as it was. The lock is held.
func (s *search) merge(h *Hit) {
	if !s.wants(h) {
		return
	}
	if was := s.hits[h.key]; was != nil {
		if was.Stored && h.Stored || !was.Stored && slices.Contains(was.Hosts, h.Hosts[0]) && !h.Stored {
			return
		}
		hosts := append(slices.Clone(was.Hosts), h.Hosts...)
		if h.Hosts = h.Hosts[:1:1]; !h.Stored {
			h.Hosts = nil
			if was.Stored {
				h.Hosts = was.Hosts[:1:1]
			}
		}
		for _, server := range s.servers {
			if slices.Contains(hosts, server.Host) && !slices.Contains(h.Hosts, server.Host) {
				h.Hosts = append(h.Hosts, server.Host)
			}
		}
		if was.Stored { // it stays where it is
			h.fit, h.order = was.fit, was.order
		} else if !h.Stored {
			h.fit, h.order = min(h.fit, was.fit), min(h.order, was.order)
		}
		if h.Author != nil && h.Author.Host != h.Author.Domain {
			h.Author = was.Author
		}
		if h.Tag != nil && len(was.Tag.History) > 0 {
			h.Tag = was.Tag
		}
		h.Stored = h.Stored || was.Stored
	}
	s.hits[h.key] = h
}

// fit says how well a name fits what is looked for: see Hit.
func (s *search) fit(name string) int {
	name, want := strings.ToLower(name), strings.ToLower(s.Name)
	switch {
	case name == want:
		return 0
	case strings.HasPrefix(name, want):
		return 1
	}
	return 2
}

// result is what was found so far, which doesn't change any more. The lock is held.
func (s *search) result() *Result {
	r := &Result{Servers: slices.Clone(s.servers), LeftOut: len(s.left), Reading: s.reading}
	all := make([]*Hit, 0, len(s.hits))
	for _, h := range s.hits {
		all = append(all, h)
	}
	slices.SortFunc(all, func(a, b *Hit) int {
		if a.Stored != b.Stored {
			if a.Stored {
				return -1
			}
			return 1
		}
		if d := cmp.Or(a.fit-b.fit, a.order-b.order); d != 0 {
			return d
		}
		return strings.Compare(a.key, b.key)
	})
	for _, h := range all {
		list := &r.People
		switch h.key[0] {
		case '!':
			list = &r.Communities
		case '#':
			list = &r.Tags
		}
		if len(*list) < Most {
			*list = append(*list, h)
		}
	}
	return r
}

// Suggestible reports somebody who may be found by who doesn't know them (docs/decisions/05-wishes.md).
func Suggestible(a *feeds.Author) bool {
	w := a.Wishes
	return !w.NoIndex && !w.NotDiscoverable && !w.NoBot && !w.SignInToView && a.Gone == ""
}

// Searchable reports a post that may be found by its text: its author wishes neither not to be suggested nor not to be searched for.
func Searchable(p *feeds.Post) bool {
	return p.Author == nil || Suggestible(p.Author) && !p.Author.Wishes.NotIndexable
}
