package state

import (
	"context"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/blocklist"
)

func TestNoRequestPassesTheGate(t *testing.T) {
	blocked, err := blocklist.New([]string{"bad.example", "@ada@a.example", "https://a.example/@bob/12"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := (gate{nil, blocked}).Fetch(context.Background(), feeds.Request{URL: "https://bad.example/.well-known/nodeinfo"}); feeds.KindOf(err) != feeds.Refused {
		t.Errorf("%v", err)
	}
}
