package web_test

import (
	"encoding/json"
	"fmt"
	"os/exec"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode/decoder"
)

// codeOf makes the QR code of a text as browsers do.
func codeOf(t *testing.T, text string) (size int, path string) {
	t.Helper()
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is missing, which runs this test; build/tools/need.sh node:nodejs installs it where it can")
	}
	cmd := exec.CommandContext(t.Context(), node, "--input-type=module", "-e",
		`globalThis.vitrine = {}; await import(process.cwd() + "/js/qr.js"); console.log(JSON.stringify(vitrine.code(process.argv[1])))`, text)
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var made struct {
		Size int
		Path string
	}
	if err := json.Unmarshal(out, &made); err != nil {
		t.Fatal(err)
	}
	return made.Size, made.Path
}

func TestQRCodesAreReadAgainAsTheTextTheyAreMadeOf(t *testing.T) {
	t.Parallel()
	const link = "https://reader.example/sub/#/following?add=~1c40ba39dTown~.ada~-social.example"
	for _, text := range []string{link, link + strings.Repeat("~.someone~-server.example", 40), "https://bücher.example/#/following?add=日本"} {
		size, path := codeOf(t, text)
		const quiet = 4
		side := size - 2*quiet
		modules, err := gozxing.NewSquareBitMatrix(side)
		if err != nil {
			t.Fatal(err)
		}
		for _, run := range strings.Split(strings.Trim(path, "Mz"), "zM") {
			var x, y, n, back int
			if _, err := fmt.Sscanf(run, "%d %dh%dv1h%d", &x, &y, &n, &back); err != nil || back != -n || x < quiet || y < quiet || x+n > quiet+side || y >= quiet+side {
				t.Fatalf("%q: %v", run, err)
			}
			for i := range n {
				modules.Set(x-quiet+i, y-quiet)
			}
		}
		read, err := decoder.NewDecoder().Decode(modules, nil)
		if err != nil || read.GetText() != text {
			t.Errorf("%d modules: %v, want %s", side, err, text)
		}
	}
	if size, path := codeOf(t, strings.Repeat("x", 1300)); path != "" || size != 0 {
		t.Errorf("of a text that is too long: %d modules", size)
	}
}
