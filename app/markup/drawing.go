package markup

import (
	"hash/fnv"
	"strconv"
	"strings"
	"time"

	"vitrine/app/settings"
	"vitrine/app/words"
	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/search"
)

// Drawing is how posts are drawn: the same for all of a page.
type Drawing struct {
	Words    *words.Words
	Now      time.Time                 // zero for a page that is read at any time: all its dates are absolute then
	Local    func(time.Time) time.Time // into the reader's time zone; nil for UTC
	Links    Links
	Settings settings.Settings
	Icons    string // URL of icons.svg
	Host     string // API host whose view this is: hashtags lead to its view of them
	Floats   bool   // films can be shown above other windows (picture in picture)
	Actions  bool   // a program listens: things can be opened, loaded and looked at in place
	// Translates reports that the browser can translate from a language into the page's; nil where it can't at all.
	Translates func(tag string) bool
	Whole      bool // posts of lists have all their parts: in files, where none is opened
	Every      bool // all pictures of a post are shown: none is opened to see the others

	footnotes *footnotes // of the text that is being drawn; nil for none
}

// opened reports that a post is shown with all its parts.
func (d *Drawing) opened(r Row) bool { return r.Place.Kind == Focused || d.Whole && !r.quoted }

// Links knows where the views of things are. Each method may return "" for nowhere.
type Links interface {
	Profile(a *feeds.Author) string
	Handle(handle string) string // "user@host"
	Tag(host, tag string) string
	Post(p *feeds.Post) string
	Server(host string) string
	Page(url string) string // a page of a server, by its address
}

// Row is a post where it stands.
type Row struct {
	Post  *feeds.Post
	Entry feeds.Entry
	Place Place
	Open  Opened
	// Within is the handle of the community whose page this is: it isn't named with each post.
	Within string
	// From names the sources of a merged list that have it, separated by spaces.
	From string
	// Others is how many boosted it beside Entry.BoostedBy.
	Others int
	// Answers is what it answers, where a line of that is to be shown.
	Answers *feeds.Post
	// New says that it is new to who catches up.
	New bool
	// Kept is what is kept beside a saved post, where that is to be shown; nil elsewhere.
	Kept *Kept
	// Linked are posts that it links to; nil for none.
	Linked [MostLinked]*Linked
	// Marks marks what is looked for in it; nil for nothing.
	Marks *search.Marker
	// Why is the reason for which a filter folds it; "" where none does.
	Why string

	quoted bool // it stands in another post: it is opened by the browser or by a tap, not by the program
}

// Place is what the neighbourhood says about a post. All of it is comparable.
type Place struct {
	Kind          PlaceKind
	Depth         int    // of a Reply or Chain: how many answers lead to it from the focused post, 1 for a direct one
	Step          int    // of a Reply: how far it is indented, from 0
	Parent        string // of a Reply or Chain: the URI of the post it answers; "" when unknown
	Part, Parts   int    // its number in the author's own chain, and how many there are; 0 outside of one
	Answers       int    // of a Reply: which of the Parts it answers; 0 where that needn't be said
	ByAuthor      bool   // a Reply by the author of the focused post
	ReplyTo       string // "user@host" of whom it answers, where the step can't show it any more; "" otherwise
	To            string // of a Reply: the name of whom it answers, where only the step shows it; "" otherwise
	MissingParent bool   // what it answers is missing here
	New           bool   // it wasn't there when the conversation was read before
	From          string // of a Reply: the server that it was read from, where that is to be said; "" otherwise
	Later         string // how much later than what stands before it a Reply was written, in words; "" where that needn't be said
	Below         int    // of a Reply: how many stand below it and can be folded away
	Folded        bool   // they are
	GoesOn        bool   // of a Reply: those below it are indented no further, its own conversation shows them better
	Selected      bool   // its thread is shown beside the list
	AsText        bool   // of the author's chain: it is one text, without what stands around each post
}

// PlaceKind is which row a post is.
type PlaceKind uint8

// The kinds of places.
const (
	InFeed   PlaceKind = iota
	Pinned             // chosen by its author to stand first
	Ancestor           // above the focused post of a thread
	Focused
	Chain // the author goes on
	Reply
)

