package search

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/cache"
	"vitrine/feeds/content"
	"vitrine/feeds/feedstest"
)

// shelf makes posts when they are read, so that none of them is in memory: as many, and the same ones each time.
type shelf struct{ posts int }

func (s shelf) key(i int) feeds.Key {
	return feeds.Key(fmt.Sprintf("https://s%d.example/users/person%d/statuses/11%016d", i%60, i*7919%5000, i*1_000_003))
}

// post makes a post as people write them: of 45 words in the middle, frequent and rare, with an author, a language, sometimes a picture.
func (s shelf) post(i int) *feeds.Post {
	rnd := rand.New(rand.NewPCG(17, uint64(i)))
	zipf := rand.NewZipf(rnd, 1.1, 4, 60_000)
	host, user := fmt.Sprintf("s%d.example", i%60), fmt.Sprintf("person%d", i*7919%5000)
	p := feedstest.Post(host, "1", -i*3)
	p.Key = s.key(i)
	p.URI, p.URL = string(p.Key), string(p.Key)
	p.Author = feedstest.Author(user, host)
	p.Author.Name, p.Language = "Person "+spell(zipf.Uint64()), []string{"en", "de", "fr", "ja"}[rnd.IntN(4)]
	p.Author.Avatar = "https://files.example/accounts/avatars/000/000/001/original/ada.png"
	var b strings.Builder
	for range 15 + rnd.IntN(60) {
		b.WriteString(spell(zipf.Uint64()) + " ")
	}
	p.Body = content.Doc{Blocks: []content.Node{{Kind: content.Paragraph, Children: []content.Node{{Text: b.String()}}}}}
	if rnd.IntN(4) == 0 {
		p.Media = []feeds.Media{{Kind: feeds.Image, URL: "https://files.example/media/original/1.jpg", Preview: "https://files.example/media/small/1.jpg", Alt: spell(zipf.Uint64()), Width: 1600, Height: 1200, Blurhash: "UBL_:rOpGG-;~qRjWBay^+RjM{t7xuofj[ay"}}
	}
	if rnd.IntN(5) == 0 {
		p.Tags = []feeds.Tag{{Name: "tag" + spell(zipf.Uint64()%500), URL: "https://" + host + "/tags/x"}}
	}
	return p
}

func (s shelf) number(k feeds.Key) int {
	n, _ := strconv.Atoi(string(k[strings.LastIndexByte(string(k), '/')+3:]))
	return n / 1_000_003
}

func (s shelf) Posts(_ context.Context, keys []feeds.Key) (map[feeds.Key]*feeds.Post, error) {
	found := make(map[feeds.Key]*feeds.Post, len(keys))
	turn := &feeds.Turn{}
	for _, k := range keys {
		turn.Next()
		found[k] = s.post(s.number(k))
	}
	return found, nil
}

// PostKeys lists posts in the order of their numbers: the index takes any order.
func (s shelf) PostKeys(_ context.Context, after feeds.Key, n int) (keys []feeds.Key, err error) {
	first := 0
	if after != "" {
		first = s.number(after) + 1
	}
	for i := first; i < min(first+n, s.posts); i++ {
		keys = append(keys, s.key(i))
	}
	return keys, nil
}

func (s shelf) Kept(context.Context) ([]feeds.Key, error)                     { return nil, nil }
func (s shelf) Said(context.Context, []feeds.Key) (map[feeds.Key]Said, error) { return nil, nil }
func (s shelf) Saved(ctx context.Context) ([]feeds.Key, error)                { return s.PostKeys(ctx, "", 100) }
func (s shelf) Notes(context.Context, int) ([]feeds.PostNote, error)          { return nil, nil }
func (s shelf) DropNotes(context.Context, []string) error                     { return nil }
func (s shelf) Note(context.Context, []feeds.Key) error                       { return nil }

