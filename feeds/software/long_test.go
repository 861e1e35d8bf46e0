package software_test

import (
	"context"
	"fmt"
	"math/big"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/activitypub"
	"vitrine/feeds/cache"
	"vitrine/feeds/feedstest"
	"vitrine/feeds/lemmy"
	"vitrine/feeds/mastodon"
	"vitrine/feeds/mbin"
	"vitrine/feeds/misskey"
	"vitrine/feeds/peertube"
	"vitrine/feeds/reader"
)

const home = "long.example"

// profile is an account with many posts, one every six hours, as a server of some software tells it. The newest is number 0.
type profile struct {
	n      int
	holes  bool // some posts in a row are for members only: pages are short, or empty
	clumsy bool // each page begins with the last post of the one above

	mu    sync.Mutex
	asked int
}

// answer is what a software answers.
type answer func(p *profile, u *url.URL, body string) string

func (p *profile) at(i int) time.Time {
	return feedstest.Epoch().Add(-time.Duration(i)*6*time.Hour - time.Minute)
}

func (p *profile) iso(i int) string { return p.at(i).Format("2006-01-02T15:04:05.000Z") }

// open reports that a guest sees a post.
func (p *profile) open(i int) bool { return !p.holes || i%180 < 50 || i%180 >= 150 }

// page is the open posts from number on, each written by write.
func (p *profile) page(from, size int, write func(i int) string) string {
	if p.clumsy && from > 0 {
		from, size = from-1, size+1
	}
	var out []string
	for i := from; i < min(from+size, p.n); i++ {
		if p.open(i) {
			out = append(out, write(i))
		}
	}
	return "[" + strings.Join(out, ",") + "]"
}

// served is a Fetcher of one host.
type served struct {
	*profile
	answer answer
	header func(u *url.URL) string // the Link header; nil for none
}

func (s *served) Fetch(ctx context.Context, r feeds.Request) (*feeds.Response, error) {
	u, err := url.Parse(r.URL)
	if err != nil || ctx.Err() != nil {
		return nil, ctx.Err()
	}
	s.mu.Lock()
	s.asked++
	s.mu.Unlock()
	body := s.answer(s.profile, u, r.Body)
	if body == "" {
		return &feeds.Response{Status: 404, URL: r.URL, Body: []byte("{}"), At: feedstest.Epoch()}, nil
	}
	resp := &feeds.Response{Status: 200, URL: r.URL, Body: []byte(body), At: feedstest.Epoch(), Header: map[string]string{"content-type": "application/json"}}
	if s.header != nil {
		resp.Header["link"] = s.header(u)
	}
	return resp, nil
}

// way is how a software's lists go on, and how they are entered.
type way struct {
	name   string
	source func(f feeds.Fetcher) feeds.Source
	id     string // the account's
	answer answer
	header func(p *profile) func(u *url.URL) string
	linear bool // the list can only be read from its top
	silent bool // an empty page is the end: nothing else says so
	direct bool // a jump is one request, or two where the ids are to be seen first
}

func number(u *url.URL, name string, otherwise int) int {
	n, err := strconv.Atoi(u.Query().Get(name))
	if err != nil {
		return otherwise
	}
	return n
}

// toots answers in Mastodon's API with ids that id writes, and that sort by their time.
func toots(id func(p *profile, i int) string) answer {
	return func(p *profile, u *url.URL, _ string) string {
		if u.Path != "/api/v1/accounts/7/statuses" {
			return ""
		}
		from, max := 0, u.Query().Get("max_id")
		for max != "" && from < p.n && feeds.CompareIDs(id(p, from), max) >= 0 {
			from++
		}
		return p.page(from, number(u, "limit", 20), func(i int) string {
			return fmt.Sprintf(`{"id":%q,"uri":"https://long.example/s/%d","url":"https://long.example/@ada/%d","created_at":%q,"visibility":"public","content":"<p>%d</p>",
				"account":{"id":"7","username":"ada","acct":"ada","url":"https://long.example/@ada"}}`, id(p, i), i, i, p.iso(i), i)
		})
	}
}

// next is the Link header of these, which is there below an empty page too.
func next(id func(p *profile, i int) string) func(p *profile) func(u *url.URL) string {
	return func(p *profile) func(u *url.URL) string {
		return func(u *url.URL) string {
			from, max := 0, u.Query().Get("max_id")
			for max != "" && from < p.n && feeds.CompareIDs(id(p, from), max) >= 0 {
				from++
			}
			last := min(from+number(u, "limit", 20), p.n) - 1
			if last < from {
				return ""
			}
			return `<https://long.example` + u.Path + `?max_id=` + id(p, last) + `>; rel="next"`
		}
	}
}

