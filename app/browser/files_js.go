//go:build js && wasm

package browser

import (
	"context"
	"syscall/js"

	"vitrine/feeds"
	"vitrine/feeds/archive"
)

// file is an archive.Blob that the browser holds: nothing of it is in memory but what is read of it.
type file struct {
	js.Value
	name string
}

// filesOf are the files that stand in a control, by their paths in the folder that was chosen.
func filesOf(control js.Value) (files []archive.Blob) {
	all := control.Get("files")
	for i := range all.Length() {
		f := all.Index(i)
		name := f.Get("webkitRelativePath")
		if name.Type() != js.TypeString || name.String() == "" {
			name = f.Get("name")
		}
		files = append(files, file{f, name.String()})
	}
	return files
}

// Name implements archive.Blob.
func (f file) Name() string { return f.name }

// Size implements archive.Blob.
func (f file) Size() int64 { return int64(f.Get("size").Float()) }

// Piece implements archive.Blob.
func (f file) Piece(ctx context.Context, from, n int64, packed bool, most int64) (archive.Piece, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if from < 0 || n < 0 || from+n > f.Size() {
		return nil, &feeds.Error{Kind: feeds.BadData, Op: "read file"}
	}
	blob := f.Call("slice", from, from+n)
	if !packed {
		if n > most {
			return nil, &feeds.Error{Kind: feeds.TooLarge, Op: "read file"}
		}
		return pieceOf(ctx, blob)
	}
	ctor := global("DecompressionStream")
	if !ctor.Truthy() {
		return nil, &feeds.Error{Kind: feeds.Unsupported, Op: "read file"}
	}
	return unpacked(ctx, blob.Call("stream").Call("pipeThrough", ctor.New("deflate-raw")), most, false)
}

// partStep is how many packed bytes are unpacked at once where they are known to end early.
const partStep = 64 << 10

// Part unpacks bytes that end early as far as they go.
func (f file) Part(ctx context.Context, from, n, most int64) (archive.Piece, error) {
	stream := global("DecompressionStream").New("deflate-raw")
	writer := stream.Get("writable").Call("getWriter")
	go func() {
		defer func() { writer.Call("abort").Call("catch", js.Global().Get("Function").Get("prototype")) }()
		// A stream that is closed before its end throws away what wasn't read of it yet. A write is over once what the one before it gave was
		// read: after two empty ones all was.
		for end, empty := from+n, 0; empty < 2 && ctx.Err() == nil; from += partStep {
			if from >= end {
				empty++
			}
			data, err := await(f.Call("slice", min(from, end), min(from+partStep, end)).Call("arrayBuffer"))
			if err == nil {
				_, err = await(writer.Call("write", global("Uint8Array").New(data)))
			}
			if err != nil {
				return
			}
		}
	}()
	return unpacked(ctx, stream.Get("readable"), most, true)
}

// unpackedStep is how many bytes are held in memory while a file is unpacked.
const unpackedStep = 16 << 20

// unpacked reads a stream of at most most bytes, to its end or, where it may be cut, as far as it goes.
func unpacked(ctx context.Context, stream js.Value, most int64, cut bool) (archive.Piece, error) {
	reader, parts, held := stream.Call("getReader"), js.Global().Get("Array").New(), int64(0)
	stop := func() { reader.Call("cancel").Call("catch", js.Global().Get("Function").Get("prototype")) }
	for size := int64(0); ; {
		chunk, err := await(reader.Call("read"))
		switch {
		case ctx.Err() != nil:
			stop()
			return nil, ctx.Err()
		case err != nil && !cut:
			return nil, &feeds.Error{Kind: feeds.BadData, Op: "unpack file", Err: err}
		case err != nil, chunk.Get("done").Bool():
			return pieceOf(ctx, js.Global().Get("Blob").New(parts))
		}
		part := chunk.Get("value")
		n := int64(part.Get("length").Int())
		if size += n; size > most {
			stop()
			return nil, &feeds.Error{Kind: feeds.TooLarge, Op: "unpack file"}
		}
		parts.Call("push", part)
		if held += n; held > unpackedStep { // browsers may write a Blob to the disk
			whole := js.Global().Get("Blob").New(parts)
			parts, held = js.Global().Get("Array").New(), 0
			parts.Call("push", whole)
		}
	}
}

// piece is an archive.Piece outside of the program's memory.
type piece struct {
	js.Value
	head []byte
}

func pieceOf(ctx context.Context, blob js.Value) (archive.Piece, error) {
	p := piece{Value: blob}
	head, err := bytesOf(blob.Call("slice", 0, feeds.FileHead))
	p.head = head
	if err == nil {
		err = ctx.Err()
	}
	return p, err
}

// Size implements feeds.FileBody.
func (p piece) Size() int64 { return int64(p.Get("size").Float()) }

// JSValue is a Blob.
func (p piece) JSValue() js.Value { return p.Value }

// Blob is the piece as a file that is read by pieces.
func (p piece) Blob() archive.Blob { return file{p.Value, ""} }

// Head implements archive.Piece.
func (p piece) Head() []byte { return p.head }

// Read implements archive.Piece.
func (p piece) Read(ctx context.Context) ([]byte, error) {
	if p.Size() <= int64(len(p.head)) {
		return p.head, ctx.Err()
	}
	return bytesOf(p.Value)
}

// bytesOf brings a Blob into memory. A file that was changed or removed since it was chosen can't be read any more.
func bytesOf(blob js.Value) ([]byte, error) {
	content, err := await(blob.Call("arrayBuffer"))
	if err != nil {
		return nil, &feeds.Error{Kind: feeds.BadData, Op: "read file", Err: err}
	}
	bytes := global("Uint8Array").New(content)
	data := make([]byte, bytes.Length())
	js.CopyBytesToGo(data, bytes)
	return data, nil
}
