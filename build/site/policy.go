package site

import (
	"crypto/sha256"
	"encoding/base64"
	"strings"
)

// directive is a line of a Content-Security-Policy.
type directive struct{ name, sources string }

// AppPolicy is the Content-Security-Policy of the app. Readers choose the servers, so pictures, films and answers may come from
// any https host; scripts and styles from the site alone. Under wasm-unsafe-eval the program may be compiled, nothing else.
// What stands in the shell itself is named by its hash. loopback also lets servers on this machine be read.
func AppPolicy(loopback bool, inlineScript, inlineStyle []byte) string {
	local := ""
	if loopback {
		local = " http://localhost:* http://127.0.0.1:* http://*.localhost:*"
	}
	return policy(
		directive{"default-src", "'none'"},
		directive{"script-src", "'self' 'wasm-unsafe-eval' " + hashSource(inlineScript)},
		directive{"style-src", "'self' " + hashSource(inlineStyle)},
		directive{"img-src", "'self' https: data: blob:" + local},
		directive{"media-src", "https: blob:" + local},
		directive{"connect-src", "'self' https:" + local},
		directive{"frame-src", "'self' https:" + local},
		directive{"manifest-src", "'self'"},
		directive{"worker-src", "'self'"},
		directive{"base-uri", "'none'"},
		directive{"form-action", "'none'"},
		directive{"require-trusted-types-for", "'script'"},
		directive{"trusted-types", "vitrine"},
	)
}

// hashSource names what stands in a page itself.
// Source: https://www.w3.org/TR/CSP3/#grammardef-hash-source
func hashSource(data []byte) string {
	sum := sha256.Sum256(data)
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// pagePolicy is that of the static pages, which load only their own style, icons and the reader's look.
func pagePolicy() string {
	return policy(
		directive{"default-src", "'none'"},
		directive{"script-src", "'self'"},
		directive{"style-src", "'self'"},
		directive{"img-src", "'self'"},
		directive{"manifest-src", "'self'"},
		directive{"base-uri", "'none'"},
		directive{"form-action", "'none'"},
		directive{"require-trusted-types-for", "'script'"},
		directive{"trusted-types", "'none'"},
	)
}

func policy(directives ...directive) string {
	parts := make([]string, 0, len(directives))
	for _, d := range directives {
		parts = append(parts, d.name+" "+d.sources)
	}
	return strings.Join(parts, "; ")
}
