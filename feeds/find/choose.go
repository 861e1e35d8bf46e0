package find

import (
	"slices"

	"vitrine/feeds"
)

// Candidate is a server that may be asked, with what is known of it without asking.
type Candidate struct {
	Host      string
	Software  string             // "" when unknown
	Languages []string           // BCP 47; "mul" for many
	Read      int                // posts of it that the reader has read
	Followed  bool               // somebody there is followed
	Access    feeds.Access       // what it let guests see
	Can       feeds.Capabilities // what its software can
}

// closed reports a server that is known not to answer guests.
func (c *Candidate) closed(tag bool) bool {
	if tag {
		return !c.Can.Tags || c.Access.Tags().Closed()
	}
	return !c.Can.Search || c.Access.Search.Closed()
}

// Choose returns the hosts of at most n candidates that are likely to answer: those that the reader knows first, then those in their language,
// of several softwares, since each finds something else. tag: for a hashtag's posts.
func Choose(all []*Candidate, language string, tag bool, n int) []string {
	var hosts []string
	chosen, alike := map[string]int{}, 3
	if tag { // that a server runs the same software says little of the posts that it knows
		alike = 1
	}
	for len(hosts) < n {
		var best *Candidate
		most := 0
		for _, c := range all {
			if c.closed(tag) || slices.Contains(hosts, c.Host) {
				continue
			}
			score := 20 - alike*chosen[c.Software]
			switch {
			case slices.Contains(c.Languages, language):
				score += 4
			case slices.Contains(c.Languages, "mul"), len(c.Languages) == 0:
				score += 2
			}
			if c.Followed {
				score += 3
			}
			if c.Read > 0 {
				score += 2
			}
			if best == nil || score > most { // of equals the first: the list's order is its owner's
				best, most = c, score
			}
		}
		if best == nil {
			break
		}
		hosts = append(hosts, best.Host)
		chosen[best.Software]++
	}
	return hosts
}
