package saved

import (
	"fmt"
	"net/url"
	"strings"
	"time"

	"vitrine/feeds"
)

// The kinds of keys, behind the beginning that all keys of a Book have.
const (
	postKeys  = "post/"
	timeKeys  = "time/"
	textKeys  = "text/"
	tagKeys   = "tag/"
	atKeys    = "at/"
	talkKeys  = "talk/"
	looseKeys = "loose/"
)

// savedFirst begins the keys of what is saved, archiveFirst and a name those of an archive, aboutFirst and a name those of what is known of it.
const (
	savedFirst   = "saved/"
	archiveFirst = "archive/"
	aboutFirst   = "archives/"
)

// endOfTime is beyond the milliseconds of every time.Time that JSON can hold, and has 16 digits when one of them is taken off it.
const endOfTime = 9_000_000_000_000_000

func esc(s string) string { return url.PathEscape(s) }

func (b *Book) postKey(k feeds.Key) string  { return b.first + postKeys + esc(string(k)) }
func (b *Book) textKey(k feeds.Key) string  { return b.first + textKeys + esc(string(k)) }
func (b *Book) talkKey(k feeds.Key) string  { return b.first + talkKeys + esc(string(k)) }
func (b *Book) looseKey(k feeds.Key) string { return b.first + looseKeys + esc(string(k)) }

func (b *Book) timeKey(k feeds.Key, at time.Time) string {
	return fmt.Sprintf("%s%016d/%s", b.first+timeKeys, endOfTime-at.UnixMilli(), esc(string(k)))
}

func (b *Book) tagKey(k feeds.Key, tag string) string {
	return b.first + tagKeys + esc(tag) + "/" + esc(string(k))
}

func (b *Book) atKey(host, id string) string { return b.first + atKeys + esc(host) + "/" + esc(id) }

// span returns the range of all keys of a kind.
func (b *Book) span(kind string) (from, to string) { return feeds.KeyRange(b.first + kind) }

// last is the post's key at the end of one of ours.
func last(key string) (feeds.Key, bool) {
	text, err := url.PathUnescape(key[strings.LastIndexByte(key, '/')+1:])
	return feeds.Key(text), err == nil && text != ""
}

// pairs are all that is written of a post, its conversation apart.
func (b *Book) pairs(p *Post, value []byte) []feeds.Pair {
	k := p.Post.Key
	all := []feeds.Pair{{Key: b.postKey(k), Value: value}, {Key: b.textKey(k), Value: p.words()}}
	for _, key := range b.marks(p) {
		v := []byte{}
		if strings.HasPrefix(key, b.first+atKeys) {
			v = []byte(k)
		}
		all = append(all, feeds.Pair{Key: key, Value: v})
	}
	return all
}

// marks are the keys that lead to a post.
func (b *Book) marks(p *Post) []string {
	k := p.Post.Key
	all := []string{b.timeKey(k, p.Post.Published)}
	for _, t := range p.Tags {
		all = append(all, b.tagKey(k, t))
	}
	for _, q := range []*feeds.Post{p.Post, p.Now()} {
		for _, s := range q.Sightings {
			if s.Host != "" && s.ID != "" {
				all = append(all, b.atKey(s.Host, s.ID))
			}
		}
	}
	return all
}
