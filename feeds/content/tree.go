package content

// Kind says what a Node is. The set is closed: a writer that knows these kinds can draw everything that a server can send.
type Kind uint8

// Block kinds stand directly in a Doc, a Quote, a ListItem, a Fold, a Cell; inline kinds stand in the blocks that hold text.
// Every other combination is normalised away by the parsers.
const (
	Text Kind = iota // inline; Node.Text
	Break
	Emphasis // em, i
	Strong   // strong, b
	Strike   // del, s
	Underline
	Code      // inline code; Node.Text; Node.Name is Formula where it is one, else ""
	Link      // inline; Node.Href, Node.Children; Node.Name is OwnPage where it is known to be one, else ""
	Mention   // inline; Node.Href, Node.Name is "user@host" where known, else "", Node.Children
	Hashtag   // inline; Node.Href, Node.Name is the tag without "#", Node.Children
	Emoji     // inline; Node.Name is the shortcode without colons, Node.Href the picture, Node.Static its still form
	Ruby      // inline; Node.Children is the base, Node.Text the annotation
	Sub       // inline
	Sup       // inline
	Invisible // inline; part of a link's text that is drawn for copying only, as Mastodon shortens addresses
	Ellipsis  // inline; part of a link's text that is followed by "…"

	Paragraph // block; inline children
	Heading   // block; Node.Level 1 to 6; inline children
	CodeBlock // block; Node.Text, Node.Name is the language where known, Formula for one
	Quote     // block; block children
	List      // block; Node.Ordered, Node.Number, Node.Reversed, Node.Name is how it counts ("a", "A", "i", "I"); children are ListItem
	ListItem  // child of List; Node.Number; block children
	Rule      // block; a thematic break
	Fold      // block; closed until asked for: details, a forum's spoiler; Node.Name is its title, block children

	Terms      // block; a list of terms with what they mean; children are Term and Definition
	Term       // child of Terms; inline children
	Definition // child of Terms; block children

	Table   // block; tabular data, never layout; children are perhaps a Caption, then Rows
	Caption // first child of a Table; inline children
	Row     // child of a Table; children are Cells
	Cell    // child of a Row; Node.Cell; block children, or none
)

// OwnPage is the name of a Link to a page of a person, a community or a post at the server that the text was written on.
const OwnPage = "page"

// Node is one part of a Doc. Which fields mean something depends on Kind; the others are zero.
type Node struct {
	Kind     Kind   `json:"k,omitempty"`
	Text     string `json:"t,omitempty"`
	Name     string `json:"n,omitempty"`
	Href     string `json:"h,omitempty"` // always passed SafeURL
	Static   string `json:"s,omitempty"` // always passed SafeURL
	Level    int    `json:"l,omitempty"`
	Ordered  bool   `json:"o,omitempty"`
	Reversed bool   `json:"r,omitempty"` // an ordered List counts down
	// Number is that of an ordered List's first item, where it isn't 1 or, counting down, the number of its items; of a ListItem
	// its own, where it doesn't follow from the one before.
	Number   *int       `json:"v,omitempty"`
	Cell     *TableCell `json:"x,omitempty"` // of a Cell that is more than a plain one
	Children []Node     `json:"c,omitempty"`
}

// TableCell is what distinguishes a Cell from a plain one, to which the zero value belongs.
type TableCell struct {
	Header  bool   `json:"h,omitempty"` // it names its column or, outside of the rows of HeaderRows, its row
	Align   string `json:"a,omitempty"` // "left", "center", "right", as its author aligned it
	Columns int    `json:"c,omitempty"` // how many it spans, where it is more than one
	Rows    int    `json:"r,omitempty"` // how many it spans, where it is more than one
}

// Doc is foreign text in our own closed tree: a list of block nodes. The zero value is empty text. A Doc is never changed
// once it was made.
type Doc struct {
	Blocks []Node `json:"b,omitempty"`
	// QuoteFallback says that the text held a paragraph which stands in for a quoted post ("RE: https://…"), and at which
	// index of Blocks it is. It is left out by whoever draws the quote itself. -1 or absent: there is none.
	QuoteFallback *int `json:"q,omitempty"`
}

// CustomEmoji is a picture that a server uses for ":shortcode:" in a text.
// Source: https://docs.joinmastodon.org/entities/CustomEmoji/
type CustomEmoji struct {
	Shortcode string `json:"c"`           // without colons
	URL       string `json:"u"`           // may move
	Static    string `json:"s,omitempty"` // stands still; "" where the server names none
}

// MentionRef tells the parser which account a mention's link names. Its text alone doesn't: "@user" may be on any host.
type MentionRef struct {
	URL    string // the href as it stands in the text
	Handle string // "user@host"
}

// Picture is a picture, film or sound that stands in a text. A Doc has none: whoever reads a post hangs it on the post.
type Picture struct {
	URL    string // passed SafeMedia; it may be a film or a sound where Markdown is read
	Alt    string // plain text
	Width  int    // pixels; 0 when unknown
	Height int
	Medium string // "video" or "audio" where an element says so, else ""
	Poster string // the still picture of a film, passed SafeMedia; "" for none
}

// Options are what a parser needs to know beside the text.
type Options struct {
	Emoji    []CustomEmoji
	Mentions []MentionRef
	Tags     []string   // names without "#"; a link whose text is "#name" is a Hashtag when it is marked so or listed here
	BaseURL  string     // relative links are resolved against it; "" drops them to their text
	Pictures *[]Picture // takes the pictures of a text, which are links or their descriptions in it where it is nil
	Lines    bool       // line ends in Markdown are line breaks, as PeerTube shows them
	Scripts  bool       // "~low~" and "^high^" in Markdown are marks, as Lemmy and PieFed show them
	Spoilers bool       // "||text||" and ">!text!<" in Markdown are folded away, as PieFed shows them
	// FilmLinks says that films and sounds are links though Pictures takes the pictures: the source's own web plays none in a text.
	FilmLinks bool
	// Home is the host whose paths in Markdown ("/c/name", "/u/name", "m/name") need none, as forums show them; "" for no such host.
	Home  string
	Names bool // "@name" and "!name" in Markdown are those of Home too, as Mbin shows them
	// Spaces says that the source's own web shows runs of spaces and indentation in HTML and plain text, which are kept then.
	Spaces bool
	// Formulas says that "\\(x\\)", "\\[x\\]" and "$$x$$" in HTML are formulas in LaTeX.
	Formulas bool
}
