package mastodon

import (
	"context"
	"math/bits"
	"strconv"
	"strings"
	"time"

	"vitrine/feeds"
)

// Jump implements feeds.Jumper. Mastodon's ids begin with the time, and so do those of most others: the newest posts show it. Other numbers
// grow with the time, and are entered as if they were pages.
// Source: https://docs.joinmastodon.org/api/guidelines/#id
func (s *Source) Jump(ctx context.Context, a *feeds.Author, f feeds.ProfileFilter) (*feeds.Jump, error) {
	if isMastodon(s.quirks.Software) {
		return &feeds.Jump{Before: snowflakeAt}, nil
	}
	page, err := s.ProfilePosts(ctx, a, f, "")
	j := &feeds.Jump{Asked: 1}
	if err != nil || len(page.Entries) == 0 {
		return j, err
	}
	for _, e := range page.Entries {
		if j.Before = idsLike(e); j.Before != nil {
			return j, nil
		}
	}
	newest, err := strconv.ParseInt(page.Entries[0].WrapperID, 10, 64)
	if err != nil {
		return j, nil
	}
	step := newest/numberSteps + 1
	j.Lists = []int{int(newest / step)}
	j.At = func(pages []int, _ time.Time) feeds.Cursor {
		return feeds.Cursor(strconv.FormatInt(newest+1-int64(pages[0]-1)*step, 10))
	}
	return j, nil
}

// numberSteps is into how many steps ids that are mere numbers are divided.
const numberSteps = 1 << 20

// idsLike returns how ids begin that are made as that of an entry, by the time in it; nil where it has none.
func idsLike(e feeds.Entry) func(time.Time) feeds.Cursor {
	for _, least := range [...]func(time.Time) feeds.Cursor{snowflakeAt, flakeAt, ulidAt, uuidAt} {
		from, to := string(least(e.At.Add(-idSlack))), string(least(e.At.Add(idSlack)))
		if len(from) == len(e.WrapperID) && from < e.WrapperID && e.WrapperID < to {
			return least
		}
	}
	return nil
}

// idSlack is how far the time in an id may be from that of its post: an id is made when a server hears of a post.
const idSlack = 36 * time.Hour

// millis are the milliseconds that ids begin with. They count from 1970, whatever a server or a reader says.
func millis(t time.Time) int64 { return max(t.UnixMilli(), 0) }

// snowflakeAt is the least id of Mastodon at a time: milliseconds, then 16 bits.
func snowflakeAt(t time.Time) feeds.Cursor {
	return feeds.Cursor(strconv.FormatInt(millis(t)<<16, 10))
}

// flakeAt is the least id of Pleroma at a time: 64 bits of milliseconds, then 64 others, in base 62.
func flakeAt(t time.Time) feeds.Cursor {
	const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	high, low := uint64(millis(t)), uint64(0)
	var id [18]byte
	for i := len(id) - 1; i >= 0; i-- {
		var rest uint64
		high, rest = high/62, high%62
		low, rest = bits.Div64(rest, low, 62)
		id[i] = digits[rest]
	}
	return feeds.Cursor(id[:])
}

// ulidAt is the least ULID of a time: 48 bits of milliseconds in ten digits of Crockford's base 32, then 80 others.
// Source: https://github.com/ulid/spec
func ulidAt(t time.Time) feeds.Cursor {
	const digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	id := []byte("00000000000000000000000000")
	for i, ms := 9, millis(t); i >= 0; i, ms = i-1, ms>>5 {
		id[i] = digits[ms&31]
	}
	return feeds.Cursor(id)
}

// uuidAt is the least UUID of version 7 of a time: 48 bits of milliseconds come first. Source: RFC 9562, section 5.7.
func uuidAt(t time.Time) feeds.Cursor {
	ms := strconv.FormatInt(millis(t), 16)
	ms = strings.Repeat("0", 12-len(ms)) + ms
	return feeds.Cursor(ms[:8] + "-" + ms[8:] + "-7000-8000-000000000000")
}
