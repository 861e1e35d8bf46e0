package peertube

import (
	"cmp"
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"
	"sync"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
)

const (
	threadCount = 100 // threads of a video that are read: the most that a server gives at once
	treeCount   = 15  // of those, how many have what was said below them read too: each is a request
)

// commentID names a comment: the video it belongs to, its thread, which is the id of what was said first in it, and itself.
type commentID struct{ video, thread, id string }

const commentPrefix = "comment:"

func (c commentID) String() string {
	return commentPrefix + strings.Join([]string{c.video, c.thread, c.id}, ":")
}

// parseCommentID reads what String wrote. ok is false for an id of a video.
func parseCommentID(s string) (c commentID, ok bool) {
	rest, ok := strings.CutPrefix(s, commentPrefix)
	if !ok {
		return commentID{}, false
	}
	parts := strings.Split(rest, ":")
	if len(parts) != 3 {
		return commentID{}, true // its empty parts name nothing
	}
	return commentID{parts[0], parts[1], parts[2]}, true
}

func videoPath(id string) string { return "/api/v1/videos/" + url.PathEscape(id) }

func (c commentID) path() string {
	return videoPath(c.video) + "/comment-threads/" + url.PathEscape(c.thread)
}

// Post implements feeds.Threads. A video for members is NeedsLogin; one with a password or blocked by moderators is Refused.
func (s *Source) Post(ctx context.Context, id string) (*feeds.Post, error) {
	c, ok := parseCommentID(id)
	if !ok {
		return s.videoPost(ctx, id)
	}
	t, err := s.thread(ctx, c)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(t.posts, func(p *feeds.Post) bool { return p.Sightings[0].ID == id })
	if i < 0 {
		return nil, t.Failure(apiclient.ErrNoSuchID)
	}
	return t.posts[i], nil
}

func (s *Source) videoPost(ctx context.Context, id string) (*feeds.Post, error) {
	var wire video
	a, err := s.ask(ctx, videoPath(id), nil, &wire)
	if err != nil {
		return nil, err
	}
	s.complete(ctx, id, &wire)
	post, err := a.video(&wire, whole)
	if err != nil {
		return nil, a.Failure(err)
	}
	if len(post.Media) > 0 && post.Media[0].Film != nil {
		s.addParts(ctx, id, &wire, post.Media[0].Film)
	}
	return post, nil
}

// addParts asks for captions and chapters; a film without them is one all the same. Servers before 6.1, which send no aspect ratio,
// may not know of chapters, and an unknown path is an error in a browser's console.
func (s *Source) addParts(ctx context.Context, id string, w *video, f *feeds.Film) {
	var wg sync.WaitGroup
	wg.Go(func() {
		var wire captions
		if _, err := s.Get(ctx, videoPath(id)+"/captions", nil, &wire); err == nil {
			f.Captions = s.captionsOf(wire)
		}
	})
	if w.AspectRatio.Known {
		wg.Go(func() {
			var wire chapters
			if _, err := s.Get(ctx, videoPath(id)+"/chapters", nil, &wire); err == nil {
				f.Chapters = chaptersOf(wire)
			}
		})
	}
	wg.Wait()
}

// complete asks for the description where the server is too old to send all of it.
func (s *Source) complete(ctx context.Context, id string, w *video) {
	if w.Truncated != "" || !strings.HasSuffix(w.Description, "...") || len(w.Description) < 200 {
		return
	}
	var full description
	if _, err := s.Get(ctx, videoPath(id)+"/description", nil, &full); err == nil && full.Description != "" {
		w.Description = full.Description
	}
}

// Context implements feeds.Threads. Above a comment are its video and what it answers; below a video are its threads. Of long
// discussions the server's first threads are read, and of those with answers the first few with them.
func (s *Source) Context(ctx context.Context, id string) (ancestors, descendants []*feeds.Post, err error) {
	if c, ok := parseCommentID(id); ok {
		return s.aroundComment(ctx, c)
	}
	var wire video
	a, err := s.ask(ctx, videoPath(id), nil, &wire)
	if err != nil {
		return nil, nil, err
	}
	post, err := a.video(&wire, whole)
	if err != nil {
		return nil, nil, a.Failure(err)
	}
	if post.Counts.Replies == 0 {
		return nil, nil, nil
	}
	descendants, err = s.threads(ctx, post)
	return nil, descendants, err
}

func (s *Source) aroundComment(ctx context.Context, c commentID) (above, below []*feeds.Post, err error) {
	t, err := s.thread(ctx, c)
	if err != nil {
		return nil, nil, err
	}
	if post, err := s.videoPost(ctx, c.video); err == nil {
		above = append(above, post)
	} else if ctx.Err() != nil {
		return nil, nil, err
	}
	for _, p := range t.posts {
		switch id := p.Sightings[0].ID; {
		case id == c.String():
		case t.isBelow(c.String(), id):
			above = append(above, p)
		case t.isBelow(id, c.String()):
			below = append(below, p)
		}
	}
	return above, below, nil
}

