package site

import (
	"encoding/json"
	"fmt"
	"strings"

	"vitrine/build/script"
)

// onDemand are the scripts of web/js that the program's page loads when something is wanted: film.js is "film" there.
func onDemand() []string { return []string{"film", "math", "stream", "translator"} }

// lazy are those of them that a service worker keeps only once they were loaded: they are large, and few readers need them.
func lazy(name string) bool {
	return strings.HasPrefix(name, "assets/stream.") || strings.HasPrefix(name, "assets/math.")
}

// scripts adds the scripts on demand, and returns the line by which the page knows their addresses (web/js/draw.js).
func (r *renderer) scripts() ([]byte, error) {
	addresses := map[string]string{}
	for _, name := range onDemand() {
		code, err := script.Bundle(r.Web, "js/"+name+".js")
		if err != nil {
			return nil, err
		}
		addresses[name] = r.asset(name+".js", code)
	}
	table, err := json.Marshal(addresses)
	return fmt.Appendf(nil, "globalThis.vitrine.scripts=%s;\n", table), err
}

// borrowed are the licences of other people's scripts.
func (r *renderer) borrowed() ([]byte, error) {
	codes, err := r.read("js/lean-qr.js")
	if err != nil {
		return nil, err
	}
	formulas, err := r.read("js/temml.js")
	if err != nil {
		return nil, err
	}
	streams, err := r.read("content/hls.licence.txt")
	return append(append(scriptNotice(codes), scriptNotice(formulas)...), notice(streams)...), err
}
