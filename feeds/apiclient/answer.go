package apiclient

import (
	"time"

	"vitrine/feeds"
)

// Answer is an answer whose body was decoded. The authors of one answer are shared; it is for one goroutine.
type Answer struct {
	host, op string

	Path    string
	Status  int
	At      time.Time
	Header  map[string]string        // names in lower case
	authors map[string]*feeds.Author // by key
}

// Failure is the error of an answer that was JSON and made no sense, or that says itself why it isn't for guests: its kind is
// KindOf(cause).
func (a *Answer) Failure(cause error) *feeds.Error {
	return &feeds.Error{Kind: KindOf(cause), Host: a.host, Op: a.op, Status: a.Status, Err: cause}
}

// Author returns what adapt makes of somebody, who has the key in this answer alone. It is called once for each key, because an
// author stands in each of their posts; an error isn't kept.
func (a *Answer) Author(key string, adapt func() (*feeds.Author, error)) (*feeds.Author, error) {
	if author := a.authors[key]; author != nil {
		return author, nil
	}
	author, err := adapt()
	if err != nil {
		return nil, err
	}
	if a.authors == nil {
		a.authors = map[string]*feeds.Author{}
	}
	a.authors[key] = author
	return author, nil
}

// ForgetAuthors makes Author call adapt anew.
func (a *Answer) ForgetAuthors() { clear(a.authors) }

// Each adapts the elements of a list. What isn't for everybody is left out, and so is what can't be adapted, since one broken element
// must not cost the others. When all are broken that is an error: of no kind but BadData.
func Each[W, V any](a *Answer, list []W, adapt func(*W) (V, error)) ([]V, error) {
	var values []V
	if err := a.each(len(list), func(i int) error {
		v, err := adapt(&list[i])
		if err == nil {
			values = append(values, v)
		}
		return err
	}); err != nil {
		return nil, err
	}
	return values, nil
}

// each adapts n elements. It isn't generic, since each instance would weigh as much in the program as this one.
func (a *Answer) each(n int, adapt func(i int) error) error {
	var broken error
	fit := 0
	var turn feeds.Turn
	for i := range n {
		turn.Next()
		err := adapt(i)
		switch {
		case err == nil:
			fit++
		case !IsLeftOut(err):
			broken = err
		}
	}
	if broken != nil && fit == 0 {
		return a.Failure(broken)
	}
	return nil
}

// Item is what stands in a list of posts: the post, and its place there.
type Item struct {
	Entry feeds.Entry
	Post  *feeds.Post
}

// ItemOf is a post that stands for itself, at its own time.
func ItemOf(p *feeds.Post) Item {
	return Item{Entry: feeds.EntriesOf([]*feeds.Post{p})[0], Post: p}
}

// BoostOf is a post that stands in a list because somebody passed it on: it has the id and the time of that, and says who it was.
func BoostOf[W any](p *feeds.Post, id, createdAt string, by *W, author func(*W) (*feeds.Author, error)) (Item, error) {
	at := Time(createdAt)
	switch {
	case at.IsZero():
		return Item{}, ErrNoTime
	case by == nil:
		return Item{}, ErrNoAuthor
	}
	booster, err := author(by)
	if err != nil {
		return Item{}, err
	}
	return Item{Entry: feeds.Entry{Key: p.Key, At: at, WrapperID: id, BoostedBy: booster}, Post: p}, nil
}

// PageOf makes a page of items in their order.
func PageOf(items []Item) *feeds.Page {
	page := &feeds.Page{}
	for _, i := range items {
		page.Entries = append(page.Entries, i.Entry)
		page.Posts = append(page.Posts, i.Post)
	}
	return page
}
