package e2e

import (
	"archive/zip"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// testFiles saves a conversation as each kind of file, by a download and where the browser writes files itself; the page of HTML is opened and
// checked.
func testFiles(t *testing.T, s *fixture) {
	p := s.tab(t)
	view := "#/p/" + s.host("filmdose") + "/harbourDusk1"
	p.open(s.site + view)
	p.waitForView(view)
	p.wait("the program", `!document.querySelector('main[data-front]') && document.querySelector('main [data-action=save-file]')`)
	open := func() {
		p.run(chromedp.Evaluate(`document.querySelector('main [data-action=save-file]').click()`, nil))
		p.wait("the four formats", `document.querySelectorAll('#file[open] [data-action=export][data-format]').length === 4`)
	}
	shut := func() {
		p.run(chromedp.Evaluate(`document.querySelector('#file [data-action=close]').click()`, nil))
		p.wait("the dialog to close, and its entry of the history to be left", `!document.querySelector('#file[open]') && !document.querySelector('#file h2') && !history.state?.dialog`)
	}
	open()
	for _, v := range violations(p, axe(t)) {
		t.Error(v)
	}
	shut()

	// On a phone the head of a profile has no room for it: the dialog beside it leads there.
	p.setSize(phone())
	profile := "#/@marta@" + s.host("hafenlicht")
	p.open(s.site + profile)
	p.waitForView(profile)
	p.wait("the program", `!document.querySelector('main[data-front]') && document.querySelector('main article')`)
	p.click(`main [data-action=take-offline]`)
	p.wait("the way from one dialog to the other", `document.querySelector('#take[open] [data-action=save-file]')?.checkVisibility()`)
	p.run(chromedp.Evaluate(`document.querySelector('#take [data-action=save-file]').click()`, nil))
	p.wait("the four formats", `!document.querySelector('#take[open]') && document.querySelectorAll('#file[open] [data-action=export][data-format]').length === 4`)
	p.shots("file")
	shut()
	p.setSize(desktop())
	p.open(s.site + view)
	p.waitForView(view)
	p.wait("the program", `!document.querySelector('main[data-front]') && document.querySelector('main [data-action=save-file]')`)

	// The page's policy lets it ask for no blob: so each is taken where it is made.
	p.run(chromedp.Evaluate(`delete window.showSaveFilePicker; window.saved = []; window.blobs = []; URL.createObjectURL = ((make) => (b) => { blobs.push(b); return make(b); })(URL.createObjectURL.bind(URL)); HTMLAnchorElement.prototype.click = function () {
			const file = {name: this.download};
			saved.push(file);
			const r = new FileReader(); r.onload = () => { file.data = r.result; }; r.readAsDataURL(blobs.at(-1));
		}`, nil))
	folder := t.TempDir()
	for i, format := range []string{"html", "epub", "markdown", "jsonfeed"} {
		open()
		p.run(chromedp.Evaluate(`document.querySelector('#file [data-format=`+format+`]').click()`, nil))
		p.wait("the file "+format, fmt.Sprintf(`document.querySelector('#file [data-part=file]') && saved[%d]?.data`, i))
		name, data := eval[string](p, fmt.Sprintf("saved[%d].name", i)), eval[string](p, fmt.Sprintf("saved[%d].data", i))
		_, encoded, _ := strings.Cut(data, ",")
		text, err := base64.StdEncoding.DecodeString(encoded)
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(folder, format+filepath.Ext(name))
		if err := os.WriteFile(file, text, 0o600); err != nil {
			t.Fatal(err)
		}
		checkSaved(t, format, file, string(text))
		shut()
	}

	p.run(chromedp.Evaluate(`document.querySelector('[data-action=export][data-format=jsonfeed]').click()`, nil))
	p.wait("a file by one press", `document.querySelector('#file [data-part=file]') && saved[4]?.data`)
	shut()

	// A browser that writes files itself: here into a folder of the page's own.
	p.run(chromedp.Evaluate(`window.showSaveFilePicker = async (o) => (await navigator.storage.getDirectory()).getFileHandle(o.suggestedName.replace(/[^a-z.]/gi, ""), {create: true})`, nil))
	open()
	p.run(chromedp.Evaluate(`document.querySelector('#file [data-format=html]').click()`, nil))
	p.wait("the file on the disk", `document.querySelector('#file [data-part=file]')`)
	p.waitAsync("the whole file", `await (async () => { for await (const [, h] of await navigator.storage.getDirectory()) if ((await (await h.getFile()).text()).trimEnd().endsWith("</html>")) return true; return false; })()`)
	shut()
	p.run(chromedp.Evaluate(`window.showSaveFilePicker = () => new Promise((_, no) => setTimeout(() => no(new DOMException("", "AbortError")), 1000))`, nil))
	open()
	p.run(chromedp.Evaluate(`document.querySelector('#file [data-format=html]').click()`, nil))
	p.wait("what is done meanwhile", `document.querySelector('#file progress')`)
	p.wait("the choices again, when no place is chosen", `document.querySelectorAll('#file[open] [data-action=export]').length === 4`)
	if n := eval[int](p, "saved.length"); n != 5 {
		t.Errorf("%d files were downloaded", n)
	}
	shut()

	alone := s.tab(t)
	alone.run(chromedp.Navigate("file://" + filepath.Join(folder, "html.html")))
	alone.wait("the pictures in the page", `document.images.length > 0 && [...document.images].every((i) => i.complete && i.naturalWidth > 0 && i.src.startsWith("data:"))`)
	alone.wait("its style", `getComputedStyle(document.querySelector("article")).borderTopWidth !== "0px"`)
	jar := filepath.Join(npm(t, "vnu-jar", checkerVersion), "build", "dist", "vnu.jar")
	if out, err := exec.CommandContext(t.Context(), "java", "-jar", jar, "--errors-only", filepath.Join(folder, "html.html")).CombinedOutput(); err != nil {
		t.Errorf("%v\n%.4000s", err, out)
	}
}

// checkSaved looks into a file that was saved.
func checkSaved(t *testing.T, format, file, text string) {
	t.Helper()
	switch format {
	case "html":
		if !strings.HasPrefix(text, "<!DOCTYPE html>") || strings.Contains(text, "<script") || !strings.Contains(text, "data:image/") {
			t.Errorf("html: %.300s", text)
		}
	case "jsonfeed":
		var feed struct{ Items []struct{ ID string } }
		if err := json.Unmarshal([]byte(text), &feed); err != nil || len(feed.Items) < 2 {
			t.Errorf("jsonfeed: %v, %d items", err, len(feed.Items))
		}
	default:
		z, err := zip.OpenReader(file)
		if err != nil {
			t.Fatal(format, err)
		}
		defer z.Close()
		pictures := 0
		for _, f := range z.File {
			if strings.Contains(f.Name, "media/") {
				pictures++
			}
		}
		if pictures == 0 {
			t.Errorf("%s has no pictures", format)
		}
	}
}
