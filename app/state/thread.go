package state

import (
	"context"
	"time"

	"vitrine/app/browser"
	"vitrine/app/route"
	"vitrine/feeds"
	"vitrine/feeds/follows"
	"vitrine/feeds/reader"
)

// ThreadModel is a post among what was said around it.
type ThreadModel struct {
	Route    route.Route
	Snapshot *reader.ThreadSnapshot

	// Sources says that each reply is shown with the server that it was read from.
	Sources bool

	// Order is how replies are ordered.
	Order ThreadOrder
	// AsText says that the author's chain is shown as one text.
	AsText bool

	app    *App
	thread *reader.Thread
	near   map[int]bool       // chunks of replies that came near the screen
	folded map[feeds.Key]bool // replies whose own replies are folded away
	rows   []ThreadReply      // of Snapshot as it is shown; nil when that has changed
	folds  folds
	talk   talk
}

// talk is what is counted of a conversation.
type talk struct {
	tree         *reader.Tree
	others, said int
	below        int // what the opened post and its replies count
	servers      []ServerTally
}

// ServerTally is how many posts of a conversation were written on a server.
type ServerTally struct {
	Host  string
	Posts int
}

// Tally counts who talks beside the author of the post that was opened, and the replies that the posts themselves count.
func (m *ThreadModel) Tally() (others, said int) {
	t := m.counted()
	return t.others, t.said
}

// Unread is how many replies the opened post and its replies count that are neither stored nor could be asked for.
func (m *ThreadModel) Unread() int {
	if s := m.Snapshot; s.Busy || s.Around == nil && s.Err == nil || len(s.Search.Servers) > 0 {
		return 0
	}
	return max(m.counted().below-m.Snapshot.Tree.Shown, 0)
}

// Servers are those on which the conversation was written, in the order of their first posts.
func (m *ThreadModel) Servers() []ServerTally { return m.counted().servers }

// counted counts once for each tree.
func (m *ThreadModel) counted() *talk {
	tree := m.Snapshot.Tree
	if m.talk.tree == tree {
		return &m.talk
	}
	t := talk{tree: tree, others: -1}
	by, at := map[[2]string]bool{}, map[string]int{}
	for _, p := range tree.Posts() {
		host := p.Author.Domain
		if name := [2]string{p.Author.User, host}; !by[name] {
			by[name] = true
			t.others++
		}
		if _, known := at[host]; !known {
			at[host] = len(t.servers)
			t.servers = append(t.servers, ServerTally{Host: host})
		}
		t.servers[at[host]].Posts++
		t.said += max(p.Counts.Replies, 0)
	}
	t.below = max(tree.Focus.Counts.Replies, 0)
	for i := range tree.Replies {
		if p := tree.Replies[i].Post; p != nil {
			t.below += max(p.Counts.Replies, 0)
		}
	}
	m.talk = t
	return &m.talk
}

// folds are what a filter says of the posts of a conversation, as long as both stay what they are.
type folds struct {
	by    *follows.Matcher
	tree  *reader.Tree
	posts map[feeds.Key]follows.Verdict
}

// Folded is why a filter folds a post of the conversation, where none is hidden: others answer it.
func (m *ThreadModel) Folded(p *feeds.Post) follows.Verdict {
	if by, tree := m.app.talked, m.Snapshot.Tree; m.folds.by != by || m.folds.tree != tree {
		m.folds = folds{by, tree, map[feeds.Key]follows.Verdict{}}
	}
	v, known := m.folds.posts[p.Key]
	if !known && m.folds.by != nil {
		v = m.folds.by.Match(p, follows.Place{Above: m.above()}, m.app.clock.Now())
		m.folds.posts[p.Key] = v
	}
	return v
}

// above are the posts down to the one that was opened, from the first one on: what takes one of them away takes the conversation away.
func (m *ThreadModel) above() (above []feeds.Key) {
	t := m.Snapshot.Tree
	for _, a := range t.Above {
		if a.Post != nil {
			above = append(above, a.Post.Key)
		}
	}
	return append(above, t.Focus.Key)
}

// The lists of a thread (browser.ChunkMove, Visit.Heights).
const (
	AboveList = "thread" // down to the post that was opened, and its author's chain
	ReplyList = "replies"
)

// chunksAtFirst is how many chunks of replies are drawn before they come near the screen.
const chunksAtFirst = 2

// postPage is the address of a post's page that was pasted or shared last, and the view that shows the post.
type postPage struct{ view, url string }

// NewThread makes the model of a post.
func NewThread(a *App, r route.Route) *ThreadModel { return &ThreadModel{Route: r, app: a} }

// Ready implements Model.
func (m *ThreadModel) Ready() bool { return m.Snapshot != nil && m.Snapshot.Ready() }

// Host implements Model.
func (m *ThreadModel) Host() string { return m.Route.Host }

