package reader

import (
	"context"

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
	d := &Directory{Order: o}
	if was := v.last.Directory; was != nil && was.Order == o {
		d.People, d.LeftOut = was.People, was.LeftOut
	}
	v.list(d)
	v.mu.Unlock()
	v.MoreDirectory(ctx)
}

// MoreDirectory reads the next page, unless one is under way or the list has ended. A page on which nobody is shown who wasn't is followed by
// further ones; one that names nobody new at all is the last, since the list repeats itself.
func (v *Server) MoreDirectory(ctx context.Context) {
	v.mu.Lock()
	defer v.mu.Unlock()
	l := v.listing
	if l == nil || v.last.Directory.Busy || v.last.Directory.End {
		return
	}
	for left := emptyPages; ; left-- {
		d := *v.last.Directory
		if d.Busy, d.Err = left > 0, nil; left == emptyPages || left == 0 {
			v.list(&d)
		}
		if left == 0 {
			return
		}
		v.mu.Unlock()
		people, older, err := v.r.directory(ctx, v.host, l.order, l.next)
		v.mu.Lock()
		if v.listing != l {
			return // it was begun anew
		}
		d = *v.last.Directory
		shown := len(d.People)
		if err != nil {
			d.Busy, d.Err = false, feeds.AsError(err)
			v.retry.after(ctx, v.r.clock, d.Err, func() { v.MoreDirectory(ctx) })
		} else {
			if l.next == "" {
				d.People, d.LeftOut, shown = nil, 0, 0
			}
			known := len(l.seen)
			v.r.listed(l, &d, people)
			d.End = older == "" || older == l.next || len(l.seen) == known || len(l.seen) >= mostListed
			d.Busy = !d.End && len(d.People) == shown
			l.next = older
		}
		v.list(&d)
		if !d.Busy {
			return
		}
	}
}

// list shows a directory. The lock is held.
func (v *Server) list(d *Directory) {
	next := *v.last
	next.Directory = d
	v.set(&next)
}

// listed adds those of people who are new, without whom the site doesn't open and who doesn't wish to be suggested.
func (r *Reader) listed(l *listing, d *Directory, people []*feeds.Author) {
	d.People = d.People[:len(d.People):len(d.People)] // what was handed out before stays as it is
	for _, a := range people {
		if a == nil || a.User == "" || l.seen[a.Handle()] || len(l.seen) >= mostListed {
			continue
		}
		l.seen[a.Handle()] = true
		switch {
		case r.blocked.Author(a):
		case Suggestable(a):
			d.People = append(d.People, a)
		default:
			d.LeftOut++
		}
	}
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
