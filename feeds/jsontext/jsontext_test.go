package jsontext

import (
	"bytes"
	"encoding/json"
	"errors"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"
)

// sample has a field of every kind.
type sample struct {
	Text  string             `json:"text"`
	Word  word               `json:"word,omitempty"`
	Flag  bool               `json:"flag,omitzero"`
	Int   int                `json:"int"`
	Long  int64              `json:"long"`
	Byte  uint8              `json:"byte"`
	Float float64            `json:"float"`
	Time  time.Time          `json:"time,omitzero"`
	Next  *sample            `json:"next,omitzero"`
	List  []sample           `json:"list,omitempty"`
	Names []string           `json:"names,omitzero"`
	Maybe *string            `json:"maybe"`
	Map   map[word][]word    `json:"map"`
	Any   any                `json:"any"`
	Sub   struct{ A, B int } `json:"sub,omitzero"`
	part
	Never int `json:"-"`
}

type part struct {
	Part string
	Text string `json:"text"` // sample's own is meant
}

type word string

// readings are texts that fuzzing starts with too.
var readings = []string{
	`{}`, ` { } `, `null`, `[]`, `3`, `"x"`, ``, `{`, `[`, `{"text"`, `{"text":`, `{"text":"a`, `{"text":"a"`, `{"text":"a",}`, `{"text":"a"}}`,
	`{"text":"a","text":"b"}`, `{"text":"a","text":null}`, `{"next":{"text":"a","int":1},"next":{"text":"b"}}`, `{"next":{},"next":null}`,
	`{"text":3,"word":"w"}`, `{"next":3}`, `{"next":[]}`, `{"list":{}}`, `{"list":[{"int":1},3,null,{"int":2}]}`, `{"list":null,"names":["a",3,null]}`,
	`{"maybe":null}`, `{"maybe":"x"}`, `{"maybe":1}`, `{"unknown":{"a":[1,2,{"b":"]}"}]},"text":"a"}`,
	`{"int":1.5}`, `{"int":1e2}`, `{"int":-0}`, `{"int":01}`, `{"int":9223372036854775808}`, `{"byte":256}`, `{"long":-9223372036854775808}`, `{"byte":255,"list":[{"byte":-1}]}`, `{"map":{"a":["b"],"c":null,"d":3},"any":[1,"a",null,{"b":true}],"Part":"p","sub":{"A":1}}`,
	`{"any":1e400}`, `{"any":[1e400]}`, `{"any":null,"map":null}`, `{"map":[]}`, `{"-":1,"Never":2,"hidden":3}`, `{"byte":-1}`, `{"float":1e400}`, `{"float":-1.5E-3}`,
	`{"float":1.}`, `{"float":.5}`, `{"float":-}`, `{"float":1e}`, `{"float":+1}`, `{"flag":true}`, `{"flag":"true"}`, `{"flag":tru}`,
	`{"time":"2026-11-29T10:00:00.5Z"}`, `{"time":"2026-11-29T10:00:00+01:00"}`, `{"time":"2026"}`, `{"time":3}`, `{"time":null}`,
	`{"text":"\"\\\/\b\f\n\r\t\u00e4\ud83d\ude00"}`, `{"text":"\ud83d"}`, `{"text":"\ud83dx"}`, `{"text":"\ud83d\u0041"}`, `{"text":"\ude00\ud83d"}`, `{"text":"\ud83d\ud83d\ude00"}`,
	`{"text":"\x"}`, `{"text":"\u12"}`, `{"text":"\u12g4"}`, "{\"text\":\"a\nb\"}", "{\"text\":\"a\xffb\xe2\x82\"}", "{\"te\\u0078t\":\"a\"}", "{\"te\xff\":1}",
	"{\"text\":\"\xed\xa0\x80\"}", "\xef\xbb\xbf{}", "{}\x00", "{\"text\":\x00}", "{\"text\":\"\u2028\"}",
}

