package browser

// Config is what the loader hands over (globalThis.vitrine).
type Config struct {
	Base    string // path of the site, with slashes around: "/" or "/sub/"
	Version string
	Words   []byte // the locale's JSON
	Site    []byte // the site's JSON
	Icons   string // URL of icons.svg
}

// Event is something that a reader did, as views need to know it. What was pressed is said by attributes of the element
// ([data-action], [data-key], ...), so that no handler belongs to a row.
type Event struct {
	Type    EventType
	Action  string  // data-action
	Key     string  // data-key: a post's key
	Part    string  // data-part of what was pressed
	Index   int     // data-index
	Name    string  // a control's name
	Value   string  // a control's value, or the pressed key ("j")
	X, Y    float64 // where an element was pressed, as fractions of its size
	Checked bool    // a switch's state, or whether a <details> stands open
}

// EventType says what happened.
type EventType string

// The events.
const (
	Press   EventType = "press"   // a click, tap or Enter on [data-action]
	Change  EventType = "change"  // a control has a new value
	Submit  EventType = "submit"  // a form; Value is its first field
	Toggle  EventType = "toggle"  // a <details data-action> was opened or closed
	KeyDown EventType = "key"     // a key, outside of fields and without modifiers
	Hash    EventType = "hash"    // location.hash is another; Checked: by back or forward
	Scroll  EventType = "scroll"  // the end of the document is near
	Chunk   EventType = "chunk"   // Name's rows came near the screen (Checked) or left it; Index is their height in pixels
	Visible EventType = "visible" // the page was shown (Checked) or hidden
	Network EventType = "network" // the network came back (Checked) or went
	Closed  EventType = "closed"  // a dialog was closed; Name is its id
	Follow  EventType = "follow"  // the text of a post was pressed; Value is the address of its thread
	Slid    EventType = "slid"    // the picture Index came into sight in the viewer
	Newer   EventType = "newer"   // a new version of the site waits
	Broken  EventType = "broken"  // a picture of the post Key could not be loaded
)

// Position is a place in a scrolled page.
type Position struct {
	Y   int    `json:"y"`             // pixels from the top
	URI string `json:"u,omitempty"`   // data-uri of the first post in sight
	Off int    `json:"off,omitempty"` // pixels from the screen's top to that post's
	N   int    `json:"n,omitempty"`   // how many rows the list had
}

// Media is what the service worker keeps of pictures that were seen.
type Media struct {
	Count int
	Bytes int64 // as far as known: of other servers' pictures the browser tells no size
}
