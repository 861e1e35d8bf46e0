package state

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"

	"vitrine/app/browser"
	"vitrine/app/markup"
	"vitrine/app/route"
	"vitrine/feeds"
	"vitrine/feeds/follows"
	"vitrine/feeds/saved"
)

const (
	savedAtFirst = 40
	savedMore    = 40
	// savedNear and savedFar are how many chunks from those that are drawn posts are read, and let go of.
	savedNear = 3
	savedFar  = 10
)

// boostsAtOnce is how many boosts of an archive are shown, and how many further ones at a time.
const boostsAtOnce = 100

// SavedModel is what the reader has saved, in the order of time. Of a long list only the posts near the screen are in memory.
type SavedModel struct {
	static
	All      int         // posts that are saved
	Keys     []feeds.Key // of those that fit, newest post first
	Shown    int         // how many of them have a row
	Items    map[feeds.Key]*SavedItem
	Tags     []saved.Tag
	Picked   []string // tags that all posts shown have
	Query    string   // words that all posts shown have
	Err      *feeds.Error
	Name     string           // of the archive that is shown; "" for what is saved
	About    *saved.Archive   // what is known of it; nil for one that isn't there
	Boosts   []saved.Boost    // of others' posts in it
	Boosted  int              // how many of them are shown
	Archives []*saved.Archive // that were read
	Lost     int              // posts of others that were to be saved, and couldn't be read

	app     *App
	let     feeds.Key // was let go here: the focus goes to the next post
	book    *saved.Book
	ready   bool
	reading bool
	again   bool // something has changed while it was read
}

// SavedItem is a saved post as it is drawn.
type SavedItem struct {
	*saved.Post
	Mark *markup.Kept // the same for as long as it says the same
}

// NewSaved makes the model of what is saved.
func NewSaved(a *App, r route.Route) *SavedModel {
	return &SavedModel{app: a, Name: r.Query, Items: map[feeds.Key]*SavedItem{}, Shown: savedAtFirst}
}

// Ready implements Model.
func (m *SavedModel) Ready() bool { return m.ready }

// Open implements Model.
func (m *SavedModel) Open(ctx context.Context) {
	if m.book = m.app.keeps; m.Name != "" {
		m.book = m.app.keeps.Archive(m.Name)
	}
	if v := m.app.next; v != nil && v.Model == m {
		m.Shown = max(m.Shown, v.position.N)
	}
	m.read(ctx)
}

// Filtered reports that less than all is shown.
func (m *SavedModel) Filtered() bool { return len(m.Picked) > 0 || m.Query != "" }

// read reads which posts fit, and those that are drawn.
func (m *SavedModel) read(ctx context.Context) {
	if m.reading {
		m.again = true
		return
	}
	m.reading, m.again = true, false
	picked, query, shown := slices.Clone(m.Picked), m.Query, m.Shown
	go func() {
		l, err := readSaved(ctx, m.book, picked, query, shown)
		if err == nil {
			err = l.readArchives(ctx, m.app.keeps, m.Name)
		}
		m.app.later(func() {
			m.reading = false
			if ctx.Err() != nil {
				return
			}
			m.ready = true
			m.Err = nil
			if err != nil {
				m.Err = feeds.AsError(err)
			} else {
				m.take(l)
			}
			m.app.changed(m)
			if m.again {
				m.read(ctx)
			}
			m.hold(ctx)
		})
	}()
}

// savedList is what was read.
type savedList struct {
	all   int
	keys  []feeds.Key
	tags  []saved.Tag
	posts []*saved.Post

	about    *saved.Archive
	boosts   []saved.Boost
	archives []*saved.Archive
	lost     int
}

// readArchives reads which archives there are, and what is known of one.
func (l *savedList) readArchives(ctx context.Context, keeps *saved.Book, name string) (err error) {
	if name != "" {
		if l.about, err = keeps.About(ctx, name); err == nil {
			l.boosts, err = keeps.Archive(name).Boosts(ctx)
		}
		return err
	}
	if l.archives, err = keeps.Archives(ctx); err != nil {
		return err
	}
	w, err := keeps.Wanted(ctx)
	if err == nil && len(w.Links) == 0 {
		l.lost = w.Failed
	}
	return err
}

func readSaved(ctx context.Context, keeps *saved.Book, picked []string, query string, n int) (l savedList, err error) {
	if l.keys, err = keeps.Keys(ctx); err != nil {
		return l, err
	}
	l.all = len(l.keys)
	if l.tags, err = keeps.Tags(ctx); err != nil {
		return l, err
	}
	only := func(some map[feeds.Key]bool) {
		l.keys = slices.DeleteFunc(l.keys, func(k feeds.Key) bool { return !some[k] })
	}
	for _, tag := range picked {
		some, err := keeps.Tagged(ctx, tag)
		if err != nil {
			return l, err
		}
		only(some)
	}
	if query != "" {
		some, err := keeps.Find(ctx, query)
		if err != nil {
			return l, err
		}
		only(some)
	}
	l.posts, err = keeps.Posts(ctx, l.keys[:min(n, len(l.keys))])
	return l, err
}

