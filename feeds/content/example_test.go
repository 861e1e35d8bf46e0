package content_test

import (
	"fmt"

	"vitrine/feeds/content"
)

func ExampleParseHTML() {
	doc := content.ParseHTML(`<p onclick="steal()">See <a href="/tide">the tide</a><script>steal()</script> &amp; <a href="javascript:steal()">this</a></p>`,
		content.Options{BaseURL: "https://social.example/"})
	fmt.Println(content.HTML(doc))
	fmt.Println(content.PlainText(doc))
	// Output:
	// <p>See <a href="https://social.example/tide" rel="nofollow noopener noreferrer">the tide</a> &amp; this</p>
	// See the tide & this
}

func ExampleSafeURL() {
	for _, raw := range []string{"/about", "javascript:alert(1)"} {
		address, ok := content.SafeURL(raw, "https://social.example/@ada")
		fmt.Printf("%q %v\n", address, ok)
	}
	// Output:
	// "https://social.example/about" true
	// "" false
}
