package apiclient

import (
	"bytes"
	"cmp"
	"errors"

	"strings"

	"vitrine/feeds"
	"vitrine/feeds/jsontext"
)

// List is an array whose elements that can't be decoded are left out. PHP writes an array whose keys have holes as an object, whose
// values in the order of their keys are the elements; any other object alone is a list of one.
type List[T any] []T

// ReadJSON takes whatever stands there. An empty array is an empty list, and not nil.
func (l *List[T]) ReadJSON(r *jsontext.Reader) bool {
	fill(l, r)
	return true
}

// A list is a List of whatever type. What it does stands once in the program, and not once for each type.
type list interface {
	clear()
	next() any // returns a pointer to a new element at the end
	drop()     // takes the last element off
	size() int
}

func (l *List[T]) clear()    { *l = List[T]{} }
func (l *List[T]) drop()     { *l = (*l)[:len(*l)-1] }
func (l *List[T]) size() int { return len(*l) }
func (l *List[T]) next() any {
	var one T
	*l = append(*l, one)
	return &(*l)[len(*l)-1]
}

// fill reads the list, and returns how many elements there were, of which those that fit are in it.
func fill(l list, r *jsontext.Reader) (elements int) {
	switch r.Peek() {
	case '[':
		l.clear()
		var turn feeds.Turn
		for more := r.Open('['); more; more = r.Next(']') {
			turn.Next()
			add(l, r)
			elements++
		}
	case '{':
		l.clear()
		for _, part := range elementsOf(r) {
			add(l, part)
			elements++
		}
	default:
		r.Skip()
	}
	return elements
}

// add reads an element, which is left out when it is null or of another kind than is expected.
func add(l list, r *jsontext.Reader) {
	if !r.Null() && !r.Read(l.next()) {
		l.drop()
	}
}

// decodeWhole is ReadJSON for a whole answer, which has to be a list of what is expected.
func decodeWhole(l list, b []byte) error {
	if err := isJSON(b); err != nil {
		return err
	}
	r := jsontext.NewReader(b)
	n := fill(l, r)
	if err := r.Close(); err != nil {
		return err
	}
	if n > 0 && l.size() == 0 {
		return errors.New("a list of something else")
	}
	return nil
}

// DecodeList decodes what has to be a list; it is an error when none of its elements are of the kind that is expected.
func DecodeList[T any](body []byte, into *List[T]) error { return decodeWhole(into, trimmed(body)) }

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
	SortStable(keys, func(a, b string) int { // "2" before "10"
		return cmp.Or(len(a)-len(b), strings.Compare(a, b))
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
	l, ok := into.(list)
	switch {
	case !ok:
		return decodeObject(body, into)
	case bytes.HasPrefix(body, []byte("{")) && len(bytes.TrimSpace(body[1:])) == 1:
		return ErrNoList
	}
	return decodeWhole(l, body)
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
