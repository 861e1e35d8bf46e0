package ui

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"vitrine/app/markup"
)

// Row is one row of a list: a post, or when Node is set something else (a gap, a hole, a note).
type Row struct {
	Post markup.Row
	Node *markup.Node
}

// List draws rows in chunks. Chunks far from the screen are empty boxes of the height they had, so the number of mounted posts
// stays bounded however long the list is. All fields are compared by value; slices are never changed once given.
type List struct {
	app.Compo

	Drawing *markup.Drawing
	ID      string // names the chunks in events
	Class   string
	Feed    bool // it is a feed in time order, not a plain list
	Label   string
	Busy    bool
	Size    int // rows a chunk
	Rows    []Row
	Heights []int // by chunk: pixels of one that isn't drawn; 0 or missing: it is
}

// Render implements app.UI.
func (l *List) Render() app.UI {
	box := app.Elem("div").Attr("aria-label", l.Label)
	if l.Class != "" {
		box = box.Class(l.Class)
	}
	if l.Feed {
		busy := "false"
		if l.Busy {
			busy = "true"
		}
		box = box.Attr("role", "feed").Attr("aria-busy", busy)
	} else {
		box = box.Attr("role", "group")
	}
	var chunks []app.UI
	for i := 0; i*l.Size < len(l.Rows); i++ {
		c := &Chunk{Drawing: l.Drawing, Name: l.ID + ":" + strconv.Itoa(i), Rows: l.Rows[i*l.Size : min((i+1)*l.Size, len(l.Rows))]}
		if i < len(l.Heights) {
			c.Height = l.Heights[i]
		}
		chunks = append(chunks, c)
	}
	return box.Body(chunks...)
}

// Chunk is some rows of a List that are drawn or folded away together.
type Chunk struct {
	app.Compo

	Drawing *markup.Drawing
	Name    string
	Rows    []Row
	Height  int // 0: the rows are drawn
}

// OnMount implements app.Mounter.
func (c *Chunk) OnMount(ctx app.Context) { watch(ctx, c.Height) }

// OnUpdate implements app.Updater.
func (c *Chunk) OnUpdate(ctx app.Context) { setMinHeight(ctx, c.Height) }

// Render implements app.UI.
func (c *Chunk) Render() app.UI {
	box := app.Elem("div").Class("chunk").Attr("data-chunk", c.Name)
	if c.Height > 0 {
		return box.Body()
	}
	rows := make([]app.UI, 0, len(c.Rows))
	for _, r := range c.Rows {
		rows = append(rows, &Article{Drawing: c.Drawing, Row: r})
	}
	return box.Body(rows...)
}

// Article is one row.
type Article struct {
	app.Compo

	Drawing *markup.Drawing
	Row     Row
}

// Render implements app.UI.
func (a *Article) Render() app.UI {
	if a.Row.Node != nil {
		return Draw(*a.Row.Node)
	}
	return Draw(markup.Article(a.Drawing, a.Row.Post))
}
