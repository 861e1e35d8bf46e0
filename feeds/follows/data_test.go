package follows

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"vitrine/feeds"
)

// some is what a reader chose who follows a, b and c, a and b in "one", b and c in "two".
func some() *Data {
	d := &Data{Lists: []List{{ID: "one", Name: "One"}, {ID: "two", Name: "Two"}, {ID: "three", Name: "Three"}}}
	for _, a := range []Address{"a", "b", "c"} {
		d.Add(New(a, Profile, now()))
	}
	d.Put("one", true, "a", "b")
	d.Put("two", true, "b", "c")
	if d.settle() != nil {
		panic("too much")
	}
	return d
}

// shown writes data on one line.
func shown(d *Data) string {
	var out []string
	for _, f := range d.Follows {
		s := string(f.Address) + strings.ReplaceAll(fmt.Sprint(f.Lists), " ", ",")
		if f.Muted {
			s += "-"
		}
		out = append(out, s)
	}
	out = append(out, "|")
	for _, l := range d.Lists {
		out = append(out, l.ID+"="+l.Name)
	}
	return strings.Join(out, " ")
}

// changed is data after a change, brought into its form.
func changed(t *testing.T, d *Data, f func(*Data)) *Data {
	t.Helper()
	next := d.clone()
	f(next)
	if err := next.settle(); err != nil {
		t.Fatal(err)
	}
	return next
}

