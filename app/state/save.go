package state

import (
	"context"
	"errors"
	"time"

	"vitrine/app/browser"
	"vitrine/feeds"
	"vitrine/feeds/cache"
	"vitrine/feeds/reader"
	"vitrine/feeds/saved"
)

const (
	// looseFor is how long the media of what was let go stay, so that it can be taken back whole.
	looseFor = time.Hour
	// mostFilm is how many bytes a film or a sound may have that is kept with a saved post.
	mostFilm = 50 << 20
	// mostPicture is the same for a picture.
	mostPicture = 25 << 20
)

// keeping is what is saved, as the program knows it.
type keeping struct {
	keys   map[feeds.Key]bool        // only true; nil until it is known
	heard  int                       // how often something was changed
	looked map[feeds.Key]*feeds.Post // the copies that were last compared with what is saved
}

// tabsOf joins this program to the site's others; to none where parts don't say how.
func tabsOf(d Deps) feeds.Tabs {
	if d.Tabs == nil {
		return browser.NewTabs()
	}
	return d.Tabs
}

// IsSaved reports that the reader keeps a post.
func (a *App) IsSaved(key feeds.Key) bool { return a.saving.keys[key] }

// SavedCount is how many posts are saved.
func (a *App) SavedCount() int { return len(a.saving.keys) }

// watchSaved loads what is saved once the browser has nothing better to do, and hears of what changes in whichever tab.
func (a *App) watchSaved() {
	a.keeps.Watch(func(key feeds.Key) { a.later(func() { a.savedChanged(key) }) })
	a.browser.Idle(func() { a.later(func() { a.loadSaved(nil) }) })
	a.background(a.letLoose)
}

// loadSaved loads which posts are saved, and calls then once that is known; it may be nil.
func (a *App) loadSaved(then func()) {
	heard := a.saving.heard
	a.background(func(ctx context.Context) {
		keys, err := a.keeps.Keys(ctx)
		a.later(func() {
			switch {
			case ctx.Err() != nil:
				return
			case err != nil:
				if then != nil {
					a.Note = a.problem(err)
				}
				return
			case heard != a.saving.heard:
				a.loadSaved(then)
				return
			}
			a.noticeSavedWiped(len(keys))
			a.saving.keys = make(map[feeds.Key]bool, len(keys))
			for _, k := range keys {
				a.saving.keys[k] = true
			}
			a.tellSaved("")
			if then != nil {
				then()
			}
		})
	})
}

// savedChanged follows what was changed of a saved post; of several for "".
func (a *App) savedChanged(key feeds.Key) {
	a.saving.heard++
	a.reindex(key)
	if a.saving.keys == nil {
		return // it will be loaded
	}
	if key == "" {
		a.loadSaved(nil)
		return
	}
	heard := a.saving.heard
	a.background(func(ctx context.Context) {
		p, err := a.keeps.Post(ctx, key)
		a.later(func() {
			if err != nil || heard != a.saving.heard && a.saving.keys == nil {
				return
			}
			a.markSaved(key, p != nil)
			a.tellSaved(key)
		})
	})
}

func (a *App) markSaved(key feeds.Key, on bool) {
	if on {
		a.saving.keys[key] = true
	} else {
		delete(a.saving.keys, key)
	}
	if !a.SavedWiped {
		a.setMark(a.savedMark(), len(a.saving.keys) > 0)
	}
	a.SavedWiped = a.SavedWiped && len(a.saving.keys) == 0
}

// savedWatcher is a Model that shows what is saved.
type savedWatcher interface {
	// savedChanged is called when a saved post was changed, or several for "".
	savedChanged(ctx context.Context, key feeds.Key)
}

// tellSaved tells all views that are kept, and has the front of the open one say which of its posts are saved.
func (a *App) tellSaved(key feeds.Key) {
	for _, v := range a.everyVisit() {
		if m, ok := v.Model.(savedWatcher); ok {
			m.savedChanged(v.ctx, key)
		}
	}
	if v := a.shown; v != nil && key != "" {
		v.fronted = time.Time{}
		a.keepFront(v)
	}
}

