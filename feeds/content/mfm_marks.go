package content

import (
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// between reads what stands between two runs of the same marker.
func (t *mfmText) between(marker string, kinds ...Kind) bool {
	if !strings.HasPrefix(t.s[t.at:], marker) {
		return false
	}
	from := t.at + len(marker)
	end := t.until(from, marker)
	if end <= from {
		return false
	}
	return t.put(end+len(marker), func() { t.styled(t.s[from:end], kinds...) })
}

// word reads emphasis by a single marker, which holds letters, digits and spaces only and begins no word's middle.
func (t *mfmText) word(marker string, kind Kind) bool {
	if isInWord(t.s[:t.at]) {
		return false
	}
	from := t.at + 1
	length := wordLength(t.s[from:], func(r rune) bool {
		return r > unicode.MaxASCII || r != ' ' && !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
	end := from + length
	if length == 0 || !strings.HasPrefix(t.s[end:], marker) {
		return false
	}
	return t.put(end+1, func() { t.styled(t.s[from:end], kind) })
}

func (t *mfmText) verbatim(begin, end, name string) bool {
	if !strings.HasPrefix(t.s[t.at:], begin) {
		return false
	}
	from := t.at + len(begin)
	stop := t.until(from, end)
	if stop <= from || strings.Contains(t.s[from:stop], "\n") {
		return false
	}
	return t.put(stop+len(end), func() {
		t.b.begin("mfmcode", Node{Kind: Code, Name: name})
		t.b.text(t.s[from:stop])
		t.b.end("mfmcode")
	})
}

// element reads the few elements of HTML that are in the language, and addresses in angle brackets.
func (t *mfmText) element() bool {
	if inside, ok := strings.CutPrefix(t.s[t.at:], "<http"); ok {
		end := strings.IndexAny(inside, "> \n")
		if end < 0 || inside[end] != '>' {
			return false
		}
		return t.put(t.at+len("<http")+end+1, func() { t.b.linked("http" + inside[:end]) })
	}
	for _, e := range [...]struct {
		name  string
		kinds []Kind
	}{{"b", []Kind{Strong}}, {"i", []Kind{Emphasis}}, {"s", []Kind{Strike}}, {"small", nil}, {"center", nil}, {"plain", nil}} {
		begin, end := "<"+e.name+">", "</"+e.name+">"
		if !strings.HasPrefix(t.s[t.at:], begin) {
			continue
		}
		from := t.at + len(begin)
		stop := t.until(from, end)
		if stop < 0 {
			return false
		}
		return t.put(stop+len(end), func() {
			if e.name == "plain" {
				t.b.literal = true
				t.b.textLines(strings.Trim(t.s[from:stop], "\n"))
				t.b.literal = false
				return
			}
			t.styled(t.s[from:stop], e.kinds...)
		})
	}
	return false
}

// function reads $[name.arguments content].
func (t *mfmText) function() bool {
	open := t.at + 1
	end, ok := t.closers[open]
	if !ok || t.s[open] != '[' {
		return false
	}
	name, inside, ok := strings.Cut(t.s[open+1:end], " ")
	name, _, _ = strings.Cut(name, ".")
	if !ok || name == "" || inside == "" || strings.ContainsFunc(name, notInFunction) {
		return false
	}
	next := end + 1
	if name == "blur" && strings.HasPrefix(t.s[next:], " ") { // a block's end parts it from what follows
		next++
	}
	return t.put(next, func() {
		switch name {
		case "ruby":
			t.ruby(inside)
		case "unixtime":
			t.b.text(moment(inside))
		case "blur": // hidden until a reader points at it
			tag := "mfmblur" + strconv.Itoa(t.depth)
			t.b.begin(tag, Node{Kind: Fold})
			t.styled(inside)
			t.b.end(tag)
		case "tada", "jelly", "twitch", "shake", "spin", "jump", "bounce", "flip", "x2", "x3", "x4", "scale", "position", "rotate", "crop",
			"font", "rainbow", "sparkle", "fade", "followmouse", "fg", "bg", "border", "clickable", "group":
			t.styled(inside)
		default:
			t.b.text("$[" + name + " ")
			t.styled(inside)
			t.b.text("]")
		}
	})
}

func notInFunction(r rune) bool {
	return r > unicode.MaxASCII || r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r)
}

// ruby writes "base annotation". The annotation is the text behind the last mark; without marks, all behind the first word.
func (t *mfmText) ruby(inside string) {
	inside = strings.TrimSpace(inside)
	marks := t.newText(inside, t.depth+1)
	marks.dry = true
	marks.read()
	base, annotation := inside[:marks.done], strings.TrimSpace(inside[marks.done:])
	if base == "" || annotation == "" {
		base, annotation, _ = strings.Cut(inside, " ")
	}
	if annotation == "" {
		t.styled(inside)
		return
	}
	t.b.begin("ruby", Node{Kind: Ruby})
	t.styled(base)
	t.b.annotate(annotation)
	t.b.end("ruby")
}

// moment is a time in seconds since 1970 as a text that everybody reads alike.
func moment(seconds string) string {
	n, err := strconv.ParseInt(strings.TrimSpace(seconds), 10, 64)
	if err != nil || n < -62135596800 || n > 253402300799 { // years 1 to 9999
		return seconds
	}
	return time.Unix(n, 0).UTC().Format("2006-01-02 15:04 UTC")
}

// labelled reads [label](address) and [label](<address>), of which before is how many bytes stand before the bracket.
func (t *mfmText) labelled(before int) bool {
	open := t.at + before
	end, ok := t.closers[open]
	if !ok || t.label || !strings.HasPrefix(t.s[end:], "](") {
		return false
	}
	address, length := linkAddress(t.s[end+2:])
	if length == 0 {
		return false
	}
	label := strings.ReplaceAll(t.s[open+1:end], "\n", " ")
	href, safe := SafeURL(address, "")
	return t.put(end+2+length, func() {
		if !safe {
			t.styled(label)
			return
		}
		t.label = true
		t.b.begin("a", Node{Kind: Link, Href: href})
		t.styled(label)
		t.b.end("a")
		t.label = false
	})
}

// linkAddress reads a link's address and the bracket behind it, and says how long both are; 0 when there is none. Brackets in an
// address are its own as long as they are pairs.
func linkAddress(s string) (address string, length int) {
	end := strings.IndexAny(s, " \t\n")
	if end < 0 {
		end = len(s)
	}
	s = s[:end]
	if rest, angled := strings.CutPrefix(s, "<"); angled {
		address, _, ok := strings.Cut(rest, ">)")
		if !ok {
			return "", 0
		}
		return address, len(address) + len("<>)")
	}
	depth := 0
	for i := range len(s) {
		switch {
		case s[i] == '(':
			depth++
		case s[i] == ')' && depth > 0:
			depth--
		case s[i] == ')' && i > 0:
			return s[:i], i + 1
		}
	}
	if first := strings.IndexByte(s, ')'); first > 0 {
		return s[:first], first + 1
	}
	return "", 0
}

// mention reads @user, which is at home, and @user@host. A name neither begins nor ends with "-" or ".".
func (t *mfmText) mention() bool {
	if t.label || isInWord(t.s[:t.at]) || inAddress(t.s[t.done:t.at]) {
		return false
	}
	rest := t.s[t.at:]
	n, length := handleAt('@', rest[1:])
	if length == 0 {
		user := wordLength(rest[1:], func(r rune) bool { return r > unicode.MaxASCII || r == '.' || notInUser(r) })
		user = len(strings.TrimRight(rest[1:1+user], "-"))
		href, ok := SafeURL(t.home+"/@"+url.PathEscape(rest[1:1+user]), "")
		if user == 0 || rest[1] == '-' || !ok || strings.HasPrefix(rest[1+user:], "@") {
			return false
		}
		n, length = Node{Kind: Mention, Href: href}, 1+user
	} else if user, _, _ := strings.Cut(rest[1:length+1], "@"); strings.Trim(user, "-.") != user {
		return t.put(t.at+1+length, func() { t.b.text(rest[:1+length]) })
	} else {
		length++
	}
	return t.put(t.at+length, func() { t.b.mention(n, rest[:length]) })
}

func (t *mfmText) hashtag() bool {
	if t.label || isInWord(t.s[:t.at]) || inAddress(t.s[t.done:t.at]) {
		return false
	}
	rest := t.s[t.at+1:]
	length := wordLength(rest, func(r rune) bool {
		return unicode.IsSpace(r) || isControl(r) || strings.ContainsRune(".,!?'\"#:/[]【】()「」（）<>*~`@$", r)
	})
	name := rest[:length]
	href, ok := SafeURL(t.home+"/tags/"+url.PathEscape(name), "")
	if length == 0 || !ok || strings.Trim(name, "0123456789") == "" {
		return false
	}
	return t.put(t.at+1+length, func() {
		t.b.begin("hashtag", Node{Kind: Hashtag, Href: href, Name: name})
		t.b.text("#" + name)
		t.b.end("hashtag")
	})
}
