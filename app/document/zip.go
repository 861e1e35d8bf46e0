package document

import (
	"encoding/binary"
	"hash/crc32"
	"time"

	"vitrine/feeds"
)

// archive writes a ZIP file whose members are stored as they are: pictures get no smaller, and the text of posts is little beside them. The
// package of the standard library brings three times the code with it. Source: APPNOTE.TXT, https://pkware.cachefly.net/webdocs/APPNOTE/APPNOTE-6.3.9.TXT
type archive struct {
	to      *output
	date    uint16
	time    uint16
	members []member
}

type member struct {
	name     string
	sum, len uint32
	at       uint32
}

// The bounds of the form without ZIP64.
const (
	mostMembers = 1<<16 - 2
	mostBytes   = 1<<32 - 1<<20
)

func newArchive(to *output, at time.Time) *archive {
	at = at.UTC()
	year := min(max(at.Year(), 1980), 2107)
	return &archive{
		to: to, date: uint16((year-1980)<<9 | int(at.Month())<<5 | at.Day()), time: uint16(at.Hour()<<11 | at.Minute()<<5 | at.Second()/2),
	}
}

// add writes a member. Its name is ASCII.
func (a *archive) add(name string, data []byte) error {
	if len(a.members) >= mostMembers || a.to.bytes+int64(len(data)) > mostBytes {
		return &feeds.Error{Kind: feeds.TooLarge, Op: "write a ZIP file"}
	}
	m := member{name: name, sum: crc32.ChecksumIEEE(data), len: uint32(len(data)), at: uint32(a.to.bytes)}
	a.members = append(a.members, m)
	head := append(a.head(binary.LittleEndian.AppendUint32(nil, 0x04034b50), m), name...)
	if _, err := a.to.Write(head); err != nil {
		return err
	}
	_, err := a.to.Write(data)
	return err
}

// head appends what the two headers of a member have in common: version, flags, method, time, sum, sizes, lengths of name and extra field.
func (a *archive) head(to []byte, m member) []byte {
	for _, n := range [...]uint16{10, 0, 0, a.time, a.date} {
		to = binary.LittleEndian.AppendUint16(to, n)
	}
	for _, n := range [...]uint32{m.sum, m.len, m.len} {
		to = binary.LittleEndian.AppendUint32(to, n)
	}
	return binary.LittleEndian.AppendUint16(binary.LittleEndian.AppendUint16(to, uint16(len(m.name))), 0)
}

// close writes the directory of all members.
func (a *archive) close() error {
	at := a.to.bytes
	for _, m := range a.members {
		b := binary.LittleEndian.AppendUint16(binary.LittleEndian.AppendUint32(nil, 0x02014b50), 10)
		b = append(a.head(b, m), make([]byte, 10)...) // no comment, first disk, no attributes
		b = append(binary.LittleEndian.AppendUint32(b, m.at), m.name...)
		if _, err := a.to.Write(b); err != nil {
			return err
		}
	}
	b := append(binary.LittleEndian.AppendUint32(nil, 0x06054b50), make([]byte, 4)...)
	for range 2 {
		b = binary.LittleEndian.AppendUint16(b, uint16(len(a.members)))
	}
	b = binary.LittleEndian.AppendUint32(binary.LittleEndian.AppendUint32(b, uint32(a.to.bytes-at)), uint32(at))
	_, err := a.to.Write(append(b, 0, 0))
	return err
}
