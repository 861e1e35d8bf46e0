package feedstest

import (
	"encoding/json"
	"errors"
	"fmt"

	"vitrine/feeds"
	"vitrine/feeds/content"
)

// CheckValue returns what is wrong with a value that came from a server: it can't be stored, an address in it is none that was
// checked, or a text of it is larger than content's bounds. Nil is nothing.
func CheckValue(v any) error {
	raw, err := json.Marshal(v)
	if err != nil {
		return err
	}
	var tree any
	if err := json.Unmarshal(raw, &tree); err != nil {
		return err
	}
	return checkTree(tree)
}

func checkTree(tree any) error {
	switch tree := tree.(type) {
	case map[string]any:
		if blocks, ok := tree["b"].([]any); ok {
			if err := checkText(blocks); err != nil {
				return err
			}
		}
		for name, v := range tree {
			if address, ok := v.(string); ok && address != "" && isAddress(name) {
				if checked, ok := content.SafeURL(address, ""); !ok || checked != address {
					return fmt.Errorf("%s is %q, which as a checked address is %q", name, address, checked)
				}
			}
			if err := checkTree(v); err != nil {
				return err
			}
		}
	case []any:
		for _, v := range tree {
			if err := checkTree(v); err != nil {
				return err
			}
		}
	}
	return nil
}

// isAddress reports the names of fields that hold addresses: those of package feeds, and content's h (a link) and u (an emoji).
func isAddress(name string) bool {
	switch name {
	case "URL", "URI", "Avatar", "AvatarSt", "Header", "HeaderSt", "Preview", "Original", "Image", "Thumbnail", "Icon", "Online", "Stream", "Player", "h", "u", "s":
		return true
	}
	return false
}

// checkText measures a text's tree by the bounds of package content.
func checkText(blocks []any) error {
	nodes := 0
	var walk func(list []any, depth int) error
	walk = func(list []any, depth int) error {
		for _, n := range list {
			if nodes++; nodes > content.MaxNodes || depth > content.MaxDepth {
				return fmt.Errorf("a text of %d nodes, %d deep", nodes, depth)
			}
			n, _ := n.(map[string]any)
			children, _ := n["c"].([]any)
			if err := walk(children, depth+1); err != nil {
				return err
			}
		}
		return nil
	}
	return walk(blocks, 1)
}

// CheckPosts returns what is wrong with posts that were read at host; nil is nothing.
func CheckPosts(host string, posts ...*feeds.Post) error {
	for _, p := range posts {
		if err := checkPost(host, p); err != nil {
			return fmt.Errorf("%w: %+v", err, p)
		}
	}
	return CheckValue(posts)
}

func checkPost(host string, p *feeds.Post) error {
	switch {
	case p == nil:
		return errors.New("a post that is nil")
	case p.Key == "":
		return errors.New("a post without a key")
	case p.Published.IsZero():
		return errors.New("a post without a time")
	case !p.Edited.IsZero() && p.Edited.Before(p.Published):
		return errors.New("a post that was edited before it was published")
	case p.Author == nil || p.Author.User == "" || p.Author.Domain == "":
		return errors.New("a post without an author")
	case len(p.Sightings) != 1 || p.Sightings[0].ID == "" || p.Sightings[0].Host != host:
		return fmt.Errorf("a post that wasn't read at %s", host)
	case p.Visibility != feeds.Public && p.Visibility != feeds.Unlisted:
		return errors.New("a post that isn't for everybody")
	case p.Deleted && len(p.Body.Blocks) > 0:
		return errors.New("a deleted post with its text")
	case p.Counts.Replies < -1 || p.Counts.Boosts < -1 || p.Counts.Favourites < -1 || p.Counts.Quotes < -1:
		return errors.New("a post with an impossible count")
	case p.Quote != nil && p.Quote.Post != nil && p.Quote.Post.Quote != nil && p.Quote.Post.Quote.Post != nil:
		return errors.New("a quote in a quote that isn't only named")
	}
	return nil
}

// CheckPage returns what is wrong with a page that was read at host; nil is nothing.
func CheckPage(host string, page *feeds.Page) error {
	if len(page.Entries) < len(page.Posts) {
		return fmt.Errorf("%d posts in %d entries", len(page.Posts), len(page.Entries))
	}
	there := map[feeds.Key]bool{}
	for _, p := range page.Posts {
		if p != nil {
			there[p.Key] = true
		}
	}
	for _, e := range page.Entries {
		if e.Key == "" || e.WrapperID == "" || e.At.IsZero() || !there[e.Key] {
			return fmt.Errorf("an entry without a post, an id or a time: %+v", e)
		}
	}
	if err := CheckValue(page); err != nil {
		return err
	}
	return CheckPosts(host, page.Posts...)
}

// CheckAuthors returns what is wrong with authors that were read at host; nil is nothing.
func CheckAuthors(host string, authors ...*feeds.Author) error {
	for _, a := range authors {
		if a == nil || a.User == "" || a.Domain == "" || a.ID == "" || a.Host != host {
			return fmt.Errorf("an author without a name, an id or a host: %+v", a)
		}
	}
	return CheckValue(authors)
}

// CheckInstance returns what is wrong with a server's description that was read at host; nil is nothing.
func CheckInstance(host string, i *feeds.Instance) error {
	if i.Host != host || i.Domain == "" || i.Users < -1 || i.Active < -1 || i.Posts < -1 {
		return fmt.Errorf("a server without a host, or with an impossible count: %+v", i)
	}
	return CheckValue(i)
}
