//go:build !js

package fetch

import (
	"fmt"

	"golang.org/x/text/encoding/htmlindex"
)

// Charsets implements feeds.Charsets.
type Charsets struct{}

// Decode implements feeds.Charsets.
func (Charsets) Decode(label string, text []byte) (string, error) {
	e, err := htmlindex.Get(label)
	if err != nil {
		return "", err
	}
	if name, err := htmlindex.Name(e); err != nil || name == "replacement" {
		return "", fmt.Errorf("a charset that may not be decoded: %q", label)
	}
	decoded, err := e.NewDecoder().Bytes(text)
	return string(decoded), err
}
