package cache_test

import (
	"context"
	"errors"
	"fmt"
	"syscall/js"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/cache"
	"vitrine/feeds/feedstest"
)

const host = "a.example"

// openDB opens a database of its own for a test.
func openDB(t testing.TB) (*cache.DB, string) {
	t.Helper()
	name := fmt.Sprintf("vitrine:%s:%v", t.Name(), js.Global().Get("Math").Call("random").Float())
	d, err := cache.Open(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = d.Close()
		js.Global().Get("indexedDB").Call("deleteDatabase", name+"-v1")
	})
	return d, name
}

func TestIndexedDBKeepsTheStoreContract(t *testing.T) {
	feedstest.StoreContract(t, func(t *testing.T) feedstest.MaintainedStore {
		d, _ := openDB(t)
		return d
	})
}

func page(from, to int, older feeds.Cursor) *feeds.Page {
	var posts []*feeds.Post
	for i := from; i >= to; i-- {
		posts = append(posts, feedstest.Post(host, fmt.Sprint(i), i))
	}
	return feedstest.Page(older, posts...)
}

func TestIndexedDBIsReadAgainAfterItWasClosed(t *testing.T) {
	d, name := openDB(t)
	if _, err := d.SavePage(t.Context(), "x", "", page(9, 1, "1"), feedstest.Epoch()); err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := cache.Open(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	tl, err := again.Timeline(t.Context(), "x", feeds.Window{})
	if err != nil || tl == nil || len(tl.Entries) != 9 || tl.Ranges[0].Older != "1" {
		t.Errorf("%+v, %v", tl, err)
	}
}

func TestIndexedDBIsWrittenByTwoTabsAtOnce(t *testing.T) {
	one, name := openDB(t)
	two, err := cache.Open(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	defer two.Close()
	failed := make(chan error)
	const pages = 10
	for tab, d := range []*cache.DB{one, two} {
		go func() {
			for i := range pages {
				from := 1000 - 20*i - 10*tab
				if _, err := d.SavePage(context.Background(), "a.example/x", "", page(from, from-9, "more"), feedstest.Epoch()); err != nil {
					failed <- err
					return
				}
			}
			failed <- nil
		}()
	}
	for range 2 {
		if err := <-failed; err != nil {
			t.Fatal(err)
		}
	}
	for _, d := range []*cache.DB{one, two} {
		tl, err := d.Timeline(t.Context(), "a.example/x", feeds.Window{})
		if err != nil || len(tl.Entries) != 2*pages*10 {
			t.Errorf("%d entries, %v", len(tl.Entries), err)
		}
		u, err := d.Usage(t.Context())
		if err != nil || len(u) != 1 || u[0].Posts != 2*pages*10 {
			t.Errorf("usage %+v, %v", u, err)
		}
	}
}

// wait returns once a request of ours to the browser was answered.
func wait(t *testing.T, req js.Value) js.Value {
	t.Helper()
	done := make(chan js.Value, 2)
	f := js.FuncOf(func(_ js.Value, args []js.Value) any {
		done <- req
		return nil
	})
	defer f.Release()
	req.Set("onsuccess", f)
	req.Set("onerror", f)
	return <-done
}

func TestIndexedDBIsMadeAgainWhenAnotherTabDeletedIt(t *testing.T) {
	d, name := openDB(t)
	if err := d.SavePosts(t.Context(), []*feeds.Post{feedstest.Post(host, "1", 1)}); err != nil {
		t.Fatal(err)
	}
	wait(t, js.Global().Get("indexedDB").Call("deleteDatabase", name+"-v1"))
	if p, err := d.PostAt(t.Context(), host, "1"); p != nil || err != nil {
		t.Errorf("PostAt = %v, %v", p, err)
	}
	if err := d.SavePosts(t.Context(), []*feeds.Post{feedstest.Post(host, "1", 1)}); err != nil {
		t.Error(err)
	}
	if p, err := d.PostAt(t.Context(), host, "1"); p == nil || err != nil {
		t.Errorf("PostAt = %v, %v", p, err)
	}
}

func TestIndexedDBOfANewerTabIsAStorageError(t *testing.T) {
	d, name := openDB(t)
	newer := wait(t, js.Global().Get("indexedDB").Call("open", name+"-v1", 2)).Get("result")
	defer newer.Call("close")
	_, err := d.PostAt(t.Context(), host, "1")
	if feeds.KindOf(err) != feeds.Storage {
		t.Errorf("err = %v", err)
	}
}

func TestIndexedDBOfAnOlderSchemaIsDeleted(t *testing.T) {
	name := "vitrine:" + t.Name()
	for _, version := range []string{"-v0", "-v17", "-vx"} {
		wait(t, js.Global().Get("indexedDB").Call("open", name+version)).Get("result").Call("close")
	}
	d, err := cache.Open(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	// The deletion was asked for before this, and the browser works in order.
	for range 100 {
		found := make(chan string, 1)
		f := js.FuncOf(func(_ js.Value, args []js.Value) any {
			names := ""
			for i := range args[0].Length() {
				names += args[0].Index(i).Get("name").String() + " "
			}
			found <- names
			return nil
		})
		js.Global().Get("indexedDB").Call("databases").Call("then", f)
		names := <-found
		f.Release()
		has := func(v string) bool {
			return js.ValueOf(names).Type() == js.TypeString && containsWord(names, name+v)
		}
		if !has("-v17") || !has("-vx") || !has("-v1") {
			t.Fatalf("databases: %s", names)
		}
		if !has("-v0") {
			return
		}
	}
	t.Error("the older one is still there")
}

func containsWord(text, word string) bool {
	var w string
	for text != "" {
		if _, err := fmt.Sscan(text, &w); err != nil {
			return false
		}
		if w == word {
			return true
		}
		text = text[len(w)+1:]
	}
	return false
}

func TestIndexedDBCallIsCancelledAndLosesNothing(t *testing.T) {
	d, _ := openDB(t)
	if _, err := d.SavePage(t.Context(), "a.example/x", "", page(20, 11, "11"), feedstest.Epoch()); err != nil {
		t.Fatal(err)
	}
	// Cancelled at every point of a call that Go can be at.
	for i := range 50 {
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() {
			defer close(done)
			for range i {
				wait(t, js.Global().Get("indexedDB").Call("open", "vitrine:ticks")).Get("result").Call("close")
			}
			cancel()
		}()
		saved, err := d.SavePage(ctx, "a.example/x", "11", page(10, 1, ""), feedstest.Epoch())
		if err != nil && !errors.Is(err, context.Canceled) || err == nil && len(saved.Timeline.Entries) != 10 {
			t.Fatalf("%d: %+v, %v", i, saved, err)
		}
		if tl, err := d.Timeline(ctx, "a.example/x", feeds.Window{}); err == nil && len(tl.Entries) != 10 && len(tl.Entries) != 20 {
			t.Fatalf("%d: half a page: %d entries", i, len(tl.Entries))
		} else if err != nil && !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		cancel()
		<-done
	}
	tl, err := d.Timeline(t.Context(), "a.example/x", feeds.Window{})
	if err != nil || len(tl.Entries) != 10 && len(tl.Entries) != 20 {
		t.Errorf("%+v, %v", tl, err)
	}
}

func TestIndexedDBThatIsMissingIsAStorageError(t *testing.T) {
	object, was := js.Global().Get("Object"), js.Global().Get("Object").Call("getOwnPropertyDescriptor", js.Global(), "indexedDB")
	object.Call("defineProperty", js.Global(), "indexedDB", map[string]any{"value": nil, "configurable": true})
	defer object.Call("defineProperty", js.Global(), "indexedDB", was)
	if _, err := cache.Open(t.Context(), "x"); feeds.KindOf(err) != feeds.Storage {
		t.Errorf("err = %v", err)
	}
}

func TestIndexedDBRecordsInAnotherFormAreNotStored(t *testing.T) {
	d, name := openDB(t)
	if _, err := d.SavePage(t.Context(), "a.example/x", "", page(3, 1, ""), feedstest.Epoch()); err != nil {
		t.Fatal(err)
	}
	db := wait(t, js.Global().Get("indexedDB").Call("open", name+"-v1")).Get("result")
	store := db.Call("transaction", "posts", "readwrite").Call("objectStore", "posts")
	for id, change := range map[string]map[string]any{"1": {"v": 99}, "2": {"j": "{broken", "n": "[]"}} {
		key := string(feedstest.Post(host, id, 1).Key)
		v := wait(t, store.Call("get", key)).Get("result")
		for n, x := range change {
			v.Set(n, x)
		}
		wait(t, store.Call("put", v, key))
	}
	db.Call("close")
	posts, err := d.Posts(t.Context(), []feeds.Key{feedstest.Post(host, "1", 1).Key, feedstest.Post(host, "2", 1).Key, feedstest.Post(host, "3", 1).Key})
	if err != nil || len(posts) != 1 {
		t.Errorf("%d posts, %v", len(posts), err)
	}
	tl, err := d.Timeline(t.Context(), "a.example/x", feeds.Window{})
	if err != nil || len(tl.Entries) != 1 {
		t.Errorf("%+v, %v", tl, err)
	}
	if _, err := d.SavePage(t.Context(), "a.example/x", "", page(3, 1, ""), feedstest.Epoch()); err != nil {
		t.Fatal(err)
	}
	if tl, err := d.Timeline(t.Context(), "a.example/x", feeds.Window{}); err != nil || len(tl.Entries) != 3 {
		t.Errorf("after reading them again: %+v, %v", tl, err)
	}
	if u, err := d.Usage(t.Context()); err != nil || len(u) != 1 || u[0].Posts != 3 {
		t.Errorf("usage %+v, %v", u, err)
	}
}

func TestIndexedDBKeepsTheContractOfNotes(t *testing.T) {
	feedstest.NotesContract(t, func(t *testing.T) feedstest.NotedStore {
		d, _ := openDB(t)
		return d
	})
}