func snowflake(p *profile, i int) string { return strconv.FormatInt(p.at(i).UnixMilli()<<16|77, 10) }
func plain(p *profile, i int) string     { return strconv.Itoa(1_000_000 + (p.n-i)*3701 + i%7*100) }
func ulid(p *profile, i int) string {
	return base(uint64(p.at(i).UnixMilli()), 32, "0123456789ABCDEFGHJKMNPQRSTVWXYZ", 10) + "0123456789ABCDEF"
}
func uuid(p *profile, i int) string {
	ms := fmt.Sprintf("%012x", p.at(i).UnixMilli())
	return ms[:8] + "-" + ms[8:] + "-7abc-9def-0123456789ab"
}

// flake is a flake id whose lower half is empty but for its last digits.
func flake(p *profile, i int) string { return flakes(uint64(p.at(i).UnixMilli())) }

func base(n uint64, of uint64, digits string, size int) string {
	out := make([]byte, size)
	for i := size - 1; i >= 0; i-- {
		out[i], n = digits[n%of], n/of
	}
	return string(out)
}

// things answers with pages that are counted from 1: a list of size posts by write, in a frame with the number of the last page.
func things(size int, page string, write func(p *profile, i int) string, frame string) answer {
	return func(p *profile, u *url.URL, _ string) string {
		list := p.page((number(u, page, 1)-1)*size, size, func(i int) string { return write(p, i) })
		return strings.NewReplacer("LIST", list, "LAST", strconv.Itoa((p.n+size-1)/size)).Replace(frame)
	}
}

func lemmyPost(p *profile, i int) string {
	return fmt.Sprintf(`{"post":{"id":%d,"name":"Post","creator_id":3,"community_id":7,"local":true,"published":%q,"ap_id":"https://long.example/post/%d"},
		"creator":{"id":3,"name":"ada","actor_id":"https://long.example/u/ada","local":true},"community":{"id":7,"name":"cats","actor_id":"https://long.example/c/cats","local":true},
		"counts":{"comments":1,"upvotes":1,"downvotes":0}}`, p.n-i, p.iso(i), i)
}

func lemmyComment(p *profile, i int) string {
	return fmt.Sprintf(`{"comment":{"id":%d,"creator_id":3,"post_id":1,"content":"No","published":%q,"ap_id":"https://long.example/comment/%d","local":true,"path":"0.%d"},
		"creator":{"id":3,"name":"ada","actor_id":"https://long.example/u/ada","local":true},"post":{"id":1,"name":"Post","creator_id":3,"community_id":7,"published":"2010-01-01T00:00:00Z","ap_id":"https://long.example/post/x1"},
		"community":{"id":7,"name":"cats","actor_id":"https://long.example/c/cats","local":true},"counts":{"score":1}}`, p.n-i, p.iso(i), i, p.n-i)
}

func mbinEntry(p *profile, i int) string {
	return fmt.Sprintf(`{"entryId":%d,"magazine":{"magazineId":7,"name":"cats"},"user":{"userId":3,"username":"ada"},"title":"Entry","createdAt":%q,"visibility":"visible","type":"article"}`, p.n-i, p.at(i).Format(time.RFC3339))
}

func mbinPost(p *profile, i int) string {
	return fmt.Sprintf(`{"postId":%d,"magazine":{"magazineId":7,"name":"cats"},"user":{"userId":3,"username":"ada"},"body":"Post","createdAt":%q,"visibility":"visible"}`, p.n-i, p.at(i).Add(-time.Hour).Format(time.RFC3339))
}

