package e2e

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// TestScreenshot writes the picture of the README to the file that SCREENSHOT names, and those of the manifest to the folder shots beside it;
// `make screenshot` does.
func TestScreenshot(t *testing.T) {
	file := os.Getenv("SCREENSHOT")
	if file == "" {
		t.Skip("SCREENSHOT names no file to write: `make screenshot`")
	}
	s := newFixture(t)
	p := s.tab(t)
	for _, picture := range []struct {
		file string
		size size
		as   *page.CaptureScreenshotParams
	}{
		{file, desktop(), page.CaptureScreenshot()},
		{"shots/narrow.webp", size{"narrow", 412, 732}, page.CaptureScreenshot().WithFormat(page.CaptureScreenshotFormatWebp).WithQuality(70)},
		{"shots/wide.webp", size{"wide", 1280, 800}, page.CaptureScreenshot().WithFormat(page.CaptureScreenshotFormatWebp).WithQuality(70)},
	} {
		p.setSize(picture.size)
		p.open("about:blank")
		p.open(s.site + "#/i/" + s.host("hafenlicht"))
		p.waitForView("#/i/" + s.host("hafenlicht"))
		p.wait("the pictures in sight", `[...document.images].filter(i => i.getBoundingClientRect().top < innerHeight).every(i => i.complete)`)
		var data []byte
		p.run(chromedp.ActionFunc(func(ctx context.Context) (err error) {
			data, err = picture.as.Do(ctx)
			return err
		}))
		name := picture.file
		if name != file {
			name = filepath.Join(filepath.Dir(file), name)
		}
		if err := os.WriteFile(name, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
