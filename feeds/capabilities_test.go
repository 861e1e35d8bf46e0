package feeds_test

import (
	"context"
	"reflect"
	"testing"

	"vitrine/feeds"
)

func TestWithoutTakesAwayEachCapability(t *testing.T) {
	t.Parallel()
	var all feeds.Capabilities
	fields := reflect.ValueOf(&all).Elem()
	for i := range fields.NumField() {
		fields.Field(i).SetBool(true)
	}
	if got := all.Without(feeds.Capabilities{}); got != all {
		t.Errorf("without nothing: %+v", got)
	}
	for i := range fields.NumField() {
		var one feeds.Capabilities
		reflect.ValueOf(&one).Elem().Field(i).SetBool(true)
		want := all
		reflect.ValueOf(&want).Elem().Field(i).SetBool(false)
		if got := all.Without(one); got != want {
			t.Errorf("without %+v: %+v", one, got)
		}
		if got := one.Without(all); got != (feeds.Capabilities{}) {
			t.Errorf("%+v without all: %+v", one, got)
		}
	}
}

// bare is a Source that implements nothing more.
type bare struct{}

func (bare) Host() string                                          { return "a.example" }
func (bare) Describe(context.Context) (*feeds.Instance, error)     { return &feeds.Instance{}, nil }
func (b bare) Capabilities() feeds.Capabilities                    { return feeds.Implemented(b) }
func (bare) TagPosts(context.Context, string) (*feeds.Page, error) { return nil, nil } // of another form than the interface

// pinning is one that reads pinned posts.
type pinning struct{ bare }

func (pinning) Pinned(context.Context, *feeds.Author) (*feeds.Page, error) { return &feeds.Page{}, nil }

// forwarding hands on to another one.
type forwarding struct {
	pinning
	to feeds.Source
}

func (f forwarding) Target() (feeds.Source, string) { return f.to, "Soft" }

func TestAsKnowsWhatASourceImplements(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		s      feeds.Source
		ok     bool
		detail string
	}{
		"it does":                         {pinning{}, true, ""},
		"it doesn't":                      {bare{}, false, ""},
		"it forwards to one that does":    {forwarding{to: pinning{}}, true, ""},
		"it forwards to one that doesn't": {forwarding{to: bare{}}, false, "Soft"},
	} {
		p, err := feeds.As[feeds.Pinner](c.s)
		if (p != nil) != c.ok || (err == nil) != c.ok {
			t.Errorf("%s: %v, %v", name, p, err)
		}
		if e := feeds.AsError(err); !c.ok && (e.Kind != feeds.Unsupported || e.Host != "a.example" || e.Detail != c.detail) {
			t.Errorf("%s: %v", name, err)
		}
		if got := feeds.Implemented(c.s); got != (feeds.Capabilities{Pinned: c.ok}) {
			t.Errorf("%s: %+v", name, got)
		}
	}
}
