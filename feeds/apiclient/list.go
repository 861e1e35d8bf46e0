package apiclient

import (
	"bytes"
	"errors"
	"slices"
	"strings"

	"vitrine/feeds/jsontext"
)

// List is an array whose elements that can't be decoded are left out. PHP writes an array whose keys have holes as an object, whose
// values in the order of their keys are the elements; any other object alone is a list of one.
type List[T any] []T

// ReadJSON takes whatever stands there. An empty array is an empty list, and not nil.
func (l *List[T]) ReadJSON(r *jsontext.Reader) bool {
	l.fill(r)
	return true
}

// fill reads the list, and returns how many elements there were, of which those that fit are in it.
func (l *List[T]) fill(r *jsontext.Reader) (elements int) {
	switch r.Peek() {
	case '[':
		*l = List[T]{}
		for more := r.Open('['); more; more = r.Next(']') {
			l.add(r)
			elements++
		}
	case '{':
		*l = List[T]{}
		for _, part := range elementsOf(r) {
			l.add(part)
			elements++
		}
	default:
		r.Skip()
	}
	return elements
}

// add reads an element, which is left out when it is null or of another kind than is expected.
func (l *List[T]) add(r *jsontext.Reader) {
	if r.Null() {
		return
	}
	var one T
	*l = append(*l, one)
	if last := len(*l) - 1; !r.Read(&(*l)[last]) {
		*l = (*l)[:last]
	}
}

// decodeWhole is ReadJSON for a whole answer, which has to be a list of what is expected.
func (l *List[T]) decodeWhole(b []byte) error {
	if err := isJSON(b); err != nil {
		return err
	}
	r := jsontext.NewReader(b)
	n := l.fill(r)
	if err := r.Close(); err != nil {
		return err
	}
	if n > 0 && len(*l) == 0 {
		return errors.New("a list of something else")
	}
	return nil
}

// DecodeList decodes what has to be a list; it is an error when none of its elements are of the kind that is expected.
func DecodeList[T any](body []byte, into *List[T]) error { return into.decodeWhole(trimmed(body)) }

// elementsOf reads the elements that an object stands for: its values in the order of their keys where these are numerals, else itself.
func elementsOf(r *jsontext.Reader) []*jsontext.Reader {
	object := r.Raw()
	byKey := map[string]*jsontext.Reader{}
	fields := r.Part(object)
	for more := len(object) > 0 && fields.Open('{'); more; more = fields.Next('}') {
		key := string(fields.Name())
		if !IsNumeral(key) {
			return []*jsontext.Reader{r.Part(object)}
		}
		byKey[key] = fields.Part(fields.Raw())
	}
	keys := make([]string, 0, len(byKey))
	for k := range byKey {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b string) int { // "2" before "10"
		if len(a) != len(b) {
			return len(a) - len(b)
		}
		return strings.Compare(a, b)
	})
	elements := make([]*jsontext.Reader, 0, len(keys))
	for _, k := range keys {
		elements = append(elements, byKey[k])
	}
	return elements
}

// Object is an object, or nothing where something else stands.
type Object[T any] struct{ Value *T }

// ReadJSON takes whatever stands there.
func (o *Object[T]) ReadJSON(r *jsontext.Reader) bool {
	if r.Peek() != '{' {
		r.Skip()
		return true
	}
	o.Value = new(T)
	return r.Read(o.Value)
}

// Decode fills into as far as body fits. A value of a wrong type is left out; only what isn't JSON is an
// error.
func Decode(body []byte, into any) error {
	if err := jsontext.Unmarshal(body, into); !errors.Is(err, jsontext.ErrMismatch) {
		return err
	}
	return nil
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
