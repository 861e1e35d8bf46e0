package state

import (
	"context"
	"slices"
	"strings"
	"time"

	"vitrine/app/route"
	"vitrine/feeds"
	"vitrine/feeds/follows"
	"vitrine/feeds/reader"
)

// Suggestion is somebody who could be followed.
type Suggestion struct {
	Author *feeds.Author
	Follow follows.Follow // as they would be followed
	Boosts int            // how often the followed ones boosted them since suggestedSince; 0 where that isn't why they are suggested
}

const (
	// suggestedSince is how far boosts are counted back.
	suggestedSince = 7 * 24 * time.Hour
	// mostSuggested is how many are suggested at most: those who were boosted most. On the start there are fewer.
	mostSuggested, mostAtStart = 12, 4
)

// suggester is the part of a view that suggests whom to follow.
type suggester struct {
	Suggested []Suggestion // in the order of names

	app    *App
	around bool                              // what is stored is looked through
	moved  map[follows.Address]*feeds.Author // where sources have moved to
}

// lookAround finds out from what is stored whom the followed ones boosted, and who of them has moved. Of those at most so many are suggested, in
// the view.
func (m *suggester) lookAround(ctx context.Context, most int, view Model) {
	a := m.app
	if m.around || a == nil || len(a.Follows.Follows) == 0 {
		return
	}
	m.around = true
	data, now := a.Follows, a.clock.Now()
	go func() {
		var sources []reader.Source
		for _, f := range data.Follows {
			sources = append(sources, reader.SourcesOf(f, nil)...)
		}
		found := a.reader.Around(ctx, sources, now.Add(-suggestedSince))
		suggested := suggest(found.Boosted, data, now, most)
		a.later(func() {
			m.moved, m.Suggested = found.Moved, suggested
			a.changed(view)
		})
	}()
}

// suggest chooses those who were boosted most, in the order of their names.
func suggest(boosted []reader.Boosted, data *follows.Data, now time.Time, most int) []Suggestion {
	followed := make(map[string]bool, len(data.Follows))
	for _, f := range data.Follows {
		followed[strings.ToLower(string(f.Address))] = true
	}
	all := map[string]Suggestion{}
	var names []string
	for len(names) < most {
		top := -1
		for i, b := range boosted {
			if top < 0 || b.Boosts > boosted[top].Boosts || b.Boosts == boosted[top].Boosts && b.Author.Handle() < boosted[top].Author.Handle() {
				top = i
			}
		}
		if top < 0 {
			break
		}
		b := boosted[top]
		boosted = slices.Delete(boosted, top, top+1)
		f, ok := authorFollow(b.Author, false, now)
		if !ok || followed[strings.ToLower(string(f.Address))] {
			continue
		}
		name := strings.ToLower(b.Author.DisplayName()) + " " + b.Author.Handle()
		names = append(names, name)
		all[name] = Suggestion{b.Author, f, b.Boosts}
	}
	slices.Sort(names)
	suggested := make([]Suggestion, 0, len(names))
	for _, name := range names {
		suggested = append(suggested, all[name])
	}
	return suggested
}

// pressSuggested follows one of those who are suggested, or no longer, and reports whether the address is that of one of them.
func (m *suggester) pressSuggested(address follows.Address, all []Suggestion) bool {
	for _, s := range all {
		if s.Follow.Address == address {
			m.app.toggleFollow(s.Follow, s.Author.Group)
			return true
		}
	}
	return false
}

// Known is what is known of a source.
func (m *FollowingModel) Known(address follows.Address) follows.Learned {
	l := m.Learned[address]
	if to := m.moved[address]; to != nil {
		l.Moved, l.MovedName = follows.Address(route.OfAuthor(to).String()), to.Handle()
	}
	return l
}
