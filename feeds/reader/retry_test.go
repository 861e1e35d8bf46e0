package reader

import (
	"context"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/cache"
	"vitrine/feeds/feedstest"
)

// bubble is the clock of a synctest bubble: time passes when all wait.
type bubble struct{}

func (bubble) Now() time.Time                         { return time.Now() }
func (bubble) After(d time.Duration) <-chan time.Time { return time.After(d) }

// openings open each kind of view on a Reader. last is given its last error.
func openings() map[string]func(ctx context.Context, r *Reader, last *atomic.Pointer[feeds.Error]) {
	return map[string]func(context.Context, *Reader, *atomic.Pointer[feeds.Error]){
		"a list": func(ctx context.Context, r *Reader, last *atomic.Pointer[feeds.Error]) {
			r.Feed(ServerPlace{Host: host, Scope: feeds.Local}, func(s *Snapshot) { last.Store(s.Err) }).Open(ctx, nil)
		},
		"a thread": func(ctx context.Context, r *Reader, last *atomic.Pointer[feeds.Error]) {
			r.Thread(host, "1", func(s *ThreadSnapshot) { last.Store(s.Err) }).Open(ctx)
		},
		"a profile": func(ctx context.Context, r *Reader, last *atomic.Pointer[feeds.Error]) {
			r.Profile(ProfileRequest{User: "ada", Domain: host}, func(s *ProfileSnapshot) { last.Store(s.Err) }).Open(ctx)
		},
		"a server": func(ctx context.Context, r *Reader, last *atomic.Pointer[feeds.Error]) {
			r.Server(host, func(s *ServerSnapshot) { last.Store(s.Err) }).Open(ctx)
		},
	}
}

// limiting is a Reader over a server that refuses until a minute has passed, and how often that was asked.
func limiting() (r *Reader, asked *atomic.Int32) {
	asked = new(atomic.Int32)
	end := time.Now().Add(time.Minute)
	answer := func() error {
		asked.Add(1)
		if time.Now().Before(end) {
			return &feeds.Error{Kind: feeds.RateLimited, Host: host, RetryAt: end}
		}
		return nil
	}
	one := feedstest.Post(host, "1", 1)
	src := &feedstest.Source{
		HostName:   host,
		OnPosts:    func(feeds.Cursor) (*feeds.Page, error) { return feedstest.Page("", one), answer() },
		OnPost:     func(string) (*feeds.Post, error) { return one, answer() },
		OnContext:  func(string) ([]*feeds.Post, []*feeds.Post, error) { return nil, nil, nil },
		OnProfile:  func(string, string) (*feeds.Author, error) { return feedstest.Author("ada", host), answer() },
		OnDescribe: func() (*feeds.Instance, error) { return &feeds.Instance{Host: host}, answer() },
	}
	return New(Options{Store: cache.NewMemory(), Resolver: &feedstest.Resolver{Sources: map[string]feeds.Source{host: src}}, Clock: bubble{}}), asked
}

func TestWhatIsOpenIsAskedAgainWhenARateLimitEnds(t *testing.T) {
	for name, open := range openings() {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r, asked := limiting()
				var last atomic.Pointer[feeds.Error]
				open(t.Context(), r, &last)
				if err := last.Load(); err == nil || err.Kind != feeds.RateLimited || asked.Load() != 1 {
					t.Fatalf("at first: %v, asked %d times", err, asked.Load())
				}
				time.Sleep(59 * time.Second)
				synctest.Wait()
				if asked.Load() != 1 {
					t.Errorf("asked %d times before the server may be asked", asked.Load())
				}
				time.Sleep(3 * time.Second)
				synctest.Wait()
				if err := last.Load(); err != nil || asked.Load() != 2 {
					t.Errorf("then: %v, asked %d times", err, asked.Load())
				}
			})
		})
	}
}

