package jobs

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

// house joins the programs of one test.
type house struct{ *feedstest.Tabs }

func newHouse() house { return house{feedstest.NewTabs()} }

func (h house) open(shelf feeds.Shelf) *Jobs { return New("/", shelf, h.Open()) }

func job(name string) feeds.Job { return feeds.Job{Kind: "k", Subject: name} }

// waiting returns the subjects of what is written down.
func waiting(t *testing.T, j *Jobs) string {
	t.Helper()
	all, err := j.Waiting(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, job := range all {
		out = append(out, job.Subject)
	}
	return strings.Join(out, " ")
}

func TestWorkIsWrittenDownOnceAndDoneOnceForAllTabs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		h, shelf := newHouse(), feedstest.NewShelf()
		page, first, second := h.open(shelf), h.open(shelf), h.open(shelf)
		var mu sync.Mutex
		var done, news []string
		page.Watch(func(n feeds.JobNews) {
			mu.Lock()
			defer mu.Unlock()
			news = append(news, fmt.Sprint(n.Subject, n.Over, n.Wrong))
		})
		for _, name := range []string{"a", "b", "a"} {
			if err := page.Add(ctx, job(name)); err != nil {
				t.Fatal(err)
			}
		}
		if got := waiting(t, second); got != "a b" {
			t.Errorf("written down: %s", got)
		}
		for _, j := range []*Jobs{first, second} {
			go func() {
				_ = j.Run(ctx, map[feeds.JobKind]Work{"k": func(_ context.Context, j feeds.Job, _ func(feeds.Job) error) error {
					mu.Lock()
					defer mu.Unlock()
					done = append(done, j.Subject)
					if j.Subject == "b" {
						return errors.New("broken")
					}
					return nil
				}})
			}()
		}
		synctest.Wait()
		if err := page.Add(ctx, job("c")); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		slices.Sort(done)
		slices.Sort(news)
		if got := strings.Join(done, " "); got != "a b c" || waiting(t, page) != "" {
			t.Errorf("done: %s; still there: %s", got, waiting(t, page))
		}
		if got := strings.Join(news, ", "); got != "afalse, atrue, bfalse, btruebroken, cfalse, ctrue" {
			t.Errorf("the page heard %s", got)
		}
		cancel()
		synctest.Wait()
	})
}

func TestAJobWhoseProgramEndsGoesOnWhereItWas(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, shelf := newHouse(), feedstest.NewShelf()
		page, first, second := h.open(shelf), h.open(shelf), h.open(shelf)
		var steps []string
		work := map[feeds.JobKind]Work{"k": func(ctx context.Context, j feeds.Job, keep func(feeds.Job) error) error {
			for j.Total = 4; j.Done < j.Total; {
				steps = append(steps, fmt.Sprint(j.State, j.Done))
				j.Done++
				j.State = "s"
				if err := keep(j); err != nil {
					return err
				}
				if j.Done == 2 && len(steps) == 2 {
					<-ctx.Done() // the program is killed here
					return ctx.Err()
				}
			}
			return nil
		}}
		if err := page.Add(t.Context(), job("a")); err != nil {
			t.Fatal(err)
		}
		ctx, kill := context.WithCancel(t.Context())
		go func() { _ = first.Run(ctx, work) }()
		synctest.Wait()
		ctx, end := context.WithCancel(t.Context())
		go func() { _ = second.Run(ctx, work) }()
		synctest.Wait()
		kill()
		synctest.Wait()
		if got := strings.Join(steps, " "); got != "0 s1 s2 s3" || waiting(t, page) != "" {
			t.Errorf("steps: %s; still there: %s", got, waiting(t, page))
		}
		end()
		synctest.Wait()
	})
}

func TestAJobThatIsStoppedEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, end := context.WithCancel(t.Context())
		h, shelf := newHouse(), feedstest.NewShelf()
		page, worker := h.open(shelf), h.open(shelf)
		began, ended := 0, 0
		var last feeds.JobNews
		page.Watch(func(n feeds.JobNews) { last = n })
		go func() {
			_ = worker.Run(ctx, map[feeds.JobKind]Work{"k": func(ctx context.Context, j feeds.Job, keep func(feeds.Job) error) error {
				began++
				<-ctx.Done()
				ended++
				_ = keep(j) // it may have been about to
				return ctx.Err()
			}})
		}()
		_ = page.Add(ctx, job("a"))
		synctest.Wait()
		if err := page.Stop(ctx, job("a")); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		if began != 1 || ended != 1 || waiting(t, page) != "" || !last.Over {
			t.Errorf("began %d times, ended %d times; still there: %q; heard at last: %+v", began, ended, waiting(t, page), last)
		}
		end()
		synctest.Wait()
	})
}

