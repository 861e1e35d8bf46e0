package fetch_test

import (
	"errors"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/fetch"
)

func TestAFileIsReadWholeWithItsFirstBytes(t *testing.T) {
	server := start(t)
	for _, path := range []string{"/bytes/70000", "/stream/70000"} {
		a, err := fetch.New(onLoopback()).File(t.Context(), server+path, 70_000)
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		if a.Status != 200 || a.Body.Size() != 70_000 || len(a.Head) != feeds.FileHead {
			t.Errorf("%s: status %d, %d bytes, %d at first", path, a.Status, a.Body.Size(), len(a.Head))
		}
	}
}

func TestAFileOverItsCapIsTooLarge(t *testing.T) {
	server := start(t)
	for _, path := range []string{"/bytes/70000", "/stream/70000"} {
		_, err := fetch.New(onLoopback()).File(t.Context(), server+path, 69_999)
		wantFailure(t, err, feeds.TooLarge, server+path)
	}
}

func TestAFileThatBreaksOffIsBadData(t *testing.T) {
	u := start(t) + "/cut"
	_, err := fetch.New(onLoopback()).File(t.Context(), u, 1<<20)
	wantFailure(t, err, feeds.BadData, u)
}

func TestAFileOfARefusalHasItsStatus(t *testing.T) {
	a, err := fetch.New(onLoopback()).File(t.Context(), start(t)+"/nothing-here", 1<<20)
	if err != nil || a.Status != 404 {
		t.Errorf("%+v, %v", a, err)
	}
}

func TestAHostThatCannotBeReachedIsNotOneThatLetsNobodyRead(t *testing.T) {
	u := decode[string](t, fetch.New(onLoopback()), start(t)+"/closedport")
	_, err := fetch.New(onLoopback()).File(t.Context(), u, 1<<20)
	wantFailure(t, err, feeds.Unreachable, u)
	if errors.Is(err, feeds.ErrClosed) {
		t.Error(err)
	}
}
