package feedstest

import (
	"strings"
	"testing"

	"vitrine/feeds"
)

// IDs returns the ids of posts in their order, separated by spaces, a deleted one with a cross.
func IDs(posts []*feeds.Post) string {
	var ids []string
	for _, p := range posts {
		id := p.Sightings[0].ID
		if p.Deleted {
			id += "†"
		}
		ids = append(ids, id)
	}
	return strings.Join(ids, " ")
}

// Kind ends the test unless err is of a kind and names the host that failed.
func Kind(t testing.TB, err error, host string, kind feeds.Kind) {
	t.Helper()
	if feeds.KindOf(err) != kind {
		t.Fatalf("got %v, want %s", err, kind)
	}
	if e := feeds.AsError(err); e != nil && e.Host != host {
		t.Errorf("%v doesn't name the host", err)
	}
}

// Equal fails the test unless two values are the same.
func Equal[T comparable](t testing.TB, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s is\n%v, want\n%v", what, got, want)
	}
}
