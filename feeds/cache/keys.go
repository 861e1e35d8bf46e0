package cache

import (
	"fmt"
	"strings"
	"time"

	"vitrine/feeds"
)

// Keys are strings whose parts are divided by a NUL, which stands in no host, handle or address, so that all keys that begin
// with a part lie in one range.
const divider = "\x00"

// beyond is a key that stands behind all those which begin with first.
func beyond(first string) string { return first + "\x01" }

// within is a key before all those that begin with first.
func within(first string) string { return first + divider }

// sightingKey is how a post is found by the id that a host gave it.
func sightingKey(host, id string) string { return host + divider + id }

// Times count down, so that a range read upwards goes from the newest to the oldest. The number is beyond the milliseconds of
// every time.Time that JSON can hold, and has 16 digits when one of them is taken off it.
const endOfTime = 9_000_000_000_000_000

// entryKey is an entry's place in its timeline. The order of these strings is that of Entry.Compare.
func entryKey(id feeds.TimelineID, e feeds.Entry) string {
	ms := e.At.UnixMilli()
	below := e.At.Sub(time.UnixMilli(ms)) // of a millisecond; most servers send none
	return fmt.Sprintf("%s%s%016d%06d%s%s%s%s", id, divider, endOfTime-ms, 999_999-below.Nanoseconds(), divider, falling(e.WrapperID), divider, e.Key)
}

// falling writes an id so that the order of strings is the opposite of feeds.CompareIDs.
func falling(id string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%05d", max(99_999-len(id), 0))
	for i := range len(id) {
		b.WriteRune(rune(0x1FF - int(id[i])))
	}
	return b.String()
}
