package demo

import (
	"hash/fnv"
	"strconv"
	"time"
)

// snowflake makes an id as Mastodon does: milliseconds, then sixteen bits that differ between servers. Ids sort by time
// and are larger than what JavaScript's numbers hold.
// Source: https://github.com/mastodon/mastodon/blob/main/lib/mastodon/snowflake.rb
func snowflake(at time.Time, label, key string) string {
	h := fnv.New32a()
	h.Write([]byte(label + "\x00" + key))
	return strconv.FormatInt(at.UnixMilli()<<16|int64(h.Sum32()&0xffff), 10)
}

func postID(label string, p *post) string { return snowflake(p.at, label, p.key) }

// accountID is a row number of the server's table for its oldest account, a snowflake for all others.
func accountID(label string, p *person) string {
	if p.user == "crew" && label == p.home {
		return "1"
	}
	return snowflake(joinDay(p), label, p.user)
}

func joinDay(p *person) time.Time {
	at, err := time.Parse(time.DateOnly, p.joined)
	if err != nil {
		return time.Date(2022, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	return at
}

// smallID is for what Mastodon counts from one: polls, media, tags.
func smallID(label, key string) string {
	h := fnv.New32a()
	h.Write([]byte(label + "\x00" + key))
	return strconv.Itoa(int(h.Sum32()%9_000_000) + 1_000_000)
}

// olderID orders two ids of one server: by length, then by digits.
func olderID(a, b string) bool {
	if len(a) != len(b) {
		return len(a) < len(b)
	}
	return a < b
}

// stamp is a time as the API writes it.
func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }
