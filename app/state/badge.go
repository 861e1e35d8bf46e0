package state

import (
	"context"

	"vitrine/feeds/blocklist"
	"vitrine/feeds/follows"
	"vitrine/feeds/reader"
)

// Badges reports that the icon of an installed app can show a number.
func (a *App) Badges() bool { return a.browser.Badges() }

// unknownBadge stands for what another page or the service worker has put on the icon.
const unknownBadge = -1

// countNew shows on the app's icon how many posts wait in home, where the reader wants that. Those that stand in the open list are seen.
func (a *App) countNew() {
	if !a.Settings.Badge || a.shown == nil {
		return
	}
	m, ok := a.shown.Model.(*HomeModel)
	if !ok || m.Route.List != "" || m.Feed == nil || !m.Ready() || m.Feed.Snapshot.New == a.badge {
		return
	}
	a.badge = m.Feed.Snapshot.New
	a.browser.SetBadge(a.badge)
}

// setBadge begins to show a number on the icon, or no longer does.
func (a *App) setBadge(on bool) {
	if a.badge = unknownBadge; !on {
		a.browser.SetBadge(0)
	}
	a.countNew()
}

// countAbove counts the stored posts in home that are newer than the reading line; none while there is no line.
func countAbove(ctx context.Context, d Deps, r *reader.Reader) (n int, err error) {
	data, err := d.Follows.Load(ctx)
	if err != nil {
		return 0, err
	}
	learned, err := d.Follows.Learned(ctx)
	if err != nil {
		return 0, err
	}
	lines, err := d.Follows.Lines(ctx)
	if err != nil {
		return 0, err
	}
	blocked, _ := blocklist.New(d.Site.Blocked) // the build has said what is wrong with it
	sources := placesOf(data, learned, follows.Home, d.Clock.Now(), blocked)
	line := lines[follows.Home]
	q := r.Merge(sources, func(s *reader.Snapshot) {
		n = 0
		for _, i := range s.Items {
			if i.Gap == nil && !line.At.IsZero() && i.Entry.At.After(line.At) {
				n++
			}
		}
	})
	q.SetLine(line)
	q.Show(ctx)
	return n, nil
}
