package web_test

import (
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"vitrine/web"
)

// TestScripts runs the scripts' own tests with node's runner.
func TestScripts(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is missing, which runs these tests; build/tools/need.sh node:nodejs installs it where it can")
	}
	files, err := filepath.Glob("test/*.test.js")
	if err != nil || len(files) == 0 {
		t.Fatalf("there are no tests of scripts: %v", err)
	}
	// Go runs this test again when a file changes that it looked at.
	for _, pattern := range []string{"js/*.js", "embed/*.js", "sw/*.js", "test/*.js", "package.json"} {
		if found, err := filepath.Glob(pattern); err != nil || len(found) == 0 {
			t.Errorf("there is no %s: %v", pattern, err)
		} else {
			for _, name := range found {
				if _, err := os.ReadFile(name); err != nil {
					t.Error(err)
				}
			}
		}
	}
	if out, err := exec.CommandContext(t.Context(), node, append([]string{"--test"}, files...)...).CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// TestOnlyWhatTheSiteIsMadeOfIsEmbedded keeps tests, types and tools out of the build.
func TestOnlyWhatTheSiteIsMadeOfIsEmbedded(t *testing.T) {
	err := fs.WalkDir(web.Files, ".", func(name string, entry fs.DirEntry, err error) error {
		if entry.IsDir() {
			return err
		}
		ext := path.Ext(name)
		if top, _, _ := strings.Cut(name, "/"); (top == "js" || top == "sw" || top == "embed") && ext != ".js" || strings.HasSuffix(name, ".test.js") || strings.Contains(name, "package") {
			t.Errorf("%s is embedded", name)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// TestLockedPackagesNameNoRegistry keeps the addresses of one registry out of the lock file: npm asks the one that is configured.
func TestLockedPackagesNameNoRegistry(t *testing.T) {
	data, err := os.ReadFile("package-lock.json")
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(data, []byte(`"resolved"`)) || !bytes.Contains(data, []byte(`"integrity": "sha512-`)) {
		t.Error("package-lock.json names addresses, or no checksums: delete its lines with \"resolved\"")
	}
}
