package words_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"vitrine/app/words"
	"vitrine/feeds"
)

var kinds = []feeds.Kind{
	feeds.Offline, feeds.Unreachable, feeds.NeedsLogin, feeds.RateLimited, feeds.Refused, feeds.ServerError, feeds.Gone,
	feeds.NotFound, feeds.BadData, feeds.TooLarge, feeds.Timeout, feeds.Unsupported, feeds.Storage, feeds.Internal,
}

var views = []string{"", "feed", "profile", "post", "replies", "tag", "server", "site", "suspended", "removed", "webfeed", "playlist", "directory"}

func TestEveryKindHasItsWords(t *testing.T) {
	now := at("2026-11-22T18:41:00Z")
	for _, lang := range []string{"en", "de"} {
		w := load(t, lang)
		for _, kind := range kinds {
			for _, what := range views {
				for _, host := range []string{"", "teich.example"} {
					for _, detail := range []string{"", "foundkey"} {
						err := fmt.Errorf("reading: %w", &feeds.Error{Kind: kind, Host: host, Detail: detail, Op: "GET /secret", Status: 401, Err: errors.New("inner")})
						p := w.Problem(err, words.Problems{What: what, Now: now})
						name := fmt.Sprintf("%s %s %q %q %q", lang, kind, what, host, detail)
						if p.Kind != kind || p.Icon == "" || p.Tone == "" || p.Host != host {
							t.Errorf("%s: %+v", name, p)
						}
						for _, s := range []string{p.Title, p.Text} {
							if s == "" || strings.Contains(s, "problem.") || strings.ContainsAny(s, "{}") || strings.Contains(s, "401") || strings.Contains(s, "secret") || strings.Contains(s, "inner") {
								t.Errorf("%s says %q", name, s)
							}
							if host == "" && (strings.HasPrefix(s, " ") || strings.Contains(s, "  ")) {
								t.Errorf("%s has a hole where a server's name would be: %q", name, s)
							}
						}
					}
				}
			}
		}
	}
}

func TestProblemsNameTheServer(t *testing.T) {
	w := load(t, "en")
	for _, kind := range []feeds.Kind{feeds.Unreachable, feeds.NeedsLogin, feeds.RateLimited, feeds.ServerError, feeds.BadData, feeds.TooLarge, feeds.Timeout, feeds.NotFound, feeds.Unsupported} {
		p := w.Problem(&feeds.Error{Kind: kind, Host: "teich.example", Detail: "foundkey"}, words.Problems{What: "feed"})
		if !strings.Contains(p.Title, "teich.example") {
			t.Errorf("%s: %q", kind, p.Title)
		}
	}
}

func TestEveryProblemSentenceCanBeSaid(t *testing.T) {
	reach := map[string]bool{"problem.RateLimited.text.at": true}
	for _, kind := range kinds {
		for _, part := range []string{"title", "text"} {
			for _, what := range views {
				about := "." + what
				if what == "" {
					about = ""
				}
				for _, suffix := range []string{about, about + ".here", about + ".unnamed", ".here", ".unnamed"} {
					reach["problem."+string(kind)+"."+part+suffix] = true
				}
			}
		}
	}
	for key := range texts(t, "en") {
		if strings.HasPrefix(key, "problem.") && !reach[key] {
			t.Errorf("%q is never said", key)
		}
	}
}

func TestTheWordsFitWhatWasToBeShown(t *testing.T) {
	w := load(t, "en")
	closed := &feeds.Error{Kind: feeds.NeedsLogin, Host: "teich.example"}
	feed := w.Problem(closed, words.Problems{What: "feed"})
	profile := w.Problem(closed, words.Problems{What: "profile"})
	if feed.Title != "teich.example shows this to members only" || !strings.Contains(feed.Text, "Guests can’t see its live feed") {
		t.Errorf("feed: %+v", feed)
	}
	if !strings.Contains(profile.Title, "profile") || profile.Text == feed.Text {
		t.Errorf("profile: %+v", profile)
	}
}

func TestASuspensionIsToldAsTheModerators(t *testing.T) {
	who := &feeds.Author{Host: "teich.example", Gone: feeds.Refused}
	p := load(t, "en").Problem(who.Failure(), words.Problems{What: "profile"})
	if p.Kind != feeds.Refused || p.Title != "Suspended by the moderators of teich.example" || strings.Contains(p.Text, "signing in") {
		t.Errorf("%+v", p)
	}
}

func TestARemovalIsToldAsTheModerators(t *testing.T) {
	err := &feeds.Error{Kind: feeds.Gone, Host: "teich.example", Err: feeds.ErrRemoved}
	if p := load(t, "en").Problem(err, words.Problems{What: "post"}); p.Kind != feeds.Gone || p.Title != "Removed by the moderators of teich.example" {
		t.Errorf("%+v", p)
	}
}

func TestAPauseSaysWhenItEnds(t *testing.T) {
	now := at("2026-11-22T18:41:00Z")
	about := words.Problems{Now: now, Local: berlin}
	limited := func(in time.Duration) words.Problem {
		return load(t, "en").Problem(&feeds.Error{Kind: feeds.RateLimited, Host: "hafenlicht.example", RetryAt: now.Add(in)}, about)
	}
	p := limited(3 * time.Minute)
	if p.Retry != "19:44" || !strings.Contains(p.Text, "tries again by itself at 19:44, in about 3 minutes.") || !p.RetryAt.Equal(now.Add(3*time.Minute)) {
		t.Errorf("in three minutes: %+v", p)
	}
	if p = limited(20 * time.Second); !strings.Contains(p.Text, "in about 20 seconds") {
		t.Errorf("in twenty seconds: %q", p.Text)
	}
	if p = limited(-time.Second); p.Retry != "" || !p.RetryAt.IsZero() || strings.Contains(p.Text, "by itself") {
		t.Errorf("over: %+v", p)
	}
}

func TestErrorsOfAnyKindHaveWords(t *testing.T) {
	w := load(t, "en")
	for _, c := range []struct {
		err  error
		want feeds.Kind
	}{
		{errors.New("panic: nil map"), feeds.Internal},
		{context.DeadlineExceeded, feeds.Timeout},
		{&feeds.Error{Kind: "Unheard"}, feeds.Internal},
	} {
		if p := w.Problem(c.err, words.Problems{}); p.Kind != c.want || p.Title == "" || p.Tone == "" {
			t.Errorf("%v: %+v", c.err, p)
		}
	}
	if p := w.Problem(nil, words.Problems{}); p != (words.Problem{}) {
		t.Errorf("nil: %+v", p)
	}
}
