package offline_test

import (
	"testing"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/feedstest"
	"vitrine/feeds/offline"
	"vitrine/feeds/reader"
)

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

func TestAConversationIsTaken(t *testing.T) {
	w := newWorld(t, 3)
	got, err := w.run(t.Context(), offline.Wish{Fragment: "#/p/a.example/3", Host: host, ID: "3", Choice: offline.Usual()})
	if err != nil || got.Phase != offline.Over || got.State.Posts != 3 || got.Files != 2 {
		t.Errorf("%+v, %v", got.State, err)
	}
}
