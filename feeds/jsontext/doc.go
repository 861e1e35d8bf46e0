// Package jsontext reads and writes JSON (RFC 8259) in one pass: what of encoding/json a program in a browser needs, without what
// that costs at each start.
//
//	type tag struct {
//		Name string `json:"name"`
//	}
//
//	var t tag
//	err := jsontext.Unmarshal(body, &t)
//
// Fields are named by json tags, with omitempty, omitzero, "-" and embedded structs. A type with a method ReadJSON or WriteJSON is read
// or written by that. Of a type nothing is kept but the names of its fields: encoding/json makes decoders and encoders of all types
// that can be reached from it when it meets the first.
//
// What is read is what encoding/json reads: null changes nothing but a pointer, slice or map, the last of two fields with one name wins,
// what isn't UTF-8 becomes U+FFFD, and a value of a wrong type is passed over and reported in the end. Three things differ: names are
// compared exactly, what stands before a syntax error has already been stored when it is found, and an error says only where it is.
package jsontext
