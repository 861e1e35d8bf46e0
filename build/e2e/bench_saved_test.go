package e2e

import (
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// manySaved keeps 10,000 saved posts in the form of feeds/saved, 500 in a transaction. The program has made the database.
const manySaved = `(async () => {
	const escaped = (text) => encodeURIComponent(text).replace(/%(?:3A|40|24|26|2B|3D)/g, decodeURIComponent); // as url.PathEscape
	const db = await new Promise((done, failed) => Object.assign(indexedDB.open("vitrine:/:kept"), { onsuccess: (e) => done(e.target.result), onerror: failed }));
	const bytes = (text) => new TextEncoder().encode(text);
	for (let from = 0; from < 10000; from += 500) {
		const transaction = db.transaction("pairs", "readwrite"), pairs = transaction.objectStore("pairs");
		for (let i = from; i < from + 500; i++) {
			const uri = "https://far.example/users/ada/statuses/" + i, at = Date.UTC(2024, 0, 1) + i * 6e5, name = escaped(uri);
			const text = "A saved post with the number " + i + ", which says a little more than its number, so that it fills its lines and has something to be found by. ".repeat(3);
			const post = { Key: uri, URI: uri, URL: "https://far.example/@ada/" + i, Author: { URL: "https://far.example/@ada", Host: "far.example", ID: "1", User: "ada", Domain: "far.example", Name: "Ada", Counts: {} },
				Published: new Date(at).toISOString(), Body: { b: [{ k: 16, c: [{ t: text }] }] }, Counts: { Replies: 2, Boosts: 3, Favourites: 4 }, Visibility: "public", Sightings: [{ Host: "far.example", ID: String(i), At: new Date(at).toISOString(), Origin: true }] };
			pairs.put(bytes(JSON.stringify({ v: 1, post, at: new Date(at).toISOString(), tags: i % 10 ? [] : ["ferry"] })), "saved/post/" + name);
			pairs.put(new Uint8Array(), "saved/time/" + String(9e15 - at).padStart(16, "0") + "/" + name);
			pairs.put(bytes(("ada @ada@far.example " + text).toLowerCase()), "saved/text/" + name);
			pairs.put(bytes(uri), "saved/at/far.example/" + i);
			if (i % 10 === 0) pairs.put(new Uint8Array(), "saved/tag/ferry/" + name);
		}
		await new Promise((done, failed) => Object.assign(transaction, { oncomplete: done, onerror: failed }));
	}
	db.close();
	return true;
})()`

// BenchmarkSaved opens 10,000 saved posts in Chromium and reports when the first ones stand, after a load of the page and from another view, how long the
// main thread is held at a time, and how long a search in all of them takes.
func BenchmarkSaved(b *testing.B) {
	f := newFixture(b)
	for b.Loop() {
		benchmarkSaved(b, f)
	}
	b.ReportMetric(0, "ns/op")
}

func benchmarkSaved(b *testing.B, f *fixture) {
	b.Helper()
	browser, stop := startChrome(b)
	defer stop()
	p := firstTab(b, browser, chromedp.ActionFunc(recordTasks))
	p.setSize(phone())
	p.open(f.site + "#/saved")
	p.waitForView("#/saved")
	p.waitForWorker()
	p.waitAsync("10,000 saved posts", "await "+manySaved)
	const whole = `document.querySelector("[data-part=count]")?.textContent === "10000" && document.querySelectorAll("main [role=feed] article[data-uri]").length >= 20`
	p.open(f.site + "#/")
	p.run(chromedp.Reload())
	p.waitForView("#/")
	p.until("the way to them", `document.querySelector('.nav a[href="#/saved"]')`)
	p.tasks()
	began := time.Now()
	p.run(chromedp.Evaluate(`location.hash = "#/saved"`, nil))
	p.until("the saved posts", whole)
	b.ReportMetric(milliseconds(time.Since(began)), "open-ms")
	held, longest := p.tasks()
	b.ReportMetric(held, "open-held-ms")
	b.ReportMetric(longest, "open-longest-task-ms")
	began = time.Now()
	p.run(chromedp.Evaluate(`(document.querySelector("#saved-words").value = "number 7777", document.querySelector("form[data-action=saved-find] button").click())`, nil))
	p.until("what was searched", `document.querySelector("[data-part=count]")?.textContent === "1"`)
	b.ReportMetric(milliseconds(time.Since(began)), "search-ms")
	_, longest = p.tasks()
	b.ReportMetric(longest, "search-longest-task-ms")
	began = time.Now()
	p.run(chromedp.Reload())
	p.until("the saved posts", whole)
	b.ReportMetric(milliseconds(time.Since(began)), "load-ms")
	_, longest = p.tasks()
	b.ReportMetric(longest, "load-longest-task-ms")
	p.reportMemory(b, "open")
}
