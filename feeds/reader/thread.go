package reader

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"sync"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/conversation"
)

// ThreadSnapshot is all that a page needs to draw a conversation. It is immutable.
type ThreadSnapshot struct {
	Tree *Tree // nil until something is there
	AsOf time.Time
	// Archived says that it is of an archive, which was opened at AsOf.
	Archived bool
	Stale    bool // the post comes from the store and the server has not answered yet
	Busy     bool
	Err      *feeds.Error // why the post couldn't be read
	Around   *feeds.Error // why what was said around it couldn't be read
	Search   Search       // what further servers said of the conversation
	Since    time.Time    // when it was read before; zero when it wasn't
	New      int          // posts among Tree.Replies that weren't there then
	// Blocked says that the site doesn't open the post. There is no Tree then.
	Blocked bool
}

// Ready reports that there is something to show.
func (s *ThreadSnapshot) Ready() bool { return s.Tree != nil || s.Err != nil }

// Thread reads one conversation.
type Thread struct {
	r        *Reader
	host, id string
	page     string // see ReadAt; "" for unknown
	emit     func(*ThreadSnapshot)

	mu     sync.Mutex
	last   *ThreadSnapshot
	opened bool
	retry  retry
	graph  *conversation.Graph // nil until something is there
	before map[feeds.Key]bool  // what was there when it was read before; nil when it wasn't
	since  time.Time
	run    *run // asks further servers; nil while nothing does
	rounds int  // how often a reader asked for more

	completes bool // Complete was called

	shown   *ThreadSnapshot // what take made last of the graph, whose version that was; nil when it is to be made anew
	version int
}

// Thread opens a conversation around a post. emit is called as Reader.Query's.
func (r *Reader) Thread(host, id string, emit func(*ThreadSnapshot)) *Thread {
	return &Thread{r: r, host: host, id: id, emit: emit, last: &ThreadSnapshot{}}
}

// ReadAt tells the address of the post's page, by which a server whose API is for members may show the post to guests. It is called before Open.
func (t *Thread) ReadAt(page string) { t.page = page }

// Open emits the post that is stored, then asks for it and what is around it. A server that refuses for a while is asked again when
// that has passed, unless ctx is over.
func (t *Thread) Open(ctx context.Context) {
	t.mu.Lock()
	t.opened = true
	t.mu.Unlock()
	if p, err := t.r.store.PostAt(ctx, t.host, t.id); err == nil && p != nil {
		above, _, below, at := t.stored(ctx, p.Key)
		whole := !at.IsZero()
		if !whole {
			at = seenAt(p, t.host)
		}
		g := conversation.New(p)
		g.Stored(above, nil, below)
		t.update(func(s *ThreadSnapshot) {
			s.Stale, s.AsOf = true, at
			t.take(s, g)
			if whole {
				t.remember(s)
			}
		})
	} else if k, g := t.keptGraph(ctx); k != nil {
		t.update(func(s *ThreadSnapshot) {
			s.Stale, s.AsOf, s.Archived = true, k.At, k.Archived
			t.take(s, g)
		})
	}
	_ = t.Refresh(ctx) // the snapshot says it
}

// keptGraph is what somebody keeps for good of the conversation; nil for nothing.
func (t *Thread) keptGraph(ctx context.Context) (*KeptThread, *conversation.Graph) {
	if t.r.kept == nil {
		return nil, nil
	}
	k := t.r.kept(ctx, t.host, t.id)
	if k == nil {
		return nil, nil
	}
	g := conversation.New(k.Post)
	g.Stored(k.Above, nil, k.Below)
	return k, g
}

// take makes a conversation that of a snapshot, as far as the site opens it. The lock is held.
func (t *Thread) take(s *ThreadSnapshot, g *conversation.Graph) {
	if known := t.shown; known != nil && t.graph == g && t.version == g.Version() {
		s.Tree, s.Blocked, s.Since, s.New = known.Tree, known.Blocked, known.Since, known.New
		return
	}
	t.graph, t.version, t.shown = g, g.Version(), s
	s.Tree = admitTree(t.r.blocked, treeOf(g))
	s.Blocked = s.Tree == nil
	s.Since, s.New = t.since, 0
	if t.before == nil || s.Blocked {
		return
	}
	for i := range s.Tree.Replies {
		if r := &s.Tree.Replies[i]; r.Post != nil && !t.before[r.Post.Key] {
			r.New = true
			s.New++
		}
	}
}

// remember makes what is shown the conversation as it was read before. The lock is held.
func (t *Thread) remember(s *ThreadSnapshot) {
	if s.Tree == nil {
		return
	}
	t.before, t.since, t.shown = map[feeds.Key]bool{}, s.AsOf, nil
	for _, p := range s.Tree.Posts() {
		t.before[p.Key] = true
	}
}

// list names what is stored of a conversation: what is above the post, the post, and what is below, as the server gave them.
func (t *Thread) list() feeds.TimelineID {
	return feeds.TimelineID(t.host + "/p/" + url.PathEscape(t.id))
}

// stored returns the conversation around a post as it was last read, and when that was; zero when it wasn't.
func (t *Thread) stored(ctx context.Context, key feeds.Key) (above []*feeds.Post, focus *feeds.Post, below []*feeds.Post, at time.Time) {
	all, at, err := t.r.store.List(ctx, t.list())
	i := slices.IndexFunc(all, func(o *feeds.Post) bool { return o.Key == key })
	if err != nil || i < 0 {
		return nil, nil, nil, time.Time{}
	}
	return all[:i], all[i], all[i+1:], at
}