// Open implements Model.
func (m *ThreadModel) Open(ctx context.Context) {
	m.thread = m.app.reader.Thread(m.Route.Host, m.Route.ID, func(s *reader.ThreadSnapshot) {
		m.app.later(func() { m.take(ctx, s) })
	})
	if p := m.app.page; p.view == m.Route.String() {
		m.thread.ReadAt(p.url)
	}
	go func() {
		m.thread.Open(ctx)
		m.thread.Complete(ctx)
	}()
}

func (m *ThreadModel) take(ctx context.Context, s *reader.ThreadSnapshot) {
	if ctx.Err() != nil {
		return
	}
	if s.Blocked {
		m.app.refuse(m, "")
		return
	}
	if m.Snapshot != nil && m.Snapshot.Tree != nil && s.Tree != nil && s.Tree != m.Snapshot.Tree {
		m.stay(ctx)
	}
	if m.Snapshot == nil || m.Snapshot.Tree != s.Tree {
		m.rows = nil
	}
	m.Snapshot = s
	switch {
	case s.Err != nil && !s.Busy:
		m.app.markLost(m.Route.Host, m.Route.ID, s.Err.Kind)
	case s.Err == nil && !s.Stale && s.Tree != nil:
		m.app.lookForEdits(s.Tree.Posts())
	}
	m.app.changed(m)
}

// stay keeps what is read where it is on the screen while replies come in above it. Most browsers do that themselves.
func (m *ThreadModel) stay(ctx context.Context) {
	b := m.app.browser
	if m.app.shown == nil || m.app.shown.Model != m || b.Anchors() || b.AtTop() {
		return
	}
	at := b.ReadPosition()
	m.app.afterDraw(func() {
		if at.URI != "" && ctx.Err() == nil && m.app.shown.Model == m {
			now := b.ReadPosition().Y // who scrolled meanwhile stays there
			b.ScrollTo(browser.Position{Y: now, URI: at.URI, Off: at.Off - (now - at.Y)})
		}
	})
}

// Refresh implements Model. A thread that is being read is left alone.
func (m *ThreadModel) Refresh(ctx context.Context, quiet bool) {
	if quiet && (m.Snapshot == nil || m.Snapshot.Err == nil || m.app.waits(m.Snapshot.Err)) {
		return
	}
	go func() {
		if m.thread.Refresh(ctx) == nil {
			m.thread.Complete(ctx)
		}
	}()
}

// LoadOlder implements Model: a thread comes whole.
func (m *ThreadModel) LoadOlder(context.Context) {}

// Handle implements Model.
func (m *ThreadModel) Handle(ctx context.Context, e browser.Event) bool {
	switch e := e.(type) {
	case browser.Click:
		return m.click(ctx, e)
	case browser.ChunkMove:
		if e.List == ReplyList && e.Near {
			m.comesNear(e.Chunk)
		}
	case browser.KeyDown:
		return m.app.Viewer == nil && m.key(e.Key)
	}
	return false // the place of a chunk is the visit's
}

func (m *ThreadModel) click(ctx context.Context, e browser.Click) bool {
	switch e.Action {
	case "complete":
		go func() {
			m.thread.More()
			m.thread.Complete(ctx)
		}()
	case "stop-asking":
		m.thread.Stop()
	case "sources":
		m.Sources = !m.Sources
	case "as-text":
		m.AsText = !m.AsText
	case "fold-replies":
		m.fold(e.Post)
	case "order":
		m.Order, m.rows = ThreadOrder(e.Key), nil
	case "to-new":
		m.step(-1, "w")
	case "to-parent", "to-sibling":
		m.app.browser.CloseDialog("menu")
		m.step(m.rowOf(e.Post), e.Action)
	default:
		return false
	}
	return true
}

// Drawn reports that the row with a number, from 0, is drawn: it is among the first ones, or came near the screen.
func (m *ThreadModel) Drawn(row int) bool {
	row -= m.Moved()
	return row < chunksAtFirst*ChunkSize || m.near[row/ChunkSize]
}

// Moved is how many rows, the first ones, stand above the replies: the author's chain as one text.
func (m *ThreadModel) Moved() (chain int) {
	if !m.AsText {
		return 0
	}
	for rows := m.Replies(); chain < len(rows) && rows[chain].Chain > 0; {
		chain++
	}
	return chain
}

// Posts implements Model.
func (m *ThreadModel) Posts() []*feeds.Post {
	if m.Snapshot == nil || m.Snapshot.Tree == nil {
		return nil
	}
	return m.Snapshot.Tree.Posts()
}

// Rows implements Model: a thread is read as a whole.
func (m *ThreadModel) Rows() int { return 0 }

// Fresh implements Model.
func (m *ThreadModel) Fresh() (time.Time, bool) {
	s := m.Snapshot
	if s == nil || s.Err != nil || s.Busy || s.Stale || s.Around != nil {
		return time.Time{}, s != nil && withdrawn(s.Err)
	}
	return s.AsOf, false
}
