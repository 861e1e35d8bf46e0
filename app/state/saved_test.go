package state_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"vitrine/app/browser"
	"vitrine/app/browser/browsertest"
	"vitrine/app/state"
	"vitrine/app/state/statetest"
	"vitrine/feeds"
	"vitrine/feeds/cache"
	"vitrine/feeds/content"
	"vitrine/feeds/feedstest"
	"vitrine/feeds/saved"
)

// savedIDs are the ids of the posts that the saved view shows, in its order.
func savedIDs(t *testing.T, d *statetest.Driver) string {
	t.Helper()
	var all []string
	for _, k := range shown[*state.SavedModel](t, d).Keys {
		all = append(all, string(k[strings.LastIndexByte(string(k), '/')+1:]))
	}
	return strings.Join(all, " ")
}

// key is that of a post of a.example.
func key(n int) feeds.Key { return feedstest.Post("a.example", fmt.Sprint(n), n).Key }

// press presses the save button of a post of a.example.
func press(d *statetest.Driver, n int) { d.Do(browser.Click{Action: "save", Post: key(n)}) }

// kept is what is saved of a post.
func kept(t *testing.T, d *statetest.Driver, n int) *saved.Post {
	t.Helper()
	p, err := saved.Open(d.Kept, feedstest.NewTabs().Open(), "/").Post(t.Context(), key(n))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestOnePressSavesAPostAndTheNextLetsItGo(t *testing.T) {
	statetest.Run(t, statetest.Options{Tabs: feedstest.NewTabs()}, func(t *testing.T, d *statetest.Driver) {
		d.Host("a.example", 5)
		d.Visit("#/i/a.example")
		other := d.Another(t)
		other.Visit("#/saved")
		press(d, 3)
		if !d.Opened(key(3)).Saved || kept(t, d, 3) == nil || d.Note == "" {
			t.Errorf("%+v, %q", kept(t, d, 3), d.Note)
		}
		if !other.Opened(key(3)).Saved || savedIDs(t, other) != "3" {
			t.Error("the other tab shows " + savedIDs(t, other))
		}
		d.Window.Set(func(w *browsertest.Window) { w.Focused = string(key(5)) })
		d.Do(browser.KeyDown{Key: "s"})
		d.Visit("#/saved")
		if got := savedIDs(t, d); got != "5 3" {
			t.Error(got)
		}
		press(d, 3)
		if d.Opened(key(3)).Saved || kept(t, d, 3) != nil || d.LastUndo == nil || savedIDs(t, d) != "5" || savedIDs(t, other) != "5" {
			t.Errorf("%+v, %s, %s", d.LastUndo, savedIDs(t, d), savedIDs(t, other))
		}
		d.Click("undo")
		if !d.Opened(key(3)).Saved || !other.Opened(key(3)).Saved || savedIDs(t, d) != "5 3" || d.LastUndo != nil {
			t.Error(savedIDs(t, d))
		}
	})
}

func TestAPressBeforeItIsKnownWhatIsSavedDoesWhatItMeans(t *testing.T) {
	statetest.Run(t, statetest.Options{Hash: "#/i/a.example", Before: func(d *statetest.Driver) {
		d.Host("a.example", 3)
		d.Window.Lazy = true
		if err := saved.Open(d.Kept, feedstest.NewTabs().Open(), "/").Save(context.Background(), feedstest.Post("a.example", "2", 2), feedstest.Epoch()); err != nil {
			t.Fatal(err)
		}
	}}, func(t *testing.T, d *statetest.Driver) {
		press(d, 2)
		if kept(t, d, 2) != nil || d.LastUndo == nil {
			t.Error("it is saved still")
		}
		press(d, 3)
		if kept(t, d, 3) == nil {
			t.Error("it isn't saved")
		}
	})
}

func TestWhatCannotBeSavedSaysSo(t *testing.T) {
	var full *broken
	statetest.Run(t, statetest.Options{Hash: "#/i/a.example", Before: func(d *statetest.Driver) { d.Host("a.example", 3) }, Kept: func(r feeds.Records) feeds.Records {
		full = &broken{Records: r}
		return full
	}}, func(t *testing.T, d *statetest.Driver) {
		full.err = &feeds.Error{Kind: feeds.Storage, Err: cache.ErrFull}
		press(d, 2)
		if d.Opened(key(2)).Saved || d.Note == "" || kept(t, d, 2) != nil {
			t.Errorf("%q", d.Note)
		}
		if full.tries != 3 {
			t.Errorf("%d tries: what was only read has to give way", full.tries)
		}
		full.err = nil
		press(d, 2)
		if !d.Opened(key(2)).Saved || kept(t, d, 2) == nil {
			t.Error("it isn't saved")
		}
		full.err = &feeds.Error{Kind: feeds.Storage}
		press(d, 2)
		if !d.Opened(key(2)).Saved || kept(t, d, 2) == nil || d.LastUndo != nil {
			t.Error("it was let go")
		}
	})
}

func TestASavedPostBringsItsMediaAndItsConversation(t *testing.T) {
	for _, beside := range []bool{false, true} {
		statetest.Run(t, statetest.Options{Jobs: beside, Tabs: feedstest.NewTabs()}, func(t *testing.T, d *statetest.Driver) {
			s, _ := d.Host("a.example", 5)
			p := feedstest.Post("a.example", "3", 3)
			p.Media = []feeds.Media{{Kind: feeds.Image, URL: "https://a.example/full.jpg", Preview: "https://a.example/small.jpg"}, {Kind: feeds.Video, URL: "https://a.example/film.mp4"}}
			s.OnPost = func(string) (*feeds.Post, error) { return p, nil }
			s.OnContext = func(string) ([]*feeds.Post, []*feeds.Post, error) {
				return nil, []*feeds.Post{feedstest.Reply("a.example", "31", "3", 31)}, nil
			}
			d.Media.Files["https://a.example/full.jpg"] = feedstest.MediaBytes{Type: "image/jpeg", Data: []byte("full")}
			d.Media.Files["https://a.example/small.jpg"] = feedstest.MediaBytes{Type: "image/jpeg", Data: []byte("small")}
			d.Media.Files["https://a.example/film.mp4"] = feedstest.MediaBytes{Type: "video/mp4", Data: make([]byte, 51<<20)}
			d.Visit("#/i/a.example")
			press(d, 3)
			d.Pass(time.Minute)
			got := kept(t, d, 3)
			if got == nil || got.Fetched.IsZero() || len(got.Failed) != 1 || got.Failed[0] != (saved.Failed{URL: "https://a.example/film.mp4", Kind: feeds.TooLarge}) {
				t.Fatalf("%+v", got)
			}
			sums, _ := d.Media.Owned(t.Context())
			if sums[saved.Owner(key(3))].Files != 2 {
				t.Errorf("%+v", sums)
			}
			talk, err := saved.Open(d.Kept, feedstest.NewTabs().Open(), "/").Talk(t.Context(), key(3))
			if err != nil || talk == nil || len(talk.Below) != 1 {
				t.Errorf("%+v, %v", talk, err)
			}
			d.Visit("#/saved")
			if i := shown[*state.SavedModel](t, d).Items[key(3)]; i.Mark.Failed != 1 || i.Mark.Why == "" {
				t.Errorf("%+v", i.Mark)
			}
			press(d, 3)
			if sums, _ = d.Media.Owned(t.Context()); sums[saved.Owner(key(3))].Files != 2 {
				t.Error("the media went before it was sure")
			}
			d.Pass(2 * time.Hour)
			d.Another(t)
			if sums, _ = d.Media.Owned(t.Context()); len(sums) != 0 {
				t.Errorf("%+v", sums)
			}
		})
	}
}

func TestASavedConversationIsReadWithoutANetwork(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		keeps := saved.Open(d.Kept, feedstest.NewTabs().Open(), "/")
		if err := keeps.Save(t.Context(), feedstest.Post("a.example", "3", 3), feedstest.Epoch()); err != nil {
			t.Fatal(err)
		}
		if err := keeps.KeepTalk(t.Context(), key(3), saved.Talk{At: feedstest.Epoch(), Below: []*feeds.Post{feedstest.Reply("a.example", "31", "3", 31)}}); err != nil {
			t.Fatal(err)
		}
		s, _ := d.Host("a.example", 3)
		for _, kind := range []feeds.Kind{feeds.Offline, feeds.Gone} {
			s.OnPost = func(string) (*feeds.Post, error) { return nil, &feeds.Error{Kind: kind, Host: "a.example"} }
			s.OnContext = func(string) ([]*feeds.Post, []*feeds.Post, error) {
				return nil, nil, &feeds.Error{Kind: kind, Host: "a.example"}
			}
			d.Visit("#/p/a.example/3")
			if m := shown[*state.ThreadModel](t, d); m.Snapshot.Tree == nil || m.Snapshot.Tree.Shown != 1 || m.Snapshot.Err == nil || !m.Snapshot.AsOf.Equal(feedstest.Epoch()) {
				t.Fatalf("%s: %+v", kind, m.Snapshot)
			}
			d.Visit("#/saved")
		}
	})
}

