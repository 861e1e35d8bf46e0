package search

import (
	"encoding/binary"
	"strings"

	"vitrine/feeds"
)

// writer writes a segment: first its posts in order, then its words in order.
type writer struct {
	id   segmentID
	out  func(feeds.Pair) error
	err  error
	size int64 // bytes of what was written

	head                        head
	terms, stream, docs, hashes []byte
	streamed                    int      // bytes of the stream that were written to pages
	pages                       [4]int   // how many were written of terms, stream, docs, hashes
	prefixes                    []string // of the page of posts
	inPage                      int      // posts in it
	lastAt                      int64
	lastTerm                    string
}

// head is what a segment has beside its pages.
type head struct {
	docs   int
	terms  []string // the first of each page
	times  []int64  // milliseconds of the first post of each page
	oldest int64    // milliseconds of the last post
	stream int      // bytes
}

func newWriter(id segmentID, out func(feeds.Pair) error) *writer { return &writer{id: id, out: out} }

func (w *writer) put(key string, value []byte) {
	if w.err != nil {
		return
	}
	value = seal(value)
	w.size += int64(len(key) + len(value))
	w.err = w.out(feeds.Pair{Key: key, Value: value})
}

func (w *writer) page(part byte, nth int, value []byte) []byte {
	w.put(w.id.page(part, w.pages[nth]), append([]byte{}, value...))
	w.pages[nth]++
	return value[:0]
}

// doc adds a post, from the newest on.
func (w *writer) doc(k feeds.Key, at int64) {
	if w.inPage == 0 {
		w.prefixes, w.lastAt = w.prefixes[:0], 0
		w.head.times = append(w.head.times, at)
	}
	cut := strings.LastIndexByte(string(k), '/') + 1
	prefix := -1
	for i, p := range w.prefixes {
		if p == string(k[:cut]) {
			prefix = i
		}
	}
	w.docs = binary.AppendVarint(w.docs, w.lastAt-at)
	if prefix < 0 {
		w.prefixes = append(w.prefixes, string(k[:cut]))
		w.docs = appendText(appendNum(w.docs, 0), string(k[:cut]))
	} else {
		w.docs = appendNum(w.docs, prefix+1)
	}
	w.docs = appendText(w.docs, string(k[cut:]))
	w.lastAt, w.head.oldest = at, at
	w.inPage++
	w.head.docs++
	if w.inPage == docPage {
		w.docs, w.inPage = w.page(pageDocs, 2, w.docs), 0
	}
	var h [8]byte
	binary.LittleEndian.PutUint64(h[:], hash(k))
	w.hashes = append(w.hashes, h[:hashSize]...)
	if len(w.hashes) == hashPage*hashSize {
		w.hashes = w.page(pageHashes, 3, w.hashes)
	}
}

// term adds a word: how many posts have it, which, and where in them. Words come in order, each once.
func (w *writer) term(text string, df int, docs, places []byte) {
	if len(w.terms) == 0 {
		w.head.terms = append(w.head.terms, text)
		w.lastTerm = ""
	}
	shared := 0
	for shared < len(text) && shared < len(w.lastTerm) && text[shared] == w.lastTerm[shared] {
		shared++
	}
	w.lastTerm = text
	w.terms = appendText(appendNum(w.terms, shared), text[shared:])
	w.terms = appendNum(appendNum(appendNum(w.terms, df), len(docs)), len(places))
	if len(docs)+len(places) <= inline {
		w.terms = append(append(w.terms, docs...), places...)
	} else {
		w.terms = appendNum(w.terms, w.streamed+len(w.stream))
		w.stream = append(append(w.stream, docs...), places...)
		for len(w.stream) >= streamPage {
			w.page(pageStream, 1, w.stream[:streamPage])
			w.streamed += streamPage
			w.stream = append(w.stream[:0:0], w.stream[streamPage:]...)
		}
	}
	if len(w.terms) >= termPage {
		w.terms = w.page(pageTerms, 0, w.terms)
	}
}

// end writes what is left, and the head.
func (w *writer) end() error {
	w.head.stream = w.streamed + len(w.stream)
	for i, rest := range []struct {
		part byte
		b    []byte
	}{{pageTerms, w.terms}, {pageStream, w.stream}, {pageDocs, w.docs}, {pageHashes, w.hashes}} {
		if len(rest.b) > 0 {
			w.page(rest.part, i, rest.b)
		}
	}
	h := &w.head
	b := appendNum(appendNum(nil, h.docs), h.stream)
	b = appendNum(b, len(h.times))
	last := int64(0)
	for _, at := range h.times {
		b = binary.AppendVarint(b, last-at)
		last = at
	}
	b = binary.AppendVarint(b, last-h.oldest)
	b = appendNum(b, len(h.terms))
	for _, t := range h.terms {
		b = appendText(b, t)
	}
	w.put(w.id.key(partHead), b)
	return w.err
}

// readHead reads what end wrote.
func readHead(b []byte) (h head, err error) {
	s := scanner{b: b}
	h.docs, h.stream = s.num(), s.num()
	last := int64(0)
	for range s.count() {
		last -= s.signed()
		h.times = append(h.times, last)
	}
	h.oldest = last - s.signed()
	for range s.count() {
		h.terms = append(h.terms, s.text())
	}
	if (h.docs+docPage-1)/docPage != len(h.times) {
		return h, errBroken
	}
	return h, s.err()
}

// count reads how many things follow, each of a byte at least.
func (s *scanner) count() int {
	n := s.num()
	if n > len(s.b) {
		s.broken = true
		return 0
	}
	return n
}
