package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/cache"
	"vitrine/feeds/follows"
)

const (
	members = 5  // follows that a batch has
	kept    = 50 // batches; older ones are removed again
)

// own is the reader's own database: what is followed, in lists, and the reading line.
type own struct{ book *follows.Book }

func openOwn() own {
	return own{follows.Open(cache.OpenShelf("vitrine:/keeper/:own"), alone{}, "/keeper/")}
}

// keep follows a batch in a list of its own, removes an older one, and moves the reading line, as a reader who imports does.
func (o own) keep(ctx context.Context, n int) error {
	_, err := o.book.Change(ctx, func(d *follows.Data) error {
		id := listID(d, n)
		if id == "" {
			id = d.MakeList(name(n))
		}
		for i := range members {
			f := follows.New(member(n, i), follows.Profile, at(n))
			f.Lists = []string{id}
			d.Add(f)
		}
		if old := listID(d, n-kept); old != "" {
			for i := range members {
				d.Remove(member(n-kept, i))
			}
			d.DeleteList(old)
		}
		return nil
	})
	if err == nil {
		err = o.book.MoveLine(ctx, follows.Home, follows.Line{At: at(n)}, at(n).Add(time.Hour))
	}
	if err != nil {
		return fmt.Errorf("batch %d of follows: %w", n, err)
	}
	return nil
}

// verify checks that no acknowledged batch is missing, that none is there in part, and that the reading line hasn't gone back.
func (o own) verify(ctx context.Context, acknowledged int) error {
	d, err := o.book.Load(ctx)
	if err != nil {
		return err
	}
	for n := max(1, acknowledged-kept+2); n <= acknowledged; n++ { // the oldest may be removed by a batch that wasn't acknowledged
		if listID(d, n) == "" {
			return fmt.Errorf("batch %d of follows is not stored", n)
		}
	}
	for _, l := range d.Lists {
		if in := d.In(l.ID); len(in) != members {
			return fmt.Errorf("list %s has %d follows", l.Name, len(in))
		}
	}
	if len(d.Follows) != members*len(d.Lists) {
		return fmt.Errorf("%d follows in %d lists", len(d.Follows), len(d.Lists))
	}
	lines, err := o.book.Lines(ctx)
	if err != nil {
		return err
	}
	if read := lines[follows.Home].At; acknowledged > 0 && read.Before(at(acknowledged)) {
		return fmt.Errorf("the reading line is at %v after batch %d", read, acknowledged)
	}
	return nil
}

func listID(d *follows.Data, n int) string {
	i := slices.IndexFunc(d.Lists, func(l follows.List) bool { return l.Name == name(n) })
	if i < 0 {
		return ""
	}
	return d.Lists[i].ID
}

func name(n int) string { return fmt.Sprint("List ", n) }

func member(n, i int) follows.Address {
	return follows.Address(fmt.Sprintf("#/@person%d@server%d.example", i, n))
}

// alone is feeds.Tabs for the only tab.
type alone struct{}

func (alone) Lock(context.Context, string, bool) (func(), error) { return func() {}, nil }
func (alone) Send(string, string)                                {}
func (alone) Listen(string, func(string))                        {}

var _ feeds.Tabs = alone{}
