package state_test

import (
	"testing"

	"vitrine/app/browser"
	"vitrine/app/markup"
	"vitrine/app/state"
	"vitrine/app/state/statetest"
	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/feedstest"
	"vitrine/feeds/follows"
)

const linkedURL = "https://b.example/@ada/110000000000000007"

// linking opens a conversation of one post of a.example with a text. The other servers have every post that they are asked for.
func linking(t *testing.T, d *statetest.Driver, html string, change func(*feeds.Post)) (p *feeds.Post, asked *[]string) {
	t.Helper()
	a, _ := d.Host("a.example", 0)
	asked = &[]string{}
	for _, host := range []string{"b.example", "c.example"} {
		other, _ := d.Host(host, 0)
		other.OnPost = func(id string) (*feeds.Post, error) {
			*asked = append(*asked, host+" "+id)
			return feedstest.Post(host, id, 0), nil
		}
	}
	p = feedstest.Post("a.example", "1", 0)
	p.Body = content.ParseHTML(html, content.Options{})
	if change != nil {
		change(p)
	}
	a.OnPost = func(string) (*feeds.Post, error) { return p, nil }
	a.OnContext = func(string) ([]*feeds.Post, []*feeds.Post, error) { return nil, nil, nil }
	d.Visit("#/p/a.example/1")
	p = shown[*state.ThreadModel](t, d).Snapshot.Tree.Focus
	d.Linked(p) // as it is when the page is drawn
	d.Pass(0)
	return p, asked
}

func link(url string) string { return `<p>see <a href="` + url + `">there</a></p>` }

// known has the site list b.example.
var known = statetest.Options{Site: `{"servers":[{"host":"b.example"}]}`}

func TestALinkedPostIsAskedForOnceWhenItsPlaceIsNear(t *testing.T) {
	statetest.Run(t, known, func(t *testing.T, d *statetest.Driver) {
		p, asked := linking(t, d, link(linkedURL)+link(linkedURL), nil)
		l := d.Linked(p)
		if l[0] == nil || l[0].Post != nil || l[1] != nil || len(*asked) > 0 {
			t.Fatalf("%+v, asked %v", l, *asked)
		}
		d.Do(browser.PlaceNear{Key: linkedURL}, browser.PlaceNear{Key: linkedURL}, browser.PlaceNear{Key: "https://b.example/@ada/2"})
		if l := d.Linked(p); l[0].Post == nil || l[0].Post.Sightings[0].ID != "110000000000000007" || len(*asked) != 1 {
			t.Errorf("%+v, asked %v", l[0], *asked)
		}
	})
}

func TestASavedLinkedPostIsntAskedForAgain(t *testing.T) {
	statetest.Run(t, known, func(t *testing.T, d *statetest.Driver) {
		q := feedstest.Post("b.example", "110000000000000007", 0)
		q.Sightings[0].At = feedstest.Epoch().AddDate(100, 0, 0)
		if err := d.Store.SavePosts(t.Context(), []*feeds.Post{q}); err != nil {
			t.Fatal(err)
		}
		p, asked := linking(t, d, link(linkedURL), nil)
		d.Do(browser.PlaceNear{Key: linkedURL})
		if l := d.Linked(p); l[0] == nil || l[0].Post == nil || len(*asked) > 0 {
			t.Errorf("%+v, asked %v", l, *asked)
		}
	})
}