// equalToStandard compares what is read with what encoding/json reads, but for names of other case.
func equalToStandard(t *testing.T, text string) {
	t.Helper()
	var ours, theirs sample
	err, stdErr := Unmarshal([]byte(text), &ours), json.Unmarshal([]byte(text), &theirs)
	var mismatch *json.UnmarshalTypeError
	var syntax *SyntaxError
	isTimeErr := stdErr != nil && !errors.As(stdErr, &mismatch) && json.Valid([]byte(text))
	switch {
	case errors.As(err, &syntax) == json.Valid([]byte(text)):
		t.Errorf("%q: %v, encoding/json says %v", text, err, stdErr)
	case isTimeErr: // encoding/json stops there
		if !errors.Is(err, ErrMismatch) {
			t.Errorf("%q: %v, encoding/json says %v", text, err, stdErr)
		}
	case (err == nil) != (stdErr == nil):
		t.Errorf("%q: %v, encoding/json says %v", text, err, stdErr)
	case syntax == nil && !reflect.DeepEqual(ours, theirs):
		t.Errorf("%q:\n%+v, encoding/json reads\n%+v", text, ours, theirs)
	}
	if (Valid([]byte(text)) == nil) != json.Valid([]byte(text)) {
		t.Errorf("%q: %v", text, Valid([]byte(text)))
	}
}

func TestReadingIsThatOfEncodingJSON(t *testing.T) {
	for _, text := range readings {
		equalToStandard(t, text)
	}
}

func FuzzReader(f *testing.F) {
	for _, text := range readings {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !isComparable(text) {
			return
		}
		equalToStandard(t, text)
		again, err := Marshal(written(func(w *Writer) { w.Raw(Raw(text)) }))
		if valid := json.Valid([]byte(text)); (err == nil) != valid || valid && string(again) != text {
			t.Errorf("%q is written as %q, %v", text, again, err)
		}
		stringIsWritten(t, text)
		var first sample
		if Unmarshal([]byte(text), &first) != nil {
			return
		}
		ours, err := Marshal(first)
		theirs, stdErr := json.Marshal(first)
		if (err == nil) != (stdErr == nil) {
			t.Errorf("%+v: %v, encoding/json says %v", first, err, stdErr)
		}
		var read, want sample
		if err == nil && (json.Unmarshal(ours, &read) != nil || json.Unmarshal(theirs, &want) != nil || !reflect.DeepEqual(read, want)) {
			t.Errorf("%s, encoding/json writes %s", ours, theirs)
		}
	})
}

// isComparable is false for a text in which encoding/json finds a field by a name of other case, or reads a list into what was read into
// it before.
func isComparable(text string) bool {
	lists := 0
	for d := json.NewDecoder(strings.NewReader(text)); ; {
		token, err := d.Token()
		if err != nil {
			return true
		}
		s, ok := token.(string)
		if !ok {
			continue
		}
		if s == "list" || s == "names" || s == "map" || s == "any" {
			if lists++; lists > 1 {
				return false
			}
		}
		for _, f := range fieldsOf(reflect.TypeFor[sample]()) {
			if name := f.name; s != name && strings.EqualFold(s, name) {
				return false
			}
		}
	}
}

// written makes a Writable of a function.
type written func(*Writer)

func (f written) WriteJSON(w *Writer) { f(w) }

// stringIsWritten checks that a string is read again as encoding/json writes and reads it.
func stringIsWritten(t *testing.T, s string) {
	t.Helper()
	var want, got string
	std, _ := json.Marshal(s)
	_ = json.Unmarshal(std, &want)
	text, err := Marshal(written(func(w *Writer) { w.String(s) }))
	if err != nil || json.Unmarshal(text, &got) != nil || got != want {
		t.Errorf("%q is written as %s, %v", s, text, err)
	}
}

func TestStringsAreWritten(t *testing.T) {
	for _, s := range []string{"", "a", "\"\\/<>&\b\f\n\r\t\x00\x1f\x7f", "ä😀\u2028", "a\xffb\xed\xa0\x80", "\xe2\x82", "\ufffd"} {
		stringIsWritten(t, s)
	}
}

