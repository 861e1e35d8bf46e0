package markup_test

import (
	"fmt"
	"os"

	"vitrine/app/markup"
)

// One tree is written as HTML for static pages, and as JSON for the first screens that the loader draws.
func ExampleHTML() {
	tree := markup.El("p", markup.At("class", "quiet"),
		markup.Text("Tide <3 & "),
		markup.El("a", markup.At("href", "https://social.example/@ada"), markup.Text("Ada")))
	if err := markup.HTML(os.Stdout, tree); err != nil {
		fmt.Println(err)
	}
	fmt.Println()
	data, err := markup.JSON(tree)
	fmt.Println(string(data), err)
	// Output:
	// <p class="quiet">Tide &lt;3 &amp; <a href="https://social.example/@ada">Ada</a></p>
	// ["p",{"class":"quiet"},"Tide <3 & ",["a",{"href":"https://social.example/@ada"},"Ada"]] <nil>
}
