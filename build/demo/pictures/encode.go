package pictures

import (
	"bytes"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
)

// JPEG encodes a scene.
func JPEG(m image.Image) ([]byte, error) {
	var out bytes.Buffer
	err := jpeg.Encode(&out, m, &jpeg.Options{Quality: 85})
	return out.Bytes(), err
}

// PNG encodes a portrait or a still emoji.
func PNG(m image.Image) ([]byte, error) {
	var out bytes.Buffer
	err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&out, m)
	return out.Bytes(), err
}

// GIF encodes a moving emoji.
func GIF(m *gif.GIF) ([]byte, error) {
	var out bytes.Buffer
	err := gif.EncodeAll(&out, m)
	return out.Bytes(), err
}
