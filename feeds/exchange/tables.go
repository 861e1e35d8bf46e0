package exchange

import (
	"slices"
	"strings"

	"vitrine/feeds/address"
)

// columns say which cells of a row hold what; -1 for none.
type columns struct {
	address, title, list, boosts, languages int
}

// readCSV reads a table of addresses or lists. ok is false for a text that is neither; then it may be a plain one.
func readCSV(text string) (r Result, err error, ok bool) {
	comma, skip, first := separator(text)
	body := text[skip:]
	switch {
	case comma == 0:
		return Result{}, nil, false
	case first == FollowingCSV:
		r, err = readFollowing(body, comma, skip)
	default:
		r, err = readLists(body, comma, skip)
	}
	return r, err, true
}

// separator returns what separates the cells of a table, what it is a table of, and the length of a line before it that says so, which Excel
// wants ("sep=;"). It is 0 for a text that is no table.
func separator(text string) (comma byte, skip int, kind Format) {
	if len(text) > 5 && strings.EqualFold(text[:4], "sep=") {
		if skip = strings.IndexByte(text, '\n') + 1; skip > 0 {
			text = text[skip:]
		}
	}
	best := 0
	for _, c := range []byte{',', ';', '\t'} {
		if k, score := classify(text, c); score > best {
			comma, kind, best = c, k, score
		}
	}
	return comma, skip, kind
}

// classify says what a table is, by its first rows, if its cells are separated so. The score is 0 for none.
func classify(text string, comma byte) (kind Format, score int) {
	var follows, lists, at, rows int
	names := map[string]bool{}
	for t := newTable(text, comma); rows < 50; rows++ {
		r, ok := t.next()
		if !ok {
			break
		}
		if rows == 0 && headerOf(r).address >= 0 {
			return FollowingCSV, 1000 + len(r.cells)
		}
		switch {
		case len(r.cells) < 2:
		case isHandle(r.cell(0)):
			if second := r.cell(1); second == "" || choice(second) != Unsaid {
				follows++
			}
		case isHandle(r.cell(1)) && r.cell(0) != "":
			lists++
			names[r.cell(0)] = true
			if strings.HasPrefix(r.cell(1), "@") {
				at++
			}
		}
	}
	switch {
	case 2*follows > rows:
		return FollowingCSV, follows
	case 2*lists <= rows:
		return "", 0
	case at*2 > lists && len(names) == lists && lists > 2: // names of people, not of lists
		return "", 0
	}
	return ListsCSV, lists
}

// isHandle reports "user@host", with "@" before it or without.
func isHandle(s string) bool {
	_, _, ok := address.SplitHandle(s)
	return ok
}

// headerOf finds columns by their names. Sources: Mastodon's app/models/export.rb; tables of accounts that people share.
func headerOf(r record) columns {
	c := columns{-1, -1, -1, -1, -1}
	place := func(at *int, i int) {
		if *at < 0 {
			*at = i
		}
	}
	url := -1
	for i := range r.cells {
		switch name := strings.ToLower(r.cell(i)); name {
		case "account", "acct", "address", "handle", "mastodon", "fediverse":
			place(&c.address, i)
		case "url", "profile", "link", "feed", "feed url", "feed_url", "xmlurl":
			place(&url, i)
		case "name", "title", "display name", "display_name":
			place(&c.title, i)
		case "list", "list name", "folder":
			place(&c.list, i)
		case "show boosts", "show_boosts":
			place(&c.boosts, i)
		case "languages":
			place(&c.languages, i)
		default:
			if strings.HasPrefix(name, "account ad") { // "adress" is often seen
				place(&c.address, i)
			}
		}
	}
	place(&c.address, url)
	if len(r.cells) == 1 && r.cell(0) != "" && !strings.HasPrefix(strings.ToLower(r.cell(0)), "acc") {
		c.address = -1 // a word in a text
	}
	return c
}

