package demo

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"vitrine/build/demo/pictures"
)

// world is everybody and everything that was written, on all servers. Demo guards it with a lock: posts are added while
// it runs.
type world struct {
	now    time.Time // when it was made; later posts are younger
	port   string    // ":8081", follows every host name
	people map[string]*person
	posts  []*post // oldest first
	byKey  map[string]*post
}

// person is an account. User names are unique in the whole world.
type person struct {
	user, home string // "marta", "hafenlicht"
	name       string
	bio        string // text as in posts
	fields     []field
	portrait   pictures.Portrait
	banner     scene
	joined     string // 2022-03-14

	followers, following int
	before               int // posts older than this world

	bot, group, locked, memorial, suspended, noindex bool
	undiscoverable, unsearchable, hiddenCounts       bool
	movedTo                                          string // user
	roles                                            []string
	featured                                         []string // hashtags on the profile
	recommends                                       []string // users
}

type field struct {
	name, value string
	verified    bool
}

// scene names a picture.
type scene struct {
	name  pictures.Scene
	light pictures.Palette
	seed  uint64
}

// post is what somebody wrote, boosted or quoted.
type post struct {
	key     string // unique in the world, and the source of its ids
	author  *person
	at      time.Time
	edited  time.Time // zero: never
	earlier string    // its text before the edit

	lang        string // "" is null
	text        string // see markup.go
	html        string // instead of text
	warning     string
	sensitive   bool
	visibility  string
	homeOnly    bool // never reached another server
	pinned      bool
	application *application
	media       []attachment
	poll        *ballot
	card        *linkCard
	quote       *quotation
	linked      *post // its text ends with a link to it
	parent      *post
	boostOf     *post

	boosts, favourites int // beside the boosts that the world has
	replies            []*post
	boostedBy          []*post
}

type quotation struct {
	state string
	of    *post
}

// attachment is a picture, film, sound or file of a post.
type attachment struct {
	kind          string // as the API names them
	scene         scene  // of a picture, or a film's still
	width, height int
	alt           string
	noAlt         bool
	focusX        float64
	focusY        float64
	hasFocus      bool
	seconds       float64
	clip          string // file under clip/
}

// ballot is a poll.
type ballot struct {
	options  []string
	votes    []int
	voters   int
	multiple bool
	hidden   bool          // results are shown after the end
	left     time.Duration // until the end; negative: closed so long ago; 0: it has no end
}

type linkCard struct {
	url, title, text, provider, author string
	kind                               string // link, video
	scene                              *scene // nil: no picture
	alt, lang                          string
	days                               int // since it was published; 0 says nothing
}

func newWorld(now time.Time, port string) (*world, error) {
	w := &world{now: now.UTC().Truncate(time.Second), port: port, people: map[string]*person{}, byKey: map[string]*post{}}
	for _, p := range people() {
		if w.people[p.user] != nil {
			return nil, fmt.Errorf("demo: two people are called %q", p.user)
		}
		w.people[p.user] = p
	}
	drafts := drafts(w.now)
	slices.SortStableFunc(drafts, func(a, b draft) int { return cmp.Compare(b.ago, a.ago) })
	for i, d := range drafts {
		if err := w.add(d, i); err != nil {
			return nil, err
		}
	}
	return w, nil
}

// add turns a draft into a post. What it answers, boosts, quotes or links to must be older than itself.
func (w *world) add(d draft, n int) error {
	author := w.people[d.by]
	if author == nil {
		return fmt.Errorf("demo: nobody is called %q", d.by)
	}
	p := d.post
	p.author, p.at = author, w.now.Add(-d.ago)
	if p.key == "" {
		p.key = fmt.Sprintf("%s-%d", d.by, n)
	}
	if w.byKey[p.key] != nil {
		return fmt.Errorf("demo: two posts have the key %q", p.key)
	}
	if d.editedAgo > 0 {
		p.edited = w.now.Add(-d.editedAgo)
	}
	var err error
	if p.parent, err = w.find(d.answers); err != nil {
		return err
	}
	if p.boostOf, err = w.find(d.boosts); err != nil {
		return err
	}
	if p.linked, err = w.find(d.links); err != nil {
		return err
	}
	if p.quote != nil {
		quote := *p.quote
		if quote.of, err = w.find(d.quotes); err != nil {
			return err
		}
		p.quote = &quote
	}
	w.insert(&p)
	return nil
}

func (w *world) find(key string) (*post, error) {
	if key == "" {
		return nil, nil
	}
	if p := w.byKey[key]; p != nil {
		return p, nil
	}
	return nil, fmt.Errorf("demo: no earlier post has the key %q", key)
}

func (w *world) insert(p *post) {
	if p.visibility == "" {
		p.visibility = "public"
	}
	w.byKey[p.key] = p
	w.posts = append(w.posts, p)
	if p.parent != nil {
		p.parent.replies = append(p.parent.replies, p)
	}
	if p.boostOf != nil {
		p.boostOf.boostedBy = append(p.boostOf.boostedBy, p)
	}
}

// remove takes posts away, and boosts of them; it returns how many posts there were.
func (w *world) remove(gone func(*post) bool) int {
	before := len(w.posts)
	w.posts = slices.DeleteFunc(w.posts, func(p *post) bool { return gone(p) || p.boostOf != nil && gone(p.boostOf) })
	for _, p := range w.posts {
		p.replies = slices.DeleteFunc(p.replies, gone)
		p.boostedBy = slices.DeleteFunc(p.boostedBy, gone)
	}
	return before - len(w.posts)
}

// host is the full name of a server: "hafenlicht" becomes "hafenlicht.localhost:8081".
func (w *world) host(label string) string { return label + ".localhost" + w.port }

// ported gives every demo host named in a text its port.
func (w *world) ported(text string) string {
	return strings.ReplaceAll(text, ".localhost", ".localhost"+w.port)
}

// handle names a person as accounts on the server at home see them: without a host for their neighbours.
func (w *world) handle(p *person, home string) string {
	if p.home == home {
		return p.user
	}
	return p.user + "@" + w.host(p.home)
}

// federates reports whether a server exchanges posts with the others.
func federates(label string) bool { return label == hafenlicht || label == norderau || label == teich }

// knows reports whether the server holds a copy of p, whoever may see it.
func (w *world) knows(label string, p *post) bool {
	if p.author.home == label {
		return true
	}
	return !p.homeOnly && federates(label) && federates(p.author.home)
}

// open reports whether a guest may see p.
func (p *post) open() bool {
	return (p.visibility == "public" || p.visibility == "unlisted") && !p.author.suspended
}

// selfReply reports whether the author goes on with a thread of their own.
func (p *post) selfReply() bool { return p.parent != nil && p.parent.author == p.author }
