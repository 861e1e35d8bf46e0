package offline

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/jsontext"
	"vitrine/feeds/reader"
)

const (
	tellEvery   = 500 * time.Millisecond
	offlineWait = 20 * time.Second // how often it is looked whether there is a network again
	againAfter  = 30 * time.Second // how long after a failure that may pass a server is asked again
	longestWait = time.Hour
	tries       = 3 // for what may pass
	filesAtOnce = 6
	talksAtOnce = 3
	postsAtOnce = 40 // from the store
)

// Taker takes offline.
type Taker struct {
	Records
	Reader *reader.Reader
	Store  feeds.Store
	Media  feeds.MediaStore
	Clock  feeds.Clock
	// Home returns the places of what is followed in a list.
	Home func(ctx context.Context, list string) ([]reader.Place, error)

	network sync.Mutex
	back    chan struct{} // closed when there is a network again; nil while nobody waits for that
}

// Network says that there is a network again: what waits for that goes on at once.
func (k *Taker) Network() {
	k.network.Lock()
	defer k.network.Unlock()
	if k.back != nil {
		close(k.back)
		k.back = nil
	}
}

// whenBack is closed when there is a network again.
func (k *Taker) whenBack() <-chan struct{} {
	k.network.Lock()
	defer k.network.Unlock()
	if k.back == nil {
		k.back = make(chan struct{})
	}
	return k.back
}

// run is one time of doing a job.
type run struct {
	*Taker
	t    Taken
	keep func(feeds.Job) error
	told time.Time

	lists []feeds.TimelineID // what was read; those of before are kept until the end
	spoke []feeds.TimelineID // its conversations
	posts int
	text  int64
	from  time.Time

	mu    sync.Mutex
	sizes sizes
}

// holds notes a list that is kept from now on.
func (r *run) holds(id feeds.TimelineID) {
	r.lists = append(r.lists, id)
	if !slices.Contains(r.t.Lists, id) {
		r.t.Lists = append(r.t.Lists, id)
	}
}

// errNothing ends a run whose list has gone, or holds nothing to read any more: what was kept of it stays.
var errNothing = errors.New("nothing to read")

// Work does a job of kind feeds.JobOffline. What is there already isn't asked for, so that one that is taken up again begins where it ended. Where the choice was
// changed meanwhile, it is done once more.
func (k *Taker) Work(ctx context.Context, j feeds.Job, keep func(feeds.Job) error) error {
	for {
		t, ok, err := k.Get(ctx, j.Subject)
		if err != nil || !ok || t.Paused {
			return err
		}
		if err := k.fulfil(ctx, t, keep); err != nil {
			return err
		}
		if next, ok, err := k.Get(ctx, j.Subject); err != nil || !ok || next.Paused || next.Choice == t.Choice || next.As != t.Choice {
			return err
		}
	}
}

// fulfil does a job with the choice that it has now.
func (k *Taker) fulfil(ctx context.Context, t Taken, keep func(feeds.Job) error) (err error) {
	r := &run{Taker: k, t: t, keep: keep}
	if r.sizes, err = k.sizes(ctx); err != nil {
		return err
	}
	if t.Phase == "" || t.Phase == Over {
		r.begin()
	}
	r.t.Failures, r.t.More, r.t.Closed, r.t.Waits = nil, 0, map[string]int{}, ""
	err = r.phases(ctx)
	switch {
	case errors.Is(err, errNothing):
		return k.Cancel(ctx, k.Media, t.Fragment)
	case ctx.Err() == nil && feeds.KindOf(err) == feeds.Storage:
		r.t.Waits = feeds.Storage
		return r.rewrite(ctx, func(w *Wish) { w.Paused = true })
	}
	return err
}

// begin begins anew: what was kept before stays until the end.
func (r *run) begin() {
	s := &r.t.State
	*s = State{Began: r.Clock.Now(), Until: s.Until, From: s.From, Posts: s.Posts, Threads: s.Threads, Text: s.Text, Files: s.Files, Media: s.Media, Lists: s.Lists, Run: s.Run, Whole: s.Whole, As: s.As}
	if s.Run == 0 || !r.t.Old {
		s.Run++
	}
}

// phases reads the posts, the conversations, and the media.
func (r *run) phases(ctx context.Context) error {
	if err := r.Media.Tidy(ctx); err != nil {
		return err
	}
	keys, talks, err := r.readPosts(ctx)
	if err != nil {
		return err
	}
	if r.readsTalks() {
		more, err := r.talks(ctx, keys)
		if err != nil {
			return err
		}
		talks = append(talks, more...)
	}
	// The conversations are kept by what they are called, and their posts by a timeline for each server: a post of none goes with a sweep.
	before, err := r.talksOf(ctx, r.t.Fragment)
	if err != nil {
		return err
	}
	r.spoke = talks
	if err := r.putTalks(ctx, slices.Concat(talks, before)); err != nil { // those of before until the end
		return err
	}
	spoken, err := r.keepTalks(ctx, talks)
	if err != nil {
		return err
	}
	if err := r.media(ctx, append(keys, spoken...)); err != nil {
		return err
	}
	return r.end(ctx)
}

