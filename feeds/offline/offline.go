// Package offline takes lists and conversations offline: what a reader chose is read as far back as they want, with its media, and stays there
// for as long as they want it. The choice and what came of it are records, so that a program that ends in the middle of it leaves nothing
// half, and the next one goes on.
package offline

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/jsontext"
	"vitrine/feeds/reader"
)

// Pictures says which pictures are kept.
type Pictures string

// The pictures of a choice: none, as lists show them, and as large as they are.
const (
	NoPictures Pictures = "none"
	Small      Pictures = "small"
	Full       Pictures = "full"
)

// Choice is what a reader wants of a list.
type Choice struct {
	Days     int      `json:"days,omitempty"`  // how far back; 0 where Posts says it
	Posts    int      `json:"posts,omitempty"` // how many posts; 0 where Days says it
	Threads  bool     `json:"threads,omitempty"`
	Pictures Pictures `json:"pictures"`
	Film     int64    `json:"film,omitempty"` // bytes that a film or sound may have; 0 for none of them
	Stay     bool     `json:"stay,omitempty"` // it is read on with each visit
	Old      bool     `json:"old,omitempty"`  // the media of posts that are older than the choice reaches stay then
}

// Usual is the choice that is offered.
func Usual() Choice { return Choice{Days: 7, Threads: true, Pictures: Small} }

// Wish is something to take offline. One of Places, Home and Post says what.
type Wish struct {
	Fragment string   `json:"fragment"` // opens its view
	Name     string   `json:"name"`     // plain text
	Places   []string `json:"places,omitempty"`
	Home     bool     `json:"home,omitempty"` // what is followed in List
	List     string   `json:"list,omitempty"`
	Host     string   `json:"host,omitempty"` // of the conversation around a post
	ID       string   `json:"id,omitempty"`
	Choice   `json:"choice"`
	Paused   bool `json:"paused,omitempty"`
	Anew     bool `json:"anew,omitempty"` // hosts that let no page read their files are asked again
}

// Job is the job that fulfils the wish.
func (w Wish) Job() feeds.Job { return feeds.Job{Kind: feeds.JobOffline, Subject: w.Fragment} }

// State is how far a wish was fulfilled.
type State struct {
	Phase    Phase              `json:"phase,omitempty"`
	Done     int                `json:"done,omitempty"` // steps
	Total    int                `json:"total,omitempty"`
	Began    time.Time          `json:"began,omitzero"`
	Until    time.Time          `json:"until,omitzero"` // when what is kept was read; zero while it never was
	From     time.Time          `json:"from,omitzero"`  // down to where it reaches
	Posts    int                `json:"posts,omitempty"`
	Threads  int                `json:"threads,omitempty"`
	Text     int64              `json:"text,omitempty"` // bytes of posts
	Files    int                `json:"files,omitempty"`
	Media    int64              `json:"media,omitempty"` // bytes
	Failures []Failure          `json:"failures,omitempty"`
	More     int                `json:"more,omitempty"`   // failures beyond those
	Closed   map[string]int     `json:"closed,omitempty"` // files by the hosts that let no page read them
	Lists    []feeds.TimelineID `json:"lists,omitempty"`  // what sweeps leave alone, but for Conversations
	Waits    feeds.Kind         `json:"waits,omitempty"`  // what it waits for, or why it is paused; "" for nothing
	RetryAt  time.Time          `json:"retry,omitzero"`
	Run      int                `json:"run,omitempty"`   // how often it was begun: names the owner of the media
	Whole    int                `json:"whole,omitempty"` // the last Run that came to its end: what is told here is of that
	As       Choice             `json:"as,omitzero"`     // its choice
}

// Phase is what is being done.
type Phase string

// The phases, in their order. Over is the last; it is "" before the first.
const (
	ReadsPosts   Phase = "posts"
	ReadsThreads Phase = "threads"
	ReadsMedia   Phase = "media"
	Over         Phase = "over"
)

// Bytes is what it weighs.
func (s State) Bytes() int64 { return s.Text + s.Media }

// Failure is what could not be had.
type Failure struct {
	URL  string     `json:"url"` // of a file or the view of a post; the id of a list
	Kind feeds.Kind `json:"kind"`
}

// mostFailures is how many failures are named.
const mostFailures = 100

