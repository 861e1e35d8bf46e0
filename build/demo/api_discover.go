package demo

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"vitrine/build/demo/pictures"
)

const trendSeconds = 300 // how long a trend may be kept

// Source of the trends: https://docs.joinmastodon.org/methods/trends/

func (s *server) trendingStatuses(v view, r *http.Request) answer {
	var all []*post
	for _, p := range v.posts {
		if v.inPublicTimeline(p) && v.at.Sub(p.at) < 30*day && p.favourites > 0 {
			all = append(all, p)
		}
	}
	slices.SortStableFunc(all, func(a, b *post) int { return cmp.Compare(b.favourites, a.favourites) })
	q := r.URL.Query()
	offset, limit := offsetOf(q), limitOf(q, 20, 40)
	page := window(all, offset, limit)
	return answer{body: v.statuses(page), link: v.offsetLinks(r, offset, limit, len(page)), seconds: trendSeconds}
}

func (s *server) trendingTags(v view, r *http.Request) answer {
	names := v.usedTags()
	q := r.URL.Query()
	offset, limit := offsetOf(q), limitOf(q, 10, 20)
	out := []tagEntity{}
	for _, name := range window(names, offset, limit) {
		out = append(out, v.tag(name))
	}
	return answer{body: out, link: v.offsetLinks(r, offset, limit, len(out)), seconds: trendSeconds}
}

// usedTags are all hashtags that the server knows, the most used first.
func (v view) usedTags() []string {
	uses := map[string]int{}
	for _, p := range v.posts {
		if !v.knows(v.label, p) || !p.open() || p.boostOf != nil {
			continue
		}
		for _, t := range v.tagsOf(p) {
			uses[t]++
		}
	}
	names := make([]string, 0, len(uses))
	for name := range uses {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(cmp.Compare(uses[b], uses[a]), strings.Compare(a, b)) })
	return names
}

// tag shows a hashtag with the use of its last seven days. People beyond this small world use it too: the demo gives each
// tag a few more.
func (v view) tag(name string) tagEntity {
	e := tagEntity{ID: smallID(v.label, "tag/"+name), Name: name, URL: v.tagURL(v.label, name)}
	today := v.at.UTC().Truncate(day)
	for back := range 7 {
		from := today.AddDate(0, 0, -back)
		uses, people := 0, map[*person]bool{}
		for _, p := range v.posts {
			if p.at.Before(from) || !p.at.Before(from.AddDate(0, 0, 1)) || !slices.Contains(v.tagsOf(p), name) {
				continue
			}
			uses++
			people[p.author] = true
		}
		others := len(smallID("elsewhere", name+strconv.Itoa(back)))*3 + len(name) - back
		e.History = append(e.History, usage{
			Day: strconv.FormatInt(from.Unix(), 10), Accounts: strconv.Itoa(len(people) + others), Uses: strconv.Itoa(uses + others + 4),
		})
	}
	return e
}

func (s *server) trendingLinks(v view, r *http.Request) answer {
	q := r.URL.Query()
	offset, limit := offsetOf(q), limitOf(q, 10, 20)
	all := []*cardEntity{}
	for _, p := range slices.Backward(v.posts) {
		if p.card == nil || !v.knows(v.label, p) || !p.open() {
			continue
		}
		c := v.card(p)
		c.History = v.tag("link").History
		all = append(all, c)
	}
	page := window(all, offset, limit)
	return answer{body: page, link: v.offsetLinks(r, offset, limit, len(page)), seconds: trendSeconds}
}

// tagByName is a hashtag; one that nobody used exists too.
func (s *server) tagByName(v view, r *http.Request) answer {
	return answer{body: v.tag(strings.ToLower(r.PathValue("tag")))}
}

// search finds accounts and hashtags; posts are found for members only.
// Source: https://docs.joinmastodon.org/methods/search/
func (s *server) search(v view, r *http.Request) answer {
	q := r.URL.Query()
	switch {
	case isTrue(q, "resolve"):
		return refuse(http.StatusUnauthorized, "Search queries that resolve remote resources are not supported without authentication")
	case q.Has("offset"):
		return refuse(http.StatusUnauthorized, "Search queries pagination is not supported without authentication")
	case q.Get("q") == "":
		return refuse(http.StatusBadRequest, "param is missing or the value is empty: q")
	}
	limit, kind := limitOf(q, 20, 40), q.Get("type")
	words := strings.ToLower(strings.TrimLeft(q.Get("q"), "@#"))
	out := searchResult{Accounts: []account{}, Statuses: []status{}, Hashtags: []tagEntity{}}
	if kind == "" || kind == "accounts" {
		for _, p := range window(v.peopleLike(words), 0, limit) {
			out.Accounts = append(out.Accounts, v.account(p))
		}
	}
	if kind == "" || kind == "hashtags" {
		for _, name := range v.usedTags() {
			if strings.HasPrefix(name, words) && len(out.Hashtags) < limit {
				out.Hashtags = append(out.Hashtags, v.tag(name))
			}
		}
	}
	return answer{body: out}
}

func (v view) peopleLike(words string) []*person {
	user, _, _ := strings.Cut(words, "@")
	var out []*person
	for _, p := range v.people {
		if !v.knowsPerson(p) || p.suspended {
			continue
		}
		if strings.HasPrefix(p.user, user) || strings.Contains(strings.ToLower(p.name), words) {
			out = append(out, p)
		}
	}
	slices.SortFunc(out, func(a, b *person) int {
		return cmp.Or(cmp.Compare(b.followers, a.followers), strings.Compare(a.user, b.user))
	})
	return out
}

// customEmojis are the server's own pictures.
// Source: https://docs.joinmastodon.org/methods/custom_emojis/
func (s *server) customEmojis(v view, _ *http.Request) answer {
	out := []customEmoji{}
	for _, e := range pictures.AllEmoji() {
		out = append(out, v.emoji(e))
	}
	return answer{body: out, seconds: 300}
}

// activity is the last weeks in numbers, all of them strings.
func (s *server) activity(v view, _ *http.Request) answer {
	type week struct {
		Week          string `json:"week"`
		Statuses      string `json:"statuses"`
		Logins        string `json:"logins"`
		Registrations string `json:"registrations"`
	}
	out := []week{}
	for back := range 12 {
		to := v.at.Add(-time.Duration(back) * 7 * day)
		n := 0
		for _, p := range v.posts {
			if p.author.home == v.label && p.at.After(to.Add(-7*day)) && !p.at.After(to) {
				n++
			}
		}
		out = append(out, week{strconv.FormatInt(to.Add(-7*day).Unix(), 10), strconv.Itoa(n), strconv.Itoa(s.active), "2"})
	}
	return answer{body: out, seconds: 3600}
}
