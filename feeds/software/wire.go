package software

import (
	"slices"

	"vitrine/feeds/apiclient"
)

// link leads from a discovery document to another. Source: RFC 7033, section 4.4.4.
type link struct {
	Rel  apiclient.Text `json:"rel"`
	Type apiclient.Text `json:"type"`
	Href apiclient.Text `json:"href"`
}

// links are what a discovery document leads to.
type links = apiclient.List[link]

func sortedKeys[T any](m map[string]T) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
