package follows

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"
)

// remove unfollows everything.
func remove(d *Data) { d.Remove("a", "b", "c") }

func TestUndoLeavesWhatOtherTabsChanged(t *testing.T) {
	t.Parallel()
	const lists = " | one=One two=Two three=Three"
	nothing := func(*Data) {}
	for name, c := range map[string]struct {
		change, others func(*Data)
		want           string
	}{
		"unfollowed":               {func(d *Data) { d.Remove("b") }, nothing, "a[one] b[one,two] c[two]" + lists},
		"all unfollowed":           {remove, nothing, "a[one] b[one,two] c[two]" + lists},
		"all, and others followed": {remove, func(d *Data) { d.Add(New("x", Server, now())) }, "a[one] b[one,two] c[two] x[]" + lists},
		"and others unfollowed":    {func(d *Data) { d.Remove("b") }, func(d *Data) { d.Remove("a") }, "b[one,two] c[two]" + lists},
		"and followed anew":        {func(d *Data) { d.Remove("b") }, func(d *Data) { d.Add(New("b", Profile, now())); d.Put("three", true, "b") }, "a[one] c[two] b[three,one,two]" + lists},
		"and its list deleted":     {func(d *Data) { d.Remove("b") }, func(d *Data) { d.DeleteList("two") }, "a[one] b[one] c[] | one=One three=Three"},
		"followed":                 {func(d *Data) { d.Add(New("d", Server, now())) }, func(d *Data) { d.Put("one", true, "d", "c") }, "a[one] b[one,two] c[two,one]" + lists},
		"followed, and unfollowed": {func(d *Data) { d.Add(New("d", Server, now())) }, func(d *Data) { d.Remove("d") }, "a[one] b[one,two] c[two]" + lists},
		"muted, others moved":      {func(d *Data) { d.Update(func(f *Follow) { f.Muted = true }, "a", "b") }, func(d *Data) { d.Put("three", true, "a"); d.Remove("b") }, "a[one,three] c[two]" + lists},
		"muted, and unmuted":       {func(d *Data) { d.Update(func(f *Follow) { f.Muted = true }, "a") }, func(d *Data) { d.Update(func(f *Follow) { f.Muted = false }, "a") }, "a[one] b[one,two] c[two]" + lists},
		"put into a list":          {func(d *Data) { d.Put("three", true, "a") }, func(d *Data) { d.Put("two", true, "a"); d.Put("one", false, "a") }, "a[two] b[one,two] c[two]" + lists},
		"taken out":                {func(d *Data) { d.Put("one", false, "a", "b") }, func(d *Data) { d.Put("three", true, "a") }, "a[three,one] b[one,two] c[two]" + lists},
		"a list deleted":           {func(d *Data) { d.DeleteList("two") }, nothing, "a[one] b[one,two] c[two]" + lists},
		"deleted, others unfollow": {func(d *Data) { d.DeleteList("two") }, func(d *Data) { d.Remove("c"); d.Put("three", true, "b") }, "a[one] b[one,three,two]" + lists},
		"deleted, and made anew":   {func(d *Data) { d.DeleteList("two") }, func(d *Data) { d.Put(d.MakeList("Two"), true, "a") }, "a[one,two] b[one,two-2] c[two-2] | one=One two-2=Two three=Three two=Two"},
		"both deleted, one made anew": {func(d *Data) { d.DeleteList("two"); d.DeleteList("one") }, func(d *Data) {
			d.UpdateList("three", func(l *List) { l.Name = "x" })
			d.Put(d.MakeList("one"), true, "c")
		}, "a[one-2] b[one-2,two] c[one,two] | one-2=One two=Two three=x one=one"},
		"merged":                     {func(d *Data) { d.MergeLists("two", "one") }, nothing, "a[one] b[one,two] c[two]" + lists},
		"merged, and one more":       {func(d *Data) { d.MergeLists("two", "one") }, func(d *Data) { d.Add(Follow{Address: "d", Lists: []string{"one"}}) }, "a[one] b[one,two] c[two] d[one]" + lists},
		"merged, and deleted":        {func(d *Data) { d.MergeLists("two", "one") }, func(d *Data) { d.DeleteList("one") }, "a[] b[two] c[two] | two=Two three=Three"},
		"made":                       {func(d *Data) { d.Put(d.MakeList("new"), true, "a") }, func(d *Data) { d.Put("new", true, "c") }, "a[one] b[one,two] c[two]" + lists},
		"renamed":                    {func(d *Data) { d.UpdateList("one", func(l *List) { l.Name = "Uno" }) }, func(d *Data) { d.MoveList("one", 1) }, "a[one] b[one,two] c[two] | two=Two one=One three=Three"},
		"renamed, and again":         {func(d *Data) { d.UpdateList("one", func(l *List) { l.Name = "Uno" }) }, func(d *Data) { d.UpdateList("one", func(l *List) { l.Name = "Un" }) }, "a[one] b[one,two] c[two] | one=Un two=Two three=Three"},
		"ordered":                    {func(d *Data) { d.MoveList("three", 0) }, func(d *Data) { d.MakeList("new"); d.MoveList("new", 1) }, "a[one] b[one,two] c[two] | one=One new=new two=Two three=Three"},
		"ordered, and one deleted":   {func(d *Data) { d.MoveList("three", 0) }, func(d *Data) { d.DeleteList("one") }, "a[] b[two] c[two] | two=Two three=Three"},
		"ordered, and again":         {func(d *Data) { d.MoveList("three", 0) }, func(d *Data) { d.MoveList("two", 0) }, "a[one] b[one,two] c[two] | two=Two three=Three one=One"},
		"somebody moved":             {func(d *Data) { d.Update(func(f *Follow) { f.Address = "z" }, "b") }, nothing, "a[one] b[one,two] c[two]" + lists},
		"deleted with what is in it": {func(d *Data) { d.DeleteList("one"); d.Remove("a", "b") }, func(d *Data) { d.Remove("c") }, "a[one] b[one,two]" + lists},
	} {
		was := some()
		is := changed(t, was, c.change)
		u := undoOf(was, is)
		if u.Empty() {
			t.Errorf("%s: nothing was changed", name)
		}
		later := changed(t, is, c.others)
		if got := shown(changed(t, later, func(d *Data) { d.Undo(u) })); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestUndoOfFiltersLeavesOtherRules(t *testing.T) {
	t.Parallel()
	rule := func(text string) Rule { return Rule{Cause: OfWord, Text: text} }
	was := changed(t, some(), func(d *Data) { d.Filter = Filter{NoBoosts: true, Rules: []Rule{rule("a"), rule("b")}} })
	is := changed(t, was, func(d *Data) {
		d.Filter = Filter{OnlyMedia: true, Rules: []Rule{rule("b"), rule("c"), {Cause: OfWord, Text: "a", Fold: true, Until: now().Add(time.Hour)}}}
	})
	later := changed(t, is, func(d *Data) {
		d.Filter.OnlyMedia, d.Filter.Languages = false, []string{"de"}
		d.Filter.Rules = append(d.Filter.Rules, rule("d"))
	})
	got := changed(t, later, func(d *Data) { d.Undo(undoOf(was, is)) })
	want := Filter{NoBoosts: true, Languages: []string{"de"}, Rules: []Rule{rule("b"), rule("d"), rule("a")}}
	if !got.Filter.Equal(want) {
		t.Errorf("%+v\nwant\n%+v", got.Filter, want)
	}
}

// Whatever is done and taken back, nothing remains of it, nor of taking back that it was taken back.
func TestEveryChangeIsTakenBackExactly(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	any := func() Address { return Address(fmt.Sprint("x", r.IntN(12))) }
	list := func() string { return fmt.Sprint("l", r.IntN(5)) }
	steps := []func(*Data){
		func(d *Data) { d.Add(New(any(), Profile, now())) },
		func(d *Data) { d.Remove(any(), any()) },
		func(d *Data) { d.Put(list(), r.IntN(2) == 0, any(), any(), any()) },
		func(d *Data) {
			if len(d.Lists) < 6 {
				d.MakeList(list())
			}
		},
		func(d *Data) { d.DeleteList(list()) },
		func(d *Data) { d.MergeLists(list(), list()) },
		func(d *Data) { d.MoveList(list(), r.IntN(4)) },
		func(d *Data) {
			d.UpdateList(list(), func(l *List) { l.Name = list(); l.Filter.NoBoosts = !l.Filter.NoBoosts })
		},
		func(d *Data) { d.Update(func(f *Follow) { f.Muted = !f.Muted; f.Title = list() }, any(), any()) },
		func(d *Data) { d.Filter.Rules = append(d.Filter.Rules, Rule{Cause: OfWord, Text: list()}) },
	}
	d := some()
	for i := range 3000 {
		next := changed(t, d, func(d *Data) {
			for range 1 + r.IntN(3) {
				steps[r.IntN(len(steps))](d)
			}
		})
		back := changed(t, next, func(b *Data) { b.Undo(undoOf(d, next)) })
		again := changed(t, back, func(b *Data) { b.Undo(undoOf(next, back)) })
		if !same(back, d) || !same(again, next) {
			t.Fatalf("step %d:\n%+v\n%+v\n%+v\n%+v", i, d, next, back, again)
		}
		d = next
	}
	if len(d.Follows) < 3 || len(d.Lists) == 0 {
		t.Errorf("%s", shown(d))
	}
}

func same(a, b *Data) bool {
	return undoOf(a, b).Empty() && undoOf(b, a).Empty() && reflect.DeepEqual(ids(a.Lists), ids(b.Lists))
}

func TestAnUndoSaysWhatItTakesBack(t *testing.T) {
	t.Parallel()
	was := some()
	u := undoOf(was, changed(t, was, func(d *Data) { d.Remove("a", "b"); d.Add(New("d", Server, now())) }))
	if u.Removed() != 2 || u.Added() != 1 || !undoOf(was, was.clone()).Empty() || !(Undo{}).Empty() {
		t.Errorf("%d removed, %d added", u.Removed(), u.Added())
	}
}
