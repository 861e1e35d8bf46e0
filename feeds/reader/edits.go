package reader

import (
	"context"

	"vitrine/feeds"
)

// Edits reads the versions of a post that was edited, as feeds.Edits does, at its own server where it was read there, else where it was. What the
// site doesn't open is Refused.
func (r *Reader) Edits(ctx context.Context, p *feeds.Post) ([]*feeds.Post, error) {
	ctx, cancel := context.WithTimeout(ctx, Patience)
	defer cancel()
	if r.blocked.Post(p) || len(p.Sightings) == 0 {
		return nil, &feeds.Error{Kind: feeds.Refused, Op: "edits"}
	}
	at := p.Sightings[0]
	for _, s := range p.Sightings {
		if s.Origin {
			at = s
			break
		}
	}
	s, err := source[feeds.Edits](ctx, r, at.Host)
	if err != nil {
		return nil, err
	}
	return s.Edits(ctx, at.ID)
}
