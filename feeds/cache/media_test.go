package cache_test

import (
	"context"
	"errors"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/cache"
	"vitrine/feeds/feedstest"
)

func TestMemoryKeepsTheContractOfMedia(t *testing.T) {
	feedstest.MediaContract(t, func(_ *testing.T, files feeds.FileFetcher, clock feeds.Clock) feeds.MediaStore {
		return cache.NewMemoryMedia(cache.NewMemoryRecords(), files, clock, feedstest.NewTabs().Open())
	})
}

// dying are records whose program is killed when it writes.
type dying struct {
	feeds.Records
	dead bool
}

var errKilled = errors.New("killed")

func (d *dying) Change(ctx context.Context, pairs ...feeds.Pair) error {
	if d.dead {
		return errKilled
	}
	return d.Records.Change(ctx, pairs...)
}

func TestAProgramThatIsKilledWhileItKeepsAFileLeavesNothing(t *testing.T) {
	const u = "https://media.example/1.png"
	ctx := t.Context()
	records := &dying{Records: cache.NewMemoryRecords()}
	files := &feedstest.Files{Has: map[string]feedstest.MediaBytes{u: {Type: "image/png", Data: []byte(feedstest.PNG)}}}
	m := cache.NewMemoryMedia(records, files, feedstest.NewClock(), feedstest.NewTabs().Open())
	records.dead = true
	if _, err := m.Keep(ctx, "list a", feeds.MediaFile{URL: u}, 1000); !errors.Is(err, errKilled) {
		t.Fatal(err)
	}
	if data, _, err := m.Bytes(ctx, u); data != nil || err != nil {
		t.Errorf("%q is shown as kept, %v", data, err)
	}
	if n := cache.Held(m); n != 1 {
		t.Fatalf("%d files lie about: the test doesn't kill where it means to", n)
	}
	records.dead = false
	if err := m.Tidy(ctx); err != nil || cache.Held(m) != 0 {
		t.Errorf("%d files lie about still, %v", cache.Held(m), err)
	}
	if _, err := m.Keep(ctx, "list a", feeds.MediaFile{URL: u}, 1000); err != nil {
		t.Error(err)
	}
	cache.Lose(m, u) // as a browser that clears one store and not the other
	if err := m.Tidy(ctx); err != nil {
		t.Error(err)
	}
	if kept, err := m.Kept(ctx, []string{u}); len(kept) != 0 || err != nil {
		t.Errorf("what is gone is kept: %v, %v", kept, err)
	}
	if owned, err := m.Owned(ctx); len(owned) != 0 || err != nil {
		t.Errorf("what is gone is owned: %v, %v", owned, err)
	}
}
