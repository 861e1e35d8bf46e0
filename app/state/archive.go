package state

import (
	"context"
	"errors"
	"slices"

	"vitrine/feeds"
	"vitrine/feeds/address"
	"vitrine/feeds/archive"
	"vitrine/feeds/cache"
	"vitrine/feeds/reader"
	"vitrine/feeds/saved"
)

// Archiving is an archive of an account that is read.
type Archiving struct {
	Busy  bool // it is looked through, or taken
	Taken bool // it is being taken
	Done  int  // steps, of Total; 0 while nobody knows
	Total int
	Err   *feeds.Error // why it can't be read
	Found *ArchiveFound

	stop context.CancelFunc
}

// ArchiveFound is what an archive holds, before anything of it is taken.
type ArchiveFound struct {
	Author  *feeds.Author // nil where it holds only lists of others' posts
	New     int           // posts
	Known   int           // that were taken before
	Private int           // that weren't written for everybody
	Boosts  int           // of which it has the address alone
	Unread  int           // that can't be read
	Cut     bool          // it ends early
	Links   LinksFound
	Posts   []*saved.Post // those of a JSON Feed, to be saved; nil for an archive

	archive *archive.Archive
	outbox  *archive.Outbox
}

// LinksFound are the posts of others that an archive names: what was marked as favourite or bookmarked.
type LinksFound struct {
	New    []saved.Link
	Hosts  int // at which they are
	Known  int // that are saved already
	Unread int // that name no post that can be asked for
}

// Name is what an archive is called: whose it is.
func (f *ArchiveFound) Name() string { return f.Author.Handle() }

// readArchive looks through an archive. Nothing of it leaves the browser.
func (a *App) readArchive(files []archive.Blob) {
	a.endArchive()
	words := [2]string{a.Words.T("saved.tag.likes"), a.Words.T("saved.tag.bookmarks")}
	b := a.beginArchive(&Archiving{})
	a.background(func(ctx context.Context) {
		ctx, stop := context.WithCancel(ctx)
		defer stop()
		a.later(func() { b.stop = stop })
		f, err := a.lookThrough(ctx, b, files, words)
		a.later(func() {
			if a.Archiving != b {
				return
			}
			b.Busy = false
			if err != nil {
				b.Err = feeds.AsError(err)
				return
			}
			b.Found = f
		})
	})
}

func (a *App) beginArchive(b *Archiving) *Archiving {
	b.Busy = true
	a.Archiving = b
	return b
}

// endArchive lets go of an archive that is read. What was taken of it stays.
func (a *App) endArchive() {
	if b := a.Archiving; b != nil && b.stop != nil {
		b.stop()
	}
	a.Archiving = nil
}

// step shows how far reading has come, every now and then.
func (a *App) step(b *Archiving, done, total int) {
	if done%50 == 0 || done == total {
		a.later(func() { b.Done, b.Total = done, total })
	}
}

// lookThrough counts what an archive holds.
func (a *App) lookThrough(ctx context.Context, b *Archiving, files []archive.Blob, tags [2]string) (*ArchiveFound, error) {
	kept, err := a.keeps.Keys(ctx) // the page itself may not know them yet
	if err != nil {
		return nil, err
	}
	known := make(map[feeds.Key]bool, len(kept))
	for _, key := range kept {
		known[key] = true
	}
	all, err := archive.Open(ctx, files)
	if feeds.KindOf(err) == feeds.NotFound && len(files) == 1 {
		return a.lookThroughFeed(ctx, files[0], known)
	}
	if err != nil {
		return nil, err
	}
	f := &ArchiveFound{archive: all, Cut: all.Cut}
	o, err := all.Outbox(ctx, a.clock.Now())
	switch {
	case err == nil:
		f.Author, f.outbox, f.Cut = o.Author, o, f.Cut || o.Cut
	case feeds.KindOf(err) != feeds.NotFound:
		return nil, err
	}
	unread := 0
	for i, name := range []string{"likes.json", "bookmarks.json"} {
		links, broken, err := all.Links(ctx, name)
		if err != nil && feeds.KindOf(err) != feeds.BadData {
			return nil, err
		}
		unread += broken
		for _, l := range links {
			f.Links.add(a, saved.Link{URL: l, Tag: tags[i]}, known)
		}
	}
	f.Links.Unread += unread
	f.Links.count()
	if f.outbox == nil {
		if len(f.Links.New)+f.Links.Known+f.Links.Unread == 0 {
			if f.Cut { // they may be in what isn't there
				return nil, &feeds.Error{Kind: feeds.BadData, Op: "read archive", Err: err}
			}
			return nil, err
		}
		return f, nil
	}
	taken := map[feeds.Key]bool{}
	keys, err := a.keeps.Archive(f.Name()).Keys(ctx)
	if err != nil {
		return nil, err
	}
	for _, k := range keys {
		taken[k] = true
	}
	turn := feeds.Turn{}
	for i := range o.Len() {
		turn.Next()
		a.step(b, i, o.Len())
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		switch item, err := o.Item(i); {
		case feeds.KindOf(err) == feeds.NeedsLogin:
			f.Private++
		case err != nil:
			f.Unread++
		case item.Post == nil:
			f.Boosts++
		case taken[item.Post.Key]:
			f.Known++
		default:
			taken[item.Post.Key] = true
			f.New++
		}
	}
	return f, nil
}

