package entity

import "testing"

func TestFind(t *testing.T) {
	const table = "Tab;=\t\x00amp=&\x00amp;=&\x00equals;==\x00nLt;=\u226a\u20d2\x00"
	for name, want := range map[string]string{
		"Tab;": "\t", "amp": "&", "amp;": "&", "equals;": "=", "nLt;": "\u226a\u20d2", "": "", "a": "", "am": "", "ampx": "", "zz": "", "=": "", "\x00": "", "Tab": "",
	} {
		if got := Find(table, name); got != want {
			t.Errorf("%q: %q, not %q", name, got, want)
		}
	}
	if got := Find("", "amp"); got != "" {
		t.Errorf("%q in nothing", got)
	}
}