func TestOpeningASavedPostLearnsWhatBecameOfIt(t *testing.T) {
	statetest.Run(t, statetest.Options{Tabs: feedstest.NewTabs()}, func(t *testing.T, d *statetest.Driver) {
		s, _ := d.Host("a.example", 3)
		p := feedstest.Post("a.example", "3", 3)
		s.OnPost = func(string) (*feeds.Post, error) { return p, nil }
		d.Visit("#/p/a.example/3")
		press(d, 3)
		edited := *p
		edited.Edited, edited.Body = p.Published.Add(time.Hour), content.ParsePlain("another text", content.Options{})
		p = &edited
		d.Click("again")
		d.Pass(time.Second)
		if got := kept(t, d, 3); len(got.Later) != 1 || content.PlainText(got.Post.Body) != "post 3" {
			t.Fatalf("%+v", got)
		}
		s.OnPost = func(string) (*feeds.Post, error) { return nil, &feeds.Error{Kind: feeds.NotFound, Host: "a.example"} }
		d.Click("again")
		d.Pass(time.Second)
		if got := kept(t, d, 3); got.Gone == nil {
			t.Fatalf("%+v", got)
		}
		d.Visit("#/saved")
		i := shown[*state.SavedModel](t, d).Items[key(3)]
		if i.Mark.Gone.IsZero() || !i.Mark.Edited {
			t.Errorf("%+v", i.Mark)
		}
		d.Do(browser.Click{Action: "saved-versions", Post: key(3)})
		if d.Edits == nil || len(d.Edits.Versions) != 2 {
			t.Errorf("%+v", d.Edits)
		}
	})
}

