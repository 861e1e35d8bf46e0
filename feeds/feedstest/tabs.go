package feedstest

import (
	"context"
	"sync"

	"vitrine/feeds"
)

// Tabs joins the programs of one test, as the tabs of a browser are joined.
type Tabs struct {
	mu    sync.Mutex
	locks map[string]chan struct{}
	open  []*tab
}

// tab is one of the programs.
type tab struct {
	*Tabs
	hear map[string]func(string)
}

var _ feeds.Tabs = (*tab)(nil)

// NewTabs makes a place for programs.
func NewTabs() *Tabs { return &Tabs{locks: map[string]chan struct{}{}} }

// Open returns what joins one more program to the others.
func (t *Tabs) Open() feeds.Tabs {
	t.mu.Lock()
	defer t.mu.Unlock()
	next := &tab{t, map[string]func(string){}}
	t.open = append(t.open, next)
	return next
}

// Lock implements feeds.Tabs.
func (t *Tabs) Lock(ctx context.Context, name string, ifFree bool) (func(), error) {
	t.mu.Lock()
	if t.locks[name] == nil {
		t.locks[name] = make(chan struct{}, 1)
	}
	place := t.locks[name]
	t.mu.Unlock()
	if ifFree {
		select {
		case place <- struct{}{}:
			return func() { <-place }, nil
		default:
			return nil, ctx.Err()
		}
	}
	select {
	case place <- struct{}{}:
		return func() { <-place }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Send implements feeds.Tabs.
func (t *tab) Send(channel, text string) {
	t.mu.Lock()
	var others []func(string)
	for _, o := range t.open {
		if o != t && o.hear[channel] != nil {
			others = append(others, o.hear[channel])
		}
	}
	t.mu.Unlock()
	for _, f := range others {
		f(text)
	}
}

// Listen implements feeds.Tabs.
func (t *tab) Listen(channel string, hear func(string)) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.hear[channel] = hear
}
