package offline_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/cache"
	"vitrine/feeds/feedstest"
	"vitrine/feeds/offline"
	"vitrine/feeds/reader"
)

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
