package apiclient_test

import (
	"testing"

	"vitrine/feeds/apiclient"
)

func TestWarningsWithoutWordsCountOnWhatIsSensitive(t *testing.T) {
	for _, tt := range []struct {
		said      string
		sensitive bool
		words     string
		warned    bool
	}{
		{"", true, "", false},
		{"", false, "", false},
		{" the end ", true, "the end", false},
		{"  ", true, "", true},
		{"  ", false, "", false},
		{"\u200b", true, "", true},
		{"\u00a0\ufeff", true, "", true},
		{"👩\u200d🚀", true, "👩\u200d🚀", false},
	} {
		if words, warned := apiclient.Warning(tt.said, tt.sensitive); words != tt.words || warned != tt.warned {
			t.Errorf("%q, sensitive %v: %q, %v; want %q, %v", tt.said, tt.sensitive, words, warned, tt.words, tt.warned)
		}
	}
}
