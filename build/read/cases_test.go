package read

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vitrine/feeds/feedstest"
)

// The folder beside the module that holds recorded inputs which readers of feeds got wrong, each with its routes.
const casesFolder = "../shared/cases"

// route is one answer of routes.json. A key is a path, with or without its query, and a subdomain before it where one is asked.
type route struct {
	Status  int               `json:"status"`
	Headers map[string]string `json:"headers"`
	File    string            `json:"file"`
	Body    string            `json:"body"`
	Raw     bool              `json:"raw"` // {HOST} in the body is no placeholder
}

// serveCases answers for all cases, each as the host "cNN.localhost", and returns the port with a colon.
func serveCases(t *testing.T) string {
	t.Helper()
	root := filepath.Join(feedstest.ModuleRoot(t), casesFolder)
	folders, err := os.ReadDir(root)
	if err != nil {
		t.Skipf("the recorded inputs are not beside the module: %v", err)
	}
	all := map[string]map[string]route{}
	for _, f := range folders {
		data, err := os.ReadFile(filepath.Join(root, f.Name(), "routes.json"))
		if err != nil {
			continue
		}
		routes := map[string]route{}
		if err := json.Unmarshal(data, &routes); err != nil {
			t.Fatal(f.Name(), err)
		}
		for key, r := range routes {
			if r.File != "" {
				r.File = filepath.Join(root, f.Name(), r.File)
				routes[key] = r
			}
		}
		all["c"+f.Name()[:2]] = routes
	}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		labels := strings.Split(strings.Split(r.Host, ":")[0], ".")
		routes := all[labels[max(0, len(labels)-2)]]
		var before string
		if len(labels) > 2 {
			before = strings.Join(labels[:len(labels)-2], ".") + " "
		}
		found, ok := routes[before+r.URL.RequestURI()]
		if !ok {
			found, ok = routes[before+r.URL.Path]
		}
		if !ok {
			found = route{Status: http.StatusNotFound, Headers: map[string]string{"Content-Type": "application/json"}, Body: `{"error":"Record not found"}`}
		}
		body := []byte(found.Body)
		if found.File != "" {
			var err error
			if body, err = os.ReadFile(found.File); err != nil {
				t.Error(err)
			}
		}
		if !found.Raw {
			body = bytes.ReplaceAll(body, []byte("{HOST}"), []byte(r.Host))
		}
		for name, value := range found.Headers {
			w.Header().Set(name, strings.ReplaceAll(value, "{HOST}", r.Host))
		}
		w.WriteHeader(max(found.Status, http.StatusOK))
		_, _ = w.Write(body)
	}))
	t.Cleanup(s.Close)
	return s.URL[strings.LastIndexByte(s.URL, ':'):]
}

// inputCase is an address and what must be printed for it. HOST stands for the host of the case.
type inputCase struct {
	address string
	format  string   // "" is text
	has     []string // in this order
	not     []string
}

