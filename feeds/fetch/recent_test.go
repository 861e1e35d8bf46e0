package fetch

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"vitrine/feeds"
)

// scripted answers at once, with the same outcome each time.
type scripted struct {
	asked  int
	status int
	body   string
	err    error
}

func (s *scripted) ask(_ context.Context, t target, _ string) (*feeds.Response, error) {
	s.asked++
	if s.err != nil {
		return nil, s.err
	}
	return &feeds.Response{Status: s.status, URL: t.url, Body: []byte(s.body)}, nil
}

func TestAnAnswerThatIsFreshIsNotAskedForAgain(t *testing.T) {
	const document, page = "application/activity+json", "application/json"
	plain := func(ctx context.Context) context.Context { return ctx }
	for name, c := range map[string]struct {
		outcome scripted
		accept  string
		mark    func(context.Context) context.Context
		fresh   time.Duration // how long it serves others; 0 for not at all
	}{
		"not there":              {scripted{status: 404}, page, plain, 30 * time.Second},
		"members only":           {scripted{status: 401}, page, plain, 30 * time.Second},
		"refused":                {scripted{status: 403}, document, plain, 30 * time.Second},
		"gone":                   {scripted{status: 410}, page, plain, 30 * time.Second},
		"closed timeline":        {scripted{status: 422}, page, plain, 30 * time.Second},
		"no connection":          {scripted{err: &feeds.Error{Kind: feeds.Unreachable}}, page, plain, 3 * time.Second},
		"a document":             {scripted{status: 200}, document, plain, 10 * time.Second},
		"WebFinger":              {scripted{status: 200}, "application/jrd+json, application/json", plain, 10 * time.Second},
		"asked ahead":            {scripted{status: 200}, page, feeds.Ahead, 10 * time.Second},
		"a list":                 {scripted{status: 200}, page, plain, 0},
		"a long document":        {scripted{status: 200, body: strings.Repeat("x", maxRecentBody+1)}, document, plain, 0},
		"a failing server":       {scripted{status: 500}, page, plain, 0},
		"no answer in time":      {scripted{err: &feeds.Error{Kind: feeds.Timeout}}, page, plain, 0},
		"no network":             {scripted{err: &feeds.Error{Kind: feeds.Offline}}, page, plain, 0},
		"wanted again by anyone": {scripted{status: 404}, page, feeds.Anew, 0},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				client, s := New(Options{}), c.outcome
				client.transport = &s
				ask := func(path string) {
					res, err := client.Fetch(c.mark(t.Context()), feeds.Request{URL: "https://a.example/" + path, Accept: c.accept})
					if feeds.KindOf(err) != feeds.KindOf(s.err) || err == nil && res.Status != s.status {
						t.Fatalf("%+v, %v", res, err)
					}
				}
				ask("x")
				ask("x")
				if want := map[bool]int{true: 1, false: 2}[c.fresh > 0]; s.asked != want {
					t.Errorf("asked %d times at once, want %d", s.asked, want)
				}
				ask("y")
				time.Sleep(c.fresh)
				before := s.asked
				ask("x")
				if s.asked != before+1 {
					t.Error("an old answer was given")
				}
			})
		})
	}
}

func TestWhatSomebodyWantsAskedAgainIsAskedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client, s := New(Options{}), &scripted{status: 404}
		client.transport = s
		for _, ctx := range []context.Context{t.Context(), feeds.Anew(t.Context()), t.Context()} {
			if _, err := client.Fetch(ctx, feeds.Request{URL: "https://a.example/x"}); err != nil {
				t.Fatal(err)
			}
		}
		if s.asked != 2 {
			t.Errorf("asked %d times, want 2: at first, and anew", s.asked)
		}
	})
}
