package apiclient

import (
	"slices"
	"testing"
)

func TestWhatIsEqualStaysInItsOrder(t *testing.T) {
	t.Parallel()
	type pair struct{ key, place int }
	var list []pair
	for i := range 100 {
		list = append(list, pair{i * 7 % 10, i})
	}
	SortStable(list, func(a, b pair) int { return a.key - b.key })
	if !slices.IsSortedFunc(list, func(a, b pair) int { return (a.key-b.key)*1000 + a.place - b.place }) {
		t.Errorf("%v", list)
	}
}