func ways() []way {
	masto := func(q mastodon.Quirks) func(f feeds.Fetcher) feeds.Source {
		return func(f feeds.Fetcher) feeds.Source { return mastodon.New(f, feedstest.NewClock(), home, q) }
	}
	forum := func(q lemmy.Quirks) func(f feeds.Fetcher) feeds.Source {
		return func(f feeds.Fetcher) feeds.Source { return lemmy.New(f, feedstest.NewClock(), home, q) }
	}
	by := func(software string, id func(p *profile, i int) string) way {
		return way{name: software, source: masto(mastodon.Quirks{Software: software}), id: "7", answer: toots(id), header: next(id), direct: true}
	}
	numbers := by("Pixelfed", plain)
	numbers.direct = false
	const frame = `{"items":LIST,"pagination":{"count":1,"currentPage":1,"maxPage":LAST,"perPage":25}}`
	entries, posts := things(25, "p", mbinEntry, frame), things(25, "p", mbinPost, frame)
	return []way{
		by("mastodon", snowflake), by("pleroma", flake), by("gotosocial", ulid), by("hollo", uuid), numbers,
		{
			name: "Misskey", source: func(f feeds.Fetcher) feeds.Source {
				return misskey.New(f, feedstest.NewClock(), home, misskey.Quirks{Software: "misskey"})
			}, id: "u7", direct: true,
			answer: func(p *profile, u *url.URL, body string) string {
				if u.Path != "/api/users/notes" {
					return ""
				}
				from, limit, date, id := 0, 20, int64(0), ""
				for part := range strings.SplitSeq(strings.Trim(body, "{}"), ",") {
					name, value, _ := strings.Cut(part, ":")
					switch strings.Trim(name, `"`) {
					case "limit":
						limit, _ = strconv.Atoi(value)
					case "untilDate":
						date, _ = strconv.ParseInt(value, 10, 64)
					case "untilId":
						id = strings.Trim(value, `"`)
					}
				}
				for from < p.n && (date > 0 && p.at(from).UnixMilli() >= date || id != "" && fmt.Sprintf("n%06d", p.n-from) >= id) {
					from++
				}
				for from < p.n && !p.open(from) { // what is not for guests is left out before the page is cut
					from++
				}
				return p.page(from, limit, func(i int) string {
					return fmt.Sprintf(`{"id":"n%06d","createdAt":%q,"user":{"id":"u7","username":"ada","host":null},"text":"%d","visibility":"public"}`, p.n-i, p.iso(i), i)
				})
			},
		},
		{
			name: "PeerTube", source: func(f feeds.Fetcher) feeds.Source { return peertube.New(f, feedstest.NewClock(), home) }, id: "channel:7",
			answer: func(p *profile, u *url.URL, _ string) string {
				list := p.page(number(u, "start", 0), number(u, "count", 15), func(i int) string {
					return fmt.Sprintf(`{"id":%d,"uuid":"00000000-0000-4000-8000-%012d","url":"https://long.example/videos/watch/%d","name":"Film","privacy":{"id":1},"publishedAt":%q,"isLocal":true,
						"account":{"id":3,"name":"ada","host":"long.example","url":"https://long.example/accounts/ada"},"channel":{"id":7,"name":"ada","host":"long.example","url":"https://long.example/video-channels/ada"}}`, p.n-i, i, i, p.iso(i))
				})
				return fmt.Sprintf(`{"total":%d,"data":%s}`, p.n, list)
			},
		},
		{name: "Lemmy's communities", source: forum(lemmy.Quirks{Version: "0.19.5"}), id: "c:7", silent: true, answer: func(p *profile, u *url.URL, body string) string {
			page := number(u, "page", 1)
			if c, ok := strings.CutPrefix(u.Query().Get("page_cursor"), "P"); ok {
				page, _ = strconv.Atoi(c)
			}
			list, next := p.page((page-1)*20, 20, func(i int) string { return lemmyPost(p, i) }), "null"
			if list != "[]" {
				next = fmt.Sprintf(`"P%d"`, page+1)
			}
			return `{"posts":` + list + `,"next_page":` + next + `}`
		}},
		{name: "Lemmy's persons", source: forum(lemmy.Quirks{Version: "0.18.5"}), id: "u:3", silent: true, answer: func(p *profile, u *url.URL, body string) string {
			comments := things(20, "page", lemmyComment, `LIST`)(p, u, body)
			return things(20, "page", lemmyPost, `{"person_view":{},"posts":LIST,"comments":`+comments+`}`)(p, u, body)
		}},
		{name: "Lemmy 1.0", source: forum(lemmy.Quirks{Version: "1.0.0"}), id: "c:7", linear: true, answer: func(p *profile, u *url.URL, body string) string {
			page := 1
			if c, ok := strings.CutPrefix(u.Query().Get("page_cursor"), "P"); ok {
				page, _ = strconv.Atoi(c)
			}
			list := p.page((page-1)*20, 20, func(i int) string {
				return strings.Replace(strings.Replace(lemmyPost(p, i), `"published"`, `"published_at"`, 1), `"actor_id"`, `"ap_id"`, 2)
			})
			if page*20 >= p.n {
				return `{"items":` + list + `}`
			}
			return fmt.Sprintf(`{"items":%s,"next_page":"P%d"}`, list, page+1)
		}},
		{name: "PieFed", source: forum(lemmy.Quirks{Dialect: lemmy.PieFed}), id: "c:7", answer: func(p *profile, u *url.URL, body string) string {
			page, next := number(u, "page", 1), `null`
			if page*20 < p.n {
				next = `"` + strconv.Itoa(page+1) + `"`
			}
			return things(20, "page", lemmyPost, `{"posts":LIST,"next_page":`+next+`}`)(p, u, body)
		}},
		{name: "Mbin", source: func(f feeds.Fetcher) feeds.Source { return mbin.New(f, feedstest.NewClock(), home) }, id: "c:7", answer: func(p *profile, u *url.URL, body string) string {
			if strings.HasSuffix(u.Path, "/posts") {
				return posts(p, u, body)
			}
			return entries(p, u, body)
		}},
		{
			name: "an outbox", source: func(f feeds.Fetcher) feeds.Source {
				return activitypub.New(f, feedstest.NewClock(), home, activitypub.Quirks{Software: "wordpress"})
			}, id: "https://long.example/u/ada",
			answer: func(p *profile, u *url.URL, body string) string {
				const actor = "https://long.example/u/ada"
				switch {
				case u.Path == "/u/ada":
					return `{"id":"` + actor + `","type":"Person","preferredUsername":"ada","inbox":"` + actor + `/in","outbox":"` + actor + `/out"}`
				case u.Path != "/u/ada/out":
					return ""
				case u.RawQuery == "":
					return fmt.Sprintf(`{"id":"%s/out","type":"OrderedCollection","totalItems":%d,"first":"%s/out?page=1"}`, actor, p.n, actor)
				}
				page, next := number(u, "page", 1), ""
				if page*20 < p.n {
					next = fmt.Sprintf(`"next":"%s/out?page=%d",`, actor, page+1)
				}
				return fmt.Sprintf(`{"id":"%s/out?page=%d","type":"OrderedCollectionPage",%s"orderedItems":%s}`, actor, page, next, p.page((page-1)*20, 20, func(i int) string {
					return fmt.Sprintf(`{"type":"Create","id":"%s/c/%d","actor":"%s","object":{"id":"%s/n/%d","type":"Note","attributedTo":"%s","published":%q,"to":"as:Public","content":"%d"}}`, actor, i, actor, actor, i, actor, p.iso(i), i)
				}))
			},
		},
	}
}

