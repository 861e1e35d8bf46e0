//go:build !js

package search

import (
	"strconv"
	"strings"
	"testing"

	"vitrine/feeds/feedstest/wasmtest"
)

// BenchmarkInChromium reports the figures of an index in IndexedDB.
func BenchmarkInChromium(b *testing.B) {
	for b.Loop() {
		for line := range strings.Lines(wasmtest.Bench(b, ".", "IndexedDB")) {
			fields := strings.Fields(line)
			if len(fields) == 0 || !strings.HasPrefix(fields[0], "BenchmarkIndexedDB") {
				continue
			}
			for i := 2; i+1 < len(fields); i += 2 {
				if figure, err := strconv.ParseFloat(fields[i], 64); err == nil && fields[i+1] != "ns/op" {
					b.ReportMetric(figure, fields[i+1])
				}
			}
		}
	}
	b.ReportMetric(0, "ns/op")
}
