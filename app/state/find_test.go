package state_test

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"vitrine/app/browser"
	"vitrine/app/state"
	"vitrine/app/state/statetest"
	"vitrine/feeds"
	"vitrine/feeds/feedstest"
	"vitrine/feeds/find"
	"vitrine/feeds/follows"
)

// findable is a server that lets guests search it.
type findable struct {
	*statetest.Server
	people []*feeds.Author
	posts  []*feeds.Post
	err    error
	asked  atomic.Int32
}

func (f *findable) Capabilities() feeds.Capabilities {
	return feeds.Capabilities{Search: true, Tags: true, SearchPosts: len(f.posts) > 0}
}

func (f *findable) SearchNames(context.Context, string) ([]*feeds.Author, []feeds.TagTrend, error) {
	f.asked.Add(1)
	return f.people, []feeds.TagTrend{{Tag: feeds.Tag{Name: "tea"}}}, f.err
}

func (f *findable) SearchPosts(context.Context, string, feeds.Cursor) (*feeds.Page, error) {
	return feedstest.Page("", f.posts...), nil
}

const findSite = `{"servers":[{"host":"a.example","software":"mastodon","topic":"tea","languages":["en"]},{"host":"b.example","software":"peertube","languages":["de"]},{"host":"c.example","software":"mastodon","languages":["en"]}]}`

// findables makes the servers of the site's list.
func findables(d *statetest.Driver) map[string]*findable {
	all := map[string]*findable{}
	for _, host := range []string{"a.example", "b.example", "c.example"} {
		s, _ := d.Host(host, 3)
		all[host] = &findable{Server: s, people: []*feeds.Author{feedstest.Author("tea", "a.example")}}
		d.Resolver.Sources[host] = all[host]
	}
	all["b.example"].posts = []*feeds.Post{feedstest.Post("b.example", "1", 1)}
	return all
}

func TestAWordIsAskedOnceAtEachServerOfAHandful(t *testing.T) {
	var servers map[string]*findable
	statetest.Run(t, statetest.Options{Site: findSite, Before: func(d *statetest.Driver) { servers = findables(d) }}, func(t *testing.T, d *statetest.Driver) {
		servers["c.example"].err = &feeds.Error{Kind: feeds.BadData, Host: "c.example"}
		d.Follow(t, func(data *follows.Data) {
			f := follows.New("#/t/x.example/teatime", follows.Hashtag, feedstest.Epoch())
			f.Tag = "teatime"
			data.Add(f)
		})
		d.Visit("#/find?q=tea")
		d.Pass(time.Second)
		m := shown[*state.FindModel](t, d)
		for host, s := range servers {
			if s.asked.Load() != 1 {
				t.Errorf("%s was asked %d times", host, s.asked.Load())
			}
		}
		if len(m.Result.People) != 1 || len(m.Result.People[0].Hosts) != 2 || len(m.Result.Tags) != 1 || len(m.Followed) != 1 || len(m.Servers) != 1 {
			t.Errorf("%+v", m.Result)
		}
		if got := feedstest.IDs(m.Posts()); got != "1" {
			t.Errorf("posts %s", got)
		}
		for _, s := range m.Chips() {
			if s.Busy || (s.Err != nil) != (s.Host == "c.example") {
				t.Errorf("%s: %v", s.Host, s.Err)
			}
		}
	})
}

func TestWhatIsStoredIsFoundWithoutARequestAndComesOnce(t *testing.T) {
	stored := func(q string) (n, all int, posts string, asked int) {
		statetest.Run(t, statetest.Options{Site: findSite, Before: func(d *statetest.Driver) {
			s := findables(d)["b.example"]
			library(t, d, 10)
			s.posts = []*feeds.Post{feedstest.Post("a.example", "10", 10), feedstest.Post("b.example", "77", 77)}
		}}, func(t *testing.T, d *statetest.Driver) {
			d.Visit("#/find?q=" + q)
			m := shown[*state.FindModel](t, d)
			n, all, asked = len(m.Here), m.HereAll, len(d.Network.Asked())
			d.Pass(time.Second)
			posts = feedstest.IDs(m.Posts())
		})
		return n, all, posts, asked
	}
	if n, all, posts, asked := stored("tea"); n != 3 || all != 5 || asked != 0 || posts != "8 6 77 10" {
		t.Errorf("%d of %d: %s; %d requests", n, all, posts, asked)
	}
}

