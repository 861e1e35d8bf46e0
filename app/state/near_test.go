package state_test

import (
	"context"
	"testing"
	"time"

	"vitrine/app/browser"
	"vitrine/app/state"
	"vitrine/app/state/statetest"
	"vitrine/feeds"
	"vitrine/feeds/reader"
)

// inMemory says for each chunk of a list whether all its posts are held: "x", or none: "-"; "?" for a part.
func inMemory(items []reader.Item) string {
	out := ""
	for i := 0; i < len(items); i += state.ChunkSize {
		rows := items[i:min(i+state.ChunkSize, len(items))]
		switch len(reader.Posts(rows)) {
		case len(rows):
			out += "x"
		case 0:
			out += "-"
		default:
			out += "?"
		}
	}
	return out
}

// scrolled opens a list of 600 posts and scrolls to its end, so that all chunks but the last two are folded.
func scrolled(t *testing.T, d *statetest.Driver) (*state.TagModel, *statetest.Timeline) {
	t.Helper()
	_, list := d.Host("a.example", 600)
	d.Visit("#/t/a.example/tea")
	m := shown[*state.TagModel](t, d)
	for i := 0; !m.Feed.Snapshot.End; i++ {
		d.Do(browser.NearEnd{})
		if i > 100 {
			t.Fatalf("%d rows", m.Rows())
		}
	}
	for i := range 28 {
		d.Do(browser.ChunkMove{List: "feed", Chunk: i, Height: 1000 + i})
	}
	list.Asked = 0
	return m, list
}

func TestAListHoldsThePostsNearTheScreen(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		m, list := scrolled(t, d)
		if got := inMemory(m.Feed.Snapshot.Items); got != "xx------------xxxxxxxxxxxxxxxx" {
			t.Fatalf("at the end %s is held", got)
		}
		var before []feeds.Key
		for _, i := range m.Feed.Snapshot.Items {
			before = append(before, i.Entry.Key)
		}
		for _, i := range []int{28, 29} {
			d.Do(browser.ChunkMove{List: "feed", Chunk: i, Height: 1000})
		}
		d.Do(browser.ChunkMove{List: "feed", Chunk: 9, Near: true, Height: 1009})
		if got := inMemory(m.Feed.Snapshot.Items); got != "xxxxxxxxxxxxxxxxxxxx----------" {
			t.Errorf("in the middle %s is held", got)
		}
		d.Do(browser.ChunkMove{List: "feed", Chunk: 9, Height: 1009})
		d.Do(browser.ChunkMove{List: "feed", Chunk: 0, Near: true, Height: 1000})
		if got := inMemory(m.Feed.Snapshot.Items); got[:9] != "xxxxxxxxx" || got[20:] != "----------" {
			t.Errorf("at the top %s is held", got)
		}
		for n, i := range m.Feed.Snapshot.Items {
			if i.Entry.Key != before[n] {
				t.Errorf("row %d is %s, was %s", n, i.Entry.Key, before[n])
			}
		}
		if list.Asked > 0 || m.Rows() != 600 || m.Feed.Snapshot.Err != nil {
			t.Errorf("%d questions, %d rows", list.Asked, m.Rows())
		}
		d.Visit("#/")
		d.Back()
		if again := shown[*state.TagModel](t, d); again != m || inMemory(m.Feed.Snapshot.Items)[:9] != "xxxxxxxxx" {
			t.Errorf("back again %s is held", inMemory(m.Feed.Snapshot.Items))
		}
	})
}

func TestAListThatIsOpenWhileTheStoreIsClearedGoesOnFromTheNetwork(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		m, list := scrolled(t, d)
		if err := d.Store.Forget(context.Background(), ""); err != nil {
			t.Fatal(err)
		}
		d.Do(browser.ChunkMove{List: "feed", Chunk: 9, Near: true, Height: 1009})
		if got := inMemory(m.Feed.Snapshot.Items); got[9] != 'x' || m.Rows() != 600 || list.Asked != 2 {
			t.Errorf("%s is held of %d rows, asked %d times", got, m.Rows(), list.Asked)
		}
		list.Err = &feeds.Error{Kind: feeds.Unreachable, Host: "a.example"}
		d.Do(browser.ChunkMove{List: "feed", Chunk: 12, Near: true, Height: 1012})
		gap := m.Feed.Snapshot.Items[12*state.ChunkSize]
		if gap.Gap == nil {
			t.Fatalf("%+v", gap)
		}
		list.Err = nil
		d.Do(browser.Click{Action: "fill", Cursor: gap.Gap.Cursor})
		d.Pass(time.Second)
		if i := m.Feed.Snapshot.Items[12*state.ChunkSize]; i.Post == nil {
			t.Errorf("%+v", i)
		}
	})
}

func TestAListWithoutOrderInTimeIsHeldAsAWhole(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		d.Host("a.example", 600)
		d.Visit("#/i/a.example/trending")
		m := shown[*state.ServerModel](t, d)
		for range 70 {
			d.Do(browser.NearEnd{})
		}
		chunks := (m.Rows() + state.ChunkSize - 1) / state.ChunkSize
		for i := range chunks - 1 {
			d.Do(browser.ChunkMove{List: "feed", Chunk: i, Height: 1000})
		}
		if n := len(m.Posts()); n != m.Rows() || chunks < 20 {
			t.Errorf("%d posts of %d rows", n, m.Rows())
		}
	})
}
