package archive

import (
	"bytes"
	"context"
	"strconv"
	"strings"

	"vitrine/feeds"
)

const (
	block = 512 // bytes: heads and files begin at multiples of it
	// mostTar is how many bytes a tar archive may have once it is unpacked, and mostHead how many a long name or what extends a head.
	mostTar, mostHead = 2 << 30, 64 << 10
)

// wholePiece is a Piece that can be read by pieces itself.
type wholePiece interface{ Blob() Blob }

// salvager is a Blob whose packed bytes can be read as far as they go where they end early: Part unpacks n of them to at most most bytes.
type salvager interface {
	Part(ctx context.Context, from, n, most int64) (Piece, error)
}

// readTar reads the heads of a tar archive, which may be packed by gzip: Mastodon's archives were until 2023. One that ends early is read as far as that goes.
// Sources: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html, https://www.rfc-editor.org/rfc/rfc1952
func (a *Archive) readTar(ctx context.Context, b Blob, first []byte) error {
	if n := gzipHead(first); n > 0 {
		length := b.Size() - n - 8 // a checksum and a size stand at the end
		p, err := b.Piece(ctx, n, length, true, mostTar)
		if s, ok := b.(salvager); ok && feeds.KindOf(err) == feeds.BadData && length > 0 {
			a.Cut = true
			p, err = s.Part(ctx, n, length, mostTar)
		}
		if err != nil {
			return err
		}
		w, ok := p.(wholePiece)
		if !ok {
			return &feeds.Error{Kind: feeds.Unsupported, Op: "read archive"}
		}
		b = w.Blob()
	}
	turn := feeds.Turn{}
	name := ""       // of the next file, where it is too long for its head
	size := int64(0) // of the next file, where an extension says it
	for at := int64(0); len(a.files) < mostFiles; {
		turn.Next()
		head, err := bytesAt(ctx, b, at, block)
		if err != nil {
			a.Cut = true
			return ctx.Err()
		}
		if head[0] == 0 {
			return nil // the end
		}
		n, ok := tarNumber(head[124:136])
		if !ok || !tarSum(head) {
			a.Cut = true
			return nil
		}
		if size > 0 {
			n, size = size, 0
		}
		data := at + block
		if at = data + (n+block-1)/block*block; data+n > b.Size() || at < data {
			a.Cut = true
			return nil
		}
		switch kind := head[156]; kind {
		case 'L', 'x': // GNU's long names, and what extends the next head
			if n > mostHead {
				return errBroken
			}
			text, err := bytesAt(ctx, b, data, n)
			if err != nil {
				return err
			}
			if kind == 'L' {
				name = tarText(text)
			} else {
				name, size = extended(text)
			}
			continue
		case '0', 0:
			if name == "" {
				name = tarText(head[:100])
				if prefix := tarText(head[345:500]); prefix != "" && string(head[257:262]) == "ustar" {
					name = prefix + "/" + name
				}
			}
			a.add(name, entry{blob: b, offset: -1, from: data, bytes: n, size: n})
		}
		name = ""
	}
	return nil
}

// gzipHead is how long the head of a gzip file is; 0 for what is none.
func gzipHead(data []byte) int64 {
	if len(data) < 10 || data[0] != 0x1f || data[1] != 0x8b || data[2] != 8 {
		return 0
	}
	flags, n := data[3], 10
	if flags&4 != 0 && n+2 <= len(data) {
		n += 2 + int(le.Uint16(data[n:]))
	}
	for _, named := range []byte{8, 16} { // the file's name, and a comment
		if flags&named != 0 && n < len(data) {
			end := bytes.IndexByte(data[n:], 0)
			if end < 0 {
				return 0
			}
			n += end + 1
		}
	}
	if flags&2 != 0 {
		n += 2
	}
	return int64(n)
}

// tarText is a text up to its end.
func tarText(field []byte) string {
	text, _, _ := strings.Cut(string(field), "\x00")
	return text
}

// tarNumber reads a number in octal digits or, where it is too large for these, in base 256.
func tarNumber(field []byte) (int64, bool) {
	if field[0]&0x80 == 0 {
		n, err := strconv.ParseInt(strings.Trim(tarText(field), " "), 8, 64)
		return n, err == nil && n >= 0
	}
	n := int64(0)
	for _, c := range field[len(field)-8:] {
		n = n<<8 | int64(c)
	}
	return n, n >= 0
}

// tarSum reports that the checksum of a head is right.
func tarSum(head []byte) bool {
	sum := int64(8 * ' ')
	for i, c := range head {
		if i < 148 || i >= 156 {
			sum += int64(c)
		}
	}
	said, ok := tarNumber(head[148:156])
	return ok && said == sum
}

// extended reads the name and the size of the next file from lines of "length key=value"; "" and 0 where they aren't said.
func extended(text []byte) (name string, size int64) {
	for rest := string(text); ; {
		length, _, ok := strings.Cut(rest, " ")
		n, err := strconv.Atoi(length)
		if !ok || err != nil || n <= len(length)+1 || n > len(rest) {
			return name, size
		}
		switch key, value, _ := strings.Cut(strings.TrimSuffix(rest[len(length)+1:n], "\n"), "="); key {
		case "path":
			name = value
		case "size":
			size, _ = strconv.ParseInt(value, 10, 64)
			size = max(size, 0)
		}
		rest = rest[n:]
	}
}
