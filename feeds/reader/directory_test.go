package reader

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/blocklist"
	"vitrine/feeds/feedstest"
)

// listedSource is a server that lists people.
type listedSource struct {
	*fullSource
	on func(o feeds.DirectoryOrder, c feeds.Cursor) ([]*feeds.Author, feeds.Cursor, error)
}

func (s *listedSource) Directory(_ context.Context, o feeds.DirectoryOrder, c feeds.Cursor) ([]*feeds.Author, feeds.Cursor, error) {
	return s.on(o, c)
}

// directoryOf opens the directory of a server that lists what on says. asked are the cursors, all the snapshots.
func directoryOf(t *testing.T, on func(o feeds.DirectoryOrder, c feeds.Cursor) ([]*feeds.Author, feeds.Cursor, error)) (v *Server, last func() *Directory, asked *[]string) {
	t.Helper()
	f := newProfileFixture(blocklist.List{})
	asked = new([]string)
	f.Reader.resolver.(*feedstest.Resolver).Sources[host] = &listedSource{f.server, func(o feeds.DirectoryOrder, c feeds.Cursor) ([]*feeds.Author, feeds.Cursor, error) {
		*asked = append(*asked, string(o)+" "+string(c))
		return on(o, c)
	}}
	var snapshot *ServerSnapshot
	v = f.Server(host, func(s *ServerSnapshot) { snapshot = s })
	return v, func() *Directory { return snapshot.Directory }, asked
}

func people(from, n int) (all []*feeds.Author) {
	for i := range n {
		all = append(all, feedstest.Author(fmt.Sprintf("u%d", from+i), host))
	}
	return all
}

func handles(d *Directory) (all string) {
	for _, a := range d.People {
		all += a.User + " "
	}
	return all
}

func TestADirectoryIsReadPageByPage(t *testing.T) {
	v, last, asked := directoryOf(t, func(_ feeds.DirectoryOrder, c feeds.Cursor) ([]*feeds.Author, feeds.Cursor, error) {
		if c == "" {
			return people(0, 2), "2", nil
		}
		return people(1, 2), "", nil
	})
	v.MoreDirectory(t.Context()) // nothing was begun
	v.ReadDirectory(t.Context(), feeds.ActiveFirst)
	if d := last(); len(d.People) != 2 || d.End || d.Busy || d.Err != nil {
		t.Fatalf("%+v", d)
	}
	v.MoreDirectory(t.Context())
	v.MoreDirectory(t.Context())
	feedstest.Equal(t, "who is listed", handles(last()), "u0 u1 u2 ")
	feedstest.Equal(t, "the questions", strings.Join(*asked, ","), " , 2")
	if !last().End {
		t.Error("it has no end")
	}
	v.ReadDirectory(t.Context(), feeds.NewestFirst)
	feedstest.Equal(t, "the last question", (*asked)[2], "new ")
	feedstest.Equal(t, "who is listed anew", handles(last()), "u0 u1 ")
}

func TestADirectoryThatRepeatsItselfEnds(t *testing.T) {
	for name, on := range map[string]func(feeds.DirectoryOrder, feeds.Cursor) ([]*feeds.Author, feeds.Cursor, error){
		"the same page under other cursors": func(_ feeds.DirectoryOrder, c feeds.Cursor) ([]*feeds.Author, feeds.Cursor, error) {
			return people(0, 3), c + "x", nil
		},
		"the same cursor": func(_ feeds.DirectoryOrder, c feeds.Cursor) ([]*feeds.Author, feeds.Cursor, error) {
			return people(len(c), 3), "x", nil
		},
		"empty pages": func(_ feeds.DirectoryOrder, c feeds.Cursor) ([]*feeds.Author, feeds.Cursor, error) {
			return nil, c + "x", nil
		},
	} {
		v, last, asked := directoryOf(t, on)
		v.ReadDirectory(t.Context(), feeds.ActiveFirst)
		for range 9 {
			v.MoreDirectory(t.Context())
		}
		if !last().End || len(*asked) > 2 || len(last().People) > 4 {
			t.Errorf("%s: %d people, end %v, asked %q", name, len(last().People), last().End, *asked)
		}
	}
}