func TestWhatIsChosenIsChanged(t *testing.T) {
	t.Parallel()
	const lists = " | one=One two=Two three=Three"
	for name, c := range map[string]struct {
		change func(*Data)
		want   string
	}{
		"followed": {func(d *Data) { d.Add(New("d", WebFeed, now())) }, "a[one] b[one,two] c[two] d[]" + lists},
		"followed again, in another list": {func(d *Data) {
			f := New("a", Profile, now())
			f.Lists, f.Muted = []string{"three", "one"}, true
			if n := d.Add(f, f); n != 0 {
				panic(n)
			}
		}, "a[one,three] b[one,two] c[two]" + lists},
		"followed twice at once":    {func(d *Data) { d.Add(New("d", WebFeed, now()), New("d", WebFeed, now())) }, "a[one] b[one,two] c[two] d[]" + lists},
		"no longer followed":        {func(d *Data) { d.Remove("b", "x") }, "a[one] c[two]" + lists},
		"muted":                     {func(d *Data) { d.Update(func(f *Follow) { f.Muted = true }, "a", "c") }, "a[one]- b[one,two] c[two]-" + lists},
		"moved":                     {func(d *Data) { d.Update(func(f *Follow) { f.Address = "z" }, "a") }, "z[one] b[one,two] c[two]" + lists},
		"moved to what is followed": {func(d *Data) { d.Update(func(f *Follow) { f.Address = "c" }, "a") }, "c[one,two] b[one,two]" + lists},
		"put into a list":           {func(d *Data) { d.Put("three", true, "a", "b") }, "a[one,three] b[one,two,three] c[two]" + lists},
		"put where it is":           {func(d *Data) { d.Put("one", true, "a") }, "a[one] b[one,two] c[two]" + lists},
		"taken out of a list":       {func(d *Data) { d.Put("one", false, "a", "c") }, "a[] b[one,two] c[two]" + lists},
		"put into no list":          {func(d *Data) { d.Put("four", true, "a") }, "a[one] b[one,two] c[two]" + lists},
		"a list made":               {func(d *Data) { d.Put(d.MakeList(" Straßen & Wege "), true, "a") }, "a[one,straßen-wege] b[one,two] c[two]" + lists + " straßen-wege=Straßen & Wege"},
		"lists of one name":         {func(d *Data) { d.MakeList("one"); d.MakeList("ONE") }, "a[one] b[one,two] c[two]" + lists + " one-2=one one-3=ONE"},
		"lists with odd names":      {func(d *Data) { d.MakeList("Home"); d.MakeList(" "); d.MakeList("🎉") }, "a[one] b[one,two] c[two]" + lists + " home-2=Home list=list list-2=🎉"},
		"a list renamed":            {func(d *Data) { d.UpdateList("one", func(l *List) { l.ID, l.Name = "x", "Uno" }) }, "a[one] b[one,two] c[two] | one=Uno two=Two three=Three"},
		"a list moved":              {func(d *Data) { d.MoveList("three", 0) }, "a[one] b[one,two] c[two] | three=Three one=One two=Two"},
		"a list moved too far":      {func(d *Data) { d.MoveList("one", 99) }, "a[one] b[one,two] c[two] | two=Two three=Three one=One"},
		"a list moved before all":   {func(d *Data) { d.MoveList("two", -1) }, "a[one] b[one,two] c[two] | two=Two one=One three=Three"},
		"lists merged":              {func(d *Data) { d.MergeLists("two", "one") }, "a[one] b[one] c[one] | one=One three=Three"},
		"a list deleted":            {func(d *Data) { d.DeleteList("two") }, "a[one] b[one] c[]" + " | one=One three=Three"},
		"no such lists": {func(d *Data) {
			if d.MergeLists("one", "one") || d.MergeLists("x", "one") || d.MergeLists("one", "x") || d.DeleteList("x") || d.MoveList("x", 0) || d.UpdateList("x", nil) {
				panic("there is one")
			}
		}, "a[one] b[one,two] c[two]" + lists},
	} {
		if got := shown(changed(t, some(), c.change)); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestMergedListsFilterAsBothDid(t *testing.T) {
	t.Parallel()
	d := changed(t, some(), func(d *Data) {
		d.UpdateList("one", func(l *List) {
			l.Filter = Filter{NoBoosts: true, Rules: []Rule{{Cause: OfWord, Text: "a"}, {Cause: OfWord, Text: "b"}}}
		})
		d.UpdateList("two", func(l *List) {
			l.Filter = Filter{OnlyMedia: true, Languages: []string{"de"}, Warnings: WarningsOpen, Rules: []Rule{{Cause: OfWord, Text: "b", Fold: true}, {Cause: OfTag, Text: "b"}}}
		})
		d.MergeLists("two", "one")
	})
	want := Filter{NoBoosts: true, OnlyMedia: true, Languages: []string{"de"}, Warnings: WarningsOpen, Rules: []Rule{{Cause: OfWord, Text: "a"}, {Cause: OfWord, Text: "b"}, {Cause: OfTag, Text: "b"}}}
	if l, ok := d.List("one"); !ok || !l.Filter.Equal(want) {
		t.Errorf("%+v", l.Filter)
	}
}

func TestWhatIsMutedIsInNoFeed(t *testing.T) {
	t.Parallel()
	d := some()
	d.Update(func(f *Follow) { f.Muted = true }, "b")
	for feed, want := range map[string]string{Home: "a c", "one": "a", "two": "c", "three": "", "": "", "x": ""} {
		var got []string
		for _, f := range d.In(feed) {
			got = append(got, string(f.Address))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %v, want %s", feed, got, want)
		}
	}
	if f, ok := d.Find("b"); !ok || !f.Muted {
		t.Errorf("%+v, %v", f, ok)
	}
}

func TestPostsAreAskedForAsTheFilterSays(t *testing.T) {
	t.Parallel()
	f := New("a", Profile, now())
	if f.Posts() != (feeds.ProfileFilter{}) {
		t.Errorf("%+v", f.Posts())
	}
	f.Filter = Filter{NoBoosts: true, OnlyMedia: true}
	if f.Posts() != (feeds.ProfileFilter{Replies: true, NoBoosts: true, OnlyMedia: true}) {
		t.Errorf("%+v", f.Posts())
	}
	if !New("a", Hashtag, now()).Filter.IsZero() {
		t.Error("a hashtag is filtered")
	}
}

func TestWhatComesFromOutsideIsBroughtIntoForm(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("ä", 500)
	f := Follow{
		Address: "a", Title: long, Host: "a.example", Hosts: []string{"b.example", "", "a.example", "b.example"}, Lists: []string{"l", "no", "l"},
		Tags: Tags{Any: []string{"x", "x", "y"}, All: []string{"z"}, None: []string{"u", "v"}}, Added: time.Date(20_000, 1, 1, 0, 0, 0, 0, time.UTC),
		Filter: Filter{Languages: []string{"de", "de"}, Rules: []Rule{{Cause: OfWord, Text: " w "}, {Cause: OfWord, Text: "w"}, {Cause: OfWord, Text: " "}, {Cause: OfTag, Text: "w", Until: now().Local()}}},
	}
	d := &Data{
		Follows: []Follow{{}, f, {Address: Address(strings.Repeat("x", maxAddress+1))}, {Address: "a", Lists: []string{"m"}}},
		Lists:   []List{{ID: "l", Name: long}, {ID: "l", Name: "again"}, {ID: Home}, {}, {ID: "m", Name: " "}},
	}
	if err := d.settle(); err != nil {
		t.Fatal(err)
	}
	want := &Data{
		Follows: []Follow{{
			Address: "a", Title: long[:2*maxTitle], Host: "a.example", Hosts: []string{"b.example"}, Lists: []string{"l", "m"},
			Tags:   Tags{Any: []string{"x", "y"}, All: []string{"z"}, None: []string{"u"}},
			Filter: Filter{Languages: []string{"de"}, Rules: []Rule{{Cause: OfWord, Text: "w"}, {Cause: OfTag, Text: "w", Until: now()}}},
		}},
		Lists: []List{{ID: "l", Name: long[:2*MaxName]}, {ID: "m", Name: "m"}},
	}
	if !reflect.DeepEqual(d, want) {
		t.Errorf("%+v\nwant\n%+v", d, want)
	}
	if err := (&Data{Follows: make([]Follow, maxFollows+1)}).settle(); feeds.KindOf(err) != feeds.TooLarge {
		t.Errorf("%v", err)
	}
	many := Filter{}
	for i := range maxRules + 10 {
		many.Rules = append(many.Rules, Rule{Cause: OfWord, Text: fmt.Sprint(i)})
	}
	if many.settle(); len(many.Rules) != maxRules {
		t.Errorf("%d rules", len(many.Rules))
	}
}

// alter changes each field of a value in turn.
func alter(v reflect.Value, path string, each func(path string)) {
	switch v.Kind() {
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			was := v.Interface()
			v.Set(reflect.ValueOf(now().Add(time.Hour)))
			each(path)
			v.Set(reflect.ValueOf(was))
			return
		}
		for i := range v.NumField() {
			alter(v.Field(i), path+"."+v.Type().Field(i).Name, each)
		}
	case reflect.Slice:
		was := reflect.New(v.Type()).Elem()
		was.Set(v)
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fillOne(v.Index(0))
		each(path)
		v.Set(was)
	case reflect.String:
		was := v.String()
		v.SetString("changed")
		each(path)
		v.SetString(was)
	case reflect.Bool:
		v.SetBool(!v.Bool())
		each(path)
		v.SetBool(!v.Bool())
	default:
		panic("no values of " + v.Type().String())
	}
}

func fillOne(v reflect.Value) {
	if v.Type() == reflect.TypeFor[Rule]() {
		v.Set(reflect.ValueOf(Rule{Cause: OfWord, Text: "changed", Until: now().Add(time.Hour)}))
		return
	}
	v.SetString("one")
}

func TestAChangeOfAnyFieldIsSeenAndTakenBack(t *testing.T) {
	t.Parallel()
	before := some()
	next := before.clone()
	fields := 0
	check := func(path string) {
		fields++
		is := next.clone()
		if err := is.settle(); err != nil {
			t.Fatal(err)
		}
		u := undoOf(before, is)
		if u.Empty() {
			t.Errorf("a change of %s isn't seen", path)
		}
		back := is.clone()
		if back.Undo(u); !reflect.DeepEqual(settledClone(t, back), settledClone(t, before)) {
			t.Errorf("%s: %+v\nwant\n%+v", path, back, before)
		}
	}
	alter(reflect.ValueOf(&next.Follows[2]).Elem(), "Follow", check)
	alter(reflect.ValueOf(&next.Lists[1]).Elem(), "List", check)
	alter(reflect.ValueOf(&next.Filter).Elem(), "Filter", check)
	if fields < 30 {
		t.Errorf("only %d fields were changed", fields)
	}
}

func settledClone(t *testing.T, d *Data) *Data {
	t.Helper()
	return changed(t, d, func(*Data) {})
}

func TestACopySharesNothingThatCanBeChanged(t *testing.T) {
	t.Parallel()
	d := some()
	d.Follows[0].Tags = Tags{Any: []string{"x"}, All: []string{"x"}, None: []string{"x"}}
	d.Follows[0].Hosts = []string{"x"}
	d.Follows[0].Filter = Filter{Languages: []string{"x"}, Rules: []Rule{{Text: "x"}}}
	d.Lists[0].Filter, d.Filter = d.Follows[0].Filter.clone(), d.Follows[0].Filter.clone()
	c := d.clone()
	if !reflect.DeepEqual(c, d) {
		t.Errorf("%+v", c)
	}
	var shared []string
	var walk func(a, b reflect.Value, path string)
	walk = func(a, b reflect.Value, path string) {
		switch a.Kind() {
		case reflect.Struct:
			if a.Type() == reflect.TypeFor[time.Time]() {
				return
			}
			for i := range a.NumField() {
				walk(a.Field(i), b.Field(i), path+"."+a.Type().Field(i).Name)
			}
		case reflect.Slice:
			if a.Len() > 0 && a.Pointer() == b.Pointer() {
				shared = append(shared, path)
			}
			for i := range a.Len() {
				walk(a.Index(i), b.Index(i), path)
			}
		}
	}
	if walk(reflect.ValueOf(*d), reflect.ValueOf(*c), ""); len(shared) > 0 {
		t.Errorf("shared: %v", slices.Compact(shared))
	}
}
