package archive

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"strings"
	"testing"

	"vitrine/feeds"
)

// tarred makes a tar archive as programs write it.
func tarred(t testing.TB, files map[string]string, format tar.Format) []byte {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, name := range []string{"actor.json", "outbox.json", "likes.json", "bookmarks.json", "avatar.png", "media_attachments/files/1/a.png", "../evil", "/abs", "a\\..\\b", "dir/", "C:\\x", longName} {
		text, ok := files[name]
		if !ok {
			continue
		}
		h := &tar.Header{Name: name, Typeflag: tar.TypeReg, Mode: 0o644, Size: int64(len(text)), Format: format}
		if strings.HasSuffix(name, "/") {
			h.Typeflag, h.Size, text = tar.TypeDir, 0, ""
		}
		err := w.WriteHeader(h)
		if err == nil {
			_, err = io.WriteString(w, text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.WriteHeader(&tar.Header{Name: "etc/passwd", Linkname: "/etc/passwd", Typeflag: tar.TypeSymlink, Format: format}); err != nil || w.Close() != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func gzipped(t testing.TB, data []byte, name string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Name, w.Comment = name, name
	if name != "" {
		w.Extra = []byte("extra")
	}
	if _, err := w.Write(data); err != nil || w.Close() != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

var longName = "media_attachments/" + strings.Repeat("0123456789/", 30) + "long.png"

func TestAnArchiveIsReadFromATarArchive(t *testing.T) {
	for _, format := range []tar.Format{tar.FormatGNU, tar.FormatPAX} {
		f := files()
		f[longName] = "long"
		data := tarred(t, f, format)
		for name, data := range map[string][]byte{"plain": data, "packed": gzipped(t, data, ""), "packed, with names": gzipped(t, data, "archive.tar")} {
			t.Run(format.String()+" "+name, func(t *testing.T) {
				a, err := Open(t.Context(), []Blob{whole("archive.tar.gz", data)})
				if err != nil || a.Cut {
					t.Fatal(a, err)
				}
				checkArchive(t, a)
				if p, err := a.File(t.Context(), longName, 10); err != nil || p.Size() != 4 {
					t.Error(p, err)
				}
			})
		}
	}
	data := tarred(t, files(), tar.FormatUSTAR)
	a, err := Open(t.Context(), []Blob{whole("archive.tar", data)})
	if err != nil {
		t.Fatal(err)
	}
	checkArchive(t, a)
}

func TestATarArchiveThatEndsEarlyOrIsABombIsBounded(t *testing.T) {
	f := files()
	f[longName] = strings.Repeat("x", 5000)
	data := tarred(t, f, tar.FormatPAX)
	for n := 0; n < len(data)-1024; n += 97 {
		a, err := Open(t.Context(), []Blob{whole("x.tar", data[:n])})
		if err == nil && !a.Cut || err != nil && feeds.KindOf(err) != feeds.BadData && feeds.KindOf(err) != feeds.NotFound {
			t.Fatalf("%d bytes: %+v, %v", n, a, err)
		}
	}
	packed := gzipped(t, data, "")
	read := 0
	for n := 40; n < len(packed)-8; n += 31 {
		a, err := Open(t.Context(), []Blob{whole("x.tar.gz", packed[:n])})
		if err == nil && !a.Cut || err != nil && feeds.KindOf(err) != feeds.BadData && feeds.KindOf(err) != feeds.NotFound {
			t.Fatalf("%d bytes, packed: %+v, %v", n, a, err)
		}
		if err == nil {
			if o, err := a.Outbox(t.Context(), now); err == nil && o.Author != nil && o.Cut {
				read++
			}
		}
	}
	if read == 0 {
		t.Error("of no packed archive that ends early anything was read")
	}
	b := whole("x.tar.gz", packed)
	_, err := Open(t.Context(), []Blob{small{b}})
	if feeds.KindOf(err) != feeds.TooLarge {
		t.Errorf("a bomb: %v", err)
	}
	lies := bytes.Clone(data)
	copy(lies[124:], "77777777777\x00") // the first file says that it goes on beyond the end
	if a, err := Open(t.Context(), []Blob{whole("x.tar", lies)}); feeds.KindOf(err) != feeds.BadData {
		t.Errorf("a size that lies: %+v, %v", a, err)
	}
}

// small is a blob that unpacks to more than may be.
type small struct{ *blob }

func (b small) Piece(ctx context.Context, from, n int64, packed bool, most int64) (Piece, error) {
	if packed {
		most = 1000
	}
	return b.blob.Piece(ctx, from, n, packed, most)
}

func FuzzTar(f *testing.F) {
	f.Add(tarred(f, files(), tar.FormatPAX))
	f.Add(gzipped(f, tarred(f, files(), tar.FormatGNU), "x"))
	f.Fuzz(func(t *testing.T, data []byte) {
		a, err := Open(t.Context(), []Blob{whole("x.tar", data)})
		if err != nil {
			return
		}
		if o, err := a.Outbox(t.Context(), now); err == nil {
			for i := range o.Len() {
				_, _ = o.Item(i)
			}
		}
	})
}
