package saved

import (
	"fmt"
	"net/url"
	"strings"
	"time"

	"vitrine/feeds"
)

// The beginnings of keys.
const (
	postKeys  = "saved/post/"
	timeKeys  = "saved/time/"
	textKeys  = "saved/text/"
	tagKeys   = "saved/tag/"
	atKeys    = "saved/at/"
	talkKeys  = "saved/talk/"
	looseKeys = "saved/loose/"
)

// endOfTime is beyond the milliseconds of every time.Time that JSON can hold, and has 16 digits when one of them is taken off it.
const endOfTime = 9_000_000_000_000_000

func esc(s string) string { return url.PathEscape(s) }

func postKey(k feeds.Key) string  { return postKeys + esc(string(k)) }
func textKey(k feeds.Key) string  { return textKeys + esc(string(k)) }
func talkKey(k feeds.Key) string  { return talkKeys + esc(string(k)) }
func looseKey(k feeds.Key) string { return looseKeys + esc(string(k)) }

func timeKey(k feeds.Key, at time.Time) string {
	return fmt.Sprintf("%s%016d/%s", timeKeys, endOfTime-at.UnixMilli(), esc(string(k)))
}

func tagKey(k feeds.Key, tag string) string { return tagKeys + esc(tag) + "/" + esc(string(k)) }
func atKey(host, id string) string          { return atKeys + esc(host) + "/" + esc(id) }

// last is the post's key at the end of one of ours.
func last(key string) (feeds.Key, bool) {
	text, err := url.PathUnescape(key[strings.LastIndexByte(key, '/')+1:])
	return feeds.Key(text), err == nil && text != ""
}

// pairs are all that is written of a post, its conversation apart.
func (p *Post) pairs(value []byte) []feeds.Pair {
	k := p.Post.Key
	all := []feeds.Pair{{Key: postKey(k), Value: value}, {Key: textKey(k), Value: p.words()}}
	for _, key := range p.marks() {
		v := []byte{}
		if strings.HasPrefix(key, atKeys) {
			v = []byte(k)
		}
		all = append(all, feeds.Pair{Key: key, Value: v})
	}
	return all
}

// marks are the keys that lead to a post.
func (p *Post) marks() []string {
	k := p.Post.Key
	all := []string{timeKey(k, p.Post.Published)}
	for _, t := range p.Tags {
		all = append(all, tagKey(k, t))
	}
	for _, q := range []*feeds.Post{p.Post, p.Now()} {
		for _, s := range q.Sightings {
			if s.Host != "" && s.ID != "" {
				all = append(all, atKey(s.Host, s.ID))
			}
		}
	}
	return all
}
