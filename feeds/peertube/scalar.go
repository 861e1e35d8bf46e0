package peertube

import (
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