// keep stores a conversation as far as it is known. Reading goes on without a store.
func (t *Thread) keep(ctx context.Context, g *conversation.Graph) {
	t.mu.Lock()
	l := g.Links()
	focus := g.Focus()
	t.mu.Unlock()
	_ = t.r.store.SaveList(ctx, t.list(), slices.Concat(l.Above, []*feeds.Post{focus}, l.Below), t.r.clock.Now())
}

// Refresh asks for the post and its surroundings at once. It returns the error that the snapshot carries.
func (t *Thread) Refresh(ctx context.Context) error {
	t.mu.Lock()
	if t.last.Busy {
		t.mu.Unlock()
		return nil
	}
	next := *t.last
	next.Busy = true
	if !next.Stale && next.Err == nil {
		t.remember(&next)
	}
	t.set(&next)
	t.mu.Unlock()

	limited, cancel := context.WithTimeout(ctx, Patience)
	defer cancel()
	g, err, around := t.ask(limited)
	if g != nil {
		defer t.store(ctx, g, around == nil)
	}
	var kept *KeptThread
	var graph *conversation.Graph
	if feeds.KindOf(err) == feeds.Gone {
		kept, graph = t.keptGraph(ctx)
	}
	t.update(func(s *ThreadSnapshot) {
		if err != nil {
			s.Busy, s.Err = false, feeds.AsError(err)
			if kind := s.Err.Kind; kind == feeds.Gone || kind == feeds.Refused {
				s.Tree, t.graph = nil, nil // it was deleted or withdrawn since: the stored copy isn't shown either
				if kept != nil {           // but for what the reader keeps
					s.Stale, s.AsOf, s.Archived = true, kept.At, kept.Archived
					t.take(s, graph)
				}
			}
			if t.opened {
				t.retry.after(ctx, t.r.clock, s.Err, func() { t.readAgain(ctx) })
			}
			return
		}
		*s = ThreadSnapshot{AsOf: t.r.clock.Now(), Around: feeds.AsError(around)}
		t.take(s, g)
		if s.Blocked {
			s.Err = &feeds.Error{Kind: feeds.Refused, Host: t.host, Op: "blocked"}
			err = s.Err
		} else if t.opened && s.Around != nil {
			t.retry.after(ctx, t.r.clock, s.Around, func() { t.readAgain(ctx) })
		}
	})
	return err
}

func (t *Thread) ask(ctx context.Context) (g *conversation.Graph, err, around error) {
	s, err := source[feeds.Threads](ctx, t.r, t.host)
	if err != nil {
		return nil, err, nil
	}
	var post *feeds.Post
	var above, below []*feeds.Post
	var wg sync.WaitGroup
	wg.Go(func() { post, err = s.Post(ctx, t.id) })
	wg.Go(func() { above, below, around = s.Context(ctx, t.id) })
	wg.Wait()
	if feeds.KindOf(err) == feeds.NeedsLogin {
		if read, over, under, failed := t.document(ctx, s); read != nil {
			post, above, below, err, around = read, over, under, nil, failed
		}
	}
	if err != nil {
		return nil, timely(ctx, t.host, err), nil
	}
	g = conversation.New(post)
	if around == nil {
		g.First(t.host, above, below)
	} else {
		g.Silent(t.host, around)
	}
	// What was told before by others, or deeper than this server tells, stays. What could not be read around the post is no reason to forget
	// what was stored of it.
	above, known, below, _ := t.stored(ctx, post.Key)
	g.Stored(above, known, below)
	return g, nil, timely(ctx, t.host, around)
}

// store stores what was read once it is on the screen: the conversation, or the post alone where nobody said what is around it.
func (t *Thread) store(ctx context.Context, g *conversation.Graph, whole bool) {
	t.mu.Lock()
	opened := t.opened
	t.mu.Unlock()
	if opened && t.r.drawn != nil {
		t.r.drawn(ctx)
	}
	if whole {
		t.keep(ctx, g)
		return
	}
	_ = t.r.store.SavePosts(ctx, []*feeds.Post{g.Focus()})
}

// document reads a post by its own ActivityPub document or by its page, with what is said around it there. Servers whose timelines are open
// while their API refuses a single post (GoToSocial, snac) may give its document to guests, others show its page (Pixelfed). The post is nil
// where it can't be read.
func (t *Thread) document(ctx context.Context, s feeds.Threads) (post *feeds.Post, above, below []*feeds.Post, around error) {
	at := t.page
	known, err := t.r.store.PostAt(ctx, t.host, t.id)
	if err == nil && known != nil {
		at = cmp.Or(known.URI, at)
		if pages, ok := s.(feeds.PageReader); ok && pages.ReadsPage(known.URL) {
			at = known.URL
		}
	}
	if at == "" {
		return nil, nil, nil, nil
	}
	post, err = s.Post(ctx, at)
	if err != nil || known != nil && post.Key != known.Key {
		return nil, nil, nil, nil
	}
	if id, _ := post.SeenAt(t.host); known == nil && id != t.id {
		return nil, nil, nil, nil
	}
	above, below, around = s.Context(ctx, at)
	return post, above, below, around
}

// update changes the last snapshot and emits the new one.
func (t *Thread) update(change func(*ThreadSnapshot)) {
	t.mu.Lock()
	defer t.mu.Unlock()
	next := *t.last
	change(&next)
	t.set(&next)
}

// set emits a snapshot. The lock is held.
func (t *Thread) set(s *ThreadSnapshot) {
	t.last = s
	t.emit(s)
}

func seenAt(p *feeds.Post, host string) time.Time {
	for _, s := range p.Sightings {
		if s.Host == host {
			return s.At
		}
	}
	return time.Time{}
}
