package pattern

import (
	"slices"
	"strconv"
	"strings"
)

// expression makes the steps of an expression.
type expression struct {
	rest   string
	steps  []step
	groups int
	fold   bool // letters stand for both cases, of ASCII
}

// alternatives reads up to a closing parenthesis or the end.
func (p *expression) alternatives() {
	from := len(p.steps)
	p.sequence()
	if !p.take("|") {
		return
	}
	p.insert(from, step{kind: fork, a: from + 1, b: len(p.steps) + 2})
	leave := len(p.steps)
	p.steps = append(p.steps, step{kind: jump})
	p.alternatives()
	p.steps[leave].a = len(p.steps)
}

func (p *expression) sequence() {
	for p.rest != "" && p.rest[0] != '|' && p.rest[0] != ')' {
		from, rest, groups := len(p.steps), p.rest, p.groups
		p.item()
		again := p.rest
		least, most := 1, 1
		switch {
		case p.take("*"):
			least, most = 0, -1
		case p.take("+"):
			most = -1
		case p.take("?"):
			least = 0
		case p.take("{"):
			least = p.number()
			most = least
			if p.take(",") {
				most = p.number()
			}
			if !p.take("}") {
				p.fail()
			}
		}
		lazy := p.rest != again && p.take("?")
		after := p.rest
		// Each repetition is read anew, with the same groups.
		repeat := func() {
			p.rest, p.groups = rest, groups
			p.item()
		}
		switch {
		case least == 0:
			p.steps = p.steps[:from]
		default:
			for range least - 1 {
				repeat()
			}
		}
		switch {
		case most < 0:
			top := len(p.steps)
			p.steps = append(p.steps, step{kind: fork})
			repeat()
			p.steps = append(p.steps, step{kind: jump, a: top})
			p.branch(top, lazy)
		default:
			var forks []int
			for range most - least {
				forks = append(forks, len(p.steps))
				p.steps = append(p.steps, step{kind: fork})
				repeat()
			}
			for _, f := range forks {
				p.branch(f, lazy)
			}
		}
		p.rest = after
	}
}

// branch lets a fork choose between going on and leaving what has been read.
func (p *expression) branch(at int, lazy bool) {
	s := &p.steps[at]
	s.a, s.b = at+1, len(p.steps)
	if lazy {
		s.a, s.b = s.b, s.a
	}
}

// item reads a group, a class, an assertion or a character.
func (p *expression) item() {
	switch {
	case p.take("(?i)"):
		p.fold = true
	case p.take("(?:"):
		p.alternatives()
		p.close()
	case p.take("("):
		group := p.groups
		p.groups++
		p.steps = append(p.steps, step{kind: mark, a: 2 * group})
		p.alternatives()
		p.close()
		p.steps = append(p.steps, step{kind: mark, a: 2*group + 1})
	case p.take("^"):
		p.steps = append(p.steps, step{kind: atStart})
	case p.take("$"):
		p.steps = append(p.steps, step{kind: atEnd})
	case p.take("."):
		p.steps = append(p.steps, step{not: true, classes: []rune{'\n', '\n'}})
	case p.take("["):
		s := step{not: p.take("^")}
		for first := true; first || !p.take("]"); first = false {
			low := p.class()
			if len(low) == 2 && low[0] == low[1] && strings.HasPrefix(p.rest, "-") && !strings.HasPrefix(p.rest, "-]") {
				p.take("-")
				low[1] = p.class()[1]
			}
			s.classes = append(s.classes, low...)
		}
		p.add(s)
	default:
		p.add(step{classes: p.class()})
	}
}

// add appends a step that reads a character.
func (p *expression) add(s step) {
	if p.fold {
		s.classes = folded(s.classes)
	}
	p.steps = append(p.steps, s)
}

// folded adds the other cases of letters.
func folded(classes []rune) []rune {
	all := slices.Clone(classes)
	for i := 0; i < len(classes); i += 2 {
		for c := classes[i]; c <= classes[i+1]; c++ {
			switch {
			case c|0x20 < 'a' || c|0x20 > 'z':
				continue
			case c|0x20 == 'k':
				all = append(all, '\u212a', '\u212a') // the sign for kelvin
			case c|0x20 == 's':
				all = append(all, '\u017f', '\u017f') // the long s
			}
			all = append(all, c^0x20, c^0x20)
		}
	}
	return all
}

// class reads one character or an escaped class, as pairs of the first and last character.
func (p *expression) class() []rune {
	if p.rest == "" || p.rest[0] >= 0x80 {
		p.fail()
	}
	c := p.rest[0]
	p.rest = p.rest[1:]
	if c != '\\' {
		return []rune{rune(c), rune(c)}
	}
	if p.rest == "" {
		p.fail()
	}
	c = p.rest[0]
	p.rest = p.rest[1:]
	switch c {
	case 's':
		return []rune{'\t', '\n', '\f', '\r', ' ', ' '}
	case 'd':
		return []rune{'0', '9'}
	case 'n':
		c = '\n'
	case 'r':
		c = '\r'
	case 't':
		c = '\t'
	case 'x':
		n, err := strconv.ParseUint(p.rest[:min(2, len(p.rest))], 16, 7)
		if err != nil {
			p.fail()
		}
		p.rest = p.rest[2:]
		c = byte(n)
	default:
		if c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z' || c >= 0x80 {
			p.fail()
		}
	}
	return []rune{rune(c), rune(c)}
}

func (p *expression) number() (n int) {
	from := p.rest
	for p.rest != "" && p.rest[0] >= '0' && p.rest[0] <= '9' {
		n = 10*n + int(p.rest[0]-'0')
		p.rest = p.rest[1:]
	}
	if p.rest == from {
		p.fail()
	}
	return n
}

func (p *expression) take(s string) bool {
	rest, ok := strings.CutPrefix(p.rest, s)
	p.rest = rest
	return ok
}

func (p *expression) close() {
	if !p.take(")") {
		p.fail()
	}
}

// insert puts a step before others. Those have no addresses outside of themselves.
func (p *expression) insert(at int, s step) {
	for i := at; i < len(p.steps); i++ {
		switch p.steps[i].kind {
		case fork:
			p.steps[i].a++
			p.steps[i].b++
		case jump:
			p.steps[i].a++
		}
	}
	p.steps = append(p.steps[:at:at], append([]step{s}, p.steps[at:]...)...)
}

func (p *expression) fail() { panic("pattern: unknown syntax before " + p.rest) }
