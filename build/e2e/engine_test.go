package e2e

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"
)

// engine is a browser as far as the journey through all engines needs one.
type engine interface {
	// open goes to an address and waits until it was loaded.
	open(ctx context.Context, address string) error
	reload(ctx context.Context) error
	back(ctx context.Context) error
	// eval returns the value of a JavaScript expression, as JSON.
	eval(ctx context.Context, expression string) (json.RawMessage, error)
}

// engineTimeout is how long an engine is waited for: one that compiles the program, or whose driver loses answers, takes its time.
const engineTimeout = 3 * timeout

// visitor drives an engine and fails its test when something goes wrong.
type visitor struct {
	t testing.TB
	engine
}

func (v visitor) do(what string, step func(context.Context) error) {
	v.t.Helper()
	ctx, cancel := context.WithTimeout(v.t.Context(), engineTimeout)
	defer cancel()
	if err := step(ctx); err != nil {
		v.t.Fatalf("%s: %v", what, err)
	}
}

func (v visitor) visit(address string) {
	v.t.Helper()
	v.do("open "+address, func(ctx context.Context) error { return v.open(ctx, address) })
}

// follow goes to a view of the page that is open, as a link does.
func (v visitor) follow(fragment string) {
	v.t.Helper()
	v.do("follow "+fragment, func(ctx context.Context) error {
		_, err := v.eval(ctx, "location.hash = "+js(fragment))
		return err
	})
	v.waitForView(fragment)
}

// reloadView reloads the page and waits for the view of a fragment.
func (v visitor) reloadView(fragment string) {
	v.t.Helper()
	v.do("reload", v.reload)
	v.waitForView(fragment)
}

// evalSoon gives up on an engine that doesn't answer: WebKitGTK's driver loses an answer now and then, and the next question is answered.
func (v visitor) evalSoon(ctx context.Context, expression string) (json.RawMessage, error) {
	ctx, cancel := context.WithTimeout(ctx, timeout/3)
	defer cancel()
	return v.eval(ctx, expression)
}

// answersUntil is false when the engine stops answering before an expression is true: when an answer is lost, or there are only failures for as
// long as a page may take. It is true when it answers to the end, whatever it says.
func (v visitor) answersUntil(expression string) bool {
	v.t.Helper()
	ctx, cancel := context.WithTimeout(v.t.Context(), engineTimeout)
	defer cancel()
	again := time.NewTicker(100 * time.Millisecond)
	defer again.Stop()
	answered := time.Now()
	for {
		value, err := v.evalSoon(ctx, "Boolean("+expression+")")
		switch {
		case err == nil && string(value) == "true":
			return true
		case err == nil:
			answered = time.Now()
		case errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil, time.Since(answered) > timeout:
			return false
		}
		select {
		case <-again.C:
		case <-ctx.Done():
			return err == nil
		}
	}
}

// wait waits until an expression is true.
func (v visitor) wait(what, expression string) {
	v.t.Helper()
	ctx, cancel := context.WithTimeout(v.t.Context(), engineTimeout)
	defer cancel()
	again := time.NewTicker(100 * time.Millisecond)
	defer again.Stop()
	for {
		value, err := v.evalSoon(ctx, "Boolean("+expression+")")
		if err == nil && string(value) == "true" {
			return
		}
		select {
		case <-again.C: // the page may be between two addresses: a failure counts only when there is no more time
		case <-ctx.Done():
			state, _ := v.evalSoon(context.WithoutCancel(ctx), "location.href + ' ' + (document.querySelector('main')?.innerText ?? document.body?.innerText ?? '').slice(0, 1500)")
			v.t.Fatalf("waited in vain for: %s\n(%s)\nlast: %s %v\n%s", what, expression, value, err, state)
		}
	}
}

func (v visitor) waitForView(fragment string) {
	v.t.Helper()
	v.wait("the view "+fragment, "document.querySelector('main:not([data-front])')?.dataset.view === "+js(fragment))
}

