package browser

import (
	"strconv"
	"strings"

	"vitrine/feeds"
	"vitrine/feeds/archive"
)

// Event is something that a reader or the browser did. What was clicked or changed is said by attributes of the element ([data-action],
// [data-key], ...), so that no handler belongs to a row.
type Event interface{ event() }

// HashChange says that location.hash is another.
type HashChange struct {
	Fragment  string // as it stands in the address bar, with "#"
	Traversed bool   // by going back or forward
}

// Click is a click, a tap or Enter on an element with an action. Which of the other fields are filled depends on the action.
type Click struct {
	Action string       // data-action
	Post   feeds.Key    // the post that the element stands in or names
	Index  int          // of a picture or film among the post's
	Second int          // of a film or sound ("chapter"); the speed in per cent ("speed")
	Cursor feeds.Cursor // the gap that is to be filled ("fill")
	Host   string       // whose data are to be cleared, "" for all ("forget")
	Job    string       // feeds.Job.ID of what is to be stopped ("stop-job")
	Dialog string       // id of the dialog that is to be closed ("close")
	Text   string       // the address to be shared or the text to be copied ("share", "clip"), the id of a heading ("heading")
	Key    string       // what is to be changed of what is followed: the address of a follow, the id of a list ("list-up", ...), a filter or a rule of one
	Format string       // of the file that is wanted ("export"); "" where there is but one
	Aside  bool         // the element is in the column at the side
}

// SettingChange says that a control of how things are shown has a new value ("set").
type SettingChange struct {
	Name  string // the control's name
	Value string // what a field or a choice holds
	On    bool   // the state of a switch
}

// FilterChange says that a list on the page is narrowed down by a control ("choose").
type FilterChange struct{ Name, Value string }

// MaxFile is how many bytes a file may have that is imported: all that was saved in years, without its media.
const MaxFile = 256 << 20

// FileChosen is a file that the reader wants to be read ("import"). Data is nil where the browser can't read it or it is too large.
type FileChosen struct {
	Data     []byte
	TooLarge bool
	More     bool // there were others, which aren't handed over
}

// Brought is what came from outside the page: dropped or pasted anywhere in it, shared by another app, opened with an installed Vitrine.
type Brought struct {
	Text string       // the text, cut off where it is larger than a file may be
	Name string       // of the file
	File *FileChosen  // nil for a text
	Blob archive.Blob // the same file, of any size; nil for a text
	Lost bool         // it was a file that the browser had no room for
}

// ArchiveChosen is the archive of an account that the reader wants to be read ("archive"): a file, or those of a folder.
type ArchiveChosen struct{ Files []archive.Blob }

// Submit is a form that was sent.
type Submit struct {
	Form string // its data-action: "open", "embed"
	Text string // of its first field
	More string // of its second field, "" for none
	Key  string // its data-key
}

// Toggle says that a <details> with an action was opened or closed.
type Toggle struct {
	Post feeds.Key
	Part string // "cw", "veil", "fold"
	Open bool
}

// KeyDown is a key, outside of fields and without modifiers.
type KeyDown struct{ Key string }

// BoxChange is what was done in the address box: it holds another text, a key was pressed that moves through its suggestions, or the focus left it.
type BoxChange struct {
	Text string // what it holds
	Key  string // "ArrowDown", "ArrowUp", "Enter", "Escape"; "Tab" when the focus has left it, by whatever means; "" for another text
}

// AsideChange says that the current entry of the history has another thread at the side.
type AsideChange struct{ Link string } // its address, "" for none

// NearEnd says that the end of the list is near.
type NearEnd struct{}

// PlaceNear says that a place came near the screen which is filled only then.
type PlaceNear struct{ Key string } // its data-key

// ChunkMove says that some rows of a list came near the screen or left it.
type ChunkMove struct {
	List   string
	Chunk  int // its number in the list, from 0
	Near   bool
	Height int // of the rows in pixels
}

// VisibilityChange says that the page was shown or hidden.
type VisibilityChange struct{ Visible bool }

// NetworkChange says that the network came back or went.
type NetworkChange struct{ Online bool }

// DialogClosed says that a dialog was closed, by whatever means.
type DialogClosed struct{ Dialog string } // its id

// PostClick is a click on the text of a post, which opens its thread.
type PostClick struct{ Link string } // the address of the thread

// SlideChange says that another picture came into sight in the viewer.
type SlideChange struct{ Index int }

// UpdateReady says that a new version of the site waits.
type UpdateReady struct{}

func (HashChange) event()       {}
func (Click) event()            {}
func (SettingChange) event()    {}
func (FilterChange) event()     {}
func (FileChosen) event()       {}
func (ArchiveChosen) event()    {}
func (Brought) event()          {}
func (Submit) event()           {}
func (Toggle) event()           {}
func (KeyDown) event()          {}
func (BoxChange) event()        {}
func (NearEnd) event()          {}
func (PlaceNear) event()        {}
func (ChunkMove) event()        {}
func (VisibilityChange) event() {}
func (NetworkChange) event()    {}
func (DialogClosed) event()     {}
func (PostClick) event()        {}
func (AsideChange) event()      {}
func (SlideChange) event()      {}
func (UpdateReady) event()      {}

// attributes are what an element says about what it does.
type attributes struct {
	action string // data-action
	key    string // data-key of the element, else of the post it stands in
	part   string // data-part
	index  int    // data-index
	format string // data-format
}

// click gives a clicked element's attributes the meaning that they have for its action.
func (a attributes) click() Click {
	p := Click{Action: a.action}
	switch a.action {
	case "chapter":
		p.Post, p.Second = feeds.Key(a.key), a.index
	case "fill":
		p.Cursor = feeds.Cursor(a.key)
	case "forget":
		p.Host = a.key
	case "stop-job":
		p.Job = a.key
	case "close":
		p.Dialog = a.part
	case "share", "clip", "heading":
		p.Text = a.part
	case "export":
		p.Format = a.format
	case "follow-options", "unfollow", "take-move", "list-up", "list-down", "list-merge", "list-delete", "list-code",
		"filter-edit", "rule-remove", "order":
		p.Key = a.key
	default:
		p.Post, p.Index = feeds.Key(a.key), a.index
	}
	return p
}

// change gives a changed control's attributes their meaning; nil for an action that no control has.
func (a attributes) change(name, value string, on bool) Event {
	switch a.action {
	case "set":
		return SettingChange{Name: name, Value: value, On: on}
	case "speed":
		percent, _ := strconv.Atoi(value)
		return Click{Action: a.action, Post: feeds.Key(a.key), Index: a.index, Second: percent}
	case "choose":
		return FilterChange{Name: name, Value: value}
	}
	return nil
}

// toggle gives the attributes of a <details> their meaning.
func (a attributes) toggle(open bool) Toggle {
	return Toggle{Post: feeds.Key(a.key), Part: a.part, Open: open}
}

// chunkMove reads the name of a chunk, "list:3".
func chunkMove(name string, near bool, height int) (ChunkMove, bool) {
	list, number, found := strings.Cut(name, ":")
	chunk, err := strconv.Atoi(number)
	return ChunkMove{List: list, Chunk: chunk, Near: near, Height: height}, found && err == nil && chunk >= 0
}
