package state_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"vitrine/app/browser"
	"vitrine/app/route"
	"vitrine/app/state"
	"vitrine/app/state/statetest"
	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/feedstest"
	"vitrine/feeds/saved"
	"vitrine/feeds/search"
)

// library stores posts 1 to n; those whose number is even say "tea".
func library(t *testing.T, d *statetest.Driver, n int) {
	t.Helper()
	posts := make([]*feeds.Post, n)
	for i := range posts {
		text := "a cup of coffee"
		if (i+1)%2 == 0 {
			text = "a cup of Tea"
		}
		posts[i] = feedstest.Post("a.example", fmt.Sprint(i+1), i+1)
		posts[i].Body = content.ParsePlain(text, content.Options{})
	}
	if err := d.Store.SavePosts(t.Context(), posts); err != nil {
		t.Fatal(err)
	}
}

// searching is the open search.
func searching(t *testing.T, d *statetest.Driver) *state.SearchModel {
	t.Helper()
	m, ok := d.Shown().Model.(*state.SearchModel)
	if !ok {
		t.Fatalf("%T", d.Shown().Model)
	}
	return m
}

// rows are the ids of the posts that are listed.
func rows(m *state.SearchModel) string {
	var ids []string
	for _, p := range m.Posts() {
		ids = append(ids, string(p.Key[strings.LastIndexByte(string(p.Key), '/')+1:]))
	}
	return strings.Join(ids, " ")
}

func TestASearchFindsWhatIsStoredBeforeItIsIndexedAndAfter(t *testing.T) {
	statetest.Run(t, statetest.Options{Jobs: true}, func(t *testing.T, d *statetest.Driver) {
		library(t, d, 10)
		for range 2 {
			d.Visit("#/search?q=tea")
			m := searching(t, d)
			if m.Total != 10/2 || rows(m) != "10 8 6 4 2" || !m.Feed.Snapshot.End || m.Behind != 0 {
				t.Errorf("%d: %s; %+v", m.Total, rows(m), m.Feed.Snapshot)
			}
			d.Visit("#/")
			d.Pass(2 * time.Minute) // it is indexed
			if notes, err := d.Store.Notes(t.Context(), 1); err != nil || len(notes) != 0 {
				t.Fatalf("%v, %v", notes, err)
			}
		}
		if len(d.Network.Asked()) != 0 {
			t.Errorf("asked: %v", d.Network.Asked())
		}
	})
}

func TestNothingIsIndexedAtTheStart(t *testing.T) {
	statetest.Run(t, statetest.Options{Jobs: true, Before: func(d *statetest.Driver) { library(t, d, 10) }}, func(t *testing.T, d *statetest.Driver) {
		d.Pass(30 * time.Second)
		if keys, err := d.Index.Keys(t.Context(), "", "\x7f", 0); err != nil || len(keys) != 0 {
			t.Errorf("%q, %v", keys, err)
		}
	})
}

func TestALongSearchComesInPiecesAndSaysWhatIsNotIndexedYet(t *testing.T) {
	statetest.Run(t, statetest.Options{Jobs: true, Before: func(d *statetest.Driver) { library(t, d, 3000) }}, func(t *testing.T, d *statetest.Driver) {
		d.Visit("#/search?q=tea")
		m := searching(t, d)
		// The job is done by now, and the search was made again.
		if m.Total != 1500 || m.Rows() != 40 || m.Behind != 0 {
			t.Fatalf("%d found, %d shown, %d behind", m.Total, m.Rows(), m.Behind)
		}
		d.Do(browser.NearEnd{})
		if m.Rows() != 80 || !strings.HasPrefix(rows(m), "3000 2998 2996 ") || m.Total != 1500 {
			t.Errorf("%d rows: %.30s", m.Rows(), rows(m))
		}
	})
	statetest.Run(t, statetest.Options{Before: func(d *statetest.Driver) { library(t, d, 3000) }}, func(t *testing.T, d *statetest.Driver) {
		d.Visit("#/search?q=tea")
		if m := searching(t, d); m.Behind != 3000 || m.Total == 0 {
			t.Errorf("without a job: %d found, %d behind", m.Total, m.Behind)
		}
	})
}