func (v visitor) text(expression string) string {
	v.t.Helper()
	s := ""
	v.do(expression, func(ctx context.Context) error {
		value, err := v.eval(ctx, expression)
		if err != nil {
			return err
		}
		return json.Unmarshal(value, &s)
	})
	return s
}

// run starts a program with processes of its own, which end with the test. It returns the program's standard output and standard error.
func run(t testing.TB, name string, args ...string) *os.File {
	t.Helper()
	output, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(name, args...)
	cmd.Stderr, cmd.Stdout = write, write
	cmd.Env = append(os.Environ(), "HOME="+t.TempDir(), "MOZ_HEADLESS=1")
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := cmd.Start(); err != nil {
		t.Fatalf("%s: %v (`make test-browsers` installs what it needs, where it can)", name, err)
	}
	_ = write.Close()
	t.Cleanup(func() {
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) // the group that was made above
		_ = cmd.Wait()
		_ = output.Close()
	})
	return output
}

// profile is a folder that a browser may go on writing to after its end.
func profile(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "vitrine-profile-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

// engineChoice is an engine by its name, and how it is started.
type engineChoice struct {
	name  string
	start func(testing.TB) engine
}

// chosenEngines are those that BROWSERS names. Where it names none, the test is skipped.
func chosenEngines(t *testing.T) []engineChoice {
	t.Helper()
	starts := map[string]func(testing.TB) engine{"chromium": startChromium, "firefox": startFirefox, "webkit": startWebKit}
	var chosen []engineChoice
	for _, name := range strings.Fields(os.Getenv("BROWSERS")) {
		start, known := starts[name]
		if !known {
			t.Fatalf("no engine is called %s", name)
		}
		chosen = append(chosen, engineChoice{name, start})
	}
	if len(chosen) == 0 {
		t.Skip("BROWSERS names no engine: `make test-browsers` names all three")
	}
	return chosen
}

// TestEngines makes one journey in each engine.
func TestEngines(t *testing.T) {
	engines := chosenEngines(t)
	s := newFixture(t)
	for _, e := range engines {
		t.Run(e.name, func(t *testing.T) { journey(t, s.behind(t, pictureAlone), visitor{t, e.start(t)}) })
	}
}

// journey is a visit, the second page, a thread, a film in pieces, a reload from what is stored, and reading without a network.
func journey(t *testing.T, i *stoppableFixture, v visitor) {
	server := "#/i/" + i.host("hafenlicht")
	v.visit(i.site)
	v.waitForView("#/")
	v.follow(server)
	v.wait("twenty posts", "document.querySelectorAll('main [role=feed] article[data-uri]').length >= 20")
	v.wait("posts beyond the second page", "(scrollTo(0, document.documentElement.scrollHeight), Math.max(...[...document.querySelectorAll('[data-chunk]')].map((c) => Number(c.dataset.chunk.split(':')[1]))) >= 3)")
	v.do("scroll back", func(ctx context.Context) error { _, err := v.eval(ctx, "scrollTo(0, 0)"); return err })
	const answered = "[...document.querySelectorAll('main article')].find((a) => parseInt(a.querySelector('.acts')?.innerText) > 1)"
	// In one step: rows come and go while the page scrolls.
	v.wait("a post with answers, to click its time", "(window.clicked ??= ((link) => link && (link.click(), link.getAttribute('href')))("+answered+"?.querySelector('a.when')))")
	thread := v.text("window.clicked")
	v.waitForView(thread)
	v.wait("the focused post among its answers", "document.querySelector('article.focus') && document.querySelectorAll('main article').length > 1")
	v.do("back", v.back)
	v.waitForView(server)
	v.wait("the list again", "document.querySelectorAll('main [role=feed] article[data-uri]').length >= 20")
	i.stream(v)
	profile := "#/@bibliothek@" + i.host("norderau")
	v.follow(profile)
	i.keep(v)
	tag := "#/t/" + i.host("norderau") + "/lesesaal"
	v.follow(tag)

	v.reloadView(tag)
	v.wait("the worker", "navigator.serviceWorker.controller?.state === 'activated'")
	if wrong := v.text("(document.querySelector('main [role=alert]')?.innerText ?? '')"); wrong != "" {
		t.Errorf("something went wrong: %s", wrong)
	}

	i.stopDemo()
	for _, view := range []string{tag, server, thread, profile} {
		v.follow(view)
		v.reloadView(view)
		v.wait("posts of a server that is gone, with the reason and their age",
			"document.querySelector('main article[data-uri]') && document.querySelector('main [role=alert][data-kind]') && document.querySelector('main [data-asof]')")
	}
	i.stopSite()
	found := "#/search?q=from%3Abibliothek%40" + strings.ReplaceAll(i.host("norderau"), ":", "%3A")
	for _, view := range []string{"#/saved", found} {
		v.follow(view)
		v.reloadView(view)
		v.wait("what is kept in "+view, "document.querySelector('main [role=feed] article[data-uri]') && document.querySelector('main [data-part=count]').textContent > 0")
	}
	for _, view := range []string{server, profile} {
		v.follow(view)
		v.reloadView(view)
		v.wait("posts without a network", "document.querySelector('main article[data-uri]') && document.querySelector('main [role=alert][data-kind]')")
	}
	v.do("back", v.back)
	v.waitForView(server)
	v.reloadView(server)
}

// pictureAlone leaves the sound out of the demo's streams: what of MP4 an engine plays depends on its system's decoders, and Firefox without those of
// FFmpeg takes no MP4 that is only sound.
func pictureAlone(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasSuffix(r.URL.Path, "/hls/master.m3u8") {
			next.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Access-Control-Allow-Origin", "*")
		w.Header().Set("Content-Type", "application/vnd.apple.mpegurl")
		_, _ = io.WriteString(w, "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-STREAM-INF:BANDWIDTH=61600,RESOLUTION=384x240,CODECS=\""+filmCodec+"\"\npicture.m3u8\n")
	})
}

