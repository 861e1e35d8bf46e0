package page

import (
	"vitrine/app/route"
	"vitrine/app/state"
)

// viewRow is a view: the addresses that open it, what it knows, and how that is drawn.
type viewRow struct {
	views []route.View
	open  func(*state.App, route.Route) state.Model
	draw  func(canvas, state.Model) (Layout, bool) // false for another view's model
}

// views are all views there are. A new one is a row here, its model in app/state and its drawing in this package.
func views() []viewRow {
	return []viewRow{
		row(start, state.NewStart, route.Start),
		row(profile, state.NewProfile, route.Profile, route.Community),
		row(server, state.NewServer, route.Server),
		row(tag, state.NewTag, route.Tag),
		row(thread, state.NewThread, route.Post),
		row(home, state.NewHome, route.Home),
		row(webFeed, state.NewWebFeed, route.Feed, route.Playlist),
		row(found, state.NewFind, route.Find),
		row(following, state.NewFollowing, route.Following),
		row(searched, state.NewSearch, route.Search),
		row(savedPosts, state.NewSaved, route.Saved),
		row(settings, state.NewSettings, route.Settings),
		row(embed, state.NewEmbed, route.Embed),
		row(open, state.NewOpen, route.Open),
		row[*state.BlockedModel](blocked, nil), // it stands in for others, and has no address
	}
}

// row joins a kind of model with its drawing.
func row[M state.Model](draw func(canvas, M) Layout, open func(*state.App, route.Route) M, views ...route.View) viewRow {
	return viewRow{
		views: views,
		open:  func(a *state.App, r route.Route) state.Model { return open(a, r) },
		draw: func(c canvas, m state.Model) (Layout, bool) {
			own, ok := m.(M)
			if !ok {
				return Layout{}, false
			}
			return draw(c, own), true
		},
	}
}

// models are what makes the models of all views.
func models() map[route.View]func(*state.App, route.Route) state.Model {
	all := map[route.View]func(*state.App, route.Route) state.Model{}
	for _, r := range views() {
		for _, v := range r.views {
			all[v] = r.open
		}
	}
	return all
}