func TestWhatWasLeftIsNotAskedAgain(t *testing.T) {
	for name, open := range openings() {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r, asked := limiting()
				ctx, cancel := context.WithCancel(t.Context())
				open(ctx, r, new(atomic.Pointer[feeds.Error]))
				cancel()
				time.Sleep(time.Hour)
				synctest.Wait()
				if asked.Load() != 1 {
					t.Errorf("asked %d times", asked.Load())
				}
			})
		})
	}
}

func TestAListThatIsOnlyRefreshedIsNotAskedAgainByItself(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, asked := limiting()
		err := r.Feed(ServerPlace{Host: host, Scope: feeds.Local}, func(*Snapshot) {}).Refresh(t.Context(), nil)
		time.Sleep(time.Hour)
		synctest.Wait()
		if feeds.KindOf(err) != feeds.RateLimited || asked.Load() != 1 {
			t.Errorf("%v, asked %d times", err, asked.Load())
		}
	})
}

func TestTheRestOfAConversationIsAskedForAgainWhenItsRateLimitEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		end := time.Now().Add(time.Minute)
		var asked atomic.Int32
		one, reply := feedstest.Post(host, "1", 1), feedstest.Post(host, "2", 2)
		src := &feedstest.Source{
			HostName: host,
			OnPost:   func(string) (*feeds.Post, error) { return one, nil },
			OnContext: func(string) ([]*feeds.Post, []*feeds.Post, error) {
				if asked.Add(1); time.Now().Before(end) {
					return nil, nil, &feeds.Error{Kind: feeds.RateLimited, Host: host, RetryAt: end}
				}
				return nil, []*feeds.Post{reply}, nil
			},
		}
		r := New(Options{Store: cache.NewMemory(), Resolver: &feedstest.Resolver{Sources: map[string]feeds.Source{host: src}}, Clock: bubble{}})
		var around atomic.Pointer[feeds.Error]
		r.Thread(host, "1", func(s *ThreadSnapshot) { around.Store(s.Around) }).Open(t.Context())
		if around.Load() == nil || asked.Load() != 1 {
			t.Fatalf("at first: %v, asked %d times", around.Load(), asked.Load())
		}
		time.Sleep(62 * time.Second)
		synctest.Wait()
		if around.Load() != nil || asked.Load() != 2 {
			t.Errorf("then: %v, asked %d times", around.Load(), asked.Load())
		}
	})
}

// pausing is a conversation of two servers (newTwo) whose second one refuses until a minute has passed.
func pausing() (f *two, end time.Time) {
	f, end = newTwo(), time.Now().Add(time.Minute)
	known := f.b.OnPost
	f.b.OnPost = func(id string) (*feeds.Post, error) {
		if time.Now().Before(end) {
			f.asked.Add(1)
			return nil, &feeds.Error{Kind: feeds.RateLimited, Host: "b.example", RetryAt: end}
		}
		return known(id)
	}
	return f, end
}

func (f *two) thread(last *atomic.Pointer[ThreadSnapshot]) *Thread {
	r := New(Options{Store: cache.NewMemory(), Resolver: f.resolver, Clock: bubble{}})
	return r.Thread("a.example", "71", func(s *ThreadSnapshot) { last.Store(s) })
}

func TestCompletingAConversationWaitsOutARateLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f, end := pausing()
		var last atomic.Pointer[ThreadSnapshot]
		thread := f.thread(&last)
		thread.Open(t.Context())
		go thread.Complete(t.Context())
		time.Sleep(59 * time.Second)
		synctest.Wait()
		s := last.Load().Search
		if !s.Busy || s.Done || s.Waits == nil || s.Waits.Host != "b.example" || !s.Waits.RetryAt.Equal(end) || f.asked.Load() != 1 || s.Missing[feeds.RateLimited] != 2 {
			t.Fatalf("while it waits: %+v, asked %d times", s, f.asked.Load())
		}
		time.Sleep(3 * time.Second)
		synctest.Wait()
		if s := last.Load(); s.Tree.Shown != 2 || s.Search.Busy || !s.Search.Done || s.Search.Waits != nil || s.Search.Servers[1].Err != nil || f.asked.Load() != 3 {
			t.Errorf("then: %d replies, %+v, asked %d times", s.Tree.Shown, s.Search, f.asked.Load())
		}
	})
}

