// Package pattern matches the regular expressions of goldmark, in place of package regexp: it is a fortieth of its size and compiles
// an expression when it is first used. Time is linear in the text, as there.
//
// It knows what those expressions use: literals, classes, groups, alternatives and repetitions (of what isn't empty), all at the beginning
// of the text.
// Source: https://github.com/google/re2/wiki/Syntax, https://swtch.com/~rsc/regexp/regexp2.html
package pattern

import (
	"io"
	"strings"
	"sync"
	"unicode/utf8"
)

// Regexp is an expression that begins with "^".
type Regexp struct {
	source string
	once   sync.Once
	steps  []step
	marks  int // positions that a match has: two for the whole and for each group
}

// MustCompile returns an expression. What is wrong in it is found when it is first used.
func MustCompile(source string) *Regexp { return &Regexp{source: source} }

// Match reports whether the text begins with a match.
func (e *Regexp) Match(text []byte) bool { return e.FindSubmatchIndex(text) != nil }

// FindSubmatchIndex returns where the match and its groups begin and end, -1 where a group has no part in it, or nil.
func (e *Regexp) FindSubmatchIndex(text []byte) []int {
	return e.run(func() (rune, int) {
		if len(text) == 0 {
			return end, 0
		}
		r, size := utf8.DecodeRune(text)
		text = text[size:]
		return r, size
	})
}

// FindReaderSubmatchIndex is FindSubmatchIndex for the text that a reader gives. It reads beyond the match.
func (e *Regexp) FindReaderSubmatchIndex(text io.RuneReader) []int {
	return e.run(func() (rune, int) {
		r, size, err := text.ReadRune()
		if err != nil {
			return end, 0
		}
		return r, size
	})
}

// end is what follows the last character.
const end rune = -1

// step is one instruction of a compiled expression. All but fork and jump go on with the next one.
type step struct {
	kind    byte
	a, b    int    // fork: the preferred next step and the other; jump: a; mark: the position
	not     bool   // of a class
	classes []rune // pairs of the first and last character
}

const (
	character byte = iota
	fork
	jump
	mark
	atStart
	atEnd
	matched
)

func (s *step) has(r rune) bool {
	if r == end {
		return false
	}
	for i := 0; i < len(s.classes); i += 2 {
		if s.classes[i] <= r && r <= s.classes[i+1] {
			return !s.not
		}
	}
	return s.not
}

// thread is a way through the expression that fits so far.
type thread struct {
	at    int
	marks []int
}

// threads are in the order of preference.
type threads struct {
	list []thread
	seen []bool // steps that a better thread came by
}

// add follows a thread to the steps that read a character.
func (e *Regexp) add(to *threads, at, position int, marks []int, next rune) {
	if to.seen[at] {
		return
	}
	to.seen[at] = true
	switch s := &e.steps[at]; s.kind {
	case fork:
		e.add(to, s.a, position, marks, next)
		e.add(to, s.b, position, marks, next)
	case jump:
		e.add(to, s.a, position, marks, next)
	case mark:
		changed := append([]int(nil), marks...)
		changed[s.a] = position
		e.add(to, at+1, position, changed, next)
	case atStart:
		if position == 0 {
			e.add(to, at+1, position, marks, next)
		}
	case atEnd:
		if next == end {
			e.add(to, at+1, position, marks, next)
		}
	default:
		to.list = append(to.list, thread{at, marks})
	}
}

func (e *Regexp) run(read func() (rune, int)) []int {
	e.once.Do(e.compile)
	marks := make([]int, e.marks)
	for i := range marks {
		marks[i] = -1
	}
	now, later := &threads{seen: make([]bool, len(e.steps))}, &threads{seen: make([]bool, len(e.steps))}
	var found []int
	position := 0
	next, size := read()
	e.add(now, 0, 0, marks, next)
	for len(now.list) > 0 {
		r := next
		position += size
		if r != end {
			next, size = read()
		}
		for _, t := range now.list {
			s := &e.steps[t.at]
			if s.kind == matched {
				found = t.marks
				break // those after it are worse
			}
			if s.has(r) {
				e.add(later, t.at+1, position, t.marks, next)
			}
		}
		now.list = now.list[:0]
		clear(now.seen)
		now, later = later, now
	}
	return found
}

// compile makes the steps.
func (e *Regexp) compile() {
	p := expression{rest: e.source}
	p.steps = append(p.steps, step{kind: mark, a: 0})
	p.groups = 1
	p.alternatives()
	if p.rest != "" || !strings.HasPrefix(strings.TrimPrefix(e.source, "(?i)"), "^") {
		panic("pattern: " + e.source)
	}
	p.steps = append(p.steps, step{kind: mark, a: 1}, step{kind: matched})
	e.steps, e.marks = p.steps, 2*p.groups
}