func TestASearchDoesNotFindWhatItShowsASecondTime(t *testing.T) {
	statetest.Run(t, statetest.Options{Site: findSite, Before: func(d *statetest.Driver) {
		findables(d)
		library(t, d, 10)
	}}, func(t *testing.T, d *statetest.Driver) {
		d.Visit("#/search?q=tea")
		d.Click("search-servers")
		d.Pass(time.Second)
		if m := searching(t, d); m.Elsewhere == nil || len(m.Elsewhere.Here) != 0 {
			t.Errorf("%+v", m.Elsewhere)
		}
	})
}

func TestTheFirstAnswersWaitForTheOthersForASecondAtMost(t *testing.T) {
	statetest.Run(t, statetest.Options{Site: findSite, Before: func(d *statetest.Driver) {
		d.Resolver.Sources["c.example"] = &slow{findables(d)["c.example"]}
	}}, func(t *testing.T, d *statetest.Driver) {
		d.Visit("#/find?q=tea")
		d.Pass(999 * time.Millisecond)
		if m := shown[*state.FindModel](t, d); !m.Waits || m.Result.Found() {
			t.Errorf("waits %v: %+v", m.Waits, m.Result)
		}
		d.Pass(time.Millisecond)
		if m := shown[*state.FindModel](t, d); m.Waits || !m.Result.Busy() || len(m.Result.People) != 1 {
			t.Errorf("waits %v: %+v", m.Waits, m.Result)
		}
	})
}

// lateIndex is an index that is read in half a second.
type lateIndex struct{ feeds.Records }

func (r lateIndex) Values(ctx context.Context, keys []string) ([][]byte, error) {
	<-time.After(500 * time.Millisecond)
	return r.Records.Values(ctx, keys)
}

func TestWhatServersAnswerWaitsForWhatIsStoredToo(t *testing.T) {
	statetest.Run(t, statetest.Options{Site: findSite, Index: func(r feeds.Records) feeds.Records { return lateIndex{r} }, Before: func(d *statetest.Driver) {
		findables(d)
		library(t, d, 10)
	}}, func(t *testing.T, d *statetest.Driver) {
		d.Visit("#/find?q=tea")
		d.Pass(400 * time.Millisecond)
		m := shown[*state.FindModel](t, d)
		if !m.Waits || m.Result.Busy() || m.Result.Found() || len(m.Here) != 0 {
			t.Errorf("waits %v: %+v, %d stored", m.Waits, m.Result, len(m.Here))
		}
		d.Pass(600 * time.Millisecond)
		if m.Waits || !m.Result.Found() {
			t.Errorf("waits %v: %+v", m.Waits, m.Result)
		}
	})
}

func TestAHashtagWithoutAServerIsReadAtSeveralAsOneList(t *testing.T) {
	statetest.Run(t, statetest.Options{Site: findSite, Before: func(d *statetest.Driver) { findables(d) }}, func(t *testing.T, d *statetest.Driver) {
		d.Visit("#/find?q=%23tea")
		d.Pass(time.Second)
		m := shown[*state.FindModel](t, d)
		if n := len(m.Feed.Snapshot.Sources); n != 3 || len(m.Posts()) != 9 {
			t.Errorf("%d servers, %d posts", n, len(m.Posts()))
		}
		for i, p := range m.Posts()[1:] {
			if p.Published.After(m.Posts()[i].Published) {
				t.Errorf("post %d is newer than the one above", i+1)
			}
		}
	})
}