// pressSave saves a post of the open view, or lets it go.
func (a *App) pressSave(key feeds.Key) {
	if a.saving.keys == nil {
		a.loadSaved(func() { a.pressSave(key) })
		return
	}
	if a.saving.keys[key] {
		a.letGo(key)
		return
	}
	p := a.post(key)
	if p == nil {
		return
	}
	a.saving.keys[key] = true // the button follows at once
	a.background(func(ctx context.Context) {
		err := a.makingRoom(ctx, func() error { return a.keeps.Save(ctx, p, a.clock.Now()) })
		a.later(func() {
			if err != nil {
				delete(a.saving.keys, key)
				a.Note = a.problem(err)
				return
			}
			a.Note = a.Words.T("saved.done")
			a.fetchSaved(key)
		})
	})
}

// letGo lets go of a saved post, which can be taken back.
func (a *App) letGo(key feeds.Key) {
	delete(a.saving.keys, key)
	if m, ok := a.shown.Model.(*SavedModel); ok {
		m.let = key
	}
	a.background(func(ctx context.Context) {
		gone, err := a.keeps.Remove(ctx, key, a.clock.Now())
		a.later(func() {
			switch {
			case err != nil:
				a.saving.keys[key] = true
				a.Note = a.problem(err)
			case gone.Key != "":
				a.Note = ""
				a.LastUndo = &Undo{Text: a.Words.T("saved.removed"), back: func(ctx context.Context) error { return a.keeps.Restore(ctx, gone) }}
			}
		})
	})
}

// letLoose lets go of the media of posts that were let go a while ago.
func (a *App) letLoose(ctx context.Context) {
	keys, err := a.keeps.Loose(ctx, a.clock.Now().Add(-looseFor))
	for _, key := range keys {
		if err == nil && a.media != nil {
			err = a.media.Release(ctx, saved.Owner(key))
		}
		if err != nil {
			return // it is tried again at the next start
		}
		_ = a.keeps.Forget(ctx, key)
	}
}

// makingRoom does what stores something. Where the browser has no room left, what was only read and can be read again goes first: what was
// longest unread, then all of it.
func (a *App) makingRoom(ctx context.Context, do func() error) error {
	err := do()
	for all := range 2 {
		if !errors.Is(err, cache.ErrFull) || a.giveWay(ctx, all == 1) != nil {
			break
		}
		err = do()
	}
	return err
}

// fetchSaved has the media of a saved post, and its conversation, fetched beside the page.
func (a *App) fetchSaved(key feeds.Key) {
	all, j := a.jobs, feeds.Job{Kind: feeds.JobSave, Subject: string(key)}
	a.background(func(ctx context.Context) {
		if all == nil || all.Add(ctx, j) != nil {
			_ = fetchSaved(ctx, a.keeps, a.media, a.reader, a.clock, key) // what is missing is named on the post
		}
	})
}

// fetchSaved fetches what belongs to a saved post: itself as its server has it now, its conversation, its media. What couldn't be kept is named on
// the post.
func fetchSaved(ctx context.Context, keeps *saved.Book, media feeds.MediaStore, r *reader.Reader, clock feeds.Clock, key feeds.Key) error {
	p, err := keeps.Post(ctx, key)
	if err != nil || p == nil {
		return err
	}
	talkAbout(ctx, keeps, r, clock, p.Now())
	return keepMedia(ctx, keeps, media, clock, key) // the server may have told more of it
}

// keepMedia keeps the media of a saved post.
func keepMedia(ctx context.Context, keeps *saved.Book, media feeds.MediaStore, clock feeds.Clock, key feeds.Key) error {
	p, err := keeps.Post(ctx, key)
	if err != nil || p == nil {
		return err
	}
	var failed []saved.Failed
	for _, f := range mediaOf(p.Now()) {
		if media == nil {
			break
		}
		if _, err := media.Keep(ctx, saved.Owner(key), f.MediaFile, f.most); err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			failed = append(failed, saved.Failed{URL: f.URL, Kind: feeds.KindOf(err)})
		}
	}
	still, err := keeps.Change(ctx, key, func(p *saved.Post) bool {
		p.Fetched, p.Failed = clock.Now(), failed
		return true
	})
	if err == nil && !still && media != nil { // it was let go meanwhile
		return media.Release(ctx, saved.Owner(key))
	}
	return err
}

