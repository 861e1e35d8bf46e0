package mbin

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"sync"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
	"vitrine/feeds/forum"
)

const (
	treeDepth   = 8   // how far below each other comments are read
	wholeDepth  = 25  // the most that the server gives, to find what is above one
	treePage    = 50  // threads of a page
	treePages   = 4   // how many pages are read
	maxComments = 500 // how many comments are shown
)

// pathOf is where a thing is asked for.
func pathOf(k kind, number string) string {
	switch k {
	case commentKind:
		return "/api/comments/" + number
	case postKind:
		return "/api/post/" + number
	case postCommentKind:
		return "/api/post-comments/" + number
	}
	return "/api/entry/" + number
}

// Post implements feeds.Threads. What was deleted is Gone.
func (s *Source) Post(ctx context.Context, id string) (*feeds.Post, error) {
	k, number, ok := parseID(id)
	if !ok {
		return nil, s.NotAsked("GET /api/entry/", apiclient.ErrNoSuchID)
	}
	return s.postAt(ctx, k, number)
}

func (s *Source) postAt(ctx context.Context, k kind, number string) (*feeds.Post, error) {
	a, w, err := s.thingAt(ctx, k, number, 0)
	if err != nil {
		return nil, err
	}
	p, err := a.post(w)
	if err == nil && p.Deleted {
		if err = apiclient.ErrDeleted; w.Visibility == "trashed" {
			err = feeds.ErrRemoved
		}
	}
	if err != nil {
		return nil, a.Failure(err)
	}
	p.CrossPosts = a.crossPostsOf(w.CrossPosted, p)
	return p, nil
}

func (a *answer) crossPostsOf(wire []thing, self *feeds.Post) []feeds.CrossPost {
	var others []feeds.CrossPost
	for i := range wire[:min(len(wire), forum.MaxCrossPosts)] {
		if p, err := a.post(&wire[i]); err == nil && !p.Deleted && p.Key != self.Key {
			others = append(others, forum.CrossPost(p))
		}
	}
	return others
}

// thingAt asks for one thing; a comment comes with what is below it, so deep.
func (s *Source) thingAt(ctx context.Context, k kind, number string, depth int) (*answer, *thing, error) {
	var q url.Values
	if k == commentKind || k == postCommentKind {
		q = url.Values{"d": {strconv.Itoa(depth)}}
	}
	if !apiclient.IsNumeral(number) {
		return nil, nil, s.NotAsked("GET "+pathOf(k, ""), apiclient.ErrNoSuchID)
	}
	var wire thing
	a, err := s.ask(ctx, pathOf(k, number), q, &wire)
	if err != nil {
		return nil, nil, err
	}
	return a, wire.unwrap(), nil
}

// Context implements feeds.Threads. Above a comment are its post and the comments that lead to it.
func (s *Source) Context(ctx context.Context, id string) (ancestors, descendants []*feeds.Post, err error) {
	k, number, ok := parseID(id)
	if !ok {
		return nil, nil, s.NotAsked("GET /api/entry/", apiclient.ErrNoSuchID)
	}
	if k == commentKind || k == postCommentKind {
		return s.aroundComment(ctx, k, number)
	}
	path, sort := "/api/entry/"+number+"/comments", "sortBy"
	if k == postKind {
		path, sort = "/api/posts/"+number+"/comments", "sort"
	}
	below, err := s.below(ctx, path, sort)
	return nil, below, err
}

// below reads the comments of an entry or a microblog post, the two of which have another name for how they are sorted.
func (s *Source) below(ctx context.Context, path, sort string) ([]*feeds.Post, error) {
	t := tree{seen: map[string]bool{}}
	for number := 1; number <= treePages; number++ {
		q := url.Values{"d": {strconv.Itoa(treeDepth)}, sort: {"oldest"}, "perPage": {strconv.Itoa(treePage)}}
		if number > 1 {
			q.Set("p", strconv.Itoa(number))
		}
		var wire list[thing]
		a, err := s.ask(ctx, path, q, &wire)
		if err == nil && wire.Items == nil {
			err = a.Failure(apiclient.ErrNoList)
		}
		if err != nil {
			if number > 1 && ctx.Err() == nil {
				break // the pages above it are worth showing
			}
			return nil, err
		}
		got := len(t.seen)
		for i := range wire.Items {
			t.add(a, &wire.Items[i])
		}
		if t.broken != nil && len(t.seen) == 0 {
			return nil, a.Failure(t.broken)
		}
		last := wire.Pagination.Last
		if len(t.seen) == got || last.Known && float64(number) >= last.Value || !last.Known && len(wire.Items) < treePage {
			break
		}
	}
	forum.NameParents(t.posts)
	return t.posts, nil
}

