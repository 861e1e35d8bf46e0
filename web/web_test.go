package web_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
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