// Taken is a wish with what came of it.
type Taken struct {
	Wish
	State
}

// Records are what is taken offline. The zero value can't be used.
type Records struct{ records feeds.Records }

// NewRecords returns what is written down in records.
func NewRecords(r feeds.Records) Records { return Records{r} }

// prefix begins the keys. What follows is the escaped fragment, and after a "/" what stands there.
const prefix = "offline/"

const (
	wishKey  = "/wish"
	stateKey = "/state"
	talkKey  = "/talks" // []feeds.TimelineID: its conversations
)

// learnedKey holds what files weigh.
const learnedKey = "offline-sizes"

func keyOf(fragment, what string) string { return prefix + url.QueryEscape(fragment) + what }

func value[T any](v T) []byte {
	text, err := jsontext.Marshal(v)
	if err != nil {
		return nil
	}
	return text
}

func parse[T any](text []byte) (v T, ok bool) {
	return v, text != nil && jsontext.Unmarshal(text, &v) == nil
}

// All returns what is taken, in the order of the fragments.
func (r Records) All(ctx context.Context) ([]Taken, error) {
	from, to := feeds.KeyRange(prefix)
	pairs, err := r.records.Range(ctx, from, to, 0)
	if err != nil {
		return nil, err
	}
	var all []Taken
	states := map[string]State{}
	for _, p := range pairs {
		switch {
		case strings.HasSuffix(p.Key, stateKey):
			states[strings.TrimSuffix(p.Key, stateKey)], _ = parse[State](p.Value)
		case strings.HasSuffix(p.Key, wishKey):
			if w, ok := parse[Wish](p.Value); ok {
				all = append(all, Taken{Wish: w})
			}
		}
	}
	for i := range all {
		all[i].State = states[keyOf(all[i].Fragment, "")]
	}
	return all, nil
}

// Get returns what is taken of a view; false for nothing.
func (r Records) Get(ctx context.Context, fragment string) (Taken, bool, error) {
	values, err := r.records.Values(ctx, []string{keyOf(fragment, wishKey), keyOf(fragment, stateKey)})
	if err != nil {
		return Taken{}, false, err
	}
	w, ok := parse[Wish](values[0])
	s, _ := parse[State](values[1])
	return Taken{w, s}, ok, nil
}

// Put writes a wish down.
func (r Records) Put(ctx context.Context, w Wish) error {
	return r.records.Change(ctx, feeds.Pair{Key: keyOf(w.Fragment, wishKey), Value: value(w)})
}

// PutTaken writes down a wish with what came of it.
func (r Records) PutTaken(ctx context.Context, t Taken) error {
	return r.records.Change(ctx, feeds.Pair{Key: keyOf(t.Fragment, wishKey), Value: value(t.Wish)}, feeds.Pair{Key: keyOf(t.Fragment, stateKey), Value: value(t.State)})
}

func (r Records) putState(ctx context.Context, fragment string, s State) error {
	return r.records.Change(ctx, feeds.Pair{Key: keyOf(fragment, stateKey), Value: value(s)})
}

// Remove forgets a wish. Its media are let go of; its posts stay for as long as those of other lists.
func (r Records) Remove(ctx context.Context, media feeds.MediaStore, t Taken) error {
	from, to := feeds.KeyRange(keyOf(t.Fragment, "/"))
	if err := r.records.Clear(ctx, from, to); err != nil {
		return err
	}
	return release(ctx, media, t.Fragment, none)
}

// ownerOf names who wants the media of a wish, of one run of it.
func ownerOf(fragment string, run int) string { return owners + fragment + " " + strconv.Itoa(run) }

// none is no run: that of Look is 0.
const none = -1

// owners begins the names of those who want media that are taken offline.
const owners = "offline "

// FragmentOf is the view for which an owner of media wants them; "" for others.
func FragmentOf(owner string) string {
	rest, ok := strings.CutPrefix(owner, owners)
	if i := strings.LastIndexByte(rest, ' '); ok && i > 0 {
		return rest[:i]
	}
	return ""
}

// release lets go of the media of all runs of a wish but one.
func release(ctx context.Context, media feeds.MediaStore, fragment string, but int) error {
	owned, err := media.Owned(ctx)
	if err != nil {
		return err
	}
	for owner := range owned {
		if FragmentOf(owner) == fragment && owner != ownerOf(fragment, but) {
			if err := media.Release(ctx, owner); err != nil {
				return err
			}
		}
	}
	return nil
}

