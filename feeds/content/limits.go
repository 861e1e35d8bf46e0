package content

// What a hostile text can cost. Real posts stay far below: the longest articles that blogs send have some hundred nodes.
const (
	// MaxSource is how many bytes of a text are read. What follows is cut off, and an "…" stands in its place.
	MaxSource = 512 << 10
	// MaxNodes is how many nodes a Doc has at most. A text with more ends early, with an "…".
	MaxNodes = 4000
	// MaxDepth is how deep nodes nest at most, Doc.Blocks being at depth 1. What nests deeper keeps its text, not its form.
	MaxDepth = maxContainers + 1 + maxMarks + 1
	// MaxURL is how long an address is at most, in bytes. A longer one is no link.
	MaxURL = 4096

	maxContainers = 12 // Quote, List, ListItem and others around a block
	maxMarks      = 10 // inline nodes around a text
	// maxScopes is how many begun things a builder remembers to match their ends. Newsletters nest some eighty.
	maxScopes = 160
	// maxDraft is how many nodes are made before what is superfluous among them is taken away.
	maxDraft = 4 * MaxNodes
	// maxShortcode is in bytes; servers allow far fewer.
	maxShortcode = 128
	// maxTitle is of a Fold, in characters.
	maxTitle = 300
	// maxNumber is of a list's item.
	maxNumber = 999_999_999
	// maxMarkdown is how many bytes of Markdown are read: what it nests is looked at again for every line.
	maxMarkdown = 64 << 10
	// maxNesting is how many quotes and lists a line of Markdown may begin, and how many spoilers may stand in each other.
	maxNesting = 16
	// maxOpen is how many of the characters that may begin a link or a mark are looked at in a text, and maxCells how many cells
	// in a line of a table: for each of them a parser of Markdown looks at all those before it.
	maxOpen  = 500
	maxCells = 40
	// maxColumns is how many columns of a table a cell may reach over.
	maxColumns = maxCells
)