// aroundComment asks for a comment, with what is below it; for its post; and for the comment at the top of those above it, among
// whose answers the way down is looked for.
func (s *Source) aroundComment(ctx context.Context, k kind, number string) (above, below []*feeds.Post, err error) {
	a, w, err := s.thingAt(ctx, k, number, treeDepth)
	if err != nil {
		return nil, nil, err
	}
	focus, err := a.post(w)
	if err != nil {
		return nil, nil, a.Failure(err)
	}
	t := tree{seen: map[string]bool{focus.Sightings[0].ID: true}}
	for i := range w.Children {
		t.add(a, &w.Children[i])
	}
	var wg sync.WaitGroup
	var top *feeds.Post
	var chain []*feeds.Post
	wg.Go(func() {
		of, id := entryKind, w.EntryID
		if k == postCommentKind {
			of, id = postKind, w.PostID
		}
		top, _ = s.postAt(ctx, of, string(id))
	})
	if root := w.RootID; apiclient.IsNumeral(string(root)) && root != w.CommentID {
		wg.Go(func() { chain = s.chain(ctx, k, string(root), w) })
	}
	wg.Wait()
	if ctx.Err() != nil {
		return nil, nil, ctx.Err()
	}
	if top != nil { // what can't be read is a hole
		above = append(above, top)
	}
	above = append(above, chain...)
	forum.NameParents(slices.Concat(above, []*feeds.Post{focus}, t.posts))
	return above, t.posts, nil
}

// chain is what leads from the comment root down to the comment w, without that. Where it isn't found below root, which is too
// far above then, root is all there is.
func (s *Source) chain(ctx context.Context, k kind, root string, w *thing) []*feeds.Post {
	a, top, err := s.thingAt(ctx, k, root, wholeDepth)
	if err != nil {
		return nil
	}
	path := pathTo(top, w.CommentID, wholeDepth+1)
	if path == nil {
		path = []*thing{top}
	}
	var posts []*feeds.Post
	for _, step := range path {
		if step.CommentID == w.CommentID {
			break
		}
		if p, err := a.post(step); err == nil {
			posts = append(posts, p)
		}
	}
	return posts
}

// pathTo is the path from a comment down to the one with the given id, nil where there is none.
func pathTo(from *thing, to apiclient.Text, depth int) []*thing {
	if from.CommentID == to {
		return []*thing{from}
	}
	if depth == 0 {
		return nil
	}
	for i := range from.Children {
		if rest := pathTo(&from.Children[i], to, depth-1); rest != nil {
			return append([]*thing{from}, rest...)
		}
	}
	return nil
}

// tree makes a list of comments in which each is followed by all that was said below it.
type tree struct {
	posts  []*feeds.Post
	seen   map[string]bool // by Sighting.ID
	broken error           // of something that was left out
}

// add adds a comment and what is below it. A deleted one stays, without its text, where something was; what is below one that
// can't be read stays in any case.
func (t *tree) add(a *answer, w *thing) {
	if len(t.posts) >= maxComments {
		return
	}
	at := len(t.posts)
	p, err := a.post(w.unwrap())
	switch {
	case err != nil:
		t.broken = err
	case t.seen[p.Sightings[0].ID]:
		return
	default:
		t.seen[p.Sightings[0].ID] = true
		t.posts = append(t.posts, p)
	}
	for i := range w.Children {
		t.add(a, &w.Children[i])
	}
	if p != nil && p.Deleted && len(t.posts) == at+1 {
		t.posts = t.posts[:at]
	}
}
