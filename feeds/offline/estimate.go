package offline

import (
	"context"
	"math"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/jsontext"
	"vitrine/feeds/reader"
)

// Size is what something will weigh, as far as that can be told before.
type Size struct {
	Posts  int
	Text   int64    // bytes of posts
	Media  int64    // bytes of files
	Known  bool     // there are stored posts to tell it from
	Closed []string // hosts of its media that let no page read their files
}

// Bytes is all of it.
func (s Size) Bytes() int64 { return s.Text + s.Media }

const (
	sampled     = 60      // posts of a list that are looked at
	usualPost   = 3 << 10 // bytes of a post while nothing is known
	usualDaily  = 10.0    // posts a day while nothing is known
	mostReplies = 40      // of a post that are counted: a conversation is rarely read to its end
)

// mean is what files of a class weigh together, and how many there were.
type mean struct {
	Files int   `json:"n"`
	Bytes int64 `json:"b"`
}

// sizes are what files weighed, by class.
type sizes map[class]mean

// learn counts a file. Half of what was learned is forgotten now and then, so that what is new counts more.
func (s sizes) learn(k class, bytes int64) {
	m := s[k]
	if m.Files >= 2000 {
		m = mean{m.Files / 2, m.Bytes / 2}
	}
	s[k] = mean{m.Files + 1, m.Bytes + bytes}
}

func (s sizes) of(k class) int64 {
	if m := s[k]; m.Files > 4 {
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
	if s == nil {
		s = sizes{}
	}
	return s, nil
}

// Estimate tells what a wish will weigh, from what is stored of its lists and what their files weighed so far.
func (k *Taker) Estimate(ctx context.Context, w Wish) (Size, error) {
	learned, err := k.sizes(ctx)
	if err != nil {
		return Size{}, err
	}
	var s Size
	var sample []*feeds.Post
	if w.ID != "" {
		if sample, s.Posts, err = k.conversationSample(ctx, w); err != nil {
			return s, err
		}
		w.Threads = false
	} else if sample, s.Posts, err = k.listSample(ctx, w); err != nil {
		return s, err
	}
	s.Known = len(sample) > 0
	if !s.Known {
		s.Text = int64(s.Posts) * usualPost
		if w.Pictures != NoPictures {
			s.Media = int64(s.Posts) * learned.of(small) / 2
		}
		return s, nil
	}
	var text, replies float64
	for _, p := range sample {
		data, _ := jsontext.Marshal(p)
		text += float64(len(data))
		replies += float64(min(max(p.Counts.Replies, 0), mostReplies))
	}
	n := float64(len(sample))
	text, replies = text/n, replies/n
	all := float64(s.Posts)
	if w.Threads {
		all *= 1 + replies
	}
	s.Text = int64(all * text)
	media, err := k.media(ctx, w, sample, learned, all, &s)
	s.Media = int64(media)
	return s, err
}

// media is what the files of so many posts weigh, as those of a sample do. Faces and emoji come again and again.
func (k *Taker) media(ctx context.Context, w Wish, sample []*feeds.Post, learned sizes, all float64, s *Size) (float64, error) {
	shut, err := k.Media.Closed(ctx)
	if err != nil {
		return 0, err
	}
	var files []File
	var urls []string
	seen, closed := map[string]bool{}, map[string]bool{}
	for _, p := range sample {
		for _, f := range Files(p, w.Choice) {
			if h := hostOf(f.URL); shut[h] {
				if !closed[h] {
					closed[h] = true
					s.Closed = append(s.Closed, h)
				}
				continue
			}
			if !seen[f.URL] {
				seen[f.URL] = true
				files, urls = append(files, f), append(urls, f.URL)
			}
		}
	}
	kept, err := k.Media.Kept(ctx, urls)
	if err != nil {
		return 0, err
	}
	ratio := all / float64(len(sample))
	again := ratio
	if ratio > 1 {
		again = math.Sqrt(ratio)
	}
	var sum float64
	for _, f := range files {
		bytes := f.bytes
		if have, ok := kept[f.URL]; ok {
			bytes = have.Bytes
		}
		if bytes == 0 {
			bytes = min(learned.of(f.class), f.most)
		}
		if bytes > f.most {
			continue
		}
		if f.class == avatar || f.class == emoji {
			sum += float64(bytes) * again
		} else {
			sum += float64(bytes) * ratio
		}
	}
	return sum, nil
}

// listSample returns stored posts of the lists of a wish, and how many it will be.
func (k *Taker) listSample(ctx context.Context, w Wish) (sample []*feeds.Post, posts int, err error) {
	places, err := k.placesOf(ctx, w)
	if err != nil {
		return nil, 0, err
	}
	now := k.Clock.Now()
	from := now.AddDate(0, 0, -w.Days)
	expected := 0.0
	var keys []feeds.Key
	for _, p := range places {
		tl, err := k.Store.Timeline(ctx, p.ID(), feeds.Window{Limit: sampled})
		if err != nil {
			return nil, 0, err
		}
		if tl == nil || len(tl.Entries) == 0 {
			expected += usualDaily * float64(w.Days)
			continue
		}
		entries := tl.Entries
		if len(keys) < 2*sampled {
			for _, e := range entries[:min(len(entries), max(10, sampled/len(places)))] {
				keys = append(keys, e.Key)
			}
		}
		expected += perSpan(tl, from, now)
	}
	found, err := k.Store.Posts(ctx, keys)
	if err != nil {
		return nil, 0, err
	}
	for _, key := range keys {
		if p := found[key]; p != nil {
			sample = append(sample, p)
		}
	}
	if w.Choice.Posts > 0 {
		return sample, w.Choice.Posts, nil
	}
	return sample, int(math.Ceil(expected)), nil
}

// perSpan is how many posts a list has since a time, by how many it had since its oldest that are known.
func perSpan(tl *feeds.Timeline, from, now time.Time) float64 {
	oldest := tl.Entries[len(tl.Entries)-1].At
	within := 0
	for _, e := range tl.Entries {
		if e.At.After(from) {
			within++
		}
	}
	if within < len(tl.Entries) || tl.Complete() && !tl.More {
		return float64(within)
	}
	known := max(now.Sub(oldest), time.Hour)
	return float64(len(tl.Entries)) * float64(now.Sub(from)) / float64(known)
}

// conversationSample returns the stored posts of a conversation, and how many it will be.
func (k *Taker) conversationSample(ctx context.Context, w Wish) ([]*feeds.Post, int, error) {
	p, err := k.Store.PostAt(ctx, w.Host, w.ID)
	if err != nil || p == nil {
		return nil, 20, err
	}
	posts, _, err := k.Store.List(ctx, reader.ThreadList(w.Host, w.ID))
	if err != nil || len(posts) == 0 {
		return []*feeds.Post{p}, 1 + max(0, p.Counts.Replies), err
	}
	return posts, len(posts), nil
}
