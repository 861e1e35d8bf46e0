package jsontext

import (
	"fmt"
	"reflect"
	"time"
)

// Read reads a value into what a pointer points to, and reports whether it was of that type. Nothing is changed by null, but a pointer,
// slice or map, nor by a value of another type.
func (r *Reader) Read(into any) bool {
	switch v := into.(type) {
	case Value:
		return v.ReadJSON(r)
	case *string:
		return r.text(v)
	}
	v := reflect.ValueOf(into).Elem()
	return r.read(v, shapeOf(v.Type()))
}

func (r *Reader) text(v *string) bool {
	text, ok := r.Text()
	if !ok {
		return r.Mismatch()
	}
	*v = text
	return true
}

func (r *Reader) read(v reflect.Value, s *shape) bool {
	switch s.kind {
	case ofItself:
		return v.Addr().Interface().(Value).ReadJSON(r)
	case ofText:
		text, ok := r.Text()
		if !ok {
			return r.Mismatch()
		}
		v.SetString(text)
	case ofBool:
		if c := r.Peek(); c != 't' && c != 'f' {
			return r.Mismatch()
		}
		v.SetBool(r.Peek() == 't')
		r.Skip()
	case ofInt:
		n, ok := r.integer(v.Type().Bits())
		if !ok {
			return false
		}
		v.SetInt(n)
	case ofUint:
		n, ok := r.unsigned(v.Type().Bits())
		if !ok {
			return false
		}
		v.SetUint(n)
	case ofFloat:
		f, ok := r.float()
		if !ok {
			return false
		}
		v.SetFloat(f)
	case ofTime:
		return r.time(v.Addr().Interface().(*time.Time))
	case ofStruct:
		return r.object(v, s)
	case ofPointer:
		return r.pointer(v, s)
	case ofSlice:
		return r.slice(v, s)
	case ofMap:
		return r.mapping(v, s)
	case ofAny:
		if v.NumMethod() > 0 {
			return r.Mismatch()
		}
		if value := r.Any(); value != nil {
			v.Set(reflect.ValueOf(value))
		} else {
			v.SetZero()
		}
	default:
		panic(fmt.Sprintf("jsontext: nothing can be read into a %s", v.Type()))
	}
	return true
}

func (r *Reader) time(v *time.Time) bool {
	if r.Peek() != '"' {
		return r.Mismatch()
	}
	var t time.Time
	if raw := r.Raw(); r.err != nil || t.UnmarshalJSON(raw) != nil {
		r.mismatched = true
		return false
	}
	*v = t
	return true
}

// object reads the fields of a struct. Those that it doesn't have are passed over.
func (r *Reader) object(v reflect.Value, s *shape) bool {
	if r.Peek() != '{' {
		return r.Mismatch()
	}
	for more := r.Open('{'); more; more = r.Next('}') {
		i := find(s.fields, r.Name())
		if i < 0 {
			r.Skip()
			continue
		}
		f := &s.fields[i]
		r.read(f.in(v), shapeOf(f.typ))
	}
	return true
}

// pointer reads into what is pointed to, which is made where there is nothing.
func (r *Reader) pointer(v reflect.Value, s *shape) bool {
	if r.Null() {
		v.SetZero()
		return true
	}
	if v.IsNil() {
		v.Set(reflect.New(s.elem))
	}
	return r.read(v.Elem(), shapeOf(s.elem))
}

// slice reads an array. An element of another type is its zero value.
func (r *Reader) slice(v reflect.Value, s *shape) bool {
	if r.Null() {
		v.SetZero()
		return true
	}
	if r.Peek() != '[' {
		return r.Mismatch()
	}
	v.Set(reflect.MakeSlice(v.Type(), 0, 0))
	elem := shapeOf(s.elem)
	for more := r.Open('['); more; more = r.Next(']') {
		n := v.Len()
		v.Grow(1)
		v.SetLen(n + 1)
		r.read(v.Index(n), elem)
	}
	return true
}

// mapping reads an object into a map. A value of another type is its zero value.
func (r *Reader) mapping(v reflect.Value, s *shape) bool {
	if r.Null() {
		v.SetZero()
		return true
	}
	if r.Peek() != '{' {
		return r.Mismatch()
	}
	if v.IsNil() {
		v.Set(reflect.MakeMap(v.Type()))
	}
	elem := shapeOf(s.elem)
	for more := r.Open('{'); more; more = r.Next('}') {
		name := reflect.ValueOf(string(r.Name())).Convert(v.Type().Key())
		value := reflect.New(s.elem).Elem()
		r.read(value, elem)
		v.SetMapIndex(name, value)
	}
	return true
}
