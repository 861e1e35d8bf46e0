package cache

import (
	"fmt"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

func TestAShelfKeepsItsContract(t *testing.T) {
	opened := 0
	feedstest.ShelfContract(t, func(t *testing.T) feeds.Shelf {
		opened++
		return OpenShelf(fmt.Sprintf("vitrine:/%s%d/:own", t.Name(), opened))
	})
}

func TestAFakeShelfKeepsTheContract(t *testing.T) {
	feedstest.ShelfContract(t, func(*testing.T) feeds.Shelf { return feedstest.NewShelf() })
}

func TestWhatIsNoRecordIsNone(t *testing.T) {
	s := OpenShelf("vitrine:/test/:own-" + t.Name())
	for _, broken := range []string{"{", "null", `{"v":0}`, `[]`} {
		if err := s.store.keep(t.Context(), "settings", broken); err != nil {
			t.Fatal(err)
		}
		if value, version, err := s.Record(t.Context(), "settings"); value != nil || version != 0 || err != nil {
			t.Errorf("%s: %s, %d, %v", broken, value, version, err)
		}
	}
}

func TestAValueThatIsNoJSONIsNotStored(t *testing.T) {
	s := OpenShelf("vitrine:/test/:own-" + t.Name())
	if err := s.SaveRecord(t.Context(), "settings", []byte("{"), 1); feeds.KindOf(err) != feeds.Internal {
		t.Errorf("%v", err)
	}
}
