package recipes

import (
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"vitrine/build/publish"
)

// names are the files of the site that the web servers show.
func names() []string {
	return []string{
		"index.html", "about.html", "404.html", "sw.js", "robots.txt", "manifest.webmanifest", "sitemap.xml", "embed.js", "embed.css",
		"embed-height.js", "embed.0123456789ab.js", "assets/app.0123456789ab.wasm", "assets/icons.0123456789ab.svg",
		"feeds/index.html", "feeds/status.json", "feeds/town/index.html", "feeds/town/embed.html", "feeds/town/fragment.html",
		"feeds/town/2026.html", "feeds/town/tree.json", "feeds/town/feed.atom", "feeds/town/feed.json", "feeds/town/report.json",
		"feeds/town/media/fedcba9876543210.webp", "feeds/town/media/1.mp4", "feeds/town/media/1.vtt",
	}
}

// hostile is a post that tries to be carried out by a server that includes it.
const hostile = `<section class="vitrine">a post: {{env "HOME"}} <!--# echo var="uri" --> grüßt</section>`

// makeSite writes the site. Pages have compressed siblings that say so, which no server would make of them.
func makeSite(t *testing.T, body string) string {
	t.Helper()
	files := map[string][]byte{}
	for _, name := range names() {
		files[name] = []byte("plain " + name)
		if strings.HasSuffix(name, ".html") || strings.HasSuffix(name, ".wasm") {
			files[name+".br"], files[name+".gz"] = []byte("br "+name), []byte("gzip "+name)
		}
	}
	files["feeds/town/fragment.html"] = []byte(hostile)
	files["town-hall.html"] = []byte("<h1>Rathaus</h1>" + body)
	files[".vitrine-files"] = []byte("x")
	files["media-outside/.well-known-not"] = nil
	dir := t.TempDir()
	target, err := publish.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := publish.Put(t.Context(), target, files); err != nil {
		t.Fatal(err)
	}
	if err := target.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

// get asks for a file. accept is the Accept-Encoding.
func get(t *testing.T, url, accept string) (*http.Response, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Accept-Encoding", accept)
	answer, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }() // was only read
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer, string(body)
}

// serves checks what all recipes for web servers promise. encodings are the compressions it is set up for.
func serves(t *testing.T, base string, encodings ...string) {
	t.Helper()
	for _, name := range names() {
		answer, body := get(t, base+"/"+name, "identity")
		if plain := "plain " + name; answer.StatusCode != http.StatusOK || body != plain && body != hostile {
			t.Errorf("%s: %s, %q", name, answer.Status, body)
		}
		header(t, name, answer, "Content-Type", publish.ContentType(name))
		header(t, name, answer, "Cache-Control", publish.CacheControl(name))
		header(t, name, answer, "X-Content-Type-Options", "nosniff")
		header(t, name, answer, "Referrer-Policy", "no-referrer")
		shared := ""
		if strings.HasPrefix(name, "feeds/") || strings.HasPrefix(name, "embed") {
			shared = "*"
		}
		header(t, name, answer, "Access-Control-Allow-Origin", shared)
		policy := answer.Header.Get("Content-Security-Policy")
		if framed := strings.HasSuffix(policy, "frame-ancestors *"); framed != (name == "feeds/town/embed.html") || !framed && policy != "frame-ancestors 'self'" {
			t.Errorf("%s has the policy %q", name, policy)
		}
	}
	for path, name := range map[string]string{"": "index.html", "feeds/": "feeds/index.html", "feeds/town/": "feeds/town/index.html", "assets/app.0123456789ab.wasm": "assets/app.0123456789ab.wasm"} {
		for _, encoding := range encodings {
			short, _, _ := strings.Cut(encoding, ",")
			answer, body := get(t, base+"/"+path, encoding)
			if want := short + " " + name; body != want || answer.Header.Get("Content-Encoding") != short {
				t.Errorf("/%s: %q, %q instead of %q", path, answer.Header.Get("Content-Encoding"), body, want)
			}
			header(t, path, answer, "Content-Type", publish.ContentType(name))
			header(t, path, answer, "Cache-Control", publish.CacheControl(name))
			if !strings.Contains(strings.ToLower(answer.Header.Get("Vary")), "accept-encoding") {
				t.Errorf("/%s with %s doesn't vary", path, encoding)
			}
		}
	}
	for _, path := range []string{"none.html", "feeds/none/media/none.webp", ".vitrine-files", "feeds/.vitrine-tmp-1"} {
		answer, body := get(t, base+"/"+path, "identity")
		if answer.StatusCode != http.StatusNotFound || body != "plain 404.html" {
			t.Errorf("%s: %s, %q", path, answer.Status, body)
		}
		header(t, path, answer, "Cache-Control", "")
	}
	for _, encoding := range append(encodings, "identity") {
		answer, body := get(t, base+"/town-hall.html", encoding)
		if answer.StatusCode != http.StatusOK || !strings.HasPrefix(body, "<h1>Rathaus</h1>") || !strings.Contains(body, hostile) || answer.Header.Get("Content-Encoding") != "" {
			t.Errorf("including with %s: %q", encoding, body)
		}
		header(t, "town-hall.html", answer, "Content-Type", "text/html; charset=utf-8")
	}
}

