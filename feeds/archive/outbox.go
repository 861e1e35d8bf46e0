package archive

import (
	"context"
	"strings"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/activitypub"
	"vitrine/feeds/jsontext"
)

// Outbox is what an account posted, as its archive has it.
type Outbox struct {
	Author *feeds.Author
	Files  map[string]string // where the archive has the account's own pictures, by URL
	Cut    bool              // the list ends early

	items []jsontext.Raw
	at    time.Time
}

// collection is a list in an archive.
type collection struct {
	Items []jsontext.Raw `json:"orderedItems"`
	Plain []jsontext.Raw `json:"items"`
}

// all are its entries. Some programs write the entries alone.
func (c *collection) read(text []byte) error {
	if trimmed := strings.TrimSpace(string(text[:min(len(text), 64)])); strings.HasPrefix(trimmed, "[") {
		return jsontext.Unmarshal(text, &c.Items)
	}
	err := jsontext.Unmarshal(text, c)
	if len(c.Items) == 0 {
		c.Items = c.Plain
	}
	return err
}

// Outbox reads who an archive is of, and its list of posts. Without one of both it is NotFound; one that can't be read is BadData.
func (a *Archive) Outbox(ctx context.Context, at time.Time) (*Outbox, error) {
	text, err := a.json(ctx, "actor.json")
	if err != nil || text == nil {
		return nil, missing(err)
	}
	o := &Outbox{at: at}
	if o.Author, o.Files, err = activitypub.ArchivedActor(text, at); err != nil {
		return nil, err
	}
	if text, err = a.json(ctx, "outbox.json"); err != nil || text == nil {
		return nil, missing(err)
	}
	var c collection
	if err = c.read(text); err != nil && len(c.Items) == 0 {
		return nil, fail(err)
	}
	o.items, o.Cut = c.Items, err != nil || a.Cut
	return o, nil
}

func missing(err error) error {
	if err == nil {
		err = &feeds.Error{Kind: feeds.NotFound, Op: "read archive", Err: errNoArchive}
	}
	return err
}

// Len is how many entries the list has.
func (o *Outbox) Len() int { return len(o.items) }

// Item reads an entry: a post of the account's own, or the address of one that it boosted.
func (o *Outbox) Item(i int) (activitypub.Archived, error) {
	return activitypub.ArchivedItem(o.items[i], o.Author, o.at)
}

// Links returns the addresses in likes.json or bookmarks.json, each once, and how many of its entries are none.
func (a *Archive) Links(ctx context.Context, name string) (links []string, unread int, err error) {
	text, err := a.json(ctx, name)
	if err != nil || text == nil {
		return nil, 0, err
	}
	var c collection
	if err := c.read(text); err != nil && len(c.Items) == 0 {
		return nil, 0, fail(err)
	}
	seen, turn := map[string]bool{}, feeds.Turn{}
	for _, item := range c.Items {
		turn.Next()
		link := linkOf(item)
		if link == "" {
			unread++
		} else if !seen[link] {
			seen[link] = true
			links = append(links, link)
		}
	}
	return links, unread, nil
}

// linkOf is the address that an entry of a list names: a text, or what an activity or an object is about.
func linkOf(item []byte) string {
	for range 2 {
		var link string
		if jsontext.Unmarshal(item, &link) == nil && link != "" {
			if !strings.HasPrefix(link, "https://") && !strings.HasPrefix(link, "http://") || len(link) > 2000 {
				return ""
			}
			return link
		}
		var about struct {
			ID     string       `json:"id"`
			Object jsontext.Raw `json:"object"`
		}
		if jsontext.Unmarshal(item, &about) != nil {
			return ""
		}
		if item = about.Object; item == nil {
			item = jsontext.Raw(`"` + strings.ReplaceAll(about.ID, `"`, "") + `"`)
		}
	}
	return ""
}
