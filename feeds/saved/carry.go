package saved

import (
	"context"

	"vitrine/feeds"
	"vitrine/feeds/jsontext"
)

// carried is a saved post as it is carried away.
type carried struct {
	Post
	Talk *Talk `json:"talk,omitzero"`
}

// Encode writes all that is saved as JSON, without media; nil for nothing.
func (b *Book) Encode(ctx context.Context) ([]byte, error) {
	var text []byte
	var failed error
	turn := feeds.Turn{}
	err := b.Each(ctx, func(p *Post) bool {
		turn.Next()
		c := carried{Post: *p}
		c.Fetched, c.Failed = c.At, nil // the media stay behind
		if c.Talk, failed = b.Talk(ctx, p.Post.Key); failed != nil {
			return false
		}
		one, err := jsontext.Marshal(c)
		if err != nil {
			failed = &feeds.Error{Kind: feeds.Internal, Op: "write saved post", Err: err}
			return false
		}
		if text == nil {
			text = append(text, '[')
		} else {
			text = append(text, ',')
		}
		text = append(text, one...)
		return true
	})
	if err != nil || failed != nil || text == nil {
		return nil, either(err, failed)
	}
	return append(text, ']'), nil
}

func either(a, b error) error {
	if a != nil {
		return a
	}
	return b
}

// Taken is what became of a file's saved posts.
type Taken struct {
	New        []feeds.Key // weren't saved before
	Known      int         // were; what was missing of their tags and notes is joined to them
	Unreadable int
}

// Decode saves what Encode wrote beside what is saved already. What can't be read is counted and passed over; what isn't a list is BadData.
func (b *Book) Decode(ctx context.Context, text []byte) (Taken, error) {
	var all []jsontext.Raw
	if err := jsontext.Unmarshal(text, &all); err != nil {
		return Taken{}, &feeds.Error{Kind: feeds.BadData, Op: "read saved posts", Err: err}
	}
	var t Taken
	turn := feeds.Turn{}
	for len(all) > 0 {
		some := all[:min(len(all), atOnce)]
		all = all[len(some):]
		var posts []*Post
		talks := map[feeds.Key]Talk{}
		for _, one := range some {
			turn.Next()
			var c carried
			if jsontext.Unmarshal(one, &c) != nil || !readable(&c.Post) {
				t.Unreadable++
				continue
			}
			c.Fetched, c.Failed = c.At, nil
			posts = append(posts, &c.Post)
			if c.Talk != nil {
				talks[c.Post.Post.Key] = *c.Talk
			}
		}
		before, err := b.Posts(ctx, keysOf(posts))
		if err != nil {
			return t, err
		}
		if _, err := b.Add(ctx, posts); err != nil {
			return t, err
		}
		for i, p := range posts {
			if before[i] != nil {
				t.Known++
				continue
			}
			t.New = append(t.New, p.Post.Key)
			if talk, ok := talks[p.Post.Key]; ok {
				if err := b.KeepTalk(ctx, p.Post.Key, talk); err != nil {
					return t, err
				}
			}
		}
	}
	return t, nil
}

func keysOf(posts []*Post) []feeds.Key {
	keys := make([]feeds.Key, len(posts))
	for i, p := range posts {
		keys[i] = p.Post.Key
	}
	return keys
}

// readable reports that a record holds a post that can be shown.
func readable(p *Post) bool {
	if p.Version > version || p.Post == nil || p.Post.Key == "" || p.Post.Author == nil || p.Post.Author.Domain == "" {
		return false
	}
	for _, v := range p.Later {
		if v.Post == nil || v.Post.Author == nil || v.Post.Key != p.Post.Key {
			return false
		}
	}
	return true
}
