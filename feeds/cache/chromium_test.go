//go:build !js

package cache_test

import (
	"strconv"
	"strings"
	"testing"

	"vitrine/feeds/feedstest/wasmtest"
)

// TestInChromium runs the tests of IndexedDB in a browser.
func TestInChromium(t *testing.T) { wasmtest.Run(t, ".") }

// BenchmarkInChromium reports the figures of the benchmarks of IndexedDB in a browser.
func BenchmarkInChromium(b *testing.B) {
	for b.Loop() {
		for line := range strings.Lines(wasmtest.Bench(b, ".", "IndexedDB")) {
			fields := strings.Fields(line)
			if len(fields) == 0 || !strings.HasPrefix(fields[0], "BenchmarkIndexedDB") {
				continue
			}
			name, _, _ := strings.Cut(strings.TrimPrefix(fields[0], "BenchmarkIndexedDB"), "-")
			for i, unit := range fields {
				if unit != "posts/s" && unit != "ms" {
					continue
				}
				if figure, err := strconv.ParseFloat(fields[i-1], 64); err == nil {
					b.ReportMetric(figure, name+"-"+unit)
				}
			}
		}
	}
	b.ReportMetric(0, "ns/op")
}
