//go:build unix

package cache_test

import (
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"vitrine/feeds/feedstest/wasmtest"
)

const (
	kills = 20
	// roundEnds is when a round is given up: a browser that doesn't start, or a page that hangs.
	roundEnds = time.Minute
	// discards is how often Chromium may have thrown its own files away. It goes on writing behind a record that a kill has cut off
	// in the middle, finds the log damaged at the start after the next, and makes the origin's databases anew, all of them. About
	// one kill in eighty ends so; no page can prevent it.
	discards = 3
)

// TestWhatWasAcknowledgedSurvivesAKill ends a browser in the middle of writing, again and again on one profile, and has the page
// check after each start that all pages of posts which it said to be stored are there and complete, that the same is true of what is
// followed and of lists, none of them in part, and of saved posts with their labels, notes and pictures, that the reading line hasn't gone back,
// and that the index finds all.
func TestWhatWasAcknowledgedSurvivesAKill(t *testing.T) {
	if testing.Short() {
		t.Skip("it starts a browser twenty times")
	}
	k := newKeeper(t)
	profile := t.TempDir()
	random := rand.New(rand.NewPCG(20, 26))
	discarded := 0
	for round := 0; round <= kills; round++ {
		pages := 1 + random.IntN(60)
		k.begin(pages)
		stop := startBrowser(t, profile, k.url)
		select {
		case <-k.enough:
		case why := <-k.lost:
			stop()
			if k.acknowledged() > 0 && madeAnew(t, profile) && discarded < discards {
				t.Logf("round %d, after %d pages: the browser has thrown away the origin's databases", round, k.acknowledged())
				discarded++
				k.forget()
				round--
				continue
			}
			t.Fatalf("round %d, after %d pages: %s", round, k.acknowledged(), why)
		case <-time.After(roundEnds):
			stop()
			t.Fatalf("round %d: nothing happens, after %d pages", round, k.acknowledged())
		}
		stop()
		if !k.verified() {
			t.Fatalf("round %d was not verified", round)
		}
	}
	t.Logf("%d pages were stored and survived %d kills", k.acknowledged(), kills)
}

// madeAnew reports that Chromium found no database in this start, or none that it could read.
func madeAnew(t *testing.T, profile string) bool {
	t.Helper()
	logs, err := filepath.Glob(filepath.Join(profile, "Default", "IndexedDB", "*.indexeddb.leveldb", "LOG"))
	if err != nil || len(logs) != 1 {
		return false
	}
	log, err := os.ReadFile(logs[0])
	return err == nil && strings.Contains(string(log), "since it was missing")
}

// keeper serves the page and hears what it says.
type keeper struct {
	url    string
	enough chan struct{}
	lost   chan string

	mu     sync.Mutex
	stored int // pages
	until  int // the round ends there
	sound  bool
}

func newKeeper(t *testing.T) *keeper {
	t.Helper()
	dir := t.TempDir()
	build := exec.CommandContext(t.Context(), "go", "build", "-o", filepath.Join(dir, "keeper.wasm"), "./internal/keeper")
	build.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	root, err := exec.CommandContext(t.Context(), "go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	loader, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "wasm_exec.js"))
	if err != nil {
		t.Fatal(err)
	}
	const html = `<!doctype html><title>keeper</title><script src="wasm_exec.js"></script><script>
const go = new Go();
WebAssembly.instantiateStreaming(fetch("keeper.wasm"), go.importObject).then((r) => go.run(r.instance))
	.catch((e) => fetch("/lost?why=" + encodeURIComponent(e)));
</script>`
	k := &keeper{lost: make(chan string, 1)}
	mux := http.NewServeMux()
	mux.HandleFunc("/{$}", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, html)
	})
	mux.HandleFunc("/wasm_exec.js", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/javascript")
		_, _ = w.Write(loader)
	})
	mux.HandleFunc("/keeper.wasm", func(w http.ResponseWriter, r *http.Request) {
		http.ServeFile(w, r, filepath.Join(dir, "keeper.wasm"))
	})
	mux.HandleFunc("/acknowledged", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, k.acknowledged()) })
	mux.HandleFunc("/verified", func(http.ResponseWriter, *http.Request) {
		k.mu.Lock()
		defer k.mu.Unlock()
		k.sound = true
	})
	mux.HandleFunc("/lost", func(_ http.ResponseWriter, r *http.Request) {
		select {
		case k.lost <- r.FormValue("why"):
		default:
		}
	})
	mux.HandleFunc("/stored", func(_ http.ResponseWriter, r *http.Request) { k.take(r.FormValue("n")) })
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	t.Cleanup(server.CloseClientConnections)
	k.url = server.URL + "/"
	return k
}

// begin starts a round that ends after so many pages.
func (k *keeper) begin(pages int) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.enough, k.until, k.sound = make(chan struct{}), k.stored+pages, false
}

// forget makes the next round begin with nothing.
func (k *keeper) forget() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.stored = 0
}

func (k *keeper) take(n string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	number, err := strconv.Atoi(n)
	if err != nil || number <= k.stored {
		return
	}
	if k.stored = number; k.stored == k.until {
		close(k.enough)
	}
}

func (k *keeper) acknowledged() int {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.stored
}

func (k *keeper) verified() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.sound
}

// startBrowser opens a page in a browser of its own. stop ends it as a crash does, and with it every process that it started.
func startBrowser(t *testing.T, profile, url string) (stop func()) {
	t.Helper()
	browser, err := wasmtest.Browser()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
		"--disable-component-update", "--disable-sync", "--no-first-run", "--disable-quic", "--remote-debugging-port=0",
		"--user-data-dir="+profile, url)
	// A pipe that all its processes have: Wait returns when the last one has gone, and the profile is free.
	cmd.Stderr, cmd.WaitDelay = io.Discard, roundEnds
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var once sync.Once
	stop = func() {
		once.Do(func() {
			_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
			_ = cmd.Wait()
		})
	}
	t.Cleanup(stop)
	return stop
}