// list is a profile's list on the screen.
type list struct {
	*reader.Query
	*served
	last *reader.Snapshot
}

func (w way) open(t testing.TB, p *profile, before time.Time, heard func(int)) *list {
	p.asked = 0
	l := &list{served: &served{profile: p, answer: w.answer}}
	if w.header != nil {
		l.header = w.header(p)
	}
	s := w.source(l.served)
	r := reader.New(reader.Options{Store: cache.NewMemory(), Clock: feedstest.NewClock(), Resolver: &feedstest.Resolver{Sources: map[string]feeds.Source{home: s}}})
	a := &feeds.Author{Host: home, ID: w.id, User: "ada", Domain: home, Joined: p.at(p.n), Counts: feeds.AuthorCounts{Posts: p.n}}
	if strings.HasPrefix(w.id, "http") {
		a.URI = w.id
	}
	var place reader.Place = reader.ProfilePlace{Author: a}
	if !before.IsZero() {
		place = reader.ProfilePlace{Author: a, Jump: &reader.Jump{Before: before, Heard: heard}}
	}
	l.Query = r.Feed(place, func(s *reader.Snapshot) { l.last = s })
	l.Open(t.Context(), nil)
	if l.last.Err != nil {
		t.Fatalf("%s: %v", w.name, l.last.Err)
	}
	return l
}

// toEnd reads on until the list says that there is nothing older.
func (l *list) toEnd(t testing.TB, name string) {
	for n := 0; !l.last.End; n++ {
		if err := l.LoadOlder(t.Context()); err != nil || n > 500 {
			t.Fatalf("%s: %d rows after %d requests, %v", name, len(l.last.Items), l.asked, err)
		}
	}
}

func TestAProfileIsReadToItsEndPageByPage(t *testing.T) {
	for _, w := range ways() {
		for name, p := range map[string]*profile{"whole": {n: 450}, "with holes": {n: 450, holes: true}, "pages that repeat": {n: 450, clumsy: true}, "nothing": {}} {
			if p.holes && w.silent {
				continue
			}
			want := 0
			for i := range p.n {
				if p.open(i) {
					want++
				}
			}
			if w.name == "Mbin" {
				want *= 2
			}
			l := w.open(t, p, time.Time{}, nil)
			l.toEnd(t, w.name+", "+name)
			if got := len(l.last.Items); got != want || l.asked > 80 {
				t.Errorf("%s, %s: %d posts of %d, %d requests", w.name, name, got, want, l.asked)
			}
		}
	}
}

