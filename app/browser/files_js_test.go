package browser

import (
	"bytes"
	"compress/flate"
	"context"
	"io"
	"math/rand/v2"
	"strconv"
	"strings"
	"syscall/js"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/archive"
)

// chosen makes a file that a reader may have chosen.
func chosen(data []byte, name string) file {
	v := js.Global().Get("Uint8Array").New(len(data))
	js.CopyBytesToJS(v, data)
	return file{js.Global().Get("File").New([]any{v}, name), name}
}

// deflated packs a text as archives do.
func deflated(t *testing.T, text string) []byte {
	t.Helper()
	var packed bytes.Buffer
	z, err := flate.NewWriter(&packed, flate.BestCompression)
	if err == nil {
		_, err = z.Write([]byte(text))
	}
	if err != nil || z.Close() != nil {
		t.Fatal(err)
	}
	return packed.Bytes()
}

func TestAFileIsReadByPiecesAndUnpacked(t *testing.T) {
	ctx := t.Context()
	text := strings.Repeat("the ferry is late. ", 5000)
	packed := deflated(t, text)
	n := int64(len(packed))
	f := chosen(append(append([]byte("head"), packed...), "tail"...), "x.zip")
	if f.Size() != n+8 || f.Name() != "x.zip" {
		t.Errorf("%d bytes, %s", f.Size(), f.Name())
	}
	p, err := f.Piece(ctx, 0, 4, false, 10)
	if err != nil || string(p.Head()) != "head" || p.Size() != 4 {
		t.Fatalf("%v, %v", p, err)
	}
	p, err = f.Piece(ctx, 4, n, true, 1<<20)
	if err != nil || p.Size() != int64(len(text)) || string(p.Head()) != text[:feeds.FileHead] {
		t.Fatalf("%v, %v", p, err)
	}
	if data, err := p.Read(ctx); err != nil || string(data) != text {
		t.Errorf("%d bytes, %v", len(data), err)
	}
	whole := p.(interface{ Blob() archive.Blob }).Blob()
	if p, err := whole.Piece(ctx, 4, 5, false, 10); err != nil || string(p.Head()) != "ferry" {
		t.Errorf("%v, %v", p, err)
	}
	if _, ok := p.(interface{ JSValue() js.Value }); !ok {
		t.Error("what is to be kept comes into the program's memory")
	}
	over, cancel := context.WithCancel(ctx)
	cancel()
	for name, c := range map[string]struct {
		ctx     context.Context
		from, n int64
		packed  bool
		most    int64
		kind    feeds.Kind
	}{
		"more than may be":           {ctx, 4, n, true, 1000, feeds.TooLarge},
		"more than may be, as it is": {ctx, 0, 8, false, 7, feeds.TooLarge},
		"cut off":                    {ctx, 4, n - 10, true, 1 << 20, feeds.BadData},
		"nothing packed":             {ctx, 0, 4, true, 1 << 20, feeds.BadData},
		"beyond its end":             {ctx, 4, n + 5, false, 1 << 20, feeds.BadData},
		"cancelled":                  {over, 0, 4, false, 10, ""},
	} {
		if p, err := f.Piece(c.ctx, c.from, c.n, c.packed, c.most); err == nil || c.kind != "" && feeds.KindOf(err) != c.kind {
			t.Errorf("%s: %v, %v", name, p, err)
		}
	}
}

func TestPackedBytesThatEndEarlyAreReadAsFarAsTheyGo(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	var random strings.Builder
	for range 60_000 {
		random.WriteString(strconv.Itoa(rnd.IntN(1_000_000)) + " ")
	}
	for name, text := range map[string]string{"small": "the ferry is late, as it was yesterday", "dense": strings.Repeat("the ferry is late. ", 50_000), "large": random.String()} {
		packed := deflated(t, text)
		f, n := chosen(packed, "x"), int64(len(packed))
		for _, cut := range []int64{0, 1, n / 3, n - 1} {
			p, err := f.Part(t.Context(), 0, n-cut, 1<<20)
			if err != nil {
				t.Fatal(name, cut, err)
			}
			data, err := p.Read(t.Context())
			want, _ := io.ReadAll(flate.NewReader(bytes.NewReader(packed[:n-cut])))
			if err != nil || !strings.HasPrefix(text, string(data)) || len(data) < len(want)-1000 {
				t.Errorf("%s without its last %d of %d bytes: %d are read, %d can be, %v", name, cut, n, len(data), len(want), err)
			}
		}
	}
	if _, err := chosen([]byte("no packed bytes at all"), "x").Part(t.Context(), 0, 20, 10); err != nil && feeds.KindOf(err) != feeds.TooLarge {
		t.Error(err)
	}
}

// What is cancelled leaves the place as it was: nothing, or what was there before.
func TestAFileThatIsCancelledLeavesNothing(t *testing.T) {
	folder, err := await(js.Global().Get("navigator").Get("storage").Call("getDirectory"))
	if err != nil {
		t.Fatal(err)
	}
	before := js.Global().Get("showSaveFilePicker")
	defer js.Global().Set("showSaveFilePicker", before)
	made := js.FuncOf(func(_ js.Value, args []js.Value) any {
		return folder.Call("getFileHandle", args[0].Get("suggestedName"), map[string]any{"create": true})
	})
	defer made.Release()
	js.Global().Set("showSaveFilePicker", made)
	write := func(name, text string) File {
		t.Helper()
		f, err := new(Window).CreateFile(name, "text/html")
		if err == nil {
			_, err = f.Write([]byte(text))
		}
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	text := func(name string) string {
		handle, err := await(folder.Call("getFileHandle", name))
		if err != nil {
			return err.Error()
		}
		now, err := await(handle.Call("getFile"))
		if err != nil {
			t.Fatal(err)
		}
		read, err := await(now.Call("text"))
		if err != nil {
			t.Fatal(err)
		}
		return read.String()
	}
	write("new.html", "half").Abort()
	if got := text("new.html"); got != "NotFoundError" {
		t.Errorf("a new file: %q", got)
	}
	if err := write("old.html", "whole").Close(); err != nil || text("old.html") != "whole" {
		t.Fatal(err, text("old.html"))
	}
	write("old.html", "half").Abort()
	if got := text("old.html"); got != "whole" {
		t.Errorf("a file that was there: %q", got)
	}
}
