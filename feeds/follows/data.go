package follows

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"vitrine/feeds"
)

// Home names the feed of everything that is followed. No list has it as its id.
const Home = "home"

// MaxName is how many characters the name of a list may have.
const MaxName = 100

// What is longer is cut or left out: files that are read in may come from anybody.
const (
	maxFollows = 20_000
	maxLists   = 1_000
	maxAddress = 4_000 // bytes
	maxTitle   = 300   // characters
	maxRule    = 300
	maxRules   = 5_000 // of one filter

	maxHosts     = 20 // of one hashtag
	maxLanguages = 200
)

// Data is what a reader chose. What Book.Load returns is shared and isn't changed; Book.Change hands out a copy that may be.
type Data struct {
	Follows []Follow `json:"follows,omitempty"` // in the order in which they were followed, each address once
	Lists   []List   `json:"lists,omitempty"`   // in the reader's order
	Filter  Filter   `json:"filter,omitzero"`   // of the posts in all feeds
}

func (d *Data) clone() *Data {
	next := &Data{Follows: slices.Clone(d.Follows), Lists: slices.Clone(d.Lists), Filter: d.Filter.clone()}
	for i := range next.Follows {
		next.Follows[i] = next.Follows[i].clone()
	}
	for i := range next.Lists {
		next.Lists[i].Filter = next.Lists[i].Filter.clone()
	}
	return next
}

func (d *Data) follow(a Address) int {
	return slices.IndexFunc(d.Follows, func(f Follow) bool { return f.Address == a })
}

func (d *Data) list(id string) int {
	return slices.IndexFunc(d.Lists, func(l List) bool { return l.ID == id })
}

// Find returns the follow with an address, and whether there is one.
func (d *Data) Find(a Address) (Follow, bool) {
	if i := d.follow(a); i >= 0 {
		return d.Follows[i], true
	}
	return Follow{}, false
}

// List returns the list with an id, and whether there is one.
func (d *Data) List(id string) (List, bool) {
	if i := d.list(id); i >= 0 {
		return d.Lists[i], true
	}
	return List{}, false
}

// In returns what is shown in a feed: everything that is followed for Home, else what is in the list with this id; without what is muted.
func (d *Data) In(feed string) []Follow {
	var in []Follow
	for _, f := range d.Follows {
		if !f.Muted && (feed == Home || slices.Contains(f.Lists, feed)) {
			in = append(in, f)
		}
	}
	return in
}

// Add follows sources, and returns how many weren't followed yet. One that is followed already only joins the lists of the new one.
func (d *Data) Add(follows ...Follow) int {
	find := d.follow
	var places map[Address]int
	if len(follows) > 1 {
		places = d.places()
		find = func(a Address) int {
			if i, known := places[a]; known {
				return i
			}
			return -1
		}
	}
	added := 0
	for _, f := range follows {
		if i := find(f.Address); i >= 0 {
			d.Follows[i].Lists = united(d.Follows[i].Lists, f.Lists)
			continue
		}
		if places != nil {
			places[f.Address] = len(d.Follows)
		}
		d.Follows = append(d.Follows, f.clone())
		added++
	}
	return added
}

// places are those of the follows by address.
func (d *Data) places() map[Address]int {
	at := make(map[Address]int, len(d.Follows))
	for i, f := range d.Follows {
		at[f.Address] = i
	}
	return at
}

// Remove no longer follows sources.
func (d *Data) Remove(addresses ...Address) {
	gone := setOf(addresses)
	d.Follows = slices.DeleteFunc(d.Follows, func(f Follow) bool { return gone[f.Address] })
}

// Update changes how sources are followed; f may change everything, the address too, as when somebody has moved.
func (d *Data) Update(f func(*Follow), addresses ...Address) {
	meant := setOf(addresses)
	for i := range d.Follows {
		if meant[d.Follows[i].Address] {
			f(&d.Follows[i])
		}
	}
}

// Put puts follows into a list, or takes them out of it.
func (d *Data) Put(list string, in bool, addresses ...Address) {
	d.Update(func(f *Follow) {
		if f.Lists = without(f.Lists, list); in {
			f.Lists = append(f.Lists, list)
		}
	}, addresses...)
}

// MakeList makes a list at the end, and returns its id, which is made of the name.
func (d *Data) MakeList(name string) (id string) {
	l := List{ID: d.freeID(name), Name: name}
	d.Lists = append(d.Lists, l)
	return l.ID
}

// UpdateList renames a list or changes its filter, and reports whether there is such a list. Its id stays.
func (d *Data) UpdateList(id string, f func(*List)) bool {
	i := d.list(id)
	if i < 0 {
		return false
	}
	f(&d.Lists[i])
	d.Lists[i].ID = id
	return true
}

// MoveList puts a list at another place, counted from 0, and reports whether there is such a list.
func (d *Data) MoveList(id string, to int) bool {
	i := d.list(id)
	if i < 0 {
		return false
	}
	l := d.Lists[i]
	d.Lists = slices.Delete(d.Lists, i, i+1)
	d.Lists = slices.Insert(d.Lists, min(max(to, 0), len(d.Lists)), l)
	return true
}

// MergeLists puts everything of one list into another one, with its rules, and deletes it. It reports whether there are both.
func (d *Data) MergeLists(from, into string) bool {
	i, j := d.list(from), d.list(into)
	if i < 0 || j < 0 || i == j {
		return false
	}
	d.Lists[j].Filter = d.Lists[j].Filter.Joined(d.Lists[i].Filter)
	for n := range d.Follows {
		if f := &d.Follows[n]; slices.Contains(f.Lists, from) {
			f.Lists = united(without(f.Lists, from), []string{into})
		}
	}
	d.Lists = slices.Delete(d.Lists, i, i+1)
	return true
}

