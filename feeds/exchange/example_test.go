package exchange_test

import (
	"fmt"

	"vitrine/feeds/exchange"
	"vitrine/feeds/fetch"
)

func ExampleRead() {
	result, err := exchange.Read([]byte(`Account address,Show boosts
ada@social.example,true
bob@far.example,false
nobody,true
`), fetch.Charsets{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, e := range result.Entries {
		fmt.Printf("%d %s %q\n", e.Line, e.Address, e.Boosts)
	}
	for _, u := range result.Unread {
		fmt.Println(u.Line, u.Text, u.Reason)
	}
	// Output:
	// 2 @ada@social.example ""
	// 3 @bob@far.example "hide"
	// 4 nobody noserver
}

func ExampleDecodeLink() {
	link, err := exchange.DecodeLink("#/following?add=@ada@social.example,%23lighthouses@social.example")
	fmt.Println(link.Addresses, err)
	// Output: [@ada@social.example #lighthouses@social.example] <nil>
}