func TestWaitingForARateLimitEndsWhenItIsStoppedOrLeft(t *testing.T) {
	for _, left := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			f, _ := pausing()
			var last atomic.Pointer[ThreadSnapshot]
			thread := f.thread(&last)
			thread.Open(t.Context())
			ctx, leave := context.WithCancel(t.Context())
			defer leave()
			go thread.Complete(ctx)
			time.Sleep(time.Second)
			if left {
				leave()
			}
			thread.Stop()
			time.Sleep(time.Hour)
			synctest.Wait()
			if s := last.Load().Search; s.Busy || s.Done || s.Waits != nil || f.asked.Load() != 1 {
				t.Fatalf("left %v: %+v, asked %d times", left, s, f.asked.Load())
			}
			if left {
				return
			}
			thread.Complete(t.Context())
			if s := last.Load(); s.Tree.Shown != 2 || !s.Search.Done {
				t.Errorf("asked again: %d replies, %+v", s.Tree.Shown, s.Search)
			}
		})
	}
}

func TestAServerThatAlwaysAsksForAPauseIsAskedAsOftenAsIsRight(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newTwo()
		var last atomic.Pointer[ThreadSnapshot]
		f.b.OnPost = func(string) (*feeds.Post, error) {
			f.asked.Add(1)
			return nil, &feeds.Error{Kind: feeds.RateLimited, Host: "b.example", RetryAt: time.Now().Add(time.Minute)}
		}
		thread := f.thread(&last)
		thread.Open(t.Context())
		thread.Complete(t.Context())
		if n := f.asked.Load(); n < 2 || n > requestsPerHost {
			t.Errorf("asked %d times", n)
		}
		f.b.OnPost = func(string) (*feeds.Post, error) {
			f.asked.Add(1)
			return nil, &feeds.Error{Kind: feeds.RateLimited, Host: "b.example", RetryAt: time.Now().Add(2 * longestHold)}
		}
		thread, began := f.thread(&last), time.Now()
		thread.Open(t.Context())
		if thread.Complete(t.Context()); time.Since(began) > time.Minute || last.Load().Search.Busy {
			t.Errorf("it waits %v", time.Since(began))
		}
	})
}

func TestAConversationIsCompletedOnceItsOwnRateLimitEnds(t *testing.T) {
	for _, around := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			f, end := newTwo(), time.Now().Add(time.Minute)
			a := f.resolver.Sources["a.example"].(*feedstest.Source)
			refuse := func() error {
				if time.Now().Before(end) {
					return &feeds.Error{Kind: feeds.RateLimited, Host: "a.example", RetryAt: end}
				}
				return nil
			}
			post, context := a.OnPost, a.OnContext
			if around {
				a.OnContext = func(id string) ([]*feeds.Post, []*feeds.Post, error) {
					if err := refuse(); err != nil {
						return nil, nil, err
					}
					return context(id)
				}
			} else {
				a.OnPost = func(id string) (*feeds.Post, error) {
					if err := refuse(); err != nil {
						return nil, err
					}
					return post(id)
				}
			}
			var last atomic.Pointer[ThreadSnapshot]
			thread := f.thread(&last)
			thread.Open(t.Context())
			thread.Complete(t.Context())
			time.Sleep(2 * time.Minute)
			synctest.Wait()
			if s := last.Load(); s.Err != nil || s.Around != nil || s.Tree.Shown != 2 || !s.Search.Done {
				t.Errorf("around %v: %v, %v, %+v", around, s.Err, s.Around, s.Search)
			}
		})
	}
}
