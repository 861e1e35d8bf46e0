package browser

// Config is what the loader hands over (globalThis.vitrine).
type Config struct {
	Base    string // path of the site, with slashes around: "/" or "/sub/"
	Version string
	Words   string // the locale's table, see words.Open
	Site    []byte // the site's JSON
	Icons   string // URL of icons.svg
}

// Position is a place in a scrolled page.
type Position struct {
	Y   int    `json:"y"`             // pixels from the top
	URI string `json:"u,omitempty"`   // data-uri of the first post in sight
	Off int    `json:"off,omitempty"` // pixels from the screen's top to that post's
	N   int    `json:"n,omitempty"`   // how many rows the list had
	// Caught is down to where the catch-up before this one had come, in Unix milliseconds; 0 for none.
	Caught int64 `json:"c,omitempty"`
}

// Media is what the service worker keeps of pictures that were seen.
type Media struct {
	Count int
	Bytes int64 // as far as known: browsers don't reveal the size of other servers' pictures
}
