package exchange

import (
	"errors"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"vitrine/feeds"
	"vitrine/feeds/address"
)

// What a file may hold at most.
const (
	MaxSize    = 5 << 20 // bytes
	MaxEntries = 10_000  // entries and, counted apart, lists
)

const (
	maxLooks  = 10 * MaxEntries // texts that may be addresses, those that are known already too
	maxUnread = 1000            // lines of Result.Unread
	maxTitle  = 200             // characters of a title
	maxList   = 100             // characters of a list's name
	maxLine   = 80              // characters of Unread.Text
)

// Format is what a file turned out to be.
type Format string

// The formats.
const (
	FollowingCSV Format = "following-csv" // Mastodon's export of follows, or a table with a column of addresses
	ListsCSV     Format = "lists-csv"     // Mastodon's export of lists
	OPML         Format = "opml"
	Vitrine      Format = "vitrine"    // the file of a reader's own data
	Collection   Format = "collection" // a collection of ActivityPub, or a JSON list of accounts
	Text         Format = "text"       // plain text or Markdown
	HTML         Format = "html"
)

// Choice is what a file says of an option of a follow.
type Choice string

// The choices.
const (
	Unsaid Choice = ""
	Show   Choice = "show"
	Hide   Choice = "hide"
)

// Entry is one thing to follow.
type Entry struct {
	Address   string   // in the form of address.Address.String: "@user@host", "!name@host", "#tag@host", a host, or a URL
	Ask       bool     // the address is the URL of a page that may be anything: who follows it asks its server first what it is
	Title     string   // as people named it; "" for none
	Lists     []string // names of the lists that it is in
	FeedURL   string   // of its web feed; "" where the file names none, and where Address is the feed itself
	Boosts    Choice
	Replies   Choice
	Languages []string // codes of the languages whose posts are wanted; none for all
	Line      int      // where the file names it first, from 1; in JSON its place in the list
}

// Reason is why a line was not read.
type Reason string

// The reasons.
const (
	NoAddress Reason = "noaddress" // nothing in it is an address
	NoServer  Reason = "noserver"  // a name or hashtag without its server
	Post      Reason = "post"      // a single post, which nobody can follow
	Page      Reason = "page"      // a page whose address doesn't show that it can be followed
	Hidden    Reason = "hidden"    // characters that people can't see would make it another address than it looks like
	Broken    Reason = "broken"    // the file ends in the middle of it
)

// Unread is a line that was not read.
type Unread struct {
	Line   int    // from 1; in JSON its place in the list
	Text   string // of the line, shortened
	Reason Reason
}

// Result is what a file holds.
type Result struct {
	Format     Format
	Entries    []Entry  // in the order of the file, each address once
	Lists      []string // names of all lists in the order of the file, empty ones too
	Unread     []Unread // the first thousand
	MoreUnread int      // how many lines beyond those were not read
	Repeated   int      // how many entries say nothing that one before them doesn't say
	File       *File    // of a file of Vitrine: all of it
	Total      int      // how many a collection says that it has, which may be more than it shows; 0 where it says nothing
	Next       string   // URL of a collection's next page; "" for none
}

// Key returns what is equal for all ways to write an address: hosts in capitals or in their own script, names and hashtags in capitals, a
// slash at the end. ok is false for what is no address of something to follow.
func Key(text string) (key string, ok bool) {
	a, reason := followable(text)
	if reason != "" {
		return "", false
	}
	return keyOf(a), true
}

func keyOf(a address.Address) string {
	a.User, a.Tag = strings.ToLower(a.User), strings.ToLower(a.Tag)
	if a.Kind == address.Feed || a.Kind == address.Page {
		return string(a.Kind) + " " + strings.TrimRight(a.URL, "/")
	}
	return a.String()
}

// followable reads the address of something that can be followed. The reason is "" where it is one. Which tab of a view it names is left
// out, but for a server's federated timeline, which is another list of posts.
func followable(text string) (address.Address, Reason) {
	text = strings.TrimFunc(text, func(r rune) bool { return unicode.IsSpace(r) || isUnseen(r) })
	if strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) && !unicode.IsSpace(r) || isDirection(r) }) {
		return address.Address{}, Hidden
	}
	a, err := address.Parse(text)
	var e *address.Error
	if errors.As(err, &e) {
		switch e.Reason {
		case address.NoServer:
			return address.Address{}, NoServer
		case address.UnknownPath:
			return address.Address{}, Page
		}
		return address.Address{}, NoAddress
	}
	switch {
	case a.Kind == address.Tag && a.Host == "":
		return address.Address{}, NoServer
	case a.Kind == address.Post:
		return address.Address{}, Post
	case a.Kind == address.Server && a.Tab == "federated":
	default:
		a.Tab = ""
	}
	if a.Kind != address.Feed && a.Kind != address.Page {
		a.URL, a.Copy = "", false
	}
	// What is kept is read again later, on other ways: only what stays the same then.
	if again, err := address.Parse(a.String()); err != nil || keyOf(again) != keyOf(a) {
		return address.Address{}, NoAddress
	}
	return a, ""
}

// isDirection reports the characters that change the order in which others are shown. Source: UAX #9, section 2.
func isDirection(r rune) bool {
	return r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069' || r == '\u200e' || r == '\u200f' || r == '\u061c'
}

