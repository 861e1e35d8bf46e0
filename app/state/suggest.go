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
	// mostSuggested is how many are suggested at most: those who were boosted most.
	mostSuggested = 12
)

// lookAround finds out from what is stored whom the followed ones boosted, and who of them has moved.
func (m *FollowingModel) lookAround(ctx context.Context) {
	a := m.app
	if m.around || len(a.Follows.Follows) == 0 {
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
		suggested := suggest(found.Boosted, data, now)
		a.later(func() {
			m.moved, m.Suggested = found.Moved, suggested
			a.changed(m)
		})
	}()
}

// suggest chooses those who were boosted most, in the order of their names.
func suggest(boosted []reader.Boosted, data *follows.Data, now time.Time) []Suggestion {
	followed := make(map[string]bool, len(data.Follows))
	for _, f := range data.Follows {
		followed[strings.ToLower(string(f.Address))] = true
	}
	all := map[string]Suggestion{}
	var names []string
	for len(names) < mostSuggested {
		most := -1
		for i, b := range boosted {
			if most < 0 || b.Boosts > boosted[most].Boosts || b.Boosts == boosted[most].Boosts && b.Author.Handle() < boosted[most].Author.Handle() {
				most = i
			}
		}
		if most < 0 {
			break
		}
		b := boosted[most]
		boosted = slices.Delete(boosted, most, most+1)
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

// pressSuggested follows whom the view suggests, or no longer, and reports whether the address is that of one of them.
func (m *FollowingModel) pressSuggested(address follows.Address) bool {
	all := m.Suggested
	if m.Import != nil {
		all = append(all[:len(all):len(all)], m.Import.People...)
	}
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
