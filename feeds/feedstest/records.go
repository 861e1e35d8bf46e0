package feedstest

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"vitrine/feeds"
)

// RecordsContract checks what every feeds.Records promises. open returns empty records for each call.
func RecordsContract(t *testing.T, open func(t *testing.T) feeds.Records) {
	ctx := t.Context()
	change := func(t *testing.T, r feeds.Records, pairs ...feeds.Pair) {
		t.Helper()
		if err := r.Change(ctx, pairs...); err != nil {
			t.Fatal(err)
		}
	}
	all := func(t *testing.T, r feeds.Records, from, to string, n int) string {
		t.Helper()
		pairs, err := r.Range(ctx, from, to, n)
		keys, kerr := r.Keys(ctx, from, to, n)
		if err != nil || kerr != nil {
			t.Fatal(err, kerr)
		}
		var b strings.Builder
		for _, p := range pairs {
			fmt.Fprintf(&b, "%s=%s ", p.Key, p.Value)
		}
		if len(keys) != len(pairs) {
			t.Errorf("%d keys of %d pairs", len(keys), len(pairs))
		}
		return strings.TrimSpace(b.String())
	}
	pair := func(k, v string) feeds.Pair { return feeds.Pair{Key: k, Value: []byte(v)} }
	t.Run("empty records have nothing and no error", func(t *testing.T) {
		r := open(t)
		if v, err := r.Values(ctx, []string{"a"}); len(v) != 1 || v[0] != nil || err != nil {
			t.Errorf("%q, %v", v, err)
		}
		if got := all(t, r, "", "z", 0); got != "" {
			t.Error(got)
		}
	})
	t.Run("ranges are in the order of keys and end before their end", func(t *testing.T) {
		r := open(t)
		change(t, r, pair("b/2", "two"), pair("a/1", "x"), pair("b/1", ""), pair("c", "\x00\xff"), pair("b/10", "ten"))
		from, to := feeds.KeyRange("b/")
		if got := all(t, r, from, to, 0); got != "b/1= b/10=ten b/2=two" {
			t.Error(got)
		}
		if got := all(t, r, from, to, 2); got != "b/1= b/10=ten" {
			t.Error(got)
		}
		if got := all(t, r, "b/10", "c", 0); got != "b/10=ten b/2=two" {
			t.Error(got)
		}
		if got := all(t, r, "c", "c", 0) + all(t, r, "d", "c", 0); got != "" {
			t.Error(got)
		}
		v, err := r.Values(ctx, []string{"c", "none", "b/1"})
		if err != nil || string(v[0]) != "\x00\xff" || v[1] != nil || v[2] == nil || len(v[2]) != 0 {
			t.Errorf("%q, %v", v, err)
		}
	})
	t.Run("keys may have any character of ASCII", func(t *testing.T) {
		r := open(t)
		change(t, r, pair("a\x01b", "1"), pair("a\x00", "2"), pair("a\n", "3"), pair("a", "4"))
		if keys, err := r.Keys(ctx, "", "z", 0); err != nil || fmt.Sprintf("%q", keys) != `["a" "a\x00" "a\x01b" "a\n"]` {
			t.Errorf("%q, %v", keys, err)
		}
	})
	t.Run("what is changed is replaced, and removed without a value", func(t *testing.T) {
		r := open(t)
		change(t, r, pair("a", "1"), pair("b", "1"), pair("c", "1"))
		change(t, r, pair("a", "2"), feeds.Pair{Key: "b"}, feeds.Pair{Key: "none"})
		if got := all(t, r, "", "z", 0); got != "a=2 c=1" {
			t.Error(got)
		}
		if err := r.Clear(ctx, "a", "c"); err != nil {
			t.Fatal(err)
		}
		if got := all(t, r, "", "z", 0); got != "c=1" {
			t.Error(got)
		}
	})
	t.Run("what is cancelled changes nothing", func(t *testing.T) {
		r := open(t)
		over, cancel := context.WithCancel(ctx)
		cancel()
		if err := r.Change(over, pair("a", "1")); err != context.Canceled {
			t.Error(err)
		}
		if _, err := r.Range(over, "", "z", 0); err != context.Canceled {
			t.Error(err)
		}
		if got := all(t, r, "", "z", 0); got != "" {
			t.Error(got)
		}
	})
}
