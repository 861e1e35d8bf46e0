package follows

import "slices"

// Undo takes a change back. It says what that change did, so that what other tabs did since stays: what was removed comes back in its
// place, what was added goes, and of what was changed only that which nobody has changed again. The zero value takes nothing back.
type Undo struct {
	follows changes[Follow, Address]
	lists   changes[List, string]
	order   [2][]string // the lists' ids before and after
	filter  *[2]Filter  // of all feeds, before and after
}

// changes are what became of values that have keys.
type changes[T any, K comparable] struct {
	removed []T
	order   []K // of all before, where some were removed
	added   []K
	changed [][2]T // before and after
}

// Empty reports that nothing was changed.
func (u Undo) Empty() bool {
	return u.follows.empty() && u.lists.empty() && u.order[0] == nil && u.filter == nil
}

func (c changes[T, K]) empty() bool { return len(c.removed)+len(c.added)+len(c.changed) == 0 }

// Removed returns how many follows the change removed.
func (u Undo) Removed() int { return len(u.follows.removed) }

// Added returns how many follows the change added.
func (u Undo) Added() int { return len(u.follows.added) }

func addressOf(f Follow) Address { return f.Address }
func idOf(l List) string         { return l.ID }

// undoOf compares the data before and after a change.
func undoOf(before, after *Data) Undo {
	u := Undo{follows: compare(before.Follows, after.Follows, addressOf, Follow.Equal), lists: compare(before.Lists, after.Lists, idOf, List.Equal)}
	if was, is := ids(before.Lists), ids(after.Lists); !slices.Equal(kept(was, is), kept(is, was)) {
		u.order = [2][]string{was, is}
	}
	if !before.Filter.Equal(after.Filter) {
		u.filter = &[2]Filter{before.Filter, after.Filter}
	}
	return u
}

func compare[T any, K comparable](before, after []T, key func(T) K, equal func(T, T) bool) (c changes[T, K]) {
	is := make(map[K]int, len(after))
	for i, v := range after {
		is[key(v)] = i
	}
	was := make(map[K]bool, len(before))
	for _, v := range before {
		was[key(v)] = true
		switch j, there := is[key(v)]; {
		case !there:
			c.removed = append(c.removed, v)
		case !equal(v, after[j]):
			c.changed = append(c.changed, [2]T{v, after[j]})
		}
	}
	for _, v := range after {
		if !was[key(v)] {
			c.added = append(c.added, key(v))
		}
	}
	if len(c.removed) > 0 {
		for _, v := range before {
			c.order = append(c.order, key(v))
		}
	}
	return c
}

func ids(lists []List) []string {
	var all []string
	for _, l := range lists {
		all = append(all, l.ID)
	}
	return all
}

// kept are the values of a list that another one has too.
func kept(list, other []string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return !slices.Contains(other, s) })
}

// Undo takes back a change.
func (d *Data) Undo(u Undo) {
	renamed := d.undoLists(u)
	d.Remove(u.follows.added...)
	at := d.places()
	for _, c := range u.follows.changed {
		if i, there := at[c[0].Address]; there {
			d.Follows[i].undo(withLists(c[0], renamed), c[1])
		}
	}
	back := map[Address]Follow{}
	for _, f := range u.follows.removed {
		was := withLists(f.clone(), renamed)
		if i, there := at[was.Address]; there { // it was followed anew since
			d.Follows[i].Lists = united(d.Follows[i].Lists, was.Lists)
			continue
		}
		back[was.Address] = was
	}
	d.Follows = restored(d.Follows, back, u.follows.order, addressOf)
	if u.filter != nil {
		d.Filter.undo(u.filter[0], u.filter[1])
	}
}

// undoLists takes back what became of the lists. Renamed are the ids of those that come back under another one, since theirs was taken.
func (d *Data) undoLists(u Undo) (renamed map[string]string) {
	d.Lists = slices.DeleteFunc(d.Lists, func(l List) bool { return slices.Contains(u.lists.added, l.ID) })
	for _, c := range u.lists.changed {
		d.UpdateList(c[0].ID, func(l *List) {
			undo(&l.Name, c[0].Name, c[1].Name)
			l.Filter.undo(c[0].Filter, c[1].Filter)
		})
	}
	back := map[string]List{}
	taken := slices.Clone(u.lists.order)
	for _, was := range u.lists.removed {
		l := List{was.ID, was.Name, was.Filter.clone()}
		if d.list(l.ID) >= 0 {
			if renamed == nil {
				renamed = map[string]string{}
			}
			l.ID = d.freeID(l.ID, taken...)
			taken = append(taken, l.ID)
			renamed[was.ID] = l.ID
		}
		back[was.ID] = l
	}
	d.Lists = restored(d.Lists, back, u.lists.order, idOf)
	d.undoOrder(u.order[0], u.order[1])
	return renamed
}

// restored is a list with values back in their places: each behind the one that stood before it, or what is left of those.
func restored[T any, K comparable](list []T, back map[K]T, order []K, key func(T) K) []T {
	if len(back) == 0 {
		return list
	}
	at := make(map[K]int, len(list))
	for i, v := range list {
		at[key(v)] = i
	}
	behind := map[int][]T{} // what comes back behind the place; -1 is before all
	place := -1
	for _, k := range order {
		if v, ok := back[k]; ok {
			behind[place] = append(behind[place], v)
		} else if i, there := at[k]; there {
			place = i
		}
	}
	next := append(make([]T, 0, len(list)+len(back)), behind[-1]...)
	for i, v := range list {
		next = append(append(next, v), behind[i]...)
	}
	return next
}

// undoOrder puts the lists into the order before, if they are still in the one after. Lists that are new since stay in their places.
func (d *Data) undoOrder(before, after []string) {
	is := ids(d.Lists)
	if before == nil || !slices.Equal(kept(kept(is, before), after), kept(kept(after, is), before)) {
		return
	}
	next := kept(before, is)
	was := slices.Clone(d.Lists)
	for i, id := range is {
		if slices.Contains(before, id) {
			d.Lists[i] = was[slices.Index(is, next[0])]
			next = next[1:]
		}
	}
}

// withLists is a follow that is in the renamed lists where it was in them.
func withLists(f Follow, renamed map[string]string) Follow {
	if len(renamed) == 0 {
		return f
	}
	f.Lists = slices.Clone(f.Lists)
	for i, id := range f.Lists {
		if now, ok := renamed[id]; ok {
			f.Lists[i] = now
		}
	}
	return f
}

// undo takes back a change of a follow.
func (f *Follow) undo(before, after Follow) {
	undo(&f.Kind, before.Kind, after.Kind)
	undo(&f.Title, before.Title, after.Title)
	undo(&f.Host, before.Host, after.Host)
	undo(&f.Software, before.Software, after.Software)
	undo(&f.Handle, before.Handle, after.Handle)
	undo(&f.ID, before.ID, after.ID)
	undo(&f.URL, before.URL, after.URL)
	undo(&f.Tag, before.Tag, after.Tag)
	undo(&f.Added, before.Added, after.Added)
	undo(&f.Muted, before.Muted, after.Muted)
	undoSet(&f.Hosts, before.Hosts, after.Hosts, equal[string])
	undoSet(&f.Lists, before.Lists, after.Lists, equal[string])
	undoSet(&f.Tags.Any, before.Tags.Any, after.Tags.Any, equal[string])
	undoSet(&f.Tags.All, before.Tags.All, after.Tags.All, equal[string])
	undoSet(&f.Tags.None, before.Tags.None, after.Tags.None, equal[string])
	f.Filter.undo(before.Filter, after.Filter)
}

// undo takes back a change of a filter.
func (f *Filter) undo(before, after Filter) {
	undo(&f.NoBoosts, before.NoBoosts, after.NoBoosts)
	undo(&f.NoReplies, before.NoReplies, after.NoReplies)
	undo(&f.OnlyMedia, before.OnlyMedia, after.OnlyMedia)
	undo(&f.Warnings, before.Warnings, after.Warnings)
	undoSet(&f.Languages, before.Languages, after.Languages, equal[string])
	undoSet(&f.Rules, before.Rules, after.Rules, Rule.Equal)
}

// undo takes back a change of one value, unless it was changed again.
func undo[T comparable](now *T, before, after T) {
	if *now == after {
		*now = before
	}
}

// undoSet takes back a change of a set: what was added goes, what was removed comes back.
func undoSet[T any](now *[]T, before, after []T, equal func(T, T) bool) {
	if slices.EqualFunc(*now, after, equal) {
		*now = slices.Clone(before)
		return
	}
	has := func(set []T, v T) bool { return slices.ContainsFunc(set, func(o T) bool { return equal(v, o) }) }
	next := slices.DeleteFunc(slices.Clone(*now), func(v T) bool { return has(after, v) && !has(before, v) })
	for _, v := range before {
		if !has(after, v) && !has(next, v) {
			next = append(next, v)
		}
	}
	*now = next
}

func equal[T comparable](a, b T) bool { return a == b }
