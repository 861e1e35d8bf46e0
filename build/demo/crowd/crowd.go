// Package crowd is the demo's big conversation: a film on a PeerTube server with a thousand replies, on six servers of four softwares
// (PeerTube, Mastodon, Misskey, Lemmy). No server has all of it, each calls a post by an id of its own, and each cuts what it tells a guest as
// its software does. It is made from one seed, so it is always the same; it is made when it is first asked for.
package crowd

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// Replies is how many replies there are on all servers.
const Replies = 1000

// Film is the id of the film at its own server, and of the copy at the first Mastodon server.
const (
	Film     = "kVcrowd0film"
	FilmCopy = "10000"
)

// site is one of the servers.
type site struct{ label, software, version string }

// sites are the servers, the film's own first.
func sites() []site {
	return []site{
		{"leinwand", "peertube", "7.3.0"}, {"markt", "mastodon", "4.5.2"}, {"gasse", "mastodon", "4.4.8"}, {"ufer", "mastodon", "4.5.1"},
		{"muschel", "misskey", "2026.10.0"}, {"zunft", "lemmy", "0.19.11"},
	}
}

// Hosts are the names of the servers without a port, the film's own first.
func Hosts() []string {
	var all []string
	for _, s := range sites() {
		all = append(all, s.label+".localhost")
	}
	return all
}

// saying is the film (number 0) or a reply to something.
type saying struct {
	number, home int
	parent       *saying // nil of the film
	children     []*saying
	at           [6]bool // servers that have it
	depth        int
	age          time.Duration
}

// conversation is all that was said.
type conversation []*saying

func converse() conversation {
	random := rand.New(rand.NewPCG(15, 2))
	film := &saying{at: [6]bool{true, true, true, true, true, true}, age: 290 * 24 * time.Hour}
	all := conversation{film}
	for i := 1; i <= Replies; i++ {
		up := film
		switch n := random.IntN(10); {
		case i == 1 || n == 0:
		case n < 6:
			up = all[i-1]
		default:
			up = all[1+random.IntN(i-1)]
		}
		if up.depth >= 45 {
			up = film
		}
		s := &saying{number: i, home: random.IntN(6), parent: up, depth: up.depth + 1, age: time.Duration(Replies-i+20) * 7 * time.Minute}
		if i <= 40 { // what was said when the film was new
			s.age = film.age - time.Duration(i)*11*time.Minute
		}
		for h := range s.at {
			s.at[h] = h == s.home || up.at[h] && random.IntN(10) < 6
		}
		for named, n := up, 0; named != nil && n < 3; named, n = named.parent, n+1 { // a reply names whom it replies to, and their last ones
			s.at[named.home] = true
		}
		lost := i%7 == 0 && !branches(s.home)                                                                        // it was deleted there, or never came
		for named, n := up, 0; named != nil && !lost && (n == 0 || branches(s.home)); named, n = named.parent, n+1 { // who replies has what they reply to
			named.at[s.home] = true
		}
		if up == film { // its server hears of all that reply to it
			s.at[0] = true
		}
		up.children = append(up.children, s)
		all = append(all, s)
	}
	return all
}

// branches reports a server that has no reply without all that stands above it: PeerTube and Lemmy keep replies as branches.
func branches(site int) bool { return site == 0 || site == 5 }

