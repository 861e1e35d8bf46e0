package misskey

import (
	"cmp"
	"context"
	"slices"
	"sync"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
)

const (
	mostAbove     = 40  // notes above one that are read
	answersAtOnce = 100 // the most that a server gives
	mostAnswers   = 400 // notes below one after which no more are asked for
	mostQuestions = 12  // for these: each is about one note
)

// Post implements feeds.Threads. A note that isn't for guests is NeedsLogin; a renote is the note that it passes on.
func (s *Source) Post(ctx context.Context, id string) (*feeds.Post, error) {
	const endpoint = "notes/show"
	if !isID(id) {
		return nil, s.refuse(endpoint, apiclient.ErrNoSuchID)
	}
	var w note
	a, err := s.ask(ctx, endpoint, question{"noteId": id}, &w)
	if err != nil {
		return nil, err
	}
	item, err := withOwnEmoji(ctx, a, func() (apiclient.Item, error) { return a.entry(&w) })
	if err != nil {
		return nil, a.Failure(err)
	}
	return item.Post, nil
}

// Context implements feeds.Threads: what the note answers, and the answers to it level by level, until there are many. What could be
// read is there beside an error too.
func (s *Source) Context(ctx context.Context, id string) (ancestors, descendants []*feeds.Post, err error) {
	if !isID(id) {
		return nil, nil, s.refuse("notes/children", apiclient.ErrNoSuchID)
	}
	var wg sync.WaitGroup
	var above error
	wg.Go(func() { ancestors, above = s.ancestors(ctx, id) })
	wg.Go(func() { descendants, err = s.descendants(ctx, ident(id)) })
	wg.Wait()
	if above != nil {
		err = above
	}
	return ancestors, descendants, err
}

func (s *Source) ancestors(ctx context.Context, id string) ([]*feeds.Post, error) {
	page, _, err := s.asked(ctx, "notes/conversation", question{"noteId": id, "limit": mostAbove})
	if err != nil {
		return nil, err
	}
	slices.Reverse(page.Posts) // the nearest came first
	return page.Posts, nil
}

// branch is a note whose answers are asked for: all, or those older than one.
type branch struct {
	id, until ident
	missing   int // answers that aren't there yet, as far as known
}

func (b branch) question() question {
	q := question{"noteId": string(b.id), "limit": answersAtOnce}
	if b.until != "" {
		q["untilId"] = string(b.until)
	}
	return q
}

// descendants asks for the answers to a note, then for the answers to those, all of one level at once.
func (s *Source) descendants(ctx context.Context, id ident) ([]*feeds.Post, error) {
	t := &thread{seen: map[ident]bool{id: true}, answers: map[ident]int{}}
	level := []branch{{id: id}}
	for asked := 0; len(level) > 0 && len(t.notes) < mostAnswers; {
		level = level[:min(len(level), mostQuestions-asked)]
		asked += len(level)
		got, err := s.children(ctx, level)
		if err != nil && (t.answer == nil || ctx.Err() != nil) {
			return nil, err
		}
		level = t.add(level, got) // what couldn't be read is left out
	}
	if t.answer == nil {
		return nil, nil
	}
	page, err := t.answer.page(ctx, t.notes)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(page.Posts, feeds.EarlierPost)
	return page.Posts, nil
}

// childList is the answer to one question of a level; its answer is nil where that failed.
type childList struct {
	*answer
	notes apiclient.List[note]
}

// children asks for all of a level. The error is the first one.
func (s *Source) children(ctx context.Context, level []branch) ([]childList, error) {
	got, failed := make([]childList, len(level)), make([]error, len(level))
	var wg sync.WaitGroup
	for i, b := range level {
		wg.Go(func() { got[i].answer, failed[i] = s.ask(ctx, "notes/children", b.question(), &got[i].notes) })
	}
	wg.Wait()
	return got, cmp.Or(failed...)
}

// thread is what was read below a note.
type thread struct {
	answer  *answer // the first one
	notes   []note
	seen    map[ident]bool
	answers map[ident]int // by what they answer
}

// add takes the answers of a level and returns the next one, first what has most answers missing. Quotes count as children too; they
// are left out, as are answers to what isn't here. Firefish and Iceshrimp give several levels at once.
func (t *thread) add(level []branch, got []childList) []branch {
	before := len(t.notes)
	var next []branch
	for i, g := range got {
		if g.answer == nil {
			continue
		}
		t.answer = cmp.Or(t.answer, g.answer)
		if last := lastID(g.notes); len(g.notes) >= answersAtOnce && last != level[i].until {
			next = append(next, branch{id: level[i].id, until: last, missing: 1})
		}
		t.take(g.notes)
	}
	for i := range t.notes[before:] {
		n := &t.notes[before+i]
		if missing := n.RepliesCount.Size() - t.answers[n.ID]; missing > 0 {
			next = append(next, branch{id: n.ID, missing: missing})
		}
	}
	apiclient.SortStable(next, func(b, c branch) int { return cmp.Compare(c.missing, b.missing) })
	return next
}

// take adds those notes that answer one that is known, or one among themselves.
func (t *thread) take(notes []note) {
	here := make(map[ident]bool, len(notes))
	for i := range notes {
		here[notes[i].ID] = true
	}
	for i := range notes {
		n := &notes[i]
		if n.ID == "" || t.seen[n.ID] || n.ReplyID == "" || !t.seen[n.ReplyID] && !here[n.ReplyID] {
			continue
		}
		t.seen[n.ID] = true
		t.answers[n.ReplyID]++
		t.notes = append(t.notes, *n)
	}
}
