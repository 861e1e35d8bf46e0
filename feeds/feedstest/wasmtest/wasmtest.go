//go:build !js

package wasmtest

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// timeout ends a test that hangs in the browser, so that its goroutines are printed and no browser stays behind.
const timeout = 2 * time.Minute

// Run tests pkg, an import path or a folder like ".", compiled for js/wasm, in a headless Chromium, and fails t with its output
// if a test fails there. env has "NAME=value" pairs that the tests find in their environment.
func Run(t *testing.T, pkg string, env ...string) {
	t.Helper()
	var args []string
	if testing.Verbose() {
		args = append(args, "-v")
	}
	t.Logf("%s", inBrowser(t, pkg, env, args...))
}

// Bench runs the benchmarks of pkg that match a pattern in a headless Chromium and returns what `go test` prints. They are compiled
// as the program is, without inlining.
func Bench(b *testing.B, pkg, pattern string) string {
	b.Helper()
	return string(inBrowser(b, pkg, nil, "-timeout=30m", "-gcflags=all=-l", "-run=^$", "-bench="+pattern))
}

// inBrowser runs `go test` for js/wasm and fails t when that fails.
func inBrowser(t testing.TB, pkg string, env []string, args ...string) []byte {
	t.Helper()
	browser, err := Browser()
	if err != nil {
		t.Fatal(err)
	}
	args = append([]string{"test", "-count=1", "-timeout=" + timeout.String(), "-exec=" + testRunner(t)}, args...)
	cmd := exec.CommandContext(t.Context(), "go", append(args, pkg)...)
	cmd.Env = append(environment(wrap(t, browser), t.TempDir()), env...)
	tellTestCache(t, pkg, cmd.Env)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("tests of %s in %s: %v\n%s", pkg, browser, err, out)
	}
	return out
}

// tellTestCache looks at every file of ours that the browser will run. Go keeps a passed test's result until a file that it looked
// at changes; by itself it knows of the native ones only, and would not run this test again for a change in *_js.go.
func tellTestCache(t testing.TB, pkg string, env []string) {
	t.Helper()
	const ours = `{{with .Module}}{{if .Main}}{{$.Dir}}{{range $.GoFiles}}{{"\n"}}{{$.Dir}}/{{.}}{{end}}{{end}}{{end}}`
	cmd := exec.CommandContext(t.Context(), "go", "list", "-deps", "-test", "-f", ours, pkg)
	cmd.Env = env
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list %s: %v", pkg, err)
	}
	for path := range strings.Lines(string(out)) {
		_, _ = os.Stat(strings.TrimSpace(path)) // the generated main is nowhere
	}
}

// testRunner returns the path of wasmbrowsertest, built for this machine: under GOOS=js "go tool" would build it for js.
func testRunner(t testing.TB) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "go", "tool", "-n", "wasmbrowsertest").Output()
	if err != nil {
		t.Fatalf("go tool -n wasmbrowsertest: %v", err)
	}
	return strings.TrimSpace(string(out))
}

// Browser returns the path of the Chromium that tests run in.
func Browser() (string, error) {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "headless_shell"} {
		if path, err := exec.LookPath(name); err == nil {
			return filepath.Abs(path)
		}
	}
	return "", fmt.Errorf(`no Chromium in PATH: install the package "chromium" (Debian: apt-get install chromium) or run make test, which tries to`)
}

// wrap writes a script that starts the browser in a way that also works as root and in containers, where its sandbox can't:
// the only pages it opens are ours. It returns the script's folder; the name is the first that wasmbrowsertest looks for.
func wrap(t testing.TB, browser string) string {
	t.Helper()
	dir := t.TempDir()
	script := fmt.Sprintf("#!/bin/sh\nexec '%s' --headless --no-sandbox --disable-gpu --disable-background-networking"+
		" --disable-component-update --disable-sync --no-first-run \"$@\"\n", strings.ReplaceAll(browser, "'", `'\''`))
	if err := os.WriteFile(filepath.Join(dir, "headless_shell"), []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

// environment is what go and the browser need of ours. wasmbrowsertest hands all of it to the program, and wasm_exec.js
// refuses a program with more than 8 KiB of arguments and environment.
func environment(firstInPath, tmp string) []string {
	env := []string{
		"GOOS=js", "GOARCH=wasm", "TMPDIR=" + tmp,
		"PATH=" + firstInPath + string(os.PathListSeparator) + os.Getenv("PATH"),
	}
	for _, pair := range os.Environ() {
		name, _, _ := strings.Cut(pair, "=")
		if name == "HOME" || name == "XDG_CACHE_HOME" || isGoSetting(name) {
			env = append(env, pair)
		}
	}
	return env
}

func isGoSetting(name string) bool {
	switch name {
	case "GOOS", "GOARCH", "GOCOVERDIR":
		return false
	}
	return strings.HasPrefix(name, "GO")
}
