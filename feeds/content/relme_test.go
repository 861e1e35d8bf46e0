package content

import (
	"slices"
	"testing"
)

func TestRelMeReadsLinksToTheSamePerson(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, page string
		want       []string
	}{
		{"a link", `<p><a rel="me" href="https://social.example/@town">us</a>`, []string{"https://social.example/@town"}},
		{"one in the head", `<link rel=me href=https://social.example/@town>`, []string{"https://social.example/@town"}},
		{"among other words", `<a href="/@town" rel="nofollow ME noopener">`, []string{"https://www.town.example/@town"}},
		{"not of somebody else", `<a rel="friend met" href="https://social.example/@other">`, nil},
		{"no script", `<a rel="me" href="javascript:alert(1)">`, nil},
		{"none in a comment", `<!-- <a rel="me" href="https://social.example/@town"> -->`, nil},
		{"none in a script's text", `<script>"<a rel=me href=https://social.example/@town>"</script>`, nil},
		{"none without an address", `<a rel="me">`, nil},
	} {
		if got := RelMe([]byte(c.page), "https://www.town.example/about"); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q", c.name, got)
		}
	}
}
