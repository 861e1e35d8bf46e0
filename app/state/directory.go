package state

import (
	"context"

	"vitrine/app/browser"
	"vitrine/feeds"
	"vitrine/feeds/follows"
)

// DirectoryList names the list of those whom a server lists (browser.ChunkMove, Visit.Heights).
const DirectoryList = "directory"

func (m *ServerModel) readDirectory(ctx context.Context) { go m.server.ReadDirectory(ctx, m.Order) }

// handleDirectory does what the controls of a server's directory mean, and reports whether the event was one of these.
func (m *ServerModel) handleDirectory(ctx context.Context, e browser.Event) bool {
	switch e := e.(type) {
	case browser.FilterChange:
		if e.Name != "order" {
			return false
		}
		m.Order = feeds.DirectoryOrder(e.Value)
		m.readDirectory(feeds.Anew(ctx))
		return true
	case browser.Click:
		switch e.Action {
		case "older":
			go m.server.MoreDirectory(feeds.Anew(ctx))
			return true
		case "follow-author":
			return m.pressListed(follows.Address(e.Post))
		}
	}
	return false
}

// pressListed follows somebody whom the server lists, or no longer, and reports whether the address is that of one of them.
func (m *ServerModel) pressListed(address follows.Address) bool {
	for _, a := range m.Directory.People {
		if f, ok := m.app.FollowOfAuthor(a); ok && f.Address == address {
			m.app.toggleFollow(f, a.Group)
			return true
		}
	}
	return false
}
