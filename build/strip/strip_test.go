package strip

import (
	"bytes"
	"encoding/binary"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
)

// compiled is testdata/program as the site's program is compiled.
func compiled(t testing.TB) []byte {
	t.Helper()
	file := filepath.Join(t.TempDir(), "program.wasm")
	cmd := exec.Command("go", "build", "-trimpath", "-gcflags=all=-l", "-ldflags=-s -w", "-o", file, "./testdata/program")
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// run returns what a program prints under node. It ends with a panic.
func run(t *testing.T, wasm []byte) (stdout, stderr string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "program.wasm")
	if err := os.WriteFile(file, wasm, 0o600); err != nil {
		t.Fatal(err)
	}
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "node", "--stack-size=8192", filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "wasm_exec_node.js"), file)
	var out, complaints bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &complaints
	if err := cmd.Run(); err == nil {
		t.Error("the program ended without its panic")
	}
	return out.String(), complaints.String()
}

func TestAStrippedProgramRunsAsBefore(t *testing.T) {
	if _, err := exec.LookPath("node"); err != nil {
		t.Skip("node, which runs the program, is not installed")
	}
	before := compiled(t)
	after, err := Tables(before)
	if err != nil {
		t.Fatal(err)
	}
	want, trace := run(t, before)
	got, stripped := run(t, after)
	if got != want || !strings.Contains(want, "cleaned") || !strings.Contains(want, "value method main.counter.Count called using nil *counter pointer") {
		t.Errorf("before:\n%s\nafter:\n%s", want, got)
	}
	if !strings.Contains(trace, "main.main") || strings.Contains(stripped, "main.main") {
		t.Errorf("stack traces before:\n%s\nafter:\n%s", trace, stripped)
	}
	if !strings.Contains(stripped, "panic: the end") {
		t.Errorf("a panic says\n%s", stripped)
	}
	if small, was := compressed(t, after), compressed(t, before); small > was*9/10 {
		t.Errorf("%d bytes after compression became %d", was, small)
	}
	if again, err := Tables(after); err == nil {
		t.Errorf("stripped twice: %d bytes became %d", len(after), len(again))
	}
}

// altered returns the module with another table of functions.
func altered(t *testing.T, wasm []byte, change func(*table)) []byte {
	t.Helper()
	m, err := parseModule(wasm)
	if err != nil {
		t.Fatal(err)
	}
	found, err := findTable(m.memory)
	if err != nil {
		t.Fatal(err)
	}
	change(found)
	return m.encode()
}

func (t *table) setField(i, field int, value uint32) {
	binary.LittleEndian.PutUint32(t.functions[int(t.indexed(i, 1))+4*field:], value)
}

func compressed(t *testing.T, wasm []byte) int {
	t.Helper()
	var out bytes.Buffer
	w := brotli.NewWriterLevel(&out, 5)
	if _, err := w.Write(wasm); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Len()
}

func TestWhatTheRuntimeComparesOfANameStays(t *testing.T) {
	for _, c := range []struct {
		name string
		kind byte
		want string
	}{
		{"runtime.gcBgMarkWorker", 7, "runtime."},
		{"reflect.makeFuncStub", 0, "reflect.makeFuncStub"},
		{"reflect.methodValueCall", 0, "reflect.methodValueCall"},
		{"main.(*counter).Count", wrapperKind, "main.(*counter).Count"},
		{"main.(*counter).Count", 0, ""},
		{"type:.eq.main.counter", wrapperKind, ""},
		{"main.main", 0, ""},
	} {
		if got := compared(c.name, c.kind); got != c.want {
			t.Errorf("%s: %q, not %q", c.name, got, c.want)
		}
	}
}

func TestWhatIsNotAsExpectedIsAnError(t *testing.T) {
	whole := compiled(t)
	other := bytes.Replace(whole, tableStart, []byte{0xf2, 0xff, 0xff, 0xff, 0, 0, 1, 8}, 1)
	for name, c := range map[string]struct {
		wasm []byte
		want string
	}{
		"nothing":                 {nil, "not a WebAssembly module"},
		"another format":          {[]byte("\x7fELF and so on"), "not a WebAssembly module"},
		"a module without data":   {[]byte(wasmHeader), "no data section"},
		"a module that is cut":    {whole[:len(whole)/2], ""},
		"another table":           {other, "no table of functions"},
		"data of another kind":    {append([]byte(wasmHeader), dataSection, 4, 1, 2, 0x41, 0), ""},
		"an entry out of order":   {altered(t, whole, func(t *table) { t.functions[indexSize*5]++ }), "not numbered one by one"},
		"a record elsewhere":      {altered(t, whole, func(t *table) { t.functions[indexSize*5+4] += 16 }), "function 5"},
		"a longer record":         {altered(t, whole, func(t *table) { t.functions[t.indexed(5, 1)+4*npcdataField] += 40 }), "function "},
		"an endless name":         {altered(t, whole, func(t *table) { t.names[len(t.names)-1] = 'x'; t.setField(5, nameField, uint32(len(t.names)-1)) }), "no end"},
		"values elsewhere":        {altered(t, whole, func(t *table) { t.setField(5, pcspField, 1<<31) }), "no end"},
		"an endless data section": {append([]byte(wasmHeader), dataSection, 0xff, 0xff, 0xff, 0x7f), "cut off"},
	} {
		out, err := Tables(c.wasm)
		if err == nil || out != nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %d bytes, %v", name, len(out), err)
		}
	}
}

func TestNumbersAreWrittenAsTheyAreRead(t *testing.T) {
	for _, v := range []int64{0, 1, 63, 64, 127, 128, 1207944, 1<<31 - 1, -1, -64, -65, -1 << 31} {
		r := reader{appendVarint(nil, v), 0}
		if got := r.varint(); got != v || r.failed() || r.at != len(r.data) {
			t.Errorf("%d became %d", v, got)
		}
	}
}

func FuzzTables(f *testing.F) {
	section := binary.AppendUvarint(nil, 1)
	section = append(section, 0, 0x41, 0, 0x0b)
	section = binary.AppendUvarint(section, uint64(len(tableStart)+100))
	section = append(append(section, tableStart...), make([]byte, 100)...)
	module := append([]byte(wasmHeader), dataSection)
	module = append(binary.AppendUvarint(module, uint64(len(section))), section...)
	f.Add(module)
	f.Add([]byte(wasmHeader))
	f.Fuzz(func(t *testing.T, wasm []byte) {
		out, err := Tables(wasm)
		if (out == nil) != (err != nil) {
			t.Errorf("%d bytes and %v", len(out), err)
		}
	})
}