// DeleteList deletes a list, and reports whether there was one. What was in it stays followed.
func (d *Data) DeleteList(id string) bool {
	i := d.list(id)
	if i < 0 {
		return false
	}
	d.Lists = slices.Delete(d.Lists, i, i+1)
	for n := range d.Follows {
		d.Follows[n].Lists = without(d.Follows[n].Lists, id)
	}
	return true
}

// freeID makes an id of a list's name: its letters and digits. It is that of no list, and none of those that are reserved.
func (d *Data) freeID(name string, reserved ...string) string {
	words := strings.FieldsFunc(strings.ToLower(cut(name, MaxName)), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) })
	id := strings.Join(words, "-")
	if id == "" {
		id = "list"
	}
	for n, first := 2, id; id == Home || d.list(id) >= 0 || slices.Contains(reserved, id); n++ {
		id = first + "-" + strconv.Itoa(n)
	}
	return id
}

// settle brings what was changed or read in into the form that Data describes. It is TooLarge where there is too much.
func (d *Data) settle() error {
	if len(d.Follows) > maxFollows || len(d.Lists) > maxLists {
		return &feeds.Error{Kind: feeds.TooLarge, Op: "change follows"}
	}
	lists := make(map[string]bool, len(d.Lists))
	d.Lists = slices.DeleteFunc(d.Lists, func(l List) bool {
		bad := l.ID == "" || l.ID == Home || lists[l.ID]
		lists[l.ID] = true
		return bad
	})
	for i := range d.Lists {
		l := &d.Lists[i]
		if l.Name = cut(strings.TrimSpace(l.Name), MaxName); l.Name == "" {
			l.Name = l.ID
		}
		l.Filter.settle()
	}
	d.Filter.settle()
	at := make(map[Address]int, len(d.Follows))
	kept := d.Follows[:0]
	for _, f := range d.Follows {
		if f.Address == "" || len(f.Address) > maxAddress {
			continue
		}
		f.Lists = slices.DeleteFunc(f.Lists, func(id string) bool { return !lists[id] })
		if i, known := at[f.Address]; known {
			kept[i].Lists = united(kept[i].Lists, f.Lists)
			continue
		}
		at[f.Address] = len(kept)
		f.settle()
		kept = append(kept, f)
	}
	clear(d.Follows[len(kept):])
	d.Follows = kept
	return nil
}

func (f *Follow) settle() {
	f.Title = cut(f.Title, maxTitle)
	f.Added = settled(f.Added)
	f.Lists = few(f.Lists, maxLists)
	f.Hosts = few(without(f.Hosts, f.Host), maxHosts)
	f.Tags.Any = few(f.Tags.Any, MaxTags)
	f.Tags.All = few(f.Tags.All, MaxTags-len(f.Tags.Any))
	f.Tags.None = few(f.Tags.None, MaxTags-len(f.Tags.Any)-len(f.Tags.All))
	f.Filter.settle()
}

func (f *Filter) settle() {
	f.Languages = few(f.Languages, maxLanguages)
	f.Rules = slices.DeleteFunc(f.Rules, func(r Rule) bool { return strings.TrimSpace(r.Text) == "" })
	for i := range f.Rules {
		r := &f.Rules[i]
		most := maxRule
		if r.Cause == OfThread {
			most = maxAddress
		}
		r.Text, r.Until = cut(strings.TrimSpace(r.Text), most), settled(r.Until)
	}
	if len(f.Rules) == 0 {
		f.Rules = nil // an empty one would be stored
	}
	if len(f.Rules) < 2 {
		return
	}
	seen := make(map[name]bool, len(f.Rules))
	f.Rules = slices.DeleteFunc(f.Rules, func(r Rule) bool {
		n := name{r.Cause, r.Text}
		again := seen[n]
		seen[n] = true
		return again
	})
	f.Rules = f.Rules[:min(len(f.Rules), maxRules)]
}

// settled is a time as it is stored; zero for one that JSON can't hold.
func settled(t time.Time) time.Time {
	if t = t.UTC().Round(0); t.Year() < 1 || t.Year() > 9999 {
		return time.Time{}
	}
	return t
}

// cut cuts a text to so many characters.
func cut(s string, most int) string {
	if len(s) <= most || utf8.RuneCountInString(s) <= most {
		return s
	}
	for i := range s {
		if most--; most < 0 {
			return s[:i]
		}
	}
	return s
}

// united are the values of both, each once.
func united(a, b []string) []string { return few(slices.Concat(a, b), maxLists) }

// few are the first values of a list, each once and none empty, in a slice of their own.
func few(list []string, most int) []string {
	var kept []string
	for _, s := range list {
		if len(kept) == most {
			break
		}
		if s != "" && !slices.Contains(kept, s) {
			kept = append(kept, s)
		}
	}
	return kept
}

// without are all values but one, in a slice of their own.
func without(list []string, value string) []string {
	var rest []string
	for _, s := range list {
		if s != value {
			rest = append(rest, s)
		}
	}
	return rest
}

func setOf(addresses []Address) map[Address]bool {
	set := make(map[Address]bool, len(addresses))
	for _, a := range addresses {
		set[a] = true
	}
	return set
}
