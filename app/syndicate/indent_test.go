package syndicate

import (
	"bytes"
	"encoding/json"
	"testing"

	"vitrine/feeds/jsontext"
)

func TestJSONIsIndentedAsEncodingJSONDoes(t *testing.T) {
	for _, v := range []any{
		map[string]any{}, []int{}, []int{1}, map[string]any{"a": []any{}, "b": map[string]any{"c": nil, "d": []any{1, "x", true}}},
		map[string]any{`q"\`: `a"b\\`, "[{,:": "]},: \" \\"},
	} {
		text, err := jsontext.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		var want bytes.Buffer
		if err := json.Indent(&want, text, "  ", "  "); err != nil {
			t.Fatal(err)
		}
		if got := indented(nil, text, "  "); string(got) != want.String() {
			t.Errorf("%s\nbecame\n%s\nand not\n%s", text, got, want.Bytes())
		}
	}
}
