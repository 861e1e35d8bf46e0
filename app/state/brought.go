package state

import (
	"context"
	"path"
	"slices"
	"strings"

	"vitrine/app/browser"
	"vitrine/app/route"
	"vitrine/feeds"
	"vitrine/feeds/address"
	"vitrine/feeds/archive"
	"vitrine/feeds/exchange"
)

// bring does what a reader means who brings something from outside. A file or a text with several addresses is shown before anything of it is
// taken, by the view of what is followed.
func (a *App) bring(b browser.Brought) {
	switch {
	case b.Lost:
		a.Note = a.problem(&feeds.Error{Kind: feeds.Storage, Op: "bring"})
	case b.Blob != nil:
		a.background(func(ctx context.Context) {
			looks := archive.Looks(ctx, b.Blob)
			a.later(func() {
				if looks {
					a.bringArchive(b.Blob)
				} else {
					a.bringFile(b)
				}
			})
		})
	case b.File != nil:
		a.bringFile(b)
	default:
		text := strings.TrimSpace(b.Text)
		if strings.Contains(text, "\n") || !a.openText(text) {
			a.bringText(text)
		}
	}
}

// bringFile shows what a list would bring.
func (a *App) bringFile(b browser.Brought) {
	if isList(b.Name) {
		a.showBrought(*b.File)
	} else {
		a.Note = a.Words.T("brought.kind", "JSON Feed")
	}
}

// bringArchive looks through an archive or a JSON Feed, where that is shown.
func (a *App) bringArchive(file archive.Blob) {
	saved := route.Route{View: route.Saved}.String()
	if v := a.current(); v == nil || v.Hash != saved {
		a.browser.Go(saved, false)
	}
	a.readArchive([]archive.Blob{file})
}

// openText opens what a text names, and reports whether it names something.
func (a *App) openText(text string) bool {
	if len(text) > mostText {
		return false
	}
	if _, bridged := address.Bridged(text); !bridged {
		if _, err := address.Parse(text); err != nil {
			return false
		}
	}
	a.browser.Go(route.Route{View: route.Open, Query: text}.String(), false)
	return true
}

// mostText is how long a text may be that is one address, in bytes.
const mostText = 4096

// isList reports the name of a file that may hold what can be followed.
func isList(name string) bool {
	return slices.Contains([]string{".opml", ".xml", ".csv", ".json", ".txt", ".md"}, strings.ToLower(path.Ext(name)))
}

// bringText looks for addresses in a text: one is opened, several are shown as a file of them is.
func (a *App) bringText(text string) {
	a.background(func(ctx context.Context) {
		found, err := exchange.Read([]byte(text), a.charsets)
		a.later(func() {
			switch {
			case ctx.Err() != nil:
			case len(found.Entries) > 1:
				a.showBrought(browser.FileChosen{Data: []byte(text)})
			case err == nil && len(found.Entries) == 1 && a.openText(found.Entries[0].Address), a.openText(text):
			default:
				a.Note = a.Words.T("brought.nothing")
			}
		})
	})
}

// showBrought shows what a file would bring.
func (a *App) showBrought(file browser.FileChosen) {
	if v := a.current(); v != nil {
		if m, ok := v.Model.(*FollowingModel); ok {
			m.readFile(v.ctx, file)
			return
		}
	}
	a.brought = &file
	a.browser.Go(route.Route{View: route.Following}.String(), false)
}
