package picture

import (
	"bytes"
	"encoding/binary"
	"image"
)

// orientation reads how a picture has to be turned: 1 to 8 as in Exif 2.32, section 4.6.4, tag 0x0112; 1 where nothing is said.
func orientation(kind string, data []byte) int {
	switch kind {
	case "image/jpeg":
		return jpegOrientation(data)
	case "image/png":
		return chunked(data, 8, binary.BigEndian, "eXIf", 4)
	case "image/webp":
		return chunked(data, 12, binary.LittleEndian, "EXIF", 0)
	}
	return 1
}

// jpegOrientation looks through the segments before the picture (ITU T.81, annex B) for one with Exif.
func jpegOrientation(data []byte) int {
	for at := 2; at+4 <= len(data) && data[at] == 0xff; {
		marker, size := data[at+1], int(binary.BigEndian.Uint16(data[at+2:]))
		if marker == 0xda || marker == 0xd9 || size < 2 || at+2+size > len(data) {
			return 1
		}
		if body, ok := bytes.CutPrefix(data[at+4:at+2+size], []byte("Exif\x00\x00")); ok && marker == 0xe1 {
			return tiffOrientation(body)
		}
		at += 2 + size
	}
	return 1
}

// chunked looks for a chunk in a PNG, which names it after its length, or a WebP, which names it before.
func chunked(data []byte, at int, order binary.ByteOrder, name string, after int) int {
	for at+8 <= len(data) {
		var size int
		var kind string
		if after > 0 {
			size, kind = int(order.Uint32(data[at:])), string(data[at+4:at+8])
		} else {
			kind, size = string(data[at:at+4]), int(order.Uint32(data[at+4:]))
		}
		if size < 0 || size > len(data)-at-8 {
			return 1
		}
		if kind == name {
			return tiffOrientation(bytes.TrimPrefix(data[at+8:at+8+size], []byte("Exif\x00\x00")))
		}
		at += 8 + size + after
		if after == 0 {
			at += size & 1
		}
	}
	return 1
}

// tiffOrientation reads the first directory of a TIFF (TIFF 6.0, section 2).
func tiffOrientation(data []byte) int {
	if len(data) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.LittleEndian
	if string(data[:2]) == "MM" {
		order = binary.BigEndian
	}
	at := int(order.Uint32(data[4:]))
	if at < 8 || at > len(data)-2 {
		return 1
	}
	entries := int(order.Uint16(data[at:]))
	for i := range entries {
		e := at + 2 + 12*i
		if e+12 > len(data) {
			return 1
		}
		if order.Uint16(data[e:]) == 0x0112 {
			if o := int(order.Uint16(data[e+8:])); o >= 1 && o <= 8 {
				return o
			}
			return 1
		}
	}
	return 1
}

// turned turns a picture the right way up.
func turned(m *image.RGBA, orientation int) *image.RGBA {
	if orientation < 2 || orientation > 8 {
		return m
	}
	b := m.Bounds()
	w, h := b.Dx(), b.Dy()
	size := image.Rect(0, 0, w, h)
	if orientation > 4 {
		size = image.Rect(0, 0, h, w)
	}
	out := image.NewRGBA(size)
	for y := range h {
		for x := range w {
			var tx, ty int
			switch orientation {
			case 2:
				tx, ty = w-1-x, y
			case 3:
				tx, ty = w-1-x, h-1-y
			case 4:
				tx, ty = x, h-1-y
			case 5:
				tx, ty = y, x
			case 6:
				tx, ty = h-1-y, x
			case 7:
				tx, ty = h-1-y, w-1-x
			case 8:
				tx, ty = y, w-1-x
			}
			out.SetRGBA(tx, ty, m.RGBAAt(b.Min.X+x, b.Min.Y+y))
		}
	}
	return out
}