// end notes what is kept, and lets go of what was kept before and isn't any more.
func (r *run) end(ctx context.Context) error {
	s := &r.t.State
	s.Phase, s.Until, s.Done, s.Waits = Over, s.Began, s.Total, ""
	owned, err := r.Media.Owned(ctx)
	if err != nil {
		return err
	}
	sum := owned[ownerOf(r.t.Fragment, s.Run)]
	s.Files, s.Media, s.Posts, s.Text, s.Threads, s.From, s.Lists, s.Whole, s.As = sum.Files, sum.Bytes, r.posts, r.text, len(r.spoke), r.from, r.lists, s.Run, r.t.Choice
	if err := r.putTalks(ctx, r.spoke); err != nil {
		return err
	}
	if r.t.Anew {
		if err := r.rewrite(ctx, func(w *Wish) { w.Anew = false }); err != nil {
			return err
		}
	}
	if err := r.tell(ctx, true); err != nil {
		return err
	}
	_ = r.records.Change(ctx, feeds.Pair{Key: learnedKey, Value: value(r.sizes)})
	return release(ctx, r.Media, r.t.Fragment, s.Run)
}

// rewrite changes the wish as it is written down now: its choice may be another one than that which is being fulfilled.
func (r *run) rewrite(ctx context.Context, change func(*Wish)) error {
	now, ok, err := r.Get(ctx, r.t.Fragment)
	if err != nil || !ok {
		return err
	}
	change(&now.Wish)
	return r.PutTaken(ctx, Taken{now.Wish, r.t.State})
}

func (r *run) putTalks(ctx context.Context, talks []feeds.TimelineID) error {
	return r.records.Change(ctx, feeds.Pair{Key: keyOf(r.t.Fragment, talkKey), Value: value(talks)})
}

// tell writes down how far it came, now and then or at once.
func (r *run) tell(ctx context.Context, now bool) error {
	at := r.Clock.Now()
	if !now && at.Sub(r.told) < tellEvery {
		return ctx.Err()
	}
	r.told = at
	s := r.t.State
	s.Done = min(s.Done, s.Total)
	if err := r.putState(ctx, r.t.Fragment, s); err != nil {
		return err
	}
	return r.keep(feeds.Job{Kind: feeds.JobOffline, Subject: r.t.Fragment, State: string(s.Phase), Done: s.Done, Total: s.Total})
}

// step notes that so much is done.
func (r *run) step(ctx context.Context, done int) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.t.Done = max(r.t.Done, done)
	r.t.Total = max(r.t.Total, r.t.Done)
	return r.tell(ctx, false)
}

// steps is how many steps each post is.
func (r *run) steps() int {
	n := 2
	if r.readsTalks() {
		n++
	}
	return n
}

// readsTalks reports that posts are asked for alone too: with what was said around them, or since their lists don't name their films.
func (r *run) readsTalks() bool { return r.t.ID == "" && (r.t.Choice.Threads || r.t.Film > 0) }

