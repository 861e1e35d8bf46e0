package address_test

import (
	"fmt"

	"vitrine/feeds/address"
)

func ExampleParse() {
	for _, text := range []string{
		"@ada@social.example",
		"#Lighthouses@social.example",
		"!bikes@forum.example",
		"https://social.example/@ada/110123456789",
	} {
		a, err := address.Parse(text)
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(a.Kind, a.Host, a.User+a.Tag+a.ID)
	}
	// Output:
	// profile social.example ada
	// tag social.example Lighthouses
	// community forum.example bikes
	// post social.example 110123456789
}
