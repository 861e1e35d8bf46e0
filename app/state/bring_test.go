package state_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"vitrine/app/browser"
	"vitrine/app/state/statetest"
	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

// list makes somebody follow n people of another server, in pages of 80. Each page takes a second.
func list(d *statetest.Driver, n int) {
	s, _ := d.Host("a.example", 1)
	s.OnProfile = func(user, domain string) (*feeds.Author, error) {
		if user == "nobody" {
			return nil, &feeds.Error{Kind: feeds.NotFound, Host: "a.example"}
		}
		a := feedstest.Author(user, domain)
		a.Counts.Following = n
		return a, nil
	}
	s.OnFollowing = func(a *feeds.Author, c feeds.Cursor) ([]*feeds.Author, feeds.Cursor, error) {
		time.Sleep(time.Second)
		from := 0
		if _, err := fmt.Sscan(string(c)+" 0", &from); err != nil {
			return nil, "", err
		}
		switch {
		case a.User == "hidden":
			return nil, "", &feeds.Error{Kind: feeds.Refused, Host: "a.example"}
		case a.User == "cut" && from > 0:
			return nil, "", &feeds.Error{Kind: feeds.ServerError, Host: "a.example"}
		}
		var people []*feeds.Author
		for i := from; i < min(from+feeds.FollowingPage, n); i++ {
			one := feedstest.Author(fmt.Sprint("u", i), "b.example")
			one.Wishes.NotDiscoverable = i == 5
			people = append(people, one)
		}
		if from += feeds.FollowingPage; from >= n {
			return people, "", nil
		}
		return people, feeds.Cursor(fmt.Sprint(from)), nil
	}
}

func bring(d *statetest.Driver, text string) { d.Do(browser.Submit{Form: "bring", Text: text}) }

func TestWhatAPublicListCostsIsSaidBeforeItIsRead(t *testing.T) {
	statetest.Run(t, statetest.Options{Hash: "#/following", Before: func(d *statetest.Driver) { list(d, 200) }}, func(t *testing.T, d *statetest.Driver) {
		bring(d, "@ada@a.example")
		b := following(t, d).Bring
		if b == nil || b.Who == nil || b.Requests != 3 || b.Host != "a.example" || b.Running || b.Done != 0 {
			t.Fatalf("%+v", b)
		}
		d.Click("bring-read")
		d.Pass(1500 * time.Millisecond)
		if b.Done != 1 || b.Read != 80 || !b.Running {
			t.Errorf("%+v", b)
		}
		d.Pass(5 * time.Second)
		in := following(t, d).Import
		if in == nil || len(in.New) != 200 || in.Cut || following(t, d).Bring != nil || len(d.Follows.Follows) != 0 {
			t.Fatalf("%+v", in)
		}
		one := browser.Click{Action: "follow-author", Post: "#/@u7@b.example"}
		if d.Do(one); len(in.People) != 199 || followed(d) != "#/@u7@b.example" || following(t, d).Import == nil {
			t.Errorf("%d people, followed is %s", len(in.People), followed(d))
		}
		d.Do(one)
		d.Click("confirm")
		if f, ok := d.Follows.Find("#/@u199@b.example"); !ok || len(d.Follows.Follows) != 200 || f.Handle != "u199@b.example" || f.Host != "b.example" {
			t.Errorf("%d, %+v", len(d.Follows.Follows), f)
		}
		d.Click("undo")
		if len(d.Follows.Follows) != 0 {
			t.Errorf("%d", len(d.Follows.Follows))
		}
	})
}

func TestALongListIsBoundedAndCanBeStopped(t *testing.T) {
	statetest.Run(t, statetest.Options{Hash: "#/following", Before: func(d *statetest.Driver) { list(d, 5000) }}, func(t *testing.T, d *statetest.Driver) {
		bring(d, "ada@a.example")
		if b := following(t, d).Bring; b.Requests != 40 {
			t.Errorf("%+v", b)
		}
		d.Click("bring-read")
		d.Pass(2500 * time.Millisecond)
		d.Click("bring-stop")
		d.Pass(5 * time.Second)
		if in := following(t, d).Import; in == nil || !in.Cut || in.CutBy != nil || len(in.New) < 160 || len(in.New) > 240 {
			t.Errorf("%+v", in)
		}
		d.Click("import-cancel")
		bring(d, "ada@a.example")
		d.Click("bring-read")
		d.Pass(time.Minute)
		if in := following(t, d).Import; in == nil || !in.Cut || len(in.New) != 3200 {
			t.Errorf("%+v", in)
		}
	})
}

