package exchange

import (
	"strings"
	"unicode/utf8"
)

// A link's code is its name and addresses in parts. "~" begins what isn't written as it is: nextPart, wholePart, the characters of
// shortcut, and for any other byte its two hexadecimal digits. A part is an account, "user@host", or "user" alone for the host of the
// account before; after wholePart it is an address of any other kind.
const (
	nextPart       = "~."
	wholePart      = "~~"
	hexadecimal    = "0123456789abcdef"
	checksumLength = 8
)

// shortcut returns the character that is written after "~" for a frequent one, and the other way round.
func shortcut(c byte) (byte, bool) {
	switch c {
	case '@':
		return '-', true
	case '/':
		return '_', true
	case '-':
		return '@', true
	case '_':
		return '/', true
	}
	return 0, false
}

// isUnreserved reports what is escaped nowhere in an address, without "~". Source: RFC 3986, section 2.3.
func isUnreserved(c byte) bool {
	return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '.' || c == '_'
}

func appendCode(code []byte, text string) []byte {
	for i := range len(text) {
		c := text[i]
		if isUnreserved(c) {
			code = append(code, c)
			continue
		}
		if s, ok := shortcut(c); ok {
			code = append(code, '~', s)
			continue
		}
		code = append(code, '~', hexadecimal[c>>4], hexadecimal[c&15])
	}
	return code
}

// decodeParts reads the parts of a code; ok is false for what appendCode doesn't write.
func decodeParts(code string) (name string, addresses []string, ok bool) {
	host := ""
	for i, part := range splitParts(code) {
		part, whole := strings.CutPrefix(part, wholePart)
		text, ok := decodePart(part)
		switch {
		case !ok:
			return "", nil, false
		case i == 0:
			name = oneLine(text, maxList)
			continue
		case whole:
			addresses = append(addresses, text)
			continue
		}
		user, at, named := strings.Cut(text, "@")
		if named {
			host = at
		}
		addresses = append(addresses, "@"+user+"@"+host)
	}
	return name, addresses, true
}

// splitParts cuts a code at nextPart. That can't begin in the middle of another sequence but "~~", which only begins a part.
func splitParts(code string) []string {
	var parts []string
	start := 0
	for i := 0; i+1 < len(code); i++ {
		switch {
		case code[i] != '~':
		case code[i+1] == '.':
			parts = append(parts, code[start:i])
			i++
			start = i + 1
		default:
			i++
		}
	}
	return append(parts, code[start:])
}

func decodePart(code string) (string, bool) {
	var text []byte
	for i := 0; i < len(code); i++ {
		c := code[i]
		if c != '~' {
			if !isUnreserved(c) {
				return "", false
			}
			text = append(text, c)
			continue
		}
		if i+1 == len(code) {
			return "", false
		}
		if s, ok := shortcut(code[i+1]); ok && isUnreserved(code[i+1]) {
			text = append(text, s)
			i++
			continue
		}
		if i+2 >= len(code) {
			return "", false
		}
		high, low := strings.IndexByte(hexadecimal, code[i+1]), strings.IndexByte(hexadecimal, code[i+2])
		if high < 0 || low < 0 {
			return "", false
		}
		text = append(text, byte(high<<4|low))
		i += 2
	}
	return string(text), utf8.Valid(text)
}

// checksum is FNV-1a of 32 bits in hexadecimal digits. It finds accidents; it is no protection. Source: RFC 9923.
func checksum(code []byte) string {
	sum := uint32(2166136261)
	for _, c := range code {
		sum = (sum ^ uint32(c)) * 16777619
	}
	var digits [checksumLength]byte
	for i := range digits {
		digits[i] = hexadecimal[sum>>(28-4*i)&15]
	}
	return string(digits[:])
}