// threads reads what was said below a video. A thread whose answers can't be read is there without them.
func (s *Source) threads(ctx context.Context, of *feeds.Post) ([]*feeds.Post, error) {
	video := of.Sightings[0].ID
	q := span{0, threadCount}.query()
	q.Set("sort", "-createdAt")
	var wire comments
	a, err := s.ask(ctx, videoPath(video)+"/comment-threads", q, &wire)
	if err != nil {
		return nil, err
	}
	if wire.Data == nil {
		return nil, a.Failure(apiclient.ErrNoList)
	}
	answers := make([][]*feeds.Post, len(wire.Data))
	var wg sync.WaitGroup
	asked := 0
	for i := range wire.Data {
		w := &wire.Data[i]
		if p, err := a.comment(w, video, of.Key); err == nil {
			answers[i] = []*feeds.Post{p}
		}
		if w.TotalReplies.Count() <= 0 || asked == treeCount {
			continue
		}
		asked++
		wg.Go(func() {
			if t, err := s.thread(ctx, commentID{video: video, thread: string(cmp.Or(w.ThreadID, w.ID))}); err == nil {
				answers[i] = t.posts
			}
		})
	}
	wg.Wait()
	return slices.Concat(answers...), ctx.Err()
}

// discussion is a thread: what was said first, and all below it, each after what it answers.
type discussion struct {
	*answer
	posts   []*feeds.Post
	parents map[string]string // by the ids of comments, also of those that are left out; the first of all has none
}

func (s *Source) thread(ctx context.Context, c commentID) (*discussion, error) {
	var wire tree
	a, err := s.ask(ctx, c.path(), nil, &wire)
	if err != nil {
		return nil, err
	}
	if wire.Comment == nil {
		return nil, a.Failure(errors.New("a thread without a comment"))
	}
	t := &discussion{answer: a, parents: map[string]string{}}
	t.add(&wire, c, "")
	return t, nil
}

// add leaves out what was deleted or waits for a moderator; what was said below it stays.
func (t *discussion) add(w *tree, in commentID, parent string) {
	if w.Comment != nil && w.Comment.ID != "" {
		self := commentID{in.video, string(cmp.Or(w.Comment.ThreadID, w.Comment.ID)), string(w.Comment.ID)}.String()
		if _, twice := t.parents[self]; twice {
			return
		}
		t.parents[self], parent = parent, self
		if p, err := t.comment(w.Comment, in.video, ""); err == nil {
			t.posts = append(t.posts, p)
		}
	}
	for i := range w.Children {
		t.add(&w.Children[i], in, parent)
	}
}

// isBelow reports that one comment answers another one, or an answer to it.
func (t *discussion) isBelow(id, other string) bool {
	for id != "" {
		if id = t.parents[id]; id == other {
			return id != ""
		}
	}
	return false
}

// comment adapts a comment of the video with the given id. videoKey is the video's, "" when unknown.
func (a *answer) comment(w *comment, video string, videoKey feeds.Key) (*feeds.Post, error) {
	published := apiclient.Time(w.CreatedAt)
	switch {
	case w.IsDeleted == apiclient.Yes || w.HeldForReview == apiclient.Yes:
		return nil, apiclient.ErrHidden
	case w.ID == "":
		return nil, apiclient.ErrNoID
	case published.IsZero():
		return nil, apiclient.ErrNoTime
	case w.Account == nil:
		return nil, apiclient.ErrNoAuthor
	}
	author, err := a.author(w.Account, person)
	if err != nil {
		return nil, err
	}
	self := commentID{video, string(cmp.Or(w.ThreadID, w.ID)), string(w.ID)}
	reply := &feeds.ReplyTo{ID: video, Key: videoKey}
	if w.InReplyTo != "" && w.InReplyTo != w.ID {
		reply = &feeds.ReplyTo{ID: commentID{video, self.thread, string(w.InReplyTo)}.String()}
	}
	p := &feeds.Post{
		URI:        a.Link(w.URL),
		URL:        a.Link(w.URL),
		Author:     author,
		Published:  published,
		Body:       a.text(w.Text),
		ReplyTo:    reply,
		Counts:     feeds.Counts{Replies: w.TotalReplies.Count(), Boosts: -1, Favourites: -1, Quotes: -1, AllBelow: true},
		Visibility: feeds.Public,
	}
	p.Key = feeds.Key(cmp.Or(p.URI, a.Host()+"/"+self.String()))
	p.Sightings = []feeds.Sighting{{Host: a.Host(), ID: self.String(), ParentID: reply.ID, At: a.At, Origin: apiclient.HostOf(p.URI) == a.Host()}}
	return p, nil
}
