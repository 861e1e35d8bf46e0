package offline_test

import (
	"testing"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/offline"
)

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
