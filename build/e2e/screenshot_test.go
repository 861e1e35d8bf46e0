package e2e

import (
	"context"
	"os"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// TestScreenshot writes the picture of the README to the file that SCREENSHOT names; `make screenshot` does.
func TestScreenshot(t *testing.T) {
	file := os.Getenv("SCREENSHOT")
	if file == "" {
		t.Skip("SCREENSHOT names no file to write: `make screenshot`")
	}
	s := newFixture(t)
	p := s.tab(t)
	p.open(s.site + "#/i/" + s.host("hafenlicht"))
	p.waitForView("#/i/" + s.host("hafenlicht"))
	p.wait("the pictures in sight", `[...document.images].filter(i => i.getBoundingClientRect().top < innerHeight).every(i => i.complete)`)
	var png []byte
	p.run(chromedp.ActionFunc(func(ctx context.Context) (err error) {
		png, err = page.CaptureScreenshot().Do(ctx)
		return err
	}))
	if err := os.WriteFile(file, png, 0o644); err != nil {
		t.Fatal(err)
	}
}