func TestOnlyWhatIsLikelyAnotherPostIsAskedFor(t *testing.T) {
	for name, c := range map[string]struct {
		html   string
		change func(*feeds.Post)
		want   int
	}{
		"a stranger's page of that form": {html: link("https://blog.example/@ada/110000000000000007")},
		"a page of a known server":       {html: link("https://b.example/about")},
		"a person":                       {html: link("https://b.example/@ada")},
		"the post itself":                {html: link("https://a.example/@ada/1"), change: func(p *feeds.Post) { p.URL = "https://a.example/@ada/1" }},
		"what it quotes":                 {html: link(linkedURL), change: func(p *feeds.Post) { p.Quote = &feeds.Quote{State: feeds.QuoteRevoked, URL: linkedURL} }},
		"what stands in for its quote":   {html: `<p class="quote-inline">RE: <a href="` + linkedURL + `">x</a></p><p>No.</p>`, change: func(p *feeds.Post) { p.Quote = &feeds.Quote{State: feeds.QuoteRevoked} }},
		"what it answers":                {html: link(linkedURL), change: func(p *feeds.Post) { p.ReplyTo = &feeds.ReplyTo{Key: linkedURL} }},
		"a server of somebody it names":  {html: link("https://c.example/@eve/2"), change: func(p *feeds.Post) { p.Mentions = []feeds.Mention{{Handle: "eve@c.example"}} }, want: 1},
		"many":                           {html: link("https://b.example/@ada/1") + link("https://b.example/@ada/2") + link("https://b.example/@ada/3"), want: 2},
		"a deleted post":                 {html: link(linkedURL), change: func(p *feeds.Post) { p.Deleted = true }},
	} {
		t.Run(name, func(t *testing.T) {
			statetest.Run(t, known, func(t *testing.T, d *statetest.Driver) {
				p, _ := linking(t, d, c.html, c.change)
				n := 0
				for _, l := range d.Linked(p) {
					if l != nil {
						n++
					}
				}
				if n != c.want {
					t.Errorf("%d posts, want %d", n, c.want)
				}
			})
		})
	}
}

func TestAServerThatWasReadBeforeIsKnown(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		if err := d.Store.SaveInstance(t.Context(), &feeds.Instance{Host: "b.example", Software: "misskey"}); err != nil {
			t.Fatal(err)
		}
		p, _ := linking(t, d, link("https://b.example/notes/9abcdefgh0"), nil)
		if d.Linked(p)[0] == nil {
			t.Error("its post isn't shown")
		}
	})
}

func TestWithDataSaverALinkedPostIsAskedForAtATap(t *testing.T) {
	statetest.Run(t, known, func(t *testing.T, d *statetest.Driver) {
		p, asked := linking(t, d, link(linkedURL), nil)
		d.Settings.DataSaver = true
		d.Do(browser.PlaceNear{Key: linkedURL})
		if len(*asked) > 0 {
			t.Fatalf("asked %v", *asked)
		}
		d.Do(browser.Click{Action: "unfold", Post: linkedURL})
		if d.Linked(p)[0].Post == nil {
			t.Error("nothing is shown")
		}
	})
}

func TestALinkStaysALinkWhereItsPostCantBeShown(t *testing.T) {
	hidden := func(t *testing.T, d *statetest.Driver) {
		d.Follow(t, func(data *follows.Data) {
			data.ChangeFilter(follows.Everywhere, func(f *follows.Filter) {
				f.Rules = append(f.Rules, follows.Rule{Cause: follows.OfPerson, Text: feedstest.Post("b.example", "1", 0).Author.Handle()})
			})
		})
	}
	for name, change := range map[string]func(*testing.T, *statetest.Driver, *statetest.Server){
		"gone": func(_ *testing.T, _ *statetest.Driver, s *statetest.Server) {
			s.OnPost = func(string) (*feeds.Post, error) { return nil, &feeds.Error{Kind: feeds.Gone} }
		},
		"silent": func(_ *testing.T, _ *statetest.Driver, s *statetest.Server) {
			s.OnPost = func(string) (*feeds.Post, error) { return nil, &feeds.Error{Kind: feeds.Unreachable} }
		},
		"deleted": func(_ *testing.T, _ *statetest.Driver, s *statetest.Server) {
			s.OnPost = func(id string) (*feeds.Post, error) {
				p := feedstest.Post("b.example", id, 0)
				p.Deleted = true
				return p, nil
			}
		},
		"hidden": func(t *testing.T, d *statetest.Driver, _ *statetest.Server) { hidden(t, d) },
	} {
		t.Run(name, func(t *testing.T) {
			statetest.Run(t, known, func(t *testing.T, d *statetest.Driver) {
				p, _ := linking(t, d, link(linkedURL), nil)
				change(t, d, d.Resolver.Sources["b.example"].(*statetest.Server))
				d.Do(browser.PlaceNear{Key: linkedURL})
				if l := d.Linked(p); l != [markup.MostLinked]*markup.Linked{} {
					t.Errorf("%+v", l[0])
				}
			})
		})
	}
}