func inputCases() map[string][]inputCase {
	both := func(address string, has ...string) []inputCase {
		return []inputCase{{address: address, has: has}, {address: address, format: "atom", has: has}, {address: address, format: "jsonfeed", has: has}}
	}
	cases := map[string][]inputCase{
		"02": {
			{address: "http://HOST/rss.xml", has: []string{"How should <wbr> work?"}}, {address: "http://HOST/rss.xml", has: []string{"Images: <img> or <picture>?"}}, {address: "http://HOST/rss.xml", has: []string{"The </p> you may leave out"}},
			{address: "http://HOST/atom.xml", has: []string{"When to use <br> and when <hr>", "When to use <br> and when <hr>"}},
		},
		"06": {
			{address: "http://HOST/rss.xml", has: []string{"Search ?line=4&region=north explained", "http://HOST/list?line=4&region=north&section=2&copy=1"}, not: []string{"®", "§", "©"}},
			{address: "http://HOST/film.xml", has: []string{"http://HOST/map?a=1&region=north"}, not: []string{"®"}},
		},
		"08": {{address: "http://HOST/feed.xml", format: "jsonfeed", has: []string{"Two", "id=1", "id=2"}}},
		"10": {{address: "http://HOST/feed.xml", has: []string{"The ferry at dusk", "player.example"}}},
		"11": {
			{address: "http://HOST/?feed=rss2", has: []string{"From the feed asked for"}}, {address: "http://HOST/?cat=3&feed=rss2", has: []string{"Category three"}},
			{address: "http://HOST/?format=feed&type=rss", has: []string{"From the CMS feed asked for"}}, {address: "http://HOST/?p=12", has: []string{"Twelve"}},
			{address: "http://HOST/?author=1", has: []string{"Ann"}}, {address: "http://HOST/about/news", has: []string{"About news"}}, {address: "http://HOST/explore/rss", has: []string{"Explore rss"}},
		},
		"13": {
			{address: "@ann@HOST", has: []string{"mid   right", "Rain\n", "  falls\n", "    further"}},
			{address: "@ann@HOST", has: []string{"|‾‾‾‾|\n", "|    |\n", "|__  |\n", "   |_|\n"}},
		},
		"14": append([]inputCase{{address: "@ann@HOST", has: []string{"7. seven", "8. eight"}}, {address: "@ann@HOST", has: []string{"2. two", "1. one"}}, {address: "@ann@HOST", has: []string{"4. four", "5. five"}}},
			inputCase{address: "http://HOST/feed.xml", has: []string{"4. four", "5. five"}}),
		"15": slices.Concat(both("@ann@HOST", "http://HOST/art"), both("@ann@HOST", "http://far.HOST/photo.jpg"), both("@ann@HOST", "The harbour closes at six."), both("@ann@HOST", "Tea", "Coffee"), both("@ann@HOST", "North", "4", "South", "3"), both("@ann@HOST", "A tree")),
		"16": slices.Concat(both("!town@HOST", "Between 2^10 and 2^20 bytes."), both("!town@HOST", "Open 10~20 and 30~40, closed 25.")),
		"18": slices.Concat(both("!town@HOST", "Prices"), both("!town@HOST", "A longer note, with")),
		"19": {
			{address: "@ann@HOST", has: []string{"Loud film ending"}, not: []string{"$[x2", "**film**"}}, {address: "@ann@HOST", has: []string{"costs $[about 5 coins]"}},
			{address: "@ann@HOST", has: []string{"harbour town", "Hafenstadt"}, not: []string{"$[group"}}, {address: "@ann@HOST", has: []string{"http://HOST/plan"}},
			{address: "@ann@HOST", format: "jsonfeed", has: []string{"bo"}, not: []string{"@bo-\\u003c/a", "@bo-</a", "/@bo-\""}},
		},
		"22": {
			{address: "http://HOST/feed.xml", format: "jsonfeed", has: []string{"\"Ann\""}, not: []string{"ann@x.example", "Annhttp"}},
			{address: "http://HOST/feed.json", format: "jsonfeed", has: []string{"\"Ann\""}, not: []string{"ann@x.example"}},
			{address: "http://HOST/feed.xml", format: "atom", has: []string{"<name>Ann</name>"}, not: []string{"ann@x.example", "Annhttp"}},
			{address: "http://HOST/feed.xml", has: []string{"Ann"}, not: []string{"ann@x.example", "Annhttp"}},
		},
		"23": {
			{address: "!town@HOST", format: "jsonfeed", has: []string{"map.png", "A map of the harbour", "attachments"}},
			{address: "http://HOST/post/1", format: "jsonfeed", has: []string{"ferry.png"}}, {address: "http://HOST/post/1", format: "jsonfeed", has: []string{"two.png"}},
		},
		"28": {
			{address: "http://HOST/@ann/10", has: []string{"5 replies"}}, {address: "@ann@HOST", has: []string{"@ann2@far.example"}},
		},
		"29": slices.Concat(both("@ann@HOST", "http://elsewhere.example/article"), both("@ann@HOST", "http://HOST/song.mp3")),
		"31": {{address: "http://HOST/@ann/1", has: []string{"First part", "Second part", "No, never"}}},
		"32": {{address: "http://HOST/@ann/20", has: []string{"First part", "Second, before the hole", "missing"}}},
		"34": {
			{address: "@ann@HOST", has: []string{"⚠"}}, {address: "@ann@HOST", format: "jsonfeed", has: []string{"Spoilers for the end", "content_warning"}},
		},
		"37": {
			{address: "@ann@HOST", has: []string{"suspended"}, not: []string{"does not want", "signing in", "refuses guests"}},
			{address: "@bo@HOST", has: []string{"limited"}}, {address: "@cy@HOST", has: []string{"memor"}},
		},
		"38": {{address: "@ann@HOST", has: []string{"counts 500 posts and shows none to guests"}}},
	}
	for _, f := range []string{"no-guid", "one-guid"} {
		cases["01"] = append(cases["01"], inputCase{address: "http://HOST/" + f + ".xml", format: "atom", has: []string{"<entry>", "<entry>", "<entry>"}})
	}
	for i := range 9 {
		cases["04"] = append(cases["04"], inputCase{address: fmt.Sprintf("http://HOST/d%d.xml", i+1), format: "jsonfeed", has: []string{"2026-03-02T18:55:00Z"}})
	}
	for i := range 8 {
		cases["04"] = append(cases["04"], inputCase{address: fmt.Sprintf("http://HOST/l%d.xml", i+1), format: "jsonfeed", has: []string{"T18:55:00Z"}})
	}
	cases["04"] = append(cases["04"], inputCase{address: "http://HOST/none.xml", format: "jsonfeed", has: []string{"items"}, not: []string{"date_published"}})
	for name, title := range map[string]string{"shift_jis": "日本語の見出し", "euc-jp": "日本語の見出し", "gbk": "中文标题", "gb2312": "中文标题", "big5": "中文標題", "euc-kr": "한국어 제목", "windows-1254": "Şehir haberleri ığü",
		"iso-8859-9": "Şehir haberleri ığü", "windows-1253": "Ελληνικά νέα", "iso-8859-7": "Ελληνικά νέα", "windows-1255": "חדשות", "windows-1256": "أخبار", "iso-8859-5": "Новости", "koi8-u": "Новини їжак",
		"windows-874": "ข่าว", "windows-1257": "Žinios ąčęė", "iso-2022-jp": "日本語の見出し"} {
		cases["05"] = append(cases["05"], inputCase{address: "http://HOST/" + name + ".xml", has: []string{title}})
	}
	for _, f := range []string{"atomns", "xhtmlns", "mrssns"} {
		cases["07"] = append(cases["07"], inputCase{address: "http://HOST/" + f + ".xml", has: []string{"Open data", "First"}})
	}
	for _, path := range []string{"/@ann", "/tag/rain/", "/author/ann/", "/post/12", "/c/news", "/u/ann", "/users/ann", "/channel/UCabc", "/profile/ann", "/notes/2026-03-02"} {
		cases["12"] = append(cases["12"], inputCase{address: "http://HOST" + path, has: []string{"Entry of " + strings.TrimSuffix(path, "/")}})
	}
	return cases
}

