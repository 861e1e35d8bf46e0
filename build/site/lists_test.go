package site

import (
	"bytes"
	"encoding/json"
	"regexp"
	"testing"

	"vitrine/build/config"
)

func TestTheProgramIsHandedTheStarterLists(t *testing.T) {
	about := func(o Options) []byte {
		t.Helper()
		files := render(t, o)
		named := regexp.MustCompile(`data-site="/([^"]+)"`).FindSubmatch(files["index.html"])
		if named == nil {
			t.Fatal("the page names no description of the site")
		}
		return files[string(named[1])]
	}
	o := options("/")
	if data := about(o); bytes.Contains(data, []byte(`"lists"`)) {
		t.Errorf("a site without lists: %s", data)
	}
	o.Config.Lists = []config.List{{Name: "Town halls", Text: "Who speaks", TextDe: "Wer spricht", Addresses: []string{"@town@social.example"}}, {Name: "Two", Addresses: []string{"a.example"}}}
	var got struct{ Lists json.RawMessage }
	if err := json.Unmarshal(about(o), &got); err != nil {
		t.Fatal(err)
	}
	const want = `[{"name":"Town halls","text":"Who speaks","textDe":"Wer spricht","addresses":["@town@social.example"]},{"name":"Two","addresses":["a.example"]}]`
	if string(got.Lists) != want {
		t.Errorf("%s", got.Lists)
	}
}
