package syndication

import (
	"strconv"
	"strings"
	"time"
)

// maxDuration bounds what is believed.
const maxDuration = 1000 * time.Hour

// parseLength reads "1:02:03", "62:03" or "3723.5": hours and minutes first.
func parseLength(s string) time.Duration {
	var seconds float64
	for part := range strings.SplitSeq(s, ":") {
		n, err := strconv.ParseFloat(strings.TrimSpace(part), 64)
		if err != nil || !(n >= 0) {
			return 0
		}
		seconds = seconds*60 + n
	}
	return secondsLong(seconds)
}

func secondsLong(seconds float64) time.Duration {
	if !(seconds > 0) || seconds >= maxDuration.Seconds() {
		return 0
	}
	return time.Duration(seconds * float64(time.Second)).Round(time.Millisecond)
}