// lookThroughFeed counts the posts of a JSON Feed, as Vitrine itself saves them.
func (a *App) lookThroughFeed(ctx context.Context, file archive.Blob, known map[feeds.Key]bool) (*ArchiveFound, error) {
	posts, err := archive.Feed(ctx, file, a.clock.Now())
	if err != nil {
		return nil, err
	}
	f := &ArchiveFound{Posts: []*saved.Post{}}
	now, turn := a.clock.Now(), feeds.Turn{}
	var said []*saved.Post // of those that are known
	var keys []feeds.Key
	for _, i := range posts {
		turn.Next()
		p := &saved.Post{Post: i.Post, At: now, Tags: i.Labels, Note: i.Note}
		if !i.Gone.IsZero() {
			p.Gone = &saved.Gone{At: i.Gone, Kind: feeds.Gone}
		}
		if !known[i.Post.Key] {
			f.New++
			f.Posts = append(f.Posts, p)
			continue
		}
		if f.Known++; i.Note != "" || len(i.Labels) > 0 {
			said, keys = append(said, p), append(keys, i.Post.Key)
		}
	}
	olds, err := a.keeps.Posts(ctx, keys)
	if err != nil {
		return nil, err
	}
	for i, old := range olds {
		if old != nil && old.Lacks(said[i]) {
			f.Posts = append(f.Posts, said[i])
		}
	}
	return f, nil
}

// saveFeed saves the posts of a JSON Feed that aren't saved yet, and what it says of those that are.
func (a *App) saveFeed(b *Archiving) {
	f := b.Found
	b = a.beginArchive(&Archiving{Taken: true, Found: f})
	a.background(func(ctx context.Context) {
		going, stop := context.WithCancel(ctx)
		defer stop()
		a.later(func() { b.stop = stop })
		var err error
		var keys []feeds.Key
		for some := range slices.Chunk(f.Posts, archiveAtOnce) {
			if err = a.makingRoom(going, func() error { _, err := a.keeps.Add(going, some); return err }); err != nil {
				break
			}
			for _, p := range some {
				keys = append(keys, p.Post.Key)
			}
			done := len(keys)
			a.later(func() { b.Done, b.Total = done, len(f.Posts) })
		}
		a.reindexAll(ctx, keys)
		a.later(func() {
			if a.Archiving != b {
				return
			}
			if b.Busy = false; err != nil {
				b.Err = feeds.AsError(err)
				return
			}
			a.Archiving = nil
			a.Note = a.Words.T("saved.done")
		})
	})
}

// add sorts in the address of a post.
func (l *LinksFound) add(a *App, link saved.Link, known map[feeds.Key]bool) {
	at, err := address.Parse(link.URL)
	switch {
	case known[feeds.Key(link.URL)]:
		l.Known++
	case err != nil || at.Kind != address.Post || a.blocked.Host(at.Host) || a.Site.Demo && !address.IsPrivate(at.Host):
		l.Unread++
	case !slices.ContainsFunc(l.New, func(o saved.Link) bool { return o.URL == link.URL }):
		l.New = append(l.New, link)
	}
}