// talkAbout reads the conversation around a post to its end, and keeps it with the post.
func talkAbout(ctx context.Context, keeps *saved.Book, r *reader.Reader, clock feeds.Clock, p *feeds.Post) {
	if len(p.Sightings) == 0 || p.Sightings[0].ID == "" {
		return
	}
	var last *reader.ThreadSnapshot
	t := r.Thread(p.Sightings[0].Host, p.Sightings[0].ID, func(s *reader.ThreadSnapshot) { last = s })
	err := t.Refresh(ctx)
	if err == nil {
		t.Complete(ctx)
	}
	if last == nil || ctx.Err() != nil {
		return
	}
	if kind := feeds.KindOf(err); err != nil {
		if isLost(kind) && isOrigin(p, p.Sightings[0].Host) {
			_ = keeps.Lost(ctx, p.Key, kind, clock.Now())
		}
		return
	}
	tree := last.Tree
	if tree == nil || tree.Focus == nil || tree.Focus.Key != p.Key {
		return
	}
	talk := saved.Talk{At: clock.Now()}
	for _, x := range tree.Above {
		if x.Post != nil {
			talk.Above = append(talk.Above, x.Post)
		}
	}
	for _, x := range tree.Replies {
		if x.Post != nil {
			talk.Below = append(talk.Below, x.Post)
		}
	}
	if keeps.See(ctx, tree.Focus, clock.Now()) == nil {
		_ = keeps.KeepTalk(ctx, p.Key, talk) // the post itself is saved
	}
}

// isLost reports that a server doesn't have a post any more.
func isLost(k feeds.Kind) bool { return k == feeds.Gone || k == feeds.NotFound }

// isOrigin reports that a post was written at a host.
func isOrigin(p *feeds.Post, host string) bool {
	for _, s := range p.Sightings {
		if s.Host == host {
			return s.Origin || p.Author.Domain == host
		}
	}
	return false
}

// keptFile is a file of a post that is to be kept, and how many bytes it may have.
type keptFile struct {
	feeds.MediaFile
	most int64
}

// mediaOf are the files of a post as they are shown: pictures in full and small, films and sounds up to a size, faces, cards.
func mediaOf(p *feeds.Post) (files []keptFile) {
	seen := map[string]bool{}
	add := func(url, kind string, most int64) {
		if url != "" && !seen[url] {
			seen[url] = true
			files = append(files, keptFile{feeds.MediaFile{URL: url, Type: kind}, most})
		}
	}
	of := func(q *feeds.Post) {
		for _, m := range q.Media {
			add(m.Preview, "image/", mostPicture)
			switch m.Kind {
			case feeds.Image:
				add(m.URL, "image/", mostPicture)
			case feeds.Video, feeds.Gifv:
				add(m.URL, "video/", mostFilm)
			case feeds.Audio:
				add(m.URL, "audio/", mostFilm)
			}
		}
		if q.Card != nil {
			add(q.Card.Image, "image/", mostPicture)
		}
		if q.Author != nil {
			add(q.Author.AvatarSt, "image/", mostPicture)
		}
	}
	of(p)
	if p.Quote != nil && p.Quote.Post != nil {
		of(p.Quote.Post)
	}
	return files
}

// lookForEdits compares posts that a server told now with those that are saved.
func (a *App) lookForEdits(posts []*feeds.Post) {
	if len(a.saving.keys) == 0 {
		return
	}
	for _, p := range posts {
		if p == nil || !a.saving.keys[p.Key] || a.saving.looked[p.Key] == p || p.Partial {
			continue
		}
		if a.saving.looked == nil {
			a.saving.looked = map[feeds.Key]*feeds.Post{}
		}
		a.saving.looked[p.Key] = p
		a.background(func(ctx context.Context) {
			_ = a.keeps.See(ctx, p, a.clock.Now()) // it is compared again with the next answer
		})
	}
}

