package reader

import (
	"context"
	"slices"
	"strings"
	"sync"

	"vitrine/feeds"
)

// ProfileSnapshot is all that a page needs to draw an author, but for the list of their posts. It is immutable.
type ProfileSnapshot struct {
	Author    *feeds.Author // nil until known, and when it was deleted or withdrawn from guests since it was stored
	Can       feeds.Capabilities
	Pinned    []Item          // what the author shows first
	PinnedSet bool            // Pinned is stored or was read, or won't come
	Tags      []feeds.Tag     // what the author often writes about
	Featured  []*feeds.Author // the accounts that the author recommends
	Playlists []*feeds.Author // the lists of posts that the author has put together, as feeds.Playlists has them
	Stale     bool            // Author comes from the store and the server has not answered since the profile was opened
	Busy      bool            // the author is being asked for
	Err       *feeds.Error    // why the author couldn't be read
	Blocked   *feeds.Author   // set: the author turned out to be somebody whom the site doesn't open
}

// ProfileRequest says whose profile is read, and what of it beside the author.
type ProfileRequest struct {
	User   string // a community's after "!"
	Domain string
	Via    string // a server whose copy is read; "" for the origin
	Pinned bool
	Tags   bool // and featured accounts, and playlists
}

// host is who is asked as long as the author isn't known.
func (p ProfileRequest) host() string {
	if p.Via != "" {
		return p.Via
	}
	return p.Domain
}

// Profile reads an author. It is safe for concurrent use.
type Profile struct {
	r       *Reader
	request ProfileRequest
	emit    func(*ProfileSnapshot)

	mu     sync.Mutex
	last   *ProfileSnapshot
	opened bool
	retry  retry
}

// Profile opens a profile. emit is called as Reader.Query's.
func (r *Reader) Profile(request ProfileRequest, emit func(*ProfileSnapshot)) *Profile {
	return &Profile{r: r, request: request, emit: emit, last: &ProfileSnapshot{}}
}

// Open emits what is stored of the author, and asks for them meanwhile. A failure is emitted only once the store has answered. A server
// that refuses for a while is asked again when that has passed, unless ctx is over.
func (p *Profile) Open(ctx context.Context) {
	p.mu.Lock()
	p.opened = true
	p.mu.Unlock()
	looked := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		first := p.load(ctx)
		close(looked)
		p.extras(ctx, first)
	})
	wg.Go(func() { _ = p.ask(ctx, looked) }) // the snapshot says it
	wg.Wait()
}

// Refresh asks for the author again. It returns the error that the snapshot carries.
func (p *Profile) Refresh(ctx context.Context) error {
	looked := make(chan struct{})
	close(looked)
	return p.ask(ctx, looked)
}

// load shows the author who is stored, unless the server has answered already. It returns whom it showed, or nil.
func (p *Profile) load(ctx context.Context) (first *feeds.Author) {
	a := p.r.storedAuthor(ctx, p.request)
	if a == nil {
		return nil
	}
	can := p.r.capabilities(ctx, a.Host)
	p.update(func(s *ProfileSnapshot) {
		if s.Author == nil && s.Blocked == nil {
			s.Stale = true
			first = p.take(s, a, can)
		}
	})
	return first
}

// ask asks for the author. A failure waits for looked.
func (p *Profile) ask(ctx context.Context, looked <-chan struct{}) error {
	p.mu.Lock()
	if p.last.Busy {
		p.mu.Unlock()
		return nil
	}
	next := *p.last
	next.Busy = true
	p.set(&next)
	p.mu.Unlock()

	a, err := p.r.Author(ctx, p.request.User, p.request.Domain, p.request.Via)
	if err != nil {
		<-looked
		can := p.r.capabilities(ctx, p.request.host())
		p.update(func(s *ProfileSnapshot) {
			s.Busy, s.Err = false, feeds.AsError(err)
			if s.Err.Kind == feeds.Gone || s.Err.Kind == feeds.Refused {
				s.Author, s.Pinned, s.PinnedSet = nil, nil, false // what was stored isn't shown against the will of who wrote it
			}
			if s.Author == nil {
				s.Can = can
			}
			if p.opened {
				p.retry.after(ctx, p.r.clock, s.Err, func() { _ = p.Refresh(ctx) })
			}
		})
		return err
	}
	can := p.r.capabilities(ctx, a.Host)
	var first *feeds.Author
	p.update(func(s *ProfileSnapshot) {
		s.Busy, s.Stale, s.Err = false, false, nil
		first = p.take(s, a, can)
	})
	p.extras(ctx, first)
	return nil
}

// take makes a the author of a snapshot. It returns a when nobody was shown before.
func (p *Profile) take(s *ProfileSnapshot, a *feeds.Author, can feeds.Capabilities) (first *feeds.Author) {
	if p.r.blocked.Author(a) {
		s.Author, s.Pinned, s.Blocked = nil, nil, a
		return nil
	}
	if s.Author == nil {
		first = a
		s.PinnedSet = !p.request.Pinned || !can.Pinned || a.Gone != ""
	}
	s.Author, s.Can = a, can
	return first
}

// extras reads what belongs to a profile beside its author, when somebody is shown there for the first time.
func (p *Profile) extras(ctx context.Context, a *feeds.Author) {
	if a == nil || a.Gone != "" {
		return
	}
	can := p.r.capabilities(ctx, a.Host)
	var wg sync.WaitGroup
	if p.request.Pinned && can.Pinned {
		wg.Go(func() { p.readPinned(ctx, a) })
	}
	if p.request.Tags && can.FeaturedTags {
		wg.Go(func() {
			f, err := p.r.featured(ctx, a)
			if err != nil {
				return // a profile without them is no trouble
			}
			people := slices.DeleteFunc(f.Accounts, p.r.blocked.Author)
			p.update(func(s *ProfileSnapshot) { s.Tags, s.Featured = f.Tags, people })
		})
	}
	if p.request.Tags {
		wg.Go(func() {
			if lists := p.r.playlistsOf(ctx, a); len(lists) > 0 {
				p.update(func(s *ProfileSnapshot) { s.Playlists = lists })
			}
		})
	}
	wg.Wait()
}

// readPinned shows what the author showed first when that was last asked, then what they do now.
func (p *Profile) readPinned(ctx context.Context, a *feeds.Author) {
	pin := func(items []Item, err error) {
		p.update(func(s *ProfileSnapshot) {
			if s.Author == nil {
				return // it was taken off meanwhile
			}
			s.PinnedSet = true
			if err == nil {
				s.Pinned = items
			}
		})
	}
	if items, known := p.r.storedPinned(ctx, a); known {
		pin(items, nil)
	}
	pin(p.r.pinned(ctx, a))
}

// update changes the last snapshot and emits the new one.
func (p *Profile) update(change func(*ProfileSnapshot)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	next := *p.last
	change(&next)
	p.set(&next)
}

// set emits a snapshot. The lock is held.
func (p *Profile) set(s *ProfileSnapshot) {
	p.last = s
	p.emit(s)
}

// storedAuthor returns an author that was read before, or nil.
func (r *Reader) storedAuthor(ctx context.Context, request ProfileRequest) *feeds.Author {
	name, community := strings.CutPrefix(request.User, "!")
	a, err := r.store.Author(ctx, request.host(), name+"@"+request.Domain)
	if err != nil || a == nil || community && !a.Group || a.Community && !community {
		return nil
	}
	return a
}
