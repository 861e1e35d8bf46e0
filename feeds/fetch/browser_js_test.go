package fetch_test

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"syscall/js"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/fetch"
)

// TestMain fails when anything reached the browser's error console besides what the browser itself writes there: a Promise that
// nobody took care of, or a callback that came after its release.
func TestMain(m *testing.M) {
	var complaints []string
	unhandled := js.FuncOf(func(_ js.Value, args []js.Value) any {
		complaints = append(complaints, "unhandled rejection: "+js.Global().Call("String", args[0].Get("reason")).String())
		return nil
	})
	logged := js.FuncOf(func(_ js.Value, args []js.Value) any {
		complaints = append(complaints, "console.error: "+js.Global().Call("String", args[0]).String())
		return nil
	})
	js.Global().Call("addEventListener", "unhandledrejection", unhandled)
	js.Global().Get("console").Set("error", logged)
	code := m.Run()
	for _, c := range complaints {
		fmt.Println(c)
		code = 1
	}
	os.Exit(code)
}

// start returns the root of the test server, which TestInChromium runs.
func start(t *testing.T) string {
	t.Helper()
	server := os.Getenv("FETCH_SERVER")
	if server == "" {
		t.Fatal("FETCH_SERVER is not set: run TestInChromium natively")
	}
	return server
}

func TestAServerWithoutCORSIsUnreachable(t *testing.T) {
	u := start(t) + "/nocors"
	_, err := fetch.New(onLoopback()).Fetch(t.Context(), feeds.Request{URL: u})
	wantFailure(t, err, feeds.Unreachable, u)
}

func TestAHostThatLetsNoPageReadItsFilesIsToldFromOneThatIsGone(t *testing.T) {
	u := start(t) + "/nocors"
	_, err := fetch.New(onLoopback()).File(t.Context(), u, 1<<20)
	wantFailure(t, err, feeds.Unreachable, u)
	if !errors.Is(err, feeds.ErrClosed) {
		t.Error(err)
	}
}

func TestADeviceWithoutNetworkIsOffline(t *testing.T) {
	server := start(t)
	c := fetch.New(onLoopback())
	u := decode[string](t, c, server+"/closedport")
	js.Global().Get("Object").Call("defineProperty", js.Global().Get("navigator"), "onLine", map[string]any{"value": false, "configurable": true})
	defer js.Global().Get("navigator").Delete("onLine")
	_, err := c.Fetch(t.Context(), feeds.Request{URL: u})
	wantFailure(t, err, feeds.Offline, u)
	// What still answers (a server on this machine, the HTTP cache) is not refused because of that flag.
	get(t, c, server+"/json")
}

func TestTheLoadersRequestIsTakenOver(t *testing.T) {
	server := start(t)
	for name, early := range map[string]js.Value{
		"an object": js.Global().Get("Object").New(),
		"a Map":     js.Global().Get("Map").New(),
	} {
		t.Run(name, func(t *testing.T) {
			key := strings.ReplaceAll(t.Name(), "/", "-")
			u := server + "/json?key=" + key
			leave(t, early, u, js.Global().Call("fetch", u))
			c := fetch.New(onLoopback())
			if res := get(t, c, u+"#part"); res.Status != 200 || !strings.Contains(string(res.Body), "world") || res.URL != u {
				t.Errorf("%+v", res)
			}
			if s := seen(t, server, key); s.Gets != 1 {
				t.Errorf("asked %d times, want 1", s.Gets)
			}
			get(t, c, u)
			if s := seen(t, server, key); s.Gets != 2 {
				t.Errorf("asked %d times after the next request, want 2: an early answer is used once", s.Gets)
			}
		})
	}
}

func TestTheLoadersRequestIsNotTakenForAnotherFormat(t *testing.T) {
	server, key := start(t), t.Name()
	u := server + "/json?key=" + key
	early := js.Global().Get("Map").New()
	leave(t, early, u, js.Global().Call("fetch", u))
	c := fetch.New(onLoopback())
	if _, err := c.Fetch(t.Context(), feeds.Request{URL: u, Accept: "application/activity+json"}); err != nil {
		t.Fatal(err)
	}
	if s := seen(t, server, key); s.Gets != 2 || !early.Call("has", u).Bool() {
		t.Errorf("asked %d times, want 2; the loader's answer is gone: %v", s.Gets, !early.Call("has", u).Bool())
	}
}

func TestTheLoadersFailureIsNotAskedAgain(t *testing.T) {
	server, key := start(t), t.Name()
	u := server + "/nocors?key=" + key
	leave(t, js.Global().Get("Map").New(), u, js.Global().Call("fetch", u))
	_, err := fetch.New(onLoopback()).Fetch(t.Context(), feeds.Request{URL: u})
	wantFailure(t, err, feeds.Unreachable, u)
	if s := seen(t, server, key); s.Gets != 1 {
		t.Errorf("asked %d times, want 1", s.Gets)
	}
}

func TestAnAnswerFromThePrivateNetworkIsNotHandedOver(t *testing.T) {
	const u = "https://social.example/x"
	redirected := js.Global().Get("Response").New("secret")
	js.Global().Get("Object").Call("defineProperty", redirected, "url", map[string]any{"value": "http://127.0.0.1/secret"})
	leave(t, js.Global().Get("Map").New(), u, redirected)
	res, err := fetch.New(onLoopback()).Fetch(t.Context(), feeds.Request{URL: u})
	wantFailure(t, err, feeds.Unreachable, u)
	if res != nil || !redirected.Get("bodyUsed").Bool() {
		t.Errorf("answer %+v; its body was cancelled: %v", res, redirected.Get("bodyUsed"))
	}
}

func TestTheBrowsersReadingOfAURLIsChecked(t *testing.T) {
	c := fetch.New(fetch.Options{})
	for _, u := range []string{
		`https:\\127.0.0.1\`, "https://１２７.0.0.1/", "https://127。0。0。1/", "https://%31%32%37.0.0.1/", "https://ⓛocalhost/",
		"https:127.0.0.1", "https://0x7f.1/", "https://[::ffff:7f00:1]/", "\thttps://localhost\n/",
	} {
		_, err := c.Fetch(t.Context(), feeds.Request{URL: u})
		if feeds.KindOf(err) != feeds.Unreachable || !strings.Contains(err.Error(), "private network") {
			t.Errorf("%q: %v, want it known as private", u, err)
		}
	}
}

// leave puts a Promise where the loader would, until the test is over.
func leave(t *testing.T, early js.Value, u string, promise js.Value) {
	t.Helper()
	if early.InstanceOf(js.Global().Get("Map")) {
		early.Call("set", u, promise)
	} else {
		early.Set(u, promise)
	}
	js.Global().Set("vitrine", map[string]any{"early": early})
	t.Cleanup(func() { js.Global().Delete("vitrine") })
}
