package serve

import (
	"os"
	"regexp"
	"strings"
)

// query is that of a URL, where signatures and tokens stand.
var query = regexp.MustCompile(`(://[^\s"?]+)\?[^\s"]*`)

// secretName is that of an environment variable which isn't for everybody's eyes.
var secretName = regexp.MustCompile(`(?i)KEY|SECRET|TOKEN|PASSWORD|_SAS|CONNECTION_STRING`)

// clean makes an error one line without secrets. The drivers put whole answers and addresses of requests into their errors.
func clean(err error) string {
	text := strings.Join(strings.Fields(err.Error()), " ")
	for _, variable := range os.Environ() {
		name, value, _ := strings.Cut(variable, "=")
		if len(value) >= 8 && secretName.MatchString(name) {
			text = strings.ReplaceAll(text, value, "…")
		}
	}
	text = query.ReplaceAllString(text, "$1")
	if runes := []rune(text); len(runes) > 600 {
		text = string(runes[:600]) + "…"
	}
	return text
}
