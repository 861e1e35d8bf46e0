package find

import (
	"cmp"
	"context"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"vitrine/feeds"
)

// What is looked through of what is stored. A phone does so in less than half a second, in steps.
const (
	recentAuthors  = 150
	recentLists    = 12
	recentPosts    = 40 // of each list
	storedPatience = 3 * time.Second
)

// Stored are people and hashtags that were read before, the last read first, some of them several times. It is immutable, and holds whoever
// wishes not to be suggested too: Here leaves them out.
type Stored struct {
	authors []*feeds.Author
	tags    []readTag
}

// readTag is a hashtag of a post that was read at a server.
type readTag struct{ name, host string }

// Stored looks through what the store kept last: the authors, and who wrote in the lists and with which hashtags. It asks no server. What
// can't be read, or not in time, is left out.
func (f *Finder) Stored(ctx context.Context) *Stored {
	s := &Stored{}
	if f.store == nil {
		return s
	}
	ctx, cancel := context.WithTimeout(ctx, storedPatience)
	defer cancel()
	recent, _ := f.store.Recent(ctx, recentAuthors)
	s.authors = recent.Authors
	// A list that is read from its beginning counts as used; from below a time that no post has, it doesn't.
	window := feeds.Window{Below: &feeds.Entry{At: time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)}, Limit: recentPosts}
	for _, id := range recent.Timelines[:min(recentLists, len(recent.Timelines))] {
		list, err := f.store.Timeline(ctx, id, window)
		if err != nil || list == nil {
			continue
		}
		keys := make([]feeds.Key, len(list.Entries))
		for i, e := range list.Entries {
			keys[i] = e.Key
		}
		posts, _ := f.store.Posts(ctx, keys)
		for _, k := range keys {
			p := posts[k]
			if p == nil || p.Author == nil || f.blocked.Post(p) {
				continue
			}
			s.authors = append(s.authors, p.Author)
			if Searchable(p) {
				for _, t := range p.Tags {
					s.tags = append(s.tags, readTag{t.Name, id.Host()})
				}
			}
		}
	}
	return s
}

// Here returns what of it a query means, without asking anybody.
func (f *Finder) Here(q Query, s *Stored) *Result {
	found := f.search(q)
	if q.Name != "" {
		found.addStored(s)
	}
	return found.result()
}

// addStored adds what was read before and is called so. The lock is held.
func (s *search) addStored(all *Stored) {
	for n, a := range all.authors {
		if s.begins(a.User) || s.begins(a.Name) || s.begins(a.Handle()) {
			s.addAuthor(a, cmp.Or(a.Host, a.Domain), n, true)
		}
	}
	for n, t := range all.tags {
		if s.begins(t.name) && !s.blocked.Host(t.host) {
			s.merge(&Hit{Tag: &feeds.TagTrend{Tag: feeds.Tag{Name: t.name}}, Hosts: []string{t.host}, Stored: true, key: "#" + strings.ToLower(t.name), fit: s.fit(t.name), order: n})
		}
	}
}

// begins reports that a text, or a word in it, begins with what is looked for. Where words aren't written apart, any letter begins one.
func (s *search) begins(text string) bool {
	text, want := strings.ToLower(text), strings.ToLower(s.Name)
	for at := 0; ; {
		i := strings.Index(text[at:], want)
		if i < 0 {
			return false
		}
		at += i
		before, size := utf8.DecodeLastRuneInString(text[:at])
		if size == 0 || !unicode.IsLetter(before) && !unicode.IsDigit(before) && !unicode.Is(unicode.M, before) || before >= 0x2e80 {
			return true
		}
		at += len(want)
	}
}
