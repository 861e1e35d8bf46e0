package listing

import (
	"context"
	"crypto/sha1"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/address"
	"vitrine/feeds/cache"
	"vitrine/feeds/follows"
	"vitrine/feeds/reader"
)

// Source is one of several addresses that are read as one list.
type Source struct {
	Address address.Address
	Posts   feeds.ProfileFilter // chooses among a person's posts, as Options.Filter
	Hides   *follows.Matcher    // of its posts; nil for none
	Tag     *follows.Follow     // of a hashtag, with the servers that it is read at and its further hashtags; nil for the address's alone
}

// admits reports that a post has the further hashtags that it must have, and none that it mustn't. Where a server doesn't say which a post
// has, it chose it by them.
func (s Source) admits(p *feeds.Post) bool {
	if s.Tag == nil || len(p.Tags) == 0 {
		return true
	}
	has := func(name string) bool {
		return slices.ContainsFunc(p.Tags, func(t feeds.Tag) bool { return strings.EqualFold(t.Name, name) })
	}
	return !slices.ContainsFunc(s.Tag.Tags.All, func(t string) bool { return !has(t) }) && !slices.ContainsFunc(s.Tag.Tags.None, has)
}

// Part is what became of a source.
type Part struct {
	Source
	Title  string        // "" where it couldn't be read
	Author *feeds.Author // of a profile or web feed; nil otherwise
	Err    error         // why it could not be read; nil when it could
	Older  error         // why older posts of it that are wanted couldn't be read; nil when they could
	Lacks  []error       // of a hashtag on several servers: why some of them couldn't be read
}

// Merged is a list of several sources.
type Merged struct {
	Listing
	Parts  []Part // in the order in which they were asked for
	Hidden int    // posts that the sources' matchers take away
	Full   bool   // the limit was reached: there may be more
}

// maxLookUps is how many sources are looked up at once.
const maxLookUps = 16

// Merge reads several addresses as one list in the order of time. A source that can't be read is told in its part, and holds nothing
// back. Options are those of List, but for Filter, Who and WholeThread; posts before since aren't listed, unless it is zero.
func (r *Reader) Merge(ctx context.Context, sources []Source, since time.Time, o Options) *Merged {
	m := merger{lister: lister{r: reader.New(reader.Options{Store: cache.NewMemory(), Resolver: r.resolver, Clock: r.clock}), o: o}, out: &Merged{Parts: make([]Part, len(sources))}, places: make([][]reader.Place, len(sources)), heads: make([]*Listing, len(sources)), since: since, now: r.clock.Now()}
	for i, s := range sources {
		m.out.Parts[i].Source = s
	}
	m.lookUp(ctx)
	m.read(ctx)
	m.name()
	return m.out
}

// merger reads sources as one list.
type merger struct {
	lister
	out    *Merged
	places [][]reader.Place // of the parts; none where nothing can be read
	heads  []*Listing       // of the parts, without items; nil where there is none
	since  time.Time
	now    time.Time
}

// lookUp finds out what stands at the addresses.
func (m *merger) lookUp(ctx context.Context) {
	var wg sync.WaitGroup
	turns := make(chan struct{}, maxLookUps)
	for i := range m.out.Parts {
		wg.Go(func() {
			turns <- struct{}{}
			defer func() { <-turns }()
			p := &m.out.Parts[i]
			var place reader.Place
			if m.heads[i], place, p.Err = m.place(ctx, p.Source); place != nil {
				m.places[i] = p.Source.places(place)
			}
		})
	}
	wg.Wait()
}

// places are where the posts of a source are: for a hashtag, its servers.
func (s Source) places(own reader.Place) (all []reader.Place) {
	if s.Tag == nil {
		return []reader.Place{own}
	}
	for _, at := range reader.SourcesOf(*s.Tag, nil) {
		all = append(all, at.Place)
	}
	return all
}

// place returns where the posts of a source are, and its listing without them.
func (m *merger) place(ctx context.Context, s Source) (*Listing, reader.Place, error) {
	found, a, err := m.r.Settle(ctx, s.Address)
	switch {
	case err != nil:
		return nil, nil, err
	case found != nil && found.Author != nil:
		return headOf(found.Author), reader.ProfilePlace{Author: found.Author, Filter: s.Posts}, nil
	case found != nil && found.Feed != "":
		return webFeedHead(found.Feed), reader.WebFeedPlace{URL: found.Feed}, nil
	case found != nil:
		return nil, nil, noList(a)
	}
	switch a.Kind {
	case address.Profile, address.Community:
		filter := s.Posts
		filter.Replies = filter.Replies || a.Tab == "replies"
		filter.OnlyMedia = filter.OnlyMedia || a.Tab == "media"
		if a.Kind == address.Community {
			a.User = "!" + a.User
		}
		who, err := m.author(ctx, a)
		if err != nil {
			return nil, nil, err
		}
		return headOf(who), reader.ProfilePlace{Author: who, Filter: filter}, nil
	case address.Feed:
		return webFeedHead(a.URL), reader.WebFeedPlace{URL: a.URL}, nil
	case address.Playlist:
		head, place := m.playlistPlace(a)
		return head, place, nil
	case address.Server:
		return m.server(ctx, a)
	case address.Tag:
		return m.tagPlace(a)
	}
	return nil, nil, noList(a)
}

