package feeds

import (
	"strings"
	"testing"
)

func TestALicenseIsNamedByItselfOrByItsAddress(t *testing.T) {
	for _, c := range []struct{ name, url, want string }{
		{"Attribution - Share Alike", "", "Attribution - Share Alike"},
		{" All rights\n reserved ", "https://a.example/terms", "All rights reserved"},
		{"", "https://creativecommons.org/licenses/by-nc-sa/4.0/deed.de", "CC BY-NC-SA 4.0"},
		{"", "http://www.creativecommons.org/licenses/by/2.0", "CC BY 2.0"},
		{"", "https://creativecommons.org/licenses/by", "CC BY"},
		{"", "https://creativecommons.org/publicdomain/zero/1.0/", "CC0 1.0"},
		{"", "https://creativecommons.org/about", ""},
		{"", "https://creativecommons.org.evil.example/licenses/by/4.0/", ""},
		{strings.Repeat("é", 300), "", strings.Repeat("é", 200) + "…"},
	} {
		l := LicenseOf(c.name, c.url)
		if l == nil || l.Name != c.want || l.URL != c.url {
			t.Errorf("%q at %q: %+v, want %q", c.name, c.url, l, c.want)
		}
	}
	if l := LicenseOf(" ", ""); l != nil {
		t.Errorf("nothing at all is %+v", l)
	}
}