// Paused and gone on with at once: the first time of doing it may take a while to end.
func TestAJobThatIsWantedAgainWhileItStopsIsDoneAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		j := newHouse().open(feedstest.NewShelf())
		begun, end := 0, make(chan struct{})
		go func() {
			_ = j.Run(ctx, map[feeds.JobKind]Work{"k": func(ctx context.Context, _ feeds.Job, _ func(feeds.Job) error) error {
				if begun++; begun == 1 {
					<-ctx.Done()
					<-end
				}
				return ctx.Err()
			}})
		}()
		if err := j.Add(t.Context(), job("a")); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		if err := errors.Join(j.Stop(t.Context(), job("a")), j.Add(t.Context(), job("a"))); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		close(end)
		synctest.Wait()
		if left := waiting(t, j); begun != 2 || left != "" {
			t.Errorf("it was begun %d times, and %q waits", begun, left)
		}
	})
}

func TestWhoWantsAJobThatIsBeingDoneHearsHowFarItCame(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, end := context.WithCancel(t.Context())
		h, shelf := newHouse(), feedstest.NewShelf()
		page, worker := h.open(shelf), h.open(shelf)
		go func() {
			_ = worker.Run(ctx, map[feeds.JobKind]Work{"k": func(ctx context.Context, j feeds.Job, keep func(feeds.Job) error) error {
				j.Done, j.Total = 1, 3
				_ = keep(j)
				<-ctx.Done()
				return ctx.Err()
			}})
		}()
		_ = page.Add(ctx, job("a"))
		synctest.Wait()
		late := h.open(shelf)
		var news []feeds.JobNews
		late.Watch(func(n feeds.JobNews) { news = append(news, n) })
		_ = late.Add(ctx, job("a"))
		synctest.Wait()
		if len(news) != 1 || !news[0].Same(job("a")) || news[0].Done != 1 || news[0].Total != 3 || news[0].Over {
			t.Errorf("heard %+v", news)
		}
		end()
		synctest.Wait()
	})
}

func TestAMistakeInAJobEndsThatJobAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, end := context.WithCancel(t.Context())
		j := newHouse().open(feedstest.NewShelf())
		for _, name := range []string{"bad", "good"} {
			_ = j.Add(ctx, job(name))
		}
		done := 0
		go func() {
			_ = j.Run(ctx, map[feeds.JobKind]Work{"k": func(_ context.Context, j feeds.Job, _ func(feeds.Job) error) error {
				if j.Subject == "bad" {
					panic("on purpose")
				}
				done++
				return nil
			}})
		}()
		synctest.Wait()
		if done != 1 || waiting(t, j) != "" {
			t.Errorf("%d done; still there: %q", done, waiting(t, j))
		}
		end()
		synctest.Wait()
	})
}

// breaking is a shelf that nothing can be read of or written to once it broke.
type breaking struct {
	feeds.Shelf
	broken atomic.Bool
}

func (b *breaking) Record(ctx context.Context, name string) ([]byte, int, error) {
	if b.broken.Load() {
		return nil, 0, &feeds.Error{Kind: feeds.Storage}
	}
	return b.Shelf.Record(ctx, name)
}

func TestAShelfThatFailsIsNotAskedAgainAndAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, end := context.WithCancel(t.Context())
		shelf := &breaking{Shelf: feedstest.NewShelf()}
		j := newHouse().open(shelf)
		_ = j.Add(ctx, job("a"))
		done := 0
		go func() {
			_ = j.Run(ctx, map[feeds.JobKind]Work{"k": func(context.Context, feeds.Job, func(feeds.Job) error) error {
				done++
				shelf.broken.Store(true)
				return nil
			}})
		}()
		synctest.Wait()
		if done != 1 {
			t.Errorf("done %d times", done)
		}
		if err := j.Add(ctx, job("b")); feeds.KindOf(err) != feeds.Storage {
			t.Errorf("%v", err)
		}
		end()
		synctest.Wait()
	})
}

func TestWhatCanNotBeReadIsNoJob(t *testing.T) {
	shelf := feedstest.NewShelf()
	if err := shelf.SaveRecord(t.Context(), record, []byte(`{"a":1}`), version); err != nil {
		t.Fatal(err)
	}
	j := newHouse().open(shelf)
	if got := waiting(t, j); got != "" {
		t.Errorf("%q", got)
	}
	if err := j.Add(t.Context(), job("a")); err != nil || waiting(t, j) != "a" {
		t.Errorf("%v, %q", err, waiting(t, j))
	}
}