// Opened is what of a post its reader has opened. It is kept by Post.Key, not in the DOM.
type Opened struct {
	Warning State
	Veil    State // of sensitive media
	Media   bool  // pictures were asked for although data is saved
	Whole   bool  // a long post is shown to its end
	Fold    bool  // what a filter folds is shown
	Player  bool  // the server's own player was asked for
	Stream  bool  // a film that comes in pieces was started
	// Translation is the one that the reader asked for; nil for none.
	Translation *Translation
	Alt         int // the picture whose description stands open, counted from 1; 0 for none
	Plain       Set // of films that are played without their captions: their server lets no page of another site read the file
	Lost        Set // of films and sounds whose files can't be played

	Chapters, Said *FilmFile // files beside a film that stand open; nil while they are shut

	// Saved says that the reader keeps the post: it is known by its key, as the others are.
	Saved bool
}

// Set is some of a post's media, by their index; those beyond the 32nd are in none.
type Set uint32

// With returns the set with a medium.
func (s Set) With(index int) Set { return s | bit(index) }

// Has reports that a medium is in the set.
func (s Set) Has(index int) bool { return s&bit(index) != 0 }

func bit(index int) Set {
	if index < 0 {
		return 0
	}
	return 1 << index
}

// State is whether something stands open; as long as the reader didn't touch it, as the settings say.
type State uint8

// The states.
const (
	AsSettings State = iota
	Open
	Shut
)

// StateOf is the state of something that was just opened or closed.
func StateOf(open bool) State {
	if open {
		return Open
	}
	return Shut
}

func (s State) open(byDefault bool) bool { return s == Open || s == AsSettings && byDefault }

func (d *Drawing) icon(name string) Node  { return Sign(d.Icons, name, "i") }
func (d *Drawing) small(name string) Node { return Sign(d.Icons, name, "i s") }

func (d *Drawing) local(t time.Time) time.Time {
	if d.Local == nil {
		return t.UTC()
	}
	return d.Local(t)
}

// rfc3339 is a time as attributes have it.
func rfc3339(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05Z") }

// link makes a link to a view, or its children in a span where there is none. On a page without the app a view is elsewhere.
func link(href string, attrs Attrs, children ...Node) Node {
	href = SafeURL(href)
	switch {
	case href == "":
		return El("span", attrs, children...)
	case strings.Contains(href, "://"):
		return outside(href, attrs, children...)
	}
	return El("a", append(attrs, Attr{"href", href}), children...)
}

// outside makes a link away from here. It opens in another tab, sends no referrer, and doesn't endorse where it leads.
func outside(href string, attrs Attrs, children ...Node) Node {
	if href = SafeURL(href); href == "" {
		return El("span", attrs, children...)
	}
	return El("a", append(attrs, At("href", href, "target", "_blank", "rel", "nofollow noopener noreferrer")...), children...)
}

// button makes a button with an action.
func (d *Drawing) button(class, action string, attrs Attrs, children ...Node) Node {
	return El("button", append(At("class", class, "type", "button", "data-action", action), attrs...), children...)
}

// sentence puts a node in the place of {0} in a sentence.
func (d *Drawing) sentence(key string, node Node) []Node {
	before, after, _ := strings.Cut(d.Words.T(key), "{0}")
	return []Node{Text(before), node, Text(after)}
}

// named draws a plain text in which only the given pictures are read; everything else stays text.
func (d *Drawing) named(s string, emoji []content.CustomEmoji) []Node {
	return d.inline(content.Inline(s, emoji))
}

// mark makes a short name for ids on a page: the same post may stand on it several times.
func mark(r Row) string {
	h := fnv.New64a()
	h.Write([]byte(string(r.Post.Key) + "\n" + r.Entry.WrapperID + "\n" + strconv.Itoa(int(r.Place.Kind))))
	return strconv.FormatUint(h.Sum64(), 36)
}

// LanguageTag returns a language's tag if it can be one, else "".
func LanguageTag(tag string) string { return language(tag) }

// language returns a language's tag if it can be one, else "". Servers send whatever a client wrote.
func language(tag string) string {
	for _, r := range tag {
		if r != '-' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') {
			return ""
		}
	}
	if len(tag) > 35 { // RFC 5646, section 4.4.1
		return ""
	}
	return tag
}