func flakes(ms uint64) string {
	n := new(big.Int).Lsh(new(big.Int).SetUint64(ms), 64)
	s := n.Add(n, big.NewInt(77)).Text(62) // of digits, then small letters, then capitals
	return strings.Repeat("0", 18-len(s)) + strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		case r >= 'A' && r <= 'Z':
			return r - 'A' + 'a'
		}
		return r
	}, s)
}

// afterMonth is where a month ends that begins so many days before the newest posts.
func afterMonth(days int) time.Time {
	t := feedstest.Epoch().AddDate(0, 0, -days)
	return time.Date(t.Year(), t.Month()+1, 1, 0, 0, 0, 0, time.UTC)
}

// first is the number of the newest post before a time.
func (p *profile) first(before time.Time) int {
	for i := range p.n {
		if p.at(i).Before(before) && p.open(i) {
			return i
		}
	}
	return p.n
}

func TestAJumpToAMonthShowsItsNewestPostAndGoesOn(t *testing.T) {
	for _, w := range ways() {
		for name, p := range map[string]*profile{"whole": {n: 1600}, "with holes": {n: 1600, holes: true}, "pages that repeat": {n: 1600, clumsy: true}} {
			if p.holes && w.silent || w.linear {
				continue
			}
			for _, days := range []int{0, 40, 200, 380, 5000} {
				before := afterMonth(days)
				heard := 0
				l := w.open(t, p, before, func(n int) { heard = n })
				want, allowed := p.first(before), reader.MostAsked
				if w.direct {
					allowed = 2
				}
				if days == 0 || p.holes {
					allowed = reader.MostAsked
				}
				if len(l.last.Items) > 0 && p.holes && l.asked >= reader.MostAsked && !l.last.Items[0].Entry.At.Before(before) {
					continue // it says how far it came
				}
				if want == p.n {
					if len(l.last.Items) > 0 || !l.last.End {
						t.Errorf("%s, %s, before all: %d posts, end %v", w.name, name, len(l.last.Items), l.last.End)
					}
					continue
				}
				if len(l.last.Items) == 0 {
					t.Errorf("%s, %s, %d days: nothing after %d requests", w.name, name, days, l.asked)
					continue
				}
				top := l.last.Items[0].Entry.At
				if got := p.at(want); top.Sub(got).Abs() > time.Hour || heard == 0 || heard > allowed || l.asked > heard+2 && !p.holes {
					t.Errorf("%s, %s, %d days: begins at %v instead of %v, %d requests of %d counted", w.name, name, days, top, got, l.asked, heard)
				}
				for i := range l.last.Items {
					if i > 0 && l.last.Items[i].Entry.At.Sub(l.last.Items[i-1].Entry.At) < -20*time.Hour && !p.holes {
						t.Errorf("%s, %s, %d days: a hole below row %d", w.name, name, days, i)
						break
					}
				}
			}
		}
	}
}

func TestAListWithoutPlacesIsReadDownAndSaysHowFar(t *testing.T) {
	for _, w := range ways() {
		if !w.linear {
			continue
		}
		p := &profile{n: 3000}
		near := w.open(t, p, afterMonth(60), nil)
		if at := near.last.Items[0].Entry.At; !at.Equal(p.at(p.first(afterMonth(60)))) {
			t.Errorf("%s begins at %v", w.name, at)
		}
		far := w.open(t, p, afterMonth(600), nil)
		if len(far.last.Items) == 0 || far.last.Items[0].Entry.At.Before(afterMonth(600)) || far.last.End || far.asked > reader.MostAsked+1 {
			t.Errorf("%s: %d posts after %d requests", w.name, len(far.last.Items), far.asked)
		}
	}
}

// BenchmarkMonth jumps to months of a profile of 10,000 posts, near and far ones.
func BenchmarkMonth(b *testing.B) {
	for _, w := range ways() {
		b.Run(strings.ReplaceAll(w.name, " ", "_"), func(b *testing.B) {
			most, sum, n := 0, 0, 0
			for b.Loop() {
				for days := 15; days < 2500; days += 130 {
					l := w.open(b, &profile{n: 10_000}, afterMonth(days), nil)
					most, sum, n = max(most, l.asked), sum+l.asked, n+1
				}
			}
			b.ReportMetric(float64(sum)/float64(n), "requests")
			b.ReportMetric(float64(most), "requests-at-most")
		})
	}
}
