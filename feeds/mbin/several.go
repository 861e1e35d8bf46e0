package mbin

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
	"vitrine/feeds/forum"
)

// desk is how far several lists were read that are shown as one, ordered by time: which page of each is next, 0 when there is
// none, and what was shown of these pages already. As a cursor it is these pages and a time, as "2,1,1767225600000000".
type desk struct {
	pages []int
	shown time.Time // down to here; zero for nothing
}

func (s *Source) parseDesk(path string, lists int, c feeds.Cursor) (desk, error) {
	if c == "" {
		return desk{pages: slices.Repeat([]int{1}, lists)}, nil
	}
	failure := s.NotAsked("GET "+path, apiclient.ErrNoSuchPage)
	parts := strings.Split(string(c), ",")
	if len(parts) != lists+1 {
		return desk{}, failure
	}
	d := desk{}
	sum := 0
	for _, part := range parts[:lists] {
		n, err := strconv.Atoi(part)
		if err != nil || n < 0 || n > 1e6 {
			return desk{}, failure
		}
		d.pages = append(d.pages, n)
		sum += n
	}
	micro, err := strconv.ParseInt(parts[lists], 10, 64)
	if err != nil || sum == 0 {
		return desk{}, failure
	}
	d.shown = time.UnixMicro(micro).UTC()
	return d, nil
}

func (d desk) cursor() feeds.Cursor {
	var b strings.Builder
	sum := 0
	for _, n := range d.pages {
		sum += n
		b.WriteString(strconv.Itoa(n) + ",")
	}
	if sum == 0 {
		return ""
	}
	return feeds.Cursor(b.String() + strconv.FormatInt(d.shown.UnixMicro(), 10))
}

// part is a page of one of the lists, newest first.
type part struct {
	posts []*feeds.Post
	more  bool // another page follows
	err   error
}

// several reads lists that are shown as one. A list that the server is too old to have is one without anything; the first has
// to be there.
func (s *Source) several(ctx context.Context, paths []string, c feeds.Cursor) (*feeds.Page, error) {
	d, err := s.parseDesk(paths[0], len(paths), c)
	if err != nil {
		return nil, err
	}
	parts := make([]part, len(paths))
	var wg sync.WaitGroup
	for i, path := range paths {
		if number := d.pages[i]; number > 0 {
			wg.Go(func() { parts[i] = s.partAt(ctx, path, number) })
		}
	}
	wg.Wait()
	for i := range parts {
		if err := parts[i].err; err != nil && (i == 0 || feeds.KindOf(err) != feeds.NotFound) {
			return nil, err
		}
	}
	return d.merge(parts), nil
}

func (s *Source) partAt(ctx context.Context, path string, number int) part {
	q := newest()
	if strings.HasSuffix(path, "comments") {
		q.Set("d", "0") // without what is below each
	}
	var wire list[thing]
	a, err := s.ask(ctx, path, pageQuery(q, number), &wire)
	if err == nil && wire.Items == nil {
		err = a.Failure(apiclient.ErrNoList)
	}
	if err != nil {
		return part{err: err}
	}
	posts, err := a.things(wire.Items, inTime)
	return part{posts: posts, more: goesOn(number, len(wire.Items), wire.Pagination.Last), err: err}
}

// merge shows of several pages what is younger than the end of each that goes on: what is older may have others between.
func (d desk) merge(parts []part) *feeds.Page {
	var end time.Time
	for _, p := range parts {
		if p.more && len(p.posts) > 0 {
			if oldest := p.posts[len(p.posts)-1].Published; oldest.After(end) {
				end = oldest
			}
		}
	}
	page := &feeds.Page{}
	next := desk{shown: end}
	if end.IsZero() {
		next.shown = d.shown
	}
	for i, part := range parts {
		for _, p := range part.posts {
			fresh := d.shown.IsZero() || p.Published.Before(d.shown)
			if fresh && !p.Published.Before(end) {
				page.Posts = append(page.Posts, p)
			}
		}
		next.pages = append(next.pages, part.next(d.pages[i], end, d.shown))
	}
	slices.SortStableFunc(page.Posts, forum.NewestFirst)
	page.Entries = feeds.EntriesOf(page.Posts)
	page.Older = next.cursor()
	return page
}

// next is the page of a list that follows one with the given number: the same, while some of it is older than the end of what was
// shown. A list that doesn't get below what was shown before is at its end: the server stays on a page.
func (p part) next(number int, end, before time.Time) int {
	if len(p.posts) > 0 {
		oldest := p.posts[len(p.posts)-1].Published
		switch {
		case oldest.Before(end):
			return number
		case !before.IsZero() && !oldest.Before(before):
			return 0
		}
	}
	if p.more {
		return number + 1
	}
	return 0
}
