package reader

import (
	"context"

	"vitrine/feeds"
	"vitrine/feeds/content"
)

// StoredInstance returns a server that was described before, or nil.
func (r *Reader) StoredInstance(ctx context.Context, host string) *feeds.Instance {
	i, err := r.store.Instance(ctx, host)
	if err != nil || i == nil || i.Fetched.IsZero() { // of the last only the software is known
		return nil
	}
	return i
}

// Instance asks a server what it is.
func (r *Reader) Instance(ctx context.Context, host string) (*feeds.Instance, error) {
	ctx, cancel := context.WithTimeout(ctx, Patience)
	defer cancel()
	s, err := r.resolver.Resolve(ctx, host)
	if err != nil {
		return nil, err
	}
	i, err := s.Describe(ctx)
	if err != nil {
		return nil, timely(ctx, host, err)
	}
	if err := r.store.SaveInstance(ctx, i); err != nil {
		return i, nil // reading goes on without a store
	}
	return i, nil
}

// Capabilities says which views a server can fill, without asking it.
func (r *Reader) Capabilities(ctx context.Context, host string) feeds.Capabilities {
	s, err := r.resolver.Resolve(ctx, host)
	if err != nil {
		return feeds.Capabilities{}
	}
	return s.Capabilities()
}

// Seen is what a server's answers showed a guest since the program began.
func (r *Reader) Seen(ctx context.Context, host string) feeds.Access {
	s, err := r.resolver.Resolve(ctx, host)
	if err != nil {
		return feeds.Access{}
	}
	if o, ok := s.(feeds.Observer); ok {
		return o.Seen()
	}
	return feeds.Access{}
}

// Talk is what a server's members talk about.
type Talk struct {
	Tags  []feeds.TagTrend
	Links []feeds.LinkTrend
}

// Talk asks for trending hashtags and links. Links that can't be read are left out, and what the server lacks.
func (r *Reader) Talk(ctx context.Context, host string) (*Talk, error) {
	ctx, cancel := context.WithTimeout(ctx, Patience)
	defer cancel()
	tags, err := r.trendingTags(ctx, host)
	if err != nil && feeds.KindOf(err) != feeds.Unsupported {
		return nil, timely(ctx, host, err)
	}
	t := &Talk{Tags: tags}
	if s, err := source[feeds.LinkTrends](ctx, r, host); err == nil && r.Capabilities(ctx, host).TrendingLinks {
		if links, err := s.TrendingLinks(ctx); err == nil {
			t.Links = links
		}
	}
	return t, nil
}

func (r *Reader) trendingTags(ctx context.Context, host string) ([]feeds.TagTrend, error) {
	s, err := source[feeds.TagTrends](ctx, r, host)
	if err != nil {
		return nil, err
	}
	return s.TrendingTags(ctx)
}

// About asks for a server's long description of itself; it is empty where there is none. A server whose API has no
// place for it is Unsupported.
func (r *Reader) About(ctx context.Context, host string) (content.Doc, error) {
	ctx, cancel := context.WithTimeout(ctx, Patience)
	defer cancel()
	s, err := source[feeds.Describer](ctx, r, host)
	if err != nil {
		return content.Doc{}, err
	}
	return s.ExtendedDescription(ctx)
}
