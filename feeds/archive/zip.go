package archive

import (
	"context"
	"encoding/binary"
	"errors"

	"vitrine/feeds"
)

// Signatures and sizes of the parts of a ZIP.
const (
	localHead      = 0x04034b50
	directoryHead  = 0x02014b50
	endHead        = 0x06054b50
	end64Head      = 0x06064b50
	end64PlaceHead = 0x07064b50

	localSize      = 30
	directorySize  = 46
	endSize        = 22
	end64Size      = 56
	end64PlaceSize = 20

	// mostComment is how long the comment at the end may be.
	mostComment = 1<<16 - 1
	// mostDirectory is how many bytes the directory may have.
	mostDirectory = 96 << 20

	stored   = 0
	deflated = 8

	encrypted  = 1 << 0
	describes  = 1 << 3 // sizes stand behind the data
	extra64    = 1      // the id of the field with the sizes of ZIP64
	unknown32  = 1<<32 - 1
	fieldFixed = 4
)

var (
	errCut    = errors.New("it ends early")
	errBroken = errors.New("its directory can't be read")
)

var le = binary.LittleEndian

// bytesAt reads some bytes of a blob.
func bytesAt(ctx context.Context, b Blob, from, n int64) ([]byte, error) {
	if from < 0 || n < 0 || from+n > b.Size() {
		return nil, errCut
	}
	p, err := b.Piece(ctx, from, n, false, n)
	if err != nil {
		return nil, err
	}
	data, err := p.Read(ctx)
	if err == nil && int64(len(data)) != n {
		err = errCut
	}
	return data, err
}

// readZIP reads the directory of a ZIP. One that ends early is read from its beginning, as far as that goes.
func (a *Archive) readZIP(ctx context.Context, b Blob) error {
	first, err := bytesAt(ctx, b, 0, min(b.Size(), 512))
	if err != nil {
		return err
	}
	switch {
	case isTar(first):
		return a.readTar(ctx, b, first)
	case len(first) < 4 || le.Uint32(first) != localHead && le.Uint32(first) != endHead:
		return &feeds.Error{Kind: feeds.NotFound, Op: "read archive", Err: errNoArchive}
	}
	d, err := findDirectory(ctx, b)
	if err == nil {
		err = a.readDirectory(ctx, b, d)
	}
	var known *feeds.Error
	if errors.As(err, &known) || ctx.Err() != nil {
		return err
	}
	if err != nil {
		clear(a.files)
		a.Cut = true
		return a.walk(ctx, b)
	}
	return nil
}

// directory is where the directory of a ZIP is.
type directory struct {
	from, size int64
	entries    uint64
	shift      int64 // of all offsets: something stands before the archive
}

// findDirectory reads the end of a ZIP.
func findDirectory(ctx context.Context, b Blob) (d directory, err error) {
	n := min(b.Size(), endSize+mostComment+end64PlaceSize)
	tail, err := bytesAt(ctx, b, b.Size()-n, n)
	if err != nil {
		return d, err
	}
	at := -1
	for i := len(tail) - endSize; i >= 0; i-- {
		if le.Uint32(tail[i:]) == endHead && i+endSize+int(le.Uint16(tail[i+20:])) <= len(tail) {
			at = i
			break
		}
	}
	if at < 0 {
		return d, errCut
	}
	end := tail[at:]
	place := b.Size() - n + int64(at)
	d = directory{entries: uint64(le.Uint16(end[10:])), size: int64(le.Uint32(end[12:])), from: int64(le.Uint32(end[16:]))}
	if at >= end64PlaceSize && le.Uint32(tail[at-end64PlaceSize:]) == end64PlaceHead {
		from := int64(le.Uint64(tail[at-end64PlaceSize+8:]))
		end64, err := bytesAt(ctx, b, from, end64Size)
		if err != nil || le.Uint32(end64) != end64Head {
			return d, errBroken
		}
		d = directory{entries: le.Uint64(end64[32:]), size: int64(le.Uint64(end64[40:])), from: int64(le.Uint64(end64[48:]))}
		place = from
	}
	switch {
	case d.size < 0 || d.from < 0 || d.size > b.Size() || d.from > b.Size():
		return d, errBroken
	case d.size > mostDirectory || d.entries > mostFiles:
		return d, &feeds.Error{Kind: feeds.TooLarge, Op: "read archive"}
	}
	if d.shift = place - d.size - d.from; d.shift < 0 {
		return d, errBroken
	}
	return d, nil
}