func TestTheServersThatAreAskedCanBeChangedAndAreRemembered(t *testing.T) {
	var servers map[string]*findable
	statetest.Run(t, statetest.Options{Site: findSite, Before: func(d *statetest.Driver) { servers = findables(d) }}, func(t *testing.T, d *statetest.Driver) {
		hosts := func() string {
			var all []string
			for _, s := range shown[*state.FindModel](t, d).Result.Servers {
				all = append(all, s.Host)
			}
			return strings.Join(all, " ")
		}
		d.Visit("#/find?q=tea")
		d.Pass(time.Second)
		before := hosts()
		d.Do(browser.Click{Action: "find-servers"}, browser.Click{Action: "find-drop", Post: "#/i/a.example"})
		d.Pass(time.Second)
		if got := hosts(); strings.Contains(got, "a.example") || servers["a.example"].asked.Load() != 1 {
			t.Errorf("%s, asked %d times", got, servers["a.example"].asked.Load())
		}
		d.Visit("#/find?q=other")
		d.Pass(time.Second)
		if got := hosts(); strings.Contains(got, "a.example") {
			t.Errorf("later: %s", got)
		}
		d.Do(browser.Submit{Form: "find-add", Text: " A.example "})
		d.Pass(time.Second)
		if got := hosts(); !strings.HasSuffix(got, " a.example") {
			t.Errorf("added: %s", got)
		}
		d.Do(browser.Submit{Form: "find-add", Text: "no server"})
		if d.Note != d.Words.T("find.noServer") {
			t.Errorf("%q", d.Note)
		}
		d.Click("find-usual")
		d.Pass(time.Second)
		if got := hosts(); len(got) != len(before) || !strings.Contains(got, "a.example") {
			t.Errorf("%s, want %s", got, before)
		}
	})
}

func TestASlowServerHoldsNothingUp(t *testing.T) {
	statetest.Run(t, statetest.Options{Site: findSite, Before: func(d *statetest.Driver) {
		s := findables(d)["a.example"]
		d.Resolver.Sources["a.example"] = &slow{s}
	}}, func(t *testing.T, d *statetest.Driver) {
		d.Visit("#/find?q=tea")
		d.Pass(time.Second)
		m := shown[*state.FindModel](t, d)
		if !m.Result.Busy() || len(m.Result.People) != 1 {
			t.Errorf("%+v", m.Result)
		}
		d.Pass(20 * time.Second)
		if m.Result.Busy() {
			t.Errorf("it is waited for: %+v", m.Result)
		}
	})
}

// slow never answers.
type slow struct{ *findable }

func (*slow) SearchNames(ctx context.Context, _ string) ([]*feeds.Author, []feeds.TagTrend, error) {
	<-ctx.Done()
	return nil, nil, ctx.Err()
}

func TestServersOfWhichTheListSaysNothingAreAskedAndTheDemoAsksNoRealOnes(t *testing.T) {
	for site, want := range map[string]int{
		`{"servers":[{"host":"a.example"},{"host":"b.localhost:80"}]}`:             2,
		`{"demo":true,"servers":[{"host":"a.example"},{"host":"b.localhost:80"}]}`: 1,
	} {
		statetest.Run(t, statetest.Options{Site: site, Before: func(d *statetest.Driver) {
			for _, host := range []string{"a.example", "b.localhost:80"} {
				s, _ := d.Host(host, 1)
				d.Resolver.Sources[host] = &findable{Server: s}
			}
		}}, func(t *testing.T, d *statetest.Driver) {
			d.Visit("#/find?q=tea")
			d.Pass(time.Second)
			if got := shown[*state.FindModel](t, d).Result.Servers; len(got) != want {
				t.Errorf("%s: %+v", site, got)
			}
		})
	}
}

func TestWhoWasReadBeforeIsFoundBeforeAServerAnswersAndWhoIsFollowedOnce(t *testing.T) {
	statetest.Run(t, statetest.Options{Site: findSite, Before: func(d *statetest.Driver) {
		for _, s := range findables(d) {
			d.Resolver.Sources[s.HostName] = &slow{s}
		}
	}}, func(t *testing.T, d *statetest.Driver) {
		for _, user := range []string{"teapot", "teacup"} {
			a := feedstest.Author(user, "x.example")
			a.Host = "x.example"
			if err := d.Store.SaveAuthor(t.Context(), a); err != nil {
				t.Fatal(err)
			}
		}
		d.Follow(t, func(data *follows.Data) {
			f := follows.New("#/@teacup@x.example", follows.Profile, feedstest.Epoch())
			f.Handle = "teacup@x.example"
			data.Add(f)
		})
		d.Visit("#/find?q=tea")
		d.Pass(0)
		m := shown[*state.FindModel](t, d)
		if !m.Result.Busy() || len(m.Result.People) != 2 || !m.Result.People[0].Stored {
			t.Fatalf("%+v", m.Result)
		}
		for _, h := range m.Result.People {
			if m.Follows(h) != (h.Author.User == "teacup") {
				t.Errorf("%s: followed %v", h.Author.User, m.Follows(h))
			}
		}
	})
}