// isUnseen reports what phones and chats put around an address that was copied.
func isUnseen(r rune) bool {
	return isDirection(r) || r >= '\u200b' && r <= '\u200d' || r == '\u2060' || r == '\ufeff'
}

// oneLine returns a text for people without control characters and runs of space, at most so many characters long.
func oneLine(s string, most int) string {
	s = strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || r == utf8.RuneError
	}), " ")
	if len(s) <= most || utf8.RuneCountInString(s) <= most {
		return s
	}
	return strings.TrimRight(string([]rune(s)[:most-1]), " ") + "…"
}

// collector puts a result together. It is full once one of the limits is passed.
type collector struct {
	Result
	places map[string]int // of entries, by key
	lists  map[string]bool
	looks  int
	full   bool
	turn   feeds.Turn
}

func newCollector(f Format) *collector {
	return &collector{Result: Result{Format: f}, places: map[string]int{}, lists: map[string]bool{}}
}

// add reads the address that stands in a text, and adds the entry with it, or reports the line.
func (c *collector) add(text string, e Entry) {
	a, reason := c.look(text)
	if reason != "" {
		c.unread(e.Line, text, reason)
		return
	}
	c.addAddress(a, e)
}

// look is followable, for as many texts as an honest file has.
func (c *collector) look(text string) (address.Address, Reason) {
	c.turn.Next()
	if c.looks++; c.looks > maxLooks {
		c.full = true
		return address.Address{}, NoAddress
	}
	return followable(text)
}

// addAddress adds an entry. One that is there already takes over what it lacks.
func (c *collector) addAddress(a address.Address, e Entry) {
	e.Address, e.Ask = a.String(), a.Kind == address.Page
	e.Title = oneLine(e.Title, maxTitle)
	if e.Title == e.Address || e.Title == a.URL {
		e.Title = ""
	}
	e.Lists = c.listsOf(e.Lists)
	e.FeedURL = feedURL(e.FeedURL)
	if a.Kind == address.Feed {
		e.FeedURL = ""
	}
	key := keyOf(a)
	i, known := c.places[key]
	switch {
	case known:
		if !c.Entries[i].complete(e) {
			c.Repeated++
		}
	case len(c.Entries) == MaxEntries:
		c.full = true
	default:
		c.places[key] = len(c.Entries)
		c.Entries = append(c.Entries, e)
	}
}

// complete takes over from another entry of the same address what this one lacks, and reports that this was something.
func (e *Entry) complete(other Entry) (more bool) {
	for _, name := range other.Lists {
		if !slices.Contains(e.Lists, name) {
			e.Lists, more = append(e.Lists, name), true
		}
	}
	fill := func(own *string, others string) {
		if *own == "" && others != "" {
			*own, more = others, true
		}
	}
	fill(&e.Title, other.Title)
	fill(&e.FeedURL, other.FeedURL)
	fill((*string)(&e.Boosts), string(other.Boosts))
	fill((*string)(&e.Replies), string(other.Replies))
	if len(e.Languages) == 0 && len(other.Languages) > 0 {
		e.Languages, more = other.Languages, true
	}
	return more
}

// feedURL returns the URL of a web feed as it is asked for; "" for none.
func feedURL(raw string) string {
	if raw = strings.TrimSpace(raw); raw == "" || strings.ContainsFunc(raw, unicode.IsSpace) {
		return ""
	}
	if a, reason := followable("feed:" + withoutFeedScheme(raw)); reason == "" {
		return a.URL
	}
	return ""
}

// withoutFeedScheme returns a URL as browsers know it, of "feed:https://…" and "feed://…".
func withoutFeedScheme(raw string) string {
	if len(raw) >= len("feed:") && strings.EqualFold(raw[:len("feed:")], "feed:") {
		return raw[len("feed:"):]
	}
	return raw
}

// listsOf returns the names of an entry's lists, each once, and notes them.
func (c *collector) listsOf(names []string) []string {
	var all []string
	for _, n := range names {
		if n = c.list(n); n != "" && !slices.Contains(all, n) {
			all = append(all, n)
		}
	}
	return all
}

// list notes a list, and returns its name.
func (c *collector) list(name string) string {
	name = oneLine(name, maxList)
	if name == "" || c.lists[name] {
		return name
	}
	if len(c.Lists) == MaxEntries {
		c.full = true
		return ""
	}
	c.lists[name] = true
	c.Lists = append(c.Lists, name)
	return name
}

func (c *collector) unread(line int, text string, reason Reason) {
	if len(c.Unread) == maxUnread {
		c.MoreUnread++
		return
	}
	if len(text) > 20*maxLine { // nothing that is far beyond it is looked at
		text = text[:20*maxLine]
	}
	c.Unread = append(c.Unread, Unread{line, oneLine(text, maxLine), reason})
}

// result returns what was collected.
func (c *collector) result() (Result, error) {
	if c.full {
		return Result{}, tooLarge()
	}
	return c.Result, nil
}

// op is what failed, in errors.
const op = "import"

func tooLarge() error { return &feeds.Error{Kind: feeds.TooLarge, Op: op} }

func badData(why string) error {
	return &feeds.Error{Kind: feeds.BadData, Op: op, Err: errors.New(why)}
}
