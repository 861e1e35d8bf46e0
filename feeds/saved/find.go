package saved

import (
	"bytes"
	"cmp"
	"context"
	"net/url"
	"slices"
	"strings"

	"vitrine/feeds"
	"vitrine/feeds/follows"
	"vitrine/feeds/jsontext"
)

// Tag is a tag of the reader's, and how many posts have it.
type Tag struct {
	Name  string
	Posts int
}

// Tags returns the reader's tags, those of most posts first. Those that differ in the case of letters or in accents are one. It reads keys alone.
func (b *Book) Tags(ctx context.Context) ([]Tag, error) {
	keys, err := b.tagKeys(ctx)
	if err != nil {
		return nil, err
	}
	at := map[string]*Tag{}
	var order []*Tag // by pointers, which share one function that sorts
	for _, k := range keys {
		tag := at[k.folded]
		if tag == nil {
			tag = &Tag{Name: k.tag}
			at[k.folded] = tag
			order = append(order, tag)
		}
		tag.Posts++
	}
	slices.SortStableFunc(order, func(x, y *Tag) int {
		return cmp.Or(y.Posts-x.Posts, strings.Compare(follows.Folded(x.Name), follows.Folded(y.Name)))
	})
	var tags []Tag
	for _, tag := range order {
		tags = append(tags, *tag)
	}
	return tags, nil
}

// Tagged returns the posts that have a tag.
func (b *Book) Tagged(ctx context.Context, tag string) (map[feeds.Key]bool, error) {
	keys, err := b.tagKeys(ctx)
	if err != nil {
		return nil, err
	}
	found, folded := map[feeds.Key]bool{}, follows.Folded(tag)
	for _, k := range keys {
		if k.folded == folded {
			found[k.post] = true
		}
	}
	return found, nil
}

type tagged struct {
	tag, folded string
	post        feeds.Key
}

func (b *Book) tagKeys(ctx context.Context) ([]tagged, error) {
	from, to := b.span(tagKeys)
	keys, err := b.records.Keys(ctx, from, to, 0)
	if err != nil {
		return nil, err
	}
	all := make([]tagged, 0, len(keys))
	for _, k := range keys {
		text, _, _ := strings.Cut(strings.TrimPrefix(k, b.first+tagKeys), "/")
		tag, err := url.PathUnescape(text)
		post, ok := last(k)
		if err != nil || !ok {
			continue
		}
		all = append(all, tagged{tag: tag, folded: follows.Folded(tag), post: post})
	}
	return all, nil
}

// Find returns the posts in which all words of a text occur, whatever their case and accents; all posts for none.
func (b *Book) Find(ctx context.Context, text string) (map[feeds.Key]bool, error) {
	var words [][]byte
	for _, w := range strings.Fields(follows.Folded(text)) {
		words = append(words, []byte(w))
	}
	found, turn := map[feeds.Key]bool{}, feeds.Turn{}
	from, to := b.span(textKeys)
	for {
		pairs, err := b.records.Range(ctx, from, to, atOnce)
		if err != nil {
			return nil, err
		}
		for _, p := range pairs {
			turn.Next()
			missing := slices.ContainsFunc(words, func(w []byte) bool { return !bytes.Contains(p.Value, w) })
			if key, ok := last(p.Key); ok && !missing {
				found[key] = true
			}
		}
		if len(pairs) < atOnce {
			return found, nil
		}
		from = pairs[len(pairs)-1].Key + "\x00"
	}
}

// Each calls f with all that is saved, newest post first, until it returns false.
func (b *Book) Each(ctx context.Context, f func(*Post) bool) error {
	keys, err := b.Keys(ctx)
	if err != nil {
		return err
	}
	for some := range slices.Chunk(keys, atOnce) {
		posts, err := b.Posts(ctx, some)
		if err != nil {
			return err
		}
		for _, p := range posts {
			if p != nil && !f(p) {
				return nil
			}
		}
	}
	return nil
}

// Talk returns the conversation that is kept around a saved post, nil for none.
func (b *Book) Talk(ctx context.Context, key feeds.Key) (*Talk, error) {
	v, err := b.records.Values(ctx, []string{b.talkKey(key)})
	if err != nil || v[0] == nil {
		return nil, err
	}
	t := new(Talk)
	if jsontext.Unmarshal(v[0], t) != nil || t.Version > version {
		return nil, nil // its post stays readable
	}
	broken := func(p *feeds.Post) bool { return p == nil || p.Key == "" || p.Author == nil }
	t.Above, t.Below = slices.DeleteFunc(t.Above, broken), slices.DeleteFunc(t.Below, broken)
	return t, nil
}

// KeepTalk keeps the conversation around a post, if that is still saved.
func (b *Book) KeepTalk(ctx context.Context, key feeds.Key, t Talk) error {
	release, err := b.lock(ctx)
	if err != nil {
		return err
	}
	defer release()
	v, err := b.records.Values(ctx, []string{b.postKey(key)})
	if err != nil || v[0] == nil {
		return err
	}
	t.Version = version
	value, err := jsontext.Marshal(t)
	if err != nil {
		return &feeds.Error{Kind: feeds.Internal, Op: "write conversation", Err: err}
	}
	return b.records.Change(ctx, feeds.Pair{Key: b.talkKey(key), Value: value})
}
