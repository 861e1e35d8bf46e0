package search

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"math/bits"
	"slices"

	"vitrine/feeds"
)

// errBroken is why an index is built anew: something in it isn't as it was written.
var errBroken = errors.New("the index is broken")

// ErrChanged is why a Result can't be read on: what it reads was merged meanwhile. The query is asked again.
var ErrChanged = errors.New("the index has changed")

// seal puts a checksum behind a value.
func seal(b []byte) []byte { return binary.LittleEndian.AppendUint32(b, checksum(b)) }

// unseal returns a value without its checksum, if that is right.
func unseal(b []byte) ([]byte, error) {
	if len(b) < 4 || binary.LittleEndian.Uint32(b[len(b)-4:]) != checksum(b[:len(b)-4]) {
		return nil, errBroken
	}
	return b[:len(b)-4], nil
}

// checksum is FNV-1a over words of four bytes: pages are read often.
func checksum(b []byte) uint32 {
	h := uint32(2166136261)
	for ; len(b) >= 4; b = b[4:] {
		h = (h ^ binary.LittleEndian.Uint32(b)) * 16777619
		h ^= h >> 15
	}
	for _, c := range b {
		h = (h ^ uint32(c)) * 16777619
	}
	return h
}

// hashSize is how many bytes of a key's hash are kept.
const hashSize = 6

// hash is a post's key in few bytes. Two keys may have the same: whoever is harmed by that reads the keys.
func hash(k feeds.Key) uint64 {
	h := fnv.New64a()
	h.Write([]byte(k))
	return h.Sum64() & (1<<(8*hashSize) - 1)
}

// scanner reads numbers and texts of a page. What ends early is broken.
type scanner struct {
	b      []byte
	broken bool
}

func (s *scanner) num() int {
	if len(s.b) > 0 && s.b[0] < 0x80 { // most are short
		n := int(s.b[0])
		s.b = s.b[1:]
		return n
	}
	n, size := binary.Uvarint(s.b)
	if size <= 0 || n > 1<<62 {
		s.b, s.broken = nil, true
		return 0
	}
	s.b = s.b[size:]
	return int(n)
}

// skip passes over n numbers.
func (s *scanner) skip(n int) {
	for n >= 8 && len(s.b) >= 8 { // the last byte of each is below 0x80
		n -= 8 - bits.OnesCount64(binary.LittleEndian.Uint64(s.b)&0x8080808080808080)
		s.b = s.b[8:]
	}
	for i, c := range s.b {
		if n == 0 {
			s.b = s.b[i:]
			return
		}
		if c < 0x80 {
			n--
		}
	}
	s.b, s.broken = nil, s.broken || n > 0
}

func (s *scanner) signed() int64 {
	n, size := binary.Varint(s.b)
	if size <= 0 {
		s.b, s.broken = nil, true
		return 0
	}
	s.b = s.b[size:]
	return n
}

func (s *scanner) bytes(n int) []byte {
	if n < 0 || n > len(s.b) {
		s.b, s.broken = nil, true
		return nil
	}
	b := s.b[:n]
	s.b = s.b[n:]
	return b
}

func (s *scanner) text() string { return string(s.bytes(s.num())) }

func (s *scanner) err() error {
	if s.broken {
		return errBroken
	}
	return nil
}

func appendNum(b []byte, n int) []byte { return binary.AppendUvarint(b, uint64(n)) }

func appendText(b []byte, s string) []byte { return append(appendNum(b, len(s)), s...) }

// appendDocs writes numbers that grow.
func appendDocs(b []byte, docs []uint32) []byte {
	last := -1
	for _, d := range docs {
		b = appendNum(b, int(d)-last)
		last = int(d)
	}
	return b
}

// docs reads what appendDocs wrote.
func (s *scanner) docs(most int) []uint32 {
	var all []uint32
	for last := -1; len(s.b) > 0; {
		last += s.num()
		if last >= most || last < 0 {
			s.broken = true
			return nil
		}
		all = append(all, uint32(last))
	}
	return all
}

// union adds sorted numbers to sorted numbers.
func union(a, b []uint32) []uint32 {
	if len(a) == 0 {
		return b
	}
	out := make([]uint32, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] < b[0]:
			out, a = append(out, a[0]), a[1:]
		case a[0] > b[0]:
			out, b = append(out, b[0]), b[1:]
		default:
			out, a, b = append(out, a[0]), a[1:], b[1:]
		}
	}
	return append(append(out, a...), b...)
}

// both keeps of sorted numbers those that are in others too, or those that aren't.
func both(a, b []uint32, in bool) []uint32 {
	out := a[:0:0]
	for _, d := range a {
		for len(b) > 0 && b[0] < d {
			if len(b) > 32 && b[32] < d {
				n, _ := slices.BinarySearch(b, d)
				b = b[n:]
			} else {
				b = b[1:]
			}
		}
		if (len(b) > 0 && b[0] == d) == in {
			out = append(out, d)
		}
	}
	return out
}

// Names of what is stored.
const (
	manifestKey  = "m"
	brokenKey    = "broken"
	segmentsFrom = "s/"
)

func (id segmentID) key(part string) string {
	return fmt.Sprintf("%s%012x/%s", segmentsFrom, uint64(id), part)
}

func (id segmentID) page(part byte, n int) string { return id.key(fmt.Sprintf("%c%06x", part, n)) }

// segmentID names a segment. It is never given to another one.
type segmentID uint64

// Parts of a segment.
const (
	partHead   = "h"
	partDead   = "x"
	pageTerms  = 't'
	pageStream = 'p'
	pageDocs   = 'd'
	pageHashes = 'k'
)

const (
	termPage   = 8 << 10  // bytes
	streamPage = 16 << 10 // bytes
	docPage    = 128      // posts
	hashPage   = 8192     // posts
	inline     = 64       // bytes of postings that stand with their word
)
