package offline_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/cache"
	"vitrine/feeds/feedstest"
	"vitrine/feeds/offline"
	"vitrine/feeds/reader"
)

const (
	host     = "a.example"
	fragment = "#/i/a.example"
)

// world is a server with posts, each with a picture and every fifth with a conversation, and who takes it offline.
type world struct {
	*offline.Taker
	t      *testing.T
	store  *cache.Memory
	media  *feedstest.MediaStore
	posts  []*feeds.Post
	news   []feeds.Job
	asked  atomic.Int64 // pages
	talks  atomic.Int64 // conversations that were asked for
	source *feedstest.Source
	fails  func() error // of the server; nil: it doesn't
}

func picture(i int) string { return fmt.Sprintf("https://media.example/%d.png", i) }

func newWorld(t *testing.T, posts int) *world {
	t.Helper()
	w := &world{t: t, store: cache.NewMemory(), media: feedstest.NewMediaStore()}
	clock := feedstest.NewClock()
	clock.Advance(time.Hour)
	for i := range posts {
		p := feedstest.Post(host, fmt.Sprint(posts-i), -10*i)
		p.Media = []feeds.Media{{Kind: feeds.Image, Preview: picture(i), URL: strings.Replace(picture(i), ".png", ".full.png", 1)}}
		w.media.Files[picture(i)] = feedstest.MediaBytes{Type: "image/png", Data: []byte(feedstest.PNG)}
		w.media.Files[p.Media[0].URL] = feedstest.MediaBytes{Type: "image/png", Data: []byte(strings.Repeat(feedstest.PNG, 9))}
		if i%5 == 0 {
			p.Counts.Replies = 2
		}
		w.posts = append(w.posts, p)
	}
	w.source = &feedstest.Source{
		HostName: host,
		OnPosts: func(c feeds.Cursor) (*feeds.Page, error) {
			w.asked.Add(1)
			if w.fails != nil {
				if err := w.fails(); err != nil {
					return nil, err
				}
			}
			from := 0
			_, _ = fmt.Sscan(string(c), &from)
			to, older := min(from+20, len(w.posts)), feeds.Cursor("")
			if to < len(w.posts) {
				older = feeds.Cursor(fmt.Sprint(to))
			}
			return feedstest.Page(older, w.posts[from:to]...), nil
		},
		OnPost: func(id string) (*feeds.Post, error) {
			for _, p := range w.posts {
				if p.Sightings[0].ID == id {
					return p, nil
				}
			}
			return nil, &feeds.Error{Kind: feeds.NotFound, Host: host}
		},
		OnContext: func(id string) (above, below []*feeds.Post, err error) {
			w.talks.Add(1)
			for i := range 2 {
				r := feedstest.Reply(host, fmt.Sprintf("%s-%d", id, i), id, 5)
				r.Media = []feeds.Media{{Kind: feeds.Image, Preview: "https://media.example/reply.png"}}
				below = append(below, r)
			}
			return nil, below, nil
		},
	}
	w.media.Files["https://media.example/reply.png"] = feedstest.MediaBytes{Type: "image/png", Data: []byte(feedstest.PNG)}
	r := reader.New(reader.Options{Store: w.store, Clock: clock, Resolver: &feedstest.Resolver{Sources: map[string]feeds.Source{host: w.source}}})
	w.Taker = &offline.Taker{Records: offline.NewRecords(cache.NewMemoryRecords()), Reader: r, Store: w.store, Media: w.media, Clock: clock}
	return w
}

func wish(c offline.Choice) offline.Wish {
	return offline.Wish{Fragment: fragment, Name: "A", Places: []string{reader.PlaceName(reader.ServerPlace{Host: host, Scope: feeds.Local})}, Choice: c}
}

// run takes a wish offline, and returns what came of it.
func (w *world) run(ctx context.Context, wish offline.Wish) (offline.Taken, error) {
	w.t.Helper()
	if err := w.Put(w.t.Context(), wish); err != nil {
		w.t.Fatal(err)
	}
	err := w.Work(ctx, wish.Job(), func(j feeds.Job) error { w.news = append(w.news, j); return ctx.Err() })
	t, ok, failed := w.Get(w.t.Context(), wish.Fragment)
	if failed != nil || !ok {
		w.t.Fatal(ok, failed)
	}
	return t, err
}

