package apiclient

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strings"
)

// List is an array whose elements that can't be decoded are left out. PHP writes an array whose keys have holes as an object, whose
// values in the order of their keys are the elements; any other object alone is a list of one.
type List[T any] []T

// UnmarshalJSON never fails. An empty array is an empty list, and not nil.
func (l *List[T]) UnmarshalJSON(b []byte) error {
	l.fill(b)
	return nil
}

// fill decodes valid JSON, and returns how many elements there were, of which those that fit are in the list.
func (l *List[T]) fill(b []byte) (elements int) {
	b = bytes.TrimSpace(b)
	if len(b) == 0 {
		return 0
	}
	var raw [][]byte
	switch b[0] {
	case '{':
		raw = valuesOf(b)
	case '[':
		raw = elementsOf(b)
	default:
		return 0
	}
	*l = make(List[T], 0, len(raw))
	for _, r := range raw {
		var one T
		if !bytes.Equal(r, []byte("null")) && fits(r, &one) {
			*l = append(*l, one)
		}
	}
	return len(raw)
}

// decodeWhole is UnmarshalJSON for a whole answer, which has to be a list of what is expected.
func (l *List[T]) decodeWhole(b []byte) error {
	if err := isJSON(b); err != nil {
		return err
	}
	if !json.Valid(b) {
		return json.Unmarshal(b, &struct{}{}) // its error says where
	}
	if n := l.fill(b); n > 0 && len(*l) == 0 {
		return errors.New("a list of something else")
	}
	return nil
}

// DecodeList decodes what has to be a list; it is an error when none of its elements are of the kind that is expected.
func DecodeList[T any](body []byte, into *List[T]) error { return into.decodeWhole(trimmed(body)) }

// elementsOf are the elements of an array of valid JSON, as they are written.
func elementsOf(b []byte) [][]byte {
	var elements [][]byte
	depth, start, quoted := 0, 1, false
	for i := 0; i < len(b); i++ {
		switch c := b[i]; {
		case c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '[' || c == '{':
			depth++
		case c == ']' || c == '}':
			depth--
		}
		if quoted || depth > 1 || depth == 1 && b[i] != ',' {
			continue
		}
		if element := bytes.TrimSpace(b[start:i]); len(element) > 0 {
			elements = append(elements, element)
		}
		start = i + 1
	}
	return elements
}

// valuesOf are the elements that an object stands for: its values in the order of their keys where these are numerals, else itself.
func valuesOf(object []byte) [][]byte {
	var byKey map[string]json.RawMessage
	if json.Unmarshal(object, &byKey) != nil {
		return nil
	}
	keys := make([]string, 0, len(byKey))
	for k := range byKey {
		if !IsNumeral(k) {
			return [][]byte{object}
		}
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b string) int { // "2" before "10"
		if len(a) != len(b) {
			return len(a) - len(b)
		}
		return strings.Compare(a, b)
	})
	values := make([][]byte, 0, len(keys))
	for _, k := range keys {
		values = append(values, byKey[k])
	}
	return values
}

// fits decodes an element, and reports that it is of the kind that is expected, whatever its fields are.
func fits(b []byte, into any) bool {
	err := json.Unmarshal(b, into)
	var mismatch *json.UnmarshalTypeError
	if errors.As(err, &mismatch) {
		return mismatch.Field != ""
	}
	return err == nil
}

// Object is an object, or nothing where something else stands.
type Object[T any] struct{ Value *T }

// UnmarshalJSON never fails.
func (o *Object[T]) UnmarshalJSON(b []byte) error {
	if b = bytes.TrimSpace(b); len(b) == 0 || b[0] != '{' {
		return nil
	}
	v := new(T)
	if Decode(b, v) == nil {
		o.Value = v
	}
	return nil
}

// Decode fills into as far as body fits. A value of a wrong type is left out, since encoding/json goes on after it and reports it in
// the end; only what isn't JSON is an error.
func Decode(body []byte, into any) error {
	err := json.Unmarshal(body, into)
	var mismatch *json.UnmarshalTypeError
	if errors.As(err, &mismatch) {
		return nil
	}
	return err
}

// DecodeObject is Decode for a document that is an object. PHP writes an empty one as an empty list.
func DecodeObject(body []byte, into any) error { return decodeObject(trimmed(body), into) }

func decodeObject(body []byte, into any) error {
	if err := isJSON(body); err != nil {
		return err
	}
	if body[0] == '[' && len(bytes.TrimSpace(body[1:])) > 1 {
		return errors.New("a list where an object is expected")
	}
	return Decode(body, into)
}

// decodeAnswer decodes a whole answer into a List or a struct. An empty object is no list: it is what servers answer that know nothing
// of the question.
func decodeAnswer(body []byte, into any) error {
	l, ok := into.(interface{ decodeWhole([]byte) error })
	switch {
	case !ok:
		return decodeObject(body, into)
	case bytes.HasPrefix(body, []byte("{")) && len(bytes.TrimSpace(body[1:])) == 1:
		return ErrNoList
	}
	return l.decodeWhole(body)
}

// isJSON returns an error that says what an answer is, by how it begins, when it is no JSON.
func isJSON(body []byte) error {
	switch {
	case len(body) == 0:
		return errors.New("an empty answer")
	case body[0] == '<':
		return ErrWebPage
	case body[0] != '{' && body[0] != '[':
		return errors.New("neither an object nor a list")
	}
	return nil
}
