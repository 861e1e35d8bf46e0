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
