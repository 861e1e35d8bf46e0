package reader

import (
	"context"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/content"
)

// Instance asks a server what it is.
func (r *Reader) Instance(ctx context.Context, host string) (*feeds.Instance, error) {
	ctx, cancel := context.WithTimeout(ctx, Patience)
	defer cancel()
	s, err := r.resolver.Resolve(ctx, host)
	if err != nil {
		return nil, timely(ctx, host, err)
	}
	i, err := s.Describe(ctx)
	if err != nil {
		return nil, timely(ctx, host, err)
	}
	r.mu.Lock()
	r.described[host] = true
	r.mu.Unlock()
	if err := r.store.SaveInstance(ctx, i); err != nil {
		return i, nil // reading goes on without a store
	}
	return i, nil
}

// Known is what is known of a server without asking it: what it said of itself, nil for nothing, what its software can, and what it let guests see.
func (r *Reader) Known(ctx context.Context, host string) (*feeds.Instance, feeds.Capabilities, feeds.Access) {
	i, err := r.store.Instance(ctx, host)
	if err != nil {
		i = nil
	}
	access := r.seen(ctx, host)
	if i != nil {
		access = i.Access.With(access)
	}
	return i, r.capabilities(ctx, host), access
}

// describedBefore reports that a server said what it is, or is being asked to, since the Reader was made; and notes that it is asked.
func (r *Reader) describedBefore(host string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	before := r.described[host]
	r.described[host] = true
	return before
}

// capabilities says which views a server can fill, without asking it.
func (r *Reader) capabilities(ctx context.Context, host string) feeds.Capabilities {
	s, err := r.resolver.Resolve(ctx, host)
	if err != nil {
		return feeds.Capabilities{}
	}
	return s.Capabilities()
}

// seen is what a server's answers showed a guest since the program began.
func (r *Reader) seen(ctx context.Context, host string) feeds.Access {
	s, err := r.resolver.Resolve(ctx, host)
	if err != nil {
		return feeds.Access{}
	}
	if o, ok := s.(feeds.Observer); ok {
		return o.Seen()
	}
	return feeds.Access{}
}

// trends asks for trending hashtags and links. What the server lacks is left out, links that can't be
// read, and those that the site doesn't open.
func (r *Reader) trends(ctx context.Context, host string) (*Trends, error) {
	ctx, cancel := context.WithTimeout(ctx, Patience)
	defer cancel()
	tags, err := r.trendingTags(ctx, host)
	if err != nil && feeds.KindOf(err) != feeds.Unsupported {
		return nil, timely(ctx, host, err)
	}
	t := &Trends{Tags: tags}
	if s, err := source[feeds.LinkTrends](ctx, r, host); err == nil && r.capabilities(ctx, host).TrendingLinks {
		if links, err := s.TrendingLinks(ctx); err == nil {
			t.Links = admitLinks(r.blocked, links)
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

// daysOfWeek is how many days of a hashtag's use are shown.
const daysOfWeek = 7

// TagWeek asks how much a hashtag was used in the last days, newest first. It asks nobody, and returns nothing, where the server isn't known to say it;
// a failure says nothing either.
func (r *Reader) TagWeek(ctx context.Context, host, tag string) []feeds.DayUse {
	s, err := r.resolver.Resolve(ctx, host)
	if err != nil || !s.Capabilities().TagHistory {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, Patience)
	defer cancel()
	asked, ok := s.(feeds.TagHistory)
	if !ok {
		return nil
	}
	days, err := asked.TagHistory(ctx, tag)
	if err != nil {
		return nil
	}
	return days[:min(len(days), daysOfWeek)]
}

// aboutFresh is how long a long description isn't asked for again.
const aboutFresh = time.Minute

// RenewAbout asks for a server's long description of itself and stores it, unless that was done just now. What has the server open shows it
// by Server.RereadAbout.
func (r *Reader) RenewAbout(ctx context.Context, host string) error {
	_, err := r.renewAbout(ctx, host)
	return err
}

// renewAbout is RenewAbout. It returns a value with the description, nil without an answer.
func (r *Reader) renewAbout(ctx context.Context, host string) (*feeds.Instance, error) {
	now := r.clock.Now()
	known, err := r.store.Instance(ctx, host)
	if err == nil && known != nil && !known.LongFetched.After(now) && now.Sub(known.LongFetched) < aboutFresh {
		return known, nil
	}
	doc, err := r.about(ctx, host)
	if err != nil {
		return nil, err
	}
	i := &feeds.Instance{Host: host, Long: doc, LongFetched: now}
	if known == nil { // nothing is stored, or what was has been cleared
		return i, nil
	}
	return i, r.store.SaveInstance(ctx, i)
}

// about asks for a server's long description of itself; it is empty where there is none. A server whose API has no
// place for it is Unsupported.
func (r *Reader) about(ctx context.Context, host string) (content.Doc, error) {
	ctx, cancel := context.WithTimeout(ctx, Patience)
	defer cancel()
	s, err := source[feeds.Describer](ctx, r, host)
	if err != nil {
		return content.Doc{}, err
	}
	return s.ExtendedDescription(ctx)
}