func TestTheBoxOfTheSearchOpensItsAddress(t *testing.T) {
	statetest.Run(t, statetest.Options{Hash: "#/search"}, func(t *testing.T, d *statetest.Driver) {
		if m := searching(t, d); m.Feed != nil || !m.Ready() {
			t.Errorf("%+v", m)
		}
		d.Do(browser.Submit{Form: "search", Text: " grüner tee "})
		if got := d.Window.Fragment(); got != "#/search?q=gr%C3%BCner+tee" {
			t.Errorf("%s", got)
		}
		d.Visit("#/")
		d.Do(browser.KeyDown{Key: "f"})
		if got := d.Window.Fragment(); got != "#/search" {
			t.Errorf("%s", got)
		}
	})
}

func TestPostsOfWhoDoesNotWishToBeFoundComeWhenThatIsAsked(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		library(t, d, 4)
		shy := feedstest.Post("a.example", "9", 9)
		shy.Body = content.ParsePlain("secret tea", content.Options{})
		shy.Author.Wishes.NotIndexable = true
		if err := d.Store.SavePosts(t.Context(), []*feeds.Post{shy}); err != nil {
			t.Fatal(err)
		}
		d.Visit("#/search?q=tea")
		m := searching(t, d)
		if rows(m) != "4 2" || m.Hidden != 1 || m.Total != 2 {
			t.Errorf("%s; %d hidden, %d found", rows(m), m.Hidden, m.Total)
		}
		d.Click("search-all")
		if rows(m) != "9 4 2" || m.Total != 3 {
			t.Errorf("%s; %d found", rows(m), m.Total)
		}
	})
}

func TestWhatIsSavedIsFoundWhenTheStoreHasLostIt(t *testing.T) {
	statetest.Run(t, statetest.Options{Jobs: true}, func(t *testing.T, d *statetest.Driver) {
		library(t, d, 4)
		d.Visit("#/search?q=tea")
		d.Do(browser.Click{Action: "save", Post: searching(t, d).Posts()[0].Key})
		d.Pass(5 * time.Minute)
		if err := d.Store.Forget(t.Context(), ""); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			d.Visit("#/search?q=is%3Asaved+tea")
			if m := searching(t, d); rows(m) != "4" || m.Total != 1 {
				t.Errorf("%s; %d found", rows(m), m.Total)
			}
			d.Visit("#/")
			d.Pass(5 * time.Minute)
		}
	})
}

func TestABrokenIndexIsBuiltAnewWhileTheSearchIsOpen(t *testing.T) {
	statetest.Run(t, statetest.Options{Jobs: true}, func(t *testing.T, d *statetest.Driver) {
		library(t, d, 6)
		d.Pass(5 * time.Minute)
		if err := d.Index.Change(t.Context(), feeds.Pair{Key: "m", Value: []byte("no manifest")}); err != nil {
			t.Fatal(err)
		}
		d.Visit("#/search?q=tea")
		if m := searching(t, d); rows(m) != "6 4 2" || m.Anew || m.Feed.Snapshot.Err != nil {
			t.Errorf("%s; %+v", rows(m), m.Feed.Snapshot)
		}
	})
}

// fullIndex are records that have no room.
type fullIndex struct{ feeds.Records }

func (fullIndex) Change(context.Context, ...feeds.Pair) error {
	return &feeds.Error{Kind: feeds.Storage, Op: "store records", Err: errors.New("full")}
}

func TestAnIndexWithoutRoomIsSaid(t *testing.T) {
	statetest.Run(t, statetest.Options{Jobs: true, Index: func(r feeds.Records) feeds.Records { return fullIndex{r} }, Before: func(d *statetest.Driver) { library(t, d, 1000) }}, func(t *testing.T, d *statetest.Driver) {
		d.Visit("#/search?q=tea")
		if m := searching(t, d); !m.Full || m.Total == 0 || m.Feed.Snapshot.Err != nil {
			t.Errorf("%+v", m)
		}
	})
}

