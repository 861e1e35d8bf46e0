package syndication

import (
	"cmp"
	"slices"
	"strings"

	"vitrine/feeds/jsontext"
)

// person is who wrote something: plain text, without addresses of e-mail, which aren't ours to show.
type person struct{ name, url string }

// maxPeople is how many authors of one item are named.
const maxPeople = 20

// and adds another author of the same item. A page is one person's.
func (p person) and(other person) person {
	switch {
	case p.name == "":
		return other
	case other.name == "" || slices.Contains(strings.Split(p.name, ", "), other.name) || strings.Count(p.name, ", ") >= maxPeople:
		return p
	}
	return person{name: p.name + ", " + other.name}
}

// readPerson reads an element that names somebody: a text in RSS, elements in Atom (RFC 4287, section 3.2) and in those feeds of RSS
// that have Atom's elements without their namespace.
func readPerson(e *element) person {
	if e.hasMarkup() {
		name := text{value: cmp.Or(e.within("displayname"), e.within("name"), e.within("nick")).words()}
		page := cmp.Or(e.within("uri"), e.within("url"), e.within("link"), e.within("homepage")).words()
		if e.base != "" {
			page = resolved(page, e.base)
		}
		return person{nameOf(name.line()), page}
	}
	name := text{value: e.words()}.line()
	if page := resolved(name, ""); page != "" { // Lemmy: the address of a profile
		return person{memberOf(page), page}
	}
	return person{name: nameOf(name)}
}

// within returns the first element of that name in an element, whatever its namespace; nil for none.
func (e *element) within(local string) *element {
	for _, c := range e.children {
		if c.name != "" && localName(c.name) == local {
			return c
		}
		if found := c.within(local); found != nil {
			return found
		}
	}
	return nil
}

// nameOf reads an author as RSS has them: "ada@blog.example (Ada)", "Ada <ada@blog.example>", "Ada ada@blog.example", several of
// these, or a name alone. It leaves every address out; an address alone is nobody's name.
func nameOf(s string) string {
	s = oneLine(s)
	if !strings.Contains(s, "@") {
		return unquoted(s)
	}
	var out strings.Builder
	for from := 0; ; {
		at := strings.IndexByte(s[from:], '@')
		if at < 0 {
			out.WriteString(s)
			break
		}
		at += from
		start := strings.LastIndexFunc(s[:at], endsAddress) + 1
		end := at + 1
		if n := strings.IndexFunc(s[end:], endsAddress); n >= 0 {
			end += n
		} else {
			end = len(s)
		}
		if start == at || end == at+1 { // "@ada@social.example" is a handle, and "Ada @ Home" a name
			from = end
			if start == at && end < len(s) && s[end] == '@' {
				from = end + 1
			}
			continue
		}
		out.WriteString(s[:start])
		s, from = s[end:], 0
		if after, ok := strings.CutPrefix(strings.TrimLeft(s, " "), "("); ok {
			if name, rest, ok := strings.Cut(after, ")"); ok && !strings.Contains(name, "@") {
				out.WriteString(name)
				s = rest
			}
		}
	}
	name := strings.NewReplacer("mailto:", "", "<>", "", "()", "", "[]", "").Replace(out.String())
	var names []string
	for part := range strings.FieldsFuncSeq(name, func(r rune) bool { return r == ',' || r == ';' }) {
		if part = unquoted(part); part != "" {
			names = append(names, part)
		}
	}
	return strings.Join(names, ", ")
}

// endsAddress reports what stands before or behind an address of e-mail.
func endsAddress(r rune) bool { return r <= ' ' || strings.ContainsRune("\"'<>()[],;:@", r) }

// unquoted takes away what parts a name from the address beside it.
func unquoted(name string) string {
	name, _, _ = strings.Cut(name, "<")
	name = strings.Join(strings.Fields(name), " ")
	name = strings.Trim(name, " -–—|/&")
	if n := len(name); n > 2 && (name[0] == '"' || name[0] == '\'') && name[n-1] == name[0] && strings.Count(name, name[:1]) == 2 {
		name = strings.TrimSpace(name[1 : n-1])
	}
	return name
}

// jsonPeople are the authors of JSON Feed: "author" of version 1.0 and "authors" of 1.1, which feeds write as an object, a list, or a
// mere name.
type jsonPeople person

// ReadJSON takes whatever stands there: what names nobody is left out.
func (p *jsonPeople) ReadJSON(r *jsontext.Reader) bool {
	var all person
	if r.Peek() == '[' {
		n := 0
		for more := r.Open('['); more; more = r.Next(']') {
			if n++; n > maxPeople {
				r.Skip()
				continue
			}
			all = all.and(jsonPerson(r))
		}
	} else {
		all = all.and(jsonPerson(r))
	}
	*p = jsonPeople(all)
	return true
}

func jsonPerson(r *jsontext.Reader) person {
	var w struct {
		Name word `json:"name"`
		URL  word `json:"url"`
	}
	if r.Peek() == '"' {
		w.Name.ReadJSON(r)
	} else {
		r.Read(&w)
	}
	return person{nameOf(string(w.Name)), string(w.URL)}
}