func header(t *testing.T, name string, answer *http.Response, key, want string) {
	t.Helper()
	if got := answer.Header.Get(key); got != want {
		t.Errorf("%s: %s is %q instead of %q", name, key, got, want)
	}
}

func TestNginx(t *testing.T) {
	program := need(t, "nginx", "nginx-light")
	dir := makeSite(t, `<!--# block name="away" --><p>away</p><!--# endblock --><!--# include virtual="/feeds/town/fragment.html" stub="away" -->`+
		`<!--# include virtual="/feeds/none/fragment.html" stub="away" -->`)
	port := freePort(t)
	conf := recipe(t, "nginx.conf", "listen 80;", "listen 127.0.0.1:"+port+";", "server_name site.example;", "server_name 127.0.0.1;", "/var/www/site", dir)
	module, encodings := "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so", []string{"br, gzip", "gzip"}
	if _, err := os.Stat(module); err == nil {
		module = "load_module " + module + ";\n"
	} else {
		t.Log("brotli is left out: its module is not installed (Debian: libnginx-mod-http-brotli-static)")
		module, encodings = "", encodings[1:]
		conf = regexp.MustCompile(`(?m)^\s*brotli_static .*$`).ReplaceAllString(conf, "")
	}
	work := t.TempDir()
	save(t, filepath.Join(work, "site.conf"), conf)
	main := save(t, filepath.Join(work, "nginx.conf"), module+`
daemon off; master_process off; pid nginx.pid; error_log stderr;
events { worker_connections 64; }
http {
	access_log off;
	client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
	include site.conf;
}
`)
	if out, err := exec.Command(program, "-t", "-e", "stderr", "-p", work, "-c", main).CombinedOutput(); err != nil || strings.Contains(string(out), "[warn]") {
		t.Fatalf("%v\n%s", err, out)
	}
	base := "http://127.0.0.1:" + port
	start(t, base, nil, program, "-e", "stderr", "-p", work, "-c", main)
	serves(t, base, encodings...)
	if _, body := get(t, base+"/town-hall.html", "identity"); !strings.HasSuffix(body, "<p>away</p>") {
		t.Errorf("nothing stands for a feed that isn't there: %q", body)
	}
}

func TestCaddy(t *testing.T) {
	program := need(t, "caddy", "caddy")
	dir := makeSite(t, `<?include "feeds/town/fragment.html"?>`)
	port := freePort(t)
	work := t.TempDir()
	base := "http://127.0.0.1:" + port
	conf := save(t, filepath.Join(work, "Caddyfile"), "{\n\tadmin off\n}\n"+recipe(t, "Caddyfile", "site.example {", base+" {", "/var/www/site", dir))
	env := []string{"HOME=" + work, "XDG_DATA_HOME=" + work, "XDG_CONFIG_HOME=" + work}
	if out, err := exec.Command(program, "fmt", "Caddyfile").Output(); err != nil || string(out) != recipe(t, "Caddyfile") {
		t.Errorf("caddy fmt: %v\n%s", err, out)
	}
	start(t, base, env, program, "run", "--config", conf, "--adapter", "caddyfile")
	serves(t, base, "br, gzip", "gzip")
}

// freePort is one that nobody listens at.
func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }() // it served nothing
	_, port, err := net.SplitHostPort(l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	return port
}

// start runs a server until the test ends and waits until it answers at base.
func start(t *testing.T, base string, env []string, program string, args ...string) {
	t.Helper()
	command := exec.Command(program, args...)
	command.Env = append(os.Environ(), env...)
	logged := filepath.Join(t.TempDir(), "log")
	file, err := os.Create(logged)
	if err != nil {
		t.Fatal(err)
	}
	command.Stdout, command.Stderr = file, file
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- command.Wait() }()
	t.Cleanup(func() {
		_ = command.Process.Kill() // it may have ended by itself
		select {
		case <-ended:
		case <-time.After(10 * time.Second):
			t.Error("the server doesn't end")
		}
		_ = file.Close() // whole, since it is no test's result
		if log, err := os.ReadFile(logged); t.Failed() && err == nil {
			t.Logf("%s", log)
		}
	})
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if r, err := http.Get(base + "/robots.txt"); err == nil {
			_ = r.Body.Close()
			return
		}
		select {
		case err := <-ended:
			ended <- err
			t.Fatalf("the server ended: %v", err)
		default:
		}
	}
	t.Fatal("the server doesn't answer")
}
