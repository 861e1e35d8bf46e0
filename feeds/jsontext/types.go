package jsontext

import (
	"cmp"
	"reflect"
	"strings"
	"sync"
	"time"
)

// kind is how values of a type are read and written.
type kind uint8

const (
	ofItself kind = iota // by its own ReadJSON
	ofText
	ofBool
	ofInt
	ofUint
	ofFloat
	ofTime
	ofStruct
	ofPointer
	ofSlice
	ofMap
	ofAny
	ofNothing // it has no JSON
)

// shape is what is known of a type.
type shape struct {
	kind     kind
	writable bool          // it has its own WriteJSON
	elem     reflect.Type  // of a pointer, slice or map
	fields   []structField // of a struct
}

// structField is a field of a struct, or of a struct that it embeds.
type structField struct {
	name string // in JSON
	path []int  // of fields, from the struct
	typ  reflect.Type
	omit omission
}

type omission uint8

const (
	never omission = iota
	whenEmpty
	whenZero
)

// shapes are those of all types that were met. They never change; that they are kept spares looking at a type again.
var shapes sync.Map // reflect.Type -> *shape

// shapeOf looks at a type, and at those in it when they are met.
func shapeOf(t reflect.Type) *shape {
	if known, ok := shapes.Load(t); ok {
		return known.(*shape)
	}
	s := &shape{kind: kindOf(t), writable: t.Implements(reflect.TypeFor[Writable]())}
	switch s.kind {
	case ofStruct:
		s.fields = fieldsOf(t)
	case ofPointer, ofSlice, ofMap:
		s.elem = t.Elem()
	}
	known, _ := shapes.LoadOrStore(t, s)
	return known.(*shape)
}

func kindOf(t reflect.Type) kind {
	switch {
	case t.Kind() != reflect.Pointer && reflect.PointerTo(t).Implements(reflect.TypeFor[Value]()):
		return ofItself
	case t == reflect.TypeFor[time.Time]():
		return ofTime
	}
	switch t.Kind() {
	case reflect.String:
		return ofText
	case reflect.Bool:
		return ofBool
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return ofInt
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return ofUint
	case reflect.Float64:
		return ofFloat
	case reflect.Struct:
		return ofStruct
	case reflect.Pointer:
		return ofPointer
	case reflect.Slice:
		return ofSlice
	case reflect.Map:
		if t.Key().Kind() == reflect.String {
			return ofMap
		}
	case reflect.Interface:
		return ofAny
	}
	return ofNothing
}

// fieldsOf are the fields of a struct as encoding/json has them: those of a struct that it embeds count where it has none of that name.
func fieldsOf(t reflect.Type) []structField {
	var fields, promoted []structField
	for i := range t.NumField() {
		f := t.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.Anonymous && name == "" && f.Type.Kind() == reflect.Struct {
			for _, p := range fieldsOf(f.Type) {
				p.path = append([]int{i}, p.path...)
				promoted = append(promoted, p)
			}
			continue
		}
		if name == "-" || !f.IsExported() {
			continue
		}
		omit := never
		switch options {
		case "omitempty":
			omit = whenEmpty
		case "omitzero":
			omit = whenZero
		}
		fields = append(fields, structField{name: cmp.Or(name, f.Name), path: []int{i}, typ: f.Type, omit: omit})
	}
	own := fields
	for _, p := range promoted {
		if find(own, p.name) < 0 {
			fields = append(fields, p)
		}
	}
	return fields
}

// find is the place of the field with a name; -1 for none.
func find[T string | []byte](fields []structField, name T) int {
	for i := range fields {
		if fields[i].name == string(name) {
			return i
		}
	}
	return -1
}

// in is the field of a struct.
func (f *structField) in(v reflect.Value) reflect.Value {
	for _, i := range f.path {
		v = v.Field(i)
	}
	return v
}