// Spare adds to a sweep what it has to leave alone: what is taken goes by its own rule.
func (r Records) Spare(ctx context.Context, o feeds.SweepOptions) (feeds.SweepOptions, error) {
	all, err := r.All(ctx)
	if err != nil {
		return o, err
	}
	o.Cut = map[feeds.TimelineID]time.Time{}
	for _, t := range all {
		talks, err := r.talksOf(ctx, t.Fragment)
		if err != nil {
			return o, err
		}
		o.Keep = slices.Concat(o.Keep, t.Lists, talks)
		if o.Budget > 0 {
			o.Budget += t.Text
		}
		for _, id := range t.Lists {
			if from := t.bottom(); !from.IsZero() {
				o.Cut[id] = from
			}
		}
	}
	for _, t := range all { // a list of several goes as far back as the one that goes furthest
		for _, id := range t.Lists {
			if from := t.bottom(); from.Before(o.Cut[id]) {
				o.Cut[id] = from
			}
		}
	}
	return o, nil
}

// talksOf are the conversations of a wish.
func (r Records) talksOf(ctx context.Context, fragment string) ([]feeds.TimelineID, error) {
	values, err := r.records.Values(ctx, []string{keyOf(fragment, talkKey)})
	if err != nil {
		return nil, err
	}
	talks, _ := parse[[]feeds.TimelineID](values[0])
	return talks, nil
}

// bottom is the time before which posts of its lists may go; zero for never.
func (t Taken) bottom() time.Time {
	if !t.Stay || t.Old || t.Phase != Over || t.ID != "" {
		return time.Time{}
	}
	return t.From
}

// Gone reports that a browser has cleared what was taken: nothing is stored of any list that held posts.
func (k *Taker) Gone(ctx context.Context, t Taken) (bool, error) {
	if t.Until.IsZero() || t.State.Posts == 0 {
		return false, nil
	}
	for _, id := range t.Lists {
		tl, err := k.Store.Timeline(ctx, id, feeds.Window{Limit: 1})
		if err != nil || tl != nil && len(tl.Entries) > 0 {
			return false, err
		}
	}
	return true, nil
}

// Cancel ends reading what was taken before: that stays as it was, with its choice.
func (r Records) Cancel(ctx context.Context, media feeds.MediaStore, fragment string) error {
	t, ok, err := r.Get(ctx, fragment)
	if err != nil || !ok {
		return err
	}
	t.Phase, t.Waits, t.Paused, t.Anew = Over, "", false, false
	if t.Whole > 0 {
		t.Choice, t.Run = t.As, t.Whole
	}
	if err := r.PutTaken(ctx, t); err != nil || t.Whole == 0 {
		return err
	}
	return release(ctx, media, fragment, t.Run)
}

// Tidy lets go of media of what is taken no longer: a file may have come after that was written down.
func (k *Taker) Tidy(ctx context.Context) error {
	owned, err := k.Media.Owned(ctx)
	if err != nil {
		return err
	}
	for owner := range owned {
		fragment := FragmentOf(owner)
		if fragment == "" {
			continue
		}
		if _, ok, err := k.Get(ctx, fragment); err != nil || ok {
			continue
		}
		if err := k.Media.Release(ctx, owner); err != nil {
			return err
		}
	}
	return nil
}

// Touch notes that the people and servers of what is taken are still wanted: a sweep takes those first that weren't seen for longest.
func (k *Taker) Touch(ctx context.Context) {
	all, err := k.All(ctx)
	if err != nil {
		return
	}
	for _, t := range all {
		places, err := k.placesOf(ctx, t.Wish)
		if err != nil {
			continue
		}
		for _, p := range places {
			if p, ok := p.(reader.ProfilePlace); ok {
				if a, err := k.Store.Author(ctx, p.Author.Host, p.Author.Handle()); err == nil && a != nil {
					_ = k.Store.SaveAuthor(ctx, a) // a sweep without it is no harm to posts
				}
			}
			if i, err := k.Store.Instance(ctx, p.Server()); err == nil && i != nil {
				_ = k.Store.SaveInstance(ctx, i)
			}
		}
	}
}