func TestValuesAreWritten(t *testing.T) {
	at := time.Date(2026, 11, 29, 10, 0, 0, 5, time.UTC)
	text, err := Marshal(written(func(w *Writer) {
		w.Open('{')
		w.Name("a")
		w.Open('[')
		for _, f := range []float64{0, -0.25, 1e21, 1e-7, math.MaxFloat64} {
			w.Element()
			w.Float(f)
		}
		w.Close(']')
		w.Name("b")
		w.Open('{')
		w.Close('}')
		w.Name("c")
		w.Time(at)
		w.Name("d")
		w.Bool(true)
		w.Name("e")
		w.Int(-3)
		w.Name("f")
		w.Null()
		w.Name("g")
		w.Raw(Raw(`[ 1 ]`))
		w.Close('}')
	}))
	if want := `{"a":[0,-0.25,1e+21,1e-07,1.7976931348623157e+308],"b":{},"c":"2026-11-29T10:00:00.000000005Z","d":true,"e":-3,"f":null,"g":[ 1 ]}`; err != nil || string(text) != want {
		t.Errorf("%s, %v", text, err)
	}
	for name, f := range map[string]func(*Writer){
		"a year that JSON can't write": func(w *Writer) { w.Time(at.AddDate(9000, 0, 0)) },
		"infinity":                     func(w *Writer) { w.Float(math.Inf(1)) },
		"what isn't JSON":              func(w *Writer) { w.Raw(Raw("{")) },
		"a function":                   func(w *Writer) { w.Write(map[string]any{"a": func() {}}) },
	} {
		if text, err := Marshal(written(f)); err == nil {
			t.Errorf("%s is written as %s", name, text)
		}
	}
}

func TestIndentedTextIsThatOfEncodingJSON(t *testing.T) {
	for _, text := range []string{`{}`, `[]`, `3`, `"a"`, `{"a":[],"b":{},"c":[1,"x,y:{}[]\"\\"],"d":{"e":null}}`} {
		var want bytes.Buffer
		if err := json.Indent(&want, []byte(text), "", "  "); err != nil || string(Indent([]byte(text))) != want.String() {
			t.Errorf("%s: %s, want %s", text, Indent([]byte(text)), want.String())
		}
	}
}

func TestDepthIsLimitedAsInEncodingJSON(t *testing.T) {
	for _, depth := range []int{maxDepth - 1, maxDepth, maxDepth + 1, 1_000_000} {
		equalToStandard(t, `{"unknown":`+strings.Repeat("[", depth-1)+strings.Repeat("]", depth-1)+`}`)
		equalToStandard(t, strings.Repeat(`{"next":`, depth)+"{}"+strings.Repeat("}", depth))
		if err := Valid([]byte(strings.Repeat("[", depth))); err == nil {
			t.Error("what never ends is valid")
		}
	}
}

func TestSyntaxErrorSaysWhere(t *testing.T) {
	for text, want := range map[string]string{
		`{"a":`:    "an unexpected end at byte 5 of JSON",
		`{"a":1,}`: "an unexpected '}' at byte 7 of JSON",
		`[] 3`:     "more than one value at byte 3 of JSON",
	} {
		if err := Valid([]byte(text)); err == nil || err.Error() != want {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestPartKeepsDepthAndMismatches(t *testing.T) {
	r := NewReader([]byte(` [ {"text":3} , 4 ] `))
	r.Open('[')
	raw := r.Raw()
	var s sample
	part := r.Part(raw)
	part.Read(&s)
	r.Merge(part)
	if string(raw) != `{"text":3}` || !r.Mismatched() || part.Close() != nil || !r.Next(']') || string(r.Raw()) != "4" || r.Next(']') || r.Close() != nil {
		t.Errorf("%s %v %v", raw, r.Mismatched(), r.Close())
	}
}
