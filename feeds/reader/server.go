package reader

import (
	"context"
	"sync"

	"vitrine/feeds"
)

// ServerSnapshot is all that a page needs to draw a server, but for its lists of posts. It is immutable.
type ServerSnapshot struct {
	Instance  *feeds.Instance // nil until known, and where it can't be
	Can       feeds.Capabilities
	Described bool         // the server was asked what it is, or that is stored: Instance is there or Err says why it isn't
	Stale     bool         // Instance comes from the store and the server has not answered since it was opened
	Busy      bool         // the server is being asked what it is
	Err       *feeds.Error // why the server couldn't say what it is
	Trends    *Trends      // trending hashtags and links; nil until ReadTrends has an answer
	Directory *Directory   // what it lists; nil before ReadDirectory
	Seen      feeds.Access // what its answers showed a guest; after NoteSeen
}

// Trends are the hashtags and links that are popular on a server.
type Trends struct {
	Tags  []feeds.TagTrend
	Links []feeds.LinkTrend
}

// Server reads what a server is. It is safe for concurrent use.
type Server struct {
	r    *Reader
	host string
	emit func(*ServerSnapshot)

	mu      sync.Mutex
	last    *ServerSnapshot
	opened  bool
	retry   retry
	listing *listing
}

// Server opens a server. emit is called as Reader.Query's.
func (r *Reader) Server(host string, emit func(*ServerSnapshot)) *Server {
	return &Server{r: r, host: host, emit: emit, last: &ServerSnapshot{}}
}

// Open emits what is stored of the server; then it asks it, once while the program runs. Where nothing is stored it asks it in any
// case. A server that refuses for a while is asked again when that has passed, unless ctx is over.
func (v *Server) Open(ctx context.Context) {
	v.mu.Lock()
	v.opened = true
	v.mu.Unlock()
	i, err := v.r.store.Instance(ctx, v.host)
	known := err == nil && i != nil && !i.Fetched.IsZero() // of one without a time only the software is known
	can := v.r.capabilities(ctx, v.host)
	v.update(func(s *ServerSnapshot) {
		s.Can = can
		if known && s.Instance == nil {
			s.Instance, s.Described, s.Stale = i, true, true
		}
	})
	if !known {
		_ = v.Refresh(ctx) // the snapshot says it
		return
	}
	if !v.r.describedBefore(v.host) {
		v.renew(ctx)
	}
}

// renew asks a server that is known from the store what it is by now. A failure changes nothing: its posts say what is wrong.
func (v *Server) renew(ctx context.Context) {
	i, err := v.r.Instance(ctx, v.host)
	if err != nil {
		return
	}
	can := v.r.capabilities(ctx, v.host)
	v.update(func(s *ServerSnapshot) { s.Instance, s.Can, s.Stale = feeds.MergeInstance(s.Instance, i), can, false })
}

// Refresh asks the server what it is. It returns the error that the snapshot carries.
func (v *Server) Refresh(ctx context.Context) error {
	v.mu.Lock()
	if v.last.Busy {
		v.mu.Unlock()
		return nil
	}
	next := *v.last
	next.Busy = true
	v.set(&next)
	v.mu.Unlock()

	i, err := v.r.Instance(ctx, v.host)
	can := v.r.capabilities(ctx, v.host)
	v.update(func(s *ServerSnapshot) {
		s.Busy, s.Described, s.Can, s.Err = false, true, can, feeds.AsError(err)
		if err == nil {
			s.Instance, s.Stale = feeds.MergeInstance(s.Instance, i), false
			return
		}
		if v.opened {
			v.retry.after(ctx, v.r.clock, s.Err, func() { _ = v.Refresh(ctx) })
		}
	})
	return err
}

// MayShowPosts reports that a server which can't describe itself for this reason may still show its posts: some have no such endpoint, and
// some let pages of other sites read only a part of what they have.
func MayShowPosts(err error) bool {
	switch feeds.KindOf(err) {
	case feeds.NotFound, feeds.BadData, feeds.NeedsLogin, feeds.Refused, feeds.Unreachable:
		return true
	}
	return false
}

// ReadTrends asks for trending hashtags and links. After a failure there are none: the posts say what is wrong.
func (v *Server) ReadTrends(ctx context.Context) {
	t, err := v.r.trends(ctx, v.host)
	if err != nil {
		t = &Trends{}
	}
	v.update(func(s *ServerSnapshot) {
		if err == nil || s.Trends == nil {
			s.Trends = t
		}
	})
}

// NoteSeen says what the server's answers showed a guest since the program began.
func (v *Server) NoteSeen(ctx context.Context) {
	seen := v.r.seen(ctx, v.host)
	v.update(func(s *ServerSnapshot) { s.Seen = seen })
}

// ReadAbout asks for the server's long description of itself, as Reader.RenewAbout does. Where there is none the short one serves.
func (v *Server) ReadAbout(ctx context.Context) {
	if i, _ := v.r.renewAbout(ctx, v.host); i != nil {
		v.take(i)
	}
}

// RereadAbout reads the stored long description, after another program stored one.
func (v *Server) RereadAbout(ctx context.Context) {
	if i, err := v.r.store.Instance(ctx, v.host); err == nil && i != nil {
		v.take(i)
	}
}

// take shows the long description of i.
func (v *Server) take(i *feeds.Instance) {
	long := &feeds.Instance{Host: v.host, Long: i.Long, LongFetched: i.LongFetched}
	v.update(func(s *ServerSnapshot) {
		if s.Instance != nil {
			s.Instance = feeds.MergeInstance(s.Instance, long)
		}
	})
}

// update changes the last snapshot and emits the new one.
func (v *Server) update(change func(*ServerSnapshot)) {
	v.mu.Lock()
	defer v.mu.Unlock()
	next := *v.last
	change(&next)
	v.set(&next)
}

// set emits a snapshot. The lock is held.
func (v *Server) set(s *ServerSnapshot) {
	v.last = s
	v.emit(s)
}
