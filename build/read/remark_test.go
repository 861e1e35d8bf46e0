package read

import (
	"bytes"
	"strings"
	"testing"

	"vitrine/build/listing"
	"vitrine/feeds"
	"vitrine/feeds/address"
)

func TestReadSaysWhatTheServerSaysOfAnAccount(t *testing.T) {
	there := &feeds.Author{User: "ann", Domain: "far.example"}
	who := &feeds.Author{User: "ann", Domain: "a.example", Host: "a.example", Moved: there, Limited: true, Memorial: true, Counts: feeds.AuthorCounts{Posts: 500}}
	var out bytes.Buffer
	remark(&out, address.Address{}, &listing.Listing{Author: who})
	for _, want := range []string{"@ann@a.example has moved to @ann@far.example", "moderators of a.example have limited", "In memoriam", "a.example counts 500 posts and shows none to guests"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is missing: %s", want, out.String())
		}
	}
	out.Reset()
	remark(&out, address.Address{}, &listing.Listing{Author: who, Others: true})
	if said := out.String(); !strings.Contains(said, "has only replied to others or boosted") || strings.Contains(said, "shows none") {
		t.Errorf("of an account that only replies: %s", said)
	}
}
