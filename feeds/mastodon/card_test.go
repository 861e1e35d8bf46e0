package mastodon

import (
	"testing"

	"vitrine/feeds/apiclient"
)

func TestACardNamesItsAuthors(t *testing.T) {
	someone := &account{Username: "eve", Acct: "eve@b.example", DisplayName: "Eve"}
	for name, c := range map[string]struct {
		old          string
		authors      apiclient.List[byline]
		want, handle string
	}{
		"none":                  {},
		"before 4.3":            {old: "Ada", want: "Ada"},
		"a name":                {"Ada", apiclient.List[byline]{{Name: "Ada L."}}, "Ada L.", ""},
		"in the fediverse":      {"", apiclient.List[byline]{{Name: "Eve N.", Account: someone}}, "Eve N.", "eve@b.example"},
		"without another name":  {"", apiclient.List[byline]{{Account: someone}}, "Eve", "eve@b.example"},
		"several":               {"Ada", apiclient.List[byline]{{Name: "Ada"}, {Name: "Eve", Account: someone}}, "Ada, Eve", ""},
		"one that says nothing": {"Ada", apiclient.List[byline]{{}}, "Ada", ""},
	} {
		got := offline().cardOf(&card{URL: "https://news.example/1", AuthorName: c.old, Authors: c.authors})
		if got.AuthorName != c.want || got.AuthorHandle != c.handle {
			t.Errorf("%s: %q, %q", name, got.AuthorName, got.AuthorHandle)
		}
	}
}
