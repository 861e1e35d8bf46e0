package software

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strings"
)

// The types below take what servers write in place of what the specifications say: PHP's [] for an empty object, an object
// for an array of one, numbers for strings. Their UnmarshalJSON never fails: a value that makes no sense is a missing one.

// text is a string; or a number, as it is written.
type text string

func (t *text) UnmarshalJSON(b []byte) error {
	var s string
	if json.Unmarshal(b, &s) == nil {
		*t = text(s)
		return nil
	}
	var n json.Number
	if json.Unmarshal(b, &n) == nil {
		*t = text(n)
	}
	return nil
}

// link leads from a discovery document to another. Source: RFC 7033, section 4.4.4.
type link struct {
	Rel  text `json:"rel"`
	Type text `json:"type"`
	Href text `json:"href"`
}

// links is an array of them; or one alone; or an object whose values they are.
type links []link

func (l *links) UnmarshalJSON(b []byte) error {
	var many []loose[link]
	if json.Unmarshal(b, &many) == nil {
		for _, one := range many {
			*l = append(*l, one.value)
		}
		return nil
	}
	var one link
	if json.Unmarshal(b, &one) == nil && one.Href != "" {
		*l = links{one}
		return nil
	}
	var byKey map[string]loose[link]
	if json.Unmarshal(b, &byKey) == nil {
		for _, key := range sortedKeys(byKey) {
			*l = append(*l, byKey[key].value)
		}
	}
	return nil
}

// loose is an object, or the zero T where something else stands.
type loose[T any] struct{ value T }

func (o *loose[T]) UnmarshalJSON(b []byte) error {
	var v T
	if json.Unmarshal(b, &v) == nil {
		o.value = v
	}
	return nil
}

func sortedKeys[T any](m map[string]T) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// decodeObject decodes a whole answer. It is an error when that isn't a JSON object.
func decodeObject(body []byte, into any) error {
	body = bytes.TrimSpace(bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))) // PHP files saved with a byte order mark
	if len(body) == 0 {
		return errors.New("nothing")
	}
	if body[0] != '{' {
		return errors.New("not an object, it begins with " + strings.ToValidUTF8(string(body[:1]), "�"))
	}
	return json.Unmarshal(body, into)
}
