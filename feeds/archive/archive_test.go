package archive

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/activitypub"
	"vitrine/feeds/content"
)

var now = time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)

// blob is a file in memory; what lies beyond its parts is empty.
type blob struct {
	name  string
	size  int64
	parts map[int64][]byte // by where they begin
	asked int64            // bytes that were read
	most  int64            // of one piece
}

func whole(name string, data []byte) *blob {
	return &blob{name: name, size: int64(len(data)), parts: map[int64][]byte{0: data}}
}

func (b *blob) Name() string { return b.name }
func (b *blob) Size() int64  { return b.size }

func (b *blob) Piece(ctx context.Context, from, n int64, packed bool, most int64) (Piece, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if from < 0 || n < 0 || from+n > b.size {
		return nil, &feeds.Error{Kind: feeds.BadData, Err: io.ErrUnexpectedEOF}
	}
	b.asked += n
	b.most = max(b.most, n)
	data := make([]byte, n)
	for at, part := range b.parts {
		if at < from+n && at+int64(len(part)) > from {
			copy(data[max(at-from, 0):], part[max(from-at, 0):])
		}
	}
	if !packed {
		if n > most {
			return nil, &feeds.Error{Kind: feeds.TooLarge}
		}
		return piece(data), nil
	}
	out, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(data)), most+1))
	switch {
	case err != nil:
		return nil, &feeds.Error{Kind: feeds.BadData, Err: err}
	case int64(len(out)) > most:
		return nil, &feeds.Error{Kind: feeds.TooLarge}
	}
	return piece(out), nil
}

// Part implements salvager.
func (b *blob) Part(ctx context.Context, from, n, most int64) (Piece, error) {
	p, err := b.Piece(ctx, from, n, false, n)
	if err != nil {
		return nil, err
	}
	out, _ := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(p.(piece))), most))
	return piece(out), nil
}

type piece []byte

func (p piece) Size() int64                          { return int64(len(p)) }
func (p piece) Head() []byte                         { return p[:min(len(p), feeds.FileHead)] }
func (p piece) Blob() Blob                           { return whole("", p) }
func (p piece) Read(context.Context) ([]byte, error) { return p, nil }

const (
	actorJSON = `{"@context":"https://www.w3.org/ns/activitystreams","id":"https://social.example/users/ada","type":"Person","preferredUsername":"ada","name":"Ada","url":"https://social.example/@ada","icon":{"type":"Image","mediaType":"image/png","url":"avatar.png"},"outbox":"outbox.json","likes":"likes.json"}`
	note      = `{"id":"https://social.example/users/ada/statuses/%d/activity","type":"Create","actor":"https://social.example/users/ada","published":"2024-05-0%[1]dT10:00:00Z","to":["https://www.w3.org/ns/activitystreams#Public"],"object":{"id":"https://social.example/users/ada/statuses/%[1]d","type":"Note","published":"2024-05-0%[1]dT10:00:00Z","url":"https://social.example/@ada/%[1]d","attributedTo":"https://social.example/users/ada","to":["%[2]s"],"content":"<p>Post %[1]d<script>alert(1)</script></p>","attachment":[{"type":"Document","mediaType":"image/png","url":"%[3]s","name":"A ferry"}]}}`
	public    = "https://www.w3.org/ns/activitystreams#Public"
)

func outboxJSON() string {
	return `{"type":"OrderedCollection","totalItems":6,"orderedItems":[` + strings.Join([]string{
		fmt.Sprintf(note, 1, public, "/media_attachments/files/1/a.png"), fmt.Sprintf(note, 2, public, "../../etc/passwd"),
		fmt.Sprintf(note, 3, "https://social.example/users/ada/followers", "/x.png"),
		`{"id":"https://social.example/users/ada/statuses/9/activity","type":"Announce","actor":"https://social.example/users/ada","object":"https://other.example/users/bob/statuses/5"}`,
		`{"type":"Create","object":{"id":"https://evil.example/1","type":"Note","attributedTo":"https://evil.example/u","to":"as:Public","content":"x"}}`,
		`{"type":"Follow"}`, `7`,
	}, ",") + `]}`
}

