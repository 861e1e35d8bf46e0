package prune

import (
	"os/exec"
	"strings"
	"testing"
)

func TestProgramIsBuiltWithoutServerPackages(t *testing.T) {
	workspace, err := Prepare(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	list := exec.Command("go", "list", "-deps", "vitrine/app")
	list.Env = append(list.Environ(), "GOOS=js", "GOARCH=wasm", "GOWORK="+workspace)
	out, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, pkg := range strings.Fields(string(out)) {
		switch pkg {
		case "net/http", "text/template", "html/template", "crypto/tls", "crypto/aes", "crypto/rand", "database/sql/driver", "net":
			t.Errorf("the program still holds %s", pkg)
		}
	}
}

func TestKeepFunctionsRefusesAFileWithoutTheFunctions(t *testing.T) {
	if _, err := keepFunctions("prune.go", []string{"isRemoteLocation"}); err == nil {
		t.Error("a file without the functions was taken")
	}
}