func TestOlderPostsOfAHashtagAreReadAtEachServerAndMergedWhileOneFails(t *testing.T) {
	lists := map[string]*statetest.Timeline{}
	statetest.Run(t, statetest.Options{Site: findSite, Before: func(d *statetest.Driver) {
		for host, top := range map[string]int{"a.example": 45, "b.example": 33, "c.example": 3} {
			var s *statetest.Server
			s, lists[host] = d.Host(host, top)
			d.Resolver.Sources[host] = &findable{Server: s}
		}
		lists["c.example"].Err = &feeds.Error{Kind: feeds.NeedsLogin, Host: "c.example"}
	}}, func(t *testing.T, d *statetest.Driver) {
		d.Visit("#/find?q=%23tea")
		d.Pass(time.Second)
		m := shown[*state.FindModel](t, d)
		first := len(m.Posts())
		for range 12 {
			d.Do(browser.NearEnd{})
			d.Pass(time.Second)
		}
		posts := m.Posts()
		if len(posts) != 78 || first >= 78 {
			t.Errorf("%d posts, at first %d", len(posts), first)
		}
		for i, p := range posts[1:] {
			if p.Published.After(posts[i].Published) {
				t.Fatalf("post %d is newer than the one above", i+1)
			}
		}
		for _, s := range m.Chips() {
			if s.Busy || (s.Err != nil) != (s.Host == "c.example") {
				t.Errorf("%s: busy %v, %v", s.Host, s.Busy, s.Err)
			}
		}
		d.Do(browser.Click{Action: "find-drop", Post: "#/i/a.example"})
		d.Pass(time.Second)
		for _, p := range m.Posts() {
			if p.Sightings[0].Host == "a.example" {
				t.Fatal("posts of a server that was taken away stay")
			}
		}
	})
}

func TestWhatWasFoundIsFollowedInItsRowWhichStays(t *testing.T) {
	statetest.Run(t, statetest.Options{Site: findSite, Before: func(d *statetest.Driver) { findables(d) }}, func(t *testing.T, d *statetest.Driver) {
		d.Visit("#/find?q=tea")
		d.Pass(time.Second)
		m := shown[*state.FindModel](t, d)
		for _, h := range []*find.Hit{m.Result.People[0], m.Result.Tags[0]} {
			f, ok := d.FollowOfHit(h)
			if !ok {
				t.Fatalf("%+v", h)
			}
			press := browser.Click{Action: "follow-author", Post: feeds.Key(f.Address)}
			if d.Do(press); followed(d) != string(f.Address) || len(m.Followed) != 0 || m.Follows(h) {
				t.Errorf("followed %s, among the followed ones %v", followed(d), m.Followed)
			}
			if d.Do(press); followed(d) != "" {
				t.Errorf("%s is still followed", followed(d))
			}
		}
		d.Follow(t, func(data *follows.Data) { data.Add(follows.New("#/t/b.example/teapot", follows.Hashtag, time.Now())) })
		if d.Do(browser.Click{Action: "follow-author", Post: "#/t/b.example/teapot"}); followed(d) != "" {
			t.Errorf("what was followed before still is: %s", followed(d))
		}
		if d.Do(browser.Click{Action: "follow-author", Post: "#/@somebody@else.example"}); followed(d) != "" {
			t.Errorf("%s wasn't found", followed(d))
		}
	})
}