// waits waits until what failed may be tried again; false for what is to be named. A network that is away is waited for however long that takes.
func (r *run) waits(ctx context.Context, err error, try int) (again bool, end error) {
	e := feeds.AsError(err)
	var wait time.Duration
	var back <-chan struct{}
	now := r.Clock.Now()
	switch {
	case e.Kind == feeds.Offline:
		wait, back = offlineWait, r.whenBack()
	case e.Kind == feeds.RateLimited && e.RetryAt.Sub(now) < longestWait:
		wait = max(e.RetryAt.Sub(now), time.Second)
	case try >= tries || errors.Is(err, feeds.ErrClosed):
		return false, nil
	case e.Kind == feeds.Unreachable, e.Kind == feeds.Timeout, e.Kind == feeds.ServerError:
		wait = againAfter
	default:
		return false, nil
	}
	r.mu.Lock()
	r.t.Waits, r.t.RetryAt = e.Kind, now.Add(wait)
	end = r.tell(ctx, true)
	r.mu.Unlock()
	if end != nil {
		return false, end
	}
	select {
	case <-r.Clock.After(wait):
	case <-back:
	case <-ctx.Done():
		return false, ctx.Err()
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.t.Waits, r.t.RetryAt = "", time.Time{}
	if end = r.tell(ctx, true); end != nil {
		return false, end
	}
	return true, nil
}

// failed names what could not be had.
func (r *run) failed(what string, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch {
	case errors.Is(err, feeds.ErrClosed):
		r.t.Closed[hostOf(what)]++
	case len(r.t.Failures) < mostFailures:
		r.t.Failures = append(r.t.Failures, Failure{what, feeds.KindOf(err)})
	default:
		r.t.More++
	}
}

// readPosts reads the posts of the lists, or of the conversation. talks are the lists that hold what no timeline does.
func (r *run) readPosts(ctx context.Context) (keys []feeds.Key, talks []feeds.TimelineID, err error) {
	r.t.Phase = ReadsPosts
	if r.t.ID != "" {
		return r.conversation(ctx)
	}
	places, err := r.places(ctx)
	if err != nil {
		return nil, nil, err
	}
	if len(places) == 0 && !r.t.Until.IsZero() {
		return nil, nil, errNothing
	}
	for _, p := range places {
		r.holds(p.ID())
		if p, ok := p.(reader.ProfilePlace); ok {
			talks = append(talks, reader.PinnedList(p.Author))
		}
	}
	if r.t.Total == 0 {
		size, err := r.Estimate(ctx, r.t.Wish)
		if err != nil {
			return nil, nil, err
		}
		r.t.Total = max(1, size.Listed) * r.steps()
	}
	d := reader.Depth{Posts: r.t.Choice.Posts}
	if r.t.Days > 0 {
		d.From = r.Clock.Now().AddDate(0, 0, -r.t.Days)
	}
	var taken reader.Taken
	for try := 1; ; try++ {
		var told error
		taken, err = r.Reader.Take(ctx, places, d, func(n int) { told = errors.Join(told, r.step(ctx, n)) })
		if err = errors.Join(err, told); err != nil {
			return nil, nil, err
		}
		again := false
		for _, e := range taken.Failed {
			if again, err = r.waits(ctx, e, try); again || err != nil {
				break
			}
		}
		if err != nil {
			return nil, nil, err
		}
		if !again {
			break
		}
	}
	for id, e := range taken.Failed {
		r.failed(string(id), e)
	}
	for _, e := range taken.Entries {
		keys = append(keys, e.Key)
	}
	r.from = taken.From
	r.t.Total = max(1, len(keys)) * r.steps()
	return keys, talks, r.step(ctx, len(keys))
}

// places are those of the wish.
func (r *run) places(ctx context.Context) ([]reader.Place, error) { return r.placesOf(ctx, r.t.Wish) }

func (k *Taker) placesOf(ctx context.Context, w Wish) ([]reader.Place, error) {
	if w.Home {
		return k.Home(ctx, w.List)
	}
	return k.Reader.Places(ctx, w.Places)
}

// media keeps the files of posts.
func (r *run) media(ctx context.Context, keys []feeds.Key) error {
	r.t.Phase = ReadsMedia
	if r.t.Anew {
		ctx = feeds.Anew(ctx)
	}
	files := make(chan File)
	fetching, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var wg sync.WaitGroup
	for range filesAtOnce {
		wg.Go(func() {
			for f := range files {
				if err := r.file(fetching, f); err != nil {
					stop(err)
				}
			}
		})
	}
	err := r.eachFile(fetching, keys, func(f File) {
		select {
		case files <- f:
		case <-fetching.Done():
		}
	})
	close(files)
	wg.Wait()
	if cause := context.Cause(fetching); cause != nil {
		return cause
	}
	return err
}

// eachFile visits the files of posts, each once, and counts the posts.
func (r *run) eachFile(ctx context.Context, keys []feeds.Key, visit func(File)) error {
	seen, counted := map[string]bool{}, map[feeds.Key]bool{}
	before := (r.steps() - 1) * max(1, r.t.Total/r.steps())
	r.text, r.posts = 0, 0
	for at := 0; at < len(keys); at += postsAtOnce {
		some := keys[at:min(len(keys), at+postsAtOnce)]
		posts, err := r.Store.Posts(ctx, some)
		if err != nil {
			return err
		}
		for _, key := range some {
			p := posts[key]
			if p == nil || counted[key] {
				continue
			}
			counted[key] = true
			text, _ := jsontext.Marshal(p)
			r.text, r.posts = r.text+int64(len(text)), r.posts+1
			for _, f := range Files(p, r.t.Choice) {
				if !seen[f.URL] {
					seen[f.URL] = true
					visit(f)
				}
			}
		}
		share := r.t.Total - before
		if err := r.step(ctx, before+share*(at+len(some))/len(keys)); err != nil {
			return err
		}
	}
	return nil
}

// file keeps one file. Its error ends the run.
func (r *run) file(ctx context.Context, f File) error {
	for try := 1; ; try++ {
		kept, err := r.Media.Keep(ctx, ownerOf(r.t.Fragment, r.t.Run), f.MediaFile, f.most)
		switch {
		case err == nil:
			r.mu.Lock()
			defer r.mu.Unlock()
			r.sizes.learn(f.class, hostOf(f.URL), kept.Bytes)
			return nil
		case ctx.Err() != nil:
			return ctx.Err()
		case feeds.KindOf(err) == feeds.Storage:
			return err
		}
		again, end := r.waits(ctx, err, try)
		if end != nil {
			return end
		}
		if !again {
			r.failed(f.URL, err)
			return nil
		}
	}
}
