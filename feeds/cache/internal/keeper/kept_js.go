package main

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/cache"
	"vitrine/feeds/saved"
	"vitrine/feeds/search"
)

// shelf is what a reader keeps for good: saved posts with a label, a note and a picture each, and the index of all that is stored.
type shelf struct {
	book  *saved.Book
	media *cache.Media
	index *search.Index
	from  source
}

// source is what is indexed.
type source struct {
	*cache.DB
	saved *saved.Book
}

func (s source) Saved(ctx context.Context) ([]feeds.Key, error) { return s.saved.Keys(ctx) }

func (s source) Kept(ctx context.Context) ([]feeds.Key, error) { return s.saved.Keys(ctx) }

func (s source) Said(context.Context, []feeds.Key) (map[feeds.Key]search.Said, error) {
	return nil, nil
}

func openShelf(d *cache.DB) shelf {
	const name = "vitrine:/keeper/:kept"
	records := cache.OpenRecords(name, true)
	book := saved.Open(records, alone{}, "/keeper/")
	return shelf{book, cache.OpenMedia(name, records, nil, clock{}, alone{}), search.Open(cache.OpenRecords("vitrine:/keeper/:search", false), nil), source{d, book}}
}

// keep saves a post with its picture, lets go of an older one, and brings the index up to date.
func (s shelf) keep(ctx context.Context, n int) error {
	for _, step := range []func() error{
		func() error {
			p := *post(n * batch)
			p.Author = &feeds.Author{User: "keeper", Domain: host}
			return s.book.Save(ctx, &p, at(n))
		},
		func() error { return s.book.Label(ctx, key(n*batch), []string{label}, note(n)) },
		func() error {
			file := picture(n)
			_, err := s.media.Put(ctx, owner(n), feeds.MediaFile{URL: address(n), Type: "image/"}, file[:feeds.FileHead], body(file))
			return err
		},
		func() error {
			if n <= kept {
				return nil
			}
			if _, err := s.book.Remove(ctx, key((n-kept)*batch), at(n)); err != nil {
				return err
			}
			return s.media.Release(ctx, owner(n-kept))
		},
		func() error { return s.index.Grow(ctx, s.from, func(int) error { return nil }) },
	} {
		if err := step(); err != nil {
			return fmt.Errorf("saved post %d: %w", n, err)
		}
	}
	return nil
}

// verify checks that no acknowledged post, note or picture is missing, that none is there in part, and that all is found by its words.
func (s shelf) verify(ctx context.Context, acknowledged int) error {
	keys, err := s.book.Keys(ctx)
	if err != nil {
		return err
	}
	posts, err := s.book.Posts(ctx, keys)
	if err != nil {
		return err
	}
	for i, p := range posts {
		if p == nil || p.Post.Key != keys[i] || len(p.Post.Body.Blocks) != 1 {
			return fmt.Errorf("saved post %s is %+v", keys[i], p)
		}
	}
	labelled, err := s.book.Tagged(ctx, label)
	if err != nil {
		return err
	}
	if err := s.media.Tidy(ctx); err != nil {
		return err
	}
	if err := s.index.Grow(ctx, s.from, func(int) error { return nil }); err != nil {
		return err
	}
	for n := max(1, acknowledged-kept+2); n <= acknowledged; n++ { // the oldest may be let go by a batch that wasn't acknowledged
		i := slices.Index(keys, key(n*batch))
		if i < 0 || posts[i].Note != note(n) || !labelled[keys[i]] {
			return fmt.Errorf("saved post %d is missing, or its label or note", n)
		}
		data, _, err := s.media.Bytes(ctx, address(n))
		if err != nil {
			return err
		}
		if !bytes.Equal(data, picture(n)) {
			return fmt.Errorf("%d bytes of picture %d", len(data), n)
		}
		found, err := s.index.Search(ctx, search.Parse(fmt.Sprintf(`"post %d"`, n*batch), time.UTC), search.Options{})
		if err != nil {
			return err
		}
		if found.Total != 1 {
			return fmt.Errorf("post %d is found %d times", n*batch, found.Total)
		}
	}
	return nil
}

const label = "to keep"

func note(n int) string { return fmt.Sprint("note ", n) }

func owner(n int) string { return "saved " + string(key(n*batch)) }

func address(n int) string { return fmt.Sprintf("https://%s/media/%d.png", host, n) }

// picture is what looks like a PNG, and differs for each number.
func picture(n int) []byte {
	return append([]byte("\x89PNG\r\n\x1a\n"), bytes.Repeat(fmt.Appendf(nil, "picture %d ", n), 2000)...)
}

// body is a feeds.FileBody.
type body []byte

func (b body) Size() int64   { return int64(len(b)) }
func (b body) Bytes() []byte { return b }

type clock struct{}

func (clock) Now() time.Time                         { return time.Now() }
func (clock) After(d time.Duration) <-chan time.Time { return time.After(d) }