func TestAServerIsAddedByAnyAddressOfItAndWhatCannotBeAddedIsSaid(t *testing.T) {
	statetest.Run(t, statetest.Options{Site: findSite, Before: func(d *statetest.Driver) {
		findables(d)
		for _, host := range []string{"x1.example", "x2.example", "x3.example", "x4.example", "x5.example", "x6.example", "x7.example", "x8.example", "x9.example", "x10.example"} {
			d.Host(host, 1)
		}
	}}, func(t *testing.T, d *statetest.Driver) {
		d.Visit("#/find?q=tea")
		d.Pass(time.Second)
		add := func(text string) (string, int) {
			d.Note = ""
			d.Do(browser.Submit{Form: "find-add", Text: text})
			d.Pass(time.Second)
			return d.Note, len(shown[*state.FindModel](t, d).Result.Servers)
		}
		for i, text := range []string{" x1.example ", "https://x2.example/", "http://X3.example/about/more\n", "@ada@x4.example"} {
			if note, n := add(text); note != "" || n != 4+i {
				t.Errorf("%q: %q, %d servers", text, note, n)
			}
		}
		for text, said := range map[string]string{"x1.example": "asked already", "https://b.example": "asked already", "two words": "not the name", "https://": "not the name", "": "not the name"} {
			if note, n := add(text); !strings.Contains(note, said) || n != 7 {
				t.Errorf("%q: %q, %d servers", text, note, n)
			}
		}
		note, n := "", 7
		for i := 5; note == "" && i < 20; i++ {
			note, n = add(fmt.Sprintf("x%d.example", i))
		}
		if !strings.Contains(note, "Servers at most: "+strconv.Itoa(find.MostServers)) || n != find.MostServers {
			t.Errorf("one too many: %q, %d servers", note, n)
		}
	})
}

func TestAViewStaysWhereServersAreAskedAgain(t *testing.T) {
	statetest.Run(t, statetest.Options{Site: findSite, Before: func(d *statetest.Driver) {
		all := findables(d)
		for _, s := range all {
			s.posts, s.err = nil, &feeds.Error{Kind: feeds.ServerError}
		}
		d.Resolver.Sources["d.example"] = &slow{all["c.example"]}
	}}, func(t *testing.T, d *statetest.Driver) {
		d.Visit("#/find?q=zebra")
		d.Pass(time.Second)
		d.Do(browser.Click{Action: "find-servers"}, browser.Submit{Form: "find-add", Text: "d.example"})
		m := shown[*state.FindModel](t, d)
		if calls := d.Window.Calls(); !m.Ready() || !strings.Contains(calls, "focus #find-host") {
			t.Errorf("ready %v, busy %v: %s", m.Ready(), m.Result.Busy(), calls)
		}
	})
}

func TestWhoIsFollowedByTheAddressAloneLearnsTheNameThatServersSend(t *testing.T) {
	var servers map[string]*findable
	statetest.Run(t, statetest.Options{Site: findSite, Before: func(d *statetest.Driver) { servers = findables(d) }}, func(t *testing.T, d *statetest.Driver) {
		for _, s := range servers {
			s.people[0].Name = "Tea Lady"
		}
		d.Follow(t, func(data *follows.Data) {
			f := follows.New("#/@tea@a.example", follows.Profile, feedstest.Epoch())
			f.Handle, f.Host = "tea@a.example", "a.example"
			data.Add(f)
		})
		d.Visit("#/find?q=tea")
		d.Pass(time.Second)
		if f, _ := d.Follows.Find("#/@tea@a.example"); f.Title != "Tea Lady" || d.LastUndo != nil {
			t.Errorf("%q, %+v", f.Title, d.LastUndo)
		}
		if m := shown[*state.FindModel](t, d); len(m.Followed) != 1 || m.Followed[0].Title != "Tea Lady" {
			t.Errorf("%+v", m.Followed)
		}
	})
}

func TestTheBeginningOfALinkIsNoWordAndIsAskedNowhere(t *testing.T) {
	var servers map[string]*findable
	statetest.Run(t, statetest.Options{Site: findSite, Before: func(d *statetest.Driver) { servers = findables(d) }}, func(t *testing.T, d *statetest.Driver) {
		for _, hash := range []string{"#/open?u=https%3A%2F%2F", "#/open?u=https%3A%2F%2Fa%20b", "#/find?q=https%3A%2F%2F"} {
			d.Visit(hash)
			d.Pass(time.Second)
			if n := servers["a.example"].asked.Load(); n != 0 || d.Shown().Hash != hash {
				t.Errorf("%s: asked %d times, %s is shown", hash, n, d.Shown().Hash)
			}
		}
	})
}