// filmCodec is VP9 (profile 0, level 1.1, 8 bits) as types name it.
const filmCodec = "vp09.00.11.08"

// stream starts a film that comes in pieces. An engine whose system has no decoder for it says so, and leads to where it can be watched.
func (s *stoppableFixture) stream(v visitor) {
	v.t.Helper()
	v.follow("#/p/" + s.host("filmdose") + "/crane000003x")
	v.text("(HTMLMediaElement.prototype.canPlayType = () => '') && ''") // none plays a playlist by itself
	plays := v.text("String(MediaSource.isTypeSupported('video/mp4; codecs=" + filmCodec + "'))")
	v.wait("what starts the film", "((x) => x && (x.click(), true))(document.querySelector('main article.focus [data-action=stream]'))")
	if plays == "true" {
		v.wait("the film to play", "document.querySelector('main article.focus video')?.currentTime > 0")
		return
	}
	v.t.Log("this engine's system has no decoder for the demo's film")
	v.wait("words that it can't be played, and the way to its page", "document.querySelector('main article.focus [data-part=unplayable] + .file a[href$=\"/crane000003x\"]')")
}

// keep saves the first post of the view that is open, and takes the view offline.
func (s *stoppableFixture) keep(v visitor) {
	v.t.Helper()
	click := func(what, selector string) {
		v.t.Helper()
		v.wait(what, "((x) => x && (x.click(), true))(document.querySelector("+js(selector)+"))")
	}
	click("a post to save", "main [role=feed] article button[data-action=save][aria-pressed=false]")
	v.wait("a saved post", "document.querySelector('main [role=feed] article button[data-action=save][aria-pressed=true]')")
	click("the way to take it offline", "main button[data-action=take-offline]")
	click("the choices", "dialog[open] button[type=submit]")
	v.wait("that it is kept offline", "document.querySelector('main [data-part=offline]') && !document.querySelector('main progress')")
}
