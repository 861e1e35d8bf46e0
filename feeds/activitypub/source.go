package activitypub

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"sync"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/address"
	"vitrine/feeds/apiclient"
)

// Quirks are how a software differs. The zero value is any.
type Quirks struct {
	Software string // the name that NodeInfo gave; "" when unknown
}

// Source reads one server's documents, and those of others that they lead to. It is safe for use by many goroutines.
type Source struct {
	fetcher feeds.Fetcher
	clock   feeds.Clock
	host    string
	quirks  Quirks

	mu    sync.Mutex
	known map[string]*feeds.Author // by id; nil for who couldn't be read
}

var (
	_ feeds.Source   = (*Source)(nil)
	_ feeds.Profiles = (*Source)(nil)
	_ feeds.Threads  = (*Source)(nil)
)

// New makes a source that reads host (with its port) through f.
func New(f feeds.Fetcher, clock feeds.Clock, host string, q Quirks) *Source {
	return &Source{fetcher: f, clock: clock, host: host, quirks: q, known: map[string]*feeds.Author{}}
}

// Host implements feeds.Source.
func (s *Source) Host() string { return s.host }

// Capabilities implements feeds.Source: what there is, is people and what they posted.
func (s *Source) Capabilities() feeds.Capabilities {
	return feeds.Capabilities{Profiles: true, Pinned: true, Threads: true}
}

// Describe implements feeds.Source. ActivityPub describes no servers: the description is what NodeInfo said, and without that nothing
// (Unsupported).
func (s *Source) Describe(context.Context) (*feeds.Instance, error) {
	if s.quirks.Software == "" {
		return nil, apiclient.FailureAt(feeds.Unsupported, address.Origin(s.host)+"/", apiclient.ErrNotOffered)
	}
	return &feeds.Instance{Host: s.host, Domain: s.host, Software: s.quirks.Software, Title: s.host, Users: -1, Active: -1, Posts: -1, Fetched: s.clock.Now().UTC()}, nil
}

// accept asks for the document. The other type that the specification names needs a parameter with quotes, which a browser may not
// send without asking first.
const accept = "application/activity+json"

// mostKnown bounds the authors that are remembered.
const mostKnown = 500

// document is a document, and when it came.
type document struct {
	node
	url string // where it was asked for
	at  time.Time
}

// get asks for a document. A document says by its id whose it is: one of another host than it came from isn't believed, but asked for
// there once.
func (s *Source) get(ctx context.Context, address string) (document, error) {
	d, err := s.fetch(ctx, address)
	if err != nil {
		return document{}, err
	}
	if id := unwrapped(d.node).id(); id != "" && apiclient.HostOf(id) != apiclient.HostOf(d.url) {
		if d, err = s.fetch(ctx, id); err != nil {
			return document{}, err
		}
		if other := unwrapped(d.node).id(); apiclient.HostOf(other) != apiclient.HostOf(d.url) {
			return document{}, apiclient.FailureAt(feeds.BadData, address, errForeign)
		}
	}
	return d, nil
}

func (s *Source) fetch(ctx context.Context, address string) (document, error) {
	target := link(address)
	if target == "" {
		return document{}, apiclient.FailureAt(feeds.NotFound, address, errors.New("no address"))
	}
	resp, err := apiclient.Fetch(ctx, s.fetcher, s.clock, feeds.Request{URL: target, Accept: accept})
	if err != nil {
		return document{}, err
	}
	d := document{url: resp.URL, at: resp.At}
	if d.node, err = decode(resp.Body); err != nil {
		return document{}, apiclient.FailureAt(feeds.BadData, target, err)
	}
	return d, nil
}

// Actor reads somebody by the address of their document, or of a page that gives it.
func (s *Source) Actor(ctx context.Context, address string) (*feeds.Author, error) {
	d, err := s.get(ctx, address)
	if err != nil {
		return nil, err
	}
	return s.author(d)
}

func (s *Source) author(d document) (*feeds.Author, error) {
	if d.is("Tombstone") {
		return nil, apiclient.FailureAt(feeds.Gone, d.url, apiclient.ErrDeleted)
	}
	a := actor(placed(d.node, d.url), apiclient.HostOf(d.url), d.at)
	if a == nil {
		return nil, apiclient.FailureAt(feeds.NotFound, d.url, errNoActor)
	}
	a.Host = s.host
	return a, nil
}

// whole is who an actor's document describes, with whom they became where they moved.
func (s *Source) whole(ctx context.Context, d document) (*feeds.Author, error) {
	a, err := s.author(d)
	to := movedTo(d.node)
	if err != nil || to == "" {
		return a, err
	}
	if a.Moved, err = s.Actor(ctx, to); err != nil {
		a.Moved = named(to)
	}
	return a, nil
}

