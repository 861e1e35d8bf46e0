package cache

import (
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/feedstest"
	"vitrine/feeds/jsontext"
)

func TestKeysAreInTheOrderOfEntries(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var entries []feeds.Entry
	for range 2000 {
		at := time.Unix(r.Int64N(4_000_000_000)-2_000_000_000, r.Int64N(3)*500).UTC()
		if len(entries) > 0 && r.IntN(3) == 0 {
			at = entries[len(entries)-1].At.Add(time.Duration(r.IntN(3)-1) * 500 * time.Microsecond)
		}
		entries = append(entries, feeds.Entry{At: at, Key: feeds.Key(string(rune('a' + r.IntN(26))))})
	}
	entries = append(entries, feeds.Entry{}, feeds.Entry{At: time.Date(9999, 12, 31, 23, 59, 59, 999_999_999, time.UTC)})
	slices.SortFunc(entries, feeds.Entry.Compare)
	if !slices.IsSortedFunc(entries, func(a, b feeds.Entry) int { return strings.Compare(entryKey("x", a), entryKey("x", b)) }) {
		t.Error("keys are in another order")
	}
	for _, e := range entries {
		if k := entryKey("x", e); k <= within("x") || k >= beyond("x") {
			t.Fatalf("%q is outside its timeline", k)
		}
	}
}

// fillValue sets every field that is not skipped to something, so that a form which forgets one is found.
func fillValue(v reflect.Value, depth int) {
	switch v.Kind() {
	case reflect.Pointer:
		if depth > 0 {
			v.Set(reflect.New(v.Type().Elem()))
			fillValue(v.Elem(), depth-1)
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			v.Set(reflect.ValueOf(time.Date(2026, 11, 22, 10, 11, 12, 131415, time.UTC)))
			return
		}
		for i := range v.NumField() {
			fillValue(v.Field(i), depth-1)
		}
	case reflect.Slice:
		if depth > 0 {
			v.Set(reflect.MakeSlice(v.Type(), 2, 2))
			fillValue(v.Index(0), depth-1)
			fillValue(v.Index(1), depth-1)
		}
	case reflect.String:
		v.SetString("<ä> \"& " + string(rune('a'+depth)))
	case reflect.Int, reflect.Int64:
		v.SetInt(-1)
	case reflect.Uint8:
		v.SetUint(3)
	case reflect.Float64:
		v.SetFloat(-0.25)
	case reflect.Bool:
		v.SetBool(true)
	}
}

func TestEncodingKeepsEveryField(t *testing.T) {
	var post feeds.Post
	fillValue(reflect.ValueOf(&post).Elem(), 6)
	var e feeds.Entry
	fillValue(reflect.ValueOf(&e).Elem(), 4)
	h := &cachedPost{post: &post, entries: map[feeds.TimelineID]feeds.Entry{"a.example/x": e, "b.example/y": {Key: "k"}}}
	r, err := encode(h)
	if err != nil {
		t.Fatal(err)
	}
	again, err := decode(r.Post, r.Entries)
	if err != nil || !reflect.DeepEqual(h, again) {
		t.Errorf("%v\n%+v\n%+v", err, h, again)
	}
	if len(r.Places) != 2 || len(r.Sightings) != 2 || r.Loose != 0 {
		t.Errorf("%+v", r)
	}
}

// What earlier versions stored was written by encoding/json, and a tab with one of them may still be open.
func TestStoredTextsAreThoseOfEncodingJSON(t *testing.T) {
	var post feeds.Post
	fillValue(reflect.ValueOf(&post).Elem(), 6)
	var author feeds.Author
	fillValue(reflect.ValueOf(&author).Elem(), 5)
	var instance feeds.Instance
	fillValue(reflect.ValueOf(&instance).Elem(), 5)
	var h head
	fillValue(reflect.ValueOf(&h).Elem(), 4)
	for _, v := range []any{
		&post, &author, &instance, &h, &feeds.Post{}, &feeds.Author{}, &feeds.Instance{}, &head{}, &order{Keys: []feeds.Key{"a"}, At: 3},
		&feeds.Usage{Posts: 3}, &map[feeds.TimelineID]feeds.Entry{"a.example/x": {Key: "<k>", BoostedBy: &author}, "b": {}},
	} {
		old, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		text, err := jsontext.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		for name, read := range map[string]func(into any) error{
			"what earlier versions wrote":      func(into any) error { return jsontext.Unmarshal(old, into) },
			"what is written, before":          func(into any) error { return json.Unmarshal(text, into) },
			"what is written, as it is by now": func(into any) error { return jsontext.Unmarshal(text, into) },
		} {
			got := reflect.New(reflect.TypeOf(v).Elem())
			if err := read(got.Interface()); err != nil || !reflect.DeepEqual(got.Interface(), v) {
				t.Errorf("%s: %v\n%+v\n%+v", name, err, got.Elem(), v)
			}
		}
	}
}

func TestRecordsOfTheShelfStayAsTheyWere(t *testing.T) {
	const text = `{"v":1,"j":{"a":[1,"x"]}}`
	var r shelfRecord
	if err := jsontext.Unmarshal([]byte(text), &r); err != nil || r.Version != 1 || string(r.Value) != `{"a":[1,"x"]}` {
		t.Errorf("%+v, %v", r, err)
	}
	if again, err := jsontext.Marshal(r); err != nil || string(again) != text {
		t.Errorf("%s, %v", again, err)
	}
}

func TestEncodingSaysThatAPostIsLoose(t *testing.T) {
	r, err := encode(&cachedPost{post: feedstest.Post("a.example", "1", 1)})
	if err != nil || r.Loose != feedstest.Epoch().UnixMilli() || r.Home != "a.example" || len(r.Places) != 0 {
		t.Errorf("%+v, %v", r, err)
	}
}

func FuzzDecode(f *testing.F) {
	r, _ := encode((&cachedPost{post: feedstest.Post("a.example", "1", 1)}).at("x", feeds.Entry{Key: "k"}))
	f.Add(r.Post, r.Entries)
	f.Add("", "")
	f.Add("null", "null")
	f.Add("[]", `{"x":{"At":"2026"}}`)
	f.Add(`{"Author":null,"Sightings":[{}]}`, `{"":{}}`)
	f.Fuzz(func(t *testing.T, post, entries string) {
		h, err := decode(post, entries)
		if err != nil {
			return
		}
		first, err := encode(h)
		if err != nil {
			return // a year that JSON can't write
		}
		again, err := decode(first.Post, first.Entries)
		if err != nil {
			t.Fatalf("what was written can't be read: %v\n%s\n%s", err, first.Post, first.Entries)
		}
		second, err := encode(again)
		if err != nil || !reflect.DeepEqual(first, second) {
			t.Errorf("%v\n%+v\n%+v", err, first, second)
		}
	})
}

func TestUnchangedPostsKeepTheirSightings(t *testing.T) {
	was := feedstest.Post("a.example", "1", 1)
	for after, same := range map[time.Duration]bool{59 * time.Second: true, time.Minute: false} {
		now := feedstest.Post("a.example", "1", 1)
		now.Sightings[0].At = now.Sightings[0].At.Add(after)
		if got := withStableSightings(&cachedPost{post: was}, &cachedPost{post: now}); got.post.Sightings[0].At.Equal(feedstest.Epoch()) != same {
			t.Errorf("after %v: %v", after, got.post.Sightings)
		}
	}
}