func (m *SavedModel) take(l savedList) {
	m.refocus(l.keys)
	m.All, m.Keys, m.Tags = l.all, l.keys, l.tags
	m.About, m.Boosts, m.Archives, m.Lost = l.about, l.boosts, l.archives, l.lost
	m.Boosted = max(m.Boosted, boostsAtOnce)
	picked := len(m.Picked)
	m.Picked = slices.DeleteFunc(slices.Clone(m.Picked), func(tag string) bool { // nothing has it any more
		return !slices.ContainsFunc(m.Tags, func(t saved.Tag) bool { return follows.Folded(t.Name) == follows.Folded(tag) })
	})
	m.again = m.again || len(m.Picked) < picked
	old := m.Items
	m.Items = map[feeds.Key]*SavedItem{}
	for _, p := range l.posts {
		m.put(old, p)
	}
}

// refocus moves the focus to the post that stands now where one was let go, or to the view where none does.
func (m *SavedModel) refocus(keys []feeds.Key) {
	i := slices.Index(m.Keys, m.let)
	if i < 0 || slices.Contains(keys, m.let) {
		return
	}
	m.let = ""
	next := "main"
	if i = min(i, len(keys)-1); i >= 0 {
		if p := m.Items[keys[i]]; p != nil {
			next = "main article[data-uri=" + strconv.Quote(markup.URI(p.Post.Post)) + "]"
		}
	}
	m.app.afterDraw(func() { m.app.browser.FocusOn(next) })
}

// put holds a post; one that says the same stays the same.
func (m *SavedModel) put(old map[feeds.Key]*SavedItem, p *saved.Post) {
	if p == nil {
		return
	}
	i := &SavedItem{Post: p}
	if m.Name == "" {
		i.Mark = m.app.mark(p)
	}
	if o := old[p.Post.Key]; o != nil {
		if m.Name == "" && o.Mark.Equal(i.Mark) {
			i.Mark = o.Mark
		}
		if len(o.Later) == len(p.Later) && o.Post.Post.Partial == p.Post.Partial {
			i.Post.Post, i.Later = o.Post.Post, o.Later
		}
	}
	m.Items[p.Post.Key] = i
}

// mark is what is drawn beside a saved post.
func (a *App) mark(p *saved.Post) *markup.Kept {
	k := &markup.Kept{Tags: p.Tags, Note: p.Note, Edited: len(p.Later) > 0}
	if p.Gone != nil {
		k.Gone = p.Gone.At
	}
	if n := len(p.Failed); n > 0 {
		k.Failed = n
		k.Why = a.problem(&feeds.Error{Kind: p.Failed[0].Kind})
	}
	return k
}

// savedChanged implements savedWatcher.
func (m *SavedModel) savedChanged(ctx context.Context, _ feeds.Key) {
	if m.ready || m.reading {
		m.read(ctx)
	}
}

// Refresh implements Model: nobody is asked.
func (m *SavedModel) Refresh(ctx context.Context, quiet bool) {
	if !quiet {
		m.read(ctx)
	}
}

// LoadOlder implements Model.
func (m *SavedModel) LoadOlder(ctx context.Context) {
	if m.Shown >= len(m.Keys) {
		return
	}
	m.Shown += savedMore
	m.hold(ctx)
	m.app.changed(m)
}

// hold reads the posts near the screen, and lets go of those far from it.
func (m *SavedModel) hold(ctx context.Context) {
	if m.reading || m.app.shown == nil || m.app.shown.Model != m {
		return
	}
	near, far := m.nearby(m.app.shown.Heights(FeedList))
	for _, k := range far {
		delete(m.Items, k)
	}
	if len(near) == 0 {
		return
	}
	m.reading = true
	go func() {
		posts, err := m.book.Posts(ctx, near)
		m.app.later(func() {
			m.reading = false
			if err != nil || ctx.Err() != nil {
				return
			}
			lost := false
			for i, p := range posts {
				if p == nil { // another version of the program wrote it
					lost = true
					m.Keys = slices.DeleteFunc(slices.Clone(m.Keys), func(k feeds.Key) bool { return k == near[i] })
				}
				m.put(m.Items, p)
			}
			m.app.changed(m)
			if m.again || lost {
				m.again = false
				m.hold(ctx)
			}
		})
	}()
}

