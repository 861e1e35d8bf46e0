package search

import (
	"cmp"
	"encoding/binary"
	"slices"

	"vitrine/feeds"
)

// builder makes a segment of posts.
type builder struct {
	hides func(*feeds.Post) bool
	posts []*built
	turn  feeds.Turn
}

// built is a post and its words.
type built struct {
	key   feeds.Key
	at    int64
	words []*place // in the order of their texts; pointers share one function that sorts
}

type place struct {
	text string
	at   int // which word of the post; -1 for a property
}

func (b *builder) add(p *feeds.Post, said Said) {
	b.turn.Next()
	var places []place
	at := 0
	for _, t := range slices.Concat(said.Tags, []string{said.Note}, Texts(p)) {
		at = words(t, at, func(w word) bool {
			places = append(places, place{w.text, w.at})
			return len(places) < mostWords
		}) + 1 // no phrase goes from one text to the next
		if len(places) >= mostWords {
			break
		}
	}
	all := facets(p)
	for _, t := range said.Tags {
		if f := facet(facetTag, t); !slices.Contains(all, f) {
			all = append(all, f)
		}
	}
	for _, f := range all {
		places = append(places, place{f, -1})
	}
	if b.hides != nil && !said.Own && b.hides(p) {
		places = append(places, place{facet(facetHide, "1"), -1})
	}
	d := &built{key: p.Key, at: p.Published.UnixMilli(), words: make([]*place, len(places))}
	for i := range places {
		d.words[i] = &places[i]
	}
	slices.SortFunc(d.words, func(a, b *place) int { return cmp.Or(cmp.Compare(a.text, b.text), a.at-b.at) })
	b.posts = append(b.posts, d)
}

// postings are the posts that have a word, as they are written.
type postings struct {
	df           int
	last         int // the last post
	docs, places []byte
}

// add adds a post that has the word so often. places are written by the caller.
func (p *postings) add(doc, times int) {
	n := (doc - p.last) << 1
	if times > 1 {
		p.docs = appendNum(appendNum(p.docs, n|1), times)
	} else {
		p.docs = appendNum(p.docs, n)
	}
	p.last = doc
	p.df++
}

// write writes the segment.
func (b *builder) write(id segmentID, out func(feeds.Pair) error) (size int64, err error) {
	slices.SortFunc(b.posts, func(x, y *built) int { return cmp.Or(cmp.Compare(y.at, x.at), cmp.Compare(x.key, y.key)) })
	w := newWriter(id, out)
	index := map[string]*postings{}
	for doc, p := range b.posts {
		b.turn.Next()
		w.doc(p.key, p.at)
		for from := 0; from < len(p.words); {
			to := from + 1
			for to < len(p.words) && p.words[to].text == p.words[from].text {
				to++
			}
			l := index[p.words[from].text]
			if l == nil {
				l = &postings{last: -1}
				index[p.words[from].text] = l
			}
			l.add(doc, to-from)
			last := 0
			for _, at := range p.words[from:to] {
				if at.at >= 0 {
					l.places = binary.AppendUvarint(l.places, uint64(at.at-last))
					last = at.at
				}
			}
			from = to
		}
	}
	var by [256][]string // by their first byte: to put all of them in order at once would hold the thread for long
	for text := range index {
		by[text[0]] = append(by[text[0]], text)
	}
	for _, some := range by {
		b.turn.Next()
		slices.Sort(some)
		for _, text := range some {
			b.turn.Next()
			l := index[text]
			w.term(text, l.df, l.docs, l.places)
		}
	}
	err = w.end()
	return w.size, err
}