func TestSavedPostsAreNarrowedDownByTagsAndWords(t *testing.T) {
	statetest.Run(t, statetest.Options{Tabs: feedstest.NewTabs()}, func(t *testing.T, d *statetest.Driver) {
		d.Host("a.example", 30)
		d.Visit("#/i/a.example")
		for _, n := range []int{30, 29, 28, 27} {
			press(d, n)
		}
		d.Visit("#/saved")
		for n, text := range map[int]string{30: "tea, ships", 28: "Tea"} {
			d.Do(browser.Click{Action: "saved-edit", Post: key(n)})
			if d.SavedMenu == nil {
				t.Fatal("no dialog")
			}
			d.Do(browser.Submit{Form: "saved-label", Text: text, More: "Note " + fmt.Sprint(n), Key: string(key(n))})
		}
		m := shown[*state.SavedModel](t, d)
		if len(m.Tags) != 2 || m.Tags[0].Posts != 2 || m.All != 4 {
			t.Fatalf("%+v", m.Tags)
		}
		click := func(tag string) { d.Do(browser.Click{Action: "saved-tag", Post: feeds.Key(tag)}) }
		click(m.Tags[0].Name)
		if got := savedIDs(t, d); got != "30 28" {
			t.Error(got)
		}
		click("ships")
		if got := savedIDs(t, d); got != "30" {
			t.Error(got)
		}
		d.Click("saved-all")
		d.Do(browser.Submit{Form: "saved-find", Text: " NOTE 28 "})
		if got := savedIDs(t, d); got != "28" || !m.Filtered() {
			t.Error(got)
		}
		d.Click("saved-all")
		if got := savedIDs(t, d); got != "30 29 28 27" || m.Filtered() {
			t.Error(got)
		}
		click("ships")
		press(d, 30)
		if got := savedIDs(t, d); got != "29 28 27" {
			t.Errorf("a tag that nothing has any more still hides: %s", got)
		}
	})
}

