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
	Posts  int      // with those of conversations
	Listed int      // of the lists alone
	Text   int64    // bytes of posts
	Media  int64    // bytes of files
	Most   int64    // bytes that it may be, where what is known lets expect anything from Bytes to this; else 0
	Known  bool     // there are stored posts to tell it from
	Closed []string // hosts of its media that let no page read their files
}

// Bytes is all of it.
func (s Size) Bytes() int64 { return s.Text + s.Media }

const (
	sampled    = 60      // posts that are looked at
	counted    = 400     // of a list that are counted, the newest
	usualPost  = 3 << 10 // bytes of a post while nothing is known
	usualDaily = 10.0    // posts a day while nothing is known
	// trusted is how long posts must have been seen before they say more of how often there are some than what is usual.
	trusted     = 14 * 24 * time.Hour
	mostReplies = 60 // of a conversation that are counted: Mastodon shows guests no more
	// nested is how many posts a conversation has for each direct reply, which is what is counted with a post.
	nested = 2
	// voices is how many new faces each reply brings, and pictured how many pictures.
	voices, pictured = 0.4, 0.08
)

// Estimate tells what a wish will weigh, from what is stored of its lists and what their files weighed so far.
func (k *Taker) Estimate(ctx context.Context, w Wish) (s Size, err error) {
	learned, err := k.sizes(ctx)
	if err != nil {
		return s, err
	}
	sample, most, err := k.sample(ctx, &w, &s)
	if err != nil {
		return s, err
	}
	defer func() {
		if most > s.Listed {
			s.Most = int64(float64(s.Bytes()) * float64(most) / float64(s.Listed))
		}
	}()
	s.Posts = s.Listed
	s.Known = len(sample) > 0
	if !s.Known {
		s.Text = int64(s.Posts) * usualPost
		if w.Pictures != NoPictures {
			s.Media = int64(s.Posts) * learned.of(small, "") / 2
		}
		return s, nil
	}
	var text, replies float64
	seen := map[feeds.Key]bool{}
	answers := map[feeds.Key]int{} // how many of its replies are in the sample
	for _, p := range sample {
		for _, name := range namesOf(p) {
			seen[name] = true
		}
		if p.ReplyTo != nil {
			answers[parentOf(p)]++
		}
	}
	for _, p := range sample {
		data, _ := jsontext.Marshal(p)
		text += float64(len(data))
		if w.Threads {
			known := 0
			for _, name := range namesOf(p) {
				known += answers[name]
			}
			n, err := k.replies(ctx, p, w.Choice, seen, known)
			if err != nil {
				return s, err
			}
			replies += float64(n)
		}
	}
	ratio := float64(s.Listed) / float64(len(sample))
	replies *= ratio
	s.Posts += int(replies)
	s.Text = int64(float64(s.Posts) * text / float64(len(sample)))
	media, err := k.media(ctx, w, sample, learned, ratio, &s)
	if w.Pictures != NoPictures {
		each := map[class]int64{}
		for _, p := range sample[:min(len(sample), 10)] {
			for _, f := range Files(p, w.Choice) {
				each[f.class] = learned.of(f.class, hostOf(f.URL))
			}
		}
		media += replies * (voices*float64(each[avatar]) + pictured*float64(each[small]))
	}
	s.Media = int64(media)
	return s, err
}

// sample returns stored posts of a wish, and says how many it will be, and may be. Of a conversation nothing further is read.
func (k *Taker) sample(ctx context.Context, w *Wish, s *Size) (sample []*feeds.Post, most int, err error) {
	if w.ID == "" {
		sample, s.Listed, most, err = k.listSample(ctx, *w)
		return sample, most, err
	}
	w.Threads = false
	sample, s.Listed, err = k.conversationSample(ctx, *w)
	return sample, s.Listed, err
}

// namesOf are what others call a post that they answer: its key, and its ids at servers.
func namesOf(p *feeds.Post) []feeds.Key {
	names := []feeds.Key{p.Key}
	for _, s := range p.Sightings {
		names = append(names, idAt(s.Host, s.ID))
	}
	return names
}

// parentOf is what a reply calls what it answers.
func parentOf(p *feeds.Post) feeds.Key {
	if p.ReplyTo.Key != "" || len(p.Sightings) == 0 {
		return p.ReplyTo.Key
	}
	return idAt(p.Sightings[0].Host, p.ReplyTo.ID)
}

// idAt is an id at a server: no key has a space.
func idAt(host, id string) feeds.Key { return feeds.Key(host + " " + id) }

// replies is how many posts the conversation of a post has beside those that were seen: those that are stored, or what its count of replies, of which some are
// known, lets expect.
func (k *Taker) replies(ctx context.Context, p *feeds.Post, c Choice, seen map[feeds.Key]bool, known int) (n int, err error) {
	host, id, ok := talkOf(p, c)
	if !ok {
		return 0, nil
	}
	posts, _, err := k.Store.List(ctx, reader.ThreadList(host, id))
	if len(posts) > 1 || err != nil {
		for _, q := range posts {
			if !seen[q.Key] {
				seen[q.Key] = true
				n++
			}
		}
		return n, err
	}
	if p.ReplyTo != nil {
		if seen[parentOf(p)] {
			return 0, nil // it is counted with that
		}
		n = 1
	}
	rest := max(p.Counts.Replies-known, 0)
	if !p.Counts.AllBelow {
		rest *= nested
	}
	return n + min(rest, mostReplies), nil
}

