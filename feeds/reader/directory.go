package reader

import (
	"context"
	"slices"

	"vitrine/feeds"
)

// Directory is what a server lists of the people, communities or channels that want to be found, as far as it was read. It is immutable.
type Directory struct {
	Order   feeds.DirectoryOrder
	People  []*feeds.Author // each once, in the server's order
	LeftOut int             // who doesn't wish to be suggested
	Busy    bool            // a page is being asked for
	End     bool            // there is no more, or no more is read
	Err     *feeds.Error    // why the last page couldn't be read; nil for none
}

// mostListed is how many entries of a directory are read: a list that never ends must not fill the memory.
const mostListed = 5000

// listing is a directory that is being read. It is guarded by its Server's lock.
type listing struct {
	order feeds.DirectoryOrder
	next  feeds.Cursor
	seen  map[string]bool // by handle, whether they are shown or not
}

// ReadDirectory begins to read what the server lists, from its beginning. What was shown in the same order stays until the answer is there.
func (v *Server) ReadDirectory(ctx context.Context, o feeds.DirectoryOrder) {
	v.mu.Lock()
	v.listing = &listing{order: o, seen: map[string]bool{}}
	next, d := *v.last, Directory{Order: o}
	if next.Directory != nil && next.Directory.Order == o {
		d.People, d.LeftOut = next.Directory.People, next.Directory.LeftOut
	}
	next.Directory = &d
	v.set(&next)
	v.mu.Unlock()
	v.MoreDirectory(ctx)
}

// MoreDirectory reads the next page, unless one is under way or the list has ended. A page on which nobody is shown who wasn't is followed by
// further ones; one that names nobody new at all is the last, since the list repeats itself.
func (v *Server) MoreDirectory(ctx context.Context) {
	v.mu.Lock()
	l, next := v.listing, *v.last
	if l == nil || next.Directory.Busy || next.Directory.End {
		v.mu.Unlock()
		return
	}
	d := *next.Directory
	d.Busy, d.Err = true, nil
	next.Directory = &d
	v.set(&next)
	v.mu.Unlock()
	for range emptyPages {
		people, older, err := v.r.directory(ctx, v.host, l.order, l.next)
		v.mu.Lock()
		if v.listing != l {
			v.mu.Unlock()
			return // another order was chosen
		}
		next = *v.last
		d = *next.Directory
		shown, before := len(d.People), l.next
		if err != nil {
			d.Err = feeds.AsError(err)
			v.retry.after(ctx, v.r.clock, d.Err, func() { v.MoreDirectory(ctx) })
		} else {
			if before == "" {
				d.People, d.LeftOut, shown = nil, 0, 0
			}
			known := len(l.seen)
			d.People = v.r.listed(l, &d, people)
			d.End = older == "" || older == before || len(l.seen) == known || len(l.seen) >= mostListed
			l.next = older
		}
		d.Busy = err == nil && !d.End && len(d.People) == shown
		again := d.Busy
		next.Directory = &d
		v.set(&next)
		v.mu.Unlock()
		if !again {
			return
		}
	}
	v.update(func(s *ServerSnapshot) {
		if s.Directory.Busy && v.listing == l {
			rested := *s.Directory
			rested.Busy = false
			s.Directory = &rested
		}
	})
}

// listed returns those who were listed before and those of people who are new, without whom the site doesn't open and who doesn't
// wish to be suggested.
func (r *Reader) listed(l *listing, d *Directory, people []*feeds.Author) []*feeds.Author {
	all := slices.Clip(d.People)
	for _, a := range people {
		if a == nil || a.User == "" || l.seen[a.Handle()] || len(l.seen) >= mostListed {
			continue
		}
		l.seen[a.Handle()] = true
		switch {
		case r.blocked.Author(a):
		case Suggestable(a):
			all = append(all, a)
		default:
			d.LeftOut++
		}
	}
	return all
}

// directory asks for a page of what a server lists.
func (r *Reader) directory(ctx context.Context, host string, o feeds.DirectoryOrder, c feeds.Cursor) ([]*feeds.Author, feeds.Cursor, error) {
	ctx, cancel := context.WithTimeout(ctx, Patience)
	defer cancel()
	s, err := source[feeds.Directory](ctx, r, host)
	if err != nil {
		return nil, "", err
	}
	people, older, err := s.Directory(ctx, o, c)
	return people, older, timely(ctx, host, err)
}