func (w *world) must(c offline.Choice) offline.Taken {
	w.t.Helper()
	t, err := w.run(w.t.Context(), wish(c))
	if err != nil {
		w.t.Fatal(err)
	}
	return t
}

// kept is how many files are kept for the wish.
func (w *world) kept() int {
	w.t.Helper()
	owned, err := w.media.Owned(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	n := 0
	for owner, sum := range owned {
		if offline.FragmentOf(owner) == fragment {
			n += sum.Files
		}
	}
	return n
}

func TestAListIsTakenWithItsConversationsAndPictures(t *testing.T) {
	w := newWorld(t, 50)
	got := w.must(offline.Choice{Posts: 30, Threads: true, Pictures: offline.Small})
	if got.Phase != offline.Over || got.Until.IsZero() || got.State.Posts != 30+12 || got.State.Threads != 6 || len(got.Failures) != 0 || got.Done != got.Total {
		t.Errorf("%+v", got.State)
	}
	if w.kept() != 31 || got.Files != 31 || got.Media != int64(31*len(feedstest.PNG)) || got.Text < 42*100 {
		t.Errorf("%d files: %+v", w.kept(), got.State)
	}
	if w.asked.Load() != 2 || w.talks.Load() != 6 {
		t.Errorf("%d pages, %d conversations were asked for", w.asked.Load(), w.talks.Load())
	}
	for i, n := range w.news {
		if n.Done > n.Total || i > 0 && n.Done < w.news[i-1].Done {
			t.Errorf("news %d: %d of %d", i, n.Done, n.Total)
		}
	}
	posts, _, err := w.store.List(t.Context(), reader.ThreadList(host, "50"))
	if err != nil || len(posts) != 3 {
		t.Errorf("%d posts of the conversation, %v", len(posts), err)
	}
}

func TestAChoiceSaysHowFarBackAndWhichPictures(t *testing.T) {
	for _, c := range []struct {
		choice       offline.Choice
		posts, files int
	}{
		{offline.Choice{Days: 1, Pictures: offline.NoPictures}, 138, 0}, // one in ten minutes, an hour ago the newest
		{offline.Choice{Posts: 7, Pictures: offline.Small}, 7, 7},
		{offline.Choice{Posts: 7, Pictures: offline.Full}, 7, 14},
		{offline.Choice{Posts: 500, Pictures: offline.NoPictures}, 200, 0},
	} {
		w := newWorld(t, 200)
		if got := w.must(c.choice); got.State.Posts != c.posts || w.kept() != c.files {
			t.Errorf("%+v: %d posts, %d files", c.choice, got.State.Posts, w.kept())
		}
	}
}

func TestFilmsAndSoundsAreTakenUpToASize(t *testing.T) {
	w := newWorld(t, 2)
	const film, song, long = "https://video.example/a.mp4", "https://video.example/b.mp3", "https://video.example/c.mp4"
	w.posts[0].Media = []feeds.Media{{Kind: feeds.Video, URL: film}, {Kind: feeds.Audio, URL: song}, {Kind: feeds.Video, URL: "https://video.example/d.m3u8"}}
	w.posts[1].Media = []feeds.Media{{Kind: feeds.Video, URL: long, Film: &feeds.Film{Captions: []feeds.Caption{{URL: "https://video.example/c.vtt", Language: "en"}}}}}
	for _, u := range []string{film, song, "https://video.example/c.vtt"} {
		w.media.Files[u] = feedstest.MediaBytes{Type: "video/mp4", Data: []byte(feedstest.MP4)}
	}
	w.media.Files[long] = feedstest.MediaBytes{Type: "video/mp4", Data: make([]byte, 2000)}
	got := w.must(offline.Choice{Posts: 2, Pictures: offline.NoPictures, Film: 1000})
	if w.kept() != 3 || len(got.Failures) != 1 || got.Failures[0] != (offline.Failure{URL: long, Kind: feeds.TooLarge}) {
		t.Errorf("%d files, %+v", w.kept(), got.Failures)
	}
}

func TestAProgramThatIsKilledInTheMiddleIsGoneOnFromThere(t *testing.T) {
	for _, at := range []int{1, 2, 20, 45} {
		t.Run(fmt.Sprint("after ", at, " steps"), func(t *testing.T) {
			w := newWorld(t, 60)
			ctx, kill := context.WithCancel(t.Context())
			steps := 0
			w.fails = func() error { return ctx.Err() }
			w.media.Err = func(string) error {
				if steps++; steps == at {
					kill()
				}
				return ctx.Err()
			}
			choice := offline.Choice{Posts: 60, Threads: true, Pictures: offline.Small}
			if _, err := w.run(ctx, wish(choice)); !errors.Is(err, context.Canceled) {
				t.Fatal(err)
			}
			if got, _, _ := w.Get(t.Context(), fragment); got.Phase == offline.Over || !got.Until.IsZero() {
				t.Errorf("what is half is said to be whole: %+v", got.State)
			}
			w.fails, w.media.Err = nil, nil
			asked := len(w.media.Asked)
			w.talks.Store(0)
			got := w.must(choice)
			if got.Phase != offline.Over || w.kept() != 61 || got.Run != 1 || w.talks.Load() != 0 {
				t.Errorf("%d files, %d conversations asked for again: %+v", w.kept(), w.talks.Load(), got.State)
			}
			if again := len(w.media.Asked) - asked; again > 61-at+12 {
				t.Errorf("%d of 61 files were asked for again after %d", again, at)
			}
		})
	}
}

// What was kept before a choice was changed stays as it was: its figures, its choice, its files, and nothing of what came since.
func TestWhatIsCancelledLeavesNothingHalf(t *testing.T) {
	for _, phase := range []offline.Phase{offline.ReadsPosts, offline.ReadsThreads, offline.ReadsMedia} {
		t.Run(string(phase), func(t *testing.T) {
			w := newWorld(t, 60)
			first := w.must(offline.Choice{Posts: 40, Threads: true, Pictures: offline.Small, Stay: true})
			kept := w.kept()
			ctx, stop := context.WithCancel(t.Context())
			files := 0
			w.media.Err = func(string) error {
				if files++; files > 5 {
					stop()
				}
				return ctx.Err()
			}
			next := offline.Choice{Posts: 60, Threads: true, Pictures: offline.Full}
			if err := w.Put(t.Context(), wish(next)); err != nil {
				t.Fatal(err)
			}
			err := w.Work(ctx, wish(next).Job(), func(j feeds.Job) error {
				if offline.Phase(j.State) == phase && phase != offline.ReadsMedia {
					stop()
				}
				return ctx.Err()
			})
			if !errors.Is(err, context.Canceled) {
				t.Fatal(err)
			}
			if err := w.Cancel(t.Context(), w.media, fragment); err != nil {
				t.Fatal(err)
			}
			got, _, _ := w.Get(t.Context(), fragment)
			if got.Choice != first.Choice || got.State.Posts != first.State.Posts || got.Text != first.Text || got.State.Threads != first.State.Threads ||
				!got.Until.Equal(first.Until) || got.Files != first.Files || got.Phase != offline.Over || w.kept() != kept {
				t.Errorf("%d files instead of %d, and\n%+v\ninstead of\n%+v", w.kept(), kept, got, first)
			}
		})
	}
	w := newWorld(t, 60)
	if err := w.Remove(t.Context(), w.media, w.must(offline.Choice{Posts: 60})); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Look(t.Context(), wish(offline.Choice{Posts: 60, Pictures: offline.Full})); err != nil || w.kept() == 0 {
		t.Fatal(err)
	}
	if err := w.Put(t.Context(), wish(offline.Choice{Posts: 60, Pictures: offline.Small})); err != nil {
		t.Fatal(err)
	}
	got, _, _ := w.Get(t.Context(), fragment)
	if err := w.Remove(t.Context(), w.media, got); err != nil || w.kept() != 0 {
		t.Errorf("%d files that were looked at for the size are left: %v", w.kept(), err)
	}
}

// In this tab or another one the choice is changed while it is read.
func TestAChoiceThatChangesMeanwhileIsFulfilled(t *testing.T) {
	w := newWorld(t, 40)
	small, full := wish(offline.Choice{Posts: 20, Pictures: offline.Small}), wish(offline.Choice{Posts: 40, Pictures: offline.Full})
	small.Anew = true
	if err := w.Put(t.Context(), small); err != nil {
		t.Fatal(err)
	}
	once := sync.OnceFunc(func() {
		if err := w.Put(t.Context(), full); err != nil {
			t.Error(err)
		}
	})
	w.media.Err = func(string) error { once(); return nil }
	if err := w.Work(t.Context(), small.Job(), func(feeds.Job) error { return nil }); err != nil {
		t.Fatal(err)
	}
	got, _, _ := w.Get(t.Context(), fragment)
	if got.Choice != full.Choice || got.State.Posts != 40 || w.kept() != 80 || got.As != full.Choice || got.Phase != offline.Over {
		t.Errorf("%d files, %+v", w.kept(), got)
	}
	w = newWorld(t, 40)
	if err := w.Put(t.Context(), small); err != nil {
		t.Fatal(err)
	}
	once = sync.OnceFunc(func() {
		if err := w.Put(t.Context(), full); err != nil {
			t.Error(err)
		}
	})
	w.media.Err = func(string) error { once(); return &feeds.Error{Kind: feeds.Storage, Err: cache.ErrFull} }
	if err := w.Work(t.Context(), small.Job(), func(feeds.Job) error { return nil }); err != nil {
		t.Fatal(err)
	}
	if got, _, _ = w.Get(t.Context(), fragment); got.Choice != full.Choice || !got.Paused || got.Waits != feeds.Storage {
		t.Errorf("without room: %+v", got)
	}
}

// Another tab may have deleted the list.
func TestWhatWasKeptOfAListStaysWhenTheListIsDeleted(t *testing.T) {
	w := newWorld(t, 40)
	places := []reader.Place{reader.ServerPlace{Host: host, Scope: feeds.Local}}
	w.Home = func(context.Context, string) ([]reader.Place, error) { return places, nil }
	list := offline.Wish{Fragment: fragment, Home: true, List: "1", Choice: offline.Choice{Posts: 40, Pictures: offline.Small, Stay: true}}
	first, err := w.run(t.Context(), list)
	if err != nil || first.State.Posts != 40 {
		t.Fatal(err, first)
	}
	places = nil
	got, err := w.run(t.Context(), list)
	if err != nil || got.State.Posts != 40 || got.Files != first.Files || w.kept() != 40 || got.Phase != offline.Over || len(got.Lists) == 0 || !got.Until.Equal(first.Until) {
		t.Errorf("%d files, %+v, %v", w.kept(), got, err)
	}
}

func TestWhereTheBrowserHasNoRoomItIsPausedAndGoesOnWithRoom(t *testing.T) {
	w := newWorld(t, 40)
	room := 10
	w.media.Err = func(string) error {
		if room--; room < 0 {
			return &feeds.Error{Kind: feeds.Storage, Err: cache.ErrFull}
		}
		return nil
	}
	choice := offline.Choice{Posts: 40, Pictures: offline.Small}
	got := w.must(choice)
	if !got.Paused || got.Waits != feeds.Storage || got.Phase != offline.ReadsMedia || !got.Until.IsZero() || w.kept() > 10 {
		t.Errorf("%d files, %+v", w.kept(), got)
	}
	w.media.Err = nil
	if got = w.must(choice); got.Paused || got.Waits != "" || got.Phase != offline.Over || w.kept() != 40 {
		t.Errorf("%d files, %+v", w.kept(), got)
	}
}

func TestALostNetworkIsWaitedForAndWhatDoesNotPassIsNamed(t *testing.T) {
	w := newWorld(t, 30)
	away, closed := 5, 0
	w.fails = func() error {
		if away--; away >= 0 {
			return &feeds.Error{Kind: feeds.Offline, Host: host}
		}
		return nil
	}
	w.media.Shut = map[string]bool{"shut.example": true}
	w.posts[1].Media[0].Preview = "https://shut.example/1.png"
	w.posts[2].Media[0].Preview = "https://media.example/gone.png"
	w.media.Err = func(url string) error {
		switch {
		case url == picture(3):
			return &feeds.Error{Kind: feeds.BadData}
		case url == picture(4) && closed < 2:
			closed++
			return &feeds.Error{Kind: feeds.Timeout}
		}
		return nil
	}
	choice := offline.Choice{Posts: 30, Pictures: offline.Small}
	got := w.must(choice)
	if got.Phase != offline.Over || w.kept() != 27 || got.Closed["shut.example"] != 1 || len(got.Failures) != 2 {
		t.Errorf("%d files, %+v", w.kept(), got.State)
	}
	for _, f := range got.Failures {
		if want := map[string]feeds.Kind{picture(3): feeds.BadData, "https://media.example/gone.png": feeds.Unreachable}[f.URL]; f.Kind != want {
			t.Errorf("%+v, want %s", f, want)
		}
	}
	// Asked for again, once it is better.
	w.media.Err, w.media.Shut = nil, nil
	w.media.Files["https://shut.example/1.png"] = feedstest.MediaBytes{Type: "image/png", Data: []byte(feedstest.PNG)}
	w.media.Files["https://media.example/gone.png"] = w.media.Files["https://shut.example/1.png"]
	before := len(w.media.Asked)
	if got = w.must(choice); len(got.Failures)+len(got.Closed) != 0 || w.kept() != 30 || len(w.media.Asked)-before != 3 {
		t.Errorf("%d files, %d asked for, %+v", w.kept(), len(w.media.Asked)-before, got.State)
	}
}

func TestWhatIsKeptStaysWhenItsHostLetsNoPageReadItsFilesAnyMore(t *testing.T) {
	w := newWorld(t, 30)
	w.must(offline.Choice{Posts: 20, Pictures: offline.Small})
	w.media.Shut = map[string]bool{"media.example": true}
	got := w.must(offline.Choice{Posts: 30, Pictures: offline.Small})
	if got.Phase != offline.Over || w.kept() != 20 || got.Closed["media.example"] != 10 || len(got.Failures) != 0 {
		t.Errorf("%d files, %+v", w.kept(), got.State)
	}
	w.media.Shut = nil
	if got = w.must(offline.Choice{Posts: 30, Pictures: offline.Small}); w.kept() != 30 || len(got.Closed) != 0 {
		t.Errorf("%d files once it does again, %+v", w.kept(), got.State)
	}
}

func TestAListThatStaysLetsGoOfWhatIsOlderUnlessThatStaysToo(t *testing.T) {
	for _, old := range []bool{false, true} {
		w := newWorld(t, 30)
		choice := offline.Choice{Posts: 10, Pictures: offline.Small, Stay: true, Old: old}
		w.must(choice)
		fresh := feedstest.Post(host, "31", 9)
		fresh.Media = []feeds.Media{{Kind: feeds.Image, Preview: "https://media.example/new.png"}}
		w.media.Files["https://media.example/new.png"] = feedstest.MediaBytes{Type: "image/png", Data: []byte(feedstest.PNG)}
		w.posts = append([]*feeds.Post{fresh}, w.posts...)
		w.must(choice)
		want := 10
		if old {
			want = 11
		}
		if w.kept() != want {
			t.Errorf("old posts stay %v: %d files", old, w.kept())
		}
	}
}

func TestWhatIsTakenSurvivesSweepsAndIsLetGoOf(t *testing.T) {
	w := newWorld(t, 30)
	choice := offline.Choice{Posts: 30, Threads: true, Pictures: offline.Small}
	got := w.must(choice)
	sweep := func() {
		o, err := w.Spare(t.Context(), feeds.SweepOptions{Budget: 1, Before: time.Now().Add(time.Hour)})
		if err != nil || (o.Budget > 1) != (len(o.Keep) > 0) {
			t.Fatal(o, err)
		}
		if err := w.store.Sweep(t.Context(), o); err != nil {
			t.Fatal(err)
		}
	}
	here := func() (list, talk int) {
		tl, err := w.store.Timeline(t.Context(), host+"/local", feeds.Window{})
		if err != nil {
			t.Fatal(err)
		}
		if tl != nil {
			list = len(tl.Entries)
		}
		posts, _, err := w.store.List(t.Context(), reader.ThreadList(host, "30"))
		if err != nil {
			t.Fatal(err)
		}
		return list, len(posts)
	}
	sweep()
	if list, talk := here(); list != 30 || talk != 3 {
		t.Errorf("%d posts of the list are left, %d of the conversation", list, talk)
	}
	if gone, err := w.Gone(t.Context(), got); gone || err != nil {
		t.Error(gone, err)
	}
	if err := w.Remove(t.Context(), w.media, got); err != nil {
		t.Fatal(err)
	}
	sweep()
	if list, talk := here(); list != 0 || talk != 0 || w.kept() != 0 {
		t.Errorf("%d posts of the list are left, %d of the conversation, %d files", list, talk, w.kept())
	}
	if all, err := w.All(t.Context()); len(all) != 0 || err != nil {
		t.Error(all, err)
	}
}

func TestPostsThatAreOlderThanTheChoiceGoWithASweepUnlessTheyStayToo(t *testing.T) {
	for _, old := range []bool{false, true} {
		w := newWorld(t, 100)
		w.must(offline.Choice{Posts: 80, Pictures: offline.NoPictures, Stay: true, Old: old})
		w.must(offline.Choice{Posts: 30, Pictures: offline.NoPictures, Stay: true, Old: old})
		o, err := w.Spare(t.Context(), feeds.SweepOptions{})
		if err != nil {
			t.Fatal(err)
		}
		if err := w.store.Sweep(t.Context(), o); err != nil {
			t.Fatal(err)
		}
		tl, err := w.store.Timeline(t.Context(), host+"/local", feeds.Window{})
		if want := map[bool]int{false: 40, true: 80}[old]; err != nil || len(tl.Entries) != want { // lists end with a page
			t.Errorf("old posts stay %v: %d of them, want %d", old, len(tl.Entries), want)
		}
		if tl.Complete() {
			t.Error("the list is said to end there")
		}
	}
}

func TestAFileThatCameAfterNobodyWantsItIsLetGoOf(t *testing.T) {
	w := newWorld(t, 3)
	got := w.must(offline.Choice{Posts: 3, Pictures: offline.Small})
	if err := w.Tidy(t.Context()); err != nil || w.kept() != 3 {
		t.Errorf("%d files, %v", w.kept(), err)
	}
	if err := w.Remove(t.Context(), w.media, got); err != nil {
		t.Fatal(err)
	}
	for _, owner := range []string{"offline " + fragment + " 1", "saved x"} {
		if _, err := w.media.Keep(t.Context(), owner, feeds.MediaFile{URL: picture(0)}, 1000); err != nil {
			t.Fatal(err)
		}
	}
	owned := func() int { o, _ := w.media.Owned(t.Context()); return len(o) }
	if err := w.Tidy(t.Context()); err != nil || w.kept() != 0 || owned() != 1 {
		t.Errorf("%d files, %d owners, %v", w.kept(), owned(), err)
	}
}

func TestAListWhoseStorageWasWipedSaysSo(t *testing.T) {
	w := newWorld(t, 10)
	got := w.must(offline.Choice{Posts: 10, Pictures: offline.NoPictures})
	if err := w.store.Forget(t.Context(), ""); err != nil {
		t.Fatal(err)
	}
	if gone, err := w.Gone(t.Context(), got); !gone || err != nil {
		t.Error(gone, err)
	}
}

func TestAConversationIsTaken(t *testing.T) {
	w := newWorld(t, 3)
	got, err := w.run(t.Context(), offline.Wish{Fragment: "#/p/a.example/3", Host: host, ID: "3", Choice: offline.Usual()})
	if err != nil || got.Phase != offline.Over || got.State.Posts != 3 || got.Files != 2 {
		t.Errorf("%+v, %v", got.State, err)
	}
}

func TestTheSizeIsToldBefore(t *testing.T) {
	w := newWorld(t, 200)
	choice := offline.Choice{Posts: 100, Pictures: offline.Small}
	size, err := w.Estimate(t.Context(), wish(choice))
	if err != nil || size.Posts != 100 || size.Known || size.Bytes() <= 0 {
		t.Errorf("without anything stored: %+v, %v", size, err)
	}
	w.must(offline.Choice{Posts: 20, Pictures: offline.Small})
	size, err = w.Estimate(t.Context(), wish(choice))
	if err != nil || !size.Known {
		t.Fatalf("%+v, %v", size, err)
	}
	got := w.must(choice)
	if r := float64(size.Bytes()) / float64(got.Bytes()); r < 0.8 || r > 1.25 {
		t.Errorf("%d bytes were told, %d they are", size.Bytes(), got.Bytes())
	}
	w.media.Shut = map[string]bool{"media.example": true}
	for _, c := range []struct {
		choice offline.Choice
		posts  int
		media  bool
	}{
		{offline.Choice{Days: 1, Pictures: offline.Small}, 138, false},
		{offline.Choice{Days: 1, Pictures: offline.NoPictures}, 138, false},
	} {
		size, err := w.Estimate(t.Context(), wish(c.choice))
		if err != nil || size.Posts < c.posts*8/10 || size.Posts > c.posts*12/10 || (size.Media > 0) != c.media || len(size.Closed) > 0 != (c.choice.Pictures == offline.Small) {
			t.Errorf("%+v: %+v, %v", c.choice, size, err)
		}
	}
}

func TestSomeFilesAreLookedAtForTheSizeBefore(t *testing.T) {
	near := func(w *world, what string, choice offline.Choice) {
		t.Helper()
		before := len(w.media.Asked)
		if _, err := w.Look(t.Context(), wish(choice)); err != nil {
			t.Fatal(what, err)
		}
		size, err := w.Estimate(t.Context(), wish(choice))
		if err != nil {
			t.Fatal(what, err)
		}
		looked := len(w.media.Asked) - before
		if again, err := w.Look(t.Context(), wish(choice)); again || err != nil || len(w.media.Asked)-before != looked || looked > 12 {
			t.Errorf("%s: %d files were looked at, then %d, %v", what, looked, len(w.media.Asked)-before, err)
		}
		got := w.must(choice)
		if r := float64(size.Bytes()) / float64(got.Bytes()); r < 0.5 || r > 2 {
			t.Errorf("%s: %d bytes were told of %d posts, %d of %d they are", what, size.Bytes(), size.Posts, got.Bytes(), got.State.Posts)
		}
		if w.kept() != got.Files {
			t.Errorf("%s: %d files are kept of %d", what, w.kept(), got.Files)
		}
	}
	w := newWorld(t, 300)
	w.must(offline.Choice{Posts: 5, Pictures: offline.NoPictures})
	near(w, "small pictures of files that are tiny", offline.Choice{Days: 1, Pictures: offline.Small})
	near(w, "pictures in full", offline.Choice{Days: 1, Pictures: offline.Full})
	w = newWorld(t, 300)
	w.must(offline.Choice{Posts: 5, Pictures: offline.NoPictures})
	near(w, "conversations", offline.Choice{Days: 1, Pictures: offline.Small, Threads: true})
	// Fifteen posts a minute for a while, then one an hour: the newest page tells nothing of the week.
	w = newWorld(t, 120)
	for i, p := range w.posts {
		p.Published = w.Clock.Now().Add(-time.Duration(i) * 4 * time.Second)
		if i > 20 {
			p.Published = w.Clock.Now().Add(-time.Duration(i-20) * time.Hour)
		}
	}
	w.must(offline.Choice{Posts: 20, Pictures: offline.NoPictures})
	near(w, "posts that came together", offline.Choice{Days: 4, Pictures: offline.Small})
}

func TestWhatIsLookedAtSaysWhichHostsLetNoPageRead(t *testing.T) {
	w := newWorld(t, 100)
	w.must(offline.Choice{Posts: 20, Pictures: offline.NoPictures})
	w.media.Shut = map[string]bool{"media.example": true}
	choice := offline.Choice{Posts: 50, Pictures: offline.Small}
	if _, err := w.Look(t.Context(), wish(choice)); err != nil {
		t.Fatal(err)
	}
	if size, err := w.Estimate(t.Context(), wish(choice)); err != nil || len(size.Closed) != 1 || size.Media != 0 {
		t.Errorf("%+v, %v", size, err)
	}
}

func TestWhatIsLookedAtAndNotTakenIsLetGoOf(t *testing.T) {
	w := newWorld(t, 100)
	w.must(offline.Choice{Posts: 20, Pictures: offline.NoPictures})
	if taken, _, err := w.Get(t.Context(), fragment); err != nil || w.Remove(t.Context(), w.media, taken) != nil {
		t.Fatal(err)
	}
	if learned, err := w.Look(t.Context(), wish(offline.Choice{Posts: 50, Pictures: offline.Small})); !learned || err != nil || w.kept() == 0 {
		t.Fatal(learned, err, w.kept())
	}
	if err := w.Overlook(t.Context(), fragment); err != nil || w.kept() != 0 {
		t.Error(err, w.kept())
	}
}

func TestTheSizeIsToldFromAllThatIsKnownNotFromTheNewestAlone(t *testing.T) {
	w := newWorld(t, 200)
	for _, p := range w.posts[:70] {
		p.Media = nil
	}
	choice := offline.Choice{Posts: 200, Pictures: offline.Full}
	got := w.must(choice)
	size, err := w.Estimate(t.Context(), wish(choice))
	if r := float64(size.Media) / float64(got.Media); err != nil || r < 0.7 || r > 1.4 {
		t.Errorf("%d bytes of media were told, %d they are, %v", size.Media, got.Media, err)
	}
}

// A conversation whose posts all stand in the list brings nothing further.
func TestRepliesThatStandInTheListAreNotCountedTwice(t *testing.T) {
	for _, keyed := range []bool{true, false} { // servers name a post that is answered by its id alone
		w := newWorld(t, 40)
		for i, p := range w.posts {
			if p.Counts.Replies = 0; i > 0 {
				p.Counts.Replies = 1
			}
			if i+1 < len(w.posts) {
				if p.ReplyTo = (&feeds.ReplyTo{ID: w.posts[i+1].Sightings[0].ID, Self: true}); keyed {
					p.ReplyTo.Key = w.posts[i+1].Key
				}
			}
		}
		w.posts[39].Counts = feeds.Counts{Replies: 6, AllBelow: true}
		w.must(offline.Choice{Posts: 40, Pictures: offline.NoPictures})
		if size, err := w.Estimate(t.Context(), wish(offline.Choice{Posts: 40, Threads: true, Pictures: offline.NoPictures})); err != nil || size.Posts != 45 {
			t.Errorf("by their keys: %v, %+v, %v", keyed, size, err)
		}
	}
}

// Where the stored part of a list reaches less far than what is wanted one page further is read, which taking it reads too: the newest posts often came together.
func TestAListThatIsNotKnownDownToWhereItIsWantedIsReadOnForTheSize(t *testing.T) {
	w := newWorld(t, 70)
	for i, p := range w.posts { // two hours apart, and before the first two days twelve
		p.Published = w.Clock.Now().Add(-time.Duration(i) * 2 * time.Hour)
		if i > 19 {
			p.Published = w.Clock.Now().Add(-40*time.Hour - time.Duration(i-20)*12*time.Hour)
		}
	}
	w.must(offline.Choice{Posts: 20, Pictures: offline.NoPictures})
	choice := offline.Choice{Days: 4, Pictures: offline.NoPictures}
	if _, err := w.Look(t.Context(), wish(choice)); err != nil {
		t.Fatal(err)
	}
	size, err := w.Estimate(t.Context(), wish(choice))
	if got := w.must(choice); err != nil || size.Posts != got.State.Posts || size.Most > size.Bytes() {
		t.Errorf("%d posts were told of %d: %+v, %v", size.Posts, got.State.Posts, size, err)
	}
}

func TestAListThatIsKnownWholeIsToldToHaveNoMorePosts(t *testing.T) {
	w := newWorld(t, 8)
	w.must(offline.Choice{Posts: 20, Pictures: offline.NoPictures})
	for _, c := range []offline.Choice{{Posts: 200, Pictures: offline.NoPictures}, {Posts: 5, Pictures: offline.NoPictures}, {Days: 365, Pictures: offline.NoPictures}} {
		if size, err := w.Estimate(t.Context(), wish(c)); err != nil || size.Posts != min(8, max(c.Posts, c.Days)) || size.Most > size.Bytes() {
			t.Errorf("%+v: %+v, %v", c, size, err)
		}
	}
}

func TestAListIsToldToHaveNoMorePostsThanItsServerSays(t *testing.T) {
	w := newWorld(t, 30)
	w.must(offline.Choice{Posts: 20, Pictures: offline.NoPictures})
	if err := w.store.SaveInstance(t.Context(), &feeds.Instance{Host: host, Domain: host, Posts: 90}); err != nil {
		t.Fatal(err)
	}
	if size, err := w.Estimate(t.Context(), wish(offline.Choice{Days: 365, Pictures: offline.NoPictures})); err != nil || size.Posts != 90 {
		t.Errorf("%+v, %v", size, err)
	}
}

func TestWhereLittleIsKnownTheSizeIsARange(t *testing.T) {
	w := newWorld(t, 200)
	w.must(offline.Choice{Posts: 20, Pictures: offline.NoPictures})
	size, err := w.Estimate(t.Context(), wish(offline.Choice{Days: 30, Pictures: offline.NoPictures}))
	if err != nil || size.Most < 3*size.Bytes() {
		t.Errorf("of three hours of thirty days: %+v, %v", size, err)
	}
	if err := w.store.SaveInstance(t.Context(), &feeds.Instance{Host: host, Domain: host, Posts: 60}); err != nil {
		t.Fatal(err)
	}
	if size, err = w.Estimate(t.Context(), wish(offline.Choice{Days: 30, Pictures: offline.NoPictures})); err != nil || size.Posts != 60 || size.Most != 0 {
		t.Errorf("of a server that has sixty posts: %+v, %v", size, err)
	}
	if size, err = w.Estimate(t.Context(), wish(offline.Choice{Posts: 100, Pictures: offline.NoPictures})); err != nil || size.Most != 0 {
		t.Errorf("of a hundred posts: %+v, %v", size, err)
	}
}
