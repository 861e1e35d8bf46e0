package site

import (
	"path/filepath"
	"testing"
)

func TestLinkedModules(t *testing.T) {
	const listed = `{}
{"Module": {"Path": "vitrine", "Main": true, "Dir": "/x"}}
{"Module": {"Path": "example.org/b", "Version": "v1.0.0", "Dir": "/b"}}
{"Module": {"Path": "example.org/a", "Version": "v2.0.0", "Dir": "/a"}}
{"Module": {"Path": "example.org/b", "Version": "v1.0.0", "Dir": "/b"}}`
	got, err := linked([]byte(listed))
	if err != nil || len(got) != 2 || got[0].Path != "example.org/a" || got[1].Path != "example.org/b" {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestEveryModuleNeedsALicence(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "readme.md", "x")
	if texts, err := licences(dir); err == nil {
		t.Errorf("%q", texts)
	}
	put(t, dir, "LICENSE.md", "the licence")
	put(t, dir, "NOTICE", "the notice")
	if texts, err := licences(dir); err != nil || len(texts) != 2 {
		t.Errorf("%q, %v", texts, err)
	}
}

func TestWasmExecIsGosOwn(t *testing.T) {
	for _, place := range []string{"lib/wasm", "misc/wasm"} {
		goroot := t.TempDir()
		put(t, goroot, filepath.Join(place, "wasm_exec.js"), place)
		if data, err := wasmExec(goroot); err != nil || string(data) != place {
			t.Errorf("%s: %q, %v", place, data, err)
		}
	}
}