func noList(a address.Address) error {
	return &feeds.Error{Kind: feeds.Unsupported, Host: a.Host, Op: "merge " + a.String(), Err: errors.New("it is no list of posts")}
}

// server returns a server's list, or the web feed of a site that isn't a server.
func (m *merger) server(ctx context.Context, a address.Address) (*Listing, reader.Place, error) {
	head, err := m.serverHead(ctx, a)
	if mayBeSite(err) {
		if _, err := m.lister.read(ctx, serverPlace(a)); mayBeSite(err) {
			site := address.Origin(a.Host) + "/"
			return webFeedHead(site), reader.WebFeedPlace{URL: site}, nil
		}
	}
	return head, serverPlace(a), nil
}

// read reads the places as one list, and takes the posts that are wanted.
func (m *merger) read(ctx context.Context) {
	var places []reader.Place
	parts := map[feeds.TimelineID][]*Part{} // several addresses may name one list
	heads := map[feeds.TimelineID]*Listing{}
	for i, all := range m.places {
		for _, p := range all {
			if parts[p.ID()] == nil {
				places = append(places, p)
			}
			parts[p.ID()] = append(parts[p.ID()], &m.out.Parts[i])
			heads[p.ID()] = m.heads[i]
		}
	}
	if len(places) == 0 {
		return
	}
	wanted := func(i reader.Item) bool {
		return i.Post != nil && !i.Entry.At.Before(m.since) && m.shows(i, parts)
	}
	counts := m.o.Counts
	m.o.Counts = func(i reader.Item) bool { return wanted(i) && (counts == nil || counts(i)) }
	if enough := m.o.Enough; !m.since.IsZero() {
		m.o.Enough = func(items []reader.Item) bool {
			return len(items) > 0 && items[len(items)-1].Entry.At.Before(m.since) || enough != nil && enough(items)
		}
	}
	found, _ := m.readAll(ctx, places) // each source has its own error
	for _, s := range found.Sources {
		heads[s.Place.ID()].publishedBy(s.Publisher)
		for _, p := range parts[s.Place.ID()] {
			if s.Err != nil {
				p.Lacks = append(p.Lacks, s.Err)
			} else if s.OldErr != nil {
				p.Older = s.OldErr
			}
		}
	}
	for i, all := range m.places {
		if p := &m.out.Parts[i]; len(all) > 0 && len(p.Lacks) == len(all) {
			p.Err, p.Lacks = p.Lacks[0], nil
		}
	}
	found.into(&m.out.Listing)
	_, m.out.Full = m.first(found.items)
	m.out.Items = slices.DeleteFunc(slices.Clone(found.items), func(i reader.Item) bool {
		if i.Post != nil && !i.Entry.At.Before(m.since) && !m.shows(i, parts) {
			m.out.Hidden++
		}
		return !wanted(i)
	})
}

// shows reports a post that one of the sources which have it doesn't hide.
func (m *merger) shows(i reader.Item, parts map[feeds.TimelineID][]*Part) bool {
	for _, from := range i.From {
		for _, p := range parts[from] {
			if p.admits(i.Post) && p.Hides.Match(i.Post, follows.Place{BoostedBy: i.Entry.BoostedBy}, m.now).Action == follows.Show {
				return true
			}
		}
	}
	return false
}

// namedSources is how many sources the title of a list names.
const namedSources = 3

// name says what the list is called: as its source where it has one, else as those that could be read.
func (m *merger) name() {
	var titles, addresses []string
	for i := range m.out.Parts {
		p := &m.out.Parts[i]
		addresses = append(addresses, p.Address.String())
		if h := m.heads[i]; h != nil {
			p.Title, p.Author = h.Title, h.Author
			if p.Err == nil {
				titles = append(titles, h.Title)
			}
		}
	}
	l := &m.out.Listing
	if len(m.heads) == 1 && m.heads[0] != nil {
		h := m.heads[0]
		l.Title, l.Home, l.ID, l.Summary, l.Icon, l.Author, l.WebFeed = h.Title, h.Home, h.ID, h.Summary, h.Icon, h.Author, h.WebFeed
		return
	}
	slices.Sort(addresses)
	l.ID = uuidOf(strings.Join(slices.Compact(addresses), "\n"))
	more := max(0, len(titles)-namedSources)
	l.Title = strings.Join(titles[:len(titles)-more], ", ")
	if more > 0 {
		l.Title += fmt.Sprintf(" and %d more", more)
	}
}

// uuidOf makes an identifier of a name, always the same one. Source: RFC 9562, section 5.5.
func uuidOf(name string) string {
	url := [16]byte{0x6b, 0xa7, 0xb8, 0x11, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8} // its namespace of URLs
	sum := sha1.Sum(append(url[:], name...))
	sum[6], sum[8] = sum[6]&0x0f|0x50, sum[8]&0x3f|0x80
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", sum[:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16])
}