// media is what the files of ratio times as many posts weigh as a sample has. Faces and emoji come again and again.
func (k *Taker) media(ctx context.Context, w Wish, sample []*feeds.Post, learned sizes, ratio float64, s *Size) (float64, error) {
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
			bytes = min(learned.of(f.class, hostOf(f.URL)), f.most)
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

// listSample returns stored posts of the lists of a wish, and how many it will be, and may be.
func (k *Taker) listSample(ctx context.Context, w Wish) (sample []*feeds.Post, posts, most int, err error) {
	places, err := k.placesOf(ctx, w)
	if err != nil {
		return nil, 0, 0, err
	}
	now := k.Clock.Now()
	from := now.AddDate(0, 0, -w.Days)
	var expected, atMost float64
	held, whole := 0, true // posts of all lists; whether these are all that there are
	var keys []feeds.Key
	for _, p := range places {
		tl, err := k.Store.Timeline(ctx, p.ID(), feeds.Window{Limit: counted})
		if err != nil {
			return nil, 0, 0, err
		}
		all, daily := k.saidOf(ctx, p, now)
		if tl != nil {
			held += len(tl.Entries)
		}
		if tl == nil || !tl.Complete() || tl.More {
			whole = false
		}
		if tl == nil || len(tl.Entries) == 0 {
			if daily == 0 {
				daily = usualDaily
			}
			expected, atMost = expected+daily*float64(w.Days), atMost+daily*float64(w.Days)
			continue
		}
		entries := tl.Entries
		if n := within(entries, from); w.Days > 0 && n > 0 {
			entries = entries[:n]
		}
		if len(keys) < 2*sampled {
			n := min(len(entries), max(10, sampled/len(places)))
			for i := range n { // of all of them: the newest may be of another kind
				keys = append(keys, entries[i*len(entries)/n].Key)
			}
		}
		posts, most := perSpan(tl, from, now, daily)
		if all > 0 {
			limit := max(float64(all), float64(len(tl.Entries)))
			posts, most = min(posts, limit), min(most, limit)
		}
		expected, atMost = expected+posts, atMost+most
	}
	found, err := k.Store.Posts(ctx, keys)
	if err != nil {
		return nil, 0, 0, err
	}
	for _, key := range keys {
		if p := found[key]; p != nil {
			sample = append(sample, p)
		}
	}
	if posts := w.Choice.Posts; posts > 0 {
		if whole {
			posts = min(posts, held)
		}
		return sample, posts, posts, nil
	}
	return sample, int(math.Ceil(expected)), int(math.Ceil(atMost)), nil
}

// saidOf is how many posts a list has at all, and how many a day since it is there, as far as its server says; 0 where it doesn't.
func (k *Taker) saidOf(ctx context.Context, p reader.Place, now time.Time) (all int, daily float64) {
	switch p := p.(type) {
	case reader.ProfilePlace:
		if a, err := k.Store.Author(ctx, p.Author.Host, p.Author.Handle()); err == nil && a != nil {
			if days := now.Sub(a.Joined).Hours() / 24; !a.Joined.IsZero() && days > 1 {
				daily = max(float64(a.Counts.Posts)/days, 0)
			}
			return a.Counts.Posts, daily
		}
	case reader.ServerPlace:
		if i, err := k.Store.Instance(ctx, p.Server()); err == nil && i != nil && p.Scope == feeds.Local {
			return i.Posts, 0
		}
	}
	return 0, 0
}

// within is how many of some entries, the newest first, are of a time or later.
func within(entries []feeds.Entry, from time.Time) int {
	n := 0
	for n < len(entries) && entries[n].At.After(from) {
		n++
	}
	return n
}

// perSpan is how many posts a list has since a time, and may have: those that are known, and before them as many a day as there were so far. Posts often come
// close together: where those of the older half came less often, that tells it. What was seen for a short while only says the less the shorter that is, beside how
// many a day there were in all the years (0 where that isn't known: then it is anything between that and what is usual).
func perSpan(tl *feeds.Timeline, from, now time.Time, daily float64) (posts, most float64) {
	all := tl.Entries
	n := within(all, from)
	if n < len(all) || tl.Complete() && !tl.More {
		return float64(n), float64(n)
	}
	oldest := all[n-1].At
	rate := func(posts int, since time.Time) float64 {
		return float64(posts) / float64(max(since.Sub(oldest), time.Hour))
	}
	often := rate(n, now)
	if half := n / 2; half >= 4 {
		often = min(often, rate(half, all[n-1-half].At))
	}
	seen, rest := max(now.Sub(oldest), 0), float64(max(oldest.Sub(from), 0))
	beside := func(daily float64) float64 {
		return (often*float64(seen) + daily*float64(trusted)/float64(24*time.Hour)) / float64(seen+trusted)
	}
	if daily > 0 {
		often = beside(daily)
	}
	most = float64(n) + often*rest
	if seen*short >= now.Sub(from) || daily > 0 {
		return most, most
	}
	return min(float64(n)+beside(usualDaily)*rest, most), most
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