func (l *LinksFound) count() {
	hosts := map[string]bool{}
	for _, link := range l.New {
		if at, err := address.Parse(link.URL); err == nil {
			hosts[at.Host] = true
		}
	}
	l.Hosts = len(hosts)
}

// archiveAtOnce is how many posts of an archive are written together.
const archiveAtOnce = 100

// takeArchive keeps the posts of the archive that was looked through, and its media.
func (a *App) takeArchive() {
	b := a.Archiving
	if b != nil && !b.Busy && b.Found != nil && b.Found.Posts != nil {
		a.saveFeed(b)
		return
	}
	if b == nil || b.Busy || b.Found == nil || b.Found.outbox == nil {
		return
	}
	f := b.Found
	b = a.beginArchive(&Archiving{Taken: true, Found: f})
	a.background(func(ctx context.Context) {
		ctx, stop := context.WithCancel(ctx)
		defer stop()
		a.later(func() { b.stop = stop })
		err := a.takeAll(ctx, b, f)
		a.later(func() {
			if a.Archiving != b {
				return
			}
			b.Busy = false
			if err != nil {
				b.Err = feeds.AsError(err)
				return
			}
			a.Archiving = nil
			if len(f.Links.New) > 0 { // they are offered still
				a.Archiving = &Archiving{Found: &ArchiveFound{Links: f.Links}}
			}
			a.Note = a.Words.N("saved.archive.done", f.New+f.Known, f.Name())
		})
	})
}