func TestServersAreAskedOnlyWhenThatIsWanted(t *testing.T) {
	statetest.Run(t, statetest.Options{Site: findSite, Before: func(d *statetest.Driver) { findables(d) }}, func(t *testing.T, d *statetest.Driver) {
		d.Visit("#/search?q=tea+-cold")
		m := searching(t, d)
		if m.Elsewhere != nil {
			t.Fatal("servers are asked")
		}
		d.Click("search-servers")
		if m.Elsewhere == nil || m.Elsewhere.Query.Name != "tea" || m.Elsewhere.Asking() || len(m.Elsewhere.Result.People) == 0 {
			t.Errorf("%+v", m.Elsewhere)
		}
	})
}

func TestAQueryOfTenThousandCharactersIsAnsweredAndSaysWhatIsLeftOut(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		library(t, d, 4)
		d.Visit("#/search?q=" + strings.Repeat("tea+", 2500))
		m := searching(t, d)
		if m.Query.LeftOut != 2500-search.MostWords || m.Total != 2 {
			t.Errorf("%d left out, %d found", m.Query.LeftOut, m.Total)
		}
		synctest.Wait()
	})
}

func TestWhatAReaderSaysOfSavedPostsIsFound(t *testing.T) {
	statetest.Run(t, statetest.Options{Jobs: true}, func(t *testing.T, d *statetest.Driver) {
		book := saved.Open(d.Kept, browser.NewTabs(), "/")
		only := feedstest.Post("b.example", "77", 77) // the store doesn't have it
		library(t, d, 3)
		stored := feedstest.Post("a.example", "2", 2)
		for _, p := range []*feeds.Post{only, stored} {
			if err := book.Save(t.Context(), p, time.Now()); err != nil {
				t.Fatal(err)
			}
		}
		if err := d.Store.Note(t.Context(), []feeds.Key{only.Key, stored.Key}); err != nil {
			t.Fatal(err)
		}
		if err := book.Label(t.Context(), only.Key, []string{"long reads"}, "for the winter"); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			for query, want := range map[string]string{"winter": "77", `tag:"long reads"`: "77", "reads": "77", "is:saved": "77 2", "is:saved -winter": "2"} {
				d.Visit(route.Route{View: route.Search, Query: query}.String())
				m := searching(t, d)
				if rows(m) != want {
					t.Errorf("%s: %s, want %s", query, rows(m), want)
				}
				if k := m.Kept[only.Key]; strings.Contains(want, "77") && (k == nil || k.Note != "for the winter" || !k.Bare) || m.Kept[stored.Key] != nil {
					t.Errorf("%s: %+v", query, m.Kept)
				}
			}
			d.Visit("#/")
			d.Pass(2 * time.Minute) // it is indexed
		}
	})
}

func TestPostsOfAnArchiveAreFoundUntilItIsRemoved(t *testing.T) {
	statetest.Run(t, statetest.Options{Hash: "#/saved", Jobs: true, Tabs: feedstest.NewTabs()}, func(t *testing.T, d *statetest.Driver) {
		find := func(when, want string) {
			t.Helper()
			d.Visit("#/search?q=own+11")
			if got := rows(searching(t, d)); got != want {
				t.Errorf("%s: %q, want %q", when, got, want)
			}
		}
		d.Pass(2 * time.Minute) // there is an index
		d.Do(accountArchive(12))
		d.Click("confirm")
		find("before it is indexed", "11")
		d.Visit("#/")
		d.Pass(2 * time.Minute)
		find("afterwards", "11")
		if err := search.Open(d.Index, nil).Mark(t.Context()); err != nil {
			t.Fatal(err)
		}
		d.Visit("#/")
		d.Pass(2 * time.Minute)
		find("once the index was built anew", "11")
		d.Visit("#/saved")
		d.Do(browser.Click{Action: "archive-drop", Post: "ada@own.example"})
		find("once the archive is removed", "")
	})
}

func TestASearchSaysWhatItDoesNotUnderstandAndGoesOn(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		library(t, d, 4)
		d.Visit("#/search?q=tea+after%3Anonsense")
		if m := searching(t, d); rows(m) != "4 2" || len(m.Query.Odd) != 1 || m.Query.Odd[0].Text != "after:nonsense" {
			t.Errorf("%s, %+v", rows(m), m.Query.Odd)
		}
		d.Visit("#/search?q=is%3Awhat")
		if m := searching(t, d); m.Feed != nil || len(m.Query.Odd) != 1 {
			t.Errorf("%+v", m.Query)
		}
	})
}
