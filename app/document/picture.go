package document

import (
	"bytes"
	"context"
	"strconv"
	"strings"
)

// Types that a file may hold. Readers of books know no others than these without a second file beside them (EPUB 3.3, section 3.2).
const (
	webTypes  = " image/jpeg image/png image/gif image/webp image/avif "
	bookTypes = " image/jpeg image/png image/gif "
)

// repeatable is the most bytes of a symbol that stands in a file of HTML wherever it is used.
const repeatable = 16 << 10

// TypeOf is the MIME type of a picture by its first bytes, whatever its server says; "" for what isn't known to be one.
// Source: https://mimesniff.spec.whatwg.org/#matching-an-image-type-pattern
func TypeOf(data []byte) string {
	begins := func(s string) bool { return bytes.HasPrefix(data, []byte(s)) }
	switch {
	case begins("\xff\xd8\xff"):
		return "image/jpeg"
	case begins("\x89PNG\r\n\x1a\n"):
		return "image/png"
	case begins("GIF87a"), begins("GIF89a"):
		return "image/gif"
	case begins("RIFF") && len(data) > 14 && string(data[8:14]) == "WEBPVP":
		return "image/webp"
	case len(data) > 12 && (string(data[4:12]) == "ftypavif" || string(data[4:12]) == "ftypavis"):
		return "image/avif"
	}
	return ""
}

// picture is one that is being fetched, and then is here.
type picture struct {
	done chan struct{}
	data []byte // nil once it stands in the file
	mime string // "" for one that couldn't be read
	name string // in the file
	told bool   // it was counted
}

// gathered are the pictures of a file by their addresses.
type gathered struct {
	all   map[string]*picture
	named map[string]*picture // those with bytes, by their names
	turns chan struct{}       // as many as are fetched at a time
	count int
}

// atATime is how many pictures are fetched at a time.
const atATime = 4

// fetch begins to fetch a picture, unless that has begun.
func (b *book) fetch(ctx context.Context, src string, small bool) *picture {
	if b.pictures.all == nil {
		b.pictures = gathered{all: map[string]*picture{}, named: map[string]*picture{}, turns: make(chan struct{}, atATime)}
	}
	if p := b.pictures.all[src]; p != nil {
		return p
	}
	p := &picture{done: make(chan struct{})}
	b.pictures.all[src] = p
	types := webTypes
	if b.Format == EPUB {
		types = bookTypes
	}
	turns := b.pictures.turns
	go func() {
		defer close(p.done)
		select {
		case turns <- struct{}{}:
			defer func() { <-turns }()
		case <-ctx.Done():
			return
		}
		data, _, err := b.Media(ctx, Want{URL: src, Small: small || b.Pictures == Small, Types: types})
		mime := TypeOf(data)
		if err != nil || len(data) > MaxPicture || mime == "" || !strings.Contains(types, " "+mime+" ") {
			return
		}
		p.data, p.mime = data, mime
	}()
	return p
}

// place waits for a picture, writes it into the file's archive where there is one, and returns its name there; "" for one that couldn't be read.
func (b *book) place(src string) (string, error) {
	p := b.pictures.all[src]
	if p == nil {
		return "", nil
	}
	select {
	case <-p.done:
	case <-b.ctx.Done():
		return "", b.ctx.Err()
	}
	switch {
	case p.mime == "":
		return "", nil
	case p.name != "" && (b.zip != nil || p.data != nil):
		return p.name, nil
	case p.data == nil: // it stands in the file already, and can't stand there twice
		return "", nil
	}
	b.pictures.count++
	p.name = "media/" + strconv.Itoa(b.pictures.count) + "." + strings.TrimPrefix(p.mime, "image/")
	if b.zip == nil {
		b.pictures.named[p.name] = p
		return p.name, nil
	}
	b.moves = b.moves || p.mime == "image/gif"
	err := b.zip.add(b.folder+p.name, p.data)
	p.data = nil
	return p.name, err
}

// embedded is the picture with a name, to be written into a page.
func (b *book) embedded(name string) ([]byte, string) {
	if p := b.pictures.named[name]; p != nil {
		return p.data, p.mime
	}
	return nil, ""
}

// letGo forgets the bytes of pictures that were written, but for those of small symbols, which come again.
func (b *book) letGo() {
	for name, p := range b.pictures.named {
		if len(p.data) > repeatable {
			p.data = nil
			delete(b.pictures.named, name)
		}
	}
}