// readFollowing reads Mastodon's follows: account, whether boosts are shown, whether posts are announced, languages; before 3.4.2 the
// account alone or with its boosts, and without names of columns.
func readFollowing(text string, comma byte, skipped int) (Result, error) {
	c := newCollector(FollowingCSV)
	t := newTable(text, comma)
	t.line += min(skipped, 1)
	at := columns{0, -1, -1, 1, 3}
	for first := true; !c.full; first = false {
		r, ok := t.next()
		if !ok {
			break
		}
		if h := headerOf(r); first && h.address >= 0 {
			at = h
			continue
		}
		e := Entry{Title: r.cell(at.title), Line: r.line}
		if choice(r.cell(at.boosts)) == Hide { // shown is what everybody has who chose nothing
			e.Boosts = Hide
		}
		for _, language := range strings.FieldsFunc(r.cell(at.languages), func(r rune) bool { return r == ',' || r == ' ' || r == ';' }) {
			if isLanguage(language) && !slices.Contains(e.Languages, language) && len(e.Languages) < 50 {
				e.Languages = append(e.Languages, language)
			}
		}
		if name := r.cell(at.list); name != "" {
			e.Lists = []string{name}
		}
		c.addCell(r, at.address, comma, e)
	}
	return c.table(t)
}

// addCell adds an entry whose address stands in a cell. A mere name is somebody of the server that wrote the table, as Pleroma has them.
func (c *collector) addCell(r record, at int, comma byte, e Entry) {
	cell := r.cell(at)
	if cell == "" {
		c.unread(r.line, strings.Join(r.cells, string(comma)), NoAddress)
		return
	}
	if !strings.ContainsAny(cell, ".:") && isHandle(cell+"@a.example") {
		c.unread(r.line, cell, NoServer)
		return
	}
	c.add(cell, e)
}

// table returns what was collected of a table.
func (c *collector) table(t *table) (Result, error) {
	if t.cut > 0 {
		c.unread(t.cut, "", Broken)
	}
	return c.result()
}

// choice reads "true" and "false" as spreadsheets of many languages write them.
func choice(s string) Choice {
	switch strings.ToLower(s) {
	case "true", "1", "yes", "t", "wahr", "vrai", "verdadero", "vero":
		return Show
	case "false", "0", "no", "f", "falsch", "faux", "falso":
		return Hide
	}
	return Unsaid
}

// isLanguage reports what may be a code of a language. Source: RFC 5646, section 2.1
func isLanguage(s string) bool {
	return len(s) >= 2 && len(s) <= 35 && !strings.ContainsFunc(s, func(r rune) bool {
		return r != '-' && (r < '0' || r > '9') && (r|0x20 < 'a' || r|0x20 > 'z')
	})
}

// readLists reads Mastodon's lists: the name and an account of it in each row, without names of columns.
func readLists(text string, comma byte, skipped int) (Result, error) {
	c := newCollector(ListsCSV)
	t := newTable(text, comma)
	t.line += min(skipped, 1)
	for !c.full {
		r, ok := t.next()
		if !ok {
			break
		}
		e := Entry{Line: r.line}
		if name := r.cell(0); name != "" {
			e.Lists = []string{name}
		}
		c.addCell(r, 1, comma, e)
	}
	return c.table(t)
}

// WriteFollowingCSV writes the accounts among entries as Mastodon's export of follows. left is how many entries are none, which Mastodon
// can't follow in this way.
func WriteFollowingCSV(entries []Entry) (file []byte, left int) {
	var w strings.Builder
	writeRow(&w, "Account address", "Show boosts", "Notify on new posts", "Languages")
	for _, e := range entries {
		account, ok := accountOf(e)
		if !ok {
			left++
			continue
		}
		boosts := "true"
		if e.Boosts == Hide {
			boosts = "false"
		}
		writeRow(&w, account, boosts, "false", strings.Join(e.Languages, ", "))
	}
	return []byte(w.String()), left
}

// WriteListsCSV writes the accounts that are in lists as Mastodon's export of lists. left is how many entries that are in a list are no
// accounts. Mastodon's form has no empty lists.
func WriteListsCSV(entries []Entry, lists []string) (file []byte, left int) {
	accounts := map[string][]string{}
	for _, e := range entries {
		account, ok := accountOf(e)
		if !ok && len(e.Lists) > 0 {
			left++
		}
		if !ok {
			continue
		}
		for _, name := range e.Lists {
			accounts[name] = append(accounts[name], account)
		}
	}
	var w strings.Builder
	for _, name := range AllLists(entries, lists) {
		for _, account := range accounts[name] {
			writeRow(&w, name, account)
		}
	}
	return []byte(w.String()), left
}

// accountOf is how Mastodon writes an account, "user@host".
func accountOf(e Entry) (string, bool) {
	a, reason := followable(e.Address)
	return a.User + "@" + a.Domain, reason == "" && a.Kind == address.Profile
}