func TestOfManySavedPostsOnlyThoseNearTheScreenAreHeld(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		keeps := saved.Open(d.Kept, feedstest.NewTabs().Open(), "/")
		var all []*saved.Post
		for n := range 1000 {
			all = append(all, &saved.Post{Post: feedstest.Post("a.example", fmt.Sprint(n), n), At: feedstest.Epoch()})
		}
		if n, err := keeps.Add(t.Context(), all); n != 1000 || err != nil {
			t.Fatal(n, err)
		}
		d.Visit("#/saved")
		m := shown[*state.SavedModel](t, d)
		if len(m.Keys) != 1000 || m.Rows() != 40 || len(m.Items) != 40 {
			t.Fatalf("%d keys, %d rows, %d posts", len(m.Keys), m.Rows(), len(m.Items))
		}
		for range 24 {
			d.Do(browser.NearEnd{})
		}
		for chunk := range 45 {
			d.Do(browser.ChunkMove{List: state.FeedList, Chunk: chunk, Height: 4000})
		}
		if m.Rows() != 1000 || len(m.Items) > 400 || m.Items[m.Keys[999]] == nil || m.Items[m.Keys[0]] != nil {
			t.Errorf("%d rows, %d posts", m.Rows(), len(m.Items))
		}
		for chunk := 44; chunk >= 0; chunk-- {
			d.Do(browser.ChunkMove{List: state.FeedList, Chunk: chunk, Near: true})
		}
		if m.Items[m.Keys[0]] == nil {
			t.Error("the first isn't read again")
		}
	})
}

// broken are records that can't be changed while there is an error.
type broken struct {
	feeds.Records
	err   error
	after int // changes that are let through before
	tries int
}

func (b *broken) Change(ctx context.Context, pairs ...feeds.Pair) error {
	if b.after > 0 {
		b.after--
		return b.Records.Change(ctx, pairs...)
	}
	if b.err != nil {
		b.tries++
		return b.err
	}
	return b.Records.Change(ctx, pairs...)
}

func TestTheFocusGoesToTheNextPostWhereOneIsLetGo(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		d.Host("a.example", 5)
		d.Visit("#/i/a.example")
		for _, n := range []int{1, 2, 3} {
			press(d, n)
		}
		d.Visit("#/saved")
		for _, c := range []struct {
			n    int
			next string
		}{{2, `main article[data-uri="` + string(key(1)) + `"]`}, {1, `main article[data-uri="` + string(key(3)) + `"]`}, {3, "focus main\n"}} {
			d.Window.Calls()
			press(d, c.n)
			if got := d.Window.Calls() + "\n"; !strings.Contains(got, "focus ") || !strings.Contains(got, c.next) {
				t.Errorf("after %d: %q", c.n, got)
			}
		}
		d.Window.Calls()
		d.Click("undo")
		if got := d.Window.Calls(); strings.Contains(got, "focus main article") {
			t.Errorf("after it was taken back: %q", got)
		}
	})
}
