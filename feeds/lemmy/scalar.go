package lemmy

import (
	"strings"

	"vitrine/feeds/wire"
)

// What is missing, null or of another type than it should be is taken as missing.
type (
	ident   = wire.Text // an id: a number, or a numeral in a string
	number  = wire.Number
	boolean = wire.Bool
)

const (
	no  = wire.No
	yes = wire.Yes
)

// isID reports that a text can be an id, which is a number in all three APIs.
func isID(s string) bool {
	return s != "" && len(s) <= 20 && !strings.ContainsFunc(s, func(r rune) bool { return r < '0' || r > '9' })
}
