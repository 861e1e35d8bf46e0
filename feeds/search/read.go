package search

import (
	"context"
	"encoding/binary"
	"slices"
	"strings"
	"sync"

	"vitrine/feeds"
)

// pages are where segments are kept.
type pages interface {
	Values(ctx context.Context, turn *feeds.Turn, keys []string) ([][]byte, error)
}

// stored are the pages of segments in records.
type stored struct{ records feeds.Records }

// Values implements pages.
func (s stored) Values(ctx context.Context, turn *feeds.Turn, keys []string) ([][]byte, error) {
	values, err := s.records.Values(ctx, keys)
	turn.Rest()
	return values, err
}

// heldPages is how many bytes of pages that were read are held in memory, twice.
const heldPages = 1 << 20

// recent are the pages of segments in records, of which those that were read lately are held in memory: segments never change. It is safe for
// concurrent use.
type recent struct {
	stored     pages
	mu         sync.Mutex
	young, old map[string][]byte // what is read becomes young, what wasn't read since young was full is let go of
	size       int               // bytes of young
}

// Values implements pages.
func (h *recent) Values(ctx context.Context, turn *feeds.Turn, keys []string) ([][]byte, error) {
	values := make([][]byte, len(keys))
	var lost []string
	var at []int
	h.mu.Lock()
	for i, k := range keys {
		if values[i] = h.young[k]; values[i] == nil {
			values[i] = h.old[k]
			h.hold(k, values[i])
		}
		if values[i] == nil {
			lost, at = append(lost, k), append(at, i)
		}
	}
	h.mu.Unlock()
	if len(lost) == 0 {
		return values, nil
	}
	found, err := h.stored.Values(ctx, turn, lost)
	if err != nil {
		return nil, err
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	for i, v := range found {
		values[at[i]] = v
		h.hold(lost[i], v)
	}
	return values, nil
}

// hold holds a page that is there.
func (h *recent) hold(key string, page []byte) {
	if page == nil {
		return
	}
	if h.size += len(page); h.young == nil || h.size > heldPages {
		h.old, h.young, h.size = h.young, map[string][]byte{}, len(page)
	}
	h.young[key] = page
}

// segment is a segment that is read.
type segment struct {
	id    segmentID
	pages pages
	head  head
	dead  []uint32 // posts of it that were edited or removed since
	once  *once
}

// once is what is read of a segment when it is needed first.
type once struct {
	mu     sync.Mutex
	hashes []byte    // of its keys; nil before
	hidden *[]uint32 // posts whose authors don't wish them to be found; nil before
}

// alive is how many of its posts count.
func (s *segment) alive() int { return s.head.docs - len(s.dead) }

// entry is a word in a segment.
type entry struct {
	text           string
	df             int
	docLen, posLen int
	data           []byte // its postings, where they stand with it or were read
	offset         int    // of its postings in the stream, where they don't
}

// most is how many pages are read in one go: all that is read together holds the page.
const most = 48

// read returns pages without their checksums. One that isn't there was removed meanwhile.
func read(ctx context.Context, p pages, turn *feeds.Turn, keys []string) ([][]byte, error) {
	all := make([][]byte, 0, len(keys))
	for len(keys) > 0 {
		n := min(len(keys), most)
		values, err := p.Values(ctx, turn, keys[:n])
		if err != nil {
			return nil, err
		}
		for _, v := range values {
			turn.Next()
			if v == nil {
				return nil, ErrChanged
			}
			b, err := unseal(v)
			if err != nil {
				return nil, err
			}
			all = append(all, b)
		}
		keys = keys[n:]
	}
	return all, nil
}

// lookup is a word that is looked for in a segment.
type lookup struct {
	seg    *segment
	text   string
	begins bool // all words that begin so
	places bool // where it stands is needed

	keys  []string // of pages of words
	found []entry
}

// mostBeginning is how many words that begin with a letter are looked for.
const mostBeginning = 4000

// find reads words and their postings, and with them the pages that beside names, which it returns. What several words need is read once.
func find(ctx context.Context, turn *feeds.Turn, all []*lookup, beside map[pages][]string) (also map[string][]byte, err error) {
	wanted := beside
	for _, l := range all {
		terms := l.seg.head.terms
		i, exact := slices.BinarySearch(terms, l.text)
		if !exact {
			i--
		}
		for i = max(i, 0); i < len(terms); i++ {
			if terms[i] > l.text && !(l.begins && strings.HasPrefix(terms[i], l.text)) {
				break
			}
			k := l.seg.id.page(pageTerms, i)
			l.keys = append(l.keys, k)
			wanted[l.seg.pages] = append(wanted[l.seg.pages], k)
			if !l.begins {
				break
			}
		}
	}
	also, err = fetch(ctx, turn, wanted)
	if err != nil {
		return nil, err
	}
	wanted = map[pages][]string{}
	for _, l := range all {
		for _, k := range l.keys {
			turn.Next()
			if err := l.look(also[k]); err != nil {
				return nil, err
			}
		}
		for _, e := range l.found {
			if e.data == nil {
				wanted[l.seg.pages] = append(wanted[l.seg.pages], e.stream(l.seg, l.places)...)
			}
		}
	}
	have, err := fetch(ctx, turn, wanted)
	if err != nil {
		return nil, err
	}
	for _, l := range all {
		for i := range l.found {
			if e := &l.found[i]; e.data == nil {
				if keys := e.stream(l.seg, l.places); len(keys) == 1 {
					e.data = have[keys[0]]
				} else {
					for _, k := range keys {
						e.data = append(e.data, have[k]...)
					}
				}
				from := e.offset % streamPage
				if from+e.docLen > len(e.data) {
					return nil, errBroken
				}
				e.data = e.data[from:]
			}
		}
	}
	return also, nil
}

// fetch reads pages of several places, each once.
func fetch(ctx context.Context, turn *feeds.Turn, wanted map[pages][]string) (map[string][]byte, error) {
	have := map[string][]byte{}
	for p, keys := range wanted {
		slices.Sort(keys)
		keys = slices.Compact(keys)
		values, err := read(ctx, p, turn, keys)
		if err != nil {
			return nil, err
		}
		for i, k := range keys {
			have[k] = values[i]
		}
	}
	return have, nil
}

// stream are the pages of a word's postings.
func (e *entry) stream(s *segment, places bool) (keys []string) {
	end := e.offset + e.docLen
	if places {
		end += e.posLen
	}
	for n := e.offset / streamPage; n*streamPage < end; n++ {
		keys = append(keys, s.id.page(pageStream, n))
	}
	return keys
}

// look looks for the word in a page of words.
func (l *lookup) look(page []byte) error {
	return eachTerm(page, func(text []byte, e entry) bool {
		switch {
		case string(text) == l.text || l.begins && len(text) > len(l.text) && string(text[:len(l.text)]) == l.text:
			e.text = string(text)
			if e.df == 0 || e.docLen == 0 || e.offset < 0 || e.offset+e.docLen+e.posLen > l.seg.head.stream && e.data == nil {
				return false
			}
			l.found = append(l.found, e)
			return l.begins && len(l.found) < mostBeginning
		case string(text) > l.text:
			return false
		}
		return true
	})
}

// eachTerm reads a page of words until f returns false. f gets a word's text, which holds until it returns, and what else is known of it.
func eachTerm(page []byte, f func([]byte, entry) bool) error {
	s := scanner{b: page}
	var text []byte
	for len(s.b) > 0 {
		shared := s.num()
		rest := s.bytes(s.num())
		if shared > len(text) {
			return errBroken
		}
		text = append(text[:shared], rest...)
		e := entry{df: s.num(), docLen: s.num(), posLen: s.num()}
		if e.docLen+e.posLen <= inline {
			e.data = s.bytes(e.docLen + e.posLen)
		} else {
			e.offset = s.num()
		}
		if s.broken {
			return errBroken
		}
		if !f(text, e) {
			return nil
		}
	}
	return nil
}

// docsOf are the posts that have a word, and how often if that is wanted.
func (e *entry) docsOf(most int, turn *feeds.Turn, often *[]uint32) ([]uint32, error) {
	if e.docLen > len(e.data) {
		return nil, errBroken
	}
	b := e.data[:e.docLen]
	docs := make([]uint32, 0, min(e.df, most))
	for last := -1; len(b) > 0; {
		if len(docs)%1024 == 0 {
			turn.Next()
		}
		n, size := uint64(b[0]), 1
		if n >= 0x80 {
			if n, size = binary.Uvarint(b); size <= 0 {
				return nil, errBroken
			}
		}
		b = b[size:]
		times := uint64(1)
		if n&1 != 0 {
			if times, size = binary.Uvarint(b); size <= 0 {
				return nil, errBroken
			}
			b = b[size:]
		}
		last += int(n >> 1)
		if last >= most || n>>1 == 0 {
			return nil, errBroken
		}
		docs = append(docs, uint32(last))
		if often != nil {
			*often = append(*often, uint32(min(times, 1000)))
		}
	}
	return docs, nil
}

// cursor walks through the places of a word.
type cursor struct {
	docs, places scanner
	doc, times   int
	behind       int // places before those of doc, or with them, that weren't read
	at           []int
}

func newCursor(e *entry) (*cursor, error) {
	if e.docLen+e.posLen > len(e.data) {
		return nil, errBroken
	}
	return &cursor{docs: scanner{b: e.data[:e.docLen]}, places: scanner{b: e.data[e.docLen : e.docLen+e.posLen]}, doc: -1}, nil
}

// to goes to a post and reads where the word stands in it; false where it doesn't.
func (c *cursor) to(doc int) bool {
	b := c.docs.b
	for c.doc < doc && len(b) > 0 {
		n := int(b[0])
		if n < 0x80 { // most are short, and a call for each takes longer than all else
			b = b[1:]
		} else {
			c.docs.b = b
			n, b = c.docs.num(), c.docs.b
		}
		c.doc += n >> 1
		c.times = 1
		if n&1 != 0 {
			c.docs.b = b
			c.times, b = c.docs.num(), c.docs.b
		}
		if c.times > mostWords {
			b, c.docs.broken = nil, true
		}
		c.behind += c.times
	}
	c.docs.b = b
	if c.doc != doc || c.docs.broken {
		return false
	}
	c.places.skip(c.behind - c.times)
	c.behind, c.at = 0, c.at[:0]
	at, p := 0, c.places.b
	for range c.times {
		if len(p) > 0 && p[0] < 0x80 {
			at, p = at+int(p[0]), p[1:]
		} else {
			c.places.b = p
			at, p = at+c.places.num(), c.places.b
		}
		c.at = append(c.at, at)
	}
	c.places.b = p
	return true
}

// docsPage is a page of posts.
type docsPage struct {
	first, rest []string // of their keys
	at          []int64
}

// key is that of a post.
func (d *docsPage) key(n int) feeds.Key { return feeds.Key(d.first[n] + d.rest[n]) }

func readDocs(page []byte) (d docsPage, err error) {
	s := scanner{b: page}
	whole := string(page)
	text := func() string { // a part of whole: each by itself would be copied
		n := s.num()
		from := len(whole) - len(s.b)
		return whole[from : from+len(s.bytes(n))]
	}
	d.first, d.rest, d.at = make([]string, 0, docPage), make([]string, 0, docPage), make([]int64, 0, docPage)
	var prefixes []string
	at := int64(0)
	for len(s.b) > 0 {
		at -= s.signed()
		n := s.num()
		if n == 0 {
			prefixes = append(prefixes, text())
			n = len(prefixes)
		}
		rest := text()
		if s.broken || n > len(prefixes) || len(d.at) == docPage {
			return d, errBroken
		}
		d.first, d.rest, d.at = append(d.first, prefixes[n-1]), append(d.rest, rest), append(d.at, at)
	}
	return d, nil
}

// loadHashes returns the hashes of a segment's keys.
func (s *segment) loadHashes(ctx context.Context, turn *feeds.Turn) ([]byte, error) {
	s.once.mu.Lock()
	all := s.once.hashes
	s.once.mu.Unlock()
	if all != nil {
		return all, nil
	}
	var keys []string
	for n := range (s.head.docs + hashPage - 1) / hashPage {
		keys = append(keys, s.id.page(pageHashes, n))
	}
	values, err := read(ctx, s.pages, turn, keys)
	if err != nil {
		return nil, err
	}
	all = slices.Concat(values...)
	if len(all) != s.head.docs*hashSize {
		return nil, errBroken
	}
	s.once.mu.Lock()
	s.once.hashes = all
	s.once.mu.Unlock()
	return all, nil
}

// hashSet are the hashes of keys. Most others are told apart by a bit.
type hashSet struct {
	bits [1 << 10]uint64
	all  map[uint64]bool
}

func newHashSet(n int) *hashSet { return &hashSet{all: make(map[uint64]bool, n)} }

func (s *hashSet) add(k feeds.Key) {
	h := hash(k)
	s.all[h] = true
	s.bits[h>>6&1023] |= 1 << (h & 63)
}

func (s *hashSet) has(h uint64) bool { return s.bits[h>>6&1023]&(1<<(h&63)) != 0 && s.all[h] }

// having returns the posts of a segment whose keys have one of some hashes.
func (s *segment) having(ctx context.Context, turn *feeds.Turn, set *hashSet) ([]uint32, error) {
	if len(set.all) == 0 {
		return nil, nil
	}
	b, err := s.loadHashes(ctx, turn)
	if err != nil {
		return nil, err
	}
	var docs []uint32
	for i := range s.head.docs {
		if i%2048 == 0 {
			turn.Next()
		}
		h := b[i*hashSize : i*hashSize+hashSize]
		if set.has(uint64(h[0]) | uint64(h[1])<<8 | uint64(h[2])<<16 | uint64(h[3])<<24 | uint64(h[4])<<32 | uint64(h[5])<<40) {
			docs = append(docs, uint32(i))
		}
	}
	return docs, nil
}

// named returns those of some posts of a segment that have one of some keys.
func (s *segment) named(ctx context.Context, turn *feeds.Turn, docs []uint32, keys map[feeds.Key]bool) ([]uint32, error) {
	if len(docs) == 0 {
		return nil, nil
	}
	var names []string
	for _, d := range docs {
		names = append(names, s.id.page(pageDocs, int(d)/docPage))
	}
	have, err := fetch(ctx, turn, map[pages][]string{s.pages: slices.Clone(names)})
	if err != nil {
		return nil, err
	}
	read := map[string]docsPage{}
	var out []uint32
	for i, d := range docs {
		page, ok := read[names[i]]
		if !ok {
			if page, err = readDocs(have[names[i]]); err != nil {
				return nil, err
			}
			read[names[i]] = page
		}
		if n := int(d) % docPage; n < len(page.at) && keys[page.key(n)] {
			out = append(out, d)
		}
	}
	return out, nil
}