// takeAll takes an archive. One that was begun and not finished says so, and goes on when it is opened again: what is there stays.
func (a *App) takeAll(ctx context.Context, b *Archiving, f *ArchiveFound) error {
	o, keeps := f.outbox, a.keeps.Archive(f.Name())
	about := &saved.Archive{Name: f.Name(), Author: f.Author, At: a.clock.Now(), Private: f.Private, Boosts: f.Boosts, Unread: f.Unread, Cut: f.Cut, Open: true}
	write := func() error { return a.makingRoom(ctx, func() error { return a.keeps.KeepAbout(ctx, about) }) }
	if err := write(); err != nil {
		return err
	}
	var some []*saved.Post
	media := map[string]string{}
	kinds := map[string]string{}
	for url, where := range o.Files {
		media[url], kinds[url] = where, "image/"
	}
	flush := func() error {
		err := a.makingRoom(ctx, func() error { _, err := keeps.Add(ctx, some); return err })
		some = nil
		return err
	}
	var boosts []saved.Boost
	turn := feeds.Turn{}
	for i := range o.Len() {
		turn.Next()
		a.step(b, i, o.Len())
		item, err := o.Item(i)
		if err == nil && item.Post == nil {
			boosts = append(boosts, saved.Boost{URL: item.Boosted, At: item.At})
		}
		if err != nil || item.Post == nil {
			continue
		}
		some = append(some, &saved.Post{Post: item.Post, At: about.At})
		for _, m := range item.Post.Media {
			if where := item.Files[m.URL]; where != "" {
				media[m.URL], kinds[m.URL] = where, typeOf(m.Kind)
			}
		}
		if len(some) == archiveAtOnce {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	if err := flush(); err != nil {
		return err
	}
	slices.Reverse(boosts) // an outbox begins with the oldest
	if err := a.makingRoom(ctx, func() error { return keeps.KeepBoosts(ctx, boosts) }); err != nil {
		return err
	}
	keys, err := keeps.Keys(ctx)
	if err != nil {
		return err
	}
	about.Posts = len(keys)
	a.reindexAll(ctx, keys)
	done := 0
	for url, where := range media {
		if done++; a.media == nil {
			break
		}
		a.step(b, done, len(media))
		err := a.keepFile(ctx, f, url, where, kinds[url])
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case errors.Is(err, cache.ErrFull):
			return err
		case err != nil:
			about.Lost++
		default:
			about.Files++
		}
	}
	about.Open = false
	return write()
}

// keepFile keeps a file of an archive. What isn't of the type that its post says isn't kept.
func (a *App) keepFile(ctx context.Context, f *ArchiveFound, url, where, kind string) error {
	p, err := f.archive.File(ctx, where, mostFilm)
	if err != nil {
		return err
	}
	return a.makingRoom(ctx, func() error {
		_, err := a.media.Put(ctx, saved.OwnerOfArchive(f.Name()), feeds.MediaFile{URL: url, Type: kind}, p.Head(), p)
		return err
	})
}

// typeOf is how the MIME types of a kind of media begin; "" for any.
func typeOf(k feeds.MediaKind) string {
	switch k {
	case feeds.Image:
		return "image/"
	case feeds.Video, feeds.Gifv:
		return "video/"
	case feeds.Audio:
		return "audio/"
	}
	return ""
}

// dropArchive removes an archive, if its reader is sure.
func (a *App) dropArchive(name string) {
	question := a.Words.T("saved.archive.sure", name)
	a.background(func(ctx context.Context) {
		if !a.browser.Confirm(question) {
			return
		}
		keys, err := a.keeps.Archive(name).Keys(ctx)
		if err == nil {
			err = a.keeps.DropArchive(ctx, name)
		}
		a.reindexAll(ctx, keys)
		if err == nil && a.media != nil {
			err = a.media.Release(ctx, saved.OwnerOfArchive(name))
		}
		a.later(func() {
			if err != nil {
				a.Note = a.problem(err)
			}
		})
	})
}

// wantedJob saves the posts of which an archive had the addresses.
func wantedJob() feeds.Job { return feeds.Job{Kind: feeds.JobArchive, Subject: "links"} }

// saveLinks has the posts that an archive names asked for and saved, one by one.
func (a *App) saveLinks() {
	b := a.Archiving
	if b == nil || b.Busy || b.Found == nil {
		return
	}
	links, all := b.Found.Links.New, a.jobs
	if b.Found.Links.New = nil; b.Found.outbox == nil {
		a.Archiving = nil
	}
	a.background(func(ctx context.Context) {
		err := a.makingRoom(ctx, func() error { return a.keeps.Want(ctx, links) })
		a.later(func() {
			a.Note = a.Words.N("saved.links.begun", len(links))
			if err != nil {
				a.Note = a.problem(err)
			}
		})
		if err == nil && (all == nil || all.Add(ctx, wantedJob()) != nil) {
			_ = saveWanted(ctx, a.keeps, a.media, a.reader, a.clock, func(int, int) error { return nil }) // what is left is asked for the next time
		}
	})
}

// saveWanted asks for what is to be saved, and saves it with its media. One that fails is counted and passed over, unless nothing can be stored or
// there is no network: then it is tried again the next time.
func saveWanted(ctx context.Context, keeps *saved.Book, media feeds.MediaStore, r *reader.Reader, clock feeds.Clock, step func(done, total int) error) error {
	for {
		w, err := keeps.Wanted(ctx)
		if err != nil || len(w.Links) == 0 {
			return err
		}
		if err := step(w.Total-len(w.Links), w.Total); err != nil {
			return err
		}
		link := w.Links[0]
		at, err := address.Parse(link.URL)
		var p *feeds.Post
		if err == nil {
			p, err = r.Linked(ctx, at)
		}
		if kind := feeds.KindOf(err); ctx.Err() != nil || err != nil && (kind == feeds.Offline || kind == feeds.Storage) {
			return either(ctx.Err(), err)
		}
		if err == nil {
			post := &saved.Post{Post: p, At: clock.Now(), Tags: saved.CleanTags([]string{link.Tag})}
			if _, err := keeps.Add(ctx, []*saved.Post{post}); err != nil {
				return err
			}
			if err := keepMedia(ctx, keeps, media, clock, p.Key); err != nil {
				return err
			}
		}
		if err := keeps.Asked(ctx, link, err != nil); err != nil {
			return err
		}
	}
}

func either(a, b error) error {
	if a != nil {
		return a
	}
	return b
}

// forgetLost says no more how many posts of others couldn't be read.
func (a *App) forgetLost() {
	a.background(func(ctx context.Context) {
		_ = a.keeps.WantNothing(ctx) // it is said again when the view is opened again
	})
}
