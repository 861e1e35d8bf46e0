package cache

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
)

// errType is the cause of a file that isn't of the type that its post says.
var errType = errors.New("the file is of another type")

// signatures are the first bytes of files, by type. "?" stands for any byte.
// Source: https://mimesniff.spec.whatwg.org/#matching-an-image-type-pattern and the sections after it
var signatures = [...]struct{ first, mime string }{
	{"\x89PNG\r\n\x1a\n", "image/png"},
	{"\xff\xd8\xff", "image/jpeg"},
	{"GIF8", "image/gif"},
	{"RIFF????WEBP", "image/webp"},
	{"\xff\x0a", "image/jxl"},
	{"\x00\x00\x00\x0cJXL ", "image/jxl"},
	{"BM", "image/bmp"},
	{"\x00\x00\x01\x00", "image/x-icon"},
	{"????ftypavi", "image/avif"},
	{"????ftypmif1", "image/avif"},
	{"????ftyphei", "image/heic"},
	{"????ftypM4A", "audio/mp4"},
	{"????ftyp", "video/mp4"},
	{"\x1aE\xdf\xa3", "video/webm"},
	{"OggS\x00", "audio/ogg"},
	{"ID3", "audio/mpeg"},
	{"fLaC", "audio/flac"},
	{"RIFF????WAVE", "audio/wav"},
	{"FORM????AIFF", "audio/aiff"},
	{"RIFF????AVI ", "video/x-msvideo"},
}

// captions are the type of what is said in films. They are kept with them.
const captions = "text/vtt"

// sniffed returns the type that a file's first bytes tell; "" where they don't.
func sniffed(head []byte) string {
	for _, s := range signatures {
		if len(head) >= len(s.first) && matches(head, s.first) {
			return s.mime
		}
	}
	if len(head) > 1 && head[0] == 0xff && head[1]&0xe6 == 0xe2 { // a frame of MPEG audio, layer III
		return "audio/mpeg"
	}
	text := strings.ToLower(string(bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")))
	switch {
	case strings.HasPrefix(text, "webvtt"):
		return captions
	case strings.HasPrefix(text, "<svg"), strings.HasPrefix(text, "<?xml") && strings.Contains(text, "<svg"), strings.HasPrefix(text, "<!--") && strings.Contains(text, "<svg"):
		return "image/svg+xml"
	case strings.HasPrefix(text, "<"), strings.HasPrefix(text, "{"):
		return "text/plain" // a page, a message
	}
	return ""
}

func matches(head []byte, first string) bool {
	for i := range len(first) {
		if first[i] != '?' && head[i] != first[i] {
			return false
		}
	}
	return true
}

// class is what a type is shown as.
func class(mime string) string {
	mime, _, _ = strings.Cut(mime, "/")
	return strings.ToLower(strings.TrimSpace(mime))
}

// fileType returns the type of a file that is wanted as one ("image/", "video/mp4", "" for any medium), that its server calls said, and that
// begins with head. What the bytes tell counts; films and sounds stand in the same containers.
func fileType(wanted, said string, head []byte, size int64) (string, error) {
	if size == 0 {
		return "", fmt.Errorf("%w: it is empty", errType)
	}
	said, _, _ = strings.Cut(strings.ToLower(said), ";")
	said = strings.TrimSpace(said)
	mime := sniffed(head)
	if mime == "" || (class(mime) != "image" && isMedium(said) && class(said) != "image" && class(mime) != "text") {
		mime = said
	}
	plays := func(c string) bool { return c == "video" || c == "audio" }
	is, want := class(mime), class(wanted)
	switch {
	case !isMedium(mime):
	case want == "", is == want, plays(is) && plays(want):
		return mime, nil
	}
	return "", fmt.Errorf("%w: %q for %q", errType, mime, wanted)
}

func isMedium(mime string) bool {
	switch class(mime) {
	case "image", "video", "audio":
		return true
	}
	return mime == captions
}
