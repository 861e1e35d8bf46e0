package mastodon

import (
	"testing"
	"time"

	"vitrine/feeds"
)

func TestIDsOfATimeAreTheLeastThatBeginWithIt(t *testing.T) {
	at := time.Date(2024, time.May, 1, 0, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		least func(time.Time) feeds.Cursor
		want  [3]feeds.Cursor // of that time, of 1970, of the year 1, which some servers say of what has no date
	}{
		"snowflake": {snowflakeAt, [3]feeds.Cursor{"112362887577600000", "0", "0"}},
		"flake":     {flakeAt, [3]feeds.Cursor{"AhQi7VcuwEANxDIG8m", "000000000000000000", "000000000000000000"}},
		"ULID":      {ulidAt, [3]feeds.Cursor{"01HWRQ6W000000000000000000", "00000000000000000000000000", "00000000000000000000000000"}},
		"UUIDv7":    {uuidAt, [3]feeds.Cursor{"018f3173-7000-7000-8000-000000000000", "00000000-0000-7000-8000-000000000000", "00000000-0000-7000-8000-000000000000"}},
	} {
		for i, moment := range []time.Time{at, time.Unix(0, 0), {}} {
			if got := c.least(moment); got != c.want[i] {
				t.Errorf("%s of %s: %s, want %s", name, moment, got, c.want[i])
			}
		}
	}
}

func TestAnEntryOfTheYear1HasNoTimeInItsID(t *testing.T) {
	if idsLike(feeds.Entry{WrapperID: "018f3173-7000-7000-8000-000000000000"}) != nil {
		t.Error("an id of 2024 is taken for one of the year 1")
	}
}