func TestWhyAListDoesNotComeIsSaid(t *testing.T) {
	statetest.Run(t, statetest.Options{Hash: "#/following", Before: func(d *statetest.Driver) { list(d, 200) }}, func(t *testing.T, d *statetest.Driver) {
		for text, want := range map[string]feeds.Kind{"@hidden@a.example": feeds.Refused, "@nobody@a.example": feeds.NotFound, "https://c.example/pack": feeds.NotFound} {
			bring(d, text)
			d.Click("bring-read")
			d.Pass(2 * time.Second)
			if m := following(t, d); m.Import != nil || m.Bring == nil || m.Bring.Err == nil || m.Bring.Err.Kind != want || m.Bring.Err.Host == "" {
				t.Errorf("%s: %+v", text, m.Bring)
			}
			d.Click("import-cancel")
			if following(t, d).Bring != nil {
				t.Errorf("%s stays", text)
			}
		}
		bring(d, "@cut@a.example")
		d.Click("bring-read")
		d.Pass(5 * time.Second)
		if in := following(t, d).Import; in == nil || !in.Cut || in.CutBy == nil || in.CutBy.Kind != feeds.ServerError || len(in.New) != 80 {
			t.Errorf("%+v", in)
		}
		bring(d, "no address")
		if m := following(t, d); m.Bring != nil || d.Note == "" {
			t.Errorf("%+v, %q", m.Bring, d.Note)
		}
	})
}

func TestCollectionsAreReadFromTheirLinks(t *testing.T) {
	statetest.Run(t, statetest.Options{Hash: "#/following", Before: func(d *statetest.Driver) {
		d.Network.Replies = map[string]feedstest.Answered{
			"https://a.example/api/v1/collections/116131056935959117": {Body: `{"collection":{"name":"Nice"},"accounts":[{"acct":"ada","url":"https://a.example/@ada","display_name":"Ada"},{"acct":"bob@b.example"}]}`},
			"https://p.example/pack":                                  {Body: `{"type":["OrderedCollection","FeaturedCollection"],"name":"Pack","totalItems":3,"orderedItems":[{"type":"FeaturedItem","featuredObject":"https://a.example/users/ada"}],"next":"https://p.example/pack?2"}`},
			"https://p.example/pack?2":                                {Body: `{"type":"OrderedCollectionPage","orderedItems":[{"type":"FeaturedItem","featuredObject":"https://a.example/ap/users/12"}],"next":"https://evil.example/3"}`},
			"https://w.example/feeds":                                 {Body: `<opml><outline text="News" xmlUrl="https://n.example/f.xml"/></opml>`},
		}
	}}, func(t *testing.T, d *statetest.Driver) {
		for link, want := range map[string]string{
			"https://a.example/collections/116131056935959117": "#/@ada@a.example/Nice #/@bob@b.example/Nice 0",
			"https://p.example/pack":                           "#/@ada@a.example/Pack 1",
			"https://w.example/feeds":                          "#/f/https:%2F%2Fn.example%2Ff.xml 0",
		} {
			bring(d, link)
			in := following(t, d).Import
			if in == nil {
				t.Errorf("%s: %+v", link, following(t, d).Bring)
				continue
			}
			var got []string
			for _, f := range in.New {
				got = append(got, strings.Join(append([]string{string(f.Address)}, f.Lists...), "/"))
			}
			if got := strings.Join(append(got, fmt.Sprint(in.Pages())), " "); got != want {
				t.Errorf("%s: %s, want %s", link, got, want)
			}
		}
	})
}

func TestPagesAreAskedWhatTheyAreOnlyAfterTheReaderAgreed(t *testing.T) {
	asked := 0
	statetest.Run(t, statetest.Options{Hash: "#/following", Resolver: func(r *feedstest.Resolver) feeds.Resolver { return lookCounter{r, &asked} }, Before: func(d *statetest.Driver) {
		d.Resolver.Pages["https://a.example/about-ada"] = feeds.Found{Author: feedstest.Author("ada", "a.example")}
		d.Resolver.Pages["https://b.example/blog"] = feeds.Found{Feed: "https://b.example/feed.xml"}
		d.Resolver.Pages["https://c.example/note"] = feeds.Found{Post: feedstest.Post("c.example", "1", 1)}
	}}, func(t *testing.T, d *statetest.Driver) {
		d.Do(browser.FileChosen{Data: []byte("https://a.example/about-ada\nhttps://b.example/blog\nhttps://c.example/note\nhttps://d.example/nothing\n@eve@e.example\n")})
		in := following(t, d).Import
		if in == nil || in.Pages() != 4 || len(in.New) != 1 || in.Unreadable != 4 || asked != 0 {
			t.Fatalf("%+v, %d were asked", in, asked)
		}
		d.Click("import-ask")
		d.Pass(time.Minute)
		var why []string
		for _, u := range in.Unread {
			why = append(why, fmt.Sprintf("%d %s%s", u.Line, u.Kind, u.Reason))
		}
		if in.Pages() != 0 || len(in.New) != 3 || in.Unreadable != 2 || asked != 4 || following(t, d).Bring != nil || strings.Join(why, ", ") != "3 post, 4 NotFoundpage" {
			t.Errorf("%+v, %d were asked, %s", in, asked, why)
		}
		d.Click("confirm")
		if _, ok := d.Follows.Find("#/f/https:%2F%2Fb.example%2Ffeed.xml"); !ok || followed(d) == "" {
			t.Errorf("%s", followed(d))
		}
	})
}

// lookCounter counts the pages that are asked for.
type lookCounter struct {
	feeds.Resolver
	asked *int
}

func (l lookCounter) Look(ctx context.Context, url string) (feeds.Found, error) {
	*l.asked++
	return l.Resolver.Look(ctx, url)
}