// outboxSize is how many posts an actor's outbox counts, -1 when it doesn't. Who reads the posts next asks for the same document.
func (s *Source) outboxSize(ctx context.Context, d document) int {
	n := d.node.count("outbox")
	outbox := d.first("outbox")
	if n >= 0 || outbox == nil || !outbox.isBare() || apiclient.HostOf(outbox.id()) != apiclient.HostOf(d.url) {
		return n
	}
	list, err := s.fetch(ctx, outbox.id())
	if err != nil {
		return -1
	}
	return node{"outbox": map[string]any(list.node)}.count("outbox")
}

// Look reads whatever the document at an address describes: a post, somebody, or the posts of a collection or of a page of one.
func (s *Source) Look(ctx context.Context, address string) (feeds.Found, error) {
	d, err := s.get(ctx, address)
	if err != nil {
		return feeds.Found{}, err
	}
	if d.is("OrderedCollection", "OrderedCollectionPage", "Collection", "CollectionPage") {
		posts, err := s.collected(ctx, d)
		return feeds.Found{Posts: posts}, err
	}
	if isActor(d.node) {
		a, err := s.whole(ctx, d)
		return feeds.Found{Author: a}, err
	}
	p, err := s.asking(ctx).post(d)
	return feeds.Found{Post: p}, err
}

// collected reads the posts of a collection; none at all is NotFound.
func (s *Source) collected(ctx context.Context, d document) ([]*feeds.Post, error) {
	q := s.asking(ctx)
	d, err := q.collection(d.node, d)
	if err != nil {
		return nil, err
	}
	var posts []*feeds.Post
	for _, item := range d.items() {
		if _, p, err := q.entry(item, d, &feeds.Author{}); err == nil {
			posts = append(posts, p)
		}
	}
	if len(posts) == 0 {
		return nil, apiclient.FailureAt(feeds.NotFound, d.url, errNoObject)
	}
	return posts, nil
}

// Profile implements feeds.Profiles: WebFinger (RFC 7033) leads to the document.
func (s *Source) Profile(ctx context.Context, user, domain string) (*feeds.Author, error) {
	if domain == "" {
		domain = s.host
	}
	self, err := s.webFinger(ctx, user, domain)
	if err != nil {
		return nil, err
	}
	d, err := s.get(ctx, self)
	if err != nil {
		return nil, err
	}
	a, err := s.whole(ctx, d)
	if err != nil {
		return nil, err
	}
	named := *a
	named.Counts.Posts = s.outboxSize(ctx, d)
	named.User, named.Domain = strings.TrimPrefix(user, "!"), strings.ToLower(domain) // as it was asked for, so that it is found again
	return &named, nil
}

func (s *Source) webFinger(ctx context.Context, user, domain string) (string, error) {
	at := address.Origin(s.host) + "/.well-known/webfinger?resource=" + url.QueryEscape("acct:"+strings.TrimPrefix(user, "!")+"@"+domain)
	resp, err := apiclient.Fetch(ctx, s.fetcher, s.clock, feeds.Request{URL: at, Accept: "application/jrd+json, application/json"})
	if err != nil {
		return "", err
	}
	n, err := decode(resp.Body)
	if err != nil {
		return "", apiclient.FailureAt(feeds.BadData, at, err)
	}
	for _, l := range n.nodes("links") {
		if t := l.text("type"); l.text("rel") == "self" && (t == accept || strings.Contains(t, "activitystreams")) {
			if href := link(l.text("href")); href != "" {
				return href, nil
			}
		}
	}
	return "", apiclient.FailureAt(feeds.NotFound, at, errNoActor)
}

// asking is one question of a reader's: it counts the documents that it asks for beside the first.
type asking struct {
	*Source
	ctx  context.Context
	left int
}

// who finds an author by the address of their document, and is content with the address when enough was asked.
func (q *asking) who(id string) *feeds.Author {
	q.mu.Lock()
	a, known := q.known[id]
	q.mu.Unlock()
	if !known && q.left > 0 && q.ctx.Err() == nil {
		q.left--
		a, _ = q.Actor(q.ctx, id)
		q.mu.Lock()
		if len(q.known) >= mostKnown {
			clear(q.known)
		}
		q.known[id] = a
		q.mu.Unlock()
	}
	if a == nil {
		a = named(id)
	}
	return a
}

// mostAsked is how many documents beside the first one question may ask for.
const mostAsked = 12

func (s *Source) asking(ctx context.Context) *asking {
	return &asking{Source: s, ctx: ctx, left: mostAsked}
}

// post adapts a document's object.
func (q *asking) post(d document) (*feeds.Post, error) {
	n := placed(unwrapped(d.node), d.url)
	p, err := post(n, q.host, d.at, q.who)
	if err != nil {
		return nil, apiclient.FailureAt(kindOf(err), d.url, err)
	}
	return p, nil
}

// addressOf is what an id stands for: a path on this host, or an address.
func (s *Source) addressOf(id string) string {
	if strings.HasPrefix(id, "/") {
		return address.Origin(s.host) + id
	}
	return id
}
