package mirror

import "bytes"

// filmType recognises a film or sound by its first bytes; "" for all else. A server's Content-Type is not trusted, and a file
// on the site's own origin must not be a page or a script.
// Source: https://mimesniff.spec.whatwg.org/#matching-an-audio-or-video-type-pattern
func filmType(data []byte) (kind, ext string) {
	at := func(offset int, mark string) bool {
		return len(data) >= offset+len(mark) && string(data[offset:offset+len(mark)]) == mark
	}
	switch {
	case at(4, "ftypM4A"):
		return "audio/mp4", ".m4a"
	case at(4, "ftyp"):
		return "video/mp4", ".mp4"
	case at(0, "\x1a\x45\xdf\xa3"):
		return "video/webm", ".webm"
	case at(0, "OggS"):
		if bytes.Contains(data[:min(len(data), 200)], []byte("theora")) {
			return "video/ogg", ".ogv"
		}
		return "audio/ogg", ".ogg"
	case at(0, "ID3"), at(0, "\xff\xfb"), at(0, "\xff\xf3"), at(0, "\xff\xf2"):
		return "audio/mpeg", ".mp3"
	case at(0, "fLaC"):
		return "audio/flac", ".flac"
	case at(0, "RIFF") && at(8, "WAVE"):
		return "audio/wav", ".wav"
	}
	return "", ""
}

// isCaptions reports a WebVTT file (https://www.w3.org/TR/webvtt1/#file-structure).
func isCaptions(data []byte) bool {
	text := bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	rest, ok := bytes.CutPrefix(text, []byte("WEBVTT"))
	return ok && (len(rest) == 0 || bytes.ContainsRune([]byte(" \t\r\n"), rune(rest[0])))
}
