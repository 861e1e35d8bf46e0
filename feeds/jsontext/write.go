package jsontext

import (
	"fmt"
	"reflect"
	"slices"
	"time"
)

// Marshal returns a value's JSON: without white space, maps in the order of their keys, and without escapes that only HTML needs. Its
// error is that of a time or number that JSON can't hold.
func Marshal(v any) ([]byte, error) {
	var w Writer
	w.Write(v)
	return w.buf, w.err
}

// Write writes a value.
func (w *Writer) Write(value any) {
	switch v := value.(type) {
	case nil:
		w.Null()
	case Writable:
		v.WriteJSON(w)
	default:
		r := reflect.ValueOf(value)
		w.write(r, shapeOf(r.Type()))
	}
}

func (w *Writer) write(v reflect.Value, s *shape) {
	if s.writable {
		v.Interface().(Writable).WriteJSON(w)
		return
	}
	switch s.kind {
	case ofText:
		w.String(v.String())
	case ofBool:
		w.Bool(v.Bool())
	case ofInt:
		w.Int(v.Int())
	case ofUint:
		w.Int(int64(v.Uint()))
	case ofFloat:
		w.Float(v.Float())
	case ofTime:
		w.Time(v.Interface().(time.Time))
	case ofStruct:
		w.object(v, s)
	case ofPointer, ofAny:
		if v.IsNil() {
			w.Null()
			return
		}
		w.write(v.Elem(), shapeOf(v.Elem().Type()))
	case ofSlice:
		w.slice(v, s)
	case ofMap:
		w.mapping(v, s)
	default:
		w.fail(fmt.Errorf("a %s in JSON", v.Type()))
	}
}

func (w *Writer) object(v reflect.Value, s *shape) {
	w.Open('{')
	for i := range s.fields {
		f := &s.fields[i]
		value, shape := f.in(v), shapeOf(f.typ)
		if f.omit.holds(value, shape) {
			continue
		}
		w.Name(f.name)
		w.write(value, shape)
	}
	w.Close('}')
}

// holds reports that a field with the value is left out.
func (o omission) holds(v reflect.Value, s *shape) bool {
	switch {
	case o == never:
		return false
	case o == whenEmpty && (s.kind == ofSlice || s.kind == ofMap):
		return v.Len() == 0
	case o == whenEmpty && s.kind == ofStruct:
		return false
	case s.kind == ofTime:
		return v.Interface().(time.Time).IsZero()
	}
	return v.IsZero()
}

func (w *Writer) slice(v reflect.Value, s *shape) {
	if v.IsNil() {
		w.Null()
		return
	}
	elem := shapeOf(s.elem)
	w.Open('[')
	for i := range v.Len() {
		w.Element()
		w.write(v.Index(i), elem)
	}
	w.Close(']')
}

func (w *Writer) mapping(v reflect.Value, s *shape) {
	if v.IsNil() {
		w.Null()
		return
	}
	var names []string
	for _, key := range v.MapKeys() {
		names = append(names, key.String())
	}
	slices.Sort(names)
	elem := shapeOf(s.elem)
	w.Open('{')
	key := reflect.New(v.Type().Key()).Elem()
	for _, name := range names {
		key.SetString(name)
		w.Name(name)
		w.write(v.MapIndex(key), elem)
	}
	w.Close('}')
}
