package state

import (
	"slices"
	"testing"
)

func TestTheLanguagesThatASiteSpeaksAreRead(t *testing.T) {
	t.Parallel()
	site := ReadSite([]byte(`{"speaks":[{"tag":"ar","name":"العربية"},{"tag":"de","name":"Deutsch"}]}`))
	if !slices.Equal(site.Speaks, []SiteSpeech{{"ar", "العربية"}, {"de", "Deutsch"}}) {
		t.Errorf("%+v", site.Speaks)
	}
}

func TestASitesListsAreRead(t *testing.T) {
	t.Parallel()
	site := ReadSite([]byte(`{"title":"Town","lists":[{"name":"Town halls","text":"Who speaks","textDe":"Wer spricht","addresses":["@town@social.example","https://blog.example/feed.xml"]},{"name":"Two","addresses":["a.example"]}]}`))
	if len(site.Lists) != 2 || site.Title != "Town" {
		t.Fatalf("%+v", site)
	}
	l := site.Lists[0]
	if l.Name != "Town halls" || !slices.Equal(l.Addresses, []string{"@town@social.example", "https://blog.example/feed.xml"}) {
		t.Errorf("%+v", l)
	}
	for lang, want := range map[string]string{"en": "Who speaks", "de": "Wer spricht", "fr": "Who speaks"} {
		if got := l.TextIn(lang); got != want {
			t.Errorf("in %s: %q", lang, got)
		}
	}
	if got := site.Lists[1].TextIn("de"); got != "" {
		t.Errorf("of a list without a text: %q", got)
	}
	for _, data := range []string{"", "{", `{"lists":3}`, `{"lists":[{"addresses":[1]}]}`} {
		if site := ReadSite([]byte(data)); site.Title != "Vitrine" || len(site.Lists) > 0 {
			t.Errorf("%q: %+v", data, site)
		}
	}
}
