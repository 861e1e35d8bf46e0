package archive

import (
	"cmp"
	"context"
	"strings"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/address"
	"vitrine/feeds/apiclient"
	"vitrine/feeds/syndication"
)

// nowhere is the address of a feed that came as a file: what is relative in it leads nowhere (RFC 2606).
const nowhere = "https://feed.invalid/"

// feedVersion stands near the beginning of each JSON Feed: by that one is known that can't be read.
const feedVersion = "://jsonfeed.org/version/"

// Item is a post of a JSON Feed, with what somebody who had saved it says of it.
type Item struct {
	Post   *feeds.Post
	Labels []string // as they stand there
	Note   string
	Gone   time.Time // when it was learned that its server doesn't have it any more; zero for never
}

// Feed reads the posts of a JSON Feed that was saved as a file: of one that is ours as they were (docs/jsonfeed.md). Its error is an *Error: NotFound for what is none, BadData for one that ends
// early or can't be read, TooLarge for one that is too large to be read as a whole.
// Source: https://www.jsonfeed.org/version/1.1/
func Feed(ctx context.Context, b Blob, at time.Time) ([]Item, error) {
	if b.Size() > mostJSON {
		return nil, &feeds.Error{Kind: feeds.TooLarge, Op: "read feed"}
	}
	p, err := b.Piece(ctx, 0, b.Size(), false, mostJSON)
	if err != nil {
		return nil, fail(err)
	}
	body, err := p.Read(ctx)
	if err != nil {
		return nil, fail(err)
	}
	none := &feeds.Error{Kind: feeds.NotFound, Op: "read feed", Err: errNoArchive}
	if !strings.HasPrefix(strings.TrimLeft(string(body[:min(len(body), 64)]), "\ufeff \t\r\n"), "{") {
		return nil, none
	}
	_, page, err := syndication.Read(body, "application/feed+json", nowhere, at)
	if err != nil {
		if strings.Contains(string(body[:min(len(body), 1024)]), feedVersion) {
			return nil, fail(err)
		}
		return nil, none
	}
	var posts []Item
	own, seen := ownItems(body), map[feeds.Key]bool{}
	for _, read := range page.Posts {
		q := *read
		item := Item{Post: &q}
		if w := cmp.Or(own[string(q.Key)], own[q.URL]); w != nil {
			w.restore(&q)
			item.Labels, item.Note, item.Gone = some(w.Extension.Labels), w.Extension.Note, apiclient.Time(w.Extension.Gone)
		}
		if strings.HasPrefix(string(q.Key), nowhere) || seen[q.Key] {
			continue // it names no post, or one that was read
		}
		seen[q.Key] = true
		q.Sightings = nil
		if a, err := address.Parse(q.URL); err == nil && a.Kind == address.Post {
			q.Sightings = []feeds.Sighting{{Host: a.Host, ID: a.ID, At: at}}
		}
		posts = append(posts, item)
	}
	return posts, nil
}