// zipped makes a ZIP as programs write it.
func zipped(t testing.TB, files map[string]string, method uint16) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range []string{"actor.json", "outbox.json", "likes.json", "bookmarks.json", "avatar.png", "media_attachments/files/1/a.png", "../evil", "/abs", "a\\..\\b", "dir/", "C:\\x"} {
		text, ok := files[name]
		if !ok {
			continue
		}
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: method})
		if err == nil {
			_, err = io.WriteString(w, text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func files() map[string]string {
	return map[string]string{
		"actor.json": actorJSON, "outbox.json": outboxJSON(), "avatar.png": "\x89PNG\r\n\x1a\nface", "media_attachments/files/1/a.png": "\x89PNG\r\n\x1a\nferry",
		"likes.json":     `{"type":"OrderedCollection","orderedItems":["https://a.example/users/x/statuses/1","https://a.example/users/x/statuses/1","javascript:alert(1)",7,{"id":"https://b.example/2"}]}`,
		"bookmarks.json": `["https://a.example/@x/3"]`,
		"../evil":        "x", "/abs": "x", "a\\..\\b": "x", "dir/": "", "C:\\x": "x",
	}
}

func checkArchive(t *testing.T, a *Archive) {
	t.Helper()
	ctx := t.Context()
	o, err := a.Outbox(ctx, now)
	if err != nil {
		t.Fatal(err)
	}
	if o.Author.Handle() != "ada@social.example" || o.Author.Avatar != "https://social.example/avatar.png?archived" || o.Files[o.Author.Avatar] != "avatar.png" {
		t.Errorf("%+v, %v", o.Author, o.Files)
	}
	var kinds []string
	var first activitypub.Archived
	for i := range o.Len() {
		item, err := o.Item(i)
		switch {
		case err != nil:
			kinds = append(kinds, string(feeds.KindOf(err)))
		case item.Boosted != "":
			kinds = append(kinds, item.Boosted)
		default:
			if i == 0 {
				first = item
			}
			kinds = append(kinds, content.PlainText(item.Post.Body))
		}
	}
	if got := strings.Join(kinds, ", "); got != "Post 1, Post 2, NeedsLogin, https://other.example/users/bob/statuses/5, BadData, NotFound, BadData" {
		t.Error(got)
	}
	p := first.Post
	url := "https://social.example/media_attachments/files/1/a.png?archived"
	if p == nil || p.Author != o.Author || p.Sightings[0].ID != "1" || p.Sightings[0].Host != "social.example" || len(p.Media) != 1 || p.Media[0].URL != url || p.Media[0].Alt != "A ferry" || first.Files[url] != "media_attachments/files/1/a.png" {
		t.Fatalf("%+v, %v", p, first.Files)
	}
	f, err := a.File(ctx, first.Files[url], 100)
	if err != nil || f.Size() != 13 || !strings.HasPrefix(string(f.Head()), "\x89PNG") {
		t.Errorf("%v, %v", f, err)
	}
	if _, err := a.File(ctx, first.Files[url], 5); feeds.KindOf(err) != feeds.TooLarge {
		t.Error(err)
	}
	links, unread, err := a.Links(ctx, "likes.json")
	if err != nil || unread != 2 || strings.Join(links, " ") != "https://a.example/users/x/statuses/1 https://b.example/2" {
		t.Errorf("%v, %d, %v", links, unread, err)
	}
	if links, _, err = a.Links(ctx, "bookmarks.json"); err != nil || len(links) != 1 {
		t.Errorf("%v, %v", links, err)
	}
	for _, name := range []string{"../evil", "evil", "/abs", "abs", "b", "x", "../../etc/passwd", "etc/passwd"} {
		if a.Has(name) {
			t.Errorf("%s is in the archive", name)
		}
	}
}

func TestAnArchiveIsReadFromAZIPAndFromItsFolder(t *testing.T) {
	for _, method := range []uint16{zip.Store, zip.Deflate} {
		data := zipped(t, files(), method)
		for name, data := range map[string][]byte{"plain": data, "behind something": append(make([]byte, 0), data...), "with a comment": withComment(data)} {
			t.Run(fmt.Sprint(name, method), func(t *testing.T) {
				a, err := Open(t.Context(), []Blob{whole("archive.zip", data)})
				if err != nil || a.Cut {
					t.Fatal(err)
				}
				checkArchive(t, a)
			})
		}
	}
	var folder []Blob
	for name, text := range files() {
		if name == "/abs" {
			continue // in a folder it is one of its files
		}
		folder = append(folder, whole("archive-2026/"+name, []byte(text)))
	}
	a, err := Open(t.Context(), folder)
	if err != nil {
		t.Fatal(err)
	}
	checkArchive(t, a)
}

func withComment(data []byte) []byte {
	c := append([]byte{}, data...)
	binary.LittleEndian.PutUint16(c[len(c)-2:], 7)
	return append(c, "comment"...)
}

func TestAnArchiveThatIsCutOffSaysWhatCanBeRead(t *testing.T) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range []string{"actor.json", "outbox.json", "media_attachments/files/1/a.png"} {
		text := files()[name]
		w, err := z.CreateRaw(&zip.FileHeader{Name: name, Method: zip.Store, CompressedSize64: uint64(len(text)), UncompressedSize64: uint64(len(text))})
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.WriteString(w, text)
	}
	_ = z.Close()
	data := b.Bytes()
	at := bytes.Index(data, []byte("PNG\r\n\x1a\nferry"))
	a, err := Open(t.Context(), []Blob{whole("archive.zip", data[:at])})
	if err != nil || !a.Cut || a.Files() != 2 {
		t.Fatalf("%+v, %v", a, err)
	}
	o, err := a.Outbox(t.Context(), now)
	if err != nil || o.Len() != 7 {
		t.Errorf("%+v, %v", o, err)
	}
	for n := range len(data) { // nothing of it is a panic
		_, _ = Open(t.Context(), []Blob{whole("archive.zip", data[:n])})
	}
}

// huge is a ZIP64 whose files stand beyond 4 GB, of which only the written parts are in memory.
func huge(t *testing.T) *blob {
	t.Helper()
	const far = 5 << 30
	b := &blob{name: "huge.zip", parts: map[int64][]byte{0: make([]byte, 4)}}
	binary.LittleEndian.PutUint32(b.parts[0], localHead)
	at := int64(far)
	var dir []byte
	for _, name := range []string{"actor.json", "outbox.json", "media_attachments/files/1/a.png"} {
		text := files()[name]
		head := make([]byte, localSize)
		binary.LittleEndian.PutUint32(head, localHead)
		binary.LittleEndian.PutUint16(head[26:], uint16(len(name)))
		b.parts[at] = append(append(head, name...), text...)
		e := make([]byte, directorySize)
		binary.LittleEndian.PutUint32(e, directoryHead)
		for _, i := range []int{20, 24, 42} {
			binary.LittleEndian.PutUint32(e[i:], unknown32)
		}
		binary.LittleEndian.PutUint16(e[28:], uint16(len(name)))
		extra := make([]byte, 28)
		binary.LittleEndian.PutUint16(extra, extra64)
		binary.LittleEndian.PutUint16(extra[2:], 24)
		for i, v := range []int64{int64(len(text)), int64(len(text)), at} {
			binary.LittleEndian.PutUint64(extra[4+8*i:], uint64(v))
		}
		binary.LittleEndian.PutUint16(e[30:], uint16(len(extra)))
		dir = append(append(append(dir, e...), name...), extra...)
		at += int64(len(b.parts[at]))
	}
	end64 := make([]byte, end64Size+end64PlaceSize+endSize)
	binary.LittleEndian.PutUint32(end64, end64Head)
	binary.LittleEndian.PutUint64(end64[32:], 3)
	binary.LittleEndian.PutUint64(end64[40:], uint64(len(dir)))
	binary.LittleEndian.PutUint64(end64[48:], uint64(at))
	binary.LittleEndian.PutUint32(end64[end64Size:], end64PlaceHead)
	binary.LittleEndian.PutUint64(end64[end64Size+8:], uint64(at+int64(len(dir))))
	end := end64[end64Size+end64PlaceSize:]
	binary.LittleEndian.PutUint32(end, endHead)
	for _, i := range []int{8, 10} {
		binary.LittleEndian.PutUint16(end[i:], 0xffff)
	}
	for _, i := range []int{12, 16} {
		binary.LittleEndian.PutUint32(end[i:], unknown32)
	}
	b.parts[at] = append(dir, end64...)
	b.size = at + int64(len(b.parts[at]))
	return b
}

func TestAnArchiveLargerThanMemoryIsReadByPieces(t *testing.T) {
	b := huge(t)
	a, err := Open(t.Context(), []Blob{b})
	if err != nil || a.Cut || a.Files() != 3 {
		t.Fatalf("%+v, %v", a, err)
	}
	o, err := a.Outbox(t.Context(), now)
	if err != nil || o.Len() != 7 {
		t.Fatalf("%+v, %v", o, err)
	}
	if f, err := a.File(t.Context(), "media_attachments/files/1/a.png", 100); err != nil || f.Size() != 13 {
		t.Error(f, err)
	}
	if b.size < 5<<30 || b.asked > 1<<20 || b.most > 1<<17 {
		t.Errorf("of %d bytes %d were read, at most %d at once", b.size, b.asked, b.most)
	}
}

func TestFilesThatLieAreRefused(t *testing.T) {
	data := zipped(t, files(), zip.Deflate)
	damage := func(name string, at int, value uint32) []byte {
		d := append([]byte{}, data...)
		i := bytes.LastIndex(d, []byte(name)) - directorySize
		binary.LittleEndian.PutUint32(d[i+at:], value)
		return d
	}
	const picture = "media_attachments/files/1/a.png"
	for name, c := range map[string]struct {
		data []byte
		kind feeds.Kind
	}{
		"smaller than it is":          {damage(picture, 24, 5), feeds.BadData},
		"larger than it is":           {damage(picture, 24, 50), feeds.BadData},
		"larger than may be":          {damage(picture, 24, 5000), feeds.TooLarge},
		"beyond the end":              {damage(picture, 42, 1<<30), feeds.BadData},
		"at another file's data":      {damage(picture, 42, 7), feeds.BadData},
		"packed beyond the end":       {damage(picture, 20, 1<<29), feeds.BadData},
		"cut within what it unpacks":  {damage(picture, 20, 3), feeds.BadData},
		"a bomb that says it's small": {bomb(t), feeds.TooLarge},
	} {
		t.Run(name, func(t *testing.T) {
			a, err := Open(t.Context(), []Blob{whole("x.zip", c.data)})
			if err != nil {
				t.Fatal(err)
			}
			if f, err := a.File(t.Context(), picture, 1000); feeds.KindOf(err) != c.kind {
				t.Errorf("%v, %v", f, err)
			}
		})
	}
}

// bomb is an archive with a picture that is a thousand times as large as it says.
func bomb(t *testing.T) []byte {
	f := files()
	f["media_attachments/files/1/a.png"] = strings.Repeat("0", 1<<20)
	d := zipped(t, f, zip.Deflate)
	i := bytes.LastIndex(d, []byte("media_attachments/files/1/a.png")) - directorySize
	binary.LittleEndian.PutUint32(d[i+24:], 10)
	return d
}

func TestWhatIsNoArchiveIsSaid(t *testing.T) {
	ctx := t.Context()
	for name, c := range map[string]struct {
		blobs []Blob
		kind  feeds.Kind
	}{
		"nothing":         {nil, feeds.NotFound},
		"an empty file":   {[]Blob{whole("x.zip", nil)}, feeds.NotFound},
		"a picture":       {[]Blob{whole("x.png", []byte(files()["avatar.png"]))}, feeds.NotFound},
		"a tar":           {[]Blob{whole("x.tar.gz", append([]byte{0x1f, 0x8b}, make([]byte, 600)...))}, feeds.BadData},
		"another ZIP":     {[]Blob{whole("x.zip", zipped(t, map[string]string{"dir/": ""}, zip.Store))}, feeds.NotFound},
		"a folder":        {[]Blob{whole("a/b.txt", []byte("x"))}, feeds.NotFound},
		"no end, no head": {[]Blob{whole("x.zip", []byte("PK\x03\x04"))}, feeds.BadData},
	} {
		t.Run(name, func(t *testing.T) {
			a, err := Open(ctx, c.blobs)
			if feeds.KindOf(err) != c.kind {
				t.Errorf("%+v, %v", a, err)
			}
		})
	}
	f := files()
	f["outbox.json"] = outboxJSON()[:len(outboxJSON())-40]
	cut, err := Open(ctx, []Blob{whole("x.zip", zipped(t, f, zip.Store))})
	if err != nil {
		t.Fatal(err)
	}
	if o, err := cut.Outbox(ctx, now); err != nil || !o.Cut || o.Len() < 4 {
		t.Errorf("%+v, %v", o, err)
	}
	a, err := Open(ctx, []Blob{whole("likes.json", []byte(`{"orderedItems":["https://a.example/1"]}`))})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.Outbox(ctx, now); feeds.KindOf(err) != feeds.NotFound {
		t.Error(err)
	}
	if links, _, err := a.Links(ctx, "likes.json"); err != nil || len(links) != 1 {
		t.Error(links, err)
	}
	for _, text := range []string{"", "{", "7", `{"x":[`} {
		f := files()
		f["outbox.json"] = text
		a, err := Open(ctx, []Blob{whole("x.zip", zipped(t, f, zip.Store))})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := a.Outbox(ctx, now); text != "" && feeds.KindOf(err) != feeds.BadData {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestReadingAnArchiveEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Open(ctx, []Blob{whole("x.zip", zipped(t, files(), zip.Store))}); err != context.Canceled {
		t.Error(err)
	}
}

func FuzzOpen(f *testing.F) {
	for _, method := range []uint16{zip.Store, zip.Deflate} {
		f.Add(zipped(f, files(), method))
	}
	f.Add([]byte("PK\x05\x06"))
	f.Fuzz(func(t *testing.T, data []byte) {
		a, err := Open(t.Context(), []Blob{whole("x.zip", data)})
		if err != nil {
			if k := feeds.KindOf(err); k != feeds.BadData && k != feeds.NotFound && k != feeds.Unsupported && k != feeds.TooLarge {
				t.Fatal(err)
			}
			return
		}
		for name := range a.files {
			if strings.HasPrefix(name, "/") || strings.HasPrefix(name, "../") || strings.Contains(name, "/../") || strings.Contains(name, "\\") {
				t.Fatalf("%q leads out", name)
			}
			p, err := a.File(t.Context(), strings.TrimPrefix(name, a.root), 1<<16)
			if err == nil && p.Size() > 1<<16 {
				t.Fatalf("%d bytes", p.Size())
			}
		}
		if o, err := a.Outbox(t.Context(), now); err == nil {
			for i := range o.Len() {
				if item, err := o.Item(i); err == nil && item.Post == nil && item.Boosted == "" {
					t.Fatal("neither a post nor a boost")
				}
			}
		}
	})
}