func TestADirectoryWithoutEndEndsAndAPageOfAMillionIsCut(t *testing.T) {
	v, last, asked := directoryOf(t, func(_ feeds.DirectoryOrder, c feeds.Cursor) ([]*feeds.Author, feeds.Cursor, error) {
		return people(1000*len(c), 1000), c + "x", nil
	})
	v.ReadDirectory(t.Context(), feeds.ActiveFirst)
	for range 20 {
		v.MoreDirectory(t.Context())
	}
	if d := last(); !d.End || len(d.People) != mostListed || len(*asked) != mostListed/1000 {
		t.Errorf("%d people after %d questions, end %v", len(d.People), len(*asked), d.End)
	}
	v, last, _ = directoryOf(t, func(feeds.DirectoryOrder, feeds.Cursor) ([]*feeds.Author, feeds.Cursor, error) {
		return people(0, 3*mostListed), "1", nil
	})
	v.ReadDirectory(t.Context(), feeds.ActiveFirst)
	if d := last(); !d.End || len(d.People) != mostListed {
		t.Errorf("%d people, end %v", len(d.People), d.End)
	}
}

func TestWhoDoesNotWishToBeSuggestedIsLeftOutOfADirectory(t *testing.T) {
	wish := func(user string, w feeds.Wishes) *feeds.Author {
		a := feedstest.Author(user, host)
		a.Wishes = w
		return a
	}
	v, last, asked := directoryOf(t, func(_ feeds.DirectoryOrder, c feeds.Cursor) ([]*feeds.Author, feeds.Cursor, error) {
		switch c {
		case "": // nobody of this page is shown, so that the next one is read at once
			return []*feeds.Author{wish("a", feeds.Wishes{NoIndex: true}), wish("b", feeds.Wishes{NotIndexable: true}), wish("c", feeds.Wishes{NotDiscoverable: true})}, "1", nil
		case "1":
			return []*feeds.Author{wish("d", feeds.Wishes{NoBot: true}), nil, {Domain: host}, wish("e", feeds.Wishes{})}, "2", nil
		}
		return nil, "", nil
	})
	v.ReadDirectory(t.Context(), feeds.ActiveFirst)
	feedstest.Equal(t, "who is listed", handles(last()), "e ")
	if d := last(); d.LeftOut != 4 || d.Busy || d.End || len(*asked) != 2 {
		t.Errorf("%+v, asked %q", d, *asked)
	}
}

func TestADirectoryRestsAfterPagesWithoutAnybody(t *testing.T) {
	v, last, asked := directoryOf(t, func(_ feeds.DirectoryOrder, c feeds.Cursor) ([]*feeds.Author, feeds.Cursor, error) {
		all := people(len(c), 1)
		all[0].Wishes.NoIndex = true
		return all, c + "x", nil
	})
	v.ReadDirectory(t.Context(), feeds.ActiveFirst)
	if d := last(); d.Busy || d.End || len(*asked) != emptyPages {
		t.Errorf("%+v after %d questions", d, len(*asked))
	}
}

func TestAFailureLeavesWhatADirectoryShows(t *testing.T) {
	var failure error
	v, last, _ := directoryOf(t, func(_ feeds.DirectoryOrder, c feeds.Cursor) ([]*feeds.Author, feeds.Cursor, error) {
		return people(len(c), 2), c + "x", failure
	})
	v.ReadDirectory(t.Context(), feeds.ActiveFirst)
	failure = &feeds.Error{Kind: feeds.BadData, Host: host}
	v.MoreDirectory(t.Context())
	if d := last(); len(d.People) != 2 || d.Err == nil || d.Err.Kind != feeds.BadData || d.End || d.Busy {
		t.Errorf("%+v", d)
	}
	v.ReadDirectory(t.Context(), feeds.ActiveFirst) // asked again
	if d := last(); len(d.People) != 2 || d.Err == nil {
		t.Errorf("%+v", d)
	}
	failure = nil
	v.MoreDirectory(t.Context())
	if d := last(); len(d.People) != 2 || d.Err != nil {
		t.Errorf("%+v", d)
	}
	f := newProfileFixture(blocklist.List{})
	var s *ServerSnapshot
	f.Server(host, func(v *ServerSnapshot) { s = v }).ReadDirectory(t.Context(), feeds.ActiveFirst)
	if s.Directory.Err == nil || s.Directory.Err.Kind != feeds.Unsupported {
		t.Errorf("a server without one: %+v", s.Directory)
	}
}
