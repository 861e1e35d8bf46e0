package feeds

import "slices"

// MergePost returns what is known of a post from two values of it: a whole one wins over a partial one, then the copy read at its
// origin, then the later edit, then the one fetched later. A time of writing that is told wins over a time of sight, and of two times of
// sight the earlier one. The sightings of both are united, the winner's first.
func MergePost(a, b *Post) *Post {
	if a == nil {
		return b
	}
	if b == nil || a == b {
		return a
	}
	win, other := a, b
	if better(b, a) {
		win, other = b, a
	}
	merged := *win
	if win.Undated && (!other.Undated || other.Published.Before(win.Published)) { // a date that was told once, else the first sight
		merged.Published, merged.Undated = other.Published, other.Undated
	}
	merged.Sightings = slices.Clone(win.Sightings)
	for _, s := range other.Sightings {
		i := slices.IndexFunc(merged.Sightings, func(m Sighting) bool { return m.Host == s.Host })
		switch {
		case i < 0:
			merged.Sightings = append(merged.Sightings, s)
		case s.At.After(merged.Sightings[i].At):
			merged.Sightings[i] = s
		}
	}
	return &merged
}

// WithoutSightings returns what is known of a post without the copy at host; nil when there is no other. Ids that meant
// something at that host alone go with it.
func WithoutSightings(p *Post, host string) *Post {
	rest := slices.DeleteFunc(slices.Clone(p.Sightings), func(s Sighting) bool { return s.Host == host })
	if len(rest) == 0 {
		return nil
	}
	without := *p
	without.Sightings = rest
	if first(p).Host != host {
		return &without
	}
	if p.ReplyTo != nil {
		to := *p.ReplyTo
		to.ID = rest[0].ParentID
		without.ReplyTo = &to
	}
	if p.Poll != nil {
		poll := *p.Poll
		poll.ID = ""
		without.Poll = &poll
	}
	if p.Quote != nil {
		quote := *p.Quote
		quote.ID = ""
		without.Quote = &quote
	}
	return &without
}

// better reports that p is to be preferred over q.
func better(p, q *Post) bool {
	ps, qs := first(p), first(q)
	if p.Partial != q.Partial {
		return !p.Partial
	}
	if ps.Origin != qs.Origin {
		return ps.Origin
	}
	if !p.Edited.Equal(q.Edited) {
		return p.Edited.After(q.Edited)
	}
	return ps.At.After(qs.At)
}

func first(p *Post) Sighting {
	if len(p.Sightings) == 0 {
		return Sighting{}
	}
	return p.Sightings[0]
}
