package apiclient

import "sort"

// SortStable sorts a list; what is equal stays in its order. It is slices.SortStableFunc at a tenth of its weight in the program.
func SortStable[T any](list []T, compare func(a, b T) int) {
	sort.Stable(sorted{len(list), func(i, j int) bool { return compare(list[i], list[j]) < 0 }, func(i, j int) { list[i], list[j] = list[j], list[i] }})
}

// sorted is a list for package sort.
type sorted struct {
	n    int
	less func(i, j int) bool
	swap func(i, j int)
}

func (s sorted) Len() int           { return s.n }
func (s sorted) Less(i, j int) bool { return s.less(i, j) }
func (s sorted) Swap(i, j int)      { s.swap(i, j) }
