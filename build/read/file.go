package read

import (
	"bytes"
	"context"
	"fmt"
	"image/jpeg"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/image/webp"

	"vitrine/app/document"
	"vitrine/app/syndicate"
	"vitrine/build/listing"
	"vitrine/feeds"
	"vitrine/feeds/fetch"
)

// print writes a feed to standard output or the file that is asked for. A file is there when all of it is written, under its name never half.
// after writes what follows it; nil for nothing.
func (q *request) print(ctx context.Context, f *syndicate.Feed, after func(io.Writer) error) error {
	if q.out == "" {
		return q.printTo(ctx, q.stdout, f, after)
	}
	file, err := os.CreateTemp(filepath.Dir(q.out), "."+filepath.Base(q.out)+".*")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name()) // nothing is there any more once it has its name
	err = q.printTo(ctx, file, f, after)
	if err == nil {
		err = file.Chmod(0o644)
	}
	if closing := file.Close(); err == nil {
		err = closing
	}
	if err != nil {
		return err
	}
	return os.Rename(file.Name(), q.out)
}

func (q *request) printTo(ctx context.Context, w io.Writer, f *syndicate.Feed, after func(io.Writer) error) error {
	var err error
	if q.document == "" {
		err = q.write(w, f)
	} else {
		err = q.writeDocument(ctx, w, f)
	}
	if err == nil && after != nil {
		err = after(w)
	}
	return err
}

// writeDocument writes a file to be carried away, and says on standard error what isn't in it.
func (q *request) writeDocument(ctx context.Context, w io.Writer, f *syndicate.Feed) error {
	clock := fetch.SystemClock()
	files := fetch.New(fetch.Options{Clock: clock, Private: q.private, UserAgent: listing.UserAgent, MaxBody: document.MaxPicture})
	report, err := document.Write(ctx, w, document.Document{
		Feed: f, Format: q.document, Pictures: q.pictures, Media: picturesOf(files), Files: files, Made: clock.Now(),
	})
	if err != nil {
		return err
	}
	if report.LeftOut > 0 {
		fmt.Fprintln(q.stderr, q.words.N("file.left", report.LeftOut))
	}
	if report.Lost > 0 {
		fmt.Fprintln(q.stderr, q.words.N("file.lost", report.Lost))
	}
	return nil
}

// picturesOf asks for pictures. A WebP that a file can't hold becomes a JPEG, or a PNG where something shines through.
func picturesOf(files feeds.Fetcher) document.Media {
	return func(ctx context.Context, want document.Want) ([]byte, string, error) {
		answer, err := files.Fetch(ctx, feeds.Request{URL: want.URL, Accept: "image/*"})
		if err != nil {
			return nil, "", err
		}
		if answer.Status != 200 {
			return nil, "", &feeds.Error{Kind: feeds.NotFound, Status: answer.Status}
		}
		kind := document.TypeOf(answer.Body)
		if kind != "image/webp" || strings.Contains(want.Types, " "+kind+" ") {
			return answer.Body, kind, nil
		}
		return converted(answer.Body)
	}
}

// mostPixels is the most that is decoded of a picture.
const mostPixels = 50_000_000

func converted(data []byte) ([]byte, string, error) {
	size, err := webp.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, "", err
	}
	if size.Width*size.Height > mostPixels {
		return nil, "", &feeds.Error{Kind: feeds.TooLarge}
	}
	m, err := webp.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, "", err
	}
	var b bytes.Buffer
	if plain, ok := m.(interface{ Opaque() bool }); ok && !plain.Opaque() {
		err = png.Encode(&b, m)
		return b.Bytes(), "image/png", err
	}
	err = jpeg.Encode(&b, m, &jpeg.Options{Quality: 85})
	return b.Bytes(), "image/jpeg", err
}