// readDirectory reads the entries of a directory.
func (a *Archive) readDirectory(ctx context.Context, b Blob, d directory) error {
	data, err := bytesAt(ctx, b, d.from+d.shift, d.size)
	if err != nil {
		return err
	}
	turn := feeds.Turn{}
	for len(data) > 0 {
		turn.Next()
		name, e, n, ok := readEntry(data)
		if !ok {
			return errBroken
		}
		data = data[n:]
		e.blob, e.offset = b, e.offset+d.shift
		a.add(name, e)
	}
	return nil
}

// add takes a file over that can be read. Of two with one name the first counts.
func (a *Archive) add(name string, e entry) {
	name, ok := cleanName(name)
	if _, known := a.files[name]; !ok || known || e.blob == nil || len(a.files) >= mostFiles {
		return
	}
	a.files[name] = e
}

// readEntry reads an entry of a directory, which is n bytes long. An entry that can't be unpacked has no name.
func readEntry(data []byte) (name string, e entry, n int, ok bool) {
	if len(data) < directorySize || le.Uint32(data) != directoryHead {
		return "", e, 0, false
	}
	names, extras, comments := int(le.Uint16(data[28:])), int(le.Uint16(data[30:])), int(le.Uint16(data[32:]))
	n = directorySize + names + extras + comments
	if len(data) < n {
		return "", e, 0, false
	}
	flags, method := le.Uint16(data[8:]), le.Uint16(data[10:])
	e = entry{packed: method == deflated, bytes: int64(le.Uint32(data[20:])), size: int64(le.Uint32(data[24:])), offset: int64(le.Uint32(data[42:]))}
	if !e.sizes64(data[directorySize+names:directorySize+names+extras], true) {
		return "", e, n, true
	}
	if flags&encrypted == 0 && (method == stored || method == deflated) && (method == deflated || e.bytes == e.size) {
		name = string(data[directorySize : directorySize+names])
	}
	return name, e, n, true
}

// sizes64 takes over the sizes of ZIP64, where the usual ones are too small for them; false where they don't make sense.
func (e *entry) sizes64(extra []byte, offset bool) bool {
	for len(extra) >= fieldFixed {
		id, n := le.Uint16(extra), int(le.Uint16(extra[2:]))
		if extra = extra[fieldFixed:]; n > len(extra) {
			break
		}
		field := extra[:n]
		extra = extra[n:]
		if id != extra64 {
			continue
		}
		wanted := []*int64{&e.size, &e.bytes}
		if offset {
			wanted = append(wanted, &e.offset)
		}
		for _, v := range wanted {
			if *v != unknown32 {
				continue
			}
			if len(field) < 8 {
				return false
			}
			*v, field = int64(le.Uint64(field)), field[8:]
		}
	}
	return e.size >= 0 && e.bytes >= 0 && e.offset >= 0
}

// begins is where the data of a file begins: behind its head, whose own size only it says.
func (e entry) begins(ctx context.Context) (int64, error) {
	head, err := bytesAt(ctx, e.blob, e.offset, localSize)
	if err != nil {
		return 0, err
	}
	if le.Uint32(head) != localHead {
		return 0, errBroken
	}
	return e.offset + localSize + int64(le.Uint16(head[26:])) + int64(le.Uint16(head[28:])), nil
}

// walk reads the heads of files one after the other, as far as they say how long their files are.
func (a *Archive) walk(ctx context.Context, b Blob) error {
	turn := feeds.Turn{}
	for at := int64(0); len(a.files) < mostFiles; {
		turn.Next()
		head, err := bytesAt(ctx, b, at, localSize)
		if err != nil || le.Uint32(head) != localHead {
			break
		}
		names, extras := int64(le.Uint16(head[26:])), int64(le.Uint16(head[28:]))
		more, err := bytesAt(ctx, b, at+localSize, names+extras)
		if err != nil {
			break
		}
		flags, method := le.Uint16(head[6:]), le.Uint16(head[8:])
		e := entry{blob: b, offset: at, packed: method == deflated, bytes: int64(le.Uint32(head[18:])), size: int64(le.Uint32(head[22:]))}
		next := at + localSize + names + extras
		if flags&describes != 0 || !e.sizes64(more[names:], false) || e.bytes > b.Size() || next+e.bytes > b.Size() {
			break
		}
		if flags&encrypted == 0 && (method == stored || method == deflated) && (method == deflated || e.bytes == e.size) {
			a.add(string(more[:names]), e)
		}
		at = next + e.bytes
	}
	return ctx.Err()
}