// each is how many bytes a post takes in a store.
func (s shelf) each(b *testing.B) int64 {
	var sample []*feeds.Post
	for i := range 500 {
		sample = append(sample, s.post(i*97))
	}
	m := cache.NewMemory()
	if err := m.SavePosts(b.Context(), sample); err != nil {
		b.Fatal(err)
	}
	usage, err := m.Usage(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	var sum int64
	for _, u := range usage {
		sum += u.Bytes
	}
	return sum / int64(len(sample))
}

// kinds are ten kinds of queries. Each is asked with several words.
func kinds() map[string]func(i int) string {
	return map[string]func(i int) string{
		"word":     func(i int) string { return spell(uint64(20 + i*7)) },
		"frequent": func(i int) string { return spell(uint64(i % 3)) },
		"rare":     func(i int) string { return spell(uint64(9000 + i*131)) },
		"and":      func(i int) string { return spell(uint64(i)) + " " + spell(uint64(i+5)) },
		"phrase":   func(i int) string { return `"` + spell(uint64(i%9)) + " " + spell(uint64(i%7)) + `"` },
		"not":      func(i int) string { return spell(uint64(i%9)) + " -" + spell(uint64(i%7+9)) },
		"from":     func(i int) string { return fmt.Sprintf("from:person%d", i*37) },
		"facets":   func(i int) string { return "has:media lang:de host:s" + fmt.Sprint(i%60) + ".example" },
		"span":     func(i int) string { return spell(uint64(i)) + " after:2026-10 before:2026-11" },
		"tag":      func(i int) string { return "tag:tag" + spell(uint64(i)) },
	}
}

// held measures for how long nothing else had a turn: in a browser that is a task of the page.
func held(f func()) (longest time.Duration) {
	stop, done := make(chan struct{}), make(chan time.Duration)
	go func() {
		last, most := time.Now(), time.Duration(0)
		for {
			select {
			case <-stop:
				done <- max(most, time.Since(last))
				return
			case <-time.After(time.Millisecond):
				now := time.Now()
				most = max(most, now.Sub(last))
				last = now
			}
		}
	}()
	f()
	close(stop)
	return <-done
}

// figures indexes n posts in records and asks ten kinds of queries.
func figures(b *testing.B, n int, records feeds.Records, times int) {
	s := shelf{n}
	each := s.each(b)
	x := Open(records, nil)
	for b.Loop() {
		if err := records.Clear(b.Context(), "", "\x7f"); err != nil {
			b.Fatal(err)
		}
		began := time.Now()
		longest := held(func() {
			if err := x.Grow(b.Context(), s, func(int) error { return nil }); err != nil {
				b.Fatal(err)
			}
		})
		b.ReportMetric(float64(n)/time.Since(began).Seconds(), "indexed/s")
		b.ReportMetric(float64(longest.Milliseconds()), "index-task-ms")
		state, err := x.State(b.Context(), s, 1)
		if err != nil || state.Posts != n {
			b.Fatal(state, err)
		}
		b.ReportMetric(float64(state.Bytes)/float64(n), "B/post")
		b.ReportMetric(100*float64(state.Bytes)/float64(n)/float64(each), "%-of-posts")
		task := time.Duration(0)
		for name, kind := range kinds() {
			var all []time.Duration
			task = max(task, held(func() {
				for i := range times {
					began := time.Now()
					r, _, err := x.Ask(b.Context(), s, Parse(kind(i), time.UTC), Options{})
					if err != nil {
						b.Fatal(err)
					}
					if _, err := r.Next(b.Context(), 20); err != nil {
						b.Fatal(err)
					}
					all = append(all, time.Since(began))
					time.Sleep(2 * time.Millisecond)
				}
			}))
			slices.Sort(all)
			b.ReportMetric(float64(all[len(all)/2].Microseconds())/1000, name+"-p50-ms")
			b.ReportMetric(float64(all[(len(all)*95+99)/100-1].Microseconds())/1000, name+"-p95-ms")
		}
		b.ReportMetric(float64(task.Milliseconds()), "search-task-ms")
	}
	b.ReportMetric(0, "ns/op")
}

func BenchmarkSearch50000(b *testing.B)  { figures(b, 50_000, cache.NewMemoryRecords(), 40) }
func BenchmarkSearch200000(b *testing.B) { figures(b, 200_000, cache.NewMemoryRecords(), 20) }

// BenchmarkIndexedDB50000 and BenchmarkIndexedDB200000 ask for what is in the browser's own database, where there is one.
func BenchmarkIndexedDB50000(b *testing.B)  { inDatabase(b, 50_000) }
func BenchmarkIndexedDB200000(b *testing.B) { inDatabase(b, 200_000) }

func inDatabase(b *testing.B, n int) {
	b.Helper()
	figures(b, n, cache.OpenRecords("vitrine:"+b.Name()+fmt.Sprint(time.Now().UnixNano()), false), 40)
}
