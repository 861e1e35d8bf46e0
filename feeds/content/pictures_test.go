package content_test

import (
	"reflect"
	"testing"

	"vitrine/feeds/content"
)

func TestPicturesAreTakenFromATextByWhoeverAsksForThem(t *testing.T) {
	t.Parallel()
	picture := func(name, alt string) content.Picture {
		return content.Picture{URL: "https://a.example/" + name, Alt: alt}
	}
	for _, c := range []struct {
		src, text string
		want      []content.Picture
	}{
		{"Before\n\n![A map  of the harbour](/map.png)\n\nAfter ![](/two.png) end", "Before\n\nAfter end", []content.Picture{picture("map.png", "A map of the harbour"), picture("two.png", "")}},
		{"![a](/1.png)![b](/2.png)![again](/1.png)", "", []content.Picture{picture("1.png", "a"), picture("2.png", "b")}},
		{"[![a](/1.png)](/1.png)", "", []content.Picture{picture("1.png", "a")}},
		{"[![a](/1.png)](https://b.example/)", "a", []content.Picture{picture("1.png", "a")}},
		{"a\n\n<img src=\"/1.png\" alt=\"b\">\n\nc", "a\n\nc", []content.Picture{picture("1.png", "b")}},
		{"::: spoiler Ending\n![a](/1.png)\n:::", "Ending\n  a", nil},
		{"![a](javascript:x)", "a", nil},
		{"- ![a](/1.png)\n- b", "• b", []content.Picture{picture("1.png", "a")}},
	} {
		var found []content.Picture
		d := content.ParseMarkdown(c.src, content.Options{BaseURL: "https://a.example/", Pictures: &found})
		if got := content.PlainText(d); got != c.text || !reflect.DeepEqual(found, c.want) {
			t.Errorf("%q: %q with %+v, want %q with %+v", c.src, got, found, c.text, c.want)
		}
	}
	var found []content.Picture
	content.ParseHTML(`<img src="/blank.gif" data-src="/1.png" alt="b">`, content.Options{BaseURL: "https://a.example/", Pictures: &found})
	if want := []content.Picture{picture("1.png", "b")}; !reflect.DeepEqual(found, want) {
		t.Errorf("one that a script is to load: %+v", found)
	}
	found = nil
	d := content.ParseHTML(`<p>a <img src="x.jpg" alt="b" width="300" height="200"> c<img class="emoji" src="e.png" alt=":e:"><img src="pixel.gif" width="1" height="1"></p>`,
		content.Options{BaseURL: "https://a.example/", Pictures: &found})
	want := []content.Picture{{URL: "https://a.example/x.jpg", Alt: "b", Width: 300, Height: 200}}
	if got := content.PlainText(d); got != "a c:e:" || !reflect.DeepEqual(found, want) {
		t.Errorf("%q with %+v", got, found)
	}
}
