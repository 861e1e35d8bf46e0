package feeds

import "time"

// letOthersGoOn ends the browser's task: only a timer that isn't due does that when everybody else has nothing to do any more. Browsers take
// shorter ones for as long.
func letOthersGoOn() { time.Sleep(4 * time.Millisecond) }
