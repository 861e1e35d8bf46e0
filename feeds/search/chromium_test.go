//go:build !js

package search

import (
	"strconv"
	"strings"
	"testing"

	"vitrine/feeds/feedstest/wasmtest"
)

// BenchmarkInChromium50000 and BenchmarkInChromium200000 report the figures of an index in IndexedDB.
func BenchmarkInChromium50000(b *testing.B)  { inChromium(b, "IndexedDB50000$") }
func BenchmarkInChromium200000(b *testing.B) { inChromium(b, "IndexedDB200000$") }

func inChromium(b *testing.B, name string) {
	b.Helper()
	for b.Loop() {
		for line := range strings.Lines(wasmtest.Bench(b, ".", name)) {
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