// markLost notes on a saved post that its own server doesn't have it any more.
func (a *App) markLost(host, id string, kind feeds.Kind) {
	if len(a.saving.keys) == 0 || !isLost(kind) {
		return
	}
	a.background(func(ctx context.Context) {
		if p, err := a.keeps.At(ctx, host, id); err == nil && p != nil && isOrigin(p.Post, host) {
			_ = a.keeps.Lost(ctx, p.Post.Key, kind, a.clock.Now()) // it is told again when it is opened again
		}
	})
}

// keptThread is what is saved of a conversation, for the reader that shows it: what it has of it itself goes first.
func keptThread(keeps *saved.Book) func(ctx context.Context, host, id string) *reader.KeptThread {
	return func(ctx context.Context, host, id string) *reader.KeptThread {
		p, err := keeps.At(ctx, host, id)
		archived := err == nil && p == nil
		if archived {
			p, err = inArchive(ctx, keeps, host, id)
		}
		if err != nil || p == nil {
			return nil
		}
		k := &reader.KeptThread{Post: p.Now(), At: p.At, Archived: archived}
		if t, err := keeps.Talk(ctx, p.Post.Key); err == nil && t != nil {
			k.Above, k.Below, k.At = t.Above, t.Below, t.At
		}
		return k
	}
}

// takeSaved saves what a file of the reader's own data brings, beside what is saved already. The media are fetched again.
func (a *App) takeSaved(text []byte) {
	a.background(func(ctx context.Context) {
		var all saved.Taken
		err := a.makingRoom(ctx, func() error {
			t, err := a.keeps.Decode(ctx, text)
			all.New, all.Known, all.Unreadable = append(all.New, t.New...), t.Known, t.Unreadable
			return err
		})
		if keys, err := a.keeps.Keys(ctx); err == nil { // those that were known may have got tags and a note
			a.reindexAll(ctx, keys)
		}
		a.later(func() {
			switch {
			case err != nil:
				a.Note = a.problem(err)
			case all.Unreadable > 0:
				a.Note = a.Words.N("saved.unreadable", all.Unreadable)
			}
			for _, key := range all.New {
				a.fetchSaved(key)
			}
		})
	})
}

// inArchive is a post of one of the archives that were read, nil where none has it.
func inArchive(ctx context.Context, keeps *saved.Book, host, id string) (*saved.Post, error) {
	all, err := keeps.Archives(ctx)
	if err != nil {
		return nil, err
	}
	for _, a := range all {
		if p, err := keeps.Archive(a.Name).At(ctx, host, id); err != nil || p != nil {
			return p, err
		}
	}
	return nil, nil
}

// setMark sets a mark in local storage, or removes it.
func (a *App) setMark(name string, on bool) {
	if marked := a.browser.LocalItem(name) != ""; marked != on {
		a.browser.SetLocalItem(name, map[bool]string{true: "1"}[on])
	}
}

// savedMark names the mark in local storage which says that something is saved.
func (a *App) savedMark() string { return "vitrine:" + a.base + ":saved" }

// noticeSavedWiped notices that nothing is saved where something was: browsers that need room delete databases and leave local storage. n posts were
// just loaded.
func (a *App) noticeSavedWiped(n int) {
	marked := a.browser.LocalItem(a.savedMark()) != ""
	switch {
	case n > 0 && !marked:
		a.browser.SetLocalItem(a.savedMark(), "1")
	case n == 0 && a.saving.keys == nil:
		a.SavedWiped = marked
	}
	if n > 0 {
		a.SavedWiped = false
	}
}

// knowSavedWiped says no more that what was saved is gone.
func (a *App) knowSavedWiped() {
	a.SavedWiped = false
	a.browser.SetLocalItem(a.savedMark(), "")
}