// Servers makes the handlers, by host without port. now is called when the conversation is made, which it is dated back from.
func Servers(now func() time.Time, port string) map[string]http.Handler {
	said := sync.OnceValue(func() *world { return &world{converse(), now().UTC(), port} })
	all := map[string]http.Handler{}
	for i, about := range sites() {
		s := &server{world: said, site: about, index: i, mux: http.NewServeMux()}
		s.get("/.well-known/nodeinfo", func(*http.Request) any {
			return object{"links": []object{{"rel": "http://nodeinfo.diaspora.software/ns/schema/2.0", "href": s.origin(i) + "/nodeinfo/2.0"}}}
		})
		s.get("/nodeinfo/2.0", func(*http.Request) any {
			return object{"version": "2.0", "software": object{"name": about.software, "version": about.version}, "protocols": []string{"activitypub"}, "openRegistrations": false,
				"usage": object{"users": object{"total": 60}}, "services": object{"inbound": []string{}, "outbound": []string{}}, "metadata": object{}}
		})
		switch about.software {
		case "peertube":
			s.peertube()
		case "mastodon":
			s.mastodon()
		case "misskey":
			s.misskey()
		case "lemmy":
			s.lemmy()
		}
		all[about.label+".localhost"] = s
	}
	return all
}

// world is the conversation at a time and a port.
type world struct {
	all  conversation
	now  time.Time
	port string
}

// idAt is what a server calls something.
func idAt(host int, s *saying) string {
	switch {
	case host == 0 && s.number == 0:
		return Film
	case host == 0:
		return strconv.Itoa(500 + s.number*3)
	case host == 4:
		return fmt.Sprintf("9crowd%04d", s.number)
	}
	return strconv.Itoa(host*10_000 + s.number*5)
}

// find is what a server calls by an id; nil for what it doesn't have.
func (s *server) find(id string) *saying {
	for _, x := range s.world().all {
		if x.at[s.index] && idAt(s.index, x) == id {
			return x
		}
	}
	return nil
}

// children are the answers that a server has, oldest first.
func (s *server) children(of *saying) []*saying {
	var here []*saying
	for _, c := range of.children {
		if c.at[s.index] {
			here = append(here, c)
		}
	}
	return here
}

// below are all answers that a server has, each before those to it, at most so deep.
func (s *server) below(of *saying, depth int) []*saying {
	var all []*saying
	if depth == 0 {
		return nil
	}
	for _, c := range s.children(of) {
		all = append(append(all, c), s.below(c, depth-1)...)
	}
	return all
}

// parentHere is what something replies to, as far as the server has it.
func (s *server) parentHere(x *saying) *saying {
	if x.parent != nil && x.parent.at[s.index] {
		return x.parent
	}
	return nil
}

func user(x *saying) string {
	if x.number == 0 {
		return "kino"
	}
	return []string{"ada", "bo", "cem", "dora", "emil", "fay", "gus", "hana", "ivo", "jun"}[x.number*7%10]
}

// uri is what something is called everywhere, and page where people read it.
func (s *server) uri(x *saying) string {
	at := s.origin(x.home)
	switch {
	case x.number == 0:
		return at + "/videos/watch/" + Film
	case sites()[x.home].software == "peertube":
		return at + "/videos/watch/" + Film + "/comments/" + idAt(x.home, x)
	case sites()[x.home].software == "misskey":
		return at + "/notes/" + idAt(x.home, x)
	case sites()[x.home].software == "lemmy":
		return at + "/comment/" + idAt(x.home, x)
	}
	return at + "/users/" + user(x) + "/statuses/" + idAt(x.home, x)
}

func (s *server) page(x *saying) string {
	if sites()[x.home].software == "mastodon" {
		return s.origin(x.home) + "/@" + user(x) + "/" + idAt(x.home, x)
	}
	return s.uri(x)
}

func (s *server) host(i int) string   { return sites()[i].label + ".localhost" + s.world().port }
func (s *server) origin(i int) string { return "http://" + s.host(i) }

func (s *server) time(x *saying) string {
	return s.world().now.Add(-x.age).Format("2006-01-02T15:04:05.000Z")
}

func text(x *saying) string {
	if x.number == 0 {
		return "Everybody is in the square, and everybody has something to say."
	}
	said := []string{"I was there, by the fountain.", "Who is the one with the ladder?", "Play it again, slower.", "The bread at minute two is mine.", "No, that was last year.", "Look at the goose."}
	return fmt.Sprintf("%s (%d)", said[x.number*5%6], x.number)
}
