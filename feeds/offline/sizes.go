package offline

import (
	"context"
	"errors"

	"vitrine/feeds"
	"vitrine/feeds/reader"
)

// mean is what files of a class weigh together, and how many there were.
type mean struct {
	Files int   `json:"n"`
	Bytes int64 `json:"b"`
}

// sizes are what files weighed, by class, and by class and host.
type sizes map[string]mean

const (
	// mostLearned is how many of them are remembered, enough that a mean is believed, and ofHost enough for one of a host.
	mostLearned, enough, ofHost = 400, 4, 1
	// asked is how many files of a class and a host are asked for before, mostAsked how many in all, and mostAskedBytes how large each may be: one that its server
	// says is larger isn't read.
	asked, mostAsked, mostAskedBytes = 2, 12, 1 << 20
)

func at(k class, host string) string { return string(k) + " " + host }

// learn counts a file. Half of what was learned is forgotten now and then, so that what is new counts more.
func (s sizes) learn(k class, host string, bytes int64) {
	for _, name := range []string{string(k), at(k, host)} {
		m, known := s[name]
		if !known && len(s) >= mostLearned {
			continue
		}
		if m.Files >= 2000 {
			m = mean{m.Files / 2, m.Bytes / 2}
		}
		s[name] = mean{m.Files + 1, m.Bytes + bytes}
	}
}

// of is what a file of a class weighs at a host: as others there did, else as others elsewhere.
func (s sizes) of(k class, host string) int64 {
	if m := s[at(k, host)]; m.Files >= ofHost {
		return m.Bytes / int64(m.Files)
	}
	if m := s[string(k)]; m.Files >= enough {
		return m.Bytes / int64(m.Files)
	}
	return usual[k]
}

func (k *Taker) sizes(ctx context.Context) (sizes, error) {
	values, err := k.records.Values(ctx, []string{learnedKey})
	if err != nil {
		return nil, err
	}
	s, _ := parse[sizes](values[0])
	if s == nil || len(s) >= mostLearned {
		s = sizes{}
	}
	return s, nil
}

// Look asks for some files of a wish that are of hosts and kinds of which nobody knows what they weigh, and whether a page may read them, and reports that it learned
// something. They are kept until the wish is fulfilled, or Tidy finds that it is no wish.
func (k *Taker) Look(ctx context.Context, w Wish) (learned bool, err error) {
	s, err := k.sizes(ctx)
	if err != nil {
		return false, err
	}
	if learned, err = k.lookBack(ctx, w); err != nil {
		return learned, err
	}
	posts, _, err := k.sample(ctx, &w, &Size{})
	if err != nil {
		return learned, err
	}
	shut, err := k.Media.Closed(ctx)
	if err != nil {
		return learned, err
	}
	all, times, seen := 0, map[string]int{}, map[string]bool{}
	for _, p := range posts {
		for _, f := range Files(p, w.Choice) {
			host := hostOf(f.URL)
			name := at(f.class, host)
			if f.bytes > 0 || shut[host] || s[name].Files >= ofHost && times[name] == 0 || times[name] == asked || all == mostAsked || seen[f.URL] {
				continue
			}
			seen[f.URL] = true
			times[name]++
			all++
			kept, err := k.Media.Keep(ctx, ownerOf(w.Fragment, 0), f.MediaFile, min(f.most, mostAskedBytes))
			switch kind := feeds.KindOf(err); {
			case err == nil:
				s.learn(f.class, host, kept.Bytes)
				learned = true
			case kind == feeds.Storage: // what is taken needs the room
				return learned, errors.Join(err, k.Overlook(ctx, w.Fragment))
			case kind == feeds.Offline, ctx.Err() != nil:
				return learned, err
			case errors.Is(err, feeds.ErrClosed):
				shut[host], learned = true, true
			}
		}
	}
	if all > 0 {
		err = k.records.Change(ctx, feeds.Pair{Key: learnedKey, Value: value(s)})
	}
	return learned, err
}

// fewLists is how many lists are read on to learn how often they have posts, onward by how many posts; short is how much more of a list is wanted than is known
// where its size is a range.
const fewLists, onward, short = 3, 40, 3

// lookBack reads a few lists one page further where what is stored of them reaches less far than what is wanted: the newest posts alone say little of how many there
// are. It is what taking them reads too.
func (k *Taker) lookBack(ctx context.Context, w Wish) (read bool, err error) {
	if w.ID != "" || w.Days == 0 {
		return false, nil
	}
	places, err := k.placesOf(ctx, w)
	if err != nil || len(places) > fewLists {
		return false, err
	}
	now := k.Clock.Now()
	known, wanting := 0, false
	for _, p := range places {
		tl, err := k.Store.Timeline(ctx, p.ID(), feeds.Window{Limit: counted})
		if err != nil {
			return false, err
		}
		if tl == nil || len(tl.Entries) == 0 {
			continue
		}
		n := len(tl.Entries)
		known += n
		wanting = wanting || n <= onward && !tl.Complete() && tl.Entries[n-1].At.After(now.AddDate(0, 0, -w.Days))
	}
	if !wanting {
		return false, nil
	}
	_, err = k.Reader.Take(ctx, places, reader.Depth{Posts: known + onward}, func(int) {})
	return true, err
}

// Overlook lets go of what Look kept for a wish that isn't taken.
func (k *Taker) Overlook(ctx context.Context, fragment string) error {
	return k.Media.Release(ctx, ownerOf(fragment, 0))
}