func TestRecordedInputsAreReadAsTheirAuthorsMeantThem(t *testing.T) {
	port := serveCases(t)
	all := inputCases()
	for _, number := range slices.Sorted(maps.Keys(all)) {
		for _, c := range all[number] {
			t.Run(number+" "+c.format+" "+c.address, func(t *testing.T) {
				host := "c" + number + ".localhost" + port
				format := c.format
				if format == "" {
					format = "text"
				}
				var out, stderr bytes.Buffer
				err := Command().Run(t.Context(), []string{"-format", format, strings.ReplaceAll(c.address, "HOST", host)}, &out, &stderr)
				got := out.String()
				if format != "text" {
					got = strings.NewReplacer(`\u003c`, "<", `\u003e`, ">", `\u0026`, "&", "&amp;", "&").Replace(got)
				}
				got += stderr.String()
				if err != nil {
					got += err.Error()
				}
				rest := got
				for _, want := range c.has {
					want = strings.ReplaceAll(want, "HOST", host)
					i := strings.Index(rest, want)
					if i < 0 {
						t.Errorf("%q is missing (err %v) in\n%.1500s", want, err, got)
						break
					}
					rest = rest[i+len(want):]
				}
				for _, unwanted := range c.not {
					if strings.Contains(got, unwanted) {
						t.Errorf("%q stands in\n%.1500s", unwanted, got)
					}
				}
			})
		}
	}
}
