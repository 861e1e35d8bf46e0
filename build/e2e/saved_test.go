package e2e

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// testSaved saves posts of a list, finds them in all tabs, labels one, reads it without its server, and lets it go.
func testSaved(t *testing.T, s *fixture) {
	source, harbour := axe(t), s.host("hafenlicht")
	p := s.tab(t)
	list := "#/i/" + harbour
	p.open(s.site + list)
	p.waitForView(list)
	p.wait("a button in each post", `(posts => posts.length >= 20 && posts.every((a) => a.querySelectorAll("button[data-action=save][aria-pressed=false]").length === 1))([...document.querySelectorAll("main [role=feed] article[data-uri]")])`)
	p.run(chromedp.Evaluate(`(window.chosen = [...document.querySelectorAll("main [role=feed] article[data-uri]")].slice(1, 4).map((a) => a.dataset.uri), document.querySelectorAll("main [role=feed] [data-action=save]").forEach((b, i) => { if (i > 0 && i < 4) b.click(); }))`, nil))
	p.wait("pressed buttons", `document.querySelectorAll("main [data-action=save][aria-pressed=true]").length === 3`)
	first := eval[string](p, `chosen[0]`)
	q := p.newTabWithSameStorage(s.browser)
	q.open(s.site + "#/saved")
	q.waitForView("#/saved")
	q.wait("the posts in another tab", `document.querySelectorAll("main [role=feed] article[data-uri]").length === 3 && document.querySelector("[data-part=count]").textContent === "3"`)
	if !eval[bool](q, `(times => times.every((t, i) => !i || t <= times[i - 1]))([...document.querySelectorAll("main [role=feed] time[datetime]")].map((t) => t.dateTime))`) {
		t.Error("they aren't in the order of time")
	}
	q.run(chromedp.Evaluate(`document.querySelector('article[data-uri="' + `+js(first)+` + '"] [data-action=saved-edit]').click()`, nil))
	q.wait("the dialog", `document.querySelector("#saved-menu[open] #saved-note")`)
	for _, v := range violations(q, source) {
		t.Errorf("dialog: %s", v)
	}
	q.run(chromedp.Evaluate(`(document.querySelector("#saved-tags").value = "ferry, to read", document.querySelector("#saved-note").value = "Ask Marta", document.querySelector("#saved-menu [type=submit]").click())`, nil))
	q.wait("the labels", `document.querySelectorAll("[data-action=saved-tag]").length === 2 && document.querySelector("[data-part=note]").textContent === "Ask Marta"`)
	for _, scheme := range []string{"light", "dark"} {
		q.setColorScheme(scheme)
		for _, v := range violations(q, source) {
			t.Errorf("%s: %s", scheme, v)
		}
	}
	q.shots("saved")
	q.run(chromedp.Evaluate(`document.querySelector("[data-action=saved-tag]").click()`, nil))
	q.wait("what has the label", `document.querySelectorAll("main article[data-uri]").length === 1 && document.querySelector("[data-part=count]").textContent === "1"`)

	p.run(chromedp.Evaluate(`document.querySelector("main [data-action=save][aria-pressed=true]").click()`, nil))
	q.wait("what is let go to go", `document.querySelectorAll("main article[data-uri]").length === 2 && !document.querySelector("[data-action=saved-tag]")`)
	p.click("[data-action=undo]")
	q.wait("it to come back", `document.querySelectorAll("main article[data-uri]").length === 3 && document.querySelector("[data-part=note]")`)
	q.run(chromedp.Reload())
	q.waitForView("#/saved")
	q.wait("all after a reload", `document.querySelectorAll("main article[data-uri] [data-action=save][aria-pressed=true]").length === 3`)
}

// testArchive opens the archive of an account, keeps it, and reads it with its pictures while nobody can be asked.
func testArchive(t *testing.T, s *fixture) {
	source := axe(t)
	p := s.tab(t)
	p.open(s.site + "#/saved")
	p.waitForView("#/saved")
	p.waitForWorker()
	p.wait("the way to open one", `document.querySelector("details[data-part=archives][open] #archive-file")`)
	for _, v := range violations(p, source) {
		t.Errorf("nothing saved: %s", v)
	}
	file := filepath.Join(t.TempDir(), "archive.zip")
	if err := os.WriteFile(file, accountArchive(t, 30), 0o644); err != nil {
		t.Fatal(err)
	}
	p.run(chromedp.SetUploadFiles("#archive-file", []string{file}, chromedp.ByQuery))
	p.wait("what it brings", `document.querySelector("[data-part=import] [data-part=new]")?.textContent === "30" && document.querySelector("[data-part=import] [data-part=unreadable]").textContent === "0"`)
	p.wait("all colours", `document.getAnimations().every((a) => a.playState !== "running")`)
	p.shots("archive-found")
	for _, v := range violations(p, source) {
		t.Errorf("found: %s", v)
	}
	p.click("[data-part=import] [data-action=confirm]")
	p.wait("the whole archive", `!document.querySelector("[data-part=import]") && document.querySelector('[data-part=archives] a[href="#/saved?archive=ada%40own.example"]')`)
	view := "#/saved?archive=ada%40own.example"
	p.goTo(view)
	p.waitForView(view)
	p.wait("its posts, newest first", `(posts => posts.length === 30 && posts[0].dataset.uri.endsWith("/30") && document.querySelector("[data-part=count]").textContent === "30")([...document.querySelectorAll("main [role=feed] article[data-uri]")])`)
	p.wait("a picture from the archive", `[...document.querySelectorAll("main article .media img")].some((i) => i.complete && i.naturalWidth > 0)`)
	for _, v := range violations(p, source) {
		t.Errorf("archive: %s", v)
	}
	p.shots("archive")
	for _, url := range p.requests() {
		if strings.Contains(url, "own.example") && !strings.Contains(url, "?archived") {
			t.Errorf("its server was asked: %s", url)
		}
	}
	if n := p.count("main script"); n > 0 {
		t.Errorf("%d scripts", n)
	}
}

// accountArchive is the archive of an account with n posts, as Mastodon writes it, in a ZIP.
func accountArchive(t *testing.T, n int) []byte {
	t.Helper()
	var items []string
	for i := 1; i <= n; i++ {
		items = append(items, fmt.Sprintf(`{"type":"Create","actor":"https://own.example/users/ada","object":{"id":"https://own.example/users/ada/statuses/%[1]d","type":"Note","published":"2024-05-%02[1]dT10:00:00Z","url":"https://own.example/@ada/%[1]d","attributedTo":"https://own.example/users/ada","to":"as:Public","content":"<p>Own post %[1]d<script>window.hacked = 1</script></p>","attachment":[{"type":"Document","mediaType":"image/png","url":"/media/%[1]d.png","name":"Picture %[1]d"}]}}`, i))
	}
	picture, err := base64.StdEncoding.DecodeString("iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGMQiXIDIgYIBQAS9gLRnAmljAAAAABJRU5ErkJggg==")
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	add := func(name string, data []byte) {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write(data)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	add("actor.json", []byte(`{"id":"https://own.example/users/ada","type":"Person","preferredUsername":"ada","name":"Ada","url":"https://own.example/@ada","summary":"<p>Keeper of the ferry log</p>"}`))
	add("outbox.json", []byte(`{"orderedItems":[`+strings.Join(items, ",")+`]}`))
	for i := 1; i <= n; i++ {
		add(fmt.Sprintf("media/%d.png", i), picture)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
