package command_test

import (
	"strings"
	"testing"
	"time"

	"vitrine/app/words"
	"vitrine/build/command"
	"vitrine/feeds"
	"vitrine/web"
)

// What is asked natively for its own sake fails without any browser: what a browser or a page of another site may read has no part in it.
func TestMessagesOfATerminalSpeakOfNoBrowser(t *testing.T) {
	w, err := command.English(web.Files)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	for _, kind := range []feeds.Kind{
		feeds.Offline, feeds.Unreachable, feeds.NeedsLogin, feeds.RateLimited, feeds.Refused, feeds.ServerError, feeds.Gone, feeds.NotFound, feeds.BadData, feeds.TooLarge,
		feeds.Timeout, feeds.Unsupported, feeds.Storage, feeds.Internal,
	} {
		for _, what := range []string{"", "feed", "webfeed", "profile", "post", "replies", "tag", "server", "site", "suspended"} {
			for _, e := range []feeds.Error{{Host: "a.example"}, {}, {Host: "a.example", Detail: "Software"}, {Host: "a.example", RetryAt: now.Add(time.Hour)}} {
				e.Kind = kind
				p := w.Problem(&e, words.Problems{What: what, Now: now})
				for _, word := range []string{"browser", "other websites", "CORS", "Vitrine tries", "eloading", "from here the two", "read here", "is back. New"} {
					if said := p.Title + " " + p.Text; strings.Contains(said, word) {
						t.Errorf("%s %q: %q stands in %q", kind, what, word, said)
					}
				}
			}
		}
	}
}