// nearby says which posts are missing near the rows that are drawn, and which are held far from them.
func (m *SavedModel) nearby(heights []int) (near, far []feeds.Key) {
	n := min(m.Shown, len(m.Keys))
	first, last := -1, -1
	for i := range (n + ChunkSize - 1) / ChunkSize {
		if i >= len(heights) || heights[i] == 0 {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	if first < 0 {
		return nil, nil
	}
	held := map[feeds.Key]bool{}
	for i, k := range m.Keys[:n] {
		chunk := i / ChunkSize
		if chunk >= first-savedNear && chunk <= last+savedNear && m.Items[k] == nil {
			near = append(near, k)
		}
		held[k] = chunk >= first-savedFar && chunk <= last+savedFar
	}
	for k := range maps.Keys(m.Items) {
		if !held[k] {
			far = append(far, k)
		}
	}
	return near, far
}

// Handle implements Model.
func (m *SavedModel) Handle(ctx context.Context, e browser.Event) bool {
	switch e := e.(type) {
	case browser.ArchiveChosen:
		m.app.readArchive(e.Files)
	case browser.ChunkMove:
		m.app.later(func() { m.hold(ctx) }) // once the visit knows it
		return false
	case browser.Submit:
		if e.Form != "saved-find" {
			return false
		}
		m.Query = strings.TrimSpace(e.Text)
		m.anew(ctx)
	case browser.Click:
		switch e.Action {
		case "older":
			m.LoadOlder(ctx)
		case "saved-tag":
			tag := string(e.Post)
			if i := slices.Index(m.Picked, tag); i >= 0 {
				m.Picked = slices.Delete(slices.Clone(m.Picked), i, i+1)
			} else {
				m.Picked = append(slices.Clone(m.Picked), tag)
			}
			m.anew(ctx)
		case "saved-all":
			m.Query, m.Picked = "", nil
			m.anew(ctx)
		case "saved-edit":
			m.app.openSaved(m.Items[e.Post])
		case "saved-versions":
			m.app.openVersions(m.Items[e.Post])
		case "confirm":
			m.app.takeArchive()
		case "archive-cancel":
			m.app.endArchive()
		case "archive-links":
			m.app.saveLinks()
		case "archive-drop":
			m.app.dropArchive(string(e.Post))
		case "archive-boosts":
			m.Boosted += boostsAtOnce
			m.app.changed(m)
		case "archive-seen":
			m.app.forgetLost()
		case "saved-wiped":
			m.app.knowSavedWiped()
		case "saved-fetch":
			m.app.fetchSaved(e.Post)
			m.app.Note = m.app.Words.T("saved.fetching")
		default:
			return false
		}
	default:
		return false
	}
	return true
}

// anew shows the first posts that fit.
func (m *SavedModel) anew(ctx context.Context) {
	m.Shown = savedAtFirst
	m.read(ctx)
}

// Posts implements Model.
func (m *SavedModel) Posts() (posts []*feeds.Post) {
	for _, k := range m.Keys[:min(m.Shown, len(m.Keys))] {
		if i := m.Items[k]; i != nil {
			posts = append(posts, i.Now())
		}
	}
	return posts
}

// Rows implements Model.
func (m *SavedModel) Rows() int { return min(m.Shown, len(m.Keys)) }

// SavedDialog is the id of the dialog in which the tags and the note of a saved post are edited.
const SavedDialog = "saved-menu"

// SavedMenu is a saved post whose tags and note are edited.
type SavedMenu struct {
	Key  feeds.Key
	Tags []string
	Note string
	Used []saved.Tag // tags that others have
}

// openSaved opens the dialog with the tags and the note of a saved post.
func (a *App) openSaved(i *SavedItem) {
	if i == nil {
		return
	}
	a.SavedMenu = &SavedMenu{Key: i.Post.Post.Key, Tags: i.Tags, Note: i.Note}
	if m, ok := a.shown.Model.(*SavedModel); ok {
		a.SavedMenu.Used = m.Tags
	}
	a.afterDraw(func() { a.browser.OpenDialog(SavedDialog) })
}

// label gives a saved post tags and a note.
func (a *App) label(s browser.Submit) {
	if a.SavedMenu == nil {
		return
	}
	key := a.SavedMenu.Key
	a.browser.CloseDialog(SavedDialog)
	a.background(func(ctx context.Context) {
		err := a.makingRoom(ctx, func() error { return a.keeps.Label(ctx, key, saved.SplitTags(s.Text), s.More) })
		a.later(func() {
			if err != nil {
				a.Note = a.problem(err)
			}
		})
	})
}

// openVersions opens the dialog with the versions of a saved post that are kept.
func (a *App) openVersions(i *SavedItem) {
	if i == nil {
		return
	}
	e := &Edits{Post: i.Post.Post, Versions: []*feeds.Post{i.Post.Post}}
	for _, v := range i.Later {
		e.Versions = append(e.Versions, v.Post)
	}
	a.Edits = e
	a.afterDraw(func() { a.browser.OpenDialog(EditsDialog) })
}
