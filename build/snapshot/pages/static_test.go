package pages

import (
	"reflect"
	"testing"

	"vitrine/app/markup"
)

// Icons are the same nodes in every feed, and feeds are drawn at the same time.
func TestPlacingFilesLeavesWhatIsSharedAsItWas(t *testing.T) {
	shared := func() markup.Node {
		return markup.El("p", nil, markup.El("a", markup.At("href", placeholderOrigin+"media/1.webp"), markup.El("img", markup.At("src", placeholderOrigin+"media/1.webp"))))
	}
	given := shared()
	placed := staticTree{prefix: "../"}.placeFiles(given)
	if !reflect.DeepEqual(given, shared()) {
		t.Errorf("what was given is now %v", given)
	}
	if a := placed.Children[0]; attr(a, "href") != "../media/1.webp" || attr(a.Children[0], "src") != "../media/1.webp" {
		t.Errorf("the files are not in their place: %v", placed)
	}
}
