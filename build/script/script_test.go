package script_test

import (
	"bytes"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/evanw/esbuild/pkg/api"

	"vitrine/build/script"
)

func files(pairs ...string) fstest.MapFS {
	made := fstest.MapFS{}
	for i := 0; i < len(pairs); i += 2 {
		made[pairs[i]] = &fstest.MapFile{Data: []byte(pairs[i+1])}
	}
	return made
}

func TestModulesBecomeOneScript(t *testing.T) {
	web := files("js/main.js", `import { greet } from "./parts/greet.js"; globalThis.said = greet("Ada"); import(globalThis.later);`,
		"js/parts/greet.js", `import { mark } from "../mark.js"; export const greet = (name) => "Hello " + name + mark; export const unused = "never said";`,
		"js/mark.js", `export const mark = "!";`)
	got, err := script.Bundle(web, "js/main.js")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(got, []byte("\"use strict\";\n(()=>{")) || !bytes.HasSuffix(bytes.TrimSpace(got), []byte("})();")) {
		t.Errorf("it leaves names behind: %s", got)
	}
	if !bytes.Contains(got, []byte("Hello ")) || bytes.Contains(got, []byte("never said")) || bytes.Contains(got, []byte("export")) {
		t.Errorf("what is used and nothing else should be there: %s", got)
	}
	if !bytes.Contains(got, []byte("import(globalThis.later)")) {
		t.Errorf("an address that the page knows is loaded later: %s", got)
	}
}

func TestAMistakeHasItsFileAndLine(t *testing.T) {
	for want, web := range map[string]fstest.MapFS{
		"js/part.js, line 2": files("js/main.js", `import "./part.js";`, "js/part.js", "let a = 1;\nlet = = 2;"),
		"js/main.js, line 1": files("js/main.js", `import "./missing.js";`),
		`"b"`:                files("js/main.js", `import { b } from "./part.js"; b();`, "js/part.js", "export const a = 1;"),
		"js/main.js":         files(),
	} {
		if _, err := script.Bundle(web, "js/main.js"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, not %q", err, want)
		}
	}
	if _, err := script.Minify("a.css", []byte("a {"), api.LoaderCSS); err != nil {
		t.Errorf("CSS closes by itself: %v", err)
	}
	if _, err := script.Minify("a.js", []byte("let a = 1;\nlet = = 2;"), api.LoaderJS); err == nil || !strings.Contains(err.Error(), "a.js, line 2") {
		t.Error(err)
	}
}

func TestGlobalNamesStayWhenAScriptIsMinified(t *testing.T) {
	got, err := script.Minify("sw.js", []byte("function answerAll(request) { return site + request; }"), api.LoaderJS)
	if err != nil || !bytes.Contains(got, []byte("answerAll")) || !bytes.Contains(got, []byte("site")) || bytes.Contains(got, []byte("request")) {
		t.Errorf("%s, %v", got, err)
	}
}
