package search

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/cache"
	"vitrine/feeds/content"
	"vitrine/feeds/feedstest"
)

// shelf is where the posts of a benchmark are: what reading them takes is not counted but for the first screen.
type shelf struct {
	posts map[feeds.Key]*feeds.Post
	keys  []feeds.Key
}

func (s *shelf) Posts(_ context.Context, keys []feeds.Key) (map[feeds.Key]*feeds.Post, error) {
	found := map[feeds.Key]*feeds.Post{}
	for _, k := range keys {
		found[k] = s.posts[k]
	}
	return found, nil
}

func (s *shelf) PostKeys(_ context.Context, after feeds.Key, n int) ([]feeds.Key, error) {
	i, found := slices.BinarySearch(s.keys, after)
	if found {
		i++
	}
	return s.keys[i:min(i+n, len(s.keys))], nil
}

func (s *shelf) Saved(context.Context) ([]feeds.Key, error) {
	return s.keys[:min(100, len(s.keys))], nil
}
func (s *shelf) Notes(context.Context, int) ([]feeds.PostNote, error) { return nil, nil }
func (s *shelf) DropNotes(context.Context, []string) error            { return nil }
func (s *shelf) Note(context.Context, []feeds.Key) error              { return nil }

// many makes a shelf of posts as people write them: of 45 words in the middle, frequent and rare, with an author, a language, sometimes a picture.
func many(n int) (s *shelf, bytes int64) {
	rnd := rand.New(rand.NewPCG(17, 1))
	zipf := rand.NewZipf(rnd, 1.1, 4, 60_000)
	s = &shelf{posts: make(map[feeds.Key]*feeds.Post, n)}
	var b strings.Builder
	measured := cache.NewMemory()
	var sample []*feeds.Post
	for i := range n {
		host := fmt.Sprintf("s%d.example", rnd.IntN(60))
		p := feedstest.Post(host, fmt.Sprint(110_000_000_000_000_000+rnd.Int64N(5_000_000_000_000_000)), -i*3)
		p.Author = feedstest.Author(fmt.Sprintf("person%d", rnd.IntN(5000)), host)
		p.Author.Name, p.Language = "Person "+spell(zipf.Uint64()), []string{"en", "de", "fr", "ja"}[rnd.IntN(4)]
		p.Author.Avatar = "https://files.example/accounts/avatars/000/000/001/original/ada.png"
		b.Reset()
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
		s.posts[p.Key] = p
		s.keys = append(s.keys, p.Key)
		if i < 500 {
			sample = append(sample, p)
		}
	}
	slices.Sort(s.keys)
	if measured.SavePosts(context.Background(), sample) == nil {
		if usage, err := measured.Usage(context.Background()); err == nil {
			for _, u := range usage {
				bytes += u.Bytes
			}
		}
	}
	return s, bytes / int64(len(sample))
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
	s, each := many(n)
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
			b.ReportMetric(float64(all[len(all)*95/100].Microseconds())/1000, name+"-p95-ms")
		}
		b.ReportMetric(float64(task.Milliseconds()), "search-task-ms")
	}
	b.ReportMetric(0, "ns/op")
}

func BenchmarkSearch50000(b *testing.B)  { figures(b, 50_000, cache.NewMemoryRecords(), 40) }
func BenchmarkSearch200000(b *testing.B) { figures(b, 200_000, cache.NewMemoryRecords(), 20) }

// BenchmarkIndexedDB asks for what is in the browser's own database, where there is one.
func BenchmarkIndexedDB50000(b *testing.B) {
	figures(b, 50_000, cache.OpenRecords("vitrine:"+b.Name()+fmt.Sprint(time.Now().UnixNano()), false), 20)
}
