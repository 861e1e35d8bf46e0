package state

import (
	"context"

	"vitrine/app/browser"
)

// StartModel is the start: the address box and servers worth a look.
type StartModel struct {
	static
	Malformed bool // the address that led here can't be read
	Unbuilt   bool // it names a view that this version doesn't have

	Language, Software string // of the servers that are shown; "" for all
}

// Handle implements Model: the list of servers is narrowed down.
func (m *StartModel) Handle(_ context.Context, e browser.Event) bool {
	f, ok := e.(browser.FilterChange)
	if !ok {
		return false
	}
	switch f.Name {
	case "language":
		m.Language = f.Value
	case "software":
		m.Software = f.Value
	}
	return true
}
