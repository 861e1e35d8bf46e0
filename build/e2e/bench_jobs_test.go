package e2e

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"vitrine/feeds"
	"vitrine/feeds/reader"
)

// refreshed is how many lists are refreshed beside the page.
const refreshed = 100

// BenchmarkJobs has a hundred lists refreshed beside the page while another one is scrolled, and reports how long the main thread is held
// meanwhile, all that a task has over 50 ms added up, and the longest task.
func BenchmarkJobs(b *testing.B) {
	s := newFixture(b)
	host := longServer(b, 2000)
	_, port, _ := strings.Cut(host, ":")
	var waiting []feeds.Job
	for i := range refreshed {
		place := reader.ServerPlace{Host: fmt.Sprintf("long%d.localhost:%s", i, port), Scope: feeds.Local}
		waiting = append(waiting, feeds.Job{Kind: feeds.JobRefresh, Subject: reader.PlaceName(place)})
	}
	record, err := json.Marshal(map[string]any{"v": 1, "j": waiting})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		p := s.tab(b)
		p.run(chromedp.ActionFunc(recordTasks))
		p.open(s.site + "#/i/" + host)
		p.waitForView("#/i/" + host)
		p.tasks()
		eval[bool](p, writeRecord("jobs", string(record)), awaitPromise)
		began := time.Now()
		p.run(chromedp.Evaluate(`new BroadcastChannel("vitrine:/:jobs").postMessage('{"added":true}')`, nil))
		for !eval[bool](p, noRecord("jobs"), awaitPromise) {
			p.run(chromedp.Evaluate("scrollBy(0, innerHeight)", nil))
		}
		blocked, longest := p.tasks()
		b.ReportMetric(time.Since(began).Seconds(), "s")
		b.ReportMetric(blocked, "held-ms")
		b.ReportMetric(longest, "longest-task-ms")
	}
	b.ReportMetric(0, "ns/op")
}

// ownDatabase is a promise of the reader's own database, open.
const ownDatabase = `new Promise((resolve) => {
  const request = indexedDB.open("vitrine:/:own");
  request.onupgradeneeded = () => request.result.createObjectStore("records");
  request.onsuccess = () => resolve(request.result);
})`

// writeRecord is a promise that waits until a record stands on the shelf.
func writeRecord(name, value string) string {
	return fmt.Sprintf(`%s.then((db) => new Promise((resolve) => {
  const change = db.transaction("records", "readwrite");
  change.objectStore("records").put(%s, %s);
  change.oncomplete = () => { db.close(); resolve(true); };
}))`, ownDatabase, js(value), js(name))
}

// noRecord is a promise that tells whether a record of the shelf is an empty list.
func noRecord(name string) string {
	return fmt.Sprintf(`%s.then((db) => new Promise((resolve) => {
  const get = db.transaction("records").objectStore("records").get(%s);
  get.onsuccess = () => { db.close(); setTimeout(resolve, 200, !JSON.parse(get.result).j?.length); };
}))`, ownDatabase, js(name))
}
